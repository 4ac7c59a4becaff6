/* review_history.c - what happened to an item, from all that is on record. */
#include <stdlib.h>

#include "dear/arena.h"
#include "dear/buf.h"

#include "review_internal.h"

struct history {
	const struct review *r;
	int64_t item;
	struct arena *a;
	struct err *err;
	struct buf events; /* of struct numbered */
};

/* Events of one second stay in the order in which they are read. */
struct numbered {
	struct review_event told;
	size_t number;
};

static void add(struct history *h, struct review_event told)
{
	const struct numbered e = { .told = told, .number = h->events.len / sizeof(e) };

	buf_add(&h->events, &e, sizeof(e));
}

static int add_revisions(struct history *h)
{
	struct revision *list;
	size_t count;

	if (store_revisions(h->r->store, h->item, h->a, &list, &count, h->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		add(h, (struct review_event){ .at = list[i].at,
					      .actor = list[i].actor,
					      .what = list[i].at ? "edited" : "drafted",
					      .revision = list[i].number });
	return 0;
}

static int add_relabels(struct history *h)
{
	struct relabel *list;
	size_t count;

	if (store_relabel_log(h->r->store, h->item, h->a, &list, &count, h->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		add(h, (struct review_event){ .at = list[i].at,
					      .actor = list[i].actor,
					      .what = "relabelled",
					      .reason = list[i].label });
	return 0;
}

static int add_decisions(struct history *h)
{
	struct decision *list;
	size_t count;

	if (store_decisions(h->r->store, h->item, h->a, &list, &count, h->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		add(h, (struct review_event){ .at = list[i].at,
					      .actor = list[i].actor,
					      .what = decision_kind_word(list[i].kind),
					      .revision = list[i].revision,
					      .reason = list[i].reason,
					      .note = list[i].note });
	return 0;
}

static int add_receipts(struct history *h)
{
	struct receipt *list;
	size_t count;

	if (store_receipts(h->r->store, h->item, h->a, &list, &count, h->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		add(h, (struct review_event){ .at = list[i].at,
					      .actor = list[i].actor,
					      .what = "left",
					      .reason = list[i].target,
					      .note = list[i].native_id });
	return 0;
}

static int by_time(const void *x, const void *y)
{
	const struct numbered *a = x, *b = y;

	if (a->told.at != b->told.at)
		return a->told.at < b->told.at ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

int review_history(const struct review *r, int64_t item, struct arena *a, struct review_event **ret,
		   size_t *ret_count, struct err *err)
{
	struct history h = { .r = r, .item = item, .a = a, .err = err };
	size_t count;
	int status = -1;

	if (add_revisions(&h) < 0 || add_relabels(&h) < 0 || add_decisions(&h) < 0 ||
	    add_receipts(&h) < 0)
		goto out;
	count = h.events.len / sizeof(struct numbered);
	if (count)
		qsort(h.events.str, count, sizeof(struct numbered), by_time);
	*ret = arena_alloc(a, (count + 1) * sizeof(**ret));
	for (size_t i = 0; i < count; i++)
		(*ret)[i] = ((const struct numbered *)(const void *)h.events.str)[i].told;
	*ret_count = count;
	status = 0;
out:
	buf_release(&h.events);
	return status;
}
