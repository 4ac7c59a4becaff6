/* cmd_restore.c - dear restore: a dump back into a store, new or not, and what
 * a dump does not hold (situations, dear's own drafts) made again.
 */
#include "dear/err.h"
#include "dear/file.h"
#include "dear/intake.h"

#include "cmd.h"

static int restore(struct app *app, struct store_restored *ret, struct err *err)
{
	struct file *f = file_open(app->words.items[0], err);
	int status;

	if (!f)
		return -1;
	status = store_restore(app->store, f, app->now, ret, &app->diags, err);
	if (status < 0)
		err_at(err, file_name(f), 0);
	file_free(f);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	struct store_restored restored = { 0 };
	struct intake_changes changes = { 0 };

	(void)args;
	if (restore(app, &restored, err) < 0 ||
	    intake_redraft(app->store, app->rules, app->responses, NULL, 0, app->now, &changes,
			   &app->diags, err) < 0)
		return -1;
	const struct figure figures[] = {
		{ "added", restored.added, "record restored", "records restored" },
		{ "present", restored.present, "there already", "there already" },
		{ "redrafted", changes.redrafted, "drafted anew", "drafted anew" },
		{ 0 },
	};
	app->print->figures(&app->out, figures);
	return 0;
}

const struct command cmd_restore = {
	.name = "restore",
	.words = "FILE|-",
	.summary = "read a dump into the store",
	.needs = CMD_RULES | CMD_RESPONSES | CMD_STORE_CREATE,
	.min_words = 1,
	.max_words = 1,
	.run = run,
};
