/* classify_score.c - cues to scores, scores to bands.
 *
 * Cues for a situation add up like independent witnesses (1 - product of the
 * doubts), cues against it each take their share away. Each cue speaks once,
 * however often it matched. Rules on other labels come last, in an order in
 * which those are decided already.
 */
#include <string.h>

#include "classify_internal.h"

static void weigh(struct outcome *o, double *left, double weight)
{
	if (weight > 0)
		o->score = 1 - (1 - o->score) * (1 - weight);
	else
		*left *= 1 + weight;
}

enum band score_band(const double *threshold, double score)
{
	for (enum band b = BAND_HIGH; b > BAND_NONE; b--)
		if (score >= threshold[b])
			return b;
	return BAND_NONE;
}

/* True when what the rule asks for is so (or, with absent, is not). */
static bool applies(const struct cross *c, const struct marked *m, const struct outcome *o)
{
	bool so = c->label ? o[c->other].band >= c->at_least : (m->signals >> c->other & 1);
	return so != c->absent;
}

void score_situations(const struct marked *m, const struct match *matches, size_t count,
		      struct outcome *ret)
{
	const struct rules *r = m->rules;
	double left[SITUATIONS_MOST];
	for (size_t s = 0; s < r->situation_count; s++) {
		ret[s] = (struct outcome){ .score = r->situations[s].base };
		left[s] = 1;
	}
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &r->cues[matches[i].cue];
		if (c->target == TARGET_SITUATION && !matches[i].again)
			weigh(&ret[c->owner], &left[c->owner], c->weight);
	}
	for (size_t i = 0; i < r->situation_count; i++) {
		uint32_t s = r->decide[i];
		const struct situation_rule *rule = &r->situations[s];
		for (size_t k = 0; k < rule->cross_count; k++) {
			const struct cross *c = &rule->crosses[k];
			if (!c->last && applies(c, m, ret))
				weigh(&ret[s], &left[s], c->weight);
		}
		ret[s].score *= left[s];
		ret[s].band = score_band(rule->threshold, ret[s].score);
	}
}

void score_last(const struct marked *m, struct outcome *outcomes)
{
	const struct rules *r = m->rules;
	for (size_t i = 0; i < r->situation_count; i++) {
		uint32_t s = r->decide[i];
		const struct situation_rule *rule = &r->situations[s];
		double left = 1;
		bool any = false;
		for (size_t k = 0; k < rule->cross_count; k++) {
			const struct cross *c = &rule->crosses[k];
			if (!c->last || !applies(c, m, outcomes))
				continue;
			weigh(&outcomes[s], &left, c->weight);
			any = true;
		}
		if (!any)
			continue;
		outcomes[s].score *= left;
		outcomes[s].band = score_band(rule->threshold, outcomes[s].score);
	}
}

void score_relabel(const struct rules *r, const char *const *relabels, struct outcome *ret)
{
	for (; relabels && *relabels; relabels++) {
		for (size_t s = 0; s < r->situation_count; s++) {
			if (strcmp(r->situations[s].label, *relabels + 1) != 0)
				continue;
			bool add = **relabels == '+';
			ret[s].score = add;
			ret[s].band = add ? BAND_HIGH : BAND_NONE;
		}
	}
}

bool score_has(const struct rules *r, const struct outcome *outcomes, const char *label)
{
	for (size_t s = 0; s < r->situation_count; s++)
		if (!strcmp(r->situations[s].label, label))
			return outcomes[s].band >= BAND_MEDIUM;
	return false;
}
