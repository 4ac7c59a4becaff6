/* classify_party.c - whom each noun and pronoun means.
 *
 * First the noun phrases: "my ex girlfriend" is the ex, "his mom" and "my
 * sister's ex" are others. They say the ex's gender. Then pronouns in reading
 * order: he or she is the ex, unless another person of that gender was named
 * nearer. Rough, on purpose: what it can't tell it calls other.
 */
#include <string.h>

#include "classify_internal.h"

enum gender { GENDER_HE, GENDER_SHE, GENDER_THEY, GENDER_NONE };
enum noun { NOUN_NONE, NOUN_EX, NOUN_OTHER, NOUN_ANYONE };

/* A noun phrase: "my ( 27 f ) ex girlfriend". */
struct phrase_np {
	uint32_t first, last; /* tokens */
	enum noun noun;
	enum gender gender;
	bool possessive;   /* 's follows */
	bool vague;        /* "another man", "a mother": nobody that a pronoun means */
	enum gender whose; /* "my bf parents": the ex's, though no 's says so */
};

struct parties {
	struct marked *m;
	struct phrase_np *list;
	size_t count;
	enum gender ex;
	bool promote;           /* no partner is named: "this guy" is the one */
	uint32_t last_ex;       /* token + 1 */
	uint32_t last_other[4]; /* by gender; token + 1 */
};

#define MANY 4 /* "they" so often is one person, whoever else is named */

static const char *const pronouns[3] = { "he", "she", "they" };

static const struct {
	enum engine_class class;
	enum noun noun;
	enum gender gender;
} nouns[] = {
	{ CLASS_EX_HE, NOUN_EX, GENDER_HE },
	{ CLASS_EX_SHE, NOUN_EX, GENDER_SHE },
	{ CLASS_EX_THEY, NOUN_EX, GENDER_NONE },
	{ CLASS_EX_WORD, NOUN_EX, GENDER_NONE },
	{ CLASS_OTHER_HE, NOUN_OTHER, GENDER_HE },
	{ CLASS_OTHER_SHE, NOUN_OTHER, GENDER_SHE },
	{ CLASS_OTHER_THEY, NOUN_OTHER, GENDER_NONE },
	{ CLASS_ANYONE_HE, NOUN_ANYONE, GENDER_HE },
	{ CLASS_ANYONE_SHE, NOUN_ANYONE, GENDER_SHE },
	{ CLASS_ANYONE_THEY, NOUN_ANYONE, GENDER_NONE },
};

#define NOUN_CLASSES                                                                              \
	(CLASS_BIT(CLASS_EX_HE) | CLASS_BIT(CLASS_EX_SHE) | CLASS_BIT(CLASS_EX_THEY) |            \
	 CLASS_BIT(CLASS_EX_WORD) | CLASS_BIT(CLASS_OTHER_HE) | CLASS_BIT(CLASS_OTHER_SHE) |      \
	 CLASS_BIT(CLASS_OTHER_THEY) | CLASS_BIT(CLASS_ANYONE_HE) | CLASS_BIT(CLASS_ANYONE_SHE) | \
	 CLASS_BIT(CLASS_ANYONE_THEY))

#define OWN_CLASSES   (CLASS_BIT(CLASS_ME) | CLASS_BIT(CLASS_WE) | CLASS_BIT(CLASS_MY))
#define YOUR_CLASSES  (CLASS_BIT(CLASS_YOU) | CLASS_BIT(CLASS_YOUR))
#define THIRD_CLASSES (CLASS_BIT(CLASS_HE) | CLASS_BIT(CLASS_SHE) | CLASS_BIT(CLASS_THEY))

static enum noun noun_of(uint64_t classes, enum gender *ret)
{
	if (!(classes & NOUN_CLASSES))
		return NOUN_NONE;
	for (size_t i = 0; i < sizeof(nouns) / sizeof(*nouns); i++)
		if (classes & CLASS_BIT(nouns[i].class))
			return *ret = nouns[i].gender, nouns[i].noun;
	return NOUN_NONE;
}

/* The noun at token i, the longest phrase first; *ret_last is the token after. */
static enum noun noun_at(const struct marked *m, uint32_t i, uint32_t *ret_last, enum gender *ret)
{
	*ret_last = i + 1;
	if (!(m->begins[i] & NOUN_CLASSES))
		return NOUN_NONE;
	enum noun best = noun_of(m->is[i], ret);
	for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start) {
		enum gender g;
		const struct span *span = &m->spans[s - 1];
		enum noun n = span->last > *ret_last
				      ? noun_of(m->rules->uses[span->entry].classes, &g)
				      : NOUN_NONE;
		if (n == NOUN_NONE)
			continue;
		best = n;
		*ret = g;
		*ret_last = span->last;
	}
	return best;
}

static bool is_lead(const struct marked *m, uint32_t i)
{
	return marked_is(m, i, CLASS_NOUN_LEAD) || m->text.tokens[i].kind == TOKEN_NUMBER;
}

static bool is_word(const struct marked *m, uint32_t i, const char *word)
{
	return !strcmp(m->text.tokens[i].word, word);
}

/* Whose the phrase is: reads leftwards from its noun. */
static void read_lead(const struct marked *m, struct phrase_np *np)
{
	uint32_t begin = m->text.sentences[m->text.tokens[np->first].sentence].first;
	bool new_lead = false;
	while (np->first > begin && is_lead(m, np->first - 1)) {
		np->first--;
		new_lead = new_lead || marked_is(m, np->first, CLASS_NEW_LEAD);
	}
	if (new_lead && np->noun != NOUN_OTHER)
		np->noun = NOUN_OTHER;
	np->vague = new_lead;
	if (np->first == begin)
		return;
	bool whose = m->is[np->first - 1] &
		     (CLASS_BIT(CLASS_MY) | CLASS_BIT(CLASS_WHOSE) | CLASS_BIT(CLASS_HER));
	np->vague = (new_lead && !whose) || is_word(m, np->first - 1, "a");
	if (marked_is(m, np->first - 1, CLASS_THEIRS)) {
		np->noun = NOUN_OTHER;
		np->first--;
	} else if (marked_is(m, np->first - 1, CLASS_ARTICLE)) {
		np->first--;
	}
}

static struct phrase_np read_phrase(const struct marked *m, uint32_t i)
{
	struct phrase_np np = { .first = i, .whose = GENDER_NONE };
	np.noun = noun_at(m, i, &np.last, &np.gender);
	uint32_t limit = m->text.sentences[m->text.tokens[i].sentence].last;
	while (np.noun != NOUN_NONE && np.last < limit) {
		uint32_t last;
		enum gender g = GENDER_NONE;
		enum noun next = noun_at(m, np.last, &last, &g);
		if (next != NOUN_EX && next != NOUN_OTHER)
			break;
		if (np.noun == NOUN_EX && next == NOUN_OTHER)
			np.whose = np.gender;
		np.noun = next;
		np.gender = g;
		np.last = last;
	}
	if (np.noun == NOUN_NONE)
		return np;
	read_lead(m, &np);
	np.possessive = np.last < limit && marked_is(m, np.last, CLASS_GENITIVE);
	return np;
}

static void find_phrases(struct parties *p)
{
	const struct marked *m = p->m;
	bool named = false;
	p->list = arena_alloc(m->arena, (m->text.token_count + 1) * sizeof(*p->list));
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		if (!(m->begins[i] & NOUN_CLASSES))
			continue;
		struct phrase_np np = read_phrase(m, i);
		if (np.noun == NOUN_NONE)
			continue;
		/* "my mom's husband" begins with "my", so that he is the subject. */
		if (p->count && p->list[p->count - 1].possessive &&
		    p->list[p->count - 1].last == np.first)
			np.first = p->list[p->count - 1].first;
		p->list[p->count++] = np;
		named = named || np.noun == NOUN_EX;
		i = np.last - 1;
	}
	p->promote = !named;
}

static enum gender pronoun_gender(const struct marked *m, uint32_t i)
{
	return marked_is(m, i, CLASS_HE)     ? GENDER_HE
	       : marked_is(m, i, CLASS_SHE)  ? GENDER_SHE
	       : marked_is(m, i, CLASS_THEY) ? GENDER_THEY
					     : GENDER_NONE;
}

/* "my ex (27 f)", "my ex (m)": the tag behind the noun is the ex's, one before
 * it the reader's. */
static enum gender tag_gender(const struct marked *m, const struct phrase_np *np)
{
	bool of = np->last < m->text.token_count && is_word(m, np->last, "of");
	uint32_t reach = np->last + (of ? 7 : 4); /* "my partner of two years (27 m)" */
	for (uint32_t i = np->last; i < reach && i + 1 < m->text.token_count; i++) {
		bool tag = m->text.tokens[i - 1].kind == TOKEN_NUMBER ||
			   m->text.tokens[i + 1].kind == TOKEN_NUMBER ||
			   (is_word(m, i - 1, "(") && is_word(m, i + 1, ")"));
		if (tag && is_word(m, i, "nb"))
			return GENDER_THEY;
		if (tag && marked_is(m, i, CLASS_MALE))
			return GENDER_HE;
		if (tag && marked_is(m, i, CLASS_FEMALE))
			return GENDER_SHE;
	}
	return GENDER_NONE;
}

static void say_gender(struct parties *p, enum gender g, uint32_t first, uint32_t last)
{
	p->ex = g;
	p->m->ex_pronoun = g == GENDER_NONE ? NULL : pronouns[g];
	p->m->ex_first = first;
	p->m->ex_last = last;
}

static bool gender_of_nouns(struct parties *p)
{
	size_t votes[2] = { 0 };
	const struct phrase_np *sign[2] = { NULL }, *they = NULL;
	for (size_t i = 0; i < p->count; i++) {
		const struct phrase_np *np = &p->list[i];
		if (np->whose <= GENDER_SHE && marked_is(p->m, np->first, CLASS_MY)) {
			votes[np->whose] += 3;
			sign[np->whose] = sign[np->whose] ? sign[np->whose] : np;
		}
		if (np->noun != NOUN_EX || marked_is(p->m, np->first, CLASS_ONE_OF))
			continue; /* "she has a boyfriend now" */
		if (p->m->text.tokens[np->first].quoted)
			continue;
		enum gender tag = tag_gender(p->m, np);
		enum gender g = np->gender == GENDER_NONE || tag == GENDER_THEY ? tag : np->gender;
		if (g == GENDER_THEY && !they)
			they = np;
		if (g > GENDER_SHE)
			continue;
		votes[g] += marked_is(p->m, np->first, CLASS_MY) ? 3 : 1;
		if (!sign[g])
			sign[g] = np;
	}
	if (!votes[0] && !votes[1] && they)
		return say_gender(p, GENDER_THEY, they->first, they->last), true;
	if (votes[0] == votes[1])
		return false;
	enum gender g = votes[0] > votes[1] ? GENDER_HE : GENDER_SHE;
	say_gender(p, g, sign[g]->first, sign[g]->last);
	return true;
}

/* How often the text speaks of its writer, and of whom it is written to. */
static void count_voices(const struct marked *m, size_t *ret_own, size_t *ret_yours)
{
	size_t own = 0, yours = 0;
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		own += (m->is[i] & OWN_CLASSES) != 0;
		yours += (m->is[i] & YOUR_CLASSES) != 0;
	}
	*ret_own = own;
	*ret_yours = yours;
}

/* Who else the text's pronouns may mean. */
struct others {
	bool gender[2]; /* a man, a woman named apart from the ex */
	bool fresh[2];  /* "my new partner (24 f)" */
	bool somebody;  /* "my friend": he or she */
	bool several;   /* "my parents": they */
	bool my_ex;     /* "my ex" is named */
};

static bool is_plural(const struct marked *m, const struct phrase_np *np)
{
	static const char *const words[] = { "people", "family", "everyone", "everybody",
					     "men",    "women",  "children", NULL };
	const char *w = m->text.tokens[np->last - 1].word;
	size_t n = strlen(w);
	for (size_t i = 0; words[i]; i++)
		if (!strcmp(words[i], w))
			return true;
	return n > 2 && w[n - 1] == 's' && w[n - 2] != 's';
}

/* "my boss", "my ex best friend"; but "my ex colleague" may well be the ex. */
static bool is_apart(const struct marked *m, const struct phrase_np *np)
{
	return marked_is(m, np->first, CLASS_MY) &&
	       (!marked_is(m, np->first + 1, CLASS_EX_WORD) ||
		strstr(m->text.tokens[np->last - 1].word, "friend") != NULL);
}

/* The tokens of the first "he" or "she", and of the first "they". */
static struct others find_others(const struct parties *p, uint32_t before, uint32_t they)
{
	const struct marked *m = p->m;
	struct others o = { 0 };
	for (size_t i = 0; i < p->count; i++) {
		const struct phrase_np *np = &p->list[i];
		enum gender whose = pronoun_gender(m, np->first);
		o.my_ex = o.my_ex || (np->noun == NOUN_EX && marked_is(m, np->first, CLASS_MY));
		if (np->noun != NOUN_OTHER || np->vague ||
		    (whose != GENDER_NONE && whose == np->gender))
			continue; /* "his brother" is his too */
		enum gender g = np->gender < GENDER_THEY ? np->gender : tag_gender(m, np);
		if (g < GENDER_THEY) {
			o.gender[g] = true;
			o.fresh[g] = o.fresh[g] || (marked_is(m, np->first, CLASS_MY) &&
						    marked_is(m, np->first + 1, CLASS_NEW_LEAD));
		}
		if (g < GENDER_THEY)
			continue;
		if (is_plural(m, np))
			o.several = o.several || (whose != GENDER_THEY && np->first < they);
		else if (np->first < before)
			o.somebody = o.somebody || is_apart(m, np);
	}
	return o;
}

/* He or she by count; a person named otherwise weakens the vote. */
static void gender_of_pronouns(struct parties *p)
{
	size_t votes[3] = { 0 };
	uint32_t sign[3] = { 0 };
	const struct marked *m = p->m;
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		if (!(m->is[i] & THIRD_CLASSES) || m->text.tokens[i].quoted)
			continue;
		enum gender g = pronoun_gender(m, i);
		if (g != GENDER_NONE && !votes[g]++)
			sign[g] = i;
	}
	enum gender g = votes[0] > votes[1] ? GENDER_HE : GENDER_SHE;
	const struct others o = find_others(p, sign[g], sign[GENDER_THEY]);
	size_t less = votes[0] > votes[1] ? votes[1] : votes[0];
	bool other = o.fresh[g] || (p->promote && (o.gender[g] || o.somebody));
	if (votes[2] > 3 * votes[g] && votes[2] > 3 && !o.several && !p->promote)
		say_gender(p, GENDER_THEY, sign[2], sign[2] + 1);
	else if (votes[g] && votes[g] >= 2 * less && !other)
		say_gender(p, g, sign[g], sign[g] + 1);
	else if (!votes[0] && !votes[1] &&
		 (o.several ? o.my_ex && votes[2] > MANY : votes[2] > p->promote))
		say_gender(p, GENDER_THEY, sign[2], sign[2] + 1);
	else if (votes[g] > less && !p->promote && !other)
		say_gender(p, g, sign[g], sign[g] + 1);
	else if (votes[g] && votes[g] == less && !p->promote && o.gender[0] != o.gender[1])
		say_gender(p, (enum gender)o.gender[0], sign[o.gender[0]], sign[o.gender[0]] + 1);
}

static void set_party(struct marked *m, uint32_t first, uint32_t last, enum party party)
{
	static const enum builtin builtins[] = {
		[PARTY_ME] = BUILTIN_ME,       [PARTY_EX] = BUILTIN_EX,   [PARTY_WE] = BUILTIN_WE,
		[PARTY_OTHER] = BUILTIN_OTHER, [PARTY_YOU] = BUILTIN_YOU,
	};
	marked_span(m, first, last, lexicon_builtin(builtins[party]), 0);
	memset(m->party + first, party, last - first);
}

/* A friend who is only spoken of ("a friend of hers") is no "he" or "she". */
static bool begins_clause(const struct marked *m, uint32_t first)
{
	return first == m->text.sentences[m->text.tokens[first].sentence].first ||
	       m->text.tokens[first - 1].kind == TOKEN_PUNCT || marked_is(m, first - 1, CLASS_JOIN);
}

static void mark_phrase(struct parties *p, const struct phrase_np *np)
{
	bool ex = np->noun == NOUN_EX || (np->noun == NOUN_ANYONE && p->promote &&
					  (np->gender == p->ex || np->gender == GENDER_NONE));
	if (np->possessive && ex) {
		marked_span(p->m, np->first, np->last + 1, lexicon_builtin(BUILTIN_EXS), 0);
		p->last_ex = np->last;
		return;
	}
	if (np->possessive)
		return;
	set_party(p->m, np->first, np->last, ex ? PARTY_EX : PARTY_OTHER);
	if (ex)
		p->last_ex = np->last;
	else if (np->gender != GENDER_NONE || begins_clause(p->m, np->first))
		p->last_other[np->gender] = np->last;
}

static uint32_t sentence_of(const struct marked *m, uint32_t token_plus_one)
{
	return m->text.tokens[token_plus_one - 1].sentence;
}

/* Was another person of that gender named nearer than the ex? */
static bool other_is_nearer(const struct parties *p, enum gender g, uint32_t i)
{
	uint32_t other = p->last_other[g];
	uint32_t here = p->m->text.tokens[i].sentence;
	if (g != GENDER_THEY && p->last_other[GENDER_NONE] > other &&
	    sentence_of(p->m, p->last_other[GENDER_NONE]) == here)
		other = p->last_other[GENDER_NONE];
	return other > p->last_ex && other && sentence_of(p->m, other) + 1 >= here;
}

/* "her" before a noun is whose, not whom. */
static bool is_whose(const struct marked *m, uint32_t i)
{
	if (marked_is(m, i, CLASS_WHOSE))
		return true;
	if (!marked_is(m, i, CLASS_HER) || i + 1 >= m->text.token_count)
		return false;
	return m->text.tokens[i + 1].kind == TOKEN_WORD && !marked_is(m, i + 1, CLASS_FUNCTION) &&
	       m->text.tokens[i + 1].sentence == m->text.tokens[i].sentence;
}

static void mark_pronoun(struct parties *p, uint32_t i, enum gender g)
{
	struct marked *m = p->m;
	bool ex = g == p->ex && !other_is_nearer(p, g, i);
	if (is_whose(m, i)) {
		if (ex)
			marked_span(m, i, i + 1, lexicon_builtin(BUILTIN_EXS), 0);
		return;
	}
	set_party(m, i, i + 1, ex ? PARTY_EX : PARTY_OTHER);
	if (ex)
		p->last_ex = i + 1;
	else
		p->last_other[g] = i + 1;
}

static enum party plain_person(const struct marked *m, uint32_t i)
{
	if (marked_is(m, i, CLASS_ME))
		return PARTY_ME;
	if (marked_is(m, i, CLASS_WE))
		return PARTY_WE;
	if (marked_is(m, i, CLASS_YOU))
		return m->letter_to_ex ? PARTY_EX : PARTY_YOU;
	return PARTY_NONE;
}

/* "I lost myself" has no second person in it; "myself and my ex" has. */
static bool is_reflexive(const struct marked *m, uint32_t i)
{
	return marked_is(m, i, CLASS_SELF) && !begins_clause(m, i);
}

static void mark_people(struct parties *p)
{
	struct marked *m = p->m;
	size_t next = 0;
	uint32_t noun = p->count ? p->list[0].first : UINT32_MAX;
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		if (noun <= i) {
			mark_phrase(p, &p->list[next]);
			i = p->list[next++].last - 1;
			noun = next < p->count ? p->list[next].first : UINT32_MAX;
			continue;
		}
		if (!(m->is[i] & (OWN_CLASSES | YOUR_CLASSES | THIRD_CLASSES)) ||
		    is_reflexive(m, i))
			continue;
		enum gender g = pronoun_gender(m, i);
		enum party party = plain_person(m, i);
		if (g != GENDER_NONE)
			mark_pronoun(p, i, g);
		else if (party != PARTY_NONE)
			set_party(m, i, i + 1, party);
		else if (marked_is(m, i, CLASS_MY))
			marked_span(m, i, i + 1, lexicon_builtin(BUILTIN_MY), 0);
		else if (m->letter_to_ex && marked_is(m, i, CLASS_YOUR))
			marked_span(m, i, i + 1, lexicon_builtin(BUILTIN_EXS), 0);
	}
}

static struct span *person_from(const struct marked *m, uint32_t i)
{
	if (i >= m->text.token_count)
		return NULL;
	for (uint32_t s = m->starts[i]; s; s = m->spans[s - 1].next_start)
		if (m->spans[s - 1].entry <= lexicon_builtin(BUILTIN_YOU))
			return &m->spans[s - 1];
	return NULL;
}

/* The token after "(22 m)" behind a person. */
static uint32_t after_tag(const struct marked *m, uint32_t i)
{
	uint32_t n = m->text.token_count;
	if (i + 2 < n && m->text.tokens[i].kind == TOKEN_NUMBER &&
	    (marked_is(m, i + 1, CLASS_MALE) || marked_is(m, i + 1, CLASS_FEMALE)))
		return i + 2; /* me "20 m" */
	if (i >= n || *m->text.tokens[i].word != '(')
		return i;
	for (uint32_t k = i + 1; k < n && k < i + 6; k++)
		if (*m->text.tokens[k].word == ')')
			return k + 1;
	return i;
}

/* "me (22 m) and my ex", "he and I": we, and neither of them alone. */
static void join_pairs(struct marked *m)
{
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		struct span *a = m->party[i] == PARTY_NONE ? NULL : person_from(m, i);
		uint32_t and = a ? after_tag(m, a->last) : 0;
		if (!a || !marked_is(m, and, CLASS_AND))
			continue;
		struct span *b = person_from(m, and+1);
		if (!b || m->text.tokens[i].sentence != m->text.tokens[b->first].sentence)
			continue;
		uint32_t x = a->entry, y = b->entry, last = b->last;
		bool pair = (x == BUILTIN_ME && y == BUILTIN_EX) ||
			    (x == BUILTIN_EX && y == BUILTIN_ME);
		if (!pair)
			continue;
		a->entry = b->entry = lexicon_builtin(BUILTIN_WE);
		set_party(m, i, last, PARTY_WE);
	}
}

/* A letter to the ex says you; advice to another reader does too, but without
 * "I miss you". */
static bool speaks_to_ex(const struct marked *m)
{
	size_t you = 0, third = 0, dear = 0;
	if (!(m->has & CLASS_BIT(CLASS_DEAR_YOU)))
		return false;
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		if (m->text.tokens[i].quoted)
			continue;
		you += marked_is(m, i, CLASS_YOU) || marked_is(m, i, CLASS_YOUR);
		third += pronoun_gender(m, i) < GENDER_THEY;
		dear += (m->begins[i] & CLASS_BIT(CLASS_DEAR_YOU)) != 0;
	}
	return dear > 0 && you >= 4 && you > 2 * third;
}

static bool names_ex(const struct parties *p)
{
	for (size_t i = 0; i < p->count; i++)
		for (uint32_t k = p->list[i].first; k < p->list[i].last; k++)
			if (p->list[i].noun == NOUN_EX && marked_is(p->m, k, CLASS_EX_WORD))
				return true;
	return false;
}

static void raise_signals(struct parties *p, bool to_reader)
{
	struct marked *m = p->m;
	bool me = false;
	for (uint32_t i = 0; i < m->text.token_count && !me; i++)
		me = m->party[i] == PARTY_ME || m->party[i] == PARTY_WE;
	m->signals = (uint8_t)((to_reader && !m->letter_to_ex) << SIGNAL_TO_READER |
			       m->letter_to_ex << SIGNAL_TO_EX | p->promote << SIGNAL_NO_PARTNER |
			       names_ex(p) << SIGNAL_EX_NAMED | !me << SIGNAL_NO_ME);
}

void party_mark(struct marked *m)
{
	struct parties p = { .m = m, .ex = GENDER_NONE };
	size_t own, yours;
	count_voices(m, &own, &yours);
	m->letter_to_ex = speaks_to_ex(m);
	find_phrases(&p);
	if (!gender_of_nouns(&p))
		gender_of_pronouns(&p);
	/* Advice to another reader speaks of "you" more than of "I". */
	if (p.promote && (m->letter_to_ex || (yours && yours >= own)))
		m->ex_pronoun = NULL;
	mark_people(&p);
	raise_signals(&p, yours > own);
	join_pairs(m);
}
