/* mustache_internal.h - the compiled form of a template, shared by the
 * compiler and the renderer.
 *
 * Nodes stand in source order in one array. A section is followed by its
 * children; `end` is the index just past them, so that skipping is one step
 * and rendering a range needs no tree of pointers. Text is split at line ends:
 * a node that begins a line of the template knows it, which is all that the
 * indentation of a partial needs.
 */
#ifndef DEAR_MUSTACHE_INTERNAL_H
#define DEAR_MUSTACHE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_TEXT, NODE_VARIABLE, NODE_RAW, NODE_SECTION, NODE_INVERTED, NODE_PARTIAL };

struct node {
	enum node_kind kind;
	bool line_start;    /* nothing that shows stands before it on its line */
	int line;           /* in the file, for errors and lints */
	const char *text;   /* the text, or the tag's name as written */
	size_t len;         /* of text */
	const char *parts;  /* "a.b" as "a", NUL, "b", NUL */
	size_t part_count;  /* 0 for "." */
	const char *indent; /* of a partial alone on its line, else NULL */
	size_t end;         /* section: index after its last child */
};

struct mustache {
	char *name;    /* of the file, for errors */
	char *source;  /* copy; text nodes point into it */
	char *strings; /* names, parts and indents, each with its NUL */
	struct node *nodes;
	size_t count;
};

#endif
