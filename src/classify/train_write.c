/* train_write.c - the file of weights: labels with bias and thresholds, then a
 * line a feature, in the order of names.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/buf.h"
#include "dear/mem.h"
#include "train_internal.h"

#define WEIGHT_LEAST 0.02 /* a smaller one changes nothing */

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

static void put_labels(const struct dataset *d, const struct learned *l, size_t count,
		       struct buf *out)
{
	for (size_t i = 0; i < count; i++)
		buf_printf(out,
			   "%s\n    \"%s\": { \"bias\": %.3f, \"thresholds\": { \"low\": %.2f, "
			   "\"medium\": %.2f, \"high\": %.2f } }",
			   i ? "," : "", d->rules->situations[l[i].situation].label, l[i].bias,
			   l[i].threshold[BAND_LOW], l[i].threshold[BAND_MEDIUM],
			   l[i].threshold[BAND_HIGH]);
}

static bool put_feature(const struct dataset *d, const struct learned *l, size_t count,
			const struct column *c, bool first, struct buf *out)
{
	size_t column = (size_t)(c - d->columns);
	bool any = false;
	for (size_t i = 0; i < count; i++) {
		double w = l[i].weights[column];
		if (fabs(w) < WEIGHT_LEAST)
			continue;
		if (!any) {
			buf_puts(out, first ? "\n    " : ",\n    ");
			put_string(out, c->name);
			buf_puts(out, ": { ");
		}
		buf_printf(out, "%s\"%s\": %.2f", any ? ", " : "",
			   d->rules->situations[l[i].situation].label, w);
		any = true;
	}
	if (any)
		buf_puts(out, " }");
	return any;
}

size_t train_write(const struct dataset *d, const struct learned *l, size_t count, struct buf *out)
{
	const struct column **order = mem_alloc((d->column_count + 1) * sizeof(*order));
	size_t written = 0;
	for (size_t c = 0; c < d->column_count; c++)
		order[c] = &d->columns[c];
	qsort(order, d->column_count, sizeof(*order), by_name);
	buf_puts(out, "{\n  \"about\": \"Written by `dear train`: what each feature of a comment "
		      "says for (above 0) or against a label. Not to be edited by hand.\",\n"
		      "  \"labels\": {");
	put_labels(d, l, count, out);
	buf_puts(out, "\n  },\n  \"weights\": {");
	for (size_t c = 0; c < d->column_count; c++)
		written += put_feature(d, l, count, order[c], !written, out);
	buf_puts(out, "\n  }\n}\n");
	free(order);
	return written;
}
