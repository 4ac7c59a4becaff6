/* test_text.c - tokens, sentences and durations of comments as people write. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/text.h"

static struct text read_text(struct arena *a, const char *source)
{
	struct text t;

	text_read(source, strlen(source), a, &t);
	return t;
}

/* The words, with a bar between sentences. */
static void expect_words(const char *source, const char *expected)
{
	struct arena a = { 0 };
	struct text t = read_text(&a, source);
	struct buf said = BUF_INIT;

	for (uint32_t i = 0; i < t.token_count; i++) {
		if (i)
			buf_puts(&said,
				 t.tokens[i].sentence == t.tokens[i - 1].sentence ? " " : " | ");
		buf_puts(&said, t.tokens[i].word);
	}
	assert_string_equal(buf_str(&said), expected);
	buf_release(&said);
	arena_release(&a);
}

static void words_are_put_right(void **state)
{
	(void)state;
	expect_words("He hasn\xe2\x80\x99t, hasnt and HASN'T", "he has not , has not and has not");
	expect_words("my bf n my ex-gf", "my boyfriend n my ex girlfriend");
	expect_words("u dont txt me 2 wks", "you do not text me 2 weeks");
	expect_words("won't can't ain't shan't", "will not can not is not shall not");
	expect_words("she'd left, she'd go", "she had left , she would go");
	expect_words("he's gone; he's been", "he has gone ; he has been");
	expect_words("my sister's ex", "my sister 's ex");
	expect_words("b/c I'm 25 y/o", "because i am 25 years old");
	expect_words("zero\xe2\x80\x8bwidth", "zerowidth");
	expect_words("\xc3\x89t\x65\xcc\x81", "\xc3\xa9t\xc3\xa9");
	expect_words("a 10,000 b 3,5 c 4th", "a 10000 b 3.5 c 4th");
}

static void sentences_end(void **state)
{
	(void)state;
	expect_words("Reach out to him.. Am ready", "reach out to him ... | am ready");
	expect_words("via letter.but then", "via letter . | but then");
	expect_words("Mr. Smith, e.g. him", "mr smith , e g him");
	expect_words("no end\nnew line", "no end | new line");
	expect_words("one\n\ntwo", "one | two");
	expect_words("1) wait 2) write", "1 ) wait 2 ) write");
	expect_words("see https://example.com/a?b=c. Ok", "see url . | ok");
	expect_words("", "");
	expect_words("!!! ... ?", "");
}

static void questions_are_known(void **state)
{
	static const struct {
		const char *text;
		int asks;
	} cases[] = {
		{ "Should I write him", 1 },   { "should i write him", 1 },
		{ "I wrote him", 0 },          { "I wrote him?", 1 },
		{ "What do I do now", 1 },     { "What he did was wrong", 0 },
		{ "When he left I cried", 0 }, { "is it over for good", 1 },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct text t = read_text(&a, cases[i].text);
		int asks = t.sentences[0].question;

		if (asks != cases[i].asks)
			fail_msg("\"%s\": %d", cases[i].text, asks);
	}
	arena_release(&a);
}

static void offsets_lead_back(void **state)
{
	const char *source = "\xf0\x9f\x92\x94 H\xc3\xa9 hasn\xe2\x80\x99t called";
	struct arena a = { 0 };
	struct text t = read_text(&a, source);

	(void)state;
	assert_int_equal(t.token_count, 5);
	assert_int_equal(t.tokens[0].kind, TOKEN_EMOJI);
	assert_string_equal(t.tokens[2].word, "has");
	assert_string_equal(t.tokens[3].word, "not");
	for (int i = 2; i <= 3; i++) {
		assert_int_equal(t.tokens[i].cp_start, 5);
		assert_int_equal(t.tokens[i].cp_end, 11);
		assert_int_equal(t.tokens[i].start, 9);
		assert_int_equal(t.tokens[i].end, 17);
	}
	arena_release(&a);
}

static int is_quoted(const char *source, const char *word)
{
	struct arena a = { 0 };
	struct text t = read_text(&a, source);
	int quoted = -1;

	for (uint32_t i = 0; i < t.token_count; i++)
		if (!strcmp(t.tokens[i].word, word))
			quoted = t.tokens[i].quoted;
	arena_release(&a);
	return quoted;
}

static void quotes_are_set_apart(void **state)
{
	(void)state;
	assert_int_equal(is_quoted("He wrote \"I never loved you at all\" today", "loved"), 1);
	assert_int_equal(is_quoted("He wrote \"I never loved you at all\" today", "today"), 0);
	assert_int_equal(is_quoted("since the \"break\" he is quiet", "break"), 0);
	assert_int_equal(is_quoted("> you should leave him\nNo", "leave"), 1);
	assert_int_equal(is_quoted("> you should leave him\nNo", "no"), 0);
	assert_int_equal(is_quoted("she said \"wait for me and then nothing", "wait"), 0);
	assert_int_equal(is_quoted("my parents' house and my friends' car here", "car"), 0);
}

static void durations_have_one_form(void **state)
{
	static const char *const cases[][2] = {
		{ "42 days", "42 days" },
		{ "six years", "6 years" },
		{ "10yrs", "10 years" },
		{ "2 wks", "2 weeks" },
		{ "a month", "1 month" },
		{ "almost a year", "1 year" },
		{ "a couple of weeks", "2 weeks" },
		{ "several months", "a few months" },
		{ "a few days", "a few days" },
		{ "some weeks ago", "a few weeks" },
		{ "half a year", "6 months" },
		{ "a month and a half", "6 weeks" },
		{ "one year and 4 months", "16 months" },
		{ "2 weeks and 3 days", "17 days" },
		{ "5 months and 2 days", "5 months" },
		{ "2 and 3 days", "" },
		{ "a year and a half", "18 months" },
		{ "year and half", "18 months" },
		{ "2.5 years", "30 months" },
		{ "3,5 years", "42 months" },
		{ "2 and a half years", "30 months" },
		{ "5 1/2 years", "66 months" },
		{ "twenty one days", "21 days" },
		{ "yesterday", "1 day" },
		{ "today", "0 days" },
		{ "last week", "1 week" },
		{ "last year", "1 year" },
		{ "day 12 of it", "12 days" },
		{ "the fourth day", "4 days" },
		{ "day four", "4 days" },
		{ "week two of it", "2 weeks" },
		{ "half year", "6 months" },
		{ "three long years", "3 years" },
		{ "day to day", "" },
		{ "my 3-year relationship", "3 years" },
		{ "2-3 weeks", "" },
		{ "two or three weeks", "" },
		{ "a month or two", "" },
		{ "my 3 year old", "" },
		{ "I am 30 years old", "" },
		{ "in June", "" },
		{ "24 hours", "" },
		{ "the year of the cat", "" },
		{ "99999999999999999999 days", "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct text t = read_text(&a, cases[i][0]);
		struct duration *d;
		size_t n = text_durations(&t, &a, &d);

		if (strcmp(n ? d[0].value : "", cases[i][1]) != 0)
			fail_msg("\"%s\": \"%s\"", cases[i][0], n ? d[0].value : "");
	}
	arena_release(&a);
}

static void english_is_told_from_other_tongues(void **state)
{
	struct arena a = { 0 };
	struct text t = read_text(&a, "I miss him so much and I do not know what to do");

	(void)state;
	assert_true(text_english(&t) > 0.8);
	t = read_text(&a, "Ich vermisse ihn sehr und wei\xc3\x9f nicht mehr weiter ohne ihn");
	assert_true(text_english(&t) < 0.3);
	t = read_text(&a, "Gracias amigo");
	assert_true(text_english(&t) == 1.0);
	arena_release(&a);
}

/* Thousands of apostrophes, marks and words neither hang nor overflow. */
static void hostile_texts_are_read(void **state)
{
	static const char *const parts[] = {
		"a'", "\"", "\xe2\x80\x98", "idk ", "((", ". ", "day "
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++) {
		struct buf b = BUF_INIT;
		struct text t;
		struct duration *d;

		while (b.len < 100000)
			buf_puts(&b, parts[i]);
		text_read(b.str, b.len, &a, &t);
		assert_true(t.token_count <= BOUND_TEXT_TOKENS);
		text_durations(&t, &a, &d);
		arena_clear(&a);
		buf_release(&b);
	}
	arena_release(&a);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_put_right),
		cmocka_unit_test(sentences_end),
		cmocka_unit_test(questions_are_known),
		cmocka_unit_test(offsets_lead_back),
		cmocka_unit_test(quotes_are_set_apart),
		cmocka_unit_test(durations_have_one_form),
		cmocka_unit_test(english_is_told_from_other_tongues),
		cmocka_unit_test(hostile_texts_are_read),
	};
	return UNIT_RUN(tests);
}
