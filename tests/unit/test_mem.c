/* test_mem.c - memory that does not fail. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dear/mem.h"

static void alloc_is_zeroed(void **state)
{
	unsigned char *p = mem_alloc(1000);

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(p[i], 0);
	free(p);
	p = mem_alloc(0);
	assert_non_null(p);
	free(p);
}

static void strndup_stops_at_nul(void **state)
{
	char *s = mem_strndup("ab\0cd", 5);

	(void)state;
	assert_string_equal(s, "ab");
	free(s);
	s = mem_strndup("abcd", 2);
	assert_string_equal(s, "ab");
	free(s);
	s = mem_strdup("");
	assert_string_equal(s, "");
	free(s);
}

static void grow_keeps_and_doubles(void **state)
{
	size_t size = 0;
	int *list = NULL;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		list = mem_grow(list, &size, (size_t)i + 1, sizeof(*list));
		list[i] = i;
	}
	assert_in_range(size, 1000, 2000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(list[i], i);
	assert_ptr_equal(mem_grow(list, &size, 10, sizeof(*list)), list);
	free(list);
}

/* Runs work in a child; its exit status. */
static int status_of(void (*work)(void))
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		close(STDERR_FILENO);
		work();
		_exit(0);
	}
	waitpid(child, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void grow_past_all_sizes(void)
{
	size_t size = 0;

	mem_grow(NULL, &size, SIZE_MAX / 2 + 2, 1);
}

static void grow_elements_past_all_sizes(void)
{
	size_t size = 0;

	mem_grow(NULL, &size, SIZE_MAX / 16, 64);
}

static void running_out_ends_with_status_6(void **state)
{
	(void)state;
	assert_int_equal(status_of(mem_die), 6);
	assert_int_equal(status_of(grow_past_all_sizes), 6);
	assert_int_equal(status_of(grow_elements_past_all_sizes), 6);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(alloc_is_zeroed),
		cmocka_unit_test(strndup_stops_at_nul),
		cmocka_unit_test(grow_keeps_and_doubles),
		cmocka_unit_test(running_out_ends_with_status_6),
	};

	return UNIT_RUN(tests);
}
