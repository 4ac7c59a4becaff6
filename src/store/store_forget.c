/* store_forget.c - erases a reader: texts, names, the replies to them, from
 * rows, search index, free pages and the log. What stays is a tombstone with
 * the ids, so that the next import does not bring the reader back.
 */
#include "store_internal.h"

#include <assert.h>

#include "dear/err.h"

/* The order matters: who answered is looked up before texts go, decisions are
 * blanked before the items they hold are looked at. */
static const enum sql steps[] = {
	SQL_FORGET_CLEAR,          SQL_FORGET_ANSWERS,   SQL_FORGET_ITEMS,    SQL_FORGET_DECISIONS,
	SQL_FORGET_EDITS,          SQL_FORGET_REVISIONS, SQL_FORGET_RELABELS, SQL_FORGET_RECEIPTS,
	SQL_FORGET_CLASSIFICATION, SQL_FORGET_SITUATION, SQL_FORGET_DRAFT,    SQL_FORGET_ALIKE,
	SQL_FORGET_ALIKE_KEYS,     SQL_FORGET_HOLDS,     SQL_FORGET_FILTERS,  SQL_FORGET_JUDGED,
	SQL_FORGET_ITEM_ROWS,
};

static int run(struct store *s, enum sql id, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, id, err);

	return st ? store_run(s, st, err) : -1;
}

/* Erases the comments in temp.seen with all that hangs on them. */
static int erase(struct store *s, int64_t now, struct err *err)
{
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		if (run(s, steps[i], err) < 0)
			return -1;
	if (store_run_int(s, SQL_FORGET_COMMENTS, ":now", now, err) < 0)
		return -1;
	return store_search_reset(s, err);
}

int store_forget_later(struct store *s, int64_t row, int64_t at, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FORGET_ROW, err);

	if (!st)
		return -1;
	store_bind_int(st, ":comment", row);
	store_bind_int(st, ":at", at);
	return store_run(s, st, err);
}

int store_forget_now(struct store *s, int64_t now, struct err *err)
{
	int64_t rows;

	if (store_pragma(s, "SELECT count(*) FROM temp.seen", &rows, err) < 0)
		return -1;
	return rows ? erase(s, now, err) : 0;
}

static int relink(struct store *s, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FORGET_THREADS, err);
	int more;

	if (!st)
		return -1;
	while ((more = store_step(s, st, err)) > 0)
		if (store_relink(s, store_int(st, 0), err) < 0) {
			store_end(st);
			return -1;
		}
	return more;
}

/* SQLite overwrites what it deletes, but leaves copies where it moved rows to
 * fill its pages: only writing the file anew is sure. */
static int scrub(struct store *s, struct err *err)
{
	struct err cause = { 0 };
	int64_t busy = 0;

	if (store_exec(s, "VACUUM", &cause) == 0 &&
	    store_pragma(s, "PRAGMA wal_checkpoint(TRUNCATE)", &busy, &cause) == 0 && !busy)
		return 0;
	return err_set(err, ERR_STORE, s->path, 0,
		       "the reader is erased, but traces may be left in the file (%s): run forget "
		       "again",
		       cause.code ? cause.msg : "another dear has it open");
}

/* The rows were chosen by a statement that has its parameters. */
static int forget(struct store *s, sqlite3_stmt *choose, int64_t now, uint64_t *ret,
		  struct err *err)
{
	if (store_run(s, choose, err) < 0)
		return -1;
	*ret = (uint64_t)sqlite3_changes64(s->db);
	if (*ret == 0)
		return 0;
	return erase(s, now, err) < 0 ? -1 : relink(s, err);
}

static int forget_chosen(struct store *s, sqlite3_stmt *choose, int64_t now, uint64_t *ret,
			 struct err *err)
{
	uint64_t count = 0;
	bool own;
	int status;

	assert(!store_in_transaction(s));
	if (store_enter(s, &own, err) < 0)
		return -1;
	status = run(s, SQL_SEEN_CLEAR, err);
	if (status == 0)
		status = forget(s, choose, now, &count, err);
	if (store_leave(s, own, status, err) < 0 || scrub(s, err) < 0)
		return -1;
	*ret = count;
	return 0;
}

int store_forget_author(struct store *s, const char *author, int64_t thread, int64_t now,
			uint64_t *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FORGET_BY_AUTHOR, err);

	if (!st)
		return -1;
	store_bind_text(st, ":author", author);
	store_bind_int(st, ":thread", thread);
	return forget_chosen(s, st, now, ret, err);
}

int store_forget_item(struct store *s, int64_t item, int64_t now, uint64_t *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FORGET_BY_ITEM, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	return forget_chosen(s, st, now, ret, err);
}
