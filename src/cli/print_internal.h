/* print_internal.h - what the two printers share, and the means of print_text. */
#ifndef DEAR_CLI_PRINT_INTERNAL_H
#define DEAR_CLI_PRINT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/review.h"
#include "dear/situation.h"

#include "print.h"

struct buf;
struct fact;
struct item;
struct situation;

/* ---- print.c: words and sums for both ---- */

struct item_flag {
	unsigned bit;
	const char *word;
};
extern const struct item_flag print_flags[]; /* NULL-word-ended */
/* Why an item needs a person or no reply; NULL once an editor has decided. */
const char *print_reason(const struct item *it);

/* "done", "nothing", "no_item" ... */
const char *print_outcome_word(enum review_outcome outcome);

/* Labels with fewer posts say too little to be averaged. */
enum { PRINT_MACRO_SUPPORT = 10 };

/* How many labels were given with a band, and how many of them rightly. */
struct print_band {
	uint64_t given, right;
};
void print_bands(const struct evaluate_result *e, struct print_band *high,
		 struct print_band *medium);

/* ---- print_words.c: readers' words on a terminal ---- */

/* On one line: blanks and newlines run together, cut to columns with an
 * ellipsis. Returns the columns used. */
int words_line(struct buf *b, const char *s, int columns);
/* As words_line, then blanks up to the column. */
void words_cell(struct buf *b, const char *s, int columns);
/* Lines of the text, wrapped, each after the prefix; ends in a newline. */
void words_block(struct buf *b, const struct out *o, const char *prefix, const char *s);
/* The same with the evidence's spans marked: underlined, or in [brackets]. */
void words_evidence(struct buf *b, const struct out *o, const char *prefix, const char *s,
		    const struct classification *c);
/* A source's date in so many columns: of an ISO date the day (10 columns) or day
 * and minute (16), of another what fits; "-" for none. */
void words_date(struct buf *b, const char *date, int columns);
/* "“quote”" on one line. */
void words_quote(struct buf *b, const char *quote);
/* "no_contact.day_count" as "day count". */
void words_cue(struct buf *b, const char *cue);
/* Seconds since 1970 as "2024-05-31 09:30". */
void words_time(struct buf *b, int64_t utc);
/* Bold on a colour terminal. */
void words_head(struct buf *b, const struct out *o, const char *head);

/* ---- print_found.c: what classify found ---- */

/* Each situation with band and quoted words for and against, then facts. */
void found_situations(struct buf *b, const struct classification *c);
void found_facts(struct buf *b, const struct classification *c);
void found_people(struct buf *b, const struct classification *c);
void found_events(struct buf *b, const struct classification *c);
/* What triage makes of it, as a sentence. */
void found_triage(struct buf *b, enum triage t);

/* ---- print_filter.c ---- */

void text_filters(struct out *o, const struct store_saved *list, size_t count);
void json_filters(struct out *o, const struct store_saved *list, size_t count);

/* ---- print_stats.c ---- */

void text_stats(struct out *o, const struct stats *s, bool responses);
void json_stats(struct out *o, const struct stats *s, bool responses);

/* ---- the parts of print_text, one file each ---- */

void text_imported(struct out *o, const struct intake_thread *t, const struct import_extra *x);
void text_list_begin(struct out *o);
void text_list_item(struct out *o, const struct item *it, const struct classification *c);
void text_list_end(struct out *o);
void text_item(struct out *o, const struct item_view *v);
void text_tree_begin(struct out *o, const struct store_thread *t);
void text_tree_node(struct out *o, const struct store_node *n);
void text_tree_end(struct out *o);
void text_explanation(struct out *o, const struct explanation *e);
void text_trial(struct out *o, const struct trial *t);
void text_training(struct out *o, const struct train_report *r);
void text_evaluation(struct out *o, const struct evaluate_result *e, bool misses);

#endif
