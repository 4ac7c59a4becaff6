/* test_stats.c - what is counted: fates of drafts by situation, response, wording
 * and sentence; weeks, times, reasons; and what a verdict taken back is worth.
 */
#include "desk.h"

#include "dear/stats.h"

enum { ADA, BO, CY, DEE, THANKS, COMMENTS, WEEK = 7 * 86400 };

#define MONDAY 1769990400 /* 2026-02-02, the week of the comments */

static const struct desk_comment comments[COMMENTS] = {
	[ADA] = { "1", "Ada", "he left", NULL, TRIAGE_NONE, NULL, false },
	[BO] = { "2", "Bo", "she left", NULL, TRIAGE_NONE, NULL, false },
	[CY] = { "3", "Cy", "they left", NULL, TRIAGE_NONE, NULL, false },
	[DEE] = { "4", "Dee", "hm", NULL, TRIAGE_UNSURE, NULL, false },
	[THANKS] = { "5", "Eve", "thank you", NULL, TRIAGE_THANKS, NULL, false },
};

/* Opening, then two sentences of advice, then a close; bytes 8, 46 and 9. */
static const char draft_text[] = "Hello Al\n\nWait a week with it. Then read it aloud, once.\n\n"
				 "Be gentle\n\nThe desk";
static const char draft_names[] = "shared/opening/1 ex-letter/advice/2 ex-letter/close/1";

struct room {
	struct desk desk;
	int64_t items[COMMENTS];
	struct stats s;
};

static void give(struct room *r, int who, const char *label, enum band band)
{
	struct situation found = { .label = label, .score = 0.9, .band = band };
	const struct classification c = { .topic = "ex-letter",
					  .situations = &found,
					  .situation_count = 1 };

	desk_ok(&r->desk,
		store_classification_put(r->desk.store, r->items[who], &c, 1, &r->desk.err));
}

static void draft(struct room *r, int who, const char *text, const char *names, const char *lengths)
{
	const struct draft d = { .text = text, .responses = names, .lengths = lengths, .basis = 1 };

	desk_ok(&r->desk, store_draft_put(r->desk.store, r->items[who], &d, &r->desk.err));
}

static void edit(struct room *r, int who, const char *text)
{
	int number;

	desk_ok(&r->desk, store_revision_add(r->desk.store, r->items[who], text, "ed", r->desk.now,
					     &number, &r->desk.err));
}

static void decide(struct room *r, int who, enum decision_kind kind, const char *reason)
{
	struct item it = desk_item(&r->desk, r->items[who]);
	const struct decision d = { .kind = kind,
				    .revision = it.revision,
				    .text = it.reply,
				    .comment_hash = it.comment_hash,
				    .basis = it.basis,
				    .reason = reason,
				    .actor = "ed",
				    .at = r->desk.now };

	desk_ok(&r->desk, store_decision_add(r->desk.store, it.id, &d, &r->desk.err));
}

static void count_since(struct room *r, int64_t since)
{
	desk_ok(&r->desk,
		stats_make(r->desk.store, since, r->desk.now, &r->desk.a, &r->s, &r->desk.err));
}

static const struct stats_response *response(const struct room *r, const char *name)
{
	for (size_t i = 0; i < r->s.response_count; i++)
		if (!strcmp(r->s.responses[i].name, name))
			return &r->s.responses[i];
	fail_msg("no response %s", name);
	return NULL;
}

static void assert_fate(struct stats_fate f, int unchanged, int edited, int rejected)
{
	assert_int_equal(f.unchanged, unchanged);
	assert_int_equal(f.edited, edited);
	assert_int_equal(f.rejected, rejected);
}

static int set_up(void **state)
{
	struct room *r = calloc(1, sizeof(*r));

	desk_open(&r->desk);
	desk_import(&r->desk, "7", "The letter", comments, COMMENTS, r->items);
	for (int i = ADA; i <= CY; i++) {
		give(r, i, "they_ended_it", BAND_HIGH);
		draft(r, i, draft_text, draft_names, "8 46 9");
	}
	r->desk.now += 3600;
	*state = r;
	return 0;
}

static int tear_down(void **state)
{
	struct room *r = *state;

	desk_close(&r->desk);
	free(r);
	return 0;
}

/* ---- the tests ---- */

static void an_untouched_desk_has_only_inflow(void **state)
{
	struct room *r = *state;

	count_since(r, INT64_MIN);
	assert_int_equal(r->s.came, COMMENTS);
	assert_int_equal(r->s.waiting, COMMENTS);
	assert_int_equal(r->s.week_count, 1);
	assert_int_equal(r->s.weeks[0].monday, MONDAY);
	assert_int_equal(r->s.weeks[0].came, COMMENTS);
	assert_int_equal(r->s.weeks[0].answered, 0);
	assert_int_equal(r->s.median, -1);
	assert_fate(r->s.fate, 0, 0, 0);
	assert_int_equal(response(r, "ex-letter/advice")->used, 3);
	assert_int_equal(response(r, "ex-letter/advice")->wordings[0].number, 2);
	assert_int_equal(response(r, "ex-letter/advice")->wordings[0].used, 3);
}

static void an_approval_is_the_drafts_and_its_responses(void **state)
{
	struct room *r = *state;

	decide(r, ADA, DECISION_APPROVED, NULL);
	count_since(r, INT64_MIN);
	assert_fate(r->s.fate, 1, 0, 0);
	assert_fate(response(r, "shared/opening")->fate, 1, 0, 0);
	assert_fate(r->s.situations[0].fate, 1, 0, 0);
	assert_string_equal(r->s.situations[0].label, "they_ended_it");
	assert_int_equal(r->s.situations[0].came, 3);
	assert_int_equal(r->s.waiting, COMMENTS - 1);
	/* Answered in a later week: those between are there, and empty. */
	assert_int_equal(r->s.week_count, 4);
	assert_int_equal(r->s.weeks[1].monday, MONDAY + WEEK);
	assert_int_equal(r->s.weeks[1].came, 0);
	assert_int_equal(r->s.weeks[3].answered, 1);
	assert_int_equal(r->s.median, 3600);
	assert_int_equal(r->s.spans[0], 1);
}

static void an_edit_tells_which_sentences_were_touched(void **state)
{
	struct room *r = *state;
	const struct stats_response *advice;

	edit(r, ADA, "Hello Al\n\nWait a week with it. Then read it aloud, twice.\n\nThe desk");
	decide(r, ADA, DECISION_APPROVED, NULL);
	edit(r, BO, "Hello Al\n\nThen read it aloud, once.\n\nBe gentle\n\nThe desk");
	decide(r, BO, DECISION_APPROVED, NULL);
	count_since(r, INT64_MIN);
	assert_fate(r->s.fate, 0, 2, 0);
	advice = response(r, "ex-letter/advice");
	assert_fate(advice->fate, 0, 2, 0);
	assert_int_equal(advice->sentence_count, 2);
	assert_string_equal(advice->sentences[0].text, "Wait a week with it.");
	assert_int_equal(advice->sentences[0].number, 1);
	assert_int_equal(advice->sentences[0].dropped, 1);
	assert_int_equal(advice->sentences[0].changed, 0);
	assert_string_equal(advice->sentences[1].text, "Then read it aloud, once.");
	assert_int_equal(advice->sentences[1].changed, 1);
	assert_int_equal(advice->sentences[1].wording, 2);
	assert_int_equal(response(r, "ex-letter/close")->sentences[0].dropped, 1);
	assert_int_equal(response(r, "shared/opening")->sentence_count, 0);
}

static void a_judged_draft_outlives_the_next(void **state)
{
	struct room *r = *state;

	edit(r, ADA, "Hello Al\n\nMy own words.\n\nThe desk");
	draft(r, ADA, "Another one\n\nThe desk", "ex-letter/other/1", "11");
	decide(r, ADA, DECISION_APPROVED, NULL);
	count_since(r, INT64_MIN);
	assert_fate(r->s.fate, 0, 1, 0);
	assert_fate(response(r, "ex-letter/advice")->fate, 0, 1, 0);
	assert_fate(response(r, "ex-letter/other")->fate, 0, 0, 0);
	/* The wear counts both. */
	assert_int_equal(response(r, "ex-letter/advice")->used, 3);
	assert_int_equal(response(r, "ex-letter/other")->used, 1);
}

static void a_rejection_counts_unless_it_was_taken_back(void **state)
{
	struct room *r = *state;

	decide(r, ADA, DECISION_REJECTED, "tone");
	decide(r, BO, DECISION_REJECTED, "tone");
	decide(r, BO, DECISION_REOPENED, DECISION_REDRAFT);
	draft(r, BO, "Another one\n\nThe desk", "ex-letter/other/1", "11");
	decide(r, BO, DECISION_APPROVED, NULL);
	decide(r, CY, DECISION_REJECTED, NULL);
	decide(r, CY, DECISION_REOPENED, NULL);
	count_since(r, INT64_MIN);
	assert_fate(r->s.fate, 1, 0, 2);
	assert_fate(response(r, "ex-letter/advice")->fate, 0, 0, 2);
	assert_fate(response(r, "ex-letter/other")->fate, 1, 0, 0);
	assert_int_equal(r->s.reason_count, 1);
	assert_string_equal(r->s.reasons[0].code, "tone");
	assert_int_equal(r->s.reasons[0].count, 2);
	assert_int_equal(response(r, "ex-letter/close")->reasons[0].count, 2);
}

static void an_approval_taken_back_is_none(void **state)
{
	struct room *r = *state;

	decide(r, ADA, DECISION_APPROVED, NULL);
	decide(r, ADA, DECISION_REOPENED, NULL);
	decide(r, BO, DECISION_DISMISSED, NULL);
	count_since(r, INT64_MIN);
	assert_fate(r->s.fate, 0, 0, 0);
	assert_int_equal(r->s.dismissed, 1);
	assert_int_equal(r->s.situations[0].dismissed, 1);
	assert_int_equal(r->s.weeks[0].answered, 0);
}

static void words_without_a_draft_are_nobodys_fault(void **state)
{
	struct room *r = *state;

	edit(r, DEE, "Dear Dee, tell us more.");
	decide(r, DEE, DECISION_APPROVED, NULL);
	count_since(r, INT64_MIN);
	assert_fate(r->s.fate, 0, 0, 0);
	assert_int_equal(r->s.own, 1);
}

static void nothing_found_is_listed_thanks_are_not(void **state)
{
	struct room *r = *state;

	give(r, CY, "they_ended_it", BAND_LOW);
	count_since(r, INT64_MIN);
	assert_int_equal(r->s.unmatched_count, 2);
	assert_int_equal(r->s.unmatched[0], r->items[DEE]);
	assert_int_equal(r->s.unmatched[1], r->items[CY]);
}

static void since_leaves_out_what_was_before(void **state)
{
	struct room *r = *state;

	decide(r, ADA, DECISION_APPROVED, NULL);
	r->desk.now += WEEK;
	decide(r, BO, DECISION_APPROVED, NULL);
	count_since(r, r->desk.now - 1);
	assert_int_equal(r->s.came, 0);
	assert_fate(r->s.fate, 1, 0, 0);
	assert_int_equal(r->s.week_count, 1);
	assert_int_equal(r->s.weeks[0].answered, 1);
	assert_int_equal(response(r, "shared/opening")->fate.unchanged, 1);
	assert_int_equal(response(r, "shared/opening")->used, 3);
}

static void a_forgotten_reader_leaves_no_words(void **state)
{
	struct room *r = *state;
	uint64_t erased;

	edit(r, ADA, "Hello Al\n\nThe desk");
	decide(r, ADA, DECISION_APPROVED, NULL);
	desk_ok(&r->desk, store_forget_item(r->desk.store, r->items[ADA], r->desk.now, &erased,
					    &r->desk.err));
	count_since(r, INT64_MIN);
	assert_int_equal(r->s.came, COMMENTS - 1);
	assert_int_equal(response(r, "ex-letter/advice")->sentence_count, 0);
	assert_int_equal(response(r, "ex-letter/advice")->used, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(an_untouched_desk_has_only_inflow),
		TEST(an_approval_is_the_drafts_and_its_responses),
		TEST(an_edit_tells_which_sentences_were_touched),
		TEST(a_judged_draft_outlives_the_next),
		TEST(a_rejection_counts_unless_it_was_taken_back),
		TEST(an_approval_taken_back_is_none),
		TEST(words_without_a_draft_are_nobodys_fault),
		TEST(nothing_found_is_listed_thanks_are_not),
		TEST(since_leaves_out_what_was_before),
		TEST(a_forgotten_reader_leaves_no_words),
#undef TEST
	};

	return UNIT_RUN(tests);
}
