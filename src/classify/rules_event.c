/* rules_event.c - data/events: one file a kind of event, its frames and
 * examples.
 *
 * A frame is a set of patterns and whom they cast as actor and target. Its
 * patterns are cues of TARGET_EVENT that put up with every mark: how an event
 * is meant is part of what is found.
 */
#include <string.h>

#include "classify_internal.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

static int parse_casting(const struct jread *j, const char *key, enum casting fallback,
			 uint8_t *ret, struct err *err)
{
	static const char *const words[] = {
#define X(id, word) word,
		CASTINGS(X)
#undef X
	};
	const char *word = words[fallback];
	if (jread_string(j, key, &word, err))
		return -1;
	for (int c = 0; c < CAST_COUNT; c++) {
		if (strcmp(words[c], word) != 0)
			continue;
		*ret = (uint8_t)c;
		return 0;
	}
	return jread_fail(j, err,
			  "\"%s\" is no %s; there are subject, object, nobody, reader, "
			  "ex, both, other",
			  word, key);
}

static int begin_event(struct rules *r, const struct jpiece *top, void **context, struct err *err)
{
	struct jread j = jread_top(top->value, top->file, top->line, ERR_RULES);
	const char *name, *about = "", *state = NULL;
	bool partner = false;
	if (jread_need_string(&j, "event", &name, err) || jread_string(&j, "about", &about, err) ||
	    jread_string(&j, "state", &state, err) || jread_bool(&j, "partner", &partner, err))
		return -1;
	for (size_t i = 0; i < r->event_count; i++)
		if (!strcmp(r->events[i].name, name))
			return jread_fail(&j, err, "event \"%s\" has a file already", name);
	r->events = mem_grow(r->events, &r->event_size, r->event_count + 1, sizeof(*r->events));
	r->events[r->event_count++] = (struct named){
		.name = mem_strdup(name),
		.about = mem_strdup(about),
		.state = state ? mem_strdup(state) : NULL,
		.partner = partner,
	};
	(void)context;
	return 0;
}

static int read_frame(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	struct frame f = { .kind = (uint32_t)r->event_count - 1 };
	if (!json_is_object(p->value))
		return jread_fail(&j, err, "a frame is an object");
	if (parse_casting(&j, "actor", CAST_SUBJECT, &f.actor, err) ||
	    parse_casting(&j, "target", CAST_OBJECT, &f.target, err))
		return -1;
	r->frames = mem_grow(r->frames, &r->frame_size, r->frame_count + 1, sizeof(*r->frames));
	r->frames[r->frame_count++] = f;
	return rules_cue_add(r, p, r->events[f.kind].name, TARGET_EVENT,
			     (uint32_t)r->frame_count - 1, err);
}

static int read_example(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	const char *text, *value;
	if (!json_is_object(p->value))
		return jread_fail(&j, err, "an event's example is {\"text\", \"value\"}");
	if (jread_need_string(&j, "text", &text, err) ||
	    jread_need_string(&j, "value", &value, err))
		return -1;
	rules_example_add(r, p, text, value, TARGET_EVENT, (uint32_t)r->event_count - 1, false);
	return 0;
}

int rules_event_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "event", JSECTION_SKIP, NULL },
		{ "about", JSECTION_SKIP, NULL },
		{ "state", JSECTION_SKIP, NULL },
		{ "partner", JSECTION_SKIP, NULL },
		{ "frames", JSECTION_ARRAY, read_frame },
		{ "examples", JSECTION_ARRAY, read_example },
		{ NULL, JSECTION_SKIP, NULL },
	};
	return rules_json_read(r, path, sections, begin_event, err);
}
