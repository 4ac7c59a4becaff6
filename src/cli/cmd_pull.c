/* cmd_pull.c - dear pull: a thread from a WordPress site into the store. It is
 * fetched into a folder beside the store first, and taken in whole.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/site.h"

#include "cmd_import.h"
#include "cmd_site.h"

struct pull_args {
	struct import_args import;
	struct site_args site;
};

#define AT_IMPORT(field) offsetof(struct pull_args, import.field)
#define AT_SITE(field)   offsetof(struct pull_args, site.field)
static const struct opt options[] = {
	SITE_OPTIONS(AT_SITE),
	IMPORT_OPTIONS(AT_IMPORT),
	{ 0 },
};
#undef AT_IMPORT
#undef AT_SITE

/* The author of the article answers for the column, beside those who were named. */
static int take_in(struct app *app, struct import_args *import, const struct site_thread *t,
		   struct err *err)
{
	if (t->note)
		app_say("%s; its page is read instead", t->note);
	if (t->staff_id)
		opt_list_add(&import->staff_ids, t->staff_id);
	import->format = t->format;
	return cmd_import_files(app, import, t->files, t->count, &t->known, err);
}

static int run(struct app *app, void *args, struct err *err)
{
	struct pull_args *a = args;
	struct site_thread thread;
	struct cmd_site site = { 0 };
	struct buf folder = BUF_INIT;
	struct arena arena = { 0 };
	int status = -1;

	/* A long walk for nothing otherwise. */
	if (a->import.topic && !rules_has_topic(app->rules, a->import.topic)) {
		err_set(err, ERR_USAGE, NULL, 0, "the rules know no topic '%s'", a->import.topic);
		goto out;
	}
	buf_printf(&folder, "%s.pull", app->db);
	if (cmd_site_open(app, &a->site, app->words.items[0], &site, err) < 0 ||
	    site_pull(site.site, buf_str(&folder), &arena, &thread, err) < 0)
		goto out;
	status = take_in(app, &a->import, &thread, err);
	site_pull_clear(buf_str(&folder));
out:
	cmd_site_close(&site);
	buf_release(&folder);
	arena_release(&arena);
	return status;
}

const struct command cmd_pull = {
	.name = "pull",
	.words = "URL",
	.summary = "fetch a thread from a WordPress site and take it in",
	.needs = CMD_RULES | CMD_RESPONSES,
	.min_words = 1,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct pull_args),
	.run = run,
};
