/* cmd_filter.h - what list, review and approve can be narrowed by: the same
 * options everywhere, over a filter that was saved under a name.
 */
#ifndef DEAR_CLI_CMD_FILTER_H
#define DEAR_CLI_CMD_FILTER_H

#include <stdint.h>

#include "cmd.h"

struct arena;
struct err;
struct store_filter;

struct filter_args {
	const char *name; /* --filter */
	const char *status, *flag, *situation, *topic, *band, *search, *reason, *author;
	int64_t thread, since;
};

/* Rows of an option table for a struct with a filter_args of that name. */
#define FILTER_AT(type, field, name) \
	(offsetof(struct type, field) + offsetof(struct filter_args, name))
#define FILTER_OPTIONS(type, field)                                                               \
	{ "filter", OPT_TEXT, FILTER_AT(type, field, name), "NAME",                               \
	  "as saved under this name (`dear filters`)" },                                          \
		{ "status", OPT_TEXT, FILTER_AT(type, field, status), "STATUS",                   \
		  "drafted, needs_person, no_reply, approved, rejected, dismissed; open; "        \
		  "all" },                                                                        \
		{ "flag", OPT_TEXT, FILTER_AT(type, field, flag), "FLAG",                         \
		  "answered, edited, stale or exported" },                                        \
		{ "reason", OPT_TEXT, FILTER_AT(type, field, reason), "REASON",                   \
		  "why it needs a person, or no reply: safety ..." },                             \
		{ "situation", OPT_TEXT, FILTER_AT(type, field, situation), "LABEL",              \
		  "with this situation found" },                                                  \
		{ "band", OPT_TEXT, FILTER_AT(type, field, band), "BAND",                         \
		  "found at least this surely: low, medium, high" },                              \
		{ "topic", OPT_TEXT, FILTER_AT(type, field, topic), "TOPIC", "of this topic" },   \
		{ "thread", OPT_NUMBER, FILTER_AT(type, field, thread), "N", "of this thread" },  \
		{ "author", OPT_TEXT, FILTER_AT(type, field, author), "NAME", "by this reader" }, \
		{ "since", OPT_DATE, FILTER_AT(type, field, since), "DATE",                       \
		  "written on this date or later" },                                              \
	{                                                                                         \
		"search", OPT_TEXT, FILTER_AT(type, field, search), "WORDS",                      \
			"with these words in comment or reply"                                    \
	}

/* Says what is wrong before anything is opened. */
int filter_check(const struct filter_args *f, struct err *err);
/* The saved filter, if one is named, with what is given beside it on top;
 * --status all takes its status away. ERR_USAGE when there is none of that name. */
int filter_read(struct app *app, const struct filter_args *f, struct arena *a,
		struct store_filter *ret, struct err *err);

#endif
