/* intake_batch.c - some items of a thread, classified on other cores.
 *
 * Classification is pure: each core takes a share of the batch, and nobody
 * waits for it but who wants to draft. Knows no store and no drafts.
 */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "dear/classify.h"
#include "dear/store.h"

#include "intake_internal.h"

static void classify_item(const struct intake_worker *w, struct intake_work *k, struct arena *a)
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
	struct intake_worker *w = arg;

	for (size_t i = 0; i < w->count; i++)
		classify_item(w, &w->work[i], &w->arena);
	return NULL;
}

static size_t cores(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > INTAKE_WORKERS_MAX ? INTAKE_WORKERS_MAX : (size_t)n;
}

void intake_batch_start(struct intake_batch *b, const struct rules *rules,
			const struct store_thread *row)
{
	size_t workers = cores();
	size_t share = (b->count + workers - 1) / workers;
	size_t done = 0;

	assert(b->running == 0);
	for (size_t i = 0; i < workers && done < b->count; i++) {
		struct intake_worker *w = &b->workers[i];

		w->rules = rules;
		w->row = row;
		w->work = b->work + done;
		w->count = done + share < b->count ? share : b->count - done;
		done += w->count;
		w->started = pthread_create(&w->thread, NULL, work_through, w) == 0;
		b->running++;
	}
}

void intake_batch_wait(struct intake_batch *b)
{
	for (size_t i = 0; i < b->running; i++) {
		struct intake_worker *w = &b->workers[i];

		/* No thread to be had: the work is done here instead. */
		if (w->started)
			pthread_join(w->thread, NULL);
		else
			work_through(w);
	}
	b->running = 0;
}

void intake_batch_clear(struct intake_batch *b)
{
	intake_batch_wait(b);
	for (size_t i = 0; i < INTAKE_WORKERS_MAX; i++)
		arena_clear(&b->workers[i].arena);
	arena_clear(&b->arena);
	b->count = 0;
}

void intake_batch_release(struct intake_batch *b)
{
	intake_batch_wait(b);
	for (size_t i = 0; i < INTAKE_WORKERS_MAX; i++)
		arena_release(&b->workers[i].arena);
	arena_release(&b->arena);
}
