/* draft_style_load.c - house-style.json to checks. A phrase is words apart by
 * blanks; a place may offer several ("he|she|they") or take any word ("*").
 */
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/hash.h"
#include "dear/jread.h"
#include "draft_internal.h"

static uint64_t place_word(const char *s, size_t len)
{
	return len == 1 && *s == '*' ? ANY_WORD : words_hash(s, len);
}

/* "will|may come back": places and their words, each place ended by 0. */
static void read_phrase(struct responses *r, const char *text, struct phrase *ret)
{
	size_t len = strlen(text), n = 0;

	ret->text = arena_strdup(&r->arena, text);
	ret->places = 0;
	ret->words = arena_alloc(&r->arena, (2 * len + 2) * sizeof(*ret->words));
	for (const char *s = text; *s; s += strspn(s, " ")) {
		const char *end = s + strcspn(s, " ");

		while (s < end) {
			size_t word = strcspn(s, "| ");

			ret->words[n++] = place_word(s, word);
			s += word + (s[word] == '|');
		}
		ret->words[n++] = 0;
		ret->places++;
	}
}

static int read_phrases(struct responses *r, const struct jread *j, struct style_rule *rule,
			struct err *err)
{
	struct jread list;

	if (responses_list(j, "phrases", &list, &rule->phrase_count, err) < 0)
		return -1;
	if (rule->phrase_count == 0)
		return jread_fail(j, err, "a rule without phrases");
	rule->phrases = arena_alloc(&r->arena, rule->phrase_count * sizeof(*rule->phrases));
	for (size_t i = 0; i < rule->phrase_count; i++) {
		struct jread item = jread_element(&list, i);
		const char *text = json_string_value(item.value);

		if (!text || text[strspn(text, " ")] == '\0' || *text == '*')
			return jread_fail(&item, err, "expected words that begin with a word");
		read_phrase(r, text, &rule->phrases[i]);
	}
	return 0;
}

static int read_not_after(struct responses *r, const struct jread *j, struct style_rule *rule,
			  struct err *err)
{
	struct jread list;
	size_t count = 0;

	if (responses_list(j, "not_after", &list, &count, err) < 0)
		return -1;
	rule->not_after = arena_alloc(&r->arena, (count + 1) * sizeof(*rule->not_after));
	for (size_t i = 0; i < count; i++) {
		struct jread item = jread_element(&list, i);
		const char *word = json_string_value(item.value);

		if (!word)
			return jread_fail(&item, err, "expected a word");
		rule->not_after[i] = words_hash(word, strlen(word));
	}
	return 0;
}

static int read_rule(struct responses *r, const struct jread *j, struct err *err)
{
	static const char *const names[] = { "rule", "say", "phrases", "not_after",
					     "all",  "any", "unless",  NULL };
	struct style_rule *rule = &r->style->rules[r->style->rule_count];
	const char *name, *say;

	if (jread_only(j, names, err) < 0 || jread_need_string(j, "rule", &name, err) < 0 ||
	    jread_need_string(j, "say", &say, err) < 0 || read_phrases(r, j, rule, err) < 0 ||
	    read_not_after(r, j, rule, err) < 0 || responses_condition(r, j, &rule->when, err) < 0)
		return -1;
	rule->name = arena_strdup(&r->arena, name);
	rule->say = arena_strdup(&r->arena, say);
	r->style->rule_count++;
	return 0;
}

static int by_hash(const void *a, const void *b)
{
	const struct style_start *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	if (x->rule != y->rule)
		return x->rule < y->rule ? -1 : 1;
	return (x->phrase > y->phrase) - (x->phrase < y->phrase);
}

/* The index of phrases by their first word. */
static void index_phrases(struct responses *r)
{
	struct style *s = r->style;
	size_t count = 0;

	for (size_t i = 0; i < s->rule_count; i++)
		for (size_t k = 0; k < s->rules[i].phrase_count; k++)
			for (const uint64_t *w = s->rules[i].phrases[k].words; *w; w++)
				count++;
	s->starts = arena_alloc(&r->arena, (count + 1) * sizeof(*s->starts));
	for (size_t i = 0; i < s->rule_count; i++)
		for (size_t k = 0; k < s->rules[i].phrase_count; k++)
			for (const uint64_t *w = s->rules[i].phrases[k].words; *w; w++)
				s->starts[s->start_count++] =
					(struct style_start){ *w, (uint16_t)i, (uint16_t)k };
	qsort(s->starts, s->start_count, sizeof(*s->starts), by_hash);
	for (size_t i = 0; i < s->start_count; i++)
		s->filter[s->starts[i].hash / 64 % STYLE_FILTER] |= (uint64_t)1
								    << s->starts[i].hash % 64;
}

static int read_unfilled(struct responses *r, const struct jread *top, struct err *err)
{
	struct jread list;
	size_t count = 0;

	if (responses_list(top, "unfilled", &list, &count, err) < 0)
		return -1;
	r->style->unfilled = arena_alloc(&r->arena, (count + 1) * sizeof(*r->style->unfilled));
	for (size_t i = 0; i < count; i++) {
		struct jread item = jread_element(&list, i);

		if (!json_is_string(item.value))
			return jread_fail(&item, err, "expected a string");
		r->style->unfilled[i] = arena_strdup(&r->arena, json_string_value(item.value));
	}
	return 0;
}

static int read_words(struct responses *r, const struct jread *top, struct err *err)
{
	static const char *const names[] = { "least", "aim", "most", "with_letter", NULL };
	struct jread words = jread_member(top, "words");
	struct style *s = r->style;

	if (!words.value)
		return jread_fail(top, err,
				  "\"words\" is missing: least, aim, most and with_letter");
	if (jread_only(&words, names, err) < 0 || jread_int(&words, "least", &s->least, err) < 0 ||
	    jread_int(&words, "aim", &s->aim, err) < 0 ||
	    jread_int(&words, "most", &s->most, err) < 0 ||
	    jread_int(&words, "with_letter", &s->with_letter, err) < 0)
		return -1;
	if (r->voice.length)
		s->aim = r->voice.length;
	if (s->least < 0 || s->aim < s->least || s->most < s->aim || s->with_letter < s->most)
		return jread_fail(&words, err,
				  "least, aim (or the voice's length), most and with_letter must "
				  "rise");
	return 0;
}

static int read_style(struct responses *r, const struct jread *top, struct err *err)
{
	static const char *const names[] = { "about", "words", "unfilled", "rules", NULL };
	struct jread rules;
	size_t count = 0;
	struct words words;

	if (jread_only(top, names, err) < 0 || read_words(r, top, err) < 0 ||
	    responses_list(top, "rules", &rules, &count, err) < 0 || read_unfilled(r, top, err) < 0)
		return -1;
	r->style->signoff = r->voice.signoff;
	words_read(r->voice.signoff, &r->arena, &words);
	r->style->signoff_words = words.count;
	r->style->rules = arena_alloc(&r->arena, (count + 1) * sizeof(*r->style->rules));
	for (size_t i = 0; i < count; i++) {
		struct jread item = jread_element(&rules, i);

		if (read_rule(r, &item, err) < 0)
			return -1;
	}
	index_phrases(r);
	return 0;
}

int style_load(struct responses *r, const char *path, struct err *err)
{
	json_t *root = responses_json(r, path, err);
	struct jread top;
	char *text;
	int rc;

	if (!root)
		return -1;
	r->style = arena_alloc(&r->arena, sizeof(*r->style));
	text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
	r->style->hash = hash_string(HASH_START, text);
	free(text);
	top = jread_top(root, arena_strdup(&r->arena, path), 0, ERR_RULES);
	rc = read_style(r, &top, err);
	json_decref(root);
	return rc;
}
