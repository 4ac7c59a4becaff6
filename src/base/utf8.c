/* utf8.c - UTF-8 in, UTF-8 out.
 *
 * Decoding follows the table of well-formed sequences in RFC 3629: no overlong
 * forms, no surrogates, nothing above U+10FFFF.
 */
#include "dear/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

#include "dear/buf.h"

#define BAD 0xfffd

static bool in_range(uint32_t cp, uint32_t first, uint32_t last)
{
	return cp >= first && cp <= last;
}

static bool is_tail(unsigned char c)
{
	return (c & 0xc0) == 0x80;
}

size_t utf8_decode(const char *s, size_t n, uint32_t *ret_cp)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t cp;

	if (p[0] < 0x80) {
		*ret_cp = p[0];
		return 1;
	}
	*ret_cp = BAD;
	if (in_range(p[0], 0xc2, 0xdf) && n >= 2 && is_tail(p[1])) {
		*ret_cp = (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
		return 2;
	}
	if (in_range(p[0], 0xe0, 0xef) && n >= 3 && is_tail(p[1]) && is_tail(p[2])) {
		cp = (p[0] & 0x0fu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
		if (cp < 0x800 || in_range(cp, 0xd800, 0xdfff))
			return 1;
		*ret_cp = cp;
		return 3;
	}
	if (in_range(p[0], 0xf0, 0xf4) && n >= 4 && is_tail(p[1]) && is_tail(p[2]) &&
	    is_tail(p[3])) {
		cp = (p[0] & 0x07u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 |
		     (p[3] & 0x3fu);
		if (!in_range(cp, 0x10000, 0x10ffff))
			return 1;
		*ret_cp = cp;
		return 4;
	}
	return 1;
}

size_t utf8_encode(uint32_t cp, char *out)
{
	if (cp > 0x10ffff || in_range(cp, 0xd800, 0xdfff))
		cp = BAD;
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	if (cp < 0x10000) {
		out[0] = (char)(0xe0 | cp >> 12);
		out[1] = (char)(0x80 | (cp >> 6 & 0x3f));
		out[2] = (char)(0x80 | (cp & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | cp >> 18);
	out[1] = (char)(0x80 | (cp >> 12 & 0x3f));
	out[2] = (char)(0x80 | (cp >> 6 & 0x3f));
	out[3] = (char)(0x80 | (cp & 0x3f));
	return 4;
}

size_t utf8_count(const char *s, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += !is_tail((unsigned char)s[i]);
	return count;
}

size_t utf8_offset(const char *s, size_t n, size_t cp)
{
	size_t i = 0;

	while (i < n && (is_tail((unsigned char)s[i]) || cp-- > 0))
		i++;
	return i;
}

#define ONES ((uint64_t)0x0101010101010101u)
#define TOPS ((uint64_t)0x8080808080808080u)

/* Length of the run of ASCII without NUL at s, eight bytes at a time. */
static size_t ascii_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t word;

	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		if ((word | (word - ONES)) & TOPS)
			break;
	}
	while (i < n && s[i] != 0 && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

static bool is_plain(unsigned char c)
{
	return c >= 0x20 && c < 0x7f && c != '"' && c != '\\';
}

size_t utf8_plain_run(const char *s, size_t n)
{
	size_t i = 0;
	uint64_t word, odd;

	/* A byte's top bit is set in odd when it is no plain one; others may be
	 * set above such a byte, so the last eight are looked at one by one. */
	for (; n - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, s + i, sizeof(word));
		odd = word | (word + ONES) | (word - ONES * 0x20);
		odd |= ((word ^ ONES * '"') - ONES) | ((word ^ ONES * '\\') - ONES);
		if (odd & TOPS)
			break;
	}
	while (i < n && is_plain((unsigned char)s[i]))
		i++;
	return i;
}

static bool is_bad(uint32_t cp, size_t len)
{
	return len == 1 && (cp == BAD || cp == 0);
}

/* Length of the valid run at s. */
static size_t valid_run(const char *s, size_t n)
{
	size_t i = ascii_run(s, n);
	size_t len;
	uint32_t cp;

	while (i < n) {
		len = utf8_decode(s + i, n - i, &cp);
		if (is_bad(cp, len))
			break;
		i += len;
		i += ascii_run(s + i, n - i);
	}
	return i;
}

size_t utf8_clean(struct buf *out, const char *s, size_t n)
{
	size_t replaced = 0;
	size_t i = 0;
	size_t run;

	buf_reserve(out, n);
	while (i < n) {
		run = valid_run(s + i, n - i);
		buf_add(out, s + i, run);
		i += run;
		if (i < n) {
			buf_putcp(out, BAD);
			replaced++;
			i++;
		}
	}
	return replaced;
}

int utf8_valid(const char *s, size_t n)
{
	return valid_run(s, n) == n;
}

int utf8_width(uint32_t cp)
{
	return utf8proc_charwidth((utf8proc_int32_t)cp);
}

static bool is_hostile(uint32_t cp)
{
	return (cp < 0x20 && cp != '\n') || in_range(cp, 0x7f, 0x9f) ||
	       in_range(cp, 0x202a, 0x202e) || in_range(cp, 0x2066, 0x2069);
}

void utf8_put_terminal(struct buf *out, const char *s, size_t n)
{
	size_t len;
	uint32_t cp;

	buf_reserve(out, n);
	for (size_t i = 0; i < n; i += len) {
		len = utf8_decode(s + i, n - i, &cp);
		if (cp == '\t')
			buf_putc(out, ' ');
		else if (is_hostile(cp) || is_bad(cp, len))
			buf_putcp(out, BAD);
		else
			buf_add(out, s + i, len);
	}
}

static bool hides_in_json(uint32_t cp)
{
	return in_range(cp, 0x7f, 0x9f) || in_range(cp, 0x200e, 0x200f) ||
	       in_range(cp, 0x2028, 0x202e) || in_range(cp, 0x2066, 0x2069);
}

void utf8_put_json(struct buf *out, const char *json, size_t n)
{
	size_t step;
	uint32_t cp;

	for (size_t i = 0; i < n; i += step) {
		step = utf8_decode(json + i, n - i, &cp);
		if (hides_in_json(cp))
			buf_printf(out, "\\u%04X", (unsigned)cp);
		else
			buf_add(out, json + i, step);
	}
}
