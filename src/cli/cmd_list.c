/* cmd_list.c - dear list: the queue, filtered. For people it shows what is
 * still to decide; for programs (--json) everything that was not filtered out.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/err.h"
#include "dear/review.h"
#include "dear/situation.h"

#include "cmd.h"
#include "cmd_filter.h"

struct list_args {
	struct filter_args filter;
	const char *save;
	int64_t limit;
};

#define AT(field) offsetof(struct list_args, field)
static const struct opt options[] = {
	FILTER_OPTIONS(list_args, filter),
	{ "save", OPT_TEXT, AT(save), "NAME", "keep all this under a name, for --filter" },
	{ "limit", OPT_NUMBER, AT(limit), "N", "at most so many" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct list_args *a = args;

	(void)app;
	return filter_check(&a->filter, err);
}

/* Reading needs no right to write; keeping a filter does. */
static int save(struct app *app, const char *name, const struct store_filter *filter,
		struct err *err)
{
	struct review review;

	store_free(app->store);
	app->store = NULL;
	if (app_open_store(app, STORE_WRITE, err) < 0)
		return -1;
	review = app_review(app);
	return review_filter_save(&review, name, filter, err);
}

struct listing {
	struct app *app;
	struct arena arena;
	struct err *err;
	bool open_only, failed;
	size_t shown, decided, limit;
};

static bool is_open(const struct item *it)
{
	return it->status == ITEM_DRAFTED || it->status == ITEM_NEEDS_PERSON ||
	       it->status == ITEM_NO_REPLY;
}

static int show_item(void *ctx, const struct item *it)
{
	struct listing *l = ctx;
	struct classification found = { 0 };

	if (l->open_only && !is_open(it)) {
		l->decided++;
		return 0;
	}
	arena_clear(&l->arena);
	if (store_classification_get(l->app->store, it->id, &l->arena, &found, l->err) < 0) {
		l->failed = true;
		return 1;
	}
	l->app->print->list_item(&l->app->out, it, &found);
	return ++l->shown == l->limit || l->app->out.error;
}

static void say_rest(const struct listing *l)
{
	if (l->app->json)
		return;
	if (!l->shown)
		app_say("nothing to show");
	if (l->decided)
		app_say("%zu decided not shown; --status all shows them", l->decided);
}

static int list(struct listing *l, struct store_filter *filter, const struct list_args *a)
{
	bool open = filter->status && !strcmp(filter->status, "open");
	struct arena arena = { 0 };
	int status;

	/* What is not shown is counted. */
	l->open_only =
		open || (!a->filter.status && !filter->status && !filter->flag && !l->app->json);
	if (open)
		filter->status = NULL;
	l->app->print->list_begin(&l->app->out);
	status = store_items(l->app->store, filter, &arena, show_item, l, l->err);
	l->app->print->list_end(&l->app->out);
	arena_release(&arena);
	return status < 0 || l->failed ? -1 : 0;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct list_args *a = args;
	struct listing l = { .app = app, .err = err, .limit = (size_t)a->limit };
	struct store_filter filter;
	struct arena arena = { 0 };
	int status = filter_read(app, &a->filter, &arena, &filter, err);

	if (status == 0 && a->save)
		status = save(app, a->save, &filter, err);
	if (status == 0)
		status = list(&l, &filter, a);
	if (status == 0)
		say_rest(&l);
	arena_release(&l.arena);
	arena_release(&arena);
	return status;
}

const struct command cmd_list = {
	.name = "list",
	.words = "",
	.summary = "show the queue: what waits for a decision, safety first",
	.needs = CMD_STORE_READ,
	.options = options,
	.args_size = sizeof(struct list_args),
	.check = check,
	.run = run,
};
