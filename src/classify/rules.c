/* rules.c - a rule set: loaded, put in order, asked about, freed.
 *
 * Nothing here looks at a comment. Situations are sorted by their order; the
 * order of deciding follows from which rules look at which other label.
 */
#include "dear/classify.h"

#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/err.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "rules_internal.h"

_Static_assert(CLASS_COUNT <= 64, "entry_use.classes has a bit for each");

static const char *const engine_classes[] = {
#define X(id, word) word,
	ENGINE_CLASSES(X)
#undef X
};

static int bind_engine_classes(struct rules *r, const char *dir, struct err *err)
{
	for (int c = 0; c < CLASS_COUNT; c++) {
		struct entry_list copy = { 0 };
		const struct word_class *found = NULL;
		for (size_t i = 0; i < r->class_count; i++)
			if (!strcmp(r->classes[i].name, engine_classes[c]))
				found = &r->classes[i];
		if (!found)
			return err_set(err, ERR_RULES, dir, 0,
				       "words/ has no class \"%s\", which the engine needs",
				       engine_classes[c]);
		for (size_t i = 0; i < found->entries.count; i++)
			entry_list_add(&copy, found->entries.ids[i]);
		r->engine_set[c] = rules_pattern_set(r, &copy);
	}
	return 0;
}

static uint32_t find_situation(const struct rules *r, const char *label)
{
	for (size_t i = 0; i < r->situation_count; i++)
		if (!strcmp(r->situations[i].label, label))
			return (uint32_t)i;
	return UINT32_MAX;
}

/* Visits the situations a rule looks at before the rule itself. */
static int visit(struct rules *r, uint32_t s, uint8_t *state, size_t *done, struct err *err)
{
	struct situation_rule *rule = &r->situations[s];
	if (state[s] == 2)
		return 0;
	state[s] = 1;
	for (size_t i = 0; i < rule->cross_count; i++) {
		struct cross *c = &rule->crosses[i];
		if (!c->label)
			continue;
		c->other = find_situation(r, c->label);
		if (c->other == UINT32_MAX)
			return err_set(err, ERR_RULES, c->file, c->line, "there is no label \"%s\"",
				       c->label);
		if (state[c->other] == 1)
			return err_set(err, ERR_RULES, c->file, c->line,
				       "\"%s\" and \"%s\" wait for each other; drop one",
				       rule->label, c->label);
		if (visit(r, c->other, state, done, err))
			return -1;
	}
	state[s] = 2;
	r->decide[(*done)++] = s;
	return 0;
}

static int order_deciding(struct rules *r, struct err *err)
{
	size_t done = 0;
	uint8_t *state = mem_alloc(r->situation_count + 1);
	r->decide = mem_alloc((r->situation_count + 1) * sizeof(*r->decide));
	int status = 0;
	for (uint32_t s = 0; s < r->situation_count && !status; s++)
		status = visit(r, s, state, &done, err);
	free(state);
	return status;
}

/* Rank by label order; owners in cues and examples follow. */
static void sort_situations(struct rules *r)
{
	size_t n = r->situation_count;
	uint32_t *place = mem_alloc((n + 1) * sizeof(*place));
	struct situation_rule *sorted = mem_alloc((n + 1) * sizeof(*sorted));
	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < n; k++) {
			const struct situation_rule *a = &r->situations[k], *b = &r->situations[i];
			place[i] += a->order < b->order || (a->order == b->order && k < i);
		}
		sorted[place[i]] = r->situations[i];
	}
	for (size_t i = 0; i < r->cue_count; i++)
		if (r->cues[i].target == TARGET_SITUATION)
			r->cues[i].owner = place[r->cues[i].owner];
	for (size_t i = 0; i < r->example_count; i++)
		if (r->examples[i].target == TARGET_SITUATION)
			r->examples[i].owner = place[r->examples[i].owner];
	free(r->situations);
	r->situations = sorted;
	free(place);
}

static int bind_votes(struct rules *r, struct err *err)
{
	for (size_t i = 0; i < r->vote_count; i++) {
		struct vote *v = &r->votes[i];
		v->situation = find_situation(r, v->label);
		if (v->situation == UINT32_MAX)
			return err_set(err, ERR_RULES, v->file, v->line, "there is no label \"%s\"",
				       v->label);
	}
	return 0;
}

static void list_labels(struct rules *r)
{
	size_t n = 0;
	r->labels = mem_alloc((r->situation_count + 1) * sizeof(*r->labels));
	for (size_t i = 0; i < r->situation_count; i++)
		if (!r->situations[i].hidden)
			r->labels[n++] = r->situations[i].label;
}

static void list_details(struct rules *r)
{
	r->detail_names = mem_alloc((r->detail_count + 1) * sizeof(*r->detail_names));
	for (size_t i = 0; i < r->detail_count; i++)
		r->detail_names[i] = r->details[i].name;
}

struct rules *rules_load(const char *dir, struct err *err)
{
	struct rules *r = mem_alloc(sizeof(*r));
	r->version = HASH_START;
	lexicon_init(&r->lexicon);
	if (rules_words_load(r, dir, err) || bind_engine_classes(r, dir, err) ||
	    rules_file_load(r, dir, err))
		goto fail;
	sort_situations(r);
	if (order_deciding(r, err) || bind_votes(r, err))
		goto fail;
	if (rules_json_folder(r, dir, "weights", false, model_file, err))
		goto fail;
	list_labels(r);
	list_details(r);
	feature_prepare(r);
	rules_pattern_finish(r);
	return r;
fail:
	rules_free(r);
	return NULL;
}

static void free_named(struct named *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		free(list[i].name);
		free(list[i].about);
		free(list[i].topic);
		free(list[i].needs);
		free(list[i].unless);
		free(list[i].state);
	}
	free(list);
}

bool named_in_topic(const struct named *n, const char *topic)
{
	return !n->topic || (topic && strcmp(n->topic, topic) == 0);
}

static void free_situation(struct situation_rule *s)
{
	for (size_t i = 0; i < s->cross_count; i++) {
		free(s->crosses[i].name);
		free(s->crosses[i].label);
		free(s->crosses[i].file);
	}
	free(s->crosses);
	free(s->label);
	free(s->about);
	free(s->without);
	free(s->file);
}

static void free_classes(struct rules *r)
{
	for (size_t i = 0; i < r->class_count; i++) {
		free(r->classes[i].name);
		free(r->classes[i].file);
		free(r->classes[i].entries.ids);
		json_decref(r->classes[i].words);
	}
	free(r->classes);
	for (size_t i = 0; i < r->set_count; i++)
		free(r->sets[i].ids);
	free(r->sets);
	free(r->set_slots);
}

void rules_free(struct rules *r)
{
	if (!r)
		return;
	free_classes(r);
	for (size_t i = 0; i < r->cue_count; i++) {
		free(r->cues[i].name);
		free(r->cues[i].text);
		free(r->cues[i].file);
	}
	for (size_t i = 0; i < r->example_count; i++) {
		free(r->examples[i].text);
		free(r->examples[i].value);
		free(r->examples[i].file);
	}
	for (size_t i = 0; i < r->situation_count; i++)
		free_situation(&r->situations[i]);
	free_named(r->details, r->detail_count);
	free_named(r->facts, r->fact_count);
	free_named(r->topics, r->topic_count);
	free_named(r->events, r->event_count);
	free(r->frames);
	for (size_t i = 0; i < r->vote_count; i++) {
		free(r->votes[i].label);
		free(r->votes[i].file);
	}
	free(r->votes);
	model_free(r->model);
	free(r->cues);
	free(r->examples);
	free(r->situations);
	free(r->decide);
	free(r->labels);
	free(r->detail_names);
	for (size_t i = 0; i < r->pattern_count; i++)
		free(r->patterns[i].source);
	free(r->elements);
	free(r->patterns);
	free(r->member);
	free(r->uses);
	free(r->gates);
	lexicon_release(&r->lexicon);
	json_decref(r->irregular);
	free(r);
}

uint64_t rules_version(const struct rules *r)
{
	return r->version;
}

const char *const *rules_labels(const struct rules *r)
{
	return r->labels;
}

const char *const *rules_details(const struct rules *r)
{
	return r->detail_names;
}

bool rules_has_label(const struct rules *r, const char *label)
{
	uint32_t s = find_situation(r, label);
	return s != UINT32_MAX && !r->situations[s].hidden;
}

bool rules_has_topic(const struct rules *r, const char *topic)
{
	for (size_t i = 0; i < r->topic_count; i++)
		if (!strcmp(r->topics[i].name, topic))
			return true;
	return false;
}
