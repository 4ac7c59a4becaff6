/* input_microformats.c - which elements are comments, and what their parts are,
 * in the class names of microformats (h-entry, h-cite). A quoted original that
 * a reply carries with it (u-in-reply-to h-cite) is somebody else's text.
 */
#include <string.h>

#include "input_marked_internal.h"

static bool any(const char *classes, const char *const *words)
{
	for (; classes && *words; words++)
		if (html_has_class(classes, *words))
			return true;
	return false;
}

/* Level of an element whose text may be the comment's; 0 for none. */
static int text_level(const char *classes)
{
	if (html_has_class(classes, "e-content"))
		return 4;
	if (html_has_class(classes, "p-content"))
		return 3;
	if (html_has_class(classes, "p-summary"))
		return 2;
	return html_has_class(classes, "p-name") ? 1 : 0;
}

static void comment_class(const char **atts, const char *classes, struct marking *ret)
{
	static const char *const dates[] = { "dt-published", "dt-updated", NULL };
	const char *href = html_att(atts, "href");

	if (html_has_class(classes, "u-in-reply-to")) {
		ret->dropped = html_has_class(classes, "h-cite");
		ret->parent = ret->dropped ? NULL : href;
		ret->role = ROLE_META;
	} else if (html_has_class(classes, "p-author") || html_has_class(classes, "h-card")) {
		ret->role = ROLE_NAME_AROUND;
		ret->opens = SCOPE_AUTHOR;
	} else if (any(classes, dates)) {
		ret->date = html_att(atts, "datetime");
		ret->role = ROLE_DATE;
	} else if (text_level(classes)) {
		ret->role = ROLE_BODY;
		ret->level = text_level(classes);
	}
	if (html_has_class(classes, "u-url") || html_has_class(classes, "u-uid"))
		ret->url = href;
}

void microformats_mark(const char *name, const char **atts, enum scope scope, struct marking *ret)
{
	static const char *const comments[] = { "u-comment", "p-comment", NULL };
	static const char *const others[] = { "u-like",    "p-like",    "u-repost",
					      "p-repost",  "u-rsvp",    "u-bookmark",
					      "u-mention", "p-mention", NULL };
	const char *classes = html_att(atts, "class");

	(void)name;
	ret->opens = scope;
	if (any(classes, comments)) {
		ret->comment = true;
		ret->opens = SCOPE_COMMENT;
	} else if (any(classes, others)) {
		ret->dropped = true;
	} else if (classes && scope == SCOPE_COMMENT) {
		comment_class(atts, classes, ret);
	} else if (scope == SCOPE_AUTHOR && html_has_class(classes, "p-name")) {
		ret->role = ROLE_NAME;
	}
}
