/* cases.h - what runners of case folders share: names in order, TAP lines. */
#ifndef CASES_H
#define CASES_H

#include <stdbool.h>

struct buf;

/* Runs one case by its path; fills said with what is wrong, if anything. */
typedef bool case_run(const char *path, struct buf *said);

/* Runs every visible entry of a folder, in the order of names, as TAP. Returns
 * the exit status. */
int cases_run_all(const char *folder, case_run *run);

#endif
