/* rules_file.c - situations, details, facts and topics from data/.
 *
 * Each kind of file has its table of sections; what is unknown in a file is an
 * error, so that a slip of the pen never silently switches a rule off.
 */
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

static struct situation_rule *last_situation(struct rules *r)
{
	return &r->situations[r->situation_count - 1];
}

void rules_example_add(struct rules *r, const struct jpiece *p, const char *text, const char *value,
		       enum target target, uint32_t owner, bool counter)
{
	r->examples =
		mem_grow(r->examples, &r->example_size, r->example_count + 1, sizeof(*r->examples));
	r->examples[r->example_count++] = (struct example){
		.text = mem_strdup(text),
		.value = value ? mem_strdup(value) : NULL,
		.file = mem_strdup(p->file),
		.line = p->line,
		.target = (uint8_t)target,
		.owner = owner,
		.counter = counter,
	};
}

static int situation_example(struct rules *r, const struct jpiece *p, bool counter, struct err *err)
{
	const char *text = json_string_value(p->value);
	if (!text)
		return err_set(err, ERR_RULES, p->file, p->line, "an example is a string");
	rules_example_add(r, p, text, NULL, TARGET_SITUATION, (uint32_t)r->situation_count - 1,
			  counter);
	return 0;
}

static int read_example(struct rules *r, const struct jpiece *p, struct err *err)
{
	return situation_example(r, p, false, err);
}

static int read_counter_example(struct rules *r, const struct jpiece *p, struct err *err)
{
	return situation_example(r, p, true, err);
}

int rules_thresholds(const struct jread *top, double *ret, struct err *err)
{
	static const char *const names[] = { "low", "medium", "high", NULL };
	ret[BAND_LOW] = 0.3;
	ret[BAND_MEDIUM] = 0.5;
	ret[BAND_HIGH] = 0.8;
	struct jread j = jread_member(top, "thresholds");
	if (!j.value)
		return 0;
	if (jread_only(&j, names, err))
		return -1;
	for (int b = 0; names[b]; b++)
		if (jread_real(&j, names[b], &ret[b + 1], err))
			return -1;
	if (ret[1] > ret[2] || ret[2] > ret[3])
		return jread_fail(&j, err, "low, medium and high rise in this order");
	return 0;
}

static int begin_situation(struct rules *r, const struct jpiece *top, void **context,
			   struct err *err)
{
	(void)context;
	struct jread j = jread_top(top->value, top->file, top->line, ERR_RULES);
	struct situation_rule s = { 0 };
	const char *label, *about = "", *without = NULL;
	if (jread_need_string(&j, "label", &label, err) || jread_string(&j, "about", &about, err) ||
	    jread_string(&j, "without", &without, err) || jread_real(&j, "sure", &s.sure, err) ||
	    jread_int(&j, "order", &s.order, err) || jread_bool(&j, "hidden", &s.hidden, err) ||
	    jread_bool(&j, "apart", &s.apart, err) || jread_real(&j, "base", &s.base, err) ||
	    rules_thresholds(&j, s.threshold, err))
		return -1;
	for (size_t i = 0; i < r->situation_count; i++)
		if (!strcmp(r->situations[i].label, label))
			return jread_fail(&j, err, "label \"%s\" has a file already", label);
	if (r->situation_count == SITUATIONS_MOST)
		return jread_fail(&j, err, "more than %d situations", SITUATIONS_MOST);
	s.label = mem_strdup(label);
	s.about = mem_strdup(about);
	s.without = without ? mem_strdup(without) : NULL;
	s.file = mem_strdup(top->file);
	r->situations = mem_grow(r->situations, &r->situation_size, r->situation_count + 1,
				 sizeof(*r->situations));
	r->situations[r->situation_count++] = s;
	return 0;
}

static int parse_signal(const struct jread *j, const char *signal, struct cross *c, struct err *err)
{
	static const char *const words[] = {
#define X(id, word) word,
		SIGNALS(X)
#undef X
	};
	for (c->other = 0; c->other < SIGNAL_COUNT; c->other++)
		if (!strcmp(words[c->other], signal))
			return 0;
	return jread_fail(j, err, "there is no signal \"%s\"", signal);
}

static int read_cross(const struct jread *j, struct cross *c, const char **name, struct err *err)
{
	static const char *const members[] = { "name",   "label", "signal", "at_least", "absent",
					       "weight", "last",  "note",   NULL };
	const char *band = "medium", *label = NULL, *signal = NULL;
	if (jread_only(j, members, err) || jread_need_string(j, "name", name, err) ||
	    jread_string(j, "label", &label, err) || jread_string(j, "signal", &signal, err) ||
	    jread_string(j, "at_least", &band, err) || jread_bool(j, "absent", &c->absent, err) ||
	    jread_bool(j, "last", &c->last, err) || jread_real(j, "weight", &c->weight, err))
		return -1;
	if (signal && (label || parse_signal(j, signal, c, err)))
		return jread_fail(j, err, "ask for a label or for a signal, not for both");
	c->label = label ? mem_strdup(label) : NULL;
	c->at_least = band_parse(band);
	if (c->at_least == BAND_NONE)
		return jread_fail(j, err, "at_least is low, medium or high");
	if (c->weight < -1 || c->weight > 1 || c->weight == 0)
		return jread_fail(j, err, "the weight is between -1 and 1 and not 0");
	return 0;
}

static int add_cross(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	struct cross c = { .line = p->line };
	const char *name;
	if (read_cross(&j, &c, &name, err)) {
		free(c.label);
		return -1;
	}
	struct situation_rule *s = last_situation(r);
	struct buf full = BUF_INIT;
	buf_printf(&full, "%s.%s", s->label, name);
	c.name = buf_detach(&full);
	c.file = mem_strdup(p->file);
	s->crosses = mem_grow(s->crosses, &s->cross_size, s->cross_count + 1, sizeof(c));
	s->crosses[s->cross_count++] = c;
	return 0;
}

static int read_cue(struct rules *r, const struct jpiece *p, struct err *err)
{
	if (json_object_get(p->value, "label") || json_object_get(p->value, "signal"))
		return add_cross(r, p, err);
	return rules_cue_add(r, p, last_situation(r)->label, TARGET_SITUATION,
			     (uint32_t)r->situation_count - 1, err);
}

static int situation_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "label", JSECTION_SKIP, NULL },
		{ "about", JSECTION_SKIP, NULL },
		{ "without", JSECTION_SKIP, NULL },
		{ "sure", JSECTION_SKIP, NULL },
		{ "order", JSECTION_SKIP, NULL },
		{ "hidden", JSECTION_SKIP, NULL },
		{ "apart", JSECTION_SKIP, NULL },
		{ "base", JSECTION_SKIP, NULL },
		{ "thresholds", JSECTION_SKIP, NULL },
		{ "cues", JSECTION_ARRAY, read_cue },
		{ "examples", JSECTION_ARRAY, read_example },
		{ "counter_examples", JSECTION_ARRAY, read_counter_example },
		{ NULL, JSECTION_SKIP, NULL },
	};
	return rules_json_read(r, path, sections, begin_situation, err);
}

static uint32_t find_named(struct named **list, size_t *count, size_t *size, const char *name,
			   const char *about)
{
	for (size_t i = 0; i < *count; i++)
		if (!strcmp((*list)[i].name, name))
			return (uint32_t)i;
	*list = mem_grow(*list, size, *count + 1, sizeof(**list));
	(*list)[*count] =
		(struct named){ .name = mem_strdup(name), .about = mem_strdup(about ? about : "") };
	return (uint32_t)(*count)++;
}

static void piece_examples(struct rules *r, const struct jpiece *p, enum target target,
			   uint32_t owner)
{
	static const char *const keys[] = { "examples", "counter_examples" };
	for (int k = 0; k < 2; k++) {
		json_t *list = json_object_get(p->value, keys[k]);
		for (size_t i = 0; i < json_array_size(list); i++) {
			json_t *one = json_array_get(list, i);
			const char *text = json_string_value(
				json_is_object(one) ? json_object_get(one, "text") : one);
			const char *value = json_string_value(json_object_get(one, "value"));
			if (text)
				rules_example_add(r, p, text, value, target, owner, k == 1);
		}
	}
}

static int read_detail(struct rules *r, const struct jpiece *p, struct err *err)
{
	const char *name = json_string_value(json_object_get(p->value, "name"));
	const char *about = json_string_value(json_object_get(p->value, "about"));
	if (!name)
		return err_set(err, ERR_RULES, p->file, p->line, "a detail needs a name");
	uint32_t owner = find_named(&r->details, &r->detail_count, &r->detail_size, name, about);
	if (p->context && !r->details[owner].topic)
		r->details[owner].topic = mem_strdup(p->context);
	piece_examples(r, p, TARGET_DETAIL, owner);
	return rules_cue_add(r, p, "", TARGET_DETAIL, owner, err);
}

/* The file's topic goes to each of its details. */
static int begin_details(struct rules *r, const struct jpiece *top, void **context, struct err *err)
{
	(void)r;
	struct jread j = jread_top(top->value, top->file, top->line, ERR_RULES);
	const char *topic = NULL;
	if (jread_string(&j, "topic", &topic, err))
		return -1;
	*context = (void *)topic;
	return 0;
}

static int detail_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "about", JSECTION_SKIP, NULL },
		{ "topic", JSECTION_SKIP, NULL },
		{ "details", JSECTION_ARRAY, read_detail },
		{ NULL, JSECTION_SKIP, NULL },
	};
	return rules_json_read(r, path, sections, begin_details, err);
}

static bool has_situation(const struct rules *r, const char *label)
{
	for (size_t i = 0; i < r->situation_count; i++)
		if (!strcmp(r->situations[i].label, label))
			return true;
	return false;
}

static int begin_fact(struct rules *r, const struct jpiece *top, void **context, struct err *err)
{
	struct jread j = jread_top(top->value, top->file, top->line, ERR_RULES);
	const char *name, *topic = NULL, *needs = NULL, *unless = NULL;
	double least = 0;
	if (jread_need_string(&j, "fact", &name, err) || jread_string(&j, "topic", &topic, err) ||
	    jread_string(&j, "needs", &needs, err) || jread_string(&j, "unless", &unless, err) ||
	    jread_real(&j, "least_days", &least, err))
		return -1;
	if (needs && !has_situation(r, needs))
		return jread_fail(&j, err, "there is no label \"%s\"", needs);
	if (unless && !has_situation(r, unless))
		return jread_fail(&j, err, "there is no label \"%s\"", unless);
	uint32_t owner = find_named(&r->facts, &r->fact_count, &r->fact_size, name, NULL);
	if (topic && !r->facts[owner].topic)
		r->facts[owner].topic = mem_strdup(topic);
	if (needs && !r->facts[owner].needs)
		r->facts[owner].needs = mem_strdup(needs);
	if (unless && !r->facts[owner].unless)
		r->facts[owner].unless = mem_strdup(unless);
	if (least > 0)
		r->facts[owner].least = least;
	*context = &r->facts[owner];
	return 0;
}

static int read_fact_rule(struct rules *r, const struct jpiece *p, struct err *err)
{
	const struct named *fact = p->context;
	uint32_t owner = (uint32_t)(fact - r->facts);
	return rules_cue_add(r, p, fact->name, TARGET_FACT, owner, err);
}

static int read_fact_example(struct rules *r, const struct jpiece *p, struct err *err)
{
	const struct named *fact = p->context;
	const char *text = json_string_value(json_object_get(p->value, "text"));
	const char *value = json_string_value(json_object_get(p->value, "value"));
	if (!text)
		return err_set(err, ERR_RULES, p->file, p->line,
			       "a fact's example is {\"text\": ..., \"value\": ... or null}");
	rules_example_add(r, p, text, value, TARGET_FACT, (uint32_t)(fact - r->facts), !value);
	return 0;
}

static int fact_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "fact", JSECTION_SKIP, NULL },
		{ "topic", JSECTION_SKIP, NULL },
		{ "needs", JSECTION_SKIP, NULL },
		{ "unless", JSECTION_SKIP, NULL },
		{ "least_days", JSECTION_SKIP, NULL },
		{ "about", JSECTION_SKIP, NULL },
		{ "rules", JSECTION_ARRAY, read_fact_rule },
		{ "examples", JSECTION_ARRAY, read_fact_example },
		{ NULL, JSECTION_SKIP, NULL },
	};
	return rules_json_read(r, path, sections, begin_fact, err);
}

/* Each pattern, or group of patterns, is a cue of its own: what is found of
 * them adds up. */
static int topic_patterns(struct rules *r, const struct jpiece *p, const char *key,
			  enum target target, uint32_t owner, struct err *err)
{
	json_t *list = json_object_get(p->value, key);
	int status = 0;
	for (size_t i = 0; i < json_array_size(list) && !status; i++) {
		json_t *one = json_array_get(list, i);
		json_t *cue = json_pack("{s:s, s:[s,s,s,s,s,s,s]}", "name", key, "allow", "if",
					"plan", "ask", "not", "quote", "fear", "told");
		if (json_is_object(one))
			json_object_update(cue, one);
		else
			json_object_set(cue, "match", one);
		struct jpiece piece = *p;
		piece.value = cue;
		status = rules_cue_add(r, &piece, r->topics[owner].name, target, owner, err);
		json_decref(cue);
	}
	return status;
}

/* "situations": {"no_contact": 1}: what a comment tells says its topic, too. */
static int topic_votes(struct rules *r, const struct jread *topic, uint32_t owner, struct err *err)
{
	struct jread list = jread_member(topic, "situations");
	const char *label;
	json_t *weight;
	json_object_foreach(list.value, label, weight)
	{
		if (!json_is_number(weight))
			return jread_fail(&list, err, "the weight of \"%s\" is no number", label);
		r->votes = mem_grow(r->votes, &r->vote_size, r->vote_count + 1, sizeof(*r->votes));
		r->votes[r->vote_count++] = (struct vote){
			.label = mem_strdup(label),
			.file = mem_strdup(topic->file),
			.line = topic->line,
			.topic = owner,
			.weight = json_number_value(weight),
		};
	}
	return 0;
}

static int read_topic(struct rules *r, const struct jpiece *p, struct err *err)
{
	static const char *const members[] = { "topic", "about",      "titles",
					       "text",  "situations", NULL };
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	const char *name, *about = "";
	if (!json_is_object(p->value))
		return jread_fail(&j, err, "a topic is an object");
	if (jread_only(&j, members, err) || jread_need_string(&j, "topic", &name, err) ||
	    jread_string(&j, "about", &about, err))
		return -1;
	uint32_t owner = find_named(&r->topics, &r->topic_count, &r->topic_size, name, about);
	if (topic_patterns(r, p, "titles", TARGET_TITLE, owner, err) ||
	    topic_votes(r, &j, owner, err))
		return -1;
	return topic_patterns(r, p, "text", TARGET_TOPIC, owner, err);
}

static int topics_file(struct rules *r, const char *dir, struct err *err)
{
	static const struct jsection sections[] = {
		{ "about", JSECTION_SKIP, NULL },
		{ "topics", JSECTION_ARRAY, read_topic },
		{ NULL, JSECTION_SKIP, NULL },
	};
	struct buf path = BUF_INIT;
	buf_printf(&path, "%s/topics.json", dir);
	int status = rules_json_read(r, path.str, sections, NULL, err);
	buf_release(&path);
	return status;
}

int rules_file_load(struct rules *r, const char *dir, struct err *err)
{
	if (rules_json_folder(r, dir, "events", false, rules_event_file, err) ||
	    rules_json_folder(r, dir, "situations", true, situation_file, err) ||
	    rules_json_folder(r, dir, "details", true, detail_file, err) ||
	    rules_json_folder(r, dir, "facts", true, fact_file, err))
		return -1;
	return topics_file(r, dir, err);
}
