/* input_wpcli.c - a comment as `wp comment list --format=json` writes it.
 *
 * Every value is a string, the text is as the database holds it: HTML unevenly
 * escaped, with line breaks that mean something. Without --fields the command
 * leaves out text and parent; then there is nothing to answer.
 */
#include <string.h>

#include "dear/bounds.h"

#include "input_internal.h"

bool wpcli_is(const json_t *object)
{
	return json_object_get(object, "comment_ID") != NULL;
}

void wpcli_read(struct shape *r, json_t *object, struct arena *a, struct comment *ret)
{
	const char *content = shape_text(r, object, "comment_content", a);

	ret->id = shape_text(r, object, "comment_ID", a);
	ret->parent = shape_text(r, object, "comment_parent", a);
	if (ret->parent && !strcmp(ret->parent, "0"))
		ret->parent = NULL;
	if (!json_object_get(object, "comment_parent"))
		ret->parent_known = PARENT_LOST;
	ret->author = shape_name(r, shape_text(r, object, "comment_author", a), a);
	ret->user_id = shape_text(r, object, "user_id", a);
	if (ret->user_id)
		ret->account = ACCOUNT_USER;
	if (ret->user_id && !strcmp(ret->user_id, "0")) {
		ret->user_id = NULL;
		ret->account = ACCOUNT_GUEST;
	}
	if (ret->account != ACCOUNT_USER && comment_name_is_nobody(ret->author))
		ret->author = NULL;
	shape_set_date(r, ret, shape_text(r, object, "comment_date_gmt", a),
		       shape_text(r, object, "comment_date", a));
	ret->url = shape_text(r, object, "url", a);
	content = content ? content : "";
	ret->body = input_copy(a, content, strlen(content), BOUND_COMMENT_BYTES);
	ret->body_html = true;
	shape_set_text(r, ret, content, true, a);
	shape_set_status(ret, shape_text(r, object, "comment_approved", a),
			 shape_text(r, object, "comment_type", a));
	shape_set_thread(ret, shape_text(r, object, "comment_post_ID", a), a);
}
