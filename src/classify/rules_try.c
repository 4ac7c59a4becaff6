/* rules_try.c - one pattern, tried where its anchor stands.
 *
 * Goes left from the anchor, then right. Gaps are bounded, so the work is
 * bounded too.
 */
#include <string.h>

#include "classify_internal.h"

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

static inline bool holds(const struct attempt *t, const struct element *e, uint32_t entry,
			 uint32_t at)
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

static bool is_needed(const struct element *e)
{
	return e->kind == ELEMENT_SET && !e->optional;
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

/* A gap that has a set behind it goes on only where that may stand; two gaps
 * never meet, and a pattern ends in none. */
static bool gap_right(struct attempt *t, size_t i, uint32_t at)
{
	const struct element *e = &t->e[i];
	bool set = is_needed(&e[1]);
	for (uint32_t k = 0; k <= e->max && at + k < t->end; k++) {
		if (!e->wide && at > t->begin && t->m->clause[at + k] != t->m->clause[at - 1])
			break;
		if (set && !anything(t, &e[1], at + k, false))
			continue;
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
	bool set = is_needed(&e[-1]);
	for (uint32_t k = 0; k <= e->max && at >= t->begin + k + 1; k++) {
		if (!e->wide && at < t->end && t->m->clause[at - k - 1] != t->m->clause[at])
			break;
		if (set && !anything(t, &e[-1], at - k, true))
			continue;
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

/* Whether what the pattern needs next on that side stands there, right beside
 * the anchor or behind a gap. Most tries end here, before anything is set up. */
static bool leads_right(const struct attempt *t, size_t i, uint32_t at)
{
	const struct element *e = &t->e[i];
	if (i == t->count)
		return true;
	if (e->kind != ELEMENT_GAP || !is_needed(&e[1]))
		return !is_needed(e) || anything(t, e, at, false);
	for (uint32_t k = 0; k <= e->max && at + k < t->end; k++) {
		if (!e->wide && at > t->begin && t->m->clause[at + k] != t->m->clause[at - 1])
			return false;
		if (anything(t, &e[1], at + k, false))
			return true;
	}
	return false;
}

static bool leads_left(const struct attempt *t, size_t i, uint32_t at)
{
	if (i == 0)
		return true;
	const struct element *e = &t->e[i - 1];
	if (e->kind != ELEMENT_GAP || !is_needed(&e[-1]))
		return !is_needed(e) || anything(t, e, at, true);
	for (uint32_t k = 0; k <= e->max && at >= t->begin + k + 1; k++) {
		if (!e->wide && at < t->end && t->m->clause[at - k - 1] != t->m->clause[at])
			return false;
		if (anything(t, &e[-1], at - k, true))
			return true;
	}
	return false;
}

bool rules_try(const struct marked *m, const struct pattern *p, const struct match *anchor,
	       struct match *ret)
{
	const struct rules *r = m->rules;
	const struct sentence *s = &m->text.sentences[m->text.tokens[anchor->first].sentence];
	struct attempt t;
	t.m = m;
	t.e = r->elements + p->first;
	t.count = p->count;
	t.begin = s->first;
	t.end = s->last;
	if (!leads_left(&t, p->anchor, anchor->first) ||
	    !leads_right(&t, p->anchor + 1u, anchor->last))
		return false;
	memset(t.used, 0, sizeof(t.used));
	take(&t, p->anchor, anchor->first, anchor->last, anchor->value);
	if (!go_left(&t, p->anchor, anchor->first) || !go_right(&t, p->anchor + 1u, anchor->last))
		return false;
	struct match found = describe(&t, p);
	if ((found.marks & ~p->allow) || (r->cues[p->cue].need & ~found.marks))
		return false;
	*ret = found;
	return true;
}
