/* review_queue.c - the order in which items are met, with comments that read
 * nearly the same side by side. Looks for those when the queue is asked for:
 * an import has better things to do, and most items of a large one are never
 * opened.
 */
#include <stdlib.h>

#include "dear/arena.h"
#include "dear/sketch.h"

#include "review_internal.h"

/* Comments looked at in one transaction; candidates compared with each. */
enum { BATCH = 500, PER_KEY = 2 };

/* ---- piles ---- */

struct piling {
	const struct review *r;
	struct err *err;
	struct arena a; /* of one item */
};

/* 1 when the candidate's comment is alike. */
static int compare(struct piling *p, const struct sketch *sketch, int64_t candidate)
{
	struct sketch other;
	struct item it;
	int found = store_item_get(p->r->store, candidate, &p->a, &it, p->err);

	if (found <= 0)
		return found;
	sketch_read(it.comment, &p->a, &other);
	return sketch_share(sketch, &other) >= SKETCH_ALIKE;
}

static bool is_among(const int64_t *list, size_t count, int64_t value)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == value)
			return true;
	return false;
}

/* The pile of the first item that is alike, 0: none. Of many that share a key
 * only the oldest are compared: where a hundred say the same, they lie on one
 * pile already. */
static int find_pile(struct piling *p, int64_t item, const struct sketch *sketch,
		     const uint64_t *keys, int64_t *ret)
{
	int64_t compared[SKETCH_KEYS * PER_KEY];
	size_t compared_count = 0;

	*ret = 0;
	for (size_t k = 0; !*ret && k < SKETCH_KEYS; k++) {
		struct store_place *found;
		size_t count;

		if (store_alike_find(p->r->store, item, keys[k], PER_KEY, &p->a, &found, &count,
				     p->err) < 0)
			return -1;
		for (size_t i = 0; !*ret && i < count; i++) {
			int alike;

			if (is_among(compared, compared_count, found[i].item))
				continue;
			compared[compared_count++] = found[i].item;
			alike = compare(p, sketch, found[i].item);
			if (alike < 0)
				return -1;
			*ret = alike ? found[i].pile : 0;
		}
	}
	return 0;
}

static int pile_item(struct piling *p, int64_t item)
{
	uint64_t keys[SKETCH_KEYS];
	struct sketch sketch;
	struct item it;
	int64_t pile = 0;
	int found = store_item_get(p->r->store, item, &p->a, &it, p->err);

	if (found <= 0)
		return found;
	sketch_read(it.comment, &p->a, &sketch);
	sketch_keys(&sketch, keys);
	if (sketch.count && find_pile(p, item, &sketch, keys, &pile) < 0)
		return -1;
	return store_alike_put(p->r->store, item, it.comment_hash, pile, keys,
			       sketch.count ? SKETCH_KEYS : 0, p->err);
}

static int pile_batch(struct piling *p, const int64_t *items, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		arena_clear(&p->a);
		if (pile_item(p, items[i]) < 0)
			return -1;
	}
	return 0;
}

/* Looks at every comment that was not looked at. Each batch is a transaction, so
 * that nobody who decides meanwhile waits long. */
static int pile_up(const struct review *r, struct err *err)
{
	struct piling p = { .r = r, .err = err };
	bool nested = store_in_transaction(r->store);
	struct arena list = { 0 };
	int64_t *items, after = 0;
	size_t count = BATCH;
	int status = 0;

	while (status == 0 && count == BATCH) {
		arena_clear(&list);
		status = store_alike_todo(r->store, after, BATCH, &list, &items, &count, err);
		if (status < 0 || count == 0)
			break;
		after = items[count - 1];
		if (!nested && store_begin(r->store, err) < 0) {
			status = -1;
			break;
		}
		status = pile_batch(&p, items, count);
		if (!nested && status == 0)
			status = store_commit(r->store, err);
		else if (!nested)
			store_rollback(r->store);
	}
	arena_release(&p.a);
	arena_release(&list);
	return status;
}

int review_alike(const struct review *r, int64_t item, struct arena *a, int64_t **ret,
		 size_t *ret_count, struct err *err)
{
	if (pile_up(r, err) < 0)
		return -1;
	return store_alike(r->store, item, a, ret, ret_count, err);
}

/* ---- the order ---- */

struct entry {
	struct store_place place;
	size_t at, head; /* its own place, and its pile's first of the same rank */
};

static int by_pile(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	if (a->place.rank != b->place.rank)
		return a->place.rank < b->place.rank ? -1 : 1;
	if (a->place.pile != b->place.pile)
		return a->place.pile < b->place.pile ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static int by_head(const void *x, const void *y)
{
	const struct entry *a = x, *b = y;

	if (a->head != b->head)
		return a->head < b->head ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

/* Ranks come one after the other, so a head keeps its pile in its rank. */
static void put_piles_together(struct store_place *places, size_t count)
{
	struct arena a = { 0 };
	struct entry *list = arena_alloc(&a, (count + 1) * sizeof(*list));

	for (size_t i = 0; i < count; i++)
		list[i] = (struct entry){ .place = places[i], .at = i };
	qsort(list, count, sizeof(*list), by_pile);
	for (size_t i = 0; i < count; i++) {
		bool same = i > 0 && list[i].place.pile &&
			    list[i].place.pile == list[i - 1].place.pile &&
			    list[i].place.rank == list[i - 1].place.rank;

		list[i].head = same ? list[i - 1].head : list[i].at;
	}
	qsort(list, count, sizeof(*list), by_head);
	for (size_t i = 0; i < count; i++)
		places[i] = list[i].place;
	arena_release(&a);
}

int review_queue(const struct review *r, const struct store_filter *f, struct arena *a,
		 struct store_place **ret, size_t *ret_count, struct err *err)
{
	if (pile_up(r, err) < 0 || store_queue(r->store, f, a, ret, ret_count, err) < 0)
		return -1;
	put_piles_together(*ret, *ret_count);
	return 0;
}
