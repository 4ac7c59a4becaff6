/* rules_gate.c - what has to stand around a pattern's anchor before the pattern
 * is worth a try.
 *
 * Of what a pattern can't do without, the rarest set on each side of its anchor
 * becomes a clue: the match keeps, by clue, where in the sentence it was seen.
 * A word that stands right beside the anchor has a sign too, one of 32 bits that
 * sets share. Clues and signs turn most tries down; what they let through is
 * tried in full, so that they cost time where they are wrong and change nothing.
 */
#include <stdlib.h>

#include "classify_internal.h"
#include "dear/mem.h"

#define CLUE_COMMON 0.01 /* commoner sets are everywhere and would tell nothing */
#define SIGNS       32

static bool is_needed(const struct element *e)
{
	return e->kind == ELEMENT_SET && !e->optional;
}

/* Tokens that one of the set may take. */
static uint32_t longest(const struct rules *r, uint32_t set)
{
	uint32_t most = 1;
	for (size_t i = 0; i < r->sets[set].count; i++) {
		uint32_t id = r->sets[set].ids[i], words = 1;
		if (id < BUILTIN_COUNT)
			return REACH_ANY;
		for (const char *c = r->lexicon.entries[id].word; *c; c++)
			words += *c == ' ';
		most = words > most ? words : most;
	}
	return most;
}

/* The clue for a set, made when new. */
static uint16_t clue_of(struct clue_index *clues, uint32_t set)
{
	if (!clues->of_set[set] && clues->count < UINT16_MAX)
		clues->of_set[set] = (uint16_t)++clues->count;
	return clues->of_set[set];
}

/* The rarest set that is needed at e[at], e[at + step] ... until e[end];
 * *ret_reach is how many tokens at most lie between it and the anchor. */
static uint16_t rarest(const struct rules *r, const struct element *e, size_t at, size_t end,
		       int step, struct clue_index *clues, uint8_t *ret_reach)
{
	double best = CLUE_COMMON;
	uint32_t reach = 0, set = UINT32_MAX;
	for (; at != end; at += (size_t)step) {
		if (is_needed(&e[at]) && rules_pattern_common(r, e[at].set) < best) {
			best = rules_pattern_common(r, e[at].set);
			set = e[at].set;
			*ret_reach = (uint8_t)(reach < REACH_ANY ? reach : REACH_ANY);
		}
		if (e[at].kind == ELEMENT_SET)
			reach += longest(r, e[at].set);
		else if (e[at].kind == ELEMENT_GAP)
			reach += e[at].max;
	}
	return set == UINT32_MAX ? 0 : clue_of(clues, set);
}

/* What only looks ("!x") takes no word: its neighbour is the next one. */
static uint32_t neighbour(const struct element *e, size_t at, size_t end, int step,
			  const uint32_t *signs)
{
	while (at != end && (e[at].kind == ELEMENT_LAST_NOT || e[at].kind == ELEMENT_NEXT_NOT))
		at += (size_t)step;
	return at != end && is_needed(&e[at]) ? signs[e[at].set] : 0;
}

static struct gate make_gate(struct rules *r, uint32_t p, const uint32_t *signs)
{
	const struct pattern *pat = &r->patterns[p];
	const struct element *e = r->elements + pat->first;
	struct gate g = { .pattern = p };
	uint8_t ignored;
	/* Going left ends before the first element, at -1. */
	g.before = rarest(r, e, pat->anchor - (size_t)1, (size_t)-1, -1, &r->before, &g.reach);
	g.after = rarest(r, e, pat->anchor + (size_t)1, pat->count, 1, &r->after, &ignored);
	g.last = neighbour(e, pat->anchor - (size_t)1, (size_t)-1, -1, signs);
	g.next = neighbour(e, pat->anchor + (size_t)1, pat->count, 1, signs);
	return g;
}

struct use {
	uint32_t set;
	double common;
};

/* Commonest first; the set's number makes the order the same everywhere. */
static int by_common(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	if (x->common != y->common)
		return x->common < y->common ? 1 : -1;
	return x->set < y->set ? -1 : 1;
}

/* By set that is needed somewhere: the sign least busy so far. */
static uint32_t *share_signs(const struct rules *r)
{
	uint32_t *signs = mem_alloc((r->set_count + 1) * sizeof(*signs));
	struct use *uses = mem_alloc((r->set_count + 1) * sizeof(*uses));
	double busy[SIGNS] = { 0 };
	size_t count = 0;
	for (size_t i = 0; i < r->element_count; i++) {
		uint32_t set = r->elements[i].set;
		if (is_needed(&r->elements[i]) && !signs[set]) {
			signs[set] = 1;
			uses[count++] = (struct use){ set, rules_pattern_common(r, set) };
		}
	}
	qsort(uses, count, sizeof(*uses), by_common);
	for (size_t i = 0; i < count; i++) {
		size_t least = 0;
		for (size_t k = 1; k < SIGNS; k++)
			if (busy[k] < busy[least])
				least = k;
		busy[least] += uses[i].common;
		signs[uses[i].set] = (uint32_t)1 << least;
	}
	free(uses);
	return signs;
}

static const struct entry_list *anchor_set(const struct rules *r, size_t p)
{
	const struct pattern *pat = &r->patterns[p];
	return &r->sets[r->elements[pat->first + pat->anchor].set];
}

/* Where a run that was counted begins; it is filled from 0. Returns its end. */
static uint32_t begin_run(struct run *run, uint32_t first)
{
	uint32_t end = first + run->count;
	*run = (struct run){ .first = first };
	return end;
}

/* Puts the gates of an entry side by side, in the order of the patterns. */
static void list_gates(struct rules *r, const uint32_t *signs)
{
	uint32_t total = 0;
	for (size_t p = 0; p < r->pattern_count; p++)
		for (size_t i = 0; i < anchor_set(r, p)->count; i++)
			r->uses[anchor_set(r, p)->ids[i]].gates.count++;
	for (size_t e = 0; e < r->lexicon.count; e++)
		total = begin_run(&r->uses[e].gates, total);
	r->gates = mem_alloc((total + 1) * sizeof(*r->gates));
	for (uint32_t p = 0; p < r->pattern_count; p++) {
		struct gate g = make_gate(r, p, signs);
		for (size_t i = 0; i < anchor_set(r, p)->count; i++) {
			struct run *run = &r->uses[anchor_set(r, p)->ids[i]].gates;
			r->gates[run->first + run->count++] = g;
		}
	}
}

static struct run *clue_run(struct rules *r, uint32_t entry, bool after)
{
	return after ? &r->uses[entry].after : &r->uses[entry].before;
}

/* Puts the clues that an entry gives side by side. */
static void list_clues(struct rules *r, struct clue_index *clues, bool after)
{
	uint32_t total = 0;
	for (size_t s = 0; s < r->set_count; s++)
		for (size_t i = 0; clues->of_set[s] && i < r->sets[s].count; i++)
			clue_run(r, r->sets[s].ids[i], after)->count++;
	for (uint32_t e = 0; e < r->lexicon.count; e++)
		total = begin_run(clue_run(r, e, after), total);
	clues->list = mem_alloc((total + 1) * sizeof(*clues->list));
	for (size_t s = 0; s < r->set_count; s++)
		for (size_t i = 0; clues->of_set[s] && i < r->sets[s].count; i++) {
			struct run *run = clue_run(r, r->sets[s].ids[i], after);
			clues->list[run->first + run->count++] = clues->of_set[s];
		}
}

void rules_gate_finish(struct rules *r)
{
	uint32_t *signs = share_signs(r);
	r->before.of_set = mem_alloc((r->set_count + 1) * sizeof(*r->before.of_set));
	r->after.of_set = mem_alloc((r->set_count + 1) * sizeof(*r->after.of_set));
	list_gates(r, signs);
	list_clues(r, &r->before, false);
	list_clues(r, &r->after, true);
	for (size_t s = 0; s < r->set_count; s++)
		for (size_t i = 0; i < r->sets[s].count; i++)
			r->uses[r->sets[s].ids[i]].signs |= signs[s];
	free(signs);
}

void rules_gate_release(struct rules *r)
{
	free(r->before.of_set);
	free(r->before.list);
	free(r->after.of_set);
	free(r->after.list);
	free(r->gates);
}
