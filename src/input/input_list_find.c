/* input_list_find.c - which of a page's lists holds its comments.
 *
 * Two looks through the whole page. The first tells which links are buttons. In
 * the second an item counts when it has words outside links and a time, a button,
 * or an id and a name. The list with most such
 * items wins; an inner list adds to its outer one only by way of an item that
 * counts itself, so a list that lays out the page does not win.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/mem.h"

#include "input_internal.h"

/* Less text than this outside links is a menu's item. */
#define ITEM_TEXT_MIN 8

struct frame {
	int list, item; /* frames of the innermost ones around; 0 */
	bool is_list, is_item, is_link;
	bool in_link, dropped, nowhere;
	uint32_t ordinal, score; /* of a list */
	uint32_t number;         /* of an item */
	uint32_t inner;          /* of an item: what its lists scored */
	size_t text;
	bool has_id, has_time, has_reply, has_name;
};

struct finder {
	struct frame *frames;
	int depth;
	uint32_t ordinal, items, best_score;
	bool counting; /* the first look: which links are buttons */
	struct buf link;
	struct listing *found;
};

bool list_is_list(const char *name)
{
	return !strcmp(name, "ol") || !strcmp(name, "ul");
}

bool list_is_outside(const char *name)
{
	static const char *const names[] = { "nav",      "aside",    "form",    "select",
					     "textarea", "template", "noscript" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (!strcmp(name, names[i]))
			return true;
	return false;
}

static bool has_any_class(const char **atts, const char *const *words)
{
	const char *classes = html_att(atts, "class");

	for (; classes && *words; words++)
		if (html_has_class(classes, *words))
			return true;
	return false;
}

bool list_is_name(const char *name, const char **atts)
{
	static const char *const tags[] = { "strong", "b", "cite", "h2", "h3", "h4", "h5", "h6" };
	static const char *const words[] = { "author", "user", "username", "name", "fn", NULL };

	for (size_t i = 0; i < sizeof(tags) / sizeof(*tags); i++)
		if (!strcmp(name, tags[i]))
			return true;
	return has_any_class(atts, words);
}

bool list_is_date(const char *name, const char **atts)
{
	static const char *const words[] = { "date", "time", "datetime", "timestamp", NULL };

	return !strcmp(name, "time") || has_any_class(atts, words);
}

static bool item_counts(const struct frame *item)
{
	return item->text >= ITEM_TEXT_MIN &&
	       (item->has_time || item->has_reply || (item->has_id && item->has_name));
}

static void note_list(struct finder *k, const struct frame *list)
{
	struct listing *found = k->found;

	if (list->score == 0)
		return;
	found->noted = mem_grow(found->noted, &found->noted_size, list->ordinal + 1, 1);
	for (; found->noted_end < list->ordinal; found->noted_end++)
		found->noted[found->noted_end] = 0;
	found->noted[list->ordinal] = 1;
	if (found->noted_end == list->ordinal)
		found->noted_end++;
	if (list->score <= k->best_score)
		return;
	found->best = list->ordinal;
	k->best_score = list->score;
}

static void look_at(struct finder *k, const char *name, const char **atts)
{
	struct frame *f = &k->frames[k->depth], *item = &k->frames[f->item];

	item->has_time |= list_is_date(name, atts);
	item->has_reply |= wordpress_role(name, atts) == ROLE_REPLY;
	item->has_name |= list_is_name(name, atts);
	if (f->is_link || f->is_item)
		item->has_id |= html_att(atts, "id") || html_att(atts, "name");
}

static void on_start(void *ctx, const char *name, const char **atts)
{
	struct finder *k = ctx;
	const struct frame *outer = &k->frames[k->depth++];
	struct frame *f = &k->frames[k->depth];

	*f = (struct frame){ .list = outer->list,
			     .item = outer->item,
			     .in_link = outer->in_link,
			     .dropped = outer->dropped || list_is_outside(name) };
	if (list_is_list(name)) {
		f->is_list = true;
		f->list = k->depth;
		f->ordinal = ++k->ordinal;
	} else if (!strcmp(name, "li")) {
		f->is_item = true;
		f->item = k->depth;
		f->number = ++k->items;
	} else if (!strcmp(name, "a")) {
		f->is_link = f->in_link = true;
		f->nowhere = buttons_is_link(atts);
		buf_clear(&k->link);
	}
	if (f->item && !f->dropped)
		look_at(k, name, atts);
}

static void end_link(struct finder *k, const struct frame *f)
{
	struct frame *item = &k->frames[f->item];

	if (k->counting)
		buttons_count(&k->found->buttons, buf_str(&k->link), item->number);
	else if (f->nowhere || buttons_has(&k->found->buttons, buf_str(&k->link)))
		item->has_reply = true;
}

static void on_end(void *ctx, const char *name)
{
	struct finder *k = ctx;
	const struct frame *f = &k->frames[k->depth--];
	const struct frame *outer = &k->frames[k->depth];

	(void)name;
	if (f->is_item && outer->list && item_counts(f))
		k->frames[outer->list].score += 1 + f->inner;
	if (f->is_list && !k->counting) {
		note_list(k, f);
		k->frames[outer->item].inner += f->score;
	}
	if (f->is_link && f->item && !f->dropped)
		end_link(k, f);
	if (k->counting && f->is_item)
		k->found->buttons.items += f->text >= ITEM_TEXT_MIN;
}

static void on_text(void *ctx, const char *s, size_t n)
{
	struct finder *k = ctx;
	const struct frame *f = &k->frames[k->depth];

	if (f->dropped || !f->item)
		return;
	if (f->in_link && k->link.len + n < BOUND_NAME_BYTES)
		buf_add(&k->link, s, n);
	for (size_t i = 0; i < n && !f->in_link; i++)
		k->frames[f->item].text += !strchr(" \t\r\n", s[i]);
}

static int look(struct file *file, struct listing *ret, bool counting, struct err *err)
{
	static const struct html_events events = { on_start, on_end, on_text };
	struct finder k = { .found = ret, .counting = counting };
	struct bytes *bytes = bytes_new(file, err);
	struct html *html;
	int more;

	if (!bytes)
		return -1;
	k.frames = mem_alloc((BOUND_HTML_DEPTH + 1) * sizeof(*k.frames));
	html = html_new(&events, &k, false);
	do
		more = html_advance(html, bytes, err);
	while (more > 0);
	html_free(html);
	bytes_free(bytes);
	buf_release(&k.link);
	free(k.frames);
	return more;
}

int list_find(struct file *file, struct listing *ret, struct err *err)
{
	return look(file, ret, true, err) < 0 ? -1 : look(file, ret, false, err);
}

bool listing_has(const struct listing *l, uint32_t ordinal)
{
	return ordinal < l->noted_end && l->noted[ordinal];
}
