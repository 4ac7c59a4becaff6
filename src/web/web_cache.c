/* web_cache.c - the queue of the filter in use, kept while nothing changes: with
 * thousands of items it takes longer to put in order than all else about a page.
 * Whatever another process or another page writes makes it void; a decision of
 * this desk takes its own item out.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"

#include "web_internal.h"

void web_cache_clear(struct web *w)
{
	free(w->cache.query);
	free(w->cache.list);
	w->cache = (struct web_cache){ 0 };
}

/* version: from before, so that what is written meanwhile makes it void. */
static int fill(struct web_request *q, const struct web_filter *f, int64_t version, struct err *err)
{
	struct review review = web_review(q);
	struct web_cache *c = &q->web->cache;
	struct store_place *list = NULL;
	size_t count = 0;

	if (review_queue(&review, &f->store, &q->arena, &list, &count, err) < 0)
		return -1;
	web_cache_clear(q->web);
	c->version = version;
	c->query = mem_strdup(f->query);
	c->list = mem_alloc((count + 1) * sizeof(*c->list));
	if (count > 0)
		memcpy(c->list, list, count * sizeof(*c->list));
	c->count = count;
	return 0;
}

int web_cache_queue(struct web_request *q, const struct web_filter *f,
		    const struct store_place **ret, size_t *ret_count, struct err *err)
{
	struct web_cache *c = &q->web->cache;
	int64_t version;

	if (store_version(q->web->o.store, &version, err) < 0)
		return -1;
	if ((!c->query || version != c->version || strcmp(c->query, f->query) != 0) &&
	    fill(q, f, version, err) < 0)
		return -1;
	*ret = c->list;
	*ret_count = c->count;
	return 0;
}

/* In any other queue it may stand elsewhere now. */
void web_cache_decided(struct web *w, const struct web_filter *f, const struct item *it)
{
	struct web_cache *c = &w->cache;
	size_t at = 0;

	if (!c->query || strcmp(c->query, f->query) != 0 || strcmp(f->status, "open") != 0 ||
	    !it->decided_by) {
		web_cache_clear(w);
		return;
	}
	while (at < c->count && c->list[at].item != it->id)
		at++;
	if (at == c->count)
		return;
	c->count--;
	memmove(c->list + at, c->list + at + 1, (c->count - at) * sizeof(*c->list));
}
