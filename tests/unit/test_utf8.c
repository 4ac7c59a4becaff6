/* test_utf8.c - decoding, cleaning, measuring. */
#include "unit.h"

#include <stdbool.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/utf8.h"

#define HEART  "\xf0\x9f\x92\x94"
#define EACUTE "\xc3\xa9"
#define QUOTE  "\xe2\x80\x99"
#define BAD    "\xef\xbf\xbd"

static void every_code_point_comes_back(void **state)
{
	char bytes[4];
	uint32_t back;

	(void)state;
	for (uint32_t cp = 0; cp <= 0x10ffff; cp++) {
		size_t len = utf8_encode(cp, bytes);

		if (utf8_decode(bytes, len, &back) != len)
			fail_msg("U+%04X: another length", (unsigned)cp);
		if (back != (cp >= 0xd800 && cp <= 0xdfff ? 0xfffd : cp))
			fail_msg("U+%04X came back as U+%04X", (unsigned)cp, (unsigned)back);
	}
	assert_int_equal(utf8_encode(0x110000, bytes), 3);
}

/* Overlong forms, surrogates, above the end, lone and missing tails. */
static void bad_sequences(void **state)
{
	static const char *const bad[] = {
		"\x80",
		"\xbf",
		"\xc0\x80",
		"\xc1\xbf",
		"\xe0\x80\x80",
		"\xe0\x9f\xbf",
		"\xed\xa0\x80",
		"\xed\xbf\xbf",
		"\xf0\x80\x80\x80",
		"\xf0\x8f\xbf\xbf",
		"\xf4\x90\x80\x80",
		"\xf5\x80\x80\x80",
		"\xff",
		"\xfe",
		"\xc3",
		"\xe2\x80",
		"\xf0\x9f\x92",
		"\xc3(",
		"\xe2(\x80",
		"\xf0\x9f(\x94",
	};
	uint32_t cp;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		assert_int_equal(utf8_decode(bad[i], strlen(bad[i]), &cp), 1);
		assert_int_equal(cp, 0xfffd);
		assert_false(utf8_valid(bad[i], strlen(bad[i])));
	}
}

static void clean_replaces_bytes_and_counts(void **state)
{
	static const char text[] = "ok " EACUTE "\xff\xe2\x80 x\0y" HEART "\xf0\x9f";
	struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(utf8_clean(&b, text, sizeof(text) - 1), 6);
	assert_string_equal(b.str, "ok " EACUTE BAD BAD BAD " x" BAD "y" HEART BAD BAD);
	assert_true(utf8_valid(b.str, b.len));
	buf_release(&b);
}

static void clean_leaves_good_text_alone(void **state)
{
	static const char text[] = "It" QUOTE "s over " HEART ", " BAD " is fine, as is caf" EACUTE;
	struct buf b = BUF_INIT;

	(void)state;
	assert_int_equal(utf8_clean(&b, text, strlen(text)), 0);
	assert_string_equal(b.str, text);
	assert_true(utf8_valid(text, strlen(text)));
	assert_true(utf8_valid("", 0));
	assert_false(utf8_valid("a\0b", 3));
	buf_release(&b);
}

/* A bad byte at each place of a long text, for the path of eight at a time. */
static void a_bad_byte_anywhere_is_found(void **state)
{
	(void)state;
	for (size_t at = 0; at < 40; at++) {
		for (int byte = 0; byte < 256; byte += 128) {
			char text[41] = "a plain line of forty bytes, no more now";
			struct buf b = BUF_INIT;

			text[at] = (char)byte;
			assert_false(utf8_valid(text, 40));
			assert_int_equal(utf8_clean(&b, text, 40), 1);
			assert_int_equal(b.len, 42);
			assert_memory_equal(b.str + at, BAD, 3);
			buf_release(&b);
		}
	}
}

static void counting_and_offsets(void **state)
{
	static const char text[] = "a" EACUTE QUOTE HEART "z";
	static const size_t offsets[] = { 0, 1, 3, 6, 10, 11, 11 };

	(void)state;
	assert_int_equal(utf8_count(text, strlen(text)), 5);
	assert_int_equal(utf8_count("", 0), 0);
	for (size_t cp = 0; cp < 7; cp++)
		assert_int_equal(utf8_offset(text, strlen(text), cp), offsets[cp]);
}

static void widths(void **state)
{
	(void)state;
	assert_int_equal(utf8_width('a'), 1);
	assert_int_equal(utf8_width(0x301), 0);
	assert_int_equal(utf8_width(0x4e2d), 2);
	assert_int_equal(utf8_width(0x1f494), 2);
}

static void terminals_get_no_control_characters(void **state)
{
	static const char text[] = "a\tb\nc\r\x1b[2J\x07\x7f\xc2\x9b" /* C1 CSI */
				   "\xe2\x80\xae"                     /* override */
				   "\xe2\x81\xa6"                     /* isolate */
				   "\xff"
				   "caf" EACUTE HEART;
	struct buf b = BUF_INIT;

	(void)state;
	utf8_put_terminal(&b, text, strlen(text));
	assert_string_equal(b.str,
			    "a b\nc" BAD BAD "[2J" BAD BAD BAD BAD BAD BAD "caf" EACUTE HEART);
	buf_release(&b);
}

static void json_keeps_text_and_escapes_the_rest(void **state)
{
	static const char json[] =
		"{\"\xc3\xa9 \xe6\x97\xa5\":\"\x7f\xc2\x9b\xe2\x80\xae\xe2\x80\x8d\"}";
	struct buf b = BUF_INIT;

	(void)state;
	utf8_put_json(&b, json, strlen(json));
	assert_string_equal(b.str,
			    "{\"\xc3\xa9 \xe6\x97\xa5\":\"\\u007F\\u009B\\u202E\xe2\x80\x8d\"}");
	buf_release(&b);
}

static void a_plain_run_ends_at_each_odd_byte(void **state)
{
	char text[40];

	(void)state;
	for (unsigned c = 0; c < 256; c++) {
		for (size_t at = 0; at < sizeof(text); at++) {
			bool plain = c >= ' ' && c < 0x7f && c != '"' && c != '\\';

			memset(text, at % 2 ? '~' : '!', sizeof(text));
			text[at] = (char)c;
			assert_int_equal(utf8_plain_run(text, sizeof(text)),
					 plain ? sizeof(text) : at);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_comes_back),
		cmocka_unit_test(bad_sequences),
		cmocka_unit_test(clean_replaces_bytes_and_counts),
		cmocka_unit_test(clean_leaves_good_text_alone),
		cmocka_unit_test(a_bad_byte_anywhere_is_found),
		cmocka_unit_test(counting_and_offsets),
		cmocka_unit_test(widths),
		cmocka_unit_test(terminals_get_no_control_characters),
		cmocka_unit_test(json_keeps_text_and_escapes_the_rest),
		cmocka_unit_test(a_plain_run_ends_at_each_odd_byte),
	};

	return UNIT_RUN(tests);
}
