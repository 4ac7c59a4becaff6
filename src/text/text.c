/* text.c - a comment's source read into sentences and tokens.
 *
 * Drives the tokeniser over the source, then closes the sentences: where each
 * ends, and whether it asks. It knows no meaning; rules do.
 */
#include "dear/text.h"

#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/mem.h"
#include "text_internal.h"

#define BYTES_A_TOKEN 3 /* English has 4 or more: room for most texts */

uint32_t text_word_hash(const char *word, size_t len)
{
	uint32_t hash = TEXT_HASH_START;
	for (size_t i = 0; i < len; i++)
		hash = text_hash_step(hash, word[i]);
	return hash;
}

static bool word_in(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (**list == *word && !strcmp(word, *list))
			return true;
	return false;
}

/* "should i", "did he", "what do": a question whatever ends it. */
static bool begins_like_question(const struct text *t, uint32_t first, uint32_t last)
{
	static const char *const verbs[] = { "am",   "are",   "can",   "could",  "did",
					     "do",   "does",  "has",   "have",   "is",
					     "may",  "might", "shall", "should", "was",
					     "were", "will",  "would", NULL };
	static const char *const subjects[] = { "anybody", "anyone", "he",    "i",
						"it",      "my",     "she",   "that",
						"them",    "there",  "these", "they",
						"this",    "we",     "you",   NULL };
	static const char *const asking[] = { "how",   "what", "when", "where",
					      "which", "who",  "why",  NULL };
	static const char *const lead[] = { "also", "and", "but", "hi", "hello", "or", "so", NULL };
	while (first < last && word_in(t->tokens[first].word, lead))
		first++;
	if (last - first < 3)
		return false;
	const char *a = t->tokens[first].word, *b = t->tokens[first + 1].word;
	if (word_in(a, verbs))
		return word_in(b, subjects);
	return word_in(a, asking) && word_in(b, verbs) && strcmp(a, "when") != 0;
}

static bool asks(const struct text *t, uint32_t first, uint32_t last)
{
	for (uint32_t i = last; i > first; i--) {
		const struct token *k = &t->tokens[i - 1];
		if (k->kind == TOKEN_PUNCT && *k->word == '?')
			return true;
		if (k->kind == TOKEN_WORD || k->kind == TOKEN_NUMBER)
			break;
	}
	return begins_like_question(t, first, last);
}

static void close_sentences(const struct text_reader *r, struct text *t)
{
	t->sentence_count = (uint32_t)r->sentence_count;
	t->sentences = arena_alloc(r->arena, (r->sentence_count + 1) * sizeof(*t->sentences));
	for (uint32_t i = 0; i < t->sentence_count; i++) {
		struct sentence *s = &t->sentences[i];
		s->first = r->starts[i];
		s->last = i + 1 < t->sentence_count ? r->starts[i + 1] : t->token_count;
		s->paragraph = r->paragraphs[i];
		s->question = asks(t, s->first, s->last);
	}
}

void text_read(const char *source, size_t len, struct arena *a, struct text *ret)
{
	struct text_reader r = { .source = source, .len = len, .arena = a, .fresh = true };
	r.words = text_word_table();
	r.pool = arena_room(a, 2 * len + 16);
	r.size = len / BYTES_A_TOKEN + 16;
	r.tokens = arena_room(a, r.size * sizeof(*r.tokens));
	while (r.pos < r.len && !r.cut) {
		if (source[r.pos] != ' ') {
			text_token_next(&r);
			continue;
		}
		r.pos++;
		r.cp++;
	}
	struct text t = { .source = source, .len = len, .cut = r.cut };
	t.token_count = (uint32_t)r.count;
	t.tokens = r.tokens;
	for (size_t i = 0; i < r.count; i++)
		t.word_count += t.tokens[i].kind == TOKEN_WORD;
	close_sentences(&r, &t);
	free(r.starts);
	free(r.paragraphs);
	*ret = t;
}
