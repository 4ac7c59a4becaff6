/* cmd_posted.c - dear posted: an approved reply stands on the site. */
#include "dear/err.h"
#include "dear/review.h"

#include "cmd.h"

struct posted_args {
	const char *native_id;
};

static const struct opt options[] = {
	{ "native-id", OPT_TEXT, offsetof(struct posted_args, native_id), "ID",
	  "the comment's id on the site, by which the next import knows it" },
	{ 0 },
};

static int check(struct app *app, void *args, struct err *err)
{
	const struct posted_args *a = args;

	if (a->native_id && app->id_count > 1)
		return err_set(err, ERR_USAGE, NULL, 0, "--native-id goes with one ID");
	return 0;
}

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct posted_args *given = args;

	(void)d;
	return review_posted(r, item, given->native_id, a, ret, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	return cmd_decide(app, decide, args, err);
}

const struct command cmd_posted = {
	.name = "posted",
	.words = "ID...",
	.summary = "note that an approved reply stands on the site",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.min_words = 1,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct posted_args),
	.check = check,
	.run = run,
};
