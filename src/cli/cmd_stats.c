/* cmd_stats.c - dear stats: what came in and what became of it, as text, JSON or
 * one page of HTML with its plots.
 */
#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/stats.h"
#include "dear/web.h"

#include "cmd.h"

struct stats_args {
	bool responses;
	const char *html;
	int64_t since;
};

#define AT(field) offsetof(struct stats_args, field)
static const struct opt options[] = {
	{ "responses", OPT_FLAG, AT(responses), NULL,
	  "each response: its wear, why it was rejected, sentences that editors touched" },
	{ "since", OPT_DATE, AT(since), "DATE", "only what happened from then on" },
	{ "html", OPT_TEXT, AT(html), "FILE|-", "write it as a page that needs no other file" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct stats_args *a = args;

	if (a->html && app->json)
		return err_set(err, ERR_USAGE, NULL, 0, "give --html or --json, not both");
	return 0;
}

static int write_page(const char *path, const struct stats *s, struct err *err)
{
	struct file_out *out = NULL;
	struct buf page = BUF_INIT;
	int status = web_stats_file(s, &page, err);

	if (status == 0)
		out = file_out_open(path, err);
	if (out) {
		fwrite(page.str, 1, page.len, file_out_stream(out));
		status = file_out_commit(out, err);
	} else {
		status = -1;
	}
	file_out_free(out);
	buf_release(&page);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct stats_args *a = args;
	struct arena arena = { 0 };
	struct stats s;
	int status = stats_make(app->store, a->since, app->now, &arena, &s, err);

	if (status == 0 && a->html)
		status = write_page(a->html, &s, err);
	else if (status == 0)
		app->print->stats(&app->out, &s, a->responses);
	arena_release(&arena);
	return status;
}

const struct command cmd_stats = {
	.name = "stats",
	.words = "",
	.summary = "count what came in and what became of it",
	.needs = CMD_STORE_READ,
	.options = options,
	.args_size = sizeof(struct stats_args),
	.check = check,
	.run = run,
};
