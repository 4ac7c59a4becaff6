/* input_wordpress.c - the words of WordPress and its themes.
 *
 * Tables of class names, ids and addresses: which element is a comment, what
 * its parts are for, what a page says of its article. Class names are compared
 * whole; no English word of a page is ever looked at.
 */
#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"

#include "input_internal.h"

/* ---- parts of a comment ---- */

/* Sorted. */
static const struct {
	const char *word;
	enum role role;
} roles[] = {
	{ "avatar", ROLE_CHROME },
	{ "by-post-author", ROLE_CHROME },
	{ "comment-actions", ROLE_CHROME },
	{ "comment-author", ROLE_NAME_AROUND },
	{ "comment-author-avatar", ROLE_CHROME },
	{ "comment-author-link", ROLE_NAME },
	{ "comment-author-name", ROLE_NAME },
	{ "comment-avatar", ROLE_CHROME },
	{ "comment-awaiting-moderation", ROLE_PENDING },
	{ "comment-body", ROLE_BODY_AROUND },
	{ "comment-content", ROLE_BODY },
	{ "comment-date", ROLE_DATE },
	{ "comment-edit-link", ROLE_CHROME },
	{ "comment-entry", ROLE_BODY_LIKELY },
	{ "comment-form", ROLE_CHROME },
	{ "comment-likes", ROLE_CHROME },
	{ "comment-meta", ROLE_META },
	{ "comment-metadata", ROLE_DATE_AROUND },
	{ "comment-reply", ROLE_CHROME },
	{ "comment-reply-link", ROLE_REPLY },
	{ "comment-reply-login", ROLE_REPLY },
	{ "comment-respond", ROLE_CHROME },
	{ "comment-text", ROLE_BODY_LIKELY },
	{ "comment-time", ROLE_DATE },
	{ "comment_content", ROLE_BODY_LIKELY },
	{ "comment_text", ROLE_BODY_LIKELY },
	{ "commentmetadata", ROLE_DATE_AROUND },
	{ "comments-pagination", ROLE_CHROME },
	{ "commenttext", ROLE_BODY_LIKELY },
	{ "edit-link", ROLE_CHROME },
	{ "fn", ROLE_NAME },
	{ "moderation", ROLE_PENDING },
	{ "post-author", ROLE_CHROME },
	{ "post-author-badge", ROLE_CHROME },
	{ "reply", ROLE_CHROME },
	{ "says", ROLE_CHROME },
	{ "screen-reader-text", ROLE_CHROME },
	{ "sharedaddy", ROLE_CHROME },
	{ "wp-block-avatar", ROLE_CHROME },
	{ "wp-block-comment-author-name", ROLE_NAME },
	{ "wp-block-comment-content", ROLE_BODY },
	{ "wp-block-comment-date", ROLE_DATE },
	{ "wp-block-comment-edit-link", ROLE_CHROME },
	{ "wp-block-comment-reply-link", ROLE_CHROME },
	{ "wp-block-post-comments-form", ROLE_CHROME },
};

static const char *next_word(const char **list, size_t *ret_len)
{
	const char *word;

	*list += strspn(*list, " \t\r\n\f");
	word = *list;
	*ret_len = strcspn(word, " \t\r\n\f");
	*list += *ret_len;
	return *ret_len ? word : NULL;
}

static enum role role_of_word(const char *word, size_t len)
{
	size_t low = 0, high = sizeof(roles) / sizeof(*roles);

	while (low < high) {
		size_t mid = (low + high) / 2;
		int order = strncmp(word, roles[mid].word, len);

		if (order == 0)
			order = roles[mid].word[len] ? -1 : 0;
		if (order == 0)
			return roles[mid].role;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return ROLE_NONE;
}

enum role wordpress_role(const char *name, const char **atts)
{
	const char *classes = html_att(atts, "class"), *script = html_att(atts, "onclick"), *word;
	enum role best = ROLE_NONE;
	size_t len;

	/* Themes of old have no class on the reply link, only its script. */
	if (script && strstr(script, "moveForm"))
		best = ROLE_REPLY;
	else if (!strcmp(name, "footer") || !strcmp(name, "header"))
		best = ROLE_META;
	else if (!strcmp(name, "form") || !strcmp(name, "nav") || !strcmp(name, "textarea"))
		best = ROLE_CHROME;
	while (classes && (word = next_word(&classes, &len))) {
		enum role role = role_of_word(word, len);

		if (role > best)
			best = role;
	}
	return best;
}

/* ---- which element is a comment ---- */

static bool may_be_comment(const char *name)
{
	return !strcmp(name, "li") || !strcmp(name, "div") || !strcmp(name, "article") ||
	       !strcmp(name, "section");
}

static bool is_word(const char *word, size_t len, const char *wanted)
{
	return strlen(wanted) == len && !memcmp(word, wanted, len);
}

/* The number in "depth-3"; 0 for anything else. */
static int number_after(const char *word, size_t len, const char *prefix)
{
	size_t from = strlen(prefix);
	long n;

	if (len <= from || memcmp(word, prefix, from) || !isdigit((unsigned char)word[from]))
		return 0;
	n = strtol(word + from, NULL, 10);
	return n < INT_MAX ? (int)n : INT_MAX;
}

/* "comment-12", "li-comment-12", "div-comment-12": the 12. */
static void mark_id(struct mark *m, const char *id)
{
	static const char *const prefixes[] = { "comment-", "li-comment-", "div-comment-" };

	for (size_t i = 0; id && i < sizeof(prefixes) / sizeof(*prefixes); i++) {
		size_t from = strlen(prefixes[i]), n;

		if (strncmp(id, prefixes[i], from))
			continue;
		n = strspn(id + from, "0123456789");
		if (n && n < sizeof(m->id) && !id[from + n])
			memcpy(m->id, id + from, n + 1);
	}
}

static void mark_word(struct mark *m, const char *word, size_t len, bool *comment)
{
	static const char author[] = "comment-author-";
	int depth = number_after(word, len, "depth-");

	if (depth) {
		m->depth = depth;
	} else if (is_word(word, len, "comment")) {
		*comment = true;
	} else if (is_word(word, len, "pingback")) {
		*comment = true;
		m->status = COMMENT_PINGBACK;
	} else if (is_word(word, len, "trackback")) {
		*comment = true;
		m->status = COMMENT_TRACKBACK;
	} else if (is_word(word, len, "bypostauthor")) {
		m->staff = true;
	} else if (is_word(word, len, "byuser")) {
		m->user = true;
	} else if (len > strlen(author) && !strncmp(word, author, strlen(author)) &&
		   len - strlen(author) < sizeof(m->nicename)) {
		memcpy(m->nicename, word + strlen(author), len - strlen(author));
		m->nicename[len - strlen(author)] = '\0';
	}
}

void wordpress_mark(const char *name, const char **atts, struct mark *ret)
{
	const char *classes, *word;
	bool comment = false;
	size_t len;

	*ret = (struct mark){ 0 };
	if (!may_be_comment(name))
		return;
	mark_id(ret, html_att(atts, "id"));
	classes = html_att(atts, "class");
	while (classes && (word = next_word(&classes, &len)))
		mark_word(ret, word, len, &comment);
	if (!ret->user && !ret->staff)
		ret->nicename[0] = '\0';
	ret->told = comment && ret->depth;
	ret->strong = *ret->id && ret->told;
	ret->is_node = *ret->id || ret->told;
}

/* ---- what a page says of its article ---- */

enum post_rank { POST_API = 1, POST_SHORTLINK, POST_BODY, POST_FORM, POST_REPLY };
enum url_rank { URL_PERMALINK = 1, URL_SHARED, URL_CANONICAL };
/* A heading without a telling class counts when the title begins with it. */
enum title_rank { TITLE_TAG = 1, TITLE_PLAIN_HEADING, TITLE_SHARED, TITLE_HEADING };

static void set_post(struct facts *f, int rank, const char *digits)
{
	size_t n = digits ? strspn(digits, "0123456789") : 0;

	if (n == 0 || n >= NODE_ID_MAX || rank <= f->post_rank || *digits == '0')
		return;
	f->post_id = arena_strndup(f->strings, digits, n);
	f->post_rank = rank;
	f->changed = true;
}

static void facts_url(struct facts *f, int rank, const char *url)
{
	if (!url || rank <= f->url_rank ||
	    (strncmp(url, "http://", 7) && strncmp(url, "https://", 8)))
		return;
	f->url = input_copy(f->strings, url, strlen(url), BOUND_NAME_BYTES);
	f->url_rank = rank;
	f->changed = true;
}

static void facts_title(struct facts *f, int rank, const char *text, size_t len)
{
	const char *title;

	if (rank <= f->title_rank)
		return;
	title = input_line(f->strings, text, len, BOUND_NAME_BYTES);
	if (!*title || (rank == TITLE_PLAIN_HEADING &&
			(!f->title || strncmp(f->title, title, strlen(title)) != 0)))
		return;
	f->title = title;
	f->title_rank = rank;
	f->changed = true;
}

void facts_permalink(struct facts *f, const char *url)
{
	int page = input_url_page(url);

	facts_url(f, URL_PERMALINK, url);
	if (page && !f->page) {
		f->page = page;
		f->changed = true;
	}
}

static const char *after(const char *s, const char *mark)
{
	const char *at = s ? strstr(s, mark) : NULL;

	return at ? at + strlen(mark) : NULL;
}

static void body_facts(struct facts *f, const char *classes)
{
	static const char *const prefixes[] = { "postid-", "page-id-" };
	const char *word;
	size_t len;

	while (classes && (word = next_word(&classes, &len)))
		for (size_t i = 0; i < sizeof(prefixes) / sizeof(*prefixes); i++)
			if (number_after(word, len, prefixes[i]))
				set_post(f, POST_BODY, word + strlen(prefixes[i]));
}

static void link_facts(struct facts *f, const char **atts)
{
	const char *rel = html_att(atts, "rel"), *href = html_att(atts, "href");
	const char *api;

	if (!rel || !href)
		return;
	if (html_has_class(rel, "canonical")) {
		int page = input_url_page(href);

		facts_url(f, URL_CANONICAL, href);
		if (page) {
			f->page = page;
			f->changed = true;
		}
	} else if (html_has_class(rel, "shortlink")) {
		set_post(f, POST_SHORTLINK, after(href, "?p="));
	} else if (html_has_class(rel, "alternate")) {
		api = after(href, "/wp/v2/posts/");
		set_post(f, POST_API, api ? api : after(href, "/wp/v2/pages/"));
	}
}

static void meta_facts(struct facts *f, const char **atts)
{
	const char *property = html_att(atts, "property"), *content = html_att(atts, "content");

	if (!property || !content)
		return;
	if (!strcmp(property, "og:title"))
		facts_title(f, TITLE_SHARED, content, strlen(content));
	else if (!strcmp(property, "og:url"))
		facts_url(f, URL_SHARED, content);
}

static void input_facts(struct facts *f, const char **atts)
{
	const char *name = html_att(atts, "name");

	if (!name || strcmp(name, "comment_post_ID"))
		return;
	f->form = true;
	set_post(f, POST_FORM, html_att(atts, "value"));
}

static void anchor_facts(struct facts *f, const char *href)
{
	int page = href && strstr(href, "#comments") ? input_url_page(href) : 0;

	if (page > f->pages) {
		f->pages = page;
		f->changed = true;
	}
}

void wordpress_facts(struct facts *f, const char *name, const char **atts, bool in_comment)
{
	const char *id;

	if (!strcmp(name, "a")) {
		if (!in_comment)
			anchor_facts(f, html_att(atts, "href"));
	} else if (!strcmp(name, "link")) {
		link_facts(f, atts);
	} else if (!strcmp(name, "meta")) {
		meta_facts(f, atts);
	} else if (!strcmp(name, "body")) {
		body_facts(f, html_att(atts, "class"));
	} else if (!strcmp(name, "input")) {
		input_facts(f, atts);
	} else if (!strcmp(name, "div")) {
		id = html_att(atts, "id");
		if (id && !strcmp(id, "respond"))
			f->form = true;
	}
}

void wordpress_reply_link(struct facts *f, const char **atts)
{
	const char *script = html_att(atts, "onclick"), *post;

	f->links = true;
	set_post(f, POST_REPLY, html_att(atts, "data-postid"));
	/* moveForm("div-comment-7", "7", "respond", "42") */
	post = after(script, "respond");
	if (post)
		set_post(f, POST_REPLY, post + strcspn(post, "0123456789"));
}

/* Rank of an element whose text may be the title; 0 when it is none. */
static int title_rank(const char *name, const char *classes)
{
	if (!strcmp(name, "title"))
		return TITLE_TAG;
	if (!strcmp(name, "h1") || !strcmp(name, "h2"))
		if (html_has_class(classes, "entry-title") ||
		    html_has_class(classes, "wp-block-post-title"))
			return TITLE_HEADING;
	return !strcmp(name, "h1") ? TITLE_PLAIN_HEADING : 0;
}

void heading_open(struct heading *h, const char *name, const char **atts, bool wanted)
{
	if (!h->rank && wanted) {
		h->rank = title_rank(name, html_att(atts, "class"));
		h->depth = 0;
		buf_clear(&h->text);
	}
	h->depth++;
}

void heading_text(struct heading *h, const char *s, size_t n)
{
	if (h->rank && h->text.len < BOUND_NAME_BYTES)
		buf_add(&h->text, s, n);
}

void heading_close(struct heading *h, struct facts *f)
{
	if (!h->rank || --h->depth)
		return;
	facts_title(f, h->rank, buf_str(&h->text), h->text.len);
	h->rank = 0;
}

void facts_publish(struct facts *f, struct thread_ref *ref)
{
	if (!f->changed)
		return;
	f->changed = false;
	if (f->url)
		input_set_url(ref, f->strings, f->url);
	ref->post_id = f->post_id;
	ref->title = f->title;
	if (f->page > f->pages)
		f->pages = f->page;
	ref->page = f->pages > 1 ? f->page : 0;
	ref->pages = f->pages > 1 ? f->pages : 0;
}
