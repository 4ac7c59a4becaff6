/* web_queue.c - the first page: what waits, filtered, a page at a time. */
#include <string.h>

#include "dear/err.h"

#include "web_internal.h"

enum { EXCERPT = 220 };

/* "open" and "all" beside the statuses. */
static void add_tab(json_t *tabs, struct web_request *q, const struct web_filter *f,
		    const char *status, const char *words, uint64_t count)
{
	json_t *tab = json_object();
	bool here = !strcmp(status, f->status);

	web_set(tab, "status", status);
	web_set(tab, "words", web_words(&q->arena, words));
	web_set_number(tab, "count", (int64_t)count);
	web_set_flag(tab, "here", here);
	json_array_append_new(tabs, tab);
}

static json_t *tabs_of(struct web_request *q, const struct web_filter *f,
		       const uint64_t counts[ITEM_STATUS_COUNT])
{
	json_t *tabs = json_array();
	uint64_t open = counts[ITEM_DRAFTED] + counts[ITEM_NEEDS_PERSON] + counts[ITEM_NO_REPLY];
	uint64_t all = 0;

	add_tab(tabs, q, f, "open", "open", open);
	for (int s = 0; s < ITEM_STATUS_COUNT; s++) {
		add_tab(tabs, q, f, item_status_word((enum item_status)s),
			item_status_word((enum item_status)s), counts[s]);
		all += counts[s];
	}
	add_tab(tabs, q, f, "all", "all", all);
	return tabs;
}

static json_t *row_of(struct web_request *q, const struct item *it,
		      const struct classification *found)
{
	json_t *row = json_object();
	struct arena *a = &q->arena;

	web_set_number(row, "id", it->id);
	web_set(row, "author", it->author);
	web_set(row, "date", web_date(a, it->date));
	web_set(row, "excerpt", web_excerpt(a, it->comment ? it->comment : "", EXCERPT));
	web_set(row, "thread", it->thread_title ? it->thread_title : "No title");
	json_object_set_new(row, "status", web_status_value(a, it));
	json_object_set_new(row, "situations", web_situations_value(a, found));
	web_set(row, "decided_by", it->decided_by);
	return row;
}

static int add_rows(struct web_request *q, const struct store_place *list, size_t count,
		    json_t *rows, struct err *err)
{
	struct store *s = q->web->o.store;

	for (size_t i = 0; i < count; i++) {
		struct item it = { 0 };
		struct classification found = { 0 };
		int there = store_item_get(s, list[i].item, &q->arena, &it, err);

		if (there > 0)
			there = store_classification_get(s, list[i].item, &q->arena, &found, err) <
						0
					? -1
					: 1;
		if (there < 0)
			return -1;
		if (there > 0)
			json_array_append_new(rows, row_of(q, &it, &found));
	}
	return 0;
}

/* "3 of 120", and the ways to the pages beside this one. */
static void set_paging(json_t *values, size_t page, size_t total)
{
	size_t pages = (total + BOUND_WEB_ROWS - 1) / BOUND_WEB_ROWS;

	web_set_number(values, "total", (int64_t)total);
	web_set_flag(values, "one", total == 1);
	web_set_flag(values, "none", total == 0);
	if (pages < 2)
		return;
	web_set_flag(values, "paged", true);
	web_set_number(values, "page", (int64_t)page);
	web_set_number(values, "pages", (int64_t)pages);
	if (page > 1)
		web_set_number(values, "before", (int64_t)page - 1);
	if (page < pages)
		web_set_number(values, "after", (int64_t)page + 1);
}

static int fill(struct web_request *q, const struct web_filter *f, json_t *values, struct err *err)
{
	uint64_t counts[ITEM_STATUS_COUNT];
	size_t total = 0, page = (size_t)web_query_number(q, "page"), first;
	const struct store_place *list = NULL;
	json_t *rows = json_array(), *filter;

	json_object_set_new(values, "rows", rows);
	if (!f->wrong && web_cache_queue(q, f, &list, &total, err) < 0)
		return -1;
	if (page == 0 || (page - 1) * BOUND_WEB_ROWS >= total)
		page = 1;
	first = (page - 1) * BOUND_WEB_ROWS;
	if (store_item_counts(q->web->o.store, counts, err) < 0 ||
	    add_rows(q, list + first,
		     total - first < BOUND_WEB_ROWS ? total - first : BOUND_WEB_ROWS, rows,
		     err) < 0)
		return -1;
	filter = web_filter_value(q, f, err);
	if (!filter)
		return -1;
	json_object_set_new(values, "filter", filter);
	json_object_set_new(values, "tabs", tabs_of(q, f, counts));
	if (total > 0)
		web_set_number(values, "first", list[first].item);
	set_paging(values, page, total);
	return 0;
}

int web_queue(struct web_request *q, struct err *err)
{
	json_t *values = web_values(q, "Queue", "queue");
	struct web_filter f;

	web_filter_read(q, &q->query, &f);
	web_set(values, "query", f.query);
	web_set(values, "wrong", f.wrong);
	if (fill(q, &f, values, err) < 0) {
		json_decref(values);
		return -1;
	}
	return web_page(q, "queue", f.wrong ? 400 : 200, values, err);
}
