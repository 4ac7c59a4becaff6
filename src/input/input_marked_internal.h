/* input_marked_internal.h - what marks on elements say of comments; for
 * input_marked.c and the two vocabularies beside it.
 */
#ifndef DEAR_INPUT_MARKED_INTERNAL_H
#define DEAR_INPUT_MARKED_INTERNAL_H

#include "input_internal.h"

/* What the parts inside an element are about. */
enum scope {
	SCOPE_PAGE,
	SCOPE_COMMENT,
	SCOPE_AUTHOR, /* of the comment around */
	SCOPE_OTHER,  /* something that is read past */
};

/* What one element says. Values are borrowed from its attributes. */
struct marking {
	bool comment;            /* it is one */
	bool dropped;            /* nothing in it is read */
	enum scope opens;        /* for what is inside; as outside unless the element changes it */
	enum role role;          /* ROLE_NONE, NAME, NAME_AROUND, DATE, BODY or META */
	int level;               /* of a BODY: the highest there is, is the text */
	const char *name, *date; /* given by an attribute and not by the text */
	const char *id, *url, *parent;
};
typedef void marking_read(const char *name, const char **atts, enum scope scope,
			  struct marking *ret);
marking_read microdata_mark, microformats_mark;

#endif
