/* classify_topic.c - which article's field a title or a comment belongs to.
 *
 * What was found for a topic adds up: its patterns, and the situations that
 * its readers are in. The topic with most wins; of equals, the one that
 * topics.json names first.
 */
#include <string.h>

#include "classify_internal.h"

#define TOPICS_MOST 32

const char *topic_find(const struct rules *r, const struct match *matches, size_t count,
		       enum target target, const struct outcome *outcomes)
{
	double sum[TOPICS_MOST] = { 0 };
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &r->cues[matches[i].cue];
		if (c->target == target && c->owner < TOPICS_MOST && !matches[i].again)
			sum[c->owner] += c->weight;
	}
	for (size_t i = 0; outcomes && i < r->vote_count; i++) {
		const struct vote *v = &r->votes[i];
		if (v->topic < TOPICS_MOST && outcomes[v->situation].band >= BAND_MEDIUM)
			sum[v->topic] += v->weight;
	}
	size_t best = TOPICS_MOST;
	for (size_t t = 0; t < r->topic_count && t < TOPICS_MOST; t++)
		if (sum[t] > 0 && (best == TOPICS_MOST || sum[t] > sum[best]))
			best = t;
	return best < TOPICS_MOST ? r->topics[best].name : NULL;
}

const char *classify_topic_of_title(const struct rules *r, const char *title)
{
	struct arena arena = { 0 };
	struct marked m;
	struct match *matches;
	marked_init(&m, r, title, strlen(title), &arena);
	m.title = true;
	size_t count = rules_match(&m, &matches);
	const char *topic = topic_find(r, matches, count, TARGET_TITLE, NULL);
	arena_release(&arena);
	return topic;
}
