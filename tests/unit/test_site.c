/* test_site.c - which replies a push would take, and to whom, as far as the store
 * tells; and that a site is opened only where dear may go. What is said to a site
 * is tested with one, in tests/cli/t1055-pull.sh and t1056-push.sh.
 */
#include "desk.h"

#include "dear/buf.h"
#include "dear/site.h"

static const struct desk_comment ada[] = { { "101", "Ada", "What now?", "Dear Ada, wait.",
					     TRIAGE_NONE, NULL, false } };
static const struct desk_comment bo[] = { { "x1", "Bo", "And now?", "Dear Bo, rest.", TRIAGE_NONE,
					    NULL, false } };

struct room {
	struct desk desk;
	int64_t threads[2], ada, bo;
	struct buf home;
};

static int set_up(void **state)
{
	struct room *room = calloc(1, sizeof(*room));

	desk_open(&room->desk);
	room->threads[0] = desk_import(&room->desk, "7", "One", ada, 1, &room->ada);
	room->threads[1] = desk_import(&room->desk, "8", "Two", bo, 1, &room->bo);
	*state = room;
	return 0;
}

static int tear_down(void **state)
{
	struct room *room = *state;

	desk_close(&room->desk);
	buf_release(&room->home);
	free(room);
	return 0;
}

static void approve(struct room *room, int64_t id)
{
	desk_decide(&room->desk, id, DECISION_APPROVED);
}

static const char *home(struct room *room, const struct push_options *o)
{
	buf_clear(&room->home);
	desk_ok(&room->desk,
		push_home(room->desk.store, o, &room->home, &room->desk.d, &room->desk.err));
	return buf_str(&room->home);
}

static void only_approved_replies_have_a_home(void **state)
{
	struct room *room = *state;
	const struct push_options o = { 0 };

	assert_string_equal(home(room, &o), "");
	approve(room, room->ada);
	assert_string_equal(home(room, &o), "https://readers.example/post-7/");
}

/* A reply whose comment has no number can't be posted, and is named. */
static void what_has_no_number_stays(void **state)
{
	struct room *room = *state;
	const struct push_options o = { 0 };

	approve(room, room->bo);
	assert_string_equal(home(room, &o), "");
	assert_int_equal(room->desk.d.total[DIAG_UNFIT], 1);
}

static void what_was_sent_has_no_home_any_more(void **state)
{
	struct room *room = *state;
	const struct receipt r = { .target = "posted", .actor = "ana" };
	struct push_options o = { 0 };

	approve(room, room->ada);
	desk_ok(&room->desk, store_receipt_add(room->desk.store, room->ada, &r, &room->desk.err));
	assert_string_equal(home(room, &o), "");
	o.again = true;
	assert_string_equal(home(room, &o), "https://readers.example/post-7/");
}

static void ids_and_threads_choose(void **state)
{
	struct room *room = *state;
	struct push_options o = { .thread = room->threads[1] };

	approve(room, room->ada);
	assert_string_equal(home(room, &o), "");
	o.thread = 0;
	o.ids = &room->bo;
	o.id_count = 1;
	assert_string_equal(home(room, &o), "");
	o.ids = &room->ada;
	assert_string_equal(home(room, &o), "https://readers.example/post-7/");
}

static void two_sites_are_not_one(void **state)
{
	struct room *room = *state;
	const struct thread_ref other = { .url = "https://elsewhere.example/a/",
					  .host = "elsewhere.example",
					  .post_id = "9",
					  .title = "Three" };
	const struct comment c = { .id = "5", .author = "Cy", .text = "Hello?" };
	struct push_options o = { 0 };
	struct item *todo;
	int64_t import, thread;
	enum store_put put;
	size_t count;

	desk_ok(&room->desk, store_import_begin(room->desk.store, 1, &import, &room->desk.err));
	desk_ok(&room->desk, store_thread_put(room->desk.store, &other, NULL, "test", 1, &thread,
					      &room->desk.err));
	desk_ok(&room->desk,
		store_comment_put(room->desk.store, import, thread, &c, &put, &room->desk.err));
	desk_ok(&room->desk, store_thread_link(room->desk.store, thread, false, INT64_MIN,
					       &room->desk.d, &room->desk.err));
	desk_ok(&room->desk, store_items_todo(room->desk.store, thread, 1, true, 0, 0,
					      &room->desk.a, &todo, &count, &room->desk.err));
	assert_int_equal(count, 1);
	desk_draft(&room->desk, todo[0].id, &ada[0], 1);
	approve(room, room->ada);
	approve(room, todo[0].id);
	assert_int_equal(
		push_home(room->desk.store, &o, &room->home, &room->desk.d, &room->desk.err), -1);
	assert_int_equal(room->desk.err.code, ERR_USAGE);
	assert_non_null(strstr(room->desk.err.msg, "readers.example and for elsewhere.example"));
}

static void a_site_is_one_dear_may_go_to(void **state)
{
	const struct site_options good = { .url = "https://readers.example/", .agent = "dear" };
	const struct site_options bad = { .url = "http://readers.example/", .agent = "dear" };
	struct err err = { 0 };
	struct site *s = site_open(&good, &err);

	(void)state;
	assert_non_null(s);
	site_free(s);
	assert_null(site_open(&bad, &err));
	assert_int_equal(err.code, ERR_USAGE);
	site_free(NULL);
}

static void outcomes_have_words(void **state)
{
	(void)state;
	assert_string_equal(push_outcome_word(PUSH_POSTED), "posted");
	assert_string_equal(push_outcome_word(PUSH_NO_PARENT), "no_parent");
	assert_true(push_outcome_fine(PUSH_THERE));
	assert_false(push_outcome_fine(PUSH_HELD));
	assert_false(push_outcome_fine(PUSH_LATER));
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(only_approved_replies_have_a_home),
		T(what_has_no_number_stays),
		T(what_was_sent_has_no_home_any_more),
		T(ids_and_threads_choose),
		T(two_sites_are_not_one),
		cmocka_unit_test(a_site_is_one_dear_may_go_to),
		cmocka_unit_test(outcomes_have_words),
	};

	return UNIT_RUN(tests);
}
