/* responses.h - responses/ loaded and checked, and drafts made from them.
 *
 * The header lines and variables of a response file are documented in
 * responses/README.md. Drafting is pure: no clock, no random; variety comes
 * from a memory of what was already said. A loaded set never changes; a memory
 * belongs to its thread of comments and is used in thread order. It compares
 * the first 300 replies of a thread word for word: none repeats a run of eight
 * words while there are wordings left. After that, and for the last 24 parts a
 * reader was told, it knows which wordings and responses were used.
 */
#ifndef DEAR_RESPONSES_H
#define DEAR_RESPONSES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct classification;
struct diags;
struct draft;
struct err;
struct responses;
struct draft_memory;

/* dir: the responses folder. voice: one of its voices/ by name; NULL for
 * voice.json. ERR_RULES with file and line; ERR_IO. */
struct responses *responses_load(const char *dir, const char *voice, struct err *err);
void responses_free(struct responses *r);
uint64_t responses_version(const struct responses *r);
/* Lints the set: situations, facts and details that nothing gives (labels and
 * details NULL-ended, from rules_labels and rules_details); house style on every
 * wording; and trial drafts: in each topic for every set of up to three
 * situations, and every detail with and without a situation or a second detail,
 * with the facts varied throughout. What none of them was made of is unreachable.
 * Returns how many findings were added (DIAG_DATA); *ret_tried: drafts tried. */
size_t responses_check(const struct responses *r, const char *const *labels,
		       const char *const *details, struct diags *d, uint64_t *ret_tried);
/* The column's fixed safety text; never varied. */
const char *responses_safety_text(const struct responses *r);

struct draft_memory *draft_memory_new(const struct responses *r);
void draft_memory_free(struct draft_memory *m);
/* Takes note of a reply that stands already (an earlier import's, an approved
 * one), in thread order. responses may be NULL for an editor's own text. */
void draft_memory_learn(struct draft_memory *m, const char *person, const char *responses,
			const char *text);

struct draft_request {
	const struct classification *found;
	const char *author;       /* display name as given; NULL when unnamed */
	const char *person;       /* key of the same reader over the thread; NULL */
	const char *text;         /* the comment */
	const char *title;        /* of the article; NULL */
	bool follow_up;           /* answers a staff reply to the same reader */
	const char *earlier;      /* the reply this reader got before; NULL */
	const char *const *avoid; /* texts an editor rejected; NULL-ended; NULL */
};

/* What draft_write would set as basis (draft.h), without drafting. */
uint64_t draft_basis(const struct responses *r, const struct draft_request *req);

/* Drafts a reply. ret->text is NULL when triage forbids one, when nothing fits
 * (then DIAG_NO_RESPONSE), or when plan.json leaves it to a person (exact, person);
 * a reply that breaks the house style is never handed out. Memory from the arena; m
 * takes note of the result. */
int draft_write(const struct responses *r, const struct draft_request *req, struct draft_memory *m,
		struct arena *a, struct draft *ret, struct diags *d, struct err *err);

/* One breach of the house style. */
struct style_breach {
	const char *rule;  /* "unfilled", "length", "banned", "promise" ... */
	const char *text;  /* what to do, one line */
	size_t start, end; /* code points of the reply; 0, 0 for the whole */
	bool blocks;       /* may not be approved as it is: unfilled variable or
			      bracket (any text), everything (dear's own) */
};
/* own: dear's draft (every rule blocks) or an editor's text (only unfilled
 * variables and brackets do). found may be NULL. Returns how many. */
size_t style_check(const struct responses *r, const char *reply, bool own,
		   const struct classification *found, struct arena *a, struct style_breach **ret);

#endif
