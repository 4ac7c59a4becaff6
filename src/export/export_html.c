/* export_html.c - html: one page, complete in itself, to read or to print.
 * Whatever was written by people goes through put(), which escapes; there is no
 * script, and the page's own policy allows none.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "export_internal.h"

static const char page_head[] =
	"<!DOCTYPE html>\n"
	"<html lang=\"en\">\n"
	"<head>\n"
	"<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" "
	"content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	"<meta name=\"referrer\" content=\"no-referrer\">\n"
	"<title>Approved replies</title>\n"
	"<style>\n"
	":root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }\n"
	"main { max-width: 42rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere; }\n"
	"article { margin: 2rem 0; }\n"
	"blockquote { margin: 0; padding: 0 1rem; border-inline-start: 0.25rem solid #888; }\n"
	".by { font-size: 0.9rem; }\n"
	"@media print { h2, h3, .by { break-after: avoid; } }\n"
	"</style>\n"
	"</head>\n"
	"<body>\n"
	"<main>\n"
	"<h1>Approved replies</h1>\n";

static void put(struct buf *out, const char *s)
{
	export_html_line(out, s, strlen(s));
}

/* The words in the direction of their own script, linked where url is one. */
static void put_link(struct buf *out, const char *words, const char *url)
{
	bool link = export_is_link(url);

	if (link) {
		buf_puts(out, "<a href=\"");
		put(out, url);
		buf_puts(out, "\">");
	}
	buf_puts(out, "<bdi>");
	put(out, words);
	buf_puts(out, link ? "</bdi></a>" : "</bdi>");
}

static void put_thread(struct buf *out, const struct export_reply *r)
{
	const struct item *it = r->item;
	long long id = it->thread;

	if (r->number > 1)
		buf_puts(out, "</section>\n");
	buf_printf(out, "<section aria-labelledby=\"thread-%lld\">\n<h2 id=\"thread-%lld\">", id,
		   id);
	put_link(out, export_or(it->thread_title, "Thread without a title"), it->thread_url);
	buf_puts(out, "</h2>\n");
}

static void put_comment(struct buf *out, const struct item *it)
{
	struct buf name = BUF_INIT;

	buf_printf(&name, "Comment %s", export_or(it->comment_id, "without an id"));
	buf_puts(out, "<p class=\"by\">");
	put_link(out, buf_str(&name), it->url);
	if (it->date) {
		buf_puts(out, ", <bdi>");
		put(out, it->date);
		buf_puts(out, "</bdi>");
	}
	buf_puts(out, ":</p>\n<blockquote dir=\"auto\">\n");
	export_render_html(out, export_or(it->comment, ""));
	buf_puts(out, "</blockquote>\n");
	buf_release(&name);
}

static void html_reply(struct buf *out, const struct export_reply *r)
{
	const struct item *it = r->item;
	long long id = it->id;

	if (r->opens)
		put_thread(out, r);
	buf_printf(out, "<article aria-labelledby=\"item-%lld\">\n<h3 id=\"item-%lld\">To <bdi>",
		   id, id);
	put(out, export_or(it->author, "a reader without a name"));
	buf_puts(out, "</bdi></h3>\n");
	put_comment(out, it);
	buf_puts(out, "<p class=\"by\">Reply, approved by <bdi>");
	put(out, export_or(it->decided_by, "?"));
	buf_printf(out, "</bdi>, <time datetime=\"%s\">%s</time>:</p>\n<div dir=\"auto\">\n",
		   r->approved_at, r->approved_at);
	export_render_html(out, it->reply);
	buf_puts(out, "</div>\n</article>\n");
}

static void html_begin(struct buf *out)
{
	buf_puts(out, page_head);
}

static void html_end(struct buf *out, uint64_t count)
{
	buf_puts(out, count > 0 ? "</section>\n" : "<p>There are none.</p>\n");
	buf_puts(out, "</main>\n</body>\n</html>\n");
}

const struct export_writer export_html = { .begin = html_begin,
					   .reply = html_reply,
					   .end = html_end };
