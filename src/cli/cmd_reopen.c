/* cmd_reopen.c - dear reopen: a decision taken back; the reply stays. */
#include "dear/review.h"

#include "cmd.h"

struct reopen_args {
	const char *note;
};

static const struct opt options[] = {
	{ "note", OPT_TEXT, offsetof(struct reopen_args, note), "TEXT", "why" },
	{ 0 },
};

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct reopen_args *given = args;

	(void)d;
	return review_reopen(r, item, given->note, a, ret, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	return cmd_decide(app, decide, args, err);
}

const struct command cmd_reopen = {
	.name = "reopen",
	.words = "ID...",
	.summary = "take decisions back",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.min_words = 1,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct reopen_args),
	.run = run,
};
