/* responses_safety.c - safety.json: the fixed text for whoever may be in danger,
 * with the helplines of the country that is set.
 */
#include <string.h>
#include <strings.h>

#include "dear/err.h"
#include "dear/jread.h"
#include "draft_internal.h"

static int put_helplines(const struct jread *country, const char *begin, struct buf *out,
			 struct err *err)
{
	static const char *const names[] = { "say", "source", "checked", NULL };
	struct jread list;
	size_t count = 0;

	if (responses_list(country, "helplines", &list, &count, err) < 0)
		return -1;
	buf_printf(out, "\n\n%s", begin);
	for (size_t i = 0; i < count; i++) {
		struct jread line = jread_element(&list, i);
		const char *say, *source, *checked;

		if (jread_only(&line, names, err) < 0 ||
		    jread_need_string(&line, "say", &say, err) < 0 ||
		    jread_need_string(&line, "source", &source, err) < 0 ||
		    jread_need_string(&line, "checked", &checked, err) < 0)
			return -1;
		buf_printf(out, " %s%s", say, i + 1 < count ? ";" : ".");
	}
	return 0;
}

/* Reads every country, so that a fault in one shows before it is needed; adds
 * the one that is wanted. */
static int put_country(const struct jread *top, const char *wanted, struct buf *out,
		       struct err *err)
{
	static const char *const names[] = { "country", "begin", "helplines", NULL };
	struct buf unwanted = BUF_INIT;
	struct jread list, at = jread_member(top, "country");
	size_t count = 0;
	bool found = false;
	int rc = responses_list(top, "countries", &list, &count, err);

	for (size_t i = 0; rc == 0 && i < count; i++) {
		struct jread country = jread_element(&list, i);
		const char *code, *begin;

		if (jread_only(&country, names, err) < 0 ||
		    jread_need_string(&country, "country", &code, err) < 0 ||
		    jread_need_string(&country, "begin", &begin, err) < 0) {
			rc = -1;
			break;
		}
		bool is = wanted && strcasecmp(code, wanted) == 0;
		found |= is;
		rc = put_helplines(&country, begin, is ? out : &unwanted, err);
	}
	buf_release(&unwanted);
	if (rc == 0 && wanted && !found)
		rc = jread_fail(&at, err, "no checked helplines for '%s'", wanted);
	return rc;
}

static int put_text(const struct jread *top, struct buf *out, struct err *err)
{
	struct jread list;
	size_t count = 0;

	if (responses_list(top, "text", &list, &count, err) < 0)
		return -1;
	if (count == 0)
		return jread_fail(top, err, "\"text\" is missing: a list of paragraphs");
	for (size_t i = 0; i < count; i++) {
		struct jread paragraph = jread_element(&list, i);

		if (!json_is_string(paragraph.value))
			return jread_fail(&paragraph, err, "expected a paragraph");
		buf_printf(out, "%s%s", i ? "\n\n" : "", json_string_value(paragraph.value));
	}
	return 0;
}

int responses_safety_load(struct responses *r, const char *path, struct err *err)
{
	static const char *const names[] = { "about", "country", "text", "countries", NULL };
	json_t *root = responses_json(r, path, err);
	struct buf out = BUF_INIT;
	const char *wanted = NULL;
	struct jread top;
	int rc = -1;

	if (!root)
		return -1;
	top = jread_top(root, path, 0, ERR_RULES);
	if (jread_only(&top, names, err) == 0 && jread_string(&top, "country", &wanted, err) == 0 &&
	    put_text(&top, &out, err) == 0)
		rc = put_country(&top, wanted, &out, err);
	if (rc == 0) {
		const char *name = strrchr(r->voice.signoff, '\n');

		buf_printf(&out, "\n\n%s", name ? name + 1 : r->voice.signoff);
		r->safety = arena_strdup(&r->arena, buf_str(&out));
	}
	buf_release(&out);
	json_decref(root);
	return rc;
}
