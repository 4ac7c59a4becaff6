/* input_list.c - comments in nested ol and ul lists, for pages nothing else
 * fits.
 *
 * Knows from input_list_find which list to read and which of its inner lists
 * hold replies; every other list inside is text. Knows no word of any language.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/mem.h"

#include "input_internal.h"

struct frame {
	int comment; /* frame of the innermost comment around, or this one; 0 */
	uint8_t capture;
	bool in_best, in_list; /* inside the best list; its innermost list holds comments */
	bool dropped, in_link;
	bool is_link;
	bool nowhere; /* a link that leads to no page */
	bool copied;  /* its tags go into the comment's body */
	char id[NODE_ID_MAX];
};

struct lists {
	struct input *in;
	struct bytes *bytes;
	struct html *html;
	struct listing listing;
	struct frame *frames;
	int depth;
	uint32_t ordinal;
	struct gather gather;
	int gathering; /* frame of the comment under way; 0 */
	struct buf link;
	struct heading heading;
	struct facts facts;
	struct arena queued;
	struct comment *queue;
	size_t queue_at, queue_len, queue_size;
	uint64_t prose, without_id, cut;
};

/* ---- comments ---- */

static void hand_on(struct lists *l)
{
	struct frame *f = &l->frames[l->gathering];
	const struct frame *parent;
	struct comment c;

	if (!l->gathering)
		return;
	gather_finish(&l->gather, &l->queued, &c);
	if (!*f->id) {
		input_make_id(&c, f->id);
		l->without_id++;
	}
	c.id = arena_strdup(&l->queued, f->id);
	parent = &l->frames[f[-1].comment];
	if (f[-1].comment)
		c.parent = arena_strdup(&l->queued, parent->id);
	l->gathering = 0;
	input_read_date(&c, false, &l->prose);
	l->cut += l->gather.cut;
	l->queue = mem_grow(l->queue, &l->queue_size, l->queue_len + 1, sizeof(*l->queue));
	l->queue[l->queue_len++] = c;
	facts_publish(&l->facts, &l->in->thread);
}

static void take_id(struct frame *f, const char **atts)
{
	const char *id = html_att(atts, "id");

	if (!id)
		id = html_att(atts, "name");
	if (id && *id && strlen(id) < sizeof(f->id) && !*f->id)
		memcpy(f->id, id, strlen(id) + 1);
}

static void begin_comment(struct lists *l, const char **atts)
{
	struct frame *f = &l->frames[l->depth];
	const struct mark mark = { 0 };

	hand_on(l);
	take_id(f, atts);
	f->comment = l->gathering = l->depth;
	f->capture = CAPTURE_BODY;
	gather_start(&l->gather, &mark, html_line(l->html));
}

static void capture_of(struct gather *g, struct frame *f, const char *name, const char **atts)
{
	bool early = !g->plain.len && !g->name.len;
	const char *datetime = html_att(atts, "datetime");

	if (list_is_date(name, atts)) {
		f->capture = CAPTURE_DATE;
		if (datetime && !g->datetime.len)
			input_add_cut(&g->datetime, datetime);
	} else if (list_is_name(name, atts) &&
		   (f->capture == CAPTURE_NAME_AROUND || (f->capture == CAPTURE_BODY && early))) {
		f->capture = CAPTURE_NAME;
	} else if (!strcmp(name, "header") || !strcmp(name, "footer")) {
		f->capture = early ? CAPTURE_NAME_AROUND : CAPTURE_NONE;
	}
}

static void comment_part(struct lists *l, const char *name, const char **atts)
{
	struct frame *f = &l->frames[l->depth];
	struct gather *g = &l->gather;
	enum role role = wordpress_role(name, atts);

	if (f->is_link)
		take_id(&l->frames[l->gathering], atts);
	if (role == ROLE_PENDING)
		g->pending = true;
	if (role >= ROLE_CHROME)
		f->dropped = true;
	if (f->dropped)
		return;
	capture_of(g, f, name, atts);
	f->copied = f->capture == CAPTURE_BODY && !f->in_link;
	if (f->copied)
		gather_open(g, name, atts);
}

/* A link's words are text, unless they are a button's. */
static void end_link(struct lists *l, const struct frame *f)
{
	const char *text = buf_str(&l->link);
	bool button = f->nowhere || buttons_has(&l->listing.buttons, text);

	if (l->gathering && !f->dropped && !button)
		gather_text(&l->gather, (enum capture)f->capture, text, l->link.len);
	buf_clear(&l->link);
}

/* ---- the parser's events ---- */

static void on_start(void *ctx, const char *name, const char **atts)
{
	struct lists *l = ctx;
	struct frame *f = &l->frames[++l->depth];

	*f = f[-1];
	f->is_link = f->copied = false;
	f->id[0] = '\0';
	f->dropped |= list_is_outside(name);
	wordpress_facts(&l->facts, name, atts, f->comment != 0);
	heading_open(&l->heading, name, atts, !f->comment);
	if (list_is_list(name)) {
		l->ordinal++;
		f->in_best |= l->ordinal == l->listing.best;
		f->in_list = f->in_best && listing_has(&l->listing, l->ordinal);
		if (f->in_list)
			hand_on(l);
	} else if (!strcmp(name, "li") && f->in_list) {
		begin_comment(l, atts);
		return;
	} else if (!strcmp(name, "a") && !f->in_link) {
		f->is_link = f->in_link = true;
		f->nowhere = buttons_is_link(atts);
	}
	if (l->gathering)
		comment_part(l, name, atts);
}

static void on_end(void *ctx, const char *name)
{
	struct lists *l = ctx;
	const struct frame *f = &l->frames[l->depth];

	heading_close(&l->heading, &l->facts);
	if (f->is_link)
		end_link(l, f);
	if (f->copied && l->gathering == f->comment)
		gather_close(&l->gather, name);
	if (l->gathering == l->depth)
		hand_on(l);
	l->depth--;
}

static void on_text(void *ctx, const char *s, size_t n)
{
	struct lists *l = ctx;
	const struct frame *f = &l->frames[l->depth];

	heading_text(&l->heading, s, n);
	if (!l->gathering || f->dropped)
		return;
	/* A name or date that is a link is no button. */
	if (!f->in_link || f->capture != CAPTURE_BODY || l->link.len + n > BOUND_NAME_BYTES)
		gather_text(&l->gather, (enum capture)f->capture, s, n);
	else
		buf_add(&l->link, s, n);
}

/* ---- the reader ---- */

static void list_free(void *state)
{
	struct lists *l = state;

	if (!l)
		return;
	html_free(l->html);
	bytes_free(l->bytes);
	gather_release(&l->gather);
	buf_release(&l->link);
	buf_release(&l->heading.text);
	arena_release(&l->queued);
	buttons_release(&l->listing.buttons);
	free(l->listing.noted);
	free(l->frames);
	free(l->queue);
	free(l);
}

static void *list_start(struct input *in, struct err *err)
{
	static const struct html_events events = { on_start, on_end, on_text };
	struct lists *l = mem_alloc(sizeof(*l));

	l->in = in;
	l->facts.strings = &in->strings;
	if (list_find(in->file, &l->listing, err) < 0)
		goto fail;
	l->bytes = bytes_new(in->file, err);
	if (!l->bytes)
		goto fail;
	l->frames = mem_alloc((BOUND_HTML_DEPTH + 1) * sizeof(*l->frames));
	l->html = html_new(&events, l, false);
	return l;
fail:
	list_free(l);
	return NULL;
}

static void finish(struct lists *l, struct diags *d)
{
	l->facts.changed = true;
	facts_publish(&l->facts, &l->in->thread);
	input_say_prose(l->in, l->prose, d);
	input_say_replaced(l->in, bytes_replaced(l->bytes), bytes_charset(l->bytes), d);
	input_say_cut(l->in, l->cut, d);
	input_say_no_id(l->in, l->without_id, d);
}

static int list_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		     struct err *err)
{
	struct lists *l = in->state;

	while (l->queue_at == l->queue_len) {
		int more;

		l->queue_at = l->queue_len = 0;
		arena_clear(&l->queued);
		if (in->ended)
			return 0;
		more = html_advance(l->html, l->bytes, err);
		if (more < 0)
			return -1;
		if (more > 0)
			continue;
		in->ended = true;
		finish(l, d);
	}
	input_copy_comment(&l->queue[l->queue_at++], a, ret);
	return 1;
}

const struct reader reader_list = { list_start, list_next, list_free };
