/* buf.h - a growing run of bytes.
 *
 * Invariant: `str` is never NULL after the first append and always ends in a
 * NUL that `len` does not count. Starts as BUF_INIT, ends in buf_release.
 * buf_detach hands the string to the caller, who frees it.
 */
#ifndef DEAR_BUF_H
#define DEAR_BUF_H

#include <stddef.h>
#include <stdint.h>

struct buf {
	char *str;
	size_t len, size;
};
#define BUF_INIT  \
	{         \
		0 \
	}

void buf_add(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_putcp(struct buf *b, uint32_t codepoint); /* as UTF-8 */
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Appends s with & < > " ' escaped for HTML text and quoted attributes. */
void buf_put_html(struct buf *b, const char *s, size_t n);
void buf_reserve(struct buf *b, size_t extra);
void buf_trim(struct buf *b);             /* blanks and newlines at the end */
void buf_cut(struct buf *b, size_t len);  /* shortens to len */
void buf_clear(struct buf *b);            /* empty, memory kept */
const char *buf_str(const struct buf *b); /* "" when nothing was added */
char *buf_detach(struct buf *b);
void buf_release(struct buf *b);

#endif
