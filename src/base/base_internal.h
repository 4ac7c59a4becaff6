/* base_internal.h - shared by the files of src/base only. */
#ifndef BASE_INTERNAL_H
#define BASE_INTERNAL_H

#include <stdarg.h>
#include <stddef.h>

/* Formats into out (size bytes) as one line of valid UTF-8: what doesn't fit is
 * cut at a whole character, control characters and bad bytes become '?'. */
void err_line(char *out, size_t size, const char *fmt, va_list args)
	__attribute__((format(printf, 3, 0)));

#endif
