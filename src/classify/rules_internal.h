/* rules_internal.h - how the rule files are read. For rules_*.c only. */
#ifndef DEAR_RULES_INTERNAL_H
#define DEAR_RULES_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>

struct err;
struct rules;

/* One member or element of a section, with the line it begins on. */
struct jpiece {
	const char *file;
	int line;
	const char *key; /* NULL in an array */
	json_t *value;   /* borrowed */
	void *context;
};

enum jsection_kind { JSECTION_SKIP, JSECTION_OBJECT, JSECTION_ARRAY };
struct jsection {
	const char *name;
	enum jsection_kind kind;
	int (*read)(struct rules *r, const struct jpiece *p, struct err *err);
};

/* Reads a rule file: an object whose members are all named in sections, which
 * end in a NULL name. For each member or element of an object or array section
 * calls its read. begin, when given, sees the whole object first; what it
 * leaves in *context is handed to each read. */
int rules_json_read(struct rules *r, const char *path, const struct jsection *sections,
		    int (*begin)(struct rules *r, const struct jpiece *top, void **context,
				 struct err *err),
		    struct err *err);

/* Calls read for each *.json of dir/name, in byte order of their names. A
 * folder that is missing is ERR_IO, if it is needed. */
int rules_json_folder(struct rules *r, const char *dir, const char *name, bool needed,
		      int (*read)(struct rules *r, const char *path, struct err *err),
		      struct err *err);

/* --- rules_file.c */
void rules_example_add(struct rules *r, const struct jpiece *p, const char *text, const char *value,
		       enum target target, uint32_t owner, bool counter);

/* Member "thresholds", by enum band; what it leaves out is as usual. */
struct jread;
int rules_thresholds(const struct jread *top, double *ret, struct err *err);

/* --- classify_model.c: a file of weights */
int model_file(struct rules *r, const char *path, struct err *err);

/* --- rules_event.c */
int rules_event_file(struct rules *r, const char *path, struct err *err);

#endif
