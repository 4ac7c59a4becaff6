/* cmd_filters.c - dear filters: the filters saved by `dear list --save`. */
#include "dear/arena.h"
#include "dear/err.h"

#include "cmd.h"

struct filters_args {
	const char *drop;
};

static const struct opt options[] = {
	{ "drop", OPT_TEXT, offsetof(struct filters_args, drop), "NAME", "forget this one" },
	{ 0 },
};

static int drop(struct app *app, const char *name, struct err *err)
{
	int dropped;

	store_free(app->store);
	app->store = NULL;
	if (app_open_store(app, STORE_WRITE, err) < 0)
		return -1;
	dropped = store_filter_drop(app->store, name, err);
	if (dropped == 0)
		return err_set(err, ERR_USAGE, NULL, 0, "no filter is called '%s'", name);
	return dropped < 0 ? -1 : 0;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct filters_args *a = args;
	struct store_saved *list = NULL;
	struct arena arena = { 0 };
	size_t count = 0;
	int status = a->drop ? drop(app, a->drop, err) : 0;

	if (status == 0)
		status = store_filters(app->store, &arena, &list, &count, err);
	if (status == 0)
		app->print->filters(&app->out, list, count);
	if (status == 0 && count == 0 && !app->json)
		app_say("no filter is saved; `dear list ... --save NAME` does");
	arena_release(&arena);
	return status;
}

const struct command cmd_filters = {
	.name = "filters",
	.words = "",
	.summary = "list saved filters, or drop one",
	.needs = CMD_STORE_READ,
	.options = options,
	.args_size = sizeof(struct filters_args),
	.run = run,
};
