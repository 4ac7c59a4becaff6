/* input_text.c - the plain text a reader of the page would copy.
 *
 * A small machine driven by elements and text: paragraphs stand apart by a
 * blank line, quoted lines begin with "> ", blanks collapse as in a browser.
 * Knows nothing of comments.
 */
#include <string.h>

#include "dear/utf8.h"

#include "input_internal.h"

enum kind {
	KIND_INLINE,
	KIND_LINE,      /* begins and ends a line */
	KIND_PARAGRAPH, /* with a blank line around */
	KIND_QUOTE,
	KIND_PRE,
	KIND_BREAK,
	KIND_CELL,
	KIND_IMAGE,
	KIND_SKIP, /* nothing in it is read */
};

/* Sorted by name. */
static const struct {
	const char *name;
	enum kind kind;
} kinds[] = {
	{ "address", KIND_PARAGRAPH }, { "amp-img", KIND_IMAGE }, { "article", KIND_LINE },
	{ "aside", KIND_LINE },        { "audio", KIND_SKIP },    { "blockquote", KIND_QUOTE },
	{ "br", KIND_BREAK },          { "button", KIND_SKIP },   { "canvas", KIND_SKIP },
	{ "caption", KIND_LINE },      { "center", KIND_LINE },   { "dd", KIND_LINE },
	{ "details", KIND_PARAGRAPH }, { "div", KIND_LINE },      { "dl", KIND_PARAGRAPH },
	{ "dt", KIND_LINE },           { "fieldset", KIND_LINE }, { "figcaption", KIND_LINE },
	{ "figure", KIND_PARAGRAPH },  { "footer", KIND_LINE },   { "form", KIND_LINE },
	{ "h1", KIND_PARAGRAPH },      { "h2", KIND_PARAGRAPH },  { "h3", KIND_PARAGRAPH },
	{ "h4", KIND_PARAGRAPH },      { "h5", KIND_PARAGRAPH },  { "h6", KIND_PARAGRAPH },
	{ "head", KIND_SKIP },         { "header", KIND_LINE },   { "hr", KIND_PARAGRAPH },
	{ "img", KIND_IMAGE },         { "li", KIND_LINE },       { "main", KIND_LINE },
	{ "nav", KIND_LINE },          { "noscript", KIND_SKIP }, { "object", KIND_SKIP },
	{ "ol", KIND_PARAGRAPH },      { "p", KIND_PARAGRAPH },   { "pre", KIND_PRE },
	{ "script", KIND_SKIP },       { "section", KIND_LINE },  { "select", KIND_SKIP },
	{ "style", KIND_SKIP },        { "summary", KIND_LINE },  { "svg", KIND_SKIP },
	{ "table", KIND_PARAGRAPH },   { "td", KIND_CELL },       { "template", KIND_SKIP },
	{ "textarea", KIND_SKIP },     { "th", KIND_CELL },       { "title", KIND_SKIP },
	{ "tr", KIND_LINE },           { "ul", KIND_PARAGRAPH },  { "video", KIND_SKIP },
};

static enum kind kind_of(const char *name)
{
	size_t low = 0, high = sizeof(kinds) / sizeof(*kinds);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = strcmp(name, kinds[mid].name);

		if (order == 0)
			return kinds[mid].kind;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return KIND_INLINE;
}

static void want_lines(struct html_text *t, int lines)
{
	if (t->lines < lines)
		t->lines = lines;
	t->blank = false;
}

/* Ends the lines that are due and begins the one that a visible character
 * stands on. */
static void begin_visible(struct html_text *t)
{
	if (t->begun)
		for (int i = 0; i < t->lines; i++)
			buf_putc(t->out, '\n');
	if (t->lines || !t->begun)
		for (int i = 0; i < t->quotes; i++)
			buf_puts(t->out, "> ");
	else if (t->blank)
		buf_putc(t->out, ' ');
	t->lines = 0;
	t->blank = false;
	t->broke = false;
	t->begun = true;
}

static void put_newline(struct html_text *t)
{
	t->blank = false;
	if (t->lines < 2)
		t->lines++;
}

/* References to the C1 range mean Windows-1252, whatever the standard says. */
static uint32_t from_c1(uint32_t cp)
{
	static const uint16_t windows_1252[32] = {
		0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
		0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd,
		0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
		0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178,
	};

	return windows_1252[cp - 0x80];
}

/* A character that is neither ASCII nor plain: C1, no-break and wide blanks. */
static size_t put_wide(struct html_text *t, const char *s, size_t n)
{
	uint32_t cp;
	size_t len = utf8_decode(s, n, &cp);

	if (cp == 0xa0) {
		t->blank = true;
	} else if (cp >= 0x80 && cp < 0xa0) {
		begin_visible(t);
		buf_putcp(t->out, from_c1(cp));
	} else if (cp != 0xfeff) {
		begin_visible(t);
		buf_add(t->out, s, len);
	}
	return len;
}

static size_t put_ascii(struct html_text *t, const char *s, size_t n)
{
	size_t len = 1;

	if (*s == '\n' && (t->pre || t->breaks)) {
		if (!t->broke)
			put_newline(t);
		t->broke = false;
	} else if (*s == ' ' || *s == '\t' || *s == '\n' || *s == '\r' || *s == '\f') {
		if (t->pre && t->begun && !t->lines)
			buf_putc(t->out, ' ');
		else
			t->blank = true;
	} else if ((unsigned char)*s > 0x20 && *s != 0x7f) {
		while (len < n && s[len] > 0x20 && s[len] < 0x7f)
			len++;
		begin_visible(t);
		buf_add(t->out, s, len);
	}
	return len;
}

void html_text_chars(struct html_text *t, const char *s, size_t n)
{
	size_t at = 0;

	if (t->skip)
		return;
	while (at < n)
		at += (unsigned char)s[at] < 0x80 ? put_ascii(t, s + at, n - at)
						  : put_wide(t, s + at, n - at);
}

/* Pictures that stand for a character; any other is not text. */
static bool is_emoji(const char **atts)
{
	const char *classes = html_att(atts, "class"), *src = html_att(atts, "src");

	return html_has_class(classes, "emoji") || html_has_class(classes, "wp-smiley") ||
	       (src && strstr(src, "//s.w.org/images/core/emoji/"));
}

void html_text_start(struct html_text *t, const char *name, const char **atts)
{
	const char *alt;

	if (t->skip) {
		t->skip++;
		return;
	}
	switch (kind_of(name)) {
	case KIND_INLINE:
		break;
	case KIND_LINE:
		want_lines(t, 1);
		break;
	case KIND_QUOTE:
		t->quotes++;
		want_lines(t, 2);
		break;
	case KIND_PRE:
		t->pre++;
		want_lines(t, 2);
		break;
	case KIND_PARAGRAPH:
		want_lines(t, 2);
		break;
	case KIND_BREAK:
		put_newline(t);
		t->broke = true;
		break;
	case KIND_CELL:
		t->blank = true;
		break;
	case KIND_IMAGE:
		alt = html_att(atts, "alt");
		if (alt && is_emoji(atts))
			html_text_chars(t, alt, strlen(alt));
		break;
	case KIND_SKIP:
		t->skip = 1;
		break;
	}
}

void html_text_end(struct html_text *t, const char *name)
{
	if (t->skip) {
		t->skip--;
		return;
	}
	switch (kind_of(name)) {
	case KIND_LINE:
		want_lines(t, 1);
		break;
	case KIND_QUOTE:
		t->quotes--;
		want_lines(t, 2);
		break;
	case KIND_PRE:
		t->pre--;
		want_lines(t, 2);
		break;
	case KIND_PARAGRAPH:
		want_lines(t, 2);
		break;
	case KIND_INLINE:
	case KIND_BREAK:
	case KIND_CELL:
	case KIND_IMAGE:
	case KIND_SKIP:
		break;
	}
}
