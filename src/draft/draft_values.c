/* draft_values.c - the variables of a response: the reader's name, facts in
 * running words, and the other one's pronoun with the verbs that agree with it.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <utf8proc.h>

#include "dear/mem.h"
#include "dear/situation.h"
#include "dear/utf8.h"
#include "draft_internal.h"

#define NAME_MOST_WORDS   3
#define NAME_MOST_LETTERS 30

/* he, she, and they for one person or one of unknown pronoun. The "who" forms
 * always take a verb in the singular; instead of "%s" stands the noun. */
static const struct form {
	const char *name, *text[3];
} forms[] = {
	{ "they", { "he", "she", "they" } },
	{ "them", { "him", "her", "them" } },
	{ "their", { "his", "her", "their" } },
	{ "theirs", { "his", "hers", "theirs" } },
	{ "themself", { "himself", "herself", "themself" } },
	{ "theyre", { "he's", "she's", "they're" } },
	{ "theyve", { "he's", "she's", "they've" } },
	{ "are", { "is", "is", "are" } },
	{ "were", { "was", "was", "were" } },
	{ "have", { "has", "has", "have" } },
	{ "do", { "does", "does", "do" } },
	{ "arent", { "isn't", "isn't", "aren't" } },
	{ "werent", { "wasn't", "wasn't", "weren't" } },
	{ "havent", { "hasn't", "hasn't", "haven't" } },
	{ "dont", { "doesn't", "doesn't", "don't" } },
	{ "s", { "s", "s", "" } },
	{ "es", { "es", "es", "" } },
	{ "ies", { "ies", "ies", "y" } },
	{ "who", { "he", "she", "%s" } },
	{ "whom", { "him", "her", "%s" } },
	{ "whose", { "his", "her", "%s's" } },
	{ "noun", { "%s", "%s", "%s" } },
};
#define FORM_COUNT (sizeof(forms) / sizeof(forms[0]))

/* For a voice without contractions, whose lists can't tell "he's" from "he's". */
static const struct form full_forms[] = {
	{ "theyre", { "he is", "she is", "they are" } },
	{ "theyve", { "he has", "she has", "they have" } },
};
#define FULL_COUNT (sizeof(full_forms) / sizeof(full_forms[0]))

/* Facts that are variables of the same name. */
static const char *const durations[] = { "since_end",      "together_for", "silence_for",
					 "unanswered_for", "late_by",      "quiet_for" };
#define DURATION_COUNT (sizeof(durations) / sizeof(durations[0]))

static char *capital(const char *text)
{
	char *copy = mem_strdup(text);

	copy[0] = (char)toupper((unsigned char)copy[0]);
	return copy;
}

static void set(json_t *values, const char *name, const char *text)
{
	if (json_object_set_new(values, name, json_string(text)) < 0)
		mem_die();
}

static void set_capital(json_t *values, const char *name, const char *text)
{
	char *copy = capital(text);

	set(values, name, copy);
	free(copy);
}

void values_set_both(json_t *values, const char *name, const char *text)
{
	char *key = capital(name);

	set(values, name, text);
	set_capital(values, key, text);
	free(key);
}

static void set_form(struct other *o, enum pronoun p, const struct form *f)
{
	const char *text = f->text[p];
	bool noun = strncmp(text, "%s", 2) == 0 && o->noun;
	struct buf out = BUF_INIT;

	if (p == PRONOUN_THEY && !noun)
		text = f->text[o->pronoun];
	if (noun) {
		buf_printf(&out, "%s%s", o->noun, text + 2);
		text = buf_str(&out);
	}
	set(o->forms[p], f->name, text);
	set_capital(o->Forms[p], f->name, text);
	buf_release(&out);
}

void values_open(struct other *o, bool contractions)
{
	for (int p = PRONOUN_HE; p <= PRONOUN_THEY; p++) {
		o->forms[p] = json_object();
		o->Forms[p] = json_object();
		for (size_t i = 0; i < FORM_COUNT; i++)
			set_form(o, (enum pronoun)p, &forms[i]);
		for (size_t i = 0; !contractions && i < FULL_COUNT; i++)
			set_form(o, (enum pronoun)p, &full_forms[i]);
	}
}

void values_close(struct other *o)
{
	for (int p = PRONOUN_HE; p <= PRONOUN_THEY; p++) {
		json_decref(o->forms[p]);
		json_decref(o->Forms[p]);
	}
}

/* Whom the comment is about. */
static const struct other *other_of(const struct responses *r, const struct term_set *holds)
{
	const struct other *o = r->others;

	while (o < r->others + r->other_count - 1 && !condition_holds(&o->when, holds))
		o++;
	return o;
}

enum pronoun values_pronoun(const struct classification *found)
{
	const char *word = classification_fact(found, "ex_pronoun");

	if (word && strcmp(word, "he") == 0)
		return PRONOUN_HE;
	return word && strcmp(word, "she") == 0 ? PRONOUN_SHE : PRONOUN_THEY;
}

bool values_introduced(const struct responses *r, const struct classification *found,
		       const struct term_set *holds)
{
	const struct other *o = other_of(r, holds);

	return !o->many && (values_pronoun(found) != PRONOUN_THEY || !o->noun);
}

/* "1 year" as "a year", "6 years" as "six years", "42 days" as it is; NULL for
 * nothing ("0 days") and for what is no duration. */
static const char *running(const char *duration, char *out, size_t size)
{
	static const char *const words[] = { "",     "a",      "two",   "three", "four",
					     "five", "six",    "seven", "eight", "nine",
					     "ten",  "eleven", "twelve" };
	char *rest;
	unsigned long n = strtoul(duration, &rest, 10);

	if (terms_days(duration) <= 0)
		return NULL;
	if (rest == duration || n >= sizeof(words) / sizeof(words[0]))
		return duration;
	if (strlen(words[n]) + strlen(rest) + 1 > size)
		return NULL;
	memcpy(out, words[n], strlen(words[n]));
	memcpy(out + strlen(words[n]), rest, strlen(rest) + 1);
	return out;
}

static void set_durations(json_t *values, const struct classification *found)
{
	char out[64];

	for (size_t i = 0; i < DURATION_COUNT; i++) {
		const char *value = classification_fact(found, durations[i]);
		const char *text = value ? running(value, out, sizeof(out)) : NULL;

		if (text)
			values_set_both(values, durations[i], text);
	}
}

/* Only what some template asks about with {{#is.name}}. */
static json_t *is_values(const struct responses *r, const struct term_set *holds)
{
	json_t *is = json_object();

	for (size_t i = 0; i < r->terms.count; i++)
		if (term_set_has(&r->asked, (int)i) && term_set_has(holds, (int)i))
			json_object_set_new(is, r->terms.list[i].name, json_true());
	return is;
}

/* The child as {{child}}, with its age where that is known ("your
 * three-year-old"), and as {{kid}} for the second time round. */
static void set_child(json_t *values, const struct classification *found)
{
	bool several = classification_detail(found, "children_several");
	const char *age = classification_fact(found, "child_age"), *unit;
	const char *kid = several ? "your children" : "your child";
	char number[64], child[96];

	snprintf(child, sizeof(child), "%s", kid);
	if (age && !several)
		age = running(age, number, sizeof(number));
	unit = age && !several ? strchr(age, ' ') : NULL;
	if (unit)
		snprintf(child, sizeof(child), "your %.*s-%.*s-old",
			 strncmp(age, "a ", 2) == 0 ? 3 : (int)(unit - age),
			 strncmp(age, "a ", 2) == 0 ? "one" : age, (int)strcspn(unit + 1, "s"),
			 unit + 1);
	values_set_both(values, "child", child);
	values_set_both(values, "kid", kid);
}

/* What was made for a client, to stand after "the". */
static void set_work(json_t *values, const struct classification *found)
{
	const char *work = classification_fact(found, "work");

	set(values, "work", work ? work : "work");
}

json_t *values_new(const struct responses *r, const struct draft_request *req, const char *name,
		   const struct term_set *holds)
{
	const struct other *ex = &r->others[r->other_count - 1], *other = other_of(r, holds);
	enum pronoun p = values_pronoun(req->found), q = other->many ? PRONOUN_THEY : p;
	json_t *values = json_object();

	json_object_set(values, "ex", ex->forms[p]);
	json_object_set(values, "Ex", ex->Forms[p]);
	json_object_set(values, "other", other->forms[q]);
	json_object_set(values, "Other", other->Forms[q]);
	voice_values(r, values);
	json_object_set_new(values, "is", is_values(r, holds));
	if (name)
		set(values, "name", name);
	set_durations(values, req->found);
	set_child(values, req->found);
	set_work(values, req->found);
	return values;
}

static bool known_form(const char *name)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (strcmp(forms[i].name, name) == 0)
			return true;
	return false;
}

bool values_known(const char *variable, const char **ret_fact)
{
	*ret_fact = NULL;
	if (strncasecmp(variable, "ex.", 3) == 0)
		return known_form(variable + 3);
	if (strncasecmp(variable, "other.", 6) == 0)
		return known_form(variable + 6);
	if (strncmp(variable, "is.", 3) == 0 || strcasecmp(variable, "child") == 0 ||
	    strcasecmp(variable, "kid") == 0 || strcmp(variable, "work") == 0 ||
	    voice_variable(variable))
		return true;
	if (strcmp(variable, "name") == 0) {
		*ret_fact = "named";
		return true;
	}
	for (size_t i = 0; i < DURATION_COUNT; i++)
		if (strcasecmp(variable, durations[i]) == 0) {
			*ret_fact = durations[i];
			return true;
		}
	return false;
}

/* Letters, and what joins them in a name. */
static bool name_letter(uint32_t cp)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	if (cp == '\'' || cp == 0x2019 || cp == '-' || cp == '.')
		return true;
	return (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO) ||
	       (c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME);
}

static int compare_names(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

bool name_list_has(const struct name_list *list, const char *word)
{
	return bsearch(&word, list->words, list->count, sizeof(*list->words), compare_names) !=
	       NULL;
}

/* Puts the word's first letter up, and the others down when all were up. */
static const char *spell_name(const char *word, struct arena *a)
{
	size_t len = strlen(word), count = 0, upper = 0;
	struct buf out = BUF_INIT;
	const char *name;
	uint32_t cp;

	for (size_t i = 0; i < len; count++) {
		i += utf8_decode(word + i, len - i, &cp);
		upper += utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_LU;
	}
	for (size_t i = 0, k = 0; i < len; k++) {
		i += utf8_decode(word + i, len - i, &cp);
		if (k == 0)
			cp = (uint32_t)utf8proc_toupper((utf8proc_int32_t)cp);
		else if (upper == count && count > 2)
			cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
		buf_putcp(&out, cp);
	}
	name = arena_strdup(a, buf_str(&out));
	buf_release(&out);
	return name;
}

/* True when it can stand after "Dear": letters only, of person length, and not
 * one of the words readers hide behind. */
static bool name_like(const struct responses *r, const char *word)
{
	size_t len = strlen(word), letters = 0;
	uint32_t cp;

	for (size_t i = 0; i < len; letters++) {
		i += utf8_decode(word + i, len - i, &cp);
		if (!name_letter(cp))
			return false;
	}
	return letters >= 2 && letters <= NAME_MOST_LETTERS && !strchr("-.'", word[0]) &&
	       !name_list_has(&r->no_names, word);
}

/* "Jes Miller" as "Jes", "Grandad Len" whole, "Margaret, 61" as "Margaret". */
const char *values_name(const struct responses *r, const struct draft_request *req, struct arena *a)
{
	const char *given = req->author, *words[NAME_MOST_WORDS];
	char *copy, *word, *rest;
	size_t count = 0;

	if (!given || !*given)
		given = classification_fact(req->found, "reader_name");
	if (!given)
		return NULL;
	copy = arena_strndup(a, given, strcspn(given, ",(&/|"));
	for (word = strtok_r(copy, " \t", &rest); word; word = strtok_r(NULL, " \t", &rest)) {
		bool initial = count > 0 && strlen(word) <= 2 && !name_list_has(&r->no_names, word);

		if (count == NAME_MOST_WORDS || (!name_like(r, word) && !initial))
			return NULL;
		words[count++] = word;
	}
	if (count == 0)
		return NULL;
	if (count == 1 || !name_list_has(&r->titles, words[0]))
		return spell_name(words[0], a);
	return arena_printf(a, "%s %s", spell_name(words[0], a), spell_name(words[1], a));
}
