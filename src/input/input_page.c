/* input_page.c - comments out of a WordPress page, whatever its markup.
 *
 * Follows the elements with two stacks: frames, one an open element, which say
 * what its text is for, and nodes, one an open comment. A comment is handed on
 * when its first reply begins or its element ends, so nothing of a finished one
 * is kept but the ids of those still open. Class depth-N, where it is given,
 * outranks the nesting of elements: it survives unclosed ones.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"

#include "input_internal.h"

struct frame {
	uint32_t node; /* serial of the comment this element is; 0 */
	uint8_t capture, level;
	uint32_t copied; /* serial of the comment whose body has its tag; 0 */
	bool dropped;    /* nothing inside is read */
	bool inert;      /* in a template: no comment begins inside either */
};

struct node {
	char id[NODE_ID_MAX];
	uint32_t serial;
	int depth;
	bool element_li; /* its element is an li */
	struct {
		bool any, replyable;
		int depth;
	} last_child;
};

/* What is known of a comment's place when it begins. */
struct place {
	char parent[NODE_ID_MAX];
	bool has_parent, lost;
	bool after_sibling; /* one of its depth, without reply link, is before it */
};

struct page {
	struct input *in;
	struct bytes *bytes;
	struct html *html;
	struct frame *frames;
	int depth;
	struct node *nodes; /* nodes[0] stands for the article */
	size_t node_count, node_size;
	uint32_t serial;
	struct gather gather;
	struct place place;
	struct facts facts;
	struct heading heading;
	struct arena queued; /* comments that wait for page_next */
	struct comment *queue;
	size_t queue_at, queue_len, queue_size;
	int deepest;
	bool raw_nesting; /* an li directly in a comment's li was seen */
	bool nested;      /* a comment below another was seen */
	bool cut_off;     /* the file ended inside a comment */
	uint64_t prose, cut, guessed;
	uint64_t bad_dates;
};

static struct node *top_node(struct page *p)
{
	return &p->nodes[p->node_count - 1];
}

/* ---- handing on ---- */

/* Past the depth limit WordPress prints a reply after the comment it answers,
 * as its sibling. Such a place can't be told from a true sibling's, save that
 * at the limit nobody has a reply link. Where replies are closed everywhere,
 * only WordPress' own limit of five is suspected. */
static bool place_is_guess(const struct page *p)
{
	const struct gather *g = &p->gather;

	if (!p->place.has_parent || !p->place.after_sibling || g->replyable || p->raw_nesting)
		return false;
	return p->facts.links || (g->mark.depth >= 5 && g->mark.depth >= p->deepest);
}

static void put_place(struct page *p, struct comment *c)
{
	if (p->place.has_parent) {
		c->parent = arena_strdup(&p->queued, p->place.parent);
		p->nested = true;
	}
	if (p->place.lost)
		c->parent_known = PARENT_LOST;
	else if (place_is_guess(p)) {
		c->parent_known = PARENT_GUESSED;
		p->guessed++;
	}
}

static void hand_on(struct page *p)
{
	struct gather *g = &p->gather;
	struct comment c;

	if (!g->active)
		return;
	gather_finish(g, &p->queued, &c);
	put_place(p, &c);
	input_read_date(&c, false, &p->prose);
	/* Old releases wrote +00:00 whatever the site's clock said. */
	if (c.has_utc && g->datetime.len > 6 &&
	    !strcmp(buf_str(&g->datetime) + g->datetime.len - 6, "+00:00"))
		c.tz_known = false;
	if (c.date && g->datetime.len && !c.has_utc)
		p->bad_dates++;
	p->cut += g->cut;
	if (p->node_count > 1) {
		struct node *parent = &p->nodes[p->node_count - 2];

		parent->last_child.any = true;
		parent->last_child.replyable = g->replyable;
		parent->last_child.depth = g->mark.depth;
	}
	p->queue = mem_grow(p->queue, &p->queue_size, p->queue_len + 1, sizeof(*p->queue));
	p->queue[p->queue_len++] = c;
	facts_publish(&p->facts, &p->in->thread);
}

/* ---- comments open and close ---- */

static void close_top(struct page *p)
{
	hand_on(p);
	p->node_count--;
}

/* An li directly in the li of a comment of the same depth: block themes print
 * too-deep replies so, and the bytes still show whose they are. */
static bool is_raw_reply(const struct page *p, const char *name, const struct mark *m)
{
	const struct node *top = &p->nodes[p->node_count - 1];

	return p->in->format == FORMAT_BLOCK && p->node_count > 1 && top->element_li &&
	       !strcmp(name, "li") && top->depth == m->depth && p->depth > 1 &&
	       p->frames[p->depth - 1].node == top->serial;
}

static void close_by_depth(struct page *p, const char *name, const struct mark *m)
{
	if (!m->depth)
		return;
	if (is_raw_reply(p, name, m)) {
		p->raw_nesting = true;
		return;
	}
	while (p->node_count > 1 && top_node(p)->depth >= m->depth)
		close_top(p);
}

static void find_place(struct page *p, const struct mark *m)
{
	const struct node *parent = top_node(p);

	p->place = (struct place){ 0 };
	p->place.has_parent = p->node_count > 1 && *parent->id;
	if (p->place.has_parent)
		memcpy(p->place.parent, parent->id, sizeof(p->place.parent));
	p->place.lost = !p->place.has_parent && (m->depth > 1 || p->node_count > 1);
	p->place.after_sibling = m->depth > 1 && parent->last_child.any &&
				 !parent->last_child.replyable &&
				 parent->last_child.depth == m->depth;
}

static void open_node(struct page *p, const char *name, const struct mark *m)
{
	struct node *n;

	hand_on(p);
	close_by_depth(p, name, m);
	find_place(p, m);
	p->nodes = mem_grow(p->nodes, &p->node_size, p->node_count + 1, sizeof(*p->nodes));
	n = &p->nodes[p->node_count++];
	*n = (struct node){ .serial = ++p->serial, .depth = m->depth };
	memcpy(n->id, m->id, sizeof(n->id));
	n->element_li = !strcmp(name, "li");
	if (m->depth > p->deepest)
		p->deepest = m->depth;
	gather_start(&p->gather, m, html_line(p->html));
	p->frames[p->depth].node = n->serial;
	p->frames[p->depth].capture = CAPTURE_BODY;
	p->frames[p->depth].level = 0;
	p->frames[p->depth].dropped = false;
}

static bool is_untouched(const struct gather *g)
{
	return g->active && !g->plain.len && !g->name.len && !g->name_around.len;
}

/* The inner element of a comment whose outer one began it: same id, or the
 * first id inside one that had none, or the same classes again. */
static bool is_wrapper(struct page *p, const struct mark *m)
{
	struct node *top = top_node(p);
	struct gather *g = &p->gather;
	bool same = *m->id && !strcmp(top->id, m->id);
	bool fits = m->depth == top->depth || !m->depth || !top->depth;

	if (p->node_count < 2)
		return false;
	if (!same && !(fits && is_untouched(g) && (!*top->id || !*m->id)))
		return false;
	if (!g->active)
		return true;
	if (!*top->id) {
		memcpy(top->id, m->id, sizeof(top->id));
		memcpy(g->mark.id, m->id, sizeof(top->id));
	}
	if (!top->depth)
		top->depth = g->mark.depth = m->depth;
	g->mark.told |= m->told;
	g->mark.staff |= m->staff;
	g->mark.user |= m->user;
	if (!*g->mark.nicename)
		memcpy(g->mark.nicename, m->nicename, sizeof(m->nicename));
	return true;
}

/* True when the element begins a comment. */
static bool try_node(struct page *p, const char *name, const char **atts)
{
	const struct frame *f = &p->frames[p->depth];
	struct mark m;

	wordpress_mark(name, atts, &m);
	if (!m.is_node || f->inert || is_wrapper(p, &m))
		return false;
	/* In a comment's text, or where nothing is read, only what bears all of
	 * WordPress' marks is one: another's left something unclosed. */
	if ((f->dropped || f->level > 1) && !m.strong)
		return false;
	open_node(p, name, &m);
	return true;
}

/* ---- parts of a comment ---- */

static void anchor_part(struct page *p, struct frame *f, const char **atts)
{
	const char *href = html_att(atts, "href"), *mark;
	struct gather *g = &p->gather;

	mark = href ? strstr(href, "#comment-") : NULL;
	if (!mark || strcmp(mark + strlen("#comment-"), g->mark.id) || f->level > 1)
		return;
	if ((f->capture == CAPTURE_NONE || f->capture == CAPTURE_DATE_AROUND) && !g->date.len)
		f->capture = CAPTURE_DATE;
	if (g->permalink || strncmp(href, "http", 4))
		return;
	g->permalink = true;
	input_add_cut(&g->url, href);
	facts_permalink(&p->facts, href);
}

static void time_part(struct gather *g, struct frame *f, const char **atts)
{
	const char *datetime = html_att(atts, "datetime");

	if (f->level > 1)
		return;
	if (datetime && *datetime && !g->datetime.len)
		input_add_cut(&g->datetime, datetime);
	f->capture = g->date.len ? CAPTURE_NONE : CAPTURE_DATE;
}

static void body_part(struct gather *g, struct frame *f, int level)
{
	if (level <= f->level)
		return;
	f->capture = CAPTURE_BODY;
	f->level = (uint8_t)level;
	if (level > g->level)
		gather_level(g, level);
}

static void role_part(struct page *p, struct frame *f, enum role role, const char **atts)
{
	struct gather *g = &p->gather;
	bool in_text = f->level > 1;

	switch (role) {
	case ROLE_NONE:
		break;
	case ROLE_NAME_AROUND:
		if (!in_text && f->capture != CAPTURE_NAME)
			f->capture = CAPTURE_NAME_AROUND;
		break;
	case ROLE_NAME:
		if (!in_text)
			f->capture = g->name.len ? CAPTURE_NONE : CAPTURE_NAME;
		break;
	case ROLE_META:
		if (!in_text)
			f->capture = CAPTURE_NONE;
		break;
	case ROLE_DATE_AROUND:
		if (!in_text)
			f->capture = CAPTURE_DATE_AROUND;
		break;
	case ROLE_DATE:
		if (!in_text)
			f->capture = g->date.len ? CAPTURE_NONE : CAPTURE_DATE;
		break;
	case ROLE_BODY_AROUND:
		body_part(g, f, 1);
		break;
	case ROLE_BODY_LIKELY:
		body_part(g, f, 2);
		break;
	case ROLE_BODY:
		body_part(g, f, 3);
		break;
	case ROLE_PENDING:
		g->pending = true;
		f->dropped = true;
		break;
	case ROLE_REPLY:
		g->replyable = true;
		wordpress_reply_link(&p->facts, atts);
		f->dropped = true;
		break;
	case ROLE_CHROME:
		f->dropped = true;
		break;
	}
}

/* <cite> without a class, before anything else was read, is a name; a ping's
 * first link is what pinged. */
static bool is_bare_name(const struct gather *g, const struct frame *f, const char *name)
{
	if (g->name.len || f->level > 1 || f->dropped)
		return false;
	if (!strcmp(name, "cite"))
		return g->plain.len == 0;
	return !strcmp(name, "a") &&
	       (g->mark.status == COMMENT_PINGBACK || g->mark.status == COMMENT_TRACKBACK);
}

static void comment_part(struct page *p, const char *name, const char **atts)
{
	struct gather *g = &p->gather;
	struct frame *f = &p->frames[p->depth];
	enum role role = wordpress_role(name, atts);

	/* A reply link stands inside what is dropped, and still tells. */
	if (!f->dropped || role == ROLE_REPLY || role == ROLE_PENDING)
		role_part(p, f, role, atts);
	if (f->dropped)
		return;
	if (role == ROLE_NONE && is_bare_name(g, f, name))
		f->capture = CAPTURE_NAME;
	if (!strcmp(name, "a"))
		anchor_part(p, f, atts);
	else if (!strcmp(name, "time"))
		time_part(g, f, atts);
	if (role != ROLE_NONE || f->capture != CAPTURE_BODY || f->level != g->level)
		return;
	f->copied = top_node(p)->serial;
	gather_open(g, name, atts);
}

/* ---- the parser's events ---- */

static void on_start(void *ctx, const char *name, const char **atts)
{
	struct page *p = ctx;
	struct frame *f;
	bool is_node;

	p->depth++;
	f = &p->frames[p->depth];
	*f = p->frames[p->depth - 1];
	f->node = 0;
	f->copied = 0;
	f->inert |= !strcmp(name, "template");
	f->dropped |= f->inert || !strcmp(name, "textarea");
	wordpress_facts(&p->facts, name, atts, p->node_count > 1);
	is_node = try_node(p, name, atts);
	heading_open(&p->heading, name, atts, !is_node && !p->gather.active && p->node_count == 1);
	if (!is_node && p->gather.active)
		comment_part(p, name, atts);
}

static void on_end(void *ctx, const char *name)
{
	struct page *p = ctx;
	struct frame *f = &p->frames[p->depth--];

	if (f->copied && f->copied == top_node(p)->serial && p->gather.active &&
	    f->level == p->gather.level)
		gather_close(&p->gather, name);
	heading_close(&p->heading, &p->facts);
	if (!f->node)
		return;
	p->cut_off |= html_is_ending(p->html);
	while (p->node_count > 1 && top_node(p)->serial >= f->node)
		close_top(p);
}

static void on_text(void *ctx, const char *s, size_t n)
{
	struct page *p = ctx;
	const struct frame *f = &p->frames[p->depth];

	heading_text(&p->heading, s, n);
	if (!p->gather.active || f->dropped)
		return;
	if (f->capture == CAPTURE_BODY && f->level != p->gather.level)
		return;
	gather_text(&p->gather, f->capture, s, n);
}

/* ---- the reader ---- */

static void page_free(void *state)
{
	struct page *p = state;

	if (!p)
		return;
	html_free(p->html);
	bytes_free(p->bytes);
	gather_release(&p->gather);
	buf_release(&p->heading.text);
	arena_release(&p->queued);
	free(p->frames);
	free(p->nodes);
	free(p->queue);
	free(p);
}

/* Pages may leave out </li>; then an li does end where the next begins. */
static bool has_li_ends(struct file *f)
{
	struct err err = { 0 };
	size_t size = (size_t)256 * 1024;
	char *start = mem_alloc(size);
	ssize_t n = file_read_at(f, 0, start, size, &err);
	bool found = n > 0 && memmem(start, (size_t)n, "</li", 4);

	free(start);
	return found;
}

static void *page_start(struct input *in, struct err *err)
{
	static const struct html_events events = { on_start, on_end, on_text };
	struct page *p = mem_alloc(sizeof(*p));

	p->in = in;
	p->facts.strings = &in->strings;
	p->bytes = bytes_new(in->file, err);
	if (!p->bytes) {
		page_free(p);
		return NULL;
	}
	p->frames = mem_alloc((BOUND_HTML_DEPTH + 1) * sizeof(*p->frames));
	p->nodes = mem_grow(NULL, &p->node_size, 1, sizeof(*p->nodes));
	p->nodes[0] = (struct node){ 0 };
	p->node_count = 1;
	p->html = html_new(&events, p, in->format == FORMAT_BLOCK && has_li_ends(in->file));
	return p;
}

static void finish(struct page *p, struct diags *d)
{
	struct thread_ref *t = &p->in->thread;
	const char *name = file_name(p->in->file);

	t->flat = p->facts.form && !p->facts.links && !p->nested && p->deepest <= 1;
	p->facts.changed = true;
	facts_publish(&p->facts, t);
	input_say_prose(p->in, p->prose - p->bad_dates, d);
	input_say_replaced(p->in, bytes_replaced(p->bytes), bytes_charset(p->bytes), d);
	input_say_cut(p->in, p->cut, d);
	if (p->bad_dates)
		diag_add(d, DIAG_DATE_BAD, name,
			 "times that name no moment, kept as they stand: %llu",
			 (unsigned long long)p->bad_dates);
	if (p->guessed)
		diag_add(d, DIAG_PARENT_GUESSED, name,
			 "replies at the page's depth limit, where it does not show whom they "
			 "answer (REST does): %llu",
			 (unsigned long long)p->guessed);
	if (p->cut_off)
		diag_add(d, DIAG_HTML_BROKEN, name,
			 "the file ends inside a comment; fetch the page again");
	if (html_is_swallowing(p->html))
		diag_add(d, DIAG_HTML_BROKEN, name,
			 "a script, comment or attribute is never closed; the rest of the file was "
			 "not read");
}

/* Reads one window, or the end. */
static int advance(struct page *p, struct diags *d, struct err *err)
{
	int more = html_advance(p->html, p->bytes, err);

	if (more != 0)
		return more < 0 ? -1 : 0;
	while (p->node_count > 1)
		close_top(p);
	p->in->ended = true;
	finish(p, d);
	return 0;
}

static int page_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		     struct err *err)
{
	struct page *p = in->state;

	while (p->queue_at == p->queue_len) {
		p->queue_at = p->queue_len = 0;
		arena_clear(&p->queued);
		if (in->ended)
			return 0;
		if (advance(p, d, err) < 0)
			return -1;
	}
	input_copy_comment(&p->queue[p->queue_at++], a, ret);
	return 1;
}

const struct reader reader_page = { page_start, page_next, page_free };
