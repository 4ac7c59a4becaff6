/* site.c - requests to a site as a good guest makes them: with a pause, and again
 * after a while where that may help. What they are for is said in the other files.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "dear/utf8.h"

#include "site_internal.h"

struct site *site_open(const struct site_options *o, struct err *err)
{
	const struct http_options http = {
		.home = o->url,
		.user = o->user,
		.password = o->password,
		.agent = o->agent,
		.ca = o->ca,
		.insecure = o->insecure,
		.timeout = o->timeout,
	};
	struct site *s = mem_alloc(sizeof(*s));

	s->o = *o;
	s->folder = -1;
	s->http = http_open(&http, err);
	if (s->http)
		return s;
	free(s);
	return NULL;
}

void site_free(struct site *s)
{
	if (!s)
		return;
	if (s->folder >= 0)
		close(s->folder);
	http_free(s->http);
	arena_release(&s->arena);
	free(s);
}

void site_pause(struct site *s)
{
	if (s->met)
		s->o.wait(s->o.ctx, s->o.delay, NULL);
	s->met = true;
}

bool site_passing(const struct http_answer *a)
{
	return a->fault != HTTP_ANSWERED || a->status == 429 || a->status == 500 ||
	       a->status == 502 || a->status == 503 || a->status == 504;
}

/* Seconds that Retry-After asks for, as a number or a date; 0 when it doesn't. */
static int64_t asked_wait(struct site *s, const struct http_answer *a)
{
	struct buf value = BUF_INIT;
	int64_t seconds = 0, at;
	bool known;

	if (http_header(a, "retry-after", 0, &value)) {
		if (strspn(value.str, "0123456789") == value.len && value.len < 9)
			seconds = strtoll(value.str, NULL, 10);
		else if (comment_date_parse(value.str, true, &at, &known))
			seconds = at - s->o.clock(s->o.ctx);
	}
	buf_release(&value);
	return seconds > 0 ? seconds : 0;
}

static void say_answer(const struct http_answer *a, char *out, size_t size)
{
	if (a->fault == HTTP_ANSWERED)
		snprintf(out, size, "the site answers %d", a->status);
	else
		snprintf(out, size, "%s", a->what);
}

int site_again(struct site *s, const struct http_answer *a, int n, int64_t least, struct err *err)
{
	int64_t asked = asked_wait(s, a) * 1000;
	int64_t wait = s->o.delay << (n < 10 ? n : 10);
	char what[200], why[300];

	say_answer(a, what, sizeof(what));
	if (n >= s->o.tries)
		return err_set(err, ERR_IO, buf_str(&a->url), 0, "%s (%d %s)", what, n,
			       n == 1 ? "try" : "tries");
	if (asked > BOUND_RETRY_SECONDS * 1000)
		return err_set(err, ERR_IO, buf_str(&a->url), 0,
			       "%s and asks to come back in %lld minutes", what,
			       (long long)(asked / 60000));
	if (wait < least)
		wait = least;
	if (wait < asked)
		wait = asked;
	snprintf(why, sizeof(why), "%s; trying again in %.1f s", what, (double)wait / 1000);
	s->o.wait(s->o.ctx, wait, why);
	return 0;
}

int site_get(struct site *s, const char *url, bool anonymous, struct http_answer *ret,
	     struct err *err)
{
	site_pause(s);
	for (int n = 1;; n++) {
		if (http_send(s->http, url, NULL, anonymous, ret, err) < 0)
			return -1;
		if (!site_passing(ret))
			return 0;
		if (site_again(s, ret, n, 0, err) < 0)
			return -1;
	}
}

void site_url(const struct site *s, const char *route, const char *query, struct buf *out)
{
	buf_clear(out);
	buf_puts(out, s->api);
	buf_puts(out, route);
	if (*query)
		buf_printf(out, "%c%s", strchr(s->api, '?') ? '&' : '?', query);
}

/* Some sites put a byte order mark, or a warning of PHP's, before it. */
json_t *site_json(const struct http_answer *a, struct err *err)
{
	struct err bad = { 0 };
	struct buf clean = BUF_INIT;
	json_t *value = NULL;
	const char *text;

	utf8_clean(&clean, buf_str(&a->body), a->body.len);
	text = buf_str(&clean);
	if (!strncmp(text, "\xef\xbb\xbf", 3))
		text += 3;
	if (*text)
		value = jread_parse(text, strlen(text), buf_str(&a->url), 1, ERR_IO, &bad);
	if (!value)
		err_set(err, ERR_IO, buf_str(&a->url), 0,
			"the answer (%d) is no whole JSON; is this WordPress?", a->status);
	buf_release(&clean);
	return value;
}

void site_refusal(const struct http_answer *a, struct site_refusal *ret)
{
	struct err ignored = { 0 };
	json_t *value = site_json(a, &ignored);
	const char *code = json_string_value(json_object_get(value, "code"));
	const char *message = json_string_value(json_object_get(value, "message"));

	snprintf(ret->code, sizeof(ret->code), "%s", code ? code : "");
	snprintf(ret->message, sizeof(ret->message), "%s", message ? message : "");
	json_decref(value);
}

int site_refused(const struct http_answer *a, struct err *err)
{
	struct site_refusal r;

	site_refusal(a, &r);
	return err_set(err, ERR_IO, buf_str(&a->url), 0, "the site answers %d%s%s%s%s", a->status,
		       *r.code ? " " : "", r.code, *r.message ? ": " : "", r.message);
}

const char *site_text(const json_t *object, const char *key, struct arena *a)
{
	const json_t *value = json_object_get(object, key);

	if (json_is_string(value))
		return arena_strdup(a, json_string_value(value));
	if (json_is_integer(value))
		return arena_printf(a, "%lld", (long long)json_integer_value(value));
	return NULL;
}

static void read_me(struct site *s, const json_t *me)
{
	const json_t *can = json_object_get(me, "capabilities");

	s->me = site_text(me, "id", &s->arena);
	s->login = site_text(me, "username", &s->arena);
	s->moderates = json_is_true(json_object_get(can, "moderate_comments"));
}

/* To a wrong password most questions are answered as to a stranger; this one is
 * not. */
int site_login(struct site *s, struct err *err)
{
	struct http_answer a = { 0 };
	struct buf url = BUF_INIT;
	json_t *me = NULL;
	int status = -1;

	if (!s->o.user || s->me)
		return 0;
	site_url(s, "wp/v2/users/me", "context=edit&_fields=id,username,capabilities", &url);
	if (site_get(s, buf_str(&url), false, &a, err) < 0)
		goto out;
	if (a.status == 401 || a.status == 403) {
		err_set(err, ERR_USAGE, s->o.user, 0,
			"the site does not know this name with this password (it takes an "
			"application password, made on the user's profile page)");
		goto out;
	}
	if (a.status != 200) {
		site_refused(&a, err);
		goto out;
	}
	me = site_json(&a, err);
	if (!me)
		goto out;
	read_me(s, me);
	status = s->me ? 0 : err_set(err, ERR_IO, buf_str(&url), 0, "does not say who you are");
out:
	json_decref(me);
	buf_release(&url);
	http_answer_release(&a);
	return status;
}
