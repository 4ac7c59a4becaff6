/* train_write.c - the file of weights: labels with bias, thresholds and what
 * sentences say for them, then a line a feature, in the order of names. Weights
 * are whole hundredths, by label in the order of labels. Last, the tests that
 * trees ask, and each label's trees.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/mem.h"
#include "train_internal.h"

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct column *const *)a)->name,
		      (*(const struct column *const *)b)->name);
}

/* A JSON string; names are UTF-8 without control characters. */
static void put_string(struct buf *out, const char *s)
{
	buf_putc(out, '"');
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			buf_putc(out, '\\');
		buf_putc(out, *s);
	}
	buf_putc(out, '"');
}

static void put_label(const struct dataset *d, const struct learned *l, size_t label,
		      struct buf *out)
{
	size_t n = d->column_count;
	buf_printf(out,
		   "%s\n    { \"label\": \"%s\", \"bias\": %.3f, \"sentence_bias\": %.3f,\n"
		   "      \"thresholds\": { \"low\": %.2f, \"medium\": %.2f, \"high\": %.2f },\n"
		   "      \"sentences\": [",
		   label ? "," : "", d->rules->situations[d->situations[label]].label,
		   l->post[n + POOL_WIDTH(d->label_count)], l->sentence[n], l->threshold[BAND_LOW],
		   l->threshold[BAND_MEDIUM], l->threshold[BAND_HIGH]);
	for (size_t k = 0; k < POOL_WIDTH(d->label_count); k++)
		buf_printf(out, "%s%.1f", k ? ", " : "", 100 * l->post[n + k]);
	buf_puts(out, "] }");
}

/* The feature's line; nothing when no weight is a hundredth. */
static bool put_feature(const struct dataset *d, const struct learned *l, bool post,
			const struct column *c, bool first, struct buf *out)
{
	size_t column = (size_t)(c - d->columns), last = 0;
	long hundredths[MODEL_LABELS];
	for (size_t i = 0; i < d->label_count; i++) {
		const double *w = post ? l[i].post : l[i].sentence;
		hundredths[i] =
			lround(100 * w[column] * (double)train_scale(d->columns[column].name));
		last = hundredths[i] ? i + 1 : last;
	}
	if (!last)
		return false;
	buf_puts(out, first ? "\n    " : ",\n    ");
	put_string(out, c->name);
	for (size_t i = 0; i < last; i++)
		buf_printf(out, "%s%ld", i ? "," : ": [", hundredths[i]);
	buf_putc(out, ']');
	return true;
}

/* Numbers of the tests that some tree asks, from 1 on; 0: none does. */
static uint16_t *number_tests(const struct dataset *d, const struct learned *l,
			      const struct tests *tests)
{
	uint16_t *number = mem_alloc((tests->count + 1) * sizeof(*number)), count = 0;
	for (size_t i = 0; i < d->label_count; i++)
		for (size_t t = 0; t < TREES; t++)
			for (size_t k = 0; k < TREE_TESTS; k++)
				number[l[i].trees[t].test[k]] = 1;
	number[0] = 0;
	for (size_t i = 0; i < tests->count; i++)
		number[i] = number[i] ? ++count : 0;
	return number;
}

/* A tree's numbers: its tests as in a heap, then its leaves in thousandths. */
static void put_tree(const struct tree *t, const uint16_t *number, bool first, struct buf *out)
{
	buf_puts(out, first ? "\n      [" : ",\n      [");
	for (size_t k = 0; k < TREE_TESTS; k++)
		buf_printf(out, "%d,", number[t->test[k]]);
	for (size_t k = 0; k < TREE_LEAVES; k++)
		buf_printf(out, "%s%d", k ? "," : "", t->leaf[k]);
	buf_putc(out, ']');
}

static void put_trees(const struct dataset *d, const struct learned *l, const struct tests *tests,
		      struct buf *out)
{
	uint16_t *number = number_tests(d, l, tests);
	bool first = true;
	buf_puts(out, ",\n  \"tests\": [");
	for (size_t i = 0; i < tests->count; i++) {
		if (!number[i])
			continue;
		buf_puts(out, first ? "\n    " : ",\n    ");
		put_string(out, tests->list[i].name);
		first = false;
	}
	buf_puts(out, "\n  ],\n  \"trees\": {");
	first = true;
	for (size_t i = 0; i < d->label_count; i++) {
		if (d->rules->situations[d->situations[i]].apart)
			continue;
		buf_puts(out, first ? "\n    " : ",\n    ");
		first = false;
		put_string(out, d->rules->situations[d->situations[i]].label);
		buf_puts(out, ": [");
		for (size_t t = 0; t < TREES; t++)
			put_tree(&l[i].trees[t], number, t == 0, out);
		buf_puts(out, "\n    ]");
	}
	buf_puts(out, "\n  }");
	free(number);
}

size_t train_write(const struct dataset *d, const struct learned *l, const struct tests *tests,
		   struct buf *out)
{
	const struct column **order = mem_alloc((d->column_count + 1) * sizeof(*order));
	size_t written = 0;
	for (size_t c = 0; c < d->column_count; c++)
		order[c] = &d->columns[c];
	qsort(order, d->column_count, sizeof(*order), by_name);
	buf_puts(out,
		 "{\n  \"about\": \"Written by `dear train`, not by hand: what each feature says "
		 "for (above 0) or against each label, in hundredths, in the order of "
		 "labels.\",\n  \"labels\": [");
	for (size_t i = 0; i < d->label_count; i++)
		put_label(d, &l[i], i, out);
	buf_puts(out, "\n  ]");
	for (int post = 0; post < 2; post++) {
		size_t before = written;
		buf_printf(out, ",\n  \"%s\": {", post ? "post" : "sentence");
		for (size_t c = 0; c < d->column_count; c++)
			written += put_feature(d, l, post, order[c], written == before, out);
		buf_puts(out, "\n  }");
	}
	put_trees(d, l, tests, out);
	buf_puts(out, "\n}\n");
	free(order);
	return written;
}
