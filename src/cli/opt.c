/* opt.c - the option parser behind every command. Knows no command and opens
 * nothing; a wrong command line is ERR_USAGE with the words to put it right.
 */
#include "opt.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/mem.h"
#include "dear/thread.h"

/* IDs one command takes: a typing slip such as 1-1000000000 is caught here. */
enum { IDS_MAX = 100000 };

void opt_list_add(struct opt_list *l, const char *item)
{
	l->items = mem_grow(l->items, &l->size, l->count + 2, sizeof(*l->items));
	l->items[l->count++] = item;
	l->items[l->count] = NULL;
}

void opt_list_release(struct opt_list *l)
{
	free(l->items);
	memset(l, 0, sizeof(*l));
}

void opt_init(const struct opt_target *t)
{
	for (const struct opt *o = t->table; o->name; o++)
		if (o->kind == OPT_DATE)
			*(int64_t *)((char *)t->into + o->at) = INT64_MIN;
}

void opt_release(const struct opt_target *t)
{
	for (const struct opt *o = t->table; o->name; o++)
		if (o->kind == OPT_LIST)
			opt_list_release((struct opt_list *)((char *)t->into + o->at));
}

static int parse_number(const char *s, int64_t *ret)
{
	char *end;
	long long n;

	if (*s < '0' || *s > '9')
		return -1;
	errno = 0;
	n = strtoll(s, &end, 10);
	if (errno || *end || n <= 0)
		return -1;
	*ret = n;
	return 0;
}

/* Puts a value where the option says. */
static int take(const struct opt *o, void *into, const char *value, struct err *err)
{
	void *field = (char *)into + o->at;
	bool tz_known;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)field = true;
		return 0;
	case OPT_TEXT:
		*(const char **)field = value;
		return 0;
	case OPT_LIST:
		opt_list_add(field, value);
		return 0;
	case OPT_NUMBER:
		if (parse_number(value, field) == 0)
			return 0;
		return err_set(err, ERR_USAGE, NULL, 0, "--%s takes a number above 0, not '%s'",
			       o->name, value);
	case OPT_DATE:
		if (comment_date_parse(value, true, field, &tz_known))
			return 0;
		return err_set(err, ERR_USAGE, NULL, 0,
			       "--%s takes a date such as 2024-05-31, not '%s'", o->name, value);
	}
	return 0;
}

/* The option whose name is the len bytes at name. */
static const struct opt *find(const struct opt_target *targets, const char *name, size_t len,
			      void **ret_into)
{
	for (const struct opt_target *t = targets; t->table; t++)
		for (const struct opt *o = t->table; o->name; o++)
			if (strlen(o->name) == len && !memcmp(o->name, name, len)) {
				*ret_into = t->into;
				return o;
			}
	return NULL;
}

/* Takes the option at argv[0]; returns how many arguments it used. */
static int parse_long(const struct opt_target *targets, int argc, char **argv, struct err *err)
{
	const char *name = argv[0] + 2, *equals = strchr(name, '=');
	size_t len = equals ? (size_t)(equals - name) : strlen(name);
	void *into;
	const struct opt *o = find(targets, name, len, &into);

	if (!o)
		return err_set(err, ERR_USAGE, NULL, 0, "unknown option --%.*s", (int)len, name);
	if (o->kind == OPT_FLAG) {
		if (equals)
			return err_set(err, ERR_USAGE, NULL, 0, "--%s takes no value", o->name);
		return take(o, into, NULL, err) < 0 ? -1 : 1;
	}
	if (equals)
		return take(o, into, equals + 1, err) < 0 ? -1 : 1;
	if (argc < 2)
		return err_set(err, ERR_USAGE, NULL, 0, "--%s needs its %s", o->name, o->value);
	return take(o, into, argv[1], err) < 0 ? -1 : 2;
}

static bool is_word(const char *arg, unsigned flags)
{
	if (arg[0] != '-' || arg[1] == '\0')
		return true;
	return (flags & OPT_MINUS_WORDS) && arg[1] != '-' && arg[2];
}

static int parse_short(const struct opt_target *targets, const char *arg, struct err *err)
{
	void *into;
	const struct opt *o = find(targets, "help", 4, &into);

	if (o && !strcmp(arg, "-h"))
		return take(o, into, NULL, err) < 0 ? -1 : 1;
	return err_set(err, ERR_USAGE, NULL, 0, "unknown option %s", arg);
}

int opt_parse(const struct opt_target *targets, unsigned flags, int argc, char **argv,
	      struct opt_list *words, struct err *err)
{
	bool ended = false;
	int used;

	for (int i = 0; i < argc; i += used) {
		used = 1;
		if (ended || is_word(argv[i], flags)) {
			if (flags & OPT_STOP_AT_WORD)
				return i;
			opt_list_add(words, argv[i]);
		} else if (!strcmp(argv[i], "--")) {
			ended = true;
		} else if (argv[i][1] == '-') {
			used = parse_long(targets, argc - i, argv + i, err);
		} else {
			used = parse_short(targets, argv[i], err);
		}
		if (used < 0)
			return -1;
	}
	return argc;
}

void opt_help(const struct opt *table, FILE *out)
{
	for (const struct opt *o = table; o->name; o++) {
		int len = fprintf(out, "  --%s%s%s", o->name, o->value ? " " : "",
				  o->value ? o->value : "");

		fprintf(out, "%*s%s\n", len < 24 ? 24 - len : 2, "", o->help);
	}
}

static int add_range(int64_t **ids, size_t *count, size_t *size, int64_t first, int64_t last)
{
	if (last < first || last - first >= IDS_MAX - (int64_t)*count)
		return -1;
	for (int64_t id = first; id <= last; id++) {
		*ids = mem_grow(*ids, size, *count + 1, sizeof(**ids));
		(*ids)[(*count)++] = id;
	}
	return 0;
}

/* "7" or "3-7" */
static int parse_range(const char *word, int64_t *first, int64_t *last)
{
	const char *dash = strchr(word, '-');
	char *left;
	int status;

	if (!dash) {
		status = parse_number(word, first);
		*last = *first;
		return status;
	}
	left = mem_strndup(word, (size_t)(dash - word));
	status = parse_number(left, first) == 0 && parse_number(dash + 1, last) == 0 ? 0 : -1;
	free(left);
	return status;
}

int opt_ids(const struct opt_list *words, int64_t **ret, size_t *ret_count, struct err *err)
{
	int64_t *ids = NULL, first = 0, last = 0;
	size_t count = 0, size = 0;

	for (size_t i = 0; i < words->count; i++) {
		const char *word = words->items[i];

		if (parse_range(word, &first, &last) == 0 &&
		    add_range(&ids, &count, &size, first, last) == 0)
			continue;
		free(ids);
		return err_set(err, ERR_USAGE, NULL, 0,
			       "'%s' is no ID; IDs are numbers such as 3, or ranges such as 3-7",
			       word);
	}
	*ret = ids;
	*ret_count = count;
	return 0;
}
