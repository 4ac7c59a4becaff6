/* export.h - approved replies, written for somebody else to read.
 *
 * A format is a row in a table: name, what it is, whether writing it counts as
 * sending the reply (then the item gets a receipt). One item at a time, so that
 * any number can be exported. Approved replies only, by construction: the
 * caller's query is inside.
 */
#ifndef DEAR_EXPORT_H
#define DEAR_EXPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct diags;
struct err;
struct store;

struct export_format {
	const char *name, *what;
	bool sends; /* sets the exported flag */
};
/* NULL-name-ended. */
const struct export_format *export_formats(void);

struct export_options {
	const char *format; /* a name of the table */
	int64_t thread;     /* 0: all */
	bool again;         /* where receipts are given: also what has one */
	bool mark;          /* give receipts whatever the format */
	bool stale;         /* stale ones too; else each is named in a DIAG_STALE */
	bool also_answered; /* where it sends: also what the column has answered
			       since; else each is named in a DIAG_ANSWERED */
	const char *actor;
	int64_t now;
};
/* Writes to out, thread by thread in the order of ids, then gives the receipts,
 * in one transaction; flush(ctx) is called between the two (it commits the
 * file; NULL: nothing to do), so that a receipt is never given for what was not
 * written. Without receipts the store is only read, and all approved replies
 * are written however often. Returns how many in ret. ERR_USAGE for an unknown
 * format or thread, ERR_IO when out fails. */
int export_write(struct store *s, const struct export_options *o, FILE *out,
		 int (*flush)(void *ctx, struct err *err), void *ctx, uint64_t *ret,
		 struct diags *d, struct err *err);

/* ---- a reply in three renderings, each escaped for its target ---- */

struct buf;

/* As it was written, without control characters. */
void export_render_plain(struct buf *out, const char *text);
/* CommonMark in which every character shows as it is. */
void export_render_markdown(struct buf *out, const char *text);
/* Paragraphs and line breaks, nothing else. */
void export_render_html(struct buf *out, const char *text);
/* HTML as WordPress stores comments: no tags, since it makes the paragraphs
 * itself; what its tables may not hold (beyond U+FFFF) as numbers. */
void export_render_wordpress(struct buf *out, const char *text);

/* A CSV cell (RFC 4180): quoted as needed, control characters replaced; one that
 * a spreadsheet would run (it begins with = + - @, full width too, tab or a line
 * end) gets a leading apostrophe. */
void export_csv_cell(struct buf *out, const char *text);

#endif
