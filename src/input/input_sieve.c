/* input_sieve.c - what libxml2's push parser must not see is taken out first.
 *
 * libxml2 2.9 closes an li when another begins inside it, ranks an unclosed
 * div above the end of its li, loses its place when a comment or script end is
 * cut by a chunk, and holds everything back after a lone "&". So: comments,
 * declarations, scripts and styles are dropped; div (and li, when asked) become
 * x-div and x-li, which it treats as equals of every other element; what is no
 * tag or reference is escaped; overlong tags and values are cut. input_html
 * undoes the renaming. Attributes that no reader looks at are left out.
 */
#include <ctype.h>
#include <string.h>

#include "input_internal.h"

#define TAG_MAX   ((size_t)64 * 1024)
#define VALUE_MAX ((size_t)8 * 1024)
/* A run of text without a tag is broken by an empty element, so that the
 * parser hands it on. */
#define RUN_MAX ((size_t)16 * 1024)

static const char *const raw_elements[] = { "script",   "style", "iframe", "noembed",
					    "noframes", "xmp",   NULL };

/* Elements a page may name; any other reads as span, so that a page can't make
 * libxml2 remember names without end. Sorted. */
static const char *const known_elements[] = {
	"a",        "abbr",   "acronym",  "address",    "amp-img",    "article",  "aside",
	"audio",    "b",      "base",     "big",        "blockquote", "body",     "br",
	"button",   "canvas", "caption",  "center",     "cite",       "code",     "col",
	"colgroup", "dd",     "del",      "details",    "dfn",        "div",      "dl",
	"dt",       "em",     "fieldset", "figcaption", "figure",     "font",     "footer",
	"form",     "h1",     "h2",       "h3",         "h4",         "h5",       "h6",
	"head",     "header", "hr",       "html",       "i",          "img",      "input",
	"ins",      "kbd",    "label",    "legend",     "li",         "link",     "main",
	"mark",     "meta",   "nav",      "noscript",   "object",     "ol",       "optgroup",
	"option",   "p",      "pre",      "q",          "s",          "samp",     "section",
	"select",   "small",  "span",     "strike",     "strong",     "sub",      "summary",
	"sup",      "svg",    "table",    "tbody",      "td",         "template", "textarea",
	"tfoot",    "th",     "thead",    "time",       "title",      "tr",       "tt",
	"u",        "ul",     "var",      "video",      "wbr",
};

static bool is_known(const char *name)
{
	size_t low = 0, high = sizeof(known_elements) / sizeof(*known_elements);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = strcmp(name, known_elements[mid]);

		if (order == 0)
			return true;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return false;
}

static bool is_raw(const char *name)
{
	for (const char *const *r = raw_elements; *r; r++)
		if (!strcmp(*r, name))
			return true;
	return false;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

static void keep_line(const struct sieve *s, char c, struct buf *out)
{
	if (c == '\n' && s->keep_lines)
		buf_putc(out, '\n');
}

static void to_text(struct sieve *s)
{
	s->state = SIEVE_TEXT;
	s->run = 0;
}

static void break_run(struct sieve *s, struct buf *out)
{
	if (s->run > RUN_MAX) {
		buf_puts(out, "<x-t></x-t>");
		s->run = 0;
	}
}

/* As much plain text as there is; returns how many bytes. A run is broken
 * before an ASCII character, never inside another. */
static size_t feed_text(struct sieve *s, const char *p, size_t n, struct buf *out)
{
	size_t i = 0;

	if (!((unsigned char)*p & 0x80))
		break_run(s, out);
	while (i < n && i < RUN_MAX && p[i] != '<' && p[i] != '&')
		i++;
	buf_add(out, p, i);
	s->run += i;
	if (i == n || i == RUN_MAX)
		return i;
	s->word_len = 0;
	s->closing = false;
	s->state = p[i] == '<' ? SIEVE_OPEN : SIEVE_REFERENCE;
	return i + 1;
}

/* A whole reference goes through; a lone "&" is escaped. */
static size_t feed_reference(struct sieve *s, char c, struct buf *out)
{
	bool part = isalnum((unsigned char)c) || (c == '#' && s->word_len == 0);

	if (part && s->word_len < sizeof(s->word) - 1) {
		s->word[s->word_len++] = c;
		return 1;
	}
	buf_puts(out, c == ';' && s->word_len ? "&" : "&amp;");
	buf_add(out, s->word, s->word_len);
	s->run += s->word_len + 1;
	s->state = SIEVE_TEXT;
	return 0;
}

static size_t feed_open(struct sieve *s, char c, struct buf *out)
{
	if (isalpha((unsigned char)c)) {
		s->tag_bytes = 0;
		s->state = SIEVE_NAME;
		return 0;
	}
	if (c == '/' && !s->closing) {
		s->closing = true;
		return 1;
	}
	if (c == '!' && !s->closing) {
		s->state = SIEVE_BANG;
		return 1;
	}
	if (c == '?' || s->closing) { /* "</3" is dropped, as browsers do */
		s->state = SIEVE_DROP;
		return 0;
	}
	buf_puts(out, "&lt;");
	s->run += 4;
	s->state = SIEVE_TEXT;
	return 0;
}

/* The name is complete: writes the start of the tag, or begins to drop. */
static void name_done(struct sieve *s, struct buf *out)
{
	s->word[s->word_len] = '\0';
	if (is_raw(s->word)) {
		memcpy(s->raw_name, s->word, s->word_len + 1);
		s->state = s->closing ? SIEVE_DROP : SIEVE_TAG;
		return;
	}
	s->raw_name[0] = '\0';
	buf_puts(out, s->closing ? "</" : "<");
	if (!strcmp(s->word, "div") || (s->rename_li && !strcmp(s->word, "li")))
		buf_puts(out, "x-");
	buf_puts(out, is_known(s->word) ? s->word : "span");
	s->keep_value = false;
	s->state = SIEVE_TAG;
}

static size_t feed_name(struct sieve *s, char c, struct buf *out)
{
	if (!is_blank(c) && c != '>' && c != '/') {
		if (s->word_len < sizeof(s->word) - 1)
			s->word[s->word_len++] = (char)tolower((unsigned char)c);
		return 1;
	}
	name_done(s, out);
	return 0;
}

/* The attributes that some reader looks at; all others stay outside. */
static bool is_read(const char *name)
{
	static const char *const names[] = {
		"alt",     "charset",  "cite",   "class",    "content",   "data-postid", "datetime",
		"href",    "id",       "itemid", "itemprop", "itemscope", "itemtype",    "name",
		"onclick", "property", "rel",    "src",      "title",     "value",       NULL
	};

	for (const char *const *n = names; *n; n++)
		if (**n == *name && !strcmp(*n, name))
			return true;
	return false;
}

static size_t feed_tag(struct sieve *s, char c, struct buf *out)
{
	if (c == '>') {
		if (*s->raw_name) {
			s->state = SIEVE_RAW;
			s->matched = 0;
		} else {
			buf_putc(out, '>');
			to_text(s);
		}
	} else if (c == '=') {
		s->state = SIEVE_VALUE;
	} else if (is_blank(c) || strchr("/\"'<", c)) {
		keep_line(s, c, out);
	} else {
		s->word_len = 0;
		s->state = SIEVE_ATTRIBUTE;
		return 0;
	}
	return 1;
}

static size_t feed_attribute(struct sieve *s, char c, struct buf *out)
{
	if (!is_blank(c) && !strchr("=>/", c)) {
		if (s->word_len < sizeof(s->word) - 1)
			s->word[s->word_len++] = (char)tolower((unsigned char)c);
		return 1;
	}
	s->word[s->word_len] = '\0';
	s->keep_value = !*s->raw_name && s->tag_bytes < TAG_MAX && is_read(s->word);
	if (s->keep_value) {
		buf_putc(out, ' ');
		buf_add(out, s->word, s->word_len);
		s->tag_bytes += s->word_len + 1;
	}
	s->state = SIEVE_TAG;
	return 0;
}

static size_t feed_value(struct sieve *s, char c, struct buf *out)
{
	if (is_blank(c)) {
		keep_line(s, c, out);
		return 1;
	}
	s->value_bytes = 0;
	s->quote = '"';
	s->state = SIEVE_BARE;
	if (c == '"' || c == '\'') {
		s->quote = c;
		s->state = SIEVE_QUOTED;
	}
	if (s->keep_value) {
		buf_putc(out, '=');
		buf_putc(out, s->quote);
	}
	return s->state == SIEVE_QUOTED;
}

static size_t feed_bare(struct sieve *s, char c, struct buf *out)
{
	if (is_blank(c) || c == '>') {
		if (s->keep_value)
			buf_putc(out, s->quote);
		s->keep_value = false;
		s->state = SIEVE_TAG;
		return 0;
	}
	if (s->keep_value && c != '"' && s->value_bytes < VALUE_MAX) {
		buf_putc(out, c);
		s->value_bytes++;
		s->tag_bytes++;
	}
	return 1;
}

static size_t feed_quoted(struct sieve *s, const char *p, size_t n, struct buf *out)
{
	const char *end = memchr(p, s->quote, n);
	size_t len = end ? (size_t)(end - p) : n, room;

	room = s->value_bytes < VALUE_MAX ? VALUE_MAX - s->value_bytes : 0;
	if (room > len)
		room = len;
	else
		while (room && ((unsigned char)p[room] & 0xc0) == 0x80)
			room--; /* a whole character */
	if (s->keep_value) {
		buf_add(out, p, room);
		s->tag_bytes += room;
	}
	s->value_bytes = room < len ? VALUE_MAX : s->value_bytes + len;
	if (!end)
		return n;
	if (s->keep_value)
		buf_putc(out, s->quote);
	s->keep_value = false;
	s->state = SIEVE_TAG;
	return len + 1;
}

static size_t feed_bang(struct sieve *s, char c, struct buf *out)
{
	if (c == '-' && s->word_len < 2) {
		if (++s->word_len == 2) {
			s->state = SIEVE_COMMENT;
			s->matched = 2; /* "<!-->" is a whole comment */
		}
		return 1;
	}
	(void)out;
	s->state = SIEVE_DROP;
	return 0;
}

static size_t feed_drop(struct sieve *s, const char *p, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		keep_line(s, p[i], out);
		if (p[i] == '>') {
			to_text(s);
			return i + 1;
		}
	}
	return n;
}

static size_t feed_comment(struct sieve *s, const char *p, size_t n, struct buf *out)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] == '-') {
			s->matched++;
		} else if (p[i] == '>' && s->matched >= 2) {
			to_text(s);
			return i + 1;
		} else {
			s->matched = 0;
			keep_line(s, p[i], out);
		}
	}
	return n;
}

/* Looks for "</name"; what follows to ">" is dropped. matched counts how much
 * of it was seen. */
static size_t feed_raw(struct sieve *s, const char *p, size_t n, struct buf *out)
{
	size_t name_len = strlen(s->raw_name);

	for (size_t i = 0; i < n; i++) {
		char c = (char)tolower((unsigned char)p[i]);

		keep_line(s, p[i], out);
		if (s->matched == name_len + 2) {
			if (is_blank(c) || c == '>' || c == '/') {
				s->state = SIEVE_DROP;
				return i;
			}
			s->matched = 0;
		}
		if (c == '<')
			s->matched = 1;
		else if (s->matched == 1 && c == '/')
			s->matched = 2;
		else if (s->matched >= 2 && c == s->raw_name[s->matched - 2])
			s->matched++;
		else
			s->matched = 0;
	}
	return n;
}

void sieve_feed(struct sieve *s, const char *bytes, size_t n, struct buf *out)
{
	size_t at = 0;

	while (at < n) {
		const char *p = bytes + at;

		switch (s->state) {
		case SIEVE_TEXT:
			at += feed_text(s, p, n - at, out);
			break;
		case SIEVE_REFERENCE:
			at += feed_reference(s, *p, out);
			break;
		case SIEVE_OPEN:
			at += feed_open(s, *p, out);
			break;
		case SIEVE_NAME:
			at += feed_name(s, *p, out);
			break;
		case SIEVE_TAG:
			at += feed_tag(s, *p, out);
			break;
		case SIEVE_ATTRIBUTE:
			at += feed_attribute(s, *p, out);
			break;
		case SIEVE_VALUE:
			at += feed_value(s, *p, out);
			break;
		case SIEVE_BARE:
			at += feed_bare(s, *p, out);
			break;
		case SIEVE_QUOTED:
			at += feed_quoted(s, p, n - at, out);
			break;
		case SIEVE_DROP:
			at += feed_drop(s, p, n - at, out);
			break;
		case SIEVE_BANG:
			at += feed_bang(s, *p, out);
			break;
		case SIEVE_COMMENT:
			at += feed_comment(s, p, n - at, out);
			break;
		case SIEVE_RAW:
			at += feed_raw(s, p, n - at, out);
			break;
		}
	}
}

void sieve_end(struct sieve *s, struct buf *out)
{
	if (s->state == SIEVE_REFERENCE)
		feed_reference(s, ' ', out);
	else if (s->state == SIEVE_OPEN && !s->closing)
		buf_puts(out, "&lt;");
	else if ((s->state == SIEVE_QUOTED || s->state == SIEVE_BARE) && s->keep_value)
		buf_putc(out, s->quote);
}
