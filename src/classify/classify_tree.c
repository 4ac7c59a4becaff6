/* classify_tree.c - the learned layer's trees: small chains of yes-or-no tests
 * beside the sum of weights, for what counts only where something else is there.
 * Both sums have an equal say.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

double tree_pool_at(size_t i)
{
	static const double at[TREE_POOLS] = { -2, -1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 10 };
	return at[i];
}

double tree_score_at(size_t i)
{
	static const double at[TREE_SCORES] = { 0.1, 0.3, 0.5, 0.7, 0.9 };
	return at[i];
}

double tree_chance(double sum, double of_trees)
{
	return 1 / (1 + exp(-(sum + of_trees) / 2));
}

static uint32_t find_label(const struct rules *r, const char *label, size_t n, bool situation)
{
	const struct model *m = r->model;
	size_t count = situation ? r->situation_count : m->label_count;
	for (uint32_t i = 0; i < count; i++) {
		size_t s = situation ? i : m->labels[i].situation;
		if (strlen(r->situations[s].label) == n &&
		    !memcmp(r->situations[s].label, label, n))
			return i;
	}
	return UINT32_MAX;
}

/* "best no_contact 3": 0 when it is one of those; 1 when it is a feature. */
static int read_asked(const struct rules *r, const char *name, struct tree_test *ret)
{
	static const char *const sources[] = {
#define X(id, word) word " ",
		POOL_KINDS(X)
#undef X
			"rules "
	};
	for (int s = 0; s <= POOL_KIND_COUNT; s++) {
		size_t n = strlen(sources[s]);
		const char *at = strrchr(name, ' ');
		if (strncmp(name, sources[s], n) != 0 || at < name + n)
			continue;
		ret->source = (uint8_t)s;
		ret->of = find_label(r, name + n, (size_t)(at - name) - n, s == POOL_KIND_COUNT);
		ret->at = strtod(at + 1, NULL);
		return ret->of == UINT32_MAX ? -1 : 0;
	}
	return 1;
}

int tree_read_test(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct model *m = r->model;
	struct tree_test test = { .test = (uint16_t)(m->test_count + 1) };
	const char *name = json_string_value(p->value);
	int kind = name && m->test_count < UINT16_MAX - 1 ? read_asked(r, name, &test) : -1;
	if (kind < 0)
		return err_set(err, ERR_RULES, p->file, p->line,
			       "a test names a feature, or a label and a value");
	m->test_count++;
	if (kind) {
		model_ask(m, name, m->test_count);
		return 0;
	}
	m->asked = mem_grow(m->asked, &m->asked_size, m->asked_count + 1, sizeof(*m->asked));
	m->asked[m->asked_count++] = test;
	return 0;
}

/* A tree is its tests' numbers, then its leaves. */
static int read_tree(const struct model *m, const json_t *from, struct tree *ret)
{
	if (json_array_size(from) != TREE_TESTS + TREE_LEAVES)
		return -1;
	for (size_t i = 0; i < TREE_TESTS + TREE_LEAVES; i++) {
		json_int_t n = json_integer_value(json_array_get(from, i));
		bool test = i < TREE_TESTS;
		if (test ? n < 0 || n > m->test_count : n < INT16_MIN || n > INT16_MAX)
			return -1;
		if (test)
			ret->test[i] = (uint16_t)n;
		else
			ret->leaf[i - TREE_TESTS] = (int16_t)n;
	}
	return 0;
}

int tree_read_label(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct model *m = r->model;
	uint32_t label = find_label(r, p->key, strlen(p->key), false);
	if (label == UINT32_MAX || m->trees[label] || json_array_size(p->value) > TREES)
		return err_set(err, ERR_RULES, p->file, p->line,
			       "a label with weights has at most %d trees", TREES);
	m->trees[label] = mem_alloc(TREES * sizeof(*m->trees[label]));
	for (size_t i = 0; i < json_array_size(p->value); i++)
		if (read_tree(m, json_array_get(p->value, i), &m->trees[label][i]))
			return err_set(err, ERR_RULES, p->file, p->line,
				       "a tree is %d numbers of tests and %d leaves", TREE_TESTS,
				       TREE_LEAVES);
	return 0;
}

void tree_ask(const struct model *m, const double *pool, const struct outcome *outcomes,
	      uint8_t *passed)
{
	for (size_t i = 0; i < m->asked_count; i++) {
		const struct tree_test *t = &m->asked[i];
		double value = t->source == POOL_KIND_COUNT
				       ? outcomes[t->of].score
				       : pool[POOL_KIND_COUNT * t->of + t->source];
		passed[t->test] = value >= t->at;
	}
}

double tree_sum(const struct model *m, size_t label, const uint8_t *passed)
{
	int sum = 0;
	for (size_t i = 0; i < TREES; i++) {
		const struct tree *t = &m->trees[label][i];
		size_t node = 0;
		for (int level = 0; level < TREE_LEVELS; level++)
			node = 2 * node + 1 + passed[t->test[node]];
		sum += t->leaf[node - TREE_TESTS];
	}
	return TREE_START + sum / 1000.0;
}

void tree_free(struct model *m)
{
	for (size_t i = 0; i < MODEL_LABELS; i++)
		free(m->trees[i]);
	free(m->asked);
	free(m->test_of);
}
