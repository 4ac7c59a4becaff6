/* export_wpcli.c - wp-cli: a shell script that posts each reply as the article's
 * author and notes the ids it got. Texts stand in single quotes, where a shell
 * reads nothing but their end.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "export_internal.h"

/* `wp comment create` checks nothing by itself: not the parent, not whether the
 * reply is there. So the script looks first, and may be run again. */
static const char script_head[] =
	"#!/bin/sh\n"
	"# Approved replies, for where wp-cli finds the site. Run it with sh; a second run\n"
	"# posts nothing twice. It heeds:\n"
	"#   WP         how wp-cli is called: WP='wp --path=/srv/site'\n"
	"#   DEAR_USER  login or number of who replies; else each article's author\n"
	"#   DEAR_IDS   the file that takes the ids, for `dear posted --ids FILE`\n"
	"set -eu\n"
	"wp=${WP:-wp}\n"
	"ids=${DEAR_IDS:-dear-ids.txt}\n"
	"failed=0\n"
	": >>\"$ids\"\n"
	"\n"
	"say() {\n"
	"\tprintf '%s\\n' \"$*\" >&2\n"
	"}\n"
	"\n"
	"# article POST: the replies that follow are to its comments\n"
	"article() {\n"
	"\tpost=$1\n"
	"\tuser=${DEAR_USER:-$($wp post get \"$post\" --field=post_author)}\n"
	"\tuser_id=$($wp user get \"$user\" --field=ID)\n"
	"\tname=$($wp user get \"$user\" --field=display_name)\n"
	"\tmail=$($wp user get \"$user\" --field=user_email)\n"
	"}\n"
	"\n"
	"# there PARENT TEXT: prints the id of the same reply by the same user\n"
	"there() {\n"
	"\tfor id in $($wp comment list --post_id=\"$post\" --parent=\"$1\" \\\n"
	"\t\t--user_id=\"$user_id\" --status=any --format=ids); do\n"
	"\t\tif [ \"$($wp comment get \"$id\" --field=comment_content)\" = \"$2\" ]; then\n"
	"\t\t\techo \"$id\"\n"
	"\t\t\treturn\n"
	"\t\tfi\n"
	"\tdone\n"
	"}\n"
	"\n"
	"# reply ITEM PARENT TEXT\n"
	"reply() {\n"
	"\tif grep -q \"^$1 \" \"$ids\"; then\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tif [ \"$($wp comment get \"$2\" --field=comment_approved)\" != 1 ]; then\n"
	"\t\tsay \"item $1: comment $2 is not there or not approved; nothing was posted\"\n"
	"\t\tfailed=1\n"
	"\t\treturn\n"
	"\tfi\n"
	"\tid=$(there \"$2\" \"$3\")\n"
	"\tif [ -z \"$id\" ]; then\n"
	"\t\tid=$($wp comment create --comment_post_ID=\"$post\" --comment_parent=\"$2\" \\\n"
	"\t\t\t--user_id=\"$user_id\" --comment_author=\"$name\" \\\n"
	"\t\t\t--comment_author_email=\"$mail\" --comment_content=\"$3\" --porcelain)\n"
	"\tfi\n"
	"\tprintf '%s %s\\n' \"$1\" \"$id\" >>\"$ids\"\n"
	"\tsay \"item $1: comment $id\"\n"
	"}\n";

static void wpcli_begin(struct buf *out)
{
	buf_puts(out, script_head);
}

static void put_quoted(struct buf *out, const char *s)
{
	buf_putc(out, '\'');
	for (; *s; s++) {
		if (*s == '\'')
			buf_puts(out, "'\\''");
		else
			buf_putc(out, *s);
	}
	buf_putc(out, '\'');
}

static void wpcli_reply(struct buf *out, const struct export_reply *r)
{
	struct buf content = BUF_INIT;

	export_render_wordpress(&content, r->item->reply);
	if (r->opens)
		buf_printf(out, "\narticle %s\n", r->thread->post_id);
	buf_printf(out, "reply %lld %s ", (long long)r->item->id, r->item->comment_id);
	put_quoted(out, buf_str(&content));
	buf_putc(out, '\n');
	buf_release(&content);
}

static void wpcli_end(struct buf *out, uint64_t count)
{
	if (count > 0)
		buf_puts(out, "\nsay \"now: dear posted --ids $ids\"\n");
	buf_puts(out, "exit $failed\n");
}

const struct export_writer export_wpcli = {
	.begin = wpcli_begin, .reply = wpcli_reply, .end = wpcli_end, .unfit = export_rest_unfit
};
