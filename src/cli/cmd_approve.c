/* cmd_approve.c - dear approve: the reply as it stands may go out. */
#include "dear/err.h"
#include "dear/review.h"

#include "cmd.h"

struct approve_args {
	int64_t revision;
	bool many; /* several IDs were given */
};

static const struct opt options[] = {
	{ "revision", OPT_NUMBER, offsetof(struct approve_args, revision), "N",
	  "only if the reply still is this revision" },
	{ 0 },
};

static int check(struct app *app, void *args, struct err *err)
{
	struct approve_args *a = args;

	a->many = app->id_count > 1;
	if (a->revision && a->many)
		return err_set(err, ERR_USAGE, NULL, 0, "--revision goes with one ID");
	return 0;
}

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct approve_args *given = args;
	const struct review_seen seen = { .revision = (int)given->revision };
	int alone = given->many ? review_alone(r, item, a, err) : 0;

	if (alone < 0)
		return -1;
	if (alone > 0) {
		*ret = (struct review_result){
			.outcome = REVIEW_NOT_NOW,
			.text = "safety may be at stake: read it and approve it alone",
		};
		return 0;
	}
	return review_approve(r, item, given->revision ? &seen : NULL, a, ret, d, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	return cmd_decide(app, decide, args, err);
}

const struct command cmd_approve = {
	.name = "approve",
	.words = "ID...",
	.summary = "approve replies as they stand, for export",
	.needs = CMD_RESPONSES | CMD_STORE_WRITE | CMD_IDS,
	.min_words = 1,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct approve_args),
	.check = check,
	.run = run,
};
