/* draft_words.c - the words of a reply, for counting, for house style and for
 * runs that must not come twice. Letters, digits, apostrophes and every byte
 * beyond ASCII are word; the General Punctuation block (dashes, quotes) is not.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/hash.h"
#include "draft_internal.h"

#define FNV_PRIME 0x100000001b3u

#define LOW  "abcdefghijklmnopqrstuvwxyz"
#define NONE "\0\0\0\0\0\0\0\0"

/* An ASCII byte as it is hashed: lower case; 0 when it is no part of a word. */
static const char fold[129] = NONE NONE NONE NONE "\0\0\0\0\0\0\0'" NONE "0123456789\0\0\0\0\0\0"
						  "\0" LOW "\0\0\0\0\0"
						  "\0" LOW "\0\0\0\0\0";

/* Reads one word at s; returns its length, 0 when there is none. */
static size_t read_word(const char *s, size_t len, uint64_t *ret_hash)
{
	uint64_t h = HASH_START;
	size_t i = 0;

	while (i < len) {
		unsigned char c = (unsigned char)s[i];
		size_t n = 1;

		if (c < 0x80) {
			c = (unsigned char)fold[c];
		} else if (c == 0xe2 && i + 2 < len && (unsigned char)s[i + 1] == 0x80) {
			c = (unsigned char)s[i + 2] == 0x99 ? '\'' : 0;
			n = 3;
		}
		if (c == 0)
			break;
		h = (h ^ c) * FNV_PRIME;
		i += n;
	}
	*ret_hash = h;
	return i;
}

uint64_t words_hash(const char *word, size_t len)
{
	uint64_t h;

	read_word(word, len, &h);
	return h;
}

static bool ends_sentence(char c)
{
	return c == '.' || c == '!' || c == '?' || c == '\n';
}

void words_read(const char *text, struct arena *a, struct words *ret)
{
	size_t len = strlen(text), i = 0, n;
	uint32_t sentence = 0;
	uint64_t hash;

	ret->count = 0;
	ret->list = arena_alloc(a, (len / 2 + 1) * sizeof(*ret->list));
	while (i < len) {
		n = read_word(text + i, len - i, &hash);
		if (n == 0) {
			sentence += ends_sentence(text[i++]);
			continue;
		}
		ret->list[ret->count++] = (struct word){
			.start = (uint32_t)i,
			.end = (uint32_t)(i + n),
			.sentence = sentence,
			.hash = hash,
		};
		i += n;
	}
}

int words_compare_runs(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

uint64_t words_run(const struct words *w, size_t i)
{
	uint64_t h = 0;

	for (size_t k = i; k < i + RUN_WORDS; k++)
		h = (h ^ w->list[k].hash) * FNV_PRIME;
	return h ? h : 1;
}
