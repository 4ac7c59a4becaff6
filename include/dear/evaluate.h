/* evaluate.h - how right the rules are, against labelled posts.
 *
 * A corpus is a JSON array (or NDJSON) of {"id", "text", "labels": [...],
 * "facts": {...}}; an optional "topic". A thread file with "expected" on its
 * comments (data/README.md, "thread JSON") is read too.
 */
#ifndef DEAR_EVALUATE_H
#define DEAR_EVALUATE_H

#include <stddef.h>

struct err;
struct rules;
struct file;

struct evaluate_row {
	const char *name;            /* label or fact; belongs to the result */
	size_t support;              /* posts that truly have it */
	size_t right, wrong, missed; /* true positives, false positives, false neg. */
	/* of those given with this band, how many, and how many of them right */
	size_t high, high_right, medium, medium_right;
};
struct evaluate_miss {
	const char *id, *name, *expected, *got, *quote;
};
struct evaluate_result {
	size_t posts;
	struct evaluate_row *labels, *facts;
	size_t label_count, fact_count;
	struct evaluate_miss *misses; /* every difference, in file order */
	size_t miss_count;
};

double evaluate_precision(const struct evaluate_row *r);
double evaluate_recall(const struct evaluate_row *r);
double evaluate_f1(const struct evaluate_row *r);
/* Mean F1 of the labels with at least min_support posts. */
double evaluate_macro_f1(const struct evaluate_result *e, size_t min_support);

/* NULL with ERR_INPUT when the corpus can't be read. evaluate_free it. */
struct evaluate_result *evaluate(const struct rules *r, struct file *corpus, struct err *err);
void evaluate_free(struct evaluate_result *e);

#endif
