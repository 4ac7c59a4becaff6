/* responses_plan.c - plan.json: how drafts are put together. Terms derived from
 * others, ideas that may not be said in some circumstances, words that are no
 * reader's name.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/err.h"
#include "dear/jread.h"
#include "draft_internal.h"

int responses_idea(struct responses *r, const char *name, size_t len, const char *file, int line,
		   struct term_set *to, struct err *err)
{
	size_t i;

	for (i = 0; i < r->idea_count; i++)
		if (strlen(r->ideas[i]) == len && memcmp(r->ideas[i], name, len) == 0)
			break;
	if (i == TERM_MOST)
		return err_set(err, ERR_RULES, file, line,
			       "more than %d different ideas in Says:", TERM_MOST);
	if (i == r->idea_count)
		r->ideas[r->idea_count++] = arena_strndup(&r->arena, name, len);
	term_set_add(to, (int)i);
	return 0;
}

int responses_list(const struct jread *j, const char *key, struct jread *ret, size_t *ret_count,
		   struct err *err)
{
	struct jread list = jread_member(j, key);

	if (list.value && !json_is_array(list.value))
		return jread_fail(&list, err, "expected a list");
	*ret = list;
	*ret_count = json_array_size(list.value);
	return 0;
}

/* A list of strings under key, added as terms. */
static int read_terms(struct responses *r, const struct jread *j, const char *key,
		      struct condition *when, struct term_set *set, struct err *err)
{
	struct jread list;
	size_t count = 0;

	if (responses_list(j, key, &list, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		struct jread item = jread_element(&list, i);
		const char *name = json_string_value(item.value);
		int bit;

		if (!name)
			return jread_fail(&item, err, "expected a string");
		bit = terms_add(&r->terms, &r->arena, name, strlen(name), j->file, j->line, err);
		if (bit < 0)
			return -1;
		term_set_add(set, bit);
		when->weight++;
	}
	return 0;
}

int responses_condition(struct responses *r, const struct jread *j, struct condition *when,
			struct err *err)
{
	struct term_set any = { 0 };
	int before;

	*when = (struct condition){ 0 };
	if (read_terms(r, j, "all", when, &when->all, err) < 0 ||
	    read_terms(r, j, "unless", when, &when->none, err) < 0)
		return -1;
	before = when->weight;
	if (read_terms(r, j, "any", when, &any, err) < 0)
		return -1;
	if (when->weight > before) {
		when->any = arena_copy(&r->arena, &any, sizeof(any));
		when->any_count = 1;
	}
	return 0;
}

static int read_derived(struct responses *r, const struct jread *j, struct err *err)
{
	static const char *const names[] = { "term", "all", "any", "unless", NULL };
	struct derived *d = &r->terms.derived[r->terms.derived_count];
	const char *name;

	if (jread_only(j, names, err) < 0 || jread_need_string(j, "term", &name, err) < 0 ||
	    responses_condition(r, j, &d->when, err) < 0)
		return -1;
	d->bit = terms_add(&r->terms, &r->arena, name, strlen(name), j->file, j->line, err);
	if (d->bit < 0)
		return -1;
	r->terms.list[d->bit].roles |= ROLE_DERIVED;
	r->terms.derived_count++;
	return 0;
}

static int read_never(struct responses *r, const struct jread *j, struct err *err)
{
	static const char *const names[] = { "says", "all", "any", "unless", "unless_said", NULL };
	struct never *n = &r->nevers[r->never_count];
	const char *says, *unless = NULL;

	if (jread_only(j, names, err) < 0 || jread_need_string(j, "says", &says, err) < 0 ||
	    jread_string(j, "unless_said", &unless, err) < 0 ||
	    responses_condition(r, j, &n->when, err) < 0)
		return -1;
	if (responses_idea(r, says, strlen(says), j->file, j->line, &n->says, err) < 0)
		return -1;
	if (unless &&
	    responses_idea(r, unless, strlen(unless), j->file, j->line, &n->unless_said, err) < 0)
		return -1;
	n->pardoned = unless != NULL;
	r->never_count++;
	return 0;
}

static int compare_names(const void *a, const void *b)
{
	return strcasecmp(*(const char *const *)a, *(const char *const *)b);
}

static int read_names(struct responses *r, const struct jread *top, const char *key,
		      struct name_list *ret, struct err *err)
{
	struct jread list;

	if (responses_list(top, key, &list, &ret->count, err) < 0)
		return -1;
	ret->words = arena_alloc(&r->arena, (ret->count + 1) * sizeof(*ret->words));
	for (size_t i = 0; i < ret->count; i++) {
		struct jread item = jread_element(&list, i);

		if (!json_is_string(item.value))
			return jread_fail(&item, err, "expected a string");
		ret->words[i] = arena_strdup(&r->arena, json_string_value(item.value));
	}
	qsort(ret->words, ret->count, sizeof(*ret->words), compare_names);
	return 0;
}

static enum pronoun pronoun_of(const char *word)
{
	if (word && strcmp(word, "he") == 0)
		return PRONOUN_HE;
	return word && strcmp(word, "she") == 0 ? PRONOUN_SHE : PRONOUN_THEY;
}

static int read_other(struct responses *r, const struct jread *j, struct err *err)
{
	static const char *const names[] = {
		"noun", "pronoun", "many", "all", "any", "unless", NULL
	};
	struct other *o = &r->others[r->other_count];
	const char *noun = NULL, *pronoun = NULL;

	if (jread_only(j, names, err) < 0 || jread_string(j, "noun", &noun, err) < 0 ||
	    jread_string(j, "pronoun", &pronoun, err) < 0 ||
	    responses_condition(r, j, &o->when, err) < 0)
		return -1;
	o->pronoun = pronoun_of(pronoun);
	if (pronoun && o->pronoun == PRONOUN_THEY)
		return jread_fail(j, err, "\"pronoun\" is \"he\" or \"she\"");
	if (!noun && !pronoun)
		return jread_fail(j, err, "neither \"noun\" nor \"pronoun\"");
	o->noun = noun ? arena_strdup(&r->arena, noun) : NULL;
	o->many = json_is_true(jread_member(j, "many").value);
	values_open(o, r->voice.contractions);
	r->other_count++;
	return 0;
}

static int read_others(struct responses *r, const struct jread *top, struct err *err)
{
	struct jread others;
	size_t count = 0;

	if (responses_list(top, "others", &others, &count, err) < 0)
		return -1;
	r->others = arena_alloc(&r->arena, (count + 1) * sizeof(*r->others));
	for (size_t i = 0; i < count; i++) {
		struct jread item = jread_element(&others, i);

		if (read_other(r, &item, err) < 0)
			return -1;
	}
	r->others[r->other_count] = (struct other){ .noun = "your ex", .pronoun = PRONOUN_THEY };
	values_open(&r->others[r->other_count++], r->voice.contractions);
	return 0;
}

static int read_person(struct responses *r, const struct jread *top, struct err *err)
{
	static const char *const names[] = { "all", "any", "unless", NULL };
	struct jread person = jread_member(top, "person");

	if (!person.value)
		return 0;
	if (jread_only(&person, names, err) < 0)
		return -1;
	return responses_condition(r, &person, &r->person, err);
}

static int read_plan(struct responses *r, const struct jread *top, struct err *err)
{
	static const char *const names[] = { "about",  "default_topic", "terms",
					     "never",  "no_names",      "titles",
					     "others", "exact",         "person",
					     NULL };
	struct jread terms, nevers;
	size_t term_count = 0, never_count = 0;
	const char *topic;

	if (jread_only(top, names, err) < 0 ||
	    jread_need_string(top, "default_topic", &topic, err) < 0 ||
	    responses_list(top, "terms", &terms, &term_count, err) < 0 ||
	    responses_list(top, "never", &nevers, &never_count, err) < 0 ||
	    read_names(r, top, "no_names", &r->no_names, err) < 0 ||
	    read_names(r, top, "exact", &r->exact, err) < 0 ||
	    read_names(r, top, "titles", &r->titles, err) < 0)
		return -1;
	r->terms.default_topic = arena_strdup(&r->arena, topic);
	r->terms.derived = arena_alloc(&r->arena, (term_count + 1) * sizeof(*r->terms.derived));
	r->nevers = arena_alloc(&r->arena, (never_count + 1) * sizeof(*r->nevers));
	for (size_t i = 0; i < term_count; i++) {
		struct jread item = jread_element(&terms, i);

		if (read_derived(r, &item, err) < 0)
			return -1;
	}
	for (size_t i = 0; i < never_count; i++) {
		struct jread item = jread_element(&nevers, i);

		if (read_never(r, &item, err) < 0)
			return -1;
	}
	return read_person(r, top, err) < 0 ? -1 : read_others(r, top, err);
}

int responses_plan_load(struct responses *r, const char *path, struct err *err)
{
	json_t *root = responses_json(r, path, err);
	const char *file = arena_strdup(&r->arena, path);
	struct jread top;
	int rc;

	if (!root)
		return -1;
	top = jread_top(root, file, 0, ERR_RULES);
	rc = read_plan(r, &top, err);
	json_decref(root);
	return rc;
}
