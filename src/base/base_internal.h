/* base_internal.h - shared by the files of src/base only. */
#ifndef BASE_INTERNAL_H
#define BASE_INTERNAL_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct file;

/* Formats into out (size bytes) as one line of valid UTF-8: what doesn't fit is
 * cut at a whole character, control characters and bad bytes become '?'. */
void err_line(char *out, size_t size, const char *fmt, va_list args)
	__attribute__((format(printf, 3, 0)));

/* Where temporary files go. */
const char *file_temp_folder(void);
/* A file of mode 0600 there that has no name any more; -1 with *err set. */
int file_open_unlinked(struct err *err);
/* Writes all; -1 with errno set. */
int file_write_full(int fd, const char *bytes, size_t n);
/* From now on f is what fd holds; takes fd over. */
void file_replace(struct file *f, int fd, int64_t size);

#endif
