/* review.h - the one place that records an editor's decision. The terminal, the
 * web page and the commands are doors to this room and hold no rules: they show
 * what it gives them and ask it for what the editor wants.
 *
 * Every function is one transaction of its own (or part of the caller's, when
 * one is open). A decision names what the editor saw; when the comment, the
 * reply or the decision on it changed since, it is refused with REVIEW_CONFLICT
 * and both versions. A hold (review_hold) tells others who has an item open; it
 * keeps nobody from deciding, and it ends by itself.
 */
#ifndef DEAR_REVIEW_H
#define DEAR_REVIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct diags;
struct err;
struct hold;
struct item;
struct responses;
struct rules;
struct store;
struct store_filter;
struct store_place;

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
	const char *place;                 /* by which door: "terminal 4711", "web"; needed
					      to hold, else may be NULL */
	int64_t now;
};

/* What the editor saw. Zero: whatever stands now. */
struct review_seen {
	int revision;
	uint64_t comment_hash;
	bool whole;       /* the decision counts, too: */
	int64_t decision; /* item.decision; 0: it was undecided */
};
/* All of it, of an item as it was shown. */
struct review_seen review_seen_of(const struct item *it);
/* The same as a word for a form or a link ("4-00a1...-17"), and back; false for
 * a word that is none. buf: 64 bytes. */
const char *review_seen_word(const struct review_seen *seen, char *buf);
bool review_seen_parse(const char *word, struct review_seen *ret);

struct review_result {
	enum review_outcome outcome;
	const char *text; /* one line for the editor, without the item's number */
	/* Of a conflict: the two replies or the two comments; else NULL. seen is
	 * NULL as well where the store has only the newer one (a comment, a
	 * replaced draft): the door that showed it still has it. */
	const char *seen, *now;
	int revision; /* the item's now */
};

/* ---- decisions ----
 *
 * Style warnings on an approved or edited text go to d as DIAG_STYLE, a stale
 * reply as DIAG_STALE, a decision of somebody else's that this one overrules, or
 * that somebody else has the item open, as DIAG_CONFLICT. seen may be NULL. -1
 * only for store errors; everything an editor can meet is an outcome. A later
 * decision replaces an earlier one: a rejected or dismissed item whose reply the
 * editor now wants is approved without reopening it first, since the yes to
 * exactly this text says all. The history keeps both. */
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
		  struct diags *d, struct err *err);
/* No reply is wanted. reason: any short word, or NULL. */
int review_dismiss(const struct review *r, int64_t item, const struct review_seen *seen,
		   const char *reason, const char *note, struct arena *a, struct review_result *ret,
		   struct diags *d, struct err *err);
/* Back to the status its triage gives; the reply that stood stays. Whatever
 * takes back an approved reply after its export records a retraction first. */
int review_reopen(const struct review *r, int64_t item, const char *note, struct arena *a,
		  struct review_result *ret, struct err *err);
/* Takes one step back. A decided item is open again, as by review_reopen, so of
 * a reply that has left a retraction is recorded; of an open one with an edit
 * the words before that edit stand again, dear's draft or the edit before it.
 * item 0: what this editor did last that still stands and has not left. *ret_item
 * is the item; NOTHING when there is nothing to take back. */
int review_undo(const struct review *r, int64_t item, const struct review_seen *seen,
		struct arena *a, int64_t *ret_item, struct review_result *ret, struct diags *d,
		struct err *err);
/* label "+no_contact" or "-no_contact"; an unknown label is NOT_NOW with the
 * list. The caller redrafts (intake_redraft). */
int review_relabel(const struct review *r, int64_t item, const char *label, struct arena *a,
		   struct review_result *ret, struct err *err);
/* The reply stands on the site under native_id (NULL when unknown). */
int review_posted(const struct review *r, int64_t item, const char *native_id, struct arena *a,
		  struct review_result *ret, struct err *err);

/* Codes for reject: NULL-ended. */
const char *const *review_reasons(void);

/* ---- holds ---- */

#define REVIEW_HOLD_SECONDS 600

/* Says that the editor has the item open; again now and then while it is. Somebody
 * else's hold that has not ended stays: 0, and *ret is that one. 1: it is this
 * editor's now; *ret is who had it until now, at another door, or zero. -1. */
int review_hold(const struct review *r, int64_t item, struct arena *a, struct hold *ret,
		struct err *err);
/* The same for an item that is to be opened as the next one: 1 only when it
 * still waits for a decision and nobody else has it; 0, -1. */
int review_take(const struct review *r, int64_t item, struct arena *a, struct err *err);
/* Gives it up, as a decision does; nothing when it is not this door's. */
int review_let_go(const struct review *r, int64_t item, struct err *err);
/* 1 and *ret when somebody other than this editor holds the item; 0; -1. */
int review_held(const struct review *r, int64_t item, struct arena *a, struct hold *ret,
		struct err *err);

/* ---- the queue ---- */

/* The items that the filter asks for: safety first, then the oldest awaiting,
 * answered and decided ones last; within these, comments that read nearly the
 * same stand together (one pile), where the first of them would. Looks at
 * comments that are new since the last call (0.2 seconds a thousand, where many are
 * alike), so the store must be open for writing. */
int review_queue(const struct review *r, const struct store_filter *f, struct arena *a,
		 struct store_place **ret, size_t *ret_count, struct err *err);
/* 1 when the item still waits for a decision and nobody else has it open. 0, -1.
 * It only looks; another may be quicker. */
int review_free(const struct review *r, int64_t item, struct arena *a, struct err *err);
/* Other items whose comment reads nearly the same, by id. As review_queue. */
int review_alike(const struct review *r, int64_t item, struct arena *a, int64_t **ret,
		 size_t *ret_count, struct err *err);

/* Whether the words of a filter mean anything: ERR_USAGE says which does not. */
int review_filter_check(const struct store_filter *f, struct err *err);
/* Keeps a filter under a name of 1 to 40 letters, digits, "-" and "_"; replaces
 * one of that name. ERR_USAGE. Asked for and dropped in the store itself. */
int review_filter_save(const struct review *r, const char *name, const struct store_filter *f,
		       struct err *err);

/* ---- many at once ---- */

struct review_bulk {
	int64_t item;
	struct review_seen seen;
};
/* What may be approved together for one response ("ex-letter/advice-closure", as
 * item.responses names it, without the wording's number): drafts of dear's own
 * with this response in them, open, unedited, not answered, not held by somebody
 * else, where the situation found first is given surely (band high), and safety
 * is not at stake in any band. In the queue's order; of those the filter asks
 * for. The door shows them all and asks before it goes on with
 * review_bulk_approve. */
int review_bulk(const struct review *r, const char *response, const struct store_filter *f,
		struct arena *a, struct review_bulk **ret, size_t *ret_count, struct err *err);
/* One of them, if all that still holds and it is as it was shown; else NOT_NOW or
 * CONFLICT. */
int review_bulk_approve(const struct review *r, const char *response, const struct review_bulk *one,
			struct arena *a, struct review_result *ret, struct diags *d,
			struct err *err);

/* ---- the history ---- */

/* One thing that happened to an item. */
struct review_event {
	int64_t at;                /* 0: not known (dear's own draft) */
	const char *actor;         /* "dear" for its draft */
	const char *what;          /* "drafted", "edited", "approved" ... "retracted",
				      "relabelled", "left" */
	int revision;              /* drafted, edited; the one judged; 0: none */
	const char *reason, *note; /* as given; of "relabelled" reason is the label,
				      of "left" the target and note its id there */
};
/* All of it, oldest first. */
int review_history(const struct review *r, int64_t item, struct arena *a, struct review_event **ret,
		   size_t *ret_count, struct err *err);

#endif
