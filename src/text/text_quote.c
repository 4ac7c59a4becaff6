/* text_quote.c - finds what stands between quotation marks.
 *
 * A mark without a partner nearby in its paragraph opens nothing, and one to
 * three words between marks are the reader's own emphasis ("break-up"), not
 * somebody else's voice.
 */
#include "text_internal.h"

#include "dear/utf8.h"

#define QUOTE_REACH 500 /* bytes between a mark and its partner */
#define QUOTE_WORDS 4

static bool is_letter(const char *s, size_t len, size_t pos)
{
	if (pos >= len)
		return false;
	unsigned char c = (unsigned char)s[pos];
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static bool closes(uint32_t open, uint32_t cp)
{
	switch (open) {
	case 0x201C: /* left double */
		return cp == 0x201D || cp == '"';
	case 0x201E: /* low double */
	case 0x201D:
		return cp == 0x201C || cp == 0x201D;
	case 0xAB: /* guillemets */
		return cp == 0xBB;
	case 0x2018: /* left single */
		return cp == 0x2019;
	default:
		return cp == open;
	}
}

/* Single marks are apostrophes too: they open after a blank, close before one. */
static bool is_single(uint32_t cp)
{
	return cp == '\'' || cp == 0x2018;
}

static bool opens(const struct text_reader *r, uint32_t cp, size_t n)
{
	if (!is_single(cp))
		return cp != 0xBB;
	if (r->pos && is_letter(r->source, r->len, r->pos - 1))
		return false;
	return is_letter(r->source, r->len, r->pos + n);
}

void text_quote_mark(struct text_reader *r, uint32_t cp, size_t n)
{
	if (r->pos < r->quote_seen || !opens(r, cp, n))
		return;
	size_t limit = r->pos + n + QUOTE_REACH, words = 1;
	if (limit > r->len)
		limit = r->len;
	for (size_t at = r->pos + n, step; at < limit; at += step) {
		uint32_t c;
		step = utf8_decode(r->source + at, r->len - at, &c);
		if (c == '\n' && at + 1 < r->len && r->source[at + 1] == '\n')
			return;
		if (c == ' ' || c == '\n')
			words++;
		if (!closes(cp, c) || (is_single(cp) && is_letter(r->source, r->len, at + step)))
			continue;
		r->quote_seen = at + step;
		if (words >= QUOTE_WORDS)
			r->quote_end = at;
		return;
	}
}
