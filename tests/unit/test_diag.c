/* test_diag.c - diagnostics: kept, counted, moved. */
#include "unit.h"

#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"

static void added_in_order(void **state)
{
	struct diags d = { 0 };

	(void)state;
	diag_add(&d, DIAG_NO_ID, "page.html:3", "comment %d has no id", 2);
	diag_add(&d, DIAG_DATE_BAD, NULL, "two\nlines");
	assert_int_equal(d.count, 2);
	assert_int_equal(d.list[0].id, DIAG_NO_ID);
	assert_string_equal(d.list[0].where, "page.html:3");
	assert_string_equal(d.list[0].text, "comment 2 has no id");
	assert_string_equal(d.list[1].where, "");
	assert_string_equal(d.list[1].text, "two?lines");
	diags_release(&d);
	assert_int_equal(d.count, 0);
}

static void notes_are_no_warnings(void **state)
{
	struct diags d = { 0 };

	(void)state;
	assert_false(diags_worst_is_warning(&d));
	diag_add(&d, DIAG_SKIPPED, "", "a ping");
	assert_false(diags_worst_is_warning(&d));
	diag_add(&d, DIAG_HTML_BROKEN, "", "a tag is open");
	assert_true(diags_worst_is_warning(&d));
	diags_release(&d);
}

static void all_are_counted_the_first_are_kept(void **state)
{
	struct diags d = { 0 };

	(void)state;
	for (int i = 0; i < BOUND_DIAGS_KEPT + 50; i++)
		diag_add(&d, DIAG_SKIPPED, "", "number %d", i);
	diag_add(&d, DIAG_STALE, "", "past the end, and still a warning");
	assert_int_equal(d.count, BOUND_DIAGS_KEPT);
	assert_int_equal(d.total[DIAG_SKIPPED], BOUND_DIAGS_KEPT + 50);
	assert_string_equal(d.list[0].text, "number 0");
	assert_true(diags_worst_is_warning(&d));
	diags_release(&d);
}

static void move_leaves_the_source_empty(void **state)
{
	struct diags to = { 0 }, from = { 0 };

	(void)state;
	diag_add(&to, DIAG_SKIPPED, "", "first");
	for (int i = 0; i < BOUND_DIAGS_KEPT; i++)
		diag_add(&from, DIAG_STALE, "", "moved %d", i);
	diags_move(&to, &from);
	assert_int_equal(to.count, BOUND_DIAGS_KEPT);
	assert_int_equal(to.total[DIAG_STALE], BOUND_DIAGS_KEPT);
	assert_string_equal(to.list[1].text, "moved 0");
	assert_int_equal(from.count, 0);
	assert_int_equal(from.total[DIAG_STALE], 0);
	diags_release(&from);
	diags_release(&to);
}

/* Scripts read these names: each is there, and no two are the same. */
static void names_are_distinct(void **state)
{
	(void)state;
	for (int i = 0; i < DIAG_ID_COUNT; i++) {
		assert_true(strlen(diag_name((enum diag_id)i)) > 3);
		for (int j = 0; j < i; j++)
			assert_string_not_equal(diag_name((enum diag_id)i),
						diag_name((enum diag_id)j));
	}
	assert_string_equal(diag_name(DIAG_PARENT_CYCLE), "parent-cycle");
	assert_int_equal(diag_level_of(DIAG_FORMAT), DIAG_NOTE);
	assert_string_equal(diag_level_word(DIAG_NOTE), "note");
	assert_string_equal(diag_level_word(diag_level_of(DIAG_NO_STAFF)), "warning");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(added_in_order),
		cmocka_unit_test(notes_are_no_warnings),
		cmocka_unit_test(all_are_counted_the_first_are_kept),
		cmocka_unit_test(move_leaves_the_source_empty),
		cmocka_unit_test(names_are_distinct),
	};

	return UNIT_RUN(tests);
}
