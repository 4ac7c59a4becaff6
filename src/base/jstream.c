/* jstream.c - finds where each JSON value of a large file ends.
 *
 * Follows strings, brackets and commas only; what stands inside a value is for
 * Jansson to judge. The window slides over the file; a value under way is kept
 * in it whole, so the piece that is handed out needs no copy.
 */
#include "dear/jstream.h"

#include <endian.h>
#include <jansson.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"

#define WINDOW_BYTES ((size_t)256 * 1024)
#define NO_CUT       SIZE_MAX

enum form { FORM_ARRAY, FORM_OBJECT, FORM_LINES };

struct jstream {
	struct file *file;
	enum form form;
	bool whole;     /* nothing may follow the closing bracket */
	bool begun;     /* a value was handed out */
	bool ended;     /* the closing bracket was passed */
	struct err err; /* once set, every call fails with it */

	char *win; /* bytes of the file from base on; one spare for a NUL */
	size_t size, pos, end;
	int64_t base;
	int line;

	bool keeping; /* bytes from keep on belong to the value under way */
	size_t keep, max;
	size_t cut; /* where a NUL stands for the byte saved */
	char saved;
	struct buf key;
};

/* What a byte means between strings. */
enum mark { PLAIN, QUOTE, OPENING, CLOSING, NEWLINE, CONTROL };

/* clang-format off */
#define C CONTROL
static const unsigned char marks[256] = {
	C, C, C, C, C, C, C, C, C, PLAIN, NEWLINE, C, C, PLAIN, C, C,
	C, C, C, C, C, C, C, C, C, C, C, C, C, C, C, C,
	['"'] = QUOTE, ['['] = OPENING, ['{'] = OPENING, [']'] = CLOSING, ['}'] = CLOSING,
};
#undef C
/* clang-format on */

static int fail(struct jstream *js, const char *msg)
{
	return err_set(&js->err, ERR_INPUT, file_name(js->file), js->line, "%s", msg);
}

static int64_t place(const struct jstream *js)
{
	return js->base + (int64_t)js->pos;
}

/* Reads on; what isn't kept is dropped. 1, 0 at the file's end, -1. */
static int fill(struct jstream *js)
{
	size_t from = js->keeping ? js->keep : js->pos;
	ssize_t got;

	if (js->keeping && js->end - js->keep > js->max) {
		js->keeping = false;
		from = js->pos;
	}
	js->end -= from;
	js->pos -= from;
	js->base += (int64_t)from;
	js->keep = 0;
	memmove(js->win, js->win + from, js->end);
	if (js->end > js->size / 2)
		js->win = mem_grow(js->win, &js->size, js->size + 1, 1);
	got = file_read_at(js->file, js->base + (int64_t)js->end, js->win + js->end,
			   js->size - 1 - js->end, &js->err);
	if (got <= 0)
		return (int)got;
	js->end += (size_t)got;
	return 1;
}

/* The byte at hand, or -1 at the end or on an error. */
static int peek(struct jstream *js)
{
	if (js->pos == js->end && fill(js) <= 0)
		return -1;
	return (unsigned char)js->win[js->pos];
}

static void count_line(struct jstream *js)
{
	if (js->line < INT_MAX)
		js->line++;
}

/* Passes blanks over; the byte after them as peek. */
static int peek_blank(struct jstream *js)
{
	int c = peek(js);

	while (c == ' ' || c == '\t' || c == '\r' || c == '\n') {
		if (c == '\n')
			count_line(js);
		js->pos++;
		c = peek(js);
	}
	return c;
}

static int fail_end(struct jstream *js)
{
	return fail(js, "the file ends in the middle; fetch it again");
}

/* First quote, backslash or control byte from p on, eight bytes at a time: a
 * subtraction borrows into the top bit of every byte that matches, and the
 * lowest bit set is never a false one. */
static const char *skip_plain(const char *p, const char *end)
{
	const uint64_t ones = 0x0101010101010101u;
	const uint64_t tops = 0x8080808080808080u;
	uint64_t word, quote, slash, hits;

	for (; end - p >= (ptrdiff_t)sizeof(word); p += sizeof(word)) {
		memcpy(&word, p, sizeof(word));
		word = le64toh(word);
		quote = word ^ (ones * '"');
		slash = word ^ (ones * '\\');
		hits = ((quote - ones) & ~quote) | ((slash - ones) & ~slash) |
		       ((word - ones * 0x20) & ~word);
		hits &= tops;
		if (hits)
			return p + __builtin_ctzll(hits) / CHAR_BIT;
	}
	while (p < end && *p != '"' && *p != '\\' && (unsigned char)*p >= 0x20)
		p++;
	return p;
}

/* From after the opening quote to after the closing one. */
static int pass_string(struct jstream *js)
{
	bool escaped = false; /* the byte at hand stands behind a backslash */
	const char *p, *end;
	int c;

	while ((c = peek(js)) >= 0) {
		p = js->win + js->pos;
		end = js->win + js->end;
		if (escaped && c >= 0x20)
			p++;
		escaped = false;
		p = skip_plain(p, end);
		while (end - p >= 2 && *p == '\\' && (unsigned char)p[1] >= 0x20)
			p = skip_plain(p + 2, end);
		js->pos = (size_t)(p - js->win);
		if (p == end)
			continue;
		if ((unsigned char)*p < 0x20)
			return fail(js, "a line break or control character inside a string");
		js->pos++;
		if (*p == '"')
			return 0;
		escaped = true;
	}
	return fail_end(js);
}

/* One level of nesting is one bit: set for an object. */
struct nest {
	int depth;
	unsigned char bits[BOUND_JSON_DEPTH / CHAR_BIT];
};

static int nest_open(struct jstream *js, struct nest *nest, int bracket)
{
	unsigned char bit = (unsigned char)(1u << nest->depth % CHAR_BIT);
	unsigned char *bits;

	if (nest->depth == BOUND_JSON_DEPTH)
		return fail(js, "values are nested too deeply to be comments");
	bits = &nest->bits[nest->depth / CHAR_BIT];
	*bits = (unsigned char)(bracket == '{' ? *bits | bit : *bits & ~bit);
	nest->depth++;
	return 0;
}

static int nest_close(struct jstream *js, struct nest *nest, int bracket)
{
	int at = nest->depth - 1;
	bool object = nest->bits[at / CHAR_BIT] >> at % CHAR_BIT & 1;

	if (object != (bracket == '}'))
		return fail(js, "a bracket is closed by one of the other kind");
	nest->depth--;
	return 0;
}

/* An array or object, from its opening bracket to after its closing one. */
static int pass_nested(struct jstream *js)
{
	struct nest nest = { 0 };
	int ret = 0;
	int c;

	do {
		while (js->pos < js->end && marks[(unsigned char)js->win[js->pos]] == PLAIN)
			js->pos++;
		c = peek(js);
		if (c < 0)
			return fail_end(js);
		switch ((enum mark)marks[c]) {
		case PLAIN:
			break;
		case QUOTE:
			js->pos++;
			ret = pass_string(js);
			continue;
		case OPENING:
			ret = nest_open(js, &nest, c);
			break;
		case CLOSING:
			ret = nest_close(js, &nest, c);
			break;
		case NEWLINE:
			count_line(js);
			break;
		case CONTROL:
			ret = fail(js, "a control character where JSON has none");
			break;
		}
		js->pos++;
	} while (ret == 0 && nest.depth > 0);
	return ret;
}

/* A number or a literal; its letters are for Jansson to judge. */
static int pass_scalar(struct jstream *js)
{
	int c;

	do {
		js->pos++;
		c = peek(js);
	} while (c > ' ' && c != ',' && c != ':' && marks[c] == PLAIN);
	return c < 0 ? fail_end(js) : 0;
}

static int pass_value(struct jstream *js)
{
	int c = peek(js);

	if (c == '"') {
		js->pos++;
		return pass_string(js);
	}
	if (c == '[' || c == '{')
		return pass_nested(js);
	if (c > 0 && strchr("-0123456789tfn", c))
		return pass_scalar(js);
	return c < 0 ? fail_end(js) : fail(js, "expected a JSON value here");
}

static void keep_from_here(struct jstream *js, size_t max)
{
	js->keeping = true;
	js->keep = js->pos;
	js->max = max;
}

/* Hands out what was kept, ended by a NUL; drop bytes at its end aside. */
static void give(struct jstream *js, int64_t start, size_t drop, struct jvalue *ret)
{
	size_t len = (size_t)(place(js) - start) - drop;

	ret->offset = start;
	ret->len = len;
	ret->text = NULL;
	if (js->keeping && len <= js->max) {
		js->cut = js->pos - drop;
		js->saved = js->win[js->cut];
		js->win[js->cut] = '\0';
		ret->text = js->win + js->keep;
	}
	js->keeping = false;
}

/* Puts back the byte that the last value's NUL stands on. */
static void uncut(struct jstream *js)
{
	if (js->cut != NO_CUT)
		js->win[js->cut] = js->saved;
	js->cut = NO_CUT;
}

static int read_key(struct jstream *js)
{
	json_t *key = NULL;
	int ret = -1;

	if (peek(js) != '"')
		return peek(js) < 0 ? fail_end(js) : fail(js, "expected a member's name in quotes");
	keep_from_here(js, BOUND_JSON_VALUE_BYTES);
	js->pos++;
	if (pass_string(js) < 0)
		goto out;
	if (js->keeping)
		key = json_loadb(js->win + js->keep, js->pos - js->keep, JSON_DECODE_ANY, NULL);
	if (!key) {
		fail(js, "a member's name can't be read");
		goto out;
	}
	buf_clear(&js->key);
	buf_puts(&js->key, json_string_value(key));
	js->keeping = false;
	if (peek_blank(js) != ':') {
		fail(js, "expected a colon after a member's name");
		goto out;
	}
	js->pos++;
	peek_blank(js);
	ret = 0;
out:
	js->keeping = false;
	json_decref(key);
	return ret;
}

static int close_all(struct jstream *js)
{
	js->pos++;
	js->ended = true;
	if (js->whole && peek_blank(js) >= 0)
		return fail(js, "something follows the end of the JSON");
	return js->err.code ? -1 : 0;
}

/* To the next member: 1 when there is one, 0 after the closing bracket. */
static int find_member(struct jstream *js)
{
	int closing = js->form == FORM_ARRAY ? ']' : '}';
	int c = peek_blank(js);

	if (c < 0)
		return fail_end(js);
	if (c == closing)
		return close_all(js);
	if (!js->begun)
		return 1;
	if (c != ',')
		return fail(js, "expected a comma between two values, or the closing bracket");
	js->pos++;
	c = peek_blank(js);
	if (c < 0)
		return fail_end(js);
	return c == closing || c == ',' ? fail(js, "a value is missing after the comma") : 1;
}

static int next_member(struct jstream *js, size_t max, struct jvalue *ret)
{
	int64_t start;
	int line;
	int found = find_member(js);

	if (found <= 0)
		return found;
	js->begun = true;
	if (js->form == FORM_OBJECT && read_key(js) < 0)
		return -1;
	line = js->line;
	start = place(js);
	keep_from_here(js, max);
	if (pass_value(js) < 0)
		return -1;
	give(js, start, 0, ret);
	ret->line = line;
	ret->key = js->form == FORM_OBJECT ? buf_str(&js->key) : NULL;
	return 1;
}

/* To the end of the line at hand, its newline not passed. */
static int pass_line(struct jstream *js)
{
	const char *newline;

	while (peek(js) >= 0) {
		newline = memchr(js->win + js->pos, '\n', js->end - js->pos);
		js->pos = newline ? (size_t)(newline - js->win) : js->end;
		if (newline)
			return 0;
	}
	return js->err.code ? -1 : 0;
}

static int next_line(struct jstream *js, size_t max, struct jvalue *ret)
{
	size_t drop;
	int64_t start;

	if (peek_blank(js) < 0)
		return js->err.code ? -1 : 0;
	start = place(js);
	keep_from_here(js, max);
	if (pass_line(js) < 0)
		return -1;
	drop = js->pos > 0 && js->win[js->pos - 1] == '\r';
	give(js, start, drop, ret);
	ret->line = js->line;
	ret->key = NULL;
	return 1;
}

int jstream_skim(struct jstream *js, size_t max, struct jvalue *ret, struct err *err)
{
	int got = 0;

	uncut(js);
	if (js->err.code == ERR_NONE && !js->ended)
		got = js->form == FORM_LINES ? next_line(js, max, ret) : next_member(js, max, ret);
	if (js->err.code == ERR_NONE)
		return got;
	return err_set(err, js->err.code, js->err.where, js->err.line, "%s", js->err.msg);
}

int jstream_next(struct jstream *js, struct jvalue *ret, struct err *err)
{
	struct jvalue value;
	int got = jstream_skim(js, BOUND_JSON_VALUE_BYTES, &value, err);

	if (got == 1 && !value.text)
		return err_set(err, ERR_INPUT, file_name(js->file), value.line,
			       "a single value of %zu bytes; the most is %d", value.len,
			       BOUND_JSON_VALUE_BYTES);
	if (got == 1)
		*ret = value;
	return got;
}

/* Goes to offset, counting the lines before it. */
static int seek(struct jstream *js, int64_t offset)
{
	const char *newline;

	while (place(js) < offset) {
		if (peek(js) < 0)
			return fail_end(js);
		if (js->base + (int64_t)js->end > offset)
			js->end = (size_t)(offset - js->base);
		while ((newline = memchr(js->win + js->pos, '\n', js->end - js->pos))) {
			js->pos = (size_t)(newline - js->win) + 1;
			count_line(js);
		}
		js->pos = js->end;
	}
	return 0;
}

static int pass_mark(struct jstream *js)
{
	if (place(js) == 0 && peek(js) == 0xef && js->end >= 3 &&
	    memcmp(js->win, "\xef\xbb\xbf", 3) == 0)
		js->pos = 3;
	return js->err.code ? -1 : 0;
}

static int enter(struct jstream *js)
{
	int opening = js->form == FORM_ARRAY ? '[' : '{';
	int c = peek_blank(js);

	if (c < 0)
		return fail(js, "there is no JSON here");
	if (c != opening)
		return fail(js, js->form == FORM_ARRAY
					? "expected a JSON array, which begins with ["
					: "expected a JSON object, which begins with {");
	js->pos++;
	return 0;
}

static struct jstream *start(struct file *f, enum form form, int64_t offset, bool whole,
			     struct err *err)
{
	struct jstream *js = mem_alloc(sizeof(*js));

	js->file = f;
	js->form = form;
	js->whole = whole;
	js->line = 1;
	js->cut = NO_CUT;
	js->size = WINDOW_BYTES;
	js->win = mem_realloc(NULL, js->size);
	if (seek(js, offset) == 0 && pass_mark(js) == 0 && (form == FORM_LINES || enter(js) == 0))
		return js;
	err_set(err, js->err.code, js->err.where, js->err.line, "%s", js->err.msg);
	jstream_free(js);
	return NULL;
}

struct jstream *jstream_array(struct file *f, int64_t offset, int whole, struct err *err)
{
	return start(f, FORM_ARRAY, offset, whole, err);
}

struct jstream *jstream_object(struct file *f, int64_t offset, int whole, struct err *err)
{
	return start(f, FORM_OBJECT, offset, whole, err);
}

struct jstream *jstream_lines(struct file *f, struct err *err)
{
	return start(f, FORM_LINES, 0, false, err);
}

void jstream_free(struct jstream *js)
{
	if (!js)
		return;
	buf_release(&js->key);
	free(js->win);
	free(js);
}
