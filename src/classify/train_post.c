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
				      ret->values + i * ret->width + POOL_KIND_COUNT * label);
	free(weights);
}

struct pools post_pools(const struct dataset *d, const bool *keep)
{
	struct pools pools = { .width = POOL_WIDTH(d->label_count) };
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
	for (size_t i = 0; i < d->count; i++)
		pools.values[(i + 1) * pools.width - 1] =
			pool_length(d->documents[i].sentence_count);
	free(learn);
	free(judge);
	return pools;
}

/* What a post's judgement for a label may look at. */
struct outlook {
	const char *label;  /* what is apart sees nothing but this; NULL: everything */
	bool rules;         /* the rules' own scores */
	size_t from, count; /* pools */
};

static struct outlook outlook_of(const struct dataset *d, size_t label, bool with_rules)
{
	const struct situation_rule *s = &d->rules->situations[d->situations[label]];
	struct outlook o = { .rules = with_rules, .count = POOL_WIDTH(d->label_count) };
	if (s->apart)
		o = (struct outlook){ s->label, with_rules, POOL_KIND_COUNT * label, 1 };
	return o;
}

static bool is_seen(const struct dataset *d, uint32_t column, const struct outlook *o)
{
	const char *name = d->columns[column].name, *last = strrchr(name, ' ');
	bool rule = !strncmp(name, "rules ", 6) || !strncmp(name, "given ", 6);
	if (o->label && (!rule || strcmp(last + 1, o->label) != 0))
		return false;
	return o->rules || !rule;
}

static struct row seen_of(const struct dataset *d, const struct row *row, const struct outlook *o)
{
	struct row out = { .cells = mem_alloc((row->count + 1) * sizeof(*out.cells)) };
	for (size_t i = 0; i < row->count; i++)
		if (is_seen(d, row->cells[i].column, o))
			out.cells[out.count++] = row->cells[i];
	return out;
}

static struct problem post_problem(const struct dataset *d, const struct outlook *o)
{
	return (struct problem){ .columns = d->column_count + POOL_WIDTH(d->label_count),
				 .extra_from = d->column_count + o->from,
				 .extra_count = o->count,
				 .strength = STRENGTH };
}

bool post_is_known(const struct dataset *d, const struct document *doc, size_t label)
{
	bool without = d->without[label] != SIZE_MAX &&
		       (doc->labels >> d->situations[d->without[label]] & 1);
	return !without && (doc->known >> d->situations[label] & 1);
}

double *post_learn(const struct dataset *d, size_t label, const bool *keep,
		   const struct pools *pools, bool with_rules)
{
	const struct outlook o = outlook_of(d, label, with_rules);
	struct problem p = post_problem(d, &o);
	struct row *rows = mem_alloc((d->count + 1) * sizeof(*rows));
	for (size_t i = 0; i < d->count; i++) {
		const struct document *doc = &d->documents[i];
		if (!keep[i] || !post_is_known(d, doc, label))
			continue;
		rows[i] = seen_of(d, &doc->whole, &o);
		problem_add(&p, (struct sample){ .row = &rows[i],
						 .extra = pools->values + i * pools->width + o.from,
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

double post_sum(const struct dataset *d, size_t document, size_t label, const struct pools *pools,
		bool with_rules, const double *weights)
{
	const struct outlook o = outlook_of(d, label, with_rules);
	const struct problem p = post_problem(d, &o);
	const struct document *doc = &d->documents[document];
	struct row row = seen_of(d, &doc->whole, &o);
	const struct sample s = { .row = &row,
				  .extra = pools->values + document * pools->width + o.from };
	double sum = sample_sum(&p, &s, weights);
	free(row.cells);
	return sum;
}
