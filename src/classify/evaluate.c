/* evaluate.c - classifies labelled posts and counts how right that was.
 *
 * Labels and facts that the corpus never speaks of are left out.
 */
#include "dear/evaluate.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "dear/situation.h"

#include "corpus_internal.h"

struct evaluation {
	const struct rules *rules;
	struct evaluate_result *result;
	size_t label_size, fact_size, miss_size;
	struct arena arena;
};

static struct evaluate_row *row_of(struct evaluate_row **rows, size_t *count, size_t *size,
				   const char *name)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp((*rows)[i].name, name))
			return &(*rows)[i];
	*rows = mem_grow(*rows, size, *count + 1, sizeof(**rows));
	(*rows)[*count] = (struct evaluate_row){ .name = mem_strdup(name) };
	return &(*rows)[(*count)++];
}

static void add_miss(struct evaluation *e, const char *id, const char *name, const char *expected,
		     const char *got, const char *quote)
{
	struct evaluate_result *r = e->result;
	r->misses = mem_grow(r->misses, &e->miss_size, r->miss_count + 1, sizeof(*r->misses));
	r->misses[r->miss_count++] = (struct evaluate_miss){
		.id = mem_strdup(id),
		.name = mem_strdup(name),
		.expected = mem_strdup(expected),
		.got = mem_strdup(got),
		.quote = mem_strdup(quote),
	};
}

static void count_band(struct evaluate_row *row, enum band band, bool right)
{
	if (band == BAND_HIGH) {
		row->high++;
		row->high_right += right;
	} else if (band == BAND_MEDIUM) {
		row->medium++;
		row->medium_right += right;
	}
}

static void compare_labels(struct evaluation *e, const struct corpus_post *post,
			   const struct classification *c)
{
	struct evaluate_result *r = e->result;
	for (const char *const *l = rules_labels(e->rules); *l; l++) {
		const struct situation *s = classification_find(c, *l);
		bool truly = corpus_has(post, *l), given = classification_given(c, *l);
		struct evaluate_row *row = row_of(&r->labels, &r->label_count, &e->label_size, *l);
		row->support += truly;
		row->right += truly && given;
		row->wrong += !truly && given;
		row->missed += truly && !given;
		count_band(row, s ? s->band : BAND_NONE, truly);
		if (truly == given)
			continue;
		const char *quote = "";
		for (size_t i = 0; s && i < s->evidence_count && !*quote; i++)
			if (s->evidence[i].supports)
				quote = s->evidence[i].quote;
		add_miss(e, post->id, *l, truly ? "yes" : "no", s ? band_word(s->band) : "none",
			 quote);
	}
}

static void compare_fact(struct evaluation *e, const char *id, const char *name,
			 const char *expected, const struct classification *c)
{
	struct evaluate_result *r = e->result;
	const struct fact *found = NULL;
	for (size_t i = 0; i < c->fact_count; i++)
		if (!strcmp(c->facts[i].name, name))
			found = &c->facts[i];
	struct evaluate_row *row = row_of(&r->facts, &r->fact_count, &e->fact_size, name);
	bool right = expected && found && !strcmp(expected, found->value);
	row->support += expected != NULL;
	row->right += right;
	row->wrong += found && !right;
	row->missed += expected && !right;
	if (right || (!expected && !found))
		return;
	add_miss(e, id, name, expected ? expected : "", found ? found->value : "",
		 found ? found->quote : "");
}

static void compare_facts(struct evaluation *e, const char *id, json_t *facts,
			  const struct classification *c)
{
	const char *key;
	json_t *value;
	json_object_foreach(facts, key, value)
	{
		if (strcmp(key, "labels") != 0 && (json_is_string(value) || json_is_null(value)))
			compare_fact(e, id, key, json_string_value(value), c);
	}
}

/* Labels no post carries say nothing about the rules: they go, with their
 * misses. */
static void drop_silent(struct evaluate_result *r)
{
	size_t rows = 0, misses = 0;
	for (size_t i = 0; i < r->miss_count; i++) {
		struct evaluate_miss *miss = &r->misses[i];
		bool silent = false;
		for (size_t k = 0; k < r->label_count; k++)
			silent = silent ||
				 (!r->labels[k].support && !strcmp(r->labels[k].name, miss->name));
		if (!silent) {
			r->misses[misses++] = *miss;
			continue;
		}
		free((char *)miss->id);
		free((char *)miss->name);
		free((char *)miss->expected);
		free((char *)miss->got);
		free((char *)miss->quote);
	}
	r->miss_count = misses;
	for (size_t i = 0; i < r->label_count; i++) {
		if (r->labels[i].support)
			r->labels[rows++] = r->labels[i];
		else
			free((char *)r->labels[i].name);
	}
	r->label_count = rows;
}

static void visit_post(const struct corpus_post *post, void *into)
{
	struct evaluation *e = into;
	struct classify_request req = {
		.text = post->text, .len = post->len, .topic = post->topic, .utc = INT64_MIN
	};
	struct classification c;
	arena_clear(&e->arena);
	classify(e->rules, &req, &e->arena, &c);
	compare_labels(e, post, &c);
	compare_facts(e, post->id, post->facts, &c);
	e->result->posts++;
}

struct evaluate_result *evaluate(const struct rules *r, struct file *corpus, struct err *err)
{
	struct evaluation e = { .rules = r };
	e.result = mem_alloc(sizeof(*e.result));
	int status = corpus_read(corpus, visit_post, &e, err);
	arena_release(&e.arena);
	drop_silent(e.result);
	if (!status)
		return e.result;
	evaluate_free(e.result);
	return NULL;
}

void evaluate_free(struct evaluate_result *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->label_count; i++)
		free((char *)e->labels[i].name);
	for (size_t i = 0; i < e->fact_count; i++)
		free((char *)e->facts[i].name);
	for (size_t i = 0; i < e->miss_count; i++) {
		free((char *)e->misses[i].id);
		free((char *)e->misses[i].name);
		free((char *)e->misses[i].expected);
		free((char *)e->misses[i].got);
		free((char *)e->misses[i].quote);
	}
	free(e->labels);
	free(e->facts);
	free(e->misses);
	free(e);
}

static double share(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

double evaluate_precision(const struct evaluate_row *r)
{
	return share(r->right, r->right + r->wrong);
}

double evaluate_recall(const struct evaluate_row *r)
{
	return share(r->right, r->right + r->missed);
}

double evaluate_f1(const struct evaluate_row *r)
{
	return share(2 * r->right, 2 * r->right + r->wrong + r->missed);
}

double evaluate_macro_f1(const struct evaluate_result *e, size_t min_support)
{
	double sum = 0;
	size_t n = 0;
	for (size_t i = 0; i < e->label_count; i++) {
		if (e->labels[i].support < min_support)
			continue;
		sum += evaluate_f1(&e->labels[i]);
		n++;
	}
	return n ? sum / (double)n : 0;
}
