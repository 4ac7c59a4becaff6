/* cmd_list.c - dear list: the queue, filtered. For people it shows what is
 * still to decide; for programs (--json) everything that was not filtered out.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/err.h"
#include "dear/situation.h"

#include "cmd.h"

struct list_args {
	const char *status, *flag, *situation, *topic, *band, *search, *reason, *author;
	int64_t thread, since, limit;
};

#define AT(field) offsetof(struct list_args, field)
static const struct opt options[] = {
	{ "status", OPT_TEXT, AT(status), "STATUS",
	  "drafted, needs_person, no_reply, approved, rejected, dismissed; open; all" },
	{ "flag", OPT_TEXT, AT(flag), "FLAG", "answered, edited, stale or exported" },
	{ "reason", OPT_TEXT, AT(reason), "REASON",
	  "why it needs a person, or no reply: safety ..." },
	{ "situation", OPT_TEXT, AT(situation), "LABEL", "with this situation found" },
	{ "band", OPT_TEXT, AT(band), "BAND", "found at least this surely: low, medium, high" },
	{ "topic", OPT_TEXT, AT(topic), "TOPIC", "of this topic" },
	{ "thread", OPT_NUMBER, AT(thread), "N", "of this thread" },
	{ "author", OPT_TEXT, AT(author), "NAME", "by this reader" },
	{ "since", OPT_DATE, AT(since), "DATE", "written on this date or later" },
	{ "search", OPT_TEXT, AT(search), "WORDS", "with these words in comment or reply" },
	{ "limit", OPT_NUMBER, AT(limit), "N", "at most so many" },
	{ 0 },
};
#undef AT

static bool known_flag(const char *word)
{
	static const char *const flags[] = { "answered", "edited", "stale", "exported" };

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (!strcmp(flags[i], word))
			return true;
	return false;
}

static bool known_status(const char *word)
{
	return !strcmp(word, "all") || !strcmp(word, "open") ||
	       item_status_parse(word) != ITEM_STATUS_COUNT;
}

static int check(struct app *app, void *args, struct err *err)
{
	const struct list_args *a = args;

	(void)app;
	if (a->status && !known_status(a->status))
		return err_set(err, ERR_USAGE, NULL, 0, "there is no status '%s'", a->status);
	if (a->flag && !known_flag(a->flag))
		return err_set(err, ERR_USAGE, NULL, 0, "there is no flag '%s'", a->flag);
	if (a->reason && triage_parse(a->reason) == TRIAGE_NONE)
		return err_set(err, ERR_USAGE, NULL, 0, "there is no reason '%s'", a->reason);
	if (a->band && band_parse(a->band) == BAND_NONE)
		return err_set(err, ERR_USAGE, NULL, 0, "--band is low, medium or high");
	return 0;
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

static int run(struct app *app, void *args, struct err *err)
{
	const struct list_args *a = args;
	struct store_filter filter = {
		.flag = a->flag,
		.situation = a->situation,
		.topic = a->topic,
		.search = a->search,
		.reason = a->reason,
		.author = a->author,
		.band = a->band ? band_parse(a->band) : BAND_NONE,
		.thread = a->thread,
		.since = a->since,
	};
	struct listing l = { .app = app, .err = err, .limit = (size_t)a->limit };
	struct arena arena = { 0 };
	int status;

	if (a->status && item_status_parse(a->status) != ITEM_STATUS_COUNT)
		filter.status = a->status;
	l.open_only = a->status ? !strcmp(a->status, "open") : !app->json && !a->flag;
	app->print->list_begin(&app->out);
	status = store_items(app->store, &filter, &arena, show_item, &l, err);
	app->print->list_end(&app->out);
	if (status >= 0)
		say_rest(&l);
	arena_release(&l.arena);
	arena_release(&arena);
	return status < 0 || l.failed ? -1 : 0;
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
