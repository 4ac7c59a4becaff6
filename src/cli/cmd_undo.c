/* cmd_undo.c - dear undo: one step back, of the items named or of what this
 * editor did last.
 */
#include "dear/arena.h"
#include "dear/review.h"

#include "cmd.h"

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	int64_t undone;

	(void)args;
	return review_undo(r, item, NULL, a, &undone, ret, d, err);
}

static int undo_last(struct app *app, struct err *err)
{
	const struct review review = app_review(app);
	struct review_result result = { 0 };
	struct arena arena = { 0 };
	int64_t item = 0;
	int status = review_undo(&review, 0, NULL, &arena, &item, &result, &app->diags, err);

	if (status == 0 && item)
		status = cmd_outcome(app, item, &result);
	else if (status == 0)
		app_say("%s", result.text);
	arena_release(&arena);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	return app->id_count ? cmd_decide(app, decide, args, err) : undo_last(app, err);
}

const struct command cmd_undo = {
	.name = "undo",
	.words = "[ID...]",
	.summary = "take one step back: your last decision or edit, or an item's",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.max_words = CMD_MANY,
	.run = run,
};
