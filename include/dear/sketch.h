/* sketch.h - whether two comments read nearly the same.
 *
 * The measure: of all runs of three words in either comment, the share that
 * both have (Jaccard's). Words are compared in lower case and without
 * punctuation; a Chinese or Japanese character counts as a word; a comment of
 * fewer than three words is one run. From SKETCH_ALIKE on, two comments are
 * called alike: a double posting, or one posted again with some words changed.
 *
 * Comparing each with each would take forever, so a sketch has keys: twelve, of
 * three smallest hashes each (minhash). Comments that share none are not
 * compared. Of two comments at 0.6 some 94 in 100 share one, at 0.75 all but
 * one in 700; of two at 0.1 one in 80.
 */
#ifndef DEAR_SKETCH_H
#define DEAR_SKETCH_H

#include <stddef.h>
#include <stdint.h>

struct arena;

#define SKETCH_KEYS  12
#define SKETCH_ALIKE 0.6

struct sketch {
	uint64_t *runs; /* hashes, sorted, each once; none: a text without words */
	size_t count;
};

/* text: valid UTF-8. The runs live in the arena. */
void sketch_read(const char *text, struct arena *a, struct sketch *ret);
void sketch_keys(const struct sketch *s, uint64_t ret[SKETCH_KEYS]);
/* 0 to 1; 0 when one has no words. */
double sketch_share(const struct sketch *x, const struct sketch *y);

#endif
