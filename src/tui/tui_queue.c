/* tui_queue.c - what is said, which item is open, and which comes next. */
#include <stdarg.h>
#include <string.h>

#include "dear/err.h"

#include "tui_internal.h"

/* ---- what is said ---- */

void desk_say(struct desk *d, bool alarm, const char *fmt, ...)
{
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	buf_clear(&d->message);
	buf_puts(&d->message, text);
	d->view.alarm = alarm;
}

void desk_show(struct desk *d)
{
	struct tui_view *v = &d->view;

	v->item = d->open ? &d->item : NULL;
	v->id = d->open ? d->item.item.id : 0;
	v->place = d->open && d->at < d->count ? d->at + 1 : 0;
	v->total = d->count;
	v->left = d->tally->left;
	v->actor = d->review.actor;
	v->filter = d->filter.search;
	v->message = buf_str(&d->message);
	d->face->show(d->face->ctx, v);
}

/* The place of what was chosen, -1 when nothing was. */
int desk_choose(struct desk *d, const char *const *words, const char *question)
{
	int k, count = 0;

	while (words[count])
		count++;
	desk_say(d, false, "%s", question);
	d->view.choices = words;
	desk_show(d);
	k = d->face->key(d->face->ctx);
	d->view.choices = NULL;
	desk_say(d, false, "%s", "");
	return k > '0' && k <= '0' + count ? k - '1' : -1;
}

/* ---- the open item ---- */

/* A hold that can't be given up ends by itself. */
void desk_leave_item(struct desk *d)
{
	struct err failed = { 0 };

	if (d->open && d->held)
		review_let_go(&d->review, d->item.item.id, &failed);
	d->open = d->held = false;
}

/* What is shown stays until there is something to show instead. */
int desk_reload(struct desk *d, int64_t id)
{
	struct arena a = { 0 };
	struct tui_item item;
	int found = tui_load(&d->review, id, &a, &item, d->err);

	if (found <= 0) {
		arena_release(&a);
		d->open = found < 0 && d->open;
		return found;
	}
	arena_release(&d->item_arena);
	d->item_arena = a;
	d->item = item;
	d->open = true;
	d->view.turn++;
	return found;
}

static size_t place_of(const struct desk *d, int64_t id)
{
	size_t i = 0;

	while (i < d->count && d->places[i].item != id)
		i++;
	return i;
}

/* The item is held already, or by somebody else. */
static int show_item(struct desk *d, int64_t id)
{
	desk_leave_item(d);
	d->at = place_of(d, id);
	d->held_at = d->review.now;
	d->held = true;
	return desk_reload(d, id);
}

int desk_open_item(struct desk *d, int64_t id)
{
	struct hold other;

	if (review_hold(&d->review, id, &d->arena, &other, d->err) < 0)
		return -1;
	if (d->open && d->item.item.id == id)
		d->open = false;
	return show_item(d, id);
}

/* ---- the queue ---- */

/* Whoever asks for decided items wants to look at them. */
static bool looks_back(const struct desk *d)
{
	const char *status = d->filter.status;
	enum item_status s = status ? item_status_parse(status) : ITEM_DRAFTED;

	return s == ITEM_APPROVED || s == ITEM_REJECTED || s == ITEM_DISMISSED;
}

int desk_load_queue(struct desk *d, bool another)
{
	struct store_filter f = d->filter;
	struct arena a = { 0 };
	struct store_place *places;
	size_t count;

	if (!f.status)
		f.status = "open";
	if (review_queue(&d->review, &f, &a, &places, &count, d->err) < 0) {
		arena_release(&a);
		return -1;
	}
	d->tally->left = looks_back(d) ? 0 : count;
	if (count == 0 && !another) {
		arena_release(&a);
		return 0;
	}
	arena_release(&d->places_arena);
	d->places_arena = a;
	d->places = places;
	d->count = count;
	d->skipped = arena_alloc(&d->places_arena, count + 1);
	d->at = d->open ? place_of(d, d->item.item.id) : count;
	return 0;
}

static int take(struct desk *d, int64_t id)
{
	int status;

	if (looks_back(d))
		return 1;
	status = review_free(&d->review, id, &d->arena, d->err);
	return status > 0 ? review_take(&d->review, id, &d->arena, d->err) : status;
}

/* Takes the next that waits from here on, with those skipped or without them. 1
 * and its place; 0; -1. Looking costs less than taking, and another may be quicker. */
static int take_next(struct desk *d, bool skipped_too, size_t *ret)
{
	size_t from = d->at < d->count ? d->at + 1 : 0;

	for (size_t i = 0; i < d->count; i++) {
		size_t at = (from + i) % d->count;
		int status;

		if ((d->skipped[at] && !skipped_too) || (d->open && at == d->at))
			continue;
		status = take(d, d->places[at].item);
		if (status) {
			*ret = at;
			return status;
		}
	}
	return 0;
}

/* How many wait is counted from the store only when a queue is loaded; between,
 * by what is done here. */
int desk_open_next(struct desk *d)
{
	size_t at;
	int found = d->count ? take_next(d, false, &at) : 0;

	if (found == 0) {
		/* Once around: what came in meanwhile, then what was skipped. */
		bool any = false;

		for (size_t i = 0; i < d->count; i++)
			any |= d->skipped[i];
		if (!any && desk_load_queue(d, false) < 0)
			return -1;
		found = take_next(d, true, &at);
		if (found > 0)
			memset(d->skipped, 0, d->count);
	}
	if (found < 0)
		return -1;
	if (found > 0)
		return show_item(d, d->places[at].item) < 0 ? -1 : 0;
	/* The one that is open may be the last that waits. */
	if (d->open &&
	    (looks_back(d) || review_free(&d->review, d->item.item.id, &d->arena, d->err) > 0)) {
		if (!d->message.len)
			desk_say(d, false, "this is the only one");
		return 0;
	}
	d->at = d->count;
	desk_leave_item(d);
	return 0;
}

int desk_open_previous(struct desk *d)
{
	size_t from = d->at < d->count ? d->at : d->count;

	while (from-- > 0) {
		int found = desk_open_item(d, d->places[from].item);

		if (found)
			return found < 0 ? -1 : 0;
	}
	desk_say(d, false, "this is the first");
	return 0;
}
