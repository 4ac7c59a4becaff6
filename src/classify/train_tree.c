/* train_tree.c - small trees beside the second stage: what the sum of features
 * can't say, as that one thing counts only where another is there.
 *
 * Gradient boosting (Friedman, Greedy Function Approximation, 2001) of trees of
 * three levels over yes-or-no tests: has the post the feature, does a sentence or
 * a rule speak loudly enough. Each tree sees a share of posts and each level a
 * share of tests, so that no tree leans on one lucky feature; which share is told
 * by a hash, so that the same posts give the same trees.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/mem.h"
#include "train_internal.h"

#define RATE        0.08 /* of each tree's judgement that is taken */
#define LEAF_LEAST  5    /* posts on either side of a split */
#define DAMPING     1.0  /* added to a leaf's curvature */
#define POSTS_OF    10   /* out of so many ... */
#define POSTS_SHARE 6    /* ... as many are seen by a tree */
#define TESTS_SHARE 9    /* a level sees one test of so many */

static uint64_t mix(uint64_t a, uint64_t b)
{
	uint64_t h = (a ^ b) * 0x9E3779B97F4A7C15u;
	h = (h ^ h >> 29) * 0xBF58476D1CE4E5B9u;
	return h ^ h >> 32;
}

static void begin_test(struct tests *t, char *name, bool of_rules)
{
	t->list = mem_grow(t->list, &t->size, t->count + 1, sizeof(*t->list));
	t->list[t->count++] =
		(struct test){ .name = name, .of_rules = of_rules, .first = t->post_count };
}

static void add_post(struct tests *t, size_t document)
{
	t->posts = mem_grow(t->posts, &t->post_size, t->post_count + 1, sizeof(*t->posts));
	t->posts[t->post_count++] = (uint32_t)document;
}

/* A test that hardly any post passes, or fails, is of no use. */
static void end_test(const struct dataset *d, struct tests *t)
{
	struct test *last = &t->list[t->count - 1];
	last->last = t->post_count;
	size_t n = last->last - last->first;
	if (n >= LEAF_LEAST && n + LEAF_LEAST <= d->count)
		return;
	free(last->name);
	t->post_count = last->first;
	t->count--;
}

static char *test_name(const char *kind, const char *label, double at)
{
	struct buf name = BUF_INIT;
	buf_printf(&name, "%s %s %g", kind, label, at);
	char *out = mem_strdup(name.str);
	buf_release(&name);
	return out;
}

static bool is_word(const char *name)
{
	return !strncmp(name, "w ", 2) || !strncmp(name, "h ", 2) || !strncmp(name, "b ", 2);
}

/* By column: which posts have it. */
struct holders {
	uint32_t *first, *posts;
	float *values;
};

static struct holders find_holders(const struct dataset *d)
{
	struct holders h = { .first = mem_alloc((d->column_count + 2) * sizeof(*h.first)) };
	for (size_t i = 0; i < d->count; i++)
		for (size_t k = 0; k < d->documents[i].whole.count; k++)
			h.first[d->documents[i].whole.cells[k].column + 2]++;
	for (size_t c = 1; c < d->column_count + 2; c++)
		h.first[c] += h.first[c - 1];
	size_t total = h.first[d->column_count + 1];
	h.posts = mem_alloc((total + 1) * sizeof(*h.posts));
	h.values = mem_alloc((total + 1) * sizeof(*h.values));
	for (size_t i = 0; i < d->count; i++) {
		const struct row *row = &d->documents[i].whole;
		for (size_t k = 0; k < row->count; k++) {
			uint32_t at = h.first[row->cells[k].column + 1]++;
			h.posts[at] = (uint32_t)i;
			h.values[at] = row->cells[k].value;
		}
	}
	return h;
}

static void test_column(const struct dataset *d, const struct holders *h, size_t column,
			struct tests *t)
{
	const char *name = d->columns[column].name;
	bool score = !strncmp(name, "rules ", 6), given = !strncmp(name, "given ", 6);
	if (is_word(name))
		return;
	for (size_t k = 0; k < (score ? TREE_SCORES : 1); k++) {
		double at = score ? tree_score_at(k) : 0;
		begin_test(t, score ? test_name("rules", name + 6, at) : mem_strdup(name),
			   score || given);
		for (uint32_t i = h->first[column]; i < h->first[column + 1]; i++)
			if (!score || (double)(h->values[i] / train_scale(name)) >= at)
				add_post(t, h->posts[i]);
		end_test(d, t);
	}
}

static void test_pool(const struct dataset *d, const struct pools *pools, size_t column,
		      struct tests *t)
{
	static const char *const kinds[] = {
#define X(id, word) word,
		POOL_KINDS(X)
#undef X
	};
	const char *label = d->rules->situations[d->situations[column / POOL_KIND_COUNT]].label;
	for (size_t k = 0; k < TREE_POOLS; k++) {
		double at = tree_pool_at(k);
		begin_test(t, test_name(kinds[column % POOL_KIND_COUNT], label, at), false);
		for (size_t i = 0; i < d->count; i++)
			if (pools->values[i * pools->width + column] >= at)
				add_post(t, i);
		end_test(d, t);
	}
}

void tests_make(const struct dataset *d, const struct pools *pools, struct tests *ret)
{
	struct holders h = find_holders(d);
	*ret = (struct tests){ 0 };
	begin_test(ret, mem_strdup("never"), false);
	ret->list[0].last = 0;
	for (size_t c = 0; c < d->column_count; c++)
		test_column(d, &h, c, ret);
	for (size_t c = 0; c + 1 < pools->width; c++)
		test_pool(d, pools, c, ret);
	free(h.first);
	free(h.posts);
	free(h.values);
}

void tests_release(struct tests *t)
{
	for (size_t i = 0; i < t->count; i++)
		free(t->list[i].name);
	free(t->list);
	free(t->posts);
}

/* What is known of a post while trees grow. */
struct grown {
	double sum, slope, curve;
	uint8_t node; /* of the tree in the making, as in a heap */
	bool learned, seen;
};

struct side {
	double slope, curve;
	uint32_t posts;
};

struct growth {
	const struct dataset *d;
	const struct tests *tests;
	struct grown *posts;
	bool with_rules;
	uint64_t chance;
};

static void add_side(struct side *s, const struct grown *g)
{
	s->slope += g->slope;
	s->curve += g->curve;
	s->posts++;
}

static double worth(const struct side *s)
{
	return s->slope * s->slope / (s->curve + DAMPING);
}

static void begin_tree(struct growth *g, size_t label, uint64_t number)
{
	size_t situation = g->d->situations[label];
	g->chance = mix(number + 1, label + 1);
	for (size_t i = 0; i < g->d->count; i++) {
		struct grown *one = &g->posts[i];
		const struct document *doc = &g->d->documents[i];
		double p = 1 / (1 + exp(-one->sum)), weight = doc->measured ? 1 : 0.5;
		one->node = 0;
		one->seen = one->learned && mix(g->chance, i) % POSTS_OF < POSTS_SHARE;
		one->slope = weight * (p - (double)(doc->labels >> situation & 1));
		one->curve = weight * p * (1 - p);
	}
}

/* Those of the level's nodes that pass the test, among posts seen. */
static void take_sides(const struct growth *g, const struct test *test, struct side *ret)
{
	for (uint32_t k = test->first; k < test->last; k++) {
		const struct grown *one = &g->posts[g->tests->posts[k]];
		if (one->seen)
			add_side(&ret[one->node], one);
	}
}

/* Splits every node of a level; nodes count from 0 over the whole tree. */
static void split_level(const struct growth *g, size_t level, uint16_t *ret)
{
	size_t from = ((size_t)1 << level) - 1, to = 2 * from + 1;
	struct side all[TREE_TESTS] = { 0 }, in[TREE_TESTS];
	double best[TREE_TESTS] = { 0 };
	for (size_t i = 0; i < g->d->count; i++)
		if (g->posts[i].seen)
			add_side(&all[g->posts[i].node], &g->posts[i]);
	for (size_t t = 1; t < g->tests->count; t++) {
		const struct test *test = &g->tests->list[t];
		if ((test->of_rules && !g->with_rules) ||
		    mix(g->chance + level, t) % TESTS_SHARE != 0)
			continue;
		memset(in, 0, sizeof(in));
		take_sides(g, test, in);
		for (size_t n = from; n < to; n++) {
			struct side out = { all[n].slope - in[n].slope, all[n].curve - in[n].curve,
					    all[n].posts - in[n].posts };
			double gain = worth(&in[n]) + worth(&out) - worth(&all[n]);
			if (in[n].posts < LEAF_LEAST || out.posts < LEAF_LEAST || gain <= best[n])
				continue;
			best[n] = gain;
			ret[n] = (uint16_t)t;
		}
	}
}

/* Sends every post one level down. */
static void descend(const struct growth *g, size_t level, const uint16_t *tests)
{
	size_t from = ((size_t)1 << level) - 1, to = 2 * from + 1;
	uint8_t *passed = mem_alloc(g->d->count + 1);
	for (size_t n = from; n < to; n++) {
		const struct test *test = &g->tests->list[tests[n]];
		for (uint32_t k = test->first; k < test->last; k++)
			if (g->posts[g->tests->posts[k]].node == n)
				passed[g->tests->posts[k]] = 1;
	}
	for (size_t i = 0; i < g->d->count; i++)
		g->posts[i].node = (uint8_t)(2 * g->posts[i].node + 1 + passed[i]);
	free(passed);
}

static void end_tree(const struct growth *g, struct tree *tree)
{
	struct side leaves[TREE_LEAVES] = { 0 };
	for (size_t i = 0; i < g->d->count; i++)
		if (g->posts[i].seen)
			add_side(&leaves[g->posts[i].node - TREE_TESTS], &g->posts[i]);
	for (size_t k = 0; k < TREE_LEAVES; k++) {
		double step = -RATE * leaves[k].slope / (leaves[k].curve + DAMPING);
		tree->leaf[k] = (int16_t)lround(1000 * step);
	}
	for (size_t i = 0; i < g->d->count; i++)
		g->posts[i].sum += tree->leaf[g->posts[i].node - TREE_TESTS] / 1000.0;
}

double *trees_learn(const struct dataset *d, size_t label, const bool *keep,
		    const struct tests *tests, bool with_rules, struct tree *ret)
{
	struct growth g = { .d = d, .tests = tests, .with_rules = with_rules };
	double *sums = mem_alloc((d->count + 1) * sizeof(*sums));
	g.posts = mem_alloc((d->count + 1) * sizeof(*g.posts));
	for (size_t i = 0; i < d->count; i++) {
		g.posts[i].learned = keep[i] && post_is_known(d, &d->documents[i], label);
		g.posts[i].sum = TREE_START;
	}
	memset(ret, 0, TREES * sizeof(*ret));
	for (size_t t = 0; t < TREES; t++) {
		begin_tree(&g, label, t);
		for (size_t level = 0; level < TREE_LEVELS; level++) {
			split_level(&g, level, ret[t].test);
			descend(&g, level, ret[t].test);
		}
		end_tree(&g, &ret[t]);
	}
	for (size_t i = 0; i < d->count; i++)
		sums[i] = g.posts[i].sum;
	free(g.posts);
	return sums;
}
