/* export_markdown.c - markdown (CommonMark, and what GitHub adds): each comment
 * as a quotation, its reply below it. What readers and editors wrote shows as
 * they wrote it: nothing in it becomes a heading, a link or a table.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "export_internal.h"

/* The words, linked where the address is one. */
static void put_link(struct buf *out, const char *words, const char *url)
{
	struct buf clean = BUF_INIT;

	if (!export_is_link(url)) {
		export_markdown_line(out, words, strlen(words));
		return;
	}
	buf_putc(out, '[');
	export_markdown_line(out, words, strlen(words));
	buf_puts(out, "](<");
	export_put_line(&clean, url, strlen(url));
	for (const char *s = buf_str(&clean); *s; s++) {
		if (strchr("\\<>&", *s))
			buf_putc(out, '\\');
		buf_putc(out, *s);
	}
	buf_puts(out, ">)");
	buf_release(&clean);
}

static void markdown_begin(struct buf *out)
{
	buf_puts(out, "# Approved replies\n");
}

static void markdown_reply(struct buf *out, const struct export_reply *r)
{
	const struct item *it = r->item;
	const char *by = export_or(it->decided_by, "?");

	if (r->opens) {
		buf_puts(out, "\n## ");
		put_link(out, export_or(it->thread_title, "Thread without a title"),
			 it->thread_url);
		buf_puts(out, "\n");
	}
	buf_puts(out, "\n### To ");
	put_link(out, export_or(it->author, "a reader without a name"), it->url);
	buf_puts(out, "\n\n");
	export_markdown_text(out, export_or(it->comment, ""), ">");
	buf_puts(out, "\n");
	export_markdown_text(out, it->reply, "");
	buf_printf(out, "\n*Item %lld, approved by ", (long long)it->id);
	export_markdown_line(out, by, strlen(by));
	buf_printf(out, ", %s*\n", r->approved_at);
}

const struct export_writer export_markdown = { .begin = markdown_begin, .reply = markdown_reply };
