/* store_sync.c - items follow their comments.
 *
 * A burst that grew takes its item along to its new last comment; a comment
 * that is no reader's any more loses an item that no editor's work hangs on;
 * a waiting comment without item gets one. What an item is made from (text,
 * what it follows) is noted, and its turn counts up when that changed.
 */
#include "store_link_internal.h"

#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"

/* What is known of a row besides its link. */
enum { HAS_ITEM = 1, HAS_BURST = 2 };

/* An item that can't stay as it is. */
struct move {
	int64_t item;
	uint32_t row, to; /* to: the carrier, row itself, or LINK_NONE */
	bool has_work;
};

struct sync {
	struct linking *k;
	uint8_t *marks; /* a byte a row */
	struct move *moves;
	size_t move_count, move_size;
};

/* What an item's row says, as the table has it. */
struct standing {
	int64_t first, earlier; /* earlier 0: none */
	const char *follows;
	bool is_burst;
	uint64_t hash; /* of a burst */
};

/* Whom a comment answers. The column's reply is the earlier one of a follow-up
 * only where it answered this same named reader. */
static void stand_below(const struct linking *k, uint32_t row, struct standing *ret)
{
	const struct link *l = &k->table[row], *parent, *above;

	if (l->parent == LINK_NONE)
		return;
	parent = &k->table[l->parent];
	if (!parent->staff) {
		if (!l->person || parent->person != l->person)
			ret->follows = "reader";
		return;
	}
	ret->follows = "staff";
	if (parent->parent == LINK_NONE)
		return;
	above = &k->table[parent->parent];
	if (l->person && !above->staff && above->person == l->person)
		ret->earlier = k->first + l->parent;
}

static int stand(struct sync *y, uint32_t row, struct standing *ret, struct err *err)
{
	struct linking *k = y->k;
	struct buf text = BUF_INIT;
	int status = 0;

	*ret = (struct standing){ .first = k->first + row };
	if (y->marks[row] & HAS_BURST) {
		ret->is_burst = true;
		status = store_item_text(k->s, k->first + row, &text, &ret->first, err);
		ret->hash = comment_hash(buf_str(&text));
	}
	if (status == 0)
		stand_below(k, (uint32_t)(ret->first - k->first), ret);
	buf_release(&text);
	return status;
}

static void bind_standing(sqlite3_stmt *st, const struct standing *at)
{
	store_bind_int(st, ":first", at->first);
	if (at->is_burst)
		store_bind_int(st, ":hash", (int64_t)at->hash);
	store_bind_text(st, ":follows", at->follows);
	if (at->earlier)
		store_bind_int(st, ":earlier", at->earlier);
}

/* Puts an item on a row, which may be where it is. */
static int place(struct sync *y, int64_t item, uint32_t row, struct err *err)
{
	struct linking *k = y->k;
	struct standing at;
	sqlite3_stmt *st;

	if (stand(y, row, &at, err) < 0)
		return -1;
	st = store_stmt(k->s, SQL_SYNC_MOVE, err);
	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":comment", k->first + row);
	bind_standing(st, &at);
	if (store_run(k->s, st, err) < 0)
		return -1;
	y->marks[row] |= HAS_ITEM;
	return store_search_mark(k->s, item, err);
}

static int drop(struct sync *y, int64_t item, uint32_t row, struct err *err)
{
	y->marks[row] &= (uint8_t)~HAS_ITEM;
	return store_run_int(y->k->s, SQL_SYNC_DROP, ":item", item, err);
}

static int item_at(struct sync *y, uint32_t row, struct move *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(y->k->s, SQL_SYNC_ITEM_AT, err);
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":comment", y->k->first + row);
	found = store_step(y->k->s, st, err);
	if (found <= 0)
		return found;
	*ret = (struct move){ .item = store_int(st, 0), .row = row, .has_work = store_int(st, 1) };
	store_end(st);
	return 1;
}

/* The burst's last comment may have an item of its own: the one that carries
 * an editor's work stays; where both do, both. */
static int move_item(struct sync *y, const struct move *m, struct err *err)
{
	struct move other = { 0 };
	int found;

	if (m->to == LINK_NONE)
		return drop(y, m->item, m->row, err);
	if (m->to == m->row)
		return place(y, m->item, m->row, err);
	found = item_at(y, m->to, &other, err);
	if (found > 0 && !other.has_work)
		found = drop(y, other.item, m->to, err);
	else if (found > 0)
		return m->has_work ? 0 : drop(y, m->item, m->row, err);
	if (found < 0)
		return -1;
	y->marks[m->row] &= (uint8_t)~HAS_ITEM;
	return place(y, m->item, m->to, err);
}

static bool stands_as_before(const struct standing *at, sqlite3_stmt *st)
{
	const char *follows = store_peek(st, 4);
	uint64_t hash = at->is_burst ? at->hash : (uint64_t)store_int(st, 6);

	return at->first == store_int(st, 2) && hash == (uint64_t)store_int(st, 3) &&
	       (at->follows ? follows && !strcmp(at->follows, follows) : !follows) &&
	       at->earlier == store_int(st, 5);
}

/* What becomes of the item that the statement stands on; *ret_to is its row
 * when it stays as it is. One with an editor's work keeps its place when its
 * comment has been answered, since what the reader adds now is another item. */
static int decide(struct sync *y, sqlite3_stmt *st, bool has_work, uint32_t row, bool *ret_stays,
		  uint32_t *ret_to, struct err *err)
{
	const struct link *l = &y->k->table[row];
	struct standing at;

	*ret_to = l->carrier;
	if (l->carrier != row && has_work && (l->carrier == LINK_NONE || l->answer != LINK_NONE))
		*ret_to = row;
	*ret_stays = false;
	if (*ret_to != row)
		return 0;
	if (stand(y, row, &at, err) < 0)
		return -1;
	*ret_stays = stands_as_before(&at, st);
	return 0;
}

static int look_at_items(struct sync *y, struct err *err)
{
	struct linking *k = y->k;
	sqlite3_stmt *st = store_stmt(k->s, SQL_SYNC_ITEMS, err);
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", k->thread);
	while ((more = store_step(k->s, st, err)) > 0) {
		struct move m = { .item = store_int(st, 0),
				  .row = (uint32_t)(store_int(st, 1) - k->first),
				  .has_work = store_int(st, 7) };
		bool stays;

		y->marks[m.row] |= HAS_ITEM;
		if (decide(y, st, m.has_work, m.row, &stays, &m.to, err) < 0) {
			store_end(st);
			return -1;
		}
		if (stays)
			continue;
		y->moves = mem_grow(y->moves, &y->move_size, y->move_count + 1, sizeof(m));
		y->moves[y->move_count++] = m;
	}
	return more;
}

static bool wants_item(const struct sync *y, uint32_t row)
{
	const struct linking *k = y->k;
	const struct link *l = &k->table[row];

	return l->carrier == row && !(y->marks[row] & HAS_ITEM) &&
	       (l->awaiting || k->also_answered) && (l->utc == INT64_MIN || l->utc >= k->since);
}

static int add_item(struct sync *y, uint32_t row, struct err *err)
{
	struct linking *k = y->k;
	struct standing at;
	sqlite3_stmt *st;

	if (stand(y, row, &at, err) < 0)
		return -1;
	st = store_stmt(k->s, SQL_SYNC_ADD, err);
	if (!st)
		return -1;
	store_bind_int(st, ":thread", k->thread);
	store_bind_int(st, ":comment", k->first + row);
	bind_standing(st, &at);
	if (store_run(k->s, st, err) < 0)
		return -1;
	return store_search_new(k->s, sqlite3_last_insert_rowid(k->s->db), err);
}

int store_sync_items(struct linking *k, struct err *err)
{
	struct sync y = { .k = k, .marks = mem_alloc((size_t)k->count + 1) };
	int status;

	for (uint32_t i = 0; i < k->count; i++)
		if (k->table[i].carrier != LINK_NONE && k->table[i].carrier != i) {
			y.marks[k->table[i].carrier] |= HAS_BURST;
			y.marks[i] |= HAS_BURST;
		}
	status = look_at_items(&y, err);
	for (size_t i = 0; status == 0 && i < y.move_count; i++)
		status = move_item(&y, &y.moves[i], err);
	for (uint32_t i = 0; status == 0 && k->make_items && i < k->count; i++)
		if (wants_item(&y, i))
			status = add_item(&y, i, err);
	free(y.marks);
	free(y.moves);
	return status;
}
