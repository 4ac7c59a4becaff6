/* Writes a thread of any size to standard output, in one of the forms dear
 * reads. Every form of one seed and count holds the same thread. Text comes
 * from bench_text, replies from bench_tree; this file only writes them down.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bench_text.h"
#include "bench_tree.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/utf8.h"

#define FIRST_ID   1000000u
#define FIRST_DATE 1704067200 /* 2024-01-01 */
#define PACE       97         /* seconds between two comments */
#define PAGE_URL   "https://kitchentable.example/2024/the-long-thread/"
#define PAGE_TITLE "The letter to your ex, and the longest thread we had"

struct make {
	struct bench_text *text;
	struct bench_tree tree;
	uint64_t seed;
	size_t bytes;
};

static const char usage[] =
	"usage: bench_make [--form rest|ndjson|classify|html|wxr|disqus] [--count N]\n"
	"                  [--seed N] [--bytes N] [--sample FILE] > FILE\n"
	"  rest      one JSON array, as WordPress's REST interface gives it\n"
	"  ndjson    the same comments, one a line\n"
	"  classify  one line a comment, as `dear classify` takes them\n"
	"  html      one page, as WordPress's html5 markup has it\n"
	"  wxr       a WordPress export\n"
	"  disqus    a Disqus export\n"
	"  --bytes   of text in a comment, on average\n";

/* ---- one comment's pieces ---- */

static void put_name(struct buf *out, uint32_t person)
{
	static const char *const first[] = {
		"Alma",   "Bilal", "Cora",  "Dermot", "Esi",  "Florian", "Greta", "Hakan",
		"Ingrid", "Jae",   "Katya", "Leroy",  "Mina", "Нина",    "Oisín", "さくら",
	};
	static const char *const start[] = {
		"Ban", "Cal", "Del", "Fer", "Gor", "Hal", "Jan", "Kor",
		"Lin", "Mar", "Nor", "Pel", "Ros", "Sal", "Tor", "Wen"
	};
	static const char *const end[] = { "ack",   "den", "field", "ger", "ini",   "kin",
					   "low",   "man", "ov",    "per", "quist", "son",
					   "tonio", "ue",  "ven",   "wood" };

	buf_printf(out, "%s %s%s", first[person % 16], start[person / 16 % 16],
		   end[person / 256 % 16]);
	if (person >= 4096)
		buf_printf(out, " %u", person / 4096);
}

static void put_date(struct buf *out, uint32_t i)
{
	time_t when = FIRST_DATE + (time_t)i * PACE;
	struct tm tm;
	char text[32];

	gmtime_r(&when, &tm);
	strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm);
	buf_puts(out, text);
}

static void put_text(struct buf *out, const struct make *m, uint32_t i)
{
	uint64_t state = m->seed ^ ((uint64_t)(i + 1) << 20);

	bench_text_compose(m->text, &state, m->tree.nodes[i].staff, m->bytes, out);
}

/* Paragraphs, and typographic signs as numbers, as WordPress writes them. */
static void put_rendered(struct buf *out, const char *text)
{
	uint32_t cp;

	buf_puts(out, "<p>");
	for (size_t left = strlen(text), n; left > 0; text += n, left -= n) {
		n = utf8_decode(text, left, &cp);
		if (strncmp(text, "\n\n", 2) == 0) {
			buf_puts(out, "</p>\n<p>");
			n = 2;
		} else if (cp >= 0x2010 && cp <= 0x2026) {
			buf_printf(out, "&#%u;", cp);
		} else {
			buf_put_html(out, text, n);
		}
	}
	buf_puts(out, "</p>\n");
}

/* A JSON string as PHP writes it: nothing but ASCII, slashes escaped. */
static void put_json(struct buf *out, const char *s)
{
	uint32_t cp;

	buf_putc(out, '"');
	for (size_t left = strlen(s), n; left > 0; s += n, left -= n) {
		n = utf8_decode(s, left, &cp);
		if (cp == '\n')
			buf_puts(out, "\\n");
		else if (cp == '"' || cp == '\\' || cp == '/')
			buf_printf(out, "\\%c", (char)cp);
		else if (cp >= ' ' && cp < 0x7f)
			buf_putc(out, (char)cp);
		else if (cp < 0x10000)
			buf_printf(out, "\\u%04x", cp);
		else
			buf_printf(out, "\\u%04x\\u%04x", 0xd7c0 + (cp >> 10),
				   0xdc00 + (cp & 0x3ff));
	}
	buf_putc(out, '"');
}

static uint32_t id_of(uint32_t node)
{
	return node == BENCH_TREE_NONE ? 0 : FIRST_ID + node;
}

/* ---- the forms ---- */

static void put_rest(struct buf *out, const struct make *m, uint32_t i)
{
	const struct bench_node *n = &m->tree.nodes[i];
	struct buf text = BUF_INIT, html = BUF_INIT, name = BUF_INIT;

	put_text(&text, m, i);
	put_rendered(&html, text.str);
	if (n->staff)
		buf_puts(&name, "Maren Holt");
	else if (n->person)
		put_name(&name, n->person);
	buf_printf(out,
		   "{\"id\":%u,\"post\":7,\"parent\":%u,\"author\":%d,\"author_name\":", id_of(i),
		   id_of(n->parent), n->staff ? 3 : 0);
	put_json(out, buf_str(&name));
	buf_puts(out, ",\"author_url\":\"\",\"date\":\"");
	put_date(out, i);
	buf_puts(out, "\",\"date_gmt\":\"");
	put_date(out, i);
	buf_puts(out, "\",\"content\":{\"rendered\":");
	put_json(out, html.str);
	buf_puts(out, "},\"link\":");
	buf_clear(&html);
	buf_printf(&html, PAGE_URL "#comment-%u", id_of(i));
	put_json(out, html.str);
	buf_puts(out, ",\"status\":\"approved\",\"type\":\"comment\"}");
	buf_release(&text);
	buf_release(&html);
	buf_release(&name);
}

static void put_classify(struct buf *out, const struct make *m, uint32_t i)
{
	struct buf text = BUF_INIT;

	put_text(&text, m, i);
	buf_printf(out, "{\"id\":\"%u\",\"text\":", id_of(i));
	put_json(out, text.str);
	buf_putc(out, '}');
	buf_release(&text);
}

static void put_page_head(struct buf *out, const struct make *m)
{
	buf_printf(out,
		   "<!doctype html>\n<html lang=\"en-US\">\n<head>\n<meta charset=\"UTF-8\" />\n"
		   "<title>%s &#8211; The Kitchen Table</title>\n"
		   "<link rel=\"canonical\" href=\"%s\" />\n"
		   "<link rel='shortlink' href='https://kitchentable.example/?p=7' />\n"
		   "</head>\n<body class=\"single single-post postid-7\">\n"
		   "<h1 class=\"entry-title\">%s</h1>\n"
		   "<div id=\"comments\" class=\"comments-area\">\n"
		   "<h2 class=\"comments-title\">%u comments</h2>\n<ol class=\"comment-list\">\n",
		   PAGE_TITLE, PAGE_URL, PAGE_TITLE, m->tree.count);
}

static void put_article(struct buf *out, const struct make *m, uint32_t i)
{
	const struct bench_node *n = &m->tree.nodes[i];
	struct buf text = BUF_INIT, name = BUF_INIT;

	put_text(&text, m, i);
	if (n->staff)
		buf_puts(&name, "Maren Holt");
	else if (n->person)
		put_name(&name, n->person);
	else
		buf_puts(&name, "Anonymous");
	buf_printf(out,
		   "<li id=\"comment-%u\" class=\"comment %s%s depth-%u%s\">\n"
		   "<article id=\"div-comment-%u\" class=\"comment-body\">\n"
		   "<footer class=\"comment-meta\">\n<div class=\"comment-author vcard\">\n"
		   "<b class=\"fn\">%s</b> <span class=\"says\">says:</span></div>\n"
		   "<div class=\"comment-metadata\"><a href=\"" PAGE_URL "#comment-%u\">"
		   "<time datetime=\"",
		   id_of(i), n->staff ? "byuser comment-author-maren bypostauthor " : "",
		   i % 2 ? "odd alt" : "even", n->depth,
		   n->first == BENCH_TREE_NONE ? "" : " parent", id_of(i), name.str, id_of(i));
	put_date(out, i);
	buf_puts(out, "+00:00\">a day</time></a></div>\n</footer>\n"
		      "<div class=\"comment-content\">\n");
	put_rendered(out, text.str);
	buf_printf(out,
		   "</div>\n<div class=\"reply\"><a rel='nofollow' class='comment-reply-link' "
		   "href='" PAGE_URL "?replytocom=%u#respond' data-commentid=\"%u\" "
		   "data-postid=\"7\" aria-label='Reply to %s'>Reply</a></div>\n</article>\n",
		   id_of(i), id_of(i), name.str);
	buf_release(&text);
	buf_release(&name);
}

static void put_wxr(struct buf *out, const struct make *m, uint32_t i)
{
	const struct bench_node *n = &m->tree.nodes[i];
	struct buf text = BUF_INIT, date = BUF_INIT;

	put_text(&text, m, i);
	put_date(&date, i);
	date.str[strlen("2024-01-01")] = ' ';
	buf_printf(out,
		   "<wp:comment><wp:comment_id>%u</wp:comment_id>\n<wp:comment_author><![CDATA[",
		   id_of(i));
	if (n->staff)
		buf_puts(out, "Maren Holt");
	else if (n->person)
		put_name(out, n->person);
	buf_printf(out,
		   "]]></wp:comment_author>\n"
		   "<wp:comment_author_email><![CDATA[r@mail.example]]></wp:comment_author_email>\n"
		   "<wp:comment_author_IP><![CDATA[192.0.2.1]]></wp:comment_author_IP>\n"
		   "<wp:comment_date><![CDATA[%s]]></wp:comment_date>\n"
		   "<wp:comment_date_gmt><![CDATA[%s]]></wp:comment_date_gmt>\n"
		   "<wp:comment_content><![CDATA[%s]]></wp:comment_content>\n"
		   "<wp:comment_approved><![CDATA[1]]></wp:comment_approved>\n"
		   "<wp:comment_type><![CDATA[comment]]></wp:comment_type>\n"
		   "<wp:comment_parent>%u</wp:comment_parent>\n"
		   "<wp:comment_user_id>%d</wp:comment_user_id></wp:comment>\n",
		   date.str, date.str, text.str, id_of(n->parent), n->staff ? 3 : 0);
	buf_release(&text);
	buf_release(&date);
}

static void put_disqus(struct buf *out, const struct make *m, uint32_t i)
{
	const struct bench_node *n = &m->tree.nodes[i];
	struct buf text = BUF_INIT;

	put_text(&text, m, i);
	buf_printf(out, "<post dsq:id=\"%u\">\n<id />\n<message><![CDATA[", id_of(i));
	put_rendered(out, text.str);
	buf_puts(out, "]]></message>\n<createdAt>");
	put_date(out, i);
	buf_puts(out, "Z</createdAt>\n<isDeleted>false</isDeleted>\n<isSpam>false</isSpam>\n"
		      "<author>\n<name>");
	if (n->staff)
		buf_puts(out, "Maren Holt");
	else if (n->person)
		put_name(out, n->person);
	buf_printf(out,
		   "</name>\n<isAnonymous>%s</isAnonymous>\n%s</author>\n"
		   "<thread dsq:id=\"7\" />\n",
		   n->staff ? "false" : "true", n->staff ? "<username>3</username>\n" : "");
	if (n->parent != BENCH_TREE_NONE)
		buf_printf(out, "<parent dsq:id=\"%u\" />\n", id_of(n->parent));
	buf_puts(out, "</post>\n");
	buf_release(&text);
}

static void flush(struct buf *out)
{
	fwrite(out->str, 1, out->len, stdout);
	buf_clear(out);
}

/* Recursion ends at BENCH_TREE_DEPTH. */
static void write_items(struct buf *out, const struct make *m, uint32_t i)
{
	for (; i != BENCH_TREE_NONE; i = m->tree.nodes[i].next) {
		put_article(out, m, i);
		flush(out);
		if (m->tree.nodes[i].first != BENCH_TREE_NONE) {
			buf_puts(out, "<ol class=\"children\">\n");
			write_items(out, m, m->tree.nodes[i].first);
			buf_puts(out, "</ol><!-- .children -->\n");
		}
		buf_puts(out, "</li><!-- #comment-## -->\n");
	}
}

static void write_page(const struct make *m)
{
	struct buf out = BUF_INIT;

	put_page_head(&out, m);
	write_items(&out, m, m->tree.first);
	buf_puts(&out, "</ol>\n</div>\n</body>\n</html>\n");
	flush(&out);
	buf_release(&out);
}

static void write_json(const struct make *m, const char *form)
{
	bool array = strcmp(form, "rest") == 0, classify = strcmp(form, "classify") == 0;
	struct buf out = BUF_INIT;

	buf_puts(&out, array ? "[" : "");
	for (uint32_t i = 0; i < m->tree.count; i++) {
		if (classify)
			put_classify(&out, m, i);
		else
			put_rest(&out, m, i);
		if (array)
			buf_puts(&out, i + 1 < m->tree.count ? "," : "]");
		if (!array || i + 1 == m->tree.count)
			buf_putc(&out, '\n');
		flush(&out);
	}
	buf_release(&out);
}

static void write_xml(const struct make *m, bool wxr)
{
	static const char wxr_head[] =
		"<?xml version=\"1.0\"?>\n<rss xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "
		"xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>\n"
		"<wp:author><wp:author_id>3</wp:author_id><wp:author_login>maren</wp:author_login>"
		"</wp:author>\n<item><title>" PAGE_TITLE "</title><link>" PAGE_URL "</link>"
		"<dc:creator>maren</dc:creator><wp:post_id>7</wp:post_id>\n";
	static const char disqus_head[] =
		"<?xml version=\"1.0\"?>\n<disqus xmlns=\"http://disqus.com\" "
		"xmlns:dsq=\"http://disqus.com/disqus-internals\">\n"
		"<thread dsq:id=\"7\"><link>" PAGE_URL "</link><title>" PAGE_TITLE
		"</title></thread>\n";
	struct buf out = BUF_INIT;

	buf_puts(&out, wxr ? wxr_head : disqus_head);
	for (uint32_t i = 0; i < m->tree.count; i++) {
		if (wxr)
			put_wxr(&out, m, i);
		else
			put_disqus(&out, m, i);
		flush(&out);
	}
	buf_puts(&out, wxr ? "</item></channel></rss>\n" : "</disqus>\n");
	flush(&out);
	buf_release(&out);
}

/* ---- options ---- */

static bool read_number(const char *s, uint64_t max, uint64_t *ret)
{
	char *end;
	unsigned long long n = strtoull(s, &end, 10);

	if (*s < '0' || *s > '9' || *end || n == 0 || n > max)
		return false;
	*ret = n;
	return true;
}

static bool known_form(const char *form)
{
	static const char *const forms[] = {
		"rest", "ndjson", "classify", "html", "wxr", "disqus"
	};

	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		if (strcmp(form, forms[i]) == 0)
			return true;
	}
	return false;
}

struct options {
	const char *form, *sample;
	uint64_t count, seed, bytes;
};

static bool read_options(int argc, char **argv, struct options *o)
{
	static const struct option longs[] = { { "form", required_argument, NULL, 'f' },
					       { "count", required_argument, NULL, 'c' },
					       { "seed", required_argument, NULL, 's' },
					       { "bytes", required_argument, NULL, 'b' },
					       { "sample", required_argument, NULL, 'i' },
					       { NULL, 0, NULL, 0 } };
	bool ok = true;

	for (int c; ok && (c = getopt_long(argc, argv, "", longs, NULL)) != -1;) {
		if (c == 'f')
			ok = known_form(o->form = optarg);
		else if (c == 'c')
			ok = read_number(optarg, UINT32_MAX - FIRST_ID, &o->count);
		else if (c == 's')
			ok = read_number(optarg, UINT64_MAX, &o->seed);
		else if (c == 'b')
			ok = read_number(optarg, 1000000, &o->bytes);
		else if (c == 'i')
			o->sample = optarg;
		else
			ok = false;
	}
	return ok && optind == argc;
}

int main(int argc, char **argv)
{
	struct options o = { "rest", BENCH_SAMPLE, 100000, 1, 560 };
	struct make m = { 0 };
	struct err err = { 0 };

	if (!read_options(argc, argv, &o)) {
		fputs(usage, stderr);
		return 2;
	}
	m.text = bench_text_load(o.sample, &err);
	if (!m.text) {
		fprintf(stderr, "bench_make: %s: %s\n", err.where, err.msg);
		return err_exit(&err);
	}
	m.seed = o.seed;
	m.bytes = o.bytes;
	bench_tree_grow(&m.tree, (uint32_t)o.count, o.seed);
	if (strcmp(o.form, "html") == 0)
		write_page(&m);
	else if (strcmp(o.form, "wxr") == 0 || strcmp(o.form, "disqus") == 0)
		write_xml(&m, *o.form == 'w');
	else
		write_json(&m, o.form);
	bench_tree_release(&m.tree);
	bench_text_free(m.text);
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 6;
}
