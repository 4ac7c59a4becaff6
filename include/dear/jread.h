/* jread.h - typed reads from Jansson values, with errors that name the file,
 * the line and the path ("rules[3].cue: expected a string").
 *
 * A struct jread is a place: a value, the file and line it came from, and the
 * path so far. It lives on the stack and borrows everything; the json_t tree
 * belongs to who parsed it. Errors carry the code given at the top (ERR_RULES
 * for data/ and responses/, ERR_INPUT for threads).
 */
#ifndef DEAR_JREAD_H
#define DEAR_JREAD_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "dear/buf.h"
#include "dear/err.h"

struct jread {
	json_t *value;
	const char *file;
	int line;
	enum err_code code;
	char path[96];
};

/* Parses text; NULL with *err set. JSON_ALLOW_NUL is off, duplicate keys are
 * rejected, line counts from the line given. json_decref the result. */
json_t *jread_parse(const char *text, size_t len, const char *file, int line, enum err_code code,
		    struct err *err);
/* JSON may escape what no text can hold: U+0000, and one half of a surrogate
 * pair. Copies JSON to out with those escapes as \ufffd and says how many they
 * were; with none, out is left alone. */
size_t jread_mend(const char *json, size_t len, struct buf *out);
/* Parses a small file. */
json_t *jread_file(const char *path, enum err_code code, struct err *err);

struct jread jread_top(json_t *value, const char *file, int line, enum err_code code);
/* Member key (value NULL when absent), element i. */
struct jread jread_member(const struct jread *j, const char *key);
struct jread jread_element(const struct jread *j, size_t i);
int jread_fail(const struct jread *j, struct err *err, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* Typed members. The "need" forms fail when the key is absent; the others
 * leave *ret as it is, and take null for absent. Strings are borrowed from the tree. */
int jread_need_string(const struct jread *j, const char *key, const char **ret, struct err *err);
int jread_string(const struct jread *j, const char *key, const char **ret, struct err *err);
int jread_real(const struct jread *j, const char *key, double *ret, struct err *err);
int jread_int(const struct jread *j, const char *key, int *ret, struct err *err);
int jread_bool(const struct jread *j, const char *key, bool *ret, struct err *err);
/* Fails on any member whose name is not in the NULL-ended list. */
int jread_only(const struct jread *j, const char *const *names, struct err *err);

#endif
