/* classify.c - one comment through all the steps: marks, cues, scores, facts,
 * details, topic, triage. Puts the results together; decides nothing itself.
 */
#include "dear/classify.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "classify_internal.h"

#define PEOPLE_MOST 12

static void add_evidence(const struct marked *m, const struct match *found, struct situation *s)
{
	struct evidence *e = &s->evidence[s->evidence_count++];
	const struct cue *c = &m->rules->cues[found->cue];
	e->quote = marked_quote(m, found->first, found->last, &e->start, &e->end);
	e->cue = c->name;
	e->supports = c->weight > 0;
}

/* What was found in a text on the way to its situations. */
struct findings {
	const struct match *matches;
	size_t match_count;
	struct grounds grounds; /* of the learned layer */
	const struct outcome *outcomes;
};

static bool is_shown(const struct situation *s, uint32_t start, uint32_t end)
{
	for (size_t i = 0; i < s->evidence_count; i++)
		if (s->evidence[i].start < end && start < s->evidence[i].end)
			return true;
	return false;
}

/* Words that spoke for the label in the learned layer, where no cue covers
 * them. */
static void add_learned(const struct marked *m, const struct findings *f, uint32_t rule,
			struct situation *s)
{
	const struct feature *best[3];
	size_t n = model_evidence(m->rules, &f->grounds, rule, best);
	for (size_t i = 0; i < n; i++) {
		struct evidence e = { .cue = "words", .supports = true };
		e.quote = marked_quote(m, best[i]->first, best[i]->last, &e.start, &e.end);
		if (!is_shown(s, e.start, e.end))
			s->evidence[s->evidence_count++] = e;
	}
}

static void collect_evidence(const struct marked *m, const struct findings *f, uint32_t rule,
			     struct situation *s)
{
	const struct match *matches = f->matches;
	size_t n = 0, count = f->match_count;
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &m->rules->cues[matches[i].cue];
		n += c->target == TARGET_SITUATION && c->owner == rule;
	}
	s->evidence = arena_alloc(m->arena, (n + 4) * sizeof(*s->evidence));
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &m->rules->cues[matches[i].cue];
		if (c->target == TARGET_SITUATION && c->owner == rule)
			add_evidence(m, &matches[i], s);
	}
	add_learned(m, f, rule, s);
}

/* An editor's label stands on the editor's word alone. */
static void editors_evidence(const struct marked *m, struct situation *s)
{
	s->evidence = arena_alloc(m->arena, sizeof(*s->evidence));
	s->evidence_count = 1;
	s->evidence[0] = (struct evidence){ .quote = "", .cue = "editor", .supports = true };
}

static bool is_relabelled(const struct classify_request *req, const char *label)
{
	for (const char *const *l = req->relabels; l && *l; l++)
		if (**l == '+' && !strcmp(*l + 1, label))
			return true;
	return false;
}

static void collect_situations(const struct marked *m, const struct findings *f,
			       const struct classify_request *req, struct classification *ret)
{
	const struct outcome *outcomes = f->outcomes;
	const struct rules *r = m->rules;
	ret->situations =
		arena_alloc(m->arena, (r->situation_count + 1) * sizeof(*ret->situations));
	for (uint32_t i = 0; i < r->situation_count; i++) {
		if (r->situations[i].hidden || outcomes[i].band == BAND_NONE)
			continue;
		size_t at = ret->situation_count++;
		while (at && ret->situations[at - 1].score < outcomes[i].score) {
			ret->situations[at] = ret->situations[at - 1];
			at--;
		}
		struct situation *s = &ret->situations[at];
		*s = (struct situation){ .label = r->situations[i].label,
					 .score = outcomes[i].score,
					 .band = outcomes[i].band };
		if (is_relabelled(req, s->label))
			editors_evidence(m, s);
		else
			collect_evidence(m, f, i, s);
	}
}

static void collect_details(const struct marked *m, const struct match *matches, size_t count,
			    struct classification *ret)
{
	const struct rules *r = m->rules;
	ret->details = arena_alloc(m->arena, (r->detail_count + 1) * sizeof(*ret->details));
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &r->cues[matches[i].cue];
		if (c->target != TARGET_DETAIL ||
		    !named_in_topic(&r->details[c->owner], ret->topic) ||
		    classification_detail(ret, r->details[c->owner].name))
			continue;
		struct detail d = { .name = r->details[c->owner].name };
		d.quote = marked_quote(m, matches[i].first, matches[i].last, &d.start, &d.end);
		size_t at = ret->detail_count++;
		for (; at && ret->details[at - 1].start > d.start; at--)
			ret->details[at] = ret->details[at - 1];
		ret->details[at] = d;
	}
}

static const char *party_word(enum party p)
{
	static const char *const words[] = {
		[PARTY_NONE] = "nobody", [PARTY_ME] = "reader",   [PARTY_EX] = "ex",
		[PARTY_WE] = "both",     [PARTY_OTHER] = "other", [PARTY_YOU] = "you",
	};
	return words[p];
}

static void collect_events(const struct marked *m, const struct happening *list, size_t count,
			   struct classification *ret)
{
	ret->events = arena_alloc(m->arena, (count + 1) * sizeof(*ret->events));
	ret->event_count = count;
	for (size_t i = 0; i < count; i++) {
		struct event *e = &ret->events[i];
		e->kind = m->rules->events[list[i].kind].name;
		e->actor = party_word((enum party)list[i].actor);
		e->target = party_word((enum party)list[i].target);
		e->how = (enum how)list[i].how;
		e->quote = marked_quote(m, list[i].first, list[i].last, &e->start, &e->end);
	}
}

static bool is_pronoun(const struct marked *m, uint32_t i)
{
	return m->is[i] & (CLASS_BIT(CLASS_HE) | CLASS_BIT(CLASS_SHE) | CLASS_BIT(CLASS_THEY) |
			   CLASS_BIT(CLASS_ME) | CLASS_BIT(CLASS_WE) | CLASS_BIT(CLASS_YOU));
}

static bool is_listed(const struct classification *c, const char *quote)
{
	for (size_t i = 0; i < c->person_count; i++)
		if (!strcasecmp(c->people[i].quote, quote))
			return true;
	return false;
}

/* The people named by a noun, whom explain shows. */
static void collect_people(const struct marked *m, struct classification *ret)
{
	ret->people = arena_alloc(m->arena, PEOPLE_MOST * sizeof(*ret->people));
	for (uint32_t i = 0; i < m->text.token_count && ret->person_count < PEOPLE_MOST; i++) {
		if (m->party[i] == PARTY_NONE || is_pronoun(m, i))
			continue;
		uint32_t last = i + 1;
		while (last < m->text.token_count && m->party[last] == m->party[i] &&
		       m->text.tokens[last].sentence == m->text.tokens[i].sentence)
			last++;
		struct person one = { .who = party_word((enum party)m->party[i]) };
		one.quote = marked_quote(m, i, last, &one.start, &one.end);
		if (!is_listed(ret, one.quote))
			ret->people[ret->person_count++] = one;
		i = last - 1;
	}
}

static const char *choose_topic(const struct rules *r, const struct classify_request *req,
				const struct match *matches, size_t count,
				const struct outcome *outcomes, struct arena *a)
{
	if (req->topic)
		return arena_strdup(a, req->topic);
	const char *topic = req->title ? classify_topic_of_title(r, req->title) : NULL;
	return topic ? topic : topic_find(r, matches, count, TARGET_TOPIC, outcomes);
}

void classify(const struct rules *r, const struct classify_request *req, struct arena *a,
	      struct classification *ret)
{
	struct marked m;
	struct match *matches;
	marked_init(&m, r, req->text, req->len, a);
	size_t count = rules_match(&m, &matches);
	struct happening *happened;
	size_t events = event_find(&m, matches, count, &happened);
	struct outcome *outcomes = arena_alloc(a, (r->situation_count + 1) * sizeof(*outcomes));
	score_situations(&m, matches, count, outcomes);
	struct findings f = { .matches = matches, .match_count = count, .outcomes = outcomes };
	if (r->model) {
		struct features features = { .arena = a, .model = r->model };
		feature_collect(&m, happened, events, outcomes, &features);
		model_score(&m, &features, outcomes, &f.grounds);
	}
	score_last(&m, outcomes);
	score_relabel(r, req->relabels, outcomes);
	struct classification c = { 0 };
	c.topic = choose_topic(r, req, matches, count, outcomes, a);
	collect_situations(&m, &f, req, &c);
	collect_details(&m, matches, count, &c);
	collect_events(&m, happened, events, &c);
	collect_people(&m, &c);
	fact_collect(&m, &(struct told){ matches, count, happened, events, outcomes }, &c);
	triage_decide(&m, outcomes, req, &c);
	*ret = c;
}
