/* intake_internal.h - what the files of the intake share. */
#ifndef DEAR_INTAKE_INTERNAL_H
#define DEAR_INTAKE_INTERNAL_H

#include <pthread.h>
#include <stdatomic.h>

#include "dear/arena.h"
#include "dear/diag.h"
#include "dear/intake.h"
#include "dear/situation.h"

struct input;
struct item;
struct store_thread;

/* What every step needs; borrowed from the caller of the public function. */
struct intake {
	struct store *store;
	const struct rules *rules;
	const struct responses *responses;
	const struct intake_options *options;
	struct intake_report *report;
	int64_t import;    /* number of this import in the store */
	uint64_t progress; /* comments read so far */
};

/* The report's entry of a thread, made when new. Valid until the next call. */
struct intake_thread *intake_report_thread(struct intake_report *r, int64_t thread);
void intake_report_failure(struct intake_report *r, const char *file, const struct err *err,
			   bool passed);

/* ---- what a file's threads are called ---- */

struct intake_name {
	const char *name; /* NULL: free */
	int64_t row;
};
/* Starts zeroed. */
struct intake_names {
	struct intake_name *slots;
	size_t count, size;
	struct arena arena;
};
int64_t intake_names_get(const struct intake_names *n, const char *name); /* 0: unknown */
void intake_names_put(struct intake_names *n, const char *name, int64_t row);
void intake_names_release(struct intake_names *n);

/* ---- a file, read ahead on another core ---- */

#define INTAKE_AHEAD 256

/* Some comments of a file, in order. Starts zeroed; two of them take turns: one
 * is read while the other is taken in. Between start and wait all of it, and
 * the input, belong to the reading. */
struct intake_ahead {
	struct arena arena;
	struct input *input;
	struct comment list[INTAKE_AHEAD];
	size_t count;
	int more;              /* of input_next after the last of them: 1, 0 or -1 */
	struct thread_ref own; /* input_thread as it was after the last of them */
	struct diags diags;
	struct err err;
	pthread_t thread;
	bool running;
};
void intake_ahead_start(struct intake_ahead *b, struct input *input);
void intake_ahead_wait(struct intake_ahead *b);
void intake_ahead_release(struct intake_ahead *b); /* waits, then frees */

/* ---- a batch of items, classified on other cores ---- */

#define INTAKE_WORKERS_MAX 8

/* One item with what was found in it. */
struct intake_work {
	struct item *item;
	const char *const *relabels;
	struct classification found;
};

/* One core at work on a batch. */
struct intake_worker {
	struct intake_batch *batch;
	pthread_t thread;
	struct arena arena; /* what was found */
};

/* Starts zeroed. The caller fills in items, work and count, all in the arena;
 * between start and wait they and the row belong to the workers. */
struct intake_batch {
	struct arena arena;
	struct item *items;
	struct intake_work *work;
	size_t count;
	const struct rules *rules;
	const struct store_thread *row;
	atomic_size_t next; /* the first item that nobody has taken */
	size_t running;     /* threads to be joined; the last worker is who waits */
	struct intake_worker workers[INTAKE_WORKERS_MAX];
};
void intake_batch_start(struct intake_batch *b, const struct rules *rules,
			const struct store_thread *row);
void intake_batch_wait(struct intake_batch *b);    /* helps until all is done */
void intake_batch_clear(struct intake_batch *b);   /* gives up what is not done, empties */
void intake_batch_release(struct intake_batch *b); /* gives up what is not done, frees */

/* ---- drafting ---- */

/* Which items of a thread intake_draft_thread works on. */
enum intake_scope {
	INTAKE_TODO, /* new, changed, or judged by older rules */
	INTAKE_ALL,  /* every one: a rebuild */
};

/* Classifies a thread's items in batches, as many at once as there are cores,
 * and drafts replies in id order. A draft whose basis did not change stays. */
int intake_draft_thread(struct store *s, const struct rules *rules,
			const struct responses *responses, int64_t thread, enum intake_scope scope,
			struct intake_changes *changes, struct diags *d, struct err *err);

/* The same for one item, with another wording even where the basis is the same. */
int intake_draft_item(struct store *s, const struct rules *rules, const struct responses *responses,
		      int64_t item, struct intake_changes *changes, struct diags *d,
		      struct err *err);

#endif
