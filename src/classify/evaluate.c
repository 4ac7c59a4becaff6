/* evaluate.c - classifies labelled posts and counts how right that was.
 *
 * Reads a JSON array, NDJSON, or a thread file whose comments carry
 * "expected". Labels and facts that the corpus never speaks of are left out.
 */
#include "dear/evaluate.h"

#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/jstream.h"
#include "dear/mem.h"
#include "dear/situation.h"

#define SKIM_BYTES 4096

struct evaluation {
	const struct rules *rules;
	struct evaluate_result *result;
	size_t label_size, fact_size, miss_size;
	const char *file;
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

static bool in_list(const json_t *labels, const char *label)
{
	for (size_t i = 0; i < json_array_size(labels); i++) {
		const char *one = json_string_value(json_array_get(labels, i));
		if (one && !strcmp(one, label))
			return true;
	}
	return false;
}

static void compare_labels(struct evaluation *e, const char *id, const json_t *labels,
			   const struct classification *c)
{
	struct evaluate_result *r = e->result;
	for (const char *const *l = rules_labels(e->rules); *l; l++) {
		const struct situation *s = classification_find(c, *l);
		bool truly = in_list(labels, *l), given = classification_given(c, *l);
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
		add_miss(e, id, *l, truly ? "yes" : "no", s ? band_word(s->band) : "none", quote);
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

/* "text", or "paragraphs" put together as a thread's comment is. */
static void text_of(const json_t *post, struct buf *ret)
{
	const char *text = json_string_value(json_object_get(post, "text"));
	const json_t *paragraphs = json_object_get(post, "paragraphs");
	if (text)
		buf_puts(ret, text);
	for (size_t i = 0; i < json_array_size(paragraphs); i++) {
		const char *one = json_string_value(json_array_get(paragraphs, i));
		if (i)
			buf_puts(ret, "\n\n");
		buf_puts(ret, one ? one : "");
	}
}

static int read_post(struct evaluation *e, const struct jvalue *v, struct err *err)
{
	struct buf text = BUF_INIT;
	int status = -1;
	json_t *post = jread_parse(v->text, v->len, e->file, v->line, ERR_INPUT, err);
	if (!post)
		return -1;
	json_t *expected = json_object_get(post, "expected");
	json_t *labels = json_object_get(expected ? expected : post, "labels");
	json_t *facts = expected ? expected : json_object_get(post, "facts");
	if (!labels && json_object_get(post, "paragraphs")) {
		status = 0; /* a staff comment of a thread */
		goto out;
	}
	text_of(post, &text);
	if (!json_is_array(labels) || !text.len) {
		err_set(err, ERR_INPUT, e->file, v->line,
			"a post needs \"text\" and \"labels\" (an array)");
		goto out;
	}
	const char *id = json_string_value(json_object_get(post, "id"));
	const char *key = json_string_value(json_object_get(post, "key"));
	struct classify_request req = { .text = text.str,
					.len = text.len,
					.topic = json_string_value(json_object_get(post, "topic")),
					.utc = INT64_MIN };
	struct classification c;
	arena_clear(&e->arena);
	classify(e->rules, &req, &e->arena, &c);
	compare_labels(e, id ? id : key ? key : "", labels, &c);
	compare_facts(e, id ? id : key ? key : "", facts, &c);
	e->result->posts++;
	status = 0;
out:
	buf_release(&text);
	json_decref(post);
	return status;
}

/* Where the comments of a thread file begin; -1 when it is none. */
static int64_t thread_comments(struct file *corpus, int *ret_line)
{
	struct err ignored = { 0 };
	struct jvalue v;
	int64_t found = -1;
	struct jstream *js = jstream_object(corpus, 0, 0, &ignored);
	while (js && found < 0 && jstream_skim(js, SKIM_BYTES, &v, &ignored) == 1) {
		if (v.key && !strcmp(v.key, "comments")) {
			found = v.offset;
			*ret_line = v.line;
		}
	}
	jstream_free(js);
	return found;
}

static int first_byte(struct file *corpus, struct err *err)
{
	char head[64];
	ssize_t n = file_read_at(corpus, 0, head, sizeof(head), err);
	for (ssize_t i = 0; i < n; i++)
		if (strchr(" \t\r\n\xEF\xBB\xBF", head[i]) == NULL)
			return head[i];
	return n < 0 ? -1 : 0;
}

static int read_posts(struct evaluation *e, struct file *corpus, struct err *err)
{
	int base = 1, first = first_byte(corpus, err);
	struct jstream *js = NULL;
	if (first < 0)
		return -1;
	if (first == '[') {
		js = jstream_array(corpus, 0, 1, err);
	} else {
		int64_t at = thread_comments(corpus, &base);
		js = at < 0 ? jstream_lines(corpus, err) : jstream_array(corpus, at, 0, err);
	}
	if (!js)
		return -1;
	struct jvalue v;
	int status;
	while ((status = jstream_next(js, &v, err)) == 1) {
		v.line += base - 1;
		if (read_post(e, &v, err)) {
			status = -1;
			break;
		}
	}
	jstream_free(js);
	if (!status && !e->result->posts)
		return err_set(err, ERR_INPUT, e->file, 0, "no labelled posts in it");
	return status;
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

struct evaluate_result *evaluate(const struct rules *r, struct file *corpus, struct err *err)
{
	struct evaluation e = { .rules = r, .file = file_name(corpus) };
	e.result = mem_alloc(sizeof(*e.result));
	int status = read_posts(&e, corpus, err);
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
