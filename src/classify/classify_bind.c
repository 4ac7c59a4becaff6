/* classify_bind.c - which event a duration measures, told by how it is said.
 *
 * "3 weeks ago", "for 3 weeks", "3 weeks since", "after 3 weeks", "of 3 weeks",
 * "3 weeks of": the words beside a duration say how it hangs on an event, and
 * the event is looked for on that side, within its clause. Knows no events
 * itself: a fact's rule names them and says which ways it takes ("when").
 */
#include <string.h>

#include "classify_internal.h"

#define NEAR       3 /* words between an event and "3 years" without a preposition */
#define WITHIN     9 /* ... and with one */
#define TAG_TOKENS 8 /* "( 25 m )" */

static bool is_word(const struct marked *m, uint32_t i, const char *word)
{
	return *m->text.tokens[i].word == *word && !strcmp(m->text.tokens[i].word, word);
}

static bool is_any(const struct marked *m, uint32_t i, const char *const *list)
{
	for (; *list; list++)
		if (is_word(m, i, *list))
			return true;
	return false;
}

/* "almost", "a little over", "about": dropped from what is said. */
static bool is_approximate(const struct marked *m, uint32_t i)
{
	static const char *const words[] = { "about",  "almost",     "already",   "approximately",
					     "around", "at",         "barely",    "bit",
					     "close",  "exactly",    "good",      "just",
					     "last",   "least",      "like",      "little",
					     "maybe",  "more",       "most",      "nearly",
					     "now",    "officially", "only",      "over",
					     "past",   "probably",   "roughly",   "solid",
					     "than",   "the",        "these",     "under",
					     "well",   "~",          "literally", "total",
					     "whole",  "long",       NULL };
	return is_any(m, i, words);
}

static const struct sentence *sentence_at(const struct marked *m, uint32_t token)
{
	return &m->text.sentences[m->text.tokens[token].sentence];
}

/* The token after "( 25 m )" that begins at i; i when none does. */
static uint32_t skip_tag(const struct marked *m, uint32_t i, uint32_t limit)
{
	if (!is_word(m, i, "(") && !is_word(m, i, "["))
		return i;
	for (uint32_t k = i + 1; k < limit && k < i + TAG_TOKENS; k++)
		if (is_word(m, k, ")") || is_word(m, k, "]"))
			return k + 1;
	return i;
}

/* "why he left", "after we met": what follows is another event's. */
static bool is_turn(const struct marked *m, uint32_t i)
{
	static const char *const words[] = { "that",  "which", "what", "where",  "after", "before",
					     "since", "than",  "then", "during", "once",  NULL };
	const uint64_t classes =
		CLASS_BIT(CLASS_JOIN) | CLASS_BIT(CLASS_PRESUPPOSE) | CLASS_BIT(CLASS_WHO);
	return (m->is[i] & classes) || is_any(m, i, words);
}

static bool is_stop(const struct marked *m, uint32_t i)
{
	return m->text.tokens[i].kind == TOKEN_PUNCT &&
	       strchr(",;:-/.", *m->text.tokens[i].word) != NULL;
}

/* What may stand between a duration and its event. */
struct between {
	uint32_t most; /* words */
	bool subject;  /* who acts, after a comma at most: "3 weeks ago, he left" */
	bool and;      /* "3 weeks ago he packed and left" */
	bool no_prep;  /* no "for" or "with" */
	bool no_verb;  /* no "it was" */
};

/* May what ends at first and what begins at last belong together? */
static bool is_joined(const struct marked *m, uint32_t first, uint32_t last,
		      const struct between *b)
{
	uint32_t words = 0;
	bool second = false; /* past an "and" */
	for (uint32_t i = first; i < last;) {
		uint32_t after = skip_tag(m, i, last);
		if (after != i) {
			i = after;
			continue;
		}
		if (m->party[i] == PARTY_WE && b->subject) {
			i++; /* "my ex and I" */
			continue;
		}
		if (b->and &&!second && marked_is(m, i, CLASS_AND)) {
			second = true;
			i++;
			continue;
		}
		if (is_turn(m, i) || (second && marked_is(m, i, CLASS_NOMINATIVE)) ||
		    ++words > b->most || (b->no_prep && marked_is(m, i, CLASS_PREP)))
			return false;
		if (!b->subject && marked_is(m, i, CLASS_NOMINATIVE))
			return false;
		if (b->no_verb && (m->is[i] & (CLASS_BIT(CLASS_AUX) | CLASS_BIT(CLASS_THING))) &&
		    !marked_is(m, i, CLASS_MY))
			return false;
		if (is_stop(m, i) && !(b->subject && i == first))
			return false;
		i++;
	}
	return true;
}

/* How the words right before it bind a duration; *lead is where they begin. */
static uint16_t read_before(const struct marked *m, const struct sentence *s, uint32_t first,
			    uint32_t *lead)
{
	static const char *const lasting[] = { "for", "since", "from", NULL };
	static const char *const within[] = { "in", "during", "over", NULL };
	uint32_t at = first;
	if (at > s->first + 1 && ((is_word(m, at - 1, "to") && is_word(m, at - 2, "close")) ||
				  (is_word(m, at - 1, "of") && is_word(m, at - 2, "shy"))))
		at -= 2;
	while (at > s->first && (is_approximate(m, at - 1) ||
				 (at < first && is_word(m, at - 1, "a") && !is_word(m, at, "the"))))
		at--;
	*lead = at;
	if (at == s->first)
		return 1u << WHEN_BARE;
	uint32_t before = at - 1;
	uint16_t ways = 0;
	if (is_any(m, before, lasting) ||
	    (is_word(m, before, "on") && before > s->first && is_word(m, before - 1, "going")))
		ways = 1u << WHEN_FOR;
	else if (is_any(m, before, within))
		ways = 1u << WHEN_IN;
	else if (is_word(m, before, "of"))
		ways = 1u << WHEN_OF;
	else if (is_word(m, before, "after"))
		ways = 1u << WHEN_AFTER;
	else
		return 1u << WHEN_BARE;
	*lead = before - (is_word(m, before, "on") ? 1u : 0u);
	return ways;
}

/* "yesterday", "last week": ago without the word. */
static bool is_named_day(const struct marked *m, const struct duration *d)
{
	static const char *const words[] = { "yesterday", "today", "tonight", "this", NULL };
	return is_any(m, d->first, words) ||
	       (is_word(m, d->first, "last") && d->last == d->first + 2);
}

static bool is_ago(const struct marked *m, const struct sentence *s, uint32_t i)
{
	static const char *const return_to[] = { "in", "to", "together", "with", NULL };
	if (i >= s->last)
		return false;
	return is_word(m, i, "ago") ||
	       (is_word(m, i, "back") && (i + 1 >= s->last || !is_any(m, i + 1, return_to)));
}

void bind_read(const struct marked *m, uint32_t number, struct hold *ret)
{
	static const char *const into[] = { "post",    "into", "in", "past",
					    "removed", "out",  "on", NULL };
	static const char *const still[] = { "now",   "already", "today", "exactly", "tomorrow",
					     "has",   "have",    "gone",  "by",      "passed",
					     "flown", "on",      NULL };
	static const char *const apart[] = { "after", "later", "prior", "earlier", NULL };
	static const char *const rate[] = { "once",   "twice",   "times", "every",    "each",
					    "per",    "next",    "first", "previous", "prior",
					    "former", "another", "other", "his",      "her",
					    "their",  "your",    NULL };
	const struct duration *d = &m->durations[number];
	const struct sentence *s = sentence_at(m, d->first);
	*ret = (struct hold){ .after = d->last, .first = s->first, .last = s->last };
	uint16_t before = read_before(m, s, d->first, &ret->lead);
	uint32_t so =
		d->last + 2 < s->last && is_word(m, d->last, "or") && is_word(m, d->last + 1, "so")
			? 2
			: 0;
	bool ago = is_ago(m, s, d->last + so);
	if (ago || is_named_day(m, d)) {
		ret->ways = 1u << WHEN_AGO;
		ret->after += ago ? 1 + so : 0;
		if (before & 1u << WHEN_FOR)
			ret->ways |= before; /* "not a word since 4 days ago" */
		else if (!(before & 1u << WHEN_BARE))
			ret->lead = UINT32_MAX;
		return;
	}
	if (before & 1u << WHEN_BARE && ret->lead > s->first && is_any(m, ret->lead - 1, rate))
		return;
	ret->ways = before;
	if (d->last >= s->last)
		return;
	uint32_t next = d->last;
	while (next + 1 < s->last && is_any(m, next, still))
		next++;
	bool been = ret->lead > s->first &&
		    (is_word(m, ret->lead - 1, "been") || is_word(m, ret->lead - 1, "is"));
	if (is_word(m, next, "since") || (been && is_word(m, next, "after"))) {
		ret->ways = 1u << WHEN_SINCE;
		ret->after = next + 1;
	} else if (is_any(m, d->last, apart)) {
		ret->ways = 0;
	} else if (is_any(m, d->last, into)) {
		ret->ways |= 1u << WHEN_INTO;
	} else {
		if (is_word(m, d->last, "of"))
			ret->ways &= 1u << WHEN_FOR | 1u << WHEN_IN;
		ret->ways |= 1u << WHEN_WHOLE;
	}
}

static bool is_after(const struct marked *m, const struct hold *h, const struct match *event,
		     const struct between *b)
{
	uint32_t from = h->after;
	if (event->first < from)
		return false;
	if (from < event->first && is_word(m, from, "of"))
		from++;
	return is_joined(m, from, event->first, b);
}

static bool is_before(const struct marked *m, const struct hold *h, const struct match *event,
		      uint32_t most)
{
	const struct between b = { .most = most, .no_verb = most == NEAR };
	if (h->lead == UINT32_MAX || event->last > h->lead)
		return false;
	uint32_t lead = h->lead;
	if (lead > event->last && h->ways & (1u << WHEN_AFTER | 1u << WHEN_AGO) &&
	    is_word(m, lead - 1, ","))
		lead--;
	return is_joined(m, event->last, lead, &b);
}

/* "Three weeks ago he left": what is said first is of what follows. */
static bool opens_clause(const struct marked *m, const struct hold *h)
{
	if (h->lead == UINT32_MAX || h->lead == h->first)
		return true;
	uint32_t before = h->lead - 1;
	return m->text.tokens[before].kind != TOKEN_WORD || marked_is(m, before, CLASS_JOIN) ||
	       is_word(m, before, "so") || is_word(m, before, "then");
}

bool bind_holds(const struct marked *m, const struct hold *h, const struct match *event,
		uint16_t when)
{
	const uint16_t adverbs = 1u << WHEN_AGO | 1u << WHEN_FOR | 1u << WHEN_IN | 1u << WHEN_AFTER;
	const struct between wide = { .most = WITHIN, .subject = true };
	const struct between chain = { .most = WITHIN, .subject = true, .and = true };
	const struct between tight = { .most = NEAR, .no_prep = true };
	uint16_t ways = h->ways & when;
	if (!ways || event->first < h->first || event->last > h->last)
		return false;
	if (ways & adverbs && (is_before(m, h, event, WITHIN) ||
			       (opens_clause(m, h) && is_after(m, h, event, &chain))))
		return true;
	if (ways & 1u << WHEN_SINCE && is_after(m, h, event, &wide))
		return true;
	if (ways & (1u << WHEN_OF | 1u << WHEN_BARE) && is_before(m, h, event, NEAR))
		return true;
	return (ways & 1u << WHEN_WHOLE && is_after(m, h, event, &tight)) ||
	       (ways & 1u << WHEN_INTO && is_after(m, h, event, &(struct between){ .most = NEAR }));
}
