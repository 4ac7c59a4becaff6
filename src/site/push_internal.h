/* push_internal.h - what the two files of a push share. */
#ifndef DEAR_PUSH_INTERNAL_H
#define DEAR_PUSH_INTERNAL_H

#include "dear/store.h"

#include "site_internal.h"

/* One push under way. */
struct push {
	struct site *site; /* NULL while it is only chosen what goes */
	struct store *store;
	const struct push_options *o;
	struct diags *d;
	struct err *err;
	int64_t *ids; /* what goes, in the order of ids */
	size_t count, size;
	int64_t closed; /* a thread that is closed to comments; 0: none known */
	uint64_t posted;
};

/* ---- push_item.c ---- */

/* Looks, posts, records, tells. -1 when going on would be pointless. */
int push_item(struct push *p, int64_t id, struct err *err);

#endif
