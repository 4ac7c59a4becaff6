/* print_value.c - JSON values as text, and the two that several commands
 * share: situations and facts. Writes to no stream.
 */
#include "print_value.h"

#include <string.h>
#include <time.h>

#include "dear/buf.h"
#include "dear/situation.h"
#include "dear/utf8.h"

/* What JSON escapes, and code points that a terminal might act on. */
static bool needs_escape(uint32_t cp)
{
	return cp < 0x20 || cp == '"' || cp == '\\' || (cp >= 0x7f && cp <= 0x9f) ||
	       (cp >= 0x200e && cp <= 0x200f) || (cp >= 0x2028 && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069);
}

static void put_escaped(struct buf *b, uint32_t cp)
{
	if (cp == '"' || cp == '\\')
		buf_printf(b, "\\%c", (char)cp);
	else if (cp == '\n')
		buf_puts(b, "\\n");
	else if (cp == '\t')
		buf_puts(b, "\\t");
	else
		buf_printf(b, "\\u%04x", (unsigned)cp);
}

void value_quote(struct buf *b, const char *s, size_t len)
{
	size_t plain = 0, used;
	uint32_t cp;

	buf_reserve(b, len + 2);
	buf_putc(b, '"');
	for (size_t i = 0; (i += utf8_plain_run(s + i, len - i)) < len; i += used) {
		used = utf8_decode(s + i, len - i, &cp);
		if (!needs_escape(cp))
			continue;
		buf_add(b, s + plain, i - plain);
		put_escaped(b, cp);
		plain = i + used;
	}
	buf_add(b, s + plain, len - plain);
	buf_putc(b, '"');
}

void value_key(struct buf *b, const char *key)
{
	char last = b->len ? b->str[b->len - 1] : '[';

	if (last != '{' && last != '[' && last != '\n')
		buf_puts(b, ", ");
	if (!key)
		return;
	value_quote(b, key, strlen(key));
	buf_puts(b, ": ");
}

void value_null(struct buf *b, const char *key)
{
	value_key(b, key);
	buf_puts(b, "null");
}

void value_string(struct buf *b, const char *key, const char *s)
{
	if (!s) {
		value_null(b, key);
		return;
	}
	value_key(b, key);
	value_quote(b, s, strlen(s));
}

void value_int(struct buf *b, const char *key, int64_t n)
{
	char digits[24], *at = digits + sizeof(digits);
	uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;

	value_key(b, key);
	do
		*--at = (char)('0' + left % 10);
	while (left /= 10);
	if (n < 0)
		*--at = '-';
	buf_add(b, at, (size_t)(digits + sizeof(digits) - at));
}

void value_bool(struct buf *b, const char *key, bool yes)
{
	value_key(b, key);
	buf_puts(b, yes ? "true" : "false");
}

/* Whole thousandths, so that no decimal comma of some locale gets in. */
void value_share(struct buf *b, const char *key, double share)
{
	int n = (int)(share * 1000 + 0.5);

	value_int(b, key, n / 1000);
	n %= 1000;
	if (n)
		buf_putc(b, '.');
	for (int place = 100; n; n %= place, place /= 10)
		buf_putc(b, (char)('0' + n / place));
}

void value_score(struct buf *b, const char *key, double score)
{
	value_share(b, key, (double)(int)(score * 100 + 0.5) / 100);
}

void value_time(struct buf *b, const char *key, int64_t utc)
{
	time_t seconds = (time_t)utc;
	struct tm tm;
	char text[64];

	if (!gmtime_r(&seconds, &tm)) {
		value_null(b, key);
		return;
	}
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &tm);
	value_string(b, key, text);
}

void value_open(struct buf *b, const char *key, char bracket)
{
	value_key(b, key);
	buf_putc(b, bracket);
}

void value_close(struct buf *b, char bracket)
{
	buf_putc(b, bracket);
}

void value_evidence(struct buf *b, const struct situation *s, size_t i)
{
	const struct evidence *e = &s->evidence[i];

	value_int(b, "start", e->start);
	value_int(b, "end", e->end);
	value_string(b, "quote", e->quote);
	value_string(b, "cue", e->cue);
	value_bool(b, "for", e->supports);
}

void value_situations(struct buf *b, const struct classification *c, bool evidence)
{
	value_open(b, "situations", '[');
	for (size_t i = 0; i < c->situation_count; i++) {
		const struct situation *s = &c->situations[i];

		value_open(b, NULL, '{');
		value_string(b, "situation", s->label);
		value_score(b, "score", s->score);
		value_string(b, "band", band_word(s->band));
		if (evidence) {
			value_open(b, "evidence", '[');
			for (size_t k = 0; k < s->evidence_count; k++) {
				value_open(b, NULL, '{');
				value_evidence(b, s, k);
				value_close(b, '}');
			}
			value_close(b, ']');
		}
		value_close(b, '}');
	}
	value_close(b, ']');
}

void value_facts(struct buf *b, const struct classification *c)
{
	value_open(b, "facts", '{');
	for (size_t i = 0; i < c->fact_count; i++) {
		value_open(b, c->facts[i].name, '{');
		value_string(b, "value", c->facts[i].value);
		value_string(b, "quote", c->facts[i].quote);
		value_close(b, '}');
	}
	value_close(b, '}');
}
