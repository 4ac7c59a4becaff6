/* arena.h - memory that is given back all at once.
 *
 * What belongs to a comment lives in its batch's arena and is never freed
 * alone. An arena starts zeroed; arena_clear keeps its largest block for the
 * next batch, arena_release gives everything back. Not for use by two threads.
 */
#ifndef DEAR_ARENA_H
#define DEAR_ARENA_H

#include <stddef.h>

struct arena_block;
struct arena {
	struct arena_block *blocks;
	size_t used; /* bytes handed out since the last clear */
};

void *arena_alloc(struct arena *a, size_t size);    /* zeroed, 16-byte aligned */
void *arena_room(struct arena *a, size_t size);     /* the same, not zeroed */
char *arena_strdup(struct arena *a, const char *s); /* NULL gives NULL */
char *arena_strndup(struct arena *a, const char *s, size_t n);
char *arena_printf(struct arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void *arena_copy(struct arena *a, const void *p, size_t size);
void arena_clear(struct arena *a);
void arena_release(struct arena *a);

#endif
