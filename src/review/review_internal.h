/* review_internal.h - what the files of the review share: one decision at a
 * time, from the open transaction to the line the editor reads.
 */
#ifndef DEAR_REVIEW_INTERNAL_H
#define DEAR_REVIEW_INTERNAL_H

#include "dear/review.h"
#include "dear/store.h"

/* One call of a public function: the first four are the caller's, the rest
 * starts zeroed. */
struct review_job {
	const struct review *r;
	struct arena *a;
	struct diags *d; /* NULL where the function has none */
	struct err *err;
	struct item item; /* as it stands */
	struct review_result result;
	bool opened;           /* there is a transaction to end */
	bool nested;           /* it is a part of the caller's */
	bool retracted;        /* the reply had left and was taken back */
	const char *overruled; /* "ana had approved it": by somebody else; NULL */
};

/* Opens the transaction, loads the item and compares it with what was seen
 * (NULL: whatever stands). 1: go on; 0: the result says why not; -1 with
 * *j->err set. Whatever it returns, review_job_close must follow. */
int review_job_open(struct review_job *j, int64_t item, const struct review_seen *seen);
/* Commits for a status >= 0, undoes for -1; hands the result out. Returns the
 * status as 0 or -1. */
int review_job_close(struct review_job *j, int status, struct review_result *ret);
/* Loads the item again, after something of it was written. 1, 0, -1. */
int review_job_reload(struct review_job *j);
/* "item 3", for diagnostics. */
const char *review_where(struct review_job *j);

/* Sets outcome and line (a retraction and an overruled colleague go after it). REVIEW_DONE turns
 * into REVIEW_EXPORTED when a retraction was recorded. Returns 0. */
int review_say(struct review_job *j, enum review_outcome outcome, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

bool review_decided(const struct item *it);
/* Records a decision on the item as it stands; before any but an approval of a
 * reply that has left, its retraction. Somebody else's decision that it
 * overrules is a DIAG_CONFLICT. */
int review_decide(struct review_job *j, enum decision_kind kind, const char *reason,
		  const char *note);
/* Approves the item as it stands, or says why not; 0 or -1. */
int review_approve_item(struct review_job *j);
/* The last gate: judges the item's reply by the house style, each breach a
 * DIAG_STYLE. Returns how many block approval, or -1; *ret_remedy is the first
 * such one's. */
int review_gate(struct review_job *j, const char **ret_remedy);

#endif
