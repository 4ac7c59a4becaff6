/* cmd_approve.c - dear approve: the reply as it stands may go out. With
 * --response all the sure drafts made of one response, after they were shown.
 */
#include "dear/arena.h"
#include "dear/err.h"
#include "dear/review.h"
#include "dear/situation.h"

#include "cmd.h"

struct approve_args {
	int64_t revision, thread;
	const char *response;
	bool yes;
	bool many; /* several IDs were given */
};

#define AT(field) offsetof(struct approve_args, field)
static const struct opt options[] = {
	{ "revision", OPT_NUMBER, AT(revision), "N", "only if the reply still is this revision" },
	{ "response", OPT_TEXT, AT(response), "NAME",
	  "instead of IDs: show all sure drafts made of this response, and ask" },
	{ "thread", OPT_NUMBER, AT(thread), "N", "with --response: of this thread" },
	{ "yes", OPT_FLAG, AT(yes), NULL, "with --response: don't ask" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	struct approve_args *a = args;

	a->many = app->id_count > 1;
	if (a->revision && a->many)
		return err_set(err, ERR_USAGE, NULL, 0, "--revision goes with one ID");
	if (!a->response == !app->id_count)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "name items by their IDs, or one response with --response");
	if (a->revision && a->response)
		return err_set(err, ERR_USAGE, NULL, 0, "--revision goes with one ID");
	if ((a->yes || a->thread) && !a->response)
		return err_set(err, ERR_USAGE, NULL, 0, "--yes and --thread go with --response");
	return 0;
}

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct approve_args *given = args;
	const struct review_seen seen = { .revision = (int)given->revision };
	int alone = given->many ? review_alone(r, item, a, err) : 0;

	if (alone < 0)
		return -1;
	if (alone > 0) {
		*ret = (struct review_result){
			.outcome = REVIEW_NOT_NOW,
			.text = "safety may be at stake: read it and approve it alone",
		};
		return 0;
	}
	return review_approve(r, item, given->revision ? &seen : NULL, a, ret, d, err);
}

/* ---- many at once ---- */

static int show(struct app *app, const struct review_bulk *list, size_t count, struct err *err)
{
	struct arena arena = { 0 };
	int found = 1;

	app->print->list_begin(&app->out);
	for (size_t i = 0; found >= 0 && i < count; i++) {
		struct classification c = { 0 };
		struct item it;

		arena_clear(&arena);
		found = store_item_get(app->store, list[i].item, &arena, &it, err);
		if (found > 0)
			found = store_classification_get(app->store, it.id, &arena, &c, err);
		if (found >= 0)
			app->print->list_item(&app->out, &it, &c);
	}
	app->print->list_end(&app->out);
	fflush(app->out.file);
	arena_release(&arena);
	return found < 0 ? -1 : 0;
}

struct bulk {
	const char *response;
	const struct review_bulk *next;
};

static int decide_next(const struct review *r, int64_t item, void *args, struct arena *a,
		       struct review_result *ret, struct diags *d, struct err *err)
{
	struct bulk *b = args;

	(void)item;
	return review_bulk_approve(r, b->response, b->next++, a, ret, d, err);
}

static int approve_all(struct app *app, const char *response, const struct review_bulk *list,
		       size_t count, struct err *err)
{
	struct bulk b = { .response = response, .next = list };
	int worst = 0;

	for (size_t i = 0; worst >= 0 && i < count; i++) {
		int status = cmd_decide_one(app, list[i].item, decide_next, &b, err);

		worst = status < 0 || status > worst ? status : worst;
	}
	return worst;
}

static int run_bulk(struct app *app, const struct approve_args *a, struct err *err)
{
	const struct review review = app_review(app);
	const struct store_filter filter = { .thread = a->thread, .since = INT64_MIN };
	struct review_bulk *list = NULL;
	struct arena arena = { 0 };
	size_t count = 0;
	int status = review_bulk(&review, a->response, &filter, &arena, &list, &count, err);

	/* A program gets the list or the outcomes, a person first one, then both. */
	if (status == 0 && !(app->json && a->yes))
		status = show(app, list, count, err);
	if (status == 0 && count == 0)
		app_say("no sure draft is made of '%s'", a->response);
	else if (status == 0 && !a->yes && (app->json || !app_ask("Approve all of these?")))
		app_say("nothing was approved");
	else if (status == 0)
		status = approve_all(app, a->response, list, count, err);
	arena_release(&arena);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct approve_args *a = args;

	return a->response ? run_bulk(app, a, err) : cmd_decide(app, decide, args, err);
}

const struct command cmd_approve = {
	.name = "approve",
	.words = "ID...|--response NAME",
	.summary = "approve replies as they stand, for export",
	.needs = CMD_RESPONSES | CMD_STORE_WRITE | CMD_IDS,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct approve_args),
	.check = check,
	.run = run,
};
