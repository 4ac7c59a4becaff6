/* rules_match.c - every cue's patterns against a marked text, in one pass.
 *
 * Walks the tokens once, sentence by sentence; where a token or span can be the
 * anchor of patterns, those are tried whose gates (rules_gate.c) stand open.
 */
#include <string.h>

#include "classify_internal.h"

#define MATCHES_A_CUE 3 /* further ones add nothing to the evidence */

struct matches {
	struct match *list;
	size_t count, size;
	uint8_t *times; /* by cue */
	struct arena *arena;
};

static void keep(struct matches *all, const struct match *found)
{
	for (size_t i = all->count; i-- > 0 && i + 8 > all->count;)
		if (all->list[i].cue == found->cue && all->list[i].first < found->last &&
		    found->first < all->list[i].last)
			return;
	if (all->count == all->size) {
		size_t size = all->size ? 2 * all->size : 64;
		struct match *grown = arena_alloc(all->arena, size * sizeof(*grown));
		if (all->count)
			memcpy(grown, all->list, all->count * sizeof(*grown));
		all->list = grown;
		all->size = size;
	}
	all->list[all->count] = *found;
	all->list[all->count++].again = all->times[found->cue] > 0;
	all->times[found->cue]++;
}

/* The sentence that is walked. Clues that were not seen in it have a place
 * before it. */
struct scene {
	const struct marked *m;
	const struct entry_use *uses;   /* by entry */
	const uint16_t *before, *after; /* clues, as entries give them */
	uint32_t begin, end;            /* tokens */
	uint32_t *behind; /* by clue: the farthest end of one begun before the anchor */
	uint32_t *ahead;  /* by clue: the token after the last one's beginning */
};

static inline void see_ahead(const struct scene *s, uint32_t entry, uint32_t after)
{
	const struct run *run = &s->uses[entry].after;
	const uint16_t *clue = s->after + run->first, *end = clue + run->count;
	for (uint32_t *ahead = s->ahead; clue < end; clue++)
		ahead[*clue] = after;
}

static inline void see_behind(const struct scene *s, uint32_t entry, uint32_t end)
{
	const struct run *run = &s->uses[entry].before;
	const uint16_t *clue = s->before + run->first, *last = clue + run->count;
	for (uint32_t *behind = s->behind; clue < last; clue++)
		behind[*clue] = behind[*clue] > end ? behind[*clue] : end;
}

static void look_ahead(const struct scene *s)
{
	const struct marked *m = s->m;
	for (uint32_t i = s->begin; i < s->end; i++) {
		if (m->entry[i] != NO_ENTRY)
			see_ahead(s, m->entry[i], i + 1);
		for (uint32_t k = m->starts[i]; k; k = m->spans[k - 1].next_start)
			see_ahead(s, m->spans[k - 1].entry, i + 1);
	}
}

static void leave_behind(const struct scene *s, uint32_t i)
{
	const struct marked *m = s->m;
	if (m->entry[i] != NO_ENTRY)
		see_behind(s, m->entry[i], i + 1);
	for (uint32_t k = m->starts[i]; k; k = m->spans[k - 1].next_start)
		see_behind(s, m->spans[k - 1].entry, m->spans[k - 1].last);
}

static uint32_t sign_of(const struct scene *s, uint32_t entry)
{
	return entry == NO_ENTRY ? 0 : s->uses[entry].signs;
}

/* Signs of what begins at the token. */
static uint32_t signs_from(const struct scene *s, uint32_t token)
{
	const struct marked *m = s->m;
	if (token >= s->end)
		return 0;
	uint32_t signs = sign_of(s, m->entry[token]);
	for (uint32_t k = m->starts[token]; k; k = m->spans[k - 1].next_start)
		signs |= s->uses[m->spans[k - 1].entry].signs;
	return signs;
}

/* Signs of what ends before the token. */
static uint32_t signs_to(const struct scene *s, uint32_t token)
{
	const struct marked *m = s->m;
	if (token <= s->begin)
		return 0;
	uint32_t signs = sign_of(s, m->entry[token - 1]);
	for (uint32_t k = m->ends[token]; k; k = m->spans[k - 1].next_end)
		signs |= s->uses[m->spans[k - 1].entry].signs;
	return signs;
}

static bool is_behind(const struct scene *s, const struct gate *g, uint32_t first)
{
	uint32_t end = s->behind[g->before];
	return end > s->begin && (g->reach == REACH_ANY || end + g->reach >= first);
}

static void try_gate(const struct marked *m, const struct gate *g, const struct match *anchor,
		     struct matches *all)
{
	const struct pattern *p = &m->rules->patterns[g->pattern];
	struct match found;
	if (all->times[p->cue] >= MATCHES_A_CUE || (m->marks[anchor->first] & ~p->allow))
		return;
	if (p->anchor_subjects && !(p->anchor_subjects >> m->subject[anchor->first] & 1))
		return;
	if (rules_try(m, p, anchor, &found))
		keep(all, &found);
}

/* Tries what has the entry for its anchor, which stands at [first, last). */
static void try_entry(const struct scene *s, uint32_t entry, uint32_t first, uint32_t last,
		      uint32_t value, struct matches *all)
{
	const struct run *run = &s->uses[entry].gates;
	if (!run->count)
		return;
	const struct match anchor = { .first = first, .last = last, .value = value };
	const struct gate *g = s->m->rules->gates + run->first, *end = g + run->count;
	uint32_t no_last = ~signs_to(s, first), no_next = ~signs_from(s, last);
	for (; g < end; g++) {
		if ((g->last & no_last) | (g->next & no_next))
			continue;
		if (g->after && s->ahead[g->after] <= last)
			continue;
		if (!g->before || is_behind(s, g, first))
			try_gate(s->m, g, &anchor, all);
	}
}

static void match_sentence(const struct scene *s, struct matches *all)
{
	const struct marked *m = s->m;
	look_ahead(s);
	for (uint32_t i = s->begin; i < s->end; i++) {
		if (m->entry[i] != NO_ENTRY)
			try_entry(s, m->entry[i], i, i + 1, i, all);
		for (uint32_t k = m->starts[i]; k; k = m->spans[k - 1].next_start)
			try_entry(s, m->spans[k - 1].entry, i, m->spans[k - 1].last,
				  m->spans[k - 1].value, all);
		leave_behind(s, i);
	}
}

size_t rules_match(const struct marked *m, struct match **ret)
{
	const struct rules *r = m->rules;
	struct matches all = { .arena = m->arena };
	struct scene s = { .m = m, .uses = r->uses };
	s.before = r->before.list;
	s.after = r->after.list;
	s.behind = arena_alloc(m->arena, (r->before.count + 1) * sizeof(*s.behind));
	s.ahead = arena_alloc(m->arena, (r->after.count + 1) * sizeof(*s.ahead));
	all.times = arena_alloc(m->arena, r->cue_count + 1);
	for (uint32_t i = 0; i < m->text.sentence_count; i++) {
		s.begin = m->text.sentences[i].first;
		s.end = m->text.sentences[i].last;
		match_sentence(&s, &all);
	}
	*ret = all.list;
	return all.count;
}
