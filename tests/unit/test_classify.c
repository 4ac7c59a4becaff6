/* test_classify.c - rules loaded and refused, comments classified. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/evaluate.h"
#include "dear/file.h"
#include "dear/situation.h"

static struct rules *rules;
static struct arena arena;

static int load(void **state)
{
	struct err err = { 0 };

	(void)state;
	rules = rules_load("data", &err);
	if (!rules)
		fprintf(stderr, "%s:%d: %s\n", err.where, err.line, err.msg);
	return rules ? 0 : -1;
}

static int unload(void **state)
{
	(void)state;
	rules_free(rules);
	arena_release(&arena);
	return 0;
}

static struct classification found(const char *text)
{
	struct classify_request req = { .text = text, .len = strlen(text), .utc = INT64_MIN };
	struct classification c;

	classify(rules, &req, &arena, &c);
	return c;
}

static void examples_hold(void **state)
{
	struct diags d = { 0 };
	size_t failed, ran = rules_examples(rules, &d, &failed);

	(void)state;
	for (size_t i = 0; i < d.count; i++)
		fprintf(stderr, "%s: %s\n", d.list[i].where, d.list[i].text);
	assert_true(ran > 500);
	assert_int_equal(failed, 0);
	diags_release(&d);
}

/* Who did it to whom, and whether it happened. */
static void traps(void **state)
{
	static const struct {
		const char *text, *label;
		bool given;
	} cases[] = {
		{ "She didn't leave, I did. I broke up with her.", "they_ended_it", false },
		{ "She didn't leave, I did. I broke up with her.", "i_ended_it", true },
		{ "He keeps saying he wants to break up.", "they_ended_it", false },
		{ "My sister's ex dumped her and she cries all day.", "they_ended_it", false },
		{ "Should I go no contact? We still talk every day, my ex and I.", "no_contact",
		  false },
		{ "He asked to meet my daughter before he left me.", "shared_child", false },
		{ "If he had dumped me I would understand.", "they_ended_it", false },
		{ "I'm afraid she will break up with me.", "they_ended_it", false },
		{ "My ex and I did no contact but we started talking again.", "in_touch", true },
		{ "My ex, who broke up with me in May, is silent.", "they_ended_it", true },
		{ "This song is killing me.", "safety", false },
		{ "He hit me again last night.", "safety", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct classification c = found(cases[i].text);

		if (classification_given(&c, cases[i].label) != cases[i].given)
			fail_msg("%s: %s", cases[i].label, cases[i].text);
	}
}

static void evidence_quotes_the_comment(void **state)
{
	const char *text = "\xf0\x9f\x92\x94 My ex hasn\xe2\x80\x99t called. He blocked me.";
	struct classification c = found(text);
	const struct situation *s = classification_find(&c, "no_contact");
	bool blocked = false;

	(void)state;
	assert_non_null(s);
	for (size_t i = 0; i < s->evidence_count; i++) {
		const struct evidence *e = &s->evidence[i];

		if (strcmp(e->quote, "blocked me") != 0)
			continue;
		blocked = true;
		assert_int_equal(e->start, 26);
		assert_int_equal(e->end, 36);
		assert_true(e->supports);
		assert_string_equal(e->cue, "no_contact.blocked");
	}
	assert_true(blocked);
}

static void relabels_win(void **state)
{
	static const char *const relabels[] = { "+shared_child", "-they_ended_it", NULL };
	struct classify_request req = { .text = "He dumped me.", .len = 13, .utc = INT64_MIN };
	struct classification c;

	(void)state;
	req.relabels = relabels;
	classify(rules, &req, &arena, &c);
	assert_false(classification_given(&c, "they_ended_it"));
	assert_string_equal(c.situations[0].label, "shared_child");
	assert_true(c.situations[0].score == 1.0);
	assert_string_equal(c.situations[0].evidence[0].cue, "editor");
}

static void triage_sorts(void **state)
{
	static const struct {
		const char *text;
		enum triage triage;
	} cases[] = {
		{ "My ex threatens to kill himself when I don't answer.", TRIAGE_SAFETY },
		{ "Mein Freund hat mich verlassen und ich wei\xc3\x9f nicht weiter.",
		  TRIAGE_LANGUAGE },
		{ "I'm 15 and my boyfriend dumped me. What should I do?", TRIAGE_MINOR },
		{ "My ex left. Can I get full custody of our son?", TRIAGE_LEGAL_OR_MEDICAL },
		{ "Dr Ozo the spell caster brought my ex back, contact him on whatsapp",
		  TRIAGE_SPAM },
		{ "Buy cheap viagra at http://pills.example http://more-pills.example now!!!",
		  TRIAGE_SPAM },
		{ "Great article, thank you so much!", TRIAGE_THANKS },
		{ "Hello there everyone.", TRIAGE_UNSURE },
		{ "Should I send the letter to my ex now?", TRIAGE_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct classification c = found(cases[i].text);

		if (c.triage != cases[i].triage)
			fail_msg("%s: %s", triage_word(c.triage), cases[i].text);
	}
	struct classify_request req = { .text = "Same here, it hurts.", .len = 20 };
	struct classification c;

	req.reply_to_reader = true;
	classify(rules, &req, &arena, &c);
	assert_int_equal(c.triage, TRIAGE_READER_TO_READER);
}

static const char *title_topic(const char *title)
{
	const char *topic = classify_topic_of_title(rules, title);

	return topic ? topic : "none";
}

static void topics_are_found(void **state)
{
	static const char *const titles[][2] = {
		{ "How to Write a Letter to Your Ex", "ex-letter" },
		{ "I Left His Messages Unanswered", "missed-messages" },
		{ "How to Say Sorry and Mean It", "sincere-apology" },
		{ "When You Broke a Promise", "broken-promise" },
		{ "Apologizing to a Client", "client-apology" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(titles) / sizeof(*titles); i++)
		if (strcmp(title_topic(titles[i][0]), titles[i][1]) != 0)
			fail_msg("%s: %s", titles[i][0], title_topic(titles[i][0]));
	assert_null(classify_topic_of_title(rules, "Ten Soups for Winter"));
	assert_true(rules_has_topic(rules, "ex-letter"));
	assert_false(rules_has_label(rules, "ended")); /* hidden */
}

static void nothing_moves(void **state)
{
	const char *text =
		"My ex bf of 2 yrs dumped me 3 weeks ago, we have a son. Should I write?";
	struct classification a = found(text), b = found(text);

	(void)state;
	assert_int_equal(classification_hash(&a), classification_hash(&b));
	assert_string_equal(classification_fact(&a, "ex_pronoun"), "he");
	assert_string_equal(classification_fact(&a, "since_end"), "3 weeks");
	assert_string_equal(classification_fact(&a, "together_for"), "2 years");
	assert_null(classification_fact(&a, "silence_for"));
}

/* A data folder with the project's words and one situation of its own. */
static void expect_error(const char *situation, int line, const char *part)
{
	static const char *const links[] = { "words", "details", "topics.json" };
	char dir[] = "/tmp/dear-rules-XXXXXX", *data = realpath("data", NULL);
	struct buf path = BUF_INIT, target = BUF_INIT;
	struct err err = { 0 };

	assert_non_null(mkdtemp(dir));
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&path);
		buf_clear(&target);
		buf_printf(&path, "%s/%s", dir, links[i]);
		buf_printf(&target, "%s/%s", data, links[i]);
		assert_int_equal(symlink(target.str, path.str), 0);
	}
	buf_clear(&path);
	buf_printf(&path, "%s/facts", dir);
	assert_int_equal(mkdir(path.str, 0700), 0);
	buf_clear(&path);
	buf_printf(&path, "%s/situations", dir);
	assert_int_equal(mkdir(path.str, 0700), 0);
	buf_puts(&path, "/one.json");
	FILE *f = fopen(path.str, "w");
	assert_non_null(f);
	fputs(situation, f);
	fclose(f);
	struct rules *r = rules_load(dir, &err);
	if (r || err.code != ERR_RULES || err.line != line || !strstr(err.msg, part))
		fail_msg("%d %s:%d: %s", err.code, err.where, err.line, err.msg);
	unlink(path.str);
	path.str[path.len - strlen("/one.json")] = '\0';
	rmdir(path.str);
	buf_clear(&path);
	buf_printf(&path, "%s/facts", dir);
	rmdir(path.str);
	for (size_t i = 0; i < 3; i++) {
		buf_clear(&path);
		buf_printf(&path, "%s/%s", dir, links[i]);
		unlink(path.str);
	}
	rmdir(dir);
	buf_release(&path);
	buf_release(&target);
	free(data);
}

#define CUE(text) "{\"label\": \"x\",\n \"cues\": [\n  " text "\n ]}\n"

static void errors_name_the_line(void **state)
{
	(void)state;
	expect_error("{\"label\": \"x\",\n oops", 2, "");
	expect_error("{\"label\": \"x\",\n \"wieght\": 1}", 2, "wieght");
	expect_error("{\"about\": \"x\"}", 1, "label");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"my @nobody\"}"), 3, "@nobody");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"Left me\"}"), 3, "small letters");
	expect_error(CUE("{\"name\": \"a\", \"match\": \".. left\"}"), 3, "gap");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"a?\"}"), 3, "must be there");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"left |me\"}"), 3, "missing");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"left\", \"weight\": 2}"), 3, "weight");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"left\", \"allow\": [\"nto\"]}"), 3, "nto");
	expect_error(CUE("{\"name\": \"a\", \"match\": \"left\", \"colour\": 1}"), 3, "colour");
	expect_error(CUE("{\"name\": \"a\"}"), 3, "match");
	expect_error(CUE("{\"name\": \"a\", \"label\": \"y\", \"weight\": 0.5}"), 3, "y");
	expect_error(CUE("{\"name\": \"a\", \"label\": \"x\", \"weight\": 0.5}"), 3, "wait");
	expect_error(CUE("{\"name\": \"a\", \"signal\": \"smoke\", \"weight\": 0.5}"), 3, "smoke");
}

static void a_missing_folder_is_told(void **state)
{
	struct err err = { 0 };

	(void)state;
	assert_null(rules_load("/nonexistent", &err));
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.where, "/nonexistent"));
}

static void evaluation_counts(void **state)
{
	static const char corpus[] =
		"[{\"id\": \"a\", \"text\": \"He dumped me.\", \"labels\": [\"they_ended_it\"],"
		" \"facts\": {\"ex_pronoun\": \"he\"}},\n"
		"{\"id\": \"b\", \"text\": \"I dumped him.\", \"labels\": [\"they_ended_it\"],"
		" \"facts\": {\"ex_pronoun\": \"she\"}}]";
	char path[] = "/tmp/dear-corpus-XXXXXX";
	struct err err = { 0 };
	int fd = mkstemp(path);

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, corpus, sizeof(corpus) - 1), sizeof(corpus) - 1);
	close(fd);
	struct file *f = file_open(path, &err);
	struct evaluate_result *e = evaluate(rules, f, &err);
	assert_non_null(e);
	assert_int_equal(e->posts, 2);
	assert_int_equal(e->label_count, 1);
	assert_int_equal(e->labels[0].right, 1);
	assert_int_equal(e->labels[0].missed, 1);
	assert_int_equal(e->facts[0].right, 1);
	assert_int_equal(e->facts[0].wrong, 1);
	assert_true(evaluate_macro_f1(e, 1) > 0.66 && evaluate_macro_f1(e, 1) < 0.67);
	evaluate_free(e);
	file_free(f);
	unlink(path);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(examples_hold),
		cmocka_unit_test(traps),
		cmocka_unit_test(evidence_quotes_the_comment),
		cmocka_unit_test(relabels_win),
		cmocka_unit_test(triage_sorts),
		cmocka_unit_test(topics_are_found),
		cmocka_unit_test(nothing_moves),
		cmocka_unit_test(errors_name_the_line),
		cmocka_unit_test(a_missing_folder_is_told),
		cmocka_unit_test(evaluation_counts),
	};
	return cmocka_run_group_tests(tests, load, unload);
}
