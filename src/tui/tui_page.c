/* tui_page.c - an item as a page: whom it answers, the comment with the words
 * that count underlined, what was found, the draft with what the house style
 * says of it, the history. Wide enough, the draft stands beside the comment.
 */
#include <string.h>
#include <time.h>

#include "tui_internal.h"

enum { WIDE = 92, NARROW = 50, ABOVE_LINES = 3, BELOW_LINES = 2, HISTORY = 6 };

static const char nobody[] = "a reader without a name";

static const char *name_of(const char *author)
{
	return author && *author ? author : nobody;
}

void tui_put_time(struct tui_text *t, unsigned style, int64_t utc)
{
	time_t seconds = (time_t)utc;
	struct tm tm;
	char text[32];

	if (gmtime_r(&seconds, &tm) && strftime(text, sizeof(text), "%Y-%m-%d %H:%M", &tm))
		tui_put(t, style, text);
}

/* Day and minute of an ISO date; another as it is. */
static void put_date(struct tui_text *t, unsigned style, const char *date)
{
	char text[17];

	if (strspn(date, "0123456789") != 4 || strlen(date) < 16 || date[10] != 'T') {
		tui_put(t, style, date);
		return;
	}
	snprintf(text, sizeof(text), "%s", date);
	text[10] = ' ';
	tui_put(t, style, text);
}

static void put_head(struct tui_lines *l, unsigned style, const char *head)
{
	struct tui_text t = { 0 };

	tui_put(&t, TUI_BOLD | style, head);
	tui_wrap(l, &t, 1);
	tui_text_release(&t);
}

/* ---- the comment and what stands around it ---- */

static void put_node(struct tui_lines *l, const struct store_node *n, const char *mark,
		     size_t limit)
{
	struct tui_text t = { 0 };

	tui_put(&t, TUI_DIM, mark);
	tui_put(&t, TUI_DIM | TUI_NAME, name_of(n->author));
	tui_put(&t, TUI_DIM, n->staff ? " (the column): " : ": ");
	tui_put(&t, TUI_DIM, n->text ? n->text : "");
	for (size_t i = 0; i < t.bytes.len; i++)
		if (t.bytes.str[i] == '\n')
			t.bytes.str[i] = ' ';
	tui_wrap(l, &t, limit);
	tui_text_release(&t);
}

/* What the reader wrote before, in one burst, is in the comment already. */
static void put_above(struct tui_lines *l, const struct tui_item *t)
{
	const char *comment = t->item.comment ? t->item.comment : "";
	size_t put = 0;

	for (size_t i = 0; i < t->around.above_count; i++) {
		const struct store_node *n = &t->around.above[i];

		if (n->text && (n->staff || !strstr(comment, n->text)))
			put_node(l, n, put++ ? "↳ " : "", ABOVE_LINES);
	}
	if (put)
		tui_blank(l);
}

static void put_comment(struct tui_lines *l, const struct tui_item *t)
{
	const struct item *it = &t->item;
	struct tui_text text = { 0 };

	/* The name last: one that is written from the right turns nothing else. */
	if (it->date) {
		put_date(&text, TUI_DIM, it->date);
		tui_put(&text, TUI_DIM, "  ");
	}
	tui_put(&text, TUI_BOLD | TUI_NAME, name_of(it->author));
	tui_wrap(l, &text, 1);
	tui_put_evidence(&text, it->comment ? it->comment : "", &t->found);
	tui_wrap(l, &text, 0);
	tui_text_release(&text);
	for (size_t i = 0; i < t->around.below_count; i++)
		put_node(l, &t->around.below[i], "↳ ", BELOW_LINES);
	tui_blank(l);
}

/* ---- what was found ---- */

static void put_situation(struct tui_text *t, const struct situation *s)
{
	switch (s->band) {
	case BAND_HIGH:
		tui_put(t, TUI_BOLD, s->label);
		tui_put(t, TUI_DIM, " high");
		return;
	case BAND_MEDIUM:
		tui_put(t, 0, s->label);
		tui_put(t, TUI_DIM, " medium");
		return;
	case BAND_LOW:
	case BAND_NONE:
		tui_put(t, TUI_DIM, s->label);
		tui_put(t, TUI_DIM, "? low");
		return;
	}
}

/* A name of the rules as words: "since_end" is "since end". */
static void put_words(struct tui_text *t, unsigned style, const char *name)
{
	for (; *name; name++)
		tui_put(t, style, *name == '_' ? " " : (const char[]){ *name, '\0' });
}

static void put_situations(struct tui_lines *l, const struct classification *c)
{
	struct tui_text t = { 0 };

	for (size_t i = 0; i < c->situation_count; i++) {
		tui_put(&t, TUI_DIM, i ? ", " : "");
		put_situation(&t, &c->situations[i]);
	}
	if (!c->situation_count)
		tui_put(&t, TUI_DIM, "no situation that dear knows");
	tui_wrap(l, &t, 0);
	for (size_t i = 0; i < c->fact_count; i++) {
		tui_put(&t, TUI_DIM, i ? ", " : "");
		put_words(&t, TUI_DIM, c->facts[i].name);
		tui_put(&t, TUI_DIM, ": ");
		tui_put(&t, 0, c->facts[i].value);
	}
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

static void put_alike(struct tui_lines *l, const struct tui_item *item)
{
	struct tui_text t = { 0 };

	if (!item->alike_count)
		return;
	tui_put(&t, TUI_NOTE, "reads nearly the same as ");
	for (size_t i = 0; i < item->alike_count; i++) {
		const struct tui_alike *a = &item->alike[i];

		tui_printf(&t, TUI_NOTE, "%s%lld (%s, ", i ? ", " : "", (long long)a->id,
			   item_status_word(a->status));
		tui_put(&t, TUI_NOTE, name_of(a->author));
		tui_put(&t, TUI_NOTE, ")");
	}
	if (item->alike_total > item->alike_count)
		tui_printf(&t, TUI_NOTE, " and %zu more", item->alike_total - item->alike_count);
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

static void put_found(struct tui_lines *l, const struct tui_item *item)
{
	struct tui_text t = { 0 };

	if (item->item.reason != TRIAGE_NONE) {
		tui_put(&t, TUI_BOLD | (item->item.reason == TRIAGE_SAFETY ? TUI_ALARM : TUI_NOTE),
			triage_sentence(item->item.reason));
		tui_wrap(l, &t, 0);
	}
	put_situations(l, &item->found);
	put_alike(l, item);
	tui_text_release(&t);
}

/* ---- the reply ---- */

static void put_held(struct tui_lines *l, const struct tui_item *item)
{
	struct tui_text t = { 0 };

	if (!item->held.actor)
		return;
	tui_put(&t, TUI_ALARM | TUI_BOLD, item->held.actor);
	tui_put(&t, TUI_ALARM, " has it open (");
	tui_put(&t, TUI_ALARM, item->held.place);
	tui_put(&t, TUI_ALARM, ", until ");
	tui_put_time(&t, TUI_ALARM, item->held.until);
	tui_put(&t, TUI_ALARM, ")");
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

/* What changed under the editor's hands: the new one stands first. */
static void put_seen(struct tui_lines *l, const struct tui_item *item)
{
	const char *seen = item->seen_reply ? item->seen_reply : item->seen_comment;
	struct tui_text t = { 0 };

	if (!seen)
		return;
	put_head(l, TUI_ALARM,
		 item->seen_reply ? "The reply as you saw it" : "The comment as you saw it");
	tui_put(&t, TUI_DIM, seen);
	tui_wrap(l, &t, 0);
	tui_blank(l);
	tui_text_release(&t);
}

static void put_reply_head(struct tui_lines *l, const struct item *it)
{
	struct tui_text t = { 0 };

	tui_put(&t, TUI_BOLD, it->flags & ITEM_EDITED ? "Reply as edited" : "Draft");
	tui_printf(&t, TUI_DIM, "  revision %d", it->revision);
	if (it->decided_by) {
		tui_put(&t, TUI_DIM, "  ");
		tui_put(&t, TUI_BOLD | (it->status == ITEM_APPROVED ? TUI_GOOD : TUI_ALARM),
			item_status_word(it->status));
		tui_put(&t, TUI_DIM, " by ");
		tui_put(&t, TUI_DIM, it->decided_by);
	}
	if (it->flags & ITEM_STALE)
		tui_put(&t, TUI_BOLD | TUI_ALARM,
			"  stale: the comment or its reading changed since");
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

static void put_breaches(struct tui_lines *l, const struct tui_item *item)
{
	struct tui_text t = { 0 };

	for (size_t i = 0; i < item->breach_count; i++) {
		const struct style_breach *b = &item->breaches[i];

		tui_put(&t, TUI_BOLD | (b->blocks ? TUI_ALARM : TUI_NOTE), "! ");
		tui_put(&t, b->blocks ? TUI_ALARM : TUI_NOTE, b->rule);
		tui_put(&t, b->blocks ? TUI_ALARM : TUI_NOTE, ": ");
		tui_put(&t, b->blocks ? TUI_ALARM : TUI_NOTE, b->text);
		tui_wrap(l, &t, 0);
	}
	tui_text_release(&t);
}

static void put_reply(struct tui_lines *l, const struct tui_item *item)
{
	const struct item *it = &item->item;
	struct tui_text t = { 0 };

	put_held(l, item);
	if (it->reply) {
		put_reply_head(l, it);
		tui_put(&t, 0, it->reply);
		tui_wrap(l, &t, 0);
		if (item->breach_count)
			tui_blank(l);
		put_breaches(l, item);
	} else {
		put_head(l, 0, it->status == ITEM_DISMISSED ? "No reply, dismissed" : "No draft");
		tui_put(&t, TUI_DIM,
			item->safety_text ? "e begins with the column's safety text:"
					  : "e writes a reply, d says that none is wanted.");
		tui_wrap(l, &t, 0);
		tui_put(&t, TUI_DIM, item->safety_text ? item->safety_text : "");
		tui_wrap(l, &t, 0);
	}
	tui_blank(l);
	tui_text_release(&t);
}

/* The responses' names, without their folder and the wording's number; `show` tells
 * them whole. */
static void put_made_of(struct tui_lines *l, const struct item *it)
{
	struct tui_text t = { 0 };
	size_t len;

	if (!it->reply || !it->responses || it->flags & ITEM_EDITED)
		return;
	tui_put(&t, TUI_DIM, "made of ");
	for (const char *s = it->responses; *s; s += len + (s[len] == ' ')) {
		const char *name = strchr(s, '/');

		len = strcspn(s, " ");
		name = name && name < s + len ? name + 1 : s;
		tui_printf(&t, TUI_DIM, "%s%.*s", s > it->responses ? ", " : "",
			   (int)strcspn(name, "/ "), name);
	}
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

/* ---- the history ---- */

static void put_event(struct tui_lines *l, const struct review_event *e)
{
	struct tui_text t = { 0 };

	tui_put_time(&t, TUI_DIM, e->at);
	tui_put(&t, TUI_DIM, " ");
	tui_put(&t, TUI_DIM, e->actor);
	tui_printf(&t, TUI_DIM, " %s", e->what);
	if (e->revision)
		tui_printf(&t, TUI_DIM, " %d", e->revision);
	if (e->reason) {
		tui_put(&t, TUI_DIM, ": ");
		tui_put(&t, TUI_DIM, e->reason);
	}
	if (e->note) {
		tui_put(&t, TUI_DIM, ", ");
		tui_put(&t, TUI_DIM, e->note);
	}
	tui_wrap(l, &t, 2);
	tui_text_release(&t);
}

/* The newest, of what an editor did. */
static void put_history(struct tui_lines *l, const struct tui_item *item)
{
	size_t first = 0, count = item->event_count;

	while (first < count && !item->events[first].at)
		first++;
	if (count - first > HISTORY)
		first = count - HISTORY;
	for (size_t i = first; i < count; i++)
		put_event(l, &item->events[i]);
}

/* ---- the page ---- */

static void put_left(struct tui_lines *l, const struct tui_item *item)
{
	put_above(l, item);
	put_comment(l, item);
	put_found(l, item);
}

static void put_right(struct tui_lines *l, const struct tui_item *item)
{
	put_reply(l, item);
	put_seen(l, item);
	put_history(l, item);
	put_made_of(l, &item->item);
}

static size_t count_of(const struct tui_lines *l)
{
	return l->list.len / sizeof(struct tui_line);
}

static struct tui_line line_at(const struct tui_lines *l, size_t i)
{
	static const struct tui_line none;

	return i < count_of(l) ? ((const struct tui_line *)(const void *)l->list.str)[i] : none;
}

static void set_side_by_side(struct tui_lines *l, const struct tui_item *item)
{
	struct tui_lines left = { .a = l->a, .columns = l->columns / 2 - 2 };
	struct tui_lines right = { .a = l->a, .columns = l->columns - l->columns / 2 - 1 };
	const struct tui_line bar = tui_one_line("│ ", TUI_DIM, 2, l->a);

	put_left(&left, item);
	put_right(&right, item);
	for (size_t i = 0; i < count_of(&left) || i < count_of(&right); i++) {
		const struct tui_line first = line_at(&left, i), second = line_at(&right, i);
		const struct tui_line head = tui_beside(&first, left.columns + 1, &bar, l->a);
		const struct tui_line line = tui_beside(&head, left.columns + 3, &second, l->a);

		buf_add(&l->list, &line, sizeof(line));
	}
	buf_release(&left.list);
	buf_release(&right.list);
}

static void put_nothing(struct tui_lines *l)
{
	struct tui_text t = { 0 };

	put_head(l, TUI_GOOD, "Nothing is left to decide.");
	tui_put(&t, 0,
		"u takes the last step back, p shows what was decided, / searches, q quits.");
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

void tui_page(const struct tui_view *v, int columns, struct arena *a, struct tui_page *ret)
{
	struct tui_lines l = { .a = a,
			       .columns = columns < TUI_COLUMNS_MIN ? TUI_COLUMNS_MIN : columns };

	if (v->help) {
		tui_help(&l);
	} else if (v->busy) {
		put_head(&l, 0, "Looking through the comments that are new ...");
	} else if (!v->item) {
		put_nothing(&l);
	} else if (columns >= WIDE) {
		set_side_by_side(&l, v->item);
	} else {
		put_left(&l, v->item);
		tui_blank(&l);
		put_right(&l, v->item);
	}
	ret->count = count_of(&l);
	ret->lines = arena_copy(a, buf_str(&l.list), l.list.len);
	buf_release(&l.list);
}

static void put_place(struct tui_text *t, const struct tui_view *v, bool narrow)
{
	if (v->filter) {
		tui_put(t, TUI_REVERSE, v->filter);
		tui_put(t, TUI_REVERSE, "  ");
	}
	if (v->place)
		tui_printf(t, TUI_REVERSE, narrow ? "%zu/%zu " : "%zu of %zu  ", v->place,
			   v->total);
	if (v->left)
		tui_printf(t, TUI_REVERSE, "%zu left ", v->left);
}

static void put_what(struct tui_text *t, const struct tui_view *v)
{
	const struct item *it = v->item ? &v->item->item : NULL;
	const unsigned alarm = it && it->reason == TRIAGE_SAFETY ? TUI_ALARM | TUI_BOLD : TUI_BOLD;
	bool open = it && !it->decided_by;

	if (v->help || !it) {
		tui_put(t, TUI_REVERSE | TUI_BOLD, v->help ? " keys" : " dear review");
		return;
	}
	tui_printf(t, TUI_REVERSE | TUI_BOLD, " %lld ", (long long)it->id);
	put_words(t, TUI_REVERSE | alarm, item_status_word(it->status));
	if (open && it->reason != TRIAGE_NONE) {
		tui_put(t, TUI_REVERSE | alarm, ": ");
		put_words(t, TUI_REVERSE | alarm, triage_word(it->reason));
	}
	if (it->flags & ITEM_EXPORTED)
		tui_put(t, TUI_REVERSE | TUI_ALARM, ", has left");
	if (it->thread_title) {
		tui_put(t, TUI_REVERSE, "  ");
		tui_put(t, TUI_REVERSE, it->thread_title);
	}
}

struct tui_line tui_bar(const struct tui_view *v, int columns, struct arena *a)
{
	struct tui_text t = { 0 };
	struct tui_line place, what;
	char *blanks;

	put_place(&t, v, columns < NARROW);
	place = tui_fit(&t, columns * 2 / 3, a);
	put_what(&t, v);
	what = tui_fit(&t, columns - place.columns - 2, a);
	blanks = arena_room(a, (size_t)columns + 1);
	memset(blanks, ' ', (size_t)columns);
	blanks[columns - place.columns - what.columns] = '\0';
	tui_put(&t, TUI_REVERSE, blanks);
	{
		const struct tui_line gap = tui_fit(&t, columns, a);
		const struct tui_line left = tui_beside(&what, 0, &gap, a);

		what = tui_beside(&left, 0, &place, a);
	}
	tui_text_release(&t);
	return what;
}
