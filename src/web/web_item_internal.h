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
json_t *web_history(struct web_request *q, int64_t id, struct err *err);
/* The items beside it in the queue; 0: none. */
int web_neighbours(struct web_request *q, const struct web_filter *f, int64_t id,
		   int64_t *ret_before, int64_t *ret_after, struct err *err);
/* web_thread.c: whom it answers, up to the top, and who answers it. */
int web_context(struct web_request *q, const struct item *it, json_t *v, struct err *err);

#endif
