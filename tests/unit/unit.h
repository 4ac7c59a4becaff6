/* unit.h - what every unit test includes first: cmocka and its needs. */
#ifndef UNIT_H
#define UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* Ends a test's main: runs the table, a failure for each that failed. */
#define UNIT_RUN(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
