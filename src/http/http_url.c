/* http_url.c - addresses: where they lead, and whether dear may go there. Taken
 * apart by libcurl, so that what is judged is what is called.
 */
#include <arpa/inet.h>
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/http.h"

#include "http_internal.h"

/* One part of an address, in lower case; free with curl_free. */
static char *part(const char *url, CURLUPart what, unsigned flags)
{
	CURLU *u = curl_url();
	char *text = NULL;

	if (u && curl_url_set(u, CURLUPART_URL, url, 0) == CURLUE_OK)
		curl_url_get(u, what, &text, flags);
	curl_url_cleanup(u);
	for (char *s = text; s && *s; s++)
		if (*s >= 'A' && *s <= 'Z')
			*s = (char)(*s + 'a' - 'A');
	return text;
}

static bool same_part(const char *a, const char *b, CURLUPart what)
{
	char *of_a = part(a, what, CURLU_DEFAULT_PORT);
	char *of_b = part(b, what, CURLU_DEFAULT_PORT);
	bool same = of_a && of_b && !strcmp(of_a, of_b);

	curl_free(of_a);
	curl_free(of_b);
	return same;
}

bool http_same_site(const char *url, const char *other)
{
	return same_part(url, other, CURLUPART_SCHEME) && same_part(url, other, CURLUPART_HOST) &&
	       same_part(url, other, CURLUPART_PORT);
}

static bool has_scheme(const char *url, const char *scheme)
{
	char *is = part(url, CURLUPART_SCHEME, 0);
	bool yes = is && !strcmp(is, scheme);

	curl_free(is);
	return yes;
}

bool http_url_upgrade(const char *from, const char *to)
{
	return has_scheme(from, "http") && has_scheme(to, "https") &&
	       same_part(from, to, CURLUPART_HOST);
}

bool http_host(const char *url, struct buf *out)
{
	char *host = part(url, CURLUPART_HOST, 0);
	char *port = part(url, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT);
	bool is = host != NULL;

	if (host)
		buf_puts(out, host);
	if (host && port)
		buf_printf(out, ":%s", port);
	curl_free(host);
	curl_free(port);
	return is;
}

bool http_url_local(const char *url)
{
	char *host = part(url, CURLUPART_HOST, 0);
	struct in_addr address;
	bool local = false;

	if (host) {
		local = !strcmp(host, "localhost") || !strcmp(host, "[::1]");
		if (inet_pton(AF_INET, host, &address) == 1)
			local = ntohl(address.s_addr) >> 24 == 127;
	}
	curl_free(host);
	return local;
}

int http_url_check(const char *url, bool insecure, struct err *err)
{
	char *user = part(url, CURLUPART_USER, 0);
	char *password = part(url, CURLUPART_PASSWORD, 0);
	bool secret = user || password;

	curl_free(user);
	curl_free(password);
	if (secret)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "an address holds no name and password; give --user and "
			       "--password-file");
	if (has_scheme(url, "https"))
		return 0;
	if (!has_scheme(url, "http"))
		return err_set(err, ERR_USAGE, url, 0, "is no address of the web");
	if (insecure || http_url_local(url))
		return 0;
	return err_set(err, ERR_USAGE, url, 0,
		       "is not encrypted; use https, or --insecure-http if you must");
}

bool http_join(const char *from, const char *to, struct buf *out)
{
	CURLU *u = curl_url();
	char *whole = NULL;

	if (u && curl_url_set(u, CURLUPART_URL, from, 0) == CURLUE_OK &&
	    curl_url_set(u, CURLUPART_URL, to, 0) == CURLUE_OK)
		curl_url_get(u, CURLUPART_URL, &whole, 0);
	if (whole)
		buf_puts(out, whole);
	curl_free(whole);
	curl_url_cleanup(u);
	return whole != NULL;
}
