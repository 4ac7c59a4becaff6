/* intake_draft.c - situations and drafts for the items of a thread.
 *
 * Classification is pure, so a batch is shared out over the cores; drafting
 * remembers what was said, so it goes item by item in id order.
 */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/classify.h"
#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/responses.h"
#include "dear/store.h"

#include "intake_internal.h"

enum { BATCH = 256, WORKERS_MAX = 8 };

/* One item with what was found in it. */
struct work {
	struct item *item;
	const char *const *relabels;
	struct classification found;
};

/* A share of a batch, for one thread of execution. */
struct worker {
	pthread_t thread;
	const struct rules *rules;
	const struct store_thread *row;
	struct work *work;
	size_t count;
	struct arena arena;
};

struct drafting {
	struct store *store;
	const struct rules *rules;
	const struct responses *responses;
	struct store_thread row;
	struct draft_memory *memory;
	struct intake_changes *changes;
	struct diags *diags;
	struct worker workers[WORKERS_MAX];
	size_t worker_count;
	bool another_wording; /* even where the basis is the same */
};

static void classify_item(const struct worker *w, struct work *k, struct arena *a)
{
	const struct item *it = k->item;
	struct classify_request req = {
		.text = it->comment,
		.len = strlen(it->comment),
		.author = it->author,
		.topic = w->row->topic,
		.title = w->row->title,
		.utc = it->utc,
		.reply_to_reader = it->parent_reader,
		.reply_to_staff = it->parent_staff,
		.relabels = k->relabels,
	};

	classify(w->rules, &req, a, &k->found);
}

static void *work_through(void *arg)
{
	struct worker *w = arg;

	for (size_t i = 0; i < w->count; i++)
		classify_item(w, &w->work[i], &w->arena);
	return NULL;
}

/* Runs the batch on all workers; a worker that can't be started is done here. */
static void classify_batch(struct drafting *d, struct work *work, size_t count)
{
	size_t share = (count + d->worker_count - 1) / d->worker_count;
	bool started[WORKERS_MAX] = { false };
	size_t done = 0;

	for (size_t i = 0; i < d->worker_count; i++) {
		struct worker *w = &d->workers[i];

		arena_clear(&w->arena);
		w->rules = d->rules;
		w->row = &d->row;
		w->work = work + done;
		w->count = done + share < count ? share : count - done;
		done += w->count;
		started[i] = i > 0 && w->count > 0 &&
			     pthread_create(&w->thread, NULL, work_through, w) == 0;
	}
	for (size_t i = 0; i < d->worker_count; i++)
		if (!started[i])
			work_through(&d->workers[i]);
	for (size_t i = 0; i < d->worker_count; i++)
		if (started[i])
			pthread_join(d->workers[i].thread, NULL);
}

static void set_unsure(struct classification *found)
{
	found->triage = TRIAGE_UNSURE;
	found->unsure = true;
}

/* Writes the reply. What no response fits is no draft but an open question: a
 * person decides, and a draft that asks for more is on offer. */
static int write_draft(struct drafting *d, struct work *k, const struct draft_request *req,
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

static int put_draft(struct drafting *d, struct work *k, const struct draft_request *req,
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
static int draft_item(struct drafting *d, struct work *k, struct arena *a, struct err *err)
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

static int do_batch(struct drafting *d, struct item *items, size_t count, struct arena *a,
		    struct err *err)
{
	struct work *work = arena_alloc(a, count * sizeof(*work));
	struct arena scratch = { 0 };
	int status = 0;

	for (size_t i = 0; i < count; i++) {
		work[i].item = &items[i];
		if (store_relabels(d->store, items[i].id, a, &work[i].relabels, err) < 0)
			return -1;
	}
	classify_batch(d, work, count);
	for (size_t i = 0; i < count && status == 0; i++) {
		status = draft_item(d, &work[i], &scratch, err);
		arena_clear(&scratch);
	}
	arena_release(&scratch);
	d->changes->items += count;
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
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	d->worker_count = cores < 1 ? 1 : cores > WORKERS_MAX ? WORKERS_MAX : (size_t)cores;
	if (store_thread_get(d->store, thread, a, &d->row, err) < 0)
		return -1;
	if (!d->row.topic && d->row.title)
		d->row.topic = classify_topic_of_title(d->rules, d->row.title);
	d->memory = draft_memory_new(d->responses);
	return store_thread_replies(d->store, thread, learn, d, err);
}

static void drafting_close(struct drafting *d)
{
	draft_memory_free(d->memory);
	for (size_t i = 0; i < d->worker_count; i++)
		arena_release(&d->workers[i].arena);
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
	struct arena kept = { 0 }, batch = { 0 };
	struct item *items = NULL;
	size_t count = 0;
	int64_t after = 0;
	int status = drafting_open(&d, thread, &kept, err);

	while (status == 0) {
		status = store_items_todo(s, thread, rules_version(rules), scope == INTAKE_ALL,
					  after, BATCH, &batch, &items, &count, err);
		if (status < 0 || count == 0)
			break;
		after = items[count - 1].id;
		status = do_batch(&d, items, count, &batch, err);
		arena_clear(&batch);
	}
	drafting_close(&d);
	arena_release(&batch);
	arena_release(&kept);
	return status < 0 ? -1 : 0;
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
	struct arena a = { 0 };
	struct item it = { 0 };
	int status = store_item_get(s, item, &a, &it, err);

	if (status == 0)
		status = err_set(err, ERR_USAGE, NULL, 0, "there is no item %lld", (long long)item);
	if (status > 0)
		status = drafting_open(&d, it.thread, &a, err);
	if (status == 0) {
		d.another_wording = !it.decided_by && !(it.flags & ITEM_EDITED);
		status = do_batch(&d, &it, 1, &a, err);
	}
	drafting_close(&d);
	arena_release(&a);
	return status;
}
