/* train_internal.h - what the files of training share. For train*.c only.
 *
 * Two stages. The first judges single sentences: it learns from sentences that
 * are known to show a label, or known not to. The second judges whole posts:
 * by the post's features, and by how its best two sentences were judged for
 * every label. For training the second, sentences are judged by a first stage
 * that never saw their post. Beside the second stage stand trees over the same
 * things without the words; the mean of both sums is what counts.
 */
#ifndef DEAR_TRAIN_INTERNAL_H
#define DEAR_TRAIN_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "classify_internal.h"
#include "dear/arena.h"
#include "dear/situation.h"

struct buf;
struct train_row;

#define TRAIN_FOLDS 5 /* of the cross-validation */
#define TRAIN_PARTS 3 /* of the posts, for judging sentences unseen */

/* One feature of a row: its column, and its value in the measure of learning. */
struct cell {
	uint32_t column;
	float value;
};
struct row {
	struct cell *cells; /* by column */
	size_t count;
};

/* One post. */
struct document {
	struct row whole;
	struct row *sentences;
	size_t sentence_count;
	uint64_t labels, by_rules; /* by situation; by_rules: what the rules alone give */
	uint64_t known;            /* by situation: looked for */
	uint64_t *shown;           /* by sentence: labels known to be shown there; NULL: unknown */
	int fold, part;
	bool measured; /* of the corpus; else a training post */
};

struct column {
	char *name;
	uint64_t hash;
	size_t posts;     /* that have the feature */
	size_t last_post; /* number + 1 of the last that was counted */
};

struct dataset {
	const struct rules *rules;
	json_t *evidence; /* post id to label to places; NULL */
	struct document *documents;
	size_t count, size;
	struct column *columns;
	size_t column_count, column_size;
	uint32_t *slots; /* column + 1 by hash */
	size_t slot_count;
	uint64_t *seen; /* by column, scratch: number of the row that had it last */
	size_t seen_size;
	uint64_t row_number;
	size_t situations[MODEL_LABELS]; /* that are learned */
	size_t without[MODEL_LABELS];    /* number of the label that never goes with it */
	size_t label_count;
	bool measured; /* what the posts being read are */
	struct arena arena;
};

/* --- train_read.c: posts to rows */
struct corpus_post;
void train_add(const struct corpus_post *post, void *dataset);
/* Takes out features that too few posts have. */
void train_prune(struct dataset *d);
void train_release(struct dataset *d);
/* A cell's value is the feature's own times this. */
float train_scale(const char *name);

/* --- train_fit.c: weighted logistic regression */
struct sample {
	const struct row *row;
	const double *extra; /* values of further columns from extra_from on; NULL */
	bool yes;
	double weight;
};
struct problem {
	struct sample *samples;
	size_t count, size;
	size_t columns; /* in all, extra ones among them */
	size_t extra_from, extra_count;
	double strength; /* how far the samples may bend the weights */
};
void problem_add(struct problem *p, struct sample s);
/* Weights by column, the bias last; free() them. */
double *problem_solve(const struct problem *p);
double sample_sum(const struct problem *p, const struct sample *s, const double *w);

/* --- train_sentence.c: the first stage */
/* Learns one label from every document with keep[i]. */
double *sentence_learn(const struct dataset *d, size_t label, const bool *keep);
/* What a document's sentences say, by enum pool_kind. */
void sentence_pool(const struct dataset *d, const struct document *doc, const double *weights,
		   double *ret);

/* --- train_post.c: the second stage */
struct pools {
	double *values; /* by document, as wide as POOL_WIDTH says */
	size_t width;
};
/* Judges sentences: of kept documents by models that never saw them, of the
 * others by one that learned from all kept. */
struct pools post_pools(const struct dataset *d, const bool *keep);
/* Weights by column, then by pool, the bias last. with_rules: also from the
 * rules' scores. */
double *post_learn(const struct dataset *d, size_t label, const bool *keep,
		   const struct pools *pools, bool with_rules);
double post_sum(const struct dataset *d, size_t document, size_t label, const struct pools *pools,
		bool with_rules, const double *weights);
/* A post that was not looked at for the label says nothing of it, nor does one with the
 * label that never goes with it. */
bool post_is_known(const struct dataset *d, const struct document *doc, size_t label);

/* --- train_tree.c: trees beside it */
struct test {
	char *name;
	uint32_t first, last; /* the posts that pass it, among those of tests */
	bool of_rules;        /* asks for the rules' scores */
};
struct tests {
	struct test *list; /* the first is passed by none */
	size_t count, size;
	uint32_t *posts;
	size_t post_count, post_size;
};
void tests_make(const struct dataset *d, const struct pools *pools, struct tests *ret);
void tests_release(struct tests *t);
/* Grows TREES trees; returns what they say of every document. */
double *trees_learn(const struct dataset *d, size_t label, const bool *keep,
		    const struct tests *tests, bool with_rules, struct tree *ret);

/* --- train_measure.c */
double train_f1_of_rules(const struct dataset *d, size_t situation);
/* At the threshold that serves best. */
double train_best_f1(const struct dataset *d, size_t situation, const double *p);
/* Where the bands begin; fills the row's shares. */
void train_thresholds(const struct dataset *d, size_t situation, const double *p,
		      const double *without_rules, double *ret, struct train_row *row);

/* --- train_write.c: the file of weights; returns how many features it holds */
struct learned {
	double *sentence, *post;
	struct tree *trees;
	double threshold[4]; /* by enum band */
};
size_t train_write(const struct dataset *d, const struct learned *l, const struct tests *tests,
		   struct buf *out);

#endif
