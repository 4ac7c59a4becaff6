/* store.h - everything dear keeps, in one SQLite file. The only room that
 * knows SQLite.
 *
 * Kept tables (thread, staff, comment, item, revision, judged, relabel,
 * decision, receipt, filter) change only by migration; derived tables (link,
 * classification, situation, draft, search, alike) can be filled again by a rebuild, which never
 * alters what an editor wrote or decided. Decisions are append-only (triggers
 * refuse anything else but the erasing of a text).
 *
 * Strings and arrays handed out live in the arena given. All functions return
 * -1 with ERR_STORE (busy, full, read-only, corrupt, newer schema: each in
 * plain words) unless said otherwise. Times are seconds since 1970 and come in
 * as arguments. A handle belongs to its opener and to one thread. A function
 * that writes is a transaction of its own unless one is open. Functions that
 * call back (items, nodes, replies) are not called again from inside their own
 * callback; all others may be.
 *
 * Words. A comment's row is its `row`; native ids are text. An item's reply is,
 * while it is approved, the text that was approved; else the editor's newest
 * revision if there is one, else dear's draft. Revision numbers count up per
 * item over both and are never used twice.
 */
#ifndef DEAR_STORE_H
#define DEAR_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "dear/draft.h"
#include "dear/situation.h"
#include "dear/thread.h"

struct arena;
struct diags;
struct err;
struct file;
struct store;

/* ---- life cycle ---- */

enum store_mode {
	STORE_READ,  /* must exist; nothing is written */
	STORE_WRITE, /* must exist; migrated if older, after a copy of it as PATH.v1 */
	STORE_CREATE /* made when missing, mode 0600 */
};
/* Refuses a file that is no dear store (application_id) or of a newer schema. */
struct store *store_open(const char *path, enum store_mode mode, struct err *err);
void store_free(struct store *s);

/* Transactions. begin takes the write lock at once, or waits some seconds for
 * it. Savepoints nest inside; one made outside a transaction is a read snapshot
 * until its release. A commit that fails has rolled back. */
int store_begin(struct store *s, struct err *err);
int store_commit(struct store *s, struct err *err);
void store_rollback(struct store *s);
int store_savepoint(struct store *s, struct err *err);
int store_release(struct store *s, struct err *err);
void store_rollback_to(struct store *s); /* and releases it */
bool store_in_transaction(const struct store *s);
/* A number that is another one when somebody else committed to the file since. */
int store_version(struct store *s, int64_t *ret, struct err *err);

/* ---- threads ---- */

struct store_thread {
	int64_t id;
	const char *key; /* what it is known by */
	const char *url, *host, *post_id, *title, *topic, *format;
	bool flat;
	int pages;      /* pages the source has; 0 not paged */
	int pages_seen; /* of them, imported */
	const char *stored_title, *posted, *posted_gmt, *kind, *login; /* see thread_ref */
};
/* The thread that key (--thread), else host and post id, else the address,
 * else the title means; added when new. Any of these that a thread has finds
 * it, unless a better one says it is another: an address matches only where the
 * post ids do not differ, a title only where neither host nor post id differ and
 * the address is not known on both sides, and a key only meets its own thread or
 * one without a key. Fields the ref knows fill in what the row lacks;
 * format is the newest reader's name. ERR_INPUT when the ref names nothing at
 * all and key is NULL. */
int store_thread_put(struct store *s, const struct thread_ref *ref, const char *key,
		     const char *format, int64_t now, int64_t *ret_thread, struct err *err);
/* 1 found, 0 not, -1. */
int store_thread_get(struct store *s, int64_t thread, struct arena *a, struct store_thread *ret,
		     struct err *err);
/* The account and the name that the thread is mostly answered by; NULL where
 * nobody told. */
struct store_columnist {
	const char *user_id, *name;
};
int store_thread_columnist(struct store *s, int64_t thread, struct arena *a,
			   struct store_columnist *ret, struct err *err);
/* title and topic as the editor set them; NULL leaves one alone. */
int store_thread_set(struct store *s, int64_t thread, const char *title, const char *topic,
		     struct err *err);
/* Ids of all threads, oldest first. */
int store_threads(struct store *s, struct arena *a, int64_t **ret, size_t *ret_count,
		  struct err *err);

enum staff_kind { STAFF_NAME, STAFF_ID };
/* Remembers who is staff in a thread; comments that are there already are
 * marked again by store_thread_link. */
int store_staff_put(struct store *s, int64_t thread, enum staff_kind kind, const char *value,
		    struct err *err);

/* ---- comments ---- */

enum store_put {
	STORE_PUT_NEW,
	STORE_PUT_SAME,     /* its text; what else the source knows is filled in */
	STORE_PUT_CHANGED,  /* its text, by comment_hash */
	STORE_PUT_TWICE,    /* seen before in this import, same text */
	STORE_PUT_DIFFERS,  /* seen before in this import, other text: first kept */
	STORE_PUT_FORGOTTEN /* a tombstone: nothing is written */
};
/* import is the number from store_import_begin. A comment is known by its
 * native id, else by author, date and text. A form that knows less takes
 * nothing away: a parent gives way only to one known as well or better. A
 * comment of a status that is not kept adds nothing (STORE_PUT_NEW all the
 * same), but one that is here already stops being live by it. Never stores
 * e-mail, IP or avatar: struct comment has no room for them; nor the body as
 * given, since everything is judged and quoted by its plain text. Own posted
 * replies (receipts) are recognised by native id and marked staff. */
int store_import_begin(struct store *s, int64_t now, int64_t *ret_import, struct err *err);
int store_comment_put(struct store *s, int64_t import, int64_t thread, const struct comment *c,
		      enum store_put *ret, struct err *err);

/* Marks staff (source's mark; names, unless the source says it is a guest; ids;
 * receipts), resolves parents, answers, bursts and awaiting (thread_link),
 * then makes an item for every awaiting comment, and with also_answered for
 * every answered reader comment; reader comments dated before since get none.
 * An item whose burst grew moves to its new last comment and keeps its id;
 * unless it was worked on and its comment has been answered since: then what
 * the reader adds is an item of its own. An item without an editor's work goes
 * when its comment is a reader's live one no more. Items made here get ids in
 * thread order, and no id is ever used twice. */
int store_thread_link(struct store *s, int64_t thread, bool also_answered, int64_t since,
		      struct diags *d, struct err *err);

struct store_counts {
	uint64_t comments, staff, awaiting, drafted, need_person, no_reply, decided;
	uint64_t also_answered; /* items whose comment is answered */
};
/* awaiting = drafted + need_person + no_reply + decided, by items of awaiting
 * comments (a burst is one). */
int store_thread_counts(struct store *s, int64_t thread, struct store_counts *ret, struct err *err);

/* One node of a thread, for showing it whole. */
struct store_node {
	int64_t row, item;               /* item 0: none */
	int64_t parent_row;              /* 0 at top level */
	const char *comment_id, *parent; /* native ids; "row:N", N its place in the
					    thread, when the source has none */
	enum parent_known parent_known;
	enum comment_status status;
	const char *author, *date, *text, *url;
	bool staff, answered, answer_guessed, awaiting;
};
/* Every node in thread order (position), one call a node; stops when it returns
 * non-zero. Strings are borrowed for the call. */
int store_thread_nodes(struct store *s, int64_t thread,
		       int (*node)(void *ctx, const struct store_node *n), void *ctx,
		       struct err *err);

/* What stands around a comment: what it answers and so on upwards, the furthest
 * first, and live answers to it, the oldest first; at most so many of each. */
struct store_context {
	struct store_node *above, *below;
	size_t above_count, below_count;
};
int store_context(struct store *s, int64_t row, size_t above, size_t below, struct arena *a,
		  struct store_context *ret, struct err *err);

/* ---- items ---- */

#define ITEM_STATUSES(X)                     \
	X(ITEM_DRAFTED, "drafted")           \
	X(ITEM_NEEDS_PERSON, "needs_person") \
	X(ITEM_NO_REPLY, "no_reply")         \
	X(ITEM_APPROVED, "approved")         \
	X(ITEM_REJECTED, "rejected")         \
	X(ITEM_DISMISSED, "dismissed")
enum item_status {
#define X(id, word) id,
	ITEM_STATUSES(X)
#undef X
		ITEM_STATUS_COUNT
};
const char *item_status_word(enum item_status s);
/* ITEM_STATUS_COUNT when unknown. */
enum item_status item_status_parse(const char *word);

#define ITEM_ANSWERED 1u /* the column already replied */
#define ITEM_EDITED   2u /* the reply is an editor's revision */
#define ITEM_STALE    4u /* comment, or what the draft was made from, changed since */
#define ITEM_EXPORTED 8u

struct item {
	int64_t id, thread, row;
	const char *thread_url, *thread_title;
	const char *comment_id, *comment_parent;  /* as in store_node; parent NULL at
						     top */
	const char *author, *person, *date, *url; /* person: same reader, same key */
	int64_t utc;                              /* INT64_MIN when undated */
	const char *comment;                      /* the text; of a burst all of it, oldest first,
						     blank lines between */
	uint64_t comment_hash;                    /* of that */
	enum item_status status;
	enum triage reason;
	unsigned flags;
	const char *topic;      /* the classification's; NULL */
	const char *reply;      /* NULL: none */
	int revision;           /* of that reply; 0: none */
	uint64_t basis;         /* draft.basis; 0: none */
	const char *responses;  /* of dear's draft; NULL */
	const char *decided_by; /* NULL: undecided */
	int64_t decided_at;
	int64_t decision;    /* the one that stands; 0: undecided */
	bool parent_staff;   /* replies to the column: a follow-up */
	bool parent_reader;  /* replies to another reader */
	const char *earlier; /* the column's reply to this same named reader that it
				follows up; NULL when it is no follow-up */
};
/* 1 found, 0 no such item or its reader was forgotten, -1. */
int store_item_get(struct store *s, int64_t id, struct arena *a, struct item *ret, struct err *err);

struct store_filter {
	const char *status, *flag, *situation, *topic, *search; /* NULL: any; status
								   also "open": undecided */
	const char *reason, *author;
	enum band band; /* at least; with situation: of that one */
	int64_t thread; /* 0: any */
	int64_t since;  /* by the comment's date; INT64_MIN: any */
	bool by_id;     /* order: id; else the queue's: safety first, then
			   oldest awaiting */
	int64_t after;  /* with by_id: ids above this */
	size_t limit;   /* 0: all */
};
/* Calls item() for each, in order; stops when it returns non-zero. Each call
 * gets its strings from a, cleared between calls. Undated comments are in no
 * since, forgotten ones in no list. search is a full-text query (FTS5) over
 * comments and replies; odd syntax is taken as plain words. After a large
 * import the first search fills the index, for which a STORE_READ handle opens
 * the file a second time to write. */
int store_items(struct store *s, const struct store_filter *f, struct arena *a,
		int (*item)(void *ctx, const struct item *it), void *ctx, struct err *err);

/* Items by status, forgotten ones left out. */
int store_item_counts(struct store *s, uint64_t ret[ITEM_STATUS_COUNT], struct err *err);
/* An item's place in the queue. */
struct store_place {
	int64_t item;
	int64_t pile; /* the same number: nearly the same comment; 0: not looked at */
	int rank;     /* 0 safety, 1 awaiting, 2 answered, 3 decided */
};
/* Only the ids, in the queue's order, of all that the filter asks for. */
int store_queue(struct store *s, const struct store_filter *f, struct arena *a,
		struct store_place **ret, size_t *ret_count, struct err *err);

/* Items whose classification is missing or older than their comment, their
 * relabels, their thread's title and topic, or the rules; ids above after, at
 * most limit (0: no limit), in id order. all: every item. Returned in the arena. */
int store_items_todo(struct store *s, int64_t thread, uint64_t rules_version, bool all,
		     int64_t after, size_t limit, struct arena *a, struct item **ret,
		     size_t *ret_count, struct err *err);
/* Current replies of a thread in id order, for the drafting memory: id, thread,
 * person, responses, reply, status and ITEM_EDITED are set, nothing else. */
int store_thread_replies(struct store *s, int64_t thread,
			 void (*reply)(void *ctx, const struct item *it), void *ctx,
			 struct err *err);

/* ---- derived: situations and drafts ---- */

/* Replaces the item's classification. Its reason follows from the triage, and
 * so does its status unless it is decided. */
int store_classification_put(struct store *s, int64_t item, const struct classification *c,
			     uint64_t rules_version, struct err *err);
/* 1 found, 0 none, -1. */
int store_classification_get(struct store *s, int64_t item, struct arena *a,
			     struct classification *ret, struct err *err);
/* Replaces dear's draft; a changed text gets the next revision number. text
 * NULL: no draft. Leaves editor's revisions and decisions alone; those that
 * stand on another basis become stale. */
int store_draft_put(struct store *s, int64_t item, const struct draft *d, struct err *err);
/* Drops all situations and facts and the search index (a rebuild's first step);
 * drafts stay until replaced. */
int store_derived_clear(struct store *s, struct err *err);

/* ---- the editor's work (recorded through review.h; intake_redraft reopens) ---- */

#define DECISION_KINDS(X)                  \
	X(DECISION_APPROVED, "approved")   \
	X(DECISION_REJECTED, "rejected")   \
	X(DECISION_DISMISSED, "dismissed") \
	X(DECISION_REOPENED, "reopened")   \
	X(DECISION_RETRACTED, "retracted")
enum decision_kind {
#define X(id, word) id,
	DECISION_KINDS(X)
#undef X
};
const char *decision_kind_word(enum decision_kind k);

/* Reason of a reopening after a rejection: an edit made before it no longer
 * stands, so that dear's next wording does. */
#define DECISION_REDRAFT "redraft"

struct decision {
	int64_t id;
	enum decision_kind kind;
	int revision;          /* the one judged; 0: none */
	const char *text;      /* the reply as judged; NULL: none */
	uint64_t comment_hash; /* of what the editor saw */
	uint64_t basis;
	const char *reason; /* short code or NULL */
	const char *note;   /* free words or NULL */
	const char *actor;
	int64_t at;
};
/* Appends; sets the item's status from the kind (reopened: from triage, and
 * what stands there now counts as seen; retracted: status as it is, and the
 * exported flag goes). */
int store_decision_add(struct store *s, int64_t item, const struct decision *d, struct err *err);
/* All of an item's, oldest first. */
int store_decisions(struct store *s, int64_t item, struct arena *a, struct decision **ret,
		    size_t *ret_count, struct err *err);

struct revision {
	int number;
	const char *text, *actor; /* actor "dear" for its own draft */
	int64_t at;               /* 0 for its own draft */
};
/* Appends an editor's revision; returns its number in ret. */
int store_revision_add(struct store *s, int64_t item, const char *text, const char *actor,
		       int64_t at, int *ret_number, struct err *err);
/* All editor's revisions and dear's present draft, by number. */
int store_revisions(struct store *s, int64_t item, struct arena *a, struct revision **ret,
		    size_t *ret_count, struct err *err);
/* Texts that were rejected for an item; NULL-ended, in the arena. */
int store_rejected_texts(struct store *s, int64_t item, struct arena *a, const char *const **ret,
			 struct err *err);

/* Appends "+label" or "-label"; the newest for a label counts. */
int store_relabel_add(struct store *s, int64_t item, const char *label, const char *actor,
		      int64_t at, struct err *err);
int store_relabels(struct store *s, int64_t item, struct arena *a, const char *const **ret,
		   struct err *err);

struct relabel {
	const char *label; /* "+no_contact" */
	const char *actor;
	int64_t at;
};
/* Every word on labels, oldest first. */
int store_relabel_log(struct store *s, int64_t item, struct arena *a, struct relabel **ret,
		      size_t *ret_count, struct err *err);

struct receipt {
	const char *target;    /* "export json", "posted" */
	const char *native_id; /* of the posted reply; NULL when unknown */
	const char *actor;
	int64_t at;
};
/* Records that the item's reply left; sets the exported flag, ends its claim. A
 * reply that comes back, under its native id or with the same text below the
 * same comment, is the column's (store_thread_link), and its id is learned. */
int store_receipt_add(struct store *s, int64_t item, const struct receipt *r, struct err *err);
int store_receipts(struct store *s, int64_t item, struct arena *a, struct receipt **ret,
		   size_t *ret_count, struct err *err);

/* A claim on an item: its reply may be on its way to the site, and has arrived
 * by `until` if it ever does. Put before it is sent, dropped when it surely did
 * not arrive; what is left by who died in between keeps others from sending it
 * until then, and tells them to look first. get: 1 found, 0 none, -1. */
int store_claim_put(struct store *s, int64_t item, int64_t until, struct err *err);
int store_claim_get(struct store *s, int64_t item, int64_t *ret_until, struct err *err);
int store_claim_drop(struct store *s, int64_t item, struct err *err);

/* ---- the desk (used through review.h) ---- */

/* That an editor has an item open, by which door, and until when others are to
 * believe it. put replaces whoever's; get finds one that has ended, too: 1
 * found, 0 none, -1; drop takes back only that editor's at that door. */
struct hold {
	const char *actor, *place;
	int64_t until;
};
int store_hold_put(struct store *s, int64_t item, const struct hold *h, struct err *err);
int store_hold_get(struct store *s, int64_t item, struct arena *a, struct hold *ret,
		   struct err *err);
int store_hold_drop(struct store *s, int64_t item, const char *actor, const char *place,
		    struct err *err);

/* The item that this editor last decided on or edited, where that still stands
 * and has not left: 1 found, 0 none, -1. */
int store_last_work(struct store *s, const char *actor, int64_t *ret_item, struct err *err);

/* A filter with a name; by_id, after and limit are not kept. */
struct store_saved {
	const char *name;
	struct store_filter filter;
	const char *actor;
	int64_t at;
};
/* Replaces one of the same name. */
int store_filter_put(struct store *s, const struct store_saved *f, struct err *err);
/* 1 found, 0 none, -1. */
int store_filter_get(struct store *s, const char *name, struct arena *a, struct store_saved *ret,
		     struct err *err);
/* 1 dropped, 0 there was none, -1. */
int store_filter_drop(struct store *s, const char *name, struct err *err);
/* All of them by name. */
int store_filters(struct store *s, struct arena *a, struct store_saved **ret, size_t *ret_count,
		  struct err *err);

/* Piles of comments that read nearly the same (sketch.h tells when). todo: items
 * not looked at since their comment changed, ids above after, at most limit.
 * find: items that share a key, at most limit, with their piles. put: the
 * item's pile (0: a new one) and keys. alike: the others of an item's pile. */
int store_alike_todo(struct store *s, int64_t after, size_t limit, struct arena *a, int64_t **ret,
		     size_t *ret_count, struct err *err);
int store_alike_find(struct store *s, int64_t item, uint64_t key, size_t limit, struct arena *a,
		     struct store_place **ret, size_t *ret_count, struct err *err);
int store_alike_put(struct store *s, int64_t item, uint64_t comment_hash, int64_t pile,
		    const uint64_t *keys, size_t key_count, struct err *err);
int store_alike(struct store *s, int64_t item, struct arena *a, int64_t **ret, size_t *ret_count,
		struct err *err);

/* ---- what statistics are made of (stats.h) ---- */

/* A reader's comment, or burst of them, answered or not; times INT64_MIN where
 * there is none. */
struct store_case {
	int64_t item;          /* 0: none, the column had answered before dear came */
	int64_t came;          /* by the comment's date */
	int64_t here;          /* when dear read it first */
	int64_t answered;      /* by the column, on the site */
	int64_t first_decided; /* by an editor, whatever became of it */
	int64_t decided;       /* what stands */
	enum item_status status;
	enum triage reason;
	bool drafted;       /* there is a draft of dear's */
	const char *labels; /* given (band medium or high), best first; "" none */
};
int store_cases(struct store *s, int (*one)(void *ctx, const struct store_case *c), void *ctx,
		struct err *err);
/* A verdict that counts: an approval or dismissal that stands, a rejection that
 * stands or asked for other words. By item, in the order of decisions. */
struct store_verdict {
	int64_t item, at;
	enum decision_kind kind;
	bool own;                        /* on a text of the editor's */
	const char *reason;              /* NULL */
	const char *text;                /* as judged; NULL */
	const char *draft;               /* dear's that it was, or was written from; NULL: none */
	const char *responses, *lengths; /* of that draft; NULL */
	const char *labels;              /* as in store_case */
};
int store_verdicts(struct store *s, int (*one)(void *ctx, const struct store_verdict *v), void *ctx,
		   struct err *err);
/* The responses of each draft that was judged or stands now. */
int store_uses(struct store *s, int (*one)(void *ctx, const char *responses), void *ctx,
	       struct err *err);

/* ---- dump, restore, forget, check ---- */

/* The editor's own work as NDJSON (format: src/store/README.md), with the
 * comments it hangs on, so that it can be restored into an empty store. */
int store_dump(struct store *s, FILE *out, struct err *err);
struct store_restored {
	uint64_t added, present; /* records written, records already there */
};
/* Idempotent: only adds what is not there; of two decisions the later one
 * stands; what was forgotten, here or there, stays forgotten. ERR_INPUT with
 * line for a bad record; all or nothing. Situations and drafts come with the
 * next import or rebuild. */
int store_restore(struct store *s, struct file *f, int64_t now, struct store_restored *ret,
		  struct diags *d, struct err *err);

/* Erases a reader with every text of theirs and every reply and decision text
 * to them, the column's own comments that answer them included; from the search
 * index, the file's free pages and its log too (the file is written anew). By
 * exact display name, in all threads or one; or by item: all that the same
 * person (named alike, or of the same account) wrote in its thread, of an
 * unnamed reader the item's comment. Tombstones keep ids, so a re-import does
 * not bring them back. Returns how many of the reader's comments in ret. Not
 * inside a transaction. A copy that a migration left (PATH.v1) is not touched. */
int store_forget_author(struct store *s, const char *author, int64_t thread, int64_t now,
			uint64_t *ret, struct err *err);
int store_forget_item(struct store *s, int64_t item, int64_t now, uint64_t *ret, struct err *err);

/* Integrity check, foreign keys, invariants; each finding is a DIAG_DATA. */
int store_check(struct store *s, struct diags *d, struct err *err);

#endif
