/* err.h - an error: a call could not do its work.
 *
 * The other channel is diag.h: the work was done, but the editor should know.
 * A `struct err` is owned by the caller, of fixed size, and starts zeroed
 * (`struct err err = { 0 }`). The first error wins: err_set on one that is
 * already set changes nothing, so a caller may add what it knows without
 * covering the cause. A function that can fail takes it last, returns -1 (or
 * NULL) with it set, and leaves its ret_ outputs untouched.
 */
#ifndef DEAR_ERR_H
#define DEAR_ERR_H

/* code, exit status, the word printed before the message. ERR_EMPTY: a file that
 * has no comments and need not have any, as most files of a folder. */
#define ERR_CODES(X)                              \
	X(ERR_NONE, 0, "done")                    \
	X(ERR_USAGE, 2, "usage")                  \
	X(ERR_INPUT, 3, "bad input")              \
	X(ERR_EMPTY, 3, "bad input")              \
	X(ERR_RULES, 4, "bad rules or responses") \
	X(ERR_STORE, 5, "store")                  \
	X(ERR_IO, 6, "input/output")

enum err_code {
#define X(code, status, text) code,
	ERR_CODES(X)
#undef X
};

struct err {
	enum err_code code;
	int line;        /* line in the file named by where; 0 when none */
	char where[128]; /* file, option or table at fault; "" when none */
	char msg[256];   /* one line, lower case, says what to do */
};

/* Sets *err unless it is set already. Returns -1, so that a function can end
 * in `return err_set(...)`. where may be NULL. Long text is cut at a whole
 * UTF-8 character; control characters become '?'. */
int err_set(struct err *err, enum err_code code, const char *where, int line, const char *fmt, ...)
	__attribute__((format(printf, 5, 6)));

/* Fills in where and line of a set error that has none yet: the one thing a
 * layer that knows the file's name may add. */
void err_at(struct err *err, const char *where, int line);

/* The exit status of design: only main uses it. */
int err_exit(const struct err *err);

/* The word for a code, e.g. "bad input". */
const char *err_word(enum err_code code);

#endif
