/* test_responses.c - loading and checking responses: the shipped set is clean,
 * each kind of fault is named with its place, and the house style finds what it
 * is for.
 */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/classify.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/responses.h"
#include "dear/situation.h"

static const char *const labels[] = { "no_contact", "wants_back", "thanks", NULL };
static const char *const details[] = { "told", "asks_send", NULL };

/* A responses folder to break. */
struct folder {
	char path[64];
};

static void put(const struct folder *f, const char *name, const char *text)
{
	char path[160];
	FILE *out;

	snprintf(path, sizeof(path), "%s/%s", f->path, name);
	out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static void folder_open(struct folder *f)
{
	char path[96];

	memcpy(f->path, "/tmp/dear-responses-XXXXXX", sizeof("/tmp/dear-responses-XXXXXX"));
	assert_non_null(mkdtemp(f->path));
	snprintf(path, sizeof(path), "%s/t", f->path);
	assert_int_equal(mkdir(path, 0700), 0);
	put(f, "plan.json",
	    "{\"default_topic\": \"t\", \"never\": "
	    "[{\"says\": \"write\", \"any\": [\"told\"]}]}");
	put(f, "house-style.json",
	    "{\"words\": {\"least\": 5, \"aim\": 20, \"most\": 40, \"with_letter\": 60}, "
	    "\"rules\": [{\"rule\": \"banned\", \"say\": \"no\", \"phrases\": [\"nice day\"]}]}");
	put(f, "voice.json",
	    "{\"column\": \"the column\", \"signoff\": \"Yours\", \"person\": \"we\", "
	    "\"warmth\": \"warm\", \"spelling\": \"american\"}");
	put(f, "safety.json", "{\"text\": [\"Help is near.\"]}");
	put(f, "t/a.mustache", "Part: opening\nFor: draft, follow_up, unsure, thanks\n\nHello,\n");
	put(f, "t/b.mustache",
	    "Part: advice\nFor: draft, follow_up, unsure, thanks\n\n"
	    "Wait a little. Then look again. Nothing is lost by that.\n");
}

static void folder_close(struct folder *f)
{
	static const char *const names[] = { "t/a.mustache",
					     "t/b.mustache",
					     "t/c.mustache",
					     "plan.json",
					     "house-style.json",
					     "voice.json",
					     "safety.json",
					     "t",
					     "" };
	char path[160];

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		snprintf(path, sizeof(path), "%s/%s", f->path, names[i]);
		remove(path);
	}
	assert_int_not_equal(access(f->path, F_OK), 0);
}

static struct responses *shipped(void)
{
	struct err err = { 0 };
	struct responses *r = responses_load("responses", NULL, &err);

	if (!r)
		fail_msg("%s:%d: %s", err.where, err.line, err.msg);
	return r;
}

static void shipped_set_is_clean(void **state)
{
	struct responses *r = shipped();
	struct err err = { 0 };
	struct rules *rules = rules_load("data", &err);
	struct diags d = { 0 };
	uint64_t tried = 0;

	(void)state;
	if (!rules)
		fail_msg("%s:%d: %s", err.where, err.line, err.msg);
	responses_check(r, rules_labels(rules), rules_details(rules), &d, &tried);
	assert_true(tried > 10000);
	for (size_t i = 0; i < d.count; i++)
		print_error("%s: %s\n", d.list[i].where, d.list[i].text);
	assert_int_equal(d.count, 0);
	assert_non_null(strstr(responses_safety_text(r), "person"));
	diags_release(&d);
	rules_free(rules);
	responses_free(r);
}

static void version_follows_the_files(void **state)
{
	struct err err = { 0 };
	struct folder f;
	uint64_t before;

	(void)state;
	folder_open(&f);
	for (int i = 0; i < 3; i++) {
		struct responses *r = responses_load(f.path, NULL, &err);

		assert_non_null(r);
		if (i == 0)
			before = responses_version(r);
		else
			assert_int_equal(responses_version(r) == before, i == 1);
		responses_free(r);
		if (i == 1)
			put(&f, "t/b.mustache", "Part: advice\n\nSomething else.\n");
	}
	folder_close(&f);
}

static void load_errors_name_the_line(void **state)
{
	static const struct {
		const char *name, *text, *msg;
		int line;
	} cases[] = {
		{ "t/c.mustache", "Part: advise\n\nText.\n", "there is no part 'advise'", 1 },
		{ "t/c.mustache", "\nText.\n", "no header line names the 'Part'", 1 },
		{ "t/c.mustache", "Part: close\nSituatoin: x\n\nT.\n",
		  "there is no header line called 'Situatoin'", 2 },
		{ "t/c.mustache", "Part: close\nhello\n\nT.\n",
		  "a header line is written 'Name: value'; this one is 'hello'", 2 },
		{ "t/c.mustache", "Part: close\nNeeds: since_end <\n\nT.\n", NULL, 2 },
		{ "t/c.mustache", "Part: close\nFor: sunday\n\nT.\n", NULL, 2 },
		{ "t/c.mustache", "Part: close\nAny: a,,b\n\nT.\n", NULL, 2 },
		{ "t/c.mustache", "Part: close\n\nOne.\n---\n\n---\nTwo.\n", NULL, 5 },
		{ "t/c.mustache", "Part: close\n\nOne.\n---\nTwo {{ex.the}}.\n",
		  "there is no variable called 'ex.the'", 5 },
		{ "t/c.mustache", "Part: close\n\nOne {{#since_end}}x.\n", NULL, 3 },
		{ "plan.json", "{\"default_topic\": \"t\", \"nevr\": []}", NULL, -1 },
		{ "plan.json", "{\"default_topic\": \"t\", \"never\": {}}", NULL, -1 },
		{ "plan.json", "{\"default_topic\": ", NULL, 1 },
		{ "plan.json",
		  "{\"default_topic\": \"t\", \"others\": [{\"noun\": \"your aunt\", \"pronoun\": "
		  "\"it\"}]}",
		  "others[0]: \"pronoun\" is \"he\" or \"she\"", -1 },
		{ "plan.json", "{\"default_topic\": \"t\", \"others\": [{\"all\": [\"x\"]}]}",
		  "others[0]: neither \"noun\" nor \"pronoun\"", -1 },
		{ "house-style.json", "{\"words\": {\"least\": 50, \"aim\": 9}}", NULL, -1 },
		{ "safety.json", "{\"text\": [\"Help.\"], \"country\": \"XX\"}",
		  "country: no checked helplines for 'XX'", -1 },
		{ "voice.json", "{\"column\": \"c\", \"signoff\": \"s\", \"person\": \"they\"}",
		  "person: 'they' is not one of: we, i, column", -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = { 0 };
		struct folder f;

		folder_open(&f);
		put(&f, cases[i].name, cases[i].text);
		assert_null(responses_load(f.path, NULL, &err));
		assert_int_equal(err.code, ERR_RULES);
		assert_non_null(strstr(err.where,
				       strrchr(cases[i].name, '/') ? "c.mustache" : cases[i].name));
		if (cases[i].line >= 0)
			assert_int_equal(err.line, cases[i].line);
		if (cases[i].msg)
			assert_string_equal(err.msg, cases[i].msg);
		folder_close(&f);
	}
}

static void a_country_adds_its_helplines(void **state)
{
	static const char text[] =
		"{\"text\": [\"Help is near.\"], \"country\": \"DE\", \"countries\": ["
		"{\"country\": \"US\", \"begin\": \"There:\", \"helplines\": []},"
		"{\"country\": \"DE\", \"begin\": \"Here:\", \"helplines\": ["
		"{\"say\": \"call 1\", \"source\": \"a page\", \"checked\": \"2026-01-01\"},"
		"{\"say\": \"call 2\", \"source\": \"a page\", \"checked\": \"2026-01-01\"}]}]}";
	struct err err = { 0 };
	struct responses *r;
	struct folder f;

	(void)state;
	folder_open(&f);
	put(&f, "safety.json", text);
	r = responses_load(f.path, NULL, &err);
	assert_non_null(r);
	assert_string_equal(responses_safety_text(r),
			    "Help is near.\n\nHere: call 1; call 2.\n\nYours");
	responses_free(r);
	folder_close(&f);
}

static void missing_folder_is_told(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(responses_load("/nowhere/at/all", NULL, &err));
	assert_int_equal(err.code, ERR_IO);
}

static void lint_finds(void **state)
{
	static const struct {
		const char *text, *finding;
	} cases[] = {
		{ "Part: close\nSituation: no_contcat\n\nGood.\n", "no rule gives the situation" },
		{ "Part: close\nNeeds: since_ende\n\nGood.\n", "there is no fact called" },
		{ "Part: close\nDetail: asks_sent\n\nGood.\n", "no rule gives the detail" },
		{ "Part: close\nAny: asks_snd, told\n\nGood.\n", "nothing is called" },
		{ "Part: close\nSituation: thanks\nUnless: thanks\n\nGood.\n",
		  "asks for what it excludes" },
		{ "Part: advice\nDetail: told\nSays: write\n\nWrite now.\n", "plan.json forbids" },
		{ "Part: close\n\nHave a nice day.\n", "'nice day'" },
		{ "Part: close\n\nFill [this] in.\n", "brackets" },
		{ "Part: close\n\nOne two three four five six seven eight.\n---\n"
		  "So one two three four five six seven eight.\n",
		  "eight words in a row" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct responses *r;
		struct diags d = { 0 };
		uint64_t tried;
		struct err err = { 0 };
		struct folder f;
		bool found = false;

		folder_open(&f);
		put(&f, "t/c.mustache", cases[i].text);
		r = responses_load(f.path, NULL, &err);
		assert_string_equal(err.msg, "");
		assert_true(responses_check(r, labels, details, &d, &tried) > 0);
		for (size_t k = 0; k < d.count; k++)
			found |= strstr(d.list[k].text, cases[i].finding) != NULL;
		if (!found)
			fail_msg("not found: %s", cases[i].finding);
		diags_release(&d);
		responses_free(r);
		folder_close(&f);
	}
}

#define PAD                                                                                      \
	" We thought about it for a while. There are days for doing and days for waiting, and "  \
	"this "                                                                                  \
	"looks like one for waiting. Put the phone away, go outside, and see what the evening "  \
	"brings. Much of what feels urgent today will look smaller on Thursday, and some of it " \
	"will be gone by then.\n\nWarmly,\nthe Dear desk"

static void house_style_finds(void **state)
{
	static const struct {
		const char *text, *rule; /* rule NULL: fine */
	} cases[] = {
		{ "Dear Ana," PAD, NULL },
		{ "Have a great day, Ana!" PAD, "banned" },
		{ "He will come back to you." PAD, "promise" },
		{ "Nobody knows whether he will come back." PAD, NULL },
		{ "She sounds like a narcissist." PAD, "diagnosis" },
		{ "You could sue him." PAD, "legal" },
		{ "Try sleeping pills." PAD, "medical" },
		{ "It was your fault." PAD, "blame" },
		{ "It wasn't your fault." PAD, NULL },
		{ "Tell her you're sorry if she felt bad." PAD, "conditional_apology" },
		{ "Tell her you\xe2\x80\x99re sorry if she felt bad." PAD, "conditional_apology" },
		{ "Text her tonight." PAD, "contact" },
		{ "Please don't text her tonight." PAD, NULL },
		{ "Hello {{name}}." PAD, "unfilled" },
		{ "Hello [name]." PAD, "unfilled" },
		{ "Hello {{name." PAD, "unfilled" },
		{ "TODO." PAD, "unfilled" },
		{ "Too short.\n\nWarmly,\nthe Dear desk", "length" },
		{ PAD PAD PAD, "length" },
	};
	struct detail told = { .name = "ex_says_over" };
	struct classification found = { .details = &told, .detail_count = 1 };
	struct responses *r = shipped();
	struct style_breach *b;
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t count = style_check(r, cases[i].text, true, &found, &a, &b);

		if (count != (cases[i].rule != NULL))
			fail_msg("%zu breaches (%s) in: %.40s", count, count ? b[0].text : "",
				 cases[i].text);
		if (count == 0)
			continue;
		assert_string_equal(b[0].rule, cases[i].rule);
		assert_true(b[0].blocks);
		assert_int_equal(style_check(r, cases[i].text, false, &found, &a, &b), 1);
		assert_int_equal(b[0].blocks, strcmp(cases[i].rule, "unfilled") == 0);
	}
	assert_int_equal(style_check(r, "Text her." PAD, true, NULL, &a, &b), 0);
	assert_int_equal(style_check(r, "\xc3\xa9 Have a great day.", false, NULL, &a, &b), 2);
	assert_string_equal(b[0].rule, "signoff");
	assert_int_equal(b[1].start, 2);
	assert_int_equal(b[1].end, 18);
	arena_release(&a);
	responses_free(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shipped_set_is_clean),
		cmocka_unit_test(version_follows_the_files),
		cmocka_unit_test(load_errors_name_the_line),
		cmocka_unit_test(a_country_adds_its_helplines),
		cmocka_unit_test(missing_folder_is_told),
		cmocka_unit_test(lint_finds),
		cmocka_unit_test(house_style_finds),
	};

	return UNIT_RUN(tests);
}
