/* situation.h - what classify found in one comment. Plain data, so that store,
 * draft and export can use it without the engine. Strings and arrays live in
 * the arena given to the engine (or to the store's reader).
 */
#ifndef DEAR_SITUATION_H
#define DEAR_SITUATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* low means "maybe"; medium and high mean "given". Words: "low" ... */
enum band { BAND_NONE, BAND_LOW, BAND_MEDIUM, BAND_HIGH };
const char *band_word(enum band b);
/* BAND_NONE for an unknown word. */
enum band band_parse(const char *word);

/* Why an item needs a person or no reply. Word in parentheses is stored. */
#define TRIAGE_REASONS(X)                              \
	X(TRIAGE_NONE, "")                             \
	X(TRIAGE_SAFETY, "safety")                     \
	X(TRIAGE_UNSURE, "unsure")                     \
	X(TRIAGE_LANGUAGE, "language")                 \
	X(TRIAGE_MINOR, "minor")                       \
	X(TRIAGE_LEGAL_OR_MEDICAL, "legal_or_medical") \
	X(TRIAGE_SPAM, "spam")                         \
	X(TRIAGE_THANKS, "thanks")                     \
	X(TRIAGE_READER_TO_READER, "reader_to_reader")
enum triage {
#define X(id, word) id,
	TRIAGE_REASONS(X)
#undef X
		TRIAGE_COUNT
};
const char *triage_word(enum triage t);
enum triage triage_parse(const char *word); /* TRIAGE_NONE when unknown */
/* drafted, needs_person or no_reply: what the reason makes of an item. */
const char *triage_status(enum triage t);

/* The same for an editor: "A person has to answer: ..." */
const char *triage_sentence(enum triage t);

/* A span of the comment that a cue matched. */
struct evidence {
	uint32_t start, end; /* code points of the comment's text */
	const char *quote;   /* exactly text[start:end] */
	const char *cue;     /* "no_contact.day_count" */
	bool supports;       /* false: speaks against */
};

struct situation {
	const char *label; /* "no_contact" */
	double score;      /* 0 to 1 */
	enum band band;    /* never BAND_NONE in a list */
	struct evidence *evidence;
	size_t evidence_count;
};

struct fact {
	const char *name;  /* "ex_pronoun", "since_end" ... */
	const char *value; /* "he", "42 days" */
	const char *quote;
	uint32_t start, end;
};

/* Something a reply can take up that is no situation: a question asked, a
 * habit mentioned ("asks_when", "posts_pictures"). For drafting and explain;
 * not part of the JSON of `dear classify`. */
struct detail {
	const char *name;
	const char *quote;
	uint32_t start, end;
};

/* How an event is meant. */
#define HOWS(X)                     \
	X(HOW_HAPPENED, "happened") \
	X(HOW_OVER, "over")         \
	X(HOW_DENIED, "denied")     \
	X(HOW_PLANNED, "planned")   \
	X(HOW_SUPPOSED, "supposed") \
	X(HOW_FEARED, "feared")     \
	X(HOW_ASKED, "asked")       \
	X(HOW_TOLD, "told")         \
	X(HOW_QUOTED, "quoted")     \
	X(HOW_CLAIMED, "claimed")
enum how {
#define X(id, word) id,
	HOWS(X)
#undef X
		HOW_COUNT
};
const char *event_how_word(enum how h);

/* Who did what to whom, as the text tells it. For explain. */
struct event {
	const char *kind;           /* "end", "contact" */
	const char *actor, *target; /* "reader", "ex", "both", "other", "you", "nobody" */
	enum how how;
	const char *quote;
	uint32_t start, end; /* code points */
};

/* Somebody whom the text names: "my ex girlfriend", "her mom". */
struct person {
	const char *who; /* "ex", "other", "both" */
	const char *quote;
	uint32_t start, end; /* code points */
};

struct classification {
	const char *topic;            /* "ex-letter"; NULL when none */
	struct situation *situations; /* best first; bands low and up */
	size_t situation_count;
	struct fact *facts; /* by name */
	size_t fact_count;
	struct detail *details; /* in reading order, each name once */
	size_t detail_count;
	bool unsure;
	enum triage triage;
	struct event *events; /* in reading order */
	size_t event_count;
	struct person *people; /* in reading order, each wording once */
	size_t person_count;
};

/* NULL when absent. */
const struct situation *classification_find(const struct classification *c, const char *label);
/* True when the label is given: band medium or high. */
bool classification_given(const struct classification *c, const char *label);
const char *classification_fact(const struct classification *c, const char *name);
bool classification_detail(const struct classification *c, const char *name);
/* Hash of labels with bands, facts, details and triage: says whether a
 * re-classification changed anything a draft depends on. */
uint64_t classification_hash(const struct classification *c);

#endif
