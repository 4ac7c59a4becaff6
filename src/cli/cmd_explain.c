/* cmd_explain.c - dear explain: why a comment got its situations, by the rules
 * as they are now. The comment is an item's, a file's, or given as --text.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/situation.h"

#include "cmd.h"

struct explain_args {
	const char *text, *topic;
};

#define AT(field) offsetof(struct explain_args, field)
static const struct opt options[] = {
	{ "text", OPT_TEXT, AT(text), "TEXT", "a comment typed here" },
	{ "topic", OPT_TEXT, AT(topic), "TOPIC", "as a comment on this topic" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct explain_args *a = args;

	if (a->text && app->words.count)
		return err_set(err, ERR_USAGE, NULL, 0, "give --text or an ID or file, not both");
	if (app->words.count && cmd_is_id(app->words.items[0]))
		return opt_ids(&app->words, &app->ids, &app->id_count, err);
	return 0;
}

static void explain(struct app *app, const struct classify_request *req, int64_t item)
{
	struct arena arena = { 0 };
	struct classification found = { 0 };
	const struct explanation e = { .item = item, .text = req->text, .found = &found };

	classify(app->rules, req, &arena, &found);
	app->print->explanation(&app->out, &e);
	arena_release(&arena);
}

static int explain_text(struct app *app, const struct explain_args *a, struct err *err)
{
	struct classify_request req;
	struct buf text = BUF_INIT;
	int rc = cmd_text(app, a->text, a->topic, &text, &req, err);

	if (rc == 0)
		explain(app, &req, 0);
	buf_release(&text);
	return rc;
}

static int explain_item(struct app *app, const struct explain_args *a, struct err *err)
{
	struct arena arena = { 0 };
	struct item it = { 0 };
	struct store_thread thread = { 0 };
	const char *const *relabels = NULL;
	int status = cmd_topic(app, a->topic, err);

	if (status == 0)
		status = app_open_store(app, STORE_READ, err);
	if (status == 0) {
		status = store_item_get(app->store, app->ids[0], &arena, &it, err);
		if (status == 0)
			status = cmd_no_item(app->ids[0], err);
	}
	if (status > 0)
		status = store_thread_get(app->store, it.thread, &arena, &thread, err);
	if (status >= 0)
		status = store_relabels(app->store, it.id, &arena, &relabels, err);
	if (status >= 0) {
		const struct classify_request req = {
			.text = it.comment,
			.len = strlen(it.comment),
			.author = it.author,
			.topic = a->topic ? a->topic : thread.topic,
			.title = thread.title,
			.utc = it.utc,
			.reply_to_reader = it.parent_reader,
			.reply_to_staff = it.parent_staff,
			.relabels = relabels,
		};

		explain(app, &req, it.id);
	}
	arena_release(&arena);
	return status < 0 ? -1 : 0;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct explain_args *a = args;

	return app->id_count ? explain_item(app, a, err) : explain_text(app, a, err);
}

const struct command cmd_explain = {
	.name = "explain",
	.words = "[ID|FILE|-]",
	.summary = "say why a comment got its situations",
	.needs = CMD_RULES,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct explain_args),
	.check = check,
	.run = run,
};
