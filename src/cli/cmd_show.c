/* cmd_show.c - dear show: items in full, or a whole thread as a tree. */
#include <string.h>

#include "dear/arena.h"
#include "dear/err.h"
#include "dear/responses.h"
#include "dear/situation.h"

#include "cmd.h"

struct show_args {
	int64_t thread;
};

static const struct opt options[] = {
	{ "thread", OPT_NUMBER, offsetof(struct show_args, thread), "N",
	  "a whole thread as a tree, instead of items" },
	{ 0 },
};

static int check(struct app *app, void *args, struct err *err)
{
	const struct show_args *a = args;

	if (a->thread && app->id_count)
		return err_set(err, ERR_USAGE, NULL, 0, "give IDs or --thread, not both");
	if (!a->thread && !app->id_count)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "name an item by its ID, or a thread with --thread");
	return 0;
}

/* ---- a thread ---- */

static int tree_node(void *ctx, const struct store_node *n)
{
	struct app *app = ctx;

	app->print->tree_node(&app->out, n);
	return app->out.error != 0;
}

static int show_thread(struct app *app, int64_t thread, struct err *err)
{
	struct arena arena = { 0 };
	struct store_thread row = { 0 };
	int status = store_thread_get(app->store, thread, &arena, &row, err);

	if (status == 0)
		status = err_set(err, ERR_USAGE, NULL, 0, "there is no thread %lld",
				 (long long)thread);
	if (status > 0) {
		app->print->tree_begin(&app->out, &row);
		status = store_thread_nodes(app->store, thread, tree_node, app, err);
		app->print->tree_end(&app->out);
	}
	arena_release(&arena);
	return status < 0 ? -1 : 0;
}

/* ---- items ---- */

/* Looks for the comment an item answers: first its node, then the parent's. */
struct parent_search {
	int64_t row, parent_row;
	struct arena *arena;
	struct item_view *view;
};

static int find_self(void *ctx, const struct store_node *n)
{
	struct parent_search *p = ctx;

	if (n->row != p->row)
		return 0;
	p->parent_row = n->parent_row;
	return 1;
}

static int find_parent(void *ctx, const struct store_node *n)
{
	struct parent_search *p = ctx;

	if (n->row != p->parent_row)
		return 0;
	p->view->parent_author = arena_strdup(p->arena, n->author);
	p->view->parent_text = arena_strdup(p->arena, n->text);
	p->view->parent_staff = n->staff;
	return 1;
}

static int load_parent(struct app *app, struct item_view *v, struct arena *a, struct err *err)
{
	struct parent_search p = { .row = v->item->row, .arena = a, .view = v };

	if (!v->item->comment_parent)
		return 0;
	if (store_thread_nodes(app->store, v->item->thread, find_self, &p, err) < 0)
		return -1;
	if (!p.parent_row)
		return 0;
	return store_thread_nodes(app->store, v->item->thread, find_parent, &p, err);
}

static int load_history(struct app *app, struct item_view *v, struct arena *a, struct err *err)
{
	struct decision *decisions = NULL;
	struct revision *revisions = NULL;
	struct receipt *receipts = NULL;
	int64_t id = v->item->id;

	if (store_decisions(app->store, id, a, &decisions, &v->decision_count, err) < 0 ||
	    store_revisions(app->store, id, a, &revisions, &v->revision_count, err) < 0 ||
	    store_receipts(app->store, id, a, &receipts, &v->receipt_count, err) < 0)
		return -1;
	v->decisions = decisions;
	v->revisions = revisions;
	v->receipts = receipts;
	return 0;
}

/* House style and safety text come from the responses. An item can be looked
 * at without them, so a fault in them is a warning here. */
static void load_style(struct app *app, struct item_view *v, struct arena *a)
{
	const struct item *it = v->item;
	struct style_breach *breaches = NULL;
	struct err err = { 0 };

	if (!app->responses && app_open_responses(app, &err) < 0) {
		diag_add(&app->diags, DIAG_DATA, err.where, "house style not checked: %s", err.msg);
		return;
	}
	if (it->reason == TRIAGE_SAFETY && !it->reply)
		v->safety_text = responses_safety_text(app->responses);
	if (!it->reply)
		return;
	v->breach_count = style_check(app->responses, it->reply, !(it->flags & ITEM_EDITED),
				      v->found, a, &breaches);
	v->breaches = breaches;
}

static int show_item(struct app *app, int64_t id, struct err *err)
{
	struct arena arena = { 0 };
	struct item item = { 0 };
	struct classification found = { 0 };
	struct item_view v = { .item = &item, .found = &found };
	int status = store_item_get(app->store, id, &arena, &item, err);

	if (status == 0)
		status = cmd_no_item(id, err);
	if (status > 0)
		status = store_classification_get(app->store, id, &arena, &found, err);
	if (status >= 0)
		status = load_history(app, &v, &arena, err);
	if (status == 0 && !app->json) {
		status = load_parent(app, &v, &arena, err);
		load_style(app, &v, &arena);
	}
	if (status >= 0)
		app->print->item(&app->out, &v);
	arena_release(&arena);
	return status < 0 ? -1 : 0;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct show_args *a = args;

	if (a->thread)
		return show_thread(app, a->thread, err);
	for (size_t i = 0; i < app->id_count; i++)
		if (show_item(app, app->ids[i], err) < 0)
			return -1;
	return 0;
}

const struct command cmd_show = {
	.name = "show",
	.words = "ID...",
	.summary = "show an item in full, or a thread as a tree (--thread)",
	.needs = CMD_STORE_READ | CMD_IDS,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct show_args),
	.check = check,
	.run = run,
};
