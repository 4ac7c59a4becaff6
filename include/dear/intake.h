/* intake.h - the main job: threads in, links, situations and drafts made, all
 * in one transaction of the store. Also redraft and rebuild, which are the
 * same work on what is already there. Prints nothing.
 */
#ifndef DEAR_INTAKE_H
#define DEAR_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/err.h"
#include "dear/thread.h"

struct diags;
struct responses;
struct rules;
struct store;

struct intake_options {
	const char *topic, *format, *title, *thread; /* NULL: found */
	const char *const *staff;                    /* names; NULL-ended; NULL */
	const char *const *staff_ids;                /* account ids; NULL-ended; NULL */
	const struct thread_ref *known;              /* of the one thread in all the files; NULL */
	int64_t since;      /* reader comments before this get no item; INT64_MIN */
	bool also_answered; /* items for answered comments too */
	bool dry_run;       /* do it all, then roll back */
	int64_t now;        /* seconds since 1970 */
	void (*progress)(void *ctx, uint64_t comments); /* NULL */
	void *progress_ctx;
};

/* Why a comment was read but not kept: a comment_status, or given twice, or
 * erased before by `dear forget`. */
#define INTAKE_SKIPS (COMMENT_STATUS_COUNT + 2)
/* "pingback", "spam" ... "duplicate", "forgotten". */
const char *intake_skip_word(size_t i);

/* What `dear import` tells of one thread (design.md 3). */
struct intake_thread {
	int64_t thread;
	char *title, *format;
	uint64_t read, kept, added, changed;
	uint64_t skipped[INTAKE_SKIPS]; /* by intake_skip_word; read = kept + all of these */
	uint64_t staff, awaiting, drafted, need_person, no_reply, decided;
	uint64_t also_answered; /* items of answered comments */
	struct diags *diags;
};
struct intake_failure {
	char *file;
	struct err err; /* code, line and words; err_exit gives the status */
	bool passed;    /* a file of a folder that need not have comments: no failure */
};
struct intake_report {
	struct intake_thread *threads;
	size_t thread_count, thread_size;
	uint32_t *slots; /* where a thread's entry is, by its id */
	size_t slot_count;
	struct intake_failure *failures;
	size_t failure_count, failure_size;
};
void intake_report_release(struct intake_report *r);

/* Reads the files ("-" is standard input), and those below folders, into the
 * store. A file that fails is rolled back alone and named in the report; the
 * others stand. -1 only when nothing at all could be done (store errors). */
int intake_import(struct store *s, const struct rules *rules, const struct responses *responses,
		  const char *const *files, size_t count, const struct intake_options *o,
		  struct intake_report *ret, struct err *err);

/* Counts of a redraft or rebuild. */
struct intake_changes {
	uint64_t items, reclassified, redrafted, kept_edits, kept_decisions, stale;
};
/* rebuild: drop all that is derived, classify every item again, and draft those
 * whose basis changed; decided and edited ones only become stale by that.
 * redraft: another wording for the items given, a rejected one open again; with
 * ids NULL, a rebuild that drops nothing first. ERR_USAGE for an unknown id. */
int intake_rebuild(struct store *s, const struct rules *rules, const struct responses *responses,
		   struct intake_changes *ret, struct diags *d, struct err *err);
int intake_redraft(struct store *s, const struct rules *rules, const struct responses *responses,
		   const int64_t *ids, size_t count, int64_t now, struct intake_changes *ret,
		   struct diags *d, struct err *err);

#endif
