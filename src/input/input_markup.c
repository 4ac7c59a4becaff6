/* input_markup.c - XML as events, by libxml2's push parser.
 *
 * Strict where input_html is lenient: an export that is not whole is refused,
 * with its line. Bytes pass the strain first. No network, no entities, the
 * library's own limits kept. Names get the prefix their namespace usually has.
 */
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "input_document_internal.h"

/* Attributes of one element that are handed on. */
enum { ATTS_MAX = 32 };

struct markup {
	xmlParserCtxtPtr parser;
	struct strain strain;
	struct buf strained;
	const struct html_events *events;
	void *ctx;
	struct buf name, values;
	const char *atts[2 * ATTS_MAX + 1];
};

/* The first that an address begins with. WordPress counts its versions up. */
static const struct {
	const char *uri, *prefix;
} spaces[] = {
	{ "http://wordpress.org/export/", "wp" },
	{ "http://www.w3.org/2005/Atom", "atom" },
	{ "http://purl.org/atom/ns#", "atom" },
	{ "http://purl.org/syndication/thread/", "thr" },
	{ "http://purl.org/dc/elements/", "dc" },
	{ "http://purl.org/rss/1.0/modules/content/", "content" },
	{ "http://purl.org/rss/1.0/modules/slash/", "slash" },
	{ "http://disqus.com/disqus-internals", "dsq" },
	{ "http://www.w3.org/1999/xhtml", "" },
	{ "http://disqus.com", "" },
	{ "http://backend.userland.com/", "" },
};

/* "wp:" and "excerpt:" share the start of their address, and titles of the one
 * are none of the other. */
static const char *prefix_of(const char *uri, const char *prefix)
{
	size_t len = uri ? strlen(uri) : 0;

	if (len > 8 && !strcmp(uri + len - 8, "excerpt/"))
		return "excerpt";
	for (size_t i = 0; uri && i < sizeof(spaces) / sizeof(*spaces); i++)
		if (!strncmp(uri, spaces[i].uri, strlen(spaces[i].uri)))
			return spaces[i].prefix;
	return prefix ? prefix : "";
}

static void put_name(struct buf *out, const xmlChar *local, const xmlChar *prefix,
		     const xmlChar *uri)
{
	const char *usual = prefix_of((const char *)uri, (const char *)prefix);

	buf_puts(out, usual);
	if (*usual)
		buf_putc(out, ':');
	buf_puts(out, (const char *)local);
}

/* libxml2 gives five pointers an attribute: name, prefix, address, and where
 * the value begins and ends. */
static void read_atts(struct markup *m, int count, const xmlChar **raw)
{
	size_t at[2 * ATTS_MAX], n = 0;

	buf_clear(&m->values);
	for (int i = 0; i < count && i < ATTS_MAX; i++, raw += 5) {
		at[n++] = m->values.len;
		put_name(&m->values, raw[0], raw[1], raw[2]);
		buf_putc(&m->values, '\0');
		at[n++] = m->values.len;
		buf_add(&m->values, raw[3], (size_t)(raw[4] - raw[3]));
		buf_putc(&m->values, '\0');
	}
	for (size_t i = 0; i < n; i++)
		m->atts[i] = m->values.str + at[i];
	m->atts[n] = NULL;
}

static const char *name_of(struct markup *m, const xmlChar *local, const xmlChar *prefix,
			   const xmlChar *uri)
{
	buf_clear(&m->name);
	put_name(&m->name, local, prefix, uri);
	return buf_str(&m->name);
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
		     int space_count, const xmlChar **declared, int att_count, int defaulted,
		     const xmlChar **atts)
{
	struct markup *m = ctx;

	(void)space_count;
	(void)declared;
	(void)defaulted;
	read_atts(m, att_count, atts);
	m->events->start(m->ctx, name_of(m, local, prefix, uri), m->atts);
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	struct markup *m = ctx;

	m->events->end(m->ctx, name_of(m, local, prefix, uri));
}

static void on_text(void *ctx, const xmlChar *s, int n)
{
	struct markup *m = ctx;

	m->events->text(m->ctx, (const char *)s, (size_t)n);
}

struct markup *markup_new(const struct html_events *events, void *ctx)
{
	struct markup *m = mem_alloc(sizeof(*m));
	xmlSAXHandler sax = {
		.initialized = XML_SAX2_MAGIC,
		.startElementNs = on_start,
		.endElementNs = on_end,
		.characters = on_text,
		.ignorableWhitespace = on_text,
		.cdataBlock = on_text,
	};

	m->events = events;
	m->ctx = ctx;
	m->parser = xmlCreatePushParserCtxt(&sax, m, NULL, 0, NULL);
	if (!m->parser)
		mem_die();
	xmlCtxtUseOptions(m->parser, XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING |
					     XML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(m->parser, XML_CHAR_ENCODING_UTF8);
	return m;
}

/* The library's words for what is wrong, without its newline. Of a file that
 * was well until it ended it says odd things. */
static int refuse(struct markup *m, bool cut_off, struct err *err)
{
	const char *why = m->parser->lastError.message;
	int line = m->parser->lastError.line;

	if (m->strain.too_long)
		return err_set(err, ERR_INPUT, NULL, markup_line(m),
			       "a tag of more than %d bytes; this is no export or feed",
			       BOUND_TAG_BYTES);
	if (cut_off || !why)
		return err_set(err, ERR_INPUT, NULL, markup_line(m),
			       "not valid XML: the file is cut off, elements are still open; "
			       "export or fetch it again");
	return err_set(err, ERR_INPUT, NULL, line ? line : markup_line(m),
		       "not valid XML: %.*s; export or fetch it again", (int)strcspn(why, "\n"),
		       why);
}

static int push(struct markup *m, bool last, struct err *err)
{
	/* libxml2 2.9.14 keeps the place it looked up to across chunks even when
	 * the buffer moved, and then never finds the end of a tag. */
	m->parser->checkIndex = 0;
	xmlParseChunk(m->parser, buf_str(&m->strained), (int)m->strained.len, last);
	buf_clear(&m->strained);
	if (m->parser->wellFormed && !m->strain.too_long)
		return 0;
	return refuse(m, last, err);
}

int markup_advance(struct markup *m, struct bytes *b, struct err *err)
{
	const char *s;
	size_t n;
	int more = bytes_next(b, &s, &n, err);

	if (more < 0)
		return -1;
	if (more > 0) {
		strain_feed(&m->strain, s, n, &m->strained);
		return push(m, false, err) < 0 ? -1 : 1;
	}
	if (!strain_end(&m->strain))
		return err_set(err, ERR_INPUT, NULL, markup_line(m),
			       "not valid XML: the file ends inside a tag, CDATA or comment; "
			       "export or fetch it again");
	return push(m, true, err);
}

int markup_line(const struct markup *m)
{
	return m->parser->input ? m->parser->input->line : 0;
}

const struct strain *markup_strain(const struct markup *m)
{
	return &m->strain;
}

void markup_free(struct markup *m)
{
	if (!m)
		return;
	xmlFreeParserCtxt(m->parser);
	buf_release(&m->strained);
	buf_release(&m->name);
	buf_release(&m->values);
	free(m);
}
