/* responses_terms.c - names to bits, and a classified comment to the set of
 * bits that hold. Knows what a term may look like; which names make sense is
 * for responses_check.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "dear/situation.h"
#include "draft_internal.h"

/* The score from which a situation may be said back to the reader, whatever its
 * own threshold for band high. */
#define SURE 0.9

void terms_init(struct terms *t)
{
	*t = (struct terms){ 0 };
	for (size_t i = 0; i < 2 * TERM_MOST; i++)
		t->index[i] = -1;
}

void terms_free(struct terms *t)
{
	free(t->list);
}

static size_t slot_of(const struct terms *t, const char *name)
{
	size_t slot = hash_string(HASH_START, name) % (2 * TERM_MOST);

	while (t->index[slot] >= 0 && strcmp(t->list[t->index[slot]].name, name) != 0)
		slot = (slot + 1) % (2 * TERM_MOST);
	return slot;
}

int terms_find(const struct terms *t, const char *name)
{
	return t->index[slot_of(t, name)];
}

void term_set_add(struct term_set *s, int bit)
{
	s->word[bit / 64] |= (uint64_t)1 << (bit % 64);
}

bool term_set_has(const struct term_set *s, int bit)
{
	return s->word[bit / 64] >> (bit % 64) & 1;
}

void term_set_join(struct term_set *s, const struct term_set *more)
{
	for (size_t i = 0; i < TERM_WORDS; i++)
		s->word[i] |= more->word[i];
}

bool term_set_meets(const struct term_set *a, const struct term_set *b)
{
	for (size_t i = 0; i < TERM_WORDS; i++)
		if (a->word[i] & b->word[i])
			return true;
	return false;
}

int term_set_shared(const struct term_set *a, const struct term_set *b)
{
	int count = 0;

	for (size_t i = 0; i < TERM_WORDS; i++)
		count += __builtin_popcountll(a->word[i] & b->word[i]);
	return count;
}

bool term_set_within(const struct term_set *a, const struct term_set *b)
{
	for (size_t i = 0; i < TERM_WORDS; i++)
		if (a->word[i] & ~b->word[i])
			return false;
	return true;
}

bool condition_holds(const struct condition *c, const struct term_set *holds)
{
	if (!term_set_within(&c->all, holds) || term_set_meets(&c->none, holds))
		return false;
	for (size_t i = 0; i < c->any_count; i++)
		if (!term_set_meets(&c->any[i], holds))
			return false;
	return true;
}

double terms_days(const char *duration)
{
	static const struct {
		const char *unit;
		double days;
	} units[] = { { "day", 1 }, { "week", 7 }, { "month", 30.44 }, { "year", 365.25 } };
	char *rest;
	double n = 3;

	if (strncmp(duration, "a few ", 6) == 0) {
		rest = (char *)duration + 6;
	} else {
		n = (double)strtoul(duration, &rest, 10);
		if (rest == duration || *rest++ != ' ')
			return -1;
	}
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		size_t len = strlen(units[i].unit);

		if (strncmp(rest, units[i].unit, len) == 0 &&
		    strspn(rest + len, "s") == strlen(rest + len))
			return n * units[i].days;
	}
	return -1;
}

/* One blank between words, none at the ends. */
static char *tidy(struct arena *a, const char *text, size_t len)
{
	char *out = arena_alloc(a, len + 1), *end = out;

	for (size_t i = 0; i < len; i++)
		if (text[i] != ' ' && text[i] != '\t')
			*end++ = text[i];
		else if (end > out && end[-1] != ' ')
			*end++ = ' ';
	while (end > out && end[-1] == ' ')
		end--;
	*end = '\0';
	return out;
}

static bool plain_name(const char *name)
{
	return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

/* Takes a term's name apart: base, kind and what it is compared with. */
static bool parse_term(struct term *t, struct arena *a)
{
	char *base = arena_strdup(a, t->name), *mark = strpbrk(base, "=<>?!");
	char sign = mark ? *mark : '\0';

	t->base = base;
	if (!mark)
		return plain_name(base);
	*mark = '\0';
	t->value = mark + 1 + (mark[1] == ' ');
	if (mark > base && mark[-1] == ' ')
		mark[-1] = '\0';
	if (sign == '?' || sign == '!')
		t->kind = sign == '?' ? TERM_MAYBE : TERM_SURE;
	else if (sign == '=')
		t->kind = TERM_EQUAL;
	else
		t->kind = sign == '<' ? TERM_BELOW : TERM_ABOVE;
	t->days = terms_days(t->value);
	if (!plain_name(base) || (t->kind < TERM_EQUAL) != (*t->value == '\0'))
		return false;
	return t->days >= 0 || t->kind <= TERM_EQUAL;
}

static int add_parsed(struct terms *t, const struct term *term)
{
	size_t slot = slot_of(t, term->name);

	if (t->index[slot] >= 0)
		return t->index[slot];
	t->list = mem_grow(t->list, &t->size, t->count + 1, sizeof(*t->list));
	t->list[t->count] = *term;
	t->index[slot] = (int16_t)t->count;
	return (int)t->count++;
}

int terms_add(struct terms *t, struct arena *a, const char *text, size_t len, const char *file,
	      int line, struct err *err)
{
	struct term term = { .name = tidy(a, text, len), .maybe = -1, .sure = -1 };
	struct term base;
	int bit;

	term.file = file;
	term.line = line;
	base = term;
	if (!parse_term(&term, a))
		return err_set(err, ERR_RULES, file, line,
			       "'%s' is no term: write a name, name?, name!, name = value, "
			       "name < 3 weeks or name > 3 weeks",
			       term.name);
	if (t->count + 2 > TERM_MOST)
		return err_set(err, ERR_RULES, file, line, "more than %d different terms",
			       TERM_MOST);
	bit = add_parsed(t, &term);
	if (term.kind == TERM_MAYBE || term.kind == TERM_SURE) {
		int named;

		base.name = base.base = term.base;
		named = add_parsed(t, &base);
		*(term.kind == TERM_MAYBE ? &t->list[named].maybe : &t->list[named].sure) = bit;
	}
	return bit;
}

static void hold(const struct terms *t, struct term_set *s, const char *name)
{
	int bit = terms_find(t, name);

	if (bit < 0)
		return;
	term_set_add(s, bit);
	if (t->list[bit].maybe >= 0)
		term_set_add(s, t->list[bit].maybe);
}

static void hold_situation(const struct terms *t, struct term_set *s, const struct situation *x)
{
	int bit = terms_find(t, x->label);

	if ((x->band == BAND_HIGH || x->score >= SURE) && bit >= 0 && t->list[bit].sure >= 0)
		term_set_add(s, t->list[bit].sure);
	if (x->band >= BAND_MEDIUM)
		hold(t, s, x->label);
	else if (bit >= 0 && t->list[bit].maybe >= 0)
		term_set_add(s, t->list[bit].maybe);
}

static bool compares(const struct term *term, const char *value)
{
	double days;

	if (term->kind == TERM_EQUAL)
		return strcmp(value, term->value) == 0;
	days = terms_days(value);
	if (days < 0)
		return false;
	return term->kind == TERM_BELOW ? days < term->days : days > term->days;
}

const char *terms_topic(const struct terms *t, const struct classification *found)
{
	return found->topic ? found->topic : t->default_topic;
}

static const char *value_of(const struct terms *t, const struct classification *found,
			    const char *base)
{
	if (strcmp(base, "topic") == 0)
		return terms_topic(t, found);
	return classification_fact(found, base);
}

struct term_set terms_holding(const struct terms *t, const struct draft_request *req, bool named)
{
	const struct classification *found = req->found;
	struct term_set s = { 0 };

	for (size_t i = 0; i < found->situation_count; i++)
		hold_situation(t, &s, &found->situations[i]);
	for (size_t i = 0; i < found->fact_count; i++)
		hold(t, &s, found->facts[i].name);
	for (size_t i = 0; i < found->detail_count; i++)
		hold(t, &s, found->details[i].name);
	if (req->follow_up)
		hold(t, &s, "follow_up");
	if (named)
		hold(t, &s, "named");
	if (t->voice)
		hold(t, &s, t->voice);
	for (size_t i = 0; i < t->count; i++) {
		const struct term *term = &t->list[i];
		const char *value;

		if (term->kind < TERM_EQUAL)
			continue;
		value = value_of(t, found, term->base);
		if (value && compares(term, value))
			term_set_add(&s, (int)i);
	}
	for (size_t i = 0; i < t->derived_count; i++)
		if (condition_holds(&t->derived[i].when, &s))
			term_set_add(&s, t->derived[i].bit);
	return s;
}
