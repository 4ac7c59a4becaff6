/* store_search.c - full-text search over comments and replies.
 *
 * Writing an item's words into the index costs more than all else about it, so
 * an import only notes which items wait (search_pending). A commit writes a few
 * at once; a great many wait for the first search. The index keeps no texts: an
 * item whose text changed gets a new row, and the old one matches nothing.
 */
#include "store_internal.h"

#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"

/* How many a commit writes: too few to be felt. */
#define COMMIT_MOST 1000
/* How many a search writes at a time, so that others can write in between. */
#define BATCH 2000

/* An item whose row is to be written. */
struct pending {
	int64_t item, row, comment;
	const char *reply;
};

int store_search_new(struct store *s, int64_t item, struct err *err)
{
	return store_run_int(s, SQL_SEARCH_MARK, ":item", item, err);
}

int store_search_mark(struct store *s, int64_t item, struct err *err)
{
	if (store_search_new(s, item, err) < 0)
		return -1;
	if (sqlite3_changes(s->db) == 0)
		return 0;
	return store_run_int(s, SQL_SEARCH_BUMP, ":item", item, err);
}

static int add_row(struct store *s, const struct pending *p, struct buf *text, struct err *err)
{
	sqlite3_stmt *st;

	buf_clear(text);
	if (store_item_text(s, p->comment, text, NULL, err) < 0)
		return -1;
	st = store_stmt(s, SQL_SEARCH_ADD, err);
	if (!st)
		return -1;
	store_bind_int(st, ":row", p->row);
	store_bind_text(st, ":comment", buf_str(text));
	store_bind_text(st, ":reply", p->reply);
	return store_run(s, st, err);
}

/* Writes up to BATCH items; *ret_last is the last one's number. */
static int write_rows(struct store *s, int64_t *ret_last, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_SEARCH_PENDING, err);
	struct buf text = BUF_INIT;
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":limit", BATCH);
	while ((more = store_step(s, st, err)) > 0) {
		const struct pending p = {
			.item = store_int(st, 0),
			.row = store_int(st, 1),
			.comment = store_int(st, 2),
			.reply = store_peek(st, 3),
		};

		if (add_row(s, &p, &text, err) < 0) {
			store_end(st);
			more = -1;
			break;
		}
		*ret_last = p.item;
	}
	buf_release(&text);
	return more;
}

static int write_batch(struct store *s, struct err *err)
{
	int64_t last = 0;

	if (write_rows(s, &last, err) < 0)
		return -1;
	/* Those that no item answers for (not linked, restored half) go too. */
	return store_run_int(s, SQL_SEARCH_DONE, ":item", last ? last : INT64_MAX, err);
}

static int count_pending(struct store *s, int64_t limit, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_SEARCH_WAITING, err);

	if (!st)
		return -1;
	store_bind_int(st, ":limit", limit);
	if (store_step(s, st, err) < 0)
		return -1;
	*ret = store_int(st, 0);
	store_end(st);
	return 0;
}

int store_search_commit(struct store *s, struct err *err)
{
	int64_t waiting;

	if (count_pending(s, COMMIT_MOST + 1, &waiting, err) < 0)
		return -1;
	return waiting == 0 || waiting > COMMIT_MOST ? 0 : write_batch(s, err);
}

/* Batch by batch; one in the caller's transaction is the caller's. */
static int write_all(struct store *s, struct err *err)
{
	int64_t waiting;

	for (;;) {
		bool own;

		if (count_pending(s, 1, &waiting, err) < 0)
			return -1;
		if (waiting == 0)
			return 0;
		if (store_enter(s, &own, err) < 0 ||
		    store_leave(s, own, write_batch(s, err), err) < 0)
			return -1;
	}
}

static int make_ready(struct store *s, struct err *err)
{
	struct store *writer;
	int64_t waiting;
	int status;

	if (s->mode != STORE_READ)
		return write_all(s, err);
	if (count_pending(s, 1, &waiting, err) < 0)
		return -1;
	if (waiting == 0)
		return 0;
	writer = store_open(s->path, STORE_WRITE, err);
	status = writer ? write_all(writer, err) : -1;
	store_free(writer);
	return status;
}

int store_search_reset(struct store *s, struct err *err)
{
	sqlite3_stmt *drop = store_stmt(s, SQL_SEARCH_DROP, err);
	sqlite3_stmt *all = store_stmt(s, SQL_SEARCH_ALL, err);

	if (!drop || !all || store_run(s, drop, err) < 0)
		return -1;
	return store_run(s, all, err);
}

static bool is_word_byte(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (unsigned char)c >= 0x80;
}

/* Every word in quotes, so that no sign has a meaning. */
static void quote_words(const char *query, struct buf *out)
{
	for (const char *s = query; *s;) {
		size_t n = 0;

		while (s[n] && is_word_byte(s[n]))
			n++;
		if (n) {
			buf_puts(out, out->len ? " \"" : "\"");
			buf_add(out, s, n);
			buf_putc(out, '"');
		}
		s += n ? n : 1;
	}
	if (!out->len)
		buf_puts(out, "\"\"");
}

/* Whether FTS5 understands it, which only trying tells. */
static int is_understood(struct store *s, const char *query, bool *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_SEARCH_TRY, err);
	int code;

	if (!st)
		return -1;
	store_bind_text(st, ":search", query);
	code = sqlite3_step(st);
	*ret = code == SQLITE_ROW || code == SQLITE_DONE;
	if (!*ret && code != SQLITE_ERROR) {
		store_fail(s, err);
		store_end(st);
		return -1;
	}
	store_end(st);
	return 0;
}

int store_search_query(struct store *s, const char *query, struct buf *out, struct err *err)
{
	bool understood;

	if (make_ready(s, err) < 0 || is_understood(s, query, &understood, err) < 0)
		return -1;
	if (understood && *query)
		buf_puts(out, query);
	else
		quote_words(query, out);
	return 0;
}
