/* store_name.c - when two names are one reader, and two addresses one article.
 * Pure functions on text; nothing here touches the database.
 */
#include "store_internal.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "dear/buf.h"
#include "dear/hash.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* ASCII in place, which is most names; what the case fold of Unicode says else. */
static void fold_case(const char *name, struct buf *out)
{
	size_t len = strlen(name);
	utf8proc_uint8_t *folded = NULL;
	bool ascii = true;

	for (size_t i = 0; i < len; i++)
		ascii = ascii && (unsigned char)name[i] < 0x80;
	if (!ascii && utf8proc_map((const utf8proc_uint8_t *)name, (utf8proc_ssize_t)len, &folded,
				   UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD) >= 0) {
		buf_puts(out, (const char *)folded);
		free(folded);
		return;
	}
	for (size_t i = 0; i < len; i++)
		buf_putc(out, (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] | 0x20 : name[i]));
}

void store_fold_name(const char *name, struct buf *out)
{
	struct buf folded = BUF_INIT;

	buf_clear(out);
	fold_case(name, &folded);
	for (const char *s = buf_str(&folded); *s; s++) {
		if (!is_blank(*s))
			buf_putc(out, *s);
		else if (out->len && s[1] && !is_blank(s[1]))
			buf_putc(out, ' ');
	}
	buf_release(&folded);
}

int64_t store_person(const struct comment *c)
{
	struct buf name = BUF_INIT;
	uint64_t h = 0;

	if (c->user_id) {
		h = hash_string(hash_string(HASH_START, "account"), c->user_id);
	} else if (!comment_name_is_nobody(c->author)) {
		store_fold_name(c->author, &name);
		h = hash_string(HASH_START, c->account == ACCOUNT_UNKNOWN ? ""
					    : c->account == ACCOUNT_GUEST ? "guest"
									  : "user");
		h = hash_string(h, buf_str(&name));
	}
	buf_release(&name);
	return (int64_t)h;
}

int64_t store_fingerprint(const struct comment *c, uint64_t hash)
{
	uint64_t h = hash_string(hash_string(HASH_START, c->author), c->date);

	return (int64_t)hash_bytes(h, &hash, sizeof(hash));
}

/* The one query a bare WordPress needs to tell its articles apart. */
static bool names_article(const char *key, size_t len)
{
	return (len == 1 && key[0] == 'p') || (len == 7 && !strncmp(key, "page_id", 7));
}

static void put_query(struct buf *out, const char *query, size_t len)
{
	for (const char *s = query, *end = query + len; s < end;) {
		size_t n = strcspn(s, "&#");

		if (names_article(s, strcspn(s, "=&#"))) {
			buf_putc(out, '?');
			buf_add(out, s, n);
		}
		s += n + 1;
	}
}

/* "/comment-page-3" at the end, and slashes there. */
static size_t path_length(const char *s, size_t len)
{
	static const char page[] = "/comment-page-";
	size_t digits;

	while (len && s[len - 1] == '/')
		len--;
	digits = len;
	while (digits && s[digits - 1] >= '0' && s[digits - 1] <= '9')
		digits--;
	if (digits < len && digits >= sizeof(page) - 1 &&
	    !strncmp(s + digits - (sizeof(page) - 1), page, sizeof(page) - 1))
		len = digits - (sizeof(page) - 1);
	while (len && s[len - 1] == '/')
		len--;
	return len;
}

void store_address(const char *url, struct buf *out)
{
	const char *scheme = url ? strstr(url, "://") : NULL;
	size_t host, path;

	buf_clear(out);
	if (!url)
		return;
	if (scheme && strcspn(url, "/?#") > (size_t)(scheme - url))
		url = scheme + 3;
	host = strcspn(url, "/?#");
	path = strcspn(url, "?#");
	for (size_t i = 0; i < host; i++)
		buf_putc(out, (char)(url[i] >= 'A' && url[i] <= 'Z' ? url[i] | 0x20 : url[i]));
	buf_add(out, url + host, path_length(url + host, path - host));
	if (url[path] == '?')
		put_query(out, url + path + 1, strcspn(url + path + 1, "#"));
}
