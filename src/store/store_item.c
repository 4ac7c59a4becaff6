/* store_item.c - items as the editor meets them: one, a filtered queue, those to
 * be judged anew, and what was replied in a thread. Only reads.
 */
#include "store_internal.h"

#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"

const char *item_status_word(enum item_status s)
{
	static const char *const words[] = {
#define X(id, word) [id] = word,
		ITEM_STATUSES(X)
#undef X
	};
	return words[s];
}

enum item_status item_status_parse(const char *word)
{
	int i = 0;

	while (i < ITEM_STATUS_COUNT && strcmp(item_status_word((enum item_status)i), word))
		i++;
	return (enum item_status)i;
}

int store_item_text(struct store *s, int64_t comment, struct buf *out, int64_t *ret_first,
		    struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_BURST, err);
	int64_t first = comment;
	bool found = false;
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":comment", comment);
	while ((more = store_step(s, st, err)) > 0 && !found) {
		if (out->len)
			buf_puts(out, "\n\n");
		else
			first = store_int(st, 0);
		buf_puts(out, store_peek(st, 1));
		found = store_int(st, 0) == comment;
	}
	if (more > 0)
		store_end(st);
	if (more < 0)
		return -1;
	if (ret_first)
		*ret_first = first;
	if (found)
		return 0;
	st = store_stmt(s, SQL_COMMENT_TEXT, err);
	if (!st)
		return -1;
	store_bind_int(st, ":comment", comment);
	more = store_step(s, st, err);
	if (more <= 0)
		return more;
	if (out->len)
		buf_puts(out, "\n\n");
	buf_puts(out, store_peek(st, 0));
	store_end(st);
	return 0;
}

/* Columns of ITEM_COLUMNS. */
enum {
	COL_ID,
	COL_THREAD,
	COL_COMMENT,
	COL_FIRST,
	COL_HASH,
	COL_STATUS,
	COL_REASON,
	COL_FOLLOWS,
	COL_EARLIER,
	COL_ANSWERED,
	COL_EDITED,
	COL_STALE,
	COL_EXPORTED,
	COL_THREAD_URL,
	COL_THREAD_TITLE,
	COL_COMMENT_ID,
	COL_AUTHOR,
	COL_PERSON,
	COL_DATE,
	COL_UTC,
	COL_URL,
	COL_TEXT,
	COL_PARENT,
	COL_TOPIC,
	COL_REPLY,
	COL_REVISION,
	COL_BASIS,
	COL_RESPONSES,
	COL_DECIDED_BY,
	COL_DECIDED_AT,
	COL_DECISION
};

static unsigned flags_of(sqlite3_stmt *st)
{
	return (store_int(st, COL_ANSWERED) ? ITEM_ANSWERED : 0) |
	       (store_int(st, COL_EDITED) ? ITEM_EDITED : 0) |
	       (store_int(st, COL_STALE) ? ITEM_STALE : 0) |
	       (store_int(st, COL_EXPORTED) ? ITEM_EXPORTED : 0);
}

static const char *person_key(sqlite3_stmt *st, int column, struct arena *a)
{
	if (store_is_null(st, column))
		return NULL;
	return arena_printf(a, "%016llx", (unsigned long long)store_int(st, column));
}

static void copy_item(sqlite3_stmt *st, struct arena *a, struct item *it)
{
	const char *reason = store_peek(st, COL_REASON), *follows = store_peek(st, COL_FOLLOWS);

	*it = (struct item){
		.id = store_int(st, COL_ID),
		.thread = store_int(st, COL_THREAD),
		.row = store_int(st, COL_COMMENT),
		.thread_url = store_text(st, COL_THREAD_URL, a),
		.thread_title = store_text(st, COL_THREAD_TITLE, a),
		.comment_id = store_text(st, COL_COMMENT_ID, a),
		.author = store_text(st, COL_AUTHOR, a),
		.person = person_key(st, COL_PERSON, a),
		.date = store_text(st, COL_DATE, a),
		.url = store_text(st, COL_URL, a),
		.utc = store_is_null(st, COL_UTC) ? INT64_MIN : store_int(st, COL_UTC),
		.comment = store_text(st, COL_TEXT, a),
		.comment_hash = (uint64_t)store_int(st, COL_HASH),
		.status = item_status_parse(store_peek(st, COL_STATUS)),
		.reason = reason ? triage_parse(reason) : TRIAGE_NONE,
		.flags = flags_of(st),
		.topic = store_text(st, COL_TOPIC, a),
		.reply = store_text(st, COL_REPLY, a),
		.revision = (int)store_int(st, COL_REVISION),
		.basis = (uint64_t)store_int(st, COL_BASIS),
		.responses = store_text(st, COL_RESPONSES, a),
		.decided_by = store_text(st, COL_DECIDED_BY, a),
		.decided_at = store_int(st, COL_DECIDED_AT),
		.decision = store_int(st, COL_DECISION),
		.parent_staff = follows && !strcmp(follows, "staff"),
		.parent_reader = follows && !strcmp(follows, "reader"),
	};
}

/* One column of one comment; NULL row: nothing. */
static int copy_of_comment(struct store *s, enum sql sql, int64_t row, struct arena *a,
			   const char **ret, struct err *err)
{
	sqlite3_stmt *st;
	int found;

	if (!row)
		return 0;
	st = store_stmt(s, sql, err);
	if (!st)
		return -1;
	store_bind_int(st, ":comment", row);
	found = store_step(s, st, err);
	if (found <= 0)
		return found;
	*ret = store_text(st, 0, a);
	store_end(st);
	return 0;
}

static int copy_burst(struct store *s, struct item *it, struct arena *a, struct err *err)
{
	struct buf text = BUF_INIT;
	int status = store_item_text(s, it->row, &text, NULL, err);

	if (status == 0)
		it->comment = arena_strndup(a, buf_str(&text), text.len);
	buf_release(&text);
	return status;
}

int store_item_get(struct store *s, int64_t id, struct arena *a, struct item *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ITEM_GET, err);
	int64_t parent, earlier;
	struct item it;
	bool burst;
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":item", id);
	found = store_step(s, st, err);
	if (found <= 0)
		return found;
	copy_item(st, a, &it);
	parent = store_int(st, COL_PARENT);
	earlier = store_int(st, COL_EARLIER);
	burst = store_int(st, COL_FIRST) != it.row;
	store_end(st);
	if (copy_of_comment(s, SQL_ITEM_PARENT, parent, a, &it.comment_parent, err) < 0 ||
	    copy_of_comment(s, SQL_COMMENT_TEXT, earlier, a, &it.earlier, err) < 0 ||
	    (burst && copy_burst(s, &it, a, err) < 0))
		return -1;
	*ret = it;
	return 1;
}

static void bind_filter(sqlite3_stmt *st, const struct store_filter *f, const char *search)
{
	store_bind_text(st, ":status", f->status);
	store_bind_text(st, ":flag", f->flag);
	store_bind_text(st, ":situation", f->situation);
	store_bind_text(st, ":topic", f->topic);
	store_bind_text(st, ":reason", f->reason);
	store_bind_text(st, ":author", f->author);
	store_bind_text(st, ":search", search);
	store_bind_int(st, ":band", f->band);
	store_bind_int(st, ":thread", f->thread);
	if (f->since != INT64_MIN)
		store_bind_int(st, ":since", f->since);
	if (f->by_id)
		store_bind_int(st, ":after", f->after);
	store_bind_int(st, ":limit", f->limit ? (int64_t)f->limit : -1);
}

/* The statement of a filter, bound; NULL with *err. The query must outlive it. */
static sqlite3_stmt *open_filter(struct store *s, const struct store_filter *f, struct buf *query,
				 struct err *err)
{
	sqlite3_stmt *st;

	if (f->search && store_search_query(s, f->search, query, err) < 0)
		return NULL;
	st = store_stmt(s, f->by_id ? SQL_ITEMS_BY_ID : SQL_ITEMS_QUEUE, err);
	if (st)
		bind_filter(st, f, f->search ? buf_str(query) : NULL);
	return st;
}

/* Hands out the items whose ids the statement gives. */
static int hand_out(struct store *s, sqlite3_stmt *st, struct arena *a,
		    int (*item)(void *ctx, const struct item *it), void *ctx, struct err *err)
{
	struct item it;
	int more, found;

	while ((more = store_step(s, st, err)) > 0) {
		arena_clear(a);
		found = store_item_get(s, store_int(st, 0), a, &it, err);
		if (found < 0 || (found > 0 && item(ctx, &it))) {
			store_end(st);
			return found < 0 ? -1 : 0;
		}
	}
	return more;
}

int store_items(struct store *s, const struct store_filter *f, struct arena *a,
		int (*item)(void *ctx, const struct item *it), void *ctx, struct err *err)
{
	struct buf query = BUF_INIT;
	sqlite3_stmt *st = open_filter(s, f, &query, err);
	int status = st ? hand_out(s, st, a, item, ctx, err) : -1;

	buf_release(&query);
	return status;
}

int store_item_counts(struct store *s, uint64_t ret[ITEM_STATUS_COUNT], struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ITEM_COUNTS, err);
	int more;

	if (!st)
		return -1;
	memset(ret, 0, ITEM_STATUS_COUNT * sizeof(*ret));
	while ((more = store_step(s, st, err)) > 0) {
		enum item_status status = item_status_parse(store_peek(st, 0));

		if (status != ITEM_STATUS_COUNT)
			ret[status] += (uint64_t)store_int(st, 1);
	}
	return more;
}

int store_queue(struct store *s, const struct store_filter *f, struct arena *a,
		struct store_place **ret, size_t *ret_count, struct err *err)
{
	struct store_filter filter = *f;
	struct buf query = BUF_INIT, places = BUF_INIT;
	sqlite3_stmt *st;
	int more = -1;

	filter.by_id = false;
	st = open_filter(s, &filter, &query, err);
	while (st && (more = store_step(s, st, err)) > 0) {
		const struct store_place p = { .item = store_int(st, 0),
					       .rank = (int)store_int(st, 1),
					       .pile = store_int(st, 2) };

		buf_add(&places, &p, sizeof(p));
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&places), places.len);
		*ret_count = places.len / sizeof(**ret);
	}
	buf_release(&places);
	buf_release(&query);
	return more;
}

int store_items_todo(struct store *s, int64_t thread, uint64_t rules_version, bool all,
		     int64_t after, size_t limit, struct arena *a, struct item **ret,
		     size_t *ret_count, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ITEMS_TODO, err);
	struct buf items = BUF_INIT;
	struct item it;
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_int(st, ":rules", (int64_t)rules_version);
	store_bind_int(st, ":all", all);
	store_bind_int(st, ":after", after);
	store_bind_int(st, ":limit", limit ? (int64_t)limit : -1);
	while ((more = store_step(s, st, err)) > 0) {
		int found = store_item_get(s, store_int(st, 0), a, &it, err);

		if (found < 0) {
			store_end(st);
			more = -1;
			break;
		}
		if (found > 0)
			buf_add(&items, &it, sizeof(it));
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&items), items.len);
		*ret_count = items.len / sizeof(it);
	}
	buf_release(&items);
	return more;
}

int store_thread_replies(struct store *s, int64_t thread,
			 void (*reply)(void *ctx, const struct item *it), void *ctx,
			 struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_REPLIES, err);
	struct arena a = { 0 };
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	while ((more = store_step(s, st, err)) > 0) {
		const struct item it = {
			.id = store_int(st, 0),
			.thread = thread,
			.utc = INT64_MIN,
			.person = person_key(st, 1, &a),
			.responses = store_peek(st, 2),
			.reply = store_peek(st, 3),
			.flags = store_int(st, 4) ? ITEM_EDITED : 0,
			.status = item_status_parse(store_peek(st, 5)),
		};

		reply(ctx, &it);
		arena_clear(&a);
	}
	arena_release(&a);
	return more;
}
