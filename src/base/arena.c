/* arena.c - blocks of memory that are given back together.
 *
 * The head of the list is the block in use. A piece too large for it gets a
 * block of its own behind the head, so that the head's free end isn't lost.
 */
#include "dear/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"

#define ALIGN       16
#define BLOCK_FIRST ((size_t)16 * 1024)
#define BLOCK_MOST  ((size_t)1024 * 1024)

struct arena_block {
	struct arena_block *next;
	size_t size, used;
	_Alignas(ALIGN) char data[];
};

static struct arena_block *new_block(size_t size)
{
	struct arena_block *block;

	if (size > SIZE_MAX - sizeof(*block))
		mem_die();
	block = mem_realloc(NULL, sizeof(*block) + size);
	block->next = NULL;
	block->size = size;
	block->used = 0;
	return block;
}

/* A block with room for need bytes, linked in. */
static struct arena_block *add_block(struct arena *a, size_t need)
{
	size_t size = a->blocks ? a->blocks->size * 2 : BLOCK_FIRST;
	struct arena_block *block;

	if (size > BLOCK_MOST)
		size = BLOCK_MOST;
	if (a->blocks && need > size / 4) {
		block = new_block(need);
		block->next = a->blocks->next;
		a->blocks->next = block;
	} else {
		block = new_block(need > size ? need : size);
		block->next = a->blocks;
		a->blocks = block;
	}
	return block;
}

/* Not zeroed. */
static void *take(struct arena *a, size_t size)
{
	struct arena_block *block = a->blocks;
	void *piece;

	if (size > SIZE_MAX - ALIGN)
		mem_die();
	size = (size + ALIGN - 1) / ALIGN * ALIGN;
	if (!block || block->size - block->used < size)
		block = add_block(a, size);
	piece = block->data + block->used;
	block->used += size;
	a->used += size;
	return piece;
}

void *arena_room(struct arena *a, size_t size)
{
	return take(a, size ? size : 1);
}

void *arena_alloc(struct arena *a, size_t size)
{
	return memset(arena_room(a, size), 0, size);
}

void *arena_copy(struct arena *a, const void *p, size_t size)
{
	if (size == 0)
		return arena_alloc(a, 0);
	return memcpy(take(a, size), p, size);
}

char *arena_strdup(struct arena *a, const char *s)
{
	return s ? arena_copy(a, s, strlen(s) + 1) : NULL;
}

char *arena_strndup(struct arena *a, const char *s, size_t n)
{
	size_t len;
	char *copy;

	if (!s)
		return NULL;
	len = strnlen(s, n);
	copy = take(a, len + 1);
	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	char small[256];
	va_list args, again;
	char *out;
	int len;

	va_start(args, fmt);
	va_copy(again, args);
	len = vsnprintf(small, sizeof(small), fmt, args);
	if (len < 0)
		mem_die();
	out = take(a, (size_t)len + 1);
	if ((size_t)len < sizeof(small))
		memcpy(out, small, (size_t)len + 1);
	else
		vsnprintf(out, (size_t)len + 1, fmt, again);
	va_end(again);
	va_end(args);
	return out;
}

void arena_clear(struct arena *a)
{
	struct arena_block *largest = a->blocks;
	struct arena_block *next;

	for (struct arena_block *b = a->blocks; b; b = b->next)
		if (b->size > largest->size)
			largest = b;
	for (struct arena_block *b = a->blocks; b; b = next) {
		next = b->next;
		if (b != largest)
			free(b);
	}
	if (largest) {
		largest->next = NULL;
		largest->used = 0;
	}
	a->blocks = largest;
	a->used = 0;
}

void arena_release(struct arena *a)
{
	arena_clear(a);
	free(a->blocks);
	a->blocks = NULL;
}
