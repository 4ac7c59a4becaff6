/* input_microdata.c - which elements are comments, and what their parts are, in
 * the words of schema.org's microdata. Only types and property names are looked
 * at, never a word that a reader of the page sees.
 */
#include <string.h>

#include "input_marked_internal.h"

/* The type's own name: what stands after the last slash. */
static bool has_type(const char *types, const char *const *names)
{
	while (types && *types) {
		size_t n;
		const char *slash;

		types += strspn(types, " \t\r\n");
		n = strcspn(types, " \t\r\n");
		slash = memrchr(types, '/', n);
		for (const char *const *name = names; slash && *name; name++)
			if (strlen(*name) == n - (size_t)(slash + 1 - types) &&
			    !memcmp(slash + 1, *name, strlen(*name)))
				return true;
		types += n;
	}
	return false;
}

static bool any_word(const char *list, const char *const *words)
{
	for (; list && *words; words++)
		if (html_has_class(list, *words))
			return true;
	return false;
}

/* What the element gives by an attribute; NULL when its text is meant. */
static const char *value_of(const char *name, const char **atts)
{
	const char *content = html_att(atts, "content");

	if (content)
		return content;
	if (!strcmp(name, "a") || !strcmp(name, "link"))
		return html_att(atts, "href");
	return !strcmp(name, "time") ? html_att(atts, "datetime") : NULL;
}

static void author_property(const char *name, const char **atts, const char *prop,
			    struct marking *ret)
{
	const char *content = html_att(atts, "content");

	if (!html_has_class(prop, "name"))
		return;
	ret->name = !strcmp(name, "meta") ? content : NULL;
	ret->role = ret->name ? ROLE_NONE : ROLE_NAME;
}

static void comment_property(const char *name, const char **atts, const char *prop,
			     struct marking *ret)
{
	static const char *const authors[] = { "author", "creator", NULL };
	static const char *const texts[] = { "text", "commentText", "articleBody", NULL };
	static const char *const dates[] = { "dateCreated", "datePublished", "commentTime", NULL };
	static const char *const parents[] = { "parentItem", "replyToUrl", NULL };
	const char *value = value_of(name, atts);

	if (any_word(prop, authors)) {
		ret->name = html_att(atts, "content");
		ret->role = ret->name ? ROLE_NONE : ROLE_NAME_AROUND;
		ret->opens = SCOPE_AUTHOR;
	} else if (any_word(prop, texts)) {
		ret->role = ROLE_BODY;
		ret->level = 3;
	} else if (any_word(prop, dates)) {
		ret->date = value;
		ret->role = ROLE_DATE;
	} else if (any_word(prop, parents)) {
		ret->parent = value ? value : html_att(atts, "itemid");
		ret->role = ROLE_META;
	} else if (html_has_class(prop, "url")) {
		ret->url = value;
	} else if (html_att(atts, "itemscope") || html_has_class(prop, "name") ||
		   html_has_class(prop, "upvoteCount") || html_has_class(prop, "downvoteCount")) {
		ret->role = ROLE_META;
	}
}

void microdata_mark(const char *name, const char **atts, enum scope scope, struct marking *ret)
{
	static const char *const types[] = { "Comment", "UserComments", "Answer", NULL };
	const char *prop = html_att(atts, "itemprop"), *type = html_att(atts, "itemtype");
	bool parent = html_has_class(prop, "parentItem");

	ret->opens = scope;
	if (type && has_type(type, types) && !parent) {
		ret->comment = true;
		ret->opens = SCOPE_COMMENT;
		ret->id = html_att(atts, "itemid");
		return;
	}
	if (prop && scope == SCOPE_COMMENT)
		comment_property(name, atts, prop, ret);
	else if (prop && scope == SCOPE_AUTHOR)
		author_property(name, atts, prop, ret);
	if (html_att(atts, "itemscope") && ret->opens != SCOPE_AUTHOR && scope != SCOPE_PAGE)
		ret->opens = SCOPE_OTHER;
}
