/* input.h - bytes in, one comment at a time out.
 *
 * input_open sniffs the format (or takes the one named) and says in a
 * diagnostic which was chosen and why. A reader never holds more than one
 * comment and its ancestors. The only room that knows libxml2.
 * Belongs to its opener: input_free. Not for use by two threads.
 */
#ifndef DEAR_INPUT_H
#define DEAR_INPUT_H

#include <stdbool.h>
#include <stddef.h>

struct arena;
struct buf;
struct comment;
struct diags;
struct err;
struct file;
struct input;
struct thread_ref;

/* One row of the table of formats; also what --format takes and help prints. */
struct input_format {
	const char *name; /* "wordpress-html5" */
	const char *what; /* "WordPress page, html5 markup" */
	bool marks_staff; /* the source itself can say which comments are the column's
			     (bypostauthor, "staff"); REST and plain lists can't */
};
/* NULL-name-ended. */
const struct input_format *input_formats(void);

/* format NULL: sniff. The file is borrowed and must outlive the input; a gzip
 * archive is unpacked first (file_unpack).
 * ERR_USAGE for an unknown format; ERR_EMPTY for empty, binary or
 * unrecognisable bytes. */
struct input *input_open(struct file *f, const char *format, struct diags *d, struct err *err);
/* 1 and a comment (strings in arena), 0 at the end, -1 with *err set. A page
 * or document that ends without a single comment is ERR_EMPTY. Comments come
 * in the order of the source; a child may precede its parent. Pings, spam and
 * trash are handed out too, with their status: the caller counts them. */
int input_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
	       struct err *err);
const char *input_format_name(const struct input *in);
/* The file's own thread: what is known so far; final after the end. Belongs to
 * the input. For formats whose comments carry their own thread_ref (REST of
 * many posts), all NULL. */
const struct thread_ref *input_thread(const struct input *in);
void input_free(struct input *in);

/* Plain text of an HTML fragment, as a reader of the page would copy it:
 * paragraphs apart by a blank line, br a newline, blockquote lines with "> ",
 * emoji images by their alt, links by their text, script and style dropped.
 * html must be valid UTF-8. Also used by `dear classify`. */
void input_html_text(const char *html, size_t len, struct buf *out);

#endif
