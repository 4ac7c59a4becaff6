/* cmd_classify_plain.c - a line of the usual kind, read where it stands.
 *
 * Jansson makes a tree of every line, byte by byte, and took a fifth of all
 * the time. Most lines are an object of strings, numbers and words with nothing
 * odd in it: such a one is read here, its strings decoded in place. Any other
 * (an array in it, a key twice, half a surrogate pair, no JSON at all) is left
 * untouched for Jansson, who also knows what to say of it: nothing is refused
 * here.
 */
#include <string.h>

#include "dear/utf8.h"

#include "cmd_classify.h"

enum {
	MEMBERS_MOST = 16,
	DIGITS_MOST = 15, /* of a number that surely fits a double */
};

struct member {
	size_t key, key_len, start, end; /* of a string: without its quotes */
	bool string, escaped;
};

struct plain {
	char *s;
	size_t len, at;
	struct member members[MEMBERS_MOST];
	size_t count;
};

static bool skip_to(struct plain *p, char wanted)
{
	while (p->at < p->len && strchr(" \t\r\n", p->s[p->at]))
		p->at++;
	return p->at < p->len && p->s[p->at] == wanted;
}

/* The code unit of four hexadecimal digits; 0, which no text can hold, for
 * anything else. */
static uint32_t read_unit(const char *s, size_t len)
{
	uint32_t unit = 0;

	if (len < 4)
		return 0;
	for (size_t i = 0; i < 4; i++) {
		char c = s[i], small = (char)(c | 0x20);

		if (c >= '0' && c <= '9')
			unit = unit << 4 | (uint32_t)(c - '0');
		else if (small >= 'a' && small <= 'f')
			unit = unit << 4 | (uint32_t)(small - 'a' + 10);
		else
			return 0;
	}
	return unit;
}

static bool is_half(uint32_t unit)
{
	return unit >= 0xd800 && unit <= 0xdfff;
}

/* Length of the escape at s; 0 when it is none, or is no character. */
static size_t read_escape(const char *s, size_t len, uint32_t *ret_cp)
{
	static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
	const char *letter = len < 2 ? NULL : memchr(letters, s[1], sizeof(letters) - 1);
	uint32_t unit, second;

	if (letter) {
		*ret_cp = (unsigned char)meant[letter - letters];
		return 2;
	}
	if (len < 6 || s[1] != 'u' || !(unit = read_unit(s + 2, len - 2)))
		return 0;
	*ret_cp = unit;
	if (!is_half(unit))
		return 6;
	if (unit >= 0xdc00 || len < 12 || s[6] != '\\' || s[7] != 'u')
		return 0;
	second = read_unit(s + 8, len - 8);
	*ret_cp = 0x10000 + ((unit & 0x3ff) << 10 | (second & 0x3ff));
	return is_half(second) && second >= 0xdc00 ? 12 : 0;
}

/* Past the string whose first quote is at p->at. */
static bool skip_string(struct plain *p, size_t *ret_start, size_t *ret_end, bool *ret_escaped)
{
	size_t i = p->at + 1, step;
	uint32_t ignored;

	*ret_start = i;
	*ret_escaped = false;
	while ((i += utf8_plain_run(p->s + i, p->len - i)) < p->len && p->s[i] != '"') {
		unsigned char c = (unsigned char)p->s[i];

		step = c >= 0x7f;
		if (c == '\\') {
			step = read_escape(p->s + i, p->len - i, &ignored);
			*ret_escaped = true;
		}
		if (!step)
			return false;
		i += step;
	}
	*ret_end = i;
	p->at = i + 1;
	return i < p->len;
}

/* Past a number, true, false or null. */
static bool skip_word(struct plain *p, struct member *m, bool is_id)
{
	const char *s = p->s + p->at;
	size_t n = strcspn(s, ", \t\r\n}");

	m->start = p->at;
	m->end = p->at += n;
	if (is_id)
		return filter_is_number(s, n);
	return (n == 4 && (!memcmp(s, "null", n) || !memcmp(s, "true", n))) ||
	       (n == 5 && !memcmp(s, "false", n)) ||
	       (n <= DIGITS_MOST && !memchr(s, 'e', n) && !memchr(s, 'E', n) &&
		filter_is_number(s, n));
}

static bool is_key(const struct plain *p, const struct member *m, const char *key, size_t len)
{
	return m->key_len == len && !memcmp(p->s + m->key, key, len);
}

static bool read_member(struct plain *p)
{
	struct member *m = &p->members[p->count];
	size_t end;
	bool escaped;

	if (p->count == MEMBERS_MOST || !skip_to(p, '"') ||
	    !skip_string(p, &m->key, &end, &escaped) || escaped)
		return false;
	m->key_len = end - m->key;
	for (size_t i = 0; i < p->count; i++)
		if (is_key(p, &p->members[i], p->s + m->key, m->key_len))
			return false;
	if (!skip_to(p, ':'))
		return false;
	p->at++;
	m->string = skip_to(p, '"');
	p->count++;
	return m->string ? skip_string(p, &m->start, &m->end, &m->escaped)
			 : skip_word(p, m, is_key(p, m, "id", 2));
}

static bool read_members(struct plain *p)
{
	if (!skip_to(p, '{'))
		return false;
	do {
		p->at++;
		if (!read_member(p))
			return false;
	} while (skip_to(p, ','));
	if (!skip_to(p, '}'))
		return false;
	p->at++;
	skip_to(p, '}');
	return p->at == p->len;
}

static const struct member *find(const struct plain *p, const char *key)
{
	for (size_t i = 0; i < p->count; i++)
		if (is_key(p, &p->members[i], key, strlen(key)))
			return &p->members[i];
	return NULL;
}

/* Decodes the member's string in its place: no escape is shorter than what it
 * stands for. */
static struct filter_string take(struct plain *p, const char *key)
{
	const struct member *m = find(p, key);
	size_t in, out;
	uint32_t cp;

	if (!m || !m->string)
		return (struct filter_string){ 0 };
	for (in = out = m->start; m->escaped && in < m->end;) {
		const char *slash = memchr(p->s + in, '\\', m->end - in);
		size_t n = slash ? (size_t)(slash - p->s) - in : m->end - in;

		memmove(p->s + out, p->s + in, n);
		in += n;
		out += n;
		if (!slash)
			break;
		in += read_escape(slash, m->end - in, &cp);
		out += utf8_encode(cp, p->s + out);
	}
	if (!m->escaped)
		out = m->end;
	p->s[out] = '\0';
	return (struct filter_string){ p->s + m->start, out - m->start };
}

bool filter_plain_read(char *line, size_t len, struct filter_fields *ret)
{
	struct plain p = { .s = line, .len = len };
	const struct member *id, *date;

	if (!read_members(&p))
		return false;
	id = find(&p, "id");
	date = find(&p, "date");
	if (!id || (date && !date->string && line[date->start] != 'n'))
		return false;
	*ret = (struct filter_fields){ .id = { line + id->start - id->string,
					       id->end - id->start + 2 * id->string } };
	ret->text = take(&p, "text");
	ret->html = take(&p, "html");
	ret->author = take(&p, "author");
	ret->topic = take(&p, "topic");
	ret->date = take(&p, "date");
	return true;
}
