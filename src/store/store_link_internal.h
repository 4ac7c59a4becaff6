/* store_link_internal.h - a thread while it is linked, for store_link.c, which
 * fills the table, and store_sync.c, which brings the items in line with it.
 */
#ifndef DEAR_STORE_LINK_INTERNAL_H
#define DEAR_STORE_LINK_INTERNAL_H

#include "dear/buf.h"

#include "store_internal.h"

struct linking {
	struct store *s;
	int64_t thread, first; /* first: the comment row of table[0] */
	struct link *table;
	uint32_t count;
	bool flat;
	bool make_items, also_answered;
	int64_t since;
	struct buf names[2]; /* for diagnostics */
	unsigned next_name;
};

int store_sync_items(struct linking *k, struct err *err);

#endif
