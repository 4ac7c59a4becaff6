/* store_migrate.c - brings a store to the newest schema. Each numbered file in
 * schema/ is one step and one transaction, which raises user_version itself, so
 * that a step is there with its number or not at all.
 */
#include "store_internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "embed.h"

int store_exec(struct store *s, const char *sql, struct err *err)
{
	return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : store_fail(s, err);
}

int store_pragma(struct store *s, const char *sql, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int status = -1;

	if (sqlite3_prepare_v2(s->db, sql, -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW) {
		*ret = sqlite3_column_int64(st, 0);
		status = 0;
	} else {
		store_fail(s, err);
	}
	sqlite3_finalize(st);
	return status;
}

/* A whole copy under "PATH.v1": the old schema can't be dumped by statements
 * made for the new one, and a copy holds everything. One that stands there
 * already is older still and is left alone. */
static int copy_beside(struct store *s, int64_t version, struct err *err)
{
	struct buf path = BUF_INIT;
	sqlite3_stmt *st = NULL;
	int status = -1, fd;

	buf_printf(&path, "%s.v%d", s->path, (int)version);
	fd = open(buf_str(&path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0) {
		if (errno == EEXIST)
			status = 0;
		else
			err_set(err, ERR_STORE, buf_str(&path), 0,
				"the copy before the upgrade can't be made: %s", strerror(errno));
		goto out;
	}
	close(fd);
	if (sqlite3_prepare_v2(s->db, "VACUUM INTO :path", -1, &st, NULL) != SQLITE_OK) {
		store_fail(s, err);
		goto out;
	}
	store_bind_text(st, ":path", buf_str(&path));
	status = store_run(s, st, err);
	if (status < 0)
		unlink(buf_str(&path));
out:
	sqlite3_finalize(st);
	buf_release(&path);
	return status;
}

static int number_of(const struct embed_file *migration)
{
	return (int)strtol(migration->name, NULL, 10);
}

/* One step, unless another dear took it in the meantime. */
static int step_up(struct store *s, const struct embed_file *migration, struct err *err)
{
	int64_t version;

	if (store_exec(s, "BEGIN IMMEDIATE", err) < 0)
		return -1;
	if (store_pragma(s, "PRAGMA user_version", &version, err) < 0)
		goto fail;
	if (version < number_of(migration)) {
		if (store_exec(s, migration->text, err) < 0 ||
		    store_pragma(s, "PRAGMA user_version", &version, err) < 0)
			goto fail;
		if (version != number_of(migration)) {
			err_set(err, ERR_STORE, migration->name, 0, "does not set user_version");
			goto fail;
		}
	}
	if (store_exec(s, "COMMIT", err) == 0)
		return 0;
fail:
	sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}

int store_migrate(struct store *s, const struct embed_file *migrations, struct err *err)
{
	int64_t version;
	bool copied;

	if (store_pragma(s, "PRAGMA user_version", &version, err) < 0)
		return -1;
	copied = version == 0;
	for (const struct embed_file *m = migrations; m->name; m++) {
		if (number_of(m) <= version)
			continue;
		if (!copied && copy_beside(s, version, err) < 0)
			return -1;
		copied = true;
		if (step_up(s, m, err) < 0)
			return -1;
	}
	return 0;
}
