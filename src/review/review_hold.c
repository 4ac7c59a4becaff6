/* review_hold.c - who has an item open. */
#include <assert.h>
#include <string.h>

#include "review_internal.h"

static bool is_ours(const struct review *r, const struct hold *h)
{
	return !strcmp(h->actor, r->actor);
}

int review_held(const struct review *r, int64_t item, struct arena *a, struct hold *ret,
		struct err *err)
{
	struct hold h;
	int found = store_hold_get(r->store, item, a, &h, err);

	if (found <= 0)
		return found;
	if (is_ours(r, &h) || h.until <= r->now)
		return 0;
	*ret = h;
	return 1;
}

/* open_only: not a decided one. */
static int take(const struct review *r, int64_t item, bool open_only, struct arena *a,
		struct hold *ret, struct err *err)
{
	const struct hold mine = { .actor = r->actor,
				   .place = r->place,
				   .until = r->now + REVIEW_HOLD_SECONDS };
	struct hold before = { 0 };
	struct item it;
	int found = store_item_get(r->store, item, a, &it, err);

	if (found > 0 && store_hold_get(r->store, item, a, &before, err) < 0)
		found = -1;
	if (found <= 0)
		return found;
	if (before.actor && !is_ours(r, &before) && before.until > r->now) {
		*ret = before;
		return 0;
	}
	if (open_only && review_decided(&it))
		return 0;
	if (store_hold_put(r->store, item, &mine, err) < 0)
		return -1;
	if (before.actor && before.until > r->now && strcmp(before.place, r->place) != 0)
		*ret = before;
	return 1;
}

/* In one transaction, so that of two who ask at once one is told of the other. */
static int hold(const struct review *r, int64_t item, bool open_only, struct arena *a,
		struct hold *ret, struct err *err)
{
	int status;

	assert(r->place && !store_in_transaction(r->store));
	*ret = (struct hold){ 0 };
	if (store_begin(r->store, err) < 0)
		return -1;
	status = take(r, item, open_only, a, ret, err);
	if (status < 0) {
		store_rollback(r->store);
		return -1;
	}
	return store_commit(r->store, err) < 0 ? -1 : status;
}

int review_hold(const struct review *r, int64_t item, struct arena *a, struct hold *ret,
		struct err *err)
{
	return hold(r, item, false, a, ret, err);
}

int review_take(const struct review *r, int64_t item, struct arena *a, struct err *err)
{
	struct hold other;

	return hold(r, item, true, a, &other, err);
}

int review_let_go(const struct review *r, int64_t item, struct err *err)
{
	assert(r->place);
	return store_hold_drop(r->store, item, r->actor, r->place, err);
}

int review_free(const struct review *r, int64_t item, struct arena *a, struct err *err)
{
	struct item it;
	struct hold h;
	int found = store_item_get(r->store, item, a, &it, err);

	if (found <= 0 || review_decided(&it))
		return found < 0 ? -1 : 0;
	found = review_held(r, item, a, &h, err);
	return found < 0 ? -1 : !found;
}
