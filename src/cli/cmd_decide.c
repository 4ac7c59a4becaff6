/* cmd_decide.c - what the commands that record a decision share: each ID in
 * turn, each outcome told, and the exit status that follows. The rules about
 * what may be decided are in review.
 */
#include "dear/arena.h"
#include "dear/err.h"
#include "dear/review.h"

#include "cmd.h"

struct review cmd_review(const struct app *app)
{
	return (struct review){ .store = app->store,
				.rules = app->rules,
				.responses = app->responses,
				.actor = app->actor,
				.now = app->now };
}

int cmd_no_item(int64_t item, struct err *err)
{
	return err_set(err, ERR_USAGE, NULL, 0, "there is no item %lld", (long long)item);
}

/* Exit status an outcome asks for. */
static int status_of(enum review_outcome outcome)
{
	switch (outcome) {
	case REVIEW_DONE:
	case REVIEW_NOTHING:
		return 0;
	case REVIEW_NO_ITEM:
		return 2;
	case REVIEW_NO_REPLY_TEXT:
	case REVIEW_CONFLICT:
	case REVIEW_BLOCKED:
	case REVIEW_NOT_NOW:
	case REVIEW_EXPORTED:
		return 1;
	}
	return 1;
}

int cmd_outcome(struct app *app, int64_t item, const struct review_result *result)
{
	struct err err = { 0 };
	int status = status_of(result->outcome);

	if (result->outcome == REVIEW_NO_ITEM && !app->json) {
		cmd_no_item(item, &err);
		app_complain(&err);
		return status;
	}
	app->print->outcome(&app->out, item, result);
	return status;
}

/* A mistyped ID stops all before anything is decided. */
static int all_there(const struct app *app, struct arena *a, struct err *err)
{
	for (size_t i = 0; i < app->id_count; i++) {
		struct item it;
		int found = store_item_get(app->store, app->ids[i], a, &it, err);

		if (found <= 0)
			return found < 0 ? -1 : cmd_no_item(app->ids[i], err);
		arena_clear(a);
	}
	return 0;
}

int cmd_decide(struct app *app, cmd_decision *decide, void *args, struct err *err)
{
	struct review review = cmd_review(app);
	struct arena arena = { 0 };
	int worst = all_there(app, &arena, err);

	for (size_t i = 0; worst >= 0 && i < app->id_count; i++) {
		struct review_result result = { 0 };
		int status;

		if (decide(&review, app->ids[i], args, &arena, &result, &app->diags, err) < 0) {
			worst = -1;
			break;
		}
		status = cmd_outcome(app, app->ids[i], &result);
		if (status > worst)
			worst = status;
		arena_clear(&arena);
	}
	arena_release(&arena);
	return worst;
}
