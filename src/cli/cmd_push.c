/* cmd_push.c - dear push: approved replies to a WordPress site, each told. */
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/site.h"

#include "cmd_site.h"

struct push_args {
	struct site_args site;
	const char *url;
	int64_t thread;
	bool again, stale, also_answered, dry_run;
};

#define AT(field)      offsetof(struct push_args, field)
#define AT_SITE(field) offsetof(struct push_args, site.field)
static const struct opt options[] = {
	{ "site", OPT_TEXT, AT(url), "URL", "where to; else the site the thread is from" },
	SITE_OPTIONS(AT_SITE),
	{ "thread", OPT_NUMBER, AT(thread), "N", "of this thread only" },
	{ "again", OPT_FLAG, AT(again), NULL, "also what was exported or pushed before" },
	{ "stale", OPT_FLAG, AT(stale), NULL, "also where the comment changed since approval" },
	{ "also-answered", OPT_FLAG, AT(also_answered), NULL,
	  "also to comments that the column has answered" },
	{ "dry-run", OPT_FLAG, AT(dry_run), NULL, "print the requests, send none" },
	{ 0 },
};
#undef AT
#undef AT_SITE

static int check(struct app *app, void *args, struct err *err)
{
	const struct push_args *a = args;

	(void)app;
	if (!a->dry_run && !cmd_site_user(&a->site))
		return err_set(err, ERR_USAGE, NULL, 0,
			       "who answers? name the account with --user LOGIN");
	return 0;
}

/* What is told of each reply, and what it makes of the exit status. */
struct telling {
	struct app *app;
	uint64_t count;
	bool worry;
};

static void tell(void *ctx, const struct push_result *r)
{
	struct telling *t = ctx;

	t->app->print->pushed(&t->app->out, r);
	t->count++;
	t->worry |= !push_outcome_fine(r->outcome);
}

static int push(struct app *app, const struct push_args *a, const struct push_options *o,
		const char *url, struct telling *t, struct err *err)
{
	struct site_args site = a->site;
	struct cmd_site s = { 0 };
	int status = -1;

	/* Whoever sends nothing needs no password. */
	site.stranger = o->dry_run;
	if (cmd_site_open(app, &site, url, &s, err) == 0 &&
	    site_push(s.site, app->store, o, &app->diags, err) == 0)
		status = t->worry;
	cmd_site_close(&s);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct push_args *a = args;
	struct telling t = { .app = app };
	const struct push_options o = {
		.thread = a->thread,
		.ids = app->id_count ? app->ids : NULL,
		.id_count = app->id_count,
		.elsewhere = a->url && (a->thread || app->id_count),
		.again = a->again,
		.stale = a->stale,
		.also_answered = a->also_answered,
		.dry_run = a->dry_run,
		.actor = app->actor,
		.told = tell,
		.ctx = &t,
	};
	struct buf home = BUF_INIT;
	int status = app_open_store(app, a->dry_run ? STORE_READ : STORE_WRITE, err);

	if (status == 0)
		status = cmd_all_there(app, err);
	if (status == 0 && !a->url)
		status = push_home(app->store, &o, &home, &app->diags, err);
	if (status == 0 && (a->url || home.len))
		status = push(app, a, &o, a->url ? a->url : home.str, &t, err);
	if (status >= 0 && !t.count)
		app_say("there is nothing to push");
	buf_release(&home);
	return status;
}

const struct command cmd_push = {
	.name = "push",
	.words = "[ID...]",
	.summary = "post approved replies to a WordPress site",
	.needs = CMD_IDS,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct push_args),
	.check = check,
	.run = run,
};
