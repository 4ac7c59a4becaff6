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
	REVIEW_BLOCKED,       /* unfilled variable or bracket: edit it first */
	REVIEW_NOT_NOW,       /* the status does not allow it */
	REVIEW_EXPORTED       /* went out already: recorded as retracted instead */
};

struct review {
	struct store *store;
	const struct rules *rules;         /* may be NULL where not needed */
	const struct responses *responses; /* for the style check and redrafts */
	const char *actor;                 /* who decides */
	int64_t now;
};

/* What the editor saw. Zero: whatever stands now. */
struct review_seen {
	int revision;
	uint64_t comment_hash;
};

struct review_result {
	enum review_outcome outcome;
	const char *text;       /* one line for the editor, in the arena */
	const char *seen, *now; /* of a conflict: the two texts; NULL else */
	int revision;           /* the item's now */
};

/* Style warnings on an approved or edited text go to d as DIAG_STYLE. -1 only
 * for store errors; everything an editor can meet is an outcome. */
int review_approve(const struct review *r, int64_t item, const struct review_seen *seen,
		   struct arena *a, struct review_result *ret, struct diags *d, struct err *err);
/* A new revision that waits for approval; with approve set it is approved in
 * the same transaction. Works on items without draft too. */
int review_edit(const struct review *r, int64_t item, const struct review_seen *seen,
		const char *text, bool approve, struct arena *a, struct review_result *ret,
		struct diags *d, struct err *err);
/* reason: a short code from review_reasons, or NULL; note: free words or NULL. */
int review_reject(const struct review *r, int64_t item, const struct review_seen *seen,
		  const char *reason, const char *note, struct arena *a, struct review_result *ret,
		  struct err *err);
int review_dismiss(const struct review *r, int64_t item, const char *reason, const char *note,
		   struct arena *a, struct review_result *ret, struct err *err);
/* Back to the status its triage gives; the reply that stood stays. After an
 * export a retraction is recorded first. */
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
