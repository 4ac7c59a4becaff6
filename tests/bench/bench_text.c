/* Reads the sample's comments, cuts them into sentences, and composes new
 * comments from these. Knows the HTML that the sample has (paragraphs, links,
 * quotes, numeric entities) and no more; it reads no other file. Not dear's
 * own HTML reader, so that the input stays the same when that one changes.
 */
#include "bench_text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"

#define STAFF_USER 3

struct sentence {
	char *text;
	bool last; /* of its comment */
};

/* The sentences of all readers, or of the staff, comment after comment. */
struct voice {
	struct sentence *sentences;
	size_t count, size;
	size_t *openings; /* first sentence of each comment */
	size_t opening_count, opening_size;
};

struct bench_text {
	struct voice readers, staff;
};

uint32_t bench_random(uint64_t *state, uint32_t n)
{
	uint64_t z = (*state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	z ^= z >> 31;
	return (uint32_t)(((z >> 32) * n) >> 32);
}

/* Decodes "&#8217;" and "&amp;" at s; returns the bytes read, 0 if neither. */
static size_t put_entity(struct buf *out, const char *s)
{
	if (strncmp(s, "&amp;", 5) == 0) {
		buf_putc(out, '&');
		return 5;
	}
	if (strncmp(s, "&#", 2) != 0)
		return 0;
	char *end;
	unsigned long cp = strtoul(s + 2, &end, 10);
	if (*end != ';' || cp == 0 || cp > 0x10ffff)
		return 0;
	buf_putcp(out, (uint32_t)cp);
	return (size_t)(end - s) + 1;
}

/* Quotations are left out: they are not what the reader says. */
static void strip_html(struct buf *out, const char *s)
{
	while (*s) {
		if (strncmp(s, "<blockquote>", 12) == 0) {
			const char *end = strstr(s, "</blockquote>");
			s = end ? end : s + strlen(s);
		} else if (*s == '<') {
			s += strcspn(s, ">");
			s += *s == '>';
		} else if (*s == '&') {
			size_t n = put_entity(out, s);
			if (n == 0)
				buf_putc(out, '&');
			s += n ? n : 1;
		} else {
			buf_putc(out, *s == '\n' ? ' ' : *s);
			s++;
		}
	}
}

/* Length of the sentence at s: to the blank after a run of . ? or !, or all. */
static size_t sentence_length(const char *s)
{
	size_t n = 0;

	while (s[n]) {
		n += strcspn(s + n, ".?!");
		n += strspn(s + n, ".?!");
		if (s[n] == ' ' || s[n] == '\0')
			break;
	}
	return n;
}

static void voice_add(struct voice *v, const char *text)
{
	v->openings =
		mem_grow(v->openings, &v->opening_size, v->opening_count + 1, sizeof(*v->openings));
	v->openings[v->opening_count++] = v->count;
	for (const char *s = text + strspn(text, " "); *s; s += strspn(s, " ")) {
		size_t n = sentence_length(s);
		v->sentences =
			mem_grow(v->sentences, &v->size, v->count + 1, sizeof(*v->sentences));
		v->sentences[v->count++] = (struct sentence){ mem_strndup(s, n), false };
		s += n;
	}
	v->sentences[v->count - 1].last = true;
}

static int add_comment(struct bench_text *t, const struct jread *comment, struct err *err)
{
	struct jread content = jread_member(comment, "content");
	struct buf text = BUF_INIT;
	const char *html;
	int author = 0;

	if (jread_int(comment, "author", &author, err) < 0 ||
	    jread_need_string(&content, "rendered", &html, err) < 0)
		return -1;
	strip_html(&text, html);
	buf_trim(&text);
	if (text.len > 0)
		voice_add(author == STAFF_USER ? &t->staff : &t->readers, text.str);
	buf_release(&text);
	return 0;
}

struct bench_text *bench_text_load(const char *path, struct err *err)
{
	struct bench_text *t = mem_alloc(sizeof(*t));
	json_t *array = jread_file(path, ERR_INPUT, err);
	int failed = !array;

	if (array) {
		struct jread top = jread_top(array, path, 0, ERR_INPUT);
		for (size_t i = 0; !failed && i < json_array_size(array); i++) {
			struct jread comment = jread_element(&top, i);
			failed = add_comment(t, &comment, err) < 0;
		}
		if (!failed && (t->readers.count == 0 || t->staff.count == 0))
			failed =
				jread_fail(&top, err, "needs comments by readers and by staff") < 0;
	}
	json_decref(array);
	if (failed) {
		bench_text_free(t);
		return NULL;
	}
	return t;
}

/* Small numbers wander by up to a third, so that two readers who open alike
 * still tell of other days and ages. "24th" and "1,900" stay. */
static void put_varied(struct buf *out, const char *s, uint64_t *state)
{
	const char *digits = "0123456789";

	while (*s) {
		size_t skip = strcspn(s, digits), n = strspn(s + skip, digits);
		const char *number = s + skip;
		char after = number[n], before = skip ? number[-1] : ' ';
		buf_add(out, s, skip);
		s = number + n;
		if (n == 0 || n > 2 || before != ' ' || !strchr(" .?!", after)) {
			buf_add(out, number, n);
			continue;
		}
		uint32_t value = (uint32_t)strtoul(number, NULL, 10);
		buf_printf(out, "%u", value - value / 3 + bench_random(state, 2 * (value / 3) + 1));
	}
}

void bench_text_compose(const struct bench_text *t, uint64_t *state, bool staff, size_t bytes,
			struct buf *out)
{
	const struct voice *v = staff ? &t->staff : &t->readers;
	/* From a third to five thirds of what is asked for. */
	size_t end = out->len + bytes / 3 + bench_random(state, (uint32_t)(bytes * 4 / 3) + 1);
	size_t i = bench_random(state, (uint32_t)v->count);

	if (bench_random(state, 2) == 0)
		i = v->openings[bench_random(state, (uint32_t)v->opening_count)];

	for (;;) {
		put_varied(out, v->sentences[i].text, state);
		if (out->len >= end)
			return;
		if (!v->sentences[i].last) {
			buf_putc(out, ' ');
			i++;
			continue;
		}
		buf_puts(out, bench_random(state, 3) == 0 ? "\n\n" : " ");
		i = bench_random(state, (uint32_t)v->count);
	}
}

static void voice_release(struct voice *v)
{
	for (size_t i = 0; i < v->count; i++)
		free(v->sentences[i].text);
	free(v->sentences);
	free(v->openings);
}

void bench_text_free(struct bench_text *t)
{
	if (!t)
		return;
	voice_release(&t->readers);
	voice_release(&t->staff);
	free(t);
}
