/* cmd_import.h - what import and pull share: how threads are taken in. */
#ifndef DEAR_CLI_CMD_IMPORT_H
#define DEAR_CLI_CMD_IMPORT_H

#include "cmd.h"

struct thread_ref;

struct import_args {
	const char *topic, *format, *title, *thread;
	struct opt_list staff, staff_ids;
	int64_t since;
	bool also_answered, dry_run;
};

/* Their rows in a table of options; AT gives the place of a field. */
/* clang-format off */
#define IMPORT_OPTIONS(AT) \
	{ "topic", OPT_TEXT, AT(topic), "TOPIC", "what the article is about, e.g. ex-letter" }, \
	{ "title", OPT_TEXT, AT(title), "TITLE", "the article's title" }, \
	{ "thread", OPT_TEXT, AT(thread), "KEY", "a name the thread is known by from now on" }, \
	{ "staff", OPT_LIST, AT(staff), "NAME", "who answers for the column; may be repeated" }, \
	{ "staff-id", OPT_LIST, AT(staff_ids), "N", "the same by account id; may be repeated" }, \
	{ "since", OPT_DATE, AT(since), "DATE", "draft only for comments from this date on" }, \
	{ "also-answered", OPT_FLAG, AT(also_answered), NULL, \
	  "draft for comments the column has answered, too" }, \
	{ "dry-run", OPT_FLAG, AT(dry_run), NULL, "say what would be done, keep nothing" }
/* clang-format on */

/* The files into the store, and what came of it printed; returns the command's
 * status. known: what is known of their one thread beside them; NULL. */
int cmd_import_files(struct app *app, const struct import_args *a, const char *const *files,
		     size_t count, const struct thread_ref *known, struct err *err);

#endif
