/* intake_internal.h - what the files of the intake share. */
#ifndef DEAR_INTAKE_INTERNAL_H
#define DEAR_INTAKE_INTERNAL_H

#include "dear/intake.h"

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
void intake_report_failure(struct intake_report *r, const char *file, const struct err *err);

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
