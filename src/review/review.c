/* review.c - approve, reject, dismiss, reopen: when each is right, and what it
 * records. An approval is a yes to the text as it stands, so it needs nothing
 * but that text and the gate of house style; whatever was decided before stays
 * in the history and is overruled, not refused.
 */
#include <assert.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/responses.h"

#include "review_internal.h"

const char *const *review_reasons(void)
{
	static const char *const reasons[] = {
		"wrong_situation", /* read the reader's story wrongly */
		"misses_point",    /* right situation, but not what was asked */
		"tone",            /* cold, chirpy, preachy */
		"too_general",
		"too_long",
		"repeats", /* what others were told */
		"harmful", /* advice that could hurt */
		"other",
		NULL,
	};

	return reasons;
}

static bool reason_known(const char *reason)
{
	for (const char *const *known = review_reasons(); *known; known++)
		if (!strcmp(*known, reason))
			return true;
	return false;
}

static int say_reasons(struct review_job *j)
{
	struct buf list = BUF_INIT;

	for (const char *const *known = review_reasons(); *known; known++)
		buf_printf(&list, " %s", *known);
	review_say(j, REVIEW_NOT_NOW, "no such reason; one of:%s", buf_str(&list));
	buf_release(&list);
	return 0;
}

int review_gate(struct review_job *j, const char **ret_remedy)
{
	const struct item *it = &j->item;
	struct classification found = { 0 };
	struct style_breach *breaches;
	int blocking = 0;
	size_t count;
	int classified;

	assert(j->r->responses);
	classified = store_classification_get(j->r->store, it->id, j->a, &found, j->err);
	if (classified < 0)
		return -1;
	count = style_check(j->r->responses, it->reply, !(it->flags & ITEM_EDITED),
			    classified ? &found : NULL, j->a, &breaches);
	for (size_t i = 0; i < count; i++) {
		diag_add(j->d, DIAG_STYLE, review_where(j), "%s: %s", breaches[i].rule,
			 breaches[i].text);
		if (breaches[i].blocks && blocking++ == 0)
			*ret_remedy = breaches[i].text;
	}
	return blocking;
}

/* Safety first: nobody in danger gets an answer that no person wrote. */
static bool needs_own_words(const struct item *it)
{
	return it->reason == TRIAGE_SAFETY && !(it->flags & ITEM_EDITED);
}

int review_approve_item(struct review_job *j)
{
	const struct item *it = &j->item;
	const char *remedy = NULL;
	int blocking;

	if (!it->reply || !*it->reply)
		return review_say(j, REVIEW_NO_REPLY_TEXT,
				  "there is no reply to approve; write one with edit");
	if (it->status == ITEM_APPROVED && !(it->flags & ITEM_STALE))
		return review_say(j, REVIEW_NOTHING, "approved already, by %s",
				  it->decided_by ? it->decided_by : "somebody");
	if (needs_own_words(it))
		return review_say(j, REVIEW_NO_REPLY_TEXT,
				  "about safety: a person has to write this reply; edit it");
	blocking = review_gate(j, &remedy);
	if (blocking < 0)
		return -1;
	if (blocking > 0)
		return review_say(j, REVIEW_BLOCKED, "revision %d stays unapproved: %s",
				  it->revision, remedy);
	if (it->flags & ITEM_STALE && it->status != ITEM_APPROVED)
		diag_add(j->d, DIAG_STALE, review_where(j),
			 "approved, though the comment or its reading changed since this text");
	if (review_decide(j, DECISION_APPROVED, NULL, NULL) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "revision %d approved%s", it->revision,
			  it->status == ITEM_APPROVED ? " again as it is" : "");
}

int review_approve(const struct review *r, int64_t item, const struct review_seen *seen,
		   struct arena *a, struct review_result *ret, struct diags *d, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .d = d, .err = err };
	int status = review_job_open(&j, item, seen);

	if (status > 0)
		status = review_approve_item(&j);
	return review_job_close(&j, status, ret);
}

static int reject_item(struct review_job *j, const char *reason, const char *note)
{
	const struct item *it = &j->item;

	if (reason && !reason_known(reason))
		return say_reasons(j);
	if (!it->reply)
		return review_say(j, REVIEW_NO_REPLY_TEXT,
				  "there is no draft to reject; dismiss it if none is wanted");
	if (it->status == ITEM_REJECTED)
		return review_say(j, REVIEW_NOTHING, "rejected already, by %s",
				  it->decided_by ? it->decided_by : "somebody");
	if (review_decide(j, DECISION_REJECTED, reason, note) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "revision %d rejected", it->revision);
}

int review_reject(const struct review *r, int64_t item, const struct review_seen *seen,
		  const char *reason, const char *note, struct arena *a, struct review_result *ret,
		  struct diags *d, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .d = d, .err = err };
	int status = review_job_open(&j, item, seen);

	if (status > 0)
		status = reject_item(&j, reason, note);
	return review_job_close(&j, status, ret);
}

static int dismiss_item(struct review_job *j, const char *reason, const char *note)
{
	if (j->item.status == ITEM_DISMISSED)
		return review_say(j, REVIEW_NOTHING, "dismissed already, by %s",
				  j->item.decided_by ? j->item.decided_by : "somebody");
	if (review_decide(j, DECISION_DISMISSED, reason, note) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "dismissed: no reply is wanted");
}

int review_dismiss(const struct review *r, int64_t item, const struct review_seen *seen,
		   const char *reason, const char *note, struct arena *a, struct review_result *ret,
		   struct diags *d, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .d = d, .err = err };
	int status = review_job_open(&j, item, seen);

	if (status > 0)
		status = dismiss_item(&j, reason, note);
	return review_job_close(&j, status, ret);
}

static int reopen_item(struct review_job *j, const char *note)
{
	if (!review_decided(&j->item))
		return review_say(j, REVIEW_NOTHING, "it is open already");
	if (review_decide(j, DECISION_REOPENED, NULL, note) < 0 || review_job_reload(j) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "open again");
}

int review_reopen(const struct review *r, int64_t item, const char *note, struct arena *a,
		  struct review_result *ret, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .err = err };
	int status = review_job_open(&j, item, NULL);

	if (status > 0)
		status = reopen_item(&j, note);
	return review_job_close(&j, status, ret);
}

int review_alone(const struct review *r, int64_t item, struct arena *a, struct err *err)
{
	struct classification found = { 0 };

	if (store_classification_get(r->store, item, a, &found, err) < 0)
		return -1;
	return found.triage == TRIAGE_SAFETY || classification_find(&found, "safety") != NULL;
}
