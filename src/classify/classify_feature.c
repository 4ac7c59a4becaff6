/* classify_feature.c - what the learned layer looks at in a comment.
 *
 * A feature is a name in parts: "w left", "b left @me" (two units side by
 * side), "h ex real left" (a word, whose clause it is in, and how that is
 * meant), "e end ex me happened" (an event). A unit is a token, or a person put
 * in one ("@ex" for "my ex girlfriend"). At work only hashes of the parts are
 * made, those of fixed parts when the rules are loaded, and only what the model
 * may know is listed; names are made for training.
 */
#include <string.h>

#include "classify_internal.h"
#include "dear/buf.h"

/* A token, or a person put in one. */
struct unit {
	uint32_t first, last; /* tokens */
	uint32_t hash;        /* 0: a mark, which parts what stands around it */
	const char *word;
};

struct collector {
	const struct marked *m;
	const struct feature_parts *parts;
	struct features *out;
};

uint64_t feature_hash(const char *name)
{
	uint64_t h = 0;
	for (const char *p = name; *p;) {
		size_t n = strcspn(p, " ");
		h = feature_part(h, text_word_hash(p, n));
		p += n + (p[n] == ' ');
	}
	return h;
}

enum { MEANT_REAL, MEANT_NOT, MEANT_UNREAL };

static struct part part(const char *word)
{
	return (struct part){ word, text_word_hash(word, strlen(word)) };
}

static void prepare_words(struct feature_parts *p)
{
	static const char *const meant[MEANT_COUNT] = { "real", "not", "unreal" };
	static const char *const parties[] = {
#define X(id, word) word,
		PARTIES(X)
#undef X
	};
	static const char *const persons[] = {
#define X(id, word) "@" word,
		BUILTINS(X)
#undef X
	};
	static const char *const signals[] = {
#define X(id, word) word,
		SIGNALS(X)
#undef X
	};
	for (int i = 0; i < MEANT_COUNT; i++)
		p->meant[i] = part(meant[i]);
	for (int i = 0; i < PARTY_COUNT; i++)
		p->party[i] = part(parties[i]);
	for (int i = 0; i < BUILTIN_COUNT; i++)
		p->person[i] = part(persons[i]);
	for (int i = 0; i < SIGNAL_COUNT; i++)
		p->signal[i] = part(signals[i]);
	for (int i = 0; i < HOW_COUNT; i++)
		p->how[i] = part(event_how_word((enum how)i));
}

void feature_prepare(struct rules *r)
{
	static const char *const times[] = { "plain", "now", "then", "both" };
	static const char *const kinds[] = {
#define X(id, word) word,
		FEATURE_KINDS(X)
#undef X
	};
	struct feature_parts *p = &r->parts;
	prepare_words(p);
	for (int i = 0; i < 4; i++)
		p->time[i] = part(times[i]);
	for (int i = 0; i < FEATURE_KIND_COUNT; i++)
		p->kind[i] = part(kinds[i]);
	p->word = feature_part(0, p->kind[FEATURE_WORD].hash);
	p->pair = feature_part(0, p->kind[FEATURE_PAIR].hash);
	for (int i = 0; i < PARTY_COUNT; i++)
		for (int k = 0; k < MEANT_COUNT; k++)
			p->held[i][k] = feature_part(
				feature_part(feature_part(0, p->kind[FEATURE_HELD].hash),
					     p->party[i].hash),
				p->meant[k].hash);
	for (size_t i = 0; i < r->event_count; i++)
		r->events[i].part = part(r->events[i].name);
	for (size_t i = 0; i < r->situation_count; i++)
		r->situations[i].part = part(r->situations[i].label);
}

static void grow(struct features *f)
{
	size_t size = f->size ? 2 * f->size : 1024;
	struct feature *grown = arena_room(f->arena, size * sizeof(*grown));
	if (f->count)
		memcpy(grown, f->list, f->count * sizeof(*grown));
	f->list = grown;
	f->size = size;
}

/* NULL where the model has no weights for it. */
static inline struct feature *add(struct collector *c, uint64_t hash, uint32_t first, uint32_t last)
{
	struct features *f = c->out;
	struct feature one = { .hash = hash, .first = first, .last = last };
	if (f->model) {
		if (!model_may_know(f->model, hash) || !(one.weight = model_find(f->model, hash)))
			return NULL;
		__builtin_prefetch(one.weight);
	}
	one.value = 1;
	one.of_post = true;
	if (f->count == f->size)
		grow(f);
	f->list[f->count] = one;
	return &f->list[f->count++];
}

static void call(struct collector *c, struct feature *f, const struct part *parts)
{
	struct buf name = BUF_INIT;
	for (; parts->word; parts++)
		buf_printf(&name, "%s%s", name.len ? " " : "", parts->word);
	f->name = arena_strdup(c->out->arena, name.str);
	buf_release(&name);
}

#define PARTS(...) ((const struct part[]){ __VA_ARGS__, { NULL, 0 } })
#define KIND(id)   (c->parts->kind[id])

/* The same by its parts. */
static struct feature *add_parts(struct collector *c, const struct happening *h,
				 const struct part *parts)
{
	uint64_t hash = 0;
	for (const struct part *p = parts; p->word; p++)
		hash = feature_part(hash, p->hash);
	struct feature *f = add(c, hash, h ? h->first : 0, h ? h->last : 0);
	if (f && c->out->named)
		call(c, f, parts);
	return f;
}

/* One of a sentence, and of the post, if so; returns it when it is to get a name. */
static inline struct feature *add_word(struct collector *c, uint64_t hash, uint32_t first,
				       uint32_t last, bool of_post)
{
	struct feature *f = add(c, hash, first, last);
	if (!f)
		return NULL;
	f->of_sentence = true;
	f->of_post = of_post;
	f->sentence = c->m->text.tokens[first].sentence;
	return c->out->named ? f : NULL;
}

static const struct span *widest_person(const struct marked *m, uint32_t i)
{
	const struct span *best = NULL;
	for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start) {
		const struct span *span = &m->spans[s - 1];
		if (span->entry <= BUILTIN_NUMBER && (!best || span->last > best->last))
			best = span;
	}
	return best;
}

static inline struct unit unit_at(const struct collector *c, uint32_t i)
{
	const struct marked *m = c->m;
	if (i >= m->text.token_count)
		return (struct unit){ .first = i };
	const struct token *t = &m->text.tokens[i];
	const struct span *person = m->starts[i] ? widest_person(m, i) : NULL;
	if (person) {
		const struct part *p = &c->parts->person[person->entry];
		return (struct unit){ i, person->last, p->hash, p->word };
	}
	bool mark = t->kind == TOKEN_PUNCT && *t->word != '?' && *t->word != '!';
	return (struct unit){ i, i + 1, mark ? 0 : t->hash, t->word };
}

static int meant(uint16_t marks)
{
	const uint16_t unreal = 1u << MARK_IF | 1u << MARK_PLAN | 1u << MARK_FEAR | 1u << MARK_ASK |
				1u << MARK_TOLD | 1u << MARK_QUOTE;
	return marks & (1u << MARK_NOT) ? MEANT_NOT : marks & unreal ? MEANT_UNREAL : MEANT_REAL;
}

static void word_features(struct collector *c)
{
	const struct marked *m = c->m;
	const struct feature_parts *p = c->parts;
	struct unit u, next = unit_at(c, 0);
	while (next.first < m->text.token_count) {
		u = next;
		next = unit_at(c, u.last);
		if (!u.hash)
			continue;
		int party = m->subject[u.first], how = meant(m->marks[u.first]);
		const struct part word = { u.word, u.hash };
		struct feature *f;
		if ((f = add_word(c, feature_part(p->word, u.hash), u.first, u.last, true)))
			call(c, f, PARTS(KIND(FEATURE_WORD), word));
		if ((f = add_word(c, feature_part(p->held[party][how], u.hash), u.first, u.last,
				  false)))
			call(c, f, PARTS(KIND(FEATURE_HELD), p->party[party], p->meant[how], word));
		if (!next.hash ||
		    m->text.tokens[next.first].sentence != m->text.tokens[u.first].sentence)
			continue;
		uint64_t pair = feature_part(feature_part(p->pair, u.hash), next.hash);
		if ((f = add_word(c, pair, u.first, next.last, false)))
			call(c, f, PARTS(KIND(FEATURE_PAIR), word, { next.word, next.hash }));
	}
}

/* Whether the clause's words put it now or back then: number of its word. */
static unsigned time_of(const struct marked *m, uint32_t at)
{
	const struct sentence *s = &m->text.sentences[m->text.tokens[at].sentence];
	uint32_t first = at, last = at + 1;
	uint64_t is = 0;
	while (first > s->first && m->clause[first - 1] == m->clause[at])
		first--;
	while (last < s->last && m->clause[last] == m->clause[at])
		last++;
	for (uint32_t i = first; i < last; i++)
		is |= m->is[i];
	return (is >> CLASS_NOW & 1) | (is >> CLASS_THEN & 1) << 1;
}

static void of_sentence(struct collector *c, struct feature *f)
{
	if (!f)
		return;
	f->of_sentence = true;
	f->sentence = c->m->text.tokens[f->first].sentence;
}

static void one_event(struct collector *c, const struct happening *h, bool after_end)
{
	const struct feature_parts *p = c->parts;
	struct part kind = c->m->rules->events[h->kind].part, how = p->how[h->how];
	struct part actor = p->party[h->actor], target = p->party[h->target];
	struct part time = p->time[time_of(c->m, h->first)];
	of_sentence(c, add_parts(c, h, PARTS(KIND(FEATURE_EVENT), kind)));
	of_sentence(c, add_parts(c, h, PARTS(KIND(FEATURE_EVENT), kind, actor)));
	of_sentence(c, add_parts(c, h, PARTS(KIND(FEATURE_EVENT), kind, actor, how)));
	of_sentence(c, add_parts(c, h, PARTS(KIND(FEATURE_EVENT), kind, actor, target, how)));
	add_parts(c, h, PARTS(KIND(FEATURE_TIMED), kind, time));
	add_parts(c, h, PARTS(KIND(FEATURE_TIMED), kind, actor, time));
	add_parts(c, h, PARTS(KIND(FEATURE_TIMED), kind, actor, how, time));
	if (after_end)
		add_parts(c, h, PARTS(KIND(FEATURE_AFTER_END), kind, actor, how));
}

/* Every event; and of what is a state or an end, the latest. */
static void event_features(struct collector *c, const struct happening *list, size_t count)
{
	const struct rules *r = c->m->rules;
	const struct happening *state = NULL, *end = NULL;
	bool end_seen = false;
	for (size_t i = 0; i < count; i++) {
		const struct happening *h = &list[i];
		bool is_end = r->events[h->kind].part.hash == KIND(FEATURE_END).hash;
		bool real = h->how == HOW_HAPPENED || h->how == HOW_OVER;
		one_event(c, h, end_seen);
		end_seen = end_seen || (is_end && h->actor != PARTY_OTHER);
		if (!real || h->actor == PARTY_OTHER || h->actor == PARTY_YOU ||
		    h->target == PARTY_OTHER)
			continue;
		if (r->events[h->kind].state)
			state = h;
		if (is_end && h->actor != PARTY_NONE)
			end = h;
	}
	if (state) {
		struct part kind = r->events[state->kind].part;
		add_parts(c, NULL, PARTS(KIND(FEATURE_LATEST), kind));
		add_parts(c, NULL,
			  PARTS(KIND(FEATURE_LATEST), kind, c->parts->party[state->actor]));
	}
	if (end)
		add_parts(c, NULL,
			  PARTS(KIND(FEATURE_LATEST), KIND(FEATURE_END),
				c->parts->party[end->actor]));
}

static void rule_features(struct collector *c, const struct outcome *outcomes)
{
	const struct rules *r = c->m->rules;
	for (int s = 0; s < SIGNAL_COUNT; s++)
		if (c->m->signals >> s & 1)
			add_parts(c, NULL, PARTS(KIND(FEATURE_SIGNAL), c->parts->signal[s]));
	for (size_t s = 0; s < r->situation_count; s++) {
		struct part label = r->situations[s].part;
		struct feature *f = NULL;
		if (outcomes[s].score > 0)
			f = add_parts(c, NULL, PARTS(KIND(FEATURE_RULES), label));
		if (f)
			f->value = (float)outcomes[s].score;
		if (outcomes[s].band >= BAND_MEDIUM)
			add_parts(c, NULL, PARTS(KIND(FEATURE_GIVEN), label));
	}
}

void feature_collect(const struct marked *m, const struct happening *events, size_t event_count,
		     const struct outcome *outcomes, struct features *ret)
{
	struct collector c = { .m = m, .parts = &m->rules->parts, .out = ret };
	word_features(&c);
	ret->word_count = ret->count;
	event_features(&c, events, event_count);
	rule_features(&c, outcomes);
}
