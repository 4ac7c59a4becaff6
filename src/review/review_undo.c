/* review_undo.c - one step back. Nothing is taken out of the history: an undo is
 * a further line in it.
 */
#include <string.h>

#include "dear/arena.h"

#include "review_internal.h"

/* The editor's revision before the one that stands, since dear's own draft last
 * took over; NULL when there is none. */
static int text_before(struct review_job *j, const char **ret)
{
	struct revision *revisions;
	struct decision *decisions;
	size_t count, decision_count;
	int64_t since = INT64_MIN;

	*ret = NULL;
	if (store_revisions(j->r->store, j->item.id, j->a, &revisions, &count, j->err) < 0 ||
	    store_decisions(j->r->store, j->item.id, j->a, &decisions, &decision_count, j->err) < 0)
		return -1;
	for (size_t i = 0; i < decision_count; i++)
		if (decisions[i].kind == DECISION_REOPENED && decisions[i].reason &&
		    !strcmp(decisions[i].reason, DECISION_REDRAFT))
			since = decisions[i].at;
	for (size_t i = 0; i < count; i++)
		if (revisions[i].number < j->item.revision && revisions[i].at > since &&
		    revisions[i].at)
			*ret = revisions[i].text;
	return 0;
}

static int undo_edit(struct review_job *j)
{
	const char *before;
	int number;

	if (text_before(j, &before) < 0)
		return -1;
	if (before) {
		if (store_revision_add(j->r->store, j->item.id, before, j->r->actor, j->r->now,
				       &number, j->err) < 0 ||
		    review_job_reload(j) < 0)
			return -1;
		return review_say(j, REVIEW_DONE, "the edit before it stands again, revision %d",
				  number);
	}
	if (review_decide(j, DECISION_REOPENED, DECISION_REDRAFT, "the edit was undone") < 0 ||
	    review_job_reload(j) < 0)
		return -1;
	return review_say(j, REVIEW_DONE,
			  j->item.reply ? "the edit is undone, dear's draft stands again"
					: "the edit is undone");
}

static int undo_item(struct review_job *j)
{
	const char *was = item_status_word(j->item.status);

	if (!review_decided(&j->item))
		return j->item.flags & ITEM_EDITED
			       ? undo_edit(j)
			       : review_say(j, REVIEW_NOTHING, "there is nothing to take back");
	if (review_decide(j, DECISION_REOPENED, "undo", NULL) < 0 || review_job_reload(j) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "no longer %s, open again", was);
}

int review_undo(const struct review *r, int64_t item, const struct review_seen *seen,
		struct arena *a, int64_t *ret_item, struct review_result *ret, struct diags *d,
		struct err *err)
{
	struct review_job j = { .r = r, .a = a, .d = d, .err = err };
	int status = item ? 1 : store_last_work(r->store, r->actor, &item, err);

	if (status < 0)
		return -1;
	*ret_item = item;
	if (status == 0) {
		*ret = (struct review_result){
			.outcome = REVIEW_NOTHING,
			.text = "there is nothing of yours to take back",
		};
		return 0;
	}
	status = review_job_open(&j, item, seen);
	if (status > 0)
		status = undo_item(&j);
	return review_job_close(&j, status, ret);
}
