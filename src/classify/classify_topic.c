/* classify_topic.c - which article's field a title or a comment belongs to.
 *
 * The topic with most of its patterns found; a tie is no topic.
 */
#include <string.h>

#include "classify_internal.h"

const char *topic_find(const struct rules *r, const struct match *matches, size_t count,
		       enum target target)
{
	size_t best = 0, tie = 0, topic = 0;
	for (size_t t = 0; t < r->topic_count; t++) {
		size_t hits = 0;
		for (size_t i = 0; i < count; i++) {
			const struct cue *c = &r->cues[matches[i].cue];
			hits += c->target == target && c->owner == t;
		}
		if (hits > best) {
			best = hits;
			topic = t;
			tie = 0;
		} else if (hits == best) {
			tie = hits;
		}
	}
	return best > 0 && tie < best ? r->topics[topic].name : NULL;
}

const char *classify_topic_of_title(const struct rules *r, const char *title)
{
	struct arena arena = { 0 };
	struct marked m;
	struct match *matches;
	marked_init(&m, r, title, strlen(title), &arena);
	size_t count = rules_match(&m, &matches);
	const char *topic = topic_find(r, matches, count, TARGET_TITLE);
	arena_release(&arena);
	return topic;
}
