/* web_item.c - one item in full: the comment with its evidence marked and what
 * stands around it, what was found, the reply and what the house style says of
 * it, and the history.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/classify.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "dear/responses.h"

#include "web_internal.h"
#include "web_item_internal.h"

/* Comments longer than that don't travel along in a form. */
enum { ALIKE_MOST = 12, SHOWN_MOST = 16 * 1024 };

/* ---- the review ---- */

struct review web_review(struct web_request *q)
{
	long place = q->session - q->web->sessions;

	return (struct review){ .store = q->web->o.store,
				.rules = q->web->o.rules,
				.responses = q->web->o.responses,
				.actor = q->session->actor,
				.place = arena_printf(&q->arena, "web %ld", place),
				.now = q->web->o.clock(q->web->o.ctx) };
}

int web_hold(struct web_request *q, int64_t item, struct hold *ret, bool *ret_ours, struct err *err)
{
	struct review review = web_review(q);
	int64_t before = q->session->holding;
	int ours = 0;

	if (before && before != item && review_let_go(&review, before, err) < 0)
		return -1;
	q->session->holding = 0;
	if (item)
		ours = review_hold(&review, item, &q->arena, ret, err);
	if (ours > 0)
		q->session->holding = item;
	*ret_ours = ours > 0;
	return ours < 0 ? -1 : 0;
}

/* ---- style ---- */

json_t *web_breaches(struct web_request *q, const char *reply, bool own,
		     const struct classification *found)
{
	struct style_breach *list = NULL;
	size_t count = style_check(q->web->o.responses, reply, own, found, &q->arena, &list);
	size_t len = strlen(reply);
	json_t *breaches = json_array();

	for (size_t i = 0; i < count; i++) {
		size_t start = utf8_offset(reply, len, list[i].start);
		size_t end = utf8_offset(reply, len, list[i].end);
		json_t *b = json_object();

		web_set(b, "rule", web_words(&q->arena, list[i].rule));
		web_set(b, "text", list[i].text);
		web_set(b, "quote",
			start < end ? arena_strndup(&q->arena, reply + start, end - start) : NULL);
		web_set_flag(b, "blocks", list[i].blocks);
		json_array_append_new(breaches, b);
	}
	return breaches;
}

/* ---- the place in the queue ---- */

/* The nearest from `at` in steps of `by` that waits and that nobody else has open
 * (a decided one waits no more, but is where the filter wants it). 0: none. */
static int find_free(struct web_request *q, const struct store_place *list, size_t count, size_t at,
		     int by, int64_t *ret, struct err *err)
{
	struct review review = web_review(q);

	*ret = 0;
	for (; at < count && *ret == 0; at += (size_t)by) {
		struct hold hold = { 0 };
		int held = review_held(&review, list[at].item, &q->arena, &hold, err);

		if (held < 0)
			return -1;
		if (!held)
			*ret = list[at].item;
	}
	return 0;
}

int web_place(struct web_request *q, const struct web_filter *f, int64_t id, struct web_place *ret,
	      struct err *err)
{
	const struct store_place *list;
	size_t at = 0;

	*ret = (struct web_place){ 0 };
	if (f->wrong)
		return 0;
	if (web_cache_queue(q, f, &list, &ret->count, err) < 0)
		return -1;
	while (at < ret->count && list[at].item != id)
		at++;
	/* One that is not in this queue (any more) stands before its first. */
	if (at == ret->count)
		return find_free(q, list, ret->count, 0, 1, &ret->after, err);
	ret->number = at + 1;
	if (at > 0 && find_free(q, list, ret->count, at - 1, -1, &ret->before, err) < 0)
		return -1;
	return find_free(q, list, ret->count, at + 1, 1, &ret->after, err);
}

/* ---- the page ---- */

static json_t *facts_of(struct web_request *q, const struct classification *c)
{
	json_t *list = json_array();

	for (size_t i = 0; i < c->fact_count; i++) {
		json_t *fact = json_object();

		web_set(fact, "name", web_words(&q->arena, c->facts[i].name));
		web_set(fact, "value", web_words(&q->arena, c->facts[i].value));
		web_set(fact, "quote", c->facts[i].quote);
		json_array_append_new(list, fact);
	}
	return list;
}

static json_t *labels_of(struct web_request *q)
{
	json_t *list = json_array();

	for (const char *const *l = rules_labels(q->web->o.rules); *l; l++)
		json_array_append_new(
			list, json_pack("{ssss}", "value", *l, "words", web_words(&q->arena, *l)));
	return list;
}

static json_t *reject_reasons(struct web_request *q)
{
	json_t *list = json_array();

	for (const char *const *r = review_reasons(); *r; r++)
		json_array_append_new(
			list, json_pack("{ssss}", "value", *r, "words", web_words(&q->arena, *r)));
	return list;
}

/* "shared/opening-named/3" in words: which wording of which response. */
static json_t *made_of(struct web_request *q, const char *responses)
{
	json_t *list = json_array();

	for (const char *s = responses ? responses : ""; *s;) {
		size_t n = strcspn(s, " "), stem = n;

		while (stem > 0 && s[stem - 1] != '/')
			stem--;
		if (stem > 1)
			json_array_append_new(
				list, json_pack("{ssss}", "name", arena_strndup(&q->arena, s, n),
						"response", arena_strndup(&q->arena, s, stem - 1)));
		s += n + (s[n] == ' ');
	}
	return list;
}

static void set_comment(struct web_request *q, json_t *v, const struct item *it,
			const struct classification *found)
{
	web_set_number(v, "id", it->id);
	web_set_number(v, "thread_id", it->thread);
	web_set(v, "thread", it->thread_title ? it->thread_title : "No title");
	web_set(v, "author", it->author);
	web_set(v, "date", web_date(&q->arena, it->date));
	web_set_link(v, "url", it->url ? it->url : it->thread_url);
	web_set(v, "topic", it->topic);
	json_object_set_new(v, "status", web_status_value(&q->arena, it));
	web_set(v, "comment_text",
		it->comment && strlen(it->comment) < SHOWN_MOST ? it->comment : NULL);
	json_object_set_new(v, "comment", web_mark_comment(&q->arena, it->comment, found));
	web_set(v, "triage", triage_sentence(it->reason));
	json_object_set_new(v, "situations", web_situations_value(&q->arena, found));
	web_set_flag(v, "no_situations", found->situation_count == 0);
	json_object_set_new(v, "facts", facts_of(q, found));
	web_set_flag(v, "has_facts", found->fact_count > 0);
}

static bool is_decided(const struct item *it)
{
	return it->status == ITEM_APPROVED || it->status == ITEM_REJECTED ||
	       it->status == ITEM_DISMISSED;
}

/* The reply, and what the text field begins with: for a safety item without one,
 * the column's fixed text. */
static void set_reply(struct web_request *q, json_t *v, const struct item *it,
		      const struct classification *found)
{
	bool safety = it->reason == TRIAGE_SAFETY && !it->reply;
	const char *text = it->reply ? it->reply
			   : safety  ? responses_safety_text(q->web->o.responses)
				     : "";
	const struct review_seen seen = review_seen_of(it);
	char word[64];

	web_set(v, "seen_word", review_seen_word(&seen, word));
	web_set_number(v, "revision", it->revision);
	web_set(v, "text", text);
	web_set_flag(v, "safety_text", safety);
	web_set_flag(v, "open_edit", it->status == ITEM_NEEDS_PERSON && !it->reply);
	web_set_flag(v, "edited", it->flags & ITEM_EDITED);
	web_set_flag(v, "approved", it->status == ITEM_APPROVED);
	web_set_flag(v, "rejected", it->status == ITEM_REJECTED);
	web_set_flag(v, "decided", is_decided(it));
	web_set(v, "decided_by", it->decided_by);
	web_set_time(v, "decided_at", it->decided_by ? it->decided_at : 0);
	if (it->reply) {
		json_t *breaches = web_breaches(q, it->reply, !(it->flags & ITEM_EDITED), found);

		web_set_flag(v, "has_reply", true);
		json_object_set_new(v, "reply", web_paragraphs(&q->arena, it->reply));
		web_set_flag(v, "has_breaches", json_array_size(breaches) > 0);
		json_object_set_new(v, "breaches", breaches);
	}
	if (!(it->flags & ITEM_EDITED))
		json_object_set_new(v, "made_of", made_of(q, it->responses));
}

static void set_id(json_t *v, const char *name, int64_t id, struct arena *a)
{
	web_set(v, name, id ? arena_printf(a, "%lld", (long long)id) : NULL);
}

static int set_place(struct web_request *q, json_t *v, int64_t id, struct err *err)
{
	struct web_filter f;
	struct web_place place;

	web_filter_read(q, &q->query, &f);
	if (web_place(q, &f, id, &place, err) < 0)
		return -1;
	web_set(v, "query", f.query);
	set_id(v, "before", place.before, &q->arena);
	set_id(v, "after", place.after, &q->arena);
	if (place.number)
		web_set(v, "place",
			arena_printf(&q->arena, "%zu of %zu", place.number, place.count));
	return 0;
}

/* Other comments that read nearly the same. */
static int set_alike(struct web_request *q, json_t *v, int64_t id, struct err *err)
{
	struct review review = web_review(q);
	json_t *list = json_array();
	int64_t *ids;
	size_t count = 0;

	if (review_alike(&review, id, &q->arena, &ids, &count, err) < 0) {
		json_decref(list);
		return -1;
	}
	for (size_t i = 0; i < count && i < ALIKE_MOST; i++)
		json_array_append_new(list, json_pack("{sI}", "id", (json_int_t)ids[i]));
	web_set_flag(v, "has_alike", count > 0);
	json_object_set_new(v, "alike", list);
	return 0;
}

int web_item_values(struct web_request *q, const struct item *it, json_t *v, struct err *err)
{
	struct classification found = { 0 };

	if (store_classification_get(q->web->o.store, it->id, &q->arena, &found, err) < 0)
		return -1;
	set_comment(q, v, it, &found);
	set_reply(q, v, it, &found);
	if (web_context(q, it, v, err) < 0 || set_place(q, v, it->id, err) < 0 ||
	    set_alike(q, v, it->id, err) < 0 || web_history(q, it->id, v, err) < 0)
		return -1;
	json_object_set_new(v, "labels", labels_of(q));
	json_object_set_new(v, "reasons", reject_reasons(q));
	return 0;
}

int web_item(struct web_request *q, struct err *err)
{
	struct item it = { 0 };
	int found = store_item_get(q->web->o.store, q->number, &q->arena, &it, err);
	struct hold hold = { 0 };
	bool ours = false;
	json_t *v;

	if (found == 0) {
		web_say(q, 404, "Not here", "There is no such item, or its reader was erased.");
		return 0;
	}
	if (found < 0 || web_hold(q, it.id, &hold, &ours, err) < 0)
		return -1;
	v = web_values(q, arena_printf(&q->arena, "Item %lld", (long long)it.id), "item");
	web_set(v, "held_by", ours ? NULL : hold.actor);
	web_set_time(v, "held_until", ours ? 0 : hold.until);
	if (web_item_values(q, &it, v, err) < 0) {
		json_decref(v);
		return -1;
	}
	return web_page(q, "item", 200, v, err);
}
