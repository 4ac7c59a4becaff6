/* input_marked.c - comments out of pages that mark them for machines: with
 * schema.org's microdata, or with microformats.
 *
 * What an element says is the vocabulary's; here is how elements make comments.
 * A comment is handed on when its first reply begins or its element ends. Where
 * nothing is marked as its text, all that is left of it is.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/file.h"
#include "dear/mem.h"

#include "input_marked_internal.h"

struct frame {
	uint32_t node; /* the comment this element is; 0 */
	enum scope scope;
	uint8_t capture, level;
	bool dropped, copied;
};

struct node {
	struct buf id; /* empty until it is known */
	struct buf parent;
};

struct marked {
	struct input *in;
	marking_read *mark;
	struct bytes *bytes;
	struct html *html;
	struct frame *frames;
	int depth;
	struct node *nodes; /* open comments */
	size_t node_count, node_size;
	struct gather gather; /* of the innermost, while none of its replies began */
	bool cut_off;
	struct heading heading;
	struct facts facts;
	struct arena queued;
	struct comment *queue;
	size_t queue_at, queue_len, queue_size;
	uint64_t prose, without_id, cut;
};

/* ---- comments ---- */

/* Comments by microformats come from many sites, whose numbers may be the same:
 * there an address stands as it is. */
static void put_id(struct marked *m, const char *value, struct buf *out)
{
	bool whole = m->in->format == FORMAT_MICROFORMATS && strstr(value, "://");
	const char *number = whole ? NULL : input_comment_id(value, &m->queued);

	buf_clear(out);
	input_add_cut(out, number ? number : value);
}

static void set_parent(struct marked *m, struct comment *c)
{
	struct node *own = &m->nodes[m->node_count - 1];

	if (own->parent.len)
		c->parent = arena_strdup(&m->queued, buf_str(&own->parent));
	else if (m->node_count > 1)
		c->parent = arena_strdup(&m->queued, buf_str(&own[-1].id));
	if (c->parent && !strcmp(c->parent, buf_str(&own->id)))
		c->parent = NULL;
}

static void hand_on(struct marked *m)
{
	struct node *own = m->node_count ? &m->nodes[m->node_count - 1] : NULL;
	char made[NODE_ID_MAX];
	struct comment c;

	if (!m->gather.active)
		return;
	gather_finish(&m->gather, &m->queued, &c);
	/* With microdata a comment may give its article's address. */
	if (c.url && (m->in->format == FORMAT_MICROFORMATS || strchr(c.url, '#')))
		put_id(m, c.url, &own->id);
	if (!own->id.len) {
		input_make_id(&c, made);
		buf_puts(&own->id, made);
		m->without_id++;
	}
	c.id = arena_strdup(&m->queued, buf_str(&own->id));
	set_parent(m, &c);
	input_read_date(&c, false, &m->prose);
	m->cut += m->gather.cut;
	m->queue = mem_grow(m->queue, &m->queue_size, m->queue_len + 1, sizeof(*m->queue));
	m->queue[m->queue_len++] = c;
}

static void open_comment(struct marked *m, const char **atts, const struct marking *mark)
{
	struct frame *f = &m->frames[m->depth];
	const struct mark none = { 0 };
	const char *id = mark->id ? mark->id : html_att(atts, "id");
	struct node *n;

	hand_on(m);
	if (m->node_count == m->node_size) {
		size_t old = m->node_size;

		m->nodes = mem_grow(m->nodes, &m->node_size, old + 1, sizeof(*m->nodes));
		memset(m->nodes + old, 0, (m->node_size - old) * sizeof(*m->nodes));
	}
	n = &m->nodes[m->node_count++];
	buf_clear(&n->id);
	buf_clear(&n->parent);
	if (id && *id)
		put_id(m, id, &n->id);
	gather_start(&m->gather, &none, html_line(m->html));
	f->node = (uint32_t)m->node_count;
	f->capture = CAPTURE_BODY;
	f->level = 0;
	f->dropped = false;
}

/* ---- parts ---- */

static void put_once(struct buf *b, const char *value)
{
	if (value && !b->len)
		input_add_cut(b, value);
}

static void role_part(struct gather *g, struct frame *f, const struct marking *mark)
{
	switch (mark->role) {
	case ROLE_NAME:
		f->capture = g->name.len ? CAPTURE_NONE : CAPTURE_NAME;
		break;
	case ROLE_NAME_AROUND:
		f->capture = CAPTURE_NAME_AROUND;
		break;
	case ROLE_DATE:
		f->capture = g->date.len ? CAPTURE_NONE : CAPTURE_DATE;
		break;
	case ROLE_BODY:
		f->capture = CAPTURE_BODY;
		f->level = (uint8_t)mark->level;
		if (mark->level > g->level)
			gather_level(g, mark->level);
		break;
	case ROLE_META:
		f->capture = CAPTURE_NONE;
		break;
	case ROLE_NONE:
	case ROLE_DATE_AROUND:
	case ROLE_BODY_AROUND:
	case ROLE_BODY_LIKELY:
	case ROLE_CHROME:
	case ROLE_PENDING:
	case ROLE_REPLY:
		break;
	}
}

static void comment_part(struct marked *m, const char *name, const char **atts,
			 const struct marking *mark)
{
	struct gather *g = &m->gather;
	struct frame *f = &m->frames[m->depth];
	struct node *own = &m->nodes[m->node_count - 1];

	/* In the text only the text's own elements are looked at. */
	if (f[-1].level && f[-1].capture == CAPTURE_BODY) {
		f->scope = f[-1].scope;
	} else {
		role_part(g, f, mark);
		put_once(&g->name, mark->name);
		put_once(&g->datetime, mark->date);
		if (mark->url && !g->permalink && !strncmp(mark->url, "http", 4)) {
			g->permalink = true;
			input_add_cut(&g->url, mark->url);
		} else if (mark->url && !own->id.len) {
			put_id(m, mark->url, &own->id);
		}
		if (mark->parent && *mark->parent && !own->parent.len)
			put_id(m, mark->parent, &own->parent);
	}
	f->copied = f->capture == CAPTURE_BODY && f->level == g->level && !mark->role;
	if (f->copied)
		gather_open(g, name, atts);
}

/* ---- the parser's events ---- */

static bool is_outside(const char *name)
{
	static const char *const names[] = { "form",   "nav",      "select",
					     "button", "textarea", "template" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static void on_start(void *ctx, const char *name, const char **atts)
{
	struct marked *m = ctx;
	struct marking mark = { 0 };
	struct frame *f = &m->frames[++m->depth];

	*f = f[-1];
	f->node = 0;
	f->copied = false;
	m->mark(name, atts, f->scope, &mark);
	f->scope = mark.opens;
	f->dropped |= mark.dropped || is_outside(name);
	wordpress_facts(&m->facts, name, atts, m->node_count > 0);
	heading_open(&m->heading, name, atts, !m->node_count);
	if (mark.comment && !f[-1].dropped)
		open_comment(m, atts, &mark);
	else if (m->gather.active && !f->dropped)
		comment_part(m, name, atts, &mark);
}

static void on_end(void *ctx, const char *name)
{
	struct marked *m = ctx;
	const struct frame *f = &m->frames[m->depth--];

	heading_close(&m->heading, &m->facts);
	if (f->copied && m->gather.active && f->level == m->gather.level)
		gather_close(&m->gather, name);
	if (!f->node)
		return;
	m->cut_off |= html_is_ending(m->html);
	hand_on(m);
	m->node_count = f->node - 1;
}

static void on_text(void *ctx, const char *s, size_t n)
{
	struct marked *m = ctx;
	const struct frame *f = &m->frames[m->depth];

	heading_text(&m->heading, s, n);
	if (!m->gather.active || f->dropped)
		return;
	if (f->capture == CAPTURE_BODY && f->level != m->gather.level)
		return;
	gather_text(&m->gather, (enum capture)f->capture, s, n);
}

/* ---- the reader ---- */

static void marked_free(void *state)
{
	struct marked *m = state;

	if (!m)
		return;
	html_free(m->html);
	bytes_free(m->bytes);
	gather_release(&m->gather);
	for (size_t i = 0; i < m->node_size; i++) {
		buf_release(&m->nodes[i].id);
		buf_release(&m->nodes[i].parent);
	}
	buf_release(&m->heading.text);
	arena_release(&m->queued);
	free(m->frames);
	free(m->nodes);
	free(m->queue);
	free(m);
}

static void *marked_start(struct input *in, struct err *err)
{
	static const struct html_events events = { on_start, on_end, on_text };
	struct marked *m = mem_alloc(sizeof(*m));

	m->in = in;
	m->mark = in->format == FORMAT_MICRODATA ? microdata_mark : microformats_mark;
	m->facts.strings = &in->strings;
	m->bytes = bytes_new(in->file, err);
	if (!m->bytes) {
		marked_free(m);
		return NULL;
	}
	m->frames = mem_alloc((BOUND_HTML_DEPTH + 1) * sizeof(*m->frames));
	m->html = html_new(&events, m, false);
	return m;
}

static void finish(struct marked *m, struct diags *d)
{
	m->facts.changed = true;
	facts_publish(&m->facts, &m->in->thread);
	input_say_prose(m->in, m->prose, d);
	input_say_replaced(m->in, bytes_replaced(m->bytes), bytes_charset(m->bytes), d);
	input_say_cut(m->in, m->cut, d);
	input_say_no_id(m->in, m->without_id, d);
	if (m->cut_off)
		diag_add(d, DIAG_HTML_BROKEN, file_name(m->in->file),
			 "the file ends inside a comment; fetch the page again");
}

static int marked_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		       struct err *err)
{
	struct marked *m = in->state;

	while (m->queue_at == m->queue_len) {
		int more;

		m->queue_at = m->queue_len = 0;
		if (!m->gather.active)
			arena_clear(&m->queued);
		if (in->ended)
			return 0;
		more = html_advance(m->html, m->bytes, err);
		if (more < 0)
			return -1;
		facts_publish(&m->facts, &in->thread);
		if (more > 0)
			continue;
		in->ended = true;
		finish(m, d);
	}
	input_copy_comment(&m->queue[m->queue_at++], a, ret);
	return 1;
}

const struct reader reader_marked = { marked_start, marked_next, marked_free };
