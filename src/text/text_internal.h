/* text_internal.h - what the files of src/text share. */
#ifndef DEAR_TEXT_INTERNAL_H
#define DEAR_TEXT_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dear/text.h"

struct arena;

#define TEXT_SPELLING_WORDS 5

/* What the tables know about a written word. */
struct word_entry {
	const char *written;
	const char *words[TEXT_SPELLING_WORDS]; /* put right; all NULL when it is right */
	uint16_t everyday;                      /* rank among everyday words, 0 when not one */
};

/* The first bytes of a word, zeroes after its end, to compare at once. */
#define TEXT_KEY_BYTES 8
static inline uint64_t text_word_key(const char *word)
{
	char bytes[TEXT_KEY_BYTES] = { 0 };
	uint64_t key;
	for (size_t i = 0; i < sizeof(bytes) && word[i]; i++)
		bytes[i] = word[i];
	memcpy(&key, bytes, sizeof(key));
	return key;
}

/* The tables, filled once; NULL when they don't know the word. */
struct word_table;
const struct word_table *text_word_table(void);
const struct word_entry *text_word_find(const struct word_table *t, const char *word, uint64_t key,
					uint32_t hash);

/* text_word_hash, a byte at a time: words are hashed while they are read. */
#define TEXT_HASH_START 2166136261u
static inline uint32_t text_hash_step(uint32_t hash, char c)
{
	return (hash ^ (unsigned char)c) * 16777619u;
}

/* The state of one reading: tokens and words live in the arena. */
struct text_reader {
	const char *source;
	size_t len, pos, cp;
	struct arena *arena;
	const struct word_table *words;
	char *pool; /* room for every ASCII word of the source, and a key behind the last */
	struct token *tokens;
	size_t count, size;
	uint32_t *starts; /* first token of each sentence */
	uint8_t *paragraphs;
	size_t sentence_count, sentence_size, paragraph_size;
	size_t quote_end;  /* tokens before this byte are quoted */
	size_t quote_seen; /* quotation marks up to this byte are dealt with */
	size_t pending;    /* index + 1 of an open "'d" or "'s"; 0 when none */
	unsigned paragraph;
	bool fresh; /* the next token begins a sentence */
	bool cut;
};

/* text_token.c: reads one token (or passes over what is none). */
void text_token_next(struct text_reader *r);
/* Ends the sentence before the next token. */
void text_token_break(struct text_reader *r, bool paragraph);

/* text_quote.c: at a quotation mark of n bytes at r->pos; marks what it opens. */
void text_quote_mark(struct text_reader *r, uint32_t cp, size_t n);

#endif
