/* classify_model_internal.h - the learned layer: weights, features, trees. Part of
 * classify_internal.h, which includes it.
 */
#ifndef DEAR_CLASSIFY_MODEL_INTERNAL_H
#define DEAR_CLASSIFY_MODEL_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct happening;
struct marked;
struct outcome;
struct rules;

/* --- classify_model.c: the learned layer */
#define MODEL_LABELS 16
/* --- classify_pool.c: what a text's sentences say for a label, in a few numbers */
#define POOL_KINDS(X)            \
	X(POOL_BEST, "best")     \
	X(POOL_SECOND, "second") \
	X(POOL_FIRST, "first")   \
	X(POOL_LAST, "last")     \
	X(POOL_TOGETHER, "together")
enum pool_kind {
#define X(id, word) id,
	POOL_KINDS(X)
#undef X
		POOL_KIND_COUNT
};
/* Those of so many labels, and last the text's length. */
#define POOL_WIDTH(labels) (POOL_KIND_COUNT * (labels) + 1)
struct pool {
	double best, second, first, last, together;
	size_t count, at; /* sentences; the number of the best */
};
void pool_add(struct pool *p, double sum);
/* As the second stage takes them, by enum pool_kind. */
void pool_end(const struct pool *p, double *ret);
double pool_length(size_t sentences);

/* In whole hundredths, so that sums are exact in any order. */
struct weight {
	int16_t sentence[MODEL_LABELS], post[MODEL_LABELS];
};
struct weight_slot {
	uint64_t hash;   /* of the feature's name */
	uint32_t number; /* of its weight, + 1 */
};
struct model_label {
	uint32_t situation;
	size_t without; /* number of the label that never goes with it; SIZE_MAX */
	double sentence_bias, bias, threshold[4]; /* by enum band */
};
/* A tree of yes-or-no tests: of node i, node 2i + 1 follows a no, 2i + 2 a yes. */
#define TREES       80 /* of a label */
#define TREE_LEVELS 3
#define TREE_TESTS  7
#define TREE_LEAVES 8
#define TREE_START  -2.0 /* what is said before the first tree */
struct tree {
	uint16_t test[TREE_TESTS]; /* 0: passed by none */
	int16_t leaf[TREE_LEAVES]; /* in thousandths */
};
/* What a test asks of a text that is no feature: what its sentences say for a label,
 * or the rules' score, and from which value on it is passed. */
struct tree_test {
	uint8_t source; /* enum pool_kind; POOL_KIND_COUNT: the rules */
	uint32_t of;    /* number of a label with weights; of rules: of a situation */
	uint16_t test;
	double at;
};
struct model {
	struct model_label labels[MODEL_LABELS];
	size_t label_count;
	/* by label judged: what the sentences say of each label, and their number */
	double pool[MODEL_LABELS][POOL_WIDTH(MODEL_LABELS)];
	struct weight *weights;
	size_t count, size;
	uint32_t run_most; /* so many weights of a label never exceed an int16_t */
	uint16_t *test_of; /* by weight: number of the test that asks for it; 0: none */
	size_t test_size;
	struct tree_test *asked; /* the other tests */
	size_t asked_count, asked_size;
	uint16_t test_count;              /* numbers from 1 on */
	struct tree *trees[MODEL_LABELS]; /* TREES by label; NULL */
	struct weight_slot *slots;        /* by hash; a power of two */
	size_t slot_count;
	uint64_t *filter; /* bits by hash: no weight where none is set */
};
#define MODEL_FILTER_BITS (1u << 18)
static inline uint32_t model_filter_bit(uint64_t hash)
{
	return (uint32_t)(hash >> 40) & (MODEL_FILTER_BITS - 1);
}
static inline bool model_may_know(const struct model *m, uint64_t hash)
{
	uint32_t bit = model_filter_bit(hash);
	return m->filter[bit / 64] >> bit % 64 & 1;
}
const struct weight *model_find(const struct model *m, uint64_t hash);
/* A test of that number asks for the feature. */
void model_ask(struct model *m, const char *name, uint16_t test);
/* --- classify_feature.c */
struct feature {
	union {
		uint64_t hash;               /* without a model */
		const struct weight *weight; /* with one, of which only what is known is listed */
	};
	const char *name;     /* NULL unless names were asked for */
	uint32_t first, last; /* tokens; 0, 0 of the text as a whole */
	uint32_t sentence;
	float value;
	bool of_sentence, of_post; /* who looks at it */
};
struct features {
	struct feature *list;
	size_t count, size;
	size_t word_count; /* so many of the first are of words, in reading order */
	struct arena *arena;
	const struct model *model; /* whose weights are wanted; NULL: everything is listed */
	bool named;
};
/* What stands for a name in a model: a fold over its parts. */
static inline uint64_t feature_part(uint64_t h, uint32_t word)
{
	h = (h ^ word) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 29;
}
uint64_t feature_hash(const char *name);
/* When all rules are there: hashes what their features' names are made of. */
void feature_prepare(struct rules *r);
/* Appends every feature of the text, once for each place. */
void feature_collect(const struct marked *m, const struct happening *events, size_t event_count,
		     const struct outcome *outcomes, struct features *ret);

/* --- classify_tree.c: trees of the learned layer */
#define TREE_POOLS  12 /* values from which tests of sentences are passed */
#define TREE_SCORES 5
double tree_pool_at(size_t i);
double tree_score_at(size_t i);
/* The chance that both sums together tell. */
double tree_chance(double sum, double of_trees);
/* Sections "tests" and "trees" of a file of weights. */
struct jpiece;
int tree_read_test(struct rules *r, const struct jpiece *p, struct err *err);
int tree_read_label(struct rules *r, const struct jpiece *p, struct err *err);
/* Passes tests that are no features: sets passed[test]. */
void tree_ask(const struct model *m, const double *pool, const struct outcome *outcomes,
	      uint8_t *passed);
double tree_sum(const struct model *m, size_t label, const uint8_t *passed);
void tree_free(struct model *m);

/* What the judgement of a text stands on. */
struct grounds {
	/* what counted in its sentence: of words, then of events, both in the order of sentences */
	const struct feature *hits;
	size_t count, word_count;
	uint32_t best[MODEL_LABELS]; /* the sentence that speaks loudest for the label */
};
/* Scores the labels that have weights; uses up the features, whose model it is. */
void model_score(const struct marked *m, struct features *f, struct outcome *outcomes,
		 struct grounds *ret);
/* The hits that spoke loudest for a situation in its best sentence, at most
 * three; how many. */
size_t model_evidence(const struct rules *r, const struct grounds *g, uint32_t situation,
		      const struct feature **ret);
void model_free(struct model *m);

#endif
