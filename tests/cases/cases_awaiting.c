/* cases_awaiting.c - who waits for an answer: each file of awaiting/ is a small
 * thread and what thread_link should make of it. README.md tells the form.
 *
 * Stands in for the store where a thread becomes a table: the first of two
 * comments with one id counts, and parents are looked up by id.
 */
#include "cases.h"

#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "dear/thread.h"

struct table {
	const char *id[64], *by[64];
	struct link rows[64];
	uint32_t count;
};

static uint32_t row_of(const struct table *t, const char *id)
{
	for (uint32_t i = 0; id && i < t->count; i++)
		if (!strcmp(t->id[i], id))
			return i;
	return LINK_NONE;
}

static const char *member(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

/* The same number for the same name; 0 without one. */
static uint32_t person_of(const struct table *t, const char *by)
{
	for (uint32_t i = 0; by && i < t->count; i++)
		if (t->by[i] && !strcmp(t->by[i], by))
			return i + 1;
	return by ? t->count + 1 : 0;
}

static void add_row(struct table *t, const json_t *c)
{
	const char *by = member(c, "by"), *at = member(c, "at"), *is = member(c, "is");
	struct link l = { .parent = LINK_NONE, .utc = INT64_MIN };
	const char *known = member(c, "parent_known");
	bool tz;

	l.staff = by && !strcmp(by, "staff");
	l.live = !is || !strcmp(is, "live");
	l.person = l.staff ? 0 : person_of(t, by);
	l.has_parent_id = member(c, "parent") != NULL;
	l.parent_known = known && !strcmp(known, "guessed") ? PARENT_GUESSED : PARENT_KNOWN;
	if (at)
		comment_date_parse(at, true, &l.utc, &tz);
	t->id[t->count] = member(c, "id");
	t->by[t->count] = l.staff ? NULL : by;
	t->rows[t->count++] = l;
}

static void build(struct table *t, const json_t *comments, const char *thread)
{
	const json_t *c;
	size_t i;

	json_array_foreach(comments, i, c)
	{
		const char *of = member(c, "thread");

		if ((of ? strcmp(of, thread) : *thread != '\0') == 0 &&
		    row_of(t, member(c, "id")) == LINK_NONE && t->count < 64)
			add_row(t, c);
	}
	json_array_foreach(comments, i, c)
	{
		uint32_t row = row_of(t, member(c, "id"));

		if (row != LINK_NONE && t->rows[row].parent == LINK_NONE)
			t->rows[row].parent = row_of(t, member(c, "parent"));
	}
}

static const char *name_row(void *ctx, uint32_t row)
{
	const struct table *t = ctx;

	return t->id[row];
}

static void put(json_t *object, const char *key, const char *id, const char *value)
{
	json_t *list = json_object_get(object, key);

	if (!list) {
		list = value ? json_object() : json_array();
		json_object_set_new(object, key, list);
	}
	if (value)
		json_object_set_new(list, id, json_string(value));
	else
		json_array_append_new(list, json_string(id));
}

/* What came out, in the words of a case's "expect". */
static void describe(const struct table *t, json_t *found)
{
	for (uint32_t i = 0; i < t->count; i++) {
		const struct link *l = &t->rows[i];

		if (l->awaiting)
			put(found, "awaiting", t->id[i], NULL);
		if (l->answer != LINK_NONE)
			put(found, l->answer_guessed ? "guessed" : "answered", t->id[i],
			    t->id[l->answer]);
		if (l->carrier != LINK_NONE && l->carrier != i)
			put(found, "carried", t->id[i], t->id[l->carrier]);
		if (l->parent_known == PARENT_LOST)
			put(found, "lost", t->id[i], NULL);
	}
}

static void link_thread(const json_t *example, const char *thread, json_t *found)
{
	struct table t = { .count = 0 };
	struct diags d = { 0 };

	build(&t, json_object_get(example, "comments"), thread);
	thread_link(t.rows, t.count, json_is_true(json_object_get(example, "flat")), name_row, &t,
		    &d);
	describe(&t, found);
	for (size_t i = 0; i < d.count; i++)
		put(found, "diagnostics", diag_name(d.list[i].id), NULL);
	diags_release(&d);
}

static bool run(const char *path, struct buf *said)
{
	struct err err = { 0 };
	json_t *example = jread_file(path, ERR_INPUT, &err), *found = json_object();
	json_t *threads = json_object_get(example, "threads"), *name;
	char *text = NULL;
	bool good = false;
	size_t i;

	if (!example) {
		buf_printf(said, "%s:%d: %s", err.where, err.line, err.msg);
		goto out;
	}
	if (threads)
		json_array_foreach(threads, i, name)
			link_thread(example, json_string_value(name), found);
	else
		link_thread(example, "", found);
	good = member(example, "what") && json_equal(found, json_object_get(example, "expect"));
	if (!good) {
		text = json_dumps(found, JSON_COMPACT);
		buf_printf(said, "%s\nfound %s", member(example, "what"), text);
	}
out:
	free(text);
	json_decref(found);
	json_decref(example);
	return good;
}

int main(int argc, char **argv)
{
	return argc == 2 ? cases_run_all(argv[1], run) : 2;
}
