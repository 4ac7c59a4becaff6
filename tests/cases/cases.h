/* cases.h - what runners of case folders share: names in order, TAP lines. */
#ifndef CASES_H
#define CASES_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Runs one case by its path; fills said with what is wrong, if anything. */
typedef bool case_run(const char *path, struct buf *said);

/* Runs every visible entry of a folder, in the order of names, as TAP. Returns
 * the exit status. */
int cases_run_all(const char *folder, case_run *run);

/* For folders whose files ({"cases": [...]}) hold many cases each. All of them
 * in the order of names; NULL, and said, when a file can't be read. A file's
 * other members are given to each of its cases that has none of its own. */
json_t *cases_read(const char *folder);
/* How many cases were run, and how many of them went wrong. */
struct cases_tally {
	size_t done, failed;
};
/* A case's TAP line, named by the beginning of its text, after what is wrong with
 * it (comment lines; empty when nothing is). */
void cases_tell(struct cases_tally *t, const char *text, const struct buf *said);

#endif
