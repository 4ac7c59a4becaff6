/* cmd_rebuild.c - dear rebuild: everything that can be derived is made again;
 * what an editor wrote or decided is not touched.
 */
#include "dear/err.h"
#include "dear/intake.h"

#include "cmd.h"

void cmd_changes(struct app *app, const struct intake_changes *n)
{
	const struct figure figures[] = {
		{ "items", n->items, "item", "items" },
		{ "reclassified", n->reclassified, "classified", "classified" },
		{ "redrafted", n->redrafted, "drafted anew", "drafted anew" },
		{ "kept_edits", n->kept_edits, "edit kept", "edits kept" },
		{ "kept_decisions", n->kept_decisions, "decision kept", "decisions kept" },
		{ "stale", n->stale, "now stale", "now stale" },
		{ 0 },
	};

	app->print->figures(&app->out, figures);
}

static int run(struct app *app, void *args, struct err *err)
{
	struct intake_changes n = { 0 };

	(void)args;
	if (intake_rebuild(app->store, app->rules, app->responses, &n, &app->diags, err) < 0)
		return -1;
	cmd_changes(app, &n);
	return n.stale ? 1 : 0;
}

const struct command cmd_rebuild = {
	.name = "rebuild",
	.words = "",
	.summary = "make situations and drafts again after rules or responses changed",
	.needs = CMD_RULES | CMD_RESPONSES | CMD_STORE_WRITE,
	.run = run,
};
