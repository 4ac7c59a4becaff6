/* input_disqus_api.c - a post as Disqus' API lists it (threads/listPosts,
 * forums/listPosts).
 *
 * Ids are strings, the parent's is a number; times are UTC and don't say so. An
 * answer asked for with related=thread names its threads; without it they are
 * known by number only. A deleted post keeps its place and loses its text.
 */
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"

#include "input_internal.h"

bool disqus_post_is(const json_t *object)
{
	return json_is_boolean(json_object_get(object, "isDeleted")) &&
	       json_object_get(object, "createdAt") && json_object_get(object, "thread");
}

static bool truth(const json_t *object, const char *key)
{
	return json_is_true(json_object_get(object, key));
}

/* An id or name that is there and not empty. */
static const char *key_text(struct shape *r, const json_t *object, const char *key, struct arena *a)
{
	const char *text = shape_text(r, object, key, a);

	return text && *text ? text : NULL;
}

static void read_author(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	const json_t *author = json_object_get(object, "author");

	if (!json_is_object(author))
		return;
	ret->author = shape_name(r, shape_text(r, author, "name", a), a);
	ret->user_id = key_text(r, author, "username", a);
	if (truth(author, "isAnonymous"))
		ret->user_id = NULL;
	ret->account = ret->user_id                   ? ACCOUNT_USER
		       : truth(author, "isAnonymous") ? ACCOUNT_GUEST
						      : ACCOUNT_UNKNOWN;
	if (ret->user_id && !ret->author)
		ret->author = ret->user_id;
	if (ret->account != ACCOUNT_USER && comment_name_is_nobody(ret->author))
		ret->author = NULL;
}

static void read_thread(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	const json_t *thread = json_object_get(object, "thread");
	struct thread_ref *ref = arena_alloc(a, sizeof(*ref));
	const char *link = json_string_value(json_object_get(thread, "link"));
	const char *title = json_string_value(json_object_get(thread, "title"));

	if (link && strnlen(link, BOUND_NAME_BYTES) < BOUND_NAME_BYTES)
		input_set_url(ref, a, link);
	ref->title = shape_name(r, title, a);
	if (!ref->url && ret->url)
		input_set_url(ref, a, ret->url);
	if (!ref->url && !ref->title) {
		ref->host = "disqus";
		ref->post_id = json_is_object(thread) ? shape_text(r, thread, "id", a)
						      : shape_text(r, object, "thread", a);
	}
	ret->thread = ref;
}

static void read_text(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	const char *html = json_string_value(json_object_get(object, "message"));
	const char *raw = json_string_value(json_object_get(object, "raw_message"));

	if (ret->status == COMMENT_DELETED)
		html = "";
	if (!html && !raw)
		shape_bad(r, "message", "a text");
	if (!html && raw) {
		ret->text = input_copy(a, raw, strlen(raw), BOUND_COMMENT_BYTES);
		ret->body = ret->text;
		return;
	}
	html = html ? html : "";
	ret->body = input_copy(a, html, strlen(html), BOUND_COMMENT_BYTES);
	ret->body_html = true;
	shape_set_text(r, ret, html, false, a);
}

void disqus_post_read(struct shape *r, json_t *object, struct arena *a, struct comment *ret)
{
	ret->id = key_text(r, object, "id", a);
	ret->parent = key_text(r, object, "parent", a);
	if (truth(object, "isSpam"))
		ret->status = COMMENT_SPAM;
	else if (truth(object, "isDeleted"))
		ret->status = COMMENT_DELETED;
	else if (json_is_false(json_object_get(object, "isApproved")))
		ret->status = COMMENT_PENDING;
	read_author(r, object, a, ret);
	shape_set_date(r, ret, shape_text(r, object, "createdAt", a), NULL);
	ret->url = shape_text(r, object, "url", a);
	if (ret->url && (!strchr(ret->url, '#') || strlen(ret->url) >= BOUND_NAME_BYTES))
		ret->url = NULL;
	read_thread(r, object, a, ret);
	read_text(r, object, a, ret);
}
