/* draft.c - a draft for one comment: plan, write, read over by the house style,
 * and once more with other wordings when something is wrong with it.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "dear/situation.h"
#include "draft_internal.h"

/* Tries before a draft is given up; the last ones leave out what they can. */
#define TRIES       6
#define TRIES_BRIEF 2

static bool occasion_of(const struct draft_request *req, enum occasion *ret)
{
	switch (req->found->triage) {
	case TRIAGE_NONE:
		*ret = req->follow_up ? OCCASION_FOLLOW_UP : OCCASION_DRAFT;
		return true;
	case TRIAGE_UNSURE:
		*ret = OCCASION_UNSURE;
		return true;
	case TRIAGE_THANKS:
		*ret = OCCASION_THANKS;
		return true;
	case TRIAGE_SAFETY:
	case TRIAGE_LANGUAGE:
	case TRIAGE_MINOR:
	case TRIAGE_LEGAL_OR_MEDICAL:
	case TRIAGE_SPAM:
	case TRIAGE_READER_TO_READER:
	case TRIAGE_COUNT:
		return false;
	}
	return false;
}

static void avoid_text(struct planner *p, const char *text, size_t *size)
{
	size_t body = style_body(p->r->style, text);
	struct words w;

	words_read(arena_strndup(p->arena, text, body), p->arena, &w);
	p->avoid = mem_grow(p->avoid, size, p->avoid_count + w.count + 1, sizeof(*p->avoid));
	for (size_t i = 0; i + RUN_WORDS <= w.count; i++)
		p->avoid[p->avoid_count++] = words_run(&w, i);
}

/* Runs of the texts that were rejected and of the reply this reader has. */
static void avoid_texts(struct planner *p)
{
	const char *const *text = p->req->avoid;
	size_t size = 0;

	for (; text && *text; text++)
		avoid_text(p, *text, &size);
	if (p->req->earlier)
		avoid_text(p, p->req->earlier, &size);
	if (p->avoid_count > 0)
		qsort(p->avoid, p->avoid_count, sizeof(*p->avoid), words_compare_runs);
}

/* Each part has its own paragraph, but what it means goes on from the mirror;
 * nothing goes on from a letter. */
static bool begins_paragraph(const struct pick *before, const struct pick *pick)
{
	enum part last = before->response->part, part = pick->response->part;

	if (style_has_letter(before->text))
		return true;
	return part != last && !(part == PART_MEANING && last == PART_MIRROR);
}

static void write_text(const struct planner *p, struct buf *out)
{
	for (size_t i = 0; i < p->pick_count; i++) {
		if (i > 0)
			buf_puts(out,
				 begins_paragraph(&p->picks[i - 1], &p->picks[i]) ? "\n\n" : " ");
		buf_puts(out, p->picks[i].text);
	}
}

static void write_responses(const struct planner *p, struct buf *out)
{
	for (size_t i = 0; i < p->pick_count; i++)
		buf_printf(out, "%s%s/%u", i ? " " : "", p->picks[i].response->name,
			   p->picks[i].wording + 1);
}

static void write_lengths(const struct planner *p, struct buf *out)
{
	for (size_t i = 0; i < p->pick_count; i++)
		buf_printf(out, "%s%zu", i ? " " : "", strlen(p->picks[i].text));
}

static void ban_picks(struct planner *p)
{
	for (size_t i = 0; i < p->pick_count && p->banned_count < BANNED_MOST; i++)
		if (p->picks[i].response->part != PART_OPENING)
			p->banned[p->banned_count++] =
				p->picks[i].response->first + p->picks[i].wording;
}

static bool any_worn(const struct planner *p)
{
	for (size_t i = 0; i < p->pick_count; i++)
		if (p->picks[i].worn)
			return true;
	return false;
}

/* Words said before although each wording is new: they met at a seam. */
static bool repeats(struct planner *p, const char *body)
{
	struct words w;

	if (p->avoid_count == 0 && !memory_compares(p->memory))
		return false;
	words_read(body, p->arena, &w);
	return plan_said_before(p, &w);
}

/* "They" would stand before anything that says who. */
static bool refers_too_soon(const struct planner *p)
{
	bool introduced = values_introduced(p->r, p->req->found, &p->holds);

	for (size_t i = 0; i < p->pick_count; i++) {
		const struct pick *pick = &p->picks[i];
		const struct wording *w = &pick->response->wordings[pick->wording];

		if (w->refers && !introduced)
			return true;
		introduced |= w->introduces;
	}
	return false;
}

/* Writes the plan down as *ret_text; NULL there with *ret_why when the house
 * style or the memory is against it. */
static void finish(struct planner *p, bool last, const char **ret_text, const char **ret_why)
{
	struct style_breach *breaches;
	struct buf out = BUF_INIT;
	size_t count;

	write_text(p, &out);
	*ret_text = NULL;
	if (refers_too_soon(p)) {
		*ret_why = "no wording says first whom it is about";
	} else if (!last && !any_worn(p) && repeats(p, buf_str(&out))) {
		*ret_why = "it would repeat what was said";
	} else {
		buf_printf(&out, "\n\n%s", p->r->style->signoff);
		count = style_check(p->r, buf_str(&out), true, p->req->found, p->arena, &breaches);
		if (count > 0)
			*ret_why = breaches[0].text;
		else
			*ret_text = arena_strdup(p->arena, buf_str(&out));
	}
	buf_release(&out);
}

static bool meets_any(const struct condition *c, const struct term_set *set)
{
	if (term_set_meets(&c->all, set))
		return true;
	for (size_t i = 0; i < c->any_count; i++)
		if (term_set_meets(&c->any[i], set))
			return true;
	return false;
}

/* What holds of this reader in particular: facts, details, situations that are
 * sure, and what plan.json makes of them. */
static struct term_set own_terms(const struct planner *p)
{
	const struct terms *t = &p->r->terms;
	struct term_set own = { 0 };

	for (size_t i = 0; i < t->count; i++) {
		const struct term *term = &t->list[i];

		if (term_set_has(&p->holds, (int)i) &&
		    (term->kind == TERM_SURE || classification_fact(p->req->found, term->base) ||
		     classification_detail(p->req->found, term->base)))
			term_set_add(&own, (int)i);
	}
	for (size_t i = 0; i < t->derived_count; i++)
		if (term_set_has(&p->holds, t->derived[i].bit) &&
		    meets_any(&t->derived[i].when, &own))
			term_set_add(&own, t->derived[i].bit);
	return own;
}

/* True when something in the draft could not have been said to just anybody. */
static bool is_exact(const struct planner *p)
{
	struct term_set own = own_terms(p);

	for (size_t i = 0; i < p->pick_count; i++) {
		const struct response *x = p->picks[i].response;

		if (x->part != PART_OPENING &&
		    (meets_any(&x->when, &own) ||
		     term_set_meets(&x->wordings[p->picks[i].wording].uses, &own)))
			return true;
	}
	return false;
}

/* Nothing is drafted, not even a question. */
static bool for_a_person(const struct planner *p)
{
	return p->r->person.weight > 0 && condition_holds(&p->r->person, &p->holds);
}

static bool must_be_exact(const struct planner *p)
{
	return p->occasion == OCCASION_DRAFT &&
	       name_list_has(&p->r->exact, terms_topic(&p->r->terms, p->req->found));
}

static int write_draft(struct planner *p, const char **ret_text, const char **ret_why)
{
	*ret_text = NULL;
	*ret_why = "no response fits what was found";
	for (int i = 0; i < TRIES && !*ret_text; i++) {
		int rc = plan_make(p, i >= TRIES - TRIES_BRIEF);

		if (rc < 0)
			return -1;
		if (rc == 0) {
			p->banned_count = 0;
			continue;
		}
		if (must_be_exact(p) && !is_exact(p)) {
			*ret_why = DRAFT_NOT_EXACT;
			return 0;
		}
		finish(p, i == TRIES - 1, ret_text, ret_why);
		if (!*ret_text)
			ban_picks(p);
	}
	return 0;
}

static uint64_t basis_of(const struct planner *p)
{
	uint64_t h = p->r->style->hash, found = classification_hash(p->req->found);

	h = hash_bytes(h, &p->r->voice.hash, sizeof(p->r->voice.hash));
	h = hash_bytes(h, &found, sizeof(found));
	for (size_t i = 0; i < p->fit_count; i++)
		h = hash_bytes(h, &p->fit[i]->hash, sizeof(p->fit[i]->hash));
	return hash_string(h, p->req->follow_up ? "follow-up" : "");
}

static void tell_worn(const struct planner *p, struct draft_memory *m, struct diags *d)
{
	for (size_t i = 0; i < p->pick_count; i++) {
		const struct response *x = p->picks[i].response;

		if (p->picks[i].worn && memory_worn_first(m, x))
			diag_add(d, DIAG_WORDING_WORN, x->file,
				 "all %u wordings were used in this thread; write more", x->count);
	}
}

static int draft_planned(struct planner *p, struct draft_memory *m, struct draft *ret,
			 struct diags *d)
{
	struct buf names = BUF_INIT, lengths = BUF_INIT;
	const char *text, *why;

	plan_fit(p);
	avoid_texts(p);
	if (for_a_person(p)) {
		*ret = (struct draft){ .basis = basis_of(p), .responses = "" };
		return 0;
	}
	if (write_draft(p, &text, &why) < 0)
		return -1;
	*ret = (struct draft){ .text = text, .basis = basis_of(p), .responses = "" };
	if (!text) {
		if (strcmp(why, DRAFT_NOT_EXACT) != 0)
			diag_add(d, DIAG_NO_RESPONSE,
				 p->req->found->topic ? p->req->found->topic : "", "no draft: %s",
				 why);
		return 0;
	}
	write_responses(p, &names);
	ret->responses = arena_strdup(p->arena, buf_str(&names));
	write_lengths(p, &lengths);
	ret->lengths = arena_strdup(p->arena, buf_str(&lengths));
	buf_release(&names);
	buf_release(&lengths);
	tell_worn(p, m, d);
	draft_memory_learn(m, p->req->person, ret->responses, text);
	return 0;
}

/* Readies p (r, req, arena set) for planning; planner_close it. */
static void planner_open(struct planner *p)
{
	const char *name = values_name(p->r, p->req, p->arena);

	p->holds = terms_holding(&p->r->terms, p->req, name != NULL);
	p->values = values_new(p->r, p->req, name, &p->holds);
	p->text_hash = hash_string(HASH_START, p->req->text);
}

static void planner_close(struct planner *p)
{
	free(p->avoid);
	json_decref(p->values);
}

uint64_t draft_basis(const struct responses *r, const struct draft_request *req)
{
	struct arena a = { 0 };
	struct planner p = { .r = r, .req = req, .arena = &a };
	uint64_t basis;

	if (!occasion_of(req, &p.occasion))
		return classification_hash(req->found);
	planner_open(&p);
	plan_fit(&p);
	basis = basis_of(&p);
	planner_close(&p);
	arena_release(&a);
	return basis;
}

int draft_write(const struct responses *r, const struct draft_request *req, struct draft_memory *m,
		struct arena *a, struct draft *ret, struct diags *d, struct err *err)
{
	struct planner p = { .r = r, .req = req, .memory = m, .arena = a, .err = err };
	int rc;

	if (!occasion_of(req, &p.occasion)) {
		*ret = (struct draft){ .responses = "", .basis = classification_hash(req->found) };
		return 0;
	}
	planner_open(&p);
	rc = draft_planned(&p, m, ret, d);
	planner_close(&p);
	return rc;
}
