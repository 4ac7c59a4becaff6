/* cmd_export.c - dear export: approved replies, as a file for somebody else. */
#include <string.h>

#include "dear/err.h"
#include "dear/export.h"
#include "dear/file.h"

#include "cmd.h"

struct export_args {
	const char *format, *output;
	int64_t thread;
	bool again, mark, stale, also_answered;
};

#define AT(field) offsetof(struct export_args, field)
static const struct opt options[] = {
	{ "format", OPT_TEXT, AT(format), "FORMAT", "json (as without it), ndjson, csv, html ..." },
	{ "output", OPT_TEXT, AT(output), "FILE|-", "written whole or not at all; - is stdout" },
	{ "thread", OPT_NUMBER, AT(thread), "N", "of this thread only" },
	{ "again", OPT_FLAG, AT(again), NULL, "also what was exported before" },
	{ "mark", OPT_FLAG, AT(mark), NULL, "note them as exported, whatever the format" },
	{ "stale", OPT_FLAG, AT(stale), NULL, "also where the comment changed since approval" },
	{ "also-answered", OPT_FLAG, AT(also_answered), NULL,
	  "also to a site what the column has answered since" },
	{ 0 },
};
#undef AT

static const struct export_format *find_format(const char *name)
{
	for (const struct export_format *f = export_formats(); f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

static int check(struct app *app, void *args, struct err *err)
{
	struct export_args *a = args;

	(void)app;
	if (!a->format)
		a->format = "json";
	if (find_format(a->format))
		return 0;
	app_say("formats:");
	for (const struct export_format *f = export_formats(); f->name; f++)
		app_say("  %-12s %s", f->name, f->what);
	return err_set(err, ERR_USAGE, NULL, 0, "there is no format '%s'", a->format);
}

static int flush(void *ctx, struct err *err)
{
	return file_out_commit(ctx, err);
}

static void say_count(uint64_t count, const char *output)
{
	bool named = output && strcmp(output, "-") != 0;

	app_say("%llu %s written%s%s", (unsigned long long)count, count == 1 ? "reply" : "replies",
		named ? " to " : "", named ? output : "");
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct export_args *a = args;
	const struct export_options o = {
		.format = a->format,
		.thread = a->thread,
		.again = a->again,
		.mark = a->mark,
		.stale = a->stale,
		.also_answered = a->also_answered,
		.actor = app->actor,
		.now = app->now,
	};
	/* Only receipts need a store that can be written. */
	enum store_mode mode = a->mark || find_format(a->format)->sends ? STORE_WRITE : STORE_READ;
	struct file_out *out = NULL;
	uint64_t count = 0;
	int status = -1;

	if (app_open_store(app, mode, err) < 0)
		return -1;
	out = file_out_open(a->output, err);
	if (out && export_write(app->store, &o, file_out_stream(out), flush, out, &count,
				&app->diags, err) == 0) {
		say_count(count, a->output);
		status = 0;
	}
	file_out_free(out);
	return status;
}

const struct command cmd_export = {
	.name = "export",
	.words = "",
	.summary = "write the approved replies in a form the site takes",
	.options = options,
	.args_size = sizeof(struct export_args),
	.check = check,
	.run = run,
};
