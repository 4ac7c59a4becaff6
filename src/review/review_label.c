/* review_label.c - what an editor tells dear beside the reply itself: that a
 * situation is or is not there, and that a reply stands on the site.
 */
#include <assert.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"

#include "review_internal.h"

static int say_labels(struct review_job *j, const char *label)
{
	struct buf list = BUF_INIT;

	for (const char *const *known = rules_labels(j->r->rules); *known; known++)
		buf_printf(&list, " %s", *known);
	review_say(j, REVIEW_NOT_NOW, "\"%s\" is no label; write + or - and one of:%s", label,
		   buf_str(&list));
	buf_release(&list);
	return 0;
}

/* True when the newest word on the label is this one already. */
static int label_stands(struct review_job *j, const char *label, bool *ret)
{
	const char *const *relabels;

	if (store_relabels(j->r->store, j->item.id, j->a, &relabels, j->err) < 0)
		return -1;
	*ret = false;
	for (; *relabels; relabels++)
		if (!strcmp(*relabels + 1, label + 1))
			*ret = **relabels == *label;
	return 0;
}

static int relabel_item(struct review_job *j, const char *label)
{
	bool stands;

	assert(j->r->rules);
	if ((*label != '+' && *label != '-') || !rules_has_label(j->r->rules, label + 1))
		return say_labels(j, label);
	if (label_stands(j, label, &stands) < 0)
		return -1;
	if (stands)
		return review_say(j, REVIEW_NOTHING, "%s was said already", label);
	if (store_relabel_add(j->r->store, j->item.id, label, j->r->actor, j->r->now, j->err) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "%s noted", label);
}

int review_relabel(const struct review *r, int64_t item, const char *label, struct arena *a,
		   struct review_result *ret, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .err = err };
	int status = review_job_open(&j, item, NULL);

	if (status > 0)
		status = relabel_item(&j, label);
	return review_job_close(&j, status, ret);
}

static const char target_posted[] = "posted";

/* True when this posting is on record and was not retracted since (which takes
 * the exported flag away). A record without id says less than one with. */
static int posting_stands(struct review_job *j, const char *native_id, bool *ret)
{
	struct receipt *receipts;
	size_t count;

	*ret = false;
	if (!(j->item.flags & ITEM_EXPORTED))
		return 0;
	if (store_receipts(j->r->store, j->item.id, j->a, &receipts, &count, j->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (!strcmp(receipts[i].target, target_posted) &&
		    (!native_id ||
		     (receipts[i].native_id && !strcmp(receipts[i].native_id, native_id))))
			*ret = true;
	return 0;
}

static int post_item(struct review_job *j, const char *native_id)
{
	const struct receipt receipt = {
		.target = target_posted,
		.native_id = native_id,
		.actor = j->r->actor,
		.at = j->r->now,
	};
	bool stands;

	if (j->item.status != ITEM_APPROVED)
		return review_say(j, REVIEW_NOT_NOW, "it is %s; approve what was posted first",
				  item_status_word(j->item.status));
	if (posting_stands(j, native_id, &stands) < 0)
		return -1;
	if (stands)
		return review_say(j, REVIEW_NOTHING, "it is recorded as posted already");
	if (store_receipt_add(j->r->store, j->item.id, &receipt, j->err) < 0)
		return -1;
	if (!native_id)
		return review_say(j, REVIEW_DONE, "posted");
	return review_say(j, REVIEW_DONE, "posted as comment %s", native_id);
}

int review_posted(const struct review *r, int64_t item, const char *native_id, struct arena *a,
		  struct review_result *ret, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .err = err };
	int status = review_job_open(&j, item, NULL);

	if (status > 0)
		status = post_item(&j, native_id);
	return review_job_close(&j, status, ret);
}
