/* rules_gate.c - what has to stand around a pattern's anchor before the pattern
 * is worth a try.
 *
 * Of what a pattern can't do without, the rarest set on each side of its anchor
 * must be in the sentence on that side, and a set right beside the anchor right
 * there. Sets are told by signs: each has one of 64 bits, which it shares with
 * others. A few ANDs turn most tries down; what they let through is tried in
 * full, so that sharing costs time and changes nothing.
 */
#include <stdlib.h>

#include "classify_internal.h"
#include "dear/mem.h"

#define SIGNS       64
#define RARE_ENOUGH 0.01 /* commoner sets are in most sentences and would tell nothing */
#define NO_SET      UINT32_MAX

/* The sets that one kind of sign is for, and their bits. */
struct signs {
	uint64_t *bit; /* by set; 0 for those that nobody asks for */
};

/* Which sets a pattern asks for; NO_SET for none. */
struct wish {
	uint32_t before, after, last, next;
};

static bool is_needed(const struct element *e)
{
	return e->kind == ELEMENT_SET && !e->optional;
}

/* The rarest set needed among e[at], e[at + step] ... before e[end]. */
static uint32_t rarest(const struct rules *r, const struct element *e, size_t at, size_t end,
		       int step)
{
	double best = RARE_ENOUGH;
	uint32_t set = NO_SET;
	for (; at != end; at += (size_t)step) {
		if (!is_needed(&e[at]) || rules_pattern_common(r, e[at].set) >= best)
			continue;
		best = rules_pattern_common(r, e[at].set);
		set = e[at].set;
	}
	return set;
}

/* What only looks ("!x") takes no word: its neighbour is the next one. */
static uint32_t neighbour(const struct element *e, size_t at, size_t end, int step)
{
	while (at != end && (e[at].kind == ELEMENT_LAST_NOT || e[at].kind == ELEMENT_NEXT_NOT))
		at += (size_t)step;
	return at != end && is_needed(&e[at]) ? e[at].set : NO_SET;
}

static struct wish wish_of(const struct rules *r, const struct pattern *p)
{
	const struct element *e = r->elements + p->first;
	size_t left = p->anchor - (size_t)1, right = p->anchor + (size_t)1;
	return (struct wish){
		.before = rarest(r, e, left, (size_t)-1, -1),
		.after = rarest(r, e, right, p->count, 1),
		.last = neighbour(e, left, (size_t)-1, -1),
		.next = neighbour(e, right, p->count, 1),
	};
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

static void ask(struct signs *s, uint32_t set)
{
	if (set != NO_SET)
		s->bit[set] = 1;
}

static uint64_t sign(const struct signs *s, uint32_t set)
{
	return set == NO_SET ? 0 : s->bit[set];
}

static const struct entry_list *anchor_set(const struct rules *r, const struct pattern *p)
{
	return &r->sets[r->elements[p->first + p->anchor].set];
}

/* Puts the gates of an entry side by side, in the order of the patterns. */
static void list_gates(struct rules *r, const struct gate *by_pattern)
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
	for (size_t p = 0; p < r->pattern_count; p++) {
		const struct entry_list *s = anchor_set(r, &r->patterns[p]);
		for (size_t i = 0; i < s->count; i++) {
			struct entry_use *u = &r->uses[s->ids[i]];
			r->gates[u->gate + u->gate_count++] = by_pattern[p];
		}
	}
}

void rules_gate_finish(struct rules *r)
{
	size_t sets = r->set_count + 1, patterns = r->pattern_count + 1;
	uint64_t *bits = mem_alloc(3 * sets * sizeof(*bits));
	struct signs before = { bits }, after = { bits + sets }, near = { bits + 2 * sets };
	struct wish *wishes = mem_alloc(patterns * sizeof(*wishes));
	struct gate *gates = mem_alloc(patterns * sizeof(*gates));
	for (size_t p = 0; p < r->pattern_count; p++) {
		wishes[p] = wish_of(r, &r->patterns[p]);
		ask(&before, wishes[p].before);
		ask(&after, wishes[p].after);
		ask(&near, wishes[p].last);
		ask(&near, wishes[p].next);
	}
	share(r, before.bit);
	share(r, after.bit);
	share(r, near.bit);
	for (uint32_t p = 0; p < r->pattern_count; p++)
		gates[p] = (struct gate){ .pattern = p,
					  .before = sign(&before, wishes[p].before),
					  .after = sign(&after, wishes[p].after),
					  .last = sign(&near, wishes[p].last),
					  .next = sign(&near, wishes[p].next) };
	for (size_t s = 0; s < r->set_count; s++)
		for (size_t i = 0; i < r->sets[s].count; i++) {
			struct entry_use *u = &r->uses[r->sets[s].ids[i]];
			u->before |= before.bit[s];
			u->after |= after.bit[s];
			u->near |= near.bit[s];
		}
	list_gates(r, gates);
	free(gates);
	free(wishes);
	free(bits);
}
