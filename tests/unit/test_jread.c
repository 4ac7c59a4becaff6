/* test_jread.c - typed reads, and errors that name file, line and path. */
#include "unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "dear/jread.h"

static json_t *parse(const char *text)
{
	struct err err = { 0 };
	json_t *value = jread_parse(text, strlen(text), "r.json", 1, ERR_RULES, &err);

	assert_non_null(value);
	return value;
}

static void typed_members(void **state)
{
	json_t *value = parse("{\"s\": \"x\", \"n\": -3, \"r\": 0.5, \"b\": true, \"z\": null}");
	struct jread top = jread_top(value, "r.json", 1, ERR_RULES);
	struct err err = { 0 };
	const char *s = NULL, *kept = "kept";
	double r = 0, whole = 0;
	bool b = false;
	int n = 0, absent = 42;

	(void)state;
	assert_int_equal(jread_need_string(&top, "s", &s, &err), 0);
	assert_string_equal(s, "x");
	assert_int_equal(jread_int(&top, "n", &n, &err), 0);
	assert_int_equal(n, -3);
	assert_int_equal(jread_real(&top, "r", &r, &err), 0);
	assert_true(r == 0.5);
	assert_int_equal(jread_real(&top, "n", &whole, &err), 0);
	assert_true(whole == -3.0);
	assert_int_equal(jread_bool(&top, "b", &b, &err), 0);
	assert_true(b);
	assert_int_equal(jread_int(&top, "nowhere", &absent, &err), 0);
	assert_int_equal(absent, 42);
	assert_int_equal(jread_string(&top, "z", &kept, &err), 0);
	assert_string_equal(kept, "kept");
	assert_int_equal(err.code, ERR_NONE);
	json_decref(value);
}

static void errors_name_file_line_and_path(void **state)
{
	json_t *value = parse("{\"rules\": [{}, {\"cue\": 7}]}");
	struct jread top = jread_top(value, "r.json", 30, ERR_RULES);
	struct jread rules = jread_member(&top, "rules");
	struct jread first = jread_element(&rules, 0);
	struct jread second = jread_element(&rules, 1);
	struct err wrong = { 0 }, missing = { 0 };
	const char *s = "untouched";

	(void)state;
	assert_int_equal(jread_need_string(&second, "cue", &s, &wrong), -1);
	assert_string_equal(wrong.msg, "rules[1].cue: expected a string");
	assert_string_equal(wrong.where, "r.json");
	assert_int_equal(wrong.line, 30);
	assert_int_equal(wrong.code, ERR_RULES);
	assert_int_equal(jread_need_string(&first, "cue", &s, &missing), -1);
	assert_string_equal(missing.msg, "rules[0]: \"cue\" is missing; it must be a string");
	assert_string_equal(s, "untouched");
	json_decref(value);
}

static void each_wrong_type_is_an_error(void **state)
{
	json_t *value =
		parse("{\"s\": 1, \"n\": 1.5, \"big\": 3000000000, \"r\": \"x\", \"b\": 0}");
	struct jread top = jread_top(value, "r.json", 1, ERR_INPUT);
	struct jread inner = jread_member(&top, "s");
	struct err errs[6] = { 0 };
	const char *s = NULL;
	double r = 7;
	bool b = true;
	int n = 7;

	(void)state;
	assert_int_equal(jread_string(&top, "s", &s, &errs[0]), -1);
	assert_int_equal(jread_int(&top, "n", &n, &errs[1]), -1);
	assert_int_equal(jread_int(&top, "big", &n, &errs[2]), -1);
	assert_int_equal(jread_real(&top, "r", &r, &errs[3]), -1);
	assert_int_equal(jread_bool(&top, "b", &b, &errs[4]), -1);
	assert_int_equal(jread_int(&inner, "x", &n, &errs[5]), -1);
	assert_string_equal(errs[5].msg, "s: expected an object");
	assert_true(!s && n == 7 && r == 7 && b);
	for (size_t i = 0; i < 6; i++)
		assert_int_equal(errs[i].code, ERR_INPUT);
	json_decref(value);
}

static void unknown_names_are_refused(void **state)
{
	static const char *const names[] = { "name", "cues", NULL };
	json_t *value = parse("{\"name\": \"x\", \"cuse\": []}");
	struct jread top = jread_top(value, "r.json", 4, ERR_RULES);
	struct err err = { 0 };

	(void)state;
	assert_int_equal(jread_only(&top, names, &err), -1);
	assert_non_null(strstr(err.msg, "\"cuse\""));
	json_object_del(value, "cuse");
	memset(&err, 0, sizeof(err));
	assert_int_equal(jread_only(&top, names, &err), 0);
	json_decref(value);
}

static void parse_errors_name_the_line(void **state)
{
	static const struct {
		const char *text;
		int line;
	} cases[] = {
		{ "{\n\"a\": 1,\n}", 12 },
		{ "{\"a\": 1, \"a\": 2}", 10 },
		{ "[1, 2", 10 },
		{ "[1] 2", 10 },
		{ "", 10 },
		{ "\"\xff\"", 10 },
		{ "[\n\n\"a\\u0000b\"\n]", 12 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct err err = { 0 };

		assert_null(jread_parse(cases[i].text, strlen(cases[i].text), "t.json", 10,
					ERR_INPUT, &err));
		assert_int_equal(err.code, ERR_INPUT);
		assert_string_equal(err.where, "t.json");
		assert_int_equal(err.line, cases[i].line);
	}
}

static void files_may_begin_with_a_mark(void **state)
{
	char path[] = "/tmp/dear-test-XXXXXX";
	int fd = mkstemp(path);
	struct err err = { 0 }, missing = { 0 };
	json_t *value;

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "\xef\xbb\xbf[1]", 6), 6);
	close(fd);
	value = jread_file(path, ERR_RULES, &err);
	unlink(path);
	assert_non_null(value);
	assert_int_equal(json_array_size(value), 1);
	json_decref(value);
	assert_null(jread_file(path, ERR_RULES, &missing));
	assert_int_equal(missing.code, ERR_IO);
	assert_string_equal(missing.where, path);
}

/* A path longer than its place is cut, never overrun. */
static void long_paths_are_cut(void **state)
{
	json_t *value = parse("{}");
	struct jread j = jread_top(value, "r.json", 1, ERR_RULES);
	struct err err = { 0 };

	(void)state;
	for (int i = 0; i < 40; i++) {
		j = jread_member(&j, "member");
		j = jread_element(&j, 123456789);
	}
	assert_true(strlen(j.path) < sizeof(j.path));
	jread_fail(&j, &err, "too deep");
	assert_non_null(strstr(err.msg, "too deep"));
	json_decref(value);
}

/* Escapes that no text can hold become U+FFFD; all else stays byte for byte. */
static void odd_escapes_are_mended(void **state)
{
	static const struct {
		const char *json, *mended; /* NULL: left alone */
	} cases[] = {
		{ "", NULL },
		{ "\"plain\"", NULL },
		{ "\"\\n \\u00e9 \\\\u0000 \\ud83E\\uDd14\"", NULL },
		{ "\"a\\u0000b\"", "\"a\\ufffdb\"" },
		{ "\"\\\\\\u0000\"", "\"\\\\\\ufffd\"" },
		{ "\"\\ud83e\"", "\"\\ufffd\"" },
		{ "\"\\udd14 x\"", "\"\\ufffd x\"" },
		{ "\"\\uD83E\\uD83E\\uDD14\"", "\"\\ufffd\\uD83E\\uDD14\"" },
		{ "\"\\udd14\\ud83e\"", "\"\\ufffd\\ufffd\"" },
		{ "\"\\u00", NULL },
		{ "\"\\", NULL },
		{ "\"\\ud83e\\u00zz\"", "\"\\ufffd\\u00zz\"" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const char *json = cases[i].json, *want = cases[i].mended;
		struct buf out = BUF_INIT;

		assert_int_equal(jread_mend(json, strlen(json), &out) > 0, want != NULL);
		assert_string_equal(buf_str(&out), want ? want : "");
		buf_release(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typed_members),
		cmocka_unit_test(errors_name_file_line_and_path),
		cmocka_unit_test(each_wrong_type_is_an_error),
		cmocka_unit_test(unknown_names_are_refused),
		cmocka_unit_test(parse_errors_name_the_line),
		cmocka_unit_test(files_may_begin_with_a_mark),
		cmocka_unit_test(long_paths_are_cut),
		cmocka_unit_test(odd_escapes_are_mended),
	};

	return UNIT_RUN(tests);
}
