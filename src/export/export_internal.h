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
#define EXPORT_FORMATS(X)                                                             \
	X("json", "one JSON array", false, export_json)                               \
	X("ndjson", "JSON, one reply a line", false, export_ndjson)                   \
	X("csv", "a table for spreadsheets (RFC 4180, UTF-8)", false, export_csv)     \
	X("html", "one page to read or print", false, export_html)                    \
	X("markdown", "each comment quoted, its reply below", false, export_markdown) \
	X("text", "the same as plain text", false, export_text)

/* One approved reply. */
struct export_reply {
	const struct item *item;
	const char *approved_at; /* "2026-03-01T09:30:00Z" */
	uint64_t number;         /* from 1, over the whole export */
	bool opens;              /* the first of its thread */
};

struct export_writer {
	void (*begin)(struct buf *out); /* NULL: nothing to write */
	void (*reply)(struct buf *out, const struct export_reply *r);
	void (*end)(struct buf *out, uint64_t count); /* NULL: nothing to write */
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

#endif
