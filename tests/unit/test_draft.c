/* test_draft.c - drafts from the shipped responses: what is in them, what never
 * is, and what is remembered. Comments are made up by their situations.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/err.h"
#include "dear/responses.h"
#include "dear/situation.h"

#define RUN 8

static struct responses *responses;

/* A comment in short: "no_contact wants_back; silence_for=42 days; asks_send". */
struct made {
	struct classification found;
	struct situation situations[8];
	struct fact facts[8];
	struct detail details[16];
	struct arena a;
};

static void add_piece(struct made *m, int kind, char *word)
{
	char *value;

	if (!*word)
		return;
	if (kind == 0) {
		struct situation *s = &m->situations[m->found.situation_count++];
		char *low = strchr(word, '?');

		if (low)
			*low = '\0';
		*s = (struct situation){ .label = word, .band = low ? BAND_LOW : BAND_HIGH };
	} else if (kind == 1) {
		value = strchr(word, '=');
		*value++ = '\0';
		m->facts[m->found.fact_count++] = (struct fact){ .name = word, .value = value };
	} else {
		m->details[m->found.detail_count++] = (struct detail){ .name = word };
	}
}

static void make(struct made *m, const char *what)
{
	char *copy, *part, *word, *parts, *words;
	int kind = 0;

	*m = (struct made){ 0 };
	m->found.topic = "ex-letter";
	m->found.situations = m->situations;
	m->found.facts = m->facts;
	m->found.details = m->details;
	copy = arena_strdup(&m->a, what);
	for (part = strtok_r(copy, ";", &parts); part; part = strtok_r(NULL, ";", &parts), kind++)
		for (word = strtok_r(part, kind == 1 ? "," : " ", &words); word;
		     word = strtok_r(NULL, kind == 1 ? "," : " ", &words))
			add_piece(m, kind, word + strspn(word, " "));
}

/* One draft; text is the arena's. */
static struct draft draft_of(struct made *m, struct draft_memory *memory, struct draft_request *req,
			     struct diags *d)
{
	struct err err = { 0 };
	struct draft ret = { 0 };

	req->found = &m->found;
	if (draft_write(responses, req, memory, &m->a, &ret, d, &err) < 0)
		fail_msg("%s:%d: %s", err.where, err.line, err.msg);
	return ret;
}

/* A draft on its own, to check its text. release() afterwards. */
static const char *text_of(struct made *m, const char *what, const char *author)
{
	struct draft_request req = { .author = author, .text = what };
	struct draft_memory *memory = draft_memory_new(responses);
	struct diags d = { 0 };
	const char *text;

	make(m, what);
	text = draft_of(m, memory, &req, &d).text;
	if (!text)
		fail_msg("no draft for %s: %s", what, d.count ? d.list[0].text : "");
	diags_release(&d);
	draft_memory_free(memory);
	return text;
}

static void release(struct made *m)
{
	arena_release(&m->a);
}

static void greets_who_has_a_name(void **state)
{
	static const char *const cases[][2] = {
		{ "lina", "Lina," },
		{ "LINA", "Lina," },
		{ "LaRose", "LaRose," },
		{ "Jes Miller", "Jes," },
		{ "Zoë", "Zoë," },
		{ "élodie", "Élodie," },
		{ "O'Neil", "O'Neil," },
		{ "Мария", "Мария," },
		{ "Grandad Len", "Grandad Len," },
		{ "Margaret, 61", "Margaret," },
		{ "Bea & the dog", "Bea," },
		{ "Marcus T.", "Marcus," },
		{ "gutted in leeds", NULL },
		{ "Anon", NULL },
		{ "Heartbroken", NULL },
		{ "user_1987", NULL },
		{ "lost girl in Leeds", NULL },
		{ "ana@example.org", NULL },
		{ "{{name}}", NULL },
		{ "[name]", NULL },
		{ "J", NULL },
		{ "", NULL },
		{ NULL, NULL },
	};
	struct made m;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		const char *text = text_of(&m, "no_contact", cases[i][0]);
		const char *end = strchr(text, '\n');
		char first[64];

		snprintf(first, sizeof(first), "%.*s", (int)(end - text), text);
		if (cases[i][1])
			assert_non_null(strstr(first, cases[i][1]));
		else if (cases[i][0] && cases[i][0][0])
			assert_null(strstr(first, cases[i][0]));
		assert_null(strstr(first, " ,"));
		assert_int_equal(first[strlen(first) - 1], ',');
		release(&m);
	}
}

/* True when the word stands in the text, whatever its case. */
static bool says(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = text; *s; s++)
		if (strncasecmp(s, word, len) == 0 && (s == text || strchr(" \n\"'(", s[-1])) &&
		    strchr(" \n.,;:?!'\")", s[len]))
			return true;
	return false;
}

static const char *const stories[] = {
	"no_contact they_ended_it wants_back; %s; asks_send",
	"no_contact wants_back; %s; asks_chance posts_pictures",
	"in_touch wants_back; %s; asks_meaning small_talk",
	"they_ended_it own_fault; %s; asks_what_to_write",
	"closure_wanted mutual_end; %s; asks_send",
	"new_partner wants_back; %s; asks_get_back",
	"shared_child no_contact; %s; asks_how_to_reach ex_scared",
	"i_ended_it; %s; asks_reach_out",
	"no_contact; %s; letter_sent asks_reply",
	"they_ended_it; %s; ex_says_over asks_send asks_why",
};
#define STORIES (sizeof(stories) / sizeof(stories[0]))

static void pronouns_agree(void **state)
{
	static const struct {
		const char *fact, *never[8];
	} cases[] = {
		{ "ex_pronoun=he",
		  { "she", "her", "hers", "they is", "he are", "he have", "herself" } },
		{ "ex_pronoun=she", { "he", "him", "his", "she are", "she have", "himself" } },
		{ "ex_pronoun=they", { "he", "she", "him", "they is", "they has", "they wants" } },
		{ "reader_name=Ana", { "he", "she", "his", "they is", "they has", "they does" } },
	};
	char what[256];
	struct made m;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		for (size_t k = 0; k < STORIES; k++) {
			const char *text;

			snprintf(what, sizeof(what), stories[k], cases[i].fact);
			text = text_of(&m, what, NULL);
			for (const char *const *word = cases[i].never; *word; word++)
				if (says(text, *word))
					fail_msg("\"%s\" in the draft for %s:\n%s", *word, what,
						 text);
			release(&m);
		}
}

/* An ex of unknown pronoun is called "your ex" before "they". */
static void an_ex_is_introduced(void **state)
{
	char what[256];
	struct made m;

	(void)state;
	for (size_t k = 0; k < STORIES; k++) {
		const char *text, *ex, *they;

		snprintf(what, sizeof(what), stories[k], "since_end=3 months");
		text = text_of(&m, what, "Ana");
		ex = strstr(text, "our ex");
		they = strstr(text, " they ");
		if (they && (!ex || they < ex))
			fail_msg("nobody knows who \"they\" is:\n%s", text);
		release(&m);
	}
}

static void facts_run_in_words(void **state)
{
	static const char *const cases[][2] = {
		{ "silence_for=42 days", "42 days" },
		{ "silence_for=1 year", " year" },
		{ "silence_for=7 months", "even months" },
		{ "silence_for=a few weeks", " few weeks" },
	};
	static const char *const with[] = { "no_contact",     "in_touch",
					    "they_ended_it",  "wants_back",
					    "i_ended_it",     "own_fault",
					    "closure_wanted", "" };
	char what[128];
	size_t aged = 0;
	struct made m;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		snprintf(what, sizeof(what), "no_contact; %s", cases[i][0]);
		assert_non_null(strstr(text_of(&m, what, NULL), cases[i][1]));
		release(&m);
	}
	assert_null(strstr(text_of(&m, "they_ended_it; since_end=0 days", NULL), "0 days"));
	release(&m);
	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++) {
		snprintf(what, sizeof(what), "shared_child %s; child_age=3 years", with[i]);
		aged += strstr(text_of(&m, what, NULL), "your three-year-old") != NULL;
		release(&m);
	}
	assert_true(aged > 0); /* not every wording names the child */
}

/* Whoever was told no, or may not be safe, is never sent there. */
static void no_draft_pushes(void **state)
{
	static const char *const cases[] = {
		"no_contact they_ended_it wants_back; ; ex_says_over asks_send",
		"in_touch wants_back; ; ex_says_over asks_invite",
		"no_contact wants_back; ; blocked asks_reach_out",
		"no_contact wants_back safety?; ; asks_send asks_when",
		"wants_back they_ended_it; ; ex_says_over asks_get_back asks_chance",
		"own_fault they_ended_it; ; ex_says_over asks_what_to_write",
	};
	static const char *const pushes[] = { "Yes, I think you may", "short note first",
					      "You can send one",     "reach out once",
					      "suggest a coffee",     "One friendly message" };
	struct made m;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct style_breach *breaches;
		const char *text = text_of(&m, cases[i], "Ana");

		for (size_t k = 0; k < sizeof(pushes) / sizeof(pushes[0]); k++)
			assert_null(strstr(text, pushes[k]));
		assert_int_equal(style_check(responses, text, true, &m.found, &m.a, &breaches), 0);
		release(&m);
	}
}

static void a_child_comes_first(void **state)
{
	static const char *const cases[] = {
		"shared_child",
		"shared_child no_contact they_ended_it wants_back",
		"shared_child new_partner; ; asks_move_on",
		"shared_child; ; asks_send ex_says_over",
	};
	struct made m;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_non_null(strstr(text_of(&m, cases[i], NULL), "child"));
		release(&m);
	}
}

static void some_items_get_no_draft(void **state)
{
	static const enum triage none[] = { TRIAGE_SAFETY, TRIAGE_LANGUAGE,
					    TRIAGE_MINOR,  TRIAGE_LEGAL_OR_MEDICAL,
					    TRIAGE_SPAM,   TRIAGE_READER_TO_READER };
	struct draft_memory *memory = draft_memory_new(responses);
	struct draft_request req = { .text = "x" };
	struct diags d = { 0 };
	struct made m;

	(void)state;
	make(&m, "no_contact");
	for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++) {
		m.found.triage = none[i];
		assert_null(draft_of(&m, memory, &req, &d).text);
	}
	m.found.triage = TRIAGE_UNSURE;
	m.found.unsure = true;
	assert_non_null(strchr(draft_of(&m, memory, &req, &d).text, '?'));
	m.found.triage = TRIAGE_THANKS;
	assert_true(strlen(draft_of(&m, memory, &req, &d).text) < 300);
	assert_int_equal(d.count, 0);
	release(&m);
	draft_memory_free(memory);
}

/* The next word at s; its end, NULL when there is none. */
static const char *word_at(const char **s)
{
	while (**s &&
	       !strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'", **s))
		(*s)++;
	if (!**s)
		return NULL;
	return *s + strspn(*s, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'");
}

/* Finds a run of RUN words of a in b, reading word by word: slow and plain, so
 * that it shares nothing with what it checks. */
static bool share_a_run(const char *a, const char *b)
{
	const char *starts[2][400], *ends[2][400], *texts[] = { a, b };
	size_t count[2] = { 0 };

	for (int t = 0; t < 2; t++)
		for (const char *s = texts[t], *end; (end = word_at(&s)); s = end) {
			starts[t][count[t]] = s;
			ends[t][count[t]++] = end;
			assert_true(count[t] < 400);
		}
	for (size_t i = 0; i + RUN <= count[0]; i++)
		for (size_t k = 0; k + RUN <= count[1]; k++) {
			size_t n = 0;

			while (n < RUN &&
			       ends[0][i + n] - starts[0][i + n] ==
				       ends[1][k + n] - starts[1][k + n] &&
			       strncasecmp(starts[0][i + n], starts[1][k + n],
					   (size_t)(ends[0][i + n] - starts[0][i + n])) == 0)
				n++;
			if (n == RUN)
				return true;
		}
	return false;
}

static void cut_signoff(char *text)
{
	char *sign = strstr(text, "\n\nWarmly,");

	assert_non_null(sign);
	*sign = '\0';
}

/* Ten readers with the same trouble and nothing else to tell them apart. */
static void ten_replies_share_no_run(void **state)
{
	static const char *const authors[] = { "Ana", "Bo",  "Cy",  "Dee", "Eli",
					       "Fay", "Gus", "Hal", "Ivy", "Jo" };
	struct draft_memory *memory = draft_memory_new(responses);
	struct diags d = { 0 };
	char *texts[10];
	struct made m;

	(void)state;
	make(&m, "no_contact they_ended_it wants_back; ex_pronoun=he,since_end=2 months");
	for (size_t i = 0; i < 10; i++) {
		struct draft_request req = { .author = authors[i],
					     .person = authors[i],
					     .text = authors[i] };
		const char *text = draft_of(&m, memory, &req, &d).text;

		assert_non_null(text);
		texts[i] = strdup(text);
		cut_signoff(texts[i]);
		for (size_t k = 0; k < i; k++)
			if (share_a_run(texts[i], texts[k]))
				fail_msg("a run of eight words in both:\n%s\n---\n%s", texts[i],
					 texts[k]);
	}
	assert_int_equal(d.total[DIAG_WORDING_WORN], 0);
	for (size_t i = 0; i < 10; i++)
		free(texts[i]);
	release(&m);
	draft_memory_free(memory);
}

/* A long thread wears the wordings out: replies go on, and it is said. */
static void worn_wordings_still_serve(void **state)
{
	struct draft_memory *memory = draft_memory_new(responses);
	struct diags d = { 0 };
	struct made m;
	char text[32];

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct draft_request req = { .text = text };

		snprintf(text, sizeof(text), "comment %d", i);
		make(&m, "no_contact they_ended_it; ex_pronoun=she");
		assert_non_null(draft_of(&m, memory, &req, &d).text);
		release(&m);
	}
	assert_true(d.total[DIAG_WORDING_WORN] > 0);
	assert_true(d.total[DIAG_WORDING_WORN] < 50);
	diags_release(&d);
	draft_memory_free(memory);
}

static void memory_is_all_that_differs(void **state)
{
	struct draft_memory *one = draft_memory_new(responses), *two = draft_memory_new(responses);
	struct draft_request req = { .author = "Ana", .text = "some words" };
	struct diags d = { 0 };
	struct draft first, same, next;
	struct made m;

	(void)state;
	make(&m, "in_touch wants_back; ex_pronoun=she; asks_meaning");
	first = draft_of(&m, one, &req, &d);
	same = draft_of(&m, two, &req, &d);
	assert_string_equal(first.text, same.text);
	assert_string_equal(first.responses, same.responses);
	next = draft_of(&m, one, &req, &d);
	assert_string_not_equal(first.text, next.text);
	assert_true(first.basis == next.basis);
	m.found.detail_count = 0;
	assert_true(draft_of(&m, one, &req, &d).basis != first.basis);
	release(&m);
	draft_memory_free(one);
	draft_memory_free(two);
}

/* What an earlier import wrote counts as said. */
static void learns_what_stands(void **state)
{
	struct draft_memory *one = draft_memory_new(responses), *two = draft_memory_new(responses);
	struct draft_request req = { .author = "Ana", .person = "Ana", .text = "some words" };
	struct diags d = { 0 };
	struct draft first, second, after;
	struct made m;

	(void)state;
	make(&m, "no_contact wants_back; ex_pronoun=he; asks_send");
	first = draft_of(&m, one, &req, &d);
	second = draft_of(&m, one, &req, &d);
	draft_memory_learn(two, "Ana", first.responses, first.text);
	after = draft_of(&m, two, &req, &d);
	assert_string_equal(second.text, after.text);
	draft_memory_learn(two, NULL, NULL, "An editor's own words, and no names of responses.");
	draft_memory_learn(two, "Bo", "no-such/response/9 ex-letter/chance/99", "Text.");
	release(&m);
	draft_memory_free(one);
	draft_memory_free(two);
}

static void avoids_what_was_rejected(void **state)
{
	struct draft_memory *memory = draft_memory_new(responses);
	struct draft_request req = { .author = "Ana", .text = "some words" };
	struct diags d = { 0 };
	const char *avoid[4] = { 0 };
	char *bodies[4];
	struct made m;

	(void)state;
	make(&m, "they_ended_it wants_back; since_end=2 months; asks_chance");
	req.avoid = avoid;
	for (size_t i = 0; i < 3; i++) {
		struct draft_memory *fresh = draft_memory_new(responses);

		avoid[i] = draft_of(&m, fresh, &req, &d).text;
		bodies[i] = strdup(avoid[i]);
		cut_signoff(bodies[i]);
		for (size_t k = 0; k < i; k++)
			assert_false(share_a_run(bodies[i], bodies[k]));
		draft_memory_free(fresh);
	}
	for (size_t i = 0; i < 3; i++)
		free(bodies[i]);
	release(&m);
	draft_memory_free(memory);
}

static void follow_ups_go_on(void **state)
{
	struct draft_memory *memory = draft_memory_new(responses);
	struct draft_request req = { .author = "Ana", .person = "Ana", .text = "first" };
	struct diags d = { 0 };
	struct draft first, second;
	char *one, *two;
	struct made m;

	(void)state;
	make(&m, "in_touch wants_back; ex_pronoun=she; asks_meaning ex_needs_space");
	first = draft_of(&m, memory, &req, &d);
	req.follow_up = true;
	req.earlier = first.text;
	req.text = "second";
	second = draft_of(&m, memory, &req, &d);
	assert_null(strstr(second.text, "Dear Ana"));
	assert_null(strstr(second.responses, "mirror-in-touch"));
	one = strdup(first.text);
	two = strdup(second.text);
	cut_signoff(one);
	cut_signoff(two);
	assert_false(share_a_run(one, two));
	free(one);
	free(two);
	release(&m);
	draft_memory_free(memory);
}

/* The words of a voice are put in place of those that the files are written in. */
static void a_voice_speaks_its_own_way(void **state)
{
	static const char *const comments[] = {
		"no_contact they_ended_it; ex_pronoun=she,silence_for=42 days; asks_send",
		"they_ended_it closure_wanted; ex_pronoun=he,since_end=2 months; asks_closure",
		"shared_child no_contact; ex_pronoun=he,child_age=3 years; asks_how_to_reach",
		"own_fault wants_back; ex_pronoun=she; letter_written asks_what_to_write",
	};
	struct responses *usual = responses;
	struct err err = { 0 };
	struct made m;

	(void)state;
	responses = responses_load("responses", "plain", &err);
	assert_non_null(responses);
	for (size_t i = 0; i < sizeof(comments) / sizeof(comments[0]); i++) {
		const char *text = text_of(&m, comments[i], "Ana");

		assert_non_null(strstr(text, "Yours,\nRuth Harrow"));
		assert_null(strstr(text, "n't "));
		assert_null(strstr(text, "'ll "));
		assert_null(strstr(text, " mom "));
		release(&m);
	}
	responses_free(responses);
	responses = usual;
	assert_null(responses_load("responses", "no-such-voice", &err));
	assert_non_null(strstr(err.where, "voices/no-such-voice.json"));
}

static int load(void **state)
{
	struct err err = { 0 };

	(void)state;
	responses = responses_load("responses", NULL, &err);
	if (!responses)
		print_error("%s:%d: %s\n", err.where, err.line, err.msg);
	return responses ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	responses_free(responses);
	return 0;
}

/* In ten drafts for as many comments of one kind. */
static size_t drafts_that_say(const char *what, const char *says, const char *never)
{
	size_t count = 0;

	for (int i = 0; i < 10; i++) {
		struct draft_memory *memory = draft_memory_new(responses);
		char comment[8];
		struct draft_request req = { .text = comment };
		struct diags d = { 0 };
		struct made m;
		const char *text;

		snprintf(comment, sizeof(comment), "%d", i);
		make(&m, what);
		m.found.topic = "sincere-apology";
		text = draft_of(&m, memory, &req, &d).text;
		assert_non_null(text);
		if (strstr(text, never))
			fail_msg("%s: %s", what, text);
		count += strstr(text, says) != NULL;
		diags_release(&d);
		draft_memory_free(memory);
		release(&m);
	}
	return count;
}

/* A noun brings its pronoun, a pronoun needs no noun, and a fact goes before both. */
static void speaks_of_whoever_it_is(void **state)
{
	static const struct {
		const char *what, *says, *never;
	} cases[] = {
		{ "own_fault; ;about_mother asks_in_person", "your mother", "the other person" },
		{ "own_fault; ;about_mother asks_promise", "herself", "the other person" },
		{ "own_fault; ;about_friend says_he asks_in_person", "your friend",
		  "the other person" },
		{ "own_fault; ;says_she asks_in_person", " she ", "the other person" },
		{ "own_fault;ex_pronoun=he;about_partner asks_in_person", " him", "your partner" },
		{ "own_fault; ;asks_in_person", "the other person", "your ex" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		if (!drafts_that_say(cases[i].what, cases[i].says, cases[i].never))
			fail_msg("%s: none says %s", cases[i].what, cases[i].says);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(greets_who_has_a_name),
		cmocka_unit_test(pronouns_agree),
		cmocka_unit_test(an_ex_is_introduced),
		cmocka_unit_test(speaks_of_whoever_it_is),
		cmocka_unit_test(facts_run_in_words),
		cmocka_unit_test(no_draft_pushes),
		cmocka_unit_test(a_child_comes_first),
		cmocka_unit_test(some_items_get_no_draft),
		cmocka_unit_test(ten_replies_share_no_run),
		cmocka_unit_test(worn_wordings_still_serve),
		cmocka_unit_test(memory_is_all_that_differs),
		cmocka_unit_test(learns_what_stands),
		cmocka_unit_test(avoids_what_was_rejected),
		cmocka_unit_test(a_voice_speaks_its_own_way),
		cmocka_unit_test(follow_ups_go_on),
	};

	return cmocka_run_group_tests(tests, load, unload);
}
