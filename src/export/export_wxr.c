/* export_wxr.c - wxr: a small export file for WordPress' importer, with the
 * replies alone, for the site the thread is from.
 *
 * The importer finds an article by title, date and type, never by number; when
 * none of them matches it makes a new one, which therefore is a draft. A parent
 * that is not in the file keeps its number, so replies go below comments that
 * are on the site; an id in the file is only a key, and must be no parent's. A
 * comment whose author and second are another one's is dropped without a word,
 * so no two replies have the same second. The author's block lets the importer
 * map the columnist to a user of the site.
 */
#include <string.h>
#include <time.h>

#include "dear/buf.h"
#include "dear/store.h"
#include "dear/thread.h"
#include "dear/utf8.h"

#include "export_internal.h"

/* Above what any site counts up to; the importer gives real ones. */
#define FIRST_ID 4000000000000

static const char file_head[] =
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	"<!-- Approved replies, to be imported into the site they belong to and no other: "
	"Tools, Import, WordPress. -->\n"
	"<!-- Map the author to the columnist's account when it asks. -->\n"
	"<rss version=\"2.0\"\n"
	"\txmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\"\n"
	"\txmlns:content=\"http://purl.org/rss/1.0/modules/content/\"\n"
	"\txmlns:dc=\"http://purl.org/dc/elements/1.1/\"\n"
	"\txmlns:wp=\"http://wordpress.org/export/1.2/\">\n"
	"<channel>\n"
	"\t<title>Approved replies</title>\n"
	"\t<wp:wxr_version>1.2</wp:wxr_version>\n";

/* What XML may hold at all; the end of a CDATA section is split over two. */
static void put_cdata(struct buf *out, const char *s)
{
	struct buf plain = BUF_INIT;
	const char *end;

	export_render_plain(&plain, s);
	s = buf_str(&plain);
	buf_puts(out, "<![CDATA[");
	while ((end = strstr(s, "]]>"))) {
		buf_add(out, s, (size_t)(end - s) + 2);
		buf_puts(out, "]]><![CDATA[");
		s = end + 2;
	}
	buf_puts(out, s);
	buf_puts(out, "]]>");
	buf_release(&plain);
}

static void put_field(struct buf *out, const char *indent, const char *name, const char *text)
{
	buf_printf(out, "%s<%s>", indent, name);
	put_cdata(out, text);
	buf_printf(out, "</%s>\n", name);
}

static void put_date(struct buf *out, const char *name, int64_t at)
{
	char date[32];
	time_t seconds = at;
	struct tm tm = { 0 };

	gmtime_r(&seconds, &tm);
	strftime(date, sizeof(date), "%Y-%m-%d %H:%M:%S", &tm);
	put_field(out, "\t\t\t", name, date);
}

/* Seconds the site's clock is ahead of UTC, as its article shows. */
static int64_t site_offset(const struct store_thread *t)
{
	int64_t local, gmt;
	bool known;

	if (!t->posted || !t->posted_gmt || !comment_date_parse(t->posted, true, &local, &known) ||
	    !comment_date_parse(t->posted_gmt, true, &gmt, &known))
		return 0;
	return local - gmt;
}

static const char *login(const struct export_reply *r)
{
	return export_or(r->thread->login, export_or(r->columnist->name, "columnist"));
}

static void put_author(struct buf *out, const struct export_reply *r)
{
	buf_puts(out, "\t<wp:author>\n");
	if (export_is_number(r->columnist->user_id))
		buf_printf(out, "\t\t<wp:author_id>%s</wp:author_id>\n", r->columnist->user_id);
	put_field(out, "\t\t", "wp:author_login", login(r));
	put_field(out, "\t\t", "wp:author_display_name", export_or(r->columnist->name, login(r)));
	buf_puts(out, "\t</wp:author>\n");
}

/* The title as the site stores it; else as an editor's browser would have
 * stored the one that is shown. */
static void put_title(struct buf *out, const struct store_thread *t)
{
	struct buf title = BUF_INIT;

	if (t->stored_title)
		buf_puts(&title, t->stored_title);
	else
		export_render_wordpress(&title, export_or(t->title, ""));
	put_field(out, "\t\t", "title", buf_str(&title));
	buf_release(&title);
}

static void open_article(struct buf *out, const struct export_reply *r)
{
	const struct store_thread *t = r->thread;

	if (r->number > 1)
		buf_puts(out, "\t</item>\n");
	put_author(out, r);
	buf_puts(out, "\t<item>\n");
	put_title(out, t);
	if (export_is_link(t->url)) {
		buf_puts(out, "\t\t<link>");
		export_html_line(out, t->url, strlen(t->url));
		buf_puts(out, "</link>\n");
	}
	put_field(out, "\t\t", "dc:creator", login(r));
	buf_printf(out, "\t\t<wp:post_id>%s</wp:post_id>\n", t->post_id);
	if (t->posted)
		put_field(out, "\t\t", "wp:post_date", t->posted);
	if (t->posted_gmt)
		put_field(out, "\t\t", "wp:post_date_gmt", t->posted_gmt);
	put_field(out, "\t\t", "wp:post_type", export_or(t->kind, "post"));
	put_field(out, "\t\t", "wp:status", "draft");
}

static void wxr_begin(struct buf *out)
{
	buf_puts(out, file_head);
}

static void wxr_reply(struct buf *out, const struct export_reply *r)
{
	struct buf content = BUF_INIT;
	const char *user = r->columnist->user_id;

	if (r->opens)
		open_article(out, r);
	buf_puts(out, "\t\t<wp:comment>\n");
	buf_printf(out, "\t\t\t<wp:comment_id>%lld</wp:comment_id>\n",
		   FIRST_ID + (long long)r->item->id);
	put_field(out, "\t\t\t", "wp:comment_author", export_or(r->columnist->name, ""));
	put_date(out, "wp:comment_date", r->at + site_offset(r->thread));
	put_date(out, "wp:comment_date_gmt", r->at);
	export_render_wordpress(&content, r->item->reply);
	put_field(out, "\t\t\t", "wp:comment_content", buf_str(&content));
	put_field(out, "\t\t\t", "wp:comment_approved", "1");
	put_field(out, "\t\t\t", "wp:comment_type", "comment");
	buf_printf(out, "\t\t\t<wp:comment_parent>%s</wp:comment_parent>\n", r->item->comment_id);
	buf_printf(out, "\t\t\t<wp:comment_user_id>%s</wp:comment_user_id>\n",
		   export_is_number(user) ? user : "0");
	buf_puts(out, "\t\t</wp:comment>\n");
	buf_release(&content);
}

static void wxr_end(struct buf *out, uint64_t count)
{
	buf_puts(out, count > 0 ? "\t</item>\n</channel>\n</rss>\n" : "</channel>\n</rss>\n");
}

static const char *wxr_doubt(const struct export_reply *r)
{
	if (!r->thread->stored_title)
		return "how the site stores the title is not known, only how it shows it; if they "
		       "differ, the importer makes a draft article with the replies in it. The "
		       "site's own export tells, and so does `dear pull` with --user";
	return export_is_number(r->columnist->user_id)
		       ? NULL
		       : "whose account answers for the column is not known (--staff-id at the "
			 "import); the replies will be a guest's";
}

static const char *wxr_unfit(const struct export_reply *r)
{
	if (!r->thread->stored_title && !r->thread->title)
		return "its article has no title, by which the importer would find it";
	return export_rest_unfit(r);
}

const struct export_writer export_wxr = { .begin = wxr_begin,
					  .reply = wxr_reply,
					  .end = wxr_end,
					  .unfit = wxr_unfit,
					  .doubt = wxr_doubt };
