/* export_copysheet.c - copy-sheet: one page for sites that take no import. Each
 * reply below the comment it answers, with the way there and buttons that put it
 * on the clipboard in one of three renderings; what is ticked makes the command
 * that tells dear. The page's own policy allows its one script and nothing from
 * elsewhere.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"

#include "embed.h"
#include "export_internal.h"

/* The page up to its first thread, and its script. The page names the script by
 * its hash (tests/cli/t1045-forms.sh says the new one when the script changed). */
extern const struct embed_file export_page[];
enum { PAGE_HEAD, PAGE_SCRIPT };

static void put(struct buf *out, const char *s)
{
	export_html_line(out, s, strlen(s));
}

static void copysheet_begin(struct buf *out)
{
	buf_puts(out, export_page[PAGE_HEAD].text);
}

static void put_link(struct buf *out, const char *url, const char *words)
{
	if (!export_is_link(url)) {
		buf_puts(out, "<bdi>");
		put(out, words);
		buf_puts(out, "</bdi>");
		return;
	}
	buf_puts(out, "<a href=\"");
	put(out, url);
	buf_puts(out, "\" target=\"_blank\" rel=\"noopener noreferrer\"><bdi>");
	put(out, words);
	buf_puts(out, "</bdi></a>");
}

/* A rendering to copy: a text, and the button that copies it. Browsers drop the
 * first newline in a pre, so there is one to drop. */
static void put_rendering(struct buf *out, long long id, const char *name, const char *words,
			  const struct buf *text, bool shown)
{
	buf_printf(out, "<pre id=\"%s-%lld\" dir=\"auto\"%s>\n", name, id, shown ? "" : " hidden");
	buf_put_html(out, buf_str(text), text->len);
	buf_printf(out, "</pre>\n<button type=\"button\" data-copy=\"%s-%lld\">%s</button>\n", name,
		   id, words);
}

static void put_renderings(struct buf *out, long long id, const char *reply)
{
	static const struct {
		const char *name, *words;
		void (*render)(struct buf *out, const char *text);
	} list[] = {
		{ "text", "Copy", export_render_plain },
		{ "markdown", "Copy as Markdown", export_render_markdown },
		{ "html", "Copy as HTML", export_render_html },
	};

	for (size_t i = 0; i < sizeof(list) / sizeof(*list); i++) {
		struct buf text = BUF_INIT;

		list[i].render(&text, reply);
		buf_trim(&text);
		put_rendering(out, id, list[i].name, list[i].words, &text, i == 0);
		buf_release(&text);
	}
}

static void put_thread(struct buf *out, const struct export_reply *r)
{
	if (r->number > 1)
		buf_puts(out, "</section>\n");
	buf_puts(out, "<section>\n<h2>");
	put_link(out, r->item->thread_url,
		 export_or(r->item->thread_title, "Thread without a title"));
	buf_puts(out, "</h2>\n");
}

static void copysheet_reply(struct buf *out, const struct export_reply *r)
{
	const struct item *it = r->item;
	const char *url = export_is_link(it->url) ? it->url : it->thread_url;
	struct buf where = BUF_INIT;

	if (r->opens)
		put_thread(out, r);
	buf_printf(out, "<article id=\"item-%lld\">\n<h3>To <bdi>", (long long)it->id);
	put(out, export_or(it->author, "a reader without a name"));
	buf_puts(out, "</bdi></h3>\n<p>");
	buf_printf(&where, "Comment %s", export_or(it->comment_id, "without an id"));
	put_link(out, url, buf_str(&where));
	buf_puts(out, "</p>\n<blockquote dir=\"auto\">\n");
	export_render_html(out, export_or(it->comment, ""));
	buf_puts(out, "</blockquote>\n");
	put_renderings(out, it->id, it->reply);
	buf_printf(out,
		   "<p><label><input type=\"checkbox\" value=\"%lld\"> Posted (item %lld)</label>"
		   "</p>\n</article>\n",
		   (long long)it->id, (long long)it->id);
	buf_release(&where);
}

static void copysheet_end(struct buf *out, uint64_t count)
{
	if (count > 0)
		buf_puts(out, "</section>\n<footer>\n<span>Then tell dear:</span>\n"
			      "<pre id=\"command\">dear posted</pre>\n"
			      "<button type=\"button\" data-copy=\"command\">Copy</button>\n"
			      "</footer>\n");
	else
		buf_puts(out, "<p>There are none.</p>\n");
	buf_printf(out, "</main>\n<script>%s</script>\n</body>\n</html>\n",
		   export_page[PAGE_SCRIPT].text);
}

const struct export_writer export_copysheet = { .begin = copysheet_begin,
						.reply = copysheet_reply,
						.end = copysheet_end };
