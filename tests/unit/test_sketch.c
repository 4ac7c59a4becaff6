/* test_sketch.c - which comments read nearly the same, and that those find each
 * other by their keys. */
#include "unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/sketch.h"

static double share(const char *x, const char *y)
{
	struct arena a = { 0 };
	struct sketch one, other;
	double shared;

	sketch_read(x, &a, &one);
	sketch_read(y, &a, &other);
	shared = sketch_share(&one, &other);
	arena_release(&a);
	return shared;
}

static bool is_about(double value, double expected)
{
	return value > expected - 0.001 && value < expected + 0.001;
}

static void the_share_of_runs_is_counted(void **state)
{
	(void)state;
	/* abc bcd cde | abc bcd cdx: two of four */
	assert_true(is_about(share("a b c d e", "a b c d x"), 0.5));
	assert_true(is_about(share("a b c d e", "v w x y z"), 0));
	/* A run counts once, however often it comes. */
	assert_true(is_about(share("no no no no no", "no no no"), 1));
}

static void case_and_punctuation_do_not_count(void **state)
{
	(void)state;
	assert_true(is_about(share("He LEFT. In may!", "he left in May"), 1));
	assert_true(is_about(share("I don’t know — why", "i dont know why"), 1));
	assert_true(is_about(share("ÄRGER mit Öl ist gut", "ärger mit öl ist gut"), 1));
}

static void short_and_empty_texts(void **state)
{
	(void)state;
	assert_true(is_about(share("Thank you!", "thank you"), 1));
	assert_true(is_about(share("Thank you!", "thank her"), 0));
	assert_true(is_about(share("", ""), 0));
	assert_true(is_about(share("…!", "?"), 0));
}

static void characters_without_blanks_are_words(void **state)
{
	(void)state;
	/* 我想给她 | 我想给他: one of three */
	assert_true(is_about(share("我想给她", "我想给他"), 1.0 / 3));
}

/* A text of n words, the one at odd another word. */
static const char *text_of(struct arena *a, size_t n, size_t odd)
{
	const char *text = "";

	for (size_t i = 0; i < n; i++)
		text = arena_printf(a, "%s w%zu%s", text, i, i == odd ? "x" : "");
	return text;
}

static void alike_texts_share_a_key(void **state)
{
	size_t together = 0;

	(void)state;
	/* 60 words with one changed: 55 of 61 runs. */
	for (size_t odd = 0; odd < 60; odd++) {
		uint64_t keys[2][SKETCH_KEYS];
		struct arena a = { 0 };
		struct sketch one, other;
		bool meets = false;

		sketch_read(text_of(&a, 60, 60), &a, &one);
		sketch_read(text_of(&a, 60, odd), &a, &other);
		assert_true(sketch_share(&one, &other) >= SKETCH_ALIKE);
		sketch_keys(&one, keys[0]);
		sketch_keys(&other, keys[1]);
		for (size_t k = 0; k < SKETCH_KEYS; k++)
			meets |= keys[0][k] == keys[1][k];
		together += meets;
		arena_release(&a);
	}
	assert_int_equal(together, 60);
}

static void other_texts_have_other_keys(void **state)
{
	uint64_t one[SKETCH_KEYS], other[SKETCH_KEYS];
	struct arena a = { 0 };
	struct sketch s;

	(void)state;
	sketch_read("he left me in the rain", &a, &s);
	assert_int_equal(s.count, 4);
	sketch_keys(&s, one);
	sketch_read("He left me, in the rain.", &a, &s);
	sketch_keys(&s, other);
	assert_memory_equal(one, other, sizeof(one));
	sketch_read("she left him in the sun", &a, &s);
	sketch_keys(&s, other);
	for (size_t k = 0; k < SKETCH_KEYS; k++)
		assert_true(one[k] != other[k]);
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_share_of_runs_is_counted),
		cmocka_unit_test(case_and_punctuation_do_not_count),
		cmocka_unit_test(short_and_empty_texts),
		cmocka_unit_test(characters_without_blanks_are_words),
		cmocka_unit_test(alike_texts_share_a_key),
		cmocka_unit_test(other_texts_have_other_keys),
	};

	return UNIT_RUN(tests);
}
