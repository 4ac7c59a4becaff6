/* train_sentence.c - the first stage: does this sentence show the label?
 *
 * What is known of sentences: in a post without the label none shows it; where
 * somebody marked the places, those do; in a short text all do. Of a long post
 * that has the label and no marks, the sentence that a first round likes best.
 */
#include <math.h>
#include <stdlib.h>

#include "dear/mem.h"
#include "train_internal.h"

#define STRENGTH       0.3
#define SHORT          3    /* sentences of a text that is its own evidence */
#define BESIDE         0.25 /* weight of a sentence that was passed over in marking */
#define LONG_SENTENCES 4.0  /* a post of more counts as that many */

static double weight_in(const struct document *doc)
{
	double n = (double)doc->sentence_count / LONG_SENTENCES;
	return n > 1 ? 1 / n : 1;
}

static void add_known(struct problem *p, const struct document *doc, uint64_t bit)
{
	bool has = doc->labels & bit, brief = doc->sentence_count <= SHORT;
	for (size_t s = 0; s < doc->sentence_count; s++) {
		struct sample one = { .row = &doc->sentences[s], .weight = weight_in(doc) };
		if (has && doc->shown) {
			one.yes = doc->shown[s] & bit;
			one.weight = one.yes ? 1 : BESIDE * one.weight;
		} else if (has && brief) {
			one.yes = true;
			one.weight = 1 / sqrt((double)doc->sentence_count);
		} else if (has) {
			continue;
		}
		if (one.row->count)
			problem_add(p, one);
	}
}

static double judge(const struct row *row, const double *weights, size_t columns)
{
	const struct problem p = { .columns = columns };
	const struct sample s = { .row = row };
	return sample_sum(&p, &s, weights);
}

static void add_best(struct problem *p, const struct document *doc, const double *weights)
{
	const struct row *best = NULL;
	double most = 0;
	for (size_t s = 0; s < doc->sentence_count; s++) {
		if (!doc->sentences[s].count)
			continue;
		double z = judge(&doc->sentences[s], weights, p->columns);
		if (!best || z > most) {
			best = &doc->sentences[s];
			most = z;
		}
	}
	if (best)
		problem_add(p, (struct sample){ .row = best, .yes = true, .weight = 1 });
}

double *sentence_learn(const struct dataset *d, size_t label, const bool *keep)
{
	struct problem p = { .columns = d->column_count, .strength = STRENGTH };
	uint64_t bit = (uint64_t)1 << d->situations[label];
	for (size_t i = 0; i < d->count; i++)
		if (keep[i] && (d->documents[i].known & bit))
			add_known(&p, &d->documents[i], bit);
	double *first = problem_solve(&p);
	size_t known = p.count;
	for (size_t i = 0; i < d->count; i++) {
		const struct document *doc = &d->documents[i];
		if (keep[i] && (doc->labels & bit) && !doc->shown && doc->sentence_count > SHORT)
			add_best(&p, doc, first);
	}
	if (p.count == known) {
		free(p.samples);
		return first;
	}
	double *second = problem_solve(&p);
	free(first);
	free(p.samples);
	return second;
}

void sentence_pool(const struct dataset *d, const struct document *doc, const double *weights,
		   double *ret)
{
	struct pool p = { 0 };
	for (size_t s = 0; s < doc->sentence_count; s++)
		pool_add(&p, judge(&doc->sentences[s], weights, d->column_count));
	pool_end(&p, ret);
}
