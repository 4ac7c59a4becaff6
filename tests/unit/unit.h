/* unit.h - what every unit test includes first: cmocka and its needs. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Runs a table of tests; what main returns. */
#define UNIT_RUN(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
