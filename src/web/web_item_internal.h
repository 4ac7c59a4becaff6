/* web_item_internal.h - what the pages about one item share. */
#ifndef DEAR_WEB_ITEM_INTERNAL_H
#define DEAR_WEB_ITEM_INTERNAL_H

#include "dear/utf8.h"

#include "web_internal.h"

/* What the house style says of a text, as values. */
json_t *web_breaches(struct web_request *q, const char *reply, bool own,
		     const struct classification *found);
/* Everything about an item that a page may show. */
int web_item_values(struct web_request *q, const struct item *it, json_t *v, struct err *err);
/* Sets "history". */
int web_history(struct web_request *q, int64_t id, json_t *v, struct err *err);
/* The items beside it in the queue, held by nobody else; 0: none. */
struct web_place {
	int64_t before, after;
	size_t number, count; /* 3rd of 20; number 0: not in this queue (any more) */
};
int web_place(struct web_request *q, const struct web_filter *f, int64_t id, struct web_place *ret,
	      struct err *err);
/* web_thread.c: whom it answers, up to the top, and who answers it. */
int web_context(struct web_request *q, const struct item *it, json_t *v, struct err *err);

#endif
