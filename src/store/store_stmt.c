/* store_stmt.c - the few doors to SQLite: prepare once, bind by name, step,
 * copy columns, and say in plain words what went wrong. The statements
 * themselves stand in store_sql.c.
 */
#include "store_internal.h"

#include <assert.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/err.h"

int store_fail(struct store *s, struct err *err)
{
	int code = sqlite3_errcode(s->db);
	const char *path = s->path;

	switch (code) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_STORE, path, 0,
			       "in use by another dear; try again when it is done");
	case SQLITE_READONLY:
	case SQLITE_PERM:
		return err_set(err, ERR_STORE, path, 0,
			       "can't be written: the file or its folder is read-only");
	case SQLITE_CANTOPEN:
		return err_set(err, ERR_STORE, path, 0,
			       "can't be opened; is the folder there, and yours to write?");
	case SQLITE_FULL:
		return err_set(err, ERR_STORE, path, 0,
			       "the disk is full; nothing of this was written");
	case SQLITE_NOTADB:
		return err_set(err, ERR_STORE, path, 0, "is no dear store");
	case SQLITE_CORRUPT:
		return err_set(err, ERR_STORE, path, 0,
			       "is damaged; keep it, and restore a dump into a new one");
	case SQLITE_IOERR:
		return err_set(err, ERR_STORE, path, 0, "can't be read or written (%s)",
			       sqlite3_errmsg(s->db));
	}
	return err_set(err, ERR_STORE, path, 0, "%s", sqlite3_errmsg(s->db));
}

sqlite3_stmt *store_stmt(struct store *s, enum sql id, struct err *err)
{
	sqlite3_stmt **st = &s->stmts[id];

	/* One that is in the middle of its rows would lose its place. */
	assert(!*st || !sqlite3_stmt_busy(*st));
	if (!*st && sqlite3_prepare_v3(s->db, store_sql[id], -1, SQLITE_PREPARE_PERSISTENT, st,
				       NULL) != SQLITE_OK)
		store_fail(s, err);
	return *st;
}

static int parameter(sqlite3_stmt *st, const char *name)
{
	int i = sqlite3_bind_parameter_index(st, name);

	assert(i > 0);
	return i;
}

void store_bind_int(sqlite3_stmt *st, const char *name, int64_t v)
{
	sqlite3_bind_int64(st, parameter(st, name), v);
}

void store_bind_real(sqlite3_stmt *st, const char *name, double v)
{
	sqlite3_bind_double(st, parameter(st, name), v);
}

void store_bind_text(sqlite3_stmt *st, const char *name, const char *v)
{
	sqlite3_bind_text(st, parameter(st, name), v, -1, SQLITE_STATIC);
}

void store_end(sqlite3_stmt *st)
{
	sqlite3_reset(st);
	sqlite3_clear_bindings(st);
}

int store_step(struct store *s, sqlite3_stmt *st, struct err *err)
{
	int code = sqlite3_step(st);

	if (code == SQLITE_ROW)
		return 1;
	if (code != SQLITE_DONE)
		store_fail(s, err);
	store_end(st);
	return code == SQLITE_DONE ? 0 : -1;
}

int store_run(struct store *s, sqlite3_stmt *st, struct err *err)
{
	int more;

	while ((more = store_step(s, st, err)) > 0)
		;
	return more;
}

int store_get_int(struct store *s, sqlite3_stmt *st, int64_t *ret, struct err *err)
{
	int found = store_step(s, st, err);

	if (found > 0) {
		*ret = store_int(st, 0);
		store_end(st);
	}
	return found;
}

int store_run_int(struct store *s, enum sql id, const char *name, int64_t v, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, id, err);

	if (!st)
		return -1;
	store_bind_int(st, name, v);
	return store_run(s, st, err);
}

int64_t store_int(sqlite3_stmt *st, int column)
{
	return sqlite3_column_int64(st, column);
}

bool store_is_null(sqlite3_stmt *st, int column)
{
	return sqlite3_column_type(st, column) == SQLITE_NULL;
}

const char *store_peek(sqlite3_stmt *st, int column)
{
	return (const char *)sqlite3_column_text(st, column);
}

const char *store_text(sqlite3_stmt *st, int column, struct arena *a)
{
	const char *text = store_peek(st, column);

	return text ? arena_strndup(a, text, (size_t)sqlite3_column_bytes(st, column)) : NULL;
}
