/* intake_batch.c - some items of a thread, classified on other cores.
 *
 * Classification is pure, so any core may take any item; who waits for the
 * batch takes items too. Knows no store and no drafts.
 */
#include <assert.h>
#include <string.h>
#include <unistd.h>

#include "dear/classify.h"
#include "dear/store.h"

#include "intake_internal.h"

static void classify_item(const struct intake_batch *b, struct intake_work *k, struct arena *a)
{
	const struct item *it = k->item;
	struct classify_request req = {
		.text = it->comment,
		.len = strlen(it->comment),
		.author = it->author,
		.topic = b->row->topic,
		.title = b->row->title,
		.utc = it->utc,
		.reply_to_reader = it->parent_reader,
		.reply_to_staff = it->parent_staff,
		.relabels = k->relabels,
	};

	classify(b->rules, &req, a, &k->found);
}

/* Takes the next item that nobody has taken, until there is none. */
static void *work_through(void *arg)
{
	struct intake_worker *w = arg;
	struct intake_batch *b = w->batch;
	size_t i;

	while ((i = atomic_fetch_add(&b->next, 1)) < b->count)
		classify_item(b, &b->work[i], &w->arena);
	return NULL;
}

/* Cores beside the one that drafts. */
static size_t helpers(void)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN) - 1;

	return n < 0 ? 0 : n > INTAKE_WORKERS_MAX - 1 ? INTAKE_WORKERS_MAX - 1 : (size_t)n;
}

void intake_batch_start(struct intake_batch *b, const struct rules *rules,
			const struct store_thread *row)
{
	size_t wanted = helpers();

	assert(b->running == 0);
	b->rules = rules;
	b->row = row;
	atomic_store(&b->next, 0);
	for (; b->running < wanted; b->running++) {
		struct intake_worker *w = &b->workers[b->running];

		w->batch = b;
		if (pthread_create(&w->thread, NULL, work_through, w) != 0)
			break;
	}
}

static void join(struct intake_batch *b)
{
	for (size_t i = 0; i < b->running; i++)
		pthread_join(b->workers[i].thread, NULL);
	b->running = 0;
}

void intake_batch_wait(struct intake_batch *b)
{
	struct intake_worker *own = &b->workers[INTAKE_WORKERS_MAX - 1];

	own->batch = b;
	work_through(own);
	join(b);
}

/* Nobody wants the rest. */
static void give_up(struct intake_batch *b)
{
	atomic_store(&b->next, b->count);
	join(b);
}

void intake_batch_clear(struct intake_batch *b)
{
	give_up(b);
	for (size_t i = 0; i < INTAKE_WORKERS_MAX; i++)
		arena_clear(&b->workers[i].arena);
	arena_clear(&b->arena);
	b->count = 0;
}

void intake_batch_release(struct intake_batch *b)
{
	give_up(b);
	for (size_t i = 0; i < INTAKE_WORKERS_MAX; i++)
		arena_release(&b->workers[i].arena);
	arena_release(&b->arena);
}
