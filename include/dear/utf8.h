/* utf8.h - UTF-8 as bytes and code points (RFC 3629).
 *
 * Text inside dear is valid UTF-8 without NUL: bytes from outside pass
 * utf8_clean once, at the door. Unicode properties and normal forms come from
 * utf8proc.
 */
#ifndef DEAR_UTF8_H
#define DEAR_UTF8_H

#include <stddef.h>
#include <stdint.h>

struct buf;

/* Decodes the code point at s (n > 0 bytes left). Returns its length in bytes;
 * for a bad sequence 1, with U+FFFD. */
size_t utf8_decode(const char *s, size_t n, uint32_t *ret_cp);
/* Encodes into out (4 bytes at least); returns the length. */
size_t utf8_encode(uint32_t cp, char *out);
/* Code points in n bytes of valid UTF-8. */
size_t utf8_count(const char *s, size_t n);
/* Byte offset of code point number cp. */
size_t utf8_offset(const char *s, size_t n, size_t cp);
/* Appends s as valid UTF-8: bad bytes and NUL become U+FFFD. Returns how many
 * were replaced. */
size_t utf8_clean(struct buf *out, const char *s, size_t n);
/* True when n bytes are valid UTF-8 without NUL. */
int utf8_valid(const char *s, size_t n);
/* Bytes at s that stand in a JSON string as they are: printable ASCII up to a
 * quote, a backslash or anything else. */
size_t utf8_plain_run(const char *s, size_t n);
/* Columns on a terminal (0 for combining marks, 2 for wide characters). */
int utf8_width(uint32_t cp);
/* Appends s for a terminal: control characters (C0 but newline, DEL, C1,
 * bidirectional overrides and isolates) become U+FFFD, tabs a blank. */
void utf8_put_terminal(struct buf *out, const char *s, size_t n);
/* Appends JSON text with what Jansson leaves as it is but a terminal obeys or
 * hides, DEL, C1, and what turns the direction of text, written as \uXXXX. */
void utf8_put_json(struct buf *out, const char *json, size_t n);

#endif
