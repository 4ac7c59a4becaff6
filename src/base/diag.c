/* diag.c - keeps diagnostics: the first ones word for word, the rest counted.
 *
 * Does not print them; src/cli does.
 */
#include "dear/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_internal.h"
#include "dear/bounds.h"
#include "dear/mem.h"

#define TEXT_BYTES 512

static char *__attribute__((format(printf, 1, 2))) line_dup(const char *fmt, ...)
{
	char text[TEXT_BYTES];
	va_list args;

	va_start(args, fmt);
	err_line(text, sizeof(text), fmt, args);
	va_end(args);
	return mem_strdup(text);
}

static struct diag *add_slot(struct diags *d)
{
	d->list = mem_grow(d->list, &d->size, d->count + 1, sizeof(*d->list));
	return &d->list[d->count++];
}

void diag_add(struct diags *d, enum diag_id id, const char *where, const char *fmt, ...)
{
	char text[TEXT_BYTES];
	struct diag *slot;
	va_list args;

	d->total[id]++;
	if (d->count >= BOUND_DIAGS_KEPT)
		return;
	va_start(args, fmt);
	err_line(text, sizeof(text), fmt, args);
	va_end(args);
	slot = add_slot(d);
	slot->id = id;
	slot->where = line_dup("%s", where ? where : "");
	slot->text = mem_strdup(text);
}

static const struct {
	enum diag_level level;
	const char *name;
} ids[DIAG_ID_COUNT] = {
#define X(id, level, name) [id] = { level, name },
	DIAG_IDS(X)
#undef X
};

const char *diag_name(enum diag_id id)
{
	return ids[id].name;
}

enum diag_level diag_level_of(enum diag_id id)
{
	return ids[id].level;
}

const char *diag_level_word(enum diag_level level)
{
	switch (level) {
	case DIAG_NOTE:
		return "note";
	case DIAG_WARNING:
		return "warning";
	}
	return "";
}

static void free_texts(struct diag *diag)
{
	free(diag->where);
	free(diag->text);
}

void diags_move(struct diags *dst, struct diags *src)
{
	for (size_t i = 0; i < src->count; i++) {
		if (dst->count < BOUND_DIAGS_KEPT)
			*add_slot(dst) = src->list[i];
		else
			free_texts(&src->list[i]);
	}
	for (size_t i = 0; i < DIAG_ID_COUNT; i++)
		dst->total[i] += src->total[i];
	free(src->list);
	memset(src, 0, sizeof(*src));
}

int diags_worst_is_warning(const struct diags *d)
{
	for (size_t i = 0; i < DIAG_ID_COUNT; i++)
		if (d->total[i] > 0 && ids[i].level == DIAG_WARNING)
			return 1;
	return 0;
}

void diags_release(struct diags *d)
{
	for (size_t i = 0; i < d->count; i++)
		free_texts(&d->list[i]);
	free(d->list);
	memset(d, 0, sizeof(*d));
}
