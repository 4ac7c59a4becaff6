/* export_text.c - text: each comment quoted, its reply below it, to read or to
 * paste. Lines stay as they were written; nothing is wrapped.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"
#include "dear/utf8.h"

#include "export_internal.h"

static void put_line(struct buf *out, const char *s)
{
	export_put_line(out, s, strlen(s));
}

static void put_quoted(struct buf *out, const char *text)
{
	const char *line;
	size_t len;

	while (export_line(&text, &line, &len)) {
		buf_puts(out, len > 0 ? "> " : ">");
		utf8_put_terminal(out, line, len);
		buf_puts(out, "\n");
	}
}

static void put_thread(struct buf *out, const struct item *it)
{
	buf_printf(out, "Thread %lld: ", (long long)it->thread);
	put_line(out, export_or(it->thread_title, "(no title)"));
	buf_puts(out, "\n");
	if (it->thread_url) {
		put_line(out, it->thread_url);
		buf_puts(out, "\n");
	}
	buf_puts(out, "\n");
}

static void put_head(struct buf *out, const struct item *it)
{
	buf_printf(out, "Item %lld, to ", (long long)it->id);
	put_line(out, export_or(it->author, "a reader without a name"));
	if (it->comment_id) {
		buf_puts(out, ", comment ");
		put_line(out, it->comment_id);
	}
	buf_puts(out, "\n");
	if (it->url) {
		put_line(out, it->url);
		buf_puts(out, "\n");
	}
	buf_puts(out, "\n");
}

static void text_reply(struct buf *out, const struct export_reply *r)
{
	const struct item *it = r->item;

	if (r->number > 1)
		buf_puts(out, "\n------------------------------------------------------------\n\n");
	if (r->opens)
		put_thread(out, it);
	put_head(out, it);
	put_quoted(out, export_or(it->comment, ""));
	buf_puts(out, "\n");
	utf8_put_terminal(out, it->reply, strlen(it->reply));
	buf_puts(out, "\n\nApproved by ");
	put_line(out, export_or(it->decided_by, "?"));
	buf_printf(out, ", %s\n", r->approved_at);
}

const struct export_writer export_text = { .reply = text_reply };
