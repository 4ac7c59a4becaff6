/* cmd_review.c - dear review: the desk on a terminal, or by plain prompts where
 * there is none. What it does is tui's; here are the terminal and the editor's
 * own editor.
 */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/tui.h"

#include "cmd.h"
#include "cmd_editor.h"
#include "cmd_filter.h"
#include "cmd_review.h"

struct review_args {
	struct filter_args filter;
	bool plain;
};

static const struct opt options[] = {
	FILTER_OPTIONS(review_args, filter),
	{ "plain", OPT_FLAG, offsetof(struct review_args, plain), NULL,
	  "prompts, line by line, instead of the full screen" },
	{ 0 },
};

static int check(struct app *app, void *args, struct err *err)
{
	const struct review_args *a = args;

	if (app->json)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "review speaks to people; list, show, approve ... have --json");
	return filter_check(&a->filter, err);
}

/* What tui calls back. */
struct room {
	struct app *app;
	struct editor editor;
};

static int64_t clock_of(void *ctx)
{
	const struct room *room = ctx;

	return app_clock(room->app);
}

static int edit(void *ctx, const struct item *it, const char *before, struct buf *ret,
		struct err *err)
{
	struct room *room = ctx;

	editor_close(&room->editor);
	room->editor = (struct editor){ 0 };
	return editor_run(&room->editor, before, it->author, it->comment, ret, err);
}

static const char *keep(void *ctx)
{
	struct room *room = ctx;

	return editor_hold(&room->editor);
}

/* Characters of more than a byte need a locale that has them. */
static void set_locale(void)
{
	if (!setlocale(LC_CTYPE, "") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0)
		setlocale(LC_CTYPE, "C.UTF-8");
}

/* NULL: plain prompts it is. */
static struct tui_face *open_screen(const struct app *app, bool plain)
{
	const char *term = getenv("TERM");

	if (plain || !isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO) || !term || !*term ||
	    !strcmp(term, "dumb"))
		return NULL;
	set_locale();
	return tui_screen_open(stdout, stdin, app->out.colour);
}

static void put_count(struct buf *b, uint64_t count, const char *what)
{
	if (count)
		buf_printf(b, "%s%llu %s", b->len ? ", " : "", (unsigned long long)count, what);
}

static void say_tally(const struct tui_tally *t)
{
	struct buf done = BUF_INIT;

	put_count(&done, t->approved, "approved");
	put_count(&done, t->edited, "edited");
	put_count(&done, t->rejected, "rejected");
	put_count(&done, t->dismissed, "dismissed");
	put_count(&done, t->relabelled, "relabelled");
	put_count(&done, t->undone, "undone");
	app_say("%s; %zu left", done.len ? buf_str(&done) : "nothing decided", t->left);
	buf_release(&done);
}

static int run_desk(struct app *app, const struct review_args *a, const struct tui_setup *setup,
		    struct err *err)
{
	struct tui_face *screen = open_screen(app, a->plain);
	struct plain plain;
	struct tui_tally tally = { 0 };
	int status;

	if (screen) {
		status = tui_desk(setup, screen, &tally, err);
	} else {
		plain_open(&plain, app);
		status = tui_desk(setup, &plain.face, &tally, err);
		plain_close(&plain);
	}
	tui_screen_free(screen);
	say_tally(&tally);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct review_args *a = args;
	struct room room = { .app = app };
	struct arena arena = { 0 };
	struct tui_setup setup = {
		.review = app_review(app),
		.item = app->id_count ? app->ids[0] : 0,
		.clock = clock_of,
		.edit = edit,
		.keep = keep,
		.ctx = &room,
	};
	int status = filter_read(app, &a->filter, &arena, &setup.filter, err);

	setup.review.place = arena_printf(&arena, "terminal %ld", (long)getpid());
	if (status == 0)
		status = run_desk(app, a, &setup, err);
	editor_close(&room.editor);
	arena_release(&arena);
	return status;
}

const struct command cmd_review = {
	.name = "review",
	.words = "[ID]",
	.summary = "the editor's desk: one item at a time, one key a decision",
	.needs = CMD_RULES | CMD_RESPONSES | CMD_STORE_WRITE | CMD_IDS,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct review_args),
	.check = check,
	.run = run,
};
