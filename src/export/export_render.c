/* export_render.c - one reply, rendered for what it is put into: plain, Markdown,
 * HTML, and HTML as WordPress stores it. Whatever was written shows as it was
 * written; nothing of it becomes markup.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/utf8.h"

#include "export_internal.h"

/* ---- plain ---- */

/* C0 but newline and tab, DEL, C1, what turns the direction of all that follows,
 * and what is no character. */
static bool is_control(uint32_t cp)
{
	return (cp < 0x20 && cp != '\n' && cp != '\t') || (cp >= 0x7f && cp < 0xa0) ||
	       (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069) ||
	       (cp & 0xfffe) == 0xfffe;
}

void export_render_plain(struct buf *out, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		uint32_t cp;
		size_t n = utf8_decode(text, left, &cp);

		if (!is_control(cp))
			buf_add(out, text, n);
		text += n;
		left -= n;
	}
}

/* ---- markdown ---- */

/* Where a line's beginning would make it a quotation, a list or a
 * heading's underline; len when it does not. */
static size_t acting_start(const char *line, size_t len)
{
	size_t digits = strspn(line, "0123456789");

	if (digits > 0)
		return digits < len && strchr(".)", line[digits]) ? digits : len;
	return len > 0 && strchr(">+-=", *line) ? 0 : len;
}

/* The blanks around it go: four would make it code. */
void export_markdown_line(struct buf *out, const char *text, size_t len)
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
void export_markdown_text(struct buf *out, const char *text, const char *prefix)
{
	const char *line;
	size_t len;

	while (export_line(&text, &line, &len)) {
		buf_puts(out, prefix);
		if (!blank(line, len)) {
			buf_puts(out, *prefix ? " " : "");
			export_markdown_line(out, line, len);
			if (!blank(text, strcspn(text, "\n")))
				buf_putc(out, '\\');
		}
		buf_putc(out, '\n');
	}
}

void export_render_markdown(struct buf *out, const char *text)
{
	export_markdown_text(out, text, "");
	buf_trim(out);
}

/* ---- HTML ---- */

void export_html_line(struct buf *out, const char *s, size_t len)
{
	struct buf clean = BUF_INIT;

	utf8_put_terminal(&clean, s, len);
	buf_put_html(out, buf_str(&clean), clean.len);
	buf_release(&clean);
}

void export_render_html(struct buf *out, const char *text)
{
	const char *line;
	bool open = false;
	size_t len;

	while (export_line(&text, &line, &len)) {
		if (len == 0) {
			buf_puts(out, open ? "</p>\n" : "");
			open = false;
			continue;
		}
		buf_puts(out, open ? "<br>\n" : "<p>");
		export_html_line(out, line, len);
		open = true;
	}
	buf_puts(out, open ? "</p>\n" : "");
}

/* Quotation marks stay: they mean nothing in text, and stay to be compared.  A
 * table made before 2015 takes no character of four bytes, but its number. */
static void put_wordpress(struct buf *out, uint32_t cp)
{
	if (cp == '&')
		buf_puts(out, "&amp;");
	else if (cp == '<')
		buf_puts(out, "&lt;");
	else if (cp == '>')
		buf_puts(out, "&gt;");
	else if (cp > 0xffff)
		buf_printf(out, "&#x%x;", (unsigned)cp);
	else
		buf_putcp(out, cp);
}

void export_render_wordpress(struct buf *out, const char *text)
{
	struct buf plain = BUF_INIT;
	const char *s;

	export_render_plain(&plain, text);
	buf_trim(&plain);
	s = buf_str(&plain);
	for (size_t left = plain.len; left > 0;) {
		uint32_t cp;
		size_t n = utf8_decode(s, left, &cp);

		put_wordpress(out, cp);
		s += n;
		left -= n;
	}
	buf_release(&plain);
}
