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

/* Does a rule "none" of the same fact, written earlier, keep that duration to
 * itself? A cue matches a few times at most, so this stays short. */
static bool is_barred(const struct marked *m, const struct match *matches, size_t count,
		      const struct match *found)
{
	const struct cue *mine = &m->rules->cues[found->cue];
	const struct duration *d = duration_of(m, found);
	if (mine->value != VALUE_DURATION)
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &m->rules->cues[matches[i].cue];
		if (c->target == TARGET_FACT && c->owner == mine->owner && c->value == VALUE_NONE &&
		    matches[i].cue < found->cue && duration_of(m, &matches[i]) == d)
			return true;
	}
	return false;
}

static const char *value_of(const struct marked *m, const struct cue *c, struct match *found)
{
	const struct duration *d;
	switch ((enum value)c->value) {
	case VALUE_NONE:
		return NULL;
	case VALUE_TEXT:
		return c->text;
	case VALUE_DURATION:
		d = duration_of(m, found);
		return d ? d->value : NULL;
	case VALUE_YEARS: {
		if (found->value >= m->text.token_count)
			return NULL;
		unsigned n = spelled_number(m->text.tokens[found->value].word);
		if (n == 0 || n > 30)
			return NULL;
		return arena_printf(m->arena, "%u year%s", n, n == 1 ? "" : "s");
	}
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

/* Where no partner is named and no topic known, "he" may be anybody, unless
 * something says that this is about an end. */
static bool speaks_of_an_end(const struct rules *r, const struct outcome *outcomes)
{
	for (size_t s = 0; s < r->situation_count; s++)
		if (outcomes[s].band >= BAND_MEDIUM &&
		    strcmp(r->situations[s].label, "not_breakup") != 0 &&
		    strcmp(r->situations[s].label, "safety") != 0)
			return true;
	return false;
}

void fact_collect(const struct marked *m, const struct match *matches, size_t count,
		  const struct outcome *outcomes, struct classification *ret)
{
	const struct rules *r = m->rules;
	ret->facts = arena_alloc(m->arena, (r->fact_count + 1) * sizeof(*ret->facts));
	bool named = !(m->signals >> SIGNAL_NO_PARTNER & 1);
	bool advice = m->signals >> SIGNAL_TO_READER & 1; /* "leave him": not the writer's */
	if (m->ex_pronoun && !advice && (named || ret->topic || speaks_of_an_end(r, outcomes)))
		add_fact(m, ret, "ex_pronoun", m->ex_pronoun, m->ex_first, m->ex_last);
	for (uint32_t f = 0; f < r->fact_count; f++) {
		const char *best = NULL, *needs = r->facts[f].needs;
		if (needs && !score_has(r, outcomes, needs))
			continue;
		struct match where = { .cue = UINT32_MAX };
		for (size_t i = 0; i < count; i++) {
			const struct cue *c = &r->cues[matches[i].cue];
			if (c->target != TARGET_FACT || c->owner != f ||
			    matches[i].cue >= where.cue)
				continue;
			struct match found = matches[i];
			const char *value = value_of(m, c, &found);
			if (!value || is_barred(m, matches, count, &found))
				continue;
			best = value;
			where = found;
		}
		if (best)
			add_fact(m, ret, r->facts[f].name, best, where.first, where.last);
	}
	qsort(ret->facts, ret->fact_count, sizeof(*ret->facts), by_name);
}
