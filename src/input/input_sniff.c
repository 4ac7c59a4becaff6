/* input_sniff.c - which format a file is in, and what showed it.
 *
 * Cheap signs first: what is no text, then JSON by its first object, then XML
 * by its root, then pages by the marks of their comments. What dear can name
 * but not read is named.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/jstream.h"
#include "dear/mem.h"

#include "input_document_internal.h"

#define WINDOW ((size_t)64 * 1024)

struct look {
	struct file *file;
	char *start; /* the first WINDOW bytes, NUL-terminated */
	size_t len;
	size_t first; /* where the first visible byte is */
	enum format_id *ret;
	struct buf *reason;
};

static int chose(struct look *k, enum format_id format, const char *reason)
{
	*k->ret = format;
	buf_puts(k->reason, reason);
	return 0;
}

static bool has(const struct look *k, const char *word)
{
	return memmem(k->start, k->len, word, strlen(word)) != NULL;
}

/* ---- no text at all ---- */

static const struct {
	const char *bytes;
	size_t len;
	const char *what;
} magics[] = {
	{ "\x1f\x8b", 2, "a gzip archive inside another; unpack it first" },
	{ "PK\x03\x04", 4, "a zip archive; unpack it first" },
	{ "BZh", 3, "a bzip2 archive; unpack it first" },
	{ "\xfd"
	  "7zXZ",
	  5, "an xz archive; unpack it first" },
	{ "SQLite format 3", 15, "a SQLite database" },
	{ "%PDF-", 5, "a PDF document; save the page itself" },
	{ "\x89PNG", 4, "a picture" },
	{ "\xff\xd8\xff", 3, "a picture" },
	{ "GIF8", 4, "a picture" },
	{ "bplist00", 8, "a web archive; save the page as HTML only" },
};

static bool is_utf16(const struct look *k)
{
	return k->len >= 2 &&
	       (!memcmp(k->start, "\xff\xfe", 2) || !memcmp(k->start, "\xfe\xff", 2));
}

static int refuse_binary(const struct look *k, struct err *err)
{
	for (size_t i = 0; i < sizeof(magics) / sizeof(*magics); i++)
		if (k->len >= magics[i].len && !memcmp(k->start, magics[i].bytes, magics[i].len))
			return err_set(err, ERR_EMPTY, NULL, 0, "this is %s", magics[i].what);
	if (k->len > 262 && !memcmp(k->start + 257, "ustar", 5))
		return err_set(err, ERR_EMPTY, NULL, 0,
			       "this is a tar archive; unpack it and name the folder");
	if (has(k, "\nContent-Type: multipart/related"))
		return err_set(err, ERR_EMPTY, NULL, 0,
			       "this is a web archive (MHTML); save the page as HTML only");
	if (!is_utf16(k) && memchr(k->start, '\0', k->len))
		return err_set(err, ERR_EMPTY, NULL, 0,
			       "a binary file; dear reads pages (HTML), XML and JSON");
	return 0;
}

/* ---- JSON ---- */

static int refuse_object(const struct jread *j, json_t *object, struct err *err)
{
	const char *code = json_string_value(json_object_get(object, "code"));
	const char *message = json_string_value(json_object_get(object, "message"));
	const char *response = json_string_value(json_object_get(object, "response"));

	if (response && json_object_get(object, "code"))
		return err_set(err, ERR_INPUT, j->file, j->line,
			       "the site answered with an error: %s", response);
	if (code && message)
		return err_set(err, ERR_INPUT, j->file, j->line,
			       "the site answered with an error: %s (%s)", message, code);
	return err_set(
		err, ERR_EMPTY, j->file, j->line,
		"JSON, but no comments in a form dear reads: no text and no list of comments");
}

static int sniff_array_object(struct look *k, json_t *object, int line, struct err *err)
{
	struct jread top = jread_top(object, file_name(k->file), line, ERR_INPUT);

	if (rest_is(object))
		return chose(k, FORMAT_REST, "an array of objects with content.rendered or .raw");
	if (wpcli_is(object) && !json_object_get(object, "comment_content"))
		return jread_fail(
			&top, err,
			"wp comment list left the text out; add --fields=comment_ID,"
			"comment_post_ID,comment_parent,comment_date_gmt,comment_approved,"
			"comment_author,user_id,comment_type,comment_content,url");
	if (wpcli_is(object))
		return chose(k, FORMAT_WPCLI, "an array of objects with comment_ID");
	if (disqus_post_is(object))
		return chose(k, FORMAT_DISQUSAPI, "an array of objects with isDeleted and thread");
	if (threadjson_is(object))
		return chose(k, FORMAT_THREADJSON, "an array of objects with a text");
	return refuse_object(&top, object, err);
}

static int sniff_array(struct look *k, struct err *err)
{
	struct jstream *js = jstream_array(k->file, 0, 0, err);
	struct buf scratch = BUF_INIT;
	uint64_t replaced = 0;
	json_t *object = NULL;
	struct jvalue v;
	int more, status = -1;

	if (!js)
		return -1;
	more = jstream_next(js, &v, err);
	if (more == 0)
		err_set(err, ERR_EMPTY, NULL, 1, "an empty list: no comments in it");
	if (more > 0)
		object = input_json(&v, k->file, &scratch, &replaced, err);
	if (object)
		status = sniff_array_object(k, object, v.line, err);
	json_decref(object);
	buf_release(&scratch);
	jstream_free(js);
	return status;
}

/* An object with a list of comments is a thread; else it should be the first of
 * a row of comments, or their header. */
static int sniff_object(struct look *k, struct err *err)
{
	struct jstream *js = jstream_object(k->file, 0, 0, err);
	json_t *object = json_object();
	bool comments = false, posts = false;
	struct jread top;
	struct jvalue v;
	int more = -1;

	while (js && !comments && !posts && (more = jstream_skim(js, WINDOW, &v, err)) > 0) {
		comments = !strcmp(v.key, "comments") && (!v.text || *v.text == '[');
		posts = !strcmp(v.key, "response") && (!v.text || *v.text == '[');
		if (v.text)
			json_object_set_new(object, v.key,
					    json_loads(v.text, JSON_DECODE_ANY, NULL));
	}
	jstream_free(js);
	top = jread_top(object, file_name(k->file), 1, ERR_INPUT);
	if (more < 0)
		more = -1;
	else if (comments)
		more = chose(k, FORMAT_THREADJSON, "an object with a list of comments");
	else if (posts)
		more = chose(k, FORMAT_DISQUSAPI, "an object with a list called response");
	else if (threadjson_is(object) || rest_is(object) || wpcli_is(object) ||
		 disqus_post_is(object) || json_object_get(object, "title") ||
		 json_object_get(object, "url"))
		more = chose(k, FORMAT_NDJSON, "objects one after the other, not in a list");
	else
		more = refuse_object(&top, object, err);
	json_decref(object);
	return more;
}

/* ---- XML ---- */

/* The first tag, past whatever may stand before it; "" when none is in sight. */
static void find_root(const struct look *k, struct buf *out)
{
	struct strain strain = { 0 };
	const char *tag;

	strain_feed(&strain, k->start + k->first, k->len - k->first, out);
	tag = strchr(buf_str(out), '<');
	if (tag)
		memmove(out->str, tag + 1, strlen(tag));
	else
		buf_clear(out);
}

static bool is_root(const char *root, const char *name)
{
	size_t n = strcspn(root, " \t\r\n/>");
	const char *colon = memchr(root, ':', n);

	if (colon) {
		n -= (size_t)(colon + 1 - root);
		root = colon + 1;
	}
	return n == strlen(name) && !strncmp(root, name, n);
}

static bool is_xml(const struct look *k)
{
	return !strncmp(k->start + k->first, "<?xml", 5);
}

/* 1 chosen, 0 no XML, -1 XML that dear does not read. */
static int sniff_root(struct look *k, const char *root, struct err *err)
{
	if (is_root(root, "rss") && has(k, "wordpress.org/export/"))
		return chose(k, FORMAT_WXR, "an rss document of WordPress' export") + 1;
	if (is_root(root, "disqus"))
		return chose(k, FORMAT_DISQUS, "a disqus document") + 1;
	if (is_root(root, "rss"))
		return chose(k, FORMAT_RSS, "an rss document") + 1;
	if (is_root(root, "feed"))
		return chose(k, FORMAT_ATOM, "an Atom document") + 1;
	if (!is_xml(k) || !*root || !strncasecmp(root, "html", 4))
		return 0;
	return err_set(err, ERR_EMPTY, NULL, 1,
		       "XML of another kind: its root is <%.*s>; dear help import lists what it "
		       "reads",
		       (int)strcspn(root, " \t\r\n/>"), root);
}

static int sniff_xml(struct look *k, struct err *err)
{
	struct buf root = BUF_INIT;
	int status;

	find_root(k, &root);
	status = sniff_root(k, buf_str(&root), err);
	buf_release(&root);
	return status;
}

/* ---- pages ---- */

/* What the marks in a page show, as far as it was looked through. */
struct signs {
	bool block, node, xhtml, list, linked, microdata, microformats;
	int64_t node_at;
};

static bool is_attribute_word(const char *s, const char *at)
{
	return at > s && strchr("\"' =", at[-1]);
}

/* "comment-12", "li-comment-12" or "div-comment-12" as an id. */
static bool is_node_id(const char *s, const char *at)
{
	const char *from = at;

	while (from > s && at - from < 4 && strchr("-livd", from[-1]))
		from--;
	if (!isdigit((unsigned char)at[strlen("comment-")]) || from - s < 4)
		return false;
	from -= strchr("\"'", from[-1]) ? 1 : 0;
	return from - s >= 3 && !strncasecmp(from - 3, "id=", 3);
}

static bool has_piece(const char *s, size_t n, const char *piece)
{
	return memmem(s, n, piece, strlen(piece)) != NULL;
}

/* Marks meant for machines, for pages that are not WordPress'. Whether they
 * mark comments is seen when the page is read. */
static void look_for_marks(struct signs *g, const char *s, size_t n)
{
	g->linked |= has_piece(s, n, "ld+json");
	g->microdata |= has_piece(s, n, "itemtype");
	g->microformats |= has_piece(s, n, "u-comment") || has_piece(s, n, "p-comment");
}

static void look_at(struct signs *g, const char *s, size_t n, int64_t offset)
{
	const char *at = s, *end = s + n;

	for (; (at = memmem(at, (size_t)(end - at), "comment", 7)); at += 7) {
		if (!strncmp(at, "comment-template", 16) && at - s > 9 &&
		    !strncmp(at - 9, "wp-block-", 9) && is_attribute_word(s, at - 9))
			g->block = true;
		else if (!strncmp(at, "commentmetadata", 15))
			g->xhtml = true;
		else if (!g->node && at[7] == '-' && is_node_id(s, at)) {
			g->node = true;
			g->node_at = offset + (at - s);
		}
	}
	for (at = s; !g->list && (at = memchr(at, '<', (size_t)(end - at))); at++)
		g->list = !strncasecmp(at, "<li", 3);
}

/* Looks until the first comment and a piece further. What is looked at
 * overlaps, so that no mark is cut. */
static int find_signs(struct look *k, struct signs *g, struct err *err)
{
	const size_t overlap = 64;
	struct bytes *bytes = bytes_new(k->file, err);
	struct buf window = BUF_INIT;
	int64_t at = 0;
	const char *s;
	size_t n;
	int more = bytes ? 1 : -1;

	while (more > 0 && (more = bytes_next(bytes, &s, &n, err)) > 0) {
		size_t kept = window.len < overlap ? window.len : overlap;

		if (kept)
			memmove(window.str, window.str + window.len - kept, kept);
		buf_cut(&window, kept);
		buf_add(&window, s, n);
		look_at(g, window.str, window.len, at - (int64_t)kept);
		if (!g->node)
			look_for_marks(g, window.str, window.len);
		at += (int64_t)n;
		if (g->node && at - g->node_at > (int64_t)WINDOW)
			break;
	}
	buf_release(&window);
	bytes_free(bytes);
	return more < 0 ? -1 : 0;
}

/* Whether a page, read so, has any comment. */
static int finds_any(struct look *k, enum format_id format, const struct reader *reader,
		     struct err *err)
{
	struct input in = { .file = k->file, .format = format, .reader = reader };
	struct diags unsaid = { 0 };
	struct arena a = { 0 };
	struct comment c;
	int more = -1;

	in.state = reader->start(&in, err);
	if (in.state) {
		more = reader->next(&in, &a, &c, &unsaid, err);
		reader->free(in.state);
	}
	arena_release(&in.strings);
	arena_release(&a);
	diags_release(&unsaid);
	return more;
}

/* Elements before data: data often hold only a page's first comments. 1 chosen,
 * 0 none, -1 with *err set. */
static int sniff_marks(struct look *k, const struct signs *g, struct err *err)
{
	const struct {
		bool seen;
		enum format_id format;
		const struct reader *reader;
		const char *reason;
	} kinds[] = {
		{ g->microdata, FORMAT_MICRODATA, &reader_marked, "elements of type Comment" },
		{ g->microformats, FORMAT_MICROFORMATS, &reader_marked,
		  "elements of class u-comment" },
		{ g->linked, FORMAT_LINKED, &reader_linked,
		  "comments in its structured data (JSON-LD)" },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++) {
		int found = 0;

		if (kinds[i].seen)
			found = finds_any(k, kinds[i].format, kinds[i].reader, err);
		if (found < 0)
			return -1;
		if (found > 0)
			return chose(k, kinds[i].format, kinds[i].reason) + 1;
	}
	return 0;
}

static int sniff_page(struct look *k, struct err *err)
{
	struct signs g = { 0 };
	int xml = sniff_xml(k, err), found;

	if (xml)
		return xml < 0 ? -1 : 0;
	if (find_signs(k, &g, err) < 0)
		return -1;
	if (g.block && g.node)
		return chose(k, FORMAT_BLOCK, "comments in a wp-block-comment-template list");
	if (g.node && g.xhtml)
		return chose(k, FORMAT_XHTML,
			     "elements with id comment-N and class "
			     "commentmetadata");
	if (g.node)
		return chose(k, FORMAT_HTML5, "elements with id comment-N");
	found = sniff_marks(k, &g, err);
	if (found)
		return found < 0 ? -1 : 0;
	if (g.list)
		return chose(k, FORMAT_LISTS, "a page with lists, without WordPress' marks");
	return err_set(err, ERR_EMPTY, NULL, 0,
		       "a page without comments: nothing in it is marked as one, and it has no "
		       "lists");
}

static int sniff(struct look *k, struct err *err)
{
	if (refuse_binary(k, err) < 0)
		return -1;
	if (k->len >= 3 && !memcmp(k->start, "\xef\xbb\xbf", 3))
		k->first = 3;
	while (k->first < k->len && isspace((unsigned char)k->start[k->first]))
		k->first++;
	if (k->first == k->len)
		return err_set(err, ERR_EMPTY, NULL, 0, "the file is empty");
	if (k->start[k->first] == '[')
		return sniff_array(k, err);
	if (k->start[k->first] == '{')
		return sniff_object(k, err);
	if (k->start[k->first] == '<' || is_utf16(k) || has(k, "<li") || has(k, "<div"))
		return sniff_page(k, err);
	return err_set(
		err, ERR_EMPTY, NULL, 0,
		"neither a page (HTML) nor XML nor JSON; dear help import lists what it reads");
}

int sniff_format(struct file *f, enum format_id *ret, struct buf *reason, struct err *err)
{
	struct look k = { .file = f, .ret = ret, .reason = reason };
	ssize_t n;
	int status = -1;

	k.start = mem_alloc(WINDOW + 1);
	n = file_read_at(f, 0, k.start, WINDOW, err);
	if (n >= 0) {
		k.len = (size_t)n;
		status = sniff(&k, err);
	}
	free(k.start);
	return status;
}
