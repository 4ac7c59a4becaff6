/* review_bulk.c - many drafts approved at once: which may be, and each of them
 * looked at again when its turn comes.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"

#include "review_internal.h"

/* "ex-letter/advice-child" is in "shared/opening/1 ex-letter/advice-child/5". */
static bool is_made_of(const char *responses, const char *name)
{
	size_t len = strlen(name), part;

	for (const char *s = responses; *s; s += part + (s[part] == ' ')) {
		part = strcspn(s, " ");
		if (part > len && !strncmp(s, name, len) && s[len] == '/' &&
		    strspn(s + len + 1, "0123456789") == part - len - 1)
			return true;
	}
	return false;
}

static bool is_plain_draft(const struct item *it)
{
	return it->status == ITEM_DRAFTED && it->reply &&
	       !(it->flags & (ITEM_EDITED | ITEM_STALE | ITEM_ANSWERED));
}

/* What comes first is given surely, and safety is no matter. */
static bool is_sure(const struct classification *c)
{
	if (c->unsure || c->triage == TRIAGE_SAFETY || classification_find(c, "safety"))
		return false;
	return c->situation_count > 0 && c->situations[0].band == BAND_HIGH;
}

/* Why it may not be among others; NULL: it may. */
static int judge(const struct review *r, const struct item *it, const char *response,
		 struct arena *a, const char **ret_why, struct err *err)
{
	struct classification found = { 0 };
	struct hold h;
	int held;

	*ret_why = NULL;
	if (store_classification_get(r->store, it->id, a, &found, err) < 0)
		return -1;
	held = review_held(r, it->id, a, &h, err);
	if (held < 0)
		return -1;
	if (!is_plain_draft(it))
		*ret_why = "it is no open draft of dear's own";
	else if (!it->responses || !is_made_of(it->responses, response))
		*ret_why = "its draft is made of other responses";
	else if (!is_sure(&found))
		*ret_why = "what was found is not sure enough; read it and approve it alone";
	else if (held)
		*ret_why = arena_printf(a, "%s has it open", h.actor);
	return 0;
}

struct collecting {
	const struct review *r;
	const char *response;
	struct arena a;
	struct err *err;
	struct buf found; /* of struct review_bulk */
	bool failed;
};

static int collect(void *ctx, const struct item *it)
{
	struct collecting *c = ctx;
	const struct review_bulk one = { .item = it->id, .seen = review_seen_of(it) };
	const char *why;

	if (!it->responses || !is_made_of(it->responses, c->response))
		return 0;
	arena_clear(&c->a);
	c->failed = judge(c->r, it, c->response, &c->a, &why, c->err) < 0;
	if (!c->failed && !why)
		buf_add(&c->found, &one, sizeof(one));
	return c->failed;
}

int review_bulk(const struct review *r, const char *response, const struct store_filter *f,
		struct arena *a, struct review_bulk **ret, size_t *ret_count, struct err *err)
{
	struct collecting c = { .r = r, .response = response, .err = err };
	struct store_filter filter = f ? *f : (struct store_filter){ .since = INT64_MIN };
	struct arena items = { 0 };
	int status;

	filter.by_id = false;
	filter.status = item_status_word(ITEM_DRAFTED);
	status = store_items(r->store, &filter, &items, collect, &c, err);
	if (c.failed)
		status = -1;
	if (status == 0) {
		*ret = arena_copy(a, buf_str(&c.found), c.found.len);
		*ret_count = c.found.len / sizeof(**ret);
	}
	arena_release(&items);
	arena_release(&c.a);
	buf_release(&c.found);
	return status;
}

static int approve_one(struct review_job *j, const char *response)
{
	const char *why;

	if (judge(j->r, &j->item, response, j->a, &why, j->err) < 0)
		return -1;
	if (why)
		return review_say(j, REVIEW_NOT_NOW, "%s", why);
	return review_approve_item(j);
}

int review_bulk_approve(const struct review *r, const char *response, const struct review_bulk *one,
			struct arena *a, struct review_result *ret, struct diags *d,
			struct err *err)
{
	struct review_job j = { .r = r, .a = a, .d = d, .err = err };
	/* Unseen is never approved among others. */
	struct review_seen seen = one->seen;
	int status;

	seen.whole = true;
	seen.revision = seen.revision ? seen.revision : -1;
	status = review_job_open(&j, one->item, &seen);
	if (status > 0)
		status = approve_one(&j, response);
	return review_job_close(&j, status, ret);
}
