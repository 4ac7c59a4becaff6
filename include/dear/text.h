/* text.h - a comment's text as sentences and tokens, with the way back.
 *
 * Rules match on tokens: lower case, NFC, curly quotes straight, zero-width
 * characters gone, contractions opened ("hasn't" and "hasnt" are "has" "not"),
 * chat spelling put right ("bf" boyfriend, "u" you, "2 wks" 2 weeks), emoji
 * kept as tokens. Every token knows the span of the source it stands for, in
 * bytes and in code points, so that evidence can be quoted exactly. Two tokens
 * of one contraction share the word's whole span.
 */
#ifndef DEAR_TEXT_H
#define DEAR_TEXT_H

#include <stddef.h>
#include <stdint.h>

struct arena;

enum token_kind { TOKEN_WORD, TOKEN_NUMBER, TOKEN_PUNCT, TOKEN_EMOJI };

struct token {
	const char *word;          /* normalised, NUL-terminated; in the arena */
	uint32_t hash;             /* of word: text_word_hash */
	uint32_t start, end;       /* bytes of the source */
	uint32_t cp_start, cp_end; /* code points of the source */
	uint32_t sentence;         /* index */
	uint16_t rank;             /* of a word: text_word_rank */
	uint8_t kind;              /* enum token_kind */
	uint8_t quoted;            /* inside quotation marks or a "> " line: not the
				      reader's own voice */
};

struct sentence {
	uint32_t first, last; /* tokens [first, last) */
	uint8_t question;     /* ends in '?', or begins like a question */
	uint8_t paragraph;    /* number of its paragraph, cut at 255 */
};

struct text {
	const char *source; /* borrowed */
	size_t len;
	struct token *tokens;
	uint32_t token_count;
	struct sentence *sentences;
	uint32_t sentence_count;
	uint32_t word_count;
	uint8_t cut; /* more than BOUND_TEXT_TOKENS: the rest was left out */
};

/* source: valid UTF-8, must outlive the result. All memory from the arena. */
void text_read(const char *source, size_t len, struct arena *a, struct text *ret);
uint32_t text_word_hash(const char *word, size_t len);

/* A duration said in the text, in the one form of corpus/LABELS.md. */
struct duration {
	uint32_t first, last; /* tokens [first, last) */
	char value[24];       /* "42 days", "a few weeks" */
	double days;          /* rough length, for comparing */
};
/* Finds the durations in reading order; returns how many, *ret in the arena. */
size_t text_durations(const struct text *t, struct arena *a, struct duration **ret);

/* Share of words that are everyday English words, 0 to 1; 1 when there are
 * too few words to say (fewer than 6). */
double text_english(const struct text *t);

/* Rank of a normalised word among the everyday words of English, from 1; 0
 * when it is not one of them. */
unsigned text_word_rank(const char *word);

#endif
