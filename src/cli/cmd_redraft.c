/* cmd_redraft.c - dear redraft: another wording for some items, or new drafts
 * wherever rules or responses changed. Decisions and edits stand.
 */
#include "dear/err.h"
#include "dear/intake.h"

#include "cmd.h"

static int run(struct app *app, void *args, struct err *err)
{
	struct intake_changes n = { 0 };

	(void)args;
	if (intake_redraft(app->store, app->rules, app->responses, app->ids, app->id_count,
			   app->now, &n, &app->diags, err) < 0)
		return -1;
	cmd_changes(app, &n);
	return n.stale ? 1 : 0;
}

const struct command cmd_redraft = {
	.name = "redraft",
	.words = "[ID...]",
	.summary = "draft anew: a rejected wording, or all after a change",
	.needs = CMD_RULES | CMD_RESPONSES | CMD_STORE_WRITE | CMD_IDS,
	.max_words = CMD_MANY,
	.run = run,
};
