/* train_read.c - posts to rows of features, for both stages. */
#include <stdlib.h>
#include <string.h>

#include "corpus_internal.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "train_internal.h"

#define POSTS_LEAST 8 /* posts that have a feature, for it to be learned */

/* How loudly a kind of feature may speak: the penalty holds all weights alike,
 * so a surer kind is made larger. */
float train_scale(const char *name)
{
	static const struct {
		const char *kind;
		float scale;
	} scales[] = { { "rules ", 10 },
		       { "given ", 5 },
		       { "signal ", 2 },
		       { "latest ", 2 },
		       { "e ", 1.5F } };
	for (size_t i = 0; i < sizeof(scales) / sizeof(*scales); i++)
		if (!strncmp(name, scales[i].kind, strlen(scales[i].kind)))
			return scales[i].scale;
	return 1;
}

static void place_columns(struct dataset *d)
{
	free(d->slots);
	d->slot_count = d->slot_count ? 2 * d->slot_count : 4096;
	d->slots = mem_alloc(d->slot_count * sizeof(*d->slots));
	for (size_t c = 0; c < d->column_count; c++) {
		size_t i = d->columns[c].hash & (d->slot_count - 1);
		while (d->slots[i])
			i = (i + 1) & (d->slot_count - 1);
		d->slots[i] = (uint32_t)c + 1;
	}
}

static uint32_t column_of(struct dataset *d, const char *name, uint64_t hash)
{
	if (2 * (d->column_count + 1) > d->slot_count)
		place_columns(d);
	size_t i = hash & (d->slot_count - 1);
	for (; d->slots[i]; i = (i + 1) & (d->slot_count - 1))
		if (d->columns[d->slots[i] - 1].hash == hash)
			return d->slots[i] - 1;
	d->columns =
		mem_grow(d->columns, &d->column_size, d->column_count + 1, sizeof(*d->columns));
	d->seen = mem_grow(d->seen, &d->seen_size, d->column_count + 1, sizeof(*d->seen));
	d->seen[d->column_count] = 0;
	d->columns[d->column_count] = (struct column){ .name = mem_strdup(name), .hash = hash };
	d->slots[i] = (uint32_t)++d->column_count;
	return (uint32_t)d->column_count - 1;
}

static int by_column(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	return x->column < y->column ? -1 : x->column > y->column;
}

/* Posts are counted, not sentences. */
static void count_post(const struct dataset *d, struct column *c)
{
	c->posts += c->last_post != d->count + 1;
	c->last_post = d->count + 1;
}

/* The features of a sentence, or with UINT32_MAX of the post; each once. */
static struct row make_row(struct dataset *d, const struct marked *m, const struct features *f,
			   uint32_t sentence)
{
	bool whole = sentence == UINT32_MAX;
	struct row row = { .cells = mem_alloc((f->count + 1) * sizeof(*row.cells)) };
	d->row_number++;
	for (size_t i = 0; i < f->count; i++) {
		const struct feature *one = &f->list[i];
		if (!whole &&
		    (!one->of_sentence || m->text.tokens[one->first].sentence != sentence))
			continue;
		if (whole && !one->of_post)
			continue;
		uint32_t column = column_of(d, one->name, one->hash);
		if (d->seen[column] == d->row_number)
			continue;
		d->seen[column] = d->row_number;
		count_post(d, &d->columns[column]);
		row.cells[row.count++] =
			(struct cell){ column, one->value * train_scale(one->name) };
	}
	qsort(row.cells, row.count, sizeof(*row.cells), by_column);
	return row;
}

void train_prune(struct dataset *d)
{
	for (size_t i = 0; i < d->count; i++) {
		struct document *doc = &d->documents[i];
		for (size_t s = 0; s <= doc->sentence_count; s++) {
			struct row *row = s ? &doc->sentences[s - 1] : &doc->whole;
			size_t n = 0;
			for (size_t k = 0; k < row->count; k++)
				if (d->columns[row->cells[k].column].posts >= POSTS_LEAST)
					row->cells[n++] = row->cells[k];
			row->count = n;
		}
	}
}

/* Posts that begin alike are likely one post twice: they share a fold. */
static uint64_t beginning(const char *text)
{
	uint64_t h = HASH_START;
	size_t letters = 0;
	for (; *text && letters < 40; text++) {
		char c = (char)(*text | 0x20);
		if (c < 'a' || c > 'z')
			continue;
		h = hash_bytes(h, &c, 1);
		letters++;
	}
	return h;
}

/* Which sentences show which label, from the marked places of the post. */
static uint64_t *read_shown(const struct dataset *d, const struct corpus_post *post,
			    const struct marked *m)
{
	const json_t *labels = json_object_get(d->evidence, post->id);
	if (!labels)
		return NULL;
	uint64_t *shown = mem_alloc((m->text.sentence_count + 1) * sizeof(*shown));
	for (size_t s = 0; s < d->rules->situation_count; s++) {
		const json_t *places = json_object_get(labels, d->rules->situations[s].label);
		for (size_t i = 0; i < json_array_size(places); i++) {
			json_int_t at = json_integer_value(json_array_get(places, i));
			for (uint32_t k = 0; k < m->text.sentence_count; k++) {
				const struct sentence *one = &m->text.sentences[k];
				if (at >= m->text.tokens[one->first].cp_start &&
				    at < m->text.tokens[one->last - 1].cp_end)
					shown[k] |= (uint64_t)1 << s;
			}
		}
	}
	return shown;
}

void train_add(const struct corpus_post *post, void *into)
{
	struct dataset *d = into;
	const struct rules *r = d->rules;
	struct document doc = { .measured = d->measured };
	struct marked m;
	struct match *matches;
	struct happening *events;
	arena_clear(&d->arena);
	marked_init(&m, r, post->text, post->len, &d->arena);
	size_t count = rules_match(&m, &matches);
	size_t event_count = event_find(&m, matches, count, &events);
	struct outcome *o = arena_alloc(&d->arena, (r->situation_count + 1) * sizeof(*o));
	score_situations(&m, matches, count, o);
	struct features f = { .arena = &d->arena, .named = true };
	feature_collect(&m, events, event_count, o, &f);
	uint64_t h = beginning(post->text);
	doc.fold = (int)(h % TRAIN_FOLDS);
	doc.part = (int)(h / TRAIN_FOLDS % TRAIN_PARTS);
	doc.whole = make_row(d, &m, &f, UINT32_MAX);
	doc.sentence_count = m.text.sentence_count;
	doc.sentences = mem_alloc((doc.sentence_count + 1) * sizeof(*doc.sentences));
	for (uint32_t s = 0; s < m.text.sentence_count; s++)
		doc.sentences[s] = make_row(d, &m, &f, s);
	doc.shown = read_shown(d, post, &m);
	for (size_t s = 0; s < r->situation_count; s++) {
		doc.labels |= (uint64_t)corpus_has(post, r->situations[s].label) << s;
		doc.known |= (uint64_t)corpus_knows(post, r->situations[s].label) << s;
		doc.by_rules |= (uint64_t)(o[s].band >= BAND_MEDIUM) << s;
	}
	d->documents = mem_grow(d->documents, &d->size, d->count + 1, sizeof(*d->documents));
	d->documents[d->count++] = doc;
}

void train_release(struct dataset *d)
{
	for (size_t i = 0; i < d->count; i++) {
		struct document *doc = &d->documents[i];
		for (size_t s = 0; s < doc->sentence_count; s++)
			free(doc->sentences[s].cells);
		free(doc->sentences);
		free(doc->whole.cells);
		free(doc->shown);
	}
	for (size_t c = 0; c < d->column_count; c++)
		free(d->columns[c].name);
	free(d->documents);
	free(d->columns);
	free(d->slots);
	free(d->seen);
	arena_release(&d->arena);
}
