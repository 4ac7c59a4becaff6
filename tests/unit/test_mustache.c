/* test_mustache.c - the renderer against the published specification, and what
 * that leaves open: errors with their lines, limits, the list of names.
 */
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mustache.h"

/* From the source root, where the tests run. */
#define SPEC "../shared/spec/mustache/"

struct partials {
	const char *name[8];
	struct mustache *m[8];
	size_t count;
};

static const struct mustache *lookup(void *ctx, const char *name)
{
	struct partials *p = ctx;

	for (size_t i = 0; i < p->count; i++)
		if (strcmp(p->name[i], name) == 0)
			return p->m[i];
	return NULL;
}

static struct mustache *compile(const char *source)
{
	struct err err = { 0 };
	struct mustache *m = mustache_compile(source, strlen(source), "test", 1, &err);

	assert_string_equal(err.msg, "");
	assert_non_null(m);
	return m;
}

static void partials_compile(struct partials *p, json_t *templates)
{
	const char *name;
	json_t *value;

	json_object_foreach(templates, name, value)
	{
		assert_true(p->count < 8);
		p->name[p->count] = name;
		p->m[p->count++] = compile(json_string_value(value));
	}
}

static void partials_free(struct partials *p)
{
	while (p->count > 0)
		mustache_free(p->m[--p->count]);
}

static void spec_case(const char *suite, json_t *test)
{
	const char *expected = json_string_value(json_object_get(test, "expected"));
	struct mustache *m = compile(json_string_value(json_object_get(test, "template")));
	struct partials p = { 0 };
	struct buf out = BUF_INIT;
	struct err err = { 0 };

	partials_compile(&p, json_object_get(test, "partials"));
	assert_int_equal(mustache_render(m, json_object_get(test, "data"), MUSTACHE_HTML, lookup,
					 &p, &out, &err),
			 0);
	if (strcmp(buf_str(&out), expected) != 0)
		print_error("%s: %s\n", suite, json_string_value(json_object_get(test, "name")));
	assert_string_equal(buf_str(&out), expected);
	buf_release(&out);
	partials_free(&p);
	mustache_free(m);
}

static void spec_suite(const char *suite)
{
	char path[512];
	json_t *root, *test;
	size_t i;

	snprintf(path, sizeof(path), SPEC "%s.json", suite);
	if (access(path, R_OK) != 0) {
		print_message("skipped: the specification is not at %s\n", path);
		skip();
	}
	root = json_load_file(path, JSON_DECODE_ANY, NULL);
	assert_true(json_array_size(json_object_get(root, "tests")) > 0);
	json_array_foreach(json_object_get(root, "tests"), i, test)
	{
		spec_case(suite, test);
	}
	json_decref(root);
}

#define SUITE(name)                           \
	static void spec_##name(void **state) \
	{                                     \
		(void)state;                  \
		spec_suite(#name);            \
	}
SUITE(comments)
SUITE(delimiters)
SUITE(interpolation)
SUITE(inverted)
SUITE(partials)
SUITE(sections)

static void plain_text_is_not_escaped(void **state)
{
	struct mustache *m = compile("{{x}} & {{{x}}}");
	json_t *values = json_pack("{s:s}", "x", "<Ana & Bo>");
	struct buf out = BUF_INIT;

	(void)state;
	mustache_render(m, values, MUSTACHE_PLAIN, NULL, NULL, &out, NULL);
	assert_string_equal(buf_str(&out), "<Ana & Bo> & <Ana & Bo>");
	buf_release(&out);
	json_decref(values);
	mustache_free(m);
}

static void empty_string_is_false(void **state)
{
	struct mustache *m = compile("{{#x}}yes{{/x}}{{^x}}no{{/x}}");
	json_t *values = json_pack("{s:s}", "x", "");
	struct buf out = BUF_INIT;

	(void)state;
	mustache_render(m, values, MUSTACHE_PLAIN, NULL, NULL, &out, NULL);
	assert_string_equal(buf_str(&out), "no");
	buf_release(&out);
	json_decref(values);
	mustache_free(m);
}

static void errors_name_file_and_line(void **state)
{
	static const struct {
		const char *source, *msg;
		int line;
	} cases[] = {
		{ "a\nb {{x", "a tag is opened and never closed", 12 },
		{ "{{#a}}\n\n{{/b}}", "section a of line 11 is closed under another name", 13 },
		{ "\n{{#a}}\n", "section a is never closed", 12 },
		{ "\n\n{{/a}}", "a section is closed that was never opened", 13 },
		{ "{{ }}", "a tag without a name; write one between the braces", 11 },
		{ "{{a b}}", "a blank inside a tag's name; is the tag closed?", 11 },
		{ "{{a..b}}", "a dot with no name before or after it", 11 },
		{ "{{.a}}", "a dot with no name before or after it", 11 },
		{ "{{=x=}}", NULL, 11 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = { 0 };

		assert_null(mustache_compile(cases[i].source, strlen(cases[i].source), "x.mustache",
					     11, &err));
		assert_int_equal(err.code, ERR_RULES);
		assert_string_equal(err.where, "x.mustache");
		assert_int_equal(err.line, cases[i].line);
		if (cases[i].msg)
			assert_string_equal(err.msg, cases[i].msg);
	}
}

static int render_self(const char *source, struct err *err)
{
	struct partials p = { .name = { "self" }, .count = 1 };
	json_t *values = json_object();
	struct buf out = BUF_INIT;
	int rc;

	p.m[0] = compile(source);
	rc = mustache_render(p.m[0], values, MUSTACHE_PLAIN, lookup, &p, &out, err);
	buf_release(&out);
	json_decref(values);
	partials_free(&p);
	return rc;
}

static void endless_partials_end(void **state)
{
	struct err deep = { 0 }, wide = { 0 };

	(void)state;
	assert_int_equal(render_self("{{>self}}", &deep), -1);
	assert_non_null(strstr(deep.msg, "nest deeper"));
	assert_int_equal(deep.code, ERR_RULES);
	assert_int_equal(render_self("{{^x}}{{>other}}{{/x}}{{>self}}{{>self}}", &wide), -1);
}

static void add_name(void *ctx, char kind, const char *name, int line)
{
	buf_printf(ctx, "%c%s:%d ", kind, name, line);
}

static void names_are_listed(void **state)
{
	struct mustache *m =
		compile("{{a.b}}\n{{#c}}\n{{{d}}}{{^e}}{{/e}}\n{{/c}}\n{{>f}}{{! g }}");
	struct buf out = BUF_INIT;

	(void)state;
	mustache_names(m, add_name, &out);
	assert_string_equal(buf_str(&out), "{a.b:1 #c:2 {d:3 ^e:3 >f:5 ");
	buf_release(&out);
	mustache_free(m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(spec_comments),
		cmocka_unit_test(spec_delimiters),
		cmocka_unit_test(spec_interpolation),
		cmocka_unit_test(spec_inverted),
		cmocka_unit_test(spec_partials),
		cmocka_unit_test(spec_sections),
		cmocka_unit_test(plain_text_is_not_escaped),
		cmocka_unit_test(empty_string_is_false),
		cmocka_unit_test(errors_name_file_and_line),
		cmocka_unit_test(endless_partials_end),
		cmocka_unit_test(names_are_listed),
	};

	return UNIT_RUN(tests);
}
