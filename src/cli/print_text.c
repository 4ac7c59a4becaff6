/* print_text.c - results for people: the summary of an import, outcomes and
 * figures. The longer texts have files of their own (print_list, print_item,
 * print_tree, print_found, print_score).
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/intake.h"
#include "dear/review.h"
#include "dear/site.h"
#include "dear/situation.h"
#include "dear/utf8.h"

#include "print_internal.h"

static void count(struct buf *b, uint64_t n, const char *one, const char *many)
{
	buf_printf(b, "%llu %s", (unsigned long long)n, n == 1 ? one : many);
}

static void put_read(struct buf *b, const struct intake_thread *t)
{
	bool any = false;

	buf_puts(b, "  ");
	count(b, t->read, "comment read", "comments read");
	buf_printf(b, ", %llu kept", (unsigned long long)t->kept);
	for (size_t i = 0; i < INTAKE_SKIPS; i++) {
		if (!t->skipped[i])
			continue;
		buf_puts(b, any ? ", " : "; skipped: ");
		buf_printf(b, "%llu %s", (unsigned long long)t->skipped[i], intake_skip_word(i));
		any = true;
	}
	buf_printf(b, "\n  %llu new, %llu changed\n", (unsigned long long)t->added,
		   (unsigned long long)t->changed);
}

static void put_reasons(struct buf *b, const uint64_t *reasons)
{
	const char *before = " (";

	for (int i = 0; reasons && i < TRIAGE_COUNT; i++) {
		if (!reasons[i])
			continue;
		buf_printf(b, "%s%llu %s", before, (unsigned long long)reasons[i],
			   triage_word((enum triage)i));
		before = ", ";
	}
	if (before[0] == ',')
		buf_putc(b, ')');
}

static void put_queue(struct buf *b, const struct intake_thread *t, const struct import_extra *x)
{
	buf_printf(b, "  %llu by the column", (unsigned long long)t->staff);
	if (x->reasons)
		buf_printf(b, ", %llu answered", (unsigned long long)x->answered);
	buf_printf(b, ", %llu awaiting an answer\n", (unsigned long long)t->awaiting);
	if (t->awaiting) {
		buf_printf(b, "  of these %llu drafted, ", (unsigned long long)t->drafted);
		count(b, t->need_person, "needs a person", "need a person");
		put_reasons(b, x->reasons);
		buf_puts(b, ", ");
		count(b, t->no_reply, "wants no reply", "want no reply");
		buf_printf(b, ", %llu decided\n", (unsigned long long)t->decided);
	}
	if (t->also_answered) {
		buf_puts(b, "  besides, ");
		count(b, t->also_answered, "item for a comment", "items for comments");
		buf_puts(b, " answered before\n");
	}
}

void text_imported(struct out *o, const struct intake_thread *t, const struct import_extra *x)
{
	struct buf b = BUF_INIT, title = BUF_INIT;

	words_line(&title, t->title ? t->title : "(no title)", o->columns - 16);
	words_head(&b, o, buf_str(&title));
	buf_printf(&b, "  thread %lld, read as %s%s\n", (long long)t->thread,
		   t->format ? t->format : "?", x->dry_run ? "; a dry run, nothing is kept" : "");
	put_read(&b, t);
	put_queue(&b, t, x);
	out_write(o, &b);
	buf_release(&title);
	buf_release(&b);
}

/* The error itself is told on stderr by the command. */
static void text_import_failed(struct out *o, const struct intake_failure *f)
{
	(void)o;
	(void)f;
}

static void text_outcome(struct out *o, int64_t item, const struct review_result *r)
{
	struct buf b = BUF_INIT;

	buf_printf(&b, "%lld: ", (long long)item);
	words_line(&b, r->text, 400);
	buf_putc(&b, '\n');
	if (r->outcome == REVIEW_CONFLICT && r->seen && r->now) {
		buf_puts(&b, "  as it was seen:\n");
		words_block(&b, o, "  < ", r->seen);
		buf_puts(&b, "  as it is now:\n");
		words_block(&b, o, "  > ", r->now);
	}
	out_write(o, &b);
	buf_release(&b);
}

static void text_pushed(struct out *o, const struct push_result *r)
{
	struct buf b = BUF_INIT;

	if (r->body) {
		buf_puts(&b, "POST ");
		words_line(&b, r->url, 400);
		buf_putc(&b, '\n');
		utf8_put_json(&b, r->body, strlen(r->body));
		buf_putc(&b, '\n');
	} else {
		buf_printf(&b, "%lld: ", (long long)r->item);
		words_line(&b, r->text, 400);
		buf_putc(&b, '\n');
	}
	out_write(o, &b);
	buf_release(&b);
}

static void text_figures(struct out *o, const struct figure *list)
{
	struct buf b = BUF_INIT;

	for (const struct figure *f = list; f->key; f++) {
		if (b.len)
			buf_puts(&b, ", ");
		count(&b, f->count, f->one, f->many);
	}
	buf_putc(&b, '\n');
	out_write(o, &b);
	buf_release(&b);
}

const struct printer print_text = {
	.imported = text_imported,
	.import_failed = text_import_failed,
	.list_begin = text_list_begin,
	.list_item = text_list_item,
	.list_end = text_list_end,
	.item = text_item,
	.tree_begin = text_tree_begin,
	.tree_node = text_tree_node,
	.tree_end = text_tree_end,
	.outcome = text_outcome,
	.pushed = text_pushed,
	.explanation = text_explanation,
	.trial = text_trial,
	.evaluation = text_evaluation,
	.training = text_training,
	.stats = text_stats,
	.figures = text_figures,
	.filters = text_filters,
};
