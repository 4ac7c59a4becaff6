/* web_bulk.c - many drafts approved at once for one response. Which ones is for
 * the review to say; here they are all shown first, each to be left out.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/err.h"

#include "web_internal.h"

/* Items looked through for responses to choose from. */
enum { LOOK_MOST = 500, EXCERPT = 260 };

/* A name without the wording's number: "ex-letter/advice-closure". */
static const char *response_of(struct web_request *q, const char *name, size_t len)
{
	while (len > 0 && name[len - 1] != '/')
		len--;
	return len > 1 ? arena_strndup(&q->arena, name, len - 1) : NULL;
}

static void add_response(json_t *counts, const char *name)
{
	json_int_t before = json_integer_value(json_object_get(counts, name));

	json_object_set_new(counts, name, json_integer(before + 1));
}

static int look(struct web_request *q, int64_t id, json_t *counts, struct err *err)
{
	struct item it = { 0 };
	int found = store_item_get(q->web->o.store, id, &q->arena, &it, err);

	if (found <= 0 || (it.flags & ITEM_EDITED) || !it.responses)
		return found < 0 ? -1 : 0;
	for (const char *s = it.responses; *s;) {
		size_t n = strcspn(s, " ");
		const char *name = response_of(q, s, n);

		if (name)
			add_response(counts, name);
		s += n + (s[n] == ' ');
	}
	return 0;
}

/* The responses of the drafts that wait, by name, with how many have them. */
static int choose(struct web_request *q, json_t *values, struct err *err)
{
	const struct store_filter f = { .status = "drafted", .since = INT64_MIN };
	struct review review = web_review(q);
	struct store_place *list;
	size_t count;
	json_t *counts, *responses, *n;
	const char *name;

	if (review_queue(&review, &f, &q->arena, &list, &count, err) < 0)
		return -1;
	counts = json_object();
	for (size_t i = 0; i < count && i < LOOK_MOST; i++)
		if (look(q, list[i].item, counts, err) < 0) {
			json_decref(counts);
			return -1;
		}
	responses = json_array();
	json_object_foreach(counts, name, n)
		json_array_append_new(responses, json_pack("{sssO}", "name", name, "count", n));
	json_decref(counts);
	web_set_flag(values, "has_responses", json_array_size(responses) > 0);
	json_object_set_new(values, "responses", responses);
	return 0;
}

static int add_one(struct web_request *q, const struct review_bulk *one, json_t *rows,
		   struct err *err)
{
	struct item it = { 0 };
	char word[64];
	json_t *row;
	int found = store_item_get(q->web->o.store, one->item, &q->arena, &it, err);

	if (found <= 0)
		return found;
	row = json_object();
	web_set_number(row, "id", it.id);
	web_set(row, "author", it.author);
	web_set(row, "excerpt", web_excerpt(&q->arena, it.comment ? it.comment : "", EXCERPT));
	json_object_set_new(row, "reply", web_paragraphs(&q->arena, it.reply));
	web_set(row, "seen_word", review_seen_word(&one->seen, word));
	json_array_append_new(rows, row);
	return 0;
}

static int gather(struct web_request *q, const char *response, json_t *values, struct err *err)
{
	const struct store_filter f = { .since = INT64_MIN };
	struct review review = web_review(q);
	struct review_bulk *list;
	json_t *rows = json_array();
	size_t count = 0;
	int status = review_bulk(&review, response, &f, &q->arena, &list, &count, err);

	for (size_t i = 0; status == 0 && i < count && i < BOUND_WEB_ROWS; i++)
		status = add_one(q, &list[i], rows, err);
	web_set(values, "response", response);
	web_set_number(values, "count", (int64_t)json_array_size(rows));
	web_set_flag(values, "has_rows", json_array_size(rows) > 0);
	json_object_set_new(values, "rows", rows);
	return status;
}

int web_bulk(struct web_request *q, struct err *err)
{
	json_t *values = web_values(q, "Approve many", "bulk");
	const char *response = web_query(q, "response");
	int status =
		response && *response ? gather(q, response, values, err) : choose(q, values, err);

	if (status < 0) {
		json_decref(values);
		return -1;
	}
	return web_page(q, "bulk", 200, values, err);
}

/* "12 3-00a1...-0": an item and what was seen of it. */
static bool read_one(const char *value, struct review_bulk *ret)
{
	char *end;

	ret->item = strtoll(value, &end, 10);
	return *end == ' ' && review_seen_parse(end + 1, &ret->seen);
}

int web_bulk_approve(struct web_request *q, struct err *err)
{
	struct review review = web_review(q);
	const char *response = web_form(q, "response");
	struct buf said = BUF_INIT;
	struct diags diags = { 0 };
	size_t approved = 0;
	unsigned note;
	int status = 0;

	for (size_t i = 0; status == 0 && response && i < q->form.count; i++) {
		struct review_result result = { 0 };
		struct review_bulk one;

		if (strcmp(q->form.list[i].name, "one") != 0 ||
		    !read_one(q->form.list[i].value, &one))
			continue;
		status = review_bulk_approve(&review, response, &one, &q->arena, &result, &diags,
					     err);
		approved += status == 0 && result.outcome == REVIEW_DONE;
		if (status == 0 && result.outcome != REVIEW_DONE)
			buf_printf(&said, " Item %lld: %s.", (long long)one.item, result.text);
	}
	web_cache_clear(q->web);
	web_note_put(q, 0, said.len > 0,
		     arena_printf(&q->arena, "%zu approved.%s", approved, buf_str(&said)), &note);
	web_go(q, "/?note=%u", note);
	buf_release(&said);
	diags_release(&diags);
	return status;
}
