/* store_filter.c - filters that an editor gave a name. What their words mean is
 * store_item.c's business, whether they mean anything the review's.
 */
#include "store_internal.h"

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/jread.h"

static void bind_saved(sqlite3_stmt *st, const struct store_saved *f)
{
	store_bind_text(st, ":name", f->name);
	store_bind_text(st, ":status", f->filter.status);
	store_bind_text(st, ":flag", f->filter.flag);
	store_bind_text(st, ":reason", f->filter.reason);
	store_bind_text(st, ":situation", f->filter.situation);
	store_bind_int(st, ":band", f->filter.band);
	store_bind_text(st, ":topic", f->filter.topic);
	store_bind_text(st, ":author", f->filter.author);
	store_bind_text(st, ":search", f->filter.search);
	store_bind_int(st, ":thread", f->filter.thread);
	if (f->filter.since != INT64_MIN)
		store_bind_int(st, ":since", f->filter.since);
	store_bind_text(st, ":actor", f->actor);
	store_bind_int(st, ":at", f->at);
}

int store_filter_put(struct store *s, const struct store_saved *f, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FILTER_PUT, err);

	if (!st)
		return -1;
	bind_saved(st, f);
	return store_run(s, st, err);
}

static struct store_saved read_saved(sqlite3_stmt *st, struct arena *a)
{
	return (struct store_saved){
		.name = store_text(st, 0, a),
		.filter = { .status = store_text(st, 1, a),
			    .flag = store_text(st, 2, a),
			    .reason = store_text(st, 3, a),
			    .situation = store_text(st, 4, a),
			    .band = (enum band)store_int(st, 5),
			    .topic = store_text(st, 6, a),
			    .author = store_text(st, 7, a),
			    .search = store_text(st, 8, a),
			    .thread = store_int(st, 9),
			    .since = store_is_null(st, 10) ? INT64_MIN : store_int(st, 10) },
		.actor = store_text(st, 11, a),
		.at = store_int(st, 12),
	};
}

int store_filter_get(struct store *s, const char *name, struct arena *a, struct store_saved *ret,
		     struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FILTER_GET, err);
	int found;

	if (!st)
		return -1;
	store_bind_text(st, ":name", name);
	found = store_step(s, st, err);
	if (found > 0) {
		*ret = read_saved(st, a);
		store_end(st);
	}
	return found;
}

int store_filter_drop(struct store *s, const char *name, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FILTER_DROP, err);

	if (!st)
		return -1;
	store_bind_text(st, ":name", name);
	if (store_run(s, st, err) < 0)
		return -1;
	return sqlite3_changes(s->db) > 0;
}

int store_filters(struct store *s, struct arena *a, struct store_saved **ret, size_t *ret_count,
		  struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_FILTERS, err);
	struct buf rows = BUF_INIT;
	int more;

	if (!st)
		return -1;
	while ((more = store_step(s, st, err)) > 0) {
		const struct store_saved row = read_saved(st, a);

		buf_add(&rows, &row, sizeof(row));
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&rows), rows.len);
		*ret_count = rows.len / sizeof(**ret);
	}
	buf_release(&rows);
	return more;
}

static int read_record(const struct jread *j, struct store_saved *f, struct err *err)
{
	struct jread since = jread_member(j, "since"), at = jread_member(j, "at");
	struct store_filter *c = &f->filter;
	const char *band = "";

	if (jread_need_string(j, "filter", &f->name, err) < 0 ||
	    jread_string(j, "status", &c->status, err) < 0 ||
	    jread_string(j, "flag", &c->flag, err) < 0 ||
	    jread_string(j, "reason", &c->reason, err) < 0 ||
	    jread_string(j, "situation", &c->situation, err) < 0 ||
	    jread_string(j, "band", &band, err) < 0 ||
	    jread_string(j, "topic", &c->topic, err) < 0 ||
	    jread_string(j, "author", &c->author, err) < 0 ||
	    jread_string(j, "search", &c->search, err) < 0 ||
	    jread_need_string(j, "actor", &f->actor, err) < 0)
		return -1;
	c->band = band_parse(band);
	c->since = json_is_integer(since.value) ? json_integer_value(since.value) : INT64_MIN;
	if (!json_is_integer(at.value))
		return jread_fail(&at, err, "expected a whole number");
	f->at = json_integer_value(at.value);
	return 0;
}

int store_filter_restore(struct store *s, const struct jread *j, int64_t thread, struct err *err)
{
	struct store_saved f = { .filter = { .thread = thread } }, there;
	struct arena a = { 0 };
	int status = read_record(j, &f, err);

	if (status == 0)
		status = store_filter_get(s, f.name, &a, &there, err);
	if (status == 0)
		status = store_filter_put(s, &f, err) < 0 ? -1 : 1;
	else if (status > 0)
		status = 0;
	arena_release(&a);
	return status;
}
