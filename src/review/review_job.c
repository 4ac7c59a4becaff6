/* review_job.c - the frame around every decision: a transaction, the item as it
 * stands, the comparison with what the editor saw, the record. Which decision
 * is right when is not its business.
 */
#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"

#include "review_internal.h"

/* The text of a revision that was seen, where the store still has it: dear's
 * replaced drafts live on only in decisions about them. */
static int revision_text(struct review_job *j, int number, const char **ret)
{
	struct revision *revisions;
	struct decision *decisions;
	size_t count;

	if (store_revisions(j->r->store, j->item.id, j->a, &revisions, &count, j->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (revisions[i].number == number) {
			*ret = revisions[i].text;
			return 0;
		}
	if (store_decisions(j->r->store, j->item.id, j->a, &decisions, &count, j->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (decisions[i].revision == number && decisions[i].text)
			*ret = decisions[i].text;
	return 0;
}

/* Somebody decided, or took a decision back, after it was seen. */
static int say_decided(struct review_job *j, const struct review_seen *seen)
{
	const struct item *it = &j->item;

	if (revision_text(j, seen->revision, &j->result.seen) < 0)
		return -1;
	j->result.now = it->reply;
	if (!it->decision)
		return review_say(j, REVIEW_CONFLICT,
				  "it was opened again since you saw it; look at it again");
	return review_say(j, REVIEW_CONFLICT, "%s %s it since you saw it; look at it again",
			  it->decided_by, item_status_word(it->status));
}

/* 1 when the item is as it was seen, else 0 with the conflict told. */
static int compare(struct review_job *j, const struct review_seen *seen)
{
	const struct item *it = &j->item;

	if (seen && seen->comment_hash && seen->comment_hash != it->comment_hash) {
		j->result.now = it->comment;
		return review_say(j, REVIEW_CONFLICT,
				  "the comment changed since you saw it; look at it again");
	}
	if (seen && seen->whole && seen->decision != it->decision)
		return say_decided(j, seen);
	if (!seen || !seen->revision || seen->revision == it->revision)
		return 1;
	if (revision_text(j, seen->revision, &j->result.seen) < 0)
		return -1;
	j->result.now = it->reply;
	if (!it->reply)
		return review_say(j, REVIEW_CONFLICT,
				  "you saw revision %d, and there is no reply any more",
				  seen->revision);
	return review_say(j, REVIEW_CONFLICT,
			  "you saw revision %d, the reply is revision %d now; look at it again",
			  seen->revision, it->revision);
}

int review_job_reload(struct review_job *j)
{
	struct item it = { 0 };
	int found = store_item_get(j->r->store, j->item.id, j->a, &it, j->err);

	if (found > 0) {
		j->item = it;
		j->result.revision = it.revision;
	}
	return found;
}

int review_job_open(struct review_job *j, int64_t item, const struct review_seen *seen)
{
	struct store *s = j->r->store;
	int found;

	assert(j->r->actor && *j->r->actor);
	j->item.id = item;
	j->nested = store_in_transaction(s);
	if ((j->nested ? store_savepoint(s, j->err) : store_begin(s, j->err)) < 0)
		return -1;
	j->opened = true;
	found = review_job_reload(j);
	if (found == 0)
		return review_say(j, REVIEW_NO_ITEM, "there is no such item");
	return found < 0 ? -1 : compare(j, seen);
}

int review_job_close(struct review_job *j, int status, struct review_result *ret)
{
	struct store *s = j->r->store;

	if (!j->opened)
		return -1;
	if (status >= 0)
		status = j->nested ? store_release(s, j->err) : store_commit(s, j->err);
	if (status < 0) {
		if (j->nested)
			store_rollback_to(s);
		else
			store_rollback(s);
		return -1;
	}
	*ret = j->result;
	return 0;
}

static void put_words(struct buf *out, const char *fmt, va_list ap)
{
	va_list again;
	int len;

	va_copy(again, ap);
	len = vsnprintf(NULL, 0, fmt, ap);
	assert(len >= 0);
	buf_reserve(out, (size_t)len + 1);
	vsnprintf(out->str + out->len, (size_t)len + 1, fmt, again);
	out->len += (size_t)len;
	va_end(again);
}

int review_say(struct review_job *j, enum review_outcome outcome, const char *fmt, ...)
{
	struct buf line = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	put_words(&line, fmt, ap);
	va_end(ap);
	if (j->overruled)
		buf_printf(&line, "; %s", j->overruled);
	if (j->retracted)
		buf_puts(&line, "; the earlier reply had left: recorded as retracted, take it "
				"down there too");
	j->result.outcome = outcome == REVIEW_DONE && j->retracted ? REVIEW_EXPORTED : outcome;
	j->result.text = arena_strdup(j->a, buf_str(&line));
	buf_release(&line);
	return 0;
}

const char *review_where(struct review_job *j)
{
	return arena_printf(j->a, "item %lld", (long long)j->item.id);
}

bool review_decided(const struct item *it)
{
	return it->status == ITEM_APPROVED || it->status == ITEM_REJECTED ||
	       it->status == ITEM_DISMISSED;
}

static int record(struct review_job *j, enum decision_kind kind, const char *reason,
		  const char *note)
{
	const struct item *it = &j->item;
	struct decision d = {
		.kind = kind,
		.revision = it->revision,
		.comment_hash = it->comment_hash,
		.basis = it->basis,
		.reason = reason,
		.note = note,
		.actor = j->r->actor,
		.at = j->r->now,
	};

	/* Only what was said yes or no to; a dismissal judges no wording. */
	if (kind == DECISION_APPROVED || kind == DECISION_REJECTED || kind == DECISION_RETRACTED)
		d.text = it->reply;
	return store_decision_add(j->r->store, it->id, &d, j->err);
}

static void note_overruled(struct review_job *j, enum decision_kind kind)
{
	const struct item *it = &j->item;
	const char *was = item_status_word(it->status);

	if (!review_decided(it) || !it->decided_by || !strcmp(it->decided_by, j->r->actor) ||
	    !strcmp(was, decision_kind_word(kind)))
		return;
	j->overruled = arena_printf(j->a, "%s had %s it", it->decided_by, was);
	if (j->d)
		diag_add(j->d, DIAG_CONFLICT, review_where(j), "%s; %s decides otherwise",
			 j->overruled, j->r->actor);
}

/* Whoever has it open meanwhile will be told when deciding; this one is told now. */
static int note_held(struct review_job *j)
{
	struct hold h;
	int held = j->d ? review_held(j->r, j->item.id, j->a, &h, j->err) : 0;

	if (held > 0)
		diag_add(j->d, DIAG_CONFLICT, review_where(j), "%s has it open", h.actor);
	return held < 0 ? -1 : 0;
}

int review_decide(struct review_job *j, enum decision_kind kind, const char *reason,
		  const char *note)
{
	note_overruled(j, kind);
	if (note_held(j) < 0)
		return -1;
	if (kind != DECISION_APPROVED && (j->item.flags & ITEM_EXPORTED)) {
		if (record(j, DECISION_RETRACTED, reason, note) < 0)
			return -1;
		j->retracted = true;
	}
	if (record(j, kind, reason, note) < 0)
		return -1;
	/* Who decided is done with it. */
	return j->r->place ? review_let_go(j->r, j->item.id, j->err) : 0;
}
