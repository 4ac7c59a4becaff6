/* test_review.c - decisions on a real store. House style and labels are doubles
 * of this file's own, so that an editor who changes responses/ or data/ changes
 * no test.
 */
#include "desk.h"

#include <stdbool.h>
#include <sys/wait.h>

#include "dear/classify.h"
#include "dear/responses.h"
#include "dear/review.h"

/* ---- doubles ---- */

struct responses {
	char nothing;
};

size_t style_check(const struct responses *r, const char *reply, bool own,
		   const struct classification *found, struct arena *a, struct style_breach **ret)
{
	struct style_breach *list = arena_alloc(a, 2 * sizeof(*list));
	size_t count = 0;

	(void)r;
	(void)found;
	if (strchr(reply, '[') || strstr(reply, "{{"))
		list[count++] = (struct style_breach){ .rule = "unfilled",
						       .text = "fill in what stands in brackets",
						       .blocks = true };
	if (strstr(reply, "cheer up"))
		list[count++] = (struct style_breach){ .rule = "banned",
						       .text = "say it kindly",
						       .blocks = own };
	*ret = list;
	return count;
}

static const char *const labels[] = { "no_contact", "shared_child", NULL };

const char *const *rules_labels(const struct rules *r)
{
	(void)r;
	return labels;
}

bool rules_has_label(const struct rules *r, const char *label)
{
	(void)r;
	return !strcmp(label, labels[0]) || !strcmp(label, labels[1]);
}

/* ---- a desk with four items ---- */

enum { MAYA, THEO, INES, PRAISE, COMMENTS };

static const struct desk_comment comments[COMMENTS] = {
	[MAYA] = { "101", "Maya", "Nine days of silence now. Shall I send it?", "Dear Maya, wait.",
		   TRIAGE_NONE, NULL, false },
	[THEO] = { "102", "Theo", "He waits at my door at night.", NULL, TRIAGE_SAFETY, NULL,
		   false },
	[INES] = { "103", "Ines", "What goes into the first line?", "Dear Ines, cheer up.",
		   TRIAGE_NONE, NULL, false },
	[PRAISE] = { "104", "Pat", "Lovely piece.", NULL, TRIAGE_THANKS, NULL, false },
};

struct room {
	struct desk desk;
	struct responses responses;
	struct review review;
	struct review_result result;
	int64_t thread, items[COMMENTS];
};

static int set_up(void **state)
{
	struct room *room = calloc(1, sizeof(*room));

	desk_open(&room->desk);
	room->thread = desk_import(&room->desk, "7", "The letter", comments, COMMENTS, room->items);
	room->review = (struct review){
		.store = room->desk.store,
		.rules = (const struct rules *)labels, /* opaque to review */
		.responses = &room->responses,
		.actor = "ana",
		.now = room->desk.now,
	};
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

/* ---- the verbs, asserted to work; each returns the outcome ---- */

static enum review_outcome approve(struct room *room, int who, const struct review_seen *seen)
{
	desk_ok(&room->desk, review_approve(&room->review, room->items[who], seen, &room->desk.a,
					    &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome edit(struct room *room, int who, const char *text, bool yes)
{
	desk_ok(&room->desk,
		review_edit(&room->review, room->items[who], NULL, text, yes, &room->desk.a,
			    &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome reject(struct room *room, int who, const char *reason)
{
	desk_ok(&room->desk,
		review_reject(&room->review, room->items[who], NULL, reason, "a note",
			      &room->desk.a, &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome dismiss(struct room *room, int who)
{
	desk_ok(&room->desk,
		review_dismiss(&room->review, room->items[who], NULL, "told", NULL, &room->desk.a,
			       &room->result, &room->desk.d, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome reopen(struct room *room, int who)
{
	desk_ok(&room->desk, review_reopen(&room->review, room->items[who], NULL, &room->desk.a,
					   &room->result, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome relabel(struct room *room, int who, const char *label)
{
	desk_ok(&room->desk, review_relabel(&room->review, room->items[who], label, &room->desk.a,
					    &room->result, &room->desk.err));
	return room->result.outcome;
}

static enum review_outcome posted(struct room *room, int who, const char *id)
{
	desk_ok(&room->desk, review_posted(&room->review, room->items[who], id, &room->desk.a,
					   &room->result, &room->desk.err));
	return room->result.outcome;
}

static struct item item(struct room *room, int who)
{
	return desk_item(&room->desk, room->items[who]);
}

static const char *history(struct room *room, int who)
{
	return desk_history(&room->desk, room->items[who]);
}

static struct decision last_decision(struct room *room, int who)
{
	return desk_last_decision(&room->desk, room->items[who]);
}

#define assert_says(room, words) assert_non_null(strstr((room)->result.text, words))

/* ---- approve ---- */

static void approval_records_what_was_approved(void **state)
{
	struct room *room = *state;
	struct item before = item(room, MAYA);
	struct review_seen seen = { .revision = before.revision,
				    .comment_hash = before.comment_hash };
	struct decision d;
	struct item after;

	assert_int_equal(approve(room, MAYA, &seen), REVIEW_DONE);
	assert_int_equal(room->result.revision, before.revision);
	assert_says(room, "approved");
	after = item(room, MAYA);
	assert_int_equal(after.status, ITEM_APPROVED);
	assert_string_equal(after.decided_by, "ana");
	assert_int_equal(after.decided_at, room->desk.now);
	d = last_decision(room, MAYA);
	assert_string_equal(d.text, "Dear Maya, wait.");
	assert_int_equal(d.revision, before.revision);
	assert_true(d.comment_hash == before.comment_hash);
	assert_true(d.basis == before.basis);
	assert_null(d.reason);
	assert_int_equal(room->desk.d.total[DIAG_STYLE], 0);
}

static void approving_twice_is_nothing(void **state)
{
	struct room *room = *state;

	approve(room, MAYA, NULL);
	room->review.actor = "bo";
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_NOTHING);
	assert_says(room, "ana");
	assert_string_equal(history(room, MAYA), "approved");
	assert_int_equal(room->desk.d.total[DIAG_CONFLICT], 0);
}

static void no_item_no_reply(void **state)
{
	struct room *room = *state;

	assert_int_equal(approve(room, PRAISE, NULL), REVIEW_NO_REPLY_TEXT);
	room->items[PRAISE] = 999;
	assert_int_equal(approve(room, PRAISE, NULL), REVIEW_NO_ITEM);
	assert_int_equal(edit(room, PRAISE, "Thank you.", true), REVIEW_NO_ITEM);
	assert_int_equal(reject(room, PRAISE, NULL), REVIEW_NO_ITEM);
	assert_int_equal(dismiss(room, PRAISE), REVIEW_NO_ITEM);
	assert_int_equal(reopen(room, PRAISE), REVIEW_NO_ITEM);
	assert_int_equal(relabel(room, PRAISE, "+no_contact"), REVIEW_NO_ITEM);
	assert_int_equal(posted(room, PRAISE, "9"), REVIEW_NO_ITEM);
	assert_says(room, "no such item");
}

static void safety_needs_a_persons_words(void **state)
{
	struct room *room = *state;

	/* Even if a draft should have got there. */
	desk_draft(&room->desk, room->items[THEO],
		   &(struct desk_comment){ .draft = "Dear Theo.", .triage = TRIAGE_SAFETY }, 1);
	assert_int_equal(approve(room, THEO, NULL), REVIEW_NO_REPLY_TEXT);
	assert_says(room, "safety");
	assert_int_equal(edit(room, THEO, "Dear Theo.", true), REVIEW_NO_REPLY_TEXT);
	assert_int_equal(item(room, THEO).status, ITEM_NEEDS_PERSON);
	assert_string_equal(history(room, THEO), "");
	assert_int_equal(edit(room, THEO, "Theo, please call 112 tonight.", false), REVIEW_DONE);
	assert_int_equal(item(room, THEO).status, ITEM_NEEDS_PERSON);
	assert_int_equal(approve(room, THEO, NULL), REVIEW_DONE);
	assert_int_equal(item(room, THEO).status, ITEM_APPROVED);
}

static void dears_own_breach_blocks_an_editors_warns(void **state)
{
	struct room *room = *state;

	assert_int_equal(approve(room, INES, NULL), REVIEW_BLOCKED);
	assert_says(room, "say it kindly");
	assert_int_equal(item(room, INES).status, ITEM_DRAFTED);
	assert_int_equal(edit(room, INES, "Ines, do cheer up.", true), REVIEW_DONE);
	assert_int_equal(item(room, INES).status, ITEM_APPROVED);
	assert_int_equal(room->desk.d.total[DIAG_STYLE], 2);
	assert_string_equal(room->desk.d.list[room->desk.d.count - 1].where,
			    room->items[INES] == 3 ? "item 3" : "item 2");
}

static void seeing_an_older_reply_is_a_conflict(void **state)
{
	struct room *room = *state;
	struct review_seen seen = { .revision = item(room, MAYA).revision };

	edit(room, MAYA, "Maya, sleep on it.", false);
	seen.revision = item(room, MAYA).revision;
	edit(room, MAYA, "Maya, burn it.", false);
	assert_int_equal(approve(room, MAYA, &seen), REVIEW_CONFLICT);
	assert_string_equal(room->result.seen, "Maya, sleep on it.");
	assert_string_equal(room->result.now, "Maya, burn it.");
	assert_int_equal(room->result.revision, item(room, MAYA).revision);
	assert_string_equal(history(room, MAYA), "");

	desk_ok(&room->desk,
		review_edit(&room->review, room->items[MAYA], &seen, "Mine.", true, &room->desk.a,
			    &room->result, &room->desk.d, &room->desk.err));
	assert_int_equal(room->result.outcome, REVIEW_CONFLICT);
	assert_string_equal(item(room, MAYA).reply, "Maya, burn it.");

	seen.revision = room->result.revision;
	assert_int_equal(approve(room, MAYA, &seen), REVIEW_DONE);
}

static void a_replaced_draft_is_a_conflict_too(void **state)
{
	struct room *room = *state;
	struct review_seen seen = { .revision = item(room, MAYA).revision };

	desk_draft(&room->desk, room->items[MAYA],
		   &(struct desk_comment){ .draft = "Dear Maya, do not." }, 2);
	assert_int_equal(approve(room, MAYA, &seen), REVIEW_CONFLICT);
	assert_null(room->result.seen);
	assert_string_equal(room->result.now, "Dear Maya, do not.");
	reject(room, MAYA, NULL);
	seen.revision = item(room, MAYA).revision;
	reopen(room, MAYA);
	desk_draft(&room->desk, room->items[MAYA],
		   &(struct desk_comment){ .draft = "Dear Maya, rest." }, 3);
	/* The rejection kept the words. */
	assert_int_equal(approve(room, MAYA, &seen), REVIEW_CONFLICT);
	assert_string_equal(room->result.seen, "Dear Maya, do not.");
}

static void seeing_an_older_comment_is_a_conflict(void **state)
{
	struct room *room = *state;
	struct review_seen seen = { .comment_hash = item(room, MAYA).comment_hash };
	struct desk_comment changed[COMMENTS];

	memcpy(changed, comments, sizeof(changed));
	changed[MAYA].text = "I sent it this morning!";
	changed[MAYA].draft = "Dear Maya, well done.";
	desk_import(&room->desk, "7", "The letter", changed, COMMENTS, NULL);
	assert_int_equal(approve(room, MAYA, &seen), REVIEW_CONFLICT);
	assert_string_equal(room->result.now, "I sent it this morning!");
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
}

static void a_stale_approval_can_be_given_again(void **state)
{
	struct room *room = *state;

	approve(room, MAYA, NULL);
	desk_draft(&room->desk, room->items[MAYA],
		   &(struct desk_comment){ .draft = "Dear Maya, write." }, 2);
	assert_true(item(room, MAYA).flags & ITEM_STALE);
	assert_string_equal(item(room, MAYA).reply, "Dear Maya, wait.");
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_DONE);
	assert_false(item(room, MAYA).flags & ITEM_STALE);
	assert_string_equal(item(room, MAYA).reply, "Dear Maya, wait.");
	assert_string_equal(last_decision(room, MAYA).text, "Dear Maya, wait.");
	assert_string_equal(history(room, MAYA), "approved approved");
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_NOTHING);
}

static void a_stale_edit_is_approved_with_a_word(void **state)
{
	struct room *room = *state;

	edit(room, MAYA, "Maya, sleep on it.", false);
	desk_draft(&room->desk, room->items[MAYA],
		   &(struct desk_comment){ .draft = "Dear Maya, write." }, 2);
	assert_true(item(room, MAYA).flags & ITEM_STALE);
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_DONE);
	assert_int_equal(room->desk.d.total[DIAG_STALE], 1);
	assert_string_equal(last_decision(room, MAYA).text, "Maya, sleep on it.");
	assert_false(item(room, MAYA).flags & ITEM_STALE);
}

/* ---- edit ---- */

static void an_edit_waits_for_approval(void **state)
{
	struct room *room = *state;
	int before = item(room, MAYA).revision;

	assert_int_equal(edit(room, MAYA, "Maya, sleep on it.", false), REVIEW_DONE);
	assert_true(room->result.revision > before);
	assert_int_equal(item(room, MAYA).revision, room->result.revision);
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_true(item(room, MAYA).flags & ITEM_EDITED);
	assert_string_equal(item(room, MAYA).reply, "Maya, sleep on it.");
	assert_string_equal(history(room, MAYA), "");
	assert_int_equal(edit(room, MAYA, "Maya, sleep on it.\n", false), REVIEW_NOTHING);
	assert_int_equal(edit(room, MAYA, "Maya, sleep on it.\n", true), REVIEW_DONE);
	assert_string_equal(history(room, MAYA), "approved");
}

static void an_edit_works_without_a_draft(void **state)
{
	struct room *room = *state;

	assert_int_equal(edit(room, PRAISE, "Thank you, Pat.", true), REVIEW_DONE);
	assert_int_equal(item(room, PRAISE).status, ITEM_APPROVED);
	assert_string_equal(item(room, PRAISE).reply, "Thank you, Pat.");
}

static void an_edit_withdraws_the_decision(void **state)
{
	struct room *room = *state;

	approve(room, MAYA, NULL);
	assert_int_equal(edit(room, MAYA, "Maya, sleep on it.", false), REVIEW_DONE);
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_string_equal(item(room, MAYA).reply, "Maya, sleep on it.");
	assert_string_equal(history(room, MAYA), "approved reopened");
	assert_string_equal(last_decision(room, MAYA).reason, "edited");
	reject(room, MAYA, "tone");
	assert_int_equal(edit(room, MAYA, "Maya, burn it.", true), REVIEW_DONE);
	assert_string_equal(history(room, MAYA), "approved reopened rejected reopened approved");
	assert_string_equal(item(room, MAYA).reply, "Maya, burn it.");
	/* The same text leaves the approval as it is. */
	assert_int_equal(edit(room, MAYA, "\nMaya, burn it.\r\n", false), REVIEW_NOTHING);
	assert_int_equal(item(room, MAYA).status, ITEM_APPROVED);
}

static void brackets_keep_the_edit_but_block_it(void **state)
{
	struct room *room = *state;

	assert_int_equal(edit(room, MAYA, "Dear [name], wait.", true), REVIEW_BLOCKED);
	assert_says(room, "stays unapproved");
	assert_string_equal(item(room, MAYA).reply, "Dear [name], wait.");
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_int_equal(room->desk.d.total[DIAG_STYLE], 1);
	assert_int_equal(edit(room, MAYA, "Dear {{name}}, wait.", false), REVIEW_DONE);
	assert_int_equal(room->desk.d.total[DIAG_STYLE], 2);
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_BLOCKED);
	assert_string_equal(history(room, MAYA), "");
}

static void an_edit_is_tidied(void **state)
{
	struct room *room = *state;

	edit(room, MAYA, "\xef\xbb\xbf \r\n\r\n  Dear Maya,\r\n\r\nwait.\rYours \r\n\r\n", false);
	assert_string_equal(item(room, MAYA).reply, "  Dear Maya,\n\nwait.\nYours");
	assert_int_equal(room->desk.d.total[DIAG_BYTES_REPLACED], 0);
	edit(room, MAYA, "caf\xe9", false);
	assert_string_equal(item(room, MAYA).reply, "caf\xef\xbf\xbd");
	assert_int_equal(room->desk.d.total[DIAG_BYTES_REPLACED], 1);
	assert_int_equal(edit(room, MAYA, " \n\t\r\n", false), REVIEW_NO_REPLY_TEXT);
	assert_int_equal(edit(room, MAYA, "", true), REVIEW_NO_REPLY_TEXT);
	assert_string_equal(item(room, MAYA).reply, "caf\xef\xbf\xbd");
}

/* ---- reject, dismiss, reopen ---- */

static void a_rejected_text_is_remembered(void **state)
{
	struct room *room = *state;
	const char *const *texts;

	assert_int_equal(reject(room, MAYA, "because"), REVIEW_NOT_NOW);
	assert_says(room, "tone");
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_int_equal(reject(room, MAYA, "tone"), REVIEW_DONE);
	assert_int_equal(item(room, MAYA).status, ITEM_REJECTED);
	assert_string_equal(last_decision(room, MAYA).reason, "tone");
	assert_string_equal(last_decision(room, MAYA).note, "a note");
	desk_ok(&room->desk, store_rejected_texts(room->desk.store, room->items[MAYA],
						  &room->desk.a, &texts, &room->desk.err));
	assert_string_equal(texts[0], "Dear Maya, wait.");
	assert_null(texts[1]);
	assert_int_equal(reject(room, MAYA, "tone"), REVIEW_NOTHING);
	assert_int_equal(reject(room, THEO, NULL), REVIEW_NO_REPLY_TEXT);
}

static void every_reason_is_taken(void **state)
{
	struct room *room = *state;

	for (const char *const *reason = review_reasons(); *reason; reason++) {
		assert_int_equal(reject(room, MAYA, *reason), REVIEW_DONE);
		assert_int_equal(reopen(room, MAYA), REVIEW_DONE);
	}
}

static void reopening_goes_back_to_the_triage(void **state)
{
	struct room *room = *state;

	assert_int_equal(reopen(room, THEO), REVIEW_NOTHING);
	assert_int_equal(dismiss(room, THEO), REVIEW_DONE);
	assert_int_equal(item(room, THEO).status, ITEM_DISMISSED);
	assert_int_equal(dismiss(room, THEO), REVIEW_NOTHING);
	assert_int_equal(reopen(room, THEO), REVIEW_DONE);
	assert_int_equal(item(room, THEO).status, ITEM_NEEDS_PERSON);
	assert_int_equal(dismiss(room, PRAISE), REVIEW_DONE);
	assert_int_equal(reopen(room, PRAISE), REVIEW_DONE);
	assert_int_equal(item(room, PRAISE).status, ITEM_NO_REPLY);
	approve(room, MAYA, NULL);
	assert_int_equal(reopen(room, MAYA), REVIEW_DONE);
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_string_equal(item(room, MAYA).reply, "Dear Maya, wait.");
	assert_null(item(room, MAYA).decided_by);
}

static void a_later_yes_overrules(void **state)
{
	struct room *room = *state;

	reject(room, MAYA, "tone");
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_DONE);
	assert_int_equal(room->desk.d.total[DIAG_CONFLICT], 0); /* one's own mind */
	room->review.actor = "bo";
	assert_int_equal(dismiss(room, MAYA), REVIEW_DONE);
	assert_says(room, "ana had approved it");
	room->review.actor = "ana";
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_DONE);
	assert_says(room, "bo had dismissed it");
	assert_int_equal(room->desk.d.total[DIAG_CONFLICT], 2);
	assert_string_equal(history(room, MAYA), "rejected approved dismissed approved");
}

/* ---- after the reply left ---- */

static void taking_back_what_left_is_a_retraction(void **state)
{
	struct room *room = *state;

	assert_int_equal(posted(room, MAYA, "555"), REVIEW_NOT_NOW);
	approve(room, MAYA, NULL);
	assert_int_equal(posted(room, MAYA, "555"), REVIEW_DONE);
	assert_true(item(room, MAYA).flags & ITEM_EXPORTED);
	assert_int_equal(reopen(room, MAYA), REVIEW_EXPORTED);
	assert_says(room, "retracted");
	assert_int_equal(item(room, MAYA).status, ITEM_DRAFTED);
	assert_false(item(room, MAYA).flags & ITEM_EXPORTED);
	assert_string_equal(history(room, MAYA), "approved retracted reopened");

	approve(room, MAYA, NULL);
	assert_int_equal(posted(room, MAYA, "555"), REVIEW_DONE);
	assert_int_equal(edit(room, MAYA, "Maya, burn it.", true), REVIEW_EXPORTED);
	assert_int_equal(item(room, MAYA).status, ITEM_APPROVED);
	assert_false(item(room, MAYA).flags & ITEM_EXPORTED);
	posted(room, MAYA, NULL);
	assert_int_equal(reject(room, MAYA, NULL), REVIEW_EXPORTED);
	approve(room, MAYA, NULL);
	posted(room, MAYA, NULL);
	assert_int_equal(dismiss(room, MAYA), REVIEW_EXPORTED);
	assert_string_equal(last_decision(room, MAYA).reason, "told");
}

static void a_posting_is_recorded_once(void **state)
{
	struct room *room = *state;
	struct receipt *list;
	size_t count;

	approve(room, MAYA, NULL);
	assert_int_equal(posted(room, MAYA, NULL), REVIEW_DONE);
	assert_int_equal(posted(room, MAYA, NULL), REVIEW_NOTHING);
	assert_int_equal(posted(room, MAYA, "555"), REVIEW_DONE); /* says more */
	assert_int_equal(posted(room, MAYA, "555"), REVIEW_NOTHING);
	assert_int_equal(posted(room, MAYA, NULL), REVIEW_NOTHING);
	desk_ok(&room->desk, store_receipts(room->desk.store, room->items[MAYA], &room->desk.a,
					    &list, &count, &room->desk.err));
	assert_int_equal(count, 2);
	assert_string_equal(list[1].target, "posted");
	assert_string_equal(list[1].native_id, "555");
	assert_string_equal(list[1].actor, "ana");
}

/* ---- labels ---- */

static void labels_are_checked_and_said_once(void **state)
{
	struct room *room = *state;
	const char *const *said;

	assert_int_equal(relabel(room, MAYA, "+no_contact"), REVIEW_DONE);
	assert_int_equal(relabel(room, MAYA, "+no_contact"), REVIEW_NOTHING);
	assert_int_equal(relabel(room, MAYA, "-no_contact"), REVIEW_DONE);
	assert_int_equal(relabel(room, MAYA, "+no_contact"), REVIEW_DONE);
	assert_int_equal(relabel(room, MAYA, "-shared_child"), REVIEW_DONE);
	assert_int_equal(relabel(room, MAYA, "no_contact"), REVIEW_NOT_NOW);
	assert_int_equal(relabel(room, MAYA, "+contact"), REVIEW_NOT_NOW);
	assert_says(room, "shared_child");
	assert_int_equal(relabel(room, MAYA, ""), REVIEW_NOT_NOW);
	desk_ok(&room->desk, store_relabels(room->desk.store, room->items[MAYA], &room->desk.a,
					    &said, &room->desk.err));
	assert_non_null(said[0]);
}

/* ---- transactions ---- */

static void joins_the_callers_transaction(void **state)
{
	struct room *room = *state;

	desk_ok(&room->desk, store_begin(room->desk.store, &room->desk.err));
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_DONE);
	assert_int_equal(dismiss(room, PRAISE), REVIEW_DONE);
	store_rollback(room->desk.store);
	assert_string_equal(history(room, MAYA), "");
	assert_string_equal(history(room, PRAISE), "");
	assert_false(store_in_transaction(room->desk.store));
	assert_int_equal(approve(room, MAYA, NULL), REVIEW_DONE);
	assert_false(store_in_transaction(room->desk.store));
}

static void a_store_that_fails_is_an_error(void **state)
{
	struct room *room = *state;
	struct store *readonly = store_open(room->desk.path, STORE_READ, &room->desk.err);
	struct review review = room->review;
	struct review_result untouched = { .outcome = REVIEW_BLOCKED };

	assert_non_null(readonly);
	review.store = readonly;
	assert_int_equal(review_approve(&review, room->items[MAYA], NULL, &room->desk.a, &untouched,
					&room->desk.d, &room->desk.err),
			 -1);
	assert_int_equal(room->desk.err.code, ERR_STORE);
	assert_int_equal(untouched.outcome, REVIEW_BLOCKED);
	assert_false(store_in_transaction(readonly));
	store_free(readonly);
	assert_string_equal(history(room, MAYA), "");
}

#define ROUNDS 50

/* Approves and reopens by turns, as fast as it goes; how often something was
 * done, or 255 after an error. Opens the store anew, since it may be a child. */
static int decide_often(struct room *room, const char *actor)
{
	struct review review = room->review;
	struct review_result result;
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct err err = { 0 };
	int done = 0;

	review.actor = actor;
	review.store = store_open(room->desk.path, STORE_WRITE, &err);
	for (int i = 0; review.store && i < ROUNDS && done < 255; i++) {
		int64_t id = room->items[MAYA];

		if ((i % 2 == 0 ? review_approve(&review, id, NULL, &a, &result, &d, &err)
				: review_reopen(&review, id, NULL, &a, &result, &err)) < 0)
			done = 255;
		else
			done += result.outcome == REVIEW_DONE;
	}
	if (!review.store)
		done = 255;
	store_free(review.store);
	arena_release(&a);
	diags_release(&d);
	return done;
}

/* Every decision that was told as done is in the history, and they alternate. */
static void two_editors_at_once_lose_nothing(void **state)
{
	struct room *room = *state;
	struct decision *list;
	int done, status;
	size_t count;
	pid_t child;

	store_free(room->desk.store);
	child = fork();
	if (child == 0)
		_exit(decide_often(room, "bo"));
	done = decide_often(room, "ana");
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_not_equal(done, 255);
	assert_int_not_equal(WEXITSTATUS(status), 255);
	done += WEXITSTATUS(status);
	room->desk.store = store_open(room->desk.path, STORE_WRITE, &room->desk.err);
	assert_non_null(room->desk.store);
	desk_ok(&room->desk, store_decisions(room->desk.store, room->items[MAYA], &room->desk.a,
					     &list, &count, &room->desk.err));
	assert_int_equal(count, done);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i].kind, i % 2 == 0 ? DECISION_APPROVED : DECISION_REOPENED);
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(approval_records_what_was_approved),
		T(approving_twice_is_nothing),
		T(no_item_no_reply),
		T(safety_needs_a_persons_words),
		T(dears_own_breach_blocks_an_editors_warns),
		T(seeing_an_older_reply_is_a_conflict),
		T(a_replaced_draft_is_a_conflict_too),
		T(seeing_an_older_comment_is_a_conflict),
		T(a_stale_approval_can_be_given_again),
		T(a_stale_edit_is_approved_with_a_word),
		T(an_edit_waits_for_approval),
		T(an_edit_works_without_a_draft),
		T(an_edit_withdraws_the_decision),
		T(brackets_keep_the_edit_but_block_it),
		T(an_edit_is_tidied),
		T(a_rejected_text_is_remembered),
		T(every_reason_is_taken),
		T(reopening_goes_back_to_the_triage),
		T(a_later_yes_overrules),
		T(taking_back_what_left_is_a_retraction),
		T(a_posting_is_recorded_once),
		T(labels_are_checked_and_said_once),
		T(joins_the_callers_transaction),
		T(a_store_that_fails_is_an_error),
		T(two_editors_at_once_lose_nothing),
	};

	return UNIT_RUN(tests);
}
