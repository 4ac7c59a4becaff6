/* rules_cue.c - one cue from its JSON object, checked.
 *
 * {"name", "match": "..." or [...], "weight", "allow": [...], "deny": [...],
 *  "need": [...], "value", "note"}; data/README.md says what they mean.
 */
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

static const struct {
	const char *word;
	bool allowed;
} marks[] = {
#define X(id, word, allowed) { word, allowed },
	MARKS(X)
#undef X
};

static int parse_marks(const struct jread *cue, const char *key, uint16_t *ret, struct err *err)
{
	struct jread list = jread_member(cue, key);
	if (!list.value)
		return 0;
	if (!json_is_array(list.value))
		return jread_fail(&list, err, "expected an array of marks");
	for (size_t i = 0; i < json_array_size(list.value); i++) {
		const char *word = json_string_value(json_array_get(list.value, i));
		int m = 0;
		while (m < MARK_COUNT && (!word || strcmp(word, marks[m].word) != 0))
			m++;
		if (m == MARK_COUNT)
			return jread_fail(&list, err,
					  "\"%s\" is no mark; there are not, if, plan, fear, ask, "
					  "told, quote, said, before",
					  word ? word : "");
		*ret |= (uint16_t)(1u << m);
	}
	return 0;
}

static int read_marks(const struct jread *j, struct cue *c, struct err *err)
{
	uint16_t allow = 0, deny = 0;
	for (int m = 0; m < MARK_COUNT; m++)
		if (marks[m].allowed)
			allow |= (uint16_t)(1u << m);
	if (parse_marks(j, "allow", &allow, err) || parse_marks(j, "deny", &deny, err) ||
	    parse_marks(j, "need", &c->need, err))
		return -1;
	c->allow = (uint16_t)((allow & ~deny) | c->need);
	return 0;
}

static int read_when(const struct jread *j, struct cue *c, struct err *err)
{
	static const char *const words[] = {
#define X(id, word) word,
		WHENS(X)
#undef X
	};
	struct jread list = jread_member(j, "when");
	if (!list.value)
		return 0;
	if (c->value != VALUE_DURATION && c->value != VALUE_NONE)
		return jread_fail(&list, err, "\"when\" is for the value @duration, or none");
	if (!json_array_size(list.value))
		return jread_fail(&list, err, "expected an array of ways");
	for (size_t i = 0; i < json_array_size(list.value); i++) {
		const char *word = json_string_value(json_array_get(list.value, i));
		int w = 0;
		while (w < WHEN_COUNT && (!word || strcmp(word, words[w]) != 0))
			w++;
		if (w == WHEN_COUNT)
			return jread_fail(&list, err,
					  "\"%s\" is no way; there are ago, for, in, bare, of, "
					  "after, since, into, whole",
					  word ? word : "");
		c->when |= (uint16_t)(1u << w);
	}
	return 0;
}

/* "after": ["end"]: the events, one of which must have been told last. */
static int read_after(struct rules *r, const struct jread *j, struct cue *c, struct err *err)
{
	struct jread list = jread_member(j, "after");
	size_t n = json_array_size(list.value);
	if (!list.value)
		return 0;
	if (c->value != VALUE_DURATION && c->value != VALUE_NONE)
		return jread_fail(&list, err, "\"after\" is for the value @duration, or none");
	if (n == 0 || n > AFTER_MOST)
		return jread_fail(&list, err, "expected an array of one to %d events", AFTER_MOST);
	for (size_t i = 0; i < n; i++) {
		const char *name = json_string_value(json_array_get(list.value, i));
		uint32_t k = 0;
		while (k < r->event_count && (!name || strcmp(name, r->events[k].name) != 0))
			k++;
		if (k == r->event_count)
			return jread_fail(&list, err, "there is no event \"%s\"", name ? name : "");
		r->events[k].anchor = true;
		c->after.kinds[c->after.count++] = k;
	}
	return 0;
}

static int read_value(const struct jread *j, struct cue *c, struct err *err)
{
	const char *value = NULL;
	if (jread_string(j, "value", &value, err))
		return -1;
	if (!value)
		return c->target == TARGET_FACT ? jread_fail(j, err, "a fact's rule needs a value")
						: 0;
	if (c->target != TARGET_FACT)
		return jread_fail(j, err, "only a fact's rule has a value");
	if (!strcmp(value, "none"))
		c->value = VALUE_NONE;
	else if (!strcmp(value, "@duration"))
		c->value = VALUE_DURATION;
	else if (!strcmp(value, "@years"))
		c->value = VALUE_YEARS;
	else if (!strcmp(value, "@name"))
		c->value = VALUE_NAME;
	else if (*value == '@')
		c->value = VALUE_FACT;
	else
		c->value = VALUE_TEXT;
	c->text = mem_strdup(value);
	return 0;
}

static int read_patterns(struct rules *r, const struct jread *j, uint32_t cue, struct err *err)
{
	struct jread match = jread_member(j, "match");
	if (json_is_string(match.value))
		return rules_pattern_add(r, cue, json_string_value(match.value), j->file, j->line,
					 err);
	if (!json_array_size(match.value))
		return jread_fail(j, err, "a cue needs \"match\": a pattern or an array of them");
	for (size_t i = 0; i < json_array_size(match.value); i++) {
		const char *one = json_string_value(json_array_get(match.value, i));
		if (!one)
			return jread_fail(&match, err, "pattern %zu is not a string", i + 1);
		if (rules_pattern_add(r, cue, one, j->file, j->line, err))
			return -1;
	}
	return 0;
}

int rules_cue_add(struct rules *r, const struct jpiece *p, const char *prefix, enum target target,
		  uint32_t owner, struct err *err)
{
	static const char *const members[] = { "name",
					       "match",
					       "weight",
					       "allow",
					       "deny",
					       "need",
					       "value",
					       "note",
					       "about",
					       "examples",
					       "counter_examples",
					       "actor",
					       "target",
					       "when",
					       "alone",
					       "near",
					       "after",
					       "events",
					       NULL };
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	if (!json_is_object(p->value))
		return jread_fail(&j, err, "a cue is an object");
	const char *name;
	struct cue c = { .target = (uint8_t)target, .owner = owner, .weight = 1, .line = p->line };
	if (jread_only(&j, members, err) || jread_need_string(&j, "name", &name, err) ||
	    jread_real(&j, "weight", &c.weight, err) || jread_bool(&j, "alone", &c.alone, err) ||
	    jread_bool(&j, "near", &c.near, err) || read_marks(&j, &c, err))
		return -1;
	if (target == TARGET_EVENT)
		c.allow = (uint16_t)((1u << MARK_COUNT) - 1);
	if (c.weight < -1 || c.weight > 1 || c.weight == 0)
		return jread_fail(&j, err, "the weight is between -1 and 1 and not 0");
	if (read_value(&j, &c, err) || read_when(&j, &c, err) || read_after(r, &j, &c, err))
		return -1;
	struct buf full = BUF_INIT;
	buf_printf(&full, "%s%s%s", prefix, *prefix ? "." : "", name);
	c.name = buf_detach(&full);
	c.file = mem_strdup(p->file);
	uint32_t id = (uint32_t)r->cue_count;
	r->cues = mem_grow(r->cues, &r->cue_size, r->cue_count + 1, sizeof(*r->cues));
	r->cues[r->cue_count++] = c;
	return read_patterns(r, &j, id, err);
}
