/* store_dump.c - the editor's own work as text: every thread, and what hangs on
 * its comments. The format is README.md's; store_restore.c reads it.
 */
#include "store_internal.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "dear/utf8.h"

struct dump {
	struct store *s;
	FILE *out;
	int64_t thread; /* its row, and its number in the dump */
	int64_t threads;
	int64_t items;
	struct err *err;
};

static const char *hex(char out[17], int64_t v)
{
	snprintf(out, 17, "%016llx", (unsigned long long)v);
	return out;
}

/* Writes a record and lets go of it. */
static int put(struct dump *d, json_t *record)
{
	char *json = record ? json_dumps(record, JSON_COMPACT) : NULL;
	struct buf line = BUF_INIT;
	int status = 0;

	if (!record)
		return err_set(d->err, ERR_STORE, d->s->path, 0,
			       "holds a text that is not UTF-8; run `dear check`");
	if (!json)
		mem_die();
	utf8_put_json(&line, json, strlen(json));
	buf_putc(&line, '\n');
	if (fwrite(line.str, 1, line.len, d->out) < line.len)
		status = err_set(d->err, ERR_IO, NULL, 0, "the dump can't be written");
	buf_release(&line);
	free(json);
	json_decref(record);
	return status;
}

/* A number, or null where the column is. */
static json_t *number(sqlite3_stmt *st, int column)
{
	return store_is_null(st, column) ? json_null() : json_integer(store_int(st, column));
}

static json_t *flag(sqlite3_stmt *st, int column)
{
	return json_boolean(store_int(st, column));
}

static json_t *staff_of(struct dump *d)
{
	sqlite3_stmt *st = store_stmt(d->s, SQL_STAFF, d->err);
	json_t *staff = json_array();
	int more = -1;

	if (st) {
		store_bind_int(st, ":thread", d->thread);
		while ((more = store_step(d->s, st, d->err)) > 0)
			json_array_append_new(
				staff, json_pack("[ss]", store_peek(st, 0), store_peek(st, 1)));
	}
	if (more == 0)
		return staff;
	json_decref(staff);
	return NULL;
}

static int dump_thread(struct dump *d)
{
	json_t *staff = staff_of(d);
	sqlite3_stmt *st = staff ? store_stmt(d->s, SQL_DUMP_THREAD, d->err) : NULL;
	json_t *record;

	if (!st) {
		json_decref(staff);
		return -1;
	}
	store_bind_int(st, ":thread", d->thread);
	if (store_step(d->s, st, d->err) <= 0) {
		json_decref(staff);
		return -1;
	}
	record = json_pack("{sI ss? ss? ss? ss? ss? ss? ss? so sI ss? ss? ss? ss? ss? so}",
			   "thread", (json_int_t)d->threads, "key", store_peek(st, 0), "url",
			   store_peek(st, 1), "host", store_peek(st, 2), "post_id",
			   store_peek(st, 3), "title", store_peek(st, 4), "topic",
			   store_peek(st, 5), "format", store_peek(st, 6), "flat", flag(st, 7),
			   "pages", (json_int_t)store_int(st, 8), "stored_title", store_peek(st, 9),
			   "posted", store_peek(st, 10), "posted_gmt", store_peek(st, 11), "kind",
			   store_peek(st, 12), "login", store_peek(st, 13), "staff", staff);
	store_end(st);
	return put(d, record);
}

/* Runs a statement whose rows become records; the first parameters are set. */
static int dump_rows(struct dump *d, sqlite3_stmt *st,
		     json_t *(*record)(struct dump *d, sqlite3_stmt *st))
{
	int more;

	while ((more = store_step(d->s, st, d->err)) > 0)
		if (put(d, record(d, st)) < 0) {
			store_end(st);
			return -1;
		}
	return more;
}

static json_t *comment_record(struct dump *d, sqlite3_stmt *st)
{
	char print[17];

	return json_pack("{ss? sI ss ss sI ss? ss? ss so ss? ss ss? so so ss? ss}", "comment",
			 store_peek(st, 0), "thread", (json_int_t)d->threads, "fingerprint",
			 hex(print, store_int(st, 1)), "status", store_peek(st, 2), "forgotten",
			 (json_int_t)store_int(st, 3), "author", store_peek(st, 4), "user_id",
			 store_peek(st, 5), "account", store_peek(st, 6), "staff", flag(st, 7),
			 "parent", store_peek(st, 8), "parent_known", store_peek(st, 9), "date",
			 store_peek(st, 10), "utc", number(st, 11), "tz_known", flag(st, 12), "url",
			 store_peek(st, 13), "text", store_peek(st, 14));
}

static json_t *revision_record(struct dump *d, sqlite3_stmt *st)
{
	char hash[17], basis[17];

	return json_pack("{sI sI ss ss sI ss ss}", "revision", (json_int_t)store_int(st, 0), "item",
			 (json_int_t)d->items, "text", store_peek(st, 1), "actor",
			 store_peek(st, 2), "at", (json_int_t)store_int(st, 3), "comment_hash",
			 hex(hash, store_int(st, 4)), "basis", hex(basis, store_int(st, 5)));
}

static json_t *judged_record(struct dump *d, sqlite3_stmt *st)
{
	return json_pack("{sI sI ss ss? ss}", "judged_draft", (json_int_t)store_int(st, 0), "item",
			 (json_int_t)d->items, "responses", store_peek(st, 1), "lengths",
			 store_peek(st, 2), "text", store_peek(st, 3));
}

static json_t *relabel_record(struct dump *d, sqlite3_stmt *st)
{
	return json_pack("{ss sI ss sI}", "relabel", store_peek(st, 0), "item",
			 (json_int_t)d->items, "actor", store_peek(st, 1), "at",
			 (json_int_t)store_int(st, 2));
}

static json_t *decision_record(struct dump *d, sqlite3_stmt *st)
{
	char hash[17], basis[17];

	return json_pack("{ss sI sI ss? ss ss ss? ss? ss sI so}", "decision", store_peek(st, 0),
			 "item", (json_int_t)d->items, "judged", (json_int_t)store_int(st, 1),
			 "text", store_peek(st, 2), "comment_hash", hex(hash, store_int(st, 3)),
			 "basis", hex(basis, store_int(st, 4)), "reason", store_peek(st, 5), "note",
			 store_peek(st, 6), "actor", store_peek(st, 7), "at",
			 (json_int_t)store_int(st, 8), "forgotten", flag(st, 9));
}

static json_t *receipt_record(struct dump *d, sqlite3_stmt *st)
{
	char hash[17];

	return json_pack("{ss sI ss? ss sI ss?}", "receipt", store_peek(st, 0), "item",
			 (json_int_t)d->items, "native_id", store_peek(st, 1), "actor",
			 store_peek(st, 2), "at", (json_int_t)store_int(st, 3), "hash",
			 store_is_null(st, 4) ? NULL : hex(hash, store_int(st, 4)));
}

/* The comment an item hangs on is named as the comment records name it. */
static json_t *item_record(struct dump *d, sqlite3_stmt *st)
{
	char print[17];

	return json_pack("{sI sI ss? ss so}", "item", (json_int_t)d->items, "thread",
			 (json_int_t)d->threads, "comment", store_peek(st, 1), "fingerprint",
			 hex(print, store_int(st, 2)), "exported", flag(st, 3));
}

static int dump_work(struct dump *d, int64_t item)
{
	static const struct {
		enum sql sql;
		json_t *(*record)(struct dump *d, sqlite3_stmt *st);
	} parts[] = {
		{ SQL_DUMP_REVISIONS, revision_record }, { SQL_DUMP_JUDGED, judged_record },
		{ SQL_DUMP_RELABELS, relabel_record },   { SQL_DUMP_DECISIONS, decision_record },
		{ SQL_RECEIPTS, receipt_record },
	};

	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		sqlite3_stmt *st = store_stmt(d->s, parts[i].sql, d->err);

		if (!st)
			return -1;
		store_bind_int(st, ":item", item);
		if (dump_rows(d, st, parts[i].record) < 0)
			return -1;
	}
	return 0;
}

static int dump_comments(struct dump *d)
{
	sqlite3_stmt *st = store_stmt(d->s, SQL_DUMP_COMMENTS, d->err);

	if (!st)
		return -1;
	store_bind_int(st, ":first", store_first_row(d->thread));
	store_bind_int(st, ":last", store_last_row(d->thread));
	return dump_rows(d, st, comment_record);
}

static int dump_items(struct dump *d)
{
	sqlite3_stmt *st = store_stmt(d->s, SQL_DUMP_ITEMS, d->err);
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", d->thread);
	while ((more = store_step(d->s, st, d->err)) > 0) {
		d->items++;
		if (put(d, item_record(d, st)) < 0 || dump_work(d, store_int(st, 0)) < 0) {
			store_end(st);
			return -1;
		}
	}
	return more;
}

/* A thread is named by its number in the dump, which is its place among all. */
static int64_t thread_number(const int64_t *threads, size_t count, int64_t thread)
{
	for (size_t i = 0; i < count; i++)
		if (threads[i] == thread)
			return (int64_t)i + 1;
	return 0;
}

static json_t *filter_record(const struct store_saved *f, int64_t thread)
{
	const struct store_filter *c = &f->filter;

	return json_pack("{ss ss? ss? ss? ss? ss? ss? ss? ss? sI so ss sI}", "filter", f->name,
			 "status", c->status, "flag", c->flag, "reason", c->reason, "situation",
			 c->situation, "band", c->band ? band_word(c->band) : NULL, "topic",
			 c->topic, "author", c->author, "search", c->search, "thread",
			 (json_int_t)thread, "since",
			 c->since == INT64_MIN ? json_null() : json_integer(c->since), "actor",
			 f->actor, "at", (json_int_t)f->at);
}

static int dump_filters(struct dump *d, const int64_t *threads, size_t count, struct arena *a)
{
	struct store_saved *saved;
	size_t saved_count;

	if (store_filters(d->s, a, &saved, &saved_count, d->err) < 0)
		return -1;
	for (size_t i = 0; i < saved_count; i++) {
		int64_t thread = thread_number(threads, count, saved[i].filter.thread);

		if (put(d, filter_record(&saved[i], thread)) < 0)
			return -1;
	}
	return 0;
}

static int dump_all(struct dump *d)
{
	struct arena a = { 0 };
	int64_t *threads;
	size_t count = 0;
	int status = store_threads(d->s, &a, &threads, &count, d->err);

	if (status == 0)
		status = put(d, json_pack("{si}", "dear", STORE_DUMP));
	for (size_t i = 0; status == 0 && i < count; i++) {
		d->thread = threads[i];
		d->threads++;
		if (dump_thread(d) < 0 || dump_comments(d) < 0 || dump_items(d) < 0)
			status = -1;
	}
	if (status == 0)
		status = dump_filters(d, threads, count, &a);
	arena_release(&a);
	return status;
}

int store_dump(struct store *s, FILE *out, struct err *err)
{
	struct dump d = { .s = s, .out = out, .err = err };
	int status;

	/* One moment of the store, whatever others write meanwhile. */
	if (store_savepoint(s, err) < 0)
		return -1;
	status = dump_all(&d);
	if (status == 0 && fflush(out) == EOF)
		status = err_set(err, ERR_IO, NULL, 0, "the dump can't be written");
	if (status == 0)
		return store_release(s, err);
	store_rollback_to(s);
	return -1;
}
