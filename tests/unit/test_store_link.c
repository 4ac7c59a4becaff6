/* Links and items: who is staff, who waits, and that an item follows its reader's
 * words without losing its number or an editor's work. */
#include "store_kit.h"

static struct store_counts counts(struct kit *k)
{
	struct store_counts n = { 0 };

	desk_ok(&k->desk, store_thread_counts(k->desk.store, k->thread, &n, &k->desk.err));
	return n;
}

static void staff(struct kit *k, enum staff_kind kind, const char *value)
{
	desk_ok(&k->desk, store_staff_put(k->desk.store, k->thread, kind, value, &k->desk.err));
}

static void waiting_comments_get_items_in_order(void **state)
{
	struct kit k;
	struct item it;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "30", "20", "Bo", "And me?");
	kit_say(&k, "10", NULL, "Ada", "Should I write?");
	kit_answer(&k, "11", "10", "Wait a little.");
	kit_say(&k, "20", NULL, NULL, "He left.");
	kit_end(&k);
	assert_string_equal(kit_item(&k, 1).comment_id, "30");
	assert_string_equal(kit_item(&k, 2).comment_id, "20");
	assert_false(kit_has_item(&k, 3));
	it = kit_item(&k, 1);
	assert_string_equal(it.comment_parent, "20");
	assert_true(it.parent_reader);
	assert_false(it.parent_staff);
	assert_null(it.earlier);
	assert_null(kit_item(&k, 2).comment_parent);
	assert_null(kit_item(&k, 2).person);
	assert_int_equal(counts(&k).comments, 4);
	assert_int_equal(counts(&k).staff, 1);
	assert_int_equal(counts(&k).awaiting, 2);
	assert_int_equal(counts(&k).also_answered, 0);
	kit_check(&k);
	kit_close(&k);
}

static void answered_and_old_ones_as_asked(void **state)
{
	struct kit k;
	struct comment c = {
		.id = "1", .author = "Ada", .text = "old", .utc = 100, .has_utc = true
	};

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_put(&k, &c);
	c.id = "2";
	c.utc = 200;
	kit_put(&k, &c);
	kit_say(&k, "3", NULL, "Bo", "undated");
	kit_say(&k, "4", NULL, "Cy", "answered");
	kit_answer(&k, "5", "4", "Yes.");
	desk_ok(&k.desk,
		store_thread_link(k.desk.store, k.thread, true, 150, &k.desk.d, &k.desk.err));
	desk_ok(&k.desk, store_commit(k.desk.store, &k.desk.err));
	assert_string_equal(kit_item(&k, 1).comment_id, "2");
	assert_string_equal(kit_item(&k, 2).comment_id, "3");
	assert_string_equal(kit_item(&k, 3).comment_id, "4");
	assert_true(kit_item(&k, 3).flags & ITEM_ANSWERED);
	assert_false(kit_item(&k, 1).flags & ITEM_ANSWERED);
	assert_false(kit_has_item(&k, 4));
	assert_int_equal(counts(&k).awaiting, 2);
	assert_int_equal(counts(&k).also_answered, 1);
	kit_close(&k);
}

static void a_burst_takes_its_item_along(void **state)
{
	struct kit k;
	struct item it;
	uint64_t hash;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_say(&k, "9", NULL, "Bo", "Hello");
	kit_end(&k);
	hash = kit_item(&k, 1).comment_hash;
	kit_begin(&k, "1");
	kit_say(&k, "2", "1", "ADA ", "I forgot: we have a son.");
	kit_say(&k, "3", "2", "Ada", "And a dog.");
	kit_end(&k);
	it = kit_item(&k, 1);
	assert_string_equal(it.comment_id, "3");
	assert_string_equal(it.comment, "He left.\n\nI forgot: we have a son.\n\nAnd a dog.");
	assert_int_equal(it.comment_hash, comment_hash(it.comment));
	assert_int_not_equal(it.comment_hash, hash);
	assert_false(it.parent_reader);
	assert_string_equal(it.person, kit_item(&k, 1).person);
	assert_false(kit_has_item(&k, 3));
	assert_int_equal(counts(&k).awaiting, 2);
	/* A change in its first comment is a change of the item. */
	hash = it.comment_hash;
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "She left.");
	kit_end(&k);
	assert_int_not_equal(kit_item(&k, 1).comment_hash, hash);
	kit_check(&k);
	kit_close(&k);
}

/* Dates say what came first, whatever the page's order. */
static void a_burst_is_read_oldest_first(void **state)
{
	struct kit k;
	struct comment c = { .id = "2",
			     .parent = "1",
			     .author = "Ada",
			     .text = "later",
			     .utc = 200,
			     .has_utc = true };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_put(&k, &c);
	c = (struct comment){
		.id = "1", .author = "Ada", .text = "sooner", .utc = 100, .has_utc = true
	};
	kit_put(&k, &c);
	kit_end(&k);
	assert_string_equal(kit_item(&k, 1).comment_id, "2");
	assert_string_equal(kit_item(&k, 1).comment, "sooner\n\nlater");
	kit_close(&k);
}

/* Two comments that had items of their own turn out to be one burst. */
static void two_items_of_a_burst_become_one(void **state)
{
	struct kit k;
	const struct comment lost = {
		.id = "2", .author = "Ada", .text = "And a son.", .parent_known = PARENT_LOST
	};

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_put(&k, &lost);
	kit_end(&k);
	assert_true(kit_has_item(&k, 2));
	kit_edit(&k, 2, "Dear Ada");
	kit_begin(&k, "1");
	kit_say(&k, "2", "1", "Ada", "And a son.");
	kit_end(&k);
	/* The one that was worked on stays. */
	assert_false(kit_has_item(&k, 1));
	assert_string_equal(kit_item(&k, 2).comment, "He left.\n\nAnd a son.");
	assert_string_equal(kit_item(&k, 2).reply, "Dear Ada");
	assert_true(kit_item(&k, 2).flags & ITEM_STALE);
	kit_check(&k);
	kit_close(&k);
}

static void what_is_added_after_an_answer_is_another_item(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_end(&k);
	kit_draft(&k, 1, "Dear Ada", 1);
	kit_decide(&k, 1, DECISION_APPROVED);
	kit_begin(&k, "1");
	kit_answer(&k, "2", "1", "Dear Ada");
	kit_say(&k, "3", "1", "Ada", "He is back!");
	kit_end(&k);
	assert_string_equal(kit_item(&k, 1).comment_id, "1");
	assert_string_equal(kit_item(&k, 1).comment, "He left.");
	assert_int_equal(kit_item(&k, 1).flags, ITEM_ANSWERED);
	assert_string_equal(kit_item(&k, 2).comment_id, "3");
	assert_int_equal(kit_item(&k, 2).status, ITEM_DRAFTED);
	assert_int_equal(counts(&k).awaiting, 1);
	assert_int_equal(counts(&k).also_answered, 1);
	kit_check(&k);
	kit_close(&k);
}

static void a_follow_up_knows_the_earlier_reply(void **state)
{
	struct kit k;
	struct item it;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_answer(&k, "2", "1", "How long ago, Ada?");
	kit_say(&k, "3", "2", "Ada", "In May.");
	kit_say(&k, "4", "2", "Bo", "Same here.");
	kit_say(&k, "5", NULL, NULL, "No name.");
	kit_answer(&k, "6", "5", "Hello.");
	kit_say(&k, "7", "6", NULL, "No name again.");
	kit_end(&k);
	it = kit_item(&k, 1);
	assert_true(it.parent_staff);
	assert_string_equal(it.earlier, "How long ago, Ada?");
	it = kit_item(&k, 2);
	assert_true(it.parent_staff);
	assert_null(it.earlier);
	/* Unnamed readers are never the same reader. */
	assert_string_equal(kit_item(&k, 3).comment_id, "7");
	assert_null(kit_item(&k, 3).earlier);
	kit_close(&k);
}

static void a_guessed_answer_is_marked(void **state)
{
	struct kit k;
	const struct thread_ref flat = { .title = "Flat", .flat = true };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	desk_ok(&k.desk,
		store_thread_put(k.desk.store, &flat, NULL, "test", 1, &k.thread, &k.desk.err));
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_say(&k, "2", NULL, "Bo", "What now?");
	kit_answer(&k, "3", NULL, "Wait.");
	desk_ok(&k.desk,
		store_thread_link(k.desk.store, k.thread, true, INT64_MIN, &k.desk.d, &k.desk.err));
	desk_ok(&k.desk, store_commit(k.desk.store, &k.desk.err));
	assert_int_equal(k.desk.d.total[DIAG_ANSWER_GUESSED], 1);
	assert_false(kit_item(&k, 1).flags & ITEM_ANSWERED);
	assert_true(kit_item(&k, 2).flags & ITEM_ANSWERED);
	/* The page with its tree sets it right. */
	kit_begin(&k, "1");
	desk_ok(&k.desk, store_thread_put(k.desk.store, &(struct thread_ref){ .title = "Flat" },
					  NULL, "test", 1, &k.thread, &k.desk.err));
	kit_answer(&k, "3", "1", "Wait.");
	kit_end(&k);
	assert_true(kit_item(&k, 1).flags & ITEM_ANSWERED);
	assert_false(kit_item(&k, 2).flags & ITEM_ANSWERED);
	kit_close(&k);
}

static void an_orphan_is_named_and_found_later(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "2", "1", "Bo", "I agree");
	kit_end(&k);
	assert_int_equal(k.desk.d.count, 1);
	assert_int_equal(k.desk.d.list[0].id, DIAG_PARENT_MISSING);
	assert_string_equal(k.desk.d.list[0].where, "comment 2");
	assert_null(kit_item(&k, 1).comment_parent);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_end(&k);
	assert_int_equal(k.desk.d.count, 1);
	assert_string_equal(kit_item(&k, 1).comment_parent, "1");
	kit_close(&k);
}

static bool is_staff(struct kit *k, const char *id);

static void staff_by_name_id_and_mark(void **state)
{
	struct kit k;
	struct comment c = { .id = "1", .author = "Ms. Column", .text = "x" };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_put(&k, &c);
	c = (struct comment){
		.id = "2", .author = "ms. COLUMN", .account = ACCOUNT_GUEST, .text = "x"
	};
	kit_put(&k, &c);
	c = (struct comment){
		.id = "3", .author = "M", .user_id = "7", .account = ACCOUNT_USER, .text = "x"
	};
	kit_put(&k, &c);
	c = (struct comment){ .id = "4",
			      .author = "ms.  column",
			      .user_id = "8",
			      .account = ACCOUNT_USER,
			      .text = "x" };
	kit_put(&k, &c);
	kit_answer(&k, "5", NULL, "x");
	kit_end(&k);
	assert_int_equal(counts(&k).staff, 1);
	assert_int_equal(counts(&k).awaiting, 4);
	staff(&k, STAFF_ID, "7");
	staff(&k, STAFF_ID, "7");
	staff(&k, STAFF_NAME, "Ms. Column");
	kit_link(&k);
	assert_true(is_staff(&k, "1"));
	assert_false(is_staff(&k, "2")); /* a guest may call himself what he likes */
	assert_true(is_staff(&k, "3"));
	assert_true(is_staff(&k, "4"));
	assert_true(is_staff(&k, "5"));
	/* Their items went: a column does not wait for itself. */
	assert_int_equal(counts(&k).awaiting, 1);
	kit_close(&k);
}

static int node_is_staff(void *ctx, const struct store_node *n)
{
	struct store_node *want = ctx;

	if (!strcmp(n->comment_id, want->comment_id))
		want->staff = n->staff;
	return 0;
}

static bool is_staff(struct kit *k, const char *id)
{
	struct store_node n = { .comment_id = id };

	desk_ok(&k->desk,
		store_thread_nodes(k->desk.store, k->thread, node_is_staff, &n, &k->desk.err));
	return n.staff;
}

static void a_guest_and_an_account_are_two(void **state)
{
	struct kit k;
	struct comment c = { .id = "1", .author = "Ada", .account = ACCOUNT_GUEST, .text = "one" };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_put(&k, &c);
	c = (struct comment){ .id = "2",
			      .parent = "1",
			      .author = "Ada",
			      .user_id = "9",
			      .account = ACCOUNT_USER,
			      .text = "two" };
	kit_put(&k, &c);
	kit_end(&k);
	assert_string_not_equal(kit_item(&k, 1).person, kit_item(&k, 2).person);
	assert_int_equal(counts(&k).awaiting, 2);
	kit_close(&k);
}

/* What dear exported and somebody posted comes back under its own id. */
static void our_own_reply_is_recognised(void **state)
{
	struct kit k;
	const struct receipt r = { .target = "posted", .native_id = "77", .actor = "ed", .at = 5 };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_end(&k);
	kit_draft(&k, 1, "Dear Ada", 1);
	kit_decide(&k, 1, DECISION_APPROVED);
	desk_ok(&k.desk, store_receipt_add(k.desk.store, 1, &r, &k.desk.err));
	kit_begin(&k, "1");
	kit_say(&k, "77", "1", "Editor", "Dear Ada");
	kit_end(&k);
	assert_true(is_staff(&k, "77"));
	assert_false(kit_has_item(&k, 2));
	assert_int_equal(kit_item(&k, 1).flags, ITEM_ANSWERED | ITEM_EXPORTED);
	kit_close(&k);
}

static void an_item_number_never_comes_again(void **state)
{
	struct kit k;
	const struct comment gone = { .id = "1", .status = COMMENT_DELETED };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_end(&k);
	kit_begin(&k, "1");
	kit_put(&k, &gone);
	kit_say(&k, "2", NULL, "Bo", "What now?");
	kit_end(&k);
	assert_false(kit_has_item(&k, 1));
	assert_string_equal(kit_item(&k, 2).comment_id, "2");
	kit_close(&k);
}

/* Missing from a later import is not gone: it may be another page. */
static void what_a_page_lacks_is_left_alone(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "He left.");
	kit_end(&k);
	kit_begin(&k, "1");
	kit_say(&k, "2", NULL, "Bo", "What now?");
	kit_end(&k);
	assert_int_equal(counts(&k).awaiting, 2);
	kit_close(&k);
}

static int note_place(void *ctx, const struct store_node *n)
{
	char *ids = ctx;

	snprintf(ids + strlen(ids), 64 - strlen(ids), "%s<%s ", n->comment_id,
		 n->parent ? n->parent : "");
	return strlen(ids) > 20;
}

static void nodes_come_in_order_until_told(void **state)
{
	struct kit k;
	char ids[64] = "";

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	for (int i = 9; i > 0; i--) {
		char id[4], parent[4];

		snprintf(id, sizeof(id), "%d", i);
		snprintf(parent, sizeof(parent), "%d", i - 1);
		kit_say(&k, id, i > 1 ? parent : NULL, NULL, "text");
	}
	kit_end(&k);
	desk_ok(&k.desk, store_thread_nodes(k.desk.store, k.thread, note_place, ids, &k.desk.err));
	assert_string_equal(ids, "9<8 8<7 7<6 6<5 5<4 4<3 ");
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(waiting_comments_get_items_in_order),
		cmocka_unit_test(answered_and_old_ones_as_asked),
		cmocka_unit_test(a_burst_takes_its_item_along),
		cmocka_unit_test(a_burst_is_read_oldest_first),
		cmocka_unit_test(two_items_of_a_burst_become_one),
		cmocka_unit_test(what_is_added_after_an_answer_is_another_item),
		cmocka_unit_test(a_follow_up_knows_the_earlier_reply),
		cmocka_unit_test(a_guessed_answer_is_marked),
		cmocka_unit_test(an_orphan_is_named_and_found_later),
		cmocka_unit_test(staff_by_name_id_and_mark),
		cmocka_unit_test(a_guest_and_an_account_are_two),
		cmocka_unit_test(our_own_reply_is_recognised),
		cmocka_unit_test(an_item_number_never_comes_again),
		cmocka_unit_test(what_a_page_lacks_is_left_alone),
		cmocka_unit_test(nodes_come_in_order_until_told),
	};

	return UNIT_RUN(tests);
}
