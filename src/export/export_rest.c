/* export_rest.c - wordpress: the bodies of POST /wp/v2/comments, one a line and
 * nothing else in it, so that a loop in a shell can send them.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "export_internal.h"

bool export_is_number(const char *s)
{
	size_t digits = s ? strspn(s, "0123456789") : 0;

	return digits > 0 && digits < 19 && !s[digits] && strspn(s, "0") < digits;
}

static bool begins(const char *s, const char *with)
{
	return s && !strncmp(s, with, strlen(with));
}

const char *export_rest_unfit(const struct export_reply *r)
{
	if (begins(r->thread->format, "disqus"))
		return "its thread is from Disqus";
	if (!export_is_number(r->thread->post_id))
		return "its article has no number that is known; pull the thread, or import a "
		       "form that tells it (REST, WXR)";
	if (!export_is_number(r->item->comment_id))
		return "its comment has no number of WordPress";
	return NULL;
}

static void rest_reply(struct buf *out, const struct export_reply *r)
{
	struct buf content = BUF_INIT;

	export_render_wordpress(&content, r->item->reply);
	buf_printf(out, "{\"post\": %s, \"parent\": %s, \"content\": ", r->thread->post_id,
		   r->item->comment_id);
	export_json_string(out, buf_str(&content));
	buf_puts(out, "}\n");
	buf_release(&content);
}

const struct export_writer export_rest = { .reply = rest_reply, .unfit = export_rest_unfit };
