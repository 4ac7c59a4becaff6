/* The editor's work as text and back: into an empty store, into one that has the
 * threads, twice, over later work, and past lines that are wrong. */
#include "store_kit.h"

#include "../../src/store/store_internal.h"
#include "dear/file.h"

static void save_filter(struct kit *k, const char *name, int64_t thread)
{
	const struct store_saved f = { .name = name,
				       .filter = { .search = "rain \"and\" sun",
						   .band = BAND_MEDIUM,
						   .thread = thread,
						   .since = INT64_MIN },
				       .actor = "ed",
				       .at = 95 };

	desk_ok(&k->desk, store_filter_put(k->desk.store, &f, &k->desk.err));
}

/* A store with work of every kind on items of two threads. */
static void open_worked(struct kit *k)
{
	const struct receipt r = { .target = "posted", .native_id = "77", .actor = "ed", .at = 90 };
	const struct comment nameless = { .author = "Cy", .date = "3 May", .text = "No id here" };
	const struct decision rejected = { .kind = DECISION_REJECTED,
					   .text = "Dear Bo",
					   .revision = 1,
					   .reason = "tone",
					   .note = "too \"cold\"\n",
					   .actor = "me",
					   .at = 80 };

	kit_open(k);
	kit_begin(k, "1");
	kit_say(k, "a", NULL, "Ada", "He left.");
	kit_say(k, "b", "a", "Ada", "In May \xf0\x9f\x98\xa2.");
	kit_say(k, "c", NULL, "Bo", "What now?");
	kit_say(k, "d", NULL, "Di", "Nobody worked on me.");
	kit_end(k);
	desk_ok(&k->desk, store_staff_put(k->desk.store, 1, STAFF_ID, "1", &k->desk.err));
	desk_ok(&k->desk, store_thread_set(k->desk.store, 1, NULL, "ex-letter", &k->desk.err));
	kit_draft(k, 1, "Dear Ada", 1);
	assert_int_equal(kit_edit(k, 1, "My dear Ada"), 2);
	kit_decide(k, 1, DECISION_APPROVED);
	desk_ok(&k->desk, store_receipt_add(k->desk.store, 1, &r, &k->desk.err));
	kit_draft(k, 2, "Dear Bo", 1);
	desk_ok(&k->desk, store_relabel_add(k->desk.store, 2, "+safety", "ed", 70, &k->desk.err));
	desk_ok(&k->desk, store_relabel_add(k->desk.store, 2, "-safety", "ed", 71, &k->desk.err));
	desk_ok(&k->desk, store_decision_add(k->desk.store, 2, &rejected, &k->desk.err));
	kit_begin(k, "2");
	kit_put(k, &nameless);
	kit_end(k);
	kit_edit(k, 4, "Dear Cy");
	save_filter(k, "mine", 2);
}

/* The filter of that name, for this thread. */
static void assert_filter(struct kit *k, const char *name, int64_t thread)
{
	struct store_saved f;

	assert_int_equal(store_filter_get(k->desk.store, name, &k->desk.a, &f, &k->desk.err), 1);
	assert_string_equal(f.filter.search, "rain \"and\" sun");
	assert_null(f.filter.status);
	assert_int_equal(f.filter.band, BAND_MEDIUM);
	assert_int_equal(f.filter.thread, thread);
	assert_true(f.filter.since == INT64_MIN);
	assert_string_equal(f.actor, "ed");
	assert_int_equal(f.at, 95);
}

static void dump(struct kit *k, const char *path)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	desk_ok(&k->desk, store_dump(k->desk.store, out, &k->desk.err));
	assert_int_equal(fclose(out), 0);
}

static char *slurp(struct kit *k, const char *path)
{
	char *text = arena_alloc(&k->desk.a, 65536);
	FILE *in = fopen(path, "r");

	assert_non_null(in);
	assert_true(fread(text, 1, 65535, in) > 0);
	fclose(in);
	return text;
}

static int try_restore(struct kit *k, const char *path, struct store_restored *ret, struct err *err)
{
	struct file *f = file_open(path, err);
	int status;

	assert_non_null(f);
	status = store_restore(k->desk.store, f, 1000, ret, &k->desk.d, err);
	file_free(f);
	return status;
}

static struct store_restored restore(struct kit *k, const char *path)
{
	struct store_restored n = { 0 };

	desk_ok(&k->desk, try_restore(k, path, &n, &k->desk.err));
	kit_check(k);
	return n;
}

struct paths {
	char folder[40], one[64], two[64];
};

static void open_paths(struct paths *p)
{
	snprintf(p->folder, sizeof(p->folder), "/tmp/dear-dump-XXXXXX");
	assert_non_null(mkdtemp(p->folder));
	snprintf(p->one, sizeof(p->one), "%s/one", p->folder);
	snprintf(p->two, sizeof(p->two), "%s/two", p->folder);
}

static void close_paths(const struct paths *p)
{
	unlink(p->one);
	unlink(p->two);
	assert_int_equal(rmdir(p->folder), 0);
}

static void check_work(struct kit *k)
{
	struct item it = kit_item(k, 1);
	const char *const *labels;
	struct decision *decisions;
	struct receipt *receipts;
	size_t count;

	assert_string_equal(it.comment_id, "b");
	assert_string_equal(it.comment, "He left.\n\nIn May \xf0\x9f\x98\xa2.");
	assert_int_equal(it.status, ITEM_APPROVED);
	assert_string_equal(it.reply, "My dear Ada");
	assert_int_equal(it.revision, 2);
	assert_true(it.flags & ITEM_EXPORTED);
	assert_string_equal(it.topic ? it.topic : "", "");
	desk_ok(&k->desk,
		store_receipts(k->desk.store, 1, &k->desk.a, &receipts, &count, &k->desk.err));
	assert_int_equal(count, 1);
	assert_string_equal(receipts[0].native_id, "77");
	it = kit_item(k, 2);
	assert_int_equal(it.status, ITEM_REJECTED);
	assert_string_equal(it.decided_by, "me");
	desk_ok(&k->desk,
		store_decisions(k->desk.store, 2, &k->desk.a, &decisions, &count, &k->desk.err));
	assert_int_equal(count, 1);
	assert_string_equal(decisions[0].note, "too \"cold\"\n");
	assert_string_equal(decisions[0].reason, "tone");
	assert_string_equal(decisions[0].text, "Dear Bo");
	desk_ok(&k->desk, store_relabels(k->desk.store, 2, &k->desk.a, &labels, &k->desk.err));
	assert_string_equal(labels[0], "-safety");
	assert_null(labels[1]);
	assert_string_equal(kit_item(k, 3).reply, "Dear Cy");
	assert_string_equal(kit_item(k, 3).comment_id, "row:1");
}

static void an_empty_store_gets_it_all(void **state)
{
	struct store_thread t;
	struct store_restored n;
	struct paths p;
	struct kit k;
	char *text;

	(void)state;
	open_paths(&p);
	open_worked(&k);
	dump(&k, p.one);
	text = slurp(&k, p.one);
	assert_int_equal(strncmp(text, "{\"dear\":2}\n", 11), 0);
	assert_null(strstr(text, "Nobody worked"));
	kit_close(&k);

	kit_open(&k);
	n = restore(&k, p.one);
	/* 2 threads, 4 comments, 3 items, 2 revisions, 2 relabels, 2 decisions, 1 receipt,
	 * 1 filter, 2 drafts that were judged */
	assert_int_equal(n.added, 19);
	assert_int_equal(n.present, 0);
	check_work(&k);
	assert_int_equal(store_thread_get(k.desk.store, 1, &k.desk.a, &t, &k.desk.err), 1);
	assert_string_equal(t.topic, "ex-letter");
	/* The same words again, and nothing new the second time. */
	dump(&k, p.two);
	assert_string_equal(slurp(&k, p.one), slurp(&k, p.two));
	n = restore(&k, p.one);
	assert_int_equal(n.added, 0);
	assert_int_equal(n.present, 19);
	check_work(&k);
	assert_filter(&k, "mine", 2);
	/* A number that was used for dear's draft then is not used again. */
	kit_draft(&k, 2, "Dear Bo, anew", 1);
	assert_int_equal(kit_item(&k, 2).revision, 2);
	kit_close(&k);
	close_paths(&p);
}

static void a_store_that_has_the_threads_keeps_them(void **state)
{
	struct store_restored n;
	struct paths p;
	struct kit k;

	(void)state;
	open_paths(&p);
	open_worked(&k);
	dump(&k, p.one);
	kit_close(&k);

	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "c", NULL, "Bo", "What now, then?");
	kit_say(&k, "d", NULL, "Di", "Nobody worked on me.");
	kit_say(&k, "a", NULL, "Ada", "He left.");
	kit_say(&k, "b", "a", "Ada", "In May \xf0\x9f\x98\xa2.");
	kit_say(&k, "e", "b", "Ada", "The burst went on.");
	kit_end(&k);
	for (int i = 1; i <= 3; i++)
		kit_draft(&k, i, "Another draft", 1);
	kit_draft(&k, 3, "A second one", 1);
	n = restore(&k, p.one);
	assert_int_equal(n.present, 1 + 3 + 2);
	/* Bo's comment changed since: the decision came back and says so. */
	assert_int_equal(kit_item(&k, 1).status, ITEM_REJECTED);
	assert_string_equal(kit_item(&k, 1).comment, "What now, then?");
	/* Ada's number 2 was taken here: the revision moved on, the approval with it. */
	assert_string_equal(kit_item(&k, 3).comment_id, "e");
	assert_string_equal(kit_item(&k, 3).reply, "My dear Ada");
	assert_int_equal(kit_item(&k, 3).revision, 3);
	assert_true(kit_item(&k, 3).flags & ITEM_STALE);
	n = restore(&k, p.one);
	assert_int_equal(n.added, 0);
	kit_close(&k);
	close_paths(&p);
}

static void later_work_stands(void **state)
{
	struct paths p;
	struct kit k;

	(void)state;
	open_paths(&p);
	open_worked(&k);
	dump(&k, p.one);
	k.desk.now += 1000;
	kit_decide(&k, 1, DECISION_REOPENED);
	kit_edit(&k, 1, "Ada, dear");
	desk_ok(&k.desk,
		store_relabel_add(k.desk.store, 2, "+safety", "ed", k.desk.now, &k.desk.err));
	restore(&k, p.one);
	assert_int_equal(kit_item(&k, 1).status, ITEM_DRAFTED);
	assert_string_equal(kit_item(&k, 1).reply, "Ada, dear");
	kit_close(&k);
	close_paths(&p);
}

static void what_was_forgotten_stays_so(void **state)
{
	struct paths before, after;
	struct decision *decisions;
	struct receipt *receipts;
	struct item gone;
	struct kit k;
	uint64_t n;
	size_t count;

	(void)state;
	open_paths(&before);
	open_paths(&after);
	open_worked(&k);
	dump(&k, before.one);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Ada", 0, 5, &n, &k.desk.err));
	assert_int_equal(n, 2);
	dump(&k, after.one);
	assert_null(strstr(slurp(&k, after.one), "Ada"));
	/* A dump from before does not bring her back. */
	restore(&k, before.one);
	dump(&k, after.two);
	assert_string_equal(slurp(&k, after.one), slurp(&k, after.two));
	kit_close(&k);

	/* And a dump from after takes her out of another store. */
	kit_open(&k);
	restore(&k, before.one);
	restore(&k, after.one);
	dump(&k, after.two);
	assert_string_equal(slurp(&k, after.one), slurp(&k, after.two));
	assert_int_equal(store_item_get(k.desk.store, 1, &k.desk.a, &gone, &k.desk.err), 0);
	desk_ok(&k.desk,
		store_decisions(k.desk.store, 1, &k.desk.a, &decisions, &count, &k.desk.err));
	assert_int_equal(count, 1);
	assert_null(decisions[0].text);
	desk_ok(&k.desk,
		store_receipts(k.desk.store, 1, &k.desk.a, &receipts, &count, &k.desk.err));
	assert_int_equal(count, 1);
	kit_close(&k);
	close_paths(&before);
	close_paths(&after);
}

static void a_bad_line_is_named_and_nothing_is_done(void **state)
{
	static const struct {
		const char *line, *words;
	} bad[] = {
		{ "{\"dear\":1}\n{\"thread\":1,\"title\":\"T\"", "" },
		{ "{\"dear\":1}\n[1]", "object" },
		{ "{\"dear\":1}\n{\"weather\":1}", "known kind" },
		{ "{\"dear\":1}\n{\"thread\":1}", "names the thread" },
		{ "{\"dear\":1}\n{\"item\":1,\"thread\":1,\"comment\":\"a\"}", "no thread 1" },
		{ "{\"dear\":1}\n{\"receipt\":\"x\",\"item\":1}", "no item 1" },
		{ "{\"dear\":1}\n{\"thread\":1,\"key\":7}", "string or null" },
		{ "{\"dear\":3}", "newer" },
		{ "{\"dear\":2}\n{\"filter\":\"f\",\"thread\":1}", "no thread 1" },
		{ "{\"dear\":2}\n{\"filter\":\"f\",\"thread\":0,\"actor\":\"ed\"}",
		  "whole number" },
		{ "{\"threads\":2}", "no dump" },
		{ "", "empty" },
	};
	struct paths p;
	struct kit k;
	struct arena a = { 0 };

	(void)state;
	open_paths(&p);
	kit_open(&k);
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		struct store_restored n = { 99, 99 };
		struct err err = { 0 };
		FILE *out = fopen(p.one, "w");
		int64_t *threads;
		size_t count;

		assert_non_null(out);
		fputs(bad[i].line, out);
		fclose(out);
		assert_int_equal(try_restore(&k, p.one, &n, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_string_equal(err.where, p.one);
		assert_int_equal(err.line, strchr(bad[i].line, '\n') ? 2 : *bad[i].line ? 1 : 0);
		if (!strstr(err.msg, bad[i].words))
			fail_msg("\"%s\" does not say \"%s\"", err.msg, bad[i].words);
		assert_int_equal(n.added, 99);
		desk_ok(&k.desk, store_threads(k.desk.store, &a, &threads, &count, &k.desk.err));
		assert_int_equal(count, 0);
	}
	arena_release(&a);
	kit_close(&k);
	close_paths(&p);
}

/* A record whose comment was cut out of the dump. */
static void work_without_its_comment_is_told(void **state)
{
	struct store_restored n;
	struct err err = { 0 };
	struct paths p;
	struct kit k;
	FILE *out;

	(void)state;
	open_paths(&p);
	kit_open(&k);
	out = fopen(p.one, "w");
	assert_non_null(out);
	fputs("{\"dear\":1}\n{\"thread\":1,\"title\":\"T\"}\n{\"item\":1,\"thread\":1,"
	      "\"comment\":\"a\",\"fingerprint\":\"0123456789abcdef\"}\n",
	      out);
	fclose(out);
	assert_int_equal(try_restore(&k, p.one, &n, &err), -1);
	assert_int_equal(err.line, 3);
	assert_non_null(strstr(err.msg, "neither in the dump nor in the store"));
	kit_close(&k);
	close_paths(&p);
}

static void a_dump_that_can_t_be_written_is_told(void **state)
{
	struct err err = { 0 };
	struct kit k;
	FILE *full = fopen("/dev/full", "w");

	(void)state;
	if (!full)
		skip();
	open_worked(&k);
	assert_int_equal(store_dump(k.desk.store, full, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_false(store_in_transaction(k.desk.store));
	fclose(full);
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_store_gets_it_all),
		cmocka_unit_test(a_store_that_has_the_threads_keeps_them),
		cmocka_unit_test(later_work_stands),
		cmocka_unit_test(what_was_forgotten_stays_so),
		cmocka_unit_test(a_bad_line_is_named_and_nothing_is_done),
		cmocka_unit_test(work_without_its_comment_is_told),
		cmocka_unit_test(a_dump_that_can_t_be_written_is_told),
	};

	return UNIT_RUN(tests);
}
