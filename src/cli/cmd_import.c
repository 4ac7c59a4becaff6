/* cmd_import.c - dear import: threads into the store, and what came of it. The
 * work is intake's; here are its options, its progress and its summary.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/input.h"
#include "dear/intake.h"
#include "dear/situation.h"

#include "cmd_import.h"

#define AT(field) offsetof(struct import_args, field)
static const struct opt options[] = {
	{ "format", OPT_TEXT, AT(format), "FORMAT",
	  "instead of looking at the file's first bytes" },
	IMPORT_OPTIONS(AT),
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct import_args *a = args;

	(void)app;
	if (!a->format)
		return 0;
	for (const struct input_format *f = input_formats(); f->name; f++)
		if (!strcmp(f->name, a->format))
			return 0;
	app_say("formats:");
	for (const struct input_format *f = input_formats(); f->name; f++)
		app_say("  %-24s %s", f->name, f->what);
	return err_set(err, ERR_USAGE, NULL, 0, "there is no format '%s'", a->format);
}

static void show_progress(void *ctx, uint64_t comments)
{
	(void)ctx;
	fprintf(stderr, "\r%llu comments read", (unsigned long long)comments);
}

static int count_answered(void *ctx, const struct store_node *n)
{
	uint64_t *answered = ctx;

	*answered += !n->staff && n->status == COMMENT_LIVE && n->answered;
	return 0;
}

static int count_reason(void *ctx, const struct item *it)
{
	uint64_t *reasons = ctx;

	if (it->status == ITEM_NEEDS_PERSON && !(it->flags & ITEM_ANSWERED))
		reasons[it->reason]++;
	return 0;
}

/* What the report does not hold is asked from the store; after a dry run there
 * is nothing to ask. */
static int print_thread(struct app *app, const struct intake_thread *t, bool dry_run,
			struct err *err)
{
	uint64_t reasons[TRIAGE_COUNT] = { 0 };
	struct import_extra extra = { .dry_run = dry_run };
	struct store_filter filter = { .thread = t->thread,
				       .since = INT64_MIN,
				       .status = item_status_word(ITEM_NEEDS_PERSON) };
	struct arena arena = { 0 };
	int status = 0;

	if (!dry_run && !app->json) {
		status = store_thread_nodes(app->store, t->thread, count_answered, &extra.answered,
					    err);
		if (status >= 0)
			status = store_items(app->store, &filter, &arena, count_reason, reasons,
					     err);
		extra.reasons = reasons;
	}
	if (status >= 0)
		app->print->imported(&app->out, t, &extra);
	arena_release(&arena);
	return status;
}

/* The summary; status of the worst failure, else 1 where an editor should look. */
static int tell(struct app *app, const struct intake_report *r, bool dry_run, struct err *err)
{
	uint64_t waiting = 0, passed = 0;
	int status = 0;

	for (size_t i = 0; i < r->thread_count; i++) {
		if (print_thread(app, &r->threads[i], dry_run, err) < 0)
			return -1;
		if (!app->json)
			app_tell(r->threads[i].diags, false);
		if (diags_worst_is_warning(r->threads[i].diags) && status < 1)
			status = 1;
		waiting += r->threads[i].drafted + r->threads[i].need_person;
	}
	for (size_t i = 0; i < r->failure_count; i++) {
		const struct intake_failure *f = &r->failures[i];

		app->print->import_failed(&app->out, f);
		passed += f->passed;
		if (f->passed)
			continue;
		app_complain(&f->err);
		if (err_exit(&f->err) > status)
			status = err_exit(&f->err);
	}
	if (passed && !app->json)
		app_say("files without comments, passed over: %llu (--json names them)",
			(unsigned long long)passed);
	if (waiting && !dry_run && !app->json)
		app_say("next: dear list");
	return status;
}

/* A dry run leaves no trace, so one without a store works on a temporary one. */
static int open_store(struct app *app, bool dry_run, struct buf *scratch, struct err *err)
{
	const char *folder = getenv("TMPDIR");

	if (!dry_run || app_store_exists(app))
		return app_open_store(app, dry_run ? STORE_WRITE : STORE_CREATE, err);
	buf_printf(scratch, "%s/dear-XXXXXX", folder && *folder ? folder : "/tmp");
	if (!mkdtemp(scratch->str)) {
		buf_clear(scratch);
		return err_set(err, ERR_IO, folder, 0, "no temporary folder can be made there");
	}
	buf_puts(scratch, "/dry-run.db");
	app->db = buf_str(scratch);
	return app_open_store(app, STORE_CREATE, err);
}

static void remove_scratch(struct app *app, struct buf *scratch)
{
	static const char *const tails[] = { "", "-wal", "-shm" };
	size_t len = scratch->len;

	if (!len)
		return;
	store_free(app->store);
	app->store = NULL;
	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++) {
		buf_cut(scratch, len);
		buf_puts(scratch, tails[i]);
		unlink(buf_str(scratch));
	}
	buf_cut(scratch, len - strlen("/dry-run.db"));
	rmdir(buf_str(scratch));
}

int cmd_import_files(struct app *app, const struct import_args *a, const char *const *files,
		     size_t count, const struct thread_ref *known, struct err *err)
{
	bool watched = isatty(STDERR_FILENO);
	const struct intake_options o = {
		.topic = a->topic,
		.format = a->format,
		.title = a->title,
		.thread = a->thread,
		.staff = a->staff.items,
		.staff_ids = a->staff_ids.items,
		.known = known,
		.since = a->since,
		.also_answered = a->also_answered,
		.dry_run = a->dry_run,
		.now = app->now,
		.progress = watched ? show_progress : NULL,
	};
	struct intake_report report = { 0 };
	struct buf scratch = BUF_INIT;
	int status = -1;

	if (a->topic && !rules_has_topic(app->rules, a->topic)) {
		err_set(err, ERR_USAGE, NULL, 0, "the rules know no topic '%s'", a->topic);
		return -1;
	}
	if (open_store(app, a->dry_run, &scratch, err) < 0)
		goto out;
	status = intake_import(app->store, app->rules, app->responses, files, count, &o, &report,
			       err);
	if (watched)
		fputs("\r\033[K", stderr);
	if (status == 0)
		status = tell(app, &report, a->dry_run, err);
out:
	remove_scratch(app, &scratch);
	intake_report_release(&report);
	buf_release(&scratch);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	return cmd_import_files(app, args, app->words.items, app->words.count, NULL, err);
}

const struct command cmd_import = {
	.name = "import",
	.words = "FILE|FOLDER...|-",
	.summary = "read threads, find what waits for an answer, draft replies",
	.needs = CMD_RULES | CMD_RESPONSES,
	.min_words = 1,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct import_args),
	.check = check,
	.run = run,
};
