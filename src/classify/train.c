/* train.c - the order of training: what is learned from and measured on, when.
 *
 * For the figures every fold of the corpus is judged by what never saw it; for
 * the file of weights everything is learned from.
 */
#include "dear/train.h"

#include <stdlib.h>
#include <string.h>

#include "corpus_internal.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"
#include "train_internal.h"

#define SUPPORT_LEAST 10 /* posts that carry a label, for it to be learned */

/* Probabilities of measured posts, with and without the rules' scores. */
struct judged {
	double *with[2];
};

static size_t support_of(const struct dataset *d, size_t situation)
{
	size_t n = 0;
	for (size_t i = 0; i < d->count; i++)
		n += d->documents[i].measured && (d->documents[i].labels >> situation & 1);
	return n;
}

static size_t find_without(const struct dataset *d, const char *label)
{
	for (size_t l = 0; label && l < d->label_count; l++)
		if (!strcmp(d->rules->situations[d->situations[l]].label, label))
			return l;
	return SIZE_MAX;
}

static int read_all(struct dataset *d, const struct train_input *in, struct err *err)
{
	d->measured = true;
	if (corpus_read(in->corpus, train_add, d, err))
		return -1;
	d->measured = false;
	for (size_t i = 0; i < in->more_count; i++)
		if (corpus_read(in->more[i], train_add, d, err))
			return -1;
	train_prune(d);
	for (size_t s = 0; s < d->rules->situation_count && d->label_count < MODEL_LABELS; s++)
		if (support_of(d, s) >= SUPPORT_LEAST)
			d->situations[d->label_count++] = s;
	for (size_t l = 0; l < d->label_count; l++)
		d->without[l] = find_without(d, d->rules->situations[d->situations[l]].without);
	if (!d->label_count)
		return err_set(err, ERR_INPUT, file_name(in->corpus), 0,
			       "no label has %d posts or more", SUPPORT_LEAST);
	return 0;
}

/* Judged by its best sentence: trees, which ask for all else, have no say. */
static bool is_apart(const struct dataset *d, size_t label)
{
	return d->rules->situations[d->situations[label]].apart;
}

/* What both the second stage and its trees say of documents that are not kept. */
static void judge_label(const struct dataset *d, size_t label, const bool *keep,
			const struct pools *pools, const struct tests *tests, bool rules,
			double *ret)
{
	struct tree trees[TREES];
	double *w = post_learn(d, label, keep, pools, rules);
	double *sums = is_apart(d, label) ? NULL : trees_learn(d, label, keep, tests, rules, trees);
	for (size_t i = 0; i < d->count; i++) {
		double sum = post_sum(d, i, label, pools, rules, w);
		if (!keep[i])
			ret[i] = tree_chance(sum, sums ? sums[i] : sum);
	}
	free(w);
	free(sums);
}

static void judge_fold(const struct dataset *d, int fold, struct judged *ret)
{
	bool *keep = mem_alloc(d->count + 1);
	struct tests tests;
	for (size_t i = 0; i < d->count; i++)
		keep[i] = d->documents[i].fold != fold;
	struct pools pools = post_pools(d, keep);
	tests_make(d, &pools, &tests);
	for (int rules = 0; rules < 2; rules++) {
		for (size_t l = 0; l < d->label_count; l++)
			judge_label(d, l, keep, &pools, &tests, rules, ret[l].with[rules]);
		for (size_t l = 0; l < d->label_count; l++)
			for (size_t i = 0; d->without[l] != SIZE_MAX && i < d->count; i++)
				if (!keep[i])
					ret[l].with[rules][i] *=
						1 - ret[d->without[l]].with[rules][i];
	}
	tests_release(&tests);
	free(pools.values);
	free(keep);
}

static void measure(const struct dataset *d, struct train_report *report, struct learned *learned)
{
	struct judged judged[MODEL_LABELS];
	for (size_t l = 0; l < d->label_count; l++)
		for (int rules = 0; rules < 2; rules++)
			judged[l].with[rules] = mem_alloc((d->count + 1) * sizeof(double));
	for (int fold = 0; fold < TRAIN_FOLDS; fold++)
		judge_fold(d, fold, judged);
	for (size_t l = 0; l < d->label_count; l++) {
		size_t s = d->situations[l];
		struct train_row *row = &report->rows[report->count++];
		*row = (struct train_row){ .label = d->rules->situations[s].label,
					   .support = support_of(d, s) };
		row->f1[TRAIN_RULES] = train_f1_of_rules(d, s);
		row->f1[TRAIN_WORDS] = train_best_f1(d, s, judged[l].with[0]);
		row->f1[TRAIN_BOTH] = train_best_f1(d, s, judged[l].with[1]);
		train_thresholds(d, s, judged[l].with[1], judged[l].with[0], learned[l].threshold,
				 row);
		free(judged[l].with[0]);
		free(judged[l].with[1]);
	}
}

static void learn_all(const struct dataset *d, struct learned *ret, struct tests *ret_tests)
{
	bool *keep = mem_alloc(d->count + 1);
	memset(keep, true, d->count);
	struct pools pools = post_pools(d, keep);
	tests_make(d, &pools, ret_tests);
	for (size_t l = 0; l < d->label_count; l++) {
		ret[l].trees = mem_alloc(TREES * sizeof(*ret[l].trees));
		if (!is_apart(d, l))
			free(trees_learn(d, l, keep, ret_tests, true, ret[l].trees));
		ret[l].sentence = sentence_learn(d, l, keep);
		ret[l].post = post_learn(d, l, keep, &pools, true);
	}
	free(pools.values);
	free(keep);
}

struct train_report *train_weights(const struct rules *r, const struct train_input *in,
				   struct buf *ret_weights, struct err *err)
{
	struct dataset d = { .rules = r, .evidence = in->evidence };
	struct train_report *report = NULL;
	struct learned learned[MODEL_LABELS] = { 0 };
	struct tests tests = { 0 };
	if (!read_all(&d, in, err)) {
		report = mem_alloc(sizeof(*report));
		report->rows = mem_alloc(MODEL_LABELS * sizeof(*report->rows));
		for (size_t i = 0; i < d.count; i++)
			*(d.documents[i].measured ? &report->posts : &report->training_posts) += 1;
		measure(&d, report, learned);
		learn_all(&d, learned, &tests);
		report->features = train_write(&d, learned, &tests, ret_weights);
	}
	for (size_t l = 0; l < MODEL_LABELS; l++) {
		free(learned[l].sentence);
		free(learned[l].post);
		free(learned[l].trees);
	}
	tests_release(&tests);
	train_release(&d);
	return report;
}

void train_report_free(struct train_report *report)
{
	if (!report)
		return;
	free(report->rows);
	free(report);
}
