/* http.c - requests through libcurl: what may be sent, to whom, and how much is
 * taken back. Redirects are followed here and not by libcurl, since who may see
 * the password is judged at each.
 */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/http.h"
#include "dear/mem.h"

#include "http_internal.h"

enum { REDIRECTS_MAX = 5, CONNECT_SECONDS = 15 };

struct http {
	struct http_options o;
	CURL *curl;
	struct curl_slist *headers; /* of a POST */
};

/* One answer on its way in. */
struct receiving {
	struct http_answer *answer;
	bool too_long;
};

struct http *http_open(const struct http_options *o, struct err *err)
{
	struct http *h;

	if (http_url_check(o->home, o->insecure, err) < 0)
		return NULL;
	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		mem_die();
	h = mem_alloc(sizeof(*h));
	h->o = *o;
	h->curl = curl_easy_init();
	h->headers = curl_slist_append(NULL, "Content-Type: application/json");
	if (!h->curl || !h->headers)
		mem_die();
	return h;
}

void http_free(struct http *h)
{
	if (!h)
		return;
	curl_easy_cleanup(h->curl);
	curl_slist_free_all(h->headers);
	free(h);
}

void http_answer_release(struct http_answer *a)
{
	buf_release(&a->url);
	buf_release(&a->headers);
	buf_release(&a->body);
	*a = (struct http_answer){ 0 };
}

/* A header of the answer as "name: value", the name in lower case. That of an
 * earlier answer (100 Continue) ends where a new status line begins. */
static size_t take_header(char *bytes, size_t size, size_t count, void *ctx)
{
	struct receiving *r = ctx;
	struct buf *out = &r->answer->headers;
	size_t len = size * count, at = out->len;

	if (len > 5 && !memcmp(bytes, "HTTP/", 5)) {
		buf_clear(out);
		at = 0;
	}
	r->too_long = out->len + len > BOUND_HTTP_HEADERS;
	if (r->too_long)
		return 0;
	buf_add(out, bytes, len);
	for (; at < out->len && out->str[at] != ':'; at++)
		if (out->str[at] >= 'A' && out->str[at] <= 'Z')
			out->str[at] = (char)(out->str[at] + 'a' - 'A');
	return len;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *ctx)
{
	struct receiving *r = ctx;
	size_t len = size * count;

	r->too_long = r->answer->body.len + len > BOUND_HTTP_BYTES;
	if (r->too_long)
		return 0;
	buf_add(&r->answer->body, bytes, len);
	return len;
}

bool http_header(const struct http_answer *a, const char *name, size_t n, struct buf *out)
{
	size_t len = strlen(name);

	for (const char *s = buf_str(&a->headers); *s; s += strcspn(s, "\n"), s += *s == '\n') {
		if (strncmp(s, name, len) || s[len] != ':' || n-- > 0)
			continue;
		s += len + 1;
		s += strspn(s, " \t");
		buf_add(out, s, strcspn(s, "\r\n"));
		return true;
	}
	return false;
}

/* Credentials go to their own site; also where it moved from http to https. */
static bool is_home(const struct http *h, const char *url)
{
	return http_same_site(h->o.home, url) || http_url_upgrade(h->o.home, url);
}

static void set_up(struct http *h, const char *url, const char *body, bool secret,
		   struct receiving *r)
{
	CURL *c = h->curl;

	curl_easy_reset(c);
	curl_easy_setopt(c, CURLOPT_URL, url);
	curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(c, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)h->o.timeout);
	curl_easy_setopt(c, CURLOPT_USERAGENT, h->o.agent);
	curl_easy_setopt(c, CURLOPT_ACCEPT_ENCODING, "");
	curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(c, CURLOPT_HEADERDATA, r);
	curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(c, CURLOPT_WRITEDATA, r);
	if (h->o.ca)
		curl_easy_setopt(c, CURLOPT_CAINFO, h->o.ca);
	if (http_url_local(url))
		curl_easy_setopt(c, CURLOPT_PROXY, "");
	if (body) {
		curl_easy_setopt(c, CURLOPT_HTTPHEADER, h->headers);
		curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)strlen(body));
		curl_easy_setopt(c, CURLOPT_POSTFIELDS, body);
	}
	if (!secret)
		return;
	curl_easy_setopt(c, CURLOPT_HTTPAUTH, (long)CURLAUTH_BASIC);
	curl_easy_setopt(c, CURLOPT_USERNAME, h->o.user);
	curl_easy_setopt(c, CURLOPT_PASSWORD, h->o.password);
}

/* What went wrong, sorted by what it means for a repetition. */
static int sort_failure(CURLcode code, const char *url, const struct receiving *r, struct err *err)
{
	struct http_answer *a = r->answer;

	if (r->too_long)
		return err_set(err, ERR_IO, url, 0, "answers more than %d MB, or %d kB of headers",
			       BOUND_HTTP_BYTES / 1024 / 1024, BOUND_HTTP_HEADERS / 1024);
	if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
	    code == CURLE_SSL_CERTPROBLEM || code == CURLE_SSL_ISSUER_ERROR)
		return err_set(err, ERR_IO, url, 0, "can't be trusted: %s",
			       curl_easy_strerror(code));
	a->fault = code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_CONNECT ||
				   code == CURLE_COULDNT_RESOLVE_PROXY ||
				   code == CURLE_SSL_CONNECT_ERROR
			   ? HTTP_UNSENT
			   : HTTP_LOST;
	a->status = 0;
	snprintf(a->what, sizeof(a->what), "%s", curl_easy_strerror(code));
	return 0;
}

static int send_once(struct http *h, const char *url, const char *body, bool secret,
		     struct http_answer *ret, struct err *err)
{
	struct receiving r = { .answer = ret };
	long status = 0;
	CURLcode code;

	http_answer_release(ret);
	buf_puts(&ret->url, url);
	set_up(h, url, body, secret, &r);
	code = curl_easy_perform(h->curl);
	if (code != CURLE_OK)
		return sort_failure(code, url, &r, err);
	curl_easy_getinfo(h->curl, CURLINFO_RESPONSE_CODE, &status);
	ret->status = (int)status;
	return 0;
}

static bool is_redirect(const struct http_answer *a)
{
	return a->status == 301 || a->status == 302 || a->status == 303 || a->status == 307 ||
	       a->status == 308;
}

/* Where a redirect leads, if dear may follow it. */
static int next_url(struct http *h, const struct http_answer *a, bool secret, struct buf *to,
		    struct err *err)
{
	const char *from = buf_str(&a->url);
	struct buf location = BUF_INIT;
	int status = -1;

	buf_clear(to);
	if (!http_header(a, "location", 0, &location) || !http_join(from, buf_str(&location), to)) {
		err_set(err, ERR_IO, from, 0, "sends elsewhere without saying where");
		goto out;
	}
	if (!strncmp(from, "https:", 6) && strncmp(to->str, "https:", 6)) {
		err_set(err, ERR_IO, from, 0, "sends to an address that is not encrypted");
		goto out;
	}
	if (secret && !is_home(h, to->str)) {
		err_set(err, ERR_IO, from, 0,
			"sends to %s, where the password is not to go; give that address if "
			"it is the site's",
			to->str);
		goto out;
	}
	status = http_url_check(to->str, h->o.insecure, err);
out:
	buf_release(&location);
	return status;
}

int http_send(struct http *h, const char *url, const char *body, bool anonymous,
	      struct http_answer *ret, struct err *err)
{
	bool secret = h->o.user && !anonymous && is_home(h, url);
	struct buf to = BUF_INIT;
	int status = http_url_check(url, h->o.insecure, err);

	buf_puts(&to, url);
	for (int n = 0; status == 0; n++) {
		char *now = mem_strdup(buf_str(&to));

		status = send_once(h, now, body, secret, ret, err);
		free(now);
		if (status < 0 || body || !is_redirect(ret))
			break;
		if (n == REDIRECTS_MAX) {
			status = err_set(err, ERR_IO, url, 0, "sends from one place to the next");
			break;
		}
		status = next_url(h, ret, secret, &to, err);
	}
	buf_release(&to);
	return status;
}
