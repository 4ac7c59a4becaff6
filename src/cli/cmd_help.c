/* cmd_help.c - dear help [COMMAND]. */
#include "dear/err.h"

#include "cmd.h"

static int check(struct app *app, void *args, struct err *err)
{
	(void)args;
	if (app->words.count && !cmd_find(app->words.items[0]))
		return err_set(err, ERR_USAGE, NULL, 0, "there is no command '%s'",
			       app->words.items[0]);
	return 0;
}

static int run(struct app *app, void *args, struct err *err)
{
	(void)args;
	(void)err;
	if (app->words.count)
		cmd_usage(cmd_find(app->words.items[0]), app->out.file);
	else
		cmd_overview(app->out.file);
	return 0;
}

const struct command cmd_help = {
	.name = "help",
	.words = "[COMMAND]",
	.summary = "list the commands, or the options of one",
	.max_words = 1,
	.check = check,
	.run = run,
};
