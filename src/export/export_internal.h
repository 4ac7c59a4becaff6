/* export_internal.h - what a format is to export.c. A writer turns one approved
 * reply into bytes and cannot fail; files, receipts and the choice of replies
 * are export.c's. To add a format: its file, a row in EXPORT_FORMATS.
 */
#ifndef DEAR_EXPORT_INTERNAL_H
#define DEAR_EXPORT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/export.h"

struct buf;
struct item;

/* Name, what it is, does writing it send the reply?, its writer. */
#define EXPORT_FORMATS(X)                                                                  \
	X("json", "one JSON array", false, export_json)                                    \
	X("ndjson", "JSON, one reply a line", false, export_ndjson)                        \
	X("csv", "a table for spreadsheets (RFC 4180, UTF-8)", false, export_csv)          \
	X("html", "one page to read or print", false, export_html)                         \
	X("markdown", "each comment quoted, its reply below", false, export_markdown)      \
	X("text", "the same as plain text", false, export_text)                            \
	X("copy-sheet", "a page to copy replies from by hand", false, export_copysheet)    \
	X("wordpress", "bodies for POST /wp/v2/comments, one a line", true, export_rest)   \
	X("wp-cli", "a shell script that posts by wp-cli", true, export_wpcli)             \
	X("wxr", "an import file for the WordPress site they came from", true, export_wxr) \
	X("disqus", "bodies for POST posts/create, one a line", true, export_disqus)

/* One approved reply. */
struct export_reply {
	const struct item *item;
	const struct store_thread *thread;
	const struct store_columnist *columnist; /* of the thread */
	const char *approved_at;                 /* "2026-03-01T09:30:00Z" */
	int64_t at;      /* the same, later by as much as no two be of one second */
	uint64_t number; /* from 1, over the whole export */
	bool opens;      /* the first of its thread */
};

struct export_writer {
	void (*begin)(struct buf *out); /* NULL: nothing to write */
	void (*reply)(struct buf *out, const struct export_reply *r);
	void (*end)(struct buf *out, uint64_t count); /* NULL: nothing to write */
	/* Why the reply can't be written so, in a few words; NULL when it can. NULL:
	 * any can. */
	const char *(*unfit)(const struct export_reply *r);
	/* The same of a doubt, told once a thread. */
	const char *(*doubt)(const struct export_reply *r);
};
#define X(name, what, sends, writer) extern const struct export_writer writer;
EXPORT_FORMATS(X)
#undef X

/* s, or what stands for it. */
const char *export_or(const char *s, const char *otherwise);
/* True for addresses a reader may be sent to: http and https. A source can name
 * any, "javascript:" too. NULL is none. */
bool export_is_link(const char *url);
/* Appends n bytes of one line: for a terminal, newlines in it as blanks. A name
 * that has one must not begin a line of the file. */
void export_put_line(struct buf *out, const char *s, size_t n);
/* The next line of a text (without its newline), moving *text past it; false at
 * the end. */
bool export_line(const char **text, const char **ret_line, size_t *ret_len);

/* ---- export_render.c ---- */

/* One line as markdown that shows as it is, without the blanks around it. */
void export_markdown_line(struct buf *out, const char *text, size_t len);
/* A text as markdown, each line after prefix ("" or ">"). */
void export_markdown_text(struct buf *out, const char *text, const char *prefix);
/* Whatever people wrote, as HTML that shows it: safe in text and attributes. */
void export_html_line(struct buf *out, const char *s, size_t len);

/* ---- export_json.c ---- */

/* A text as a JSON string. */
void export_json_string(struct buf *out, const char *s);

/* ---- export_rest.c ---- */

/* What export_writer.unfit is for all of WordPress' forms. */
const char *export_rest_unfit(const struct export_reply *r);
bool export_is_number(const char *s); /* digits, not all 0 */

#endif
