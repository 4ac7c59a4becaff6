/* export_markdown.c - markdown (CommonMark, and what GitHub adds): each comment
 * as a quotation, its reply below it. What readers and editors wrote shows as
 * they wrote it: nothing in it becomes a heading, a link or a table.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "export_internal.h"

/* Where a line's beginning would make it a quotation, a list or a
 * heading's underline; len when it does not. */
static size_t acting_start(const char *line, size_t len)
{
	size_t digits = strspn(line, "0123456789");

	if (digits > 0)
		return digits < len && strchr(".)", line[digits]) ? digits : len;
	return len > 0 && strchr(">+-=", *line) ? 0 : len;
}

/* One line of text, without the blanks around it: four would make it code. */
static void put_line(struct buf *out, const char *text, size_t len)
{
	struct buf clean = BUF_INIT;
	const char *s;
	size_t acting;

	export_put_line(&clean, text, len);
	buf_trim(&clean);
	s = buf_str(&clean);
	s += strspn(s, " ");
	len = strlen(s);
	acting = acting_start(s, len);
	for (size_t i = 0; i < len; i++) {
		if (i == acting || strchr("\\`*_[]<|~&$#", s[i]))
			buf_putc(out, '\\');
		buf_putc(out, s[i]);
	}
	buf_release(&clean);
}

static bool blank(const char *line, size_t len)
{
	return strspn(line, " \t") >= len;
}

/* Every line keeps its end: inside a paragraph that takes a backslash. */
static void put_text(struct buf *out, const char *text, const char *prefix)
{
	const char *line;
	size_t len;

	while (export_line(&text, &line, &len)) {
		buf_puts(out, prefix);
		if (!blank(line, len)) {
			buf_puts(out, *prefix ? " " : "");
			put_line(out, line, len);
			if (!blank(text, strcspn(text, "\n")))
				buf_putc(out, '\\');
		}
		buf_putc(out, '\n');
	}
}

/* The words, linked where the address is one. */
static void put_link(struct buf *out, const char *words, const char *url)
{
	struct buf clean = BUF_INIT;

	if (!export_is_link(url)) {
		put_line(out, words, strlen(words));
		return;
	}
	buf_putc(out, '[');
	put_line(out, words, strlen(words));
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
	put_text(out, export_or(it->comment, ""), ">");
	buf_puts(out, "\n");
	put_text(out, it->reply, "");
	buf_printf(out, "\n*Item %lld, approved by ", (long long)it->id);
	put_line(out, by, strlen(by));
	buf_printf(out, ", %s*\n", r->approved_at);
}

const struct export_writer export_markdown = { markdown_begin, markdown_reply, NULL };
