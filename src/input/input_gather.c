/* input_gather.c - one comment of a page while its elements go by.
 *
 * Holds what was seen of it: name, date, text. Which element is what is decided
 * by input_page; nothing here knows a class name.
 */
#include <string.h>

#include "dear/bounds.h"

#include "input_internal.h"

void gather_start(struct gather *g, const struct mark *mark, int line)
{
	g->active = true;
	g->mark = *mark;
	g->line = line;
	g->level = 0;
	g->pending = g->replyable = g->permalink = g->cut = false;
	buf_clear(&g->name);
	buf_clear(&g->name_around);
	buf_clear(&g->date);
	buf_clear(&g->date_around);
	buf_clear(&g->datetime);
	buf_clear(&g->url);
	buf_clear(&g->body);
	buf_clear(&g->plain);
	g->text = (struct html_text){ .out = &g->plain };
}

void gather_level(struct gather *g, int level)
{
	g->level = level;
	g->cut = false;
	buf_clear(&g->body);
	buf_clear(&g->plain);
	g->text = (struct html_text){ .out = &g->plain };
}

static bool has_room(struct gather *g)
{
	if (g->body.len < BOUND_COMMENT_BYTES && g->plain.len < BOUND_COMMENT_BYTES)
		return true;
	g->cut = true;
	return false;
}

/* The attributes that carry meaning in a comment's text. */
static bool is_kept(const char *att)
{
	static const char *const kept[] = { "href", "src", "alt", "title", "cite", "datetime" };

	for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
		if (!strcmp(att, kept[i]))
			return true;
	return false;
}

void gather_open(struct gather *g, const char *name, const char **atts)
{
	html_text_start(&g->text, name, atts);
	if (!has_room(g))
		return;
	buf_putc(&g->body, '<');
	buf_puts(&g->body, name);
	for (; *atts; atts += 2) {
		if (!atts[1] || !is_kept(atts[0]))
			continue;
		buf_putc(&g->body, ' ');
		buf_puts(&g->body, atts[0]);
		buf_puts(&g->body, "=\"");
		buf_put_html(&g->body, atts[1], strlen(atts[1]));
		buf_putc(&g->body, '"');
	}
	buf_putc(&g->body, '>');
}

static bool is_void(const char *name)
{
	return !strcmp(name, "br") || !strcmp(name, "img") || !strcmp(name, "hr") ||
	       !strcmp(name, "wbr");
}

void gather_close(struct gather *g, const char *name)
{
	html_text_end(&g->text, name);
	if (is_void(name) || g->cut)
		return;
	buf_puts(&g->body, "</");
	buf_puts(&g->body, name);
	buf_putc(&g->body, '>');
}

void gather_text(struct gather *g, enum capture capture, const char *s, size_t n)
{
	struct buf *short_text = NULL;

	switch (capture) {
	case CAPTURE_NONE:
		return;
	case CAPTURE_BODY:
		if (!has_room(g))
			return;
		html_text_chars(&g->text, s, n);
		buf_put_html(&g->body, s, n);
		return;
	case CAPTURE_NAME:
		short_text = &g->name;
		break;
	case CAPTURE_NAME_AROUND:
		short_text = &g->name_around;
		break;
	case CAPTURE_DATE:
		short_text = &g->date;
		break;
	case CAPTURE_DATE_AROUND:
		short_text = &g->date_around;
		break;
	}
	if (short_text->len < BOUND_NAME_BYTES)
		buf_add(short_text, s, n);
}

static const char *copy(struct arena *a, const struct buf *b)
{
	char *s = input_line(a, buf_str(b), b->len, BOUND_NAME_BYTES);

	return *s ? s : NULL;
}

static const char *finish_date(struct gather *g, struct arena *a)
{
	const char *date = copy(a, &g->datetime);

	if (!date)
		date = copy(a, &g->date);
	return date ? date : copy(a, &g->date_around);
}

static void finish_author(struct gather *g, struct arena *a, struct comment *ret)
{
	ret->author = copy(a, &g->name);
	if (!ret->author)
		ret->author = copy(a, &g->name_around);
	ret->staff = g->mark.staff;
	if (g->mark.staff || g->mark.user)
		ret->account = ACCOUNT_USER;
	else if (g->mark.told)
		ret->account = ACCOUNT_GUEST;
	if (*g->mark.nicename)
		ret->user_id = arena_strdup(a, g->mark.nicename);
	if (ret->account != ACCOUNT_USER && comment_name_is_nobody(ret->author))
		ret->author = NULL;
}

void gather_finish(struct gather *g, struct arena *a, struct comment *ret)
{
	g->active = false;
	buf_trim(&g->plain);
	buf_trim(&g->body);
	*ret = (struct comment){
		.id = *g->mark.id ? arena_strdup(a, g->mark.id) : NULL,
		.status = g->mark.status,
		.date = finish_date(g, a),
		.url = g->permalink ? copy(a, &g->url) : NULL,
		.body = input_copy(a, buf_str(&g->body), g->body.len, BOUND_COMMENT_BYTES),
		.body_html = true,
		.text = input_copy(a, buf_str(&g->plain), g->plain.len, BOUND_COMMENT_BYTES),
		.line = g->line,
	};
	if (ret->status == COMMENT_LIVE && g->pending)
		ret->status = COMMENT_PENDING;
	finish_author(g, a, ret);
}

void gather_release(struct gather *g)
{
	buf_release(&g->name);
	buf_release(&g->name_around);
	buf_release(&g->date);
	buf_release(&g->date_around);
	buf_release(&g->datetime);
	buf_release(&g->url);
	buf_release(&g->body);
	buf_release(&g->plain);
}
