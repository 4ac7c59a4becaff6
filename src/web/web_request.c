/* web_request.c - what a browser sent, as fields of clean text. Only reads. */
#include <errno.h>
#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"
#include "dear/utf8.h"

#include "web_internal.h"

static const char *clean(struct web_request *q, const char *text, size_t len)
{
	struct buf valid = BUF_INIT;
	const char *kept;

	utf8_clean(&valid, text, len);
	kept = arena_strndup(&q->arena, buf_str(&valid), valid.len);
	buf_release(&valid);
	return kept;
}

static void add(struct web_fields *f, const char *name, const char *value)
{
	f->list = mem_grow(f->list, &f->size, f->count + 1, sizeof(*f->list));
	f->list[f->count++] = (struct web_field){ name, value };
}

static const char *find(const struct web_fields *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (!strcmp(f->list[i].name, name))
			return f->list[i].value;
	return NULL;
}

const char *web_query(const struct web_request *q, const char *name)
{
	return find(&q->query, name);
}

const char *web_form(const struct web_request *q, const char *name)
{
	return find(&q->form, name);
}

int64_t web_number(const char *text)
{
	char *end;
	long long n;

	if (!text || *text < '0' || *text > '9')
		return 0;
	errno = 0;
	n = strtoll(text, &end, 10);
	return errno || *end ? 0 : n;
}

int64_t web_query_number(const struct web_request *q, const char *name)
{
	return web_number(web_query(q, name));
}

const char *web_header(const struct web_request *q, const char *name)
{
	return MHD_lookup_connection_value(q->connection, MHD_HEADER_KIND, name);
}

static enum MHD_Result query_field(void *ctx, enum MHD_ValueKind kind, const char *name,
				   const char *value)
{
	struct web_request *q = ctx;

	(void)kind;
	add(&q->query, clean(q, name, strlen(name)),
	    clean(q, value ? value : "", value ? strlen(value) : 0));
	return MHD_YES;
}

void web_read_query(struct web_request *q)
{
	MHD_get_connection_values(q->connection, MHD_GET_ARGUMENT_KIND, query_field, q);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "a%20b+c" as "a b c". */
static const char *decode(struct web_request *q, const char *s, size_t len)
{
	struct buf out = BUF_INIT;
	const char *kept;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '%' && i + 2 < len && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
			buf_putc(&out, (char)(hex(s[i + 1]) << 4 | hex(s[i + 2])));
			i += 2;
		} else {
			buf_putc(&out, s[i] == '+' ? ' ' : s[i]);
		}
	}
	kept = clean(q, buf_str(&out), out.len);
	buf_release(&out);
	return kept;
}

static void read_pairs(struct web_request *q, const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "&"), name = 0;

		while (name < n && text[name] != '=')
			name++;
		if (name > 0)
			add(&q->form, decode(q, text, name),
			    name < n ? decode(q, text + name + 1, n - name - 1) : "");
		text += n + (text[n] == '&');
	}
}

void web_read_form(struct web_request *q)
{
	static const char type[] = "application/x-www-form-urlencoded";
	const char *given = web_header(q, "Content-Type");

	if (q->post && given && !strncasecmp(given, type, strlen(type)))
		read_pairs(q, buf_str(&q->body));
}

void web_put_encoded(struct buf *out, const char *s)
{
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		    strchr("-_.~", c))
			buf_putc(out, *s);
		else
			buf_printf(out, "%%%02X", c);
	}
}
