/* test_hash.c - FNV-1a against its published values. */
#include "unit.h"

#include "dear/hash.h"

static void published_values(void **state)
{
	(void)state;
	assert_true(hash_bytes(HASH_START, "", 0) == 0xcbf29ce484222325u);
	assert_true(hash_bytes(HASH_START, "a", 1) == 0xaf63dc4c8601ec8cu);
	assert_true(hash_bytes(HASH_START, "foobar", 6) == 0x85944171f73967e8u);
}

static void fields_do_not_run_together(void **state)
{
	uint64_t ab_c = hash_string(hash_string(HASH_START, "ab"), "c");
	uint64_t a_bc = hash_string(hash_string(HASH_START, "a"), "bc");

	(void)state;
	assert_true(ab_c != a_bc);
	assert_true(hash_string(HASH_START, NULL) != hash_string(HASH_START, ""));
	assert_true(hash_string(HASH_START, NULL) != HASH_START);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(published_values),
		cmocka_unit_test(fields_do_not_run_together),
	};

	return UNIT_RUN(tests);
}
