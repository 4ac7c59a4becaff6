/* classify_clause.c - clauses: their subject, and how they are meant.
 *
 * A clause begins at a mark, at a joining word, at "I", "he", "she", "we",
 * "they", or at a person who acts ("since my ex left"). Its subject is the first person in it who
 * stands where a subject stands, else the one before carries over ("she packed and left"). Marks
 * (not, if, plan, ask ...) run from their word to the clause's end: negation,
 * conditions, plans, questions and reported speech are told here, once, so
 * that no rule has to.
 */
#include <string.h>

#include "classify_internal.h"

#define NOT_REACH      8 /* tokens that a "not" covers */
#define NOT_NOUN_REACH 3 /* tokens that a "no" covers */
#define REMARK_REACH   8 /* tokens of a remark in brackets behind a person */

struct clauses {
	struct marked *m;
	uint32_t number;
	enum party outside;     /* subject of the clause that a "(" breaks off */
	enum party before;      /* subject of the clause before, in this sentence */
	enum party last_person; /* subject of the last sentence */
	uint16_t carry;         /* marks that the next clause takes over */
	bool carry_all;         /* ... to the sentence's end */
};

static bool is_mark_between(const struct marked *m, uint32_t i)
{
	const struct token *t = &m->text.tokens[i];
	return t->kind == TOKEN_PUNCT && strchr(",;:()-/", *t->word) != NULL;
}

static bool is_nominative(const struct marked *m, uint32_t i)
{
	return marked_is(m, i, CLASS_NOMINATIVE) && m->party[i] != PARTY_NONE;
}

/* "did he", "should I", "when he", "and she": the pronoun begins nothing new. */
static bool leads_into(const struct marked *m, uint32_t first, uint32_t i)
{
	if (marked_is(m, i - 1, CLASS_AND))
		return i - 1 == first || m->party[i - 2 >= first ? i - 2 : first] != PARTY_NONE;
	for (uint32_t k = first; k < i; k++)
		if (!marked_is(m, k, CLASS_LEAD) && !marked_is(m, k, CLASS_JOIN) &&
		    !marked_is(m, k, CLASS_AUX) && !marked_is(m, k, CLASS_SKIP))
			return false;
	return true;
}

static uint32_t person_end(const struct marked *m, uint32_t i)
{
	uint32_t last = i + 1;
	for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start)
		if (m->spans[s - 1].entry <= BUILTIN_YOU && m->spans[s - 1].last > last)
			last = m->spans[s - 1].last;
	return last;
}

/* Widest person that begins at i. */
static enum party person_at(const struct marked *m, uint32_t i)
{
	static const enum party parties[] = {
		[BUILTIN_ME] = PARTY_ME,       [BUILTIN_EX] = PARTY_EX,   [BUILTIN_WE] = PARTY_WE,
		[BUILTIN_OTHER] = PARTY_OTHER, [BUILTIN_YOU] = PARTY_YOU,
	};
	enum party best = PARTY_NONE;
	uint32_t last = 0;
	for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start) {
		const struct span *span = &m->spans[s - 1];
		if (span->entry > BUILTIN_YOU || span->last <= last)
			continue;
		best = parties[span->entry];
		last = span->last;
	}
	return best;
}

/* The token after a remark in brackets that begins at i ("(27 m)"); i when
 * there is none, or a long one. */
static uint32_t skip_remark(const struct marked *m, uint32_t i, uint32_t limit)
{
	if (i >= limit || *m->text.tokens[i].word != '(')
		return i;
	for (uint32_t k = i + 1; k < limit && k < i + REMARK_REACH; k++)
		if (*m->text.tokens[k].word == ')')
			return k + 1;
	return i;
}

/* A word that can be what somebody does: an auxiliary, or no function word. */
static bool is_act(const struct marked *m, uint32_t i, uint32_t limit)
{
	if (i >= limit || m->text.tokens[i].kind != TOKEN_WORD)
		return false;
	return marked_is(m, i, CLASS_AUX) ||
	       !(m->is[i] &
		 (CLASS_BIT(CLASS_FUNCTION) | CLASS_BIT(CLASS_PREP) | CLASS_BIT(CLASS_AND) |
		  CLASS_BIT(CLASS_JOIN) | CLASS_BIT(CLASS_GENITIVE) | CLASS_BIT(CLASS_ARTICLE) |
		  CLASS_BIT(CLASS_MY) | CLASS_BIT(CLASS_WHOSE)));
}

/* A word after which a subject may stand; after "have" or "saw" stands an object. */
static bool may_begin(const struct marked *m, uint32_t i)
{
	return m->text.tokens[i].kind != TOKEN_WORD ||
	       (m->is[i] &
		(CLASS_BIT(CLASS_FUNCTION) | CLASS_BIT(CLASS_JOIN) | CLASS_BIT(CLASS_AND) |
		 CLASS_BIT(CLASS_LEAD) | CLASS_BIT(CLASS_SKIP) | CLASS_BIT(CLASS_SINCE) |
		 CLASS_BIT(CLASS_SAY) | CLASS_BIT(CLASS_THINK) | CLASS_BIT(CLASS_WHO)));
}

/* "since my ex left", "boyfriend (m) dumped me": somebody who is no pronoun,
 * hangs on no preposition, and then does something. */
static bool acts(const struct marked *m, uint32_t i, uint32_t limit)
{
	if (m->party[i] == PARTY_NONE || person_at(m, i) == PARTY_NONE ||
	    (m->is[i] & (CLASS_BIT(CLASS_NOMINATIVE) | CLASS_BIT(CLASS_OBJECTIVE) |
			 CLASS_BIT(CLASS_ME) | CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_HER))))
		return false;
	if (m->party[i - 1] == m->party[i] ||
	    (marked_is(m, i - 1, CLASS_PREP) && !marked_is(m, i - 1, CLASS_SINCE)))
		return false;
	uint32_t next = skip_remark(m, person_end(m, i), limit);
	return is_act(m, next, limit) && (may_begin(m, i - 1) || marked_is(m, next, CLASS_AUX));
}

/* The clause that begins at first ends before the token returned. */
static uint32_t clause_end(const struct marked *m, uint32_t first, uint32_t limit)
{
	bool mark = is_mark_between(m, first);
	for (uint32_t i = first + 1; i < limit; i++) {
		bool after_mark = mark;
		mark = is_mark_between(m, i);
		if (after_mark && !mark)
			return i;
		if (m->party[i] != PARTY_NONE && i > first + 1 && acts(m, i, limit) &&
		    !leads_into(m, first, i))
			return i;
		if (!(m->is[i] & (CLASS_BIT(CLASS_JOIN) | CLASS_BIT(CLASS_NOMINATIVE))))
			continue;
		if (marked_is(m, i, CLASS_JOIN) && !after_mark && i > first + 1)
			return i;
		if (is_nominative(m, i) && !leads_into(m, first, i))
			return i;
	}
	return limit;
}

/* The subject named in the clause; PARTY_NONE with *ret_thing when it is none
 * of the people ("it hurts"). */
static enum party named_subject(const struct marked *m, uint32_t first, uint32_t last,
				bool *ret_thing)
{
	*ret_thing = false;
	for (uint32_t i = first; i < last; i++) {
		enum party p = person_at(m, i);
		if (p != PARTY_NONE) {
			bool after_prep = i > first && marked_is(m, i - 1, CLASS_PREP);
			if (!after_prep && !marked_is(m, i, CLASS_OBJECTIVE))
				return p;
			i = person_end(m, i) - 1;
			if (after_prep)
				continue;
			return PARTY_NONE;
		}
		if (marked_is(m, i, CLASS_THING)) {
			*ret_thing = true;
			return PARTY_NONE;
		}
		if (!marked_is(m, i, CLASS_LEAD) && !marked_is(m, i, CLASS_JOIN) &&
		    !marked_is(m, i, CLASS_AUX) && !marked_is(m, i, CLASS_SKIP) &&
		    !marked_is(m, i, CLASS_PREP) && !is_mark_between(m, i) &&
		    m->text.tokens[i].kind == TOKEN_WORD && !is_nominative(m, i))
			return PARTY_NONE;
	}
	return PARTY_NONE;
}

static bool is_word(const struct marked *m, uint32_t i, const char *word)
{
	return !strcmp(m->text.tokens[i].word, word);
}

/* "Leave him", "just do not text her": advice, of which the one spoken to is the
 * subject. "Text from her" is none. */
static bool is_advice(const struct marked *m, uint32_t first, uint32_t last)
{
	uint32_t i = first;
	while (i < last && (marked_is(m, i, CLASS_JOIN) || marked_is(m, i, CLASS_NOT) ||
			    is_word(m, i, "just") || is_word(m, i, "please") ||
			    is_word(m, i, "always") || is_word(m, i, "do")))
		i++;
	return i + 1 < last && marked_is(m, i, CLASS_ADVISE) && !is_word(m, i + 1, "from") &&
	       !is_word(m, i + 1, "messages");
}

/* "Said I'm too negative", "Broke up with me": the one who acted before; else
 * it is the reader who drops the "I". */
static enum party dropped_subject(const struct clauses *c, uint32_t first, uint32_t last)
{
	const struct marked *m = c->m;
	if (is_advice(m, first, last))
		return PARTY_YOU;
	if (c->last_person != PARTY_EX)
		return PARTY_ME;
	if (marked_is(m, first, CLASS_SAY))
		return PARTY_EX;
	for (uint32_t i = first; i < last; i++)
		if (marked_is(m, i, CLASS_ME) || marked_is(m, i, CLASS_MY))
			return PARTY_EX;
	return PARTY_ME;
}

/* "... and then left me": whoever does something to me is not me. */
static enum party not_oneself(const struct marked *m, uint32_t first, uint32_t last, enum party p)
{
	for (uint32_t i = first; i < last; i++) {
		bool object = !marked_is(m, i, CLASS_NOMINATIVE) && !marked_is(m, i, CLASS_PREP);
		if (p == PARTY_ME && object && marked_is(m, i, CLASS_ME) &&
		    m->text.tokens[i].word[1] == 'e' && !m->text.tokens[i].word[2])
			return PARTY_EX;
		if (p == PARTY_EX && marked_is(m, i, CLASS_OBJECTIVE) && m->party[i] == PARTY_EX)
			return PARTY_ME;
	}
	return p;
}

static void add_marks(struct marked *m, uint32_t first, uint32_t last, enum mark mark)
{
	for (uint32_t i = first; i < last; i++)
		m->marks[i] |= (uint16_t)(1u << mark);
}

static uint32_t least(uint32_t a, uint32_t b)
{
	return a < b ? a : b;
}

/* "she wants me to leave": what follows "to" is asked of the one named. */
static bool is_told(const struct marked *m, uint32_t i, uint32_t last)
{
	if (!marked_is(m, i, CLASS_TELL) || i + 2 >= last)
		return false;
	uint32_t after = person_end(m, i + 1);
	return m->party[i + 1] != PARTY_NONE && after < last && marked_is(m, after, CLASS_TO);
}

/* The token after the class's word or longest phrase at i; 0 when none. */
static uint32_t class_end(const struct marked *m, uint32_t i, enum engine_class c)
{
	uint32_t last = marked_is(m, i, c) ? i + 1 : 0;
	if (!(m->begins[i] & CLASS_BIT(c)))
		return 0;
	for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start)
		if (m->spans[s - 1].last > last &&
		    (m->rules->uses[m->spans[s - 1].entry].classes & CLASS_BIT(c)))
			last = m->spans[s - 1].last;
	return last;
}

/* "he will not answer", "I could not stay": denied, and nothing planned; but not
 * "I can not go a day without". */
static bool is_refusal(const struct marked *m, uint32_t i, uint32_t after, uint32_t last)
{
	if (after != i + 1 || after >= last || !marked_is(m, i, CLASS_REFUSE) ||
	    !is_word(m, after, "not"))
		return false;
	for (uint32_t k = after + 1; k < last; k++)
		if (marked_is(m, k, CLASS_NOT))
			return false;
	return true;
}

/* Marks that run from the word after theirs to the clause's end, and those
 * that go on into the next clause. */
static void mark_plain_scopes(struct clauses *c, uint32_t i, uint32_t last)
{
	static const struct {
		enum engine_class class;
		enum mark mark;
		bool carries;
	} scopes[] = {
		{ CLASS_IF, MARK_IF, false },
		{ CLASS_PLAN, MARK_PLAN, false },
		{ CLASS_FEAR, MARK_FEAR, true },
		{ CLASS_SAY, MARK_SAID, true },
	};
	for (size_t k = 0; k < sizeof(scopes) / sizeof(*scopes); k++) {
		uint32_t after = class_end(c->m, i, scopes[k].class);
		if (!after || is_refusal(c->m, i, after, last))
			continue;
		add_marks(c->m, after, last, scopes[k].mark);
		if (scopes[k].carries)
			c->carry |= (uint16_t)(1u << scopes[k].mark);
		if (scopes[k].mark == MARK_SAID)
			c->carry_all = true;
	}
	if (marked_is(c->m, i, CLASS_WISH))
		c->carry |= 1u << MARK_IF;
}

#define SCOPE_CLASSES                                                               \
	(CLASS_BIT(CLASS_NOT) | CLASS_BIT(CLASS_NOT_NOUN) | CLASS_BIT(CLASS_IF) |   \
	 CLASS_BIT(CLASS_PLAN) | CLASS_BIT(CLASS_FEAR) | CLASS_BIT(CLASS_SAY) |     \
	 CLASS_BIT(CLASS_THINK) | CLASS_BIT(CLASS_TELL) | CLASS_BIT(CLASS_BEFORE) | \
	 CLASS_BIT(CLASS_WISH))

static void mark_scopes(struct clauses *c, uint32_t first, uint32_t last)
{
	struct marked *m = c->m;
	bool denied = false;
	for (uint32_t i = first; i < last; i++) {
		if (!(m->begins[i] & SCOPE_CLASSES))
			continue;
		uint32_t after = class_end(m, i, CLASS_NOT);
		if (after && !marked_is(m, after, CLASS_AFTER_NOT)) {
			add_marks(m, after, least(last, after + NOT_REACH), MARK_NOT);
			denied = true;
		}
		if (marked_is(m, i, CLASS_NOT_NOUN) && !marked_is(m, i + 1, CLASS_AFTER_NOT))
			add_marks(m, i + 1, least(last, i + 1 + NOT_NOUN_REACH), MARK_NOT);
		if (class_end(m, i, CLASS_BEFORE))
			add_marks(m, first, last, MARK_BEFORE);
		if (is_told(m, i, last))
			add_marks(m, i + 2, last, MARK_TOLD);
		if (denied && marked_is(m, i, CLASS_THINK))
			c->carry |= 1u << MARK_NOT;
		mark_plain_scopes(c, i, last);
	}
}

/* A verb before its subject, with the sentence asking: "should I", "did he". */
static bool is_asked(const struct marked *m, uint32_t first, uint32_t last, bool question)
{
	for (uint32_t i = first; question && i + 1 < last; i++) {
		if (marked_is(m, i, CLASS_AUX))
			return m->party[i + 1] != PARTY_NONE || marked_is(m, i + 1, CLASS_THING);
		if (!marked_is(m, i, CLASS_JOIN) && !marked_is(m, i, CLASS_SKIP))
			return false;
		if (marked_is(m, i, CLASS_PRESUPPOSE))
			return false;
	}
	return false;
}

static void mark_clause(struct clauses *c, uint32_t first, uint32_t last, bool begins,
			bool question)
{
	struct marked *m = c->m;
	bool thing;
	enum party p = named_subject(m, first, last, &thing);
	if (!begins && marked_is(m, first, CLASS_WHO) && m->party[first - 1] != PARTY_NONE)
		p = m->party[first - 1]; /* "my ex who left me" */
	else if (p == PARTY_NONE && !thing)
		p = not_oneself(m, first, last,
				begins ? dropped_subject(c, first, last) : c->before);
	uint16_t carried = c->carry;
	if (!c->carry_all)
		c->carry = 0;
	else
		c->carry = 1u << MARK_SAID;
	for (uint32_t i = first; i < last; i++) {
		m->clause[i] = c->number;
		m->subject[i] = (uint8_t)p;
		m->marks[i] |= carried;
		if (m->text.tokens[i].quoted)
			m->marks[i] |= 1u << MARK_QUOTE;
	}
	mark_scopes(c, first, last);
	if (is_asked(m, first, last, question))
		add_marks(m, first, last, MARK_ASK);
	c->number++;
	c->before = p;
}

void clause_mark(struct marked *m)
{
	struct clauses c = { .m = m, .last_person = PARTY_ME };
	for (uint32_t s = 0; s < m->text.sentence_count; s++) {
		const struct sentence *sentence = &m->text.sentences[s];
		c.before = c.outside = PARTY_NONE;
		c.carry = 0;
		c.carry_all = false;
		for (uint32_t first = sentence->first; first < sentence->last;) {
			uint32_t last = clause_end(m, first, sentence->last);
			char mark = first > sentence->first ? *m->text.tokens[first - 1].word : 0;
			if (mark == '(')
				c.outside = c.before;
			else if (mark == ')')
				c.before = c.outside;
			mark_clause(&c, first, last, first == sentence->first, sentence->question);
			first = last;
		}
		if (c.before != PARTY_NONE)
			c.last_person = c.before;
	}
}
