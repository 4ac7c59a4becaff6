/* rules_match.c - every cue's patterns against a marked text, in one pass.
 *
 * Walks the tokens once; where a token or span can be the anchor of patterns,
 * each is tried to the left and to the right from there. Gaps are bounded, so
 * the work is proportional to the text.
 */
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/mem.h"

#define MATCHES_A_CUE 3 /* further ones add nothing to the evidence */

/* One try of one pattern. */
struct attempt {
	const struct marked *m;
	const struct element *e;
	size_t count;
	uint32_t begin, end; /* the sentence */
	uint32_t first[PATTERN_ELEMENTS], last[PATTERN_ELEMENTS];
	uint32_t value[PATTERN_ELEMENTS];
	bool used[PATTERN_ELEMENTS];
};

static bool holds(const struct attempt *t, const struct element *e, uint32_t entry, uint32_t at)
{
	bool in = e->only != NO_ENTRY ? entry == e->only : rules_in_set(t->m->rules, entry, e->set);
	return in && (!e->subjects || (e->subjects >> t->m->subject[at] & 1));
}

/* Does anything of the set begin (or end, going left) here? */
static bool anything(const struct attempt *t, const struct element *e, uint32_t at, bool before)
{
	const struct marked *m = t->m;
	uint32_t token = before ? at - 1 : at;
	if (before ? at <= t->begin : at >= t->end)
		return false;
	if (holds(t, e, m->entry[token], token))
		return true;
	if (before) {
		for (uint32_t s = m->ends[at]; s; s = m->spans[s - 1].next_end)
			if (m->spans[s - 1].first >= t->begin &&
			    holds(t, e, m->spans[s - 1].entry, m->spans[s - 1].first))
				return true;
		return false;
	}
	for (uint32_t s = m->starts[at]; s; s = m->spans[s - 1].next_start)
		if (holds(t, e, m->spans[s - 1].entry, at))
			return true;
	return false;
}

static void take(struct attempt *t, size_t i, uint32_t first, uint32_t last, uint32_t value)
{
	t->used[i] = true;
	t->first[i] = first;
	t->last[i] = last;
	t->value[i] = value;
}

static bool go_right(struct attempt *t, size_t i, uint32_t at);
static bool go_left(struct attempt *t, size_t i, uint32_t at);

static bool set_right(struct attempt *t, size_t i, uint32_t at)
{
	const struct marked *m = t->m;
	const struct element *e = &t->e[i];
	if (at < t->end) {
		for (uint32_t s = m->starts[at]; s; s = m->spans[s - 1].next_start) {
			const struct span *span = &m->spans[s - 1];
			if (!holds(t, e, span->entry, at))
				continue;
			take(t, i, at, span->last, span->value);
			if (go_right(t, i + 1, span->last))
				return true;
		}
		if (holds(t, e, m->entry[at], at)) {
			take(t, i, at, at + 1, at);
			if (go_right(t, i + 1, at + 1))
				return true;
		}
	}
	t->used[i] = false;
	return e->optional && go_right(t, i + 1, at);
}

static bool gap_right(struct attempt *t, size_t i, uint32_t at)
{
	const struct element *e = &t->e[i];
	for (uint32_t k = 0; k <= e->max && at + k < t->end; k++) {
		if (!e->wide && at > t->begin && t->m->clause[at + k] != t->m->clause[at - 1])
			break;
		if (go_right(t, i + 1, at + k))
			return true;
	}
	return false;
}

static bool go_right(struct attempt *t, size_t i, uint32_t at)
{
	if (i == t->count)
		return true;
	const struct element *e = &t->e[i];
	switch ((enum element_kind)e->kind) {
	case ELEMENT_SET:
		return set_right(t, i, at);
	case ELEMENT_GAP:
		return gap_right(t, i, at);
	case ELEMENT_NEXT_NOT:
		return !anything(t, e, at, false) && go_right(t, i + 1, at);
	case ELEMENT_LAST_NOT:
		return !anything(t, e, at, true) && go_right(t, i + 1, at);
	case ELEMENT_BEGIN:
		return at == t->begin && go_right(t, i + 1, at);
	case ELEMENT_END:
		return at == t->end ||
		       (at + 1 == t->end && t->m->text.tokens[at].kind == TOKEN_PUNCT);
	}
	return false;
}

static bool set_left(struct attempt *t, size_t i, uint32_t at)
{
	const struct marked *m = t->m;
	const struct element *e = &t->e[i];
	if (at > t->begin) {
		for (uint32_t s = m->ends[at]; s; s = m->spans[s - 1].next_end) {
			const struct span *span = &m->spans[s - 1];
			if (span->first < t->begin || !holds(t, e, span->entry, span->first))
				continue;
			take(t, i, span->first, at, span->value);
			if (go_left(t, i, span->first))
				return true;
		}
		if (holds(t, e, m->entry[at - 1], at - 1)) {
			take(t, i, at - 1, at, at - 1);
			if (go_left(t, i, at - 1))
				return true;
		}
	}
	t->used[i] = false;
	return e->optional && go_left(t, i, at);
}

static bool gap_left(struct attempt *t, size_t i, uint32_t at)
{
	const struct element *e = &t->e[i];
	for (uint32_t k = 0; k <= e->max && at >= t->begin + k + 1; k++) {
		if (!e->wide && at < t->end && t->m->clause[at - k - 1] != t->m->clause[at])
			break;
		if (go_left(t, i, at - k))
			return true;
	}
	return false;
}

/* Elements before i, of which the last ends where token at begins. */
static bool go_left(struct attempt *t, size_t i, uint32_t at)
{
	if (i == 0)
		return true;
	const struct element *e = &t->e[--i];
	switch ((enum element_kind)e->kind) {
	case ELEMENT_SET:
		return set_left(t, i, at);
	case ELEMENT_GAP:
		return gap_left(t, i, at);
	case ELEMENT_NEXT_NOT:
		return !anything(t, e, at, false) && go_left(t, i, at);
	case ELEMENT_LAST_NOT:
		return !anything(t, e, at, true) && go_left(t, i, at);
	case ELEMENT_BEGIN:
		return at == t->begin;
	case ELEMENT_END:
		return false;
	}
	return false;
}

/* What the words that matched are marked with, and the span from the first to
 * the last of them. */
static struct match describe(const struct attempt *t, const struct pattern *p)
{
	const struct rules *r = t->m->rules;
	struct match found = { .cue = p->cue,
			       .pattern = (uint32_t)(p - r->patterns),
			       .first = UINT32_MAX,
			       .value = UINT32_MAX };
	for (size_t i = 0; i < t->count; i++) {
		if (t->e[i].kind != ELEMENT_SET || !t->used[i])
			continue;
		if (t->first[i] < found.first)
			found.first = t->first[i];
		if (t->last[i] > found.last)
			found.last = t->last[i];
		for (uint32_t k = t->first[i]; k < t->last[i]; k++)
			found.marks |= t->m->marks[k];
		if (rules_in_set(r, BUILTIN_DURATION, t->e[i].set) ||
		    rules_in_set(r, BUILTIN_NUMBER, t->e[i].set))
			found.value = t->value[i];
	}
	return found;
}

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

/* Tries the pattern with its anchor at [first, last). */
static void try_pattern(const struct marked *m, const struct pattern *p, uint32_t first,
			uint32_t last, uint32_t value, struct matches *all)
{
	if (all->times[p->cue] >= MATCHES_A_CUE || (m->marks[first] & ~p->allow))
		return;
	if (p->anchor_subjects && !(p->anchor_subjects >> m->subject[first] & 1))
		return;
	const struct rules *r = m->rules;
	const struct sentence *s = &m->text.sentences[m->text.tokens[first].sentence];
	struct attempt t;
	t.m = m;
	t.e = r->elements + p->first;
	t.count = p->count;
	t.begin = s->first;
	t.end = s->last;
	memset(t.used, 0, p->count);
	take(&t, p->anchor, first, last, value);
	if (!go_left(&t, p->anchor, first) || !go_right(&t, p->anchor + 1u, last))
		return;
	struct match found = describe(&t, p);
	if ((found.marks & ~p->allow) || (r->cues[p->cue].need & ~found.marks))
		return;
	keep(all, &found);
}

/* Where clues were seen in the sentence; 0 where they were not. */
struct scene {
	const struct marked *m;
	const struct sentence *sentence;
	uint32_t *behind; /* by clue: the farthest end of one begun before the anchor */
	uint32_t *ahead;  /* ... the token after the beginning of the last one */
};

static void see_ahead(const struct scene *s, uint32_t entry, uint32_t after)
{
	const struct clue_index *c = &s->m->rules->after;
	for (uint32_t i = c->first[entry]; i < c->first[entry + 1]; i++)
		s->ahead[c->list[i]] = after;
}

static void see_behind(const struct scene *s, uint32_t entry, uint32_t end)
{
	const struct clue_index *c = &s->m->rules->before;
	for (uint32_t i = c->first[entry]; i < c->first[entry + 1]; i++)
		if (s->behind[c->list[i]] < end)
			s->behind[c->list[i]] = end;
}

static void look_ahead(const struct scene *s)
{
	const struct marked *m = s->m;
	for (uint32_t i = s->sentence->first; i < s->sentence->last; i++) {
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

/* Signs of what begins at the token; of what ends there, if it does. */
static uint64_t signs_from(const struct scene *s, uint32_t token)
{
	const struct marked *m = s->m;
	if (token >= s->sentence->last)
		return 0;
	uint64_t signs = m->entry[token] == NO_ENTRY ? 0 : m->rules->signs[m->entry[token]];
	for (uint32_t k = m->starts[token]; k; k = m->spans[k - 1].next_start)
		signs |= m->rules->signs[m->spans[k - 1].entry];
	return signs;
}

static uint64_t signs_to(const struct scene *s, uint32_t place)
{
	const struct marked *m = s->m;
	if (place <= s->sentence->first)
		return 0;
	uint64_t signs = m->entry[place - 1] == NO_ENTRY ? 0 : m->rules->signs[m->entry[place - 1]];
	for (uint32_t k = m->ends[place]; k; k = m->spans[k - 1].next_end)
		signs |= m->rules->signs[m->spans[k - 1].entry];
	return signs;
}

static void try_entry(const struct scene *s, uint32_t entry, uint32_t first, uint32_t last,
		      uint32_t value, struct matches *all)
{
	const struct rules *r = s->m->rules;
	uint32_t i = r->anchor_first[entry], end = r->anchor_first[entry + 1];
	if (i == end)
		return;
	uint64_t no_last = ~signs_to(s, first), no_next = ~signs_from(s, last);
	for (; i < end; i++) {
		const struct gate *g = &r->gates[r->anchors[i]];
		if ((g->last & no_last) | (g->next & no_next))
			continue;
		if (g->after && s->ahead[g->after] <= last)
			continue;
		if (g->before &&
		    (s->behind[g->before] <= s->sentence->first ||
		     (g->reach < REACH_ANY && s->behind[g->before] + g->reach < first)))
			continue;
		try_pattern(s->m, &r->patterns[r->anchors[i]], first, last, value, all);
	}
}

static void match_sentence(const struct scene *s, struct matches *all)
{
	const struct marked *m = s->m;
	look_ahead(s);
	for (uint32_t i = s->sentence->first; i < s->sentence->last; i++) {
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
	struct scene s = { .m = m };
	s.behind = arena_alloc(m->arena, (r->before.count + 1) * sizeof(*s.behind));
	s.ahead = arena_alloc(m->arena, (r->after.count + 1) * sizeof(*s.ahead));
	all.times = arena_alloc(m->arena, r->cue_count + 1);
	for (uint32_t i = 0; i < m->text.sentence_count; i++) {
		s.sentence = &m->text.sentences[i];
		match_sentence(&s, &all);
	}
	*ret = all.list;
	return all.count;
}
