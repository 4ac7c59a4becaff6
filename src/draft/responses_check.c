/* responses_check.c - the lint of a loaded set: names nobody gives, responses
 * nobody gets, wordings against the house style or like one another. The trial
 * drafts are in responses_trial.c.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "dear/mustache.h"
#include "dear/situation.h"
#include "draft_internal.h"

static const char *const facts[] = { "ex_pronoun",     "since_end",   "together_for", "silence_for",
				     "child_age",      "reader_name", "letter",       "by",
				     "unanswered_for", "late_by",     "quiet_for",    "work",
				     "firm",           NULL };
static const char *const states[] = { "follow_up", "named", "topic", "warm", "plain", NULL };
/* Where a run of words was first seen. */
struct seen {
	uint64_t run;
	const struct response *response;
	uint32_t wording;
};

bool lint_listed(const char *const *list, const char *name)
{
	for (; *list; list++)
		if (strcmp(*list, name) == 0)
			return true;
	return false;
}

void lint_finding(struct lint *l, const char *file, int line, const char *what, const char *name)
{
	diag_add(l->d, DIAG_DATA, arena_printf(&l->arena, line ? "%s:%d" : "%s", file, line),
		 "%s%s", what, name);
	l->findings++;
}

/* "told_no?" is asked of the derived term told_no. */
static bool derived(const struct responses *r, const char *base)
{
	int bit = terms_find(&r->terms, base);

	return bit >= 0 && (r->terms.list[bit].roles & ROLE_DERIVED);
}

static void check_terms(struct lint *l)
{
	for (size_t i = 0; i < l->r->terms.count; i++) {
		const struct term *t = &l->r->terms.list[i];
		bool fact = lint_listed(facts, t->base), label = lint_listed(l->labels, t->base);
		bool detail = lint_listed(l->details, t->base);

		if ((t->roles & ROLE_DERIVED) || derived(l->r, t->base) ||
		    lint_listed(states, t->base))
			continue;
		if ((t->roles & ROLE_SITUATION) && !label)
			lint_finding(l, t->file, t->line, "no rule gives the situation ", t->base);
		if ((t->roles & ROLE_FACT) && !fact)
			lint_finding(l, t->file, t->line, "there is no fact called ", t->base);
		if ((t->roles & ROLE_DETAIL) && !detail)
			lint_finding(l, t->file, t->line, "no rule gives the detail ", t->base);
		if (t->roles == 0 && !fact && !label && !detail)
			lint_finding(l, t->file, t->line, "nothing is called ", t->base);
		if (t->kind == TERM_SURE && !label)
			lint_finding(l, t->file, t->line,
				     "only a situation can be sure: ", t->name);
		if (t->kind >= TERM_EQUAL && !fact)
			lint_finding(l, t->file, t->line, "compared, but no fact: ", t->base);
	}
}

static bool always_forbidden(const struct responses *r, const struct response *x)
{
	for (size_t i = 0; i < r->never_count; i++) {
		const struct never *n = &r->nevers[i];

		if (term_set_meets(&x->says, &n->says) &&
		    !term_set_meets(&x->says, &n->unless_said) &&
		    condition_holds(&n->when, &x->when.all))
			return true;
	}
	return false;
}

static void check_reach(struct lint *l)
{
	for (size_t i = 0; i < l->r->count; i++) {
		const struct response *x = &l->r->list[i];

		if (term_set_meets(&x->when.all, &x->when.none))
			lint_finding(l, x->file, 0,
				     "can never be chosen: it asks for what it excludes", "");
		if (always_forbidden(l->r, x))
			lint_finding(l, x->file, 0,
				     "can never be chosen: plan.json forbids what it says", "");
		if (term_set_meets(&x->says, &x->against))
			lint_finding(l, x->file, 0,
				     "can never be chosen: it is against what it says", "");
	}
}

static bool has_default(const struct responses *r, const char *topic, enum part part,
			unsigned occasion)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].part == part && (r->list[i].occasions & occasion) &&
		    r->list[i].when.weight == 0 && responses_in_topic(&r->list[i], topic))
			return true;
	return false;
}

static void check_defaults(struct lint *l)
{
	for (size_t i = 0; i < l->r->count; i++) {
		const struct response *x = &l->r->list[i];
		bool seen = strcmp(x->topic, "shared") == 0;

		for (size_t k = 0; k < i && !seen; k++)
			seen = strcmp(l->r->list[k].topic, x->topic) == 0;
		if (seen)
			continue;
		for (unsigned o = OCCASION_DRAFT; o <= OCCASION_THANKS; o *= 2)
			if (!has_default(l->r, x->topic, PART_OPENING, o) ||
			    !has_default(l->r, x->topic, PART_ADVICE, o))
				lint_finding(l, x->topic, 0,
					     "no opening or advice without conditions in topic ",
					     x->topic);
	}
}

static int by_run(const void *a, const void *b)
{
	const struct seen *x = a, *y = b;

	if (x->run != y->run)
		return x->run < y->run ? -1 : 1;
	if (x->response != y->response)
		return x->response < y->response ? -1 : 1;
	return (x->wording > y->wording) - (x->wording < y->wording);
}

static void note_runs(struct lint *l, const char *text, const struct response *x, uint32_t wording)
{
	struct words w;

	words_read(text, &l->arena, &w);
	for (size_t i = 0; i + RUN_WORDS <= w.count; i++) {
		l->seen = mem_grow(l->seen, &l->seen_size, l->seen_count + 1, sizeof(*l->seen));
		l->seen[l->seen_count++] = (struct seen){ words_run(&w, i), x, wording };
	}
}

/* A thread has one topic. */
static bool can_meet(const struct response *x, const struct response *y)
{
	return responses_in_topic(x, y->topic) || responses_in_topic(y, x->topic);
}

/* Two wordings that share a run would break the promise of variety. */
static void check_runs(struct lint *l)
{
	const struct seen *last = NULL;

	if (l->seen_count > 0)
		qsort(l->seen, l->seen_count, sizeof(*l->seen), by_run);
	for (size_t i = 1; i < l->seen_count; i++) {
		const struct seen *x = &l->seen[i - 1], *y = &l->seen[i];

		if (x->run != y->run || (x->response == y->response && x->wording == y->wording) ||
		    !can_meet(x->response, y->response))
			continue;
		if (last && last->response == y->response && last->wording == y->wording)
			continue;
		lint_finding(l, y->response->file, y->response->wordings[y->wording].line,
			     "eight words in a row stand also in ",
			     arena_printf(&l->arena, "%s/%u", x->response->name, x->wording + 1));
		last = y;
	}
}

/* All facts a template can name. */
static struct fact sample_facts[] = {
	{ "child_age", "3 years", "", 0, 0 },    { "ex_pronoun", "he", "", 0, 0 },
	{ "since_end", "42 days", "", 0, 0 },    { "silence_for", "1 month", "", 0, 0 },
	{ "together_for", "6 years", "", 0, 0 }, { "unanswered_for", "4 days", "", 0, 0 },
	{ "late_by", "9 days", "", 0, 0 },       { "quiet_for", "3 weeks", "", 0, 0 },
	{ "work", "website", "", 0, 0 },
};
#define SAMPLE_FACTS (sizeof(sample_facts) / sizeof(sample_facts[0]))
static const char *const pronouns[] = { "he", "she", "they" };

static void check_wording(struct lint *l, const struct response *x, uint32_t i, json_t *values,
			  enum pronoun p)
{
	const struct wording *w = &x->wordings[i];
	struct classification found = { .unsure = true };
	struct style_breach *breaches;
	struct buf out = BUF_INIT;
	struct err err = { 0 };
	size_t count;

	if (mustache_render(w->text, values, MUSTACHE_PLAIN, responses_partial, (void *)l->r, &out,
			    &err) < 0) {
		lint_finding(l, err.where, err.line, err.msg, "");
	} else {
		if (p == PRONOUN_HE)
			note_runs(l, buf_str(&out), x, i);
		buf_printf(&out, "\n\n%s", l->r->style->signoff);
		count = style_check(l->r, buf_str(&out), true, &found, &l->arena, &breaches);
		for (size_t k = 0; k < count; k++)
			lint_finding(l, x->file, w->line, breaches[k].text, "");
	}
	buf_release(&out);
}

static void check_wordings(struct lint *l)
{
	struct term_set all;

	memset(&all, 0xff, sizeof(all));
	for (int p = PRONOUN_HE; p <= PRONOUN_THEY; p++) {
		struct fact named[SAMPLE_FACTS];
		struct classification found = { .facts = named, .fact_count = SAMPLE_FACTS };
		struct draft_request req = { .found = &found, .text = "" };
		json_t *values;

		memcpy(named, sample_facts, sizeof(named));
		named[1].value = pronouns[p];
		values = values_new(l->r, &req, "Robin", &all);
		for (size_t i = 0; i < l->r->count; i++)
			for (uint32_t k = 0; k < l->r->list[i].count; k++)
				check_wording(l, &l->r->list[i], k, values, (enum pronoun)p);
		json_decref(values);
	}
}

size_t responses_check(const struct responses *r, const char *const *labels,
		       const char *const *details, struct diags *d, uint64_t *ret_tried)
{
	struct lint l = { .r = r, .labels = labels, .details = details, .d = d };

	check_terms(&l);
	check_reach(&l);
	check_defaults(&l);
	check_wordings(&l);
	check_runs(&l);
	*ret_tried = lint_trials(&l);
	free(l.seen);
	arena_release(&l.arena);
	return l.findings;
}
