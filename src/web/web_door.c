/* web_door.c - who may come in. A request must name this desk as its host, a
 * write must come from one of its own pages and bring the session's token, and a
 * session begins with the one-time link or a password. What else the machine
 * serves on other ports counts as a stranger: for a browser it is the same site.
 */
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"

#include "web_internal.h"

static bool is_get(const struct web_request *q)
{
	return !strcmp(q->method, "GET") || !strcmp(q->method, "HEAD");
}

/* "http://127.0.0.1:8411" against scheme and authority. */
static bool is_origin(const char *origin, const char *scheme, const char *host, bool bare,
		      unsigned port)
{
	size_t n = strlen(scheme), h = strlen(host);
	char end[8];

	if (strncasecmp(origin, scheme, n) != 0 || strncasecmp(origin + n, host, h) != 0)
		return false;
	snprintf(end, sizeof(end), ":%u", port);
	return !strcmp(origin + n + h, end) || (bare && origin[n + h] == '\0');
}

static bool is_own_address(const struct web *w, const char *origin)
{
	static const char *const names[] = { "127.0.0.1", "localhost", "[::1]" };
	bool bare = w->port == 80;
	struct buf host = BUF_INIT;
	bool own;

	buf_printf(&host, strchr(w->o.address, ':') ? "[%s]" : "%s", w->o.address);
	own = is_origin(origin, "http://", buf_str(&host), bare, w->port);
	buf_release(&host);
	for (size_t i = 0; w->loopback && !own && i < sizeof(names) / sizeof(*names); i++)
		own = is_origin(origin, "http://", names[i], bare, w->port);
	return own;
}

/* The further origin that a request is for; NULL when none is. */
static const char *named_origin(const struct web *w, const char *origin, bool scheme)
{
	for (const char *const *o = w->o.origins; o && *o; o++) {
		const char *host = strstr(*o, "://");

		if (!strcasecmp(scheme ? *o : host ? host + 3 : *o, origin))
			return *o;
	}
	return NULL;
}

static bool host_is_ours(const struct web_request *q)
{
	const char *host = web_header(q, "Host");

	if (!host)
		return false;
	return is_own_address(q->web, arena_printf(&q->web->scratch, "http://%s", host)) ||
	       named_origin(q->web, host, false);
}

static bool origin_is_ours(const struct web_request *q)
{
	const char *origin = web_header(q, "Origin");

	return !origin || is_own_address(q->web, origin) || named_origin(q->web, origin, true);
}

/* What the browser itself says of where the request comes from; older ones say
 * nothing. A link from elsewhere may open a page, but load no part of one. */
static bool is_fetched_from_here(const struct web_request *q)
{
	const char *site = web_header(q, "Sec-Fetch-Site");
	const char *mode = web_header(q, "Sec-Fetch-Mode");
	const char *dest = web_header(q, "Sec-Fetch-Dest");

	if (!site || !strcmp(site, "same-origin") || !strcmp(site, "none"))
		return true;
	return is_get(q) && mode && dest && !strcmp(mode, "navigate") && !strcmp(dest, "document");
}

static const char *cookie_name(struct web_request *q)
{
	return arena_printf(&q->arena, "dear-%u", (unsigned)q->web->port);
}

static int64_t now(const struct web_request *q)
{
	return q->web->o.clock(q->web->o.ctx);
}

static void end_session(struct web_session *s)
{
	for (size_t i = 0; i < WEB_NOTES; i++)
		free(s->notes[i].text);
	free(s->actor);
	explicit_bzero(s, sizeof(*s));
}

static void find_session(struct web_request *q)
{
	const char *key =
		MHD_lookup_connection_value(q->connection, MHD_COOKIE_KIND, cookie_name(q));
	int64_t at = now(q);

	for (size_t i = 0; i < BOUND_WEB_SESSIONS; i++) {
		struct web_session *s = &q->web->sessions[i];

		if (s->key[0] && at - s->used > BOUND_WEB_SESSION_SECONDS)
			end_session(s);
		if (s->key[0] && web_secret_equal(s->key, key))
			q->session = s;
	}
	if (q->session)
		q->session->used = at;
}

bool web_door(struct web_request *q)
{
	arena_clear(&q->web->scratch);
	if (!host_is_ours(q))
		web_say(q, 421, "Not here", "This desk does not go by that name.");
	else if (!is_get(q) && !q->post)
		web_say(q, 405, "Not so", "The desk takes GET and POST.");
	else if (!origin_is_ours(q) || !is_fetched_from_here(q))
		web_say(q, 403, "Not from there", "The request comes from another site.");
	else
		find_session(q);
	return q->answer.status == 0;
}

bool web_door_token(struct web_request *q, const char *token)
{
	if (q->session && web_secret_equal(q->session->token, token))
		return true;
	web_say(q, 403, "Not from here",
		"This form is not of your present session. Open the page again and repeat it; "
		"nothing was changed.");
	return false;
}

/* The place that was idle longest, when all are taken. */
static void begin_session(struct web_request *q, const char *actor)
{
	struct web_session *s = &q->web->sessions[0];
	const char *secure = "";

	for (size_t i = 1; i < BOUND_WEB_SESSIONS; i++)
		if (s->key[0] &&
		    (!q->web->sessions[i].key[0] || q->web->sessions[i].used < s->used))
			s = &q->web->sessions[i];
	end_session(s);
	web_secret_make(s->key);
	web_secret_make(s->token);
	s->actor = mem_strdup(actor);
	s->used = now(q);
	q->session = s;
	if (named_origin(q->web, web_header(q, "Host"), false) &&
	    !strncasecmp(named_origin(q->web, web_header(q, "Host"), false), "https:", 6))
		secure = "; Secure";
	q->answer.cookie = arena_printf(&q->arena, "%s=%s; Path=/; HttpOnly; SameSite=Strict%s",
					cookie_name(q), s->key, secure);
}

void web_door_close(struct web *w)
{
	for (size_t i = 0; i < BOUND_WEB_SESSIONS; i++)
		end_session(&w->sessions[i]);
	explicit_bzero(w->link, sizeof(w->link));
	arena_release(&w->scratch);
}

/* ---- notes ---- */

void web_note_put(struct web_request *q, int64_t item, bool bad, const char *text,
		  unsigned *ret_number)
{
	struct web_session *s = q->session;
	struct web_note *n = &s->notes[s->note_count++ % WEB_NOTES];

	free(n->text);
	*n = (struct web_note){ s->note_count, bad, item, mem_strdup(text) };
	*ret_number = n->number;
}

/* ---- signing in ---- */

const char *web_link(struct web *w)
{
	bool six = strchr(w->o.address, ':') != NULL;

	web_secret_make(w->link);
	w->link_until = w->o.clock(w->o.ctx) + BOUND_WEB_LINK_SECONDS;
	buf_clear(&w->link_text);
	if (w->o.origins && *w->o.origins && !w->loopback)
		buf_printf(&w->link_text, "%s/in/%s", *w->o.origins, w->link);
	else
		buf_printf(&w->link_text, six ? "http://[%s]:%u/in/%s" : "http://%s:%u/in/%s",
			   w->o.address, (unsigned)w->port, w->link);
	return buf_str(&w->link_text);
}

static int sign_in_page(struct web_request *q, int status, const char *wrong, struct err *err)
{
	json_t *values = web_values(q, "Sign in", "");

	web_set_flag(values, "passwords", q->web->o.passwords != NULL);
	web_set(values, "wrong", wrong);
	return web_page(q, "sign-in", status, values, err);
}

int web_sign_in_page(struct web_request *q, struct err *err)
{
	if (q->session) {
		web_go(q, "/");
		return 0;
	}
	return sign_in_page(q, 200, NULL, err);
}

/* The page after it goes on by itself: a redirect would count as begun outside,
 * where the link was clicked, and the cookie stay at home. */
int web_sign_in_link(struct web_request *q, struct err *err)
{
	struct web *w = q->web;
	const char *given = q->path + strlen("/in/");
	bool right = web_secret_equal(w->link, given) && now(q) <= w->link_until;

	if (!right)
		return sign_in_page(q, 403, "That link was used already, or is too old.", err);
	explicit_bzero(w->link, sizeof(w->link));
	begin_session(q, w->o.actor);
	return web_page(q, "welcome", 200, web_values(q, "Signed in", ""), err);
}

static bool is_locked(const struct web_request *q)
{
	return q->web->refused >= BOUND_WEB_REFUSED &&
	       now(q) - q->web->refused_since < BOUND_WEB_REFUSED_SECONDS;
}

int web_sign_in(struct web_request *q, struct err *err)
{
	const char *name = web_form(q, "name"), *password = web_form(q, "password");
	struct web *w = q->web;

	if (!w->o.passwords || !name || !password)
		return sign_in_page(q, 403, "There is no password for this desk.", err);
	if (is_locked(q))
		return sign_in_page(q, 429, "Too many wrong passwords; wait a minute.", err);
	if (!web_secret_password(w->o.passwords, name, password)) {
		w->refused = w->refused >= BOUND_WEB_REFUSED ? 1 : w->refused + 1;
		w->refused_since = now(q);
		return sign_in_page(q, 403, "Name and password do not go together.", err);
	}
	w->refused = 0;
	begin_session(q, name);
	web_go(q, "/");
	return 0;
}

int web_sign_out(struct web_request *q, struct err *err)
{
	(void)err;
	end_session(q->session);
	q->session = NULL;
	web_go(q, "/in");
	q->answer.cookie = arena_printf(
		&q->arena, "%s=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0", cookie_name(q));
	return 0;
}
