/* draft_plan.c - which responses a draft is made of, and in which wording.
 * Slots are filled in order of need; a slot that has nothing to add is left
 * out. No idea is said twice in one draft, and none beside one that speaks
 * against it.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/hash.h"
#include "dear/mustache.h"
#include "dear/situation.h"
#include "draft_internal.h"

/* When a slot is filled: always, while the draft is shorter than the house aims
 * at, or only while it is shorter than the house allows. */
enum until { ALWAYS, UNTIL_AIM, UNTIL_LEAST };

/* In order of need: what was asked before what was not. A required slot must be
 * filled for a draft to be one; advice is, unless there is an answer. */
static const struct slot {
	enum part part;
	bool required;
	enum until until;
} slots[] = {
	{ PART_OPENING, true, ALWAYS },      { PART_MIRROR, false, ALWAYS },
	{ PART_ANSWER, false, ALWAYS },      { PART_ANSWER, false, ALWAYS },
	{ PART_LETTER, false, ALWAYS },      { PART_ADVICE, true, ALWAYS },
	{ PART_MIRROR, false, UNTIL_AIM },   { PART_MEANING, false, UNTIL_AIM },
	{ PART_CLOSE, false, UNTIL_AIM },    { PART_ADVICE, false, UNTIL_LEAST },
	{ PART_MIRROR, false, UNTIL_LEAST }, { PART_MEANING, false, UNTIL_LEAST },
	{ PART_ADVICE, false, UNTIL_LEAST }, { PART_ADVICE, false, UNTIL_LEAST },
};

void plan_fit(struct planner *p)
{
	const struct responses *r = p->r;
	const char *topic = terms_topic(&r->terms, p->req->found);

	p->fit = arena_alloc(p->arena, r->count * sizeof(*p->fit));
	for (size_t i = 0; i < r->count; i++) {
		const struct response *x = &r->list[i];

		if ((x->occasions & p->occasion) && condition_holds(&x->when, &p->holds) &&
		    responses_in_topic(x, topic)) {
			p->fit[p->fit_count++] = x;
			for (int part = (int)x->part + 1; part <= PART_COUNT; part++)
				p->fit_part[part] = p->fit_count;
		}
	}
	for (size_t i = 0; i < r->never_count; i++)
		if (!r->nevers[i].pardoned && condition_holds(&r->nevers[i].when, &p->holds))
			term_set_join(&p->forbidden, &r->nevers[i].says);
}

static bool forbidden(const struct planner *p, const struct response *x)
{
	if (term_set_meets(&x->says, &p->forbidden))
		return true;
	for (size_t i = 0; i < p->r->never_count; i++) {
		const struct never *n = &p->r->nevers[i];

		if (n->pardoned && term_set_meets(&x->says, &n->says) &&
		    !term_set_meets(&n->unless_said, &p->said) &&
		    !term_set_meets(&n->unless_said, &x->says) &&
		    condition_holds(&n->when, &p->holds))
			return true;
	}
	return false;
}

static bool goes_with(const struct planner *p, const struct response *x)
{
	if (term_set_meets(&x->says, &p->said) || term_set_meets(&x->says, &p->against) ||
	    term_set_meets(&x->against, &p->said))
		return false;
	for (size_t i = 0; i < p->pick_count; i++)
		if (p->picks[i].response == x)
			return false;
	return !forbidden(p, x);
}

static bool banned(const struct planner *p, uint32_t wording)
{
	for (size_t i = 0; i < p->banned_count; i++)
		if (p->banned[i] == wording)
			return true;
	return false;
}

static bool usable(const struct planner *p, const struct response *x, uint32_t i)
{
	const struct wording *w = &x->wordings[i];

	return term_set_within(&w->needs, &p->holds) && (p->introduced || !w->refers) &&
	       !banned(p, x->first + i);
}

/* Spreads equal candidates by the comment's text; by the response's own name, so
 * that a new file elsewhere changes no pick. */
static uint64_t tie(const struct planner *p, const struct response *x, uint32_t i)
{
	return hash_bytes(hash_string(p->text_hash, x->name), &i, sizeof(i));
}

/* The order in which wordings are tried: not used for longest, then the one
 * that takes up most of what the reader said, then by the comment's text. */
struct turn {
	uint64_t last_use, tie;
	int facts;
};

static struct turn turn_of(const struct planner *p, const struct response *x, uint32_t i)
{
	uint32_t number = x->first + i;

	return (struct turn){ memory_last_use(p->memory, number), tie(p, x, i),
			      term_set_shared(&x->wordings[i].uses, &p->holds) };
}

static bool before(const struct turn *a, const struct turn *b)
{
	if (a->last_use != b->last_use)
		return a->last_use < b->last_use;
	if (a->facts != b->facts)
		return a->facts > b->facts;
	return a->tie < b->tie;
}

/* The usable wording whose turn is next after the one given (-1: the first).
 * Returns -1 when there is none. */
static int next_wording(const struct planner *p, const struct response *x, int after)
{
	struct turn last = { 0 }, best = { 0 }, turn;
	int next = -1;

	if (after >= 0)
		last = turn_of(p, x, (uint32_t)after);
	for (uint32_t i = 0; i < x->count; i++) {
		turn = turn_of(p, x, i);
		if ((after >= 0 && !before(&last, &turn)) || (next >= 0 && !before(&turn, &best)) ||
		    !usable(p, x, i))
			continue;
		next = (int)i;
		best = turn;
	}
	return next;
}

/* Line ends as blanks, never two blanks; a blank line parts paragraphs. */
static const char *tidy(struct arena *a, const char *text)
{
	char *out = arena_alloc(a, strlen(text) + 1), *end = out;

	while (*text) {
		size_t space = strspn(text, " \n\t\r"), word = strcspn(text + space, " \n\t\r");
		const char *nl = memchr(text, '\n', space);
		bool paragraph = nl && memchr(nl + 1, '\n', space - (size_t)(nl + 1 - text));

		if (end > out && word > 0) {
			*end++ = paragraph ? '\n' : ' ';
			if (paragraph)
				*end++ = '\n';
		}
		memcpy(end, text + space, word);
		end += word;
		text += space + word;
	}
	*end = '\0';
	return out;
}

static bool rejected(const struct planner *p, const struct words *w)
{
	for (size_t i = 0; p->avoid_count > 0 && i + RUN_WORDS <= w->count; i++) {
		uint64_t run = words_run(w, i);

		if (bsearch(&run, p->avoid, p->avoid_count, sizeof(*p->avoid), words_compare_runs))
			return true;
	}
	return false;
}

bool plan_said_before(const struct planner *p, const struct words *w)
{
	if (rejected(p, w))
		return true;
	for (size_t i = 0; memory_compares(p->memory) && i + RUN_WORDS <= w->count; i++)
		if (memory_said(p->memory, w, i))
			return true;
	return false;
}

static bool is_worn(const struct planner *p, const struct response *x, uint32_t i)
{
	return !x->wordings[i].brief && memory_last_use(p->memory, x->first + i) > 0;
}

/* Renders a wording into *ret. 1 when it is fresh, 0 when it was said before
 * (ret->text NULL when it was rejected), -1 on an error. */
static int try_wording(struct planner *p, const struct response *x, int i, struct pick *ret)
{
	struct buf out = BUF_INIT;
	struct words w;
	int rc = mustache_render(x->wordings[i].text, p->values, MUSTACHE_PLAIN, responses_partial,
				 (void *)p->r, &out, p->err);

	if (rc == 0) {
		*ret = (struct pick){ .response = x, .wording = (uint32_t)i };
		ret->text = voice_apply(&p->r->voice, tidy(p->arena, buf_str(&out)), p->arena);
		words_read(ret->text, p->arena, &w);
		ret->words = w.count;
		ret->worn = is_worn(p, x, (uint32_t)i);
		rc = !ret->worn && !plan_said_before(p, &w);
		if (rejected(p, &w))
			ret->text = NULL;
	}
	buf_release(&out);
	return rc;
}

/* Picks a wording of a response: a fresh one, or with worn the one that was not
 * used for longest. 1 picked, 0 none, -1 error. */
static int pick_wording(struct planner *p, const struct response *x, bool worn, struct pick *ret)
{
	struct pick pick = { 0 }, oldest = { 0 };
	int i = -1, rc;

	while ((i = next_wording(p, x, i)) >= 0) {
		if (!worn && is_worn(p, x, (uint32_t)i))
			continue;
		rc = try_wording(p, x, i, &pick);
		if (rc < 0)
			return -1;
		if (!pick.text)
			continue;
		if (rc > 0 || (worn && !memory_compares(p->memory))) {
			*ret = pick;
			return 1;
		}
		if (!oldest.response)
			oldest = pick;
	}
	if (!worn || !oldest.response)
		return 0;
	*ret = oldest;
	ret->worn = true;
	return 1;
}

static void take(struct planner *p, const struct pick *pick)
{
	p->picks[p->pick_count++] = *pick;
	term_set_join(&p->said, &pick->response->says);
	term_set_join(&p->against, &pick->response->against);
	p->word_count += pick->words;
	p->introduced |= pick->response->wordings[pick->wording].introduces;
}

/* A draft with a letter in it may be longer. */
static size_t most_words(const struct planner *p, const struct pick *next)
{
	bool letter = style_has_letter(next->text);

	for (size_t i = 0; i < p->pick_count; i++)
		letter |= style_has_letter(p->picks[i].text);
	return (size_t)(letter ? p->r->style->with_letter : p->r->style->most);
}

static bool answers(const struct planner *p)
{
	for (size_t i = 0; i < p->pick_count; i++)
		if (p->picks[i].response->part == PART_ANSWER)
			return true;
	return false;
}

/* Advice for anybody adds nothing to an answer that stands on its own. */
static bool is_filler(const struct planner *p, const struct response *x)
{
	return x->part == PART_ADVICE && x->when.weight == 0 && answers(p) &&
	       p->word_count >= (size_t)p->r->style->least;
}

/* Tries the responses of a part, best first. told: also one that this reader
 * got before. */
static int fill_slot(struct planner *p, enum part part, bool worn, bool told)
{
	struct pick pick = { 0 };

	for (size_t i = p->fit_part[part]; i < p->fit_part[part + 1]; i++) {
		const struct response *x = p->fit[i];
		int rc;

		if (!goes_with(p, x) || is_filler(p, x))
			continue;
		if (!told && part != PART_OPENING && memory_told(p->memory, p->req->person, x))
			continue;
		rc = pick_wording(p, x, worn, &pick);
		if (rc < 0)
			return -1;
		if (rc == 0 || p->word_count + pick.words > most_words(p, &pick))
			continue;
		take(p, &pick);
		return 1;
	}
	return 0;
}

/* By part; the two of one part stay in the order they were chosen. */
static void sort_picks(struct planner *p)
{
	for (size_t i = 1; i < p->pick_count; i++) {
		struct pick pick = p->picks[i];
		size_t k = i;

		for (; k > 0 && p->picks[k - 1].response->part > pick.response->part; k--)
			p->picks[k] = p->picks[k - 1];
		p->picks[k] = pick;
	}
}

/* How far a slot may reach down for something to say: fresh wordings first,
 * then worn ones, then what this reader was told before. */
static int fill_as_needed(struct planner *p, const struct slot *s)
{
	bool fresh = memory_compares(p->memory);
	int rc = fill_slot(p, s->part, !fresh, false);

	if (rc == 0 && fresh && s->until != UNTIL_AIM)
		rc = fill_slot(p, s->part, true, false);
	if (rc == 0 && (s->required || s->until == UNTIL_LEAST))
		rc = fill_slot(p, s->part, true, true);
	return rc;
}

static bool wants(const struct planner *p, const struct slot *s, bool brief)
{
	switch (s->until) {
	case ALWAYS:
		return true;
	case UNTIL_AIM:
		return !brief && p->word_count < (size_t)p->r->style->aim;
	case UNTIL_LEAST:
		return (p->occasion & (OCCASION_DRAFT | OCCASION_FOLLOW_UP)) &&
		       p->word_count < (size_t)p->r->style->least;
	}
	return false;
}

int plan_make(struct planner *p, bool brief)
{
	p->pick_count = 0;
	p->said = p->against = (struct term_set){ 0 };
	p->introduced = values_introduced(p->r, p->req->found, &p->holds);
	p->word_count = p->r->style->signoff_words;
	for (size_t i = 0; i < sizeof(slots) / sizeof(slots[0]); i++) {
		int rc = wants(p, &slots[i], brief) ? fill_as_needed(p, &slots[i]) : 1;

		if (rc < 0)
			return -1;
		if (rc == 0 && slots[i].required && !(slots[i].part == PART_ADVICE && answers(p)))
			return 0;
	}
	sort_picks(p);
	return 1;
}
