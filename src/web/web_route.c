/* web_route.c - one table says which page answers which address. */
#include <string.h>

#include "dear/err.h"

#include "web_internal.h"

enum { OPEN = 1, WRITE = 2, PREFIX = 4, NUMBER = 8, OWN_TOKEN = 16 };

/* OPEN: for strangers too. WRITE: a POST that brings the session's token in its
 * form. NUMBER: a number follows, and with WRITE what to do with it. */
static const struct route {
	const char *path;
	unsigned flags;
	int (*answer)(struct web_request *q, struct err *err);
} routes[] = {
	{ "/", 0, web_queue },
	{ "/item/", NUMBER, web_item },
	{ "/item/", NUMBER | WRITE, web_decide },
	{ "/thread/", NUMBER, web_thread },
	{ "/style", WRITE | OWN_TOKEN, web_style },
	{ "/stats", 0, web_stats },
	{ "/bulk", 0, web_bulk },
	{ "/bulk", WRITE, web_bulk_approve },
	{ "/undo", WRITE, web_undo_last },
	{ "/filters", WRITE, web_filter_keep },
	{ "/filters/drop", WRITE, web_filter_drop },
	{ "/keys", 0, web_keys },
	{ "/in", OPEN, web_sign_in_page },
	{ "/in", OPEN | WRITE, web_sign_in },
	{ "/in/", OPEN | PREFIX, web_sign_in_link },
	{ "/out", WRITE, web_sign_out },
	{ "/desk.css", OPEN, web_asset },
	{ "/desk.js", OPEN, web_asset },
	{ "/desk.svg", OPEN, web_asset },
};

/* "/item/12" or, where something is done with it, "/item/12/approve". */
static bool has_number(const char *rest, bool write, int64_t *ret)
{
	size_t n = strspn(rest, "0123456789");
	char digits[20] = "";

	if (n == 0 || n >= sizeof(digits) || (rest[n] && !(write && rest[n] == '/')))
		return false;
	memcpy(digits, rest, n);
	*ret = web_number(digits);
	return *ret > 0;
}

static bool leads(const struct route *r, struct web_request *q)
{
	size_t len = strlen(r->path);

	if (((r->flags & WRITE) != 0) != q->post)
		return false;
	if (!(r->flags & (PREFIX | NUMBER)))
		return !strcmp(r->path, q->path);
	if (strncmp(r->path, q->path, len) != 0)
		return false;
	return r->flags & PREFIX || has_number(q->path + len, r->flags & WRITE, &q->number);
}

static bool may_pass(const struct route *r, struct web_request *q)
{
	if (r->flags & OPEN)
		return true;
	if (!q->session && q->post)
		web_say(q, 403, "Signed out",
			"You are not signed in any more; nothing was changed.");
	else if (!q->session)
		web_go(q, "/in");
	if (!q->session)
		return false;
	return !(r->flags & WRITE) ||
	       web_door_token(q, r->flags & OWN_TOKEN ? web_header(q, "X-Dear-Token")
						      : web_form(q, "token"));
}

static void answer_with(const struct route *r, struct web_request *q)
{
	struct err err = { 0 };

	if (!may_pass(r, q) || r->answer(q, &err) == 0)
		return;
	if (q->web->o.say)
		q->web->o.say(arena_printf(&q->arena, "%s: %s: %s", q->path, err.where, err.msg));
	web_say(q, err.code == ERR_STORE ? 503 : 500, "That did not work",
		arena_printf(&q->arena, "%s. Nothing was changed.", err.msg));
}

void web_route(struct web_request *q)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(*routes); i++)
		if (leads(&routes[i], q)) {
			answer_with(&routes[i], q);
			return;
		}
	web_say(q, 404, "Not here", "There is no such page.");
}
