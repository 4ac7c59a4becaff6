/* mem.h - memory that does not fail: running out ends the program in one place
 * (mem_die, exit status 6), so that no allocation is checked anywhere else.
 */
#ifndef DEAR_MEM_H
#define DEAR_MEM_H

#include <stddef.h>

void *mem_alloc(size_t size);            /* zeroed; free() it */
void *mem_realloc(void *p, size_t size); /* not zeroed */
char *mem_strdup(const char *s);
char *mem_strndup(const char *s, size_t n);
/* Grows an array to hold at least need elements (doubling); *size is in
 * elements. Returns the moved array. */
void *mem_grow(void *p, size_t *size, size_t need, size_t elem);
void mem_die(void) __attribute__((noreturn));

#endif
