/* cmd_evaluate.c - dear evaluate: how right the rules are, against posts that
 * somebody labelled by reading.
 */
#include "dear/err.h"
#include "dear/evaluate.h"
#include "dear/file.h"

#include "cmd_evaluate.h"

struct evaluate_args {
	bool errors, compare;
};

static const struct opt options[] = {
	{ "errors", OPT_FLAG, offsetof(struct evaluate_args, errors), NULL, "list every miss" },
	{ "compare", OPT_FLAG, offsetof(struct evaluate_args, compare), NULL,
	  "two results of --json --errors: what changed" },
	{ 0 },
};

static int check(struct app *app, void *args, struct err *err)
{
	const struct evaluate_args *a = args;

	if (a->compare ? app->words.count == 2 : app->words.count == 1)
		return 0;
	return err_set(err, ERR_USAGE, NULL, 0,
		       a->compare ? "--compare takes two results" : "give one corpus");
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct evaluate_args *a = args;
	if (a->compare)
		return cmd_evaluate_compare(app, err);
	struct file *corpus = file_open(app->words.items[0], err);
	struct evaluate_result *result;

	if (!corpus)
		return -1;
	result = evaluate(app->rules, corpus, err);
	if (result)
		app->print->evaluation(&app->out, result, a->errors);
	else
		err_at(err, file_name(corpus), 0);
	file_free(corpus);
	if (!result)
		return -1;
	evaluate_free(result);
	return 0;
}

const struct command cmd_evaluate = {
	.name = "evaluate",
	.words = "CORPUS|--compare BEFORE AFTER",
	.summary = "measure the rules against labelled posts",
	.needs = CMD_RULES,
	.min_words = 1,
	.max_words = 2,
	.options = options,
	.args_size = sizeof(struct evaluate_args),
	.check = check,
	.run = run,
};
