/* The editor's work: decisions are added and never changed, what stands follows
 * from them, and what changed under a decision is seen. */
#include "store_kit.h"

#include <sqlite3.h>

/* Item 1, by Ada, with dear's draft as revision 1 on basis 1. */
static void open_item(struct kit *k)
{
	kit_open(k);
	kit_begin(k, "1");
	kit_say(k, "a", NULL, "Ada", "He left.");
	kit_end(k);
	kit_draft(k, 1, "Dear Ada", 1);
}

static void change_comment(struct kit *k, const char *text)
{
	kit_begin(k, "1");
	kit_say(k, "a", NULL, "Ada", text);
	kit_end(k);
}

static bool stale(struct kit *k)
{
	return kit_item(k, 1).flags & ITEM_STALE;
}

static void each_decision_has_its_status(void **state)
{
	static const struct {
		enum decision_kind kind;
		enum item_status status;
	} steps[] = {
		{ DECISION_APPROVED, ITEM_APPROVED },   { DECISION_REOPENED, ITEM_DRAFTED },
		{ DECISION_REJECTED, ITEM_REJECTED },   { DECISION_DISMISSED, ITEM_DISMISSED },
		{ DECISION_RETRACTED, ITEM_DISMISSED }, { DECISION_REOPENED, ITEM_DRAFTED },
		{ DECISION_RETRACTED, ITEM_DRAFTED },
	};
	struct decision *all;
	struct kit k;
	size_t count;

	(void)state;
	open_item(&k);
	assert_null(kit_item(&k, 1).decided_by);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++) {
		bool decided = steps[i].status != ITEM_DRAFTED;

		kit_decide(&k, 1, steps[i].kind);
		assert_int_equal(kit_item(&k, 1).status, steps[i].status);
		assert_int_equal(kit_item(&k, 1).decided_by != NULL, decided);
		if (decided)
			assert_int_equal(kit_item(&k, 1).decided_at, k.desk.now);
	}
	desk_ok(&k.desk, store_decisions(k.desk.store, 1, &k.desk.a, &all, &count, &k.desk.err));
	assert_int_equal(count, sizeof(steps) / sizeof(*steps));
	for (size_t i = 0; i < count; i++)
		assert_int_equal(all[i].kind, steps[i].kind);
	assert_string_equal(all[0].text, "Dear Ada");
	assert_int_equal(all[0].revision, 1);
	assert_int_equal(all[0].comment_hash, kit_item(&k, 1).comment_hash);
	assert_string_equal(all[0].actor, "ed");
	kit_check(&k);
	kit_close(&k);
}

static void reopened_goes_back_to_its_triage(void **state)
{
	const struct classification danger = { .triage = TRIAGE_SAFETY };
	struct kit k;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_DISMISSED);
	desk_ok(&k.desk, store_classification_put(k.desk.store, 1, &danger, 1, &k.desk.err));
	assert_int_equal(kit_item(&k, 1).status, ITEM_DISMISSED);
	kit_decide(&k, 1, DECISION_REOPENED);
	assert_int_equal(kit_item(&k, 1).status, ITEM_NEEDS_PERSON);
	assert_int_equal(kit_item(&k, 1).reason, TRIAGE_SAFETY);
	kit_close(&k);
}

static void an_approved_text_stands(void **state)
{
	struct kit k;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_APPROVED);
	kit_draft(&k, 1, "Dear Ada, once more", 2);
	desk_ok(&k.desk, store_derived_clear(k.desk.store, &k.desk.err));
	assert_string_equal(kit_item(&k, 1).reply, "Dear Ada");
	assert_int_equal(kit_item(&k, 1).revision, 1);
	assert_true(stale(&k));
	kit_decide(&k, 1, DECISION_REOPENED);
	assert_string_equal(kit_item(&k, 1).reply, "Dear Ada, once more");
	assert_int_equal(kit_item(&k, 1).revision, 2);
	kit_close(&k);
}

static void a_changed_comment_makes_it_stale(void **state)
{
	struct kit k;

	(void)state;
	open_item(&k);
	change_comment(&k, "She left.");
	assert_false(stale(&k)); /* nothing was decided on it */
	kit_decide(&k, 1, DECISION_APPROVED);
	assert_false(stale(&k));
	change_comment(&k, "They left.");
	assert_true(stale(&k));
	change_comment(&k, "She left.");
	assert_false(stale(&k)); /* back to what was seen */
	change_comment(&k, "They left.");
	kit_decide(&k, 1, DECISION_APPROVED);
	assert_false(stale(&k));
	change_comment(&k, "We left.");
	kit_decide(&k, 1, DECISION_REOPENED);
	assert_false(stale(&k));
	kit_close(&k);
}

static void a_changed_basis_makes_it_stale(void **state)
{
	struct kit k;

	(void)state;
	open_item(&k);
	kit_draft(&k, 1, "Dear Ada", 2);
	assert_false(stale(&k));
	kit_edit(&k, 1, "My dear Ada");
	assert_int_equal(kit_item(&k, 1).flags, ITEM_EDITED);
	kit_draft(&k, 1, "Dear Ada", 3);
	assert_int_equal(kit_item(&k, 1).flags, ITEM_EDITED | ITEM_STALE);
	kit_edit(&k, 1, "My very dear Ada");
	assert_false(stale(&k));
	kit_decide(&k, 1, DECISION_APPROVED);
	kit_draft(&k, 1, NULL, 4);
	assert_true(stale(&k));
	assert_string_equal(kit_item(&k, 1).reply, "My very dear Ada");
	kit_close(&k);
}

static void a_comment_that_left_makes_it_stale(void **state)
{
	const struct comment gone = {
		.id = "a", .author = "Ada", .text = "He left.", .status = COMMENT_SPAM
	};
	struct kit k;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_APPROVED);
	kit_begin(&k, "1");
	kit_put(&k, &gone);
	kit_end(&k);
	assert_int_equal(kit_item(&k, 1).status, ITEM_APPROVED);
	assert_true(stale(&k));
	kit_close(&k);
}

static int raw(struct kit *k, const char *sql)
{
	sqlite3 *db;
	int code;

	assert_int_equal(sqlite3_open(k->desk.path, &db), SQLITE_OK);
	code = sqlite3_exec(db, sql, NULL, NULL, NULL);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
	return code;
}

static void decisions_are_append_only(void **state)
{
	struct kit k;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_APPROVED);
	assert_int_equal(raw(&k, "DELETE FROM decision"), SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "UPDATE decision SET text = 'Dear Bo'"), SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "UPDATE decision SET text = NULL"), SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "UPDATE decision SET actor = 'me'"), SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "UPDATE decision SET forgotten = 1"), SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "UPDATE decision SET forgotten = 1, text = NULL, at = 0"),
			 SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "REPLACE INTO decision SELECT * FROM decision"),
			 SQLITE_CONSTRAINT);
	assert_int_equal(raw(&k, "UPDATE decision SET forgotten = 1, text = NULL"), SQLITE_OK);
	kit_close(&k);
}

static void the_newest_relabel_counts(void **state)
{
	const char *const *labels;
	struct kit k;

	(void)state;
	open_item(&k);
	desk_ok(&k.desk, store_relabels(k.desk.store, 1, &k.desk.a, &labels, &k.desk.err));
	assert_null(labels[0]);
	desk_ok(&k.desk, store_relabel_add(k.desk.store, 1, "+safety", "ed", 1, &k.desk.err));
	desk_ok(&k.desk, store_relabel_add(k.desk.store, 1, "+no_contact", "ed", 2, &k.desk.err));
	desk_ok(&k.desk, store_relabel_add(k.desk.store, 1, "-safety", "ed", 2, &k.desk.err));
	desk_ok(&k.desk, store_relabel_add(k.desk.store, 1, "+safety", "ed", 2, &k.desk.err));
	desk_ok(&k.desk, store_relabel_add(k.desk.store, 1, "-safety", "ed", 2, &k.desk.err));
	desk_ok(&k.desk, store_relabels(k.desk.store, 1, &k.desk.a, &labels, &k.desk.err));
	assert_string_equal(labels[0], "+no_contact");
	assert_string_equal(labels[1], "-safety");
	assert_null(labels[2]);
	kit_close(&k);
}

static void rejected_texts_are_remembered(void **state)
{
	const char *const *texts;
	struct kit k;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_REJECTED);
	kit_draft(&k, 1, "Dear Ada, better", 1);
	kit_decide(&k, 1, DECISION_REJECTED);
	kit_draft(&k, 1, "Dear Ada, best", 1);
	kit_decide(&k, 1, DECISION_APPROVED);
	desk_ok(&k.desk, store_rejected_texts(k.desk.store, 1, &k.desk.a, &texts, &k.desk.err));
	assert_string_equal(texts[0], "Dear Ada");
	assert_string_equal(texts[1], "Dear Ada, better");
	assert_null(texts[2]);
	kit_close(&k);
}

static void a_receipt_until_it_is_taken_back(void **state)
{
	const struct receipt r = { .target = "export json", .actor = "ed", .at = 9 };
	struct receipt *all;
	struct kit k;
	size_t count;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_APPROVED);
	desk_ok(&k.desk, store_receipt_add(k.desk.store, 1, &r, &k.desk.err));
	assert_int_equal(kit_item(&k, 1).flags, ITEM_EXPORTED);
	kit_decide(&k, 1, DECISION_RETRACTED);
	assert_int_equal(kit_item(&k, 1).flags, 0);
	desk_ok(&k.desk, store_receipts(k.desk.store, 1, &k.desk.a, &all, &count, &k.desk.err));
	assert_int_equal(count, 1);
	assert_string_equal(all[0].target, "export json");
	assert_null(all[0].native_id);
	assert_int_equal(all[0].at, 9);
	kit_close(&k);
}

/* Sent by a way that told no id: the answer with the same text below the same
 * comment is ours, by whomever it seems to be, and its id is noted. One with
 * another text, or elsewhere, is not. */
static void a_reply_is_known_again_by_its_text(void **state)
{
	const struct receipt r = { .target = "export wxr", .actor = "ed", .at = 9 };
	struct receipt *all;
	struct kit k;
	size_t count;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_APPROVED);
	desk_ok(&k.desk, store_receipt_add(k.desk.store, 1, &r, &k.desk.err));
	kit_begin(&k, "1");
	kit_say(&k, "70", NULL, "Desk", "Dear Ada");
	kit_say(&k, "71", "a", "Bo", "Dear Ada, me too");
	kit_end(&k);
	desk_ok(&k.desk, store_receipts(k.desk.store, 1, &k.desk.a, &all, &count, &k.desk.err));
	assert_null(all[0].native_id);
	assert_false(kit_item(&k, 1).flags & ITEM_ANSWERED);
	kit_begin(&k, "1");
	kit_say(&k, "72", "a", "Desk", " Dear\n\nAda ");
	kit_end(&k);
	desk_ok(&k.desk, store_receipts(k.desk.store, 1, &k.desk.a, &all, &count, &k.desk.err));
	assert_int_equal(count, 1);
	assert_string_equal(all[0].native_id, "72");
	assert_true(kit_item(&k, 1).flags & ITEM_ANSWERED);
	kit_close(&k);
}

static void a_claim_lasts_until_the_receipt(void **state)
{
	const struct receipt r = { .target = "push x", .native_id = "7", .actor = "ed", .at = 9 };
	int64_t until = 0;
	struct kit k;

	(void)state;
	open_item(&k);
	kit_decide(&k, 1, DECISION_APPROVED);
	assert_int_equal(store_claim_get(k.desk.store, 1, &until, &k.desk.err), 0);
	desk_ok(&k.desk, store_claim_put(k.desk.store, 1, 100, &k.desk.err));
	desk_ok(&k.desk, store_claim_put(k.desk.store, 1, 200, &k.desk.err));
	kit_reopen(&k);
	assert_int_equal(store_claim_get(k.desk.store, 1, &until, &k.desk.err), 1);
	assert_int_equal(until, 200);
	assert_false(kit_item(&k, 1).flags & ITEM_EXPORTED);
	desk_ok(&k.desk, store_claim_drop(k.desk.store, 1, &k.desk.err));
	assert_int_equal(store_claim_get(k.desk.store, 1, &until, &k.desk.err), 0);
	desk_ok(&k.desk, store_claim_put(k.desk.store, 1, 300, &k.desk.err));
	desk_ok(&k.desk, store_receipt_add(k.desk.store, 1, &r, &k.desk.err));
	assert_int_equal(store_claim_get(k.desk.store, 1, &until, &k.desk.err), 0);
	kit_close(&k);
}

static void work_on_no_item_is_an_error(void **state)
{
	const struct decision d = { .kind = DECISION_DISMISSED, .actor = "ed" };
	const struct receipt r = { .target = "posted", .actor = "ed" };
	struct err errs[4] = { { 0 } };
	int number = -7;
	struct kit k;

	(void)state;
	open_item(&k);
	assert_int_equal(store_decision_add(k.desk.store, 9, &d, &errs[0]), -1);
	assert_int_equal(store_revision_add(k.desk.store, 9, "x", "ed", 1, &number, &errs[1]), -1);
	assert_int_equal(store_receipt_add(k.desk.store, 9, &r, &errs[2]), -1);
	assert_int_equal(store_relabel_add(k.desk.store, 9, "+x", "ed", 1, &errs[3]), -1);
	assert_int_equal(number, -7);
	for (int i = 0; i < 4; i++)
		assert_int_equal(errs[i].code, ERR_STORE);
	assert_false(store_in_transaction(k.desk.store));
	kit_check(&k);
	kit_close(&k);
}

/* The next import, a rebuild and a closed door leave it as it is. */
static void work_outlives_all(void **state)
{
	struct kit k;

	(void)state;
	open_item(&k);
	kit_edit(&k, 1, "My dear Ada");
	kit_decide(&k, 1, DECISION_APPROVED);
	kit_begin(&k, "1");
	kit_say(&k, "a", NULL, "Ada", "He left.");
	kit_say(&k, "b", NULL, "Bo", "Hello");
	kit_end(&k);
	desk_ok(&k.desk, store_derived_clear(k.desk.store, &k.desk.err));
	kit_reopen(&k);
	assert_int_equal(kit_item(&k, 1).status, ITEM_APPROVED);
	assert_int_equal(kit_item(&k, 1).flags, ITEM_EDITED);
	assert_string_equal(kit_item(&k, 1).reply, "My dear Ada");
	assert_string_equal(kit_item(&k, 1).decided_by, "ed");
	kit_check(&k);
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_decision_has_its_status),
		cmocka_unit_test(reopened_goes_back_to_its_triage),
		cmocka_unit_test(an_approved_text_stands),
		cmocka_unit_test(a_changed_comment_makes_it_stale),
		cmocka_unit_test(a_changed_basis_makes_it_stale),
		cmocka_unit_test(a_comment_that_left_makes_it_stale),
		cmocka_unit_test(decisions_are_append_only),
		cmocka_unit_test(the_newest_relabel_counts),
		cmocka_unit_test(rejected_texts_are_remembered),
		cmocka_unit_test(a_receipt_until_it_is_taken_back),
		cmocka_unit_test(a_reply_is_known_again_by_its_text),
		cmocka_unit_test(a_claim_lasts_until_the_receipt),
		cmocka_unit_test(work_on_no_item_is_an_error),
		cmocka_unit_test(work_outlives_all),
	};

	return UNIT_RUN(tests);
}
