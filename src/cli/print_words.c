/* print_words.c - readers' words on a terminal: made safe, cut or wrapped by
 * columns, evidence marked. Every text that dear did not write itself goes
 * through here before it is printed for people.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dear/buf.h"
#include "dear/mem.h"
#include "dear/situation.h"
#include "dear/utf8.h"

#include "print_internal.h"

/* Marks inside a text made safe, where no control character is left. */
enum { MARK_ON = 1, MARK_OFF = 2 };

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || cp == '\n' || cp == '\t' || cp == '\r';
}

int words_line(struct buf *b, const char *s, int columns)
{
	struct buf safe = BUF_INIT;
	size_t cut = b->len;
	int used = 0, cut_used = 0;
	bool blank = false, whole = true;

	utf8_put_terminal(&safe, s, strlen(s));
	for (size_t i = 0, n; i < safe.len; i += n) {
		uint32_t cp;
		int width;

		n = utf8_decode(safe.str + i, safe.len - i, &cp);
		if (is_blank(cp)) {
			blank = used > 0;
			continue;
		}
		width = utf8_width(cp);
		if (used + blank + width > columns) {
			whole = false;
			break;
		}
		if (blank)
			buf_putc(b, ' ');
		buf_add(b, safe.str + i, n);
		used += blank + width;
		blank = false;
		if (used < columns) {
			cut = b->len;
			cut_used = used;
		}
	}
	if (!whole) {
		buf_cut(b, cut);
		buf_puts(b, "…");
		used = cut_used + 1;
	}
	buf_release(&safe);
	return used;
}

void words_cell(struct buf *b, const char *s, int columns)
{
	int used = words_line(b, s, columns);

	for (; used < columns; used++)
		buf_putc(b, ' ');
}

/* A block being wrapped: the line so far, and the word not yet placed. */
struct wrap {
	struct buf *out, word;
	const char *prefix;
	bool colour;
	int columns, used, word_width;
	bool marked;  /* at the end of out */
	bool begun;   /* the line has its prefix */
	size_t start; /* of the line in out */
};

static void begin_line(struct wrap *w)
{
	w->start = w->out->len;
	buf_puts(w->out, w->prefix);
	w->begun = true;
	w->used = 0;
	if (w->marked && w->colour)
		buf_puts(w->out, "\033[4m");
}

static void finish_line(struct wrap *w)
{
	if (!w->begun)
		begin_line(w);
	if (w->marked && w->colour)
		buf_puts(w->out, "\033[0m");
	while (w->out->len > w->start && w->out->str[w->out->len - 1] == ' ')
		buf_cut(w->out, w->out->len - 1);
	buf_putc(w->out, '\n');
	w->begun = false;
}

static void put_mark(struct wrap *w, bool on)
{
	if (w->colour)
		buf_puts(w->out, on ? "\033[4m" : "\033[0m");
	else
		buf_putc(w->out, on ? '[' : ']');
	w->marked = on;
}

/* Places the word gathered, on a new line when this one is full. */
static void place_word(struct wrap *w)
{
	if (!w->word.len)
		return;
	if (w->begun && w->used > 0 && w->used + 1 + w->word_width > w->columns)
		finish_line(w);
	if (!w->begun)
		begin_line(w);
	else if (w->used > 0) {
		buf_putc(w->out, ' ');
		w->used++;
	}
	for (size_t i = 0; i < w->word.len; i++) {
		char c = w->word.str[i];

		if (c == MARK_ON || c == MARK_OFF)
			put_mark(w, c == MARK_ON);
		else
			buf_putc(w->out, c);
	}
	w->used += w->word_width;
	w->word_width = 0;
	buf_clear(&w->word);
}

static void take_char(struct wrap *w, const char *s, size_t n, uint32_t cp)
{
	int width = cp == MARK_ON || cp == MARK_OFF ? !w->colour : utf8_width(cp);

	/* A word wider than the line (an address, a script without blanks). */
	if (w->word_width + width > w->columns)
		place_word(w);
	buf_add(&w->word, s, n);
	w->word_width += width;
}

/* s: made safe already. */
static void wrap(struct buf *b, const struct out *o, const char *prefix, const char *s, size_t len)
{
	int room = o->columns - (int)utf8_count(prefix, strlen(prefix));
	struct wrap w = {
		.out = b, .prefix = prefix, .colour = o->colour, .columns = room > 20 ? room : 20
	};
	uint32_t cp;

	for (size_t i = 0, n; i < len; i += n) {
		n = utf8_decode(s + i, len - i, &cp);
		if (!is_blank(cp)) {
			take_char(&w, s + i, n, cp);
			continue;
		}
		place_word(&w);
		if (cp == '\n')
			finish_line(&w);
	}
	place_word(&w);
	if (w.begun)
		finish_line(&w);
	buf_release(&w.word);
}

void words_block(struct buf *b, const struct out *o, const char *prefix, const char *s)
{
	struct buf safe = BUF_INIT;

	utf8_put_terminal(&safe, s, strlen(s));
	buf_trim(&safe);
	wrap(b, o, prefix, buf_str(&safe), safe.len);
	buf_release(&safe);
}

/* For each byte, whether a span that speaks for a situation holds it. */
static unsigned char *marked_bytes(const char *s, size_t len, const struct classification *c)
{
	unsigned char *marked = mem_alloc(len + 1);

	for (size_t i = 0; i < c->situation_count; i++) {
		for (size_t k = 0; k < c->situations[i].evidence_count; k++) {
			const struct evidence *e = &c->situations[i].evidence[k];
			size_t from, to;

			if (!e->supports || e->end <= e->start)
				continue;
			from = utf8_offset(s, len, e->start);
			to = utf8_offset(s, len, e->end);
			if (from < to && to <= len)
				memset(marked + from, 1, to - from);
		}
	}
	return marked;
}

void words_evidence(struct buf *b, const struct out *o, const char *prefix, const char *s,
		    const struct classification *c)
{
	size_t len = strlen(s), end;
	unsigned char *marked = marked_bytes(s, len, c);
	struct buf safe = BUF_INIT;

	for (size_t i = 0; i < len; i = end) {
		for (end = i + 1; end < len && marked[end] == marked[i]; end++)
			;
		if (marked[i])
			buf_putc(&safe, MARK_ON);
		utf8_put_terminal(&safe, s + i, end - i);
		if (marked[i])
			buf_putc(&safe, MARK_OFF);
	}
	buf_trim(&safe);
	wrap(b, o, prefix, buf_str(&safe), safe.len);
	buf_release(&safe);
	free(marked);
}

static bool is_iso(const char *date)
{
	return strlen(date) >= 10 && strspn(date, "0123456789") == 4 && date[4] == '-' &&
	       date[7] == '-';
}

void words_date(struct buf *b, const char *date, int columns)
{
	char day[17] = "-";

	if (date && !is_iso(date)) {
		words_cell(b, date, columns);
		return;
	}
	if (date)
		snprintf(day, (size_t)columns + 1 < sizeof(day) ? (size_t)columns + 1 : sizeof(day),
			 "%s", date);
	for (char *c = day; *c; c++)
		if (*c == 'T')
			*c = ' ';
	words_cell(b, day, columns);
}

void words_quote(struct buf *b, const char *quote)
{
	buf_puts(b, "“");
	words_line(b, quote ? quote : "", 60);
	buf_puts(b, "”");
}

void words_cue(struct buf *b, const char *cue)
{
	const char *dot = strrchr(cue, '.');

	for (const char *s = dot ? dot + 1 : cue; *s; s++)
		buf_putc(b, *s == '_' ? ' ' : *s);
}

void words_time(struct buf *b, int64_t utc)
{
	time_t seconds = (time_t)utc;
	struct tm tm;
	char text[64];

	if (gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm))
		buf_puts(b, text);
}

void words_head(struct buf *b, const struct out *o, const char *head)
{
	buf_printf(b, "%s%s%s\n", o->colour ? "\033[1m" : "", head, o->colour ? "\033[0m" : "");
}
