/* input_strain.c - what an XML parser would refuse, or be harmed by, is taken
 * out first.
 *
 * Dropped: the XML declaration, orders, comments, and the whole DOCTYPE, so no
 * entity is ever declared and nothing expands. CDATA becomes text. Lone "&",
 * names of HTML's characters and characters XML forbids are made good and
 * counted. Everything else is left for the parser to judge. Newlines stay, so
 * that lines can be named.
 */
#include <ctype.h>
#include <libxml/HTMLparser.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"

#include "input_document_internal.h"

#define REPLACEMENT "\xef\xbf\xbd"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void keep_line(char c, struct buf *out)
{
	if (c == '\n')
		buf_putc(out, '\n');
}

/* One character as text; returns its bytes. What stands in a window is whole. */
static size_t put_char(struct strain *s, const char *p, size_t n, struct buf *out)
{
	unsigned char c = (unsigned char)*p;

	if ((c < 0x20 && !is_blank(*p)) || c == 0x7f) {
		buf_puts(out, REPLACEMENT);
		s->replaced++;
	} else if (c == 0xef && n >= 3 && !memcmp(p, "\xef\xbf", 2) && (p[2] & 0x3e) == 0x3e) {
		buf_puts(out, REPLACEMENT); /* U+FFFE, U+FFFF */
		s->replaced++;
		return 3;
	} else if (c == '<') {
		buf_puts(out, "&lt;");
	} else if (c == '>') {
		buf_puts(out, "&gt;");
	} else if (c == '&') {
		buf_puts(out, "&amp;");
	} else {
		buf_putc(out, *p);
	}
	return 1;
}

/* Bytes that need no looking at. */
static size_t plain_run(const char *p, size_t n)
{
	size_t i = 0;

	while (i < n) {
		unsigned char c = (unsigned char)p[i];

		if ((c < 0x20 && !is_blank(p[i])) || c == '<' || c == '>' || c == '&' || c == ']' ||
		    c == 0x7f || c == 0xef)
			break;
		i++;
	}
	return i;
}

static size_t feed_text(struct strain *s, const char *p, size_t n, struct buf *out)
{
	size_t run = plain_run(p, n);

	buf_add(out, p, run);
	if (run)
		return run;
	if (*p == '<') {
		s->state = STRAIN_OPEN;
		return 1;
	}
	if (*p == '&') {
		s->outer = STRAIN_TEXT;
		s->word_len = 0;
		s->state = STRAIN_REFERENCE;
		return 1;
	}
	return put_char(s, p, n, out);
}

static size_t feed_open(struct strain *s, char c, struct buf *out)
{
	s->word_len = s->matched = s->tag_bytes = 0;
	if (c == '!') {
		s->state = STRAIN_BANG;
		return 1;
	}
	if (c == '?') {
		s->state = STRAIN_ORDER;
		return 1;
	}
	buf_putc(out, '<');
	s->state = STRAIN_TAG;
	return 0;
}

static size_t feed_tag(struct strain *s, char c, struct buf *out)
{
	if (++s->tag_bytes > BOUND_TAG_BYTES)
		s->too_long = true;
	buf_putc(out, c);
	if (c == '>') {
		s->state = STRAIN_TEXT;
	} else if (c == '"' || c == '\'') {
		s->quote = c;
		s->state = STRAIN_QUOTED;
	}
	return 1;
}

static size_t feed_quoted(struct strain *s, const char *p, size_t n, struct buf *out)
{
	if (++s->tag_bytes > BOUND_TAG_BYTES)
		s->too_long = true;
	if (*p == s->quote) {
		buf_putc(out, *p);
		s->state = STRAIN_TAG;
		return 1;
	}
	if (*p == '&') {
		s->outer = STRAIN_QUOTED;
		s->word_len = 0;
		s->state = STRAIN_REFERENCE;
		return 1;
	}
	return put_char(s, p, n, out);
}

static bool is_character(unsigned long cp)
{
	return (cp >= 0x20 && cp < 0xd800) || cp == '\t' || cp == '\n' || cp == '\r' ||
	       (cp >= 0xe000 && cp < 0xfffe) || (cp >= 0x10000 && cp <= 0x10ffff);
}

/* "#38", "#x26": a reference to a character that XML allows. */
static void put_number(struct strain *s, struct buf *out)
{
	bool hex = s->word[1] == 'x' || s->word[1] == 'X';
	const char *digits = s->word + (hex ? 2 : 1);
	char *end;
	unsigned long cp = strtoul(digits, &end, hex ? 16 : 10);

	if (!*digits || *end) {
		buf_printf(out, "&amp;%s;", s->word);
		s->repaired++;
	} else if (!is_character(cp)) {
		buf_puts(out, REPLACEMENT);
		s->replaced++;
	} else {
		buf_printf(out, "&#%lu;", cp);
	}
}

static void put_reference(struct strain *s, struct buf *out)
{
	static const char *const own[] = { "amp", "lt", "gt", "quot", "apos" };
	const htmlEntityDesc *known;

	s->word[s->word_len] = '\0';
	if (*s->word == '#') {
		put_number(s, out);
		return;
	}
	for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++)
		if (!strcmp(s->word, own[i])) {
			buf_printf(out, "&%s;", s->word);
			return;
		}
	known = htmlEntityLookup((const xmlChar *)s->word);
	if (known)
		buf_printf(out, "&#%u;", known->value);
	else
		buf_printf(out, "&amp;%s;", s->word);
	s->repaired++;
}

static size_t feed_reference(struct strain *s, char c, struct buf *out)
{
	bool part = isalnum((unsigned char)c) || (c == '#' && s->word_len == 0);

	if (part && s->word_len < sizeof(s->word) - 1) {
		s->word[s->word_len++] = c;
		return 1;
	}
	s->state = s->outer;
	if (c == ';' && s->word_len) {
		put_reference(s, out);
		return 1;
	}
	buf_puts(out, "&amp;");
	buf_add(out, s->word, s->word_len);
	s->repaired++;
	return 0;
}

static size_t feed_bang(struct strain *s, char c)
{
	static const char cdata[] = "[CDATA[";

	if (s->word_len == 0 && c == '-' && s->matched < 2) {
		if (++s->matched == 2) {
			s->matched = 0;
			s->outer = STRAIN_TEXT;
			s->state = STRAIN_COMMENT;
		}
		return 1;
	}
	if (s->matched == 0 && c == cdata[s->word_len]) {
		if (!cdata[++s->word_len])
			s->state = STRAIN_CDATA;
		return 1;
	}
	s->quote = 0;
	s->brackets = 0;
	s->matched = 0;
	s->state = STRAIN_DOCTYPE;
	return 0;
}

/* The brackets and dashes seen last may be the start of the end. */
static size_t feed_comment(struct strain *s, const char *p, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '>' && s->matched >= 2) {
			s->matched = 0;
			s->state = s->outer;
			return i + 1;
		}
		s->matched = p[i] == '-' ? s->matched + 1 : 0;
		keep_line(p[i], out);
	}
	return n;
}

static void put_brackets(size_t n, struct buf *out)
{
	while (n--)
		buf_putc(out, ']');
}

static size_t feed_cdata(struct strain *s, const char *p, size_t n, struct buf *out)
{
	size_t run;

	if (*p == ']') {
		s->matched++;
		if (s->matched > 2) {
			buf_putc(out, ']');
			s->matched = 2;
		}
		return 1;
	}
	if (*p == '>' && s->matched == 2) {
		s->matched = 0;
		s->state = STRAIN_TEXT;
		return 1;
	}
	put_brackets(s->matched, out);
	s->matched = 0;
	run = plain_run(p, n);
	buf_add(out, p, run);
	return run ? run : put_char(s, p, n, out);
}

static size_t feed_order(struct strain *s, const char *p, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '>' && s->matched) {
			s->state = STRAIN_TEXT;
			return i + 1;
		}
		s->matched = p[i] == '?';
		keep_line(p[i], out);
	}
	return n;
}

/* Quotes, brackets and comments may hold a ">" that doesn't end it. */
static size_t feed_doctype(struct strain *s, char c, struct buf *out)
{
	static const char comment[] = "<!--";

	keep_line(c, out);
	if (s->quote) {
		if (c == s->quote)
			s->quote = 0;
		return 1;
	}
	s->matched = c == comment[s->matched] ? s->matched + 1 : c == '<';
	if (s->matched == 4) {
		s->matched = 0;
		s->outer = STRAIN_DOCTYPE;
		s->state = STRAIN_COMMENT;
	} else if (c == '"' || c == '\'') {
		s->quote = c;
	} else if (c == '[') {
		s->brackets++;
	} else if (c == ']') {
		s->brackets--;
	} else if (c == '>' && s->brackets <= 0) {
		s->state = STRAIN_TEXT;
	}
	return 1;
}

void strain_feed(struct strain *s, const char *bytes, size_t n, struct buf *out)
{
	for (size_t at = 0; at < n;) {
		const char *p = bytes + at;

		switch (s->state) {
		case STRAIN_TEXT:
			at += feed_text(s, p, n - at, out);
			break;
		case STRAIN_OPEN:
			at += feed_open(s, *p, out);
			break;
		case STRAIN_TAG:
			at += feed_tag(s, *p, out);
			break;
		case STRAIN_QUOTED:
			at += feed_quoted(s, p, n - at, out);
			break;
		case STRAIN_REFERENCE:
			at += feed_reference(s, *p, out);
			break;
		case STRAIN_BANG:
			at += feed_bang(s, *p);
			break;
		case STRAIN_COMMENT:
			at += feed_comment(s, p, n - at, out);
			break;
		case STRAIN_CDATA:
			at += feed_cdata(s, p, n - at, out);
			break;
		case STRAIN_ORDER:
			at += feed_order(s, p, n - at, out);
			break;
		case STRAIN_DOCTYPE:
			at += feed_doctype(s, *p, out);
			break;
		}
	}
}

bool strain_end(const struct strain *s)
{
	return s->state == STRAIN_TEXT;
}
