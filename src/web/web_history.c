/* web_history.c - what happened to an item, as values of a page. */
#include "dear/err.h"

#include "web_internal.h"
#include "web_item_internal.h"

static json_t *event_value(struct web_request *q, const struct review_event *e)
{
	json_t *v = json_object();
	bool code = e->reason && e->what[0] != 'l'; /* "left" has a target, no code */

	web_set_time(v, "time", e->at);
	web_set(v, "actor", e->actor);
	web_set(v, "what", e->what);
	web_set(v, "revision", e->revision ? arena_printf(&q->arena, "%d", e->revision) : NULL);
	web_set(v, "reason", code ? web_words(&q->arena, e->reason) : e->reason);
	web_set(v, "note", e->note);
	web_set(v, "paragraphs", NULL);
	return v;
}

/* The event that made a revision gets its text. */
static void add_text(struct web_request *q, json_t *list, const struct review_event *events,
		     size_t count, const struct revision *r)
{
	for (size_t i = 0; i < count; i++) {
		bool made = events[i].what[0] == 'd' ? events[i].at == 0 : events[i].what[0] == 'e';

		if (events[i].revision == r->number && made)
			json_object_set_new(
				json_array_get(list, i), "paragraphs",
				json_pack("{so}", "list", web_paragraphs(&q->arena, r->text)));
	}
}

int web_history(struct web_request *q, int64_t id, json_t *v, struct err *err)
{
	struct review review = web_review(q);
	struct review_event *events;
	struct revision *revisions;
	size_t count, revision_count;
	json_t *list;

	if (review_history(&review, id, &q->arena, &events, &count, err) < 0 ||
	    store_revisions(q->web->o.store, id, &q->arena, &revisions, &revision_count, err) < 0)
		return -1;
	list = json_array();
	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, event_value(q, &events[i]));
	for (size_t i = 0; i < revision_count; i++)
		add_text(q, list, events, count, &revisions[i]);
	json_object_set_new(v, "history", list);
	return 0;
}
