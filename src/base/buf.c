/* buf.c - a run of bytes that grows by doubling. */
#include "dear/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"
#include "dear/utf8.h"

void buf_reserve(struct buf *b, size_t extra)
{
	if (b->size - b->len > extra)
		return;
	if (extra > SIZE_MAX - b->len - 1)
		mem_die();
	b->str = mem_grow(b->str, &b->size, b->len + extra + 1, 1);
	b->str[b->len] = '\0';
}

void buf_add(struct buf *b, const void *bytes, size_t n)
{
	buf_reserve(b, n);
	if (n > 0)
		memcpy(b->str + b->len, bytes, n);
	b->len += n;
	b->str[b->len] = '\0';
}

void buf_puts(struct buf *b, const char *s)
{
	buf_add(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	buf_reserve(b, 1);
	b->str[b->len++] = c;
	b->str[b->len] = '\0';
}

void buf_putcp(struct buf *b, uint32_t codepoint)
{
	char bytes[4];

	buf_add(b, bytes, utf8_encode(codepoint, bytes));
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	buf_reserve(b, 1);
	len = vsnprintf(b->str + b->len, b->size - b->len, fmt, args);
	if (len < 0)
		mem_die();
	if ((size_t)len >= b->size - b->len) {
		buf_reserve(b, (size_t)len);
		vsnprintf(b->str + b->len, b->size - b->len, fmt, again);
	}
	b->len += (size_t)len;
	va_end(again);
	va_end(args);
}

static const char *html_entity(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	}
	return NULL;
}

void buf_put_html(struct buf *b, const char *s, size_t n)
{
	size_t done = 0;

	buf_reserve(b, n);
	for (size_t i = 0; i < n; i++) {
		const char *entity = html_entity(s[i]);

		if (!entity)
			continue;
		buf_add(b, s + done, i - done);
		buf_puts(b, entity);
		done = i + 1;
	}
	buf_add(b, s + done, n - done);
}

void buf_trim(struct buf *b)
{
	while (b->len > 0 && memchr(" \t\r\n", b->str[b->len - 1], 4))
		b->len--;
	if (b->str)
		b->str[b->len] = '\0';
}

void buf_cut(struct buf *b, size_t len)
{
	if (len >= b->len)
		return;
	b->len = len;
	b->str[len] = '\0';
}

void buf_clear(struct buf *b)
{
	buf_cut(b, 0);
}

const char *buf_str(const struct buf *b)
{
	return b->str ? b->str : "";
}

char *buf_detach(struct buf *b)
{
	char *str;

	buf_reserve(b, 0);
	str = b->str;
	memset(b, 0, sizeof(*b));
	return str;
}

void buf_release(struct buf *b)
{
	free(b->str);
	memset(b, 0, sizeof(*b));
}
