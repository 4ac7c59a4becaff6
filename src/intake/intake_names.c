/* intake_names.c - what was already looked up while a file is read: the rows of
 * its threads by their names, and the places of rows in the report. In an
 * export every comment may be of another thread than the one before.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/hash.h"
#include "dear/mem.h"

#include "intake_internal.h"

static struct intake_name *find(const struct intake_names *n, const char *name)
{
	size_t at = hash_string(HASH_START, name) % n->size;

	while (n->slots[at].name && strcmp(n->slots[at].name, name) != 0)
		at = (at + 1) % n->size;
	return &n->slots[at];
}

static void grow(struct intake_names *n)
{
	struct intake_name *old = n->slots;
	size_t old_size = n->size;

	if (2 * (n->count + 1) < n->size)
		return;
	n->size = n->size ? 2 * n->size : 16;
	n->slots = mem_alloc(n->size * sizeof(*n->slots));
	for (size_t i = 0; i < old_size; i++)
		if (old[i].name)
			*find(n, old[i].name) = old[i];
	free(old);
}

int64_t intake_names_get(const struct intake_names *n, const char *name)
{
	return n->size ? find(n, name)->row : 0;
}

void intake_names_put(struct intake_names *n, const char *name, int64_t row)
{
	struct intake_name *slot;

	grow(n);
	slot = find(n, name);
	if (!slot->name) {
		slot->name = arena_strdup(&n->arena, name);
		n->count++;
	}
	slot->row = row;
}

void intake_names_release(struct intake_names *n)
{
	free(n->slots);
	arena_release(&n->arena);
	*n = (struct intake_names){ 0 };
}
