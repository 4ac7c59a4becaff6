/* classify_quote.c - a run of tokens back as it stands in the comment. */
#include "classify_internal.h"

const char *marked_quote(const struct marked *m, uint32_t first, uint32_t last, uint32_t *ret_start,
			 uint32_t *ret_end)
{
	const struct token *a = &m->text.tokens[first], *b = &m->text.tokens[last - 1];
	*ret_start = a->cp_start;
	*ret_end = b->cp_end;
	return arena_strndup(m->arena, m->text.source + a->start, b->end - a->start);
}
