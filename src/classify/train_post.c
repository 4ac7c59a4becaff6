/* train_post.c - the second stage: does the post carry the label? */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"
#include "train_internal.h"

#define STRENGTH 0.03

static void judge_all(const struct dataset *d, size_t label, const bool *learn, const bool *judge,
		      struct pools *ret)
{
	double *weights = sentence_learn(d, label, learn);
	for (size_t i = 0; i < d->count; i++)
		if (judge[i])
			sentence_pool(d, &d->documents[i], weights,
				      ret->values + i * ret->width + 2 * label);
	free(weights);
}

struct pools post_pools(const struct dataset *d, const bool *keep)
{
	struct pools pools = { .width = 2 * d->label_count };
	pools.values = mem_alloc((d->count * pools.width + 1) * sizeof(*pools.values));
	bool *learn = mem_alloc(d->count + 1), *judge = mem_alloc(d->count + 1);
	for (size_t label = 0; label < d->label_count; label++) {
		for (size_t i = 0; i < d->count; i++)
			judge[i] = !keep[i];
		judge_all(d, label, keep, judge, &pools);
		for (int part = 0; part < TRAIN_PARTS; part++) {
			for (size_t i = 0; i < d->count; i++) {
				learn[i] = keep[i] && d->documents[i].part != part;
				judge[i] = keep[i] && d->documents[i].part == part;
			}
			judge_all(d, label, learn, judge, &pools);
		}
	}
	free(learn);
	free(judge);
	return pools;
}

/* Rules' scores go with their own rows, so that they can be left out. */
static bool is_rule(const struct dataset *d, uint32_t column)
{
	return !strncmp(d->columns[column].name, "rules ", 6) ||
	       !strncmp(d->columns[column].name, "given ", 6);
}

static struct row without_rules(const struct dataset *d, const struct row *row)
{
	struct row out = { .cells = mem_alloc((row->count + 1) * sizeof(*out.cells)) };
	for (size_t i = 0; i < row->count; i++)
		if (!is_rule(d, row->cells[i].column))
			out.cells[out.count++] = row->cells[i];
	return out;
}

static struct problem post_problem(const struct dataset *d)
{
	return (struct problem){ .columns = d->column_count + 2 * d->label_count,
				 .extra_from = d->column_count,
				 .extra_count = 2 * d->label_count,
				 .strength = STRENGTH };
}

bool post_is_without(const struct dataset *d, const struct document *doc, size_t label)
{
	return d->without[label] != SIZE_MAX &&
	       (doc->labels >> d->situations[d->without[label]] & 1);
}

double *post_learn(const struct dataset *d, size_t label, const bool *keep,
		   const struct pools *pools, bool with_rules)
{
	struct problem p = post_problem(d);
	struct row *rows = mem_alloc((d->count + 1) * sizeof(*rows));
	for (size_t i = 0; i < d->count; i++) {
		const struct document *doc = &d->documents[i];
		if (!keep[i] || post_is_without(d, doc, label))
			continue;
		if (!with_rules)
			rows[i] = without_rules(d, &doc->whole);
		problem_add(&p, (struct sample){ .row = with_rules ? &doc->whole : &rows[i],
						 .extra = pools->values + i * pools->width,
						 .yes = doc->labels >> d->situations[label] & 1,
						 .weight = doc->measured ? 1 : 0.5 });
	}
	double *w = problem_solve(&p);
	for (size_t i = 0; i < d->count; i++)
		free(rows[i].cells);
	free(rows);
	free(p.samples);
	return w;
}

double post_sum(const struct dataset *d, size_t document, const struct pools *pools,
		bool with_rules, const double *weights)
{
	const struct problem p = post_problem(d);
	const struct document *doc = &d->documents[document];
	struct row row = with_rules ? doc->whole : without_rules(d, &doc->whole);
	const struct sample s = { .row = &row, .extra = pools->values + document * pools->width };
	double sum = sample_sum(&p, &s, weights);
	if (!with_rules)
		free(row.cells);
	return sum;
}
