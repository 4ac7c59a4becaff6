/* store_kit.h - short words for the tests of the store: a desk (desk.h), one
 * import at a time, comments by a few fields. Every step is asserted.
 */
#ifndef DEAR_TESTS_STORE_KIT_H
#define DEAR_TESTS_STORE_KIT_H

#include "desk.h"

struct kit {
	struct desk desk;
	int64_t import, thread;
};

static inline void kit_open(struct kit *k)
{
	*k = (struct kit){ 0 };
	desk_open(&k->desk);
}

static inline void kit_close(struct kit *k)
{
	desk_close(&k->desk);
}

/* Closes the store and opens it again. */
static inline void kit_reopen(struct kit *k)
{
	store_free(k->desk.store);
	k->desk.store = store_open(k->desk.path, STORE_WRITE, &k->desk.err);
	if (!k->desk.store)
		fail_msg("%s", k->desk.err.msg);
}

/* Begins an import of the thread with this post id. */
static inline void kit_begin(struct kit *k, const char *post_id)
{
	const struct thread_ref ref = { .host = "readers.example",
					.post_id = post_id,
					.title = "Letters" };

	desk_ok(&k->desk, store_begin(k->desk.store, &k->desk.err));
	desk_ok(&k->desk, store_import_begin(k->desk.store, k->desk.now, &k->import, &k->desk.err));
	desk_ok(&k->desk, store_thread_put(k->desk.store, &ref, NULL, "test", k->desk.now,
					   &k->thread, &k->desk.err));
}

static inline enum store_put kit_put(struct kit *k, const struct comment *c)
{
	enum store_put put = STORE_PUT_FORGOTTEN;

	desk_ok(&k->desk,
		store_comment_put(k->desk.store, k->import, k->thread, c, &put, &k->desk.err));
	return put;
}

/* A reader's comment; author NULL: unnamed. */
static inline enum store_put kit_say(struct kit *k, const char *id, const char *parent,
				     const char *author, const char *text)
{
	const struct comment c = { .id = id, .parent = parent, .author = author, .text = text };

	return kit_put(k, &c);
}

static inline enum store_put kit_answer(struct kit *k, const char *id, const char *parent,
					const char *text)
{
	const struct comment c = {
		.id = id, .parent = parent, .author = "The column", .text = text, .staff = true
	};

	return kit_put(k, &c);
}

static inline void kit_link(struct kit *k)
{
	desk_ok(&k->desk, store_thread_link(k->desk.store, k->thread, false, INT64_MIN, &k->desk.d,
					    &k->desk.err));
}

/* Links and commits. */
static inline void kit_end(struct kit *k)
{
	kit_link(k);
	desk_ok(&k->desk, store_commit(k->desk.store, &k->desk.err));
}

static inline struct item kit_item(struct kit *k, int64_t id)
{
	return desk_item(&k->desk, id);
}

static inline bool kit_has_item(struct kit *k, int64_t id)
{
	struct item it;
	int found = store_item_get(k->desk.store, id, &k->desk.a, &it, &k->desk.err);

	assert_true(found >= 0);
	return found;
}

static inline void kit_draft(struct kit *k, int64_t item, const char *text, uint64_t basis)
{
	const struct draft d = { .text = text, .responses = "test/1", .basis = basis };

	desk_ok(&k->desk, store_draft_put(k->desk.store, item, &d, &k->desk.err));
}

static inline void kit_decide(struct kit *k, int64_t item, enum decision_kind kind)
{
	desk_decide(&k->desk, item, kind);
}

static inline int kit_edit(struct kit *k, int64_t item, const char *text)
{
	int number = 0;

	desk_ok(&k->desk, store_revision_add(k->desk.store, item, text, "ed", k->desk.now, &number,
					     &k->desk.err));
	return number;
}

/* Ids of the items a filter gives, "3 1 2". */
struct kit_ids {
	char text[128];
};

static inline int kit_note_id(void *ctx, const struct item *it)
{
	struct kit_ids *ids = ctx;
	size_t len = strlen(ids->text);

	snprintf(ids->text + len, sizeof(ids->text) - len, "%s%d", len ? " " : "", (int)it->id);
	return 0;
}

static inline struct kit_ids kit_list(struct kit *k, const struct store_filter *f)
{
	struct kit_ids ids = { "" };
	struct arena a = { 0 };

	desk_ok(&k->desk, store_items(k->desk.store, f, &a, kit_note_id, &ids, &k->desk.err));
	arena_release(&a);
	return ids;
}

/* Nothing is at odds in the file. */
static inline void kit_check(struct kit *k)
{
	struct diags d = { 0 };

	desk_ok(&k->desk, store_check(k->desk.store, &d, &k->desk.err));
	if (d.count)
		fail_msg("%s", d.list[0].text);
	diags_release(&d);
}

#endif
