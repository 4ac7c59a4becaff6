/* web_filter.c - which items the queue shows: fields of the address to a filter
 * of the store, and back to an address and to the values of the form.
 */
#include <string.h>

#include "dear/classify.h"
#include "dear/err.h"

#include "web_internal.h"

enum { THREADS_MOST = 200 };

/* The fields, in the order in which the address has them. */
static const char *const names[] = { "status", "flag",   "reason", "situation", "band",
				     "topic",  "author", "since",  "search",    "thread" };

static const char *const flags[] = { "answered", "edited", "stale", "exported", NULL };
static const char *const bands[] = { "low", "medium", "high", NULL };

/* NULL for a field that is empty. */
static const char *field(const struct web_fields *from, const char *name)
{
	for (size_t i = 0; i < from->count; i++)
		if (!strcmp(from->list[i].name, name))
			return *from->list[i].value ? from->list[i].value : NULL;
	return NULL;
}

static void write_query(struct web_request *q, const struct web_fields *from, struct web_filter *f)
{
	struct buf out = BUF_INIT;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = field(from, names[i]);

		if (!value)
			continue;
		buf_printf(&out, "%s%s=", out.len ? "&" : "", names[i]);
		web_put_encoded(&out, value);
	}
	f->query = arena_strdup(&q->arena, buf_str(&out));
	buf_release(&out);
}

static void read_codes(const struct web_fields *from, struct web_filter *f)
{
	const char *band = field(from, "band"), *reason = field(from, "reason");

	f->store.flag = field(from, "flag");
	f->store.reason = reason;
	f->store.band = band ? band_parse(band) : BAND_NONE;
	if (band && f->store.band == BAND_NONE)
		f->wrong = "There is no such band.";
	if (reason && triage_parse(reason) == TRIAGE_NONE)
		f->wrong = "There is no such reason.";
	if (strcmp(f->status, "open") != 0 && strcmp(f->status, "all") != 0 &&
	    item_status_parse(f->status) == ITEM_STATUS_COUNT)
		f->wrong = "There is no such status.";
}

void web_filter_read(struct web_request *q, const struct web_fields *from, struct web_filter *ret)
{
	const char *status = field(from, "status"), *since = field(from, "since");
	bool tz_known;

	*ret = (struct web_filter){ .status = status ? status : "open" };
	ret->store.since = INT64_MIN;
	read_codes(from, ret);
	ret->store.status = strcmp(ret->status, "all") != 0 ? ret->status : NULL;
	ret->store.situation = field(from, "situation");
	ret->store.topic = field(from, "topic");
	ret->store.author = field(from, "author");
	ret->store.search = field(from, "search");
	ret->store.thread = web_number(field(from, "thread"));
	if (since && !comment_date_parse(since, true, &ret->store.since, &tz_known))
		ret->wrong = "The date is written as 2026-03-31.";
	write_query(q, from, ret);
}

/* ---- the form ---- */

static void add_choice(json_t *list, const char *value, const char *words, const char *now)
{
	json_t *choice = json_object();

	web_set(choice, "value", value);
	web_set(choice, "words", words);
	web_set_flag(choice, "chosen", now && !strcmp(now, value));
	json_array_append_new(list, choice);
}

static json_t *choices(struct web_request *q, const char *const *values, const char *now)
{
	json_t *list = json_array();

	for (; *values; values++)
		add_choice(list, *values, web_words(&q->arena, *values), now);
	return list;
}

static json_t *reasons(struct web_request *q, const char *now)
{
	json_t *list = json_array();

	for (int t = TRIAGE_NONE + 1; t < TRIAGE_COUNT; t++) {
		const char *word = triage_word((enum triage)t);

		add_choice(list, word, web_words(&q->arena, word), now);
	}
	return list;
}

static int threads(struct web_request *q, const struct web_filter *f, json_t *list, struct err *err)
{
	struct store *s = q->web->o.store;
	int64_t *ids;
	size_t count;

	if (store_threads(s, &q->arena, &ids, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count && count <= THREADS_MOST; i++) {
		struct store_thread t = { 0 };
		char id[24];

		if (store_thread_get(s, ids[i], &q->arena, &t, err) < 0)
			return -1;
		snprintf(id, sizeof(id), "%lld", (long long)ids[i]);
		add_choice(list, id, web_excerpt(&q->arena, t.title ? t.title : "No title", 50),
			   f->store.thread == ids[i] ? id : NULL);
	}
	return 0;
}

json_t *web_filter_value(struct web_request *q, const struct web_filter *f, struct err *err)
{
	json_t *value = json_object(), *list = json_array();
	const struct web_fields *from = &q->query;

	if (threads(q, f, list, err) < 0) {
		json_decref(value);
		json_decref(list);
		return NULL;
	}
	web_set_flag(value, "has_threads", json_array_size(list) > 0);
	json_object_set_new(value, "threads", list);
	web_set(value, "status", f->status);
	web_set(value, "search", field(from, "search"));
	web_set(value, "author", field(from, "author"));
	web_set(value, "topic", field(from, "topic"));
	web_set(value, "since", field(from, "since"));
	json_object_set_new(value, "flags", choices(q, flags, f->store.flag));
	json_object_set_new(value, "bands", choices(q, bands, field(from, "band")));
	json_object_set_new(value, "reasons", reasons(q, f->store.reason));
	json_object_set_new(value, "situations",
			    choices(q, rules_labels(q->web->o.rules), f->store.situation));
	web_set_flag(value, "more",
		     f->store.flag || f->store.band || f->store.reason || f->store.situation ||
			     f->store.topic || f->store.author || f->store.thread ||
			     f->store.since != INT64_MIN);
	return value;
}
