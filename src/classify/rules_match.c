/* rules_match.c - every cue's patterns against a marked text, in one pass.
 *
 * Walks the tokens once, sentence by sentence; where a token or span can be the
 * anchor of patterns, those are tried whose gates (rules_gate.c) stand open.
 */
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/mem.h"

struct matches {
	struct match *list;
	size_t count, size;
	uint8_t *times; /* by cue */
	bool timed;     /* the sentence has a duration */
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

/* What stands after a place of a sentence, as signs. */
struct view {
	uint64_t after, next, soon;
};

/* What was seen at the last few places of a clause. */
struct trail {
	uint64_t seen[GATE_REACH + 1];
};

/* The sentence that is walked. */
struct scene {
	const struct marked *m;
	const struct entry_use *uses; /* by entry */
	uint32_t begin, end;          /* tokens */
	uint64_t before;              /* signs of what began before the token */
	uint64_t last, lately;        /* ... of what ends right before it, and a little earlier */
	struct trail trail;
	struct view *views; /* from the place before token begin on */
	size_t view_size;
};

/* Returns the signs of all that is seen from here. */
static inline uint64_t trail_add(struct trail *t, uint64_t signs)
{
	uint64_t all = signs;
	for (int k = GATE_REACH; k > 0; k--)
		all |= t->seen[k] = t->seen[k - 1];
	t->seen[0] = signs;
	return all;
}

static inline bool is_clause_begun(const struct marked *m, uint32_t token)
{
	return m->clause[token] != m->clause[token - 1];
}

/* Goes through the sentence from its end. */
static void look_ahead(struct scene *s)
{
	const struct marked *m = s->m;
	uint32_t n = s->end - s->begin;
	uint64_t after = 0;
	struct trail trail = { 0 };
	s->views = mem_grow(s->views, &s->view_size, n + 1, sizeof(*s->views));
	s->views[n] = (struct view){ 0 };
	while (n-- > 0) {
		uint32_t entry = m->entry[s->begin + n];
		uint64_t next = 0, soon = 0;
		if (entry != NO_ENTRY) {
			after |= s->uses[entry].after;
			next = s->uses[entry].next;
			soon = s->uses[entry].soon;
			__builtin_prefetch(&m->rules->gates[s->uses[entry].gate]);
		}
		for (uint32_t k = m->starts[s->begin + n]; k; k = m->spans[k - 1].next_start) {
			const struct entry_use *u = &s->uses[m->spans[k - 1].entry];
			after |= u->after;
			next |= u->next;
			soon |= u->soon;
		}
		soon = trail_add(&trail, soon);
		if (!n || is_clause_begun(m, s->begin + n)) {
			trail = (struct trail){ 0 };
			soon = 0;
		}
		s->views[n] = (struct view){ after, next, soon };
	}
}

/* Notes what ends before the token. */
static void look_back(struct scene *s, uint32_t token)
{
	const struct marked *m = s->m;
	uint64_t lately = 0;
	s->last = s->lately = 0;
	if (token == s->begin) {
		s->trail = (struct trail){ 0 };
		return;
	}
	uint32_t entry = m->entry[token - 1];
	if (entry != NO_ENTRY) {
		s->last = s->uses[entry].last;
		lately = s->uses[entry].lately;
	}
	for (uint32_t k = m->ends[token]; k; k = m->spans[k - 1].next_end) {
		s->last |= s->uses[m->spans[k - 1].entry].last;
		lately |= s->uses[m->spans[k - 1].entry].lately;
	}
	if (is_clause_begun(m, token))
		s->trail = (struct trail){ 0 };
	else
		s->lately = trail_add(&s->trail, lately);
}

static void try_gate(const struct marked *m, const struct gate *g, const struct match *anchor,
		     struct matches *all)
{
	const struct pattern *p = &m->rules->patterns[g->pattern];
	struct match found;
	if (m->rules->cues[p->cue].target == TARGET_TITLE && !m->title)
		return;
	if (p->timed && !all->timed)
		return; /* an event is of no use to a fact without its duration */
	if (all->times[p->cue] >= p->most || (m->marks[anchor->first] & ~p->allow))
		return;
	if (p->anchor_subjects && !(p->anchor_subjects >> m->subject[anchor->first] & 1))
		return;
	if (rules_try(m, p, anchor, &found))
		keep(all, &found);
}

/* Tries what has the entry for its anchor, which stands at [first, last). */
static void try_entry(const struct scene *s, const struct entry_use *u, uint32_t first,
		      uint32_t last, uint32_t value, struct matches *all)
{
	const struct match anchor = { .first = first, .last = last, .value = value };
	const struct gate *g = s->m->rules->gates + u->gate, *end = g + u->gate_count;
	/* A duration may end in the next sentence: nothing of this one is after it. */
	const struct view *view = &s->views[last < s->end ? last - s->begin : s->end - s->begin];
	uint64_t no_before = ~s->before, no_last = ~s->last, no_lately = ~s->lately;
	uint64_t no_after = ~view->after, no_next = ~view->next, no_soon = ~view->soon;
	for (; g < end; g++)
		if (!((g->before & no_before) | (g->after & no_after) | (g->last & no_last) |
		      (g->next & no_next) | (g->lately & no_lately) | (g->soon & no_soon)))
			try_gate(s->m, g, &anchor, all);
}

static void match_sentence(struct scene *s, struct matches *all)
{
	const struct marked *m = s->m;
	look_ahead(s);
	s->before = 0;
	for (uint32_t i = s->begin; i < s->end; i++) {
		uint64_t begun = 0;
		look_back(s, i);
		if (m->entry[i] != NO_ENTRY) {
			const struct entry_use *u = &s->uses[m->entry[i]];
			if (u->gate_count)
				try_entry(s, u, i, i + 1, i, all);
			begun = u->before;
		}
		for (uint32_t k = m->starts[i]; k; k = m->spans[k - 1].next_start) {
			const struct span *span = &m->spans[k - 1];
			const struct entry_use *u = &s->uses[span->entry];
			if (u->gate_count)
				try_entry(s, u, i, span->last, span->value, all);
			begun |= u->before;
		}
		s->before |= begun;
	}
}

size_t rules_match(const struct marked *m, struct match **ret)
{
	struct matches all = { .arena = m->arena };
	struct scene s = { .m = m, .uses = m->rules->uses };
	all.times = arena_alloc(m->arena, m->rules->cue_count + 1);
	size_t d = 0;
	for (uint32_t i = 0; i < m->text.sentence_count; i++) {
		s.begin = m->text.sentences[i].first;
		s.end = m->text.sentences[i].last;
		while (d < m->duration_count && m->durations[d].first < s.begin)
			d++;
		all.timed = d < m->duration_count && m->durations[d].first < s.end;
		match_sentence(&s, &all);
	}
	free(s.views);
	*ret = all.list;
	return all.count;
}
