/* web_mark.c - a comment cut into pieces, so that a template can mark the words
 * that were judged by. Places are code points; spans that overlap become one
 * mark that names all their situations.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/utf8.h"

#include "web_internal.h"

struct span {
	size_t start, end; /* bytes */
	const char *label;
	bool supports;
};

struct marking {
	struct arena *a;
	const char *text;
	struct span *spans;
	size_t count;
	json_t *paragraphs, *pieces; /* pieces: of the open paragraph; NULL */
};

static int compare(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return (x->end < y->end) - (x->end > y->end);
}

static void gather(struct marking *m, const struct classification *c)
{
	size_t len = strlen(m->text), most = 0;

	for (size_t i = 0; i < c->situation_count; i++)
		most += c->situations[i].evidence_count;
	m->spans = arena_alloc(m->a, (most + 1) * sizeof(*m->spans));
	for (size_t i = 0; i < c->situation_count; i++)
		for (size_t k = 0; k < c->situations[i].evidence_count; k++) {
			const struct evidence *e = &c->situations[i].evidence[k];
			struct span s = { utf8_offset(m->text, len, e->start),
					  utf8_offset(m->text, len, e->end), c->situations[i].label,
					  e->supports };

			if (s.start < s.end && s.end <= len)
				m->spans[m->count++] = s;
		}
	qsort(m->spans, m->count, sizeof(*m->spans), compare);
}

/* "no contact; not in touch": each situation once. */
static const char *meaning(struct marking *m, size_t first, size_t end)
{
	struct buf out = BUF_INIT;
	const char *kept;

	for (size_t i = first; i < end; i++) {
		bool told = false;

		for (size_t k = first; k < i; k++)
			told |= m->spans[k].label == m->spans[i].label &&
				m->spans[k].supports == m->spans[i].supports;
		if (!told)
			buf_printf(&out, "%s%s%s", out.len ? "; " : "",
				   m->spans[i].supports ? "" : "against ",
				   web_words(m->a, m->spans[i].label));
	}
	kept = arena_strdup(m->a, buf_str(&out));
	buf_release(&out);
	return kept;
}

static void add_piece(struct marking *m, const char *s, size_t len, bool breaks, const char *means,
		      bool against)
{
	json_t *piece;

	if (!m->pieces) {
		m->pieces = json_array();
		json_array_append_new(m->paragraphs, json_pack("{so}", "pieces", m->pieces));
		breaks = false;
	}
	piece = json_object();
	web_set(piece, "text", arena_strndup(m->a, s, len));
	web_set_flag(piece, "break", breaks);
	web_set(piece, "means", means);
	web_set_flag(piece, "against", against);
	json_array_append_new(m->pieces, piece);
}

/* Text from start to end, with one meaning or none; blank lines part paragraphs,
 * and a mark across them is one in each. */
static void put(struct marking *m, size_t start, size_t end, const char *means, bool against)
{
	bool breaks = false;

	while (start < end) {
		size_t n = strcspn(m->text + start, "\n");

		if (n > end - start)
			n = end - start;
		if (n > 0)
			add_piece(m, m->text + start, n, breaks, means, against);
		start += n;
		breaks = start < end;
		if (start < end && m->text[start] == '\n') {
			start++;
			if (start < end && m->text[start] == '\n')
				m->pieces = NULL;
		}
	}
	/* A line that ends where the next piece begins. */
	if (breaks && m->pieces)
		add_piece(m, "", 0, true, NULL, false);
}

json_t *web_mark_comment(struct arena *a, const char *text, const struct classification *c)
{
	struct marking m = { .a = a, .text = text ? text : "", .paragraphs = json_array() };
	size_t at = 0;

	gather(&m, c);
	for (size_t i = 0, next; i < m.count; i = next) {
		size_t end = m.spans[i].end;
		bool supports = m.spans[i].supports;

		for (next = i + 1; next < m.count && m.spans[next].start < end; next++) {
			end = m.spans[next].end > end ? m.spans[next].end : end;
			supports |= m.spans[next].supports;
		}
		put(&m, at, m.spans[i].start, NULL, false);
		put(&m, m.spans[i].start, end, meaning(&m, i, next), !supports);
		at = end;
	}
	put(&m, at, strlen(m.text), NULL, false);
	return m.paragraphs;
}
