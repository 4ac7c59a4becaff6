/* tui_text.c - styled text set in lines: made safe, measured in columns, wrapped
 * at blanks. Widths are utf8proc's; the screen places each run by them.
 */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"
#include "dear/utf8.h"

#include "tui_internal.h"

/* What a terminal draws together with its neighbour, or not, as it likes: without
 * it every terminal agrees how wide the rest is. Joiners, variation selectors,
 * shades of skin, marks of direction, tags. */
static bool is_joiner(uint32_t cp)
{
	return (cp >= 0x200b && cp <= 0x200f) || (cp >= 0xfe00 && cp <= 0xfe0f) ||
	       (cp >= 0x1f3fb && cp <= 0x1f3ff) || (cp >= 0xe0000 && cp <= 0xe0fff) ||
	       (cp >= 0x2028 && cp <= 0x2029) || cp == 0xfeff || cp == 0x00ad || cp == 0x061c ||
	       (cp >= 0x2060 && cp <= 0x2064);
}

static void put_bytes(struct tui_text *t, unsigned style, const char *s, size_t n)
{
	struct buf safe = BUF_INIT;
	uint32_t cp;

	utf8_put_terminal(&safe, s, n);
	for (size_t i = 0, len; i < safe.len; i += len) {
		len = utf8_decode(safe.str + i, safe.len - i, &cp);
		if (is_joiner(cp))
			continue;
		buf_add(&t->bytes, safe.str + i, len);
		for (size_t k = 0; k < len; k++)
			buf_putc(&t->styles, (char)style);
	}
	buf_release(&safe);
}

void tui_put(struct tui_text *t, unsigned style, const char *s)
{
	put_bytes(t, style, s, strlen(s));
}

void tui_printf(struct tui_text *t, unsigned style, const char *fmt, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	tui_put(t, style, text);
}

/* For each byte, whether a span that speaks for a situation holds it. What is only
 * possible marks nothing: half a comment would be underlined. */
static unsigned char *marked_bytes(const char *s, size_t len, const struct classification *c)
{
	unsigned char *marked = mem_alloc(len + 1);

	for (size_t i = 0; i < c->situation_count; i++)
		for (size_t k = 0; k < c->situations[i].evidence_count; k++) {
			const struct evidence *e = &c->situations[i].evidence[k];
			size_t from = utf8_offset(s, len, e->start);
			size_t to = utf8_offset(s, len, e->end);

			if (e->supports && from < to && c->situations[i].band > BAND_LOW)
				memset(marked + from, 1, to - from);
		}
	return marked;
}

void tui_put_evidence(struct tui_text *t, const char *s, const struct classification *found)
{
	size_t len = strlen(s), end;
	unsigned char *marked = marked_bytes(s, len, found);

	for (size_t i = 0; i < len; i = end) {
		for (end = i + 1; end < len && marked[end] == marked[i]; end++)
			;
		put_bytes(t, marked[i] ? TUI_UNDERLINE : 0, s + i, end - i);
	}
	free(marked);
}

void tui_text_release(struct tui_text *t)
{
	buf_release(&t->bytes);
	buf_release(&t->styles);
}

static void clear(struct tui_text *t)
{
	buf_clear(&t->bytes);
	buf_clear(&t->styles);
}

/* ---- lines ---- */

static int columns_of(const char *s, size_t n)
{
	int columns = 0;
	uint32_t cp;

	for (size_t i = 0; i < n; i += utf8_decode(s + i, n - i, &cp)) {
		utf8_decode(s + i, n - i, &cp);
		columns += utf8_width(cp);
	}
	return columns;
}

/* Bytes [from, to) of the text as a line. */
static struct tui_line make_line(const struct tui_text *t, size_t from, size_t to, struct arena *a)
{
	struct buf runs = BUF_INIT;
	struct tui_line line = { 0 };
	size_t end;

	for (size_t i = from; i < to; i = end) {
		struct tui_run run = { .style = (unsigned char)t->styles.str[i] };

		for (end = i + 1; end < to && t->styles.str[end] == t->styles.str[i]; end++)
			;
		run.len = end - i;
		run.text = arena_strndup(a, t->bytes.str + i, run.len);
		run.columns = columns_of(run.text, run.len);
		line.columns += run.columns;
		buf_add(&runs, &run, sizeof(run));
	}
	line.count = runs.len / sizeof(struct tui_run);
	line.runs = arena_copy(a, buf_str(&runs), runs.len);
	buf_release(&runs);
	return line;
}

/* Where the line that begins at from ends (*ret_end) and the next begins. */
static size_t break_line(const struct tui_text *t, size_t from, int columns, size_t *ret_end)
{
	const char *s = t->bytes.str;
	size_t len = t->bytes.len, blank = 0, n;
	int used = 0;
	uint32_t cp;

	for (size_t i = from; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (cp == '\n') {
			*ret_end = i;
			return i + n;
		}
		if (cp == ' ' && i > from)
			blank = i;
		used += utf8_width(cp);
		if (used <= columns)
			continue;
		/* A blank may stand beyond the edge; a word that is too long is cut. */
		if (!blank)
			blank = i > from ? i : i + n;
		*ret_end = blank;
		return s[blank] == ' ' ? blank + 1 : blank;
	}
	*ret_end = len;
	return len;
}

static void put_ellipsis(struct tui_text *t, size_t from, size_t end, int columns,
			 struct tui_line *ret, struct arena *a)
{
	struct tui_text cut = { 0 };
	size_t len = end - from;

	while (len > 0 && columns_of(t->bytes.str + from, len) >= columns)
		do
			len--;
		while (len > 0 && (t->bytes.str[from + len] & 0xc0) == 0x80);
	buf_add(&cut.bytes, t->bytes.str + from, len);
	buf_add(&cut.styles, t->styles.str + from, len);
	put_bytes(&cut, len ? (unsigned char)cut.styles.str[len - 1] & ~TUI_UNDERLINE : 0, "…",
		  strlen("…"));
	*ret = make_line(&cut, 0, cut.bytes.len, a);
	tui_text_release(&cut);
}

void tui_wrap(struct tui_lines *l, struct tui_text *t, size_t limit)
{
	size_t from = 0, end, next, made = 0;

	while (t->bytes.len && t->bytes.str[t->bytes.len - 1] == '\n')
		buf_cut(&t->bytes, t->bytes.len - 1);
	for (; from < t->bytes.len && (!limit || made < limit); from = next) {
		struct tui_line line;

		next = break_line(t, from, l->columns, &end);
		if (limit && ++made == limit && next < t->bytes.len)
			put_ellipsis(t, from, end, l->columns, &line, l->a);
		else
			line = make_line(t, from, end, l->a);
		buf_add(&l->list, &line, sizeof(line));
	}
	clear(t);
}

struct tui_line tui_fit(struct tui_text *t, int columns, struct arena *a)
{
	struct tui_line line;

	for (size_t i = 0; i < t->bytes.len; i++)
		if (t->bytes.str[i] == '\n')
			t->bytes.str[i] = ' ';
	if (columns_of(buf_str(&t->bytes), t->bytes.len) <= columns)
		line = make_line(t, 0, t->bytes.len, a);
	else
		put_ellipsis(t, 0, t->bytes.len, columns, &line, a);
	clear(t);
	return line;
}

struct tui_line tui_one_line(const char *text, unsigned style, int columns, struct arena *a)
{
	struct tui_text t = { 0 };
	struct tui_line line;

	tui_put(&t, style, text);
	line = tui_fit(&t, columns, a);
	tui_text_release(&t);
	return line;
}

void tui_blank(struct tui_lines *l)
{
	const struct tui_line blank = { 0 };

	buf_add(&l->list, &blank, sizeof(blank));
}

struct tui_line tui_beside(const struct tui_line *left, int column, const struct tui_line *right,
			   struct arena *a)
{
	struct tui_line line = { 0 };
	int gap = column > left->columns ? column - left->columns : 0;
	char *blanks = arena_room(a, (size_t)gap + 1);

	memset(blanks, ' ', (size_t)gap);
	line.runs = arena_alloc(a, (left->count + right->count + 1) * sizeof(*line.runs));
	for (size_t i = 0; i < left->count; i++)
		line.runs[line.count++] = left->runs[i];
	line.runs[line.count++] =
		(struct tui_run){ .text = blanks, .len = (size_t)gap, .columns = gap };
	for (size_t i = 0; i < right->count; i++)
		line.runs[line.count++] = right->runs[i];
	line.columns = left->columns + gap + right->columns;
	return line;
}
