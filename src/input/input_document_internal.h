/* input_document_internal.h - what the readers of XML share; for the files of
 * src/input only.
 *
 * The way of an export or feed: input_bytes (file to UTF-8) - input_strain
 * (what an XML parser would refuse or be harmed by) - input_markup (libxml2) -
 * input_document (elements and their text, comments in a queue) - one of
 * input_wxr, input_disqus and input_feed.
 */
#ifndef DEAR_INPUT_DOCUMENT_INTERNAL_H
#define DEAR_INPUT_DOCUMENT_INTERNAL_H

#include "dear/diag.h"
#include "dear/err.h"

#include "input_internal.h"

/* ---- input_strain.c ---- */

enum strain_state {
	STRAIN_TEXT,
	STRAIN_OPEN, /* after < */
	STRAIN_TAG,
	STRAIN_QUOTED,    /* in an attribute's value */
	STRAIN_REFERENCE, /* after & */
	STRAIN_BANG,      /* after <! */
	STRAIN_COMMENT,   /* to --> */
	STRAIN_CDATA,     /* to ]]> */
	STRAIN_ORDER,     /* to ?> */
	STRAIN_DOCTYPE,   /* to its own > */
};

/* Starts zeroed. */
struct strain {
	enum strain_state state, outer; /* outer: where a reference or comment stands */
	char quote;                     /* of a value, or of the DOCTYPE's; 0 */
	size_t matched, word_len, tag_bytes;
	int brackets; /* open in the DOCTYPE */
	char word[40];
	uint64_t replaced, repaired; /* characters that are none; what was no reference */
	bool too_long;               /* a tag over the bound */
};
/* Appends to out what the parser may see of n bytes of UTF-8. */
void strain_feed(struct strain *s, const char *bytes, size_t n, struct buf *out);
/* The bytes are over: false inside something that never ended. */
bool strain_end(const struct strain *s);

/* ---- input_markup.c: XML as events, by libxml2's push parser ---- */

struct markup;
/* Names carry the usual prefix of their namespace, whatever the file calls it:
 * "wp:comment_id", "atom:entry"; none for RSS and Disqus themselves. */
struct markup *markup_new(const struct html_events *events, void *ctx);
/* Feeds the next window: 1, 0 when that was the end, -1 with *err set. */
int markup_advance(struct markup *m, struct bytes *b, struct err *err);
int markup_line(const struct markup *m);
const struct strain *markup_strain(const struct markup *m);
void markup_free(struct markup *m);

/* ---- input_document.c ---- */

struct document;

/* What a format does with its elements. text is what stood in the element
 * after its last child, references decoded, blanks kept; "" for none. */
struct document_words {
	void (*start)(struct document *doc, const char *name, const char **atts);
	void (*end)(struct document *doc, const char *name, const char *text);
	void (*finish)(struct document *doc, struct diags *d); /* at the end; may be NULL */
};

/* The first member of each reader's own state. */
struct document {
	struct input *in;
	const struct document_words *words;
	struct bytes *bytes;
	struct markup *markup;
	struct shape shape;
	struct err err;     /* what an event may set: the file is refused */
	struct diags diags; /* raised inside the parser's events */
	struct buf text;
	int verbatim;      /* elements open inside one whose markup is text; 0 */
	bool escape;       /* text there is plain, and is made HTML */
	struct arena part; /* what the format keeps of the comment under way */
	struct arena queued;
	struct comment *queue;
	size_t queue_at, queue_len, queue_size;
	uint64_t without_id;
};
int document_init(struct document *doc, struct input *in, const struct document_words *words,
		  struct err *err);
void document_release(struct document *doc);
/* Copies a comment, its thread too, and clears doc->part. */
void document_queue(struct document *doc, const struct comment *c);
/* For the element that begins, elements inside are its text. escape: what
 * stands between them is plain (XHTML), else HTML that was escaped. */
void document_verbatim(struct document *doc, bool escape);
int document_next(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		  struct err *err);

/* One line of text in the arena, HTML decoded; NULL when there is none. */
const char *document_name(struct document *doc, const char *html, struct arena *a);
/* The text without blanks around it, in the arena; NULL when there is none. */
const char *document_value(const char *text, struct arena *a);

#endif
