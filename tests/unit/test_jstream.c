/* test_jstream.c - JSON of any size, one value at a time. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jstream.h"

#define MARK "\xef\xbb\xbf"

/* Bytes as an open file that has no name any more. */
static struct file *file_of(const char *bytes, size_t n)
{
	char path[] = "/tmp/dear-test-XXXXXX";
	struct err err = { 0 };
	struct file *f;
	FILE *out;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	out = fdopen(fd, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
	f = file_open(path, &err);
	unlink(path);
	assert_non_null(f);
	return f;
}

/* All values of a text as "line@offset key=text;", then what ended it. */
static char *walk_bytes(char form, const char *bytes, size_t n, size_t max)
{
	struct file *f = file_of(bytes, n);
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	struct jvalue v;
	struct jstream *js;
	int got = -1;

	js = form == 'a'   ? jstream_array(f, 0, 1, &err)
	     : form == 'o' ? jstream_object(f, 0, 1, &err)
			   : jstream_lines(f, &err);
	while (js && (got = jstream_skim(js, max, &v, &err)) == 1) {
		buf_printf(&out, "%d@%d ", v.line, (int)v.offset);
		if (v.key)
			buf_printf(&out, "%s=", v.key);
		if (v.text) {
			assert_int_equal(v.text[v.len], '\0');
			buf_printf(&out, "%s;", v.text);
		} else {
			buf_printf(&out, "(%zu);", v.len);
		}
	}
	if (got < 0)
		buf_printf(&out, "!%d %s", err.line, err.msg);
	jstream_free(js);
	file_free(f);
	return buf_detach(&out);
}

struct sample {
	char form;
	const char *text, *expect;
};

static void check_all(const struct sample *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char *got = walk_bytes(cases[i].form, cases[i].text, strlen(cases[i].text), 1000);

		if (strncmp(got, cases[i].expect, strlen(cases[i].expect)) != 0 ||
		    (!strchr(cases[i].expect, '!') && strcmp(got, cases[i].expect) != 0))
			fail_msg("%s\n gave %s\n not  %s", cases[i].text, got, cases[i].expect);
		free(got);
	}
}

#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof(*(cases)))

static void arrays(void **state)
{
	static const struct sample cases[] = {
		{ 'a', "[]", "" },
		{ 'a', " \r\n[ \n ] \r\n", "" },
		{ 'a', MARK "[1]", "1@4 1;" },
		{ 'a', "[1,-2.5e3 ,true,null]", "1@1 1;1@3 -2.5e3;1@11 true;1@16 null;" },
		{ 'a', "[{\"a\":[1,{}]},\r\n[[]]\r\n]", "1@1 {\"a\":[1,{}]};2@16 [[]];" },
		{ 'a', "[\"a]b\", \"c\\\"]\", \"\\\\\", \"\\u005d\\\\\\\"\"]",
		  "1@1 \"a]b\";1@8 \"c\\\"]\";1@16 \"\\\\\";1@22 \"\\u005d\\\\\\\"\";" },
		{ 'a', "[{\n\"a\":\n1}\n,\n2]", "1@1 {\n\"a\":\n1};5@13 2;" },
		{ 'a', "[{\"}\":\"{\"}]", "1@1 {\"}\":\"{\"};" },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void objects(void **state)
{
	static const struct sample cases[] = {
		{ 'o', "{}", "" },
		{ 'o', "{\"a\":1,\"b\" : [2] }", "1@5 a=1;1@13 b=[2];" },
		{ 'o', "{\"caf\\u00e9 \\\"x\\\"\": \"y\"}", "1@20 caf\xc3\xa9 \"x\"=\"y\";" },
		{ 'o', "{\n\"a\"\n:\n{}\n}", "4@8 a={};" },
		{ 'o', "{\"\":0}", "1@4 =0;" },
		{ 'o', "{\"a\" 1}", "!1 expected a colon" },
		{ 'o', "{a:1}", "!1 expected a member's name" },
		{ 'o', "{\"a\":1,}", "1@5 a=1;!1 a value is missing" },
		{ 'o', "{\"a\":}", "!1 expected a JSON value" },
		{ 'o', "{\"a\\u0000b\":1}", "!1 a member's name" },
		{ 'o', "{\"a", "!1 the file ends" },
		{ 'o', "[1]", "!1 expected a JSON object" },
	};

	(void)state;
	CHECK_ALL(cases);
}

static void broken_arrays(void **state)
{
	static const struct sample cases[] = {
		{ 'a', "", "!1 there is no JSON" },
		{ 'a', " \n ", "!2 there is no JSON" },
		{ 'a', MARK, "!1 there is no JSON" },
		{ 'a', "{}", "!1 expected a JSON array" },
		{ 'a', "<html>", "!1 expected a JSON array" },
		{ 'a', "[1\n 2]", "1@1 1;!2 expected a comma" },
		{ 'a', "[{}{}]", "1@1 {};!1 expected a comma" },
		{ 'a', "[1,]", "1@1 1;!1 a value is missing" },
		{ 'a', "[,1]", "!1 expected a JSON value" },
		{ 'a', "[1,,2]", "1@1 1;!1 a value is missing" },
		{ 'a', "[1}", "1@1 1;!1 expected a comma" },
		{ 'a', "[{\"a\":1]]", "!1 a bracket is closed by one of the other kind" },
		{ 'a', "[[1}", "!1 a bracket is closed by one of the other kind" },
		{ 'a', "[1]\n[2]", "1@1 1;!2 something follows" },
		{ 'a', "[]]", "!1 something follows" },
		{ 'a', "[x]", "!1 expected a JSON value" },
		{ 'a', "['a']", "!1 expected a JSON value" },
		{ 'a', "[\"a\nb\"]", "!1 a line break or control character" },
		{ 'a', "[\"a\\\nb\"]", "!1 a line break or control character" },
		{ 'a', "[{\"a\":\x01}]", "!1 a control character" },
	};

	(void)state;
	CHECK_ALL(cases);
}

/* A file cut at each byte fails, and hands out whole values only. */
static void cut_files(void **state)
{
	static const char text[] = "[{\"a\": \"x\\\"\\\\\\u00e9\", \"b\": [1, -2]}, \"s\", true]";
	char *whole = walk_bytes('a', text, strlen(text), 1000);

	(void)state;
	assert_null(strchr(whole, '!'));
	for (size_t n = 0; n < strlen(text); n++) {
		char *got = walk_bytes('a', text, n, 1000);
		char *ended = strchr(got, '!');

		assert_non_null(ended);
		if (n > 0)
			assert_non_null(strstr(ended, "the file ends in the middle"));
		assert_int_equal(strncmp(got, whole, (size_t)(ended - got)), 0);
		free(got);
	}
	free(whole);
}

static void nul_bytes(void **state)
{
	static const struct {
		const char *text;
		size_t len;
	} cases[] = {
		{ "[\"a\0b\"]", 7 }, { "[1,\0 2]", 7 }, { "[{\0}]", 5 },
		{ "[1]\0", 4 },      { "\0[1]", 4 },    { "[\"\\\0\"]", 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		char *got = walk_bytes('a', cases[i].text, cases[i].len, 1000);

		assert_non_null(strchr(got, '!'));
		free(got);
	}
}

static void nested(int depth, const char *end, struct buf *out)
{
	buf_putc(out, '[');
	for (int i = 0; i < depth; i++)
		buf_puts(out, i % 2 ? "[" : "{\"a\":");
	buf_puts(out, end);
	for (int i = depth; i-- > 0;)
		buf_puts(out, i % 2 ? "]" : "}");
	buf_putc(out, ']');
}

static void nesting_has_a_bound(void **state)
{
	static const int depths[] = { 1, 2, BOUND_JSON_DEPTH, BOUND_JSON_DEPTH + 1, 100000 };

	(void)state;
	for (size_t i = 0; i < sizeof(depths) / sizeof(*depths); i++) {
		struct buf text = BUF_INIT;
		char *got;

		nested(depths[i], "1", &text);
		got = walk_bytes('a', text.str, text.len, 1u << 20);
		if (depths[i] <= BOUND_JSON_DEPTH)
			assert_null(strchr(got, '!'));
		else
			assert_string_equal(got, "!1 values are nested too deeply to be comments");
		free(got);
		buf_release(&text);
	}
}

static void lines(void **state)
{
	static const struct sample cases[] = {
		{ 'l', "", "" },
		{ 'l', "\n\n \r\n", "" },
		{ 'l', MARK "{}\n", "1@3 {};" },
		{ 'l', "{}\r\n\r\n[1]\n  {\"a\":2}", "1@0 {};3@6 [1];4@12 {\"a\":2};" },
		{ 'l', "not json\n{", "1@0 not json;2@9 {;" },
	};
	char *got;

	(void)state;
	CHECK_ALL(cases);
	got = walk_bytes('l', "123456\n12\n", 10, 5);
	assert_string_equal(got, "1@0 (6);2@7 12;");
	free(got);
}

/* Values of all lengths around the window, so that each kind of byte falls on
 * its edge: escapes, quotes, commas, brackets, keys. */
static void values_across_the_window(void **state)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	struct jvalue v;
	struct jstream *js;
	struct file *f;
	int n = 0, got;

	(void)state;
	buf_puts(&text, "[\n");
	while (text.len < 3000000) {
		buf_printf(&text, "%s{\"n\": %d, \"s\": \"", n ? ",\n" : "", n);
		for (int i = 0; i < n % 97; i++)
			buf_puts(&text, i % 3 ? "\\\"" : "\\\\\\u00e9x]");
		buf_puts(&text, "\", \"list\": [[], {}]}");
		n++;
	}
	buf_puts(&text, "\n]\n");
	f = file_of(text.str, text.len);
	js = jstream_array(f, 0, 1, &err);
	assert_non_null(js);
	for (int i = 0; (got = jstream_next(js, &v, &err)) == 1; i++) {
		char begin[32];
		int len = snprintf(begin, sizeof(begin), "{\"n\": %d, ", i);

		assert_int_equal(v.line, i + 2);
		assert_int_equal(strncmp(v.text, begin, (size_t)len), 0);
		assert_memory_equal(v.text, text.str + v.offset, v.len);
		assert_string_equal(v.text + v.len - 4, "{}]}");
		n--;
	}
	assert_int_equal(got, 0);
	assert_int_equal(n, 0);
	jstream_free(js);
	file_free(f);
	buf_release(&text);
}

/* A huge member is measured, the small one behind it is read, and the array
 * can then be entered where it begins. */
static void skim_then_enter(void **state)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	struct jstream *js, *array;
	struct jvalue v;
	struct file *f;
	int64_t offset;
	int count = 0;

	(void)state;
	buf_puts(&text, "{\"title\": \"t\",\n\"comments\": [");
	for (int i = 0; i < 200000; i++)
		buf_printf(&text, "%s\n{\"i\": %d}", i ? "," : "", i);
	buf_puts(&text, "\n],\n\"url\": \"u\"}");
	f = file_of(text.str, text.len);
	js = jstream_object(f, 0, 1, &err);
	assert_non_null(js);
	assert_int_equal(jstream_skim(js, 1000, &v, &err), 1);
	assert_string_equal(v.text, "\"t\"");
	assert_int_equal(jstream_skim(js, 1000, &v, &err), 1);
	assert_string_equal(v.key, "comments");
	assert_null(v.text);
	assert_int_equal(v.line, 2);
	offset = v.offset;
	assert_int_equal(jstream_skim(js, 1000, &v, &err), 1);
	assert_string_equal(v.text, "\"u\"");
	assert_int_equal(v.line, 200004);
	assert_int_equal(jstream_skim(js, 1000, &v, &err), 0);
	jstream_free(js);

	array = jstream_array(f, offset, 0, &err);
	assert_non_null(array);
	while (jstream_next(array, &v, &err) == 1)
		assert_int_equal(v.line, 3 + count++);
	assert_int_equal(err.code, ERR_NONE);
	assert_int_equal(count, 200000);
	jstream_free(array);
	file_free(f);
	buf_release(&text);
}

/* One byte over the bound is refused with its line; the stream goes on. */
static void a_value_over_the_bound(void **state)
{
	struct buf text = BUF_INIT;
	struct err err = { 0 };
	struct jvalue v = { 0 };
	struct jstream *js;
	struct file *f;

	(void)state;
	buf_puts(&text, "[\n\"");
	for (int i = 0; i < BOUND_JSON_VALUE_BYTES - 2; i++)
		buf_putc(&text, 'x');
	buf_puts(&text, "\",\n\"");
	for (int i = 0; i < BOUND_JSON_VALUE_BYTES - 1; i++)
		buf_putc(&text, 'y');
	buf_puts(&text, "\",\n3]");
	f = file_of(text.str, text.len);
	js = jstream_array(f, 0, 1, &err);
	assert_non_null(js);
	assert_int_equal(jstream_next(js, &v, &err), 1);
	assert_int_equal(v.len, BOUND_JSON_VALUE_BYTES);
	assert_int_equal(jstream_next(js, &v, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(err.line, 3);
	memset(&err, 0, sizeof(err));
	assert_int_equal(jstream_next(js, &v, &err), 1);
	assert_string_equal(v.text, "3");
	assert_int_equal(jstream_next(js, &v, &err), 0);
	jstream_free(js);
	file_free(f);
	buf_release(&text);
}

static void an_error_stays(void **state)
{
	struct file *f = file_of("[1 2, 3]", 8);
	struct err first = { 0 }, second = { 0 };
	struct jstream *js = jstream_array(f, 0, 1, &first);
	struct jvalue v;

	(void)state;
	assert_int_equal(jstream_next(js, &v, &first), 1);
	assert_int_equal(jstream_next(js, &v, &first), -1);
	assert_int_equal(jstream_next(js, &v, &second), -1);
	assert_string_equal(first.msg, second.msg);
	jstream_free(js);
	jstream_free(NULL);
	file_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arrays),          cmocka_unit_test(objects),
		cmocka_unit_test(broken_arrays),   cmocka_unit_test(cut_files),
		cmocka_unit_test(nul_bytes),       cmocka_unit_test(nesting_has_a_bound),
		cmocka_unit_test(lines),           cmocka_unit_test(values_across_the_window),
		cmocka_unit_test(skim_then_enter), cmocka_unit_test(a_value_over_the_bound),
		cmocka_unit_test(an_error_stays),
	};

	return UNIT_RUN(tests);
}
