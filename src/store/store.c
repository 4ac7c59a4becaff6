/* store.c - opening a store and its transactions. What is in it is the business
 * of the other files; bringing an older one up to date, of store_migrate.c.
 */
#include "store_internal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "embed.h"

extern const struct embed_file store_schema[];

/* Some five seconds of waiting for another dear before giving up. SQLite's own
 * wait asks ten times a second in the end, and goes away empty-handed beside one
 * who writes without a pause: short waits get their turn. */
enum { BUSY_TRIES = 1000, BUSY_MILLISECONDS = 5 };

static int wait_a_little(void *ctx, int tries)
{
	(void)ctx;
	if (tries >= BUSY_TRIES)
		return 0;
	sqlite3_sleep(tries < BUSY_MILLISECONDS ? 1 : BUSY_MILLISECONDS);
	return 1;
}

/* The same for all that open a store. page_size: a comment and its draft are a
 * kilobyte each; counts for a new file only. WAL: readers go on while one writes.
 * FULL: a decision survives a power cut. secure_delete: what is forgotten is
 * overwritten. The cache is the memory an import of any size needs. */
static const char settings[] = "PRAGMA page_size = 8192;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA secure_delete = ON;"
			       "PRAGMA cache_size = -16384;"
			       "PRAGMA journal_size_limit = 16777216;"
			       "PRAGMA trusted_schema = OFF;";

/* What an import keeps beside the file, for as long as it runs. */
static const char scratch[] = "PRAGMA journal_mode = WAL;"
			      "CREATE TEMP TABLE seen (comment INTEGER PRIMARY KEY, at INTEGER);"
			      "CREATE TEMP TABLE erased (item INTEGER PRIMARY KEY);";

/* The path as an address, since SQLite takes names like ":memory:" for
 * something else. */
static char *file_uri(const char *path, const char *options)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, path[0] == '/' ? "file:" : "file:./");
	for (; *path; path++) {
		if (strchr("%?#", *path))
			buf_printf(&b, "%%%02x", *path);
		else
			buf_putc(&b, *path);
	}
	buf_puts(&b, options);
	return buf_detach(&b);
}

/* The store may hold what readers never meant for other eyes: made by us, so
 * that it is 0600 from the first byte (-wal and -shm follow it). */
static int make_file(const char *path, struct err *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0 && errno != EEXIST)
		return err_set(err, ERR_STORE, path, 0, "can't be made: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
	return 0;
}

static int check_file(const char *path, enum store_mode mode, struct err *err)
{
	struct stat st;

	if (stat(path, &st) < 0 && errno == ENOENT)
		return err_set(err, ERR_STORE, path, 0,
			       "there is no store; `dear import` makes one");
	if (stat(path, &st) < 0)
		return err_set(err, ERR_STORE, path, 0, "can't be opened: %s", strerror(errno));
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_STORE, path, 0, "is no file");
	/* Root may write anything; who took the permission away means it all the same. */
	if (mode != STORE_READ && !(st.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)))
		return err_set(err, ERR_STORE, path, 0, "can't be written: the file is read-only");
	return 0;
}

static int open_database(struct store *s, const char *options, struct err *err)
{
	int flags = s->mode == STORE_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
	char *uri = file_uri(s->path, options);
	int code =
		sqlite3_open_v2(uri, &s->db, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI, NULL);

	free(uri);
	if (code != SQLITE_OK)
		return store_fail(s, err);
	sqlite3_busy_handler(s->db, wait_a_little, NULL);
	return store_exec(s, settings, err);
}

/* Readers of a WAL file keep their locks in a file beside it. In a folder that
 * can't be written nobody writes to the store either, and it is read as it is;
 * unless a -wal stands there, which holds what such a reader would miss. */
static int open_unlocked(struct store *s, struct err *err)
{
	struct buf wal = BUF_INIT;
	struct stat st;
	int missing;

	buf_printf(&wal, "%s-wal", s->path);
	missing = stat(buf_str(&wal), &st) < 0;
	buf_release(&wal);
	if (!missing)
		return -1;
	sqlite3_close(s->db);
	s->db = NULL;
	*err = (struct err){ 0 };
	return open_database(s, "?immutable=1", err);
}

static int open_any_way(struct store *s, struct err *err)
{
	int64_t version;
	int code;

	if (open_database(s, "", err) == 0 &&
	    store_pragma(s, "PRAGMA user_version", &version, err) == 0)
		return 0;
	code = sqlite3_errcode(s->db);
	if (s->mode != STORE_READ || (code != SQLITE_CANTOPEN && code != SQLITE_READONLY))
		return -1;
	return open_unlocked(s, err);
}

/* 1 when the file is empty: new, or left by one who was killed while making it. */
static int is_blank(struct store *s, int64_t application, struct err *err)
{
	int64_t objects;

	if (application != 0)
		return 0;
	if (store_pragma(s, "SELECT count(*) FROM sqlite_schema", &objects, err) < 0)
		return -1;
	return objects == 0;
}

static int check_schema(struct store *s, struct err *err)
{
	int64_t application, version;
	int blank;

	if (store_pragma(s, "PRAGMA application_id", &application, err) < 0 ||
	    store_pragma(s, "PRAGMA user_version", &version, err) < 0 ||
	    (blank = is_blank(s, application, err)) < 0)
		return -1;
	if (application != STORE_APPLICATION_ID && !(blank && s->mode == STORE_CREATE))
		return err_set(err, ERR_STORE, s->path, 0, "is no dear store");
	if (version > STORE_SCHEMA)
		return err_set(
			err, ERR_STORE, s->path, 0,
			"was written by a newer dear (schema %d, this one knows %d): use that",
			(int)version, STORE_SCHEMA);
	if (version < STORE_SCHEMA && s->mode == STORE_READ)
		return err_set(err, ERR_STORE, s->path, 0,
			       "was written by an older dear; `dear rebuild` brings it up to date");
	return 0;
}

struct store *store_open(const char *path, enum store_mode mode, struct err *err)
{
	struct store *s = mem_alloc(sizeof(*s));

	/* Counting its memory, under a lock, is a tenth of SQLite's time here; once
	 * a store is open this does nothing. */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	s->path = mem_strdup(path);
	s->mode = mode;
	if (mode == STORE_CREATE && make_file(path, err) < 0)
		goto fail;
	if (check_file(path, mode, err) < 0 || open_any_way(s, err) < 0 || check_schema(s, err) < 0)
		goto fail;
	if (mode != STORE_READ &&
	    (store_exec(s, scratch, err) < 0 || store_migrate(s, store_schema, err) < 0))
		goto fail;
	return s;
fail:
	store_free(s);
	return NULL;
}

void store_free(struct store *s)
{
	if (!s)
		return;
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(s->stmts[i]);
	sqlite3_close(s->db);
	free(s->path);
	free(s);
}

bool store_in_transaction(const struct store *s)
{
	return !sqlite3_get_autocommit(s->db);
}

static int run(struct store *s, enum sql id, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, id, err);

	return st ? store_run(s, st, err) : -1;
}

int store_begin(struct store *s, struct err *err)
{
	if (s->mode == STORE_READ)
		return err_set(err, ERR_STORE, s->path, 0, "is open read-only");
	return run(s, SQL_BEGIN, err);
}

int store_commit(struct store *s, struct err *err)
{
	if (store_search_commit(s, err) == 0 && run(s, SQL_COMMIT, err) == 0)
		return 0;
	store_rollback(s);
	return -1;
}

/* Some failures roll back by themselves. */
void store_rollback(struct store *s)
{
	struct err ignored = { 0 };

	if (store_in_transaction(s))
		run(s, SQL_ROLLBACK, &ignored);
}

int store_savepoint(struct store *s, struct err *err)
{
	return run(s, SQL_SAVEPOINT, err);
}

int store_release(struct store *s, struct err *err)
{
	return run(s, SQL_RELEASE, err);
}

void store_rollback_to(struct store *s)
{
	struct err ignored = { 0 };

	if (!store_in_transaction(s))
		return;
	run(s, SQL_ROLLBACK_TO, &ignored);
	run(s, SQL_RELEASE, &ignored);
}

int store_version(struct store *s, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_DATA_VERSION, err);

	if (!st || store_step(s, st, err) <= 0)
		return -1;
	*ret = store_int(st, 0);
	store_end(st);
	return 0;
}

int store_enter(struct store *s, bool *ret_own, struct err *err)
{
	*ret_own = !store_in_transaction(s);
	return *ret_own ? store_begin(s, err) : 0;
}

int store_leave(struct store *s, bool own, int status, struct err *err)
{
	if (!own)
		return status;
	if (status >= 0)
		return store_commit(s, err) < 0 ? -1 : status;
	store_rollback(s);
	return -1;
}
