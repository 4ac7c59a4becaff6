/* push.c - which replies go to a site: approved ones, not sent before, that
 * belong there. How one gets there is push_item.c's business.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "push_internal.h"

const char *push_outcome_word(enum push_outcome o)
{
	static const char *const words[] = {
#define X(id, word, fine) [id] = word,
		PUSH_OUTCOMES(X)
#undef X
	};

	return words[o];
}

bool push_outcome_fine(enum push_outcome o)
{
	static const bool fine[] = {
#define X(id, word, is) [id] = is,
		PUSH_OUTCOMES(X)
#undef X
	};

	return fine[o];
}

static void say(struct push *p, enum diag_id id, int64_t item, const char *words)
{
	char where[32];

	snprintf(where, sizeof(where), "item %lld", (long long)item);
	diag_add(p->d, id, where, "left out: %s", words);
}

static bool is_number(const char *s)
{
	return s && *s >= '1' && *s <= '9' && !s[strspn(s, "0123456789")];
}

static bool is_asked_for(const struct push_options *o, int64_t id)
{
	for (size_t i = 0; i < o->id_count; i++)
		if (o->ids[i] == id)
			return true;
	return !o->ids;
}

/* Export's rules; each that stays here is named, unless it was sent already. */
static bool stays(struct push *p, const struct item *it, const struct store_thread *t)
{
	if ((it->flags & ITEM_EXPORTED) && !p->o->again)
		return true;
	if ((it->flags & ITEM_STALE) && !p->o->stale)
		say(p, DIAG_STALE, it->id,
		    "the comment or its reading changed since the approval; approve it again, or "
		    "push with --stale");
	else if ((it->flags & ITEM_ANSWERED) && !p->o->also_answered)
		say(p, DIAG_ANSWERED, it->id,
		    "the column has answered it; with --also-answered it goes all the same");
	else if (t->format && !strncmp(t->format, "disqus", 6))
		say(p, DIAG_UNFIT, it->id, "its thread is from Disqus");
	else if (!is_number(t->post_id) || !is_number(it->comment_id))
		say(p, DIAG_UNFIT, it->id,
		    "article or comment have no number that is known; pull the thread first");
	else
		return false;
	return true;
}

/* One thread's replies at a time. */
struct choosing {
	struct push *p;
	const struct store_thread *thread;
	size_t before;
};

static int choose(void *ctx, const struct item *it)
{
	struct choosing *c = ctx;
	struct push *p = c->p;

	if (!is_asked_for(p->o, it->id) || stays(p, it, c->thread))
		return 0;
	p->ids = mem_grow(p->ids, &p->size, p->count + 1, sizeof(*p->ids));
	p->ids[p->count++] = it->id;
	return 0;
}

static int choose_thread(struct push *p, const struct store_thread *t)
{
	const struct store_filter f = { .status = item_status_word(ITEM_APPROVED),
					.thread = t->id,
					.since = INT64_MIN,
					.by_id = true };
	struct choosing c = { .p = p, .thread = t };
	struct arena a = { 0 };
	int status = store_items(p->store, &f, &a, choose, &c, p->err);

	arena_release(&a);
	return status < 0 ? -1 : 0;
}

/* Threads of the site; with home NULL any. */
static bool belongs(const struct push *p, const struct store_thread *t, const char *home)
{
	if (p->o->thread && p->o->thread != t->id)
		return false;
	return !home || p->o->elsewhere || (t->host && !strcmp(t->host, home));
}

static int choose_all(struct push *p, const char *home,
		      int (*met)(void *ctx, const struct store_thread *t), void *ctx)
{
	struct arena a = { 0 };
	int64_t *threads = NULL;
	size_t count = 0;
	int status = store_threads(p->store, &a, &threads, &count, p->err);

	for (size_t i = 0; status == 0 && i < count; i++) {
		struct store_thread t;
		size_t before = p->count;

		status = store_thread_get(p->store, threads[i], &a, &t, p->err) < 0 ? -1 : 0;
		if (status == 0 && belongs(p, &t, home))
			status = choose_thread(p, &t);
		if (status == 0 && met && p->count > before)
			status = met(ctx, &t);
	}
	arena_release(&a);
	return status;
}

/* ---- whose replies they are ---- */

struct homes {
	struct buf *out;
	struct buf host;
	struct err *err;
};

static int meet(void *ctx, const struct store_thread *t)
{
	struct homes *h = ctx;

	if (!t->url || !t->host)
		return err_set(h->err, ERR_USAGE, NULL, 0,
			       "thread %lld has no address; name the site with --site",
			       (long long)t->id);
	if (h->host.len && strcmp(h->host.str, t->host))
		return err_set(h->err, ERR_USAGE, NULL, 0,
			       "replies wait for %s and for %s; name one with --site", h->host.str,
			       t->host);
	if (!h->host.len) {
		buf_puts(&h->host, t->host);
		buf_puts(h->out, t->url);
	}
	return 0;
}

int push_home(struct store *store, const struct push_options *o, struct buf *out, struct diags *d,
	      struct err *err)
{
	struct diags left_out = { 0 };
	struct push p = { .store = store, .o = o, .d = &left_out, .err = err };
	struct homes h = { .out = out, .err = err };
	int status = choose_all(&p, NULL, meet, &h);

	buf_release(&h.host);
	/* Where something waits, the push says the same again. */
	if (!p.count)
		diags_move(d, &left_out);
	diags_release(&left_out);
	free(p.ids);
	return status;
}

/* ---- the push ---- */

/* The interface, by the site's own word; and who we are there. */
static int reach(struct push *p)
{
	struct http_answer page = { 0 };
	struct site_article article;
	int found = site_find(p->site, p->site->o.url, &article, &page, p->err);

	http_answer_release(&page);
	if (found == 0)
		err_set(p->err, ERR_IO, p->site->o.url, 0,
			"names no REST interface; is it WordPress, and is the interface open?");
	if (found <= 0)
		return -1;
	return site_login(p->site, p->err);
}

/* Where WordPress has its interface unless it is told otherwise: good enough to
 * be shown. */
static void guess_api(struct site *s)
{
	const char *url = s->o.url, *host = strstr(url, "://");

	if (host && !strstr(url, "/wp-json/"))
		s->api = arena_printf(&s->arena, "%.*s/wp-json/",
				      (int)(host + 3 + strcspn(host + 3, "/?#") - url), url);
	else
		s->api =
			arena_strndup(&s->arena, url, (size_t)(strstr(url, "/wp-json/") + 9 - url));
}

int site_push(struct site *s, struct store *store, const struct push_options *o, struct diags *d,
	      struct err *err)
{
	struct push p = { .site = s, .store = store, .o = o, .d = d, .err = err };
	struct buf home = BUF_INIT;
	int status = -1;

	if (!http_host(s->o.url, &home) || choose_all(&p, buf_str(&home), NULL, NULL) < 0)
		goto out;
	status = 0;
	if (p.count && o->dry_run)
		guess_api(s);
	else if (p.count)
		status = reach(&p);
	for (size_t i = 0; status == 0 && i < p.count; i++)
		status = push_item(&p, p.ids[i], err);
out:
	buf_release(&home);
	free(p.ids);
	return status;
}
