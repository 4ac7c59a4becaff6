/* test_arena.c - memory given back all at once. */
#include "unit.h"

#include <string.h>

#include "dear/arena.h"

static void pieces_are_zeroed_and_aligned(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (size_t size = 0; size < 200; size++) {
		unsigned char *p = arena_alloc(&a, size);

		assert_int_equal((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < size; i++)
			assert_int_equal(p[i], 0);
		memset(p, 0xaa, size);
	}
	arena_release(&a);
	assert_null(a.blocks);
}

static void zeroed_again_after_clear(void **state)
{
	struct arena a = { 0 };
	unsigned char *p;

	(void)state;
	memset(arena_alloc(&a, 5000), 0xaa, 5000);
	arena_clear(&a);
	assert_int_equal(a.used, 0);
	p = arena_alloc(&a, 5000);
	for (size_t i = 0; i < 5000; i++)
		assert_int_equal(p[i], 0);
	arena_release(&a);
}

static void strings_are_copies(void **state)
{
	struct arena a = { 0 };
	char source[] = "first";
	char *copy = arena_strdup(&a, source);

	(void)state;
	source[0] = 'F';
	assert_string_equal(copy, "first");
	assert_string_equal(arena_strndup(&a, "abcdef", 3), "abc");
	assert_string_equal(arena_strndup(&a, "ab", 30), "ab");
	assert_string_equal(arena_strndup(&a, "", 0), "");
	assert_null(arena_strdup(&a, NULL));
	assert_null(arena_strndup(&a, NULL, 3));
	assert_string_equal(arena_printf(&a, "%s-%d", "x", 12), "x-12");
	assert_int_equal(strlen(arena_printf(&a, "%*s", 255, "")), 255);
	assert_int_equal(strlen(arena_printf(&a, "%*s", 256, "")), 256);
	assert_memory_equal(arena_copy(&a, "\0\1\2", 3), "\0\1\2", 3);
	assert_non_null(arena_copy(&a, NULL, 0));
	arena_release(&a);
}

/* A large piece must not make the small ones after it overlap anything. */
static void large_pieces_between_small_ones(void **state)
{
	struct arena a = { 0 };
	char *small[64], *large[64];
	const size_t large_size = 3u << 20;

	(void)state;
	for (int i = 0; i < 64; i++) {
		small[i] = arena_alloc(&a, 100);
		memset(small[i], i, 100);
		large[i] = arena_alloc(&a, i % 8 ? 9000 : large_size);
		memset(large[i], 100 + i, i % 8 ? 9000 : large_size);
	}
	for (int i = 0; i < 64; i++) {
		assert_int_equal(small[i][0], i);
		assert_int_equal(small[i][99], i);
		assert_int_equal((unsigned char)large[i][8999], 100 + i);
	}
	arena_release(&a);
}

static void clear_keeps_memory_for_the_next_batch(void **state)
{
	struct arena a = { 0 };
	void *first;

	(void)state;
	arena_alloc(&a, 200000);
	arena_clear(&a);
	first = arena_alloc(&a, 200000);
	arena_clear(&a);
	assert_ptr_equal(arena_alloc(&a, 200000), first);
	arena_release(&a);
	arena_release(&a);
	arena_clear(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pieces_are_zeroed_and_aligned),
		cmocka_unit_test(zeroed_again_after_clear),
		cmocka_unit_test(strings_are_copies),
		cmocka_unit_test(large_pieces_between_small_ones),
		cmocka_unit_test(clear_keeps_memory_for_the_next_batch),
	};

	return UNIT_RUN(tests);
}
