/* store_internal.h - what the files of the store share: the handle, the table of
 * statements and the few helpers by which all of SQLite is used.
 *
 * A statement is asked for by its number, bound by name, stepped, and ended:
 *
 *	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_GET, err);
 *
 *	if (!st)
 *		return -1;
 *	store_bind_int(st, ":id", id);
 *	found = store_step(s, st, err);
 *	if (found > 0)
 *		title = store_text(st, 0, a);
 *	store_end(st);
 *
 * store_run is all that for a statement without rows. Texts that are bound must
 * live until the statement ended; columns are copied, into an arena or at once.
 */
#ifndef DEAR_STORE_INTERNAL_H
#define DEAR_STORE_INTERNAL_H

#include <sqlite3.h>

#include "dear/store.h"

struct buf;

#define STORE_SCHEMA         4 /* user_version of the newest schema file */
#define STORE_DUMP           2 /* version of the dump's format */
#define STORE_APPLICATION_ID 0x64656172

/* A comment's row is its thread's number and its place in the thread. */
#define STORE_PLACE_BITS        32
#define store_first_row(thread) (((thread) << STORE_PLACE_BITS) + 1)
#define store_last_row(thread)  (((thread) << STORE_PLACE_BITS) + UINT32_MAX)

enum sql {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_ROLLBACK,
	SQL_SAVEPOINT,
	SQL_RELEASE,
	SQL_ROLLBACK_TO,
	SQL_DATA_VERSION,

	SQL_THREAD_BY_KEY,
	SQL_THREAD_BY_POST,
	SQL_THREAD_BY_ADDRESS,
	SQL_THREAD_BY_TITLE,
	SQL_THREAD_ADD,
	SQL_THREAD_FILL,
	SQL_THREAD_PAGE,
	SQL_THREAD_GET,
	SQL_THREAD_COLUMNIST,
	SQL_THREAD_SET,
	SQL_THREAD_TURN,
	SQL_THREADS,
	SQL_THREAD_COMMENT_COUNTS,
	SQL_THREAD_ITEM_COUNTS,
	SQL_THREAD_NODES,
	SQL_NODE_REPLIES,
	SQL_STAFF_ADD,
	SQL_STAFF,

	SQL_IMPORT_ADD,
	SQL_SEEN_CLEAR,
	SQL_SEEN,
	SQL_COMMENT_BY_NATIVE,
	SQL_COMMENT_BY_FINGERPRINT,
	SQL_COMMENT_ADD,
	SQL_COMMENT_UPDATE,

	SQL_LINK_SIZE,
	SQL_LINK_LOAD,
	SQL_LINK_OURS,
	SQL_LINK_NAME,
	SQL_LINK_PUT,
	SQL_SYNC_ITEMS,
	SQL_SYNC_ITEM_AT,
	SQL_SYNC_ADD,
	SQL_SYNC_MOVE,
	SQL_SYNC_DROP,
	SQL_BURST,
	SQL_COMMENT_TEXT,

	SQL_ITEM_GET,
	SQL_ITEM_PARENT,
	SQL_ITEMS_BY_ID,
	SQL_ITEMS_QUEUE,
	SQL_ITEM_COUNTS,
	SQL_ITEMS_TODO,
	SQL_REPLIES,

	SQL_SEARCH_MARK,
	SQL_SEARCH_BUMP,
	SQL_SEARCH_WAITING,
	SQL_SEARCH_PENDING,
	SQL_SEARCH_ADD,
	SQL_SEARCH_DONE,
	SQL_SEARCH_TRY,
	SQL_SEARCH_DROP,
	SQL_SEARCH_ALL,

	SQL_CLASSIFICATION_ADD,
	SQL_CLASSIFICATION_DROP,
	SQL_CLASSIFICATION_GET,
	SQL_ITEM_TRIAGE,
	SQL_SITUATION_DROP,
	SQL_SITUATION_ADD,
	SQL_SITUATIONS,
	SQL_DRAFT_GET,
	SQL_DRAFT_PUT,
	SQL_CLEAR_CLASSIFICATION,
	SQL_CLEAR_SITUATION,

	SQL_DECISION_ADD,
	SQL_JUDGED_KEEP,
	SQL_JUDGED_ADD,
	SQL_ITEM_STATE,
	SQL_DECISION_STANDS,
	SQL_DECISION_RETRACTS,
	SQL_DECISIONS,
	SQL_REVISION_ADD,
	SQL_REVISION_NEXT,
	SQL_REVISION_STANDS,
	SQL_REVISION_GIVE_UP,
	SQL_REVISIONS,
	SQL_REJECTED,
	SQL_RELABEL_ADD,
	SQL_RELABEL_TURN,
	SQL_RELABELS,
	SQL_RECEIPT_ADD,
	SQL_RECEIPT_STANDS,
	SQL_RECEIPTS,
	SQL_RECEIPT_LEARN,
	SQL_CLAIM_PUT,
	SQL_CLAIM_GET,
	SQL_CLAIM_DROP,
	SQL_RELABEL_LOG,

	SQL_HOLD_PUT,
	SQL_HOLD_GET,
	SQL_HOLD_DROP,
	SQL_LAST_WORK,
	SQL_FILTER_PUT,
	SQL_FILTER_GET,
	SQL_FILTERS,
	SQL_FILTER_DROP,
	SQL_ALIKE_TODO,
	SQL_ALIKE_FIND,
	SQL_ALIKE_PUT,
	SQL_ALIKE_KEY_DROP,
	SQL_ALIKE_KEY_ADD,
	SQL_ALIKE,

	SQL_CASES,
	SQL_VERDICTS,
	SQL_USES,

	SQL_DUMP_THREAD,
	SQL_DUMP_COMMENTS,
	SQL_DUMP_ITEMS,
	SQL_DUMP_REVISIONS,
	SQL_DUMP_JUDGED,
	SQL_DUMP_RELABELS,
	SQL_DUMP_DECISIONS,
	SQL_RESTORE_ITEM_FIND,
	SQL_RESTORE_REVISION_FIND,
	SQL_RESTORE_REVISION_TAKEN,
	SQL_RESTORE_DECISION_FIND,
	SQL_RESTORE_RELABEL_FIND,
	SQL_RESTORE_RECEIPT_FIND,
	SQL_RESTORE_SETTLE,

	SQL_FORGET_CLEAR,
	SQL_FORGET_BY_AUTHOR,
	SQL_FORGET_BY_ITEM,
	SQL_FORGET_ROW,
	SQL_FORGET_ANSWERS,
	SQL_FORGET_ITEMS,
	SQL_FORGET_DECISIONS,
	SQL_FORGET_REVISIONS,
	SQL_FORGET_JUDGED,
	SQL_FORGET_RELABELS,
	SQL_FORGET_RECEIPTS,
	SQL_FORGET_CLASSIFICATION,
	SQL_FORGET_SITUATION,
	SQL_FORGET_DRAFT,
	SQL_FORGET_ALIKE,
	SQL_FORGET_ALIKE_KEYS,
	SQL_FORGET_HOLDS,
	SQL_FORGET_FILTERS,
	SQL_FORGET_COMMENTS,
	SQL_FORGET_ITEM_ROWS,
	SQL_FORGET_EDITS,
	SQL_FORGET_THREADS,

	SQL_CHECK_INTEGRITY,
	SQL_CHECK_KEYS,
	SQL_CHECK_PLACES,
	SQL_CHECK_LINKS,
	SQL_CHECK_STATUS,
	SQL_CHECK_NUMBERS,
	SQL_COUNT
};
extern const char *const store_sql[SQL_COUNT];

struct store {
	sqlite3 *db;
	char *path;
	enum store_mode mode;
	sqlite3_stmt *stmts[SQL_COUNT]; /* prepared when first asked for */
};

/* ---- store_stmt.c ---- */

/* Sets err from SQLite's last error, in words for an editor. Returns -1. */
int store_fail(struct store *s, struct err *err);
sqlite3_stmt *store_stmt(struct store *s, enum sql id, struct err *err);
void store_bind_int(sqlite3_stmt *st, const char *name, int64_t v);
void store_bind_real(sqlite3_stmt *st, const char *name, double v);
void store_bind_text(sqlite3_stmt *st, const char *name, const char *v); /* NULL: null */
/* 1 a row, 0 the end, -1; ended in the last two cases. */
int store_step(struct store *s, sqlite3_stmt *st, struct err *err);
int store_run(struct store *s, sqlite3_stmt *st, struct err *err);
void store_end(sqlite3_stmt *st);
/* Runs a statement whose only parameter is one number. */
/* The first column of the one row there may be: 1 with *ret, 0 without a row, -1. */
int store_get_int(struct store *s, sqlite3_stmt *st, int64_t *ret, struct err *err);
int store_run_int(struct store *s, enum sql id, const char *name, int64_t v, struct err *err);
int64_t store_int(sqlite3_stmt *st, int column); /* NULL: 0 */
bool store_is_null(sqlite3_stmt *st, int column);
/* A column's text: borrowed until the next step, or copied; NULL stays NULL. */
const char *store_peek(sqlite3_stmt *st, int column);
const char *store_text(sqlite3_stmt *st, int column, struct arena *a);

/* ---- store.c ---- */

/* A function that writes is a transaction of its own unless one is open:
 * enter says which in *ret_own, leave ends what enter began. Returns status, or
 * -1 when ending failed. */
int store_enter(struct store *s, bool *ret_own, struct err *err);
int store_leave(struct store *s, bool own, int status, struct err *err);

/* ---- store_migrate.c ---- */

struct embed_file;

/* Brings the database to the last of the migrations (ended by a NULL name), one
 * transaction each, the first of an older file after a copy of it beside it. */
int store_migrate(struct store *s, const struct embed_file *migrations, struct err *err);
int store_pragma(struct store *s, const char *sql, int64_t *ret, struct err *err);
int store_exec(struct store *s, const char *sql, struct err *err);

/* ---- store_name.c ---- */

/* Case and blanks folded, so that two spellings of a name are one reader. */
void store_fold_name(const char *name, struct buf *out);
/* Same number, same reader; 0 unnamed. */
int64_t store_person(const struct comment *c);
int64_t store_fingerprint(const struct comment *c, uint64_t hash);
/* An address as threads are compared by it; "" for none. */
void store_address(const char *url, struct buf *out);

/* ---- store_comment.c ---- */

const char *store_account_word(enum account a);
int store_comment_add(struct store *s, int64_t import, int64_t thread, const struct comment *c,
		      int64_t fingerprint, uint64_t hash, struct err *err);
/* The row of a comment, 0 when it isn't there. */
int store_comment_find(struct store *s, int64_t thread, const char *native_id, int64_t fingerprint,
		       int64_t *ret, struct err *err);

/* ---- store_thread.c ---- */

enum parent_known store_parent_known(const char *word);

/* ---- store_item.c ---- */

/* Appends the text of the item that a comment carries: the earlier ones of its
 * burst, then its own. ret_first: the burst's first comment; may be NULL. */
int store_item_text(struct store *s, int64_t comment, struct buf *out, int64_t *ret_first,
		    struct err *err);

/* ---- store_link.c ---- */

/* store_thread_link without making new items. */
int store_relink(struct store *s, int64_t thread, struct err *err);

/* ---- store_search.c ---- */

/* Notes that an item's comment or reply changed. */
int store_search_mark(struct store *s, int64_t item, struct err *err);
/* The same for an item just made. */
int store_search_new(struct store *s, int64_t item, struct err *err);
/* Before a commit: writes what is pending unless it is much. */
int store_search_commit(struct store *s, struct err *err);
/* Appends what an editor typed as a query that FTS5 understands, after bringing
 * the index up to date: as it is, or word by word where its syntax is odd. */
int store_search_query(struct store *s, const char *query, struct buf *out, struct err *err);
/* Empties the index and marks every item as pending. */
int store_search_reset(struct store *s, struct err *err);
/* ---- store_work.c ---- */

/* False for an unknown word. */
bool store_decision_kind(const char *word, enum decision_kind *ret);
/* Adds without a look at the item: what stands is settled by the caller. */
int store_decision_insert(struct store *s, int64_t item, const struct decision *d, bool forgotten,
			  struct err *err);
int store_revision_insert(struct store *s, int64_t item, const struct revision *r,
			  uint64_t comment_hash, uint64_t basis, struct err *err);
/* hash NULL: not known. */
int store_receipt_insert(struct store *s, int64_t item, const struct receipt *r,
			 const int64_t *hash, struct err *err);
int store_revision_next(struct store *s, int64_t item, int *ret, struct err *err);
int store_relabel_insert(struct store *s, int64_t item, const char *label, const char *actor,
			 int64_t at, struct err *err);

/* ---- store_filter.c ---- */

struct jread;

/* A filter's record in a dump, for this thread of the store's (0: any). One of
 * the same name stays. 1 added, 0 there already, -1. */
int store_filter_restore(struct store *s, const struct jread *j, int64_t thread, struct err *err);

/* ---- store_stats.c ---- */

/* A judged draft of a dump, for an item here: 1 added, 0 there was one, -1. */
int store_judged_restore(struct store *s, const struct jread *j, int64_t item, struct err *err);

/* ---- store_forget.c ---- */

/* Notes a comment to be erased, as it was at a time before; then all of them
 * at once. After store_import_begin, and not during an import. */
int store_forget_later(struct store *s, int64_t row, int64_t at, struct err *err);
int store_forget_now(struct store *s, int64_t now, struct err *err);

#endif
