/* bench_text.h - comments that sound like the sample's, as many as wanted.
 *
 * Text is composed from the sentences of data/samples: a comment begins as, or
 * somewhere within, one of the sample's and, while it is too short, goes on
 * with what others said. Readers' and staff sentences stay apart. The same
 * sample and state give the same text on every machine.
 */
#ifndef BENCH_TEXT_H
#define BENCH_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bench_text;
struct buf;
struct err;

/* A pseudo-random number below n (n > 0) from *state (splitmix64). */
uint32_t bench_random(uint64_t *state, uint32_t n);

/* The sample is a REST array; user id 3 is the columnist. NULL with *err set. */
struct bench_text *bench_text_load(const char *path, struct err *err);
/* Appends plain text of around `bytes` bytes, paragraphs apart by a blank line. */
void bench_text_compose(const struct bench_text *t, uint64_t *state, bool staff, size_t bytes,
			struct buf *out);
void bench_text_free(struct bench_text *t);

#endif
