/* review.h - the one place that records an editor's decision. The terminal, the
 * web page and the commands are doors to this room and hold no rules.
 *
 * Every function is one transaction of its own (or part of the caller's, when
 * one is open). A decision names what the editor saw; when the comment or the
 * reply changed since, it is refused with REVIEW_CONFLICT and both versions.
 */
#ifndef DEAR_REVIEW_H
#define DEAR_REVIEW_H

#include <stdbool.h>
#include <stdint.h>

struct arena;
struct diags;
struct err;
struct responses;
struct rules;
struct store;

enum review_outcome {
	REVIEW_DONE,
	REVIEW_NOTHING, /* it is so already */
	REVIEW_NO_ITEM,
	REVIEW_NO_REPLY_TEXT, /* nothing to approve: no draft and no edit */
	REVIEW_CONFLICT,      /* changed since it was seen */
	REVIEW_BLOCKED,       /* unfilled variable or bracket: edit it first; an
				 edit that was to be approved is kept, unapproved */
	REVIEW_NOT_NOW,       /* the status, or a word given, does not allow it */
	REVIEW_EXPORTED       /* done, and because the reply had left already, it
				 is recorded as retracted: take it down there too */
};

struct review {
	struct store *store;
	const struct rules *rules;         /* may be NULL where not needed */
	const struct responses *responses; /* needed to approve and to edit */
	const char *actor;                 /* who decides; never NULL */
	int64_t now;
};

/* What the editor saw. Zero: whatever stands now. */
struct review_seen {
	int revision;
	uint64_t comment_hash;
};

struct review_result {
	enum review_outcome outcome;
	const char *text; /* one line for the editor, without the item's number */
	/* Of a conflict: the two replies or the two comments; else NULL. seen is
	 * NULL as well where the store has only the newer one (a comment, a
	 * replaced draft): the door that showed it still has it. */
	const char *seen, *now;
	int revision; /* the item's now */
};

/* Style warnings on an approved or edited text go to d as DIAG_STYLE, a stale
 * reply as DIAG_STALE, a decision of somebody else's that this one overrules as
 * DIAG_CONFLICT. -1 only for store errors; everything an editor can meet is an
 * outcome. A later decision replaces an earlier one: a rejected or dismissed
 * item whose reply the editor now wants is approved without reopening it first,
 * since the yes to exactly this text says all. The history keeps both. */
int review_approve(const struct review *r, int64_t item, const struct review_seen *seen,
		   struct arena *a, struct review_result *ret, struct diags *d, struct err *err);
/* 1 when the item may only be approved by itself, never among others: safety may
 * be at stake, in whatever band. 0 when not, or when there is no such item. */
int review_alone(const struct review *r, int64_t item, struct arena *a, struct err *err);
/* A new revision that waits for approval (of a decided item: the decision is
 * withdrawn by a recorded reopening); with approve set it is approved in the
 * same transaction. Works on items without draft too. The text is cleaned to
 * UTF-8 with plain newlines, blank lines around it dropped. */
int review_edit(const struct review *r, int64_t item, const struct review_seen *seen,
		const char *text, bool approve, struct arena *a, struct review_result *ret,
		struct diags *d, struct err *err);
/* The text is remembered, so that a redraft avoids it. reason: a code from
 * review_reasons (another one is NOT_NOW with the list), or NULL; note: free
 * words or NULL. */
int review_reject(const struct review *r, int64_t item, const struct review_seen *seen,
		  const char *reason, const char *note, struct arena *a, struct review_result *ret,
		  struct err *err);
/* No reply is wanted. reason: any short word, or NULL. */
int review_dismiss(const struct review *r, int64_t item, const char *reason, const char *note,
		   struct arena *a, struct review_result *ret, struct err *err);
/* Back to the status its triage gives; the reply that stood stays. Whatever
 * takes back an approved reply after its export records a retraction first. */
int review_reopen(const struct review *r, int64_t item, const char *note, struct arena *a,
		  struct review_result *ret, struct err *err);
/* label "+no_contact" or "-no_contact"; an unknown label is NOT_NOW with the
 * list. The caller redrafts (intake_redraft). */
int review_relabel(const struct review *r, int64_t item, const char *label, struct arena *a,
		   struct review_result *ret, struct err *err);
/* The reply stands on the site under native_id (NULL when unknown). */
int review_posted(const struct review *r, int64_t item, const char *native_id, struct arena *a,
		  struct review_result *ret, struct err *err);

/* Codes for reject: NULL-ended. */
const char *const *review_reasons(void);

#endif
