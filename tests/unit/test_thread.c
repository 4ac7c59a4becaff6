/* test_thread.c - words, names, the fold of texts, dates, and linking. What
 * linking decides stands in tests/cases/awaiting; here is what it must bear. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/thread.h"

static void test_words(void **state)
{
	(void)state;
	assert_string_equal(comment_status_word(COMMENT_LIVE), "live");
	assert_string_equal(comment_status_word(COMMENT_TRACKBACK), "trackback");
	assert_true(comment_status_kept(COMMENT_DELETED));
	assert_false(comment_status_kept(COMMENT_SPAM));
	assert_string_equal(parent_known_word(PARENT_LOST), "lost");
}

static void test_nobody(void **state)
{
	static const char *const nobody[] = {
		"",        "  ",       "Anonymous",    "ANONYMOUS", " Anonym ",
		"Anonyme", "Anónimo",  "Аноним",       "ΑΝΏΝΥΜΟΣ",  "匿名",
		"Nimetön", "Névtelen", "Ano\u0301nimo"
	};
	static const char *const somebody[] = { "Anon", "Anna", "Anonymous Badger", "A",
						"名無し猫" };

	(void)state;
	assert_true(comment_name_is_nobody(NULL));
	for (size_t i = 0; i < sizeof(nobody) / sizeof(*nobody); i++)
		if (!comment_name_is_nobody(nobody[i]))
			fail_msg("'%s' names nobody", nobody[i]);
	for (size_t i = 0; i < sizeof(somebody) / sizeof(*somebody); i++)
		if (comment_name_is_nobody(somebody[i]))
			fail_msg("'%s' names somebody", somebody[i]);
}

/* Two renderings of one text have one hash. */
static void test_hash_folds(void **state)
{
	static const char *const same[][2] = {
		{ "I can't \"wait\"", "I can’t “wait”" },
		{ "so... yes -- no", "so… yes – no" },
		{ "one\n\ntwo  three ", " one two\tthree" },
		{ "fine :) now", "fine 🙂 now" },
		{ "a\u00a0b", "a b" },
		{ "zero\u200bwidth", "zerowidth" },
		{ "heart \u2764\ufe0f", "heart \u2764" },
		{ "it''s", "it\"s" },
		{ "5'6", "5′6" },
		{ "3 x 4", "3 × 4" },
	};
	static const char *const different[][2] = {
		{ "I can wait", "I can't wait" },
		{ "Yes", "yes" },
		{ "fine 🙂", "fine 🙁" },
		{ "a b", "ab" },
		{ "8)x", "😎x" },
		{ "", "." },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++)
		if (comment_hash(same[i][0]) != comment_hash(same[i][1]))
			fail_msg("'%s' and '%s' are one text", same[i][0], same[i][1]);
	for (size_t i = 0; i < sizeof(different) / sizeof(*different); i++)
		if (comment_hash(different[i][0]) == comment_hash(different[i][1]))
			fail_msg("'%s' and '%s' differ", different[i][0], different[i][1]);
}

/* The fold works in pieces; a text longer than one must not depend on where
 * they end. */
static void test_hash_long(void **state)
{
	struct buf curly = BUF_INIT, straight = BUF_INIT;

	(void)state;
	for (int i = 0; i < 300; i++) {
		buf_puts(&curly, "ab’c ");
		buf_puts(&straight, "ab'c\n");
	}
	assert_true(comment_hash(buf_str(&curly)) == comment_hash(buf_str(&straight)));
	buf_release(&curly);
	buf_release(&straight);
}

static void test_dates(void **state)
{
	static const struct {
		const char *text;
		bool gmt;
		int64_t utc;
		bool tz;
	} good[] = {
		{ "1970-01-01T00:00:00Z", false, 0, true },
		{ "2019-03-02T16:00:00-05:00", false, 1551560400, true },
		{ "2019-03-02T21:00:00", true, 1551560400, true },
		{ "2019-03-02T21:00:00", false, 1551560400, false },
		{ "2019-03-02 21:00:00", true, 1551560400, true },
		{ "2019-03-02 21:00", false, 1551560400, false },
		{ " 2019-03-02T21:00:00.123456789Z\n", false, 1551560400, true },
		{ "2019-03-02T21:00:00,5+0000", false, 1551560400, true },
		{ "2019-03-02T22:30:00+01:30", false, 1551560400, true },
		{ "2019-03-02", false, 1551484800, false },
		{ "2020-02-29T00:00:00Z", false, 1582934400, true },
		{ "2000-12-31T23:59:60Z", false, 978307200, true },
		{ "Sat, 02 Mar 2019 21:00:00 +0000", false, 1551560400, true },
		{ "Sat, 2 Mar 2019 21:00:00 GMT", false, 1551560400, true },
		{ "Sat, 02 Mar 2019 16:00:00 EST", false, 1551560400, true },
		{ "Sat, 02 Mar 2019 13:00:00 PST", false, 1551560400, true },
		{ "02 Mar 2019 16:00:00 -0500", false, 1551560400, true },
		{ "1551560400", false, 1551560400, true },
		{ "1551560400.25", false, 1551560400, true },
		{ "1551560400000", false, 1551560400, true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		int64_t utc = -1;
		bool tz = false, read = comment_date_parse(good[i].text, good[i].gmt, &utc, &tz);

		if (!read || utc != good[i].utc || tz != good[i].tz)
			fail_msg("'%s': %d %lld %d", good[i].text, read, (long long)utc, tz);
	}
}

static void test_dates_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"March 2, 2019 at 4:00 pm",
		"02/03/2019",
		"2.3.2019",
		"2019-02-29",
		"2019-13-01",
		"2019-00-10",
		"2019-03-32",
		"2019-03-02T24:00:00",
		"2019-03-02T10:60:00",
		"2019-03-02T10:00:00+99:00",
		"2019-03-02T10:00:00 PST",
		"2019-03-02T10:00:00.",
		"2019-03-02T22+01",
		"0000-00-00 00:00:00",
		"1969-12-31",
		"20190302",
		"2019",
		"9223372036854775808",
		"Sat, 02 Mar 19 21:00:00 GMT",
		"gestern",
	};
	int64_t utc = 7;
	bool tz = true;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (comment_date_parse(bad[i], true, &utc, &tz))
			fail_msg("'%s' was read as %lld", bad[i], (long long)utc);
	assert_int_equal(utc, 7);
	assert_true(tz);
}

/* ---- linking ---- */

static const char *name_row(void *ctx, uint32_t row)
{
	(void)ctx;
	(void)row;
	return "a comment";
}

static struct link reader(uint32_t parent, uint32_t person)
{
	return (struct link){ .parent = parent,
			      .person = person,
			      .utc = INT64_MIN,
			      .live = 1,
			      .has_parent_id = parent != LINK_NONE };
}

enum { MANY = 1000000 };

static struct link *many(void)
{
	struct link *t = calloc(MANY, sizeof(*t));

	assert_non_null(t);
	return t;
}

static void link_many(struct link *t, bool flat)
{
	struct diags d = { 0 };

	thread_link(t, MANY, flat, name_row, NULL, &d);
	diags_release(&d);
}

/* A million replies, each below the one before, by one reader: one burst. */
static void test_link_deep_burst(void **state)
{
	struct link *t = many();

	(void)state;
	for (uint32_t i = 0; i < MANY; i++)
		t[i] = reader(i ? i - 1 : LINK_NONE, 5);
	t[MANY - 1].staff = 1;
	link_many(t, false);
	assert_int_equal(t[0].carrier, MANY - 2);
	assert_int_equal(t[0].answer, MANY - 1);
	assert_int_equal(t[MANY - 2].awaiting, 0);
	free(t);
}

/* The same upside down: each parent stands after its child. */
static void test_link_reversed(void **state)
{
	struct link *t = many();
	uint32_t awaiting = 0;

	(void)state;
	for (uint32_t i = 0; i < MANY; i++)
		t[i] = reader(i + 1 < MANY ? i + 1 : LINK_NONE, 5);
	link_many(t, false);
	for (uint32_t i = 0; i < MANY; i++)
		awaiting += t[i].awaiting;
	assert_int_equal(awaiting, 1);
	assert_int_equal(t[0].carrier, MANY - 1);
	free(t);
}

/* One circle of a million, and half a million circles of two. */
static void test_link_circles(void **state)
{
	struct link *t = many();
	struct diags d = { 0 };

	(void)state;
	for (uint32_t i = 0; i < MANY; i++)
		t[i] = reader((i + 1) % MANY, i + 1);
	thread_link(t, MANY, false, name_row, NULL, &d);
	assert_int_equal(t[0].parent, LINK_NONE);
	assert_int_equal(t[0].parent_known, PARENT_LOST);
	assert_int_equal(d.total[DIAG_PARENT_CYCLE], 1);
	diags_release(&d);
	d = (struct diags){ 0 };
	for (uint32_t i = 0; i < MANY; i++)
		t[i] = reader(i ^ 1, i + 1);
	thread_link(t, MANY, false, name_row, NULL, &d);
	assert_int_equal(d.total[DIAG_PARENT_CYCLE], MANY / 2);
	diags_release(&d);
	free(t);
}

/* Flat and by turns: everybody has an answer; the table in falling dates. */
static void test_link_flat(void **state)
{
	struct link *t = many();

	(void)state;
	for (uint32_t i = 0; i < MANY; i++) {
		t[i] = reader(LINK_NONE, 0);
		t[i].staff = i % 2 == 0;
		t[i].utc = 2000000000 - (int64_t)i;
	}
	link_many(t, true);
	for (uint32_t i = 1; i < MANY; i += 2)
		assert_int_equal(t[i].answer, i - 1);
	free(t);
}

/* A million guesses below one parent. */
static void test_link_beside(void **state)
{
	struct link *t = many();

	(void)state;
	t[0] = reader(LINK_NONE, 0);
	for (uint32_t i = 1; i < MANY; i++) {
		t[i] = reader(0, 0);
		t[i].parent_known = PARENT_GUESSED;
		t[i].staff = i > MANY / 2;
	}
	link_many(t, false);
	assert_int_equal(t[MANY / 2].answer, MANY / 2 + 1);
	assert_int_equal(t[2].answer, MANY - 1);
	assert_int_equal(t[1].awaiting, 1);
	free(t);
}

static void test_link_empty(void **state)
{
	struct diags d = { 0 };

	(void)state;
	thread_link(NULL, 0, true, name_row, NULL, &d);
	assert_int_equal(d.count, 0);
	diags_release(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),           cmocka_unit_test(test_nobody),
		cmocka_unit_test(test_hash_folds),      cmocka_unit_test(test_hash_long),
		cmocka_unit_test(test_dates),           cmocka_unit_test(test_dates_refused),
		cmocka_unit_test(test_link_deep_burst), cmocka_unit_test(test_link_reversed),
		cmocka_unit_test(test_link_circles),    cmocka_unit_test(test_link_flat),
		cmocka_unit_test(test_link_beside),     cmocka_unit_test(test_link_empty),
	};

	return UNIT_RUN(tests);
}
