/* store_work.c - the editor's work on an item: revisions, decisions, relabels,
 * receipts. Everything is added to, nothing is changed; the item's own columns
 * say what stands. When something may be decided is the review's business.
 */
#include "store_internal.h"

#include <assert.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"

static const char *const kind_words[] = {
#define X(id, word) [id] = word,
	DECISION_KINDS(X)
#undef X
};

const char *decision_kind_word(enum decision_kind k)
{
	return kind_words[k];
}

bool store_decision_kind(const char *word, enum decision_kind *ret)
{
	for (size_t i = 0; i < sizeof(kind_words) / sizeof(*kind_words); i++)
		if (!strcmp(kind_words[i], word)) {
			*ret = (enum decision_kind)i;
			return true;
		}
	return false;
}

/* The item as it stands, for what is recorded with every piece of work. */
struct state {
	uint64_t hash, basis;
	enum triage triage;
};

static int get_state(struct store *s, int64_t item, struct state *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ITEM_STATE, err);
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	found = store_step(s, st, err);
	if (found == 0)
		return err_set(err, ERR_STORE, s->path, 0, "there is no item %lld",
			       (long long)item);
	if (found < 0)
		return -1;
	ret->hash = (uint64_t)store_int(st, 0);
	ret->basis = (uint64_t)store_int(st, 1);
	ret->triage = store_is_null(st, 2) ? TRIAGE_NONE : triage_parse(store_peek(st, 2));
	store_end(st);
	return 0;
}

/* ---- decisions ---- */

int store_decision_insert(struct store *s, int64_t item, const struct decision *d, bool forgotten,
			  struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_DECISION_ADD, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":kind", decision_kind_word(d->kind));
	store_bind_int(st, ":revision", d->revision);
	store_bind_text(st, ":text", d->text);
	store_bind_int(st, ":hash", (int64_t)d->comment_hash);
	store_bind_int(st, ":basis", (int64_t)d->basis);
	store_bind_text(st, ":reason", d->reason);
	store_bind_text(st, ":note", d->note);
	store_bind_text(st, ":actor", d->actor);
	store_bind_int(st, ":at", d->at);
	store_bind_int(st, ":forgotten", forgotten);
	return store_run(s, st, err);
}

/* decision 0: none stands. */
static int stand(struct store *s, int64_t item, int64_t decision, const char *status,
		 const struct decision *d, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_DECISION_STANDS, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	if (decision)
		store_bind_int(st, ":decision", decision);
	store_bind_text(st, ":status", status);
	store_bind_int(st, ":hash", (int64_t)d->comment_hash);
	store_bind_int(st, ":basis", (int64_t)d->basis);
	return store_run(s, st, err);
}

static int add_decision(struct store *s, int64_t item, struct decision d, struct err *err)
{
	struct state now;
	int64_t id;

	if (get_state(s, item, &now, err) < 0)
		return -1;
	/* What is open again starts from what is there: nothing of it is stale. */
	if (d.kind == DECISION_REOPENED) {
		d.comment_hash = now.hash;
		d.basis = now.basis;
	}
	/* Before the next draft takes its place. */
	if (d.kind != DECISION_REOPENED &&
	    store_run_int(s, SQL_JUDGED_KEEP, ":item", item, err) < 0)
		return -1;
	if (store_decision_insert(s, item, &d, false, err) < 0)
		return -1;
	id = sqlite3_last_insert_rowid(s->db);
	switch (d.kind) {
	case DECISION_APPROVED:
	case DECISION_REJECTED:
	case DECISION_DISMISSED:
		if (stand(s, item, id, decision_kind_word(d.kind), &d, err) < 0)
			return -1;
		break;
	case DECISION_REOPENED:
		if (stand(s, item, 0, triage_status(now.triage), &d, err) < 0)
			return -1;
		if (d.reason && !strcmp(d.reason, DECISION_REDRAFT) &&
		    store_run_int(s, SQL_REVISION_GIVE_UP, ":item", item, err) < 0)
			return -1;
		break;
	case DECISION_RETRACTED:
		return store_run_int(s, SQL_DECISION_RETRACTS, ":item", item, err);
	}
	return store_search_mark(s, item, err);
}

int store_decision_add(struct store *s, int64_t item, const struct decision *d, struct err *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	return store_leave(s, own, add_decision(s, item, *d, err), err);
}

/* Copies the rows that read() makes of a statement about an item. */
static int list(struct store *s, enum sql sql, int64_t item, struct arena *a,
		void (*read)(sqlite3_stmt *st, struct arena *a, void *row), size_t size, void **ret,
		size_t *ret_count, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, sql, err);
	struct buf rows = BUF_INIT;
	char row[sizeof(struct decision)];
	int more;

	assert(size <= sizeof(row));
	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	while ((more = store_step(s, st, err)) > 0) {
		read(st, a, row);
		buf_add(&rows, row, size);
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&rows), rows.len);
		*ret_count = rows.len / size;
	}
	buf_release(&rows);
	return more;
}

static void read_decision(sqlite3_stmt *st, struct arena *a, void *row)
{
	struct decision d = { .id = store_int(st, 0),
			      .revision = (int)store_int(st, 2),
			      .text = store_text(st, 3, a),
			      .comment_hash = (uint64_t)store_int(st, 4),
			      .basis = (uint64_t)store_int(st, 5),
			      .reason = store_text(st, 6, a),
			      .note = store_text(st, 7, a),
			      .actor = store_text(st, 8, a),
			      .at = store_int(st, 9) };

	store_decision_kind(store_peek(st, 1), &d.kind);
	memcpy(row, &d, sizeof(d));
}

int store_decisions(struct store *s, int64_t item, struct arena *a, struct decision **ret,
		    size_t *ret_count, struct err *err)
{
	void *rows;

	if (list(s, SQL_DECISIONS, item, a, read_decision, sizeof(**ret), &rows, ret_count, err) <
	    0)
		return -1;
	*ret = rows;
	return 0;
}

/* ---- revisions ---- */

int store_revision_insert(struct store *s, int64_t item, const struct revision *r,
			  uint64_t comment_hash, uint64_t basis, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_REVISION_ADD, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":number", r->number);
	store_bind_text(st, ":text", r->text);
	store_bind_text(st, ":actor", r->actor);
	store_bind_int(st, ":at", r->at);
	store_bind_int(st, ":hash", (int64_t)comment_hash);
	store_bind_int(st, ":basis", (int64_t)basis);
	return store_run(s, st, err);
}

int store_revision_next(struct store *s, int64_t item, int *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_REVISION_NEXT, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	if (store_step(s, st, err) < 0)
		return -1;
	*ret = (int)store_int(st, 0);
	store_end(st);
	return 0;
}

static int add_revision(struct store *s, int64_t item, struct revision *r, struct err *err)
{
	struct state now;
	sqlite3_stmt *st;

	if (get_state(s, item, &now, err) < 0 ||
	    store_run_int(s, SQL_JUDGED_KEEP, ":item", item, err) < 0 ||
	    store_revision_next(s, item, &r->number, err) < 0 ||
	    store_revision_insert(s, item, r, now.hash, now.basis, err) < 0)
		return -1;
	st = store_stmt(s, SQL_REVISION_STANDS, err);
	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":number", r->number);
	store_bind_int(st, ":hash", (int64_t)now.hash);
	store_bind_int(st, ":basis", (int64_t)now.basis);
	if (store_run(s, st, err) < 0)
		return -1;
	return store_search_mark(s, item, err);
}

int store_revision_add(struct store *s, int64_t item, const char *text, const char *actor,
		       int64_t at, int *ret_number, struct err *err)
{
	struct revision r = { .text = text, .actor = actor, .at = at };
	bool own;

	if (store_enter(s, &own, err) < 0 ||
	    store_leave(s, own, add_revision(s, item, &r, err), err) < 0)
		return -1;
	*ret_number = r.number;
	return 0;
}

static void read_revision(sqlite3_stmt *st, struct arena *a, void *row)
{
	const struct revision r = { .number = (int)store_int(st, 0),
				    .text = store_text(st, 1, a),
				    .actor = store_text(st, 2, a),
				    .at = store_int(st, 3) };

	memcpy(row, &r, sizeof(r));
}

int store_revisions(struct store *s, int64_t item, struct arena *a, struct revision **ret,
		    size_t *ret_count, struct err *err)
{
	void *rows;

	if (list(s, SQL_REVISIONS, item, a, read_revision, sizeof(**ret), &rows, ret_count, err) <
	    0)
		return -1;
	*ret = rows;
	return 0;
}

static void read_text(sqlite3_stmt *st, struct arena *a, void *row)
{
	const char *text = store_text(st, 0, a);

	memcpy(row, &text, sizeof(text));
}

/* The same, ended by NULL. */
static int list_texts(struct store *s, enum sql sql, int64_t item, struct arena *a,
		      const char *const **ret, struct err *err)
{
	const char **texts;
	void *rows;
	size_t count;

	if (list(s, sql, item, a, read_text, sizeof(*texts), &rows, &count, err) < 0)
		return -1;
	texts = arena_alloc(a, (count + 1) * sizeof(*texts));
	memcpy(texts, rows, count * sizeof(*texts));
	*ret = texts;
	return 0;
}

int store_rejected_texts(struct store *s, int64_t item, struct arena *a, const char *const **ret,
			 struct err *err)
{
	return list_texts(s, SQL_REJECTED, item, a, ret, err);
}

/* ---- relabels ---- */

int store_relabel_insert(struct store *s, int64_t item, const char *label, const char *actor,
			 int64_t at, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_RELABEL_ADD, err);

	assert(label[0] == '+' || label[0] == '-');
	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":sign", label[0] == '+' ? "+" : "-");
	store_bind_text(st, ":label", label + 1);
	store_bind_text(st, ":actor", actor);
	store_bind_int(st, ":at", at);
	return store_run(s, st, err);
}

int store_relabel_add(struct store *s, int64_t item, const char *label, const char *actor,
		      int64_t at, struct err *err)
{
	int status = -1;
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	if (store_relabel_insert(s, item, label, actor, at, err) == 0)
		status = store_run_int(s, SQL_RELABEL_TURN, ":item", item, err);
	return store_leave(s, own, status, err);
}

int store_relabels(struct store *s, int64_t item, struct arena *a, const char *const **ret,
		   struct err *err)
{
	return list_texts(s, SQL_RELABELS, item, a, ret, err);
}

static void read_relabel(sqlite3_stmt *st, struct arena *a, void *row)
{
	const struct relabel r = { .label = store_text(st, 0, a),
				   .actor = store_text(st, 1, a),
				   .at = store_int(st, 2) };

	memcpy(row, &r, sizeof(r));
}

int store_relabel_log(struct store *s, int64_t item, struct arena *a, struct relabel **ret,
		      size_t *ret_count, struct err *err)
{
	void *rows;

	if (list(s, SQL_RELABEL_LOG, item, a, read_relabel, sizeof(**ret), &rows, ret_count, err) <
	    0)
		return -1;
	*ret = rows;
	return 0;
}

/* ---- receipts ---- */

int store_receipt_insert(struct store *s, int64_t item, const struct receipt *r,
			 const int64_t *hash, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_RECEIPT_ADD, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":target", r->target);
	store_bind_text(st, ":native_id", r->native_id);
	store_bind_text(st, ":actor", r->actor);
	store_bind_int(st, ":at", r->at);
	if (hash)
		store_bind_int(st, ":hash", *hash);
	return store_run(s, st, err);
}

/* Of the reply as it stands; 0 when there is none. */
static int reply_hash(struct store *s, int64_t item, int64_t *ret, struct err *err)
{
	struct arena a = { 0 };
	struct item it;
	int found = store_item_get(s, item, &a, &it, err);

	if (found > 0 && it.reply)
		*ret = (int64_t)comment_hash(it.reply);
	found = found > 0 && !it.reply ? 0 : found;
	arena_release(&a);
	return found;
}

int store_receipt_add(struct store *s, int64_t item, const struct receipt *r, struct err *err)
{
	int64_t hash;
	int status = -1, found;
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	found = reply_hash(s, item, &hash, err);
	if (found >= 0 && store_receipt_insert(s, item, r, found ? &hash : NULL, err) == 0 &&
	    store_claim_drop(s, item, err) == 0)
		status = store_run_int(s, SQL_RECEIPT_STANDS, ":item", item, err);
	return store_leave(s, own, status, err);
}

static void read_receipt(sqlite3_stmt *st, struct arena *a, void *row)
{
	const struct receipt r = { .target = store_text(st, 0, a),
				   .native_id = store_text(st, 1, a),
				   .actor = store_text(st, 2, a),
				   .at = store_int(st, 3) };

	memcpy(row, &r, sizeof(r));
}

int store_receipts(struct store *s, int64_t item, struct arena *a, struct receipt **ret,
		   size_t *ret_count, struct err *err)
{
	void *rows;

	if (list(s, SQL_RECEIPTS, item, a, read_receipt, sizeof(**ret), &rows, ret_count, err) < 0)
		return -1;
	*ret = rows;
	return 0;
}

/* ---- claims ---- */

int store_claim_put(struct store *s, int64_t item, int64_t until, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_CLAIM_PUT, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":until", until);
	return store_run(s, st, err);
}

int store_claim_get(struct store *s, int64_t item, int64_t *ret_until, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_CLAIM_GET, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	return store_get_int(s, st, ret_until, err);
}

int store_claim_drop(struct store *s, int64_t item, struct err *err)
{
	return store_run_int(s, SQL_CLAIM_DROP, ":item", item, err);
}
