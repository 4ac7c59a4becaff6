/* rules_pattern.c - patterns from their written form, and their anchors.
 *
 *   word  a|b  @class  ~verb     what stands here
 *   x?                           or not
 *   ex:x  me|we:x                in a clause whose subject is the ex, me or us
 *   !x  <!x                      next, or last, is not x
 *   ..  ..5                      up to 3 (5) words of the same clause
 *   ...  ...20                   up to 12 (20) words of the same sentence
 *   ^  $                         the sentence's beginning, end
 *
 * The anchor of a pattern is its rarest word: only there matching begins.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/err.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "rules_internal.h"

#define GAP_CLAUSE     3
#define GAP_SENTENCE   12
#define GAP_MOST       40
#define WIDE_GAPS_MOST 2

#define MATCHES_A_CUE   3  /* further ones add nothing to the evidence */
#define MATCHES_A_FRAME 40 /* of events the last one counts too */

#define SET_SLOTS_FIRST 1024 /* a power of two */

/* What is being parsed, for messages. */
struct source {
	const char *text, *file;
	int line;
};

static int wrong(const struct source *s, struct err *err, const char *what)
{
	return err_set(err, ERR_RULES, s->file, s->line, "\"%s\": %s", s->text, what);
}

static const char *const party_words[] = {
#define X(id, word) word,
	PARTIES(X)
#undef X
};

static bool is_same(const struct entry_list *a, const struct entry_list *b)
{
	return a->count == b->count &&
	       (!a->count || !memcmp(a->ids, b->ids, a->count * sizeof(*a->ids)));
}

/* Where the list is among set_slots, or would be. */
static size_t find_slot(const struct rules *r, const struct entry_list *list)
{
	uint64_t hash = hash_bytes(HASH_START, list->ids, list->count * sizeof(*list->ids));
	size_t at = hash & (r->set_slot_count - 1);
	while (r->set_slots[at] && !is_same(&r->sets[r->set_slots[at] - 1], list))
		at = (at + 1) & (r->set_slot_count - 1);
	return at;
}

static void make_slots(struct rules *r, size_t count)
{
	free(r->set_slots);
	r->set_slots = mem_alloc(count * sizeof(*r->set_slots));
	r->set_slot_count = count;
	for (size_t i = 0; i < r->set_count; i++)
		r->set_slots[find_slot(r, &r->sets[i])] = (uint32_t)i + 1;
}

uint32_t rules_pattern_set(struct rules *r, struct entry_list *list)
{
	if (2 * (r->set_count + 1) > r->set_slot_count)
		make_slots(r, r->set_slot_count ? 2 * r->set_slot_count : SET_SLOTS_FIRST);
	size_t at = find_slot(r, list);
	if (r->set_slots[at]) {
		free(list->ids);
		return r->set_slots[at] - 1;
	}
	r->sets = mem_grow(r->sets, &r->set_size, r->set_count + 1, sizeof(*r->sets));
	r->sets[r->set_count++] = *list;
	r->set_slots[at] = (uint32_t)r->set_count;
	return (uint32_t)r->set_count - 1;
}

static int parse_gap(const char *word, struct element *e, const struct source *s, struct err *err)
{
	size_t dots = strspn(word, ".");
	if (dots > 3)
		return wrong(s, err, "a gap is \"..\" or \"...\", with a number or without");
	e->kind = ELEMENT_GAP;
	e->wide = dots == 3;
	e->max = e->wide ? GAP_SENTENCE : GAP_CLAUSE;
	if (!word[dots])
		return 0;
	char *end;
	unsigned long n = strtoul(word + dots, &end, 10);
	if (*end || n == 0 || n > GAP_MOST)
		return wrong(s, err, "the number after a gap is 1 to 40");
	e->max = (uint8_t)n;
	return 0;
}

static int parse_party(const char *word, size_t n)
{
	for (int p = PARTY_NONE; p < PARTY_COUNT; p++)
		if (strlen(party_words[p]) == n && !strncmp(party_words[p], word, n))
			return p;
	return PARTY_COUNT;
}

/* "ex:" or "me|we:" before a choice; returns what follows it. */
static char *parse_subject(char *word, struct element *e)
{
	char *colon = strchr(word, ':');
	uint8_t subjects = 0;
	for (char *c = word; colon && c < colon;) {
		size_t n = strcspn(c, "|:");
		int party = parse_party(c, n);
		if (party == PARTY_COUNT)
			return word;
		subjects |= (uint8_t)(1u << party);
		c += n + 1;
	}
	e->subjects = subjects;
	return subjects ? colon + 1 : word;
}

static int parse_choice(struct rules *r, char *word, struct element *e, const struct source *s,
			struct err *err)
{
	size_t n = strlen(word);
	if (n > 1 && word[n - 1] == '?') {
		e->optional = 1;
		word[n - 1] = '\0';
	}
	char *rest = parse_subject(word, e);
	struct entry_list list = { 0 };
	for (char *one; (one = strsep(&rest, "|"));) {
		for (char *c = one; *c; c++)
			if (*c == '_' && *one != '@')
				*c = ' ';
		if (!*one || rules_words_collect(r, one, &list, s->file, s->line, err)) {
			free(list.ids);
			return wrong(s, err, "a word is missing beside \"|\"");
		}
	}
	e->only = list.count == 1 ? list.ids[0] : NO_ENTRY;
	e->set = rules_pattern_set(r, &list);
	return 0;
}

static int parse_element(struct rules *r, char *word, struct element *e, const struct source *s,
			 struct err *err)
{
	*e = (struct element){ .kind = ELEMENT_SET };
	if (!strncmp(word, "..", 2))
		return parse_gap(word, e, s, err);
	if (!strcmp(word, "^") || !strcmp(word, "$")) {
		e->kind = *word == '^' ? ELEMENT_BEGIN : ELEMENT_END;
		return 0;
	}
	if (*word == '!' && word[1]) {
		e->kind = ELEMENT_NEXT_NOT;
		return parse_choice(r, word + 1, e, s, err);
	}
	if (!strncmp(word, "<!", 2)) {
		e->kind = ELEMENT_LAST_NOT;
		return parse_choice(r, word + 2, e, s, err);
	}
	return parse_choice(r, word, e, s, err);
}

double rules_pattern_common(const struct rules *r, uint32_t set)
{
	double sum = 0;
	for (size_t i = 0; i < r->sets[set].count; i++)
		sum += r->lexicon.entries[r->sets[set].ids[i]].common;
	return sum;
}

static bool overlap(const struct entry_list *a, const struct entry_list *b)
{
	for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
		if (a->ids[i] == b->ids[k])
			return true;
		if (a->ids[i] < b->ids[k])
			i++;
		else
			k++;
	}
	return false;
}

/* A pattern that itself says "not" or "if" means it. */
static uint16_t called_for(const struct rules *r, uint32_t set)
{
	static const struct {
		enum engine_class c;
		enum mark mark;
	} calls[] = { { CLASS_NOT, MARK_NOT },   { CLASS_NOT_NOUN, MARK_NOT },
		      { CLASS_IF, MARK_IF },     { CLASS_PLAN, MARK_PLAN },
		      { CLASS_FEAR, MARK_FEAR }, { CLASS_TELL, MARK_TOLD } };
	uint16_t marks = 0;
	for (size_t i = 0; i < sizeof(calls) / sizeof(*calls); i++)
		if (overlap(&r->sets[set], &r->sets[r->engine_set[calls[i].c]]))
			marks |= (uint16_t)(1u << calls[i].mark);
	return marks;
}

static int check_shape(const struct element *e, size_t count, const struct source *s,
		       struct err *err)
{
	size_t wide = 0;
	for (size_t i = 0; i < count; i++) {
		bool gap = e[i].kind == ELEMENT_GAP;
		wide += gap && e[i].wide;
		if (gap && (i == 0 || i + 1 == count))
			return wrong(s, err, "a gap stands between two words");
		if (gap && e[i + 1].kind == ELEMENT_GAP)
			return wrong(s, err, "two gaps side by side");
		if (e[i].kind == ELEMENT_BEGIN && i != 0)
			return wrong(s, err, "\"^\" stands first");
		if (e[i].kind == ELEMENT_END && i + 1 != count)
			return wrong(s, err, "\"$\" stands last");
	}
	if (wide > WIDE_GAPS_MOST)
		return wrong(s, err, "more than two wide gaps (\"...\"); write two patterns");
	return 0;
}

static int choose_anchor(struct rules *r, struct pattern *p, const struct element *e,
			 const struct source *s, struct err *err)
{
	double best = 1e9;
	for (size_t i = 0; i < p->count; i++) {
		if (e[i].kind != ELEMENT_SET)
			continue;
		p->own |= called_for(r, e[i].set);
		if (e[i].optional || rules_pattern_common(r, e[i].set) >= best)
			continue;
		best = rules_pattern_common(r, e[i].set);
		p->anchor = (uint8_t)i;
	}
	return best < 1e9 ? 0
			  : wrong(s, err, "a pattern needs at least one word that must be there");
}

int rules_pattern_add(struct rules *r, uint32_t cue, const char *text, const char *file, int line,
		      struct err *err)
{
	struct source s = { text, file, line };
	struct element e[PATTERN_ELEMENTS];
	struct pattern p = { .cue = cue, .first = (uint32_t)r->element_count };
	char *copy = mem_strdup(text), *rest = copy;
	int status = -1;
	for (char *word; (word = strsep(&rest, " "));) {
		if (!*word)
			continue;
		if (p.count == PATTERN_ELEMENTS) {
			wrong(&s, err, "too long; at most 24 words and gaps");
			goto out;
		}
		if (parse_element(r, word, &e[p.count], &s, err))
			goto out;
		p.count++;
	}
	if (check_shape(e, p.count, &s, err) || choose_anchor(r, &p, e, &s, err))
		goto out;
	r->elements = mem_grow(r->elements, &r->element_size, r->element_count + p.count,
			       sizeof(*r->elements));
	memcpy(r->elements + r->element_count, e, p.count * sizeof(*e));
	r->element_count += p.count;
	r->patterns =
		mem_grow(r->patterns, &r->pattern_size, r->pattern_count + 1, sizeof(*r->patterns));
	p.source = mem_strdup(text);
	p.allow = p.own | r->cues[cue].allow;
	p.anchor_subjects = e[p.anchor].subjects;
	p.timed = r->cues[cue].when != 0;
	p.most = r->cues[cue].target == TARGET_EVENT || p.timed ? MATCHES_A_FRAME : MATCHES_A_CUE;
	r->patterns[r->pattern_count++] = p;
	status = 0;
out:
	free(copy);
	return status;
}

void rules_pattern_finish(struct rules *r)
{
	r->stride = (r->set_count + 63) / 64;
	r->member = mem_alloc(r->lexicon.count * r->stride * sizeof(*r->member));
	for (size_t s = 0; s < r->set_count; s++)
		for (size_t i = 0; i < r->sets[s].count; i++)
			r->member[r->sets[s].ids[i] * r->stride + s / 64] |= (uint64_t)1
									     << (s % 64);
	r->uses = mem_alloc(r->lexicon.count * sizeof(*r->uses));
	for (size_t i = 0; i < r->lexicon.count; i++)
		r->uses[i].seconds = r->lexicon.entries[i].seconds;
	for (int c = 0; c < CLASS_COUNT; c++)
		for (size_t i = 0; i < r->sets[r->engine_set[c]].count; i++)
			r->uses[r->sets[r->engine_set[c]].ids[i]].classes |= CLASS_BIT(c);
	rules_gate_finish(r);
}
