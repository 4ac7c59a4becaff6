/* web_filter.c - which items the queue shows: fields of the address to a filter
 * of the store, and back to an address and to the values of the form.
 */
#include <string.h>

#include "dear/classify.h"
#include "dear/err.h"

#include "web_internal.h"

enum { THREADS_MOST = 200 };

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

static void put_field(struct buf *out, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	buf_printf(out, "%s%s=", out->len ? "&" : "", name);
	web_put_encoded(out, value);
}

/* The filter as an address has it. */
static const char *query_of(struct web_request *q, const char *status, const struct store_filter *f)
{
	struct buf out = BUF_INIT;
	const char *kept;

	put_field(&out, "status", status);
	put_field(&out, "flag", f->flag);
	put_field(&out, "reason", f->reason);
	put_field(&out, "situation", f->situation);
	put_field(&out, "band", f->band ? band_word(f->band) : NULL);
	put_field(&out, "topic", f->topic);
	put_field(&out, "author", f->author);
	put_field(&out, "since", web_day(&q->arena, f->since));
	put_field(&out, "search", f->search);
	if (f->thread)
		buf_printf(&out, "%sthread=%lld", out.len ? "&" : "", (long long)f->thread);
	kept = arena_strdup(&q->arena, buf_str(&out));
	buf_release(&out);
	return kept;
}

void web_filter_read(struct web_request *q, const struct web_fields *from, struct web_filter *ret)
{
	const char *status = field(from, "status"), *since = field(from, "since");
	const char *band = field(from, "band");
	struct err err = { 0 };
	bool tz_known;

	*ret = (struct web_filter){ .status = status ? status : "open" };
	ret->store.since = INT64_MIN;
	ret->store.flag = field(from, "flag");
	ret->store.reason = field(from, "reason");
	ret->store.band = band ? band_parse(band) : BAND_NONE;
	ret->store.status = strcmp(ret->status, "all") != 0 ? ret->status : NULL;
	ret->store.situation = field(from, "situation");
	ret->store.topic = field(from, "topic");
	ret->store.author = field(from, "author");
	ret->store.search = field(from, "search");
	ret->store.thread = web_number(field(from, "thread"));
	if (since && !comment_date_parse(since, true, &ret->store.since, &tz_known))
		ret->wrong = "a date is written as 2026-03-31";
	else if (band && ret->store.band == BAND_NONE)
		ret->wrong = "a band is low, medium or high";
	else if (review_filter_check(&ret->store, &err) < 0)
		ret->wrong = arena_strdup(&q->arena, err.msg);
	ret->query = query_of(q, status, &ret->store);
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

/* The filters that have a name, as links. */
static int saved(struct web_request *q, json_t *list, struct err *err)
{
	struct store_saved *all;
	size_t count;

	if (store_filters(q->web->o.store, &q->arena, &all, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		const char *status = all[i].filter.status ? all[i].filter.status : "all";
		json_t *one = json_object();

		web_set(one, "name", all[i].name);
		web_set(one, "query", query_of(q, status, &all[i].filter));
		json_array_append_new(list, one);
	}
	return 0;
}

/* ---- filters with a name ---- */

int web_filter_keep(struct web_request *q, struct err *err)
{
	struct review review = web_review(q);
	const char *name = web_form(q, "name");
	struct web_filter f;
	struct err said = { 0 };
	unsigned note;

	web_filter_read(q, &q->query, &f);
	if (review_filter_save(&review, name ? name : "", &f.store, &said) < 0 &&
	    said.code != ERR_USAGE) {
		*err = said;
		return -1;
	}
	web_note_put(q, 0, said.code != ERR_NONE,
		     said.code ? said.msg : arena_printf(&q->arena, "Kept as %s.", name), &note);
	web_go(q, "/?%s%snote=%u", f.query, *f.query ? "&" : "", note);
	return 0;
}

int web_filter_drop(struct web_request *q, struct err *err)
{
	const char *name = web_form(q, "name");

	if (store_filter_drop(q->web->o.store, name ? name : "", err) < 0)
		return -1;
	web_go(q, "/");
	return 0;
}

json_t *web_filter_value(struct web_request *q, const struct web_filter *f, struct err *err)
{
	json_t *value = json_object(), *list = json_array(), *kept = json_array();
	const struct web_fields *from = &q->query;
	int status = threads(q, f, list, err) < 0 || saved(q, kept, err) < 0 ? -1 : 0;

	web_set_flag(value, "has_threads", json_array_size(list) > 0);
	/* Of many more than can be chosen from, there is no list. */
	web_set_flag(value, "many_threads", json_array_size(list) != 1);
	web_set_flag(value, "has_saved", json_array_size(kept) > 0);
	json_object_set_new(value, "threads", list);
	json_object_set_new(value, "saved", kept);
	if (status < 0) {
		json_decref(value);
		return NULL;
	}
	web_set(value, "status", f->status);
	web_set(value, "search", field(from, "search"));
	web_set(value, "author", field(from, "author"));
	web_set(value, "topic", field(from, "topic"));
	web_set(value, "since", web_day(&q->arena, f->store.since));
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
