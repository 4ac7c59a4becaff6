/* print_value.h - JSON written straight into a buffer, keys in the order they
 * are written. A comma goes before whatever does not open its array or object,
 * so callers write values and never separators.
 *
 * Strings are valid UTF-8. Control characters, C1 and bidirectional overrides
 * included, are written as \uXXXX: the same string to a program, harmless on a
 * terminal. Numbers never depend on the locale.
 */
#ifndef DEAR_CLI_PRINT_VALUE_H
#define DEAR_CLI_PRINT_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct classification;
struct situation;

/* Quoted, no comma; len bytes. */
void value_quote(struct buf *b, const char *s, size_t len);

/* key NULL: an element of an array. s NULL: null. */
void value_string(struct buf *b, const char *key, const char *s);
void value_int(struct buf *b, const char *key, int64_t n);
void value_bool(struct buf *b, const char *key, bool yes);
void value_null(struct buf *b, const char *key);
/* At most two decimals: 0.93, 1, 0.5. */
void value_score(struct buf *b, const char *key, double score);
/* At most three. */
void value_share(struct buf *b, const char *key, double share);
/* Seconds since 1970 as 2024-05-31T09:30:00Z. */
void value_time(struct buf *b, const char *key, int64_t utc);
void value_open(struct buf *b, const char *key, char bracket);
void value_close(struct buf *b, char bracket);
/* Comma (unless first) and key; the value itself is the caller's to add. */
void value_key(struct buf *b, const char *key);

/* "situations" with or without evidence, "facts". */
void value_situations(struct buf *b, const struct classification *c, bool evidence);
void value_facts(struct buf *b, const struct classification *c);
/* Members of one piece of evidence, without braces. */
void value_evidence(struct buf *b, const struct situation *s, size_t i);

#endif
