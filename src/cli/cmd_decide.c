/* cmd_decide.c - what the commands that record a decision share: each ID in
 * turn, each outcome told, and the exit status that follows. The rules about
 * what may be decided are in review.
 */
#include "dear/arena.h"
#include "dear/err.h"
#include "dear/review.h"

#include "cmd.h"

struct review app_review(const struct app *app)
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

int cmd_all_there(const struct app *app, struct err *err)
{
	struct arena arena = { 0 };
	int found = 1;

	for (size_t i = 0; found > 0 && i < app->id_count; i++) {
		struct item it;

		found = store_item_get(app->store, app->ids[i], &arena, &it, err);
		if (found == 0)
			cmd_no_item(app->ids[i], err);
		arena_clear(&arena);
	}
	arena_release(&arena);
	return found > 0 ? 0 : -1;
}

int cmd_decide_one(struct app *app, int64_t item, cmd_decision *decide, void *args, struct err *err)
{
	struct review review = app_review(app);
	struct review_result result = { 0 };
	struct arena arena = { 0 };
	int status = decide(&review, item, args, &arena, &result, &app->diags, err);

	if (status == 0)
		status = cmd_outcome(app, item, &result);
	arena_release(&arena);
	return status;
}

int cmd_decide(struct app *app, cmd_decision *decide, void *args, struct err *err)
{
	int worst = cmd_all_there(app, err);

	for (size_t i = 0; worst >= 0 && i < app->id_count; i++) {
		int status = cmd_decide_one(app, app->ids[i], decide, args, err);

		worst = status < 0 || status > worst ? status : worst;
	}
	return worst;
}
