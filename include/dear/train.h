/* train.h - learns the weights of data/weights from labelled posts.
 *
 * Logistic regression with an L2 penalty, in two stages: sentences, then posts
 * (classify_model.c says how they work together), and boosted trees beside the
 * second. No random numbers: the same posts and rules give the same bytes. Figures
 * and thresholds come from five-fold cross-validation over the corpus; posts of the
 * same opening words share a fold. Figures are those of the corpus; where the bands
 * begin is asked of the training posts, too.
 */
#ifndef DEAR_TRAIN_H
#define DEAR_TRAIN_H

#include <jansson.h>
#include <stddef.h>

struct buf;
struct err;
struct file;
struct rules;

struct train_input {
	struct file *corpus; /* what is measured on */
	struct file *const *more;
	size_t more_count; /* training posts beside it */
	json_t *evidence;  /* post id to label to code points of its text: in the sentences
			      there the label shows; NULL: not marked */
};

enum train_with { TRAIN_RULES, TRAIN_WORDS, TRAIN_BOTH, TRAIN_WITH_COUNT };

struct train_row {
	const char *label;             /* borrowed from the rules */
	size_t support;                /* posts of the corpus that carry it */
	double f1[TRAIN_WITH_COUNT];   /* rules alone, learned without the rules, both */
	double high_right, high_found; /* shares: right of those at high; found at high */
	double medium_right;
};
struct train_report {
	struct train_row *rows;
	size_t count;
	size_t posts, training_posts, features; /* features: that got weights */
};

/* Writes the file of weights into ret_weights. NULL with ERR_INPUT when a file
 * can't be read or no label has enough posts. train_report_free it. */
struct train_report *train_weights(const struct rules *r, const struct train_input *in,
				   struct buf *ret_weights, struct err *err);
void train_report_free(struct train_report *report);

#endif
