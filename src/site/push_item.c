/* push_item.c - one reply on its way to the site: a look, a claim, the request,
 * what the answer means, a receipt.
 *
 * The order is what makes it safe. Nobody sends a reply that is there already,
 * since each looks first. The claim is in the store before the request leaves:
 * who dies before the receipt leaves it, and a young claim without a reply to be
 * seen means that one may still be arriving, so nothing is sent. It goes only
 * with the receipt, or when the site's answer says that nothing was taken.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/export.h"

#include "push_internal.h"

/* A site that says nothing of how long to wait after a flood of comments: it
 * counts fifteen seconds from the last one. In units of the usual pause. */
enum { FLOOD_PAUSES = 16, BUSY_SECONDS = 60, CLAIM_SECONDS_MAX = 24 * 60 * 60 };

/* One reply. */
struct posting {
	struct push *p;
	struct arena *a;
	struct item item;
	struct store_thread thread;
	const char *url, *body;
	struct http_answer answer;
	struct push_result result;
	struct err *err;
};

static int end(struct posting *g, enum push_outcome outcome, const char *native_id,
	       const char *text)
{
	g->result.outcome = outcome;
	g->result.native_id = native_id;
	g->result.text = text;
	return 0;
}

/* How long a request that nobody heard of again may still arrive: the pause
 * before it, the time it may take, and what a busy server may take after that. */
static int64_t claim_seconds(const struct push *p)
{
	return p->site->o.delay / 1000 + p->site->o.timeout + BUSY_SECONDS;
}

/* True when a receipt says so already: then one more would say nothing; nor
 * would one without an id beside any other. */
static int has_receipt(struct posting *g, const char *native_id, bool *ret)
{
	struct receipt *list;
	size_t count;

	*ret = false;
	if (!(g->item.flags & ITEM_EXPORTED))
		return 0;
	if (store_receipts(g->p->store, g->item.id, g->a, &list, &count, g->err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		*ret |= !native_id || (list[i].native_id && !strcmp(list[i].native_id, native_id));
	return 0;
}

static int give_receipt(struct posting *g, const char *native_id)
{
	struct buf host = BUF_INIT;
	const struct push *p = g->p;
	struct receipt receipt = { .native_id = native_id,
				   .actor = p->o->actor,
				   .at = p->site->o.clock(p->site->o.ctx) };
	bool there;
	int status;

	if (has_receipt(g, native_id, &there) < 0)
		return -1;
	if (there)
		return store_claim_drop(p->store, g->item.id, g->err);
	http_host(p->site->o.url, &host);
	receipt.target = arena_printf(g->a, "push %s", buf_str(&host));
	status = store_receipt_add(p->store, g->item.id, &receipt, g->err);
	buf_release(&host);
	return status;
}

/* What stands on the site. 1 when the result is known by it, 0 to go on. */
static int look(struct posting *g)
{
	const char *id, *other;
	int found = site_look_reply(g->p->site, g->thread.post_id, g->item.comment_id,
				    g->item.reply, g->a, &id, &other, g->err);

	if (found < 0)
		return -1;
	if (found) {
		end(g, PUSH_THERE, id,
		    arena_printf(g->a, "stands there already, as comment %s", id));
		return give_receipt(g, id) < 0 ? -1 : 1;
	}
	if (!other || g->p->o->also_answered)
		return 0;
	end(g, PUSH_ANSWERED, NULL,
	    arena_printf(g->a,
			 "another reply by you stands there, comment %s; pull the thread, or push "
			 "with --also-answered",
			 other));
	return 1;
}

/* Takes the item for this push; 1 taken, 0 it is another's or no longer to go
 * (the result says so), -1. What was read before is read again: the store may
 * have changed while the site was asked. */
static int take(struct posting *g)
{
	struct push *p = g->p;
	int64_t now = p->site->o.clock(p->site->o.ctx), until = 0;
	struct item it;
	int status = -1, claimed;

	if (store_begin(p->store, g->err) < 0)
		return -1;
	claimed = store_claim_get(p->store, g->item.id, &until, g->err);
	if (claimed < 0 || store_item_get(p->store, g->item.id, g->a, &it, g->err) < 0)
		goto out;
	status = 0;
	if (it.status != ITEM_APPROVED || !it.reply || strcmp(it.reply, g->item.reply) ||
	    ((it.flags & ITEM_EXPORTED) && !p->o->again))
		end(g, PUSH_LATER, NULL, "changed in the meantime; nothing was sent");
	else if (claimed && now < until && until - now < CLAIM_SECONDS_MAX)
		end(g, PUSH_LATER, NULL,
		    arena_printf(g->a,
				 "an earlier try may still arrive; push again in %lld seconds",
				 (long long)(until - now)));
	else
		status = store_claim_put(p->store, g->item.id, now + claim_seconds(p), g->err) < 0
				 ? -1
				 : 1;
out:
	if (status > 0)
		return store_commit(p->store, g->err) < 0 ? -1 : 1;
	store_rollback(p->store);
	return status;
}

/* ---- what the answer means ---- */

/* Nothing was taken: the next push may start from nothing. */
static int refuse(struct posting *g, enum push_outcome outcome, const char *text)
{
	end(g, outcome, NULL, text);
	return store_claim_drop(g->p->store, g->item.id, g->err) < 0 ? -1 : 1;
}

/* Accepted is not published: the answer says whether it is held, and a stranger's
 * eyes tell the rest. */
static int accepted(struct posting *g)
{
	json_t *made = site_json(&g->answer, g->err);
	const char *id, *state;
	bool seen = true;

	if (!made)
		return -1;
	id = site_text(made, "id", g->a);
	state = site_text(made, "status", g->a);
	json_decref(made);
	if (!id)
		return err_set(g->err, ERR_IO, g->url, 0,
			       "accepted item %lld without saying under which id",
			       (long long)g->item.id);
	if (give_receipt(g, id) < 0)
		return -1;
	if (state && strcmp(state, "approved")) {
		end(g, PUSH_HELD, id,
		    arena_printf(g->a, "arrived as comment %s, but waits there (%s)", id, state));
		return 1;
	}
	if (site_look_public(g->p->site, id, &seen, g->err) < 0)
		return -1;
	if (seen)
		end(g, PUSH_POSTED, id, arena_printf(g->a, "posted as comment %s", id));
	else
		end(g, PUSH_HIDDEN, id,
		    arena_printf(g->a, "arrived as comment %s, but readers can't see it", id));
	return 1;
}

/* The site has this very text by this account. When it is not to be seen below
 * its comment, it waits for a moderator. */
static int duplicate(struct posting *g)
{
	const char *id, *other;
	int found = site_look_reply(g->p->site, g->thread.post_id, g->item.comment_id,
				    g->item.reply, g->a, &id, &other, g->err);

	if (found < 0 || give_receipt(g, id) < 0)
		return -1;
	if (found) {
		end(g, PUSH_THERE, id, arena_printf(g->a, "stands there, as comment %s", id));
		return 1;
	}
	end(g, PUSH_HELD, NULL,
	    "the site says that it has this reply, and does not show it; look into its moderation");
	return 1;
}

static int unknown(struct posting *g)
{
	end(g, PUSH_LATER, NULL,
	    arena_printf(g->a,
			 "no answer (%s); it may have arrived all the same. Push again in %lld "
			 "seconds: dear looks before it sends",
			 g->answer.fault == HTTP_ANSWERED ? "the site broke off" : g->answer.what,
			 (long long)claim_seconds(g->p)));
	return 1;
}

/* A refusal for good. */
static int refusal(struct posting *g)
{
	struct site_refusal r;

	site_refusal(&g->answer, &r);
	if (g->answer.status == 409 || !strcmp(r.code, "comment_duplicate"))
		return duplicate(g);
	if (g->answer.status == 401) {
		store_claim_drop(g->p->store, g->item.id, g->err);
		return err_set(g->err, ERR_USAGE, g->url, 0,
			       "the site does not take your name and password (401 %s)", r.code);
	}
	if (!strcmp(r.code, "rest_comment_closed")) {
		g->p->closed = g->thread.id;
		return refuse(g, PUSH_CLOSED, "comments are closed there");
	}
	return refuse(g, PUSH_REFUSED,
		      arena_printf(g->a, "refused: %d%s%s%s%s", g->answer.status,
				   *r.code ? " " : "", r.code, *r.message ? ": " : "", r.message));
}

/* A gateway gave up, and perhaps not the site behind it. One that says when to
 * come back did not ask the site. */
static bool is_gateway(const struct http_answer *a)
{
	struct buf wait = BUF_INIT;
	bool named = http_header(a, "retry-after", 0, &wait);

	buf_release(&wait);
	return a->status == 502 || a->status == 504 || (a->status == 503 && !named);
}

/* 1 the result is known; 0 try again; -1. */
static int judge(struct posting *g, int n)
{
	const struct http_answer *a = &g->answer;
	struct site_refusal r = { 0 };
	int64_t least = 0;

	if (a->fault == HTTP_ANSWERED && (a->status == 200 || a->status == 201))
		return accepted(g);
	if (a->fault == HTTP_LOST || is_gateway(a))
		return unknown(g);
	if (a->fault == HTTP_ANSWERED)
		site_refusal(a, &r);
	if (!strcmp(r.code, "comment_flood"))
		least = FLOOD_PAUSES * g->p->site->o.delay;
	else if (!site_passing(a))
		return refusal(g);
	if (site_again(g->p->site, a, n, least, g->err) < 0) {
		if (a->fault != HTTP_ANSWERED || a->status != 500)
			store_claim_drop(g->p->store, g->item.id, g->err);
		return -1;
	}
	return 0;
}

/* ---- the way there ---- */

static int send_reply(struct posting *g)
{
	for (int n = 1;; n++) {
		int known = take(g);

		if (known <= 0)
			return known;
		site_pause(g->p->site);
		if (http_send(g->p->site->http, g->url, g->body, false, &g->answer, g->err) < 0)
			return -1;
		known = judge(g, n);
		if (known)
			return known < 0 ? -1 : 0;
		/* What passes may have passed after the reply was taken. The claim is
		 * our own: it goes, so that it can be put anew. */
		known = look(g);
		if (known || store_claim_drop(g->p->store, g->item.id, g->err) < 0)
			return known < 0 || !known ? -1 : 0;
	}
}

static void make_request(struct posting *g)
{
	struct buf url = BUF_INIT, content = BUF_INIT;
	json_t *body;
	char *text;

	site_url(g->p->site, "wp/v2/comments", "", &url);
	export_render_wordpress(&content, g->item.reply);
	body = json_pack("{s:I, s:I, s:s}", "post",
			 (json_int_t)strtoll(g->thread.post_id, NULL, 10), "parent",
			 (json_int_t)strtoll(g->item.comment_id, NULL, 10), "content",
			 buf_str(&content));
	text = json_dumps(body, 0);
	g->url = arena_strdup(g->a, buf_str(&url));
	g->body = arena_strdup(g->a, text);
	free(text);
	json_decref(body);
	buf_release(&content);
	buf_release(&url);
}

static int post(struct posting *g)
{
	struct push *p = g->p;
	int known;

	make_request(g);
	if (p->o->dry_run) {
		g->result.url = g->url;
		g->result.body = g->body;
		return end(g, PUSH_DRY, NULL, "only shown");
	}
	if (p->closed == g->thread.id)
		return end(g, PUSH_CLOSED, NULL, "comments are closed there");
	known = look(g);
	if (known)
		return known < 0 ? -1 : 0;
	if (site_look_parent(p->site, g->thread.post_id, g->item.comment_id, g->a, &g->result,
			     g->err) < 0)
		return -1;
	return g->result.outcome == PUSH_POSTED ? send_reply(g) : 0;
}

int push_item(struct push *p, int64_t id, struct err *err)
{
	struct arena a = { 0 };
	struct posting g = { .p = p, .a = &a, .err = err, .result = { .item = id } };
	int found = store_item_get(p->store, id, &a, &g.item, err);
	int status = found < 0 ? -1 : 0;

	if (found > 0 && g.item.reply) {
		status = store_thread_get(p->store, g.item.thread, &a, &g.thread, err);
		status = status > 0 ? post(&g) : -1;
		if (status == 0)
			p->o->told(p->o->ctx, &g.result);
	}
	http_answer_release(&g.answer);
	arena_release(&a);
	return status;
}
