/* input_wxr.c - a WordPress export (WXR): many articles, each with its
 * comments.
 *
 * An article's author is named by login, a comment's by number; the list of
 * accounts at the file's start joins the two. E-mail and IP addresses are read
 * past. Articles without comments leave no trace.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/file.h"
#include "dear/mem.h"

#include "input_document_internal.h"

/* One who may write articles; what she is shown as stands in for a comment
 * without a name. */
struct account_row {
	const char *id, *login, *name;
};

struct wxr {
	struct document doc;
	enum { IN_CHANNEL, IN_AUTHOR, IN_ITEM, IN_COMMENT } place;
	struct arena kept; /* accounts */
	struct account_row *accounts;
	size_t account_count, account_size, left_out;
	struct arena strings; /* of the article under way */
	struct thread_ref article;
	const char *link, *creator, *creator_id;
	const char *id, *parent, *author, *date, *date_gmt, *content, *approved, *type, *user;
	int line;
	bool any, unknown; /* an article with comments has no known author */
};

static void start_place(struct wxr *w, const char *name)
{
	if (w->place == IN_CHANNEL && !strcmp(name, "wp:author")) {
		w->place = IN_AUTHOR;
		w->accounts = mem_grow(w->accounts, &w->account_size, w->account_count + 1,
				       sizeof(*w->accounts));
		w->accounts[w->account_count] = (struct account_row){ 0 };
	} else if (w->place == IN_CHANNEL && !strcmp(name, "item")) {
		w->place = IN_ITEM;
		arena_clear(&w->strings);
		w->article = (struct thread_ref){ 0 };
		w->link = w->creator = w->creator_id = NULL;
	} else if (w->place == IN_ITEM && !strcmp(name, "wp:comment")) {
		w->place = IN_COMMENT;
		w->line = markup_line(w->doc.markup);
		w->id = w->parent = w->author = w->date = w->date_gmt = NULL;
		w->content = w->approved = w->type = w->user = NULL;
	}
}

static void on_start(struct document *doc, const char *name, const char **atts)
{
	(void)atts;
	start_place((struct wxr *)doc, name);
}

/* ---- accounts ---- */

static void author_part(struct wxr *w, const char *name, const char *text)
{
	struct account_row *row = &w->accounts[w->account_count];

	if (w->account_count == BOUND_ACCOUNTS)
		return;
	if (!strcmp(name, "wp:author_id"))
		row->id = document_value(text, &w->kept);
	else if (!strcmp(name, "wp:author_login"))
		row->login = document_value(text, &w->kept);
	else if (!strcmp(name, "wp:author_display_name"))
		row->name = document_name(&w->doc, text, &w->kept);
}

static void end_author(struct wxr *w)
{
	w->place = IN_CHANNEL;
	if (w->account_count < BOUND_ACCOUNTS)
		w->account_count++;
	else
		w->left_out++;
}

static const struct account_row *account_of(const struct wxr *w, const char *id)
{
	for (size_t i = 0; id && i < w->account_count; i++)
		if (w->accounts[i].id && !strcmp(w->accounts[i].id, id))
			return &w->accounts[i];
	return NULL;
}

/* ---- articles ---- */

static void set_creator(struct wxr *w, const char *login)
{
	w->creator = login;
	for (size_t i = 0; login && i < w->account_count; i++)
		if (w->accounts[i].login && !strcmp(w->accounts[i].login, login))
			w->creator_id = w->accounts[i].id;
}

static void item_part(struct wxr *w, const char *name, const char *text)
{
	struct arena *a = &w->strings;

	if (!strcmp(name, "title")) {
		w->article.title = document_name(&w->doc, text, a);
		w->article.stored_title = document_value(text, a);
	} else if (!strcmp(name, "link")) {
		w->link = document_value(text, a);
		if (w->link)
			input_set_url(&w->article, a, w->link);
	} else if (!strcmp(name, "wp:post_id")) {
		w->article.post_id = document_value(text, a);
	} else if (!strcmp(name, "wp:post_date")) {
		w->article.posted = document_value(text, a);
	} else if (!strcmp(name, "wp:post_date_gmt")) {
		w->article.posted_gmt = document_value(text, a);
	} else if (!strcmp(name, "wp:post_type")) {
		w->article.kind = document_value(text, a);
	} else if (!strcmp(name, "dc:creator")) {
		w->article.login = document_value(text, a);
		set_creator(w, w->article.login);
	}
}

/* ---- comments ---- */

static void comment_part(struct wxr *w, const char *name, const char *text)
{
	struct arena *a = &w->doc.part;
	const struct {
		const char *name, **value;
	} parts[] = {
		{ "wp:comment_id", &w->id },
		{ "wp:comment_parent", &w->parent },
		{ "wp:comment_date", &w->date },
		{ "wp:comment_date_gmt", &w->date_gmt },
		{ "wp:comment_approved", &w->approved },
		{ "wp:comment_type", &w->type },
		{ "wp:comment_user_id", &w->user },
	};

	if (!strcmp(name, "wp:comment_content"))
		w->content = arena_strdup(a, text);
	else if (!strcmp(name, "wp:comment_author"))
		w->author = document_name(&w->doc, text, a);
	for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
		if (!strcmp(name, parts[i].name))
			*parts[i].value = document_value(text, a);
}

static bool is_zero(const char *number)
{
	return number && !strcmp(number, "0");
}

/* A registered user's comment may leave out the name. */
static void set_author(const struct wxr *w, struct comment *c)
{
	const struct account_row *account = NULL;

	c->author = w->author;
	c->account = !w->user ? ACCOUNT_UNKNOWN : is_zero(w->user) ? ACCOUNT_GUEST : ACCOUNT_USER;
	if (c->account == ACCOUNT_USER) {
		account = c->author ? NULL : account_of(w, w->user);
		c->user_id = w->user;
		c->staff = w->creator_id && !strcmp(w->creator_id, w->user);
		if (account)
			c->author = account->name ? account->name : account->login;
	} else if (comment_name_is_nobody(c->author)) {
		c->author = NULL;
	}
}

static void end_comment(struct wxr *w)
{
	struct document *doc = &w->doc;
	struct arena *a = &doc->part;
	const char *content = w->content ? w->content : "";
	struct comment c = { .line = w->line, .id = w->id, .thread = &w->article };

	w->place = IN_ITEM;
	w->any = true;
	w->unknown |= !w->creator_id;
	doc->shape.line = w->line;
	if (!is_zero(w->parent))
		c.parent = w->parent;
	if (!w->parent)
		c.parent_known = PARENT_LOST;
	set_author(w, &c);
	shape_set_date(&doc->shape, &c, w->date_gmt, w->date);
	shape_set_status(&c, w->approved, w->type);
	c.body = input_copy(a, content, strlen(content), BOUND_COMMENT_BYTES);
	c.body_html = true;
	shape_set_text(&doc->shape, &c, content, true, a);
	if (w->article.url && c.id)
		c.url = arena_printf(a, "%s#comment-%s", w->article.url, c.id);
	document_queue(doc, &c);
}

static void on_end(struct document *doc, const char *name, const char *text)
{
	struct wxr *w = (struct wxr *)doc;

	switch (w->place) {
	case IN_CHANNEL:
		return;
	case IN_AUTHOR:
		if (!strcmp(name, "wp:author"))
			end_author(w);
		else
			author_part(w, name, text);
		return;
	case IN_ITEM:
		if (!strcmp(name, "item"))
			w->place = IN_CHANNEL;
		else
			item_part(w, name, text);
		return;
	case IN_COMMENT:
		if (!strcmp(name, "wp:comment"))
			end_comment(w);
		else
			comment_part(w, name, text);
		return;
	}
}

static void on_finish(struct document *doc, struct diags *d)
{
	const struct wxr *w = (struct wxr *)doc;

	if (w->left_out)
		diag_add(d, DIAG_FIELD_BAD, file_name(doc->in->file),
			 "accounts past the first %d, not looked at: %zu", BOUND_ACCOUNTS,
			 w->left_out);
	if (w->any && w->unknown)
		diag_add(d, DIAG_NO_STAFF, file_name(doc->in->file),
			 "the export does not say which account wrote some of its articles; name "
			 "the column's with --staff-id or --staff");
}

static const struct document_words words = { on_start, on_end, on_finish };

static void wxr_free(void *state)
{
	struct wxr *w = state;

	document_release(&w->doc);
	arena_release(&w->kept);
	arena_release(&w->strings);
	free(w->accounts);
	free(w);
}

static void *wxr_start(struct input *in, struct err *err)
{
	struct wxr *w = mem_alloc(sizeof(*w));

	if (document_init(&w->doc, in, &words, err) == 0)
		return w;
	wxr_free(w);
	return NULL;
}

const struct reader reader_wxr = { wxr_start, document_next, wxr_free };
