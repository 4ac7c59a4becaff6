/* site_look.c - what stands on the site, seen before anything is sent there and
 * after: the comment a reply is for, the replies below it, and what of it
 * strangers see.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/input.h"

#include "site_internal.h"

enum { ANCESTORS_MAX = 50 };

/* GET of a comment; 200 and its JSON in ret, else NULL there. -1 on faults. */
static int get_comment(struct site *s, const char *id, bool anonymous, json_t **ret,
		       struct http_answer *answer, struct err *err)
{
	struct buf url = BUF_INIT, route = BUF_INIT;
	int status;

	*ret = NULL;
	buf_printf(&route, "wp/v2/comments/%s", id);
	site_url(s, buf_str(&route),
		 s->moderates && !anonymous ? "context=edit&_fields=id,post,parent,status"
					    : "_fields=id,post,parent,status",
		 &url);
	status = site_get(s, buf_str(&url), anonymous, answer, err);
	if (status == 0 && answer->status == 200) {
		*ret = site_json(answer, err);
		status = *ret ? 0 : -1;
	}
	buf_release(&url);
	buf_release(&route);
	return status;
}

static int not_live(struct push_result *ret, struct arena *a, const char *id, const char *parent,
		    const char *how)
{
	ret->outcome = PUSH_NO_PARENT;
	ret->text = id == parent ? arena_printf(a, "its comment %s", how)
				 : arena_printf(a, "comment %s, further up, %s", id, how);
	return 0;
}

/* A reply below a comment that is not approved is accepted and shows nowhere; nor
 * does one whose comment hangs below such a one. */
int site_look_parent(struct site *s, const char *post, const char *parent, struct arena *a,
		     struct push_result *ret, struct err *err)
{
	struct http_answer answer = { 0 };
	const char *id = parent;
	int status = 0;

	ret->outcome = PUSH_POSTED;
	for (int n = 0; status == 0 && n < ANCESTORS_MAX && strcmp(id, "0"); n++) {
		json_t *c;
		const char *state, *up, *on;

		status = get_comment(s, id, false, &c, &answer, err);
		if (status < 0)
			break;
		if (!c) {
			status = not_live(ret, a, id, parent,
					  answer.status == 404 ? "is not on the site any more"
							       : "is not to be seen on the site");
			break;
		}
		state = site_text(c, "status", a);
		up = site_text(c, "parent", a);
		on = site_text(c, "post", a);
		json_decref(c);
		if (on && strcmp(on, post))
			status = not_live(ret, a, id, parent, "is on another article");
		else if (state && strcmp(state, "approved"))
			status = not_live(ret, a, id, parent,
					  arena_printf(a, "is not approved there (%s)", state));
		else
			id = up ? up : "0";
		if (ret->outcome != PUSH_POSTED)
			break;
	}
	http_answer_release(&answer);
	return status;
}

/* Whether a comment's text is the reply's, in any rendering. */
static bool same_text(const json_t *comment, uint64_t hash)
{
	static const char *const keys[] = { "raw", "rendered" };
	const json_t *content = json_object_get(comment, "content");
	bool same = false;

	for (size_t i = 0; i < 2 && !same; i++) {
		const char *html = json_string_value(json_object_get(content, keys[i]));
		struct buf text = BUF_INIT;

		if (!html)
			continue;
		input_html_text(html, strlen(html), &text);
		same = comment_hash(buf_str(&text)) == hash;
		buf_release(&text);
	}
	return same;
}

static void search(const json_t *list, uint64_t hash, struct arena *a, const char **ret_id,
		   const char **ret_other)
{
	const json_t *comment;
	size_t i;

	json_array_foreach(list, i, comment)
	{
		const char *id = site_text(comment, "id", a);

		if (same_text(comment, hash)) {
			*ret_id = id;
			return;
		}
		*ret_other = id;
	}
}

/* A page of the account's replies to one comment is all of them. Who moderates
 * sees those that are held, too. */
int site_look_reply(struct site *s, const char *post, const char *parent, const char *text,
		    struct arena *a, const char **ret_id, const char **ret_other, struct err *err)
{
	struct http_answer answer = { 0 };
	struct buf url = BUF_INIT, query = BUF_INIT;
	json_t *list = NULL;
	int status = -1;

	*ret_id = *ret_other = NULL;
	buf_printf(&query, "post=%s&parent=%s&per_page=100&_fields=id,author,content", post,
		   parent);
	if (s->moderates)
		buf_printf(&query, "&author=%s&status=any&context=edit", s->me);
	site_url(s, "wp/v2/comments", buf_str(&query), &url);
	if (site_get(s, buf_str(&url), false, &answer, err) < 0)
		goto out;
	if (answer.status != 200) {
		site_refused(&answer, err);
		goto out;
	}
	list = site_json(&answer, err);
	if (!list)
		goto out;
	/* Who can't ask for an author is given everybody's. */
	for (size_t i = json_array_size(list); i-- > 0;) {
		const char *author = site_text(json_array_get(list, i), "author", a);

		if (!author || strcmp(author, s->me))
			json_array_remove(list, i);
	}
	search(list, comment_hash(text), a, ret_id, ret_other);
	status = *ret_id != NULL;
out:
	json_decref(list);
	buf_release(&query);
	buf_release(&url);
	http_answer_release(&answer);
	return status;
}

/* A site that shows strangers nothing at all by its interface tells nothing
 * about this one. */
int site_look_public(struct site *s, const char *id, bool *ret, struct err *err)
{
	struct http_answer answer = { 0 };
	struct site_refusal refusal;
	json_t *comment;
	int status = get_comment(s, id, true, &comment, &answer, err);

	if (status == 0) {
		site_refusal(&answer, &refusal);
		*ret = comment || !strncmp(refusal.code, "rest_not_logged_in", 18) ||
		       !strncmp(refusal.code, "rest_forbidden", 14);
	}
	json_decref(comment);
	http_answer_release(&answer);
	return status;
}
