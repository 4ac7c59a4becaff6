/* responses_trial.c - trial drafts: what the responses make of every combination
 * of situations, details and facts that the rules can produce, so that a gap or
 * a clash shows before a reader meets it.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/err.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "dear/situation.h"
#include "draft_internal.h"

#define LEAST_SENTENCES    3
#define SITUATIONS_AT_ONCE 3
/* How often each combination is drafted, with other facts every time. */
#define VARIANTS 12
/* Faults told in full; a fault of one cause shows in hundreds of drafts. */
#define FAULTS_MOST 64
/* Comments made to measure for a response that no other trial took. */
#define CHOICES 8

/* Labels that never lead to a draft, or only to one of another kind. */
static const char *const undrafted[] = {
	"safety", "spam", "thanks", "language", "minor", "legal_or_medical", "to_another_reader",
	NULL
};

/* Values of a fact, NULL first: not known. */
static const struct {
	const char *name, *values[4];
	size_t count;
} facts[] = {
	{ "by", { NULL, "reader", "partner" }, 3 },
	{ "child_age", { NULL, "3 years" }, 2 },
	{ "ex_pronoun", { NULL, "he", "she", "they" }, 4 },
	{ "firm", { NULL, "photographer" }, 2 },
	{ "late_by", { NULL, "9 days" }, 2 },
	{ "letter", { NULL, "planned", "written", "sent" }, 4 },
	{ "quiet_for", { NULL, "3 weeks" }, 2 },
	{ "silence_for", { NULL, "1 month" }, 2 },
	{ "since_end", { NULL, "2 days", "42 days" }, 3 },
	{ "together_for", { NULL, "6 years" }, 2 },
	{ "unanswered_for", { NULL, "4 days" }, 2 },
	{ "work", { NULL, "website", "photos" }, 3 },
};
#define FACT_COUNT (sizeof(facts) / sizeof(facts[0]))

struct trials {
	struct lint *lint;
	const char *topic;
	const char **labels, **details; /* that a response of the topic asks for */
	size_t label_count, detail_count;
	bool *used; /* by number of a response */
	uint64_t tried;
	uint64_t faults[FAULTS_MOST];
	size_t fault_count;
};

static size_t sentences_of(const char *text)
{
	size_t count = 0;

	for (; *text; text++) {
		const char *after = text + 1 + (text[1] == '"');

		count += strchr(".?!", *text) && (*after == ' ' || *after == '\n');
	}
	return count;
}

/* Every value of every fact turns up beside every other one in time: the number
 * of the draft is read in as many bases. */
static size_t choose_facts(uint64_t number, struct fact *list)
{
	uint64_t rest = hash_bytes(HASH_START, &number, sizeof(number));
	size_t count = 0;

	for (size_t i = 0; i < FACT_COUNT; i++) {
		const char *value = facts[i].values[rest % facts[i].count];

		rest /= facts[i].count;
		if (value)
			list[count++] =
				(struct fact){ .name = facts[i].name, .value = value, .quote = "" };
	}
	return count;
}

static void note_used(struct trials *t, const char *responses)
{
	while (*responses) {
		size_t name = strcspn(responses, " "), slash = name;

		while (slash > 0 && responses[slash] != '/')
			slash--;
		const struct response *x = responses_find(t->lint->r, responses, slash);
		if (x)
			t->used[x - t->lint->r->list] = true;
		responses += name + (responses[name] == ' ');
	}
}

/* Tells a fault once for each cause. */
static void fault(struct trials *t, const struct classification *c, const char *what,
		  const char *cause)
{
	uint64_t h = hash_string(hash_string(HASH_START, what), cause);
	struct buf where = BUF_INIT;

	for (size_t i = 0; i < t->fault_count; i++)
		if (t->faults[i] == h)
			return;
	if (t->fault_count == FAULTS_MOST)
		return;
	t->faults[t->fault_count++] = h;
	buf_printf(&where, "%s:", t->topic);
	for (size_t i = 0; i < c->situation_count; i++)
		buf_printf(&where, " %s", c->situations[i].label);
	for (size_t i = 0; i < c->detail_count; i++)
		buf_printf(&where, " %s", c->details[i].name);
	for (size_t i = 0; i < c->fact_count; i++)
		buf_printf(&where, " %s=%s", c->facts[i].name, c->facts[i].value);
	lint_finding(t->lint, buf_str(&where), 0, what, cause);
	buf_release(&where);
}

/* Which responses a draft was made of, without the wordings' numbers. */
static const char *made_of(struct arena *a, const char *responses)
{
	char *copy = arena_strdup(a, responses), *end = copy;

	for (char *at = copy; *at; at++)
		if (*at != '/' || !strchr("0123456789", at[1]))
			*end++ = *at;
		else
			at += strspn(at + 1, "0123456789");
	*end = '\0';
	return copy;
}

static void try_draft(struct trials *t, struct classification *c, bool follow_up)
{
	struct fact given[FACT_COUNT];
	struct draft_memory *m = draft_memory_new(t->lint->r);
	struct arena a = { 0 };
	struct diags d = { 0 };
	struct draft draft = { 0 };
	struct err err = { 0 };
	char text[32];

	snprintf(text, sizeof(text), "%llu", (unsigned long long)t->tried);
	c->topic = t->topic;
	if (!c->facts) {
		c->facts = given;
		c->fact_count = choose_facts(t->tried, given);
	}
	t->tried++;
	const struct draft_request req = {
		.found = c,
		.author = t->tried % 2 ? "Robin" : NULL,
		.text = text,
		.follow_up = follow_up,
	};
	if (draft_write(t->lint->r, &req, m, &a, &draft, &d, &err) < 0) {
		fault(t, c, err.msg, "");
	} else if (!draft.text) {
		if (d.count > 0)
			fault(t, c, d.list[0].text, "");
	} else {
		note_used(t, draft.responses);
		if (c->triage == TRIAGE_NONE && sentences_of(draft.text) < LEAST_SENTENCES)
			fault(t, c, "fewer than three sentences: ", made_of(&a, draft.responses));
	}
	diags_release(&d);
	arena_release(&a);
	draft_memory_free(m);
}

static void try_often(struct trials *t, struct situation *s, size_t count, struct detail *d,
		      size_t detail_count, int times)
{
	for (int i = 0; i < times; i++) {
		struct classification c = { .situations = s,
					    .situation_count = count,
					    .details = d,
					    .detail_count = detail_count };

		try_draft(t, &c, i % 4 == 3);
	}
}

/* Every set of labels from the given one on that holds those chosen so far. */
static void try_sets(struct trials *t, size_t from, struct situation *s, size_t count)
{
	try_often(t, s, count, NULL, 0, VARIANTS);
	if (count == SITUATIONS_AT_ONCE)
		return;
	for (size_t i = from; i < t->label_count; i++) {
		s[count] = (struct situation){ .label = t->labels[i], .band = BAND_HIGH };
		try_sets(t, i + 1, s, count + 1);
	}
}

/* A detail alone, with each label, and with each other detail. */
static void try_detail(struct trials *t, size_t i)
{
	struct detail d[2] = { { .name = t->details[i] } };

	try_often(t, NULL, 0, d, 1, VARIANTS);
	for (size_t k = 0; k < t->label_count; k++) {
		struct situation s = { .label = t->labels[k], .band = BAND_HIGH };

		try_often(t, &s, 1, d, 1, VARIANTS / 4);
	}
	for (size_t k = i + 1; k < t->detail_count; k++) {
		d[1] = (struct detail){ .name = t->details[k] };
		try_often(t, NULL, 0, d, 2, 1);
	}
}

static void try_other_kinds(struct trials *t)
{
	static const enum triage kinds[] = { TRIAGE_UNSURE, TRIAGE_THANKS };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct classification c = { .triage = kinds[i],
					    .unsure = kinds[i] == TRIAGE_UNSURE };

		try_draft(t, &c, false);
	}
}

static void add_terms(const struct condition *c, struct term_set *set)
{
	term_set_join(set, &c->all);
	term_set_join(set, &c->none);
	for (size_t i = 0; i < c->any_count; i++)
		term_set_join(set, &c->any[i]);
}

/* What responses of the topic ask for, and what that is derived from. */
static struct term_set asked_in(const struct responses *r, const char *topic)
{
	struct term_set set = { 0 }, before;

	for (size_t i = 0; i < r->count; i++)
		if (responses_in_topic(&r->list[i], topic))
			add_terms(&r->list[i].when, &set);
	do {
		before = set;
		for (size_t i = 0; i < r->terms.derived_count; i++)
			if (term_set_has(&set, r->terms.derived[i].bit))
				add_terms(&r->terms.derived[i].when, &set);
	} while (memcmp(&before, &set, sizeof(set)) != 0);
	return set;
}

/* Those of the names that some term of the set is about. */
static const char **names_in(struct lint *l, const struct term_set *set, const char *const *names,
			     size_t *ret_count)
{
	const struct terms *terms = &l->r->terms;
	const char **list;
	size_t count = 0;

	while (names[count])
		count++;
	list = arena_alloc(&l->arena, (count + 1) * sizeof(*list));
	*ret_count = 0;
	for (; *names; names++)
		for (size_t i = 0; i < terms->count; i++)
			if (term_set_has(set, (int)i) && strcmp(terms->list[i].base, *names) == 0 &&
			    !lint_listed(undrafted, *names)) {
				list[(*ret_count)++] = *names;
				break;
			}
	return list;
}

static void try_topic(struct trials *t)
{
	struct term_set asked = asked_in(t->lint->r, t->topic);
	struct situation s[SITUATIONS_AT_ONCE];

	t->labels = names_in(t->lint, &asked, t->lint->labels, &t->label_count);
	t->details = names_in(t->lint, &asked, t->lint->details, &t->detail_count);
	try_sets(t, 0, s, 0);
	for (size_t i = 0; i < t->detail_count; i++)
		try_detail(t, i);
	try_other_kinds(t);
}

static bool first_of_topic(const struct responses *r, size_t i)
{
	if (strcmp(r->list[i].topic, "shared") == 0)
		return false;
	for (size_t k = 0; k < i; k++)
		if (strcmp(r->list[k].topic, r->list[i].topic) == 0)
			return false;
	return true;
}

/* A comment made to measure for one response. */
struct fitting {
	struct situation s[8];
	struct detail d[16];
	struct fact f[8];
	const char *topic; /* NULL: any */
	struct classification c;
};

static void add_condition(const struct trials *t, const struct condition *c, size_t choice,
			  struct fitting *to);

static const struct derived *derived_of(const struct responses *r, int bit)
{
	for (size_t i = 0; i < r->terms.derived_count; i++)
		if (r->terms.derived[i].bit == bit)
			return &r->terms.derived[i];
	return NULL;
}

/* A value that the comparison holds for. */
static const char *value_for(const struct term *t)
{
	if (t->kind == TERM_EQUAL)
		return t->value;
	for (size_t i = 0; i < FACT_COUNT; i++)
		if (strcmp(facts[i].name, t->base) == 0 && t->kind == TERM_PLAIN)
			return facts[i].values[facts[i].count - 1];
	return t->kind == TERM_BELOW ? "2 days" : "9 years";
}

static bool is_fact(const char *name)
{
	for (size_t i = 0; i < FACT_COUNT; i++)
		if (strcmp(facts[i].name, name) == 0)
			return true;
	return false;
}

static void add_term(const struct trials *t, int bit, size_t choice, struct fitting *to)
{
	const struct responses *r = t->lint->r;
	const struct term *term = &r->terms.list[bit];
	const struct derived *d = derived_of(r, bit);
	struct classification *c = &to->c;

	if (d)
		add_condition(t, &d->when, choice, to);
	else if (term->kind == TERM_EQUAL && strcmp(term->base, "topic") == 0)
		to->topic = term->value;
	else if (lint_listed(t->lint->labels, term->base) && c->situation_count < 8)
		to->s[c->situation_count++] =
			(struct situation){ .label = term->base, .band = BAND_HIGH };
	else if (is_fact(term->base) && c->fact_count < 8)
		to->f[c->fact_count++] =
			(struct fact){ .name = term->base, .value = value_for(term) };
	else if (lint_listed(t->lint->details, term->base) && c->detail_count < 16)
		to->d[c->detail_count++] = (struct detail){ .name = term->base };
}

static void add_set(const struct trials *t, const struct term_set *set, size_t choice, bool one,
		    struct fitting *to)
{
	size_t count = 0, seen = 0;

	for (size_t i = 0; i < t->lint->r->terms.count; i++)
		count += term_set_has(set, (int)i);
	for (size_t i = 0; i < t->lint->r->terms.count; i++)
		if (term_set_has(set, (int)i) && (!one || seen++ == choice % count))
			add_term(t, (int)i, choice, to);
}

/* All of what it asks for, and of each Any: line one, another for each choice. */
static void add_condition(const struct trials *t, const struct condition *c, size_t choice,
			  struct fitting *to)
{
	add_set(t, &c->all, choice, false, to);
	for (size_t i = 0; i < c->any_count; i++)
		add_set(t, &c->any[i], choice, true, to);
}

/* True when it was taken for a comment made to measure. */
static bool try_fitting(struct trials *t, size_t i)
{
	const struct response *x = &t->lint->r->list[i];

	if (strcmp(x->topic, "shared") != 0)
		t->topic = x->topic;
	for (size_t choice = 0; choice < CHOICES && !t->used[i]; choice++) {
		struct fitting to = { 0 };

		add_condition(t, &x->when, choice, &to);
		if (to.topic)
			t->topic = to.topic;
		if (choice % 4 >= 2 && to.c.fact_count < sizeof(to.f) / sizeof(to.f[0]))
			to.f[to.c.fact_count++] = (struct fact){ "ex_pronoun", "she", "", 0, 0 };
		to.c.situations = to.s;
		to.c.details = to.d;
		to.c.facts = to.f;
		try_draft(t, &to.c, choice % 2 == 1 || !(x->occasions & OCCASION_DRAFT));
	}
	return t->used[i];
}

/* False when only another voice would say it. */
static bool in_voice(const struct responses *r, const struct response *x)
{
	static const char *const voices[] = { "warm", "plain", NULL };
	struct term_set mine = { 0 }, others = { 0 };

	for (const char *const *voice = voices; *voice; voice++) {
		int bit = terms_find(&r->terms, *voice);

		if (bit >= 0)
			term_set_add(strcmp(*voice, r->terms.voice) == 0 ? &mine : &others, bit);
	}
	if (term_set_meets(&x->when.none, &mine) || term_set_meets(&x->when.all, &others))
		return false;
	for (size_t i = 0; i < x->when.any_count; i++)
		if (term_set_within(&x->when.any[i], &others))
			return false;
	return true;
}

uint64_t lint_trials(struct lint *l)
{
	const struct responses *r = l->r;
	struct trials t = { .lint = l };

	t.used = arena_alloc(&l->arena, r->count * sizeof(*t.used));
	for (size_t i = 0; i < r->count; i++)
		if (first_of_topic(r, i)) {
			t.topic = r->list[i].topic;
			try_topic(&t);
		}
	for (size_t i = 0; i < r->count; i++)
		if (!t.used[i] && in_voice(r, &r->list[i]) && !try_fitting(&t, i))
			lint_finding(l, r->list[i].file, 0,
				     "is never chosen, even where all it asks for is given", "");
	return t.tried;
}
