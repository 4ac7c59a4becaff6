/* opt.h - options: one table parses them and prints their help.
 *
 * A table lists the options of a command (or those that every command takes)
 * and says by offset where in a struct each value goes. Values are borrowed
 * from argv; only the lists own memory. Options and words (files, IDs) come in
 * any order; "--name value" and "--name=value" are the same; "--" ends the
 * options. The one short option is -h. Names are never abbreviated, so that a
 * script keeps its meaning when an option is added.
 */
#ifndef DEAR_CLI_OPT_H
#define DEAR_CLI_OPT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct err;

enum opt_kind {
	OPT_FLAG,   /* bool */
	OPT_TEXT,   /* const char *; NULL when not given */
	OPT_LIST,   /* struct opt_list; may be given again */
	OPT_NUMBER, /* int64_t above 0; 0 when not given */
	OPT_DATE    /* int64_t, seconds since 1970; INT64_MIN when not given */
};

struct opt {
	const char *name; /* without dashes; NULL ends a table */
	enum opt_kind kind;
	size_t at;         /* offsetof in the struct the table fills */
	const char *value; /* what the help calls it; NULL for a flag */
	const char *help;
};

/* Strings borrowed from argv; items ends in NULL once something was added. */
struct opt_list {
	const char **items;
	size_t count, size;
};
void opt_list_add(struct opt_list *l, const char *item);
void opt_list_release(struct opt_list *l);

/* A table and the struct it fills. */
struct opt_target {
	const struct opt *table;
	void *into;
};

/* Values for options not given. The struct must be zeroed before. */
void opt_init(const struct opt_target *t);
/* Frees the struct's lists. */
void opt_release(const struct opt_target *t);

#define OPT_STOP_AT_WORD 1u /* leave everything from the first word on */
#define OPT_MINUS_WORDS  2u /* "-no_contact" is a word: relabel takes such */

/* Parses argv[0] to argv[argc - 1] by the tables (NULL-table-ended, looked
 * through in order). Returns how many arguments were used, or -1 with ERR_USAGE. */
int opt_parse(const struct opt_target *targets, unsigned flags, int argc, char **argv,
	      struct opt_list *words, struct err *err);

/* One aligned line an option. */
void opt_help(const struct opt *table, FILE *out);

/* IDs and ranges ("3", "3-7") in the order given; a word that is neither is
 * ERR_USAGE. free() *ret. */
int opt_ids(const struct opt_list *words, int64_t **ret, size_t *ret_count, struct err *err);

#endif
