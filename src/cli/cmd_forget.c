/* cmd_forget.c - dear forget: erases a reader, by name or by one comment. It
 * can't be undone, so it asks; where nobody can be asked it wants --yes.
 */
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"

#include "cmd.h"
#include "print_internal.h"

struct forget_args {
	const char *author;
	int64_t thread;
	bool yes;
};

#define AT(field) offsetof(struct forget_args, field)
static const struct opt options[] = {
	{ "author", OPT_TEXT, AT(author), "NAME", "all comments under exactly this name" },
	{ "thread", OPT_NUMBER, AT(thread), "N", "with --author: in this thread only" },
	{ "yes", OPT_FLAG, AT(yes), NULL, "don't ask" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct forget_args *a = args;

	if (!a->author == !app->id_count)
		return err_set(err, ERR_USAGE, NULL, 0, "name a reader with --author, or one item");
	if (a->thread && !a->author)
		return err_set(err, ERR_USAGE, NULL, 0, "--thread goes with --author");
	if (!a->yes && !isatty(STDIN_FILENO))
		return err_set(err, ERR_USAGE, NULL, 0,
			       "this erases texts for good; give --yes to mean it");
	return 0;
}

static bool sure(const struct forget_args *a, int64_t item)
{
	struct buf question = BUF_INIT;
	bool yes;

	if (a->yes)
		return true;
	buf_puts(&question, "Erase for good all that is kept of ");
	if (a->author)
		words_line(&question, a->author, 60);
	else
		buf_printf(&question, "item %lld", (long long)item);
	buf_putc(&question, '?');
	yes = app_ask(buf_str(&question));
	buf_release(&question);
	return yes;
}

static int forget(struct app *app, const struct forget_args *a, uint64_t *ret, struct err *err)
{
	struct store *s = app->store;

	if (a->author)
		return store_forget_author(s, a->author, a->thread, app->now, ret, err);
	return store_forget_item(s, app->ids[0], app->now, ret, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct forget_args *a = args;
	uint64_t count = 0;

	if (!sure(a, app->id_count ? app->ids[0] : 0)) {
		app_say("nothing was erased");
		return 0;
	}
	if (forget(app, a, &count, err) < 0)
		return -1;
	const struct figure figures[] = {
		{ "forgotten", count, "comment erased", "comments erased" },
		{ 0 },
	};
	app->print->figures(&app->out, figures);
	/* Nobody of that name: perhaps it is spelt otherwise. */
	return count ? 0 : 1;
}

const struct command cmd_forget = {
	.name = "forget",
	.words = "[ID]",
	.summary = "erase a reader (--author NAME) or one comment's reader",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct forget_args),
	.check = check,
	.run = run,
};
