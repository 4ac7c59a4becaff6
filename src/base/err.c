/* err.c - sets and names errors.
 *
 * Knows codes and their words; prints nothing and ends nothing. The text of an
 * error is made safe here, so that a hostile file name can't break a log line.
 */
#include "dear/err.h"

#include <stdio.h>
#include <string.h>

#include "base_internal.h"
#include "dear/utf8.h"

static int is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0);
}

/* Takes off a character that lost its end when the text was cut. */
static void cut_whole(char *s)
{
	size_t len = strlen(s);
	size_t back = 0;
	uint32_t cp;

	while (back < 3 && back < len && ((unsigned char)s[len - 1 - back] & 0xc0) == 0x80)
		back++;
	if (back == len)
		return;
	if ((unsigned char)s[len - 1 - back] >= 0xc0 &&
	    utf8_decode(s + len - 1 - back, back + 1, &cp) == 1)
		s[len - 1 - back] = '\0';
}

void err_line(char *out, size_t size, const char *fmt, va_list args)
{
	int full = vsnprintf(out, size, fmt, args);
	size_t len, n;
	uint32_t cp;

	if (full < 0)
		out[0] = '\0';
	else if ((size_t)full >= size)
		cut_whole(out);
	len = strlen(out);
	for (size_t i = 0; i < len; i += n) {
		n = utf8_decode(out + i, len - i, &cp);
		if (is_control(cp) || (n == 1 && cp == 0xfffd))
			memset(out + i, '?', n);
	}
}

static void __attribute__((format(printf, 3, 4)))
set_line(char *out, size_t size, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	err_line(out, size, fmt, args);
	va_end(args);
}

int err_set(struct err *err, enum err_code code, const char *where, int line, const char *fmt, ...)
{
	va_list args;

	if (err->code != ERR_NONE)
		return -1;
	err->code = code;
	err->line = line;
	set_line(err->where, sizeof(err->where), "%s", where ? where : "");
	va_start(args, fmt);
	err_line(err->msg, sizeof(err->msg), fmt, args);
	va_end(args);
	return -1;
}

void err_at(struct err *err, const char *where, int line)
{
	if (err->code == ERR_NONE || err->where[0] != '\0')
		return;
	set_line(err->where, sizeof(err->where), "%s", where ? where : "");
	err->line = line;
}

int err_exit(const struct err *err)
{
	switch (err->code) {
#define X(code, status, text) \
	case code:            \
		return status;
		ERR_CODES(X)
#undef X
	}
	return 0;
}

const char *err_word(enum err_code code)
{
	switch (code) {
#define X(code, status, text) \
	case code:            \
		return text;
		ERR_CODES(X)
#undef X
	}
	return "";
}
