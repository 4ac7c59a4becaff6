/* store_stats.c - the rows that statistics are made of, and the judged drafts of a
 * dump. What is counted together is stats' business.
 */
#include "store_internal.h"

#include <string.h>

#include "dear/jread.h"

static int64_t time_of(sqlite3_stmt *st, int column)
{
	return store_is_null(st, column) ? INT64_MIN : store_int(st, column);
}

int store_cases(struct store *s, int (*one)(void *ctx, const struct store_case *c), void *ctx,
		struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_CASES, err);
	int more;

	if (!st)
		return -1;
	while ((more = store_step(s, st, err)) > 0) {
		const struct store_case c = {
			.item = store_int(st, 0),
			.came = time_of(st, 1),
			.here = time_of(st, 2),
			.answered = time_of(st, 3),
			.first_decided = time_of(st, 4),
			.decided = time_of(st, 5),
			.status = item_status_parse(store_peek(st, 6)),
			.reason = store_is_null(st, 7) ? TRIAGE_NONE
						       : triage_parse(store_peek(st, 7)),
			.drafted = store_int(st, 8) != 0,
			.labels = store_peek(st, 9),
		};

		if (one(ctx, &c)) {
			store_end(st);
			return 0;
		}
	}
	return more;
}

int store_verdicts(struct store *s, int (*one)(void *ctx, const struct store_verdict *v), void *ctx,
		   struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_VERDICTS, err);
	int more;

	if (!st)
		return -1;
	while ((more = store_step(s, st, err)) > 0) {
		struct store_verdict v = {
			.item = store_int(st, 0),
			.at = store_int(st, 1),
			.own = store_int(st, 3) != 0,
			.reason = store_peek(st, 4),
			.text = store_peek(st, 5),
			.draft = store_peek(st, 6),
			.responses = store_peek(st, 7),
			.lengths = store_peek(st, 8),
			.labels = store_peek(st, 9),
		};

		store_decision_kind(store_peek(st, 2), &v.kind);
		if (one(ctx, &v)) {
			store_end(st);
			return 0;
		}
	}
	return more;
}

int store_uses(struct store *s, int (*one)(void *ctx, const char *responses), void *ctx,
	       struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_USES, err);
	int more;

	if (!st)
		return -1;
	while ((more = store_step(s, st, err)) > 0)
		if (one(ctx, store_peek(st, 0))) {
			store_end(st);
			return 0;
		}
	return more;
}

/* A number that a judged draft has here already is another one's: that stays. */
int store_judged_restore(struct store *s, const struct jread *j, int64_t item, struct err *err)
{
	const char *responses, *lengths = NULL, *text;
	sqlite3_stmt *st;
	int number = 0;

	if (jread_int(j, "judged_draft", &number, err) < 0 ||
	    jread_need_string(j, "responses", &responses, err) < 0 ||
	    jread_string(j, "lengths", &lengths, err) < 0 ||
	    jread_need_string(j, "text", &text, err) < 0)
		return -1;
	if (number < 1)
		return jread_fail(j, err, "no such revision number");
	st = store_stmt(s, SQL_JUDGED_ADD, err);
	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_int(st, ":number", number);
	store_bind_text(st, ":responses", responses);
	store_bind_text(st, ":lengths", lengths);
	store_bind_text(st, ":text", text);
	return store_run(s, st, err) < 0 ? -1 : sqlite3_changes(s->db) > 0;
}
