/* export_disqus.c - disqus: the parameters of POST posts/create, one object a
 * line. The parent says which thread; who posts is said by the token they are
 * sent with.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "export_internal.h"

static const char *disqus_unfit(const struct export_reply *r)
{
	static const char *const others[] = { "wordpress", "wp-cli", "wxr" };
	const char *format = export_or(r->thread->format, "");

	for (size_t i = 0; i < sizeof(others) / sizeof(*others); i++)
		if (!strncmp(format, others[i], strlen(others[i])))
			return "its thread is from WordPress";
	return export_is_number(r->item->comment_id) ? NULL : "its comment has no number of Disqus";
}

/* The message is HTML to Disqus too, and line ends make its paragraphs. */
static void disqus_reply(struct buf *out, const struct export_reply *r)
{
	struct buf message = BUF_INIT;

	export_render_wordpress(&message, r->item->reply);
	buf_printf(out, "{\"parent\": \"%s\", \"message\": ", r->item->comment_id);
	export_json_string(out, buf_str(&message));
	buf_puts(out, "}\n");
	buf_release(&message);
}

const struct export_writer export_disqus = { .reply = disqus_reply, .unfit = disqus_unfit };
