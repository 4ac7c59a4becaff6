/* input_html.c - HTML as events, by libxml2's push parser.
 *
 * The only file that calls it. Bytes pass the sieve first; what the sieve
 * renamed gets its own name back here. Errors of the page are not reported:
 * broken HTML is the web's everyday. No network, no entities from outside.
 */
#include <libxml/HTMLparser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "input_internal.h"

struct html {
	htmlParserCtxtPtr parser;
	struct sieve sieve;
	struct buf sieved;
	const struct html_events *events;
	void *ctx;
	int depth;
	bool too_deep, ending;
};

/* The page stands inside an element of ours that nothing closes: libxml2 ends
 * with its outermost element. */
#define ROOT "x-r"

/* The name a page knows; NULL for elements that only dear put there. */
static const char *page_name(const xmlChar *name)
{
	const char *s = (const char *)name;

	if (strncmp(s, "x-", 2))
		return s;
	return strcmp(s, ROOT) && strcmp(s, "x-t") ? s + 2 : NULL;
}

static void on_start(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	static const char *none[] = { NULL };
	struct html *h = ctx;
	const char *s = page_name(name);

	if (!s || h->too_deep)
		return;
	if (++h->depth > BOUND_HTML_DEPTH)
		h->too_deep = true;
	else
		h->events->start(h->ctx, s, atts ? (const char **)atts : none);
}

static void on_end(void *ctx, const xmlChar *name)
{
	struct html *h = ctx;
	const char *s = page_name(name);

	if (!s || h->too_deep)
		return;
	h->depth--;
	h->events->end(h->ctx, s);
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
	struct html *h = ctx;

	if (!h->too_deep)
		h->events->text(h->ctx, (const char *)s, (size_t)n);
}

struct html *html_new(const struct html_events *events, void *ctx, bool rename_li)
{
	struct html *h = mem_alloc(sizeof(*h));
	xmlSAXHandler sax = {
		.startElement = on_start,
		.endElement = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};

	h->events = events;
	h->ctx = ctx;
	h->sieve.rename_li = rename_li;
	h->sieve.keep_lines = true;
	h->parser = htmlCreatePushParserCtxt(&sax, h, NULL, 0, NULL, XML_CHAR_ENCODING_UTF8);
	if (!h->parser)
		mem_die();
	htmlCtxtUseOptions(h->parser, HTML_PARSE_RECOVER | HTML_PARSE_NOERROR |
					      HTML_PARSE_NOWARNING | HTML_PARSE_NONET |
					      HTML_PARSE_NOIMPLIED | HTML_PARSE_IGNORE_ENC);
	htmlParseChunk(h->parser, "<" ROOT ">", (int)strlen("<" ROOT ">"), 0);
	return h;
}

static int push(struct html *h, int last, struct err *err)
{
	/* libxml2 2.9.14 keeps the place it looked up to across chunks even when
	 * the buffer moved, and then never finds the end of a tag. */
	h->parser->checkIndex = 0;
	htmlParseChunk(h->parser, buf_str(&h->sieved), (int)h->sieved.len, last);
	/* It gives back what it has read only where an element begins. */
	if (h->parser->input)
		xmlParserInputShrink(h->parser->input);
	buf_clear(&h->sieved);
	if (!h->too_deep)
		return 0;
	return err_set(err, ERR_INPUT, NULL, html_line(h),
		       "more than %d elements inside each other; this is no page with comments",
		       BOUND_HTML_DEPTH);
}

int html_feed(struct html *h, const char *utf8, size_t n, struct err *err)
{
	sieve_feed(&h->sieve, utf8, n, &h->sieved);
	return push(h, 0, err);
}

int html_end(struct html *h, struct err *err)
{
	h->ending = true;
	sieve_end(&h->sieve, &h->sieved);
	return push(h, 1, err);
}

bool html_is_ending(const struct html *h)
{
	return h->ending;
}

bool html_is_swallowing(const struct html *h)
{
	return h->sieve.state == SIEVE_COMMENT || h->sieve.state == SIEVE_RAW ||
	       h->sieve.state == SIEVE_QUOTED;
}

int html_advance(struct html *h, struct bytes *b, struct err *err)
{
	const char *s;
	size_t n;
	int more = bytes_next(b, &s, &n, err);

	if (more < 0)
		return -1;
	if (more > 0)
		return html_feed(h, s, n, err) < 0 ? -1 : 1;
	return html_end(h, err);
}

int html_line(const struct html *h)
{
	return h->parser->input ? h->parser->input->line : 0;
}

void html_free(struct html *h)
{
	if (!h)
		return;
	htmlFreeParserCtxt(h->parser);
	buf_release(&h->sieved);
	free(h);
}

const char *html_att(const char **atts, const char *name)
{
	for (; *atts; atts += 2)
		if (!strcmp(atts[0], name))
			return atts[1] ? atts[1] : "";
	return NULL;
}

bool html_has_class(const char *classes, const char *word)
{
	size_t len = strlen(word);

	while (classes && *classes) {
		size_t n;

		classes += strspn(classes, " \t\r\n\f");
		n = strcspn(classes, " \t\r\n\f");
		if (n == len && !memcmp(classes, word, n))
			return true;
		classes += n;
	}
	return false;
}

/* ---- fragments ---- */

struct fragments {
	struct html *html;
	struct html_text text;
};

static void fragment_start(void *ctx, const char *name, const char **atts)
{
	struct fragments *f = ctx;

	html_text_start(&f->text, name, atts);
}

static void fragment_end(void *ctx, const char *name)
{
	struct fragments *f = ctx;

	html_text_end(&f->text, name);
}

static void fragment_chars(void *ctx, const char *s, size_t n)
{
	struct fragments *f = ctx;

	html_text_chars(&f->text, s, n);
}

static const struct html_events fragment_events = { fragment_start, fragment_end, fragment_chars };

struct fragments *fragments_new(void)
{
	return mem_alloc(sizeof(struct fragments));
}

static bool needs_parser(const char *s, size_t len)
{
	return memchr(s, '<', len) || memchr(s, '&', len);
}

/* Each fragment is an element of its own, so that one parser serves many; one
 * that would not close (a table left open) takes the parser with it. */
void fragments_text(struct fragments *f, const char *html, size_t len, bool breaks, struct buf *out)
{
	struct err err = { 0 };
	struct html *h;

	f->text = (struct html_text){ .out = out, .breaks = breaks };
	if (!needs_parser(html, len)) {
		html_text_chars(&f->text, html, len);
		return;
	}
	if (!f->html) {
		f->html = html_new(&fragment_events, f, false);
		f->html->sieve.keep_lines = false;
	}
	h = f->html;
	buf_puts(&h->sieved, "<x-f>");
	sieve_feed(&h->sieve, html, len, &h->sieved);
	sieve_end(&h->sieve, &h->sieved);
	h->sieve = (struct sieve){ 0 };
	buf_puts(&h->sieved, "</x-f>");
	if (push(h, 0, &err) == 0 && h->depth == 0)
		return;
	html_end(h, &err);
	html_free(h);
	f->html = NULL;
}

void fragments_free(struct fragments *f)
{
	if (!f)
		return;
	html_free(f->html);
	free(f);
}

void input_html_text(const char *html, size_t len, struct buf *out)
{
	struct fragments *f = fragments_new();

	fragments_text(f, html, len, false, out);
	fragments_free(f);
}
