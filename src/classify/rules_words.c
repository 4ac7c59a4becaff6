/* rules_words.c - the lexicon, and the word classes of data/words.
 *
 * A class is a list of words, phrases ("broke up with"), verbs with all their
 * forms ("~leave") and other classes ("@talk"). Classes may name each other in
 * any order, but not in a circle.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

#define MARK_SHARE 0.05 /* of tokens, such as "?" */

static const char *const builtin_words[] = {
#define X(id, word) "@" word,
	BUILTINS(X)
#undef X
};

uint32_t lexicon_builtin(enum builtin b)
{
	return (uint32_t)b;
}

static void lexicon_rehash(struct lexicon *l, size_t slots)
{
	free(l->slots);
	l->slots = mem_alloc(slots * sizeof(*l->slots));
	l->slot_count = slots;
	for (size_t i = 0; i < l->count; i++) {
		size_t at = l->entries[i].hash & (slots - 1);
		while (l->slots[at].number)
			at = (at + 1) & (slots - 1);
		l->slots[at] = (struct lexicon_slot){ l->entries[i].hash, (uint32_t)i + 1 };
	}
}

uint32_t lexicon_find(const struct lexicon *l, const char *word, uint32_t hash)
{
	size_t last = l->slot_count - 1;
	const struct lexicon_slot *s;
	for (size_t at = hash & last; (s = &l->slots[at])->number; at = (at + 1) & last)
		if (s->hash == hash && !strcmp(l->entries[s->number - 1].word, word))
			return s->number - 1;
	return NO_ENTRY;
}

static void add_rank(struct lexicon *l, unsigned rank, uint32_t id)
{
	l->by_rank = mem_grow(l->by_rank, &l->rank_size, rank + 1, sizeof(id));
	while (l->rank_count <= rank)
		l->by_rank[l->rank_count++] = NO_ENTRY;
	l->by_rank[rank] = id;
}

static uint32_t add_entry(struct lexicon *l, const char *word)
{
	uint32_t hash = text_word_hash(word, strlen(word));
	uint32_t found = l->slot_count ? lexicon_find(l, word, hash) : NO_ENTRY;
	if (found != NO_ENTRY)
		return found;
	if (2 * (l->count + 1) > l->slot_count)
		lexicon_rehash(l, l->slot_count ? 2 * l->slot_count : 4096);
	l->entries = mem_grow(l->entries, &l->size, l->count + 1, sizeof(*l->entries));
	unsigned rank = text_word_rank(word);
	bool mark = !word[1] && ispunct((unsigned char)*word); /* "?" is in many sentences */
	l->entries[l->count] = (struct entry){
		.word = mem_strdup(word),
		.hash = hash,
		.common = rank   ? 0.06 / rank + 0.0001
			  : mark ? MARK_SHARE
				 : 0.00005,
	};
	size_t at = hash & (l->slot_count - 1);
	while (l->slots[at].number)
		at = (at + 1) & (l->slot_count - 1);
	l->slots[at] = (struct lexicon_slot){ hash, (uint32_t)++l->count };
	if (rank)
		add_rank(l, rank, (uint32_t)l->count - 1);
	return (uint32_t)l->count - 1;
}

void lexicon_init(struct lexicon *l)
{
	for (int b = 0; b < BUILTIN_COUNT; b++) {
		uint32_t id = add_entry(l, builtin_words[b]);
		l->entries[id].common = 0.05;
	}
}

void lexicon_release(struct lexicon *l)
{
	for (size_t i = 0; i < l->count; i++) {
		for (size_t k = 0; k < l->entries[i].phrase_count; k++)
			free(l->entries[i].phrases[k].words);
		free(l->entries[i].phrases);
		free(l->entries[i].word);
	}
	free(l->entries);
	free(l->slots);
	free(l->by_rank);
}

uint32_t lexicon_add(struct lexicon *l, const char *words)
{
	const char *blank = strchr(words, ' ');
	uint32_t whole = add_entry(l, words);
	if (!blank)
		return whole;
	char *copy = mem_strdup(words);
	struct phrase p = { .entry = whole };
	size_t size = 0;
	uint32_t first = NO_ENTRY;
	char *rest = copy;
	for (char *word; (word = strsep(&rest, " "));) {
		uint32_t id = add_entry(l, word);
		if (first == NO_ENTRY) {
			first = id;
			continue;
		}
		p.words = mem_grow(p.words, &size, p.count + 1, sizeof(*p.words));
		p.words[p.count++] = id;
	}
	free(copy);
	struct entry *e = &l->entries[first];
	for (size_t i = 0; i < e->phrase_count; i++)
		if (e->phrases[i].entry == whole) {
			free(p.words);
			return whole;
		}
	e->phrases = mem_grow(e->phrases, &e->phrase_size, e->phrase_count + 1, sizeof(p));
	p.second = p.words[0];
	e->phrases[e->phrase_count++] = p;
	e->seconds |= (uint64_t)1 << (p.second % 64);
	return whole;
}

void entry_list_add(struct entry_list *list, uint32_t id)
{
	size_t at = list->count;
	while (at && list->ids[at - 1] > id)
		at--;
	if (at && list->ids[at - 1] == id)
		return;
	list->ids = mem_grow(list->ids, &list->size, list->count + 1, sizeof(id));
	memmove(list->ids + at + 1, list->ids + at, (list->count - at) * sizeof(id));
	list->ids[at] = id;
	list->count++;
}

static bool is_vowel(char c)
{
	return c && strchr("aeiou", c) != NULL;
}

static void add_form(struct rules *r, struct entry_list *ret, const char *stem, size_t n,
		     const char *ending, const char *rest)
{
	struct buf b = BUF_INIT;
	buf_add(&b, stem, n);
	buf_puts(&b, ending);
	buf_puts(&b, rest);
	entry_list_add(ret, lexicon_add(&r->lexicon, b.str));
	buf_release(&b);
}

/* text, texts, texting, texted; try, tries, tried; stop, stopping, stopped. */
static void add_regular(struct rules *r, struct entry_list *ret, const char *verb, size_t n,
			const char *rest, bool regular_past)
{
	char last = verb[n - 1], before = n > 1 ? verb[n - 2] : '\0';
	size_t stem = last == 'e' && before != 'e' && before != 'o' ? n - 1 : n;
	if (last == 'y' && !is_vowel(before)) {
		add_form(r, ret, verb, n - 1, "ies", rest);
		add_form(r, ret, verb, n, "ing", rest);
		if (regular_past)
			add_form(r, ret, verb, n - 1, "ied", rest);
		return;
	}
	bool hiss = last == 's' || last == 'x' || last == 'z' || last == 'o' ||
		    (last == 'h' && (before == 's' || before == 'c'));
	add_form(r, ret, verb, n, hiss ? "es" : "s", rest);
	add_form(r, ret, verb, stem, "ing", rest);
	if (regular_past)
		add_form(r, ret, verb, stem, "ed", rest);
	bool doubles = n > 2 && !is_vowel(last) && !strchr("wxyh", last) && is_vowel(before) &&
		       !is_vowel(verb[n - 3]);
	char twice[2] = { last, '\0' };
	if (!doubles)
		return;
	struct buf b = BUF_INIT;
	buf_printf(&b, "%.*s%s", (int)n, verb, twice);
	add_form(r, ret, b.str, n + 1, "ing", rest);
	if (regular_past)
		add_form(r, ret, b.str, n + 1, "ed", rest);
	buf_release(&b);
}

/* "~break up with": every form of the first word, the rest as it is. */
static void add_forms(struct rules *r, const char *phrase, struct entry_list *ret)
{
	size_t n = strcspn(phrase, " ");
	const char *rest = phrase + n;
	char *verb = mem_strndup(phrase, n);
	const json_t *irregular = json_object_get(r->irregular, verb);
	entry_list_add(ret, lexicon_add(&r->lexicon, phrase));
	if (n > 1)
		add_regular(r, ret, verb, n, rest, !irregular);
	for (size_t i = 0; i < json_array_size(irregular); i++) {
		const char *form = json_string_value(json_array_get(irregular, i));
		add_form(r, ret, form, strlen(form), "", rest);
	}
	free(verb);
}

static struct word_class *find_class(struct rules *r, const char *name)
{
	for (size_t i = 0; i < r->class_count; i++)
		if (!strcmp(r->classes[i].name, name))
			return &r->classes[i];
	return NULL;
}

static int resolve(struct rules *r, struct word_class *c, struct err *err)
{
	if (c->resolved)
		return 0;
	if (c->resolving)
		return err_set(err, ERR_RULES, c->file, c->line,
			       "class \"%s\" is made of itself; break the circle", c->name);
	c->resolving = true;
	for (size_t i = 0; i < json_array_size(c->words); i++) {
		const char *word = json_string_value(json_array_get(c->words, i));
		if (!word)
			return err_set(err, ERR_RULES, c->file, c->line,
				       "class \"%s\": word %zu is not a string", c->name, i + 1);
		if (rules_words_collect(r, word, &c->entries, c->file, c->line, err))
			return -1;
	}
	c->resolving = false;
	c->resolved = true;
	return 0;
}

static bool is_builtin(const char *name, uint32_t *ret)
{
	for (uint32_t b = 0; b < BUILTIN_COUNT; b++)
		if (!strcmp(builtin_words[b] + 1, name))
			return *ret = b, true;
	return false;
}

/* Rules are written as text is normalised: lower case, opened, put right. */
static int check_word(const char *word, const char *file, int line, struct err *err)
{
	for (const char *c = word; *c; c++)
		if ((*c >= 'A' && *c <= 'Z') || (*c == '\'' && c > word && c[-1] != ' '))
			return err_set(err, ERR_RULES, file, line,
				       "\"%s\": write words in small letters and contractions "
				       "opened (\"has not\")",
				       word);
	if (!*word || *word == ' ' || word[strlen(word) - 1] == ' ' || strstr(word, "  "))
		return err_set(err, ERR_RULES, file, line, "\"%s\": a word is missing", word);
	return 0;
}

int rules_words_collect(struct rules *r, const char *word, struct entry_list *ret, const char *file,
			int line, struct err *err)
{
	uint32_t b;
	if (*word == '@') {
		if (is_builtin(word + 1, &b)) {
			entry_list_add(ret, b);
			return 0;
		}
		struct word_class *c = find_class(r, word + 1);
		if (!c)
			return err_set(err, ERR_RULES, file, line,
				       "there is no word class \"%s\" in words/", word);
		if (resolve(r, c, err))
			return -1;
		for (size_t i = 0; i < c->entries.count; i++)
			entry_list_add(ret, c->entries.ids[i]);
		return 0;
	}
	if (check_word(*word == '~' ? word + 1 : word, file, line, err))
		return -1;
	if (*word == '~')
		add_forms(r, word + 1, ret);
	else
		entry_list_add(ret, lexicon_add(&r->lexicon, word));
	return 0;
}

static int add_class(struct rules *r, const struct jpiece *p, struct err *err)
{
	uint32_t b;
	const struct word_class *same = find_class(r, p->key);
	if (same)
		return err_set(err, ERR_RULES, p->file, p->line,
			       "class \"%s\" is there already, in %s:%d", p->key, same->file,
			       same->line);
	if (is_builtin(p->key, &b))
		return err_set(err, ERR_RULES, p->file, p->line,
			       "\"@%s\" is found by the engine; choose another name", p->key);
	if (!json_is_array(p->value))
		return err_set(err, ERR_RULES, p->file, p->line,
			       "class \"%s\" is not an array of words", p->key);
	r->classes = mem_grow(r->classes, &r->class_size, r->class_count + 1, sizeof(*r->classes));
	r->classes[r->class_count++] = (struct word_class){
		.name = mem_strdup(p->key),
		.file = mem_strdup(p->file),
		.line = p->line,
		.words = json_incref(p->value),
	};
	return 0;
}

static int add_irregular(struct rules *r, const struct jpiece *p, struct err *err)
{
	for (size_t i = 0; i < json_array_size(p->value); i++)
		if (!json_is_string(json_array_get(p->value, i)))
			return err_set(err, ERR_RULES, p->file, p->line,
				       "\"%s\": forms are strings", p->key);
	if (!json_is_array(p->value))
		return err_set(err, ERR_RULES, p->file, p->line, "\"%s\" is not an array of forms",
			       p->key);
	if (!r->irregular)
		r->irregular = json_object();
	json_object_set(r->irregular, p->key, p->value);
	return 0;
}

static int words_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "about", JSECTION_SKIP, NULL },
		{ "classes", JSECTION_OBJECT, add_class },
		{ "irregular", JSECTION_OBJECT, add_irregular },
		{ NULL, JSECTION_SKIP, NULL },
	};
	return rules_json_read(r, path, sections, NULL, err);
}

int rules_words_load(struct rules *r, const char *dir, struct err *err)
{
	if (rules_json_folder(r, dir, "words", true, words_file, err))
		return -1;
	for (size_t i = 0; i < r->class_count; i++)
		if (resolve(r, &r->classes[i], err))
			return -1;
	return 0;
}
