/* jstream.h - JSON of any size, one value at a time.
 *
 * Jansson reads whole documents only. jstream finds, in one pass and without
 * recursion, where each element of an array, each line of NDJSON or each
 * member of an object ends; the piece is then parsed by Jansson. Memory is one
 * window plus the largest single value (BOUND_JSON_VALUE_BYTES).
 * A value nested deeper than BOUND_JSON_DEPTH, a missing comma or end, or
 * anything but blanks after the end is ERR_INPUT with file and line.
 */
#ifndef DEAR_JSTREAM_H
#define DEAR_JSTREAM_H

#include <stddef.h>
#include <stdint.h>

struct err;
struct file;
struct jstream;

/* Elements of the array that begins at offset (blanks before it allowed). A
 * byte order mark at the start of the file is passed over. With whole set,
 * only blanks may follow the array. */
struct jstream *jstream_array(struct file *f, int64_t offset, int whole, struct err *err);
/* Members of the object that begins at offset. */
struct jstream *jstream_object(struct file *f, int64_t offset, int whole, struct err *err);
/* Lines of NDJSON; blank lines, and blanks before a line's first byte, are
 * passed over. A line is handed out as it is, its JSON not checked. */
struct jstream *jstream_lines(struct file *f, struct err *err);

struct jvalue {
	const char *text; /* NUL-terminated, borrowed until the next call; NULL
			     when the value was only measured */
	size_t len;
	const char *key; /* of an object's member, decoded; else NULL */
	int64_t offset;  /* where the value begins in the file */
	int line;        /* line of the file it begins on, from 1, wherever the
			    stream itself began */
};

/* 1 and a value, 0 at the end, -1 with *err set. A value over the bound is an
 * error after which the next call goes on with the next value; every other
 * error stays. */
int jstream_next(struct jstream *js, struct jvalue *ret, struct err *err);
/* Like jstream_next, but a value longer than max bytes is only measured (text
 * NULL): to look for a small member beside a huge array. What is inside a
 * measured value is not checked, brackets aside. */
int jstream_skim(struct jstream *js, size_t max, struct jvalue *ret, struct err *err);
void jstream_free(struct jstream *js);

#endif
