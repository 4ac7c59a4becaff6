/* store_comment.c - one comment at a time, as an import brings them: new, the
 * same, changed, or met before. What they mean to each other is store_link.c's.
 */
#include "store_internal.h"

#include "dear/bounds.h"
#include "dear/err.h"

/* What the store has of a comment. */
struct known {
	int64_t row; /* 0: nothing */
	uint64_t hash;
	int64_t import;
	bool forgotten;
};

const char *store_account_word(enum account a)
{
	static const char *const words[] = { "unknown", "guest", "user" };

	return words[a];
}

int store_import_begin(struct store *s, int64_t now, int64_t *ret_import, struct err *err)
{
	sqlite3_stmt *clear = store_stmt(s, SQL_SEEN_CLEAR, err);

	if (!clear || store_run(s, clear, err) < 0 ||
	    store_run_int(s, SQL_IMPORT_ADD, ":now", now, err) < 0)
		return -1;
	*ret_import = sqlite3_last_insert_rowid(s->db);
	return 0;
}

static int find_step(struct store *s, sqlite3_stmt *st, struct known *ret, struct err *err)
{
	int found = store_step(s, st, err);

	if (found <= 0)
		return found;
	ret->row = store_int(st, 0);
	ret->hash = (uint64_t)store_int(st, 1);
	ret->import = store_int(st, 2);
	ret->forgotten = store_int(st, 3);
	store_end(st);
	return 1;
}

static int find_known(struct store *s, int64_t thread, const char *native_id, int64_t fingerprint,
		      struct known *ret, struct err *err)
{
	sqlite3_stmt *st;
	int found = 0;

	if (native_id) {
		st = store_stmt(s, SQL_COMMENT_BY_NATIVE, err);
		if (!st)
			return -1;
		store_bind_int(st, ":thread", thread);
		store_bind_text(st, ":native_id", native_id);
		found = find_step(s, st, ret, err);
	}
	/* One that had no id so far may have got it now. */
	if (found == 0) {
		st = store_stmt(s, SQL_COMMENT_BY_FINGERPRINT, err);
		if (!st)
			return -1;
		store_bind_int(st, ":thread", thread);
		store_bind_int(st, ":fingerprint", fingerprint);
		found = find_step(s, st, ret, err);
	}
	return found < 0 ? -1 : 0;
}

int store_comment_find(struct store *s, int64_t thread, const char *native_id, int64_t fingerprint,
		       int64_t *ret, struct err *err)
{
	struct known known = { 0 };

	if (find_known(s, thread, native_id, fingerprint, &known, err) < 0)
		return -1;
	*ret = known.row;
	return 0;
}

/* The columns that adding and updating have in common. */
static void bind_comment(sqlite3_stmt *st, const struct comment *c, uint64_t hash)
{
	int64_t person = store_person(c);

	store_bind_text(st, ":native_id", c->id);
	store_bind_text(st, ":status", comment_status_word(c->status));
	store_bind_text(st, ":author", c->author);
	store_bind_text(st, ":user_id", c->user_id);
	store_bind_text(st, ":account", store_account_word(c->account));
	if (person)
		store_bind_int(st, ":person", person);
	store_bind_int(st, ":said_staff", c->staff);
	store_bind_text(st, ":said_parent", c->parent);
	store_bind_text(st, ":said_known", parent_known_word(c->parent_known));
	store_bind_text(st, ":date", c->date);
	if (c->has_utc)
		store_bind_int(st, ":utc", c->utc);
	store_bind_int(st, ":tz_known", c->has_utc && c->tz_known);
	store_bind_text(st, ":url", c->url);
	store_bind_int(st, ":hash", (int64_t)hash);
	store_bind_text(st, ":text", c->text ? c->text : "");
}

int store_comment_add(struct store *s, int64_t import, int64_t thread, const struct comment *c,
		      int64_t fingerprint, uint64_t hash, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_COMMENT_ADD, err);

	if (!st)
		return -1;
	bind_comment(st, c, hash);
	store_bind_int(st, ":thread", thread);
	store_bind_int(st, ":first", store_first_row(thread));
	store_bind_int(st, ":last", store_last_row(thread));
	store_bind_int(st, ":fingerprint", fingerprint);
	store_bind_int(st, ":import", import);
	if (store_run(s, st, err) < 0)
		return -1;
	if (sqlite3_last_insert_rowid(s->db) - store_first_row(thread) >= BOUND_THREAD_COMMENTS)
		return err_set(err, ERR_INPUT, NULL, 0,
			       "more than %d comments in one thread; split it with --thread",
			       BOUND_THREAD_COMMENTS);
	return 0;
}

static int update(struct store *s, int64_t row, const struct comment *c, uint64_t hash,
		  struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_COMMENT_UPDATE, err);

	if (!st)
		return -1;
	bind_comment(st, c, hash);
	store_bind_int(st, ":id", row);
	return store_run(s, st, err);
}

/* Whether this import met the row before: it added it, or noted it here. */
static int meet(struct store *s, int64_t import, const struct known *k, bool *ret_before,
		struct err *err)
{
	*ret_before = k->import == import;
	if (*ret_before)
		return 0;
	if (store_run_int(s, SQL_SEEN, ":comment", k->row, err) < 0)
		return -1;
	*ret_before = sqlite3_changes(s->db) == 0;
	return 0;
}

static int put_known(struct store *s, int64_t import, const struct known *k,
		     const struct comment *c, uint64_t hash, enum store_put *ret, struct err *err)
{
	bool before, same = k->hash == hash;

	if (k->forgotten) {
		*ret = STORE_PUT_FORGOTTEN;
		return 0;
	}
	if (meet(s, import, k, &before, err) < 0)
		return -1;
	if ((!before || same) && update(s, k->row, c, hash, err) < 0)
		return -1;
	if (before)
		*ret = same ? STORE_PUT_TWICE : STORE_PUT_DIFFERS;
	else
		*ret = same ? STORE_PUT_SAME : STORE_PUT_CHANGED;
	return 0;
}

int store_comment_put(struct store *s, int64_t import, int64_t thread, const struct comment *c,
		      enum store_put *ret, struct err *err)
{
	uint64_t hash = comment_hash(c->text ? c->text : "");
	int64_t fingerprint = store_fingerprint(c, hash);
	enum store_put put = STORE_PUT_NEW;
	struct known known = { 0 };
	bool own;
	int status;

	if (store_enter(s, &own, err) < 0)
		return -1;
	status = find_known(s, thread, c->id, fingerprint, &known, err);
	if (status == 0 && known.row) {
		status = put_known(s, import, &known, c, hash, &put, err);
	} else if (status == 0 && comment_status_kept(c->status)) {
		status = store_comment_add(s, import, thread, c, fingerprint, hash, err);
	}
	if (store_leave(s, own, status, err) < 0)
		return -1;
	*ret = put;
	return 0;
}
