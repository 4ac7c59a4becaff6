/* mem.c - allocation that returns memory or ends the program.
 *
 * mem_die is the one way out below src/cli: there is nothing left to format a
 * message with, so it writes one line to standard error and exits at once.
 */
#include "dear/mem.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define EXIT_NO_MEMORY 6
#define FIRST_ELEMENTS 16

void mem_die(void)
{
	static const char text[] = "dear: input/output: out of memory\n";
	ssize_t ignored = write(STDERR_FILENO, text, sizeof(text) - 1);

	(void)ignored;
	_exit(EXIT_NO_MEMORY);
}

void *mem_alloc(size_t size)
{
	void *p = calloc(1, size ? size : 1);

	if (!p)
		mem_die();
	return p;
}

void *mem_realloc(void *p, size_t size)
{
	void *moved = realloc(p, size ? size : 1);

	if (!moved)
		mem_die();
	return moved;
}

char *mem_strdup(const char *s)
{
	return mem_strndup(s, strlen(s));
}

char *mem_strndup(const char *s, size_t n)
{
	size_t len = strnlen(s, n);
	char *copy = mem_realloc(NULL, len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

void *mem_grow(void *p, size_t *size, size_t need, size_t elem)
{
	size_t grown = *size ? *size : FIRST_ELEMENTS;

	if (need <= *size)
		return p;
	while (grown < need) {
		if (grown > SIZE_MAX / 2)
			mem_die();
		grown *= 2;
	}
	if (grown > SIZE_MAX / elem)
		mem_die();
	p = mem_realloc(p, grown * elem);
	*size = grown;
	return p;
}
