/* input_threadjson.c - a comment in dear's own thread JSON.
 *
 * The form is described in data/thread-json.md. Lenient in names (id, key and
 * comment_id are one), strict in meaning: text is text, html is HTML.
 */
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"

#include "input_internal.h"

bool threadjson_is(const json_t *object)
{
	static const char *const texts[] = { "text", "html", "paragraphs" };
	const char *status;

	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (json_object_get(object, texts[i]))
			return true;
	status = json_string_value(json_object_get(object, "status"));
	return status && !strcmp(status, comment_status_word(COMMENT_DELETED));
}

/* The first of several names a member may have. */
static const char *any_text(struct shape *r, const json_t *object, const char *const *names,
			    struct arena *a)
{
	const char *text = NULL;

	for (; *names && !text; names++)
		text = shape_text(r, object, *names, a);
	return text && *text ? text : NULL;
}

static bool truth(struct shape *r, const json_t *object, const char *key)
{
	const json_t *value = json_object_get(object, key);

	if (value && !json_is_boolean(value) && !json_is_null(value))
		shape_bad(r, key, "true or false");
	return json_is_true(value);
}

/* Which of count words a member is; 0 when it is absent or none of them. */
static int choice(struct shape *r, const json_t *object, const char *key, const char *(*word)(int),
		  int count)
{
	const char *said = json_string_value(json_object_get(object, key));

	for (int i = 0; said && i < count; i++)
		if (!strcmp(said, word(i)))
			return i;
	if (said)
		shape_bad(r, key, "one of the words for it");
	return 0;
}

static const char *status_word(int i)
{
	return comment_status_word((enum comment_status)i);
}

static const char *known_word(int i)
{
	return parent_known_word((enum parent_known)i);
}

static const char *account_word(int i)
{
	static const char *const words[] = { "unknown", "guest", "user" };

	return words[i];
}

static void read_parent(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	ret->parent = any_text(r, object, (const char *const[]){ "parent", NULL }, a);
	/* A number 0 is WordPress' "none"; a key may well be called "0". */
	if (json_is_integer(json_object_get(object, "parent")) && !strcmp(ret->parent, "0"))
		ret->parent = NULL;
	ret->parent_known =
		(enum parent_known)choice(r, object, "parent_known", known_word, PARENT_LOST + 1);
}

static void read_account(struct shape *r, const json_t *object, struct arena *a,
			 struct comment *ret)
{
	ret->author = any_text(r, object, (const char *const[]){ "author", NULL }, a);
	if (comment_name_is_nobody(ret->author))
		ret->author = NULL;
	ret->user_id = any_text(r, object, (const char *const[]){ "user_id", NULL }, a);
	ret->account = (enum account)choice(r, object, "account", account_word, ACCOUNT_USER + 1);
	if (ret->user_id)
		ret->account = ACCOUNT_USER;
	ret->staff = truth(r, object, "staff");
}

static const char *join_paragraphs(struct shape *r, const json_t *paragraphs)
{
	const json_t *p;
	size_t i;

	buf_clear(&r->text);
	json_array_foreach(paragraphs, i, p)
	{
		if (i)
			buf_puts(&r->text, "\n\n");
		if (json_is_string(p))
			buf_puts(&r->text, json_string_value(p));
	}
	return buf_str(&r->text);
}

static void read_text(struct shape *r, const json_t *object, struct arena *a, struct comment *ret)
{
	const char *html = json_string_value(json_object_get(object, "html"));
	const char *text = json_string_value(json_object_get(object, "text"));
	const json_t *paragraphs = json_object_get(object, "paragraphs");

	if (!text && html) {
		ret->body = input_copy(a, html, strlen(html), BOUND_COMMENT_BYTES);
		ret->body_html = true;
		shape_set_text(r, ret, html, false, a);
		return;
	}
	if (!text)
		text = join_paragraphs(r, paragraphs);
	if (strlen(text) > BOUND_COMMENT_BYTES)
		diag_add(r->diags, DIAG_COMMENT_CUT, input_where(r->in, a, r->line),
			 "longer than %d bytes and cut there", BOUND_COMMENT_BYTES);
	ret->text = input_copy(a, text, strlen(text), BOUND_COMMENT_BYTES);
	ret->body = ret->text;
}

void threadjson_read(struct shape *r, json_t *object, struct arena *a, struct comment *ret)
{
	static const char *const ids[] = { "id", "comment_id", "key", NULL };

	ret->id = any_text(r, object, ids, a);
	read_parent(r, object, a, ret);
	read_account(r, object, a, ret);
	ret->date = any_text(r, object, (const char *const[]){ "date", NULL }, a);
	input_read_date(ret, false, &r->prose);
	ret->url = any_text(r, object, (const char *const[]){ "url", NULL }, a);
	ret->status =
		(enum comment_status)choice(r, object, "status", status_word, COMMENT_STATUS_COUNT);
	read_text(r, object, a, ret);
}
