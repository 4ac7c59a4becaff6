/* classify_event.c - who did what to whom, and whether it happened.
 *
 * Frames of data/events matched in the text become events: a kind, an actor, a
 * target, and how it is meant, told by the marks on its words less those that
 * the frame's own words call for ("never wrote" is a silence that happened,
 * not one that is denied).
 */
#include <string.h>

#include "classify_internal.h"

#define OBJECT_REACH 3 /* tokens behind the match where its object may stand */

const char *event_how_word(enum how h)
{
	static const char *const words[] = {
#define X(id, word) word,
		HOWS(X)
#undef X
	};
	return words[h];
}

static enum how how_meant(uint16_t marks)
{
	static const struct {
		enum mark mark;
		enum how how;
	} order[] = {
		{ MARK_QUOTE, HOW_QUOTED }, { MARK_ASK, HOW_ASKED },   { MARK_FEAR, HOW_FEARED },
		{ MARK_NOT, HOW_DENIED },   { MARK_IF, HOW_SUPPOSED }, { MARK_PLAN, HOW_PLANNED },
		{ MARK_TOLD, HOW_TOLD },    { MARK_BEFORE, HOW_OVER },
	};
	for (size_t i = 0; i < sizeof(order) / sizeof(*order); i++)
		if (marks >> order[i].mark & 1)
			return order[i].how;
	return HOW_HAPPENED;
}

/* "he says I was cold": others say it of the reader; but not "because I said
 * awful things". */
static bool is_claimed(const struct marked *m, const struct happening *h, uint16_t marks)
{
	uint32_t begin = m->text.sentences[m->text.tokens[h->first].sentence].first;
	uint32_t i = h->first;
	if (!(marks >> MARK_SAID & 1) || h->actor != PARTY_ME)
		return false;
	while (i > begin && m->clause[i - 1] == m->clause[h->first])
		i--;
	if (i == begin || !(m->marks[i] >> MARK_SAID & 1))
		return false;
	return m->subject[i - 1] == PARTY_EX || m->subject[i - 1] == PARTY_OTHER;
}

/* "my jealousy ruined it": what is somebody's acts for them. */
static enum party owner_of(const struct marked *m, uint32_t first)
{
	uint32_t begin = m->text.sentences[m->text.tokens[first].sentence].first;
	for (uint32_t i = first + 1; i-- > begin && i + 3 > first;) {
		if (m->clause[i] != m->clause[first])
			break;
		if (marked_is(m, i, CLASS_MY))
			return PARTY_ME;
		for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start)
			if (m->spans[s - 1].entry == BUILTIN_EXS)
				return PARTY_EX;
	}
	return PARTY_NONE;
}

static bool is_word(const struct marked *m, uint32_t i, const char *word)
{
	return !strcmp(m->text.tokens[i].word, word);
}

/* "me" is never who acts, "myself" may be. */
static bool is_me(const struct marked *m, uint32_t i)
{
	return marked_is(m, i, CLASS_ME) && !marked_is(m, i, CLASS_NOMINATIVE);
}

static bool says_me(const struct marked *m, const struct match *found)
{
	uint32_t end = m->text.sentences[m->text.tokens[found->first].sentence].last;
	for (uint32_t i = found->first; i < end && i < found->last + OBJECT_REACH; i++)
		if (is_me(m, i) && is_word(m, i, "me"))
			return true;
	return false;
}

/* The first person behind the verb who is not the actor. */
static enum party object_of(const struct marked *m, const struct match *found, enum party actor)
{
	uint32_t end = m->text.sentences[m->text.tokens[found->first].sentence].last;
	uint32_t reach = found->last + OBJECT_REACH < end ? found->last + OBJECT_REACH : end;
	enum party owner = PARTY_NONE; /* "broke my arm" */
	uint32_t named = found->first; /* where the actor ends, if he is named here */
	while (named < reach && m->party[named] == actor)
		named++;
	for (uint32_t i = found->first; i < reach; i++) {
		if (i >= found->last && m->clause[i] != m->clause[found->last - 1])
			break;
		enum party p = (enum party)m->party[i];
		bool another = p != actor || is_me(m, i) || (p == PARTY_OTHER && i > named);
		if (p != PARTY_NONE && another && !(p == PARTY_WE && actor != PARTY_OTHER))
			return p;
		if (i > found->first && owner == PARTY_NONE && is_word(m, i, "my") &&
		    p == PARTY_NONE && actor != PARTY_ME)
			owner = PARTY_ME;
	}
	return owner;
}

static enum party cast(const struct marked *m, const struct match *found, enum casting c,
		       enum party actor)
{
	switch (c) {
	case CAST_SUBJECT:
		return m->subject[found->first] == PARTY_NONE
			       ? owner_of(m, found->first)
			       : (enum party)m->subject[found->first];
	case CAST_OBJECT:
		return object_of(m, found, actor);
	case CAST_NOBODY:
		return PARTY_NONE;
	case CAST_READER:
		return PARTY_ME;
	case CAST_EX:
		return PARTY_EX;
	case CAST_BOTH:
		return PARTY_WE;
	case CAST_OTHER:
		return PARTY_OTHER;
	case CAST_COUNT:
		break;
	}
	return PARTY_NONE;
}

/* Did the words name that other person, or is it a "she" whose meaning was
 * guessed? */
static bool is_named(const struct marked *m, const struct match *found, enum party p)
{
	uint32_t begin = m->text.sentences[m->text.tokens[found->first].sentence].first;
	for (uint32_t i = found->last; i-- > begin;)
		if (m->party[i] == p)
			return !(m->is[i] & (CLASS_BIT(CLASS_HE) | CLASS_BIT(CLASS_SHE) |
					     CLASS_BIT(CLASS_THEY)));
	return false;
}

/* What happens between two partners, one of whom is the reader: nobody leaves
 * me but my ex, whatever the pronoun was taken for. */
static void pair_up(const struct marked *m, const struct match *found, struct happening *h)
{
	bool loose = h->actor == PARTY_NONE ||
		     (h->actor == PARTY_OTHER && !is_named(m, found, PARTY_OTHER));
	if (h->target == PARTY_ME && (loose || h->actor == PARTY_ME))
		h->actor = PARTY_EX;
	else if (h->actor == PARTY_ME && h->target == PARTY_OTHER &&
		 !is_named(m, found, PARTY_OTHER))
		h->target = PARTY_EX;
	else if (h->actor == PARTY_EX && h->target == PARTY_EX)
		h->actor = PARTY_ME;
}

static bool is_told_already(const struct happening *list, size_t count, const struct happening *h)
{
	for (size_t i = count; i-- > 0 && i + 8 > count;)
		if (list[i].kind == h->kind && list[i].actor == h->actor &&
		    list[i].first < h->last && h->first < list[i].last)
			return true;
	return false;
}

static int by_place(const struct happening *a, const struct happening *b)
{
	return a->first < b->first ? -1 : a->first > b->first;
}

size_t event_find(const struct marked *m, const struct match *matches, size_t count,
		  struct happening **ret)
{
	const struct rules *r = m->rules;
	struct happening *list = arena_alloc(m->arena, (count + 1) * sizeof(*list));
	size_t n = 0;
	for (size_t i = 0; i < count; i++) {
		const struct cue *c = &r->cues[matches[i].cue];
		if (c->target != TARGET_EVENT)
			continue;
		const struct frame *f = &r->frames[c->owner];
		uint16_t own = r->patterns[matches[i].pattern].own;
		struct happening h = { .kind = f->kind,
				       .cue = matches[i].cue,
				       .how = (uint8_t)how_meant(matches[i].marks & ~own),
				       .first = matches[i].first,
				       .last = matches[i].last };
		enum party subject = (enum party)m->subject[matches[i].first];
		enum party actor = cast(m, &matches[i], (enum casting)f->actor, subject);
		if (f->target == CAST_SUBJECT && actor == PARTY_EX && subject != PARTY_ME &&
		    subject != PARTY_WE && subject != PARTY_NONE)
			actor = subject == PARTY_EX ? PARTY_ME : PARTY_OTHER;
		h.actor = (uint8_t)actor;
		h.target = (uint8_t)cast(m, &matches[i], (enum casting)f->target, actor);
		if (h.actor == PARTY_ME && h.target == PARTY_ME && says_me(m, &matches[i]))
			h.actor = PARTY_EX; /* "scared he will hurt me" */
		if (r->events[h.kind].partner)
			pair_up(m, &matches[i], &h);
		if (h.how == HOW_HAPPENED && is_claimed(m, &h, matches[i].marks))
			h.how = HOW_CLAIMED;
		if (is_told_already(list, n, &h))
			continue;
		size_t at = n++;
		while (at && by_place(&list[at - 1], &h) > 0) {
			list[at] = list[at - 1];
			at--;
		}
		list[at] = h;
	}
	*ret = list;
	return n;
}
