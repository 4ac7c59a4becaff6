/* input_feed.c - comment feeds, RSS 2.0 and Atom: the newest comments of an
 * article or of a site.
 *
 * An entry is a comment when its address points into a page or it says what it
 * answers; entries that are articles are passed over. WordPress' RSS tells the
 * parent only in a line of its own before the text: that line is known by its
 * link, whatever its language, and left out. Comments of several articles name
 * their threads by address.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/file.h"
#include "dear/mem.h"

#include "input_document_internal.h"

struct feed {
	struct document doc;
	bool in_entry, in_author;
	bool wordpress;         /* as the feed's generator says */
	struct arena kept;      /* of the feed itself */
	const char *title;      /* of the feed */
	struct thread_ref page; /* what the feed belongs to: its address only */
	/* of the entry under way */
	const char *link, *guid, *author, *date, *updated, *content, *summary;
	const char *answers, *answers_at, *related;
	bool plain, removed, has_answers;
	int line;
	uint64_t articles, comments;
};

/* ---- addresses ---- */

/* The comment an address points at; NULL for none. Unlike an id, an address has
 * a fragment. */
static const char *pointed_at(const char *url, struct arena *a)
{
	return url && strchr(url, '#') ? input_comment_id(url, a) : NULL;
}

/* Blogger names the parent by the parent's own feed address. */
static const char *blogger_parent(const char *url, struct arena *a)
{
	static const char mark[] = "/comments/default/";
	const char *at = url ? strstr(url, mark) : NULL;

	return at && at[strlen(mark)] ? arena_strdup(a, at + strlen(mark)) : NULL;
}

/* ---- the line WordPress puts before a reply ---- */

/* Past blanks and one piece of markup, when it is there. */
static const char *after(const char *s, const char *piece)
{
	size_t n = strlen(piece);

	s += strspn(s, " \t\r\n");
	return strncmp(s, piece, n) ? NULL : s + n;
}

/* Past words without markup, at most so many bytes. */
static const char *after_words(const char *s, size_t most)
{
	size_t n = strcspn(s, "<");

	return n <= most ? s + n : NULL;
}

/* WordPress gives a reader's own links a rel; its line's link has none. Returns
 * where the text goes on, and the parent's address; NULL without such a line. */
static const char *reply_line(const char *html, struct arena *a, const char **ret_url)
{
	const char *block = after(html, "<p>"), *s = after_words(block ? block : html, 120);
	const char *href, *end;

	href = s ? after(s, "<a href=\"") : NULL;
	end = href ? strchr(href, '"') : NULL;
	s = end ? after(end, "\">") : NULL;
	s = s ? after_words(s, BOUND_NAME_BYTES) : NULL;
	s = s ? after(s, "</a>") : NULL;
	if (!s)
		return NULL;
	*ret_url = arena_strndup(a, href, (size_t)(end - href));
	if (block)
		return after(s + strcspn(s, "<"), "</p>");
	end = strstr(s, "\n");
	return end ? end : s + strlen(s);
}

/* ---- the comment ---- */

static void set_place(struct feed *e, struct comment *c, const char *own)
{
	struct arena *a = &e->doc.part;
	const char *html = e->content ? e->content : e->summary, *url = NULL, *text;

	c->parent = pointed_at(e->answers, a);
	if (!c->parent)
		c->parent = pointed_at(e->answers_at, a);
	if (!c->parent)
		c->parent = blogger_parent(e->related, a);
	/* Ids that are no addresses: what is answered is named by its own id. */
	if (!c->parent && !own)
		c->parent = e->answers;
	text = e->wordpress && html && !e->plain ? reply_line(html, a, &url) : NULL;
	if (!text || !(url = pointed_at(url, a)))
		return;
	if (c->parent ? strcmp(c->parent, url) != 0 : e->has_answers)
		return;
	c->parent = url;
	e->content = text;
}

static void set_thread(struct feed *e, const char *url, struct thread_ref *ref)
{
	const char *at = e->link ? e->link : url;

	if (at)
		input_set_url(ref, &e->doc.part, at);
	if (!ref->url)
		*ref = e->page;
	/* A feed's title has words before the article's, in the site's language;
	 * it names a thread only where no address does. */
	if (!ref->url)
		ref->title = e->title;
	ref->flat = !e->wordpress && !e->has_answers;
}

static void set_text(struct feed *e, struct comment *c)
{
	const char *content = e->removed   ? ""
			      : e->content ? e->content
			      : e->summary ? e->summary
					   : "";
	struct arena *a = &e->doc.part;

	c->body = input_copy(a, content, strlen(content), BOUND_COMMENT_BYTES);
	c->body_html = !e->plain;
	if (!e->plain) {
		shape_set_text(&e->doc.shape, c, content, false, a);
		return;
	}
	c->text = c->body;
	if (strlen(content) > BOUND_COMMENT_BYTES)
		diag_add(&e->doc.diags, DIAG_COMMENT_CUT, input_where(e->doc.in, a, c->line),
			 "longer than %d bytes and cut there", BOUND_COMMENT_BYTES);
}

static void end_entry(struct feed *e)
{
	struct document *doc = &e->doc;
	struct comment c = { .line = e->line };
	struct thread_ref ref = { 0 };
	const char *own;

	e->in_entry = false;
	c.id = pointed_at(e->link, &doc->part);
	if (!c.id)
		c.id = pointed_at(e->guid, &doc->part);
	own = c.id;
	if (!c.id && !e->has_answers) {
		e->articles++;
		arena_clear(&doc->part);
		return;
	}
	if (!c.id)
		c.id = e->guid;
	doc->shape.line = e->line;
	set_place(e, &c, own);
	set_text(e, &c);
	set_thread(e, e->guid, &ref);
	c.thread = &ref;
	c.url = e->link;
	c.author = comment_name_is_nobody(e->author) ? NULL : e->author;
	c.status = e->removed ? COMMENT_DELETED : COMMENT_LIVE;
	c.date = e->date ? e->date : e->updated;
	input_read_date(&c, false, &doc->shape.prose);
	e->comments++;
	document_queue(doc, &c);
}

/* ---- elements ---- */

static void start_entry(struct feed *e)
{
	e->in_entry = true;
	e->in_author = false;
	e->line = markup_line(e->doc.markup);
	e->link = e->guid = e->author = e->date = e->updated = e->content = e->summary = NULL;
	e->answers = e->answers_at = e->related = NULL;
	e->plain = e->removed = e->has_answers = false;
}

static const char *att_copy(struct feed *e, const char **atts, const char *name)
{
	const char *value = html_att(atts, name);

	return value ? document_value(value, &e->doc.part) : NULL;
}

static void start_link(struct feed *e, const char **atts)
{
	const char *rel = html_att(atts, "rel"), *href = html_att(atts, "href");
	bool alternate = !rel || !strcmp(rel, "alternate");

	if (!href)
		return;
	if (!e->in_entry && alternate && !e->page.url)
		input_set_url(&e->page, &e->kept, href);
	else if (e->in_entry && alternate && !e->link)
		e->link = document_value(href, &e->doc.part);
	else if (e->in_entry && rel && !strcmp(rel, "related"))
		e->related = document_value(href, &e->doc.part);
}

/* Text is plain unless its type says otherwise; XHTML stands open in the feed. */
static void start_content(struct feed *e, const char **atts)
{
	const char *type = html_att(atts, "type");

	e->plain = !type || !strcmp(type, "text") || !strcmp(type, "text/plain");
	if (type && (!strcmp(type, "xhtml") || !strcmp(type, "application/xhtml+xml")))
		document_verbatim(&e->doc, true);
}

static void on_start(struct document *doc, const char *name, const char **atts)
{
	struct feed *e = (struct feed *)doc;
	const char *uri;

	if (!strcmp(name, "item") || !strcmp(name, "atom:entry")) {
		start_entry(e);
	} else if (!strcmp(name, "atom:link")) {
		start_link(e, atts);
	} else if (!strcmp(name, "atom:generator") && !e->in_entry) {
		uri = html_att(atts, "uri");
		e->wordpress = uri && strstr(uri, "wordpress");
	} else if (!e->in_entry) {
		return;
	} else if (!strcmp(name, "atom:author")) {
		e->in_author = true;
	} else if (!strcmp(name, "atom:content") ||
		   (!strcmp(name, "atom:summary") && !e->content)) {
		start_content(e, atts);
	} else if (!strcmp(name, "description") || !strcmp(name, "content:encoded")) {
		document_verbatim(doc, false); /* some forget to escape their HTML */
	} else if (!strcmp(name, "thr:in-reply-to")) {
		e->has_answers = true;
		e->answers = att_copy(e, atts, "ref");
		e->answers_at = att_copy(e, atts, "href");
	} else if (!strcmp(name, "gd:extendedProperty")) {
		uri = html_att(atts, "name");
		e->removed |= uri && !strcmp(uri, "blogger.contentRemoved");
	}
}

/* RSS has "mail@site (Name)"; the mail is nobody's business. */
static const char *name_beside_mail(struct feed *e, const char *text)
{
	const char *open = strchr(text, '('), *close = open ? strchr(open, ')') : NULL;

	if (open && close)
		return input_line(&e->doc.part, open + 1, (size_t)(close - open - 1),
				  BOUND_NAME_BYTES);
	return strchr(text, '@') ? NULL : document_name(&e->doc, text, &e->doc.part);
}

static void entry_part(struct feed *e, const char *name, const char *text)
{
	struct arena *a = &e->doc.part;
	const struct {
		const char *name, **value;
	} parts[] = {
		{ "link", &e->link },
		{ "guid", &e->guid },
		{ "atom:id", &e->guid },
		{ "pubDate", &e->date },
		{ "dc:date", &e->date },
		{ "atom:published", &e->date },
		{ "atom:updated", &e->updated },
	};

	if (!strcmp(name, "content:encoded") || !strcmp(name, "atom:content"))
		e->content = arena_strdup(a, text);
	else if (!strcmp(name, "description") || !strcmp(name, "atom:summary"))
		e->summary = arena_strdup(a, text);
	else if (!strcmp(name, "dc:creator") || (e->in_author && !strcmp(name, "atom:name")))
		e->author = document_name(&e->doc, text, a);
	else if (!strcmp(name, "author") && !e->author)
		e->author = name_beside_mail(e, text);
	else if (!strcmp(name, "atom:author"))
		e->in_author = false;
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!strcmp(name, parts[i].name))
			*parts[i].value = document_value(text, a);
}

static void feed_part(struct feed *e, const char *name, const char *text)
{
	const char *link;

	arena_clear(&e->doc.part);
	if (!strcmp(name, "title") || !strcmp(name, "atom:title")) {
		if (!e->title)
			e->title = document_name(&e->doc, text, &e->kept);
	} else if (!strcmp(name, "generator")) {
		e->wordpress = strstr(text, "wordpress") != NULL;
	} else if (!strcmp(name, "link") && !e->page.url) {
		link = document_value(text, &e->doc.part);
		if (link && strstr(link, "://"))
			input_set_url(&e->page, &e->kept, link);
	}
}

static void on_end(struct document *doc, const char *name, const char *text)
{
	struct feed *e = (struct feed *)doc;

	if (!e->in_entry)
		feed_part(e, name, text);
	else if (!strcmp(name, "item") || !strcmp(name, "atom:entry"))
		end_entry(e);
	else
		entry_part(e, name, text);
}

static void on_finish(struct document *doc, struct diags *d)
{
	const struct feed *e = (struct feed *)doc;

	if (e->articles && !e->comments)
		err_set(&doc->err, ERR_EMPTY, NULL, 0,
			"a feed of articles; an article's comments have a feed of their own");
	else if (e->articles)
		diag_add(d, DIAG_LINE_SKIPPED, file_name(doc->in->file),
			 "entries that are articles, not comments: %llu",
			 (unsigned long long)e->articles);
	diag_add(d, DIAG_FEED_PARTIAL, file_name(doc->in->file),
		 "a feed holds the newest comments only; older ones come by page, REST or export");
}

static const struct document_words words = { on_start, on_end, on_finish };

static void feed_free(void *state)
{
	struct feed *e = state;

	document_release(&e->doc);
	arena_release(&e->kept);
	free(e);
}

static void *feed_start(struct input *in, struct err *err)
{
	struct feed *e = mem_alloc(sizeof(*e));

	if (document_init(&e->doc, in, &words, err) == 0)
		return e;
	feed_free(e);
	return NULL;
}

const struct reader reader_feed = { feed_start, document_next, feed_free };
