/* classify_feature.c - what the learned layer looks at in a comment.
 *
 * A feature is a name in parts: "w left", "b left @me" (two units side by
 * side), "h ex real left" (a word, whose clause it is in, and how that is
 * meant), "e end ex me happened" (an event). A unit is a token, or a person put
 * in one ("@ex" for "my ex girlfriend"). At work only hashes of the parts are
 * made; names are made for training.
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
	struct features *out;
	struct unit *units;
	uint32_t count;
};

static const char *const party_names[] = {
#define X(id, word) [id] = word,
	PARTIES(X)
#undef X
};

uint64_t feature_part(uint64_t h, uint32_t word)
{
	h = (h ^ word) * 0x9E3779B97F4A7C15u;
	return h ^ h >> 29;
}

static uint64_t part(uint64_t h, const char *word)
{
	return feature_part(h, text_word_hash(word, strlen(word)));
}

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

static struct feature *add(struct collector *c, uint64_t hash, uint32_t first, uint32_t last)
{
	struct features *f = c->out;
	if (f->count == f->size) {
		size_t size = f->size ? 2 * f->size : 1024;
		struct feature *grown = arena_room(f->arena, size * sizeof(*grown));
		if (f->count)
			memcpy(grown, f->list, f->count * sizeof(*grown));
		f->list = grown;
		f->size = size;
	}
	f->list[f->count] = (struct feature){
		.hash = hash, .first = first, .last = last, .value = 1, .of_post = true
	};
	return &f->list[f->count++];
}

static void call(struct collector *c, struct feature *f, const char *const *parts)
{
	struct buf name = BUF_INIT;
	for (; *parts; parts++)
		buf_printf(&name, "%s%s", name.len ? " " : "", *parts);
	f->name = arena_strdup(c->out->arena, name.str);
	buf_release(&name);
}

#define PARTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* The same by its parts. */
static struct feature *add_parts(struct collector *c, const struct happening *h,
				 const char *const *parts)
{
	uint64_t hash = 0;
	for (const char *const *p = parts; *p; p++)
		hash = part(hash, *p);
	struct feature *f = add(c, hash, h ? h->first : 0, h ? h->last : 0);
	if (c->out->named)
		call(c, f, parts);
	return f;
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

static void gather_units(struct collector *c)
{
	static const char *const names[] = {
#define X(id, word) [id] = "@" word,
		BUILTINS(X)
#undef X
	};
	const struct marked *m = c->m;
	uint32_t hashes[BUILTIN_COUNT];
	for (int b = 0; b < BUILTIN_COUNT; b++)
		hashes[b] = text_word_hash(names[b], strlen(names[b]));
	c->units = arena_room(m->arena, (m->text.token_count + 1) * sizeof(*c->units));
	for (uint32_t i = 0; i < m->text.token_count;) {
		const struct token *t = &m->text.tokens[i];
		const struct span *person = m->starts[i] ? widest_person(m, i) : NULL;
		struct unit u = { i, i + 1, t->hash, t->word };
		if (person) {
			u = (struct unit){ i, person->last, hashes[person->entry],
					   names[person->entry] };
		} else if (t->kind == TOKEN_PUNCT && *t->word != '?' && *t->word != '!') {
			u.hash = 0;
		}
		c->units[c->count++] = u;
		i = u.last;
	}
}

enum { MEANT_REAL, MEANT_NOT, MEANT_UNREAL, MEANT_COUNT };
static const char *const meant_names[] = { "real", "not", "unreal" };

static int meant(uint16_t marks)
{
	const uint16_t unreal = 1u << MARK_IF | 1u << MARK_PLAN | 1u << MARK_FEAR | 1u << MARK_ASK |
				1u << MARK_TOLD | 1u << MARK_QUOTE;
	return marks & (1u << MARK_NOT) ? MEANT_NOT : marks & unreal ? MEANT_UNREAL : MEANT_REAL;
}

static void word_features(struct collector *c)
{
	const struct marked *m = c->m;
	uint64_t word = part(0, "w"), pair = part(0, "b"), held[PARTY_COUNT][MEANT_COUNT];
	for (int p = 0; p < PARTY_COUNT; p++)
		for (int k = 0; k < MEANT_COUNT; k++)
			held[p][k] = part(part(part(0, "h"), party_names[p]), meant_names[k]);
	for (uint32_t i = 0; i < c->count; i++) {
		const struct unit *u = &c->units[i];
		if (!u->hash)
			continue;
		int party = m->subject[u->first], how = meant(m->marks[u->first]);
		struct feature *f = add(c, feature_part(word, u->hash), u->first, u->last);
		f->of_sentence = true;
		if (c->out->named)
			call(c, f, PARTS("w", u->word));
		f = add(c, feature_part(held[party][how], u->hash), u->first, u->last);
		f->of_sentence = true;
		f->of_post = false;
		if (c->out->named)
			call(c, f, PARTS("h", party_names[party], meant_names[how], u->word));
		if (i + 1 == c->count || !u[1].hash ||
		    m->text.tokens[u[1].first].sentence != m->text.tokens[u->first].sentence)
			continue;
		f = add(c, feature_part(feature_part(pair, u->hash), u[1].hash), u->first,
			u[1].last);
		f->of_sentence = true;
		f->of_post = false;
		if (c->out->named)
			call(c, f, PARTS("b", u->word, u[1].word));
	}
}

/* Whether the clause's words put it now or back then. */
static const char *time_of(const struct marked *m, uint32_t at)
{
	const struct sentence *s = &m->text.sentences[m->text.tokens[at].sentence];
	uint64_t is = 0;
	for (uint32_t i = s->first; i < s->last; i++)
		if (m->clause[i] == m->clause[at])
			is |= m->is[i];
	bool now = is & CLASS_BIT(CLASS_NOW), then = is & CLASS_BIT(CLASS_THEN);
	return now && then ? "both" : now ? "now" : then ? "then" : "plain";
}

static void one_event(struct collector *c, const struct happening *h, bool after_end)
{
	const char *kind = c->m->rules->events[h->kind].name, *how = event_how_word(h->how);
	const char *actor = party_names[h->actor], *target = party_names[h->target];
	const char *time = time_of(c->m, h->first);
	add_parts(c, h, PARTS("e", kind))->of_sentence = true;
	add_parts(c, h, PARTS("e", kind, actor))->of_sentence = true;
	add_parts(c, h, PARTS("e", kind, actor, how))->of_sentence = true;
	add_parts(c, h, PARTS("e", kind, actor, target, how))->of_sentence = true;
	add_parts(c, h, PARTS("er", kind, time));
	add_parts(c, h, PARTS("er", kind, actor, time));
	add_parts(c, h, PARTS("er", kind, actor, how, time));
	if (after_end)
		add_parts(c, h, PARTS("ea", kind, actor, how));
}

/* Every event; and of what is a state or an end, the latest. */
static void event_features(struct collector *c, const struct happening *list, size_t count)
{
	const struct rules *r = c->m->rules;
	const struct happening *state = NULL, *end = NULL;
	bool end_seen = false;
	for (size_t i = 0; i < count; i++) {
		const struct happening *h = &list[i];
		bool is_end = !strcmp(r->events[h->kind].name, "end");
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
		const char *kind = r->events[state->kind].name;
		add_parts(c, NULL, PARTS("latest", kind));
		add_parts(c, NULL, PARTS("latest", kind, party_names[state->actor]));
	}
	if (end)
		add_parts(c, NULL, PARTS("latest", "end", party_names[end->actor]));
}

static void rule_features(struct collector *c, const struct outcome *outcomes)
{
	static const char *const signals[] = {
#define X(id, word) word,
		SIGNALS(X)
#undef X
	};
	const struct rules *r = c->m->rules;
	for (int s = 0; s < SIGNAL_COUNT; s++)
		if (c->m->signals >> s & 1)
			add_parts(c, NULL, PARTS("signal", signals[s]));
	for (size_t s = 0; s < r->situation_count; s++) {
		if (outcomes[s].score > 0)
			add_parts(c, NULL, PARTS("rules", r->situations[s].label))->value =
				(float)outcomes[s].score;
		if (outcomes[s].band >= BAND_MEDIUM)
			add_parts(c, NULL, PARTS("given", r->situations[s].label));
	}
}

void feature_collect(const struct marked *m, const struct happening *events, size_t event_count,
		     const struct outcome *outcomes, struct features *ret)
{
	struct collector c = { .m = m, .out = ret };
	gather_units(&c);
	word_features(&c);
	event_features(&c, events, event_count);
	rule_features(&c, outcomes);
}
