/* stats_internal.h - what the counting of responses shares with the rest. */
#ifndef DEAR_STATS_INTERNAL_H
#define DEAR_STATS_INTERNAL_H

#include "dear/arena.h"
#include "dear/stats.h"
#include "dear/store.h"

/* Growing lists; their ends go to the arena. */
struct stats_reasons {
	struct stats_reason *list;
	size_t count, size;
};
void stats_reason_add(struct stats_reasons *r, struct arena *a, const char *code);
/* Sorted into the arena; lets go of the list. */
struct stats_reason *stats_reason_list(struct stats_reasons *r, struct arena *a, size_t *ret_count);

struct response_tally; /* stats_response.c */
struct response_tally *response_tally_new(struct arena *a);
void response_tally_use(struct response_tally *t, const char *responses);
void response_tally_verdict(struct response_tally *t, const struct store_verdict *v);
/* Hands the result out and is gone. */
void response_tally_end(struct response_tally *t, struct stats *ret);

/* stats_sentence.c: a draft's part, sentence by sentence, against what was
 * approved. Calls for each sentence that is not there as it was; kept: some of
 * its words stand together in another one. */
void stats_sentences(const char *part, size_t len, const char *final,
		     void (*touched)(void *ctx, unsigned number, const char *text, size_t len,
				     int changed),
		     void *ctx);

#endif
