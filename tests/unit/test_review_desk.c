/* test_review_desk.c - several editors and many items: holds, what was seen, one
 * step back, the queue and its piles, filters with a name, bulk approval, the
 * history. House style is a double of this file's own.
 */
#include "desk.h"

#include <stdbool.h>
#include <sys/wait.h>

#include "dear/responses.h"
#include "dear/review.h"

struct responses {
	char nothing;
};

size_t style_check(const struct responses *r, const char *reply, bool own,
		   const struct classification *found, struct arena *a, struct style_breach **ret)
{
	(void)r;
	(void)reply;
	(void)own;
	(void)found;
	*ret = arena_alloc(a, 1);
	return 0;
}

/* ---- a desk with six items and two editors ---- */

enum { MAYA, THEO, INES, AGAIN, PRAISE, LAST, COMMENTS };

static const struct desk_comment comments[COMMENTS] = {
	[MAYA] = { "1", "Maya", "Nine days of silence now and I still look at my phone each hour.",
		   "Dear Maya, wait.", TRIAGE_NONE, NULL, false },
	[THEO] = { "2", "Theo", "He waits at my door at night.", NULL, TRIAGE_SAFETY, NULL, false },
	[INES] = { "3", "Ines", "What goes into the first line of such a letter, please?",
		   "Dear Ines, a greeting.", TRIAGE_NONE, NULL, false },
	[AGAIN] = { "4", "Maya",
		    "nine days of silence now, and I still look at my phone each hour!!",
		    "Dear Maya, wait some more.", TRIAGE_NONE, NULL, false },
	[PRAISE] = { "5", "Pat", "Lovely piece.", NULL, TRIAGE_THANKS, NULL, false },
	[LAST] = { "6", "Lou", "Three months on he wants the records back, not me.",
		   "Dear Lou, give them.", TRIAGE_NONE, NULL, false },
};

struct room {
	struct desk desk;
	struct responses responses;
	struct review ana, bo;
	struct review_result result;
	int64_t thread, items[COMMENTS];
};

static int set_up(void **state)
{
	struct room *room = calloc(1, sizeof(*room));

	desk_open(&room->desk);
	room->thread = desk_import(&room->desk, "7", "The letter", comments, COMMENTS, room->items);
	room->ana = (struct review){ .store = room->desk.store,
				     .responses = &room->responses,
				     .actor = "ana",
				     .place = "terminal 1",
				     .now = room->desk.now };
	room->bo = room->ana;
	room->bo.actor = "bo";
	room->bo.place = "web";
	*state = room;
	return 0;
}

static int tear_down(void **state)
{
	struct room *room = *state;

	desk_close(&room->desk);
	free(room);
	return 0;
}

static enum review_outcome approve(struct room *room, const struct review *r, int who,
				   const struct review_seen *seen)
{
	desk_ok(&room->desk, review_approve(r, room->items[who], seen, &room->desk.a, &room->result,
					    &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome edit(struct room *room, const struct review *r, int who,
				const char *text)
{
	desk_ok(&room->desk, review_edit(r, room->items[who], NULL, text, false, &room->desk.a,
					 &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome dismiss(struct room *room, const struct review *r, int who,
				   const struct review_seen *seen)
{
	desk_ok(&room->desk, review_dismiss(r, room->items[who], seen, NULL, NULL, &room->desk.a,
					    &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

/* item 0: the last one; the item undone, 0 when nothing was. */
static int64_t undo(struct room *room, const struct review *r, int64_t item)
{
	int64_t undone = 0;

	desk_ok(&room->desk, review_undo(r, item, NULL, &room->desk.a, &undone, &room->result,
					 &room->desk.d, &room->desk.err));
	return room->result.outcome == REVIEW_NOTHING ? 0 : undone;
}

static struct item item(struct room *room, int who)
{
	return desk_item(&room->desk, room->items[who]);
}

/* ---- holds ---- */

static int hold(struct room *room, const struct review *r, int who, struct hold *ret)
{
	int held = review_hold(r, room->items[who], &room->desk.a, ret, &room->desk.err);

	desk_ok(&room->desk, held);
	return held;
}

static void one_editor_holds_an_item(void **state)
{
	struct room *room = *state;
	struct hold other;

	assert_int_equal(hold(room, &room->ana, MAYA, &other), 1);
	assert_null(other.actor);
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 0);
	assert_string_equal(other.actor, "ana");
	assert_string_equal(other.place, "terminal 1");
	assert_int_equal(other.until, room->desk.now + REVIEW_HOLD_SECONDS);
	assert_int_equal(review_free(&room->bo, room->items[MAYA], &room->desk.a, &room->desk.err),
			 0);
	assert_int_equal(review_free(&room->ana, room->items[MAYA], &room->desk.a, &room->desk.err),
			 1);
	/* Only who has it gives it up. */
	desk_ok(&room->desk, review_let_go(&room->bo, room->items[MAYA], &room->desk.err));
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 0);
	desk_ok(&room->desk, review_let_go(&room->ana, room->items[MAYA], &room->desk.err));
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 1);
}

static void a_hold_ends_by_itself(void **state)
{
	struct room *room = *state;
	struct hold other;

	assert_int_equal(hold(room, &room->ana, MAYA, &other), 1);
	room->bo.now += REVIEW_HOLD_SECONDS - 1;
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 0);
	room->bo.now++;
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 1);
	assert_null(other.actor);
}

static void the_same_editor_takes_it_along(void **state)
{
	struct room *room = *state;
	struct review elsewhere = room->ana;
	struct hold other;

	elsewhere.place = "web";
	assert_int_equal(hold(room, &room->ana, MAYA, &other), 1);
	assert_int_equal(hold(room, &elsewhere, MAYA, &other), 1);
	assert_string_equal(other.place, "terminal 1");
	/* The door left behind gives up nothing that is not its own. */
	desk_ok(&room->desk, review_let_go(&room->ana, room->items[MAYA], &room->desk.err));
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 0);
	assert_string_equal(other.place, "web");
}

static void deciding_on_what_is_held_is_told(void **state)
{
	struct room *room = *state;
	struct hold other;

	assert_int_equal(hold(room, &room->ana, MAYA, &other), 1);
	assert_int_equal(approve(room, &room->bo, MAYA, NULL), REVIEW_DONE);
	assert_int_equal(room->desk.d.total[DIAG_CONFLICT], 1);
	assert_non_null(strstr(room->desk.d.list[0].text, "ana has it open"));
	assert_int_equal(review_free(&room->ana, room->items[MAYA], &room->desk.a, &room->desk.err),
			 0);
}

/* ---- what was seen ---- */

static void a_decision_not_seen_is_a_conflict(void **state)
{
	struct room *room = *state;
	struct item before = item(room, MAYA);
	struct review_seen seen = review_seen_of(&before);

	assert_int_equal(approve(room, &room->bo, MAYA, &seen), REVIEW_DONE);
	assert_int_equal(dismiss(room, &room->ana, MAYA, &seen), REVIEW_CONFLICT);
	assert_string_equal(room->result.text, "bo approved it since you saw it; look at it again");
	assert_string_equal(room->result.now, "Dear Maya, wait.");
	assert_string_equal(desk_history(&room->desk, room->items[MAYA]), "approved");
	before = item(room, MAYA);
	seen = review_seen_of(&before);
	assert_int_equal(dismiss(room, &room->ana, MAYA, &seen), REVIEW_DONE);
	assert_int_equal(approve(room, &room->bo, MAYA, &seen), REVIEW_CONFLICT);
	before = item(room, MAYA);
	seen = review_seen_of(&before);
	assert_int_equal(undo(room, &room->ana, room->items[MAYA]), room->items[MAYA]);
	assert_int_equal(approve(room, &room->bo, MAYA, &seen), REVIEW_CONFLICT);
	assert_non_null(strstr(room->result.text, "opened again"));
}

static void what_was_seen_is_a_word(void **state)
{
	const struct review_seen all = { 4, 0x00a1b2c3d4e5f607u, true, 17 },
				 undecided = { 4, 9, true, 0 }, half = { 4, 9, false, 0 };
	static const char *const wrong[] = { "",
					     "4",
					     "x",
					     "4-9",
					     "4-00000000000000009",
					     "4-0000000000000009-",
					     "4-0000000000000009-1x",
					     "04-0000000000000009",
					     " 4-0000000000000009" };
	struct review_seen back;
	char word[64];

	(void)state;
	assert_string_equal(review_seen_word(&all, word), "4-00a1b2c3d4e5f607-17");
	assert_true(review_seen_parse(word, &back));
	assert_int_equal(back.revision, 4);
	assert_true(back.comment_hash == all.comment_hash);
	assert_true(back.whole && back.decision == 17);
	assert_true(review_seen_parse(review_seen_word(&undecided, word), &back));
	assert_true(back.whole && back.decision == 0);
	assert_true(review_seen_parse(review_seen_word(&half, word), &back));
	assert_false(back.whole);
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(review_seen_parse(wrong[i], &back));
}

/* ---- undo ---- */

static void undo_walks_back(void **state)
{
	struct room *room = *state;

	assert_int_equal(approve(room, &room->ana, MAYA, NULL), REVIEW_DONE);
	assert_int_equal(dismiss(room, &room->ana, PRAISE, NULL), REVIEW_DONE);
	assert_int_equal(approve(room, &room->bo, INES, NULL), REVIEW_DONE);
	assert_int_equal(undo(room, &room->ana, 0), room->items[PRAISE]);
	assert_int_equal(item(room, PRAISE).status, ITEM_NO_REPLY);
	assert_int_equal(undo(room, &room->ana, 0), room->items[MAYA]);
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_string_equal(item(room, MAYA).reply, "Dear Maya, wait.");
	assert_int_equal(undo(room, &room->ana, 0), 0);
	assert_string_equal(desk_history(&room->desk, room->items[MAYA]), "approved reopened");
	assert_int_equal(item(room, INES).status, ITEM_APPROVED);
}

static void an_edit_is_undone_to_the_words_before(void **state)
{
	struct room *room = *state;

	assert_int_equal(edit(room, &room->ana, MAYA, "First words."), REVIEW_DONE);
	room->ana.now++;
	assert_int_equal(edit(room, &room->ana, MAYA, "Second words."), REVIEW_DONE);
	assert_int_equal(undo(room, &room->ana, room->items[MAYA]), room->items[MAYA]);
	assert_string_equal(item(room, MAYA).reply, "First words.");
	assert_int_equal(edit(room, &room->ana, INES, "Only words."), REVIEW_DONE);
	assert_int_equal(undo(room, &room->ana, 0), room->items[INES]);
	assert_string_equal(item(room, INES).reply, "Dear Ines, a greeting.");
	assert_false(item(room, INES).flags & ITEM_EDITED);
	assert_int_equal(undo(room, &room->ana, room->items[INES]), 0);
}

static void a_yes_to_an_edit_is_undone_before_the_edit(void **state)
{
	struct room *room = *state;

	assert_int_equal(edit(room, &room->ana, THEO, "Please call somebody."), REVIEW_DONE);
	assert_int_equal(approve(room, &room->ana, THEO, NULL), REVIEW_DONE);
	assert_int_equal(undo(room, &room->ana, 0), room->items[THEO]);
	assert_int_equal(item(room, THEO).status, ITEM_NEEDS_PERSON);
	assert_string_equal(item(room, THEO).reply, "Please call somebody.");
	assert_int_equal(undo(room, &room->ana, 0), room->items[THEO]);
	assert_null(item(room, THEO).reply);
	assert_string_equal(room->result.text, "the edit is undone");
}

static void what_left_is_undone_only_by_name(void **state)
{
	struct room *room = *state;
	const struct receipt posted = { .target = "posted", .actor = "ana", .at = 5 };

	assert_int_equal(approve(room, &room->ana, MAYA, NULL), REVIEW_DONE);
	desk_ok(&room->desk,
		store_receipt_add(room->desk.store, room->items[MAYA], &posted, &room->desk.err));
	assert_int_equal(undo(room, &room->ana, 0), 0);
	assert_int_equal(undo(room, &room->ana, room->items[MAYA]), room->items[MAYA]);
	assert_int_equal(room->result.outcome, REVIEW_EXPORTED);
	assert_string_equal(desk_history(&room->desk, room->items[MAYA]),
			    "approved retracted reopened");
}

/* ---- the queue ---- */

/* The places as letters of their comments: "TMAIP". */
static const char *queue(struct room *room, const struct store_filter *f)
{
	struct store_place *places;
	const char *word = "";
	size_t count;

	desk_ok(&room->desk,
		review_queue(&room->ana, f, &room->desk.a, &places, &count, &room->desk.err));
	for (size_t i = 0; i < count; i++)
		for (int who = 0; who < COMMENTS; who++)
			if (room->items[who] == places[i].item)
				word = arena_printf(&room->desk.a, "%s%c", word, "MTIAPL"[who]);
	return word;
}

static const struct store_filter everything = { .since = INT64_MIN };
static const struct store_filter undecided = { .status = "open", .since = INT64_MIN };

static void what_reads_the_same_stands_together(void **state)
{
	struct room *room = *state;
	int64_t *others;
	size_t count;

	assert_string_equal(queue(room, &everything), "TMAIPL");
	desk_ok(&room->desk, review_alike(&room->ana, room->items[AGAIN], &room->desk.a, &others,
					  &count, &room->desk.err));
	assert_int_equal(count, 1);
	assert_int_equal(others[0], room->items[MAYA]);
	desk_ok(&room->desk, review_alike(&room->ana, room->items[INES], &room->desk.a, &others,
					  &count, &room->desk.err));
	assert_int_equal(count, 0);
}

static void decided_ones_come_last_or_not_at_all(void **state)
{
	struct room *room = *state;

	assert_int_equal(approve(room, &room->ana, MAYA, NULL), REVIEW_DONE);
	assert_string_equal(queue(room, &everything), "TIAPLM");
	assert_string_equal(queue(room, &undecided), "TIAPL");
}

/* A comment that reads otherwise now is looked at again. */
static void a_changed_comment_leaves_its_pile(void **state)
{
	struct room *room = *state;
	struct desk_comment changed[COMMENTS];

	assert_string_equal(queue(room, &everything), "TMAIPL");
	memcpy(changed, comments, sizeof(changed));
	changed[AGAIN].text = "Never mind, he called on Sunday and we talked for two hours.";
	desk_import(&room->desk, "7", "The letter", changed, COMMENTS, NULL);
	assert_string_equal(queue(room, &everything), "TMIAPL");
}

/* ---- filters ---- */

static void a_filter_is_kept_under_its_name(void **state)
{
	struct room *room = *state;
	const struct store_filter f = {
		.status = "open", .search = "letter", .band = BAND_HIGH, .thread = 7, .since = 100
	};
	struct store_saved back;

	desk_ok(&room->desk, review_filter_save(&room->ana, "mine-1", &f, &room->desk.err));
	assert_int_equal(
		store_filter_get(room->desk.store, "mine-1", &room->desk.a, &back, &room->desk.err),
		1);
	assert_string_equal(back.actor, "ana");
	assert_string_equal(back.filter.status, "open");
	assert_string_equal(back.filter.search, "letter");
	assert_null(back.filter.topic);
	assert_int_equal(back.filter.band, BAND_HIGH);
	assert_int_equal(back.filter.thread, 7);
	assert_int_equal(back.filter.since, 100);
	desk_ok(&room->desk, review_filter_save(&room->bo, "mine-1", &everything, &room->desk.err));
	assert_int_equal(
		store_filter_get(room->desk.store, "mine-1", &room->desk.a, &back, &room->desk.err),
		1);
	assert_string_equal(back.actor, "bo");
	assert_true(back.filter.since == INT64_MIN);
	assert_int_equal(store_filter_drop(room->desk.store, "mine-1", &room->desk.err), 1);
	assert_int_equal(store_filter_drop(room->desk.store, "mine-1", &room->desk.err), 0);
}

static void a_filter_that_means_nothing_is_not_kept(void **state)
{
	struct room *room = *state;
	static const char *const names[] = { "", "a b", "-x", "ü",
					     "12345678901234567890123456789012345678901" };
	const struct store_filter wrong[] = { { .status = "gone", .since = INT64_MIN },
					      { .flag = "red", .since = INT64_MIN },
					      { .reason = "boredom", .since = INT64_MIN } };
	struct store_saved *list;
	size_t count;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct err err = { 0 };

		assert_int_equal(review_filter_save(&room->ana, names[i], &everything, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		struct err err = { 0 };

		assert_int_equal(review_filter_save(&room->ana, "fine", &wrong[i], &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
	}
	desk_ok(&room->desk,
		store_filters(room->desk.store, &room->desk.a, &list, &count, &room->desk.err));
	assert_int_equal(count, 0);
}

/* ---- many at once ---- */

/* What was found, and that the draft is made of test/advice and another. */
static void find(struct room *room, int who, enum band band, enum band safety)
{
	struct situation situations[] = { { "no_contact", 0.9, band, NULL, 0 },
					  { "safety", 0.3, safety, NULL, 0 } };
	const struct classification found = { .topic = "ex-letter",
					      .situations = situations,
					      .situation_count = safety == BAND_NONE ? 1 : 2 };
	const struct draft draft = { .text = comments[who].draft,
				     .responses = "shared/opening/1 test/advice/12",
				     .basis = 1 };

	desk_ok(&room->desk, store_classification_put(room->desk.store, room->items[who], &found, 1,
						      &room->desk.err));
	desk_ok(&room->desk,
		store_draft_put(room->desk.store, room->items[who], &draft, &room->desk.err));
}

static const struct review_bulk *bulk(struct room *room, const char *response, size_t *ret_count)
{
	struct review_bulk *list = NULL;

	desk_ok(&room->desk, review_bulk(&room->ana, response, NULL, &room->desk.a, &list,
					 ret_count, &room->desk.err));
	return list;
}

static enum review_outcome approve_among(struct room *room, const struct review_bulk *one)
{
	desk_ok(&room->desk, review_bulk_approve(&room->ana, "test/advice", one, &room->desk.a,
						 &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static void only_what_is_sure_goes_with_others(void **state)
{
	struct room *room = *state;
	const struct review_bulk *list;
	size_t count;

	find(room, MAYA, BAND_HIGH, BAND_NONE);
	find(room, INES, BAND_MEDIUM, BAND_NONE);
	find(room, AGAIN, BAND_HIGH, BAND_LOW);
	find(room, LAST, BAND_HIGH, BAND_NONE);
	bulk(room, "test/advic", &count);
	assert_int_equal(count, 0);
	bulk(room, "advice", &count);
	assert_int_equal(count, 0);
	list = bulk(room, "test/advice", &count);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].item, room->items[MAYA]);
	assert_int_equal(list[1].item, room->items[LAST]);
	assert_int_equal(approve_among(room, &list[0]), REVIEW_DONE);
	assert_int_equal(item(room, MAYA).status, ITEM_APPROVED);
	assert_int_equal(approve_among(room, &list[0]), REVIEW_CONFLICT);
}

static void each_is_looked_at_again(void **state)
{
	struct room *room = *state;
	const struct review_bulk *list;
	struct review_bulk forged = { 0 };
	struct item it;
	size_t count;

	find(room, MAYA, BAND_HIGH, BAND_NONE);
	find(room, LAST, BAND_HIGH, BAND_NONE);
	list = bulk(room, "test/advice", &count);
	assert_int_equal(count, 2);
	assert_int_equal(edit(room, &room->bo, MAYA, "Other words."), REVIEW_DONE);
	assert_int_equal(approve_among(room, &list[0]), REVIEW_CONFLICT);
	find(room, LAST, BAND_HIGH, BAND_LOW);
	assert_int_equal(approve_among(room, &list[1]), REVIEW_NOT_NOW);
	/* Neither unseen, nor what no list would have held. */
	forged.item = room->items[LAST];
	find(room, LAST, BAND_HIGH, BAND_NONE);
	assert_int_equal(approve_among(room, &forged), REVIEW_CONFLICT);
	it = item(room, MAYA);
	forged = (struct review_bulk){ it.id, review_seen_of(&it) };
	assert_int_equal(approve_among(room, &forged), REVIEW_NOT_NOW);
	assert_int_equal(item(room, LAST).status, ITEM_DRAFTED);
}

static void what_somebody_reads_is_left_out(void **state)
{
	struct room *room = *state;
	struct hold other;
	size_t count;

	find(room, MAYA, BAND_HIGH, BAND_NONE);
	assert_int_equal(hold(room, &room->bo, MAYA, &other), 1);
	bulk(room, "test/advice", &count);
	assert_int_equal(count, 0);
}

/* ---- the history ---- */

static void the_history_tells_all_in_order(void **state)
{
	struct room *room = *state;
	struct review_event *list;
	const char *words = "";
	size_t count;

	room->ana.now = 100;
	assert_int_equal(edit(room, &room->ana, MAYA, "Other words."), REVIEW_DONE);
	desk_ok(&room->desk, store_relabel_add(room->desk.store, room->items[MAYA], "+no_contact",
					       "bo", 150, &room->desk.err));
	room->bo.now = 200;
	assert_int_equal(approve(room, &room->bo, MAYA, NULL), REVIEW_DONE);
	undo(room, &room->bo, 0);
	desk_ok(&room->desk, review_history(&room->ana, room->items[MAYA], &room->desk.a, &list,
					    &count, &room->desk.err));
	for (size_t i = 0; i < count; i++)
		words = arena_printf(&room->desk.a, "%s%s %s %d %s; ", words, list[i].actor,
				     list[i].what, list[i].revision,
				     list[i].reason ? list[i].reason : "-");
	assert_string_equal(words, "dear drafted 1 -; ana edited 2 -; bo relabelled 0 +no_contact; "
				   "bo approved 2 -; bo reopened 2 undo; ");
	assert_int_equal(list[1].at, 100);
}

/* ---- two processes at once ---- */

enum { MANY = 1000 };

/* A thread of so many, and what each looked like before anything was decided. */
struct many {
	int64_t items[MANY];
	struct review_seen seen[MANY];
};

static struct many *open_many(struct room *room)
{
	struct many *m = calloc(1, sizeof(*m));
	struct desk_comment *list = calloc(MANY, sizeof(*list));

	for (int i = 0; i < MANY; i++) {
		const char *id = arena_printf(&room->desk.a, "%d", i + 1);

		list[i] = (struct desk_comment){
			.id = id,
			.author = arena_printf(&room->desk.a, "Reader %s", id),
			.text = arena_printf(&room->desk.a, "Letter number %s.", id),
			.draft = arena_printf(&room->desk.a, "Dear Reader %s, wait.", id),
		};
	}
	desk_import(&room->desk, "8", "Another letter", list, MANY, m->items);
	for (int i = 0; i < MANY; i++) {
		struct item it = desk_item(&room->desk, m->items[i]);

		m->seen[i] = review_seen_of(&it);
	}
	free(list);
	return m;
}

/* Decides on all as they were seen, as fast as it goes. 0: each was done, or told
 * as a conflict with what is there now; done and conflicts into the pipe. */
static int decide_all(struct room *room, const struct many *m, const char *actor, int out)
{
	struct review review = room->ana;
	int counts[2] = { 0 }, failed = 0;
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct err err = { 0 };

	review.actor = actor;
	review.place = actor;
	review.store = store_open(room->desk.path, STORE_WRITE, &err);
	for (int i = 0; review.store && !failed && i < MANY; i++) {
		struct review_result r = { 0 };

		failed = *actor == 'a' ? review_approve(&review, m->items[i], &m->seen[i], &a, &r,
							&d, &err)
				       : review_dismiss(&review, m->items[i], &m->seen[i], NULL,
							NULL, &a, &r, &d, &err);
		counts[0] += r.outcome == REVIEW_DONE;
		counts[1] += r.outcome == REVIEW_CONFLICT && r.now && strstr(r.text, "since you");
		arena_clear(&a);
	}
	failed |= !review.store || write(out, counts, sizeof(counts)) != sizeof(counts);
	store_free(review.store);
	arena_release(&a);
	diags_release(&d);
	return failed != 0;
}

static pid_t send_out(struct room *room, const struct many *m, const char *actor, int out)
{
	pid_t child = fork();

	if (child == 0)
		_exit(decide_all(room, m, actor, out));
	return child;
}

/* Both want each of a thousand: one gets it, the other is told. */
static void a_thousand_at_once_are_each_decided_once(void **state)
{
	struct room *room = *state;
	struct many *m = open_many(room);
	int done = 0, conflicts = 0, ends[2], counts[2], status;
	pid_t children[2];

	assert_int_equal(pipe(ends), 0);
	store_free(room->desk.store);
	children[0] = send_out(room, m, "ana", ends[1]);
	children[1] = send_out(room, m, "bo", ends[1]);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(waitpid(children[i], &status, 0), children[i]);
		assert_int_equal(status, 0);
		assert_int_equal(read(ends[0], counts, sizeof(counts)), sizeof(counts));
		done += counts[0];
		conflicts += counts[1];
	}
	assert_int_equal(done, MANY);
	assert_int_equal(conflicts, MANY);
	room->desk.store = store_open(room->desk.path, STORE_WRITE, &room->desk.err);
	assert_non_null(room->desk.store);
	for (int i = 0; i < MANY; i++) {
		struct decision *list;
		size_t count;

		desk_ok(&room->desk, store_decisions(room->desk.store, m->items[i], &room->desk.a,
						     &list, &count, &room->desk.err));
		assert_int_equal(count, 1);
		assert_int_equal(list[0].kind,
				 *list[0].actor == 'a' ? DECISION_APPROVED : DECISION_DISMISSED);
	}
	close(ends[0]);
	close(ends[1]);
	free(m);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(one_editor_holds_an_item),
		T(a_hold_ends_by_itself),
		T(the_same_editor_takes_it_along),
		T(deciding_on_what_is_held_is_told),
		T(a_decision_not_seen_is_a_conflict),
		T(what_was_seen_is_a_word),
		T(undo_walks_back),
		T(an_edit_is_undone_to_the_words_before),
		T(a_yes_to_an_edit_is_undone_before_the_edit),
		T(what_left_is_undone_only_by_name),
		T(what_reads_the_same_stands_together),
		T(decided_ones_come_last_or_not_at_all),
		T(a_changed_comment_leaves_its_pile),
		T(a_filter_is_kept_under_its_name),
		T(a_filter_that_means_nothing_is_not_kept),
		T(only_what_is_sure_goes_with_others),
		T(each_is_looked_at_again),
		T(what_somebody_reads_is_left_out),
		T(the_history_tells_all_in_order),
		T(a_thousand_at_once_are_each_decided_once),
	};

	return UNIT_RUN(tests);
}
