/* intake_ahead.c - a file's comments, read on another core while the store
 * takes in those before them. Hands on what the reader hands out, in order, and
 * judges nothing.
 */
#include <assert.h>

#include "dear/input.h"

#include "intake_internal.h"

/* What one batch may hold before it is handed on. */
enum { BATCH_BYTES = 1024 * 1024 };

/* A reader changes its refs as it goes; a batch needs them as they were. */
static void copy_ref(struct thread_ref *to, const struct thread_ref *from, struct arena *a)
{
	*to = *from;
	to->url = arena_strdup(a, from->url);
	to->host = arena_strdup(a, from->host);
	to->post_id = arena_strdup(a, from->post_id);
	to->title = arena_strdup(a, from->title);
	to->stored_title = arena_strdup(a, from->stored_title);
	to->posted = arena_strdup(a, from->posted);
	to->posted_gmt = arena_strdup(a, from->posted_gmt);
	to->kind = arena_strdup(a, from->kind);
	to->login = arena_strdup(a, from->login);
}

static void *fill(void *arg)
{
	struct intake_ahead *b = arg;

	while (b->more > 0 && b->count < INTAKE_AHEAD && b->arena.used < BATCH_BYTES) {
		struct comment *c = &b->list[b->count];

		b->more = input_next(b->input, &b->arena, c, &b->diags, &b->err);
		if (b->more <= 0)
			break;
		if (c->thread) {
			struct thread_ref *ref = arena_alloc(&b->arena, sizeof(*ref));

			copy_ref(ref, c->thread, &b->arena);
			c->thread = ref;
		}
		b->count++;
	}
	copy_ref(&b->own, input_thread(b->input), &b->arena);
	return NULL;
}

void intake_ahead_start(struct intake_ahead *b, struct input *input)
{
	assert(!b->running);
	arena_clear(&b->arena);
	b->input = input;
	b->count = 0;
	b->more = 1;
	b->running = pthread_create(&b->thread, NULL, fill, b) == 0;
	if (!b->running)
		fill(b);
}

void intake_ahead_wait(struct intake_ahead *b)
{
	if (b->running)
		pthread_join(b->thread, NULL);
	b->running = false;
}

void intake_ahead_release(struct intake_ahead *b)
{
	intake_ahead_wait(b);
	diags_release(&b->diags);
	arena_release(&b->arena);
}
