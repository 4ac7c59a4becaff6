/* cmd_edit.c - dear edit: a new revision of a reply, from a file or from the
 * editor's own editor. It waits for approval unless --approve is given. A text
 * that could not be recorded is never thrown away.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/responses.h"
#include "dear/review.h"

#include "cmd.h"
#include "cmd_editor.h"

struct edit_args {
	const char *text;
	int64_t revision;
	bool approve;
};

#define AT(field) offsetof(struct edit_args, field)
static const struct opt options[] = {
	{ "text", OPT_TEXT, AT(text), "FILE|-", "the new text, instead of $VISUAL or $EDITOR" },
	{ "approve", OPT_FLAG, AT(approve), NULL, "approve it at once" },
	{ "revision", OPT_NUMBER, AT(revision), "N", "only if the reply still is this revision" },
	{ 0 },
};
#undef AT

/* Begins with the reply there is; for a safety item with the fixed text. */
static const char *first_text(const struct app *app, const struct item *it)
{
	if (it->reply)
		return it->reply;
	return it->reason == TRIAGE_SAFETY ? responses_safety_text(app->responses) : "";
}

/* The text wanted: 1, or 0 when nothing was changed, or -1. */
static int get_text(struct app *app, const struct edit_args *a, const struct item *it,
		    struct editor *editor, struct buf *text, struct err *err)
{
	const char *before = first_text(app, it);

	if (a->text)
		return file_slurp(a->text, BOUND_DATA_FILE_BYTES, text, err) < 0 ? -1 : 1;
	if (editor_run(editor, before, it->author, it->comment, text, err) < 0)
		return -1;
	return it->reply == NULL || strcmp(buf_str(text), before) != 0;
}

static int edit_item(struct app *app, const struct edit_args *a, const struct item *it,
		     struct editor *editor, struct arena *arena, struct err *err)
{
	struct review review = app_review(app);
	struct review_seen seen = review_seen_of(it);
	struct review_result result = { 0 };
	struct buf text = BUF_INIT;
	int status = get_text(app, a, it, editor, &text, err);

	if (a->revision)
		seen.revision = (int)a->revision;
	if (status > 0) {
		status = review_edit(&review, it->id, &seen, buf_str(&text), a->approve, arena,
				     &result, &app->diags, err);
		if (status == 0)
			status = cmd_outcome(app, it->id, &result);
		/* A conflict or a full disk: the words typed stay where they are. */
		if (status != 0)
			editor_keep(editor);
	} else if (status == 0) {
		app_say("%lld: nothing was changed", (long long)it->id);
	}
	buf_release(&text);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	struct arena arena = { 0 };
	struct item item = { 0 };
	struct editor editor = { 0 };
	int status = store_item_get(app->store, app->ids[0], &arena, &item, err);

	if (status == 0)
		status = cmd_no_item(app->ids[0], err);
	if (status > 0)
		status = edit_item(app, args, &item, &editor, &arena, err);
	editor_close(&editor);
	arena_release(&arena);
	return status;
}

static int check(struct app *app, void *args, struct err *err)
{
	(void)args;
	if (app->id_count != 1)
		return err_set(err, ERR_USAGE, NULL, 0, "one item is edited at a time");
	return 0;
}

const struct command cmd_edit = {
	.name = "edit",
	.words = "ID",
	.summary = "write a reply yourself, from dear's draft or from nothing",
	.needs = CMD_RESPONSES | CMD_STORE_WRITE | CMD_IDS,
	.min_words = 1,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct edit_args),
	.check = check,
	.run = run,
};
