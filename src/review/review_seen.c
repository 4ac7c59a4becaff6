/* review_seen.c - what an editor saw, as a word that a form can carry. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "review_internal.h"

enum { WORD_BYTES = 64 };

struct review_seen review_seen_of(const struct item *it)
{
	return (struct review_seen){ .revision = it->revision,
				     .comment_hash = it->comment_hash,
				     .whole = true,
				     .decision = it->decision };
}

const char *review_seen_word(const struct review_seen *seen, char *buf)
{
	if (seen->whole)
		snprintf(buf, WORD_BYTES, "%d-%016" PRIx64 "-%" PRId64, seen->revision,
			 seen->comment_hash, seen->decision);
	else
		snprintf(buf, WORD_BYTES, "%d-%016" PRIx64, seen->revision, seen->comment_hash);
	return buf;
}

bool review_seen_parse(const char *word, struct review_seen *ret)
{
	struct review_seen seen = { 0 };
	char again[WORD_BYTES], *end;

	seen.revision = (int)strtol(word, &end, 10);
	if (*end == '-')
		seen.comment_hash = strtoull(end + 1, &end, 16);
	seen.whole = *end == '-';
	if (seen.whole)
		seen.decision = strtoll(end + 1, &end, 10);
	/* Only what was made here reads the same when it is made again. */
	if (strcmp(review_seen_word(&seen, again), word) != 0)
		return false;
	*ret = seen;
	return true;
}
