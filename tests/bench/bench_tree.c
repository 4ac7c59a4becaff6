/* Grows the tree comment by comment: each draws what it is, then looks among
 * the latest ones for a parent that suits; without one it stands alone.
 */
#include "bench_tree.h"

#include <stdlib.h>

#include "bench_text.h"
#include "dear/mem.h"

enum kind { KIND_ALONE, KIND_ANSWER, KIND_REPLY, KIND_FOLLOW_UP, KIND_ADDITION };

static enum kind draw_kind(uint64_t *state)
{
	uint32_t percent = bench_random(state, 100);

	if (percent < 58) /* some of the others find no parent: 60 in the end */
		return KIND_ALONE;
	if (percent < 79)
		return KIND_ANSWER;
	if (percent < 88)
		return KIND_REPLY;
	return percent < 95 ? KIND_FOLLOW_UP : KIND_ADDITION;
}

static bool suits(const struct bench_tree *t, uint32_t i, enum kind kind)
{
	const struct bench_node *n = &t->nodes[i];

	if (n->depth == BENCH_TREE_DEPTH)
		return false;
	switch (kind) {
	case KIND_ANSWER:
		return !n->staff && !n->answered;
	case KIND_FOLLOW_UP:
		return n->staff;
	case KIND_REPLY:
		return !n->staff;
	case KIND_ADDITION:
		return !n->staff && n->person != 0;
	case KIND_ALONE:
		break;
	}
	return false;
}

static uint32_t find_parent(const struct bench_tree *t, enum kind kind, uint64_t *state)
{
	uint32_t window = t->count < BENCH_TREE_WINDOW ? t->count : BENCH_TREE_WINDOW;

	if (kind == KIND_ALONE || window == 0)
		return BENCH_TREE_NONE;
	for (int tries = 0; tries < 8; tries++) {
		uint32_t i = t->count - 1 - bench_random(state, window);
		if (suits(t, i, kind))
			return i;
	}
	return BENCH_TREE_NONE;
}

/* One reader in 25 gives no name, one in ten has written here before. */
static uint32_t draw_person(struct bench_tree *t, uint64_t *state)
{
	if (bench_random(state, 25) == 0)
		return 0;
	if (t->people > 0 && bench_random(state, 10) == 0)
		return 1 + bench_random(state, t->people);
	return ++t->people;
}

static void add_node(struct bench_tree *t, uint64_t *state)
{
	enum kind kind = draw_kind(state);
	uint32_t parent = find_parent(t, kind, state);
	struct bench_node *n = &t->nodes[t->count];

	*n = (struct bench_node){ parent, BENCH_TREE_NONE, BENCH_TREE_NONE, 0, 1, false, false };
	if (parent == BENCH_TREE_NONE) {
		n->person = draw_person(t, state);
	} else {
		struct bench_node *p = &t->nodes[parent];
		n->depth = p->depth + 1;
		n->staff = kind == KIND_ANSWER;
		p->answered |= n->staff;
		if (kind == KIND_ADDITION)
			n->person = p->person;
		else if (kind == KIND_FOLLOW_UP) /* a staff comment has a parent */
			n->person = t->nodes[p->parent].person;
		else if (kind == KIND_REPLY)
			n->person = draw_person(t, state);
	}
	t->count++;
}

void bench_tree_grow(struct bench_tree *t, uint32_t count, uint64_t seed)
{
	uint64_t state = seed;

	*t = (struct bench_tree){ .first = BENCH_TREE_NONE };
	t->nodes = mem_alloc(((size_t)count + 1) * sizeof(*t->nodes));
	while (t->count < count)
		add_node(t, &state);
	for (uint32_t i = count; i-- > 0;) {
		struct bench_node *n = &t->nodes[i];
		uint32_t *list =
			n->parent == BENCH_TREE_NONE ? &t->first : &t->nodes[n->parent].first;
		n->next = *list;
		*list = i;
	}
}

void bench_tree_release(struct bench_tree *t)
{
	free(t->nodes);
	*t = (struct bench_tree){ .first = BENCH_TREE_NONE };
}
