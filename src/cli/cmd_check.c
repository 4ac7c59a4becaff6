/* cmd_check.c - dear check: rules and responses against their own examples and
 * house style, and the store if there is one. Goes on after a fault, so that
 * one run shows all.
 */
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/responses.h"

#include "cmd.h"

struct checked {
	uint64_t examples, failed, tried, findings;
	int status; /* of the worst fault */
};

static void fault(struct checked *c, const struct err *err)
{
	app_complain(err);
	if (err_exit(err) > c->status)
		c->status = err_exit(err);
}

static void check_rules(struct app *app, struct checked *c)
{
	struct err err = { 0 };
	size_t failed = 0;

	if (app_open_rules(app, &err) < 0) {
		fault(c, &err);
		return;
	}
	c->examples = rules_examples(app->rules, &app->diags, &failed);
	c->failed = failed;
}

static void check_responses(struct app *app, struct checked *c)
{
	struct err err = { 0 };

	if (app_open_responses(app, &err) < 0)
		fault(c, &err);
	else if (app->rules)
		c->findings += responses_check(app->responses, rules_labels(app->rules),
					       rules_details(app->rules), &app->diags, &c->tried);
}

static void check_store(struct app *app, struct checked *c)
{
	struct err err = { 0 };
	size_t before = app->diags.total[DIAG_DATA];

	if (!app_store_exists(app))
		return;
	if (app_open_store(app, STORE_READ, &err) < 0 ||
	    store_check(app->store, &app->diags, &err) < 0)
		fault(c, &err);
	c->findings += app->diags.total[DIAG_DATA] - before;
}

static int run(struct app *app, void *args, struct err *err)
{
	struct checked c = { 0 };

	(void)args;
	(void)err;
	app->tell_all = true;
	check_rules(app, &c);
	check_responses(app, &c);
	check_store(app, &c);
	const struct figure figures[] = {
		{ "examples", c.examples, "example of the rules run", "examples of the rules run" },
		{ "failed", c.failed, "failed", "failed" },
		{ "drafts", c.tried, "draft tried", "drafts tried" },
		{ "findings", c.findings, "other finding", "other findings" },
		{ 0 },
	};
	app->print->figures(&app->out, figures);
	return c.status;
}

const struct command cmd_check = {
	.name = "check",
	.words = "",
	.summary = "lint rules, responses and the store",
	.run = run,
};
