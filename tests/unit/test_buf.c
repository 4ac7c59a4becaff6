/* test_buf.c - a growing run of bytes. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"

static void empty_is_a_string(void **state)
{
	struct buf b = BUF_INIT;
	char *s;

	(void)state;
	assert_string_equal(buf_str(&b), "");
	buf_trim(&b);
	buf_cut(&b, 0);
	buf_clear(&b);
	buf_add(&b, NULL, 0);
	assert_non_null(b.str);
	buf_release(&b);
	s = buf_detach(&b);
	assert_string_equal(s, "");
	free(s);
}

static void always_ends_in_nul(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		buf_putc(&b, (char)('a' + i % 26));
		assert_int_equal(b.len, i + 1);
		assert_int_equal(b.str[b.len], '\0');
	}
	assert_int_equal(b.str[4999], 'a' + 4999 % 26);
	buf_cut(&b, 9000);
	assert_int_equal(b.len, 5000);
	buf_cut(&b, 3);
	assert_string_equal(b.str, "abc");
	buf_clear(&b);
	assert_string_equal(b.str, "");
	buf_release(&b);
}

static void keeps_nul_bytes(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_add(&b, "a\0b", 3);
	assert_int_equal(b.len, 3);
	assert_memory_equal(b.str, "a\0b", 4);
	buf_release(&b);
}

/* Lengths around the sizes at which the buffer grows. */
static void printf_of_every_length(void **state)
{
	(void)state;
	for (int n = 0; n < 300; n++) {
		struct buf b = BUF_INIT;

		buf_puts(&b, "<");
		buf_printf(&b, "%*s>", n, "");
		assert_int_equal(b.len, n + 2);
		assert_int_equal(b.str[n + 1], '>');
		assert_int_equal(strlen(b.str), b.len);
		buf_release(&b);
	}
}

static void code_points_become_utf8(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_putcp(&b, 'A');
	buf_putcp(&b, 0xe9);
	buf_putcp(&b, 0x2019);
	buf_putcp(&b, 0x1f494);
	buf_putcp(&b, 0xd800);
	assert_string_equal(b.str, "A\xc3\xa9\xe2\x80\x99\xf0\x9f\x92\x94\xef\xbf\xbd");
	buf_release(&b);
}

static void html_is_escaped(void **state)
{
	struct buf b = BUF_INIT;
	const char *text = "<a href=\"x\">Tom & Jo's</a>";

	(void)state;
	buf_put_html(&b, text, strlen(text));
	assert_string_equal(b.str, "&lt;a href=&quot;x&quot;&gt;Tom &amp; Jo&#39;s&lt;/a&gt;");
	buf_clear(&b);
	buf_put_html(&b, "", 0);
	buf_put_html(&b, "plain", 5);
	assert_string_equal(b.str, "plain");
	buf_release(&b);
}

static void trim_takes_blanks_at_the_end(void **state)
{
	struct buf b = BUF_INIT;

	(void)state;
	buf_puts(&b, "  two words \t\r\n\n");
	buf_trim(&b);
	assert_string_equal(b.str, "  two words");
	buf_clear(&b);
	buf_puts(&b, " \n ");
	buf_trim(&b);
	assert_int_equal(b.len, 0);
	buf_release(&b);
}

static void detach_hands_over(void **state)
{
	struct buf b = BUF_INIT;
	char *s;

	(void)state;
	buf_puts(&b, "mine");
	s = buf_detach(&b);
	assert_string_equal(s, "mine");
	assert_null(b.str);
	buf_puts(&b, "next");
	assert_string_equal(b.str, "next");
	free(s);
	buf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(empty_is_a_string),
		cmocka_unit_test(always_ends_in_nul),
		cmocka_unit_test(keeps_nul_bytes),
		cmocka_unit_test(printf_of_every_length),
		cmocka_unit_test(code_points_become_utf8),
		cmocka_unit_test(html_is_escaped),
		cmocka_unit_test(trim_takes_blanks_at_the_end),
		cmocka_unit_test(detach_hands_over),
	};

	return UNIT_RUN(tests);
}
