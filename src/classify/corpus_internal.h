/* corpus_internal.h - labelled posts, for evaluate and train. */
#ifndef DEAR_CORPUS_INTERNAL_H
#define DEAR_CORPUS_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

struct err;
struct file;

/* Borrowed from the file being read. */
struct corpus_post {
	const char *id, *text, *topic; /* id: "" when none; topic: NULL when none */
	size_t len;
	json_t *labels; /* array of strings */
	json_t *only;   /* array of the labels that were looked for; NULL: all */
	json_t *facts;  /* object; NULL when none */
};
bool corpus_has(const struct corpus_post *p, const char *label);
/* Was it looked whether the post has the label? */
bool corpus_knows(const struct corpus_post *p, const char *label);

typedef void corpus_visit(const struct corpus_post *post, void *into);

/* Visits every post in the order of the file. ERR_INPUT when it can't be read,
 * or holds none. */
int corpus_read(struct file *file, corpus_visit *visit, void *into, struct err *err);

#endif
