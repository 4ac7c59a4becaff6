/* print_score.c - what `dear evaluate` and `dear train` measured, as tables. */
#include <string.h>

#include "dear/buf.h"
#include "dear/evaluate.h"
#include "dear/train.h"

#include "print_internal.h"

static void put_rows(struct buf *b, const struct evaluate_row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct evaluate_row *r = &rows[i];

		buf_printf(b, "%-26s %7zu %9.3f %9.3f %9.3f\n", r->name, r->support,
			   evaluate_precision(r), evaluate_recall(r), evaluate_f1(r));
	}
}

static void put_band(struct buf *b, const char *word, const struct print_band *band)
{
	buf_printf(b, "%s: %llu given", word, (unsigned long long)band->given);
	if (band->given)
		buf_printf(b, ", %.1f %% of them right",
			   100.0 * (double)band->right / (double)band->given);
	buf_putc(b, '\n');
}

static void put_misses(struct buf *b, const struct evaluate_result *e)
{
	for (size_t i = 0; i < e->miss_count; i++) {
		const struct evaluate_miss *m = &e->misses[i];

		words_line(b, m->id, 30);
		buf_printf(b, "  %s: expected ", m->name);
		words_line(b, m->expected ? m->expected : "nothing", 40);
		buf_puts(b, ", got ");
		words_line(b, m->got ? m->got : "nothing", 40);
		if (m->quote && *m->quote) {
			buf_puts(b, "  ");
			words_quote(b, m->quote);
		}
		buf_putc(b, '\n');
	}
}

void text_evaluation(struct out *o, const struct evaluate_result *e, bool misses)
{
	struct buf b = BUF_INIT, head = BUF_INIT;
	struct print_band high, medium;

	print_bands(e, &high, &medium);
	buf_printf(&head, "%-26s %7s %9s %9s %9s", "situation", "posts", "precision", "recall",
		   "F1");
	words_head(&b, o, buf_str(&head));
	put_rows(&b, e->labels, e->label_count);
	buf_printf(&b, "macro F1 of situations with %d posts or more: %.3f (%zu posts in all)\n\n",
		   PRINT_MACRO_SUPPORT, evaluate_macro_f1(e, PRINT_MACRO_SUPPORT), e->posts);
	buf_clear(&head);
	buf_printf(&head, "%-26s %7s %9s %9s %9s", "fact", "posts", "precision", "recall", "F1");
	words_head(&b, o, buf_str(&head));
	put_rows(&b, e->facts, e->fact_count);
	words_head(&b, o, "\nbands");
	put_band(&b, "high", &high);
	put_band(&b, "medium", &medium);
	if (misses) {
		words_head(&b, o, "\nmisses");
		put_misses(&b, e);
	}
	out_write(o, &b);
	buf_release(&head);
	buf_release(&b);
}

void text_training(struct out *o, const struct train_report *r)
{
	struct buf b = BUF_INIT, head = BUF_INIT;
	double mean[TRAIN_WITH_COUNT] = { 0 };

	buf_printf(&head, "%-20s %6s %8s %8s %8s %12s %12s %14s", "situation", "posts", "rules",
		   "words", "both", "high right", "high found", "medium right");
	words_head(&b, o, buf_str(&head));
	for (size_t i = 0; i < r->count; i++) {
		const struct train_row *t = &r->rows[i];

		buf_printf(&b, "%-20s %6zu %8.3f %8.3f %8.3f %12.3f %12.3f %14.3f\n", t->label,
			   t->support, t->f1[TRAIN_RULES], t->f1[TRAIN_WORDS], t->f1[TRAIN_BOTH],
			   t->high_right, t->high_found, t->medium_right);
		for (int k = 0; k < TRAIN_WITH_COUNT; k++)
			mean[k] += t->f1[k] / (double)r->count;
	}
	buf_printf(&b, "%-20s %6zu %8.3f %8.3f %8.3f\n", "mean", r->posts, mean[TRAIN_RULES],
		   mean[TRAIN_WORDS], mean[TRAIN_BOTH]);
	buf_printf(&b,
		   "F1 by five-fold cross-validation (the rules' own, as they are); %zu training "
		   "posts beside; %zu features\n",
		   r->training_posts, r->features);
	out_write(o, &b);
	buf_release(&head);
	buf_release(&b);
}
