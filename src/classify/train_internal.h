/* train_internal.h - what the files of training share. For train*.c only. */
#ifndef DEAR_TRAIN_INTERNAL_H
#define DEAR_TRAIN_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/arena.h"

struct buf;
struct rules;
struct train_row;

#define TRAIN_FOLDS 5

struct cell {
	uint32_t column;
	float value;
};

/* One post: its features, its labels (bits by situation). */
struct document {
	struct cell *cells; /* by column */
	size_t count;
	uint64_t labels, by_rules; /* by_rules: what the rules alone give */
	int fold;
	bool measured; /* of the corpus; else a training post */
};

struct column {
	char *name;
	uint64_t hash;
	size_t documents;     /* that have the feature */
	size_t last_document; /* number + 1 of the last one seen */
};

struct dataset {
	const struct rules *rules;
	struct document *documents;
	size_t count, size;
	struct column *columns;
	size_t column_count, column_size;
	uint32_t *slots; /* column + 1 by hash */
	size_t slot_count;
	bool measured; /* what the posts being read are */
	struct arena arena;
};

struct learned {
	size_t situation;
	double bias, threshold[4]; /* by enum band */
	double *weights;           /* by column, of the feature's own value */
};

/* --- train_fit.c: liblinear */
/* Learns from all documents but the measured ones of a fold (-1: from all).
 * with_rules: also from the rules' scores. free() ret->weights. */
void train_fit(const struct dataset *d, size_t situation, double strength, int fold,
	       bool with_rules, struct learned *ret);
double train_probability(const struct document *doc, const struct learned *l);
/* ret_p[i]: of each measured document, told by what never saw its fold. */
void train_cross_validate(const struct dataset *d, size_t situation, double strength,
			  bool with_rules, double *ret_p);

/* --- train_measure.c */
double train_f1_of_rules(const struct dataset *d, size_t situation);
/* At the threshold that serves best. */
double train_best_f1(const struct dataset *d, size_t situation, const double *p);
/* Where the bands begin; fills the row's shares. */
void train_thresholds(const struct dataset *d, size_t situation, const double *p, double *ret,
		      struct train_row *row);

/* --- train_write.c: the file of weights; returns how many features it holds */
size_t train_write(const struct dataset *d, const struct learned *l, size_t count, struct buf *out);

#endif
