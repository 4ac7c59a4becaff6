/* cmd_dismiss.c - dear dismiss: no reply is wanted. */
#include "dear/review.h"

#include "cmd.h"

struct dismiss_args {
	const char *reason, *note;
};

static const struct opt options[] = {
	{ "reason", OPT_TEXT, offsetof(struct dismiss_args, reason), "WORD", "why, in a word" },
	{ "note", OPT_TEXT, offsetof(struct dismiss_args, note), "TEXT", "in your own words" },
	{ 0 },
};

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct dismiss_args *given = args;

	return review_dismiss(r, item, NULL, given->reason, given->note, a, ret, d, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	return cmd_decide(app, decide, args, err);
}

const struct command cmd_dismiss = {
	.name = "dismiss",
	.words = "ID...",
	.summary = "take items off the queue: no reply is wanted",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.min_words = 1,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct dismiss_args),
	.run = run,
};
