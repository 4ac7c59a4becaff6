/* draft.h - dear's reply text for one item. Plain data. */
#ifndef DEAR_DRAFT_H
#define DEAR_DRAFT_H

#include <stddef.h>
#include <stdint.h>

struct draft {
	const char *text;      /* opening to sign-off; paragraphs apart by a blank
				  line; NULL when no response fits */
	const char *responses; /* what it was made of: "ex-letter/no-contact/2 ..." */
	const char *lengths;   /* bytes of each of these in the text, in its order:
				  "57 120 44"; NULL: not known */
	uint64_t basis;        /* changes when the comment's classification, the
				  responses that fit, or the house style change;
				  not when only another wording was picked */
};

#endif
