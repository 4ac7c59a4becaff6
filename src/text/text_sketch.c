/* text_sketch.c - a comment as a set of runs of three words, and the keys by
 * which comments that may be alike find each other.
 */
#include "dear/sketch.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/hash.h"
#include "dear/utf8.h"

enum { RUN_WORDS = 3, MINIMA_PER_KEY = 3, MINIMA = SKETCH_KEYS * MINIMA_PER_KEY };

/* What a character is for the splitting into words. */
enum role { ROLE_APART, ROLE_LETTER, ROLE_ALONE, ROLE_INSIDE };

static enum role role_of(uint32_t cp)
{
	if (cp < 0x80) {
		if (cp == '\'')
			return ROLE_INSIDE;
		return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') ||
				       (cp >= 'A' && cp <= 'Z')
			       ? ROLE_LETTER
			       : ROLE_APART;
	}
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LO:
		return utf8_width(cp) == 2 ? ROLE_ALONE : ROLE_LETTER;
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_MN:
	case UTF8PROC_CATEGORY_MC:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
		return ROLE_LETTER;
	default:
		/* The curly apostrophe, and what has no width. */
		return cp == 0x2019 || utf8_width(cp) == 0 ? ROLE_INSIDE : ROLE_APART;
	}
}

static uint64_t hash_letter(uint64_t h, uint32_t cp)
{
	char bytes[4];

	if (cp < 0x80)
		bytes[0] = (char)(cp >= 'A' && cp <= 'Z' ? cp + 32 : cp);
	else
		cp = (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
	return cp < 0x80 ? hash_bytes(h, bytes, 1) : hash_bytes(h, bytes, utf8_encode(cp, bytes));
}

/* Hashes of the words, in order. */
static void read_words(const char *text, struct buf *words)
{
	size_t len = strlen(text);
	uint64_t h = HASH_START;
	bool open = false;
	uint32_t cp;

	for (size_t i = 0; i < len; i += utf8_decode(text + i, len - i, &cp)) {
		enum role role;

		utf8_decode(text + i, len - i, &cp);
		role = role_of(cp);
		if (role == ROLE_INSIDE)
			continue;
		if (open && role != ROLE_LETTER) {
			buf_add(words, &h, sizeof(h));
			open = false;
		}
		if (role == ROLE_APART)
			continue;
		h = hash_letter(open ? h : HASH_START, cp);
		open = true;
	}
	if (open)
		buf_add(words, &h, sizeof(h));
}

/* Spreads a number over all its bits (the finish of splitmix64). */
static uint64_t mix(uint64_t x)
{
	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
	x = (x ^ x >> 27) * 0x94d049bb133111ebu;
	return x ^ x >> 31;
}

static int by_value(const void *x, const void *y)
{
	const uint64_t *a = x, *b = y;

	return (*a > *b) - (*a < *b);
}

static void make_runs(const uint64_t *words, size_t count, struct arena *a, struct sketch *ret)
{
	size_t runs = count < RUN_WORDS ? count > 0 : count - RUN_WORDS + 1;
	size_t kept = 0;

	ret->runs = arena_room(a, (runs + 1) * sizeof(*ret->runs));
	for (size_t i = 0; i < runs; i++)
		ret->runs[i] =
			mix(hash_bytes(HASH_START, &words[i],
				       (count < RUN_WORDS ? count : RUN_WORDS) * sizeof(*words)));
	qsort(ret->runs, runs, sizeof(*ret->runs), by_value);
	for (size_t i = 0; i < runs; i++)
		if (kept == 0 || ret->runs[kept - 1] != ret->runs[i])
			ret->runs[kept++] = ret->runs[i];
	ret->count = kept;
}

/* Each minimum is of the runs mixed in another way; equal keys mean that three
 * minima agree. */
void sketch_keys(const struct sketch *s, uint64_t ret[SKETCH_KEYS])
{
	uint64_t minima[MINIMA];

	for (size_t m = 0; m < MINIMA; m++) {
		uint64_t salt = mix(m + 1);

		minima[m] = UINT64_MAX;
		for (size_t i = 0; i < s->count; i++) {
			uint64_t h = mix(s->runs[i] ^ salt);

			minima[m] = h < minima[m] ? h : minima[m];
		}
	}
	for (size_t k = 0; k < SKETCH_KEYS; k++)
		ret[k] = hash_bytes(HASH_START + k, &minima[k * MINIMA_PER_KEY],
				    MINIMA_PER_KEY * sizeof(*minima));
}

void sketch_read(const char *text, struct arena *a, struct sketch *ret)
{
	struct buf words = BUF_INIT;

	read_words(text, &words);
	make_runs((const uint64_t *)(const void *)buf_str(&words), words.len / sizeof(uint64_t), a,
		  ret);
	buf_release(&words);
}

double sketch_share(const struct sketch *x, const struct sketch *y)
{
	size_t i = 0, k = 0, both = 0;

	while (i < x->count && k < y->count) {
		if (x->runs[i] == y->runs[k]) {
			both++;
			i++;
			k++;
		} else if (x->runs[i] < y->runs[k]) {
			i++;
		} else {
			k++;
		}
	}
	if (!x->count || !y->count)
		return 0;
	return (double)both / (double)(x->count + y->count - both);
}
