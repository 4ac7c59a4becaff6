/* train_fit.c - logistic regression by liblinear, over a dataset or a part. The
 * one file that knows liblinear; its names are those of everything ("model",
 * "train"), so it sees no other header of this folder but train_internal.h.
 */
#include <linear.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"
#include "train_internal.h"

#define DOCUMENTS_LEAST 3 /* that have a feature, for it to be learned */
#define PRECISION       0.005

/* How loudly a kind of feature may speak: regularisation holds all weights
 * alike, so a surer kind is made larger. */
static double scale_of(const char *name)
{
	static const struct {
		const char *kind;
		double scale;
	} scales[] = {
		{ "rules ", 3 },
		{ "signal ", 2 },
		{ "latest ", 2 },
		{ "e ", 1.5 },
	};
	for (size_t i = 0; i < sizeof(scales) / sizeof(*scales); i++)
		if (!strncmp(name, scales[i].kind, strlen(scales[i].kind)))
			return scales[i].scale;
	return 1;
}

static bool is_used(const struct dataset *d, uint32_t column, bool with_rules)
{
	const struct column *c = &d->columns[column];
	return c->documents >= DOCUMENTS_LEAST &&
	       (with_rules || strncmp(c->name, "rules ", 6) != 0);
}

/* The document as liblinear takes it: columns from 1, then the bias, then -1. */
static struct feature_node *node_list(const struct dataset *d, const struct document *doc,
				      bool with_rules)
{
	struct feature_node *list = mem_alloc((doc->count + 2) * sizeof(*list));
	size_t n = 0;
	for (size_t i = 0; i < doc->count; i++) {
		const struct cell *c = &doc->cells[i];
		if (!is_used(d, c->column, with_rules))
			continue;
		list[n].index = (int)c->column + 1;
		list[n++].value = c->value * scale_of(d->columns[c->column].name);
	}
	list[n].index = (int)d->column_count + 1;
	list[n++].value = 1;
	list[n].index = -1;
	return list;
}

static void keep_quiet(const char *text)
{
	(void)text;
}

/* Weights in the feature's own measure; liblinear's sign is that of the class
 * it met first. */
static void take_weights(const struct dataset *d, const struct model *m, struct learned *ret)
{
	ret->weights = mem_alloc((d->column_count + 1) * sizeof(*ret->weights));
	for (size_t c = 0; c < d->column_count; c++)
		ret->weights[c] = get_decfun_coef(m, (int)c + 1, 0) * scale_of(d->columns[c].name);
	ret->bias = get_decfun_bias(m, 0);
	if (m->label[0] == 1)
		return;
	for (size_t c = 0; c < d->column_count; c++)
		ret->weights[c] = -ret->weights[c];
	ret->bias = -ret->bias;
}

void train_fit(const struct dataset *d, size_t situation, double strength, int fold,
	       bool with_rules, struct learned *ret)
{
	struct problem p = { .n = (int)d->column_count + 1, .bias = 1 };
	struct parameter how = { .solver_type = L2R_LR, .C = strength, .eps = PRECISION };
	p.x = mem_alloc((d->count + 1) * sizeof(*p.x));
	p.y = mem_alloc((d->count + 1) * sizeof(*p.y));
	for (size_t i = 0; i < d->count; i++) {
		const struct document *doc = &d->documents[i];
		if (doc->measured && doc->fold == fold)
			continue;
		p.x[p.l] = node_list(d, doc, with_rules);
		p.y[p.l++] = (double)(doc->labels >> situation & 1);
	}
	set_print_string_function(keep_quiet);
	struct model *m = train(&p, &how);
	take_weights(d, m, ret);
	free_and_destroy_model(&m);
	for (int i = 0; i < p.l; i++)
		free(p.x[i]);
	free(p.x);
	free(p.y);
}

double train_probability(const struct document *doc, const struct learned *l)
{
	double sum = l->bias;
	for (size_t i = 0; i < doc->count; i++)
		sum += l->weights[doc->cells[i].column] * (double)doc->cells[i].value;
	return 1 / (1 + exp(-sum));
}

void train_cross_validate(const struct dataset *d, size_t situation, double strength,
			  bool with_rules, double *ret_p)
{
	for (int fold = 0; fold < TRAIN_FOLDS; fold++) {
		struct learned l = { 0 };
		train_fit(d, situation, strength, fold, with_rules, &l);
		for (size_t i = 0; i < d->count; i++)
			if (d->documents[i].measured && d->documents[i].fold == fold)
				ret_p[i] = train_probability(&d->documents[i], &l);
		free(l.weights);
	}
}
