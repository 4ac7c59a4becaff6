/* text_duration.c - durations in the one form of the labels.
 *
 * "a month and a half" is 6 weeks, "2.5 years" 30 months, "last week" 1 week;
 * ranges, ages ("3 years old") and hours have no value here.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/mem.h"
#include "text_internal.h"

#define REACH 6 /* tokens from the amount to its unit */

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH, UNIT_YEAR, UNIT_NONE };

static const char *const unit_words[] = { "day", "week", "month", "year" };
static const double unit_days[] = { 1, 7, 30.44, 365.25 };

/* What was read before the unit: a number in halves, or "a few". */
struct amount {
	unsigned halves;
	bool few;
};

static bool is(const struct text *t, uint32_t i, const char *word)
{
	if (i >= t->token_count)
		return false;
	const char *said = t->tokens[i].word;
	return *said == *word && said[1] == word[1] && !strcmp(said, word);
}

/* True for "day" and "days" when unit is "day". */
static bool is_unit(const char *w, const char *unit)
{
	while (*unit && *w == *unit) {
		w++;
		unit++;
	}
	return !*unit && (!*w || (*w == 's' && !w[1]));
}

/* Units begin with d, f, m, w or y. */
static bool may_be_unit(char c)
{
	const uint32_t letters =
		1u | 1u << ('f' - 'd') | 1u << ('m' - 'd') | 1u << ('w' - 'd') | 1u << ('y' - 'd');
	return c >= 'd' && c <= 'y' && (letters >> (c - 'd') & 1);
}

static enum unit unit_at(const struct text *t, uint32_t i, unsigned *ret_times)
{
	*ret_times = 1;
	if (i >= t->token_count)
		return UNIT_NONE;
	const char *w = t->tokens[i].word;
	switch (*w) {
	case 'd':
		if (is_unit(w, "decade"))
			return *ret_times = 10, UNIT_YEAR;
		return is_unit(w, "day") ? UNIT_DAY : UNIT_NONE;
	case 'w':
		return is_unit(w, "week") ? UNIT_WEEK : UNIT_NONE;
	case 'm':
		return is_unit(w, "month") ? UNIT_MONTH : UNIT_NONE;
	case 'y':
		return is_unit(w, "year") ? UNIT_YEAR : UNIT_NONE;
	case 'f':
		if (is_unit(w, "fortnight"))
			return *ret_times = 2, UNIT_WEEK;
		return UNIT_NONE;
	default:
		return UNIT_NONE;
	}
}

static unsigned small_number(const char *w)
{
	static const char *const words[] = { "one",       "two",      "three",    "four",
					     "five",      "six",      "seven",    "eight",
					     "nine",      "ten",      "eleven",   "twelve",
					     "thirteen",  "fourteen", "fifteen",  "sixteen",
					     "seventeen", "eighteen", "nineteen", NULL };
	static const char *const tens[] = { "twenty",  "thirty", "forty",  "fifty", "sixty",
					    "seventy", "eighty", "ninety", NULL };
	if (*w < 'e' || *w > 't')
		return 0;
	for (unsigned i = 0; words[i]; i++)
		if (*w == *words[i] && !strcmp(w, words[i]))
			return i + 1;
	for (unsigned i = 0; tens[i]; i++)
		if (*w == *tens[i] && !strcmp(w, tens[i]))
			return 10 * (i + 2);
	return 0;
}

static unsigned ordinal_number(const char *w)
{
	static const char *const words[] = { "first", "second", "third",   "fourth",
					     "fifth", "sixth",  "seventh", "eighth",
					     "ninth", "tenth",  NULL };
	for (unsigned i = 0; words[i]; i++)
		if (*w == *words[i] && !strcmp(w, words[i]))
			return i + 1;
	if (*w < '0' || *w > '9')
		return 0;
	char *end;
	unsigned long n = strtoul(w, &end, 10);
	bool ordinal = end != w && strlen(end) == 2 && *end >= 'a' && n < 1000; /* not "2/3" */
	return ordinal ? (unsigned)n : 0;
}

/* "2", "2.5", "1/2", "31"; in halves. False for what is neither whole nor half. */
static bool read_digits(const char *w, unsigned *ret_halves)
{
	char *end;
	unsigned long n = strtoul(w, &end, 10);
	if (n > 5000 || end == w)
		return false;
	if (!strcmp(w, "1/2"))
		*ret_halves = 1;
	else if (!*end || !strcmp(end, ".0"))
		*ret_halves = (unsigned)n * 2;
	else if (!strcmp(end, ".5"))
		*ret_halves = (unsigned)n * 2 + 1;
	else
		return false;
	return true;
}

/* Reads the amount at token i; returns the token after it, or i. */
static uint32_t read_amount(const struct text *t, uint32_t i, struct amount *ret)
{
	static const char *const few[] = { "few", "several", "some", "couple", NULL };
	const char *w = t->tokens[i].word;
	*ret = (struct amount){ 0 };
	uint32_t at = i;
	if (is(t, i, "a") || is(t, i, "an") || is(t, i, "the") || is(t, i, "past") ||
	    is(t, i, "last"))
		at++;
	for (size_t f = 0; few[f]; f++) {
		if (!is(t, at, few[f]))
			continue;
		ret->few = f < 3;
		ret->halves = f < 3 ? 0 : 4;
		if (f == 2 && at != i)
			return i;
		at++;
		if (is(t, at, "more") || is(t, at, "short") || is(t, at, "good"))
			at++;
		return is(t, at, "of") ? at + 1 : at;
	}
	if (t->tokens[i].kind == TOKEN_NUMBER) {
		if (!read_digits(w, &ret->halves))
			return i;
		uint32_t next = i + 1;
		unsigned more;
		if (next < t->token_count && is(t, next, "1/2") && read_digits("1/2", &more)) {
			ret->halves += more;
			next++;
		}
		return next;
	}
	unsigned n = small_number(w);
	if (n) {
		ret->halves = n * 2;
		unsigned ones =
			n >= 20 && i + 1 < t->token_count ? small_number(t->tokens[i + 1].word) : 0;
		if (!ones || ones > 9)
			return i + 1;
		ret->halves += ones * 2;
		return i + 2;
	}
	if (is(t, i, "half") && is(t, i + 1, "year")) {
		ret->halves = 1;
		return i + 1;
	}
	if (is(t, i, "half") && (is(t, i + 1, "a") || is(t, i + 1, "an"))) {
		ret->halves = 1;
		return i + 2;
	}
	if (is(t, i, "a") || is(t, i, "an") || is(t, i, "the")) {
		if (*w == 't' && !is(t, i + 1, "past") && !is(t, i + 1, "last"))
			return i;
		at = i + 1;
		static const char *const filler[] = { "full", "good",  "solid", "whole",  "last",
						      "past", "short", "long",  "entire", NULL };
		for (size_t f = 0; filler[f]; f++)
			if (is(t, at, filler[f])) {
				at++;
				break;
			}
		ret->halves = 2;
		return at;
	}
	return i;
}

/* "and a half", "and half": returns the token after it, or i. */
static uint32_t read_half(const struct text *t, uint32_t i)
{
	if (!is(t, i, "and"))
		return i;
	uint32_t at = i + 1 + (is(t, i + 1, "a") || is(t, i + 1, "one"));
	return is(t, at, "half") || is(t, at, "1/2") ? at + 1 : i;
}

/* "three long years": the token after the word that says no length, or i. */
static uint32_t skip_colour(const struct text *t, uint32_t i)
{
	static const char *const words[] = { "amazing", "beautiful", "full",      "good",   "great",
					     "happy",   "hard",      "long",      "lovely", "short",
					     "solid",   "straight",  "wonderful", "whole",  NULL };
	for (size_t k = 0; words[k]; k++)
		if (is(t, i, words[k]))
			return i + 1;
	return i;
}

/* Halves become whole smaller units: 3 half months are 6 weeks. */
static bool settle_halves(unsigned halves, enum unit *unit, unsigned *ret_n)
{
	*ret_n = halves / 2;
	if (halves % 2 == 0)
		return true;
	switch (*unit) {
	case UNIT_YEAR:
		*unit = UNIT_MONTH;
		*ret_n = halves * 6;
		return true;
	case UNIT_MONTH:
		*unit = UNIT_WEEK;
		*ret_n = halves * 2;
		return true;
	case UNIT_WEEK:
		*unit = UNIT_DAY;
		*ret_n = (halves * 7 + 1) / 2;
		return true;
	case UNIT_DAY:
		*ret_n = halves / 2 + 1;
		return true;
	case UNIT_NONE:
		break;
	}
	return false;
}

static void fill_value(struct duration *d, unsigned n, bool few, enum unit unit)
{
	const char *word = unit_words[unit];
	if (few)
		snprintf(d->value, sizeof(d->value), "a few %ss", word);
	else
		snprintf(d->value, sizeof(d->value), "%u %s%s", n, word, n == 1 ? "" : "s");
	d->days = (few ? 3 : n) * unit_days[unit];
}

static bool is_range_mark(const struct text *t, uint32_t i)
{
	return is(t, i, "-") || is(t, i, "to") || is(t, i, "or") || is(t, i, "/") ||
	       is(t, i, "and");
}

/* "two-three weeks" is one word to the eye, two tokens here. */
static bool is_hyphened(const struct text *t, uint32_t i)
{
	return i >= 1 && t->tokens[i].start > 0 && t->source[t->tokens[i].start - 1] == '-' &&
	       small_number(t->tokens[i - 1].word) && small_number(t->tokens[i - 1].word) < 20;
}

/* "2-3 weeks", "two or three weeks", "2 and 3 days", "less than a week": no one
 * length. */
static bool ends_range(const struct text *t, uint32_t i)
{
	if (is_hyphened(t, i) || (i >= 2 && is(t, i - 1, "than") && is(t, i - 2, "less")))
		return true;
	return i >= 2 && is_range_mark(t, i - 1) &&
	       (t->tokens[i - 2].kind == TOKEN_NUMBER || small_number(t->tokens[i - 2].word) ||
		is(t, i - 2, "a"));
}

/* "a month or two", "2 months to 3": no one length either. */
static bool begins_range(const struct text *t, uint32_t i)
{
	if (i + 1 >= t->token_count || !(is(t, i, "or") || is(t, i, "to")))
		return false;
	return t->tokens[i + 1].kind == TOKEN_NUMBER || small_number(t->tokens[i + 1].word);
}

static bool is_age(const struct text *t, uint32_t after)
{
	return is(t, after, "old") || is(t, after, "older") || is(t, after, "younger") ||
	       (is(t, after, "of") && is(t, after + 1, "age"));
}

/* "ago he left", "ago, my wife": what was before is another event's. */
static bool begins_anew(const struct text *t, uint32_t i)
{
	static const char *const who[] = { "i",  "he", "she", "we",  "they", "it",
					   "my", "me", "our", "his", "her",  NULL };
	if (!is(t, i, "ago"))
		return false;
	uint32_t next = i + 1 + is(t, i + 1, ",");
	for (size_t k = 0; who[k]; k++)
		if (is(t, next, who[k]))
			return true;
	return false;
}

/* "a year and 6 months", "1 week 2 days": told in the smaller unit; days beyond
 * whole months or years are dropped. "for 2 years and 3 months ago he left" are
 * two lengths and stay so. Returns the token after it, or i. */
static uint32_t read_smaller(const struct text *t, uint32_t i, enum unit *unit, unsigned *n)
{
	uint32_t at = i + (is(t, i, "and") || is(t, i, "+") || is(t, i, "&"));
	struct amount more;
	if (at >= t->token_count || is(t, at, "a") || is(t, at, "the"))
		return i;
	uint32_t after = read_amount(t, at, &more);
	unsigned times, count = more.halves / 2;
	enum unit smaller = after == at ? UNIT_NONE : unit_at(t, after, &times);
	if (smaller >= *unit || times != 1 || !count || more.halves % 2 ||
	    begins_anew(t, after + 1))
		return i;
	if (*unit == UNIT_YEAR && smaller == UNIT_MONTH && count < 12)
		*n = 12 * *n + count;
	else if (*unit == UNIT_WEEK && smaller == UNIT_DAY && count < 7)
		*n = 7 * *n + count;
	else
		return after + 1;
	*unit = smaller;
	return after + 1;
}

static bool read_counted(const struct text *t, uint32_t i, struct duration *d)
{
	struct amount amount;
	uint32_t at = read_amount(t, i, &amount);
	bool bare = at == i;
	if (bare)
		amount.halves = 2;
	uint32_t half = bare ? at : read_half(t, at);
	amount.halves += half != at;
	at = bare ? half : skip_colour(t, half);
	unsigned times, n;
	enum unit unit = unit_at(t, at, &times);
	if (unit == UNIT_NONE)
		return false;
	uint32_t after = at + 1;
	half = amount.few || amount.halves % 2 ? after : read_half(t, after);
	if (bare && half == after)
		return false; /* "year and half" needs no "a"; a bare "year" says nothing */
	amount.halves += half != after;
	if (ends_range(t, i) || begins_range(t, half) || is_age(t, half))
		return false;
	if (is(t, i, "the") && amount.halves == 2 && !is(t, i + 1, "last") && !is(t, i + 1, "past"))
		return false;
	if (!settle_halves(amount.halves * times, &unit, &n) || (!n && !amount.few))
		return false;
	d->first = i;
	d->last = amount.few || amount.halves % 2 ? half : read_smaller(t, half, &unit, &n);
	fill_value(d, n, amount.few, unit);
	return true;
}

/* "day 12", "week 3", "the fourth day", "5th month". */
static bool read_numbered(const struct text *t, uint32_t i, struct duration *d)
{
	unsigned times, halves, n = ordinal_number(t->tokens[i].word);
	enum unit unit = unit_at(t, n ? i + 1 : i, &times);
	if (unit == UNIT_NONE || times != 1)
		return false;
	if (!n) {
		if (i + 1 >= t->token_count)
			return false;
		const char *next = t->tokens[i + 1].word;
		if (t->tokens[i + 1].kind != TOKEN_NUMBER)
			halves = 2 * small_number(next);
		else if (!read_digits(next, &halves))
			return false;
		if (halves == 0 || halves % 2)
			return false;
		n = halves / 2;
	} else if (unit == UNIT_YEAR || !strcmp(t->tokens[i].word, "first") ||
		   !strcmp(t->tokens[i].word, "second")) {
		return false;
	}
	fill_value(d, n, false, unit);
	d->first = i;
	d->last = i + 2;
	return true;
}

/* "last week", "yesterday", "today". */
static bool read_named(const struct text *t, uint32_t i, struct duration *d)
{
	static const struct {
		const char *word;
		unsigned days;
	} named[] = { { "yesterday", 1 }, { "today", 0 }, { "tonight", 0 }, { NULL, 0 } };
	d->first = i;
	d->last = i + 1;
	for (size_t k = 0; named[k].word; k++)
		if (is(t, i, named[k].word))
			return fill_value(d, named[k].days, false, UNIT_DAY), true;
	d->last = i + 2;
	if (is(t, i, "this") && is(t, i + 1, "morning"))
		return fill_value(d, 0, false, UNIT_DAY), true;
	if (!is(t, i, "last"))
		return false;
	if (is(t, i + 1, "night"))
		return fill_value(d, 1, false, UNIT_DAY), true;
	unsigned times;
	enum unit unit = unit_at(t, i + 1, &times);
	if (unit == UNIT_NONE || unit == UNIT_DAY || times != 1 || !is(t, i + 1, unit_words[unit]))
		return false;
	return fill_value(d, 1, false, unit), true;
}

/* The first unit at token i or after it; the text's end when there is none. */
static uint32_t find_unit(const struct text *t, uint32_t i)
{
	unsigned times;
	while (i < t->token_count &&
	       (!may_be_unit(*t->tokens[i].word) || unit_at(t, i, &times) == UNIT_NONE))
		i++;
	return i;
}

/* A cheap first look: an amount needs a unit near enough. */
static bool read_duration(const struct text *t, uint32_t i, uint32_t unit, struct duration *d)
{
	char c = *t->tokens[i].word;
	if ((c == 'y' || c == 't' || c == 'l') && read_named(t, i, d))
		return true;
	if (unit >= t->token_count || unit > i + REACH)
		return false;
	return read_counted(t, i, d) || read_numbered(t, i, d);
}

size_t text_durations(const struct text *t, struct arena *a, struct duration **ret)
{
	struct duration *list = NULL;
	size_t count = 0, size = 0;
	uint32_t unit = find_unit(t, 0);
	for (uint32_t i = 0; i < t->token_count;) {
		struct duration d;
		if (unit < i)
			unit = find_unit(t, i);
		if (!read_duration(t, i, unit, &d)) {
			i++;
			continue;
		}
		list = mem_grow(list, &size, count + 1, sizeof(*list));
		list[count++] = d;
		i = d.last;
	}
	*ret = arena_copy(a, list ? list : (struct duration[1]){ { 0 } },
			  (count + !count) * sizeof(*list));
	free(list);
	return count;
}
