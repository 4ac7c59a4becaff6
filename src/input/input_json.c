/* input_json.c - comments out of JSON: an array, a thread object, or lines.
 *
 * Finds the objects one by one (jstream) and gives each to its shape: REST,
 * wp-cli, or dear's own. Invalid JSON anywhere fails the file; an element that
 * is no comment is passed over with a diagnostic.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/jstream.h"
#include "dear/mem.h"
#include "dear/utf8.h"

#include "input_internal.h"

struct json_state {
	struct jstream *stream;
	struct shape shape;
	struct buf pruned, clean; /* the object under way */
	uint64_t passed, without_id, replaced;
	bool goes_on; /* the answer is one of several pages, and not the last */
};

/* What a format calls its list of comments. */
static const char *list_name(const struct input *in)
{
	return in->format == FORMAT_DISQUSAPI ? "response" : "comments";
}

static const struct {
	bool (*is)(const json_t *object);
	shape_read *read;
} shapes[] = {
	{ rest_is, rest_read },
	{ wpcli_is, wpcli_read },
	{ threadjson_is, threadjson_read },
	{ disqus_post_is, disqus_post_read },
};

/* ---- what shapes share ---- */

void shape_bad(struct shape *r, const char *key, const char *wanted)
{
	struct arena a = { 0 };

	diag_add(r->diags, DIAG_FIELD_BAD, input_where(r->in, &a, r->line),
		 "%s is not %s; read as absent", key, wanted);
	arena_release(&a);
}

const char *shape_text(struct shape *r, const json_t *object, const char *key, struct arena *a)
{
	const json_t *value = json_object_get(object, key);

	if (!value || json_is_null(value))
		return NULL;
	if (json_is_string(value))
		return arena_strndup(a, json_string_value(value), json_string_length(value));
	if (json_is_integer(value))
		return arena_printf(a, "%lld", (long long)json_integer_value(value));
	shape_bad(r, key, "a string or a whole number");
	return NULL;
}

const char *shape_name(struct shape *r, const char *html, struct arena *a)
{
	char *name;

	if (!html)
		return NULL;
	buf_clear(&r->text);
	fragments_text(r->fragments, html, strlen(html), false, &r->text);
	name = input_line(a, buf_str(&r->text), r->text.len, BOUND_NAME_BYTES);
	return *name ? name : NULL;
}

static const char *cut_text(struct shape *r, const char *s, size_t len, struct arena *a)
{
	if (len > BOUND_COMMENT_BYTES)
		diag_add(r->diags, DIAG_COMMENT_CUT, input_where(r->in, a, r->line),
			 "longer than %d bytes and cut there", BOUND_COMMENT_BYTES);
	return input_copy(a, s, len, BOUND_COMMENT_BYTES);
}

void shape_set_text(struct shape *r, struct comment *c, const char *html, bool breaks,
		    struct arena *a)
{
	size_t len = strlen(html);

	buf_clear(&r->text);
	/* Far more than is kept would only be thrown away again. */
	fragments_text(r->fragments, html,
		       len < 4 * BOUND_COMMENT_BYTES ? len : strlen(cut_text(r, html, len, a)),
		       breaks, &r->text);
	c->text = cut_text(r, buf_str(&r->text), r->text.len, a);
}

void shape_set_date(struct shape *r, struct comment *c, const char *gmt, const char *local)
{
	c->date = gmt ? gmt : local;
	if (!c->date)
		return;
	if (gmt)
		c->has_utc = comment_date_parse(gmt, true, &c->utc, &c->tz_known);
	if (!c->has_utc && local) {
		c->date = local;
		c->has_utc = comment_date_parse(local, false, &c->utc, &c->tz_known);
	}
	if (!c->has_utc)
		shape_bad(r, "date", "a date a machine can read");
}

void shape_set_status(struct comment *c, const char *approved, const char *type)
{
	static const struct {
		const char *word;
		enum comment_status status;
	} words[] = {
		{ "hold", COMMENT_PENDING },   { "0", COMMENT_PENDING },
		{ "spam", COMMENT_SPAM },      { "trash", COMMENT_TRASH },
		{ "unapproved", COMMENT_PENDING }, { "post-trashed", COMMENT_TRASH },
	}, types[] = {
		{ "pingback", COMMENT_PINGBACK },
		{ "trackback", COMMENT_TRACKBACK },
		{ "note", COMMENT_NOTE },
		{ "order_note", COMMENT_NOTE },
	};

	c->status = COMMENT_LIVE;
	for (size_t i = 0; type && i < sizeof(types) / sizeof(*types); i++)
		if (!strcmp(types[i].word, type))
			c->status = types[i].status;
	for (size_t i = 0; approved && i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(words[i].word, approved) &&
		    (c->status == COMMENT_LIVE || words[i].status != COMMENT_PENDING))
			c->status = words[i].status;
}

void shape_set_thread(struct comment *c, const char *post, struct arena *a)
{
	struct thread_ref *ref = arena_alloc(a, sizeof(*ref));

	ref->post_id = post;
	if (c->url)
		input_set_url(ref, a, c->url);
	c->thread = ref;
}

/* ---- the reader ---- */

static void json_free(void *state)
{
	struct json_state *s = state;

	if (!s)
		return;
	jstream_free(s->stream);
	fragments_free(s->shape.fragments);
	buf_release(&s->shape.text);
	buf_release(&s->pruned);
	buf_release(&s->clean);
	free(s);
}

/* Title and address of a thread object or a header line. */
static void read_header(struct json_state *s, const json_t *object)
{
	struct input *in = s->shape.in;
	const char *title = json_string_value(json_object_get(object, "title"));
	const char *url = json_string_value(json_object_get(object, "url"));
	const json_t *cursor = json_object_get(object, "cursor");
	const char *post;

	s->goes_on = json_is_true(json_object_get(cursor, "hasNext"));
	post = shape_text(&s->shape, object, "post_id", &in->strings);
	if (title)
		in->thread.title = input_line(&in->strings, title, strlen(title), BOUND_NAME_BYTES);
	if (url && strnlen(url, BOUND_NAME_BYTES) < BOUND_NAME_BYTES)
		input_set_url(&in->thread, &in->strings, url);
	if (post)
		in->thread.post_id = post;
	if (json_is_true(json_object_get(object, "flat")))
		in->thread.flat = true;
}

/* Looks through a thread object for its header; returns where its comments
 * begin, -1 with *err set. */
static int64_t find_comments(struct json_state *s, struct err *err)
{
	struct jstream *js = jstream_object(s->shape.in->file, 0, 1, err);
	json_t *header = json_object();
	struct err ignored = { 0 };
	int64_t at = -1;
	struct jvalue v;
	int more = -1;

	while (js && (more = jstream_skim(js, BOUND_NAME_BYTES, &v, err)) > 0) {
		if (!strcmp(v.key, list_name(s->shape.in)))
			at = v.offset;
		else if (v.text)
			json_object_set_new(header, v.key,
					    input_json(&v, s->shape.in->file, &s->clean,
						       &s->replaced, &ignored));
	}
	jstream_free(js);
	read_header(s, header);
	json_decref(header);
	if (more == 0 && at < 0)
		err_set(err, ERR_INPUT, NULL, 1, "the object has no list called %s",
			list_name(s->shape.in));
	return more < 0 ? -1 : at;
}

static bool begins_with(struct file *f, char bracket)
{
	struct err err = { 0 };
	char start[64];
	ssize_t n = file_read_at(f, 0, start, sizeof(start) - 1, &err);
	size_t at = n >= 3 && !memcmp(start, "\xef\xbb\xbf", 3) ? 3 : 0;

	start[n > 0 ? n : 0] = '\0';
	return start[at + strspn(start + at, " \t\r\n")] == bracket;
}

static struct jstream *open_stream(struct json_state *s, struct err *err)
{
	struct input *in = s->shape.in;
	int64_t at;

	if (in->format == FORMAT_NDJSON)
		return jstream_lines(in->file, err);
	if ((in->format != FORMAT_THREADJSON && in->format != FORMAT_DISQUSAPI) ||
	    !begins_with(in->file, '{'))
		return jstream_array(in->file, 0, 1, err);
	at = find_comments(s, err);
	return at < 0 ? NULL : jstream_array(in->file, at, 0, err);
}

static void *json_start(struct input *in, struct err *err)
{
	struct json_state *s = mem_alloc(sizeof(*s));
	struct diags unsaid = { 0 };

	s->shape.in = in;
	s->shape.fragments = fragments_new();
	s->shape.diags = &unsaid;
	s->stream = open_stream(s, err);
	diags_release(&unsaid);
	if (s->stream)
		return s;
	json_free(s);
	return NULL;
}

static shape_read *shape_of(const struct input *in, const json_t *object)
{
	switch (in->format) {
	case FORMAT_REST:
		return json_is_object(object) ? rest_read : NULL;
	case FORMAT_WPCLI:
		return json_is_object(object) ? wpcli_read : NULL;
	case FORMAT_DISQUSAPI:
		return disqus_post_is(object) ? disqus_post_read : NULL;
	case FORMAT_THREADJSON:
	case FORMAT_NDJSON:
		for (size_t i = 0; i < sizeof(shapes) / sizeof(*shapes); i++)
			if (shapes[i].is(object))
				return shapes[i].read;
		return NULL;
	case FORMAT_HTML5:
	case FORMAT_XHTML:
	case FORMAT_BLOCK:
	case FORMAT_WXR:
	case FORMAT_DISQUS:
	case FORMAT_RSS:
	case FORMAT_ATOM:
	case FORMAT_LINKED:
	case FORMAT_MICRODATA:
	case FORMAT_MICROFORMATS:
	case FORMAT_LISTS:
		break;
	}
	return NULL;
}

static void pass_over(struct json_state *s, const json_t *object)
{
	struct arena a = { 0 };

	if (s->shape.in->format == FORMAT_NDJSON && !s->shape.in->any && !s->passed++ &&
	    json_is_object(object)) {
		read_header(s, object);
		return;
	}
	diag_add(s->shape.diags, DIAG_LINE_SKIPPED, input_where(s->shape.in, &a, s->shape.line),
		 "not a comment: no object with a text");
	arena_release(&a);
}

/* Past the string that begins at p; the end when it doesn't end. */
static const char *after_string(const char *p, const char *end)
{
	const char *quote = p;

	while ((quote = memchr(quote + 1, '"', (size_t)(end - quote - 1)))) {
		const char *slash = quote;

		while (slash[-1] == '\\')
			slash--;
		if ((quote - slash) % 2 == 0)
			return quote + 1;
	}
	return end;
}

/* Past the value at p, to the comma or bracket that ends it. */
static const char *after_value(const char *p, const char *end)
{
	int depth = 0;

	while (p < end) {
		if (*p == '"') {
			p = after_string(p, end);
			continue;
		}
		if (depth == 0 && (*p == ',' || *p == '}'))
			break;
		depth += *p == '{' || *p == '[';
		depth -= *p == '}' || *p == ']';
		p++;
	}
	return p;
}

/* Most of a REST object is links and avatars that no shape reads. Copies the
 * object without them, so that Jansson has a third to do. Works on what
 * jstream found to be whole; anything odd is copied for Jansson to refuse. */
static void prune(const struct jvalue *v, struct buf *out)
{
	static const char *const unread[] = { "\"_links\"", "\"author_avatar_urls\"" };
	const char *p = v->text, *end = v->text + v->len, *kept = p, *comma = NULL;

	buf_clear(out);
	for (p += *p == '{'; p < end && *v->text == '{';) {
		const char *key = p + strspn(p, " \t\r\n"), *next;
		bool drop = false;

		next = after_value(key, end);
		for (size_t i = 0; comma && i < sizeof(unread) / sizeof(*unread); i++)
			drop |= !strncmp(key, unread[i], strlen(unread[i]));
		if (drop) {
			buf_add(out, kept, (size_t)(comma - kept));
			kept = next;
		}
		comma = next;
		p = next + 1;
	}
	buf_add(out, kept, (size_t)(end - kept));
}

json_t *input_json(const struct jvalue *v, const struct file *f, struct buf *scratch,
		   uint64_t *replaced, struct err *err)
{
	struct buf mended = BUF_INIT;
	const char *text = v->text;
	size_t len = v->len, halves;
	json_t *value;

	if (!utf8_valid(text, len)) {
		buf_clear(scratch);
		*replaced += utf8_clean(scratch, text, len);
		text = buf_str(scratch);
		len = scratch->len;
	}
	halves = jread_mend(text, len, &mended);
	*replaced += halves;
	value = jread_parse(halves ? buf_str(&mended) : text, halves ? mended.len : len,
			    file_name(f), v->line, ERR_INPUT, err);
	buf_release(&mended);
	return value;
}

/* Without what nobody reads, if that is well; else as it stands, so that an
 * error names the right line. */
static json_t *parse(struct json_state *s, const struct jvalue *v, struct err *err)
{
	struct file *f = s->shape.in->file;
	struct jvalue pruned = *v;
	struct err ignored = { 0 };
	json_t *object = NULL;

	if (memmem(v->text, v->len, "\"_links\"", strlen("\"_links\""))) {
		prune(v, &s->pruned);
		pruned.text = buf_str(&s->pruned);
		pruned.len = s->pruned.len;
		object = input_json(&pruned, f, &s->clean, &s->replaced, &ignored);
	}
	return object ? object : input_json(v, f, &s->clean, &s->replaced, err);
}

/* 1 a comment, 0 an element that is none, -1 with *err set. */
static int read_value(struct json_state *s, const struct jvalue *v, struct arena *a,
		      struct comment *ret, struct err *err)
{
	json_t *object = parse(s, v, err);
	shape_read *read;

	if (!object)
		return -1;
	s->shape.line = v->line;
	read = shape_of(s->shape.in, object);
	if (read) {
		*ret = (struct comment){ .line = v->line };
		read(&s->shape, object, a, ret);
	} else {
		pass_over(s, object);
	}
	json_decref(object);
	return read ? 1 : 0;
}

static void finish(struct json_state *s, struct diags *d)
{
	const struct input *in = s->shape.in;

	input_say_prose(in, s->shape.prose, d);
	input_say_no_id(in, s->without_id, d);
	input_say_replaced(in, s->replaced, "UTF-8", d);
	if (s->goes_on)
		diag_add(d, DIAG_THREAD_PARTIAL, file_name(in->file),
			 "the site has more than this answer holds (cursor.hasNext); fetch the "
			 "next ones and import them too");
}

static int json_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		     struct err *err)
{
	struct json_state *s = in->state;
	struct comment c;
	struct jvalue v;
	int more, status = 0;

	if (in->ended)
		return 0;
	s->shape.diags = d;
	while (status == 0 && (more = jstream_next(s->stream, &v, err)) != 0)
		status = more < 0 ? -1 : read_value(s, &v, a, &c, err);
	if (status > 0) {
		*ret = c;
		s->without_id += !c.id;
	}
	if (status == 0) {
		in->ended = true;
		finish(s, d);
	}
	return status;
}

const struct reader reader_json = { json_start, json_next, json_free };
