/* store_desk.c - several editors at one desk: who has an item open, what an
 * editor did last, and which comments lie on one pile.
 */
#include "store_internal.h"

#include "dear/arena.h"
#include "dear/buf.h"

/* ---- holds ---- */

int store_hold_put(struct store *s, int64_t item, const struct hold *h, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_HOLD_PUT, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":actor", h->actor);
	store_bind_text(st, ":place", h->place);
	store_bind_int(st, ":until", h->until);
	return store_run(s, st, err);
}

int store_hold_get(struct store *s, int64_t item, struct arena *a, struct hold *ret,
		   struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_HOLD_GET, err);
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	found = store_step(s, st, err);
	if (found > 0) {
		*ret = (struct hold){ .actor = store_text(st, 0, a),
				      .place = store_text(st, 1, a),
				      .until = store_int(st, 2) };
		store_end(st);
	}
	return found;
}

int store_hold_drop(struct store *s, int64_t item, const char *actor, const char *place,
		    struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_HOLD_DROP, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":actor", actor);
	store_bind_text(st, ":place", place);
	return store_run(s, st, err);
}

int store_last_work(struct store *s, const char *actor, int64_t *ret_item, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_LAST_WORK, err);

	if (!st)
		return -1;
	store_bind_text(st, ":actor", actor);
	return store_get_int(s, st, ret_item, err);
}

/* ---- piles ---- */

/* The first column of each row, in the arena. */
static int list_ids(struct store *s, sqlite3_stmt *st, struct arena *a, int64_t **ret,
		    size_t *ret_count, struct err *err)
{
	struct buf ids = BUF_INIT;
	int more;

	while ((more = store_step(s, st, err)) > 0) {
		const int64_t id = store_int(st, 0);

		buf_add(&ids, &id, sizeof(id));
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&ids), ids.len);
		*ret_count = ids.len / sizeof(**ret);
	}
	buf_release(&ids);
	return more;
}

int store_alike_todo(struct store *s, int64_t after, size_t limit, struct arena *a, int64_t **ret,
		     size_t *ret_count, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ALIKE_TODO, err);

	if (!st)
		return -1;
	store_bind_int(st, ":after", after);
	store_bind_int(st, ":limit", (int64_t)limit);
	return list_ids(s, st, a, ret, ret_count, err);
}

int store_alike_find(struct store *s, int64_t item, uint64_t key, size_t limit, struct arena *a,
		     struct store_place **ret, size_t *ret_count, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ALIKE_FIND, err);
	struct buf places = BUF_INIT;
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":key", (int64_t)key);
	store_bind_int(st, ":limit", (int64_t)limit);
	while ((more = store_step(s, st, err)) > 0) {
		const struct store_place p = { .item = store_int(st, 0), .pile = store_int(st, 1) };

		buf_add(&places, &p, sizeof(p));
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&places), places.len);
		*ret_count = places.len / sizeof(**ret);
	}
	buf_release(&places);
	return more;
}

static int put_key(struct store *s, int64_t item, uint64_t key, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ALIKE_KEY_ADD, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":key", (int64_t)key);
	return store_run(s, st, err);
}

static int put_alike(struct store *s, int64_t item, uint64_t hash, int64_t pile, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ALIKE_PUT, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":hash", (int64_t)hash);
	if (pile)
		store_bind_int(st, ":pile", pile);
	if (store_run(s, st, err) < 0)
		return -1;
	return store_run_int(s, SQL_ALIKE_KEY_DROP, ":item", item, err);
}

int store_alike_put(struct store *s, int64_t item, uint64_t comment_hash, int64_t pile,
		    const uint64_t *keys, size_t key_count, struct err *err)
{
	bool own;
	int status;

	if (store_enter(s, &own, err) < 0)
		return -1;
	status = put_alike(s, item, comment_hash, pile, err);
	for (size_t i = 0; status == 0 && i < key_count; i++)
		status = put_key(s, item, keys[i], err);
	return store_leave(s, own, status, err);
}

int store_alike(struct store *s, int64_t item, struct arena *a, int64_t **ret, size_t *ret_count,
		struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ALIKE, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	return list_ids(s, st, a, ret, ret_count, err);
}
