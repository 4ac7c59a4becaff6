/* classify_feature.c - what the learned layer looks at in a comment.
 *
 * A feature is a short name in parts, "subject ex left": words with people put
 * in one ("@ex" for "my ex girlfriend"), pairs and triples of them, words with
 * their clause's subject, events, cues, signals, and the rules' own scores.
 * Only hashes of the parts are made, unless names are asked for (training).
 */
#include <string.h>

#include "classify_internal.h"
#include "dear/buf.h"

/* A token, or a person put in one. */
struct unit {
	uint32_t first, last; /* tokens */
	uint32_t hash;
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

uint64_t feature_hash(const char *name)
{
	uint64_t h = 0;
	for (const char *part = name; *part;) {
		size_t n = strcspn(part, " ");
		h = feature_part(h, text_word_hash(part, n));
		part += n + (part[n] == ' ');
	}
	return h;
}

static void add(struct collector *c, uint64_t hash, uint32_t first, uint32_t last, double value)
{
	struct features *f = c->out;
	if (f->count == f->size) {
		size_t size = f->size ? 2 * f->size : 1024;
		struct feature *grown = arena_alloc(f->arena, size * sizeof(*grown));
		if (f->count)
			memcpy(grown, f->list, f->count * sizeof(*grown));
		f->list = grown;
		f->size = size;
	}
	f->list[f->count++] = (struct feature){ hash, NULL, first, last, (float)value };
}

/* The same by its parts, NULL-ended; names it when names are wanted. */
static void add_parts(struct collector *c, const struct unit *u, const char *const *parts,
		      double value)
{
	struct buf name = BUF_INIT;
	uint64_t h = 0;
	for (; *parts; parts++) {
		h = feature_part(h, text_word_hash(*parts, strlen(*parts)));
		if (c->out->named)
			buf_printf(&name, "%s%s", name.len ? " " : "", *parts);
	}
	add(c, h, u ? u->first : 0, u ? u->last : 0, value);
	if (c->out->named)
		c->out->list[c->out->count - 1].name = arena_strdup(c->out->arena, name.str);
	buf_release(&name);
}

#define PARTS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void gather_units(struct collector *c)
{
	static const char *const builtin_names[] = {
#define X(id, word) [id] = "@" word,
		BUILTINS(X)
#undef X
	};
	const struct marked *m = c->m;
	c->units = arena_alloc(m->arena, (m->text.token_count + 1) * sizeof(*c->units));
	for (uint32_t i = 0; i < m->text.token_count;) {
		struct unit u = { i, i + 1, m->text.tokens[i].hash, m->text.tokens[i].word };
		const char *person = NULL;
		for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start) {
			const struct span *span = &m->spans[s - 1];
			if (span->entry > BUILTIN_NUMBER || (person && span->last <= u.last))
				continue;
			person = builtin_names[span->entry];
			u.last = span->last;
		}
		if (person) {
			u.word = person;
			u.hash = text_word_hash(person, strlen(person));
		}
		i = u.last;
		uint8_t kind = m->text.tokens[u.first].kind;
		if (kind == TOKEN_PUNCT && *u.word != '?' && *u.word != '!')
			u.hash = 0; /* parts what stands around it */
		c->units[c->count++] = u;
	}
}

static const char *how_name(uint16_t marks)
{
	if (marks & (1u << MARK_NOT))
		return "not";
	if (marks & (1u << MARK_IF | 1u << MARK_PLAN | 1u << MARK_FEAR | 1u << MARK_ASK |
		     1u << MARK_TOLD | 1u << MARK_QUOTE))
		return "unreal";
	return "real";
}

static void word_features(struct collector *c)
{
	const struct marked *m = c->m;
	for (uint32_t i = 0; i < c->count; i++) {
		const struct unit *u = &c->units[i];
		if (!u->hash)
			continue;
		uint32_t sentence = m->text.tokens[u->first].sentence;
		bool b = i + 1 < c->count && u[1].hash &&
			 m->text.tokens[u[1].first].sentence == sentence;
		struct unit two = { u->first, b ? u[1].last : 0, 0, NULL };
		const char *subject = party_names[m->subject[u->first]];
		add_parts(c, u, PARTS("w", u->word), 1);
		add_parts(c, u, PARTS("h", subject, how_name(m->marks[u->first]), u->word), 1);
		if (b)
			add_parts(c, &two, PARTS("b", u->word, u[1].word), 1);
	}
}

static bool is_one_of(const char *w, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(w, *list))
			return true;
	return false;
}

static const char *tense_of(const struct marked *m, uint32_t at)
{
	static const char *const recent[] = {
		"today",  "yesterday", "tonight",   "lately",   "recently",   "now",
		"still",  "currently", "keeps",     "again",    "constantly", "sometimes",
		"always", "everyday",  "daily",     "often",    "whenever",   "weekend",
		"monday", "tuesday",   "wednesday", "thursday", "friday",     "saturday",
		"sunday", "tomorrow",  "is",        "are",      "am",         "does",
		"do",     "has",       NULL
	};
	static const char *const old[] = { "ago",  "used", "before", "when",   "once",
					   "was",  "were", "did",    "had",    "during",
					   "back", "year", "years",  "months", NULL };
	const struct sentence *s = &m->text.sentences[m->text.tokens[at].sentence];
	bool r = false, o = false;
	for (uint32_t i = s->first; i < s->last; i++) {
		if (m->clause[i] != m->clause[at])
			continue;
		r = r || is_one_of(m->text.tokens[i].word, recent);
		o = o || is_one_of(m->text.tokens[i].word, old);
	}
	return r && o ? "both" : r ? "recent" : o ? "old" : "plain";
}

static void event_features(struct collector *c, const struct happening *list, size_t count)
{
	const struct rules *r = c->m->rules;
	const char *state = NULL, *state_actor = NULL, *ender = NULL;
	bool end_seen = false;
	for (size_t i = 0; i < count; i++) {
		const struct happening *h = &list[i];
		struct unit u = { h->first, h->last, 0, NULL };
		const char *kind = r->events[h->kind].name, *how = event_how_word(h->how);
		const char *actor = party_names[h->actor], *target = party_names[h->target];
		add_parts(c, &u, PARTS("e", kind), 1);
		add_parts(c, &u, PARTS("e", kind, actor), 1);
		add_parts(c, &u, PARTS("e", kind, actor, how), 1);
		add_parts(c, &u, PARTS("e", kind, actor, target, how), 1);
		const char *tense = tense_of(c->m, h->first);
		add_parts(c, &u, PARTS("er", kind, tense), 1);
		add_parts(c, &u, PARTS("er", kind, actor, tense), 1);
		add_parts(c, &u, PARTS("er", kind, actor, how, tense), 1);
		if (end_seen)
			add_parts(c, &u, PARTS("ea", kind, actor, how), 1);
		end_seen = end_seen || (!strcmp(kind, "end") && h->actor != PARTY_OTHER);
		if (h->actor == PARTY_OTHER || h->actor == PARTY_YOU || h->target == PARTY_OTHER)
			continue;
		bool real = h->how == HOW_HAPPENED || h->how == HOW_OVER;
		if (real && r->events[h->kind].state) {
			state = kind;
			state_actor = actor;
		}
		if (real && !strcmp(kind, "end") && h->actor != PARTY_NONE)
			ender = actor;
	}
	if (state) {
		add_parts(c, NULL, PARTS("latest", state), 1);
		add_parts(c, NULL, PARTS("latest", state, state_actor), 1);
	}
	if (ender)
		add_parts(c, NULL, PARTS("latest", "end", ender), 1);
}

static void rule_features(struct collector *c, const struct match *matches, size_t count,
			  const struct outcome *outcomes)
{
	static const char *const signals[] = {
#define X(id, word) word,
		SIGNALS(X)
#undef X
	};
	const struct rules *r = c->m->rules;
	for (size_t i = 0; i < count; i++) {
		const struct cue *cue = &r->cues[matches[i].cue];
		struct unit u = { matches[i].first, matches[i].last, 0, NULL };
		if (!matches[i].again &&
		    (cue->target == TARGET_SITUATION || cue->target == TARGET_DETAIL))
			add_parts(c, &u, PARTS("cue", cue->name), 1);
	}
	for (int s = 0; s < SIGNAL_COUNT; s++)
		if (c->m->signals >> s & 1)
			add_parts(c, NULL, PARTS("signal", signals[s]), 1);
	for (size_t s = 0; s < r->situation_count; s++)
		if (outcomes[s].score > 0)
			add_parts(c, NULL, PARTS("rules", r->situations[s].label),
				  outcomes[s].score);
}

void feature_collect(const struct marked *m, const struct match *matches, size_t count,
		     const struct happening *events, size_t event_count,
		     const struct outcome *outcomes, struct features *ret)
{
	struct collector c = { .m = m, .out = ret };
	gather_units(&c);
	word_features(&c);
	event_features(&c, events, event_count);
	rule_features(&c, matches, count, outcomes);
}
