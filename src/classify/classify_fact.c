/* classify_fact.c - one value for each fact, with the words that say it.
 *
 * Of several rules that found something the one written first in its file
 * wins, then the earliest place. A fact that is not said is absent.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"

static unsigned spelled_number(const char *w)
{
	static const char *const words[] = { "one",    "two",    "three", "four", "five",
					     "six",    "seven",  "eight", "nine", "ten",
					     "eleven", "twelve", NULL };
	for (unsigned i = 0; words[i]; i++)
		if (!strcmp(words[i], w))
			return i + 1;
	return (unsigned)strtoul(w, NULL, 10);
}

#define AFTER_SENTENCES 1 /* "he left. ... it has been a month" */

/* The name after "sincerely": written large, and no everyday word. */
static const char *name_after(const struct marked *m, uint32_t token, uint32_t *ret)
{
	while (token < m->text.token_count && m->text.tokens[token].kind == TOKEN_PUNCT)
		token++;
	if (token >= m->text.token_count || m->text.tokens[token].kind != TOKEN_WORD)
		return NULL;
	const struct token *t = &m->text.tokens[token];
	unsigned char c = (unsigned char)m->text.source[t->start];
	if (!isupper(c) || text_word_rank(t->word) || t->end - t->start < 3)
		return NULL;
	*ret = token;
	return arena_strndup(m->arena, m->text.source + t->start, t->end - t->start);
}

/* One fact's search: the matches, and how each duration is bound. */
struct search {
	const struct marked *m;
	const struct match *matches;
	size_t count;
	const struct told *told;
	struct hold *holds; /* by duration */
	uint32_t fact;
};

/* The duration the pattern took, or the first one among its words. */
static const struct duration *duration_of(const struct marked *m, const struct match *found)
{
	if (found->value < m->duration_count)
		return &m->durations[found->value];
	for (size_t d = 0; d < m->duration_count; d++)
		if (m->durations[d].first >= found->first && m->durations[d].last <= found->last)
			return &m->durations[d];
	return NULL;
}

/* Is the situation there without which the fact is not given? */
static bool is_needed(const struct search *s, uint32_t fact)
{
	const char *needs = s->m->rules->facts[fact].needs;
	return !needs || score_has(s->m->rules, s->told->outcomes, needs);
}

static uint32_t sentence_at(const struct marked *m, uint32_t token)
{
	return m->text.tokens[token].sentence;
}

static bool is_listed(const struct event_list *list, const struct happening *h)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->kinds[i] == h->kind)
			return h->actor != PARTY_OTHER && h->target != PARTY_OTHER;
	return false;
}

/* Was one of the cue's events told last, in one sentence with others at most? */
static bool follows(const struct search *s, const struct cue *c, uint32_t first)
{
	uint32_t here = sentence_at(s->m, first), latest = UINT32_MAX;
	for (size_t i = s->told->event_count; i-- > 0;) {
		const struct happening *h = &s->told->events[i];
		uint32_t there = sentence_at(s->m, h->first);
		if (h->first >= first || h->how != HOW_HAPPENED ||
		    !s->m->rules->events[h->kind].anchor)
			continue;
		if (there + AFTER_SENTENCES < here || (latest != UINT32_MAX && there < latest))
			return false;
		if (is_listed(&c->after, h))
			return true;
		latest = there;
	}
	return false;
}

/* Is duration d what the match measures? */
static bool takes(const struct search *s, const struct match *found, size_t d)
{
	const struct marked *m = s->m;
	const struct cue *c = &m->rules->cues[found->cue];
	if (c->after.count && !follows(s, c, found->first))
		return false;
	if (!c->when)
		return duration_of(m, found) == &m->durations[d];
	uint16_t allow = m->rules->patterns[found->pattern].allow;
	uint8_t subject = m->subject[found->first];
	bool elsewhere = subject == PARTY_OTHER || subject == PARTY_YOU ||
			 (m->marks[m->durations[d].first] & ~allow);
	return !(elsewhere && c->value != VALUE_NONE) &&
	       bind_holds(m, &s->holds[d], found, c->when);
}

static bool is_of(const struct search *s, const struct match *found)
{
	const struct cue *c = &s->m->rules->cues[found->cue];
	return c->target == TARGET_FACT && c->owner == s->fact;
}

/* Does a rule "none" of the same fact, written earlier, keep that duration to
 * itself? */
static bool is_barred(const struct search *s, uint32_t cue, size_t d)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->matches[i].cue < cue && is_of(s, &s->matches[i]) &&
		    s->m->rules->cues[s->matches[i].cue].value == VALUE_NONE &&
		    takes(s, &s->matches[i], d))
			return true;
	return false;
}

/* The first duration that the match measures; stretches the match over it. */
static const char *length_of(const struct search *s, struct match *found)
{
	for (size_t d = 0; d < s->m->duration_count; d++) {
		const struct duration *dur = &s->m->durations[d];
		if (dur->days < s->m->rules->facts[s->fact].least || !takes(s, found, d) ||
		    is_barred(s, found->cue, d))
			continue;
		found->first = dur->first < found->first ? dur->first : found->first;
		found->last = dur->last > found->last ? dur->last : found->last;
		return dur->value;
	}
	return NULL;
}

static const char *best_value(const struct search *s, struct match *ret);

/* In the same sentence or the one after it: what "since" speaks of. */
static bool is_next(const struct marked *m, const struct match *a, const struct match *b)
{
	uint32_t x = m->text.tokens[a->first].sentence, y = m->text.tokens[b->first].sentence;
	return y == x || y == x + 1;
}

/* "@since_end": as long as that fact says. */
static const char *value_of_fact(const struct search *s, const struct cue *c, struct match *found)
{
	const char *name = c->text + 1;
	const struct rules *r = s->m->rules;
	struct search other = *s;
	for (uint32_t f = 0; f < r->fact_count; f++) {
		if (f == s->fact || strcmp(r->facts[f].name, name) != 0)
			continue;
		other.fact = f;
		struct match there;
		const char *value = best_value(&other, &there);
		return value && (!c->near || is_next(s->m, &there, found)) ? value : NULL;
	}
	return NULL;
}

static const char *value_of(const struct search *s, const struct cue *c, struct match *found)
{
	const struct marked *m = s->m;
	switch ((enum value)c->value) {
	case VALUE_NONE:
		return NULL;
	case VALUE_TEXT:
		return c->text;
	case VALUE_DURATION:
		return length_of(s, found);
	case VALUE_YEARS: {
		if (found->value >= m->text.token_count)
			return NULL;
		unsigned n = spelled_number(m->text.tokens[found->value].word);
		if (n == 0 || n > 30)
			return NULL;
		return arena_printf(m->arena, "%u year%s", n, n == 1 ? "" : "s");
	}
	case VALUE_FACT:
		return value_of_fact(s, c, found);
	case VALUE_NAME: {
		uint32_t token;
		const char *name = name_after(m, found->last, &token);
		if (name) {
			found->first = token;
			found->last = token + 1;
		}
		return name;
	}
	}
	return NULL;
}

static void add_fact(const struct marked *m, struct classification *c, const char *name,
		     const char *value, uint32_t first, uint32_t last)
{
	struct fact *f = &c->facts[c->fact_count++];
	f->name = name;
	f->value = value;
	f->quote = marked_quote(m, first, last, &f->start, &f->end);
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct fact *)a)->name, ((const struct fact *)b)->name);
}

/* Does what a rule found go before what another one did? Lengths go by weight,
 * then by place: what is said first is the main story. */
static bool goes_before(const struct rules *r, const struct match *a, const struct match *b)
{
	if (b->cue == UINT32_MAX)
		return true;
	const struct cue *x = &r->cues[a->cue], *y = &r->cues[b->cue];
	if (x->value != VALUE_DURATION || y->value != VALUE_DURATION)
		return a->cue < b->cue;
	return x->weight != y->weight ? x->weight > y->weight : a->first < b->first;
}

/* Most texts say nothing of most facts. */
static bool is_spoken_of(const struct search *s)
{
	for (size_t i = 0; i < s->count; i++)
		if (s->m->rules->cues[s->matches[i].cue].owner == s->fact)
			return true;
	return false;
}

static const char *best_value(const struct search *s, struct match *ret)
{
	const char *best = NULL;
	const char *unless = s->m->rules->facts[s->fact].unless;
	*ret = (struct match){ .cue = UINT32_MAX };
	if (!is_spoken_of(s))
		return NULL;
	bool needed = is_needed(s, s->fact);
	if (unless && score_has(s->m->rules, s->told->outcomes, unless))
		return NULL;
	for (size_t i = 0; i < s->count; i++) {
		const struct cue *c = &s->m->rules->cues[s->matches[i].cue];
		if (c->owner != s->fact || (!needed && !c->alone))
			continue;
		struct match found = s->matches[i];
		const char *value = value_of(s, c, &found);
		if (value && goes_before(s->m->rules, &found, ret)) {
			best = value;
			*ret = found;
		}
	}
	return best;
}

/* The matches of facts alone; returns how many. */
static size_t pick_facts(const struct marked *m, const struct match *matches, size_t count,
			 const struct match **ret)
{
	struct match *picked = arena_room(m->arena, (count + 1) * sizeof(*picked));
	size_t n = 0;
	for (size_t i = 0; i < count; i++)
		if (m->rules->cues[matches[i].cue].target == TARGET_FACT)
			picked[n++] = matches[i];
	*ret = picked;
	return n;
}

void fact_collect(const struct marked *m, const struct told *told, struct classification *ret)
{
	const struct rules *r = m->rules;
	ret->facts = arena_alloc(m->arena, (r->fact_count + 1) * sizeof(*ret->facts));
	bool advice = m->signals >> SIGNAL_TO_READER & 1; /* "leave him": not the writer's */
	if (m->ex_pronoun && !advice)
		add_fact(m, ret, "ex_pronoun", m->ex_pronoun, m->ex_first, m->ex_last);
	struct search s = { .m = m, .told = told };
	s.count = pick_facts(m, told->matches, told->count, &s.matches);
	s.holds = arena_alloc(m->arena, (m->duration_count + 1) * sizeof(*s.holds));
	for (uint32_t d = 0; d < m->duration_count; d++)
		bind_read(m, d, &s.holds[d]);
	for (s.fact = 0; s.fact < r->fact_count; s.fact++) {
		struct match where;
		const char *value = named_in_topic(&r->facts[s.fact], ret->topic)
					    ? best_value(&s, &where)
					    : NULL;
		if (value)
			add_fact(m, ret, r->facts[s.fact].name, value, where.first, where.last);
	}
	qsort(ret->facts, ret->fact_count, sizeof(*ret->facts), by_name);
}
