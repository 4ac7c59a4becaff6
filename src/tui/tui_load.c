/* tui_load.c - an item with all that is shown of it, asked from the store and
 * the review.
 */

#include "tui_internal.h"

enum { ABOVE = 2, BELOW = 4, ALIKE = 5 };

static int load_alike(const struct review *r, struct arena *a, struct tui_item *t, struct err *err)
{
	int64_t *ids;
	size_t count;

	if (store_alike(r->store, t->item.id, a, &ids, &count, err) < 0)
		return -1;
	t->alike = arena_alloc(a, ALIKE * sizeof(*t->alike));
	t->alike_total = count;
	for (size_t i = 0; i < count && t->alike_count < ALIKE; i++) {
		struct item it;
		int found = store_item_get(r->store, ids[i], a, &it, err);

		if (found < 0)
			return -1;
		if (found > 0)
			t->alike[t->alike_count++] = (struct tui_alike){ .id = it.id,
									 .author = it.author,
									 .status = it.status };
	}
	return 0;
}

static void load_style(const struct review *r, struct arena *a, struct tui_item *t)
{
	const struct item *it = &t->item;

	if (it->reason == TRIAGE_SAFETY)
		t->safety_text = responses_safety_text(r->responses);
	if (it->reply)
		t->breach_count = style_check(r->responses, it->reply, !(it->flags & ITEM_EDITED),
					      &t->found, a, &t->breaches);
}

int tui_load(const struct review *r, int64_t id, struct arena *a, struct tui_item *ret,
	     struct err *err)
{
	struct tui_item t = { 0 };
	int found = store_item_get(r->store, id, a, &t.item, err), held;

	if (found <= 0)
		return found;
	t.seen = review_seen_of(&t.item);
	held = review_held(r, id, a, &t.held, err);
	if (held < 0 || store_classification_get(r->store, id, a, &t.found, err) < 0 ||
	    store_context(r->store, t.item.row, ABOVE, BELOW, a, &t.around, err) < 0 ||
	    review_history(r, id, a, &t.events, &t.event_count, err) < 0 ||
	    load_alike(r, a, &t, err) < 0)
		return -1;
	load_style(r, a, &t);
	*ret = t;
	return 1;
}

const char *tui_first_text(const struct tui_item *t)
{
	if (t->item.reply)
		return t->item.reply;
	return t->safety_text ? t->safety_text : "";
}
