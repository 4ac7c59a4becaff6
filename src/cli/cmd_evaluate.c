/* cmd_evaluate.c - dear evaluate: how right the rules are, against posts that
 * somebody labelled by reading.
 */
#include "dear/err.h"
#include "dear/evaluate.h"
#include "dear/file.h"

#include "cmd.h"

struct evaluate_args {
	bool errors;
};

static const struct opt options[] = {
	{ "errors", OPT_FLAG, offsetof(struct evaluate_args, errors), NULL, "list every miss" },
	{ 0 },
};

static int run(struct app *app, void *args, struct err *err)
{
	const struct evaluate_args *a = args;
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
	.words = "CORPUS",
	.summary = "measure the rules against labelled posts",
	.needs = CMD_RULES,
	.min_words = 1,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct evaluate_args),
	.run = run,
};
