/* bench_tree.h - who answers whom in a made-up thread.
 *
 * Of a hundred comments about sixty stand at top level; the rest are answers
 * by staff, readers' replies, follow-ups under an answer and additions to
 * one's own comment. A parent always comes before its children, by at most
 * BENCH_TREE_WINDOW comments, and nothing is nested deeper than WordPress's
 * default. The same seed and count give the same tree.
 */
#ifndef BENCH_TREE_H
#define BENCH_TREE_H

#include <stdbool.h>
#include <stdint.h>

#define BENCH_TREE_NONE   UINT32_MAX
#define BENCH_TREE_DEPTH  5
#define BENCH_TREE_WINDOW 64

struct bench_node {
	uint32_t parent;      /* or BENCH_TREE_NONE */
	uint32_t first, next; /* child, sibling; or BENCH_TREE_NONE */
	uint32_t person;      /* 0: unnamed */
	uint8_t depth;        /* from 1 */
	bool staff, answered;
};

struct bench_tree {
	struct bench_node *nodes;
	uint32_t count, people;
	uint32_t first; /* at top level */
};

void bench_tree_grow(struct bench_tree *t, uint32_t count, uint64_t seed);
void bench_tree_release(struct bench_tree *t);

#endif
