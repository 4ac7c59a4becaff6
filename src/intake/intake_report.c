/* intake_report.c - the report of an import: one entry a thread, one a failed
 * file. Only keeps; counting is done where the work is.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "intake_internal.h"

const char *intake_skip_word(size_t i)
{
	if (i < COMMENT_STATUS_COUNT)
		return comment_status_word((enum comment_status)i);
	return i == COMMENT_STATUS_COUNT ? "duplicate" : "forgotten";
}

static uint32_t *find_slot(const struct intake_report *r, int64_t thread)
{
	size_t at = (uint64_t)thread * 0x9e3779b97f4a7c15u % r->slot_count;

	while (r->slots[at] && r->threads[r->slots[at] - 1].thread != thread)
		at = (at + 1) % r->slot_count;
	return &r->slots[at];
}

static void grow_slots(struct intake_report *r)
{
	if (2 * (r->thread_count + 1) < r->slot_count)
		return;
	r->slot_count = r->slot_count ? 2 * r->slot_count : 16;
	free(r->slots);
	r->slots = mem_alloc(r->slot_count * sizeof(*r->slots));
	for (size_t i = 0; i < r->thread_count; i++)
		*find_slot(r, r->threads[i].thread) = (uint32_t)i + 1;
}

struct intake_thread *intake_report_thread(struct intake_report *r, int64_t thread)
{
	struct intake_thread *t;
	uint32_t *slot;

	grow_slots(r);
	slot = find_slot(r, thread);
	if (*slot)
		return &r->threads[*slot - 1];
	r->threads =
		mem_grow(r->threads, &r->thread_size, r->thread_count + 1, sizeof(*r->threads));
	t = &r->threads[r->thread_count++];
	memset(t, 0, sizeof(*t));
	t->thread = thread;
	t->diags = mem_alloc(sizeof(*t->diags));
	*slot = (uint32_t)r->thread_count;
	return t;
}

void intake_report_failure(struct intake_report *r, const char *file, const struct err *err,
			   bool passed)
{
	struct intake_failure *f;

	r->failures =
		mem_grow(r->failures, &r->failure_size, r->failure_count + 1, sizeof(*r->failures));
	f = &r->failures[r->failure_count++];
	f->file = mem_strdup(file);
	f->err = *err;
	f->passed = passed;
}

void intake_report_release(struct intake_report *r)
{
	for (size_t i = 0; i < r->thread_count; i++) {
		free(r->threads[i].title);
		free(r->threads[i].format);
		diags_release(r->threads[i].diags);
		free(r->threads[i].diags);
	}
	for (size_t i = 0; i < r->failure_count; i++)
		free(r->failures[i].file);
	free(r->threads);
	free(r->slots);
	free(r->failures);
	memset(r, 0, sizeof(*r));
}
