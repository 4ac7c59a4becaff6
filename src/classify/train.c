/* train.c - labelled posts to features, features to weights, weights to a file.
 *
 * liblinear does the learning. Which posts are learned from and measured on in
 * which fold, what a threshold is, and what is worth keeping is decided here.
 */
#include "dear/train.h"

#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "corpus_internal.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "train_internal.h"

#define SUPPORT_LEAST 10  /* posts that carry a label, for it to be learned */
#define STRENGTH      0.1

static size_t column_of(struct dataset *d, const char *name, uint64_t hash)
{
	if (2 * (d->column_count + 1) > d->slot_count) {
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
	size_t i = hash & (d->slot_count - 1);
	for (; d->slots[i]; i = (i + 1) & (d->slot_count - 1))
		if (d->columns[d->slots[i] - 1].hash == hash)
			return d->slots[i] - 1;
	d->columns =
		mem_grow(d->columns, &d->column_size, d->column_count + 1, sizeof(*d->columns));
	d->columns[d->column_count] = (struct column){ .name = mem_strdup(name), .hash = hash };
	d->slots[i] = (uint32_t)++d->column_count;
	return d->column_count - 1;
}

static int by_column(const void *a, const void *b)
{
	const struct cell *x = a, *y = b;
	return x->column < y->column ? -1 : x->column > y->column;
}

/* Each feature once, with the value it has first. */
static void set_cells(struct dataset *d, struct document *doc, const struct features *f)
{
	doc->cells = mem_alloc((f->count + 1) * sizeof(*doc->cells));
	for (size_t i = 0; i < f->count; i++) {
		uint32_t column = (uint32_t)column_of(d, f->list[i].name, f->list[i].hash);
		if (d->columns[column].last_document == d->count + 1)
			continue;
		d->columns[column].last_document = d->count + 1;
		d->columns[column].documents++;
		doc->cells[doc->count++] = (struct cell){ column, f->list[i].value };
	}
	qsort(doc->cells, doc->count, sizeof(*doc->cells), by_column);
}

/* Posts that begin alike are likely one post twice: they share a fold. */
static int fold_of(const char *text)
{
	uint64_t h = HASH_START;
	size_t letters = 0;
	for (; *text && letters < 40; text++)
		if ((*text | 0x20) >= 'a' && (*text | 0x20) <= 'z') {
			char c = (char)(*text | 0x20);
			h = hash_bytes(h, &c, 1);
			letters++;
		}
	return (int)(h % TRAIN_FOLDS);
}

static void add_document(const struct corpus_post *post, void *into)
{
	struct dataset *d = into;
	const struct rules *r = d->rules;
	struct document doc = { .fold = fold_of(post->text), .measured = d->measured };
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
	feature_collect(&m, matches, count, events, event_count, o, &f);
	set_cells(d, &doc, &f);
	for (size_t s = 0; s < r->situation_count; s++) {
		doc.labels |= (uint64_t)corpus_has(post, r->situations[s].label) << s;
		doc.by_rules |= (uint64_t)(o[s].band >= BAND_MEDIUM) << s;
	}
	d->documents = mem_grow(d->documents, &d->size, d->count + 1, sizeof(*d->documents));
	d->documents[d->count++] = doc;
}

static void dataset_release(struct dataset *d)
{
	for (size_t i = 0; i < d->count; i++)
		free(d->documents[i].cells);
	for (size_t c = 0; c < d->column_count; c++)
		free(d->columns[c].name);
	free(d->documents);
	free(d->columns);
	free(d->slots);
	arena_release(&d->arena);
}

static size_t support_of(const struct dataset *d, size_t situation)
{
	size_t n = 0;
	for (size_t i = 0; i < d->count; i++)
		n += d->documents[i].measured && (d->documents[i].labels >> situation & 1);
	return n;
}

static void learn_label(struct dataset *d, size_t situation, struct train_report *report,
			struct learned *ret)
{
	struct train_row *row = &report->rows[report->count++];
	double *p = mem_alloc((d->count + 1) * sizeof(*p));
	*row = (struct train_row){ .label = d->rules->situations[situation].label,
				   .support = support_of(d, situation) };
	ret->situation = situation;
	train_cross_validate(d, situation, STRENGTH, true, p);
	row->f1[TRAIN_RULES] = train_f1_of_rules(d, situation);
	train_thresholds(d, situation, p, ret->threshold, row);
	row->f1[TRAIN_BOTH] = train_best_f1(d, situation, p);
	train_cross_validate(d, situation, STRENGTH, false, p);
	row->f1[TRAIN_WORDS] = train_best_f1(d, situation, p);
	train_fit(d, situation, STRENGTH, -1, true, ret);
	free(p);
}

static int read_corpora(struct dataset *d, struct file *corpus, struct file *const *more,
			size_t more_count, struct err *err)
{
	d->measured = true;
	if (corpus_read(corpus, add_document, d, err))
		return -1;
	d->measured = false;
	for (size_t i = 0; i < more_count; i++)
		if (corpus_read(more[i], add_document, d, err))
			return -1;
	return 0;
}

struct train_report *train_weights(const struct rules *r, struct file *corpus,
				   struct file *const *more, size_t more_count,
				   struct buf *ret_weights, struct err *err)
{
	struct dataset d = { .rules = r };
	struct train_report *report = mem_alloc(sizeof(*report));
	struct learned *learned = mem_alloc(MODEL_LABELS * sizeof(*learned));
	int status = read_corpora(&d, corpus, more, more_count, err);
	report->rows = mem_alloc(MODEL_LABELS * sizeof(*report->rows));
	for (size_t s = 0; !status && s < r->situation_count; s++)
		if (support_of(&d, s) >= SUPPORT_LEAST && report->count < MODEL_LABELS)
			learn_label(&d, s, report, &learned[report->count]);
	for (size_t i = 0; i < d.count; i++)
		*(d.documents[i].measured ? &report->posts : &report->training_posts) += 1;
	if (!status && !report->count)
		status = err_set(err, ERR_INPUT, file_name(corpus), 0,
				 "no label has %d posts or more", SUPPORT_LEAST);
	if (!status)
		report->features = train_write(&d, learned, report->count, ret_weights);
	for (size_t l = 0; l < report->count; l++)
		free(learned[l].weights);
	free(learned);
	dataset_release(&d);
	if (!status)
		return report;
	train_report_free(report);
	return NULL;
}

void train_report_free(struct train_report *report)
{
	if (!report)
		return;
	free(report->rows);
	free(report);
}
