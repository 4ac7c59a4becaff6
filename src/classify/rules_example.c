/* rules_example.c - runs the rule files' own examples and counter-examples. */
#include <stdio.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/diag.h"

/* "ex reader happened": actor, target, how. */
static bool gives_event(const struct rules *r, const struct example *e,
			const struct classification *c)
{
	for (size_t i = 0; i < c->event_count; i++) {
		const struct event *v = &c->events[i];
		char said[64];
		snprintf(said, sizeof(said), "%s %s %s", v->actor, v->target,
			 event_how_word(v->how));
		if (!strcmp(v->kind, r->events[e->owner].name) && !strcmp(said, e->value))
			return true;
	}
	return false;
}

static bool gives(const struct rules *r, const struct example *e, const struct classification *c,
		  const struct outcome *outcomes)
{
	switch ((enum target)e->target) {
	case TARGET_SITUATION:
		return outcomes[e->owner].band >= BAND_MEDIUM;
	case TARGET_DETAIL:
		return classification_detail(c, r->details[e->owner].name);
	case TARGET_FACT: {
		const char *value = classification_fact(c, r->facts[e->owner].name);
		return value && (!e->value || !strcmp(value, e->value));
	}
	case TARGET_EVENT:
		return gives_event(r, e, c);
	case TARGET_TOPIC:
	case TARGET_TITLE:
		break;
	}
	return false;
}

static const char *name_of(const struct rules *r, const struct example *e)
{
	switch ((enum target)e->target) {
	case TARGET_SITUATION:
		return r->situations[e->owner].label;
	case TARGET_DETAIL:
		return r->details[e->owner].name;
	case TARGET_FACT:
		return r->facts[e->owner].name;
	case TARGET_EVENT:
		return r->events[e->owner].name;
	case TARGET_TOPIC:
	case TARGET_TITLE:
		break;
	}
	return "";
}

static const char *topic_of(const struct rules *r, const struct example *e)
{
	if (e->target == TARGET_DETAIL)
		return r->details[e->owner].topic;
	return e->target == TARGET_FACT ? r->facts[e->owner].topic : NULL;
}

size_t rules_examples(const struct rules *r, struct diags *d, size_t *ret_failed)
{
	struct arena arena = { 0 };
	size_t failed = 0;
	for (size_t i = 0; i < r->example_count; i++) {
		const struct example *e = &r->examples[i];
		struct classify_request req = { .text = e->text,
						.len = strlen(e->text),
						.topic = topic_of(r, e),
						.utc = INT64_MIN };
		struct classification c;
		struct marked m;
		struct match *matches;
		arena_clear(&arena);
		classify(r, &req, &arena, &c);
		marked_init(&m, r, req.text, req.len, &arena);
		size_t count = rules_match(&m, &matches);
		struct outcome *o = arena_alloc(&arena, (r->situation_count + 1) * sizeof(*o));
		score_situations(&m, matches, count, o);
		score_last(&m, o);
		if (gives(r, e, &c, o) != e->counter)
			continue;
		char where[256];
		snprintf(where, sizeof(where), "%s:%d", e->file, e->line);
		diag_add(d, DIAG_DATA, where, "%s %s: \"%s\"", name_of(r, e),
			 e->counter ? "is given to a counter-example" : "misses its example",
			 e->text);
		failed++;
	}
	arena_release(&arena);
	*ret_failed = failed;
	return r->example_count;
}
