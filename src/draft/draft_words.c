/* The words of a reply, for counting, for house style and for runs that must
 * not come twice. Letters, digits, apostrophes and every byte beyond ASCII are
 * word; the General Punctuation block (dashes, quotes) is not. */
#include <string.h>

#include "dear/arena.h"
#include "dear/hash.h"
#include "draft_internal.h"

/* Bytes of the word character at s, 0 when it is none; *ret its lower-case
 * form when that is a single byte. */
static size_t word_char(const char *s, char *ret)
{
	unsigned char c = (unsigned char)s[0];

	*ret = '\0';
	if (c == 0xe2 && (unsigned char)s[1] == 0x80) {
		*ret = '\'';
		return (unsigned char)s[2] == 0x99 ? 3 : 0;
	}
	if (c >= 0x80)
		return 1;
	if (c >= 'A' && c <= 'Z')
		*ret = (char)(c - 'A' + 'a');
	else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'')
		*ret = (char)c;
	return *ret != '\0';
}

static uint64_t hash_word(const char *s, size_t len)
{
	uint64_t h = HASH_START;
	char low;

	for (size_t i = 0; i < len;) {
		size_t n = word_char(s + i, &low);

		if (low)
			h = hash_bytes(h, &low, 1);
		else
			h = hash_bytes(h, s + i, 1);
		i += n ? n : 1;
	}
	return h;
}

uint64_t words_hash(const char *word, size_t len)
{
	return hash_word(word, len);
}

static bool ends_sentence(char c)
{
	return c == '.' || c == '!' || c == '?' || c == '\n';
}

void words_read(const char *text, struct arena *a, struct words *ret)
{
	size_t len = strlen(text), i = 0;
	uint32_t sentence = 0;
	char low;

	ret->count = 0;
	ret->list = arena_alloc(a, (len / 2 + 1) * sizeof(*ret->list));
	while (i < len) {
		size_t start = i, n;

		while (i < len && (n = word_char(text + i, &low)) > 0)
			i += n;
		if (i == start) {
			sentence += ends_sentence(text[i++]);
			continue;
		}
		ret->list[ret->count++] = (struct word){
			.start = (uint32_t)start,
			.end = (uint32_t)i,
			.sentence = sentence,
			.hash = hash_word(text + start, i - start),
		};
	}
}

uint64_t words_run(const struct words *w, size_t i)
{
	uint64_t h = 0;

	for (size_t k = i; k < i + RUN_WORDS; k++)
		h = (h ^ w->list[k].hash) * 0x100000001b3u;
	return h ? h : 1;
}
