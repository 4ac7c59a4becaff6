/* input_document.c - what exports and feeds share: the text of elements,
 * comments in a queue, and the end.
 *
 * Which element means what is the format's own. No more of the file is held
 * than one element's text and the comments of one window.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/file.h"
#include "dear/mem.h"

#include "input_document_internal.h"

/* HTML of which more than a whole comment is left when its tags are gone. What is
 * cut here is still long enough for shape_set_text to say so. */
#define TEXT_MAX ((size_t)4 * BOUND_COMMENT_BYTES + 16)

/* ---- events ---- */

static void put_tag(struct document *doc, const char *name, bool closing)
{
	if (doc->text.len + strlen(name) > TEXT_MAX)
		return;
	buf_puts(&doc->text, closing ? "</" : "<");
	buf_puts(&doc->text, name);
	buf_putc(&doc->text, '>');
}

/* Of a link inside XHTML only where it goes is of use. */
static void put_start(struct document *doc, const char *name, const char **atts)
{
	const char *href = html_att(atts, "href");

	if (strcmp(name, "a") || !href || doc->text.len + strlen(href) > TEXT_MAX) {
		put_tag(doc, name, false);
		return;
	}
	buf_puts(&doc->text, "<a href=\"");
	buf_put_html(&doc->text, href, strlen(href));
	buf_puts(&doc->text, "\">");
}

static void on_start(void *ctx, const char *name, const char **atts)
{
	struct document *doc = ctx;

	if (doc->verbatim) {
		doc->verbatim++;
		put_start(doc, name, atts);
		return;
	}
	buf_clear(&doc->text);
	doc->words->start(doc, name, atts);
}

static void on_end(void *ctx, const char *name)
{
	struct document *doc = ctx;

	if (doc->verbatim && --doc->verbatim) {
		put_tag(doc, name, true);
		return;
	}
	doc->words->end(doc, name, buf_str(&doc->text));
	buf_clear(&doc->text);
}

static void on_text(void *ctx, const char *s, size_t n)
{
	struct document *doc = ctx;
	size_t room = doc->text.len < TEXT_MAX ? TEXT_MAX - doc->text.len : 0;

	if (n > room)
		for (n = room; n && ((unsigned char)s[n] & 0xc0) == 0x80;)
			n--;
	if (doc->verbatim && doc->escape)
		buf_put_html(&doc->text, s, n);
	else
		buf_add(&doc->text, s, n);
}

void document_verbatim(struct document *doc, bool escape)
{
	doc->verbatim = 1;
	doc->escape = escape;
}

/* ---- values ---- */

const char *document_name(struct document *doc, const char *html, struct arena *a)
{
	if (strnlen(html, TEXT_MAX) == TEXT_MAX)
		return NULL;
	return shape_name(&doc->shape, html, a);
}

const char *document_value(const char *text, struct arena *a)
{
	char *value = input_copy(a, text, strlen(text), BOUND_NAME_BYTES);

	return *value ? value : NULL;
}

/* ---- the reader ---- */

int document_init(struct document *doc, struct input *in, const struct document_words *words,
		  struct err *err)
{
	static const struct html_events events = { on_start, on_end, on_text };

	doc->in = in;
	doc->words = words;
	doc->shape.in = in;
	doc->shape.fragments = fragments_new();
	doc->shape.diags = &doc->diags;
	doc->markup = markup_new(&events, doc);
	doc->bytes = bytes_new(in->file, err);
	return doc->bytes ? 0 : -1;
}

void document_release(struct document *doc)
{
	bytes_free(doc->bytes);
	markup_free(doc->markup);
	fragments_free(doc->shape.fragments);
	buf_release(&doc->shape.text);
	buf_release(&doc->text);
	diags_release(&doc->diags);
	arena_release(&doc->part);
	arena_release(&doc->queued);
	free(doc->queue);
}

static void copy(const struct comment *c, struct arena *a, struct comment *ret)
{
	struct thread_ref *ref;

	input_copy_comment(c, a, ret);
	if (!c->thread)
		return;
	ref = arena_copy(a, c->thread, sizeof(*c->thread));
	ref->url = arena_strdup(a, ref->url);
	ref->host = arena_strdup(a, ref->host);
	ref->post_id = arena_strdup(a, ref->post_id);
	ref->title = arena_strdup(a, ref->title);
	ret->thread = ref;
}

void document_queue(struct document *doc, const struct comment *c)
{
	doc->queue =
		mem_grow(doc->queue, &doc->queue_size, doc->queue_len + 1, sizeof(*doc->queue));
	copy(c, &doc->queued, &doc->queue[doc->queue_len++]);
	arena_clear(&doc->part);
	doc->without_id += !c->id;
}

static void finish(struct document *doc, struct diags *d)
{
	const struct strain *s = markup_strain(doc->markup);

	if (doc->words->finish)
		doc->words->finish(doc, d);
	input_say_prose(doc->in, doc->shape.prose, d);
	input_say_no_id(doc->in, doc->without_id, d);
	input_say_replaced(doc->in, bytes_replaced(doc->bytes) + s->replaced,
			   bytes_charset(doc->bytes), d);
	if (s->repaired)
		diag_add(d, DIAG_XML_REPAIRED, file_name(doc->in->file),
			 "\"&\" that begin no reference XML knows, read as HTML would: %llu",
			 (unsigned long long)s->repaired);
}

int document_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		  struct err *err)
{
	struct document *doc = in->state;

	while (doc->queue_at == doc->queue_len) {
		int more;

		doc->queue_at = doc->queue_len = 0;
		arena_clear(&doc->queued);
		if (in->ended)
			return 0;
		more = markup_advance(doc->markup, doc->bytes, err);
		if (more == 0) {
			in->ended = true;
			finish(doc, d);
		}
		diags_move(d, &doc->diags);
		if (more >= 0 && doc->err.code)
			*err = doc->err;
		if (more < 0 || doc->err.code)
			return -1;
	}
	copy(&doc->queue[doc->queue_at++], a, ret);
	return 1;
}
