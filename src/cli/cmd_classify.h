/* cmd_classify.h - what the files of `dear classify` share: bytes to lines, a
 * line in, a line out. Lines know nothing of each other, so those that have
 * come are judged at once.
 */
#ifndef DEAR_CLI_CMD_CLASSIFY_H
#define DEAR_CLI_CMD_CLASSIFY_H

#include <stdbool.h>
#include <stddef.h>

#include "dear/buf.h"

struct arena;
struct err;
struct rules;

struct filter_line {
	char *text; /* NUL-terminated; borrowed from the source */
	size_t len, number;
	bool too_long;        /* text is not there */
	struct buf out;       /* the answer, a line; empty when it could not be read */
	struct buf complaint; /* for stderr; empty when all is well */
};

/* ---- cmd_classify_read.c ---- */

/* Where lines come from, and those of the last read. Starts zeroed but for fd
 * and name; ends in filter_source_release (fd stays the opener's). */
struct filter_source {
	int fd;
	const char *name;
	struct filter_line *lines;
	size_t count;
	/* its own */
	size_t line_size, number, len, done, size;
	char *bytes;
	bool ended, dropping;
};

/* Reads what is there, waiting only when nothing is, and hands out its whole
 * lines, blank ones left out; they are good until the next call. 1 (perhaps
 * with no line), 0 at the end, -1 with *err set. */
int filter_source_read(struct filter_source *s, struct err *err);
void filter_source_release(struct filter_source *s);

/* A string of a line, NUL-terminated; str is NULL where there is none. */
struct filter_string {
	const char *str;
	size_t len;
};

/* What a line tells. */
struct filter_fields {
	struct filter_string id; /* as it stands, with its quotes; not terminated */
	struct filter_string text, html, author, topic;
	struct filter_string date;
	double seconds; /* a date that is a number */
	bool has_seconds;
	bool odd_date; /* neither of the two, and not null */
};

/* ---- cmd_classify_line.c ---- */

/* topic: for lines that name none; NULL. */
void filter_line_judge(struct filter_line *l, const struct rules *rules, const char *topic,
		       struct arena *a);

/* ---- cmd_classify_id.c ---- */

/* Where the value of the member "id" stands in a JSON object, as text, which
 * may be any string or number. False when there is none such. */
bool filter_find_id(const char *line, size_t *ret_start, size_t *ret_len);
/* A JSON number of any size. */
bool filter_is_number(const char *s, size_t len);

/* ---- cmd_classify_plain.c ---- */

/* Reads a line (valid UTF-8, NUL-terminated) that holds nothing unusual; its
 * strings are decoded where they stand. False, and the line untouched, when
 * Jansson must read it. */
bool filter_plain_read(char *line, size_t len, struct filter_fields *ret);

#endif
