/* input_rest.c - a comment as WordPress' REST interface writes it.
 *
 * The text comes from content.raw where the context gives it (no typography in
 * the way), else from content.rendered. E-mail, address and avatars of the
 * writer are never looked at.
 */
#include <string.h>

#include "dear/bounds.h"

#include "input_internal.h"

static const char *content(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(json_object_get(object, "content"), key));
}

bool rest_is(const json_t *object)
{
	/* An article has a content as well, and a title. */
	return (content(object, "rendered") || content(object, "raw")) &&
	       !json_object_get(object, "title");
}

static void read_author(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	const json_t *author = json_object_get(object, "author");

	ret->author = shape_name(r, json_string_value(json_object_get(object, "author_name")), a);
	if (!author)
		return;
	ret->user_id = shape_text(r, object, "author", a);
	ret->account = ACCOUNT_USER;
	if (!ret->user_id || !strcmp(ret->user_id, "0")) {
		ret->user_id = NULL;
		ret->account = ACCOUNT_GUEST;
	}
	if (ret->account == ACCOUNT_GUEST && comment_name_is_nobody(ret->author))
		ret->author = NULL;
}

/* The article's title, when the answer was asked for with _embed. */
static void read_title(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	const json_t *up = json_object_get(json_object_get(object, "_embedded"), "up");
	const json_t *title = json_object_get(json_array_get(up, 0), "title");
	const char *html = json_string_value(json_object_get(title, "rendered"));
	struct thread_ref *ref = arena_copy(a, ret->thread, sizeof(*ret->thread));

	ref->title = shape_name(r, html, a);
	ret->thread = ref;
}

void rest_read(struct shape *r, json_t *object, struct arena *a, struct comment *ret)
{
	const char *rendered = content(object, "rendered"), *raw = content(object, "raw");

	ret->id = shape_text(r, object, "id", a);
	ret->parent = shape_text(r, object, "parent", a);
	if (ret->parent && !strcmp(ret->parent, "0"))
		ret->parent = NULL;
	read_author(r, object, a, ret);
	shape_set_date(r, ret, shape_text(r, object, "date_gmt", a),
		       shape_text(r, object, "date", a));
	ret->url = shape_text(r, object, "link", a);
	ret->body = rendered ? rendered : raw ? raw : "";
	ret->body = input_copy(a, ret->body, strlen(ret->body), BOUND_COMMENT_BYTES);
	ret->body_html = true;
	shape_set_text(r, ret, raw ? raw : rendered ? rendered : "", raw != NULL, a);
	shape_set_status(ret, json_string_value(json_object_get(object, "status")),
			 json_string_value(json_object_get(object, "type")));
	shape_set_thread(ret, shape_text(r, object, "post", a), a);
	if (json_object_get(object, "_embedded"))
		read_title(r, object, a, ret);
}
