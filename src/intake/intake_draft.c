/* intake_draft.c - situations and drafts for the items of a thread.
 *
 * Drafting remembers what was said, so it goes item by item in id order; while
 * one batch is drafted the next is classified on the other cores.
 */
#include "dear/arena.h"
#include "dear/classify.h"
#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/responses.h"
#include "dear/store.h"

#include "intake_internal.h"

enum { BATCH = 256 };

struct drafting {
	struct store *store;
	const struct rules *rules;
	const struct responses *responses;
	struct store_thread row;
	struct draft_memory *memory;
	struct intake_changes *changes;
	struct diags *diags;
	bool another_wording; /* even where the basis is the same */
};

static void set_unsure(struct classification *found)
{
	found->triage = TRIAGE_UNSURE;
	found->unsure = true;
}

/* Writes the reply. What no response fits is no draft but an open question: a
 * person decides, and a draft that asks for more is on offer. */
static int write_draft(struct drafting *d, struct intake_work *k, const struct draft_request *req,
		       struct arena *a, struct draft *ret, struct err *err)
{
	uint64_t basis;

	if (draft_write(d->responses, req, d->memory, a, ret, d->diags, err) < 0)
		return -1;
	if (ret->text || k->found.triage != TRIAGE_NONE)
		return 0;
	basis = ret->basis;
	set_unsure(&k->found);
	if (draft_write(d->responses, req, d->memory, a, ret, d->diags, err) < 0)
		return -1;
	ret->basis = basis;
	return 0;
}

static int put_draft(struct drafting *d, struct intake_work *k, const struct draft_request *req,
		     struct arena *a, struct err *err)
{
	const struct item *it = k->item;
	struct draft draft = { 0 };
	bool decided = it->decided_by || (it->flags & ITEM_EDITED);

	if (write_draft(d, k, req, a, &draft, err) < 0 ||
	    store_classification_put(d->store, it->id, &k->found, rules_version(d->rules), err) <
		    0 ||
	    store_draft_put(d->store, it->id, &draft, err) < 0)
		return -1;
	d->changes->redrafted++;
	if (decided && draft.basis != it->basis)
		d->changes->stale++;
	return 0;
}

/* Drafts one item unless the draft it has stands on the same basis. */
static int draft_item(struct drafting *d, struct intake_work *k, struct arena *a, struct err *err)
{
	const struct item *it = k->item;
	struct draft_request req = {
		.found = &k->found,
		.author = it->author,
		.person = it->person,
		.text = it->comment,
		.title = d->row.title,
		.follow_up = it->earlier != NULL,
		.earlier = it->earlier,
	};

	d->changes->reclassified++;
	d->changes->kept_edits += (it->flags & ITEM_EDITED) != 0;
	d->changes->kept_decisions += it->decided_by != NULL;
	if (it->basis && !d->another_wording && draft_basis(d->responses, &req) == it->basis) {
		if (k->found.triage == TRIAGE_NONE && it->reason == TRIAGE_UNSURE)
			set_unsure(&k->found);
		return store_classification_put(d->store, it->id, &k->found,
						rules_version(d->rules), err);
	}
	if (it->basis && store_rejected_texts(d->store, it->id, a, &req.avoid, err) < 0)
		return -1;
	return put_draft(d, k, &req, a, err);
}

/* Gives the batch its work and sends it off. */
static int batch_send(struct drafting *d, struct intake_batch *b, struct err *err)
{
	b->work = arena_alloc(&b->arena, b->count * sizeof(*b->work));
	for (size_t i = 0; i < b->count; i++) {
		b->work[i].item = &b->items[i];
		if (store_relabels(d->store, b->items[i].id, &b->arena, &b->work[i].relabels, err) <
		    0)
			return -1;
	}
	intake_batch_start(b, d->rules, &d->row);
	return 0;
}

static int batch_draft(struct drafting *d, struct intake_batch *b, struct err *err)
{
	struct arena scratch = { 0 };
	int status = 0;

	intake_batch_wait(b);
	for (size_t i = 0; i < b->count && status == 0; i++) {
		status = draft_item(d, &b->work[i], &scratch, err);
		arena_clear(&scratch);
	}
	arena_release(&scratch);
	d->changes->items += b->count;
	return status;
}

static void learn(void *ctx, const struct item *it)
{
	struct drafting *d = ctx;

	draft_memory_learn(d->memory, it->person, it->flags & ITEM_EDITED ? NULL : it->responses,
			   it->reply);
}

/* Loads the thread and what was said in it before. The topic is settled here:
 * the editor's, else the title's; the comments' own words come last. */
static int drafting_open(struct drafting *d, int64_t thread, struct arena *a, struct err *err)
{
	if (store_thread_get(d->store, thread, a, &d->row, err) < 0)
		return -1;
	if (!d->row.topic && d->row.title)
		d->row.topic = classify_topic_of_title(d->rules, d->row.title);
	d->memory = draft_memory_new(d->responses);
	return store_thread_replies(d->store, thread, learn, d, err);
}

/* The items above *after, sent off; *after moves on. */
static int batch_next(struct drafting *d, struct intake_batch *b, enum intake_scope scope,
		      int64_t *after, struct err *err)
{
	intake_batch_clear(b);
	if (store_items_todo(d->store, d->row.id, rules_version(d->rules), scope == INTAKE_ALL,
			     *after, BATCH, &b->arena, &b->items, &b->count, err) < 0)
		return -1;
	if (b->count == 0)
		return 0;
	*after = b->items[b->count - 1].id;
	return batch_send(d, b, err);
}

int intake_draft_thread(struct store *s, const struct rules *rules,
			const struct responses *responses, int64_t thread, enum intake_scope scope,
			struct intake_changes *changes, struct diags *diags, struct err *err)
{
	struct drafting d = { .store = s,
			      .rules = rules,
			      .responses = responses,
			      .changes = changes,
			      .diags = diags };
	struct intake_batch batches[2] = { 0 };
	struct arena kept = { 0 };
	int64_t after = 0;
	size_t turn = 0;
	int status = drafting_open(&d, thread, &kept, err);

	if (status == 0)
		status = batch_next(&d, &batches[0], scope, &after, err);
	for (; status == 0 && batches[turn].count > 0; turn = !turn) {
		status = batch_next(&d, &batches[!turn], scope, &after, err);
		if (status == 0)
			status = batch_draft(&d, &batches[turn], err);
	}
	intake_batch_release(&batches[0]);
	intake_batch_release(&batches[1]);
	draft_memory_free(d.memory);
	arena_release(&kept);
	return status;
}

int intake_draft_item(struct store *s, const struct rules *rules, const struct responses *responses,
		      int64_t item, struct intake_changes *changes, struct diags *diags,
		      struct err *err)
{
	struct drafting d = { .store = s,
			      .rules = rules,
			      .responses = responses,
			      .changes = changes,
			      .diags = diags };
	struct intake_batch b = { .count = 1 };
	struct arena a = { 0 };
	struct item it = { 0 };
	int status = store_item_get(s, item, &a, &it, err);

	if (status == 0)
		status = err_set(err, ERR_USAGE, NULL, 0, "there is no item %lld", (long long)item);
	if (status > 0)
		status = drafting_open(&d, it.thread, &a, err);
	if (status == 0) {
		d.another_wording = !it.decided_by && !(it.flags & ITEM_EDITED);
		b.items = &it;
		status = batch_send(&d, &b, err);
	}
	if (status == 0)
		status = batch_draft(&d, &b, err);
	intake_batch_release(&b);
	draft_memory_free(d.memory);
	arena_release(&a);
	return status;
}
