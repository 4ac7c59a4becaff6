/* test_err.c - errors: first one wins, one safe line. */
#include "unit.h"

#include <stdio.h>
#include <string.h>

#include "dear/err.h"
#include "dear/utf8.h"

static void first_one_wins(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_int_equal(err_set(&err, ERR_INPUT, "a.json", 7, "cut after %d", 3), -1);
	assert_int_equal(err_set(&err, ERR_IO, "b", 1, "later"), -1);
	err_at(&err, "c", 9);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(err.line, 7);
	assert_string_equal(err.where, "a.json");
	assert_string_equal(err.msg, "cut after 3");
}

static void place_is_added_once(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_at(&err, "nothing happened", 1);
	assert_string_equal(err.where, "");
	err_set(&err, ERR_RULES, NULL, 0, "unknown word");
	err_at(&err, "rules.json", 12);
	err_at(&err, "other.json", 13);
	assert_string_equal(err.where, "rules.json");
	assert_int_equal(err.line, 12);
}

static void exit_statuses_are_those_of_the_manual(void **state)
{
	static const int statuses[] = { 0, 2, 3, 3, 4, 5, 6 };
	struct err err = { 0 };

	(void)state;
	for (int code = ERR_NONE; code <= ERR_IO; code++) {
		err.code = (enum err_code)code;
		assert_int_equal(err_exit(&err), statuses[code]);
	}
	assert_string_equal(err_word(ERR_INPUT), "bad input");
	assert_string_equal(err_word(ERR_STORE), "store");
}

static void text_is_one_safe_line(void **state)
{
	struct err err = { 0 };

	(void)state;
	err_set(&err, ERR_IO, "a\nb\x1b[31m\xff", 0, "x\ty\x7f caf\xc3\xa9 \xc2\x9b z");
	assert_string_equal(err.where, "a?b?[31m?");
	assert_string_equal(err.msg, "x?y? caf\xc3\xa9 ?? z");
}

/* Wherever the cut falls in two, three and four byte characters. */
static void long_text_is_cut_at_a_whole_character(void **state)
{
	static const char *const chars[] = { "\xc3\xa9", "\xe2\x80\x99", "\xf0\x9f\x92\x94" };

	(void)state;
	for (size_t kind = 0; kind < 3; kind++) {
		for (int shift = 0; shift < 4; shift++) {
			struct err err = { 0 };
			char text[600] = "";
			size_t len;

			memset(text, 'a', (size_t)shift);
			for (len = (size_t)shift; len < 500; len += strlen(chars[kind]))
				memcpy(text + len, chars[kind], strlen(chars[kind]));
			err_set(&err, ERR_IO, NULL, 0, "%s", text);
			assert_true(utf8_valid(err.msg, strlen(err.msg)));
			assert_null(strchr(err.msg, '?'));
			assert_in_range(strlen(err.msg), sizeof(err.msg) - 5, sizeof(err.msg) - 1);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_one_wins),
		cmocka_unit_test(place_is_added_once),
		cmocka_unit_test(exit_statuses_are_those_of_the_manual),
		cmocka_unit_test(text_is_one_safe_line),
		cmocka_unit_test(long_text_is_cut_at_a_whole_character),
	};

	return UNIT_RUN(tests);
}
