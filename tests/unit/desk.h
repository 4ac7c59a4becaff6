/* desk.h - an editor's desk for unit tests: a store in a folder of its own, with
 * a thread in it and drafts to decide on. Included by the tests of what stands
 * above the store; every step is asserted.
 */
#ifndef DEAR_TESTS_DESK_H
#define DEAR_TESTS_DESK_H

#include "unit.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/store.h"

struct desk {
	char folder[64], path[96];
	struct store *store;
	struct arena a;
	struct diags d;
	struct err err;
	int64_t now;
};

/* A reader's comment, and what dear made of it. */
struct desk_comment {
	const char *id, *author, *text;
	const char *draft; /* NULL: none */
	enum triage triage;
	const char *parent;
	bool staff;
};

#define desk_ok(desk, expr)                                         \
	do {                                                        \
		if ((expr) < 0)                                     \
			fail_msg("%s: %s", #expr, (desk)->err.msg); \
	} while (0)

static inline void desk_open(struct desk *desk)
{
	*desk = (struct desk){ .folder = "/tmp/dear-desk-XXXXXX", .now = 1772357400 };
	assert_non_null(mkdtemp(desk->folder));
	snprintf(desk->path, sizeof(desk->path), "%s/dear.db", desk->folder);
	desk->store = store_open(desk->path, STORE_CREATE, &desk->err);
	if (!desk->store)
		fail_msg("%s", desk->err.msg);
}

static inline void desk_close(struct desk *desk)
{
	static const char *const names[] = { "dear.db", "dear.db-wal", "dear.db-shm" };
	char path[128];

	store_free(desk->store);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		snprintf(path, sizeof(path), "%s/%s", desk->folder, names[i]);
		unlink(path);
	}
	assert_int_equal(rmdir(desk->folder), 0);
	arena_release(&desk->a);
	diags_release(&desk->d);
}

static inline void desk_put(struct desk *desk, int64_t import, int64_t thread,
			    const struct desk_comment *c, int number)
{
	struct comment comment = {
		.id = c->id,
		.parent = c->parent,
		.author = c->author,
		.staff = c->staff,
		.date = "2026-02-03T10:00:00Z",
		.utc = 1770112800 + number,
		.has_utc = true,
		.tz_known = true,
		.url = arena_printf(&desk->a, "https://readers.example/post-7/#comment-%s", c->id),
		.body = c->text,
		.text = c->text,
	};
	enum store_put put;

	desk_ok(desk, store_comment_put(desk->store, import, thread, &comment, &put, &desk->err));
}

/* Classifies and drafts one item as its comment says. */
static inline void desk_draft(struct desk *desk, int64_t item, const struct desk_comment *c,
			      uint64_t basis)
{
	const struct classification found = { .topic = "ex-letter", .triage = c->triage };
	const struct draft draft = { .text = c->draft, .responses = "test/1", .basis = basis };

	desk_ok(desk, store_classification_put(desk->store, item, &found, 1, &desk->err));
	desk_ok(desk, store_draft_put(desk->store, item, &draft, &desk->err));
}

/* The comments as one import of one thread: its items are new ones, drafted in
 * the order of the comments (staff has none). Ids of items by comment in items,
 * 0 for none. Importing again with other texts changes the comments. */
static inline int64_t desk_import(struct desk *desk, const char *post_id, const char *title,
				  const struct desk_comment *comments, size_t count, int64_t *items)
{
	const struct thread_ref ref = {
		.url = arena_printf(&desk->a, "https://readers.example/post-%s/", post_id),
		.host = "readers.example",
		.post_id = post_id,
		.title = title,
	};
	struct item *todo;
	int64_t import, thread;
	size_t todo_count;

	desk_ok(desk, store_begin(desk->store, &desk->err));
	desk_ok(desk, store_import_begin(desk->store, desk->now, &import, &desk->err));
	desk_ok(desk,
		store_thread_put(desk->store, &ref, NULL, "test", desk->now, &thread, &desk->err));
	for (size_t i = 0; i < count; i++)
		desk_put(desk, import, thread, &comments[i], (int)i);
	desk_ok(desk,
		store_thread_link(desk->store, thread, false, INT64_MIN, &desk->d, &desk->err));
	desk_ok(desk, store_items_todo(desk->store, thread, 1, true, 0, 0, &desk->a, &todo,
				       &todo_count, &desk->err));
	for (size_t i = 0; i < count; i++) {
		if (items)
			items[i] = 0;
		for (size_t k = 0; k < todo_count; k++) {
			if (strcmp(todo[k].comment_id, comments[i].id))
				continue;
			desk_draft(desk, todo[k].id, &comments[i], 1);
			if (items)
				items[i] = todo[k].id;
		}
	}
	desk_ok(desk, store_commit(desk->store, &desk->err));
	return thread;
}

static inline struct item desk_item(struct desk *desk, int64_t id)
{
	struct item it = { 0 };

	assert_int_equal(store_item_get(desk->store, id, &desk->a, &it, &desk->err), 1);
	return it;
}

/* A decision on the item as it stands. */
static inline void desk_decide(struct desk *desk, int64_t id, enum decision_kind kind)
{
	struct item it = desk_item(desk, id);
	const struct decision d = { .kind = kind,
				    .revision = it.revision,
				    .text = it.reply,
				    .comment_hash = it.comment_hash,
				    .basis = it.basis,
				    .actor = "ed",
				    .at = desk->now };

	desk_ok(desk, store_decision_add(desk->store, id, &d, &desk->err));
}

/* The kinds of an item's decisions, oldest first: "approved reopened". */
static inline const char *desk_history(struct desk *desk, int64_t id)
{
	struct decision *list;
	const char *words = "";
	size_t count;

	desk_ok(desk, store_decisions(desk->store, id, &desk->a, &list, &count, &desk->err));
	for (size_t i = 0; i < count; i++)
		words = arena_printf(&desk->a, "%s%s%s", words, i > 0 ? " " : "",
				     decision_kind_word(list[i].kind));
	return words;
}

static inline struct decision desk_last_decision(struct desk *desk, int64_t id)
{
	struct decision *list;
	size_t count;

	desk_ok(desk, store_decisions(desk->store, id, &desk->a, &list, &count, &desk->err));
	assert_true(count > 0);
	return list[count - 1];
}

#endif
