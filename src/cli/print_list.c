/* print_list.c - the queue as a table for a terminal of 80 columns: a line of
 * columns, what was found behind it, and the first words of the comment under
 * it. A thread's title stands over its items.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/situation.h"
#include "dear/store.h"

#include "print_internal.h"

enum { STATUS_COLUMNS = 12, WHO_COLUMNS = 14, DATE_COLUMNS = 10, TAIL_INDENT = 45 };

void text_list_begin(struct out *o)
{
	o->listed = 0;
	o->thread = 0;
}

static void put_thread(struct buf *b, struct out *o, const struct item *it)
{
	struct buf head = BUF_INIT;

	if (o->thread == it->thread)
		return;
	o->thread = it->thread;
	buf_printf(&head, "Thread %lld: ", (long long)it->thread);
	words_line(&head, it->thread_title ? it->thread_title : "(no title)", o->columns - 20);
	words_head(b, o, buf_str(&head));
	buf_release(&head);
}

/* A word of the tail, on a new line under the others when this one is full. */
static void put_tail(struct buf *b, const struct out *o, const char *word, const char *mark,
		     int *used)
{
	int width = (int)(strlen(word) + strlen(mark)) + 2;

	if (*used > 0 && TAIL_INDENT + *used + width > o->columns) {
		buf_printf(b, "\n%*s", TAIL_INDENT, "");
		*used = 0;
	}
	buf_printf(b, "  %s%s", word, mark);
	*used += width;
}

/* Reason and flags as they are, situations that are not sure with a "?". */
static void put_found(struct buf *b, const struct out *o, const struct item *it,
		      const struct classification *c)
{
	struct buf reason = BUF_INIT;
	int used = 0;

	if (print_reason(it)) {
		buf_printf(&reason, "(%s)", print_reason(it));
		put_tail(b, o, buf_str(&reason), "", &used);
	}
	for (const struct item_flag *f = print_flags; f->word; f++) {
		if (!(it->flags & f->bit))
			continue;
		buf_clear(&reason);
		buf_printf(&reason, "[%s]", f->word);
		put_tail(b, o, buf_str(&reason), "", &used);
	}
	for (size_t i = 0; i < c->situation_count; i++)
		put_tail(b, o, c->situations[i].label, c->situations[i].band == BAND_LOW ? "?" : "",
			 &used);
	buf_release(&reason);
}

void text_list_item(struct out *o, const struct item *it, const struct classification *c)
{
	struct buf b = BUF_INIT;

	put_thread(&b, o, it);
	buf_printf(&b, "%4lld  %-*s ", (long long)it->id, STATUS_COLUMNS,
		   item_status_word(it->status));
	words_cell(&b, it->author ? it->author : "(no name)", WHO_COLUMNS);
	buf_puts(&b, "  ");
	words_date(&b, it->date, DATE_COLUMNS);
	put_found(&b, o, it, c);
	buf_puts(&b, "\n      “");
	words_line(&b, it->comment ? it->comment : "", o->columns - 8);
	buf_puts(&b, "”\n");
	out_write(o, &b);
	buf_release(&b);
	o->listed++;
}

void text_list_end(struct out *o)
{
	(void)o;
}
