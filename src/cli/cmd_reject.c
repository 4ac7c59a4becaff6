/* cmd_reject.c - dear reject: this wording is bad; redraft offers another. */
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/review.h"

#include "cmd.h"

struct reject_args {
	const char *reason, *note;
};

static const struct opt options[] = {
	{ "reason", OPT_TEXT, offsetof(struct reject_args, reason), "CODE",
	  "wrong_situation, misses_point, tone, too_general, too_long, repeats, harmful, other" },
	{ "note", OPT_TEXT, offsetof(struct reject_args, note), "TEXT", "in your own words" },
	{ 0 },
};

static int check(struct app *app, void *args, struct err *err)
{
	const struct reject_args *a = args;
	struct buf list = BUF_INIT;

	(void)app;
	if (!a->reason)
		return 0;
	for (const char *const *known = review_reasons(); *known; known++) {
		if (!strcmp(*known, a->reason)) {
			buf_release(&list);
			return 0;
		}
		buf_printf(&list, " %s", *known);
	}
	err_set(err, ERR_USAGE, NULL, 0, "there is no reason '%s'; one of:%s", a->reason,
		buf_str(&list));
	buf_release(&list);
	return -1;
}

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct reject_args *given = args;

	return review_reject(r, item, NULL, given->reason, given->note, a, ret, d, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	return cmd_decide(app, decide, args, err);
}

const struct command cmd_reject = {
	.name = "reject",
	.words = "ID...",
	.summary = "reject a wording; redraft offers another",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.min_words = 1,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct reject_args),
	.check = check,
	.run = run,
};
