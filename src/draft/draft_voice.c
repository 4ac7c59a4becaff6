/* draft_voice.c - voice.json: who speaks, and how. The column's name and
 * sign-off, the person it speaks in, and lists of words that are put in place
 * of others in a finished wording (full forms, British spelling).
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/err.h"
#include "dear/hash.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "draft_internal.h"

/* Words of the longest phrase in a list. */
#define RESPELL_WORDS 4

/* Instead of the words, the text. */
struct respell {
	uint64_t words[RESPELL_WORDS];
	size_t count;
	const char *to;
};

static const char *const person_words[] = { "we", "i", "column", NULL };
static const char *const warmth_words[] = { "warm", "plain", NULL };
static const char *const spelling_words[] = { "american", "british", NULL };

/* How each person says what a variable stands for; "%s" is the column's name. */
static const struct {
	const char *name, *text[3];
} forms[] = {
	{ "we", { "we", "I", "%s" } },
	{ "us", { "us", "me", "%s" } },
	{ "our", { "our", "my", "our" } },
	{ "we_are", { "are", "am", "is" } },
	{ "we_were", { "were", "was", "was" } },
	{ "we_have", { "have", "have", "has" } },
	{ "we_s", { "", "", "s" } },
	{ "we_dont", { "don't", "don't", "doesn't" } },
};
#define FORM_COUNT (sizeof(forms) / sizeof(forms[0]))

static int by_first_word(const void *a, const void *b)
{
	const struct respell *x = a, *y = b;

	if (x->words[0] != y->words[0])
		return x->words[0] < y->words[0] ? -1 : 1;
	return (x->count < y->count) - (x->count > y->count);
}

static int read_respell(struct responses *r, const struct jread *list, const char *from,
			const char *to, struct err *err)
{
	struct voice *v = &r->voice;
	struct respell *x = &v->respells[v->respell_count];
	struct words w;

	words_read(from, &r->arena, &w);
	if (w.count == 0 || w.count > RESPELL_WORDS || !to)
		return jread_fail(list, err, "'%s' wants a text, and has one to %d words", from,
				  RESPELL_WORDS);
	for (size_t i = 0; i < w.count; i++)
		x->words[i] = w.list[i].hash;
	x->count = w.count;
	x->to = arena_strdup(&r->arena, to);
	v->respell_count++;
	return 0;
}

static int read_list(struct responses *r, const struct jread *top, struct err *err)
{
	static const char *const names[] = { "about", "words", NULL };
	struct jread list = jread_member(top, "words");
	struct voice *v = &r->voice;
	const char *from;
	json_t *to;

	if (jread_only(top, names, err) < 0)
		return -1;
	if (!json_is_object(list.value))
		return jread_fail(&list, err, "expected an object: what to write instead");
	v->respells =
		mem_grow(v->respells, &v->respell_size,
			 v->respell_count + json_object_size(list.value), sizeof(*v->respells));
	json_object_foreach(list.value, from, to)
	{
		if (read_respell(r, &list, from, json_string_value(to), err) < 0)
			return -1;
	}
	return 0;
}

static json_t *load_json(struct responses *r, const char *path, struct err *err)
{
	json_t *root = responses_json(r, path, err);
	char *text = root ? json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS) : NULL;

	if (text)
		r->voice.hash = hash_string(r->voice.hash, text);
	free(text);
	return root;
}

/* dir/words/NAME.json */
static int load_list(struct responses *r, const char *dir, const char *name, struct err *err)
{
	const char *path = arena_printf(&r->arena, "%s/words/%s.json", dir, name);
	json_t *root = load_json(r, path, err);
	struct jread top;
	int rc;

	if (!root)
		return -1;
	top = jread_top(root, path, 0, ERR_RULES);
	rc = read_list(r, &top, err);
	json_decref(root);
	return rc;
}

/* A member that is one of some words; *ret its place among them. */
static int read_choice(const struct jread *top, const char *key, const char *const *words, int *ret,
		       struct err *err)
{
	struct jread j = jread_member(top, key);
	const char *word;

	if (jread_need_string(top, key, &word, err) < 0)
		return -1;
	for (int i = 0; words[i]; i++)
		if (strcasecmp(words[i], word) == 0) {
			*ret = i;
			return 0;
		}
	return jread_fail(&j, err, "'%s' is not one of: %s, %s%s%s", word, words[0], words[1],
			  words[2] ? ", " : "", words[2] ? words[2] : "");
}

static int read_voice(struct responses *r, const struct jread *top, int *ret_spelling,
		      struct err *err)
{
	static const char *const names[] = { "about",  "column",   "signoff",
					     "person", "warmth",   "contractions",
					     "length", "spelling", NULL };
	struct voice *v = &r->voice;
	const char *column, *signoff;
	int warmth;

	v->contractions = true;
	if (jread_only(top, names, err) < 0 || jread_need_string(top, "column", &column, err) < 0 ||
	    jread_need_string(top, "signoff", &signoff, err) < 0 ||
	    read_choice(top, "person", person_words, &v->person, err) < 0 ||
	    read_choice(top, "warmth", warmth_words, &warmth, err) < 0 ||
	    read_choice(top, "spelling", spelling_words, ret_spelling, err) < 0 ||
	    jread_bool(top, "contractions", &v->contractions, err) < 0 ||
	    jread_int(top, "length", &v->length, err) < 0)
		return -1;
	v->column = arena_strdup(&r->arena, column);
	v->signoff = arena_strdup(&r->arena, signoff);
	r->terms.voice = warmth_words[warmth];
	return 0;
}

int voice_load(struct responses *r, const char *dir, const char *path, struct err *err)
{
	json_t *root = load_json(r, path, err);
	struct voice *v = &r->voice;
	struct jread top;
	int spelling = 0, rc;

	if (!root)
		return -1;
	top = jread_top(root, path, 0, ERR_RULES);
	rc = read_voice(r, &top, &spelling, err);
	json_decref(root);
	if (rc == 0 && !v->contractions)
		rc = load_list(r, dir, "full-forms", err);
	if (rc == 0 && spelling == 1)
		rc = load_list(r, dir, "british", err);
	if (rc == 0 && v->respell_count > 0)
		qsort(v->respells, v->respell_count, sizeof(*v->respells), by_first_word);
	return rc;
}

void voice_free(struct responses *r)
{
	free(r->voice.respells);
}

bool voice_variable(const char *name)
{
	for (size_t i = 0; i < FORM_COUNT; i++)
		if (strcasecmp(forms[i].name, name) == 0)
			return true;
	return false;
}

void voice_values(const struct responses *r, json_t *values)
{
	for (size_t i = 0; i < FORM_COUNT; i++) {
		const char *text = forms[i].text[r->voice.person];

		if (strcmp(text, "%s") == 0)
			text = r->voice.column;
		values_set_both(values, forms[i].name, text);
	}
}

/* The longest entry that the words from i on are; NULL. */
static const struct respell *respell_at(const struct voice *v, const struct words *w, size_t i)
{
	size_t low = 0, high = v->respell_count;
	uint64_t first = w->list[i].hash;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (v->respells[mid].words[0] < first)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < v->respell_count && v->respells[low].words[0] == first; low++) {
		const struct respell *x = &v->respells[low];
		size_t k = 1;

		while (k < x->count && i + k < w->count && w->list[i + k].hash == x->words[k] &&
		       w->list[i + k].sentence == w->list[i].sentence)
			k++;
		if (k == x->count)
			return x;
	}
	return NULL;
}

const char *voice_apply(const struct voice *v, const char *text, struct arena *a)
{
	struct buf out = BUF_INIT;
	size_t done = 0;
	struct words w;

	if (v->respell_count == 0)
		return text;
	words_read(text, a, &w);
	for (size_t i = 0; i < w.count; i++) {
		const struct respell *x = respell_at(v, &w, i);
		size_t start = w.list[i].start;

		if (!x)
			continue;
		buf_add(&out, text + done, start - done);
		buf_putc(&out,
			 isupper((unsigned char)text[start]) ? (char)toupper(x->to[0]) : x->to[0]);
		buf_puts(&out, x->to + 1);
		i += x->count - 1;
		done = w.list[i].end;
	}
	buf_puts(&out, text + done);
	text = arena_strdup(a, buf_str(&out));
	buf_release(&out);
	return text;
}
