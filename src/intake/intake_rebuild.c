/* intake_rebuild.c - the intake's work once more on what is in the store, after
 * rules or responses changed. An editor's text or decision is never altered.
 */
#include "dear/arena.h"
#include "dear/diag.h"
#include "dear/store.h"

#include "intake_internal.h"

static int rebuild_all(struct store *s, const struct rules *rules,
		       const struct responses *responses, struct intake_changes *ret,
		       struct diags *d, struct err *err)
{
	struct arena a = { 0 };
	int64_t *threads = NULL;
	size_t count = 0;
	int status = store_threads(s, &a, &threads, &count, err);

	for (size_t i = 0; status == 0 && i < count; i++)
		status = intake_draft_thread(s, rules, responses, threads[i], INTAKE_ALL, ret, d,
					     err);
	arena_release(&a);
	return status;
}

int intake_rebuild(struct store *s, const struct rules *rules, const struct responses *responses,
		   struct intake_changes *ret, struct diags *d, struct err *err)
{
	struct intake_changes changes = { 0 };

	if (store_begin(s, err) < 0)
		return -1;
	if (store_derived_clear(s, err) < 0 ||
	    rebuild_all(s, rules, responses, &changes, d, err) < 0 || store_commit(s, err) < 0) {
		store_rollback(s);
		return -1;
	}
	*ret = changes;
	return 0;
}

/* A rejected item is open again before it gets another wording. */
static int reopen(struct store *s, int64_t item, int64_t now, struct err *err)
{
	const struct decision d = {
		.kind = DECISION_REOPENED, .reason = DECISION_REDRAFT, .actor = "dear", .at = now
	};
	struct arena a = { 0 };
	struct item it = { 0 };
	int found = store_item_get(s, item, &a, &it, err);

	if (found > 0 && it.status == ITEM_REJECTED)
		found = store_decision_add(s, item, &d, err);
	arena_release(&a);
	return found < 0 ? -1 : 0;
}

int intake_redraft(struct store *s, const struct rules *rules, const struct responses *responses,
		   const int64_t *ids, size_t count, int64_t now, struct intake_changes *ret,
		   struct diags *d, struct err *err)
{
	struct intake_changes changes = { 0 };
	int status = 0;

	if (store_begin(s, err) < 0)
		return -1;
	if (!ids)
		status = rebuild_all(s, rules, responses, &changes, d, err);
	for (size_t i = 0; ids && status == 0 && i < count; i++) {
		status = reopen(s, ids[i], now, err);
		if (status == 0)
			status = intake_draft_item(s, rules, responses, ids[i], &changes, d, err);
	}
	if (status < 0 || store_commit(s, err) < 0) {
		store_rollback(s);
		return -1;
	}
	*ret = changes;
	return 0;
}
