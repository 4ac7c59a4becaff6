/* train.h - learns the weights of data/weights from labelled posts.
 *
 * One logistic regression a label (L2, liblinear's Newton method: no random
 * numbers, so the same posts and rules give the same bytes), over the features
 * that classify sees. Figures and thresholds come from five-fold
 * cross-validation over the corpus; posts of the same opening words share a
 * fold. Training posts are learned from in every fold, but never measured on.
 */
#ifndef DEAR_TRAIN_H
#define DEAR_TRAIN_H

#include <stddef.h>

struct buf;
struct err;
struct file;
struct rules;

enum train_with { TRAIN_RULES, TRAIN_WORDS, TRAIN_BOTH, TRAIN_WITH_COUNT };

struct train_row {
	const char *label;             /* borrowed from the rules */
	size_t support;                /* posts of the corpus that carry it */
	double f1[TRAIN_WITH_COUNT];   /* rules alone, features without the rules, both */
	double high_right, high_found; /* shares: right of those at high; found at high */
	double medium_right;
};
struct train_report {
	struct train_row *rows;
	size_t count;
	size_t posts, training_posts, features; /* features: that got weights */
};

/* corpus: what is measured on; more: training posts beside it. Writes the file
 * of weights into ret_weights. NULL with ERR_INPUT when a file can't be read or
 * no label has enough posts. train_report_free it. */
struct train_report *train_weights(const struct rules *r, struct file *corpus,
				   struct file *const *more, size_t more_count,
				   struct buf *ret_weights, struct err *err);
void train_report_free(struct train_report *report);

#endif
