/* input_linked.c - comments that a page carries as structured data: schema.org
 * in JSON-LD, inside its scripts.
 *
 * The page's own elements only tell title and address. Each script is one JSON
 * value, walked for what calls itself a Comment or an Answer; a script that is
 * no JSON is passed over with a warning, since nothing else of the page depends
 * on it. Such data often hold only a page's first comments: when they say how
 * many there are, the difference is said.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/mem.h"

#include "input_internal.h"

/* Where the scripts are found: in the page's text, in a tag that begins with
 * "<script", in one that says ld+json. */
enum want { WANT_SCRIPT, WANT_TAG_END, WANT_END };

struct linked {
	struct input *in;
	struct bytes *bytes;
	struct html *html; /* for title and address */
	struct facts facts;
	struct heading heading;
	enum want want;
	struct buf held;        /* what may begin the mark that is sought, or the script */
	bool is_data, too_long; /* of the script under way */
	int line, script_line;
	struct shape shape;
	struct diags diags;
	const char *article_url, *article_title; /* as the data say */
	const char *article_author;              /* the author's address or id, never the name */
	long long promised;                      /* comments, as the data say */
	struct arena queued;
	struct comment *queue;
	size_t queue_at, queue_len, queue_size;
	uint64_t count, without_id;
};

/* ---- values ---- */

/* The name in "Comment", "schema:Comment", "https://schema.org/Comment". */
static bool is_type(const char *type, const char *name)
{
	const char *last = type ? type + strlen(type) : NULL;

	while (last && last > type && !strchr("/:#", last[-1]))
		last--;
	return last && !strcmp(last, name);
}

static bool has_type(const json_t *node, const char *name)
{
	const json_t *type = json_object_get(node, "@type"), *one;
	size_t i;

	if (json_is_string(type))
		return is_type(json_string_value(type), name);
	json_array_foreach(type, i, one)
	{
		if (is_type(json_string_value(one), name))
			return true;
	}
	return false;
}

static bool is_comment(const json_t *node)
{
	return has_type(node, "Comment") || has_type(node, "Answer") ||
	       has_type(node, "UserComments");
}

/* A member as a string; of an object its @value, @id or name; of an array the
 * first. NULL without. */
static const char *string_of(const json_t *value)
{
	static const char *const keys[] = { "@value", "@id", "name" };
	const char *text = json_string_value(value);

	if (json_is_array(value))
		return string_of(json_array_get(value, 0));
	for (size_t i = 0; !text && i < sizeof(keys) / sizeof(*keys); i++)
		text = json_string_value(json_object_get(value, keys[i]));
	return text && *text ? text : NULL;
}

static const char *first_of(const json_t *node, const char *const *keys)
{
	const char *text = NULL;

	for (; !text && *keys; keys++)
		text = string_of(json_object_get(node, *keys));
	return text;
}

/* An id as comments and their parents both name it. */
static const char *key_of(struct linked *l, const char *id)
{
	const char *number = input_comment_id(id, &l->queued);

	return number ? number : input_copy(&l->queued, id, strlen(id), BOUND_NAME_BYTES);
}

static const char *id_of(struct linked *l, const json_t *node)
{
	const json_t *number = json_object_get(node, "identifier");
	const char *id = first_of(node, (const char *const[]){ "@id", "identifier", "url", NULL });

	/* Some give the article's address as each comment's. */
	if (id && l->article_url && !strcmp(id, l->article_url))
		id = NULL;
	if (id)
		return key_of(l, id);
	return json_is_integer(number)
		       ? arena_printf(&l->queued, "%lld", (long long)json_integer_value(number))
		       : NULL;
}

static const json_t *author_node(const json_t *node)
{
	const json_t *author = json_object_get(node, "author");

	if (!author)
		author = json_object_get(node, "creator");
	return json_is_array(author) ? json_array_get(author, 0) : author;
}

/* What tells a writer from her namesakes; NULL without. */
static const char *author_key(const json_t *node)
{
	const json_t *author = author_node(node);
	const char *key = json_string_value(json_object_get(author, "@id"));

	return key ? key : json_string_value(json_object_get(author, "url"));
}

static const char *author_of(struct linked *l, const json_t *node)
{
	const json_t *author = author_node(node);
	const char *name;

	name = json_is_object(author) ? string_of(json_object_get(author, "name"))
				      : json_string_value(author);
	name = shape_name(&l->shape, name, &l->queued);
	return comment_name_is_nobody(name) ? NULL : name;
}

/* ---- comments ---- */

static void put_comment(struct linked *l, const json_t *node, const char *outer,
			const char **ret_id)
{
	static const char *const texts[] = { "text", "articleBody", "description", NULL };
	static const char *const dates[] = { "dateCreated", "datePublished", "commentTime",
					     "dateModified", NULL };
	const char *text = first_of(node, texts), *url = string_of(json_object_get(node, "url"));
	const char *parent = string_of(json_object_get(node, "parentItem")), *key, *status;
	struct comment c = { .line = l->script_line };
	char made[NODE_ID_MAX];

	c.id = id_of(l, node);
	c.parent = parent ? key_of(l, parent) : outer;
	c.author = author_of(l, node);
	key = author_key(node);
	c.staff = key && l->article_author && !strcmp(key, l->article_author);
	status = string_of(json_object_get(node, "creativeWorkStatus"));
	if (status && !strcasecmp(status, "deleted"))
		c.status = COMMENT_DELETED;
	c.date = first_of(node, dates);
	input_read_date(&c, false, &l->shape.prose);
	text = text && c.status != COMMENT_DELETED ? text : "";
	c.body = input_copy(&l->queued, text, strlen(text), BOUND_COMMENT_BYTES);
	c.body_html = true;
	shape_set_text(&l->shape, &c, text, true, &l->queued);
	if (url && !strncmp(url, "http", 4) && strlen(url) < BOUND_NAME_BYTES)
		c.url = arena_strdup(&l->queued, url);
	if (!c.id) {
		input_make_id(&c, made);
		c.id = arena_strdup(&l->queued, made);
		l->without_id++;
	}
	if (c.parent && !strcmp(c.parent, c.id))
		c.parent = NULL;
	c.date = arena_strdup(&l->queued, c.date);
	l->queue = mem_grow(l->queue, &l->queue_size, l->queue_len + 1, sizeof(*l->queue));
	l->queue[l->queue_len++] = c;
	l->count++;
	*ret_id = c.id;
}

/* What the comments stand below. Its parts, other articles it names, have no
 * comments and are none. */
static void put_article(struct linked *l, const json_t *node)
{
	static const char *const titles[] = { "headline", "name", NULL };
	static const char *const urls[] = { "url", "mainEntityOfPage", "@id", NULL };
	const json_t *count = json_object_get(node, "commentCount");
	const char *title = first_of(node, titles), *url = first_of(node, urls);

	if (!count)
		count = json_object_get(node, "answerCount");
	if (json_is_integer(count))
		l->promised = json_integer_value(count);
	else if (json_is_string(count))
		l->promised = strtoll(json_string_value(count), NULL, 10);
	if (author_key(node) && !l->article_author)
		l->article_author = arena_strdup(&l->in->strings, author_key(node));
	if (title && !l->article_title)
		l->article_title = shape_name(&l->shape, title, &l->in->strings);
	if (url && !l->article_url && strstr(url, "://"))
		l->article_url = input_copy(&l->in->strings, url, strlen(url), BOUND_NAME_BYTES);
}

static bool holds_comments(const json_t *node)
{
	static const char *const keys[] = { "comment", "comments", "suggestedAnswer",
					    "acceptedAnswer" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const json_t *value = json_object_get(node, keys[i]);

		if (json_is_array(value) ? json_array_size(value) > 0 : json_is_object(value))
			return true;
	}
	return false;
}

/* Members that only point at other things. */
static bool is_reference(const char *key)
{
	static const char *const keys[] = { "parentItem", "about",    "author",  "creator",
					    "publisher",  "isPartOf", "citation" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (!strcmp(key, keys[i]))
			return true;
	return false;
}

/* Jansson bounds the depth. A comment without any words is a reference to one
 * that stands elsewhere. */
static void walk(struct linked *l, json_t *node, const char *outer)
{
	static const char *const words[] = { "text",   "articleBody", "description",
					     "author", "dateCreated", "datePublished",
					     NULL };
	const char *key;
	json_t *inner;
	size_t i;

	json_array_foreach(node, i, inner)
	{
		walk(l, inner, outer);
	}
	if (!json_is_object(node))
		return;
	if (!is_comment(node)) {
		if (holds_comments(node))
			put_article(l, node);
	} else if (first_of(node, words) || json_object_get(node, "author")) {
		put_comment(l, node, outer, &outer);
	}
	json_object_foreach(node, key, inner)
	{
		if (!is_reference(key))
			walk(l, inner, outer);
	}
}

/* ---- scripts ---- */

/* Without what pages wrap scripts in: remarks, CDATA. */
static void unwrap(const char **s, const char **end)
{
	const char *from = *s, *cdata = memmem(from, (size_t)(*end - from), "[CDATA[", 7);
	size_t n = cdata ? (size_t)(cdata - from) : 0;

	if (cdata && !memchr(from, '{', n) && !memchr(from, '[', n)) {
		from = cdata + 7;
		while (*end - from >= 3 && memcmp(*end - 3, "]]>", 3) != 0)
			(*end)--;
		*end -= *end - from >= 3 ? 3 : 0;
	}
	while (from < *end && *from != '{' && *from != '[')
		from++;
	while (*end > from && (*end)[-1] != '}' && (*end)[-1] != ']')
		(*end)--;
	*s = from;
}

/* Copies the JSON in a script; lines that pages write into strings become what
 * JSON has for them. */
static void mend(const struct buf *script, struct buf *out)
{
	const char *s = buf_str(script), *end = s + script->len;
	bool in_string = false;

	for (unwrap(&s, &end); s < end; s++) {
		bool control = (unsigned char)*s < 0x20;

		if (in_string && *s == '\\' && s + 1 < end && (unsigned char)s[1] >= 0x20) {
			buf_putc(out, *s++);
		} else if (*s == '"') {
			in_string = !in_string;
		} else if (in_string && control) {
			buf_puts(out, *s == '\n' ? "\\n" : " ");
			continue;
		}
		buf_putc(out, *s);
	}
}

static void read_script(struct linked *l)
{
	struct err err = { 0 };
	struct arena a = { 0 };
	struct buf mended = BUF_INIT, halves = BUF_INIT;
	const struct buf *json = &mended;
	json_t *value;

	mend(&l->held, &mended);
	if (jread_mend(buf_str(&mended), mended.len, &halves))
		json = &halves;
	value = jread_parse(buf_str(json), json->len, file_name(l->in->file), l->script_line,
			    ERR_INPUT, &err);
	l->shape.line = l->script_line;
	if (value)
		walk(l, value, NULL);
	else if (mended.len)
		diag_add(&l->diags, DIAG_LINE_SKIPPED, input_where(l->in, &a, l->script_line),
			 "structured data that are no JSON: %s", err.msg);
	json_decref(value);
	arena_release(&a);
	buf_release(&mended);
	buf_release(&halves);
}

/* Whether a script's tag is of the kind that holds data. */
static bool is_data_tag(const struct buf *tag)
{
	for (size_t i = 0; i + 7 <= tag->len; i++)
		if (!strncasecmp(tag->str + i, "ld+json", 7))
			return true;
	return false;
}

static void begin_want(struct linked *l, enum want want)
{
	l->want = want;
	buf_clear(&l->held);
}

/* Whether what is held ends in the mark, whatever its case. */
static bool ends_in(const struct buf *b, const char *mark)
{
	size_t n = strlen(mark);

	return b->len >= n && !strncasecmp(b->str + b->len - n, mark, n);
}

static void script_ends(struct linked *l)
{
	struct arena a = { 0 };

	buf_cut(&l->held, l->held.len - strlen("</script"));
	if (l->is_data && l->too_long)
		diag_add(&l->diags, DIAG_LINE_SKIPPED, input_where(l->in, &a, l->script_line),
			 "structured data of more than %d bytes, not read", BOUND_JSON_VALUE_BYTES);
	else if (l->is_data)
		read_script(l);
	arena_release(&a);
	begin_want(l, WANT_SCRIPT);
}

/* Of what is not wanted, only so much that its end is seen. */
static void hold(struct linked *l, char c)
{
	const size_t enough = 16,
		     most = l->is_data || l->want != WANT_END ? BOUND_JSON_VALUE_BYTES : 4096;

	if (l->held.len >= most) {
		l->too_long = true;
		memmove(l->held.str, l->held.str + l->held.len - enough, enough);
		buf_cut(&l->held, enough);
	}
	buf_putc(&l->held, c);
}

static void feed_char(struct linked *l, char c)
{
	l->line += c == '\n';
	if (l->want == WANT_SCRIPT && c == '<')
		buf_clear(&l->held);
	else if (l->want == WANT_SCRIPT && l->held.len == 0)
		return;
	hold(l, c);
	switch (l->want) {
	case WANT_SCRIPT:
		if (ends_in(&l->held, "<script"))
			begin_want(l, WANT_TAG_END);
		else if (l->held.len >= strlen("<script"))
			buf_clear(&l->held);
		return;
	case WANT_TAG_END:
		if (c != '>')
			return;
		l->script_line = l->line;
		l->is_data = is_data_tag(&l->held);
		l->too_long = false;
		begin_want(l, WANT_END);
		return;
	case WANT_END:
		if ((c == 't' || c == 'T') && ends_in(&l->held, "</script"))
			script_ends(l);
		return;
	}
}

/* ---- title and address ---- */

static void on_start(void *ctx, const char *name, const char **atts)
{
	struct linked *l = ctx;

	wordpress_facts(&l->facts, name, atts, false);
	heading_open(&l->heading, name, atts, true);
}

static void on_end(void *ctx, const char *name)
{
	struct linked *l = ctx;

	(void)name;
	heading_close(&l->heading, &l->facts);
}

static void on_text(void *ctx, const char *s, size_t n)
{
	struct linked *l = ctx;

	heading_text(&l->heading, s, n);
}

/* What the page's head says is surer than its data; both may be missing. */
static void publish(struct linked *l)
{
	struct thread_ref *ref = &l->in->thread;

	facts_publish(&l->facts, ref);
	if (!ref->url && l->article_url)
		input_set_url(ref, &l->in->strings, l->article_url);
	if (l->article_title)
		ref->title = l->article_title;
}

/* ---- the reader ---- */

static void linked_free(void *state)
{
	struct linked *l = state;

	if (!l)
		return;
	html_free(l->html);
	bytes_free(l->bytes);
	fragments_free(l->shape.fragments);
	buf_release(&l->shape.text);
	buf_release(&l->heading.text);
	buf_release(&l->held);
	diags_release(&l->diags);
	arena_release(&l->queued);
	free(l->queue);
	free(l);
}

static void *linked_start(struct input *in, struct err *err)
{
	static const struct html_events events = { on_start, on_end, on_text };
	struct linked *l = mem_alloc(sizeof(*l));

	l->in = in;
	l->line = 1;
	l->facts.strings = &in->strings;
	l->shape.in = in;
	l->shape.fragments = fragments_new();
	l->shape.diags = &l->diags;
	l->bytes = bytes_new(in->file, err);
	if (!l->bytes) {
		linked_free(l);
		return NULL;
	}
	l->html = html_new(&events, l, false);
	return l;
}

static void finish(struct linked *l, struct diags *d)
{
	const char *name = file_name(l->in->file);

	l->facts.changed = true;
	input_say_prose(l->in, l->shape.prose, d);
	input_say_replaced(l->in, bytes_replaced(l->bytes), bytes_charset(l->bytes), d);
	input_say_no_id(l->in, l->without_id, d);
	if (l->want == WANT_END && l->is_data)
		diag_add(d, DIAG_HTML_BROKEN, name,
			 "the file ends inside structured data; fetch the page again");
	if (l->promised > (long long)l->count)
		diag_add(d, DIAG_THREAD_PARTIAL, name,
			 "the page has %lld comments, its structured data only %llu; "
			 "--format plain-lists may find the others",
			 l->promised, (unsigned long long)l->count);
}

/* Reads a window: 1, 0 at the end, -1 with *err set. */
static int advance(struct linked *l, struct err *err)
{
	const char *s;
	size_t n;
	int more = bytes_next(l->bytes, &s, &n, err);

	if (more < 0)
		return -1;
	for (size_t i = 0; more > 0 && i < n; i++)
		feed_char(l, s[i]);
	if ((more > 0 ? html_feed(l->html, s, n, err) : html_end(l->html, err)) < 0)
		return -1;
	return more;
}

static int linked_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		       struct err *err)
{
	struct linked *l = in->state;

	while (l->queue_at == l->queue_len) {
		int more;

		l->queue_at = l->queue_len = 0;
		arena_clear(&l->queued);
		if (in->ended)
			return 0;
		more = advance(l, err);
		diags_move(d, &l->diags);
		if (more < 0)
			return -1;
		if (more == 0) {
			in->ended = true;
			finish(l, d);
		}
		publish(l);
	}
	input_copy_comment(&l->queue[l->queue_at++], a, ret);
	return 1;
}

const struct reader reader_linked = { linked_start, linked_next, linked_free };
