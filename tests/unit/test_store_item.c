/* The queue and what was made of its items: order, filters, search, what is to
 * be judged anew, classifications and drafts as they come back. */
#include "store_kit.h"

#include "../../src/store/store_internal.h"

static void classify_as(struct kit *k, int64_t item, const struct classification *c)
{
	desk_ok(&k->desk, store_classification_put(k->desk.store, item, c, 7, &k->desk.err));
}

static void judge(struct kit *k, int64_t item, enum triage triage)
{
	classify_as(k, item, &(struct classification){ .topic = "ex-letter", .triage = triage });
}

static void say_at(struct kit *k, const char *id, const char *author, int64_t utc, const char *text)
{
	const struct comment c = {
		.id = id, .author = author, .text = text, .utc = utc, .has_utc = utc > 0
	};

	kit_put(k, &c);
}

/* Items 1 to 6. */
static void open_queue(struct kit *k)
{
	kit_open(k);
	kit_begin(k, "1");
	say_at(k, "a", "Ada", 300, "He left and I wait.");
	say_at(k, "b", "Bo", 0, "Undated \xc3\xa9tude about a promise");
	say_at(k, "c", "Cy", 100, "Am I in danger?");
	say_at(k, "d", "Di", 200, "Thanks!");
	say_at(k, "e", "Eve", 50, "I was answered.");
	kit_answer(k, "f", "e", "There.");
	say_at(k, "g", "Flo", 400, "The oldest, decided.");
	desk_ok(&k->desk, store_thread_link(k->desk.store, k->thread, true, INT64_MIN, &k->desk.d,
					    &k->desk.err));
	desk_ok(&k->desk, store_commit(k->desk.store, &k->desk.err));
	for (int64_t i = 1; i <= 6; i++)
		judge(k, i, i == 3 ? TRIAGE_SAFETY : i == 4 ? TRIAGE_THANKS : TRIAGE_NONE);
	kit_draft(k, 1, "Dear Ada, a calm letter.", 1);
	kit_draft(k, 6, "Dear Flo", 1);
	kit_decide(k, 6, DECISION_APPROVED);
}

static void lists(struct kit *k, struct store_filter f, const char *ids)
{
	if (!f.since)
		f.since = INT64_MIN;
	assert_string_equal(kit_list(k, &f).text, ids);
}

static void danger_first_then_who_waits_longest(void **state)
{
	struct kit k;

	(void)state;
	open_queue(&k);
	lists(&k, (struct store_filter){ 0 }, "3 4 1 2 5 6");
	lists(&k, (struct store_filter){ .limit = 2 }, "3 4");
	lists(&k, (struct store_filter){ .by_id = true }, "1 2 3 4 5 6");
	lists(&k, (struct store_filter){ .by_id = true, .after = 2, .limit = 3 }, "3 4 5");
	kit_close(&k);
}

static void filters_narrow_it(void **state)
{
	static const struct situation hopes[] = {
		{ .label = "wants_back", .score = 0.9, .band = BAND_HIGH },
		{ .label = "no_contact", .score = 0.3, .band = BAND_LOW },
	};
	struct kit k;

	(void)state;
	open_queue(&k);
	classify_as(&k, 2,
		    &(struct classification){ .topic = "broken-promise",
					      .situations = (struct situation *)hopes,
					      .situation_count = 2 });
	lists(&k, (struct store_filter){ .status = "needs_person" }, "3");
	lists(&k, (struct store_filter){ .status = "no_reply" }, "4");
	lists(&k, (struct store_filter){ .status = "approved" }, "6");
	lists(&k, (struct store_filter){ .reason = "safety" }, "3");
	lists(&k, (struct store_filter){ .flag = "answered" }, "5");
	lists(&k, (struct store_filter){ .flag = "edited" }, "");
	lists(&k, (struct store_filter){ .flag = "no such flag" }, "");
	lists(&k, (struct store_filter){ .author = "ada" }, "1");
	lists(&k, (struct store_filter){ .topic = "broken-promise" }, "2");
	lists(&k, (struct store_filter){ .situation = "wants_back" }, "2");
	lists(&k, (struct store_filter){ .situation = "no_contact" }, "2");
	lists(&k, (struct store_filter){ .situation = "no_contact", .band = BAND_MEDIUM }, "");
	lists(&k, (struct store_filter){ .band = BAND_HIGH }, "2");
	lists(&k, (struct store_filter){ .thread = 1, .since = 200 }, "4 1 6");
	lists(&k, (struct store_filter){ .thread = 2 }, "");
	lists(&k,
	      (struct store_filter){ .status = "drafted", .author = "Bo", .topic = "ex-letter" },
	      "");
	kit_close(&k);
}

static int stop_at_two(void *ctx, const struct item *it)
{
	int *seen = ctx;

	(void)it;
	return ++*seen == 2;
}

static void a_list_stops_when_told(void **state)
{
	const struct store_filter f = { .since = INT64_MIN };
	struct arena a = { 0 };
	struct kit k;
	int seen = 0;

	(void)state;
	open_queue(&k);
	desk_ok(&k.desk, store_items(k.desk.store, &f, &a, stop_at_two, &seen, &k.desk.err));
	assert_int_equal(seen, 2);
	lists(&k, (struct store_filter){ .limit = 1 }, "3");
	arena_release(&a);
	kit_close(&k);
}

static void words_are_found_in_both(void **state)
{
	struct kit k;

	(void)state;
	open_queue(&k);
	lists(&k, (struct store_filter){ .search = "danger" }, "3");
	lists(&k, (struct store_filter){ .search = "DANGER am" }, "3");
	lists(&k, (struct store_filter){ .search = "calm" }, "1");      /* in the reply */
	lists(&k, (struct store_filter){ .search = "calm wait" }, "1"); /* one each */
	lists(&k, (struct store_filter){ .search = "etude" }, "2");     /* without its accent */
	lists(&k, (struct store_filter){ .search = "\"calm letter\"" }, "1");
	lists(&k, (struct store_filter){ .search = "\"letter calm\"" }, "");
	lists(&k, (struct store_filter){ .search = "dang*" }, "3");
	lists(&k, (struct store_filter){ .search = "danger OR calm" }, "3 1");
	lists(&k, (struct store_filter){ .search = "reply: dear" }, "1 6");
	lists(&k, (struct store_filter){ .search = "nowhere" }, "");
	lists(&k, (struct store_filter){ .search = "dear", .status = "approved" }, "6");
	kit_close(&k);
}

static void odd_queries_are_plain_words(void **state)
{
	static const char *const odd[] = { "danger?",    "\"danger",  "(danger",          "danger)",
					   "danger AND", "danger:",   "am-danger",        "danger'",
					   "^^danger",   "danger;--", "nobody: danger am" };
	struct kit k;

	(void)state;
	open_queue(&k);
	for (size_t i = 0; i < sizeof(odd) / sizeof(*odd); i++) {
		struct store_filter f = { .search = odd[i], .since = INT64_MIN };

		/* "nobody" and "and" are words as well then, and not in it. */
		if (strstr(odd[i], "nobody") || strstr(odd[i], "AND"))
			assert_string_equal(kit_list(&k, &f).text, "");
		else
			assert_string_equal(kit_list(&k, &f).text, "3");
	}
	lists(&k, (struct store_filter){ .search = "" }, "");
	lists(&k, (struct store_filter){ .search = "?!*" }, "");
	kit_close(&k);
}

static void search_follows_what_changes(void **state)
{
	struct kit k;

	(void)state;
	open_queue(&k);
	lists(&k, (struct store_filter){ .search = "calm" }, "1");
	kit_draft(&k, 1, "Dear Ada, a brave letter.", 1);
	lists(&k, (struct store_filter){ .search = "calm" }, "");
	lists(&k, (struct store_filter){ .search = "brave" }, "1");
	kit_edit(&k, 1, "A wiser word");
	lists(&k, (struct store_filter){ .search = "brave" }, "");
	lists(&k, (struct store_filter){ .search = "wiser" }, "1");
	kit_begin(&k, "1");
	say_at(&k, "a", "Ada", 300, "He returned.");
	kit_end(&k);
	lists(&k, (struct store_filter){ .search = "left" }, "");
	lists(&k, (struct store_filter){ .search = "returned wiser" }, "1");
	desk_ok(&k.desk, store_derived_clear(k.desk.store, &k.desk.err));
	lists(&k, (struct store_filter){ .search = "returned wiser" }, "1");
	kit_close(&k);
}

/* More than a commit indexes: they wait for the first search, of any handle. */
static void a_large_import_is_found_too(void **state)
{
	const struct store_filter f = { .search = "needle", .since = INT64_MIN };
	struct kit k;
	int64_t waiting = 0;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	for (int i = 0; i < 5000; i++) {
		char id[8];

		snprintf(id, sizeof(id), "%d", i);
		kit_say(&k, id, NULL, NULL, i == 4321 ? "a needle" : "hay");
	}
	kit_end(&k);
	desk_ok(&k.desk, store_pragma(k.desk.store, "SELECT count(*) FROM search_pending", &waiting,
				      &k.desk.err));
	assert_int_equal(waiting, 5000);
	store_free(k.desk.store);
	k.desk.store = store_open(k.desk.path, STORE_READ, &k.desk.err);
	assert_non_null(k.desk.store);
	assert_string_equal(kit_list(&k, &f).text, "4322");
	desk_ok(&k.desk, store_pragma(k.desk.store, "SELECT count(*) FROM search_pending", &waiting,
				      &k.desk.err));
	assert_int_equal(waiting, 0);
	kit_close(&k);
}

/* ---- derived ---- */

static void a_classification_comes_back_whole(void **state)
{
	static struct evidence evidence[] = {
		{ 3, 27, "\"no contact\" \\ \xf0\x9f\x98\x80\n\tfor", "no_contact.count", true },
		{ 30, 33, "not", "no_contact.negated", false },
	};
	static struct situation situations[] = {
		{ "they_ended_it", 0.9375, BAND_HIGH, NULL, 0 },
		{ "no_contact", 0.25, BAND_LOW, evidence, 2 },
	};
	static struct fact facts[] = { { "ex_pronoun", "he", "him", 4, 7 },
				       { "silence_for", "42 days", NULL, 0, 0 } };
	static struct detail details[] = { { "letter_sent", "I sent it", 8, 17 },
					   { "asks_when", "when?", 20, 25 } };
	const struct classification in = { "ex-letter",   situations, 2, facts, 2, details, 2, true,
					   TRIAGE_UNSURE, NULL,       0, NULL,  0 };
	struct classification out = { 0 };
	struct kit k;

	(void)state;
	open_queue(&k);
	assert_int_equal(store_classification_get(k.desk.store, 99, &k.desk.a, &out, &k.desk.err),
			 0);
	classify_as(&k, 1, &in);
	classify_as(&k, 1, &in);
	assert_int_equal(store_classification_get(k.desk.store, 1, &k.desk.a, &out, &k.desk.err),
			 1);
	assert_string_equal(out.topic, "ex-letter");
	assert_true(out.unsure);
	assert_int_equal(out.triage, TRIAGE_UNSURE);
	assert_int_equal(out.situation_count, 2);
	assert_string_equal(out.situations[0].label, "they_ended_it");
	assert_true(out.situations[0].score == 0.9375);
	assert_int_equal(out.situations[0].evidence_count, 0);
	assert_int_equal(out.situations[1].band, BAND_LOW);
	assert_int_equal(out.situations[1].evidence_count, 2);
	assert_string_equal(out.situations[1].evidence[0].quote, evidence[0].quote);
	assert_string_equal(out.situations[1].evidence[0].cue, "no_contact.count");
	assert_int_equal(out.situations[1].evidence[0].start, 3);
	assert_int_equal(out.situations[1].evidence[0].end, 27);
	assert_true(out.situations[1].evidence[0].supports);
	assert_false(out.situations[1].evidence[1].supports);
	assert_int_equal(out.fact_count, 2);
	assert_string_equal(out.facts[0].value, "he");
	assert_string_equal(out.facts[0].quote, "him");
	assert_int_equal(out.facts[0].end, 7);
	assert_null(out.facts[1].quote);
	assert_int_equal(out.detail_count, 2);
	assert_string_equal(out.details[0].name, "letter_sent");
	assert_string_equal(out.details[1].quote, "when?");
	assert_int_equal(classification_hash(&out), classification_hash(&in));
	assert_int_equal(kit_item(&k, 1).status, ITEM_NEEDS_PERSON);
	kit_check(&k);
	kit_close(&k);
}

static void every_reason_gives_its_status(void **state)
{
	struct kit k;

	(void)state;
	open_queue(&k);
	for (int t = 0; t < TRIAGE_COUNT; t++) {
		judge(&k, 1, (enum triage)t);
		assert_int_equal(kit_item(&k, 1).reason, t);
		assert_string_equal(item_status_word(kit_item(&k, 1).status),
				    triage_status((enum triage)t));
		/* What is decided keeps its status, and says the reason. */
		judge(&k, 6, (enum triage)t);
		assert_int_equal(kit_item(&k, 6).reason, t);
		assert_int_equal(kit_item(&k, 6).status, ITEM_APPROVED);
	}
	kit_close(&k);
}

static void a_changed_draft_gets_the_next_number(void **state)
{
	struct kit k;
	struct revision *revisions;
	size_t count;

	(void)state;
	open_queue(&k);
	kit_draft(&k, 2, NULL, 5);
	assert_null(kit_item(&k, 2).reply);
	assert_int_equal(kit_item(&k, 2).revision, 0);
	assert_int_equal(kit_item(&k, 2).basis, 5);
	kit_draft(&k, 2, "one", 5);
	assert_int_equal(kit_item(&k, 2).revision, 1);
	kit_draft(&k, 2, "one", 6);
	assert_int_equal(kit_item(&k, 2).revision, 1);
	assert_int_equal(kit_item(&k, 2).basis, 6);
	kit_draft(&k, 2, "two", 6);
	assert_int_equal(kit_item(&k, 2).revision, 2);
	assert_int_equal(kit_edit(&k, 2, "mine"), 3);
	kit_draft(&k, 2, "three", 6);
	assert_string_equal(kit_item(&k, 2).reply, "mine");
	assert_int_equal(kit_item(&k, 2).revision, 3);
	assert_int_equal(kit_edit(&k, 2, "mine again"), 5);
	kit_draft(&k, 2, NULL, 6);
	kit_draft(&k, 2, "four", 6);
	desk_ok(&k.desk,
		store_revisions(k.desk.store, 2, &k.desk.a, &revisions, &count, &k.desk.err));
	assert_int_equal(count, 3);
	assert_int_equal(revisions[0].number, 3);
	assert_int_equal(revisions[1].number, 5);
	assert_string_equal(revisions[1].text, "mine again");
	assert_string_equal(revisions[1].actor, "ed");
	assert_int_equal(revisions[2].number, 6);
	assert_string_equal(revisions[2].actor, "dear");
	kit_check(&k);
	kit_close(&k);
}

static size_t todo(struct kit *k, uint64_t rules, bool all, int64_t after, size_t limit)
{
	struct item *items;
	size_t count;

	desk_ok(&k->desk, store_items_todo(k->desk.store, 1, rules, all, after, limit, &k->desk.a,
					   &items, &count, &k->desk.err));
	return count;
}

static void what_changed_is_judged_anew(void **state)
{
	struct kit k;

	(void)state;
	open_queue(&k);
	assert_int_equal(todo(&k, 7, false, 0, 0), 0);
	assert_int_equal(todo(&k, 7, true, 0, 0), 6);
	assert_int_equal(todo(&k, 7, true, 2, 3), 3);
	assert_int_equal(todo(&k, 8, false, 0, 0), 6);
	desk_ok(&k.desk, store_relabel_add(k.desk.store, 2, "+no_contact", "ed", 1, &k.desk.err));
	assert_int_equal(todo(&k, 7, false, 0, 0), 1);
	judge(&k, 2, TRIAGE_NONE);
	kit_begin(&k, "1");
	say_at(&k, "a", "Ada", 300, "He returned.");
	kit_end(&k);
	assert_int_equal(todo(&k, 7, false, 0, 0), 1);
	judge(&k, 1, TRIAGE_NONE);
	assert_int_equal(todo(&k, 7, false, 0, 0), 0);
	desk_ok(&k.desk, store_thread_set(k.desk.store, 1, NULL, NULL, &k.desk.err));
	desk_ok(&k.desk, store_thread_set(k.desk.store, 1, "Letters", NULL, &k.desk.err));
	assert_int_equal(todo(&k, 7, false, 0, 0), 0);
	desk_ok(&k.desk, store_thread_set(k.desk.store, 1, NULL, "ex-letter", &k.desk.err));
	assert_int_equal(todo(&k, 7, false, 0, 0), 6);
	desk_ok(&k.desk, store_derived_clear(k.desk.store, &k.desk.err));
	assert_int_equal(todo(&k, 7, false, 3, 0), 3);
	kit_close(&k);
}

static void note_reply(void *ctx, const struct item *it)
{
	char *out = ctx;

	assert_non_null(it->person);
	snprintf(out + strlen(out), 128 - strlen(out), "%d:%s:%s%s|", (int)it->id, it->reply,
		 it->responses ? it->responses : "", it->flags & ITEM_EDITED ? ":edited" : "");
}

static void replies_come_in_order(void **state)
{
	struct kit k;
	char out[128] = "";

	(void)state;
	open_queue(&k);
	kit_edit(&k, 4, "Glad to help");
	kit_draft(&k, 6, "Dear Flo, another", 2);
	desk_ok(&k.desk, store_thread_replies(k.desk.store, 1, note_reply, out, &k.desk.err));
	assert_string_equal(out, "1:Dear Ada, a calm letter.:test/1|4:Glad to help::edited|"
				 "6:Dear Flo:test/1|");
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(danger_first_then_who_waits_longest),
		cmocka_unit_test(filters_narrow_it),
		cmocka_unit_test(a_list_stops_when_told),
		cmocka_unit_test(words_are_found_in_both),
		cmocka_unit_test(odd_queries_are_plain_words),
		cmocka_unit_test(search_follows_what_changes),
		cmocka_unit_test(a_large_import_is_found_too),
		cmocka_unit_test(a_classification_comes_back_whole),
		cmocka_unit_test(every_reason_gives_its_status),
		cmocka_unit_test(a_changed_draft_gets_the_next_number),
		cmocka_unit_test(what_changed_is_judged_anew),
		cmocka_unit_test(replies_come_in_order),
	};

	return UNIT_RUN(tests);
}
