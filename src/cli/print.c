/* print.c - what both printers share: writing, words of enums, sums. */
#include "print.h"

#include <errno.h>

#include "dear/buf.h"
#include "dear/evaluate.h"
#include "dear/store.h"

#include "print_internal.h"

const struct item_flag print_flags[] = {
	{ ITEM_ANSWERED, "answered" },
	{ ITEM_EDITED, "edited" },
	{ ITEM_STALE, "stale" },
	{ ITEM_EXPORTED, "exported" },
	{ 0 },
};

const char *print_reason(const struct item *it)
{
	bool open = it->status == ITEM_NEEDS_PERSON || it->status == ITEM_NO_REPLY;

	return open && it->reason != TRIAGE_NONE ? triage_word(it->reason) : NULL;
}

void out_write(struct out *o, struct buf *b)
{
	if (!o->error && b->len && fwrite(b->str, 1, b->len, o->file) < b->len)
		o->error = errno ? errno : EIO;
	buf_clear(b);
}

const char *print_outcome_word(enum review_outcome outcome)
{
	switch (outcome) {
	case REVIEW_DONE:
		return "done";
	case REVIEW_NOTHING:
		return "nothing";
	case REVIEW_NO_ITEM:
		return "no_item";
	case REVIEW_NO_REPLY_TEXT:
		return "no_reply_text";
	case REVIEW_CONFLICT:
		return "conflict";
	case REVIEW_BLOCKED:
		return "blocked";
	case REVIEW_NOT_NOW:
		return "not_now";
	case REVIEW_EXPORTED:
		return "exported";
	}
	return "";
}

void print_bands(const struct evaluate_result *e, struct print_band *high,
		 struct print_band *medium)
{
	*high = *medium = (struct print_band){ 0 };
	for (size_t i = 0; i < e->label_count; i++) {
		high->given += e->labels[i].high;
		high->right += e->labels[i].high_right;
		medium->given += e->labels[i].medium;
		medium->right += e->labels[i].medium_right;
	}
}
