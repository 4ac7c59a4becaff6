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

/* ---- history ---- */

struct moment {
	int64_t at;
	json_t *value;
};

struct history {
	struct moment *list;
	size_t count, size;
};

static json_t *add_moment(struct history *h, int64_t at, const char *actor)
{
	static const char *const rest[] = { "revision", "reason",    "note",
					    "target",   "native_id", "has_text" };
	json_t *value = json_object();

	for (size_t i = 0; i < sizeof(rest) / sizeof(*rest); i++)
		web_set(value, rest[i], NULL);
	web_set_time(value, "time", at);
	web_set(value, "actor", actor);
	h->list = mem_grow(h->list, &h->size, h->count + 1, sizeof(*h->list));
	h->list[h->count++] = (struct moment){ at, value };
	return value;
}

static int add_revisions(struct web_request *q, int64_t id, struct history *h, struct err *err)
{
	struct revision *list;
	size_t count;

	if (store_revisions(q->web->o.store, id, &q->arena, &list, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		json_t *v = add_moment(h, list[i].at, list[i].actor);

		web_set(v, "what", list[i].at ? "wrote" : "drafted");
		web_set_number(v, "revision", list[i].number);
		json_object_set_new(v, "paragraphs", web_paragraphs(&q->arena, list[i].text));
		web_set_flag(v, "has_text", true);
	}
	return 0;
}

static int add_decisions(struct web_request *q, int64_t id, struct history *h, struct err *err)
{
	struct decision *list;
	size_t count;

	if (store_decisions(q->web->o.store, id, &q->arena, &list, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		json_t *v = add_moment(h, list[i].at, list[i].actor);

		web_set(v, "what", decision_kind_word(list[i].kind));
		if (list[i].revision)
			web_set_number(v, "revision", list[i].revision);
		web_set(v, "reason", list[i].reason ? web_words(&q->arena, list[i].reason) : NULL);
		web_set(v, "note", list[i].note);
	}
	return 0;
}

static int add_receipts(struct web_request *q, int64_t id, struct history *h, struct err *err)
{
	struct receipt *list;
	size_t count;

	if (store_receipts(q->web->o.store, id, &q->arena, &list, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		json_t *v = add_moment(h, list[i].at, list[i].actor);

		web_set(v, "what", "sent");
		web_set(v, "target", list[i].target);
		web_set(v, "native_id", list[i].native_id);
	}
	return 0;
}

static int compare_moments(const void *a, const void *b)
{
	const struct moment *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

json_t *web_history(struct web_request *q, int64_t id, struct err *err)
{
	struct history h = { 0 };
	json_t *list = json_array();
	int status = add_revisions(q, id, &h, err) < 0 || add_decisions(q, id, &h, err) < 0 ||
				     add_receipts(q, id, &h, err) < 0
			     ? -1
			     : 0;

	/* Insertion keeps what happened in one second in the order it was read. */
	for (size_t i = 1; i < h.count; i++)
		for (size_t k = i; k > 0 && compare_moments(&h.list[k - 1], &h.list[k]) > 0; k--) {
			struct moment m = h.list[k];

			h.list[k] = h.list[k - 1];
			h.list[k - 1] = m;
		}
	for (size_t i = 0; i < h.count; i++)
		json_array_append_new(list, h.list[i].value);
	free(h.list);
	if (status == 0)
		return list;
	json_decref(list);
	return NULL;
}

/* ---- the place in the queue ---- */

int web_neighbours(struct web_request *q, const struct web_filter *f, int64_t id,
		   int64_t *ret_before, int64_t *ret_after, struct err *err)
{
	int64_t *ids;
	size_t count, at = 0;

	*ret_before = *ret_after = 0;
	if (f->wrong)
		return 0;
	if (store_item_ids(q->web->o.store, &f->store, &q->arena, &ids, &count, err) < 0)
		return -1;
	while (at < count && ids[at] != id)
		at++;
	/* One that is not in this queue (any more) stands before its first. */
	if (at == count) {
		*ret_after = count > 0 ? ids[0] : 0;
		return 0;
	}
	*ret_before = at > 0 ? ids[at - 1] : 0;
	*ret_after = at + 1 < count ? ids[at + 1] : 0;
	return 0;
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
		size_t n = strcspn(s, " ");

		if (n > 0)
			json_array_append_new(
				list, json_pack("{ss}", "name", arena_strndup(&q->arena, s, n)));
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
	web_set(v, "date", it->date);
	web_set_link(v, "url", it->url ? it->url : it->thread_url);
	web_set(v, "topic", it->topic);
	json_object_set_new(v, "status", web_status_value(&q->arena, it));
	json_object_set_new(v, "comment", web_mark_comment(&q->arena, it->comment, found));
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
	char hash[20];

	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)it->comment_hash);
	web_set(v, "hash", hash);
	web_set_number(v, "revision", it->revision);
	web_set(v, "text", text);
	web_set_flag(v, "safety_text", safety);
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

static int set_place(struct web_request *q, json_t *v, int64_t id, struct err *err)
{
	struct web_filter f;
	int64_t before, after;

	web_filter_read(q, &q->query, &f);
	if (web_neighbours(q, &f, id, &before, &after, err) < 0)
		return -1;
	web_set(v, "query", f.query);
	if (before)
		web_set_number(v, "before", before);
	if (after)
		web_set_number(v, "after", after);
	return 0;
}

int web_item_values(struct web_request *q, const struct item *it, json_t *v, struct err *err)
{
	struct classification found = { 0 };
	json_t *history;

	if (store_classification_get(q->web->o.store, it->id, &q->arena, &found, err) < 0)
		return -1;
	set_comment(q, v, it, &found);
	set_reply(q, v, it, &found);
	if (web_context(q, it, v, err) < 0 || set_place(q, v, it->id, err) < 0)
		return -1;
	history = web_history(q, it->id, err);
	if (!history)
		return -1;
	json_object_set_new(v, "history", history);
	json_object_set_new(v, "labels", labels_of(q));
	json_object_set_new(v, "reasons", reject_reasons(q));
	return 0;
}

int web_item(struct web_request *q, struct err *err)
{
	struct item it = { 0 };
	int found = store_item_get(q->web->o.store, q->number, &q->arena, &it, err);
	json_t *v;

	if (found < 0)
		return -1;
	if (found == 0) {
		web_say(q, 404, "Not here", "There is no such item, or its reader was erased.");
		return 0;
	}
	v = web_values(q, arena_printf(&q->arena, "Item %lld", (long long)it.id), "item");
	if (web_item_values(q, &it, v, err) < 0) {
		json_decref(v);
		return -1;
	}
	return web_page(q, "item", 200, v, err);
}
