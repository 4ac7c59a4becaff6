/* rules_gate.c - what has to stand around a pattern's anchor before the pattern
 * is worth a try.
 *
 * Of the sets that a pattern can't do without, the rare ones must be in the
 * sentence on their side of its anchor, one right beside the anchor right
 * there, and one behind a short gap within that gap. Sets are told by signs: each has one of 64
 * bits, which it shares with others. A few ANDs turn most tries down; what they let through is
 * tried in full, so that sharing costs time and changes nothing.
 */
#include <stdlib.h>

#include "classify_internal.h"
#include "dear/mem.h"

#define SIGNS       64
#define RARE_ENOUGH 0.01 /* commoner sets are in most sentences and would tell nothing */
#define LEAST_OFTEN 1e-5 /* where a pattern asks whose anchor is as good as never seen */
#define NO_SET      UINT32_MAX

/* Where a set may be asked for. */
enum side { BEFORE, AFTER, LAST, NEXT, LATELY, SOON, SIDES };

/* One place's signs. */
struct signs {
	double *asked; /* by set: rough share of tokens where a pattern asks for it; 0: none */
	uint64_t *bit; /* by set */
	uint64_t *lit; /* by entry: bits of the sets that hold it */
};

static bool is_needed(const struct element *e)
{
	return e->kind == ELEMENT_SET && !e->optional;
}

static bool is_rare(const struct rules *r, const struct element *e)
{
	return is_needed(e) && rules_pattern_common(r, e->set) < RARE_ENOUGH;
}

/* What only looks ("!x") takes no word: its neighbour is the next one. */
static size_t pass_looks(const struct element *e, size_t at, size_t end, int step)
{
	while (at != end && (e[at].kind == ELEMENT_LAST_NOT || e[at].kind == ELEMENT_NEXT_NOT))
		at += (size_t)step;
	return at;
}

static uint32_t neighbour(const struct element *e, size_t at, size_t end, int step)
{
	at = pass_looks(e, at, end, step);
	return at != end && is_needed(&e[at]) ? e[at].set : NO_SET;
}

/* The same behind a gap that is short and stays in the clause. */
static uint32_t beyond_gap(const struct element *e, size_t at, size_t end, int step)
{
	at = pass_looks(e, at, end, step);
	if (at == end || e[at].kind != ELEMENT_GAP || e[at].wide || e[at].max > GATE_REACH)
		return NO_SET;
	return neighbour(e, at + (size_t)step, end, step);
}

/* The set asked for on a side where there is but one; NO_SET. */
static uint32_t set_beside(const struct rules *r, const struct pattern *p, enum side side)
{
	const struct element *e = r->elements + p->first;
	switch (side) {
	case LAST:
		return neighbour(e, p->anchor - (size_t)1, (size_t)-1, -1);
	case NEXT:
		return neighbour(e, p->anchor + (size_t)1, p->count, 1);
	case LATELY:
		return beyond_gap(e, p->anchor - (size_t)1, (size_t)-1, -1);
	case SOON:
		return beyond_gap(e, p->anchor + (size_t)1, p->count, 1);
	case BEFORE:
	case AFTER:
	case SIDES:
		break;
	}
	return NO_SET;
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

/* By bit: how often it is lit, and how often asked for. */
struct load {
	double lit[SIGNS], asked[SIGNS];
};

/* The bit where the set does the least harm: lit for others that ask, and by
 * others when it is asked for. A word that lights a bit already lights it for
 * nothing, so sets with words in common go together. */
static size_t best_bit(const struct rules *r, const struct signs *s, uint32_t set, double common,
		       struct load *load)
{
	double more[SIGNS], least = 0;
	size_t best = 0;
	for (size_t k = 0; k < SIGNS; k++)
		more[k] = common;
	for (size_t i = 0; i < r->sets[set].count; i++) {
		uint32_t entry = r->sets[set].ids[i];
		for (uint64_t lit = s->lit[entry]; lit; lit &= lit - 1)
			more[__builtin_ctzll(lit)] -= r->lexicon.entries[entry].common;
	}
	for (size_t k = 0; k < SIGNS; k++) {
		double harm = more[k] * load->asked[k] +
			      (load->lit[k] + more[k] - common) * s->asked[set];
		if (k && harm >= least)
			continue;
		best = k;
		least = harm;
	}
	load->lit[best] += more[best];
	load->asked[best] += s->asked[set];
	return best;
}

/* Gives a bit to each set that is asked for. */
static void share(const struct rules *r, const struct signs *s)
{
	struct use *uses = mem_alloc((r->set_count + 1) * sizeof(*uses));
	struct load load = { 0 };
	size_t count = 0;
	for (uint32_t set = 0; set < r->set_count; set++)
		if (s->asked[set] > 0)
			uses[count++] = (struct use){ set, rules_pattern_common(r, set) };
	qsort(uses, count, sizeof(*uses), by_common);
	for (size_t i = 0; i < count; i++) {
		const struct entry_list *list = &r->sets[uses[i].set];
		size_t bit = best_bit(r, s, uses[i].set, uses[i].common, &load);
		s->bit[uses[i].set] = (uint64_t)1 << bit;
		for (size_t k = 0; k < list->count; k++)
			s->lit[list->ids[k]] |= (uint64_t)1 << bit;
	}
	free(uses);
}

/* Notes which sets the pattern asks for. */
static void ask(const struct rules *r, const struct pattern *p, const struct signs *signs)
{
	const struct element *e = r->elements + p->first;
	double often = rules_pattern_common(r, e[p->anchor].set) + LEAST_OFTEN;
	for (size_t i = 0; i < p->count; i++)
		if (i != p->anchor && is_rare(r, &e[i]))
			signs[i < p->anchor ? BEFORE : AFTER].asked[e[i].set] += often;
	for (enum side side = LAST; side < SIDES; side++)
		if (set_beside(r, p, side) != NO_SET)
			signs[side].asked[set_beside(r, p, side)] += often;
}

static struct gate make_gate(const struct rules *r, uint32_t number, const struct signs *signs)
{
	const struct pattern *p = &r->patterns[number];
	const struct element *e = r->elements + p->first;
	uint64_t asked[SIDES] = { 0 };
	for (size_t i = 0; i < p->count; i++)
		if (i != p->anchor && is_rare(r, &e[i]))
			asked[i < p->anchor ? BEFORE : AFTER] |=
				signs[i < p->anchor ? BEFORE : AFTER].bit[e[i].set];
	for (enum side side = LAST; side < SIDES; side++)
		if (set_beside(r, p, side) != NO_SET)
			asked[side] = signs[side].bit[set_beside(r, p, side)];
	return (struct gate){ asked[BEFORE], asked[AFTER], asked[LAST], asked[NEXT],
			      asked[LATELY], asked[SOON],  number };
}

static const struct entry_list *anchor_set(const struct rules *r, const struct pattern *p)
{
	return &r->sets[r->elements[p->first + p->anchor].set];
}

/* Puts the gates of an entry side by side, in the order of the patterns. */
static void list_gates(struct rules *r, const struct signs *signs)
{
	uint32_t total = 0;
	for (size_t p = 0; p < r->pattern_count; p++) {
		const struct entry_list *s = anchor_set(r, &r->patterns[p]);
		for (size_t i = 0; i < s->count; i++)
			r->uses[s->ids[i]].gate_count++;
	}
	for (size_t e = 0; e < r->lexicon.count; e++) {
		r->uses[e].gate = total;
		total += r->uses[e].gate_count;
		r->uses[e].gate_count = 0;
	}
	r->gates = mem_alloc((total + 1) * sizeof(*r->gates));
	for (uint32_t p = 0; p < r->pattern_count; p++) {
		const struct entry_list *s = anchor_set(r, &r->patterns[p]);
		struct gate g = make_gate(r, p, signs);
		for (size_t i = 0; i < s->count; i++) {
			struct entry_use *u = &r->uses[s->ids[i]];
			r->gates[u->gate + u->gate_count++] = g;
		}
	}
}

static void init_signs(const struct rules *r, struct signs *s)
{
	s->asked = mem_alloc((r->set_count + 1) * sizeof(*s->asked));
	s->bit = mem_alloc((r->set_count + 1) * sizeof(*s->bit));
	s->lit = mem_alloc((r->lexicon.count + 1) * sizeof(*s->lit));
}

void rules_gate_finish(struct rules *r)
{
	struct signs signs[SIDES];
	for (int side = 0; side < SIDES; side++)
		init_signs(r, &signs[side]);
	for (size_t p = 0; p < r->pattern_count; p++)
		ask(r, &r->patterns[p], signs);
	for (int side = 0; side < SIDES; side++)
		share(r, &signs[side]);
	for (size_t e = 0; e < r->lexicon.count; e++) {
		struct entry_use *u = &r->uses[e];
		u->before = signs[BEFORE].lit[e];
		u->after = signs[AFTER].lit[e];
		u->last = signs[LAST].lit[e];
		u->next = signs[NEXT].lit[e];
		u->lately = signs[LATELY].lit[e];
		u->soon = signs[SOON].lit[e];
	}
	list_gates(r, signs);
	for (int side = 0; side < SIDES; side++) {
		free(signs[side].asked);
		free(signs[side].bit);
		free(signs[side].lit);
	}
}
