/* What an import brings: which thread it is, whether a comment is new, and what
 * a source that knows more or less does to what is there. */
#include "store_kit.h"

#include "../../src/store/store_internal.h"
#include "dear/buf.h"

/* ---- threads ---- */

static int64_t put_thread(struct kit *k, struct thread_ref ref, const char *key)
{
	int64_t thread = 0;

	desk_ok(&k->desk,
		store_thread_put(k->desk.store, &ref, key, "test", 1, &thread, &k->desk.err));
	return thread;
}

static struct store_thread get_thread(struct kit *k, int64_t id)
{
	struct store_thread t = { 0 };

	assert_int_equal(store_thread_get(k->desk.store, id, &k->desk.a, &t, &k->desk.err), 1);
	return t;
}

static void addresses_are_compared_by_their_core(void **state)
{
	static const char *const same[][2] = {
		{ "https://Readers.Example/a-letter/", "readers.example/a-letter" },
		{ "http://readers.example/a-letter", "readers.example/a-letter" },
		{ "https://readers.example/a-letter/comment-page-3/#comment-9",
		  "readers.example/a-letter" },
		{ "https://readers.example/a-letter/?utm_source=mail&cpage=2#c",
		  "readers.example/a-letter" },
		{ "https://readers.example/?p=12", "readers.example?p=12" },
		{ "https://readers.example/?x=1&p=12&y=2", "readers.example?p=12" },
		{ "https://readers.example/?page=12", "readers.example" },
		{ "https://readers.example/My-Letter", "readers.example/My-Letter" },
		{ "https://readers.example/my-comment-page-", "readers.example/my-comment-page-" },
		{ "https://readers.example/comment-page-x1", "readers.example/comment-page-x1" },
		{ "https://readers.example/?back=http://a.example/", "readers.example" },
		{ "readers.example/a?b=c://d", "readers.example/a" },
		{ "", "" },
		{ NULL, "" },
	};
	struct buf b = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(same) / sizeof(*same); i++) {
		store_address(same[i][0], &b);
		assert_string_equal(buf_str(&b), same[i][1]);
	}
	buf_release(&b);
}

static void any_identity_finds_the_thread(void **state)
{
	struct kit k;
	int64_t t;
	struct store_thread row;

	(void)state;
	kit_open(&k);
	t = put_thread(&k, (struct thread_ref){ .title = "On letters" }, NULL);
	assert_int_equal(put_thread(&k,
				    (struct thread_ref){ .title = "On letters",
							 .url = "https://r.example/letters/" },
				    NULL),
			 t);
	assert_int_equal(put_thread(&k,
				    (struct thread_ref){ .url = "http://r.example/letters#c9",
							 .host = "R.example",
							 .post_id = "7" },
				    NULL),
			 t);
	assert_int_equal(
		put_thread(&k, (struct thread_ref){ .host = "r.example", .post_id = "7" }, NULL),
		t);
	assert_int_equal(put_thread(&k, (struct thread_ref){ .title = "On letters" }, NULL), t);
	assert_int_equal(put_thread(&k, (struct thread_ref){ .title = "On letters" }, "l"), t);
	assert_int_equal(put_thread(&k, (struct thread_ref){ 0 }, "l"), t);
	row = get_thread(&k, t);
	assert_string_equal(row.key, "l");
	assert_string_equal(row.url, "https://r.example/letters/");
	assert_string_equal(row.host, "r.example");
	assert_string_equal(row.post_id, "7");
	assert_string_equal(row.title, "On letters");
	kit_close(&k);
}

static void what_contradicts_is_another_thread(void **state)
{
	struct kit k;
	int64_t t, other;
	const struct thread_ref a = { .host = "r.example",
				      .post_id = "7",
				      .url = "https://r.example/a/",
				      .title = "Dear readers" };
	struct thread_ref b = a;

	(void)state;
	kit_open(&k);
	t = put_thread(&k, a, NULL);
	b.post_id = "8"; /* the same address, but the site says it is another post */
	assert_int_not_equal(other = put_thread(&k, b, NULL), t);
	b = a;
	b.host = "s.example";
	b.url = "https://s.example/a/"; /* the same title on another site */
	assert_int_not_equal(put_thread(&k, b, NULL), t);
	assert_int_equal(put_thread(&k, a, NULL), t);
	/* A post without its site is still not another post of the same title. */
	other = put_thread(&k, (struct thread_ref){ .post_id = "1", .title = "More" }, NULL);
	assert_int_not_equal(
		put_thread(
			&k,
			(struct thread_ref){ .host = "r.example", .post_id = "2", .title = "More" },
			NULL),
		other);
	assert_int_equal(
		put_thread(&k, (struct thread_ref){ .host = "r.example", .title = "More" }, NULL),
		other);
	/* One article kept twice, under two names. */
	assert_int_equal(put_thread(&k, a, "one"), t);
	other = put_thread(&k, a, "two");
	assert_int_not_equal(other, t);
	assert_int_equal(put_thread(&k, a, "one"), t);
	assert_int_equal(put_thread(&k, a, "two"), other);
	assert_int_equal(put_thread(&k, a, NULL), t);
	kit_close(&k);
}

static void a_nameless_thread_is_refused(void **state)
{
	struct kit k;
	struct err err = { 0 };
	const struct thread_ref ref = { .post_id = "7", .title = "", .flat = true };
	int64_t thread = -5;

	(void)state;
	kit_open(&k);
	assert_int_equal(store_thread_put(k.desk.store, &ref, NULL, "test", 1, &thread, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(thread, -5);
	kit_close(&k);
}

static void pages_are_counted_and_flat_gives_way(void **state)
{
	struct kit k;
	struct thread_ref ref = { .title = "Paged", .flat = true, .page = 3, .pages = 3 };
	int64_t t;

	(void)state;
	kit_open(&k);
	t = put_thread(&k, ref, NULL);
	assert_true(get_thread(&k, t).flat);
	ref.page = 1;
	put_thread(&k, ref, NULL);
	put_thread(&k, ref, NULL);
	assert_int_equal(get_thread(&k, t).pages, 3);
	assert_int_equal(get_thread(&k, t).pages_seen, 2);
	ref.flat = false;
	put_thread(&k, ref, NULL);
	assert_false(get_thread(&k, t).flat);
	kit_close(&k);
}

/* ---- comments ---- */

static const char *text_of(struct kit *k, const char *id)
{
	for (int64_t i = 1; kit_has_item(k, i); i++)
		if (!strcmp(kit_item(k, i).comment_id, id))
			return kit_item(k, i).comment;
	return NULL;
}

static void importing_twice_changes_nothing(void **state)
{
	struct kit k;
	struct comment c = { .id = "5",
			     .author = "Ada",
			     .date = "2026-02-03T10:00:00Z",
			     .utc = 1770112800,
			     .has_utc = true,
			     .url = "https://r.example/#5",
			     .text = "She said \"we'll see\"..." };
	int64_t before;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &c), STORE_PUT_NEW);
	assert_int_equal(kit_put(&k, &c), STORE_PUT_TWICE);
	kit_end(&k);
	kit_begin(&k, "1");
	before = sqlite3_total_changes64(k.desk.store->db);
	assert_int_equal(kit_put(&k, &c), STORE_PUT_SAME);
	/* Only that it was seen. */
	assert_int_equal(sqlite3_total_changes64(k.desk.store->db), before + 1);
	assert_int_equal(kit_put(&k, &c), STORE_PUT_TWICE);
	before = sqlite3_total_changes64(k.desk.store->db);
	kit_link(&k);
	assert_int_equal(sqlite3_total_changes64(k.desk.store->db), before);
	desk_ok(&k.desk, store_commit(k.desk.store, &k.desk.err));
	/* The page shows the same text with other quotes: what stands, stays, since
	 * evidence points into it. */
	c.text = "She said \xe2\x80\x9cwe\xe2\x80\x99ll see\xe2\x80\x9d\xe2\x80\xa6";
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &c), STORE_PUT_SAME);
	kit_end(&k);
	assert_string_equal(text_of(&k, "5"), "She said \"we'll see\"...");
	kit_check(&k);
	kit_close(&k);
}

static void a_changed_text_is_told(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "5", NULL, "Ada", "He left.");
	assert_int_equal(kit_say(&k, "5", NULL, "Ada", "She left."), STORE_PUT_DIFFERS);
	kit_end(&k);
	assert_string_equal(text_of(&k, "5"), "He left.");
	kit_begin(&k, "1");
	assert_int_equal(kit_say(&k, "5", NULL, "Ada", "They left."), STORE_PUT_CHANGED);
	assert_int_equal(kit_say(&k, "5", NULL, "Ada", "We left."), STORE_PUT_DIFFERS);
	assert_int_equal(kit_say(&k, "5", NULL, "Ada", "They left."), STORE_PUT_TWICE);
	kit_end(&k);
	assert_string_equal(text_of(&k, "5"), "They left.");
	kit_close(&k);
}

static void without_an_id_author_date_and_text_tell(void **state)
{
	struct kit k;
	struct comment c = { .author = "Ada", .date = "3 May", .text = "Thank you" };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &c), STORE_PUT_NEW);
	assert_int_equal(kit_put(&k, &c), STORE_PUT_TWICE);
	c.date = "4 May";
	assert_int_equal(kit_put(&k, &c), STORE_PUT_NEW);
	c.author = NULL;
	assert_int_equal(kit_put(&k, &c), STORE_PUT_NEW);
	c.text = "Thank you all";
	assert_int_equal(kit_put(&k, &c), STORE_PUT_NEW);
	kit_end(&k);
	assert_string_equal(kit_item(&k, 1).comment_id, "row:1");
	/* A later source gives the same comment its id. */
	c.id = "44";
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &c), STORE_PUT_SAME);
	kit_end(&k);
	assert_string_equal(kit_item(&k, 4).comment_id, "44");
	kit_check(&k);
	kit_close(&k);
}

static void ids_are_the_threads_own(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	assert_int_equal(kit_say(&k, "5", NULL, "Ada", "one"), STORE_PUT_NEW);
	kit_end(&k);
	kit_begin(&k, "2");
	assert_int_equal(kit_say(&k, "5", NULL, "Ada", "one"), STORE_PUT_NEW);
	kit_end(&k);
	assert_int_equal(kit_item(&k, 1).thread, 1);
	assert_int_equal(kit_item(&k, 2).thread, 2);
	kit_close(&k);
}

static int find_node(void *ctx, const struct store_node *n)
{
	struct store_node *want = ctx;

	if (strcmp(n->comment_id, want->comment_id))
		return 0;
	want->row = n->row;
	want->parent = n->parent ? "1" : NULL;
	want->parent_known = n->parent_known;
	want->staff = n->staff;
	want->status = n->status;
	return 1;
}

static struct store_node node_of(struct kit *k, const char *id)
{
	struct store_node n = { .comment_id = id };

	desk_ok(&k->desk,
		store_thread_nodes(k->desk.store, k->thread, find_node, &n, &k->desk.err));
	assert_true(n.row);
	return n;
}

/* A feed after the page: no parents, no accounts, no marks. */
static void a_form_that_knows_less_takes_nothing_away(void **state)
{
	struct kit k;
	struct comment full = { .id = "2",
				.parent = "1",
				.author = "Col",
				.user_id = "3",
				.account = ACCOUNT_USER,
				.staff = true,
				.date = "2026-02-03",
				.utc = 1770112800,
				.has_utc = true,
				.tz_known = true,
				.url = "https://r.example/#2",
				.text = "An answer" };
	const struct comment poor = {
		.id = "2", .author = "Col", .parent_known = PARENT_LOST, .text = "An answer"
	};

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "A question?");
	kit_put(&k, &full);
	kit_end(&k);
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &poor), STORE_PUT_SAME);
	kit_end(&k);
	assert_non_null(node_of(&k, "2").parent);
	assert_int_equal(node_of(&k, "2").parent_known, PARENT_KNOWN);
	assert_true(node_of(&k, "2").staff);
	/* The other way round: what the page knows comes in. */
	full.id = "3";
	full.parent = "1";
	kit_begin(&k, "1");
	kit_put(&k, &(struct comment){ .id = "3",
				       .text = "An answer",
				       .author = "Col",
				       .parent_known = PARENT_LOST });
	kit_end(&k);
	assert_null(node_of(&k, "3").parent);
	kit_begin(&k, "1");
	kit_put(&k, &full);
	kit_end(&k);
	assert_non_null(node_of(&k, "3").parent);
	assert_true(node_of(&k, "3").staff);
	kit_close(&k);
}

static void what_turned_spam_stops_waiting(void **state)
{
	struct kit k;
	const struct comment spam = {
		.id = "1", .author = "Ada", .text = "Buy this", .status = COMMENT_SPAM
	};
	const struct comment fresh_spam = { .id = "9", .text = "Buy", .status = COMMENT_SPAM };
	struct store_counts n;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "Buy this");
	kit_put(&k, &fresh_spam);
	kit_end(&k);
	assert_true(kit_has_item(&k, 1));
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &spam), STORE_PUT_SAME);
	kit_end(&k);
	assert_false(kit_has_item(&k, 1));
	desk_ok(&k.desk, store_thread_counts(k.desk.store, k.thread, &n, &k.desk.err));
	assert_int_equal(n.comments, 0);
	assert_int_equal(n.awaiting, 0);
	kit_close(&k);
}

static void a_deleted_comment_keeps_its_place_only(void **state)
{
	struct kit k;
	const struct comment gone = { .id = "1", .status = COMMENT_DELETED };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "I regret writing this");
	kit_say(&k, "2", "1", "Bo", "What should I do?");
	kit_end(&k);
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &gone), STORE_PUT_CHANGED);
	kit_end(&k);
	assert_int_equal(node_of(&k, "1").status, COMMENT_DELETED);
	assert_non_null(node_of(&k, "2").parent);
	assert_false(kit_has_item(&k, 1));
	assert_true(kit_has_item(&k, 2));
	kit_close(&k);
}

static void every_status_has_a_place(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	for (int i = 0; i < COMMENT_STATUS_COUNT; i++) {
		char id[8];
		struct comment c = { .id = id, .author = "Ada", .text = "words" };

		snprintf(id, sizeof(id), "%d", i);
		kit_put(&k, &c);
		c.status = (enum comment_status)i;
		kit_put(&k, &c);
		assert_int_equal(node_of(&k, id).status, i);
	}
	kit_end(&k);
	kit_check(&k);
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_compared_by_their_core),
		cmocka_unit_test(any_identity_finds_the_thread),
		cmocka_unit_test(what_contradicts_is_another_thread),
		cmocka_unit_test(a_nameless_thread_is_refused),
		cmocka_unit_test(pages_are_counted_and_flat_gives_way),
		cmocka_unit_test(importing_twice_changes_nothing),
		cmocka_unit_test(a_changed_text_is_told),
		cmocka_unit_test(without_an_id_author_date_and_text_tell),
		cmocka_unit_test(ids_are_the_threads_own),
		cmocka_unit_test(a_form_that_knows_less_takes_nothing_away),
		cmocka_unit_test(what_turned_spam_stops_waiting),
		cmocka_unit_test(a_deleted_comment_keeps_its_place_only),
		cmocka_unit_test(every_status_has_a_place),
	};

	return UNIT_RUN(tests);
}
