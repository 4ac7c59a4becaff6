/* stats.h - what came in and what became of it, counted: by week, by situation,
 * by response and, of these, by wording and sentence. Reads the store, prints
 * nothing; the terminal, JSON and the web page show the same numbers.
 *
 * A draft's fate: approved unchanged, edited (an editor's text was approved that
 * was written from it), rejected. A verdict that was taken back is none. All
 * memory is the arena's.
 */
#ifndef DEAR_STATS_H
#define DEAR_STATS_H

#include <stddef.h>
#include <stdint.h>

struct arena;
struct err;
struct store;

/* Upper ends of the spans in which times to a decision are counted, in seconds;
 * the last span has none. */
#define STATS_SPANS 6
extern const int64_t stats_spans[STATS_SPANS - 1];
const char *stats_span_word(size_t i); /* "within an hour" ... */

struct stats_fate {
	uint64_t unchanged, edited, rejected;
};

struct stats_reason {
	const char *code; /* of review_reasons; "" for none given */
	uint64_t count;
};

struct stats_week {
	int64_t monday;    /* seconds since 1970 */
	uint64_t came;     /* comments by readers, a burst once */
	uint64_t answered; /* replies approved, and those the column gave itself */
};

struct stats_situation {
	const char *label;
	uint64_t came;
	struct stats_fate fate;
	uint64_t own; /* replies that editors wrote without a draft */
	uint64_t dismissed;
};

struct stats_wording {
	unsigned number; /* from 1 */
	uint64_t used;
};

/* A sentence of a wording that editors did not leave as it was. */
struct stats_sentence {
	unsigned wording, number; /* both from 1 */
	const char *text;         /* as it stood in the last of those drafts */
	uint64_t changed, dropped;
};

struct stats_response {
	const char *name; /* "ex-letter/no-contact" */
	uint64_t used;    /* drafts that had it */
	struct stats_fate fate;
	struct stats_reason *reasons; /* of the rejections, the most frequent first */
	size_t reason_count;
	struct stats_wording *wordings; /* by number: their wear */
	size_t wording_count;
	struct stats_sentence *sentences; /* those touched most first */
	size_t sentence_count;
};

struct stats {
	int64_t since, now;
	uint64_t came;      /* comments by readers */
	uint64_t by_column; /* of them answered on the site */
	uint64_t waiting;   /* undecided items that nobody answered */
	struct stats_fate fate;
	uint64_t own, dismissed;
	uint64_t spans[STATS_SPANS]; /* from being read to the first decision */
	int64_t median;              /* of that; -1: none was decided */
	struct stats_reason *reasons;
	size_t reason_count;
	struct stats_week *weeks; /* without gaps, oldest first */
	size_t week_count;
	struct stats_situation *situations; /* those that came most first */
	size_t situation_count;
	struct stats_response *responses; /* those used most first */
	size_t response_count;
	int64_t *unmatched; /* items in which too little was found, newest first */
	size_t unmatched_count;
};

/* since: comments, decisions and answers from then on; INT64_MIN: all. Uses of
 * wordings are counted whatever since. */
int stats_make(struct store *s, int64_t since, int64_t now, struct arena *a, struct stats *ret,
	       struct err *err);

#endif
