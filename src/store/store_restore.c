/* store_restore.c - reads a dump (README.md) back, into an empty store or one
 * that has the threads. Only adds: what is there already is left as it is, and
 * of two decisions the later one stands. What was forgotten stays forgotten,
 * on whichever side.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/jstream.h"
#include "dear/mem.h"

/* An item of the dump in this store. */
struct restored_item {
	int64_t id;
	bool exported;  /* when a receipt comes back, so does this */
	bool forgotten; /* its reader, here: no text about it comes back */
};

/* A revision whose number was taken here. */
struct renumbered {
	int64_t item;
	int from, to;
};

struct restore {
	struct store *s;
	struct diags *diags;
	struct err *err;
	int64_t now, import;
	bool begun; /* the first line was read */
	int64_t *threads;
	size_t thread_count, thread_size;
	struct restored_item *items;
	size_t item_count, item_size;
	struct renumbered *renumbered;
	size_t renumbered_count, renumbered_size;
	struct store_restored counts;
};

static int count(struct restore *r, bool added)
{
	if (added)
		r->counts.added++;
	else
		r->counts.present++;
	return 0;
}

/* ---- reading members ---- */

static int read_number(struct restore *r, const struct jread *j, const char *key, int64_t *ret)
{
	struct jread m = jread_member(j, key);

	if (!json_is_integer(m.value))
		return jread_fail(&m, r->err, "expected a whole number");
	*ret = json_integer_value(m.value);
	return 0;
}

/* Null and absent are NULL. */
static int read_text(struct restore *r, const struct jread *j, const char *key, const char **ret)
{
	struct jread m = jread_member(j, key);

	*ret = NULL;
	if (!m.value || json_is_null(m.value))
		return 0;
	if (!json_is_string(m.value))
		return jread_fail(&m, r->err, "expected a string or null");
	*ret = json_string_value(m.value);
	return 0;
}

static int read_hex(struct restore *r, const struct jread *j, const char *key, uint64_t *ret)
{
	struct jread m = jread_member(j, key);
	const char *text = json_string_value(m.value);
	char *end;

	if (!text || strlen(text) != 16 || strspn(text, "0123456789abcdef") != 16)
		return jread_fail(&m, r->err, "expected 16 hexadecimal digits");
	*ret = strtoull(text, &end, 16);
	return 0;
}

/* The thread a record belongs to. */
static int read_thread(struct restore *r, const struct jread *j, int64_t *ret)
{
	int64_t n;

	if (read_number(r, j, "thread", &n) < 0)
		return -1;
	if (n < 1 || (uint64_t)n > r->thread_count)
		return jread_fail(j, r->err, "no thread %lld before this line", (long long)n);
	*ret = r->threads[n - 1];
	return 0;
}

/* The item a record belongs to. */
static int read_item(struct restore *r, const struct jread *j, struct restored_item **ret)
{
	int64_t n;

	if (read_number(r, j, "item", &n) < 0)
		return -1;
	if (n < 1 || (uint64_t)n > r->item_count)
		return jread_fail(j, r->err, "no item %lld before this line", (long long)n);
	*ret = &r->items[n - 1];
	return 0;
}

/* ---- threads and comments ---- */

static int put_staff(struct restore *r, const struct jread *j, int64_t thread)
{
	struct jread list = jread_member(j, "staff");

	for (size_t i = 0; i < json_array_size(list.value); i++) {
		struct jread row = jread_element(&list, i);
		const char *kind = json_string_value(json_array_get(row.value, 0));
		const char *value = json_string_value(json_array_get(row.value, 1));

		if (!kind || !value || (strcmp(kind, "name") && strcmp(kind, "id")))
			return jread_fail(&row, r->err, "expected [\"name\" or \"id\", value]");
		if (store_staff_put(r->s, thread, strcmp(kind, "id") ? STAFF_NAME : STAFF_ID, value,
				    r->err) < 0)
			return -1;
	}
	return 0;
}

static int threads_there(struct restore *r, int64_t *ret)
{
	return store_pragma(r->s, "SELECT count(*) FROM thread", ret, r->err);
}

static int put_thread(struct restore *r, const struct jread *j)
{
	struct thread_ref ref = { 0 };
	const char *key, *topic, *format;
	int64_t before, after, thread;
	struct store_thread row;
	struct arena a = { 0 };
	int status = -1;

	if (read_text(r, j, "key", &key) < 0 || read_text(r, j, "url", &ref.url) < 0 ||
	    read_text(r, j, "host", &ref.host) < 0 ||
	    read_text(r, j, "post_id", &ref.post_id) < 0 ||
	    read_text(r, j, "title", &ref.title) < 0 || read_text(r, j, "topic", &topic) < 0 ||
	    read_text(r, j, "format", &format) < 0 ||
	    read_text(r, j, "stored_title", &ref.stored_title) < 0 ||
	    read_text(r, j, "posted", &ref.posted) < 0 ||
	    read_text(r, j, "posted_gmt", &ref.posted_gmt) < 0 ||
	    read_text(r, j, "kind", &ref.kind) < 0 || read_text(r, j, "login", &ref.login) < 0 ||
	    jread_bool(j, "flat", &ref.flat, r->err) < 0 ||
	    jread_int(j, "pages", &ref.pages, r->err) < 0)
		return -1;
	if (threads_there(r, &before) < 0 ||
	    store_thread_put(r->s, &ref, key, format, r->now, &thread, r->err) < 0 ||
	    threads_there(r, &after) < 0 || store_thread_get(r->s, thread, &a, &row, r->err) < 0)
		goto out;
	/* A topic that was set here since then is the newer word. */
	if (!row.topic && topic && store_thread_set(r->s, thread, NULL, topic, r->err) < 0)
		goto out;
	if (put_staff(r, j, thread) < 0)
		goto out;
	r->threads =
		mem_grow(r->threads, &r->thread_size, r->thread_count + 1, sizeof(*r->threads));
	r->threads[r->thread_count++] = thread;
	status = count(r, after > before);
out:
	arena_release(&a);
	return status;
}

static int read_status(struct restore *r, const struct jread *j, enum comment_status *ret)
{
	const char *word;

	if (jread_need_string(j, "status", &word, r->err) < 0)
		return -1;
	for (int i = 0; i < COMMENT_STATUS_COUNT; i++)
		if (!strcmp(comment_status_word((enum comment_status)i), word)) {
			*ret = (enum comment_status)i;
			return 0;
		}
	return jread_fail(j, r->err, "unknown status \"%s\"", word);
}

static int read_account(struct restore *r, const struct jread *j, enum account *ret)
{
	const char *word;

	if (jread_need_string(j, "account", &word, r->err) < 0)
		return -1;
	for (int i = ACCOUNT_UNKNOWN; i <= ACCOUNT_USER; i++)
		if (!strcmp(store_account_word((enum account)i), word)) {
			*ret = (enum account)i;
			return 0;
		}
	return jread_fail(j, r->err, "unknown account \"%s\"", word);
}

static int read_comment(struct restore *r, const struct jread *j, struct comment *c)
{
	struct jread utc = jread_member(j, "utc");
	const char *known;

	if (read_status(r, j, &c->status) < 0 || read_account(r, j, &c->account) < 0 ||
	    jread_need_string(j, "parent_known", &known, r->err) < 0 ||
	    read_text(r, j, "comment", &c->id) < 0 || read_text(r, j, "author", &c->author) < 0 ||
	    read_text(r, j, "user_id", &c->user_id) < 0 ||
	    read_text(r, j, "parent", &c->parent) < 0 || read_text(r, j, "date", &c->date) < 0 ||
	    read_text(r, j, "url", &c->url) < 0 ||
	    jread_need_string(j, "text", &c->text, r->err) < 0 ||
	    jread_bool(j, "staff", &c->staff, r->err) < 0 ||
	    jread_bool(j, "tz_known", &c->tz_known, r->err) < 0)
		return -1;
	c->parent_known = store_parent_known(known);
	c->has_utc = utc.value && !json_is_null(utc.value);
	return c->has_utc ? read_number(r, j, "utc", &c->utc) : 0;
}

static int put_comment(struct restore *r, const struct jread *j)
{
	struct comment c = { 0 };
	uint64_t fingerprint;
	int64_t thread, row, forgotten;

	if (read_thread(r, j, &thread) < 0 || read_comment(r, j, &c) < 0 ||
	    read_hex(r, j, "fingerprint", &fingerprint) < 0 ||
	    read_number(r, j, "forgotten", &forgotten) < 0 ||
	    store_comment_find(r->s, thread, c.id, (int64_t)fingerprint, &row, r->err) < 0)
		return -1;
	count(r, !row);
	if (!row) {
		if (store_comment_add(r->s, r->import, thread, &c, (int64_t)fingerprint,
				      comment_hash(c.text), r->err) < 0)
			return -1;
		row = sqlite3_last_insert_rowid(r->s->db);
	}
	return forgotten ? store_forget_later(r->s, row, forgotten, r->err) : 0;
}

/* ---- items and the work on them ---- */

static int add_item(struct restore *r, int64_t thread, int64_t comment, int64_t *ret)
{
	sqlite3_stmt *st = store_stmt(r->s, SQL_SYNC_ADD, r->err);

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_int(st, ":comment", comment);
	store_bind_int(st, ":first", comment);
	if (store_run(r->s, st, r->err) < 0)
		return -1;
	*ret = sqlite3_last_insert_rowid(r->s->db);
	return store_search_new(r->s, *ret, r->err);
}

/* The item on a comment, or on the burst it is part of here. */
static int find_item(struct restore *r, int64_t comment, struct restored_item *item)
{
	sqlite3_stmt *st = store_stmt(r->s, SQL_RESTORE_ITEM_FIND, r->err);

	if (!st)
		return -1;
	store_bind_int(st, ":comment", comment);
	if (store_step(r->s, st, r->err) < 0)
		return -1;
	item->forgotten = store_int(st, 0);
	item->id = store_int(st, 1);
	store_end(st);
	return 0;
}

static int put_item(struct restore *r, const struct jread *j)
{
	struct restored_item item = { 0 };
	const char *native_id;
	uint64_t fingerprint;
	int64_t thread, row;

	if (read_thread(r, j, &thread) < 0 || read_text(r, j, "comment", &native_id) < 0 ||
	    read_hex(r, j, "fingerprint", &fingerprint) < 0 ||
	    jread_bool(j, "exported", &item.exported, r->err) < 0 ||
	    store_comment_find(r->s, thread, native_id, (int64_t)fingerprint, &row, r->err) < 0)
		return -1;
	if (!row)
		return jread_fail(j, r->err, "its comment is neither in the dump nor in the store");
	if (find_item(r, row, &item) < 0)
		return -1;
	if (item.forgotten)
		diag_add(r->diags, DIAG_SKIPPED, native_id ? native_id : "",
			 "its reader was forgotten here: texts about it stay out");
	count(r, !item.id);
	if (!item.id && add_item(r, thread, row, &item.id) < 0)
		return -1;
	r->items = mem_grow(r->items, &r->item_size, r->item_count + 1, sizeof(*r->items));
	r->items[r->item_count++] = item;
	return 0;
}

/* 1 when the statement, with its parameters bound, has a row. */
static int is_there(struct restore *r, sqlite3_stmt *st)
{
	int found = store_step(r->s, st, r->err);

	if (found > 0)
		store_end(st);
	return found;
}

static int number_taken(struct restore *r, int64_t item, int number)
{
	sqlite3_stmt *st = store_stmt(r->s, SQL_RESTORE_REVISION_TAKEN, r->err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":number", number);
	return is_there(r, st);
}

/* 1 with the number under which the revision stands here, 0 when it doesn't. */
static int find_revision(struct restore *r, int64_t item, const struct revision *rev, int *ret)
{
	sqlite3_stmt *st = store_stmt(r->s, SQL_RESTORE_REVISION_FIND, r->err);
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":text", rev->text);
	store_bind_text(st, ":actor", rev->actor);
	store_bind_int(st, ":at", rev->at);
	found = store_step(r->s, st, r->err);
	if (found > 0) {
		*ret = (int)store_int(st, 0);
		store_end(st);
	}
	return found;
}

static void renumber(struct restore *r, int64_t item, int from, int to)
{
	if (from == to)
		return;
	r->renumbered = mem_grow(r->renumbered, &r->renumbered_size, r->renumbered_count + 1,
				 sizeof(*r->renumbered));
	r->renumbered[r->renumbered_count++] =
		(struct renumbered){ .item = item, .from = from, .to = to };
}

/* The newest first: a record follows its item's revisions. */
static int number_here(const struct restore *r, int64_t item, int number)
{
	for (size_t i = r->renumbered_count; i-- > 0;)
		if (r->renumbered[i].item == item && r->renumbered[i].from == number)
			return r->renumbered[i].to;
	return number;
}

static int put_revision(struct restore *r, const struct jread *j)
{
	struct restored_item *item;
	struct revision rev = { 0 };
	uint64_t hash, basis;
	int64_t number;
	int taken, found;

	if (read_item(r, j, &item) < 0 || read_number(r, j, "revision", &number) < 0 ||
	    jread_need_string(j, "text", &rev.text, r->err) < 0 ||
	    jread_need_string(j, "actor", &rev.actor, r->err) < 0 ||
	    read_number(r, j, "at", &rev.at) < 0 || read_hex(r, j, "comment_hash", &hash) < 0 ||
	    read_hex(r, j, "basis", &basis) < 0)
		return -1;
	if (number < 1 || number > INT32_MAX)
		return jread_fail(j, r->err, "no such revision number");
	if (item->forgotten)
		return count(r, false);
	found = find_revision(r, item->id, &rev, &rev.number);
	if (found == 0) {
		rev.number = (int)number;
		taken = number_taken(r, item->id, rev.number);
		if (taken < 0 ||
		    (taken > 0 && store_revision_next(r->s, item->id, &rev.number, r->err) < 0) ||
		    store_revision_insert(r->s, item->id, &rev, hash, basis, r->err) < 0)
			return -1;
	}
	if (found < 0)
		return -1;
	renumber(r, item->id, (int)number, rev.number);
	return count(r, found == 0);
}

static int put_judged(struct restore *r, const struct jread *j)
{
	struct restored_item *item;
	int added;

	if (read_item(r, j, &item) < 0)
		return -1;
	added = item->forgotten ? 0 : store_judged_restore(r->s, j, item->id, r->err);
	return added < 0 ? -1 : count(r, added);
}

static int put_relabel(struct restore *r, const struct jread *j)
{
	struct restored_item *item;
	const char *label, *actor;
	sqlite3_stmt *st;
	int64_t at;
	int found;

	if (read_item(r, j, &item) < 0 || jread_need_string(j, "relabel", &label, r->err) < 0 ||
	    jread_need_string(j, "actor", &actor, r->err) < 0 || read_number(r, j, "at", &at) < 0)
		return -1;
	if (label[0] != '+' && label[0] != '-')
		return jread_fail(j, r->err, "a relabel begins with + or -");
	if (item->forgotten)
		return count(r, false);
	st = store_stmt(r->s, SQL_RESTORE_RELABEL_FIND, r->err);
	if (!st)
		return -1;
	store_bind_int(st, ":item", item->id);
	store_bind_text(st, ":sign", label[0] == '+' ? "+" : "-");
	store_bind_text(st, ":label", label + 1);
	store_bind_text(st, ":actor", actor);
	store_bind_int(st, ":at", at);
	found = is_there(r, st);
	if (found < 0 ||
	    (found == 0 && store_relabel_add(r->s, item->id, label, actor, at, r->err) < 0))
		return -1;
	return count(r, found == 0);
}

/* A forgotten one is known without its text. */
static int find_decision(struct restore *r, int64_t item, const struct decision *d, bool forgotten)
{
	sqlite3_stmt *st = store_stmt(r->s, SQL_RESTORE_DECISION_FIND, r->err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":kind", decision_kind_word(d->kind));
	store_bind_text(st, ":actor", d->actor);
	store_bind_int(st, ":at", d->at);
	store_bind_text(st, ":text", d->text);
	store_bind_int(st, ":forgotten", forgotten);
	return is_there(r, st);
}

static int read_decision(struct restore *r, const struct jread *j, struct decision *d,
			 bool *ret_forgotten)
{
	const char *kind;
	int64_t judged;

	if (jread_need_string(j, "decision", &kind, r->err) < 0 ||
	    read_number(r, j, "judged", &judged) < 0 || read_text(r, j, "text", &d->text) < 0 ||
	    read_hex(r, j, "comment_hash", &d->comment_hash) < 0 ||
	    read_hex(r, j, "basis", &d->basis) < 0 || read_text(r, j, "reason", &d->reason) < 0 ||
	    read_text(r, j, "note", &d->note) < 0 ||
	    jread_need_string(j, "actor", &d->actor, r->err) < 0 ||
	    read_number(r, j, "at", &d->at) < 0 ||
	    jread_bool(j, "forgotten", ret_forgotten, r->err) < 0)
		return -1;
	if (!store_decision_kind(kind, &d->kind))
		return jread_fail(j, r->err, "unknown decision \"%s\"", kind);
	if (d->kind == DECISION_APPROVED && !d->text && !*ret_forgotten)
		return jread_fail(j, r->err, "an approval without a text");
	d->revision = (int)judged;
	return 0;
}

static int put_decision(struct restore *r, const struct jread *j)
{
	struct restored_item *item;
	struct decision d = { 0 };
	bool forgotten = false;
	int found;

	if (read_item(r, j, &item) < 0 || read_decision(r, j, &d, &forgotten) < 0)
		return -1;
	if (item->forgotten) {
		forgotten = true;
		d.text = d.note = NULL;
	}
	found = find_decision(r, item->id, &d, forgotten);
	if (found < 0)
		return -1;
	d.revision = number_here(r, item->id, d.revision);
	if (found == 0 && store_decision_insert(r->s, item->id, &d, forgotten, r->err) < 0)
		return -1;
	return count(r, found == 0);
}

/* NULL in *ret where the dump doesn't tell; of a forgotten reader it is not kept. */
static int read_receipt_hash(struct restore *r, const struct jread *j, bool forgotten,
			     int64_t *value, const int64_t **ret)
{
	const char *text;
	uint64_t hash;

	*ret = NULL;
	if (read_text(r, j, "hash", &text) < 0)
		return -1;
	if (!text || forgotten)
		return 0;
	if (read_hex(r, j, "hash", &hash) < 0)
		return -1;
	*value = (int64_t)hash;
	*ret = value;
	return 0;
}

static int put_receipt(struct restore *r, const struct jread *j)
{
	struct restored_item *item;
	const int64_t *hash;
	int64_t value;
	struct receipt rec = { 0 };
	sqlite3_stmt *st;
	int found;

	if (read_item(r, j, &item) < 0 ||
	    jread_need_string(j, "receipt", &rec.target, r->err) < 0 ||
	    read_text(r, j, "native_id", &rec.native_id) < 0 ||
	    jread_need_string(j, "actor", &rec.actor, r->err) < 0 ||
	    read_number(r, j, "at", &rec.at) < 0 ||
	    read_receipt_hash(r, j, item->forgotten, &value, &hash) < 0)
		return -1;
	st = store_stmt(r->s, SQL_RESTORE_RECEIPT_FIND, r->err);
	if (!st)
		return -1;
	store_bind_int(st, ":item", item->id);
	store_bind_text(st, ":target", rec.target);
	store_bind_text(st, ":native_id", rec.native_id);
	store_bind_text(st, ":actor", rec.actor);
	store_bind_int(st, ":at", rec.at);
	found = is_there(r, st);
	if (found < 0 ||
	    (found == 0 && store_receipt_insert(r->s, item->id, &rec, hash, r->err) < 0))
		return -1;
	if (found == 0 && item->exported &&
	    store_run_int(r->s, SQL_RECEIPT_STANDS, ":item", item->id, r->err) < 0)
		return -1;
	return count(r, found == 0);
}

/* ---- filters ---- */

static int put_filter(struct restore *r, const struct jread *j)
{
	int64_t thread;
	int added;

	if (read_number(r, j, "thread", &thread) < 0 || (thread && read_thread(r, j, &thread) < 0))
		return -1;
	added = store_filter_restore(r->s, j, thread, r->err);
	return added < 0 ? -1 : count(r, added);
}

/* ---- the whole ---- */

/* A record is of the first kind in this order whose name it has: an item names
 * its thread and comment too. */
static const struct {
	const char *name;
	int (*put)(struct restore *r, const struct jread *j);
} kinds[] = {
	{ "filter", put_filter },   { "receipt", put_receipt },   { "decision", put_decision },
	{ "relabel", put_relabel }, { "revision", put_revision }, { "judged_draft", put_judged },
	{ "item", put_item },       { "comment", put_comment },   { "thread", put_thread },
};

static int begin(struct restore *r, const struct jread *j)
{
	int version = 0;

	if (jread_int(j, "dear", &version, r->err) < 0)
		return -1;
	if (!version)
		return jread_fail(j, r->err, "is no dump of dear: it begins {\"dear\": 1}");
	if (version > STORE_DUMP)
		return jread_fail(j, r->err, "was written by a newer dear: use that");
	r->begun = true;
	return 0;
}

static int put_record(struct restore *r, const struct jread *j)
{
	if (!json_is_object(j->value))
		return jread_fail(j, r->err, "expected an object");
	if (!r->begun)
		return begin(r, j);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (json_object_get(j->value, kinds[i].name))
			return kinds[i].put(r, j);
	return jread_fail(j, r->err, "a record of no known kind");
}

static int read_lines(struct restore *r, struct file *f)
{
	struct jstream *js = jstream_lines(f, r->err);
	struct jvalue line;
	int more = -1;

	while (js && (more = jstream_next(js, &line, r->err)) > 0) {
		json_t *value = jread_parse(line.text, line.len, file_name(f), line.line, ERR_INPUT,
					    r->err);
		struct jread j = jread_top(value, file_name(f), line.line, ERR_INPUT);
		int status = value ? put_record(r, &j) : -1;

		json_decref(value);
		if (status < 0) {
			err_at(r->err, file_name(f), line.line);
			more = -1;
			break;
		}
	}
	jstream_free(js);
	if (more == 0 && !r->begun)
		return err_set(r->err, ERR_INPUT, file_name(f), 0, "is empty");
	return more;
}

/* What stands for an item now, from all of its history. */
static int settle(struct restore *r, int64_t item)
{
	const char *status = NULL;
	sqlite3_stmt *st = store_stmt(r->s, SQL_ITEM_STATE, r->err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	/* Not there any more when it fell together with another of its burst. */
	if (store_step(r->s, st, r->err) <= 0)
		return r->err->code ? -1 : 0;
	status =
		triage_status(store_is_null(st, 2) ? TRIAGE_NONE : triage_parse(store_peek(st, 2)));
	store_end(st);
	st = store_stmt(r->s, SQL_RESTORE_SETTLE, r->err);
	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":status", status);
	if (store_run(r->s, st, r->err) < 0)
		return -1;
	return store_search_mark(r->s, item, r->err);
}

static int restore_all(struct restore *r, struct file *f)
{
	if (store_import_begin(r->s, r->now, &r->import, r->err) < 0 || read_lines(r, f) < 0)
		return -1;
	if (store_forget_now(r->s, r->now, r->err) < 0)
		return -1;
	for (size_t i = 0; i < r->item_count; i++)
		if (settle(r, r->items[i].id) < 0)
			return -1;
	for (size_t i = 0; i < r->thread_count; i++)
		if (store_relink(r->s, r->threads[i], r->err) < 0)
			return -1;
	return 0;
}

int store_restore(struct store *s, struct file *f, int64_t now, struct store_restored *ret,
		  struct diags *d, struct err *err)
{
	struct restore r = { .s = s, .diags = d, .err = err, .now = now };
	bool own;
	int status;

	if (store_enter(s, &own, err) < 0)
		return -1;
	status = store_leave(s, own, restore_all(&r, f), err);
	free(r.threads);
	free(r.items);
	free(r.renumbered);
	if (status < 0)
		return -1;
	*ret = r.counts;
	return 0;
}
