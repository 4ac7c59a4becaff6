/* cmd_explain.c - dear explain: why a comment got its situations, by the rules
 * as they are now. The comment is an item's, a file's, or given as --text.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/situation.h"
#include "dear/utf8.h"

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

static bool is_id(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word);
}

static int check(struct app *app, void *args, struct err *err)
{
	const struct explain_args *a = args;

	if (a->text && app->words.count)
		return err_set(err, ERR_USAGE, NULL, 0, "give --text or an ID or file, not both");
	if (app->words.count && is_id(app->words.items[0]))
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
	const char *path = app->words.count ? app->words.items[0] : "-";
	struct buf raw = BUF_INIT, text = BUF_INIT;
	struct classify_request req = { .topic = a->topic, .utc = INT64_MIN };

	if (a->text)
		buf_puts(&raw, a->text);
	else if (file_slurp(path, BOUND_COMMENT_BYTES, &raw, err) < 0)
		return -1;
	if (utf8_clean(&text, buf_str(&raw), raw.len))
		diag_add(&app->diags, DIAG_BYTES_REPLACED, a->text ? "--text" : path,
			 "is not all UTF-8; what is not shows as U+FFFD");
	req.text = buf_str(&text);
	req.len = text.len;
	explain(app, &req, 0);
	buf_release(&raw);
	buf_release(&text);
	return 0;
}

static int explain_item(struct app *app, const struct explain_args *a, struct err *err)
{
	struct arena arena = { 0 };
	struct item it = { 0 };
	struct store_thread thread = { 0 };
	const char *const *relabels = NULL;
	int status = app_open_store(app, STORE_READ, err);

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

	if (a->topic && !rules_has_topic(app->rules, a->topic))
		return err_set(err, ERR_USAGE, NULL, 0, "the rules know no topic '%s'", a->topic);
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
