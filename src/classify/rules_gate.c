/* rules_gate.c - what has to stand around a pattern's anchor before the pattern
 * is worth a try.
 *
 * Of the sets that a pattern can't do without, the rare ones must be in the
 * sentence on their side of its anchor, and one right beside the anchor right
 * there. Sets are told by signs: each has one of 64 bits, which it shares with
 * others. A few ANDs turn most tries down; what they let through is tried in
 * full, so that sharing costs time and changes nothing.
 */
#include <stdlib.h>

#include "classify_internal.h"
#include "dear/mem.h"

#define SIGNS       64
#define RARE_ENOUGH 0.005 /* commoner sets are in most sentences and would tell nothing */
#define NO_SET      UINT32_MAX

/* By set: its bit; 0 when no pattern asks for it there. */
struct signs {
	uint64_t *before, *after, *near;
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
static uint32_t neighbour(const struct element *e, size_t at, size_t end, int step)
{
	while (at != end && (e[at].kind == ELEMENT_LAST_NOT || e[at].kind == ELEMENT_NEXT_NOT))
		at += (size_t)step;
	return at != end && is_needed(&e[at]) ? e[at].set : NO_SET;
}

/* Sets that the pattern asks for right before and right after its anchor. */
static uint32_t last_of(const struct rules *r, const struct pattern *p)
{
	return neighbour(r->elements + p->first, p->anchor - (size_t)1, (size_t)-1, -1);
}

static uint32_t next_of(const struct rules *r, const struct pattern *p)
{
	return neighbour(r->elements + p->first, p->anchor + (size_t)1, p->count, 1);
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

/* Gives each set that was asked for the bit that is least busy so far. */
static void share(const struct rules *r, uint64_t *bit)
{
	struct use *uses = mem_alloc((r->set_count + 1) * sizeof(*uses));
	double busy[SIGNS] = { 0 };
	size_t count = 0;
	for (uint32_t s = 0; s < r->set_count; s++)
		if (bit[s])
			uses[count++] = (struct use){ s, rules_pattern_common(r, s) };
	qsort(uses, count, sizeof(*uses), by_common);
	for (size_t i = 0; i < count; i++) {
		size_t least = 0;
		for (size_t k = 1; k < SIGNS; k++)
			if (busy[k] < busy[least])
				least = k;
		busy[least] += uses[i].common;
		bit[uses[i].set] = (uint64_t)1 << least;
	}
	free(uses);
}

/* Notes which sets the pattern asks for. */
static void ask(const struct rules *r, const struct pattern *p, const struct signs *signs)
{
	const struct element *e = r->elements + p->first;
	for (size_t i = 0; i < p->count; i++)
		if (i != p->anchor && is_rare(r, &e[i]))
			(i < p->anchor ? signs->before : signs->after)[e[i].set] = 1;
	if (last_of(r, p) != NO_SET)
		signs->near[last_of(r, p)] = 1;
	if (next_of(r, p) != NO_SET)
		signs->near[next_of(r, p)] = 1;
}

static struct gate make_gate(const struct rules *r, uint32_t number, const struct signs *signs)
{
	const struct pattern *p = &r->patterns[number];
	const struct element *e = r->elements + p->first;
	struct gate g = { .pattern = number };
	for (size_t i = 0; i < p->count; i++) {
		if (i < p->anchor && is_rare(r, &e[i]))
			g.before |= signs->before[e[i].set];
		if (i > p->anchor && is_rare(r, &e[i]))
			g.after |= signs->after[e[i].set];
	}
	if (last_of(r, p) != NO_SET)
		g.last = signs->near[last_of(r, p)];
	if (next_of(r, p) != NO_SET)
		g.next = signs->near[next_of(r, p)];
	return g;
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

void rules_gate_finish(struct rules *r)
{
	size_t n = r->set_count + 1;
	uint64_t *bits = mem_alloc(3 * n * sizeof(*bits));
	struct signs signs = { bits, bits + n, bits + 2 * n };
	for (size_t p = 0; p < r->pattern_count; p++)
		ask(r, &r->patterns[p], &signs);
	share(r, signs.before);
	share(r, signs.after);
	share(r, signs.near);
	for (size_t s = 0; s < r->set_count; s++)
		for (size_t i = 0; i < r->sets[s].count; i++) {
			struct entry_use *u = &r->uses[r->sets[s].ids[i]];
			u->before |= signs.before[s];
			u->after |= signs.after[s];
			u->near |= signs.near[s];
		}
	list_gates(r, &signs);
	free(bits);
}
