/* site_find.c - from an address to the interface behind it: it is one of the
 * interface itself, or a page whose headers or head name it.
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "dear/bounds.h"
#include "dear/err.h"

#include "site_internal.h"

static const char api_rel[] = "https://api.w.org/";

/* ---- an address of the interface ---- */

/* The number at the end of "wp/v2/posts/212", or after "post=". */
static void read_route(const char *route, struct arena *a, struct site_article *ret)
{
	size_t len = strcspn(route, "?&#");
	const char *post = strstr(route, "post=");
	const char *end = route + len, *digits;

	while (end > route && end[-1] == '/')
		end--;
	digits = end;
	while (digits > route && digits[-1] >= '0' && digits[-1] <= '9')
		digits--;
	if (!strncmp(route, "wp/v2/comments", 14)) {
		if (post && strspn(post + 5, "0123456789") > 0)
			ret->id = arena_strndup(a, post + 5, strspn(post + 5, "0123456789"));
		return;
	}
	if (digits == end || digits == route || digits[-1] != '/')
		return;
	ret->id = arena_strndup(a, digits, (size_t)(end - digits));
	ret->route = arena_strndup(a, route, (size_t)(digits - 1 - route));
}

/* True when url is of the interface: then both are set. */
static bool find_in_address(struct site *s, const char *url, struct site_article *ret)
{
	const char *json = strstr(url, "/wp-json/"), *query = strstr(url, "rest_route=");
	struct buf route = BUF_INIT;

	if (json) {
		json += strlen("/wp-json/");
		s->api = arena_strndup(&s->arena, url, (size_t)(json - url));
		read_route(json, &s->arena, ret);
		return true;
	}
	if (!query)
		return false;
	query += strlen("rest_route=");
	s->api = arena_printf(&s->arena, "%.*s/", (int)(query - url), url);
	for (; *query; query++) {
		if (!strncasecmp(query, "%2f", 3)) {
			buf_putc(&route, '/');
			query += 2;
		} else {
			buf_putc(&route, *query);
		}
	}
	query = buf_str(&route);
	read_route(query + strspn(query, "/"), &s->arena, ret);
	buf_release(&route);
	return true;
}

/* ---- a page ---- */

/* What one link of the page says: the interface, the article in it, its number. */
static void take_link(struct site *s, const char *from, const char *href, const char *link,
		      struct site_article *ret)
{
	const char *number = strstr(href, "?p="); /* of a short link */
	const char *api = s->api;
	struct site_article here = { 0 };

	/* Behind a proxy that does the encryption, a site thinks it has none. */
	if (!strncmp(from, "https:", 6) && !strncmp(href, "http:", 5))
		href = arena_printf(&s->arena, "https%s", href + 4);
	/* An interface elsewhere would get what this site was given. */
	if (!http_same_site(from, href))
		return;
	if (strstr(link, api_rel)) {
		s->api = api ? api : arena_strdup(&s->arena, href);
	} else if (strstr(link, "application/json")) {
		if (!ret->route && find_in_address(s, href, &here) && here.route)
			*ret = here;
		s->api = api ? api : s->api;
	} else if (strstr(link, "shortlink") && !ret->id && number) {
		ret->id = arena_strndup(&s->arena, number + 3, strspn(number + 3, "0123456789"));
	}
}

/* Link: <https://readers.example/wp-json/>; rel="https://api.w.org/", <...> */
static void read_headers(struct site *s, const struct http_answer *page, struct site_article *ret)
{
	struct buf value = BUF_INIT;

	for (size_t n = 0; buf_clear(&value), http_header(page, "link", n, &value); n++) {
		const char *at = buf_str(&value);

		while ((at = strchr(at, '<'))) {
			size_t len = strcspn(at + 1, ">");
			size_t more = at[1 + len] ? strcspn(at + 2 + len, "<") : 0;
			char *href = arena_strndup(&s->arena, at + 1, len);
			char *link = arena_strndup(&s->arena, at + 1 + len, more);

			take_link(s, buf_str(&page->url), href, link, ret);
			at += 1 + len;
		}
	}
	buf_release(&value);
}

/* An attribute's value in a tag, its one entity undone; NULL when it has none. */
static char *attribute(const char *tag, const char *name, struct arena *a)
{
	const char *at = tag;
	char *value, *to;
	size_t len;

	/* Not data-href. */
	do
		at = strcasestr(at + 1, name);
	while (at && !strchr(" \t\r\n\"'", at[-1]));
	if (!at)
		return NULL;
	at += strlen(name);
	if (*at == '"' || *at == '\'')
		len = strcspn(at + 1, *at == '"' ? "\"" : "'");
	else
		return NULL;
	value = to = arena_strndup(a, at + 1, len);
	for (char *from = value; *from; from++) {
		*to++ = *from;
		if (!strncmp(from, "&amp;", 5))
			from += 4;
		else if (!strncmp(from, "&#038;", 6)) {
			to[-1] = '&';
			from += 5;
		}
	}
	*to = '\0';
	return value;
}

/* A tag without an end is cut, so that a page of them costs no more than a page. */
static size_t tag_length(const char *tag)
{
	size_t len = 0;

	while (len < 2 * BOUND_NAME_BYTES && tag[len] && tag[len] != '>')
		len++;
	return len;
}

static void read_head(struct site *s, const struct http_answer *page, struct site_article *ret)
{
	const char *at = buf_str(&page->body);

	while ((at = strcasestr(at, "<link"))) {
		char *tag = arena_strndup(&s->arena, at, tag_length(at));
		char *href = attribute(tag, "href=", &s->arena);

		if (href)
			take_link(s, buf_str(&page->url), href, tag, ret);
		at += 5;
	}
}

/* A site without pretty addresses names its interface like this itself. */
static void finish(struct site *s)
{
	size_t len = s->api ? strlen(s->api) : 0;

	if (len && s->api[len - 1] != '/')
		s->api = arena_printf(&s->arena, "%s/", s->api);
}

int site_find(struct site *s, const char *url, struct site_article *ret, struct http_answer *page,
	      struct err *err)
{
	*ret = (struct site_article){ 0 };
	if (find_in_address(s, url, ret))
		return 1;
	if (site_get(s, url, false, page, err) < 0)
		return -1;
	if (page->status != 200)
		return site_refused(page, err);
	read_headers(s, page, ret);
	read_head(s, page, ret);
	finish(s);
	return s->api != NULL;
}
