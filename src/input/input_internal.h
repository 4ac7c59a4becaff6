/* input_internal.h - what the files of src/input share; for them only.
 *
 * The way of a page: input_bytes (file to UTF-8) - input_sieve (what libxml2's
 * push parser must not see) - input_html (libxml2) - input_page (comments) with
 * the class names of input_wordpress. The way of JSON: base's jstream and
 * Jansson - input_json - one of the shapes (input_rest, input_wpcli,
 * input_threadjson, input_disqus_api). XML has input_document_internal.h, pages
 * that mark their comments for machines input_marked_internal.h. All make plain
 * text with input_text.
 */
#ifndef DEAR_INPUT_INTERNAL_H
#define DEAR_INPUT_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/input.h"
#include "dear/thread.h"

struct diags;
struct err;
struct file;
struct jvalue;

/* ---- input.c, input_sniff.c ---- */

enum format_id {
	FORMAT_HTML5,
	FORMAT_XHTML,
	FORMAT_BLOCK,
	FORMAT_REST,
	FORMAT_WPCLI,
	FORMAT_THREADJSON,
	FORMAT_NDJSON,
	FORMAT_WXR,
	FORMAT_DISQUS,
	FORMAT_DISQUSAPI,
	FORMAT_RSS,
	FORMAT_ATOM,
	FORMAT_LINKED,
	FORMAT_MICRODATA,
	FORMAT_MICROFORMATS,
	FORMAT_LISTS,
};

struct input {
	struct file *file;
	enum format_id format;
	const struct reader *reader;
	void *state;              /* the reader's own */
	struct thread_ref thread; /* strings in `strings` */
	struct arena strings;
	bool any;   /* a comment was handed out */
	bool ended; /* the end was told */
};

/* One way of reading. start returns its state, NULL with *err set. */
struct reader {
	void *(*start)(struct input *in, struct err *err);
	int (*next)(struct input *in, struct arena *a, struct comment *ret, struct diags *d,
		    struct err *err);
	void (*free)(void *state);
};
extern const struct reader reader_page, reader_list, reader_json, reader_wxr, reader_feed,
	reader_disqus, reader_linked, reader_marked;

/* Tells the format and, in reason, what showed it. */
int sniff_format(struct file *f, enum format_id *ret, struct buf *reason, struct err *err);

/* "file:12", for diagnostics. In the arena. */
const char *input_where(const struct input *in, struct arena *a, int line);
/* Sets url (cleaned of comment page, query and fragment) and host. */
void input_set_url(struct thread_ref *ref, struct arena *a, const char *url);
/* The number after comment-page- or cpage= in an address; 0 without. */
int input_url_page(const char *url);
/* Reads c->date into utc; a date in words only counts up *prose. */
void input_read_date(struct comment *c, bool gmt, uint64_t *prose);
/* Says once how many dates no machine can read. */
void input_say_prose(const struct input *in, uint64_t prose, struct diags *d);
/* Says how many bytes were no text, and how many comments were cut. */
void input_say_replaced(const struct input *in, uint64_t replaced, const char *charset,
			struct diags *d);
void input_say_cut(const struct input *in, uint64_t cut, struct diags *d);
void input_say_no_id(const struct input *in, uint64_t count, struct diags *d);
/* The number of the comment an address or id points at ("#comment-12",
 * "comment-12"), in the arena; NULL when it says none. */
const char *input_comment_id(const char *url, struct arena *a);
/* What stands for an id where there is none: the same comment gets it again when
 * the page is read again. */
#define NODE_ID_MAX 40
void input_make_id(const struct comment *c, char out[NODE_ID_MAX]);
/* A comment with all its strings in another arena. */
void input_copy_comment(const struct comment *c, struct arena *a, struct comment *ret);
/* Copies at most max bytes, cut at a whole character, blanks trimmed. */
char *input_copy(struct arena *a, const char *s, size_t len, size_t max);
/* The same for one line: every run of blanks is one blank. */
char *input_line(struct arena *a, const char *s, size_t len, size_t max);
/* Appends at most BOUND_NAME_BYTES, cut at a whole character. */
void input_add_cut(struct buf *b, const char *s);

/* ---- input_bytes.c: a file as UTF-8, window by window ---- */

struct bytes;
struct bytes *bytes_new(struct file *f, struct err *err);
/* 1 and a window of valid UTF-8 (borrowed until the next call), 0 at the end,
 * -1 with *err set. */
int bytes_next(struct bytes *b, const char **ret, size_t *ret_len, struct err *err);
/* Bad bytes replaced so far, and the encoding that was read. */
uint64_t bytes_replaced(const struct bytes *b);
const char *bytes_charset(const struct bytes *b);
void bytes_free(struct bytes *b);

/* ---- input_sieve.c ---- */

enum sieve_state {
	SIEVE_TEXT,
	SIEVE_REFERENCE, /* after & */
	SIEVE_OPEN,      /* after < */
	SIEVE_NAME,      /* in a tag's name */
	SIEVE_TAG,       /* between attributes */
	SIEVE_ATTRIBUTE, /* in an attribute's name */
	SIEVE_VALUE,     /* after = */
	SIEVE_BARE,      /* in a value without quotes */
	SIEVE_QUOTED,
	SIEVE_DROP,    /* to > */
	SIEVE_BANG,    /* after <! */
	SIEVE_COMMENT, /* to --> */
	SIEVE_RAW,     /* to the end tag of raw_name */
};

/* Starts as { .rename_li = ..., .keep_lines = ... }. */
struct sieve {
	bool rename_li;  /* so that an li inside an li stays there */
	bool keep_lines; /* newlines of what is dropped are kept */
	enum sieve_state state;
	char quote;
	size_t tag_bytes, value_bytes, run; /* of this tag, value, text */
	bool closing;                       /* an end tag */
	bool keep_value;                    /* the attribute goes through */
	size_t word_len, matched;
	char word[40]; /* the reference or tag name under way */
	char raw_name[12];
};
/* Appends to out what libxml2 may see of n bytes of UTF-8. */
void sieve_feed(struct sieve *s, const char *bytes, size_t n, struct buf *out);
/* At the end of the input: what was held back. */
void sieve_end(struct sieve *s, struct buf *out);

/* ---- input_html.c: libxml2's push parser ---- */

/* Names and attributes are lower case; every start has its end. */
struct html_events {
	void (*start)(void *ctx, const char *name, const char **atts);
	void (*end)(void *ctx, const char *name);
	void (*text)(void *ctx, const char *s, size_t n);
};
struct html;
struct html *html_new(const struct html_events *events, void *ctx, bool rename_li);
/* -1 with *err set when elements are nested deeper than BOUND_HTML_DEPTH. */
int html_feed(struct html *h, const char *utf8, size_t n, struct err *err);
int html_end(struct html *h, struct err *err);
/* Feeds the next window: 1, or 0 when that was the end. */
int html_advance(struct html *h, struct bytes *b, struct err *err);
/* The bytes are over: elements end that nothing closed. */
bool html_is_ending(const struct html *h);
/* Inside a script, comment or quoted value: what comes is not read. */
bool html_is_swallowing(const struct html *h);
int html_line(const struct html *h);
void html_free(struct html *h);
/* An attribute's value; NULL without. */
const char *html_att(const char **atts, const char *name);
/* True when the blank-separated list holds the word. */
bool html_has_class(const char *classes, const char *word);

/* ---- input_text.c: plain text and cleaned HTML of a comment ---- */

struct html_text {
	struct buf *out;
	bool breaks; /* a newline in the source is a line break (raw WordPress) */
	int quotes, pre, skip;
	int lines;  /* line ends due before the next visible character: 0, 1, 2 */
	bool broke; /* a br was last: a newline after it says the same */
	bool blank; /* a blank is due */
	bool begun;
};
void html_text_start(struct html_text *t, const char *name, const char **atts);
void html_text_end(struct html_text *t, const char *name);
void html_text_chars(struct html_text *t, const char *s, size_t n);

/* Turns many fragments into text with one parser. */
struct fragments;
struct fragments *fragments_new(void);
void fragments_text(struct fragments *f, const char *html, size_t len, bool breaks,
		    struct buf *out);
void fragments_free(struct fragments *f);

/* ---- input_page.c: comments out of a WordPress page ---- */

/* What an element of a comment is for. In order of strength: an element with
 * several such classes is the last of them. */
enum role {
	ROLE_NONE,
	ROLE_NAME_AROUND, /* holds the name and perhaps more */
	ROLE_META,        /* nothing in it is the comment's text */
	ROLE_DATE_AROUND, /* holds the date and perhaps more */
	ROLE_DATE,
	ROLE_NAME,
	ROLE_BODY_AROUND, /* holds the text and perhaps more */
	ROLE_BODY_LIKELY,
	ROLE_BODY,
	ROLE_CHROME, /* nothing in it is read */
	ROLE_PENDING,
	ROLE_REPLY,
};

/* What an element says about the comment it is. */
struct mark {
	bool is_node;         /* it is a comment, or the wrapper of one */
	bool strong;          /* by id and by class: even inside another's text */
	char id[NODE_ID_MAX]; /* "" when it has none */
	int depth;            /* depth-N; 0 without */
	enum comment_status status;
	bool staff, user;
	bool told; /* the class list is WordPress' own */
	char nicename[64];
};

/* What a page says of its thread, from the strongest source met so far. */
struct facts {
	struct arena *strings;
	const char *post_id, *url, *title;
	int post_rank, url_rank, title_rank;
	int page, pages;
	bool changed;
	bool form;  /* the page lets readers write */
	bool links; /* a reply link was seen */
};

/* input_wordpress.c: the words of WordPress and its themes. */
enum role wordpress_role(const char *name, const char **atts);
void wordpress_mark(const char *name, const char **atts, struct mark *ret);
void wordpress_facts(struct facts *f, const char *name, const char **atts, bool in_comment);
/* Post id of a reply link, in its attributes or its script; NULL. */
void wordpress_reply_link(struct facts *f, const char **atts);
/* A comment's own address: the article's, and the comment page. */
void facts_permalink(struct facts *f, const char *url);
/* A page's title or heading while it is read. All zero at first. Every element
 * that opens and closes is told; one that may be the title is taken where wanted. */
struct heading {
	struct buf text;
	int rank; /* 0: none is under way */
	unsigned depth;
};
void heading_open(struct heading *h, const char *name, const char **atts, bool wanted);
void heading_text(struct heading *h, const char *s, size_t n);
/* The heading that ends is one more fact; the one of the highest rank wins. */
void heading_close(struct heading *h, struct facts *f);
/* Writes what is known into the thread. */
void facts_publish(struct facts *f, struct thread_ref *ref);

/* input_gather.c: one comment while it is read. */
enum capture {
	CAPTURE_NONE,
	CAPTURE_BODY,
	CAPTURE_NAME,
	CAPTURE_NAME_AROUND,
	CAPTURE_DATE,
	CAPTURE_DATE_AROUND
};

struct gather {
	bool active;
	struct mark mark;
	int line, level;
	bool pending, replyable, permalink;
	bool cut;
	struct buf name, name_around, date, date_around, datetime, url, body, plain;
	struct html_text text;
};
void gather_start(struct gather *g, const struct mark *mark, int line);
/* A stronger place for the text begins: what was gathered is dropped. */
void gather_level(struct gather *g, int level);
void gather_open(struct gather *g, const char *name, const char **atts);
void gather_close(struct gather *g, const char *name);
void gather_text(struct gather *g, enum capture capture, const char *s, size_t n);
/* Fills *ret (not its parent); strings in the arena. */
void gather_finish(struct gather *g, struct arena *a, struct comment *ret);
void gather_release(struct gather *g);

/* ---- input_list_find.c: where input_list finds its comments ---- */

/* input_buttons.c: links that are no text. Starts zeroed. */
struct buttons {
	struct link_words *slots;
	size_t count;
	uint32_t items; /* of the page that have words outside links */
};
void buttons_count(struct buttons *b, const char *text, uint32_t item);
bool buttons_has(const struct buttons *b, const char *text);
bool buttons_is_link(const char **atts); /* by where it goes */
void buttons_release(struct buttons *b);

struct listing {
	struct buttons buttons;
	uint32_t best;        /* number of the list, from 1 in the page's order; 0 */
	unsigned char *noted; /* for each number: holds comments */
	size_t noted_end, noted_size;
};
int list_find(struct file *file, struct listing *ret, struct err *err);
bool listing_has(const struct listing *l, uint32_t ordinal);
bool list_is_list(const char *name);
/* Nothing in it is a comment or its text. */
bool list_is_outside(const char *name);
bool list_is_name(const char *name, const char **atts);
bool list_is_date(const char *name, const char **atts);

/* ---- input_json.c and its shapes ---- */

struct shape {
	struct input *in;
	struct fragments *fragments;
	struct buf text;
	uint64_t prose;
	int line;            /* of the object */
	struct diags *diags; /* of this call */
};
/* Parses a value; bytes that are no UTF-8, and escapes that are no character,
 * become U+FFFD and are counted. */
json_t *input_json(const struct jvalue *v, const struct file *f, struct buf *scratch,
		   uint64_t *replaced, struct err *err);
/* Fills *ret from one object; strings in the arena. */
typedef void shape_read(struct shape *r, json_t *object, struct arena *a, struct comment *ret);
bool rest_is(const json_t *object);
bool wpcli_is(const json_t *object);
bool threadjson_is(const json_t *object);
bool disqus_post_is(const json_t *object);
shape_read rest_read, wpcli_read, threadjson_read, disqus_post_read;

/* A member as text: a string as it is, an integer in decimal, else NULL. In
 * the arena. Members of another kind are said in a diagnostic. */
const char *shape_text(struct shape *r, const json_t *object, const char *key, struct arena *a);
/* Says that a member holds something else than wanted. */
void shape_bad(struct shape *r, const char *key, const char *wanted);
/* Sets c->date from the UTC time, else from the site's own. */
void shape_set_date(struct shape *r, struct comment *c, const char *gmt, const char *local);
/* A name or title, entities decoded; NULL when empty. */
const char *shape_name(struct shape *r, const char *html, struct arena *a);
/* Sets c->text from HTML (breaks: as WordPress stores it), cut at the bound. */
void shape_set_text(struct shape *r, struct comment *c, const char *html, bool breaks,
		    struct arena *a);
/* Sets c->status from WordPress' words for approval and type. */
void shape_set_status(struct comment *c, const char *approved, const char *type);
/* Sets c->thread from a post's id and a comment's address. */
void shape_set_thread(struct comment *c, const char *post, struct arena *a);

#endif
