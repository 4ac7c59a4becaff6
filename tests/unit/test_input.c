/* test_input.c - formats, refusals, plain text, and the reference thread in
 * each form it comes in. Traps of the forms stand in tests/cases/input. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/input.h"
#include "dear/jread.h"
#include "dear/thread.h"

static struct file *file_of(const char *bytes, size_t n)
{
	char path[] = "/tmp/dear-test-XXXXXX";
	struct err err = { 0 };
	struct file *f;
	FILE *out;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	out = fdopen(fd, "w");
	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
	f = file_open(path, &err);
	unlink(path);
	assert_non_null(f);
	return f;
}

/* Reads all; returns how many comments, -1 with *err. */
static int read_all(const char *bytes, size_t n, const char *format, struct diags *d,
		    struct err *err)
{
	struct file *f = file_of(bytes, n);
	struct input *in = input_open(f, format, d, err);
	struct arena a = { 0 };
	struct comment c;
	int count = 0, more = -1;

	while (in && (more = input_next(in, &a, &c, d, err)) > 0)
		count++;
	arena_release(&a);
	input_free(in);
	file_free(f);
	return more < 0 ? -1 : count;
}

static void test_formats(void **state)
{
	static const char *const names[] = { "wordpress-html5",
					     "wordpress-xhtml",
					     "wordpress-block",
					     "wordpress-rest",
					     "wp-cli",
					     "thread-json",
					     "ndjson",
					     "wxr",
					     "disqus",
					     "disqus-api",
					     "rss",
					     "atom",
					     "json-ld",
					     "microdata",
					     "microformats",
					     "plain-lists" };
	const struct input_format *f = input_formats();
	size_t n = 0;

	(void)state;
	for (; f[n].name; n++)
		assert_string_equal(f[n].name, names[n]);
	assert_int_equal(n, sizeof(names) / sizeof(*names));
	assert_true(f[0].marks_staff);
	assert_false(f[3].marks_staff);
}

static void test_unknown_format(void **state)
{
	struct diags d = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(read_all("[]", 2, "word-perfect", &d, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	diags_release(&d);
}

/* Files that are no thread: one clear line each. */
static void test_refused(void **state)
{
	static const struct {
		const char *bytes;
		size_t n; /* 0: strlen */
		const char *says;
		int line;
	} bad[] = {
		{ "", 0, "empty", 0 },
		{ " \n\t\n", 0, "empty", 0 },
		{ "\xef\xbb\xbf", 0, "empty", 0 },
		{ "\x1f\x8b\x08\0\0", 5, "cut off", 0 },
		{ "\x1f\x8b\x09\0\0", 5, "damaged", 0 },
		{ "PK\x03\x04zzz", 0, "zip", 0 },
		{ "%PDF-1.7", 0, "PDF", 0 },
		{ "\x7f"
		  "ELF\0\0\0",
		  7, "binary", 0 },
		{ "From: <Saved by a browser>\r\nContent-Type: multipart/related;\r\n\r\n<div "
		  "id=3D\"comment-1\">",
		  0, "MHTML", 0 },
		{ "Dear columnist, help!", 0, "neither", 0 },
		{ "[]", 0, "empty list", 1 },
		{ "[1, 2]", 0, "no comments", 1 },
		{ "{}", 0, "no comments", 1 },
		{ "{\"comments\": []}", 0, "no comments", 0 },
		{ "{\"comments\": [{\"text\": \"a\"}]", 0, "", 1 },
		{ "{\"comments\": [{\"text\": \"a\"}]} tail", 0, "", 1 },
		{ "{\n \"comments\": [\n {\"text\": \"a\",}\n]}", 0, "not valid JSON", 3 },
		{ "[{\"text\": \"a\"}\n,\n{\"text\": \"b\"", 0, "", 3 },
		{ "[{\"text\": \"a\"}\n,{\"text\": b}]", 0, "not valid JSON", 2 },
		{ "{\"text\": \"a\"}\n{\"text\": \"b\"\n", 0, "not valid JSON", 2 },
		{ "[{\"comment_ID\": \"1\", \"comment_author\": \"Ann\"}]", 0, "--fields", 1 },
		{ "{\"code\": \"rest_post_invalid_id\", \"message\": \"Invalid post ID.\"}", 0,
		  "rest_post_invalid_id", 1 },
		{ "{\"code\": 2, \"response\": \"Invalid argument, 'thread'\"}", 0,
		  "Invalid argument", 1 },
		{ "{\"code\": 0, \"response\": []}", 0, "no comments", 0 },
		{ "[{\"id\": 4, \"title\": {\"rendered\": \"T\"}, \"content\": {\"rendered\": "
		  "\"C\"}}]",
		  0, "no comments", 1 },
		{ "<?xml version='1.0'?><rss xmlns:wp='http://wordpress.org/export/1.2/'/>", 0,
		  "no comments found", 0 },
		{ "<?xml version='1.0'?><rss><channel/></rss>", 0, "no comments found", 0 },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'/>", 0, "no comments found", 0 },
		{ "<rss><channel>\n<item>", 0, "cut off", 2 },
		{ "<rss>\n<channel></rss>", 0, "not valid XML", 2 },
		{ "<rss><a ", 0, "inside a tag", 1 },
		{ "<rss/>tail", 0, "not valid XML", 1 },
		{ "<?xml version='1.0'?><note/>", 0, "XML", 1 },
		{ "<p>An article nobody wrote under.</p>", 0, "without comments", 0 },
		{ "<ul><li><a href='/'>Home</a></li><li><a href='/x'>X</a></li></ul>", 0,
		  "no comments found", 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++) {
		size_t n = bad[i].n ? bad[i].n : strlen(bad[i].bytes);
		struct diags d = { 0 };
		struct err err = { 0 };
		int got = read_all(bad[i].bytes, n, NULL, &d, &err);

		if (got != -1 || err_exit(&err) != 3 || !strstr(err.msg, bad[i].says) ||
		    !err.where[0] || (bad[i].line && err.line != bad[i].line))
			fail_msg("'%s': %d, %d %s:%d %s", bad[i].bytes, got, (int)err.code,
				 err.where, err.line, err.msg);
		diags_release(&d);
	}
}

static void repeat(struct buf *b, const char *what, size_t times)
{
	for (size_t i = 0; i < times; i++)
		buf_puts(b, what);
}

/* Depth that would overrun a recursive reader is refused, in time. */
static void test_deep(void **state)
{
	static const char *const opening[] = { "[", "{\"comments\":[", "<div>", "<ol><li>",
					       "<rss>" };

	(void)state;
	for (size_t i = 0; i < sizeof(opening) / sizeof(*opening); i++) {
		struct buf b = BUF_INIT;
		struct diags d = { 0 };
		struct err err = { 0 };

		if (*opening[i] == '<' && opening[i][1] != 'r')
			buf_puts(&b, "<li id='comment-1' class='comment depth-1'>x");
		repeat(&b, opening[i], 100000);
		assert_int_equal(read_all(b.str, b.len, NULL, &d, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		diags_release(&d);
		buf_release(&b);
	}
}

/* One comment's text may be huge: it is cut, and that is said. */
static void test_long_text(void **state)
{
	struct buf b = BUF_INIT;
	struct diags d = { 0 };
	struct err err = { 0 };

	(void)state;
	buf_puts(&b, "<li id='comment-1' class='comment depth-1'><div class='comment-content'>");
	repeat(&b, "words without end ", 100000);
	buf_puts(&b, "</div></li><li id='comment-2' class='comment depth-1'>"
		     "<div class='comment-content'>short</div></li>");
	assert_int_equal(read_all(b.str, b.len, NULL, &d, &err), 2);
	assert_int_equal(d.total[DIAG_COMMENT_CUT], 1);
	diags_release(&d);
	buf_release(&b);
}

#define WXR                                                                \
	"<rss xmlns:wp='http://wordpress.org/export/1.2/'><channel><item>" \
	"<link>https://hedge.example/a/</link>"
#define DISQUS                                                                              \
	"<disqus xmlns='http://disqus.com' xmlns:dsq='http://disqus.com/disqus-internals'>" \
	"<thread dsq:id='1'><link>https://hedge.example/a/</link></thread>"

/* The same in exports, feeds and data; and what has no end at all is refused. */
static void test_long_elements(void **state)
{
	static const struct {
		const char *head, *again, *tail;
		bool good;
	} files[] = {
		{ WXR "<wp:comment><wp:comment_content><![CDATA[", "words & no end ",
		  "]]></wp:comment_content></wp:comment></item></channel></rss>", true },
		{ DISQUS "<post dsq:id='2'><message>", "words &amp; no end ",
		  "</message></post></disqus>", true },
		{ "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>#c1</id><content>",
		  "words and no end ", "</content></entry></feed>", true },
		{ "<rss><item><guid>a#c1</guid><description>", "<b>words and</b> no end ",
		  "</description></item></rss>", true },
		{ "<div itemtype='http://schema.org/Comment'><p itemprop='text'>",
		  "words and no end ", "</p></div>", true },
		{ "<div class='u-comment'><p class='e-content'>", "words and no end ", "</p></div>",
		  true },
		{ "<script type='application/ld+json'>{\"@type\":\"Comment\",\"text\":\"",
		  "words and no end ", "\"}</script>", true },
		{ "<rss a='", "a value and no end ", "'/>", false },
		{ "<rss><!--", "a remark and no end ", "</rss>", false },
		{ "<rss><![CDATA[", "text and no end ", "</rss>", false },
		{ "<!DOCTYPE rss [", "<!ENTITY a '&b;'>", "]><rss/>", false },
		{ "<rss>", "<item/>", "</rss>", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(*files); i++) {
		struct buf b = BUF_INIT;
		struct diags d = { 0 };
		struct err err = { 0 };
		int found;

		buf_puts(&b, files[i].head);
		repeat(&b, files[i].again, 100000);
		buf_puts(&b, files[i].tail);
		found = read_all(b.str, b.len, NULL, &d, &err);
		if (found != (files[i].good ? 1 : -1) ||
		    d.total[DIAG_COMMENT_CUT] != (files[i].good ? 1 : 0) ||
		    (!files[i].good && err_exit(&err) != 3))
			fail_msg("%s: %d, cut %zu, %s", files[i].head, found,
				 d.total[DIAG_COMMENT_CUT], err.msg);
		diags_release(&d);
		buf_release(&b);
	}
}

/* Hash of all comments of a file that may begin with a remark. */
static uint64_t read_hash(const char *remark, const char *doc)
{
	struct buf b = BUF_INIT;
	struct diags d = { 0 };
	struct err err = { 0 };
	struct arena a = { 0 };
	struct comment c;
	struct file *f;
	struct input *in;
	uint64_t h = HASH_START;
	int more = -1;

	buf_printf(&b, "<!--%s-->%s", remark, doc);
	f = file_of(b.str, b.len);
	in = input_open(f, NULL, &d, &err);
	while (in && (more = input_next(in, &a, &c, &d, &err)) > 0) {
		h = hash_string(hash_string(hash_string(h, c.id), c.author), c.text);
		h = hash_string(hash_string(hash_string(h, c.parent), c.date), c.thread->url);
	}
	if (more < 0)
		fail_msg("%s", err.msg);
	input_free(in);
	file_free(f);
	arena_release(&a);
	diags_release(&d);
	buf_release(&b);
	return h;
}

/* Wherever a window ends, in a tag, a reference, CDATA or a character. */
static void test_windows(void **state)
{
	static const char doc[] =
		WXR "<title>Fences &#38; f\xc3\xabnces</title>"
		    "<wp:comment><wp:comment_id>1</"
		    "wp:comment_id><wp:comment_author><![CDATA[Zo\xc3\xab]]>"
		    "</wp:comment_author><wp:comment_content><![CDATA[a]]b]]]]><![CDATA[> & "
		    "\xf0\x9f\x99\x82"
		    " \xef\xbf\xbf &amp; <b>]]>&lt;i&gt; &nbsp; & &#146;</wp:comment_content>"
		    "</wp:comment><?an order?><!-- a remark --><wp:comment a=\"&quot;>&\" >"
		    "<wp:comment_id>2</wp:comment_id><wp:comment_parent>1</wp:comment_parent>"
		    "<wp:comment_date_gmt>2024-05-01 08:00:00</wp:comment_date_gmt></wp:comment>"
		    "</item></channel></rss>";
	uint64_t wanted = read_hash("", doc);
	char *remark;

	(void)state;
	for (size_t at = 1; at < sizeof(doc) + 1; at++) {
		size_t n = 16384 - at - strlen("<!---->");

		remark = calloc(1, n + 1);
		assert_non_null(remark);
		memset(remark, 'x', n);
		if (read_hash(remark, doc) != wanted)
			fail_msg("a window that ends after %zu bytes reads otherwise", at);
		free(remark);
	}
}

static void test_html_text(void **state)
{
	static const struct {
		const char *html, *text;
	} pairs[] = {
		{ "plain", "plain" },
		{ "<p>One.</p>\n<p>Two.</p>", "One.\n\nTwo." },
		{ "<p>a<br>b<br />\nc</p>", "a\nb\nc" },
		{ "  many \n  blanks\t here ", "many blanks here" },
		{ "a &amp; b &lt;c&gt; &#8217; &hellip; &eacute;", "a & b <c> ’ … é" },
		{ "&amp;amp; &amp;lt;", "&amp; &lt;" },
		{ "fish & chips &c; &", "fish & chips &c; &" },
		{ "I <3 you, 2 < 3", "I <3 you, 2 < 3" },
		{ "&#146;&#x93;&#150;", "’“–" },
		{ "<blockquote><p>hers</p><p>more</p></blockquote><p>mine</p>",
		  "> hers\n\n> more\n\nmine" },
		{ "<blockquote>a<br>b<blockquote>c</blockquote></blockquote>",
		  "> a\n> b\n\n> > c" },
		{ "<ul><li>one</li><li>two</li></ul>", "one\ntwo" },
		{ "x<img class='emoji' alt='🙂' src='y'>z <img alt='cat' src='c'>", "x🙂z" },
		{ "x<img src='https://s.w.org/images/core/emoji/1/72x72/1f600.png' alt='😀'>",
		  "x😀" },
		{ "<a href='/x'>a link</a>, <b>bold</b><i>er</i>", "a link, bolder" },
		{ "a<script>b < c</script>d<style>e{}</style>f", "adf" },
		{ "a<!-- b <p> -->c", "ac" },
		{ "<pre>two  spaces\n  kept</pre>", "two  spaces\nkept" },
		{ "no&nbsp;break", "no break" },
		{ "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc" },
		{ "<p>open <b>ended", "open ended" },
		{ "</div></p>stray</blockquote> ends", "stray ends" },
		{ "a<textarea>b</textarea><svg><title>t</title></svg>c", "ac" },
		{ "<x-f>odd</x-f> names <x-r>too</x-r>", "odd names too" },
		{ "e\u0301 \u200d🏳️‍🌈", "e\u0301 \u200d🏳️‍🌈" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		struct buf out = BUF_INIT;

		input_html_text(pairs[i].html, strlen(pairs[i].html), &out);
		if (strcmp(buf_str(&out), pairs[i].text) != 0)
			fail_msg("%s\nwanted '%s'\nfound  '%s'", pairs[i].html, pairs[i].text,
				 buf_str(&out));
		buf_release(&out);
	}
}

/* ---- the reference thread ---- */

#define SHARED "../shared/threads/"

/* What is compared: as thread-json has it. Rows by text, which is one in all
 * forms but for typography. */
static const char *staff_name; /* for feeds, which know no accounts */

struct thread {
	struct {
		char *id, *parent;
		uint64_t hash, author;
		bool staff, named, known;
		int64_t utc;
	} rows[256];
	uint32_t count;
	bool flat;
};

static void keep(struct thread *t, const struct comment *c, const char *staff_id)
{
	assert_true(t->count < 256);
	t->rows[t->count].id = c->id ? strdup(c->id) : NULL;
	t->rows[t->count].parent = c->parent ? strdup(c->parent) : NULL;
	t->rows[t->count].hash = comment_hash(c->text);
	t->rows[t->count].named = c->author != NULL;
	t->rows[t->count].author = c->author ? comment_hash(c->author) : 0;
	t->rows[t->count].staff = c->staff ||
				  (staff_id && c->user_id && !strcmp(c->user_id, staff_id)) ||
				  (staff_name && c->author && !strcmp(c->author, staff_name));
	t->rows[t->count].known = c->parent_known == PARENT_KNOWN;
	t->rows[t->count].utc = c->has_utc ? c->utc : INT64_MIN;
	t->count++;
}

static void load(struct thread *t, const char *name, const char *staff_id)
{
	struct buf path = BUF_INIT;
	struct err err = { 0 };
	struct diags d = { 0 };
	struct arena a = { 0 };
	struct comment c;
	struct input *in;
	struct file *f;
	int more;

	buf_printf(&path, SHARED "%s", name);
	f = file_open(buf_str(&path), &err);
	assert_non_null(f);
	in = input_open(f, NULL, &d, &err);
	assert_non_null(in);
	while ((more = input_next(in, &a, &c, &d, &err)) > 0)
		keep(t, &c, staff_id);
	assert_int_equal(more, 0);
	t->flat |= input_thread(in)->flat;
	input_free(in);
	file_free(f);
	arena_release(&a);
	diags_release(&d);
	buf_release(&path);
}

static void unload(struct thread *t)
{
	for (uint32_t i = 0; i < t->count; i++) {
		free(t->rows[i].id);
		free(t->rows[i].parent);
	}
	*t = (struct thread){ 0 };
}

static uint32_t row_by_id(const struct thread *t, const char *id)
{
	for (uint32_t i = 0; id && i < t->count; i++)
		if (!strcmp(t->rows[i].id, id))
			return i;
	return LINK_NONE;
}

static uint32_t row_by_text(const struct thread *t, uint64_t hash)
{
	for (uint32_t i = 0; i < t->count; i++)
		if (t->rows[i].hash == hash)
			return i;
	return LINK_NONE;
}

/* The reference has two staff answers of one text: a parent is compared by its
 * text, and so is the reply itself. */
static uint64_t parent_hash(const struct thread *t, uint32_t row)
{
	uint32_t parent = row_by_id(t, t->rows[row].parent);

	return parent == LINK_NONE ? 0 : t->rows[parent].hash;
}

static unsigned same_comments(const char *name, const struct thread *t, const struct thread *model,
			      unsigned count, bool tree)
{
	unsigned staff = 0;

	if (t->count != count)
		fail_msg("%s: %u comments", name, t->count);
	for (uint32_t i = 0; i < t->count; i++) {
		bool found = false;

		staff += t->rows[i].staff;
		assert_true(t->rows[i].known);
		for (uint32_t k = 0; k < model->count && !found; k++)
			found = model->rows[k].hash == t->rows[i].hash &&
				model->rows[k].staff == t->rows[i].staff &&
				model->rows[k].author == t->rows[i].author &&
				(!tree || parent_hash(model, k) == parent_hash(t, i));
		if (!found)
			fail_msg("%s: comment %s is not as in the reference", name, t->rows[i].id);
	}
	return staff;
}

static const char *row_name(void *ctx, uint32_t row)
{
	const struct thread *t = ctx;

	return t->rows[row].id;
}

/* How many wait; none but the comments of keys 17 and 21 may. */
static unsigned waiting_of(const char *name, struct thread *t, const struct thread *model)
{
	struct link *table = calloc(t->count, sizeof(*table));
	struct diags d = { 0 };
	unsigned waiting = 0;

	assert_non_null(table);
	for (uint32_t i = 0; i < t->count; i++) {
		table[i] = (struct link){ .parent = row_by_id(t, t->rows[i].parent),
					  .utc = t->rows[i].utc,
					  .staff = t->rows[i].staff,
					  .live = 1,
					  .has_parent_id = t->rows[i].parent != NULL };
		for (uint32_t k = 0; t->rows[i].named && k <= i && !table[i].person; k++)
			if (t->rows[k].author == t->rows[i].author)
				table[i].person = k + 1;
	}
	thread_link(table, t->count, t->flat, row_name, t, &d);
	for (uint32_t i = 0; i < t->count; i++) {
		uint32_t k = row_by_text(model, t->rows[i].hash);

		if (!table[i].awaiting)
			continue;
		waiting++;
		if (strcmp(model->rows[k].id, "17") && strcmp(model->rows[k].id, "21"))
			fail_msg("%s: comment %s waits", name, t->rows[i].id);
	}
	assert_int_equal(d.total[DIAG_ANSWER_GUESSED], t->flat ? 1 : 0);
	assert_int_equal(d.total[DIAG_PARENT_MISSING], 0);
	diags_release(&d);
	free(table);
	return waiting;
}

#define WP "wordpress/"

static void test_reference(void **state)
{
	static const struct {
		const char *files[4], *staff_id;
		unsigned count, staff, waiting;
	} forms[] = {
		{ { WP "html5-twentytwentyone.html" }, NULL, 44, 21, 2 },
		{ { WP "html5-newest-first.html" }, NULL, 44, 21, 2 },
		{ { WP "classic-xhtml-list.html" }, NULL, 44, 21, 2 },
		{ { WP "classic-xhtml-div.html" }, NULL, 44, 21, 2 },
		{ { WP "block-twentytwentythree.html" }, NULL, 44, 21, 2 },
		{ { WP "block-twentytwentytwo.html" }, NULL, 44, 21, 2 },
		{ { WP "html5-page1-of-3.html", WP "html5-page2-of-3.html",
		    WP "html5-page3-of-3.html" },
		  NULL,
		  44,
		  21,
		  2 },
		{ { WP "rest-view.json" }, "1", 44, 21, 2 },
		{ { WP "rest-edit.json" }, "1", 44, 21, 2 },
		/* ten a page: the first thirty comments */
		{ { WP "rest-view-page1.json", WP "rest-view-page2.json",
		    WP "rest-view-page3.json" },
		  "1",
		  30,
		  15,
		  0 },
		{ { WP "wp-cli-list.json" }, "1", 44, 21, 2 },
		{ { WP "html5-threading-off.html" }, NULL, 44, 21, 2 },
		{ { WP "export.wxr.xml" }, NULL, 44, 21, 2 },
		{ { WP "feed.rss2.xml" }, NULL, 44, 21, 2 },
		{ { WP "feed.atom.xml" }, NULL, 44, 21, 2 },
		{ { "ex-letter.json" }, NULL, 44, 21, 2 },
	};
	struct thread model = { 0 }, t = { 0 };

	(void)state;
	if (access(SHARED "ex-letter.json", R_OK) != 0) {
		print_message("no " SHARED " beside the tree\n");
		skip();
	}
	load(&model, "ex-letter.json", NULL);
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		const char *name = forms[i].files[0];
		bool flat = strstr(name, "threading-off") != NULL;

		staff_name = strstr(name, "feed") ? "Staff" : NULL;
		for (size_t k = 0; forms[i].files[k]; k++)
			load(&t, forms[i].files[k], forms[i].staff_id);
		assert_int_equal(t.flat, flat);
		assert_int_equal(same_comments(name, &t, &model, forms[i].count, !flat),
				 forms[i].staff);
		assert_int_equal(waiting_of(name, &t, &model), forms[i].waiting);
		unload(&t);
	}
	unload(&model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),   cmocka_unit_test(test_unknown_format),
		cmocka_unit_test(test_refused),   cmocka_unit_test(test_deep),
		cmocka_unit_test(test_long_text), cmocka_unit_test(test_long_elements),
		cmocka_unit_test(test_windows),   cmocka_unit_test(test_html_text),
		cmocka_unit_test(test_reference),
	};

	return UNIT_RUN(tests);
}
