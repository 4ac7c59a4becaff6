/* input.c - the table of formats, and what all readers share.
 *
 * Opening, handing out, closing; addresses, dates and short texts. How a format
 * is recognised is input_sniff.c; how it is read, the reader's own file.
 */
#include "dear/input.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/mem.h"

#include "input_internal.h"

/* id, name, what, marks staff by itself, reader */
#define FORMATS(X)                                                                                 \
	X(FORMAT_HTML5, "wordpress-html5", "WordPress page, html5 markup", true, reader_page)      \
	X(FORMAT_XHTML, "wordpress-xhtml", "WordPress page, older xhtml markup (list or div)",     \
	  true, reader_page)                                                                       \
	X(FORMAT_BLOCK, "wordpress-block", "WordPress page of a block theme", true, reader_page)   \
	X(FORMAT_REST, "wordpress-rest", "WordPress REST: /wp-json/wp/v2/comments", false,         \
	  reader_json)                                                                             \
	X(FORMAT_WPCLI, "wp-cli", "wp comment list --format=json", false, reader_json)             \
	X(FORMAT_THREADJSON, "thread-json", "dear's own thread JSON", true, reader_json)           \
	X(FORMAT_NDJSON, "ndjson", "one comment a line: thread JSON, REST or wp-cli objects",      \
	  true, reader_json)                                                                       \
	X(FORMAT_WXR, "wxr", "WordPress export (WXR), one or many articles", true, reader_wxr)     \
	X(FORMAT_DISQUS, "disqus", "Disqus export (XML), one or many threads", false,              \
	  reader_disqus)                                                                           \
	X(FORMAT_DISQUSAPI, "disqus-api", "Disqus API: threads/listPosts, forums/listPosts",       \
	  false, reader_json)                                                                      \
	X(FORMAT_RSS, "rss", "comment feed, RSS 2.0", false, reader_feed)                          \
	X(FORMAT_ATOM, "atom", "comment feed, Atom", false, reader_feed)                           \
	X(FORMAT_LINKED, "json-ld", "a page with its comments as schema.org JSON-LD", false,       \
	  reader_linked)                                                                           \
	X(FORMAT_MICRODATA, "microdata", "a page with comments marked in schema.org microdata",    \
	  false, reader_marked)                                                                    \
	X(FORMAT_MICROFORMATS, "microformats", "a page with comments marked as h-entry or h-cite", \
	  false, reader_marked)                                                                    \
	X(FORMAT_LISTS, "plain-lists", "a page with comments in nested lists", false, reader_list)

static const struct input_format formats[] = {
#define X(id, name, what, staff, reader) [id] = { name, what, staff },
	FORMATS(X)
#undef X
		{ 0 },
};

static const struct reader *const readers[] = {
#define X(id, name, what, staff, reader) [id] = &reader,
	FORMATS(X)
#undef X
};

const struct input_format *input_formats(void)
{
	return formats;
}

static int named_format(const char *name, enum format_id *ret, struct err *err)
{
	for (size_t i = 0; formats[i].name; i++) {
		if (strcmp(formats[i].name, name))
			continue;
		*ret = (enum format_id)i;
		return 0;
	}
	return err_set(err, ERR_USAGE, "--format", 0,
		       "no format is called '%s'; dear help import lists them", name);
}

static int choose_format(struct input *in, const char *format, struct buf *reason, struct err *err)
{
	if (!format)
		return sniff_format(in->file, &in->format, reason, err);
	buf_puts(reason, "as --format says");
	return named_format(format, &in->format, err);
}

struct input *input_open(struct file *f, const char *format, struct diags *d, struct err *err)
{
	struct input *in = mem_alloc(sizeof(*in));
	struct buf reason = BUF_INIT;
	int unpacked;

	in->file = f;
	unpacked = file_unpack(f, err);
	if (unpacked < 0)
		goto fail;
	if (unpacked > 0)
		buf_puts(&reason, "unpacked from gzip, ");
	if (choose_format(in, format, &reason, err) < 0)
		goto fail;
	in->reader = readers[in->format];
	in->state = in->reader->start(in, err);
	if (!in->state)
		goto fail;
	diag_add(d, DIAG_FORMAT, file_name(f), "read as %s: %s", formats[in->format].name,
		 buf_str(&reason));
	buf_release(&reason);
	return in;
fail:
	err_at(err, file_name(f), err->line);
	buf_release(&reason);
	input_free(in);
	return NULL;
}

int input_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
	       struct err *err)
{
	int more = in->reader->next(in, a, ret, d, err);

	if (more > 0)
		in->any = true;
	else if (more == 0 && !in->any)
		more = err_set(err, ERR_EMPTY, NULL, 0,
			       "no comments found, reading it as %s; --format names another way",
			       formats[in->format].name);
	if (more < 0)
		err_at(err, file_name(in->file), err->line);
	return more;
}

const char *input_format_name(const struct input *in)
{
	return formats[in->format].name;
}

const struct thread_ref *input_thread(const struct input *in)
{
	return &in->thread;
}

void input_free(struct input *in)
{
	if (!in)
		return;
	if (in->state)
		in->reader->free(in->state);
	arena_release(&in->strings);
	free(in);
}

const char *input_where(const struct input *in, struct arena *a, int line)
{
	return line ? arena_printf(a, "%s:%d", file_name(in->file), line) : file_name(in->file);
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char *input_copy(struct arena *a, const char *s, size_t len, size_t max)
{
	while (len && is_blank(*s)) {
		s++;
		len--;
	}
	if (len > max) {
		len = max;
		while (len && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--;
	}
	while (len && is_blank(s[len - 1]))
		len--;
	return arena_strndup(a, s, len);
}

void input_add_cut(struct buf *b, const char *s)
{
	size_t len = strnlen(s, BOUND_NAME_BYTES + 1);

	if (len > BOUND_NAME_BYTES)
		for (len--; len && ((unsigned char)s[len] & 0xc0) == 0x80;)
			len--;
	buf_add(b, s, len);
}

/* Bytes of the blank at s: 0 when it is none. No-break blanks count. */
static size_t blank_at(const char *s, size_t len)
{
	if (is_blank(*s) || *s == '\f')
		return 1;
	return len >= 2 && !memcmp(s, "\xc2\xa0", 2) ? 2 : 0;
}

char *input_line(struct arena *a, const char *s, size_t len, size_t max)
{
	char *line = arena_alloc(a, len + 1);
	bool blank = false;
	size_t n = 0;

	for (size_t at = 0, skip; at < len; at += skip ? skip : 1) {
		skip = blank_at(s + at, len - at);
		if (!skip && blank && n)
			line[n++] = ' ';
		blank = skip > 0;
		if (!skip)
			line[n++] = s[at];
	}
	return n <= max ? line : input_copy(a, line, n, max);
}

/* ---- addresses ---- */

int input_url_page(const char *url)
{
	static const char *const marks[] = { "/comment-page-", "?cpage=", "&cpage=" };

	for (size_t i = 0; i < sizeof(marks) / sizeof(*marks); i++) {
		const char *at = strstr(url, marks[i]);
		long page;

		if (!at)
			continue;
		page = strtol(at + strlen(marks[i]), NULL, 10);
		return page > 0 && page < 1000000 ? (int)page : 0;
	}
	return 0;
}

/* The post's number in an address without a name for it (?p=7); NULL. */
static const char *post_query(const char *query, size_t *ret_len)
{
	static const char *const keys[] = { "p=", "page_id=" };

	while (*query) {
		query++; /* the ? or & */
		for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
			size_t from = strlen(keys[i]);

			if (strncmp(query, keys[i], from))
				continue;
			*ret_len = from + strspn(query + from, "0123456789");
			return query;
		}
		query += strcspn(query, "&");
	}
	return NULL;
}

void input_set_url(struct thread_ref *ref, struct arena *a, const char *url)
{
	const char *scheme = strstr(url, "://"), *host, *query, *page, *post = NULL;
	size_t path, post_len = 0;
	char *text;

	if (!scheme)
		return;
	text = arena_strndup(a, url, strcspn(url, "#"));
	query = text + strcspn(text, "?");
	post = post_query(query, &post_len);
	path = (size_t)(query - text);
	page = memmem(text, path, "/comment-page-", strlen("/comment-page-"));
	if (page)
		path = (size_t)(page - text) + 1;
	ref->url = post ? arena_printf(a, "%.*s?%.*s", (int)path, text, (int)post_len, post)
			: arena_strndup(a, text, path);
	host = scheme + 3;
	text = arena_strndup(a, host, strcspn(host, "/?#"));
	for (char *c = text; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	ref->host = text;
}

/* What stands before a comment's number in the fragment of its address, by
 * WordPress and its like, Isso and Blogger. */
static const char *const comment_marks[] = { "comment-", "comment_", "comment", "isso-", "c" };

const char *input_comment_id(const char *url, struct arena *a)
{
	const char *mark = url ? strchr(url, '#') : NULL;

	mark = mark ? mark + 1 : url;
	for (size_t i = 0; mark && i < sizeof(comment_marks) / sizeof(*comment_marks); i++) {
		size_t n = strlen(comment_marks[i]);
		const char *id = mark + n;

		if (!strncmp(mark, comment_marks[i], n) && *id && !id[strspn(id, "0123456789")])
			return arena_strdup(a, id);
	}
	return NULL;
}

void input_make_id(const struct comment *c, char out[NODE_ID_MAX])
{
	uint64_t h = hash_string(HASH_START, c->author);

	h = hash_string(hash_string(h, c->date), c->text);
	snprintf(out, NODE_ID_MAX, "text-%016llx", (unsigned long long)h);
}

/* ---- dates ---- */

void input_read_date(struct comment *c, bool gmt, uint64_t *prose)
{
	if (!c->date)
		return;
	c->has_utc = comment_date_parse(c->date, gmt, &c->utc, &c->tz_known);
	if (!c->has_utc)
		++*prose;
}

void input_say_prose(const struct input *in, uint64_t prose, struct diags *d)
{
	if (prose)
		diag_add(d, DIAG_DATE_PROSE, file_name(in->file),
			 "dates in words, kept as they stand and not sorted by: %llu",
			 (unsigned long long)prose);
}

void input_say_replaced(const struct input *in, uint64_t replaced, const char *charset,
			struct diags *d)
{
	if (replaced)
		diag_add(d, DIAG_BYTES_REPLACED, file_name(in->file),
			 "bytes that are no text in %s and read as U+FFFD: %llu", charset,
			 (unsigned long long)replaced);
}

void input_say_cut(const struct input *in, uint64_t cut, struct diags *d)
{
	if (cut)
		diag_add(d, DIAG_COMMENT_CUT, file_name(in->file),
			 "comments longer than %d bytes, cut there: %llu", BOUND_COMMENT_BYTES,
			 (unsigned long long)cut);
}

void input_say_no_id(const struct input *in, uint64_t count, struct diags *d)
{
	if (count)
		diag_add(d, DIAG_NO_ID, file_name(in->file),
			 "comments without an id, known by name, date and text: %llu",
			 (unsigned long long)count);
}

void input_copy_comment(const struct comment *c, struct arena *a, struct comment *ret)
{
	*ret = *c;
	ret->id = arena_strdup(a, c->id);
	ret->parent = arena_strdup(a, c->parent);
	ret->author = arena_strdup(a, c->author);
	ret->user_id = arena_strdup(a, c->user_id);
	ret->date = arena_strdup(a, c->date);
	ret->url = arena_strdup(a, c->url);
	ret->body = arena_strdup(a, c->body);
	ret->text = arena_strdup(a, c->text);
}
