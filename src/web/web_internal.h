/* web_internal.h - what the files of the web page share: a request on its way
 * from the socket to a page.
 *
 * web.c takes it from libmicrohttpd, web_door.c says whether it may come in,
 * web_route.c finds who answers, and that one fills in an answer. Pages are
 * values in a template (web_page.c): no HTML is put together anywhere else, so
 * whatever a reader wrote is escaped.
 */
#ifndef DEAR_WEB_INTERNAL_H
#define DEAR_WEB_INTERNAL_H

#include <jansson.h>
#include <netinet/in.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/review.h"
#include "dear/store.h"
#include "dear/web.h"

struct MHD_Connection;
struct MHD_Daemon;
struct err;

#define WEB_TOKEN_BYTES 32
#define WEB_TOKEN_CHARS (2 * WEB_TOKEN_BYTES + 1)
#define WEB_NOTES       16

/* Words for the editor that the next page shows, once. */
struct web_note {
	unsigned number; /* 0: none */
	bool bad;
	int64_t item; /* that an undo would be for; 0: none */
	char *text;
};

struct web_session {
	char key[WEB_TOKEN_CHARS];   /* the cookie; "" for a free place */
	char token[WEB_TOKEN_CHARS]; /* what each write must bring along */
	char *actor;
	int64_t used;
	int64_t holding; /* the item it has open; 0: none */
	struct web_note notes[WEB_NOTES];
	unsigned note_count;
};

/* A connection, and when it is too late for what it is about to do. */
struct web_line {
	struct MHD_Connection *connection;
	int socket;
	int64_t deadline; /* of the machine's own clock, in seconds */
};

/* web_cache.c */
struct web_cache {
	char *query; /* the filter's; NULL: nothing is kept */
	int64_t version;
	struct store_place *list;
	size_t count;
};

struct web {
	struct web_options o;
	struct web_cache cache;
	struct MHD_Daemon *daemon;
	uint16_t port;
	bool loopback;
	char link[WEB_TOKEN_CHARS]; /* "" when used up */
	int64_t link_until;
	struct buf link_text;
	struct web_session sessions[BOUND_WEB_SESSIONS];
	int64_t refused_since; /* wrong passwords in a row, and since when */
	int refused;
	struct web_line lines[BOUND_WEB_CONNECTIONS];
	struct web_pages *pages;
	struct arena scratch; /* of the request at the door */
};

/* What was asked. Values are valid UTF-8. */
struct web_field {
	const char *name, *value;
};

struct web_fields {
	struct web_field *list;
	size_t count, size;
};

struct web_answer {
	int status;
	const char *type; /* "text/html; charset=utf-8" */
	struct buf body;
	const char *location; /* of a redirect; NULL */
	const char *cookie;   /* Set-Cookie's value; NULL */
	bool keep;            /* may be kept by the browser: no page of readers' words */
};

struct web_request {
	struct web *web;
	struct MHD_Connection *connection;
	struct web_line *line;
	const char *method, *path;
	bool post;
	struct web_session *session; /* NULL: a stranger */
	struct web_fields query, form;
	struct buf body;
	bool too_large, answered;
	int64_t number; /* of the path: /item/NUMBER */
	struct arena arena;
	struct web_answer answer;
};

/* ---- web_request.c: what was asked ---- */

/* The first value of that name; NULL when it isn't there. */
const char *web_query(const struct web_request *q, const char *name);
const char *web_form(const struct web_request *q, const char *name);
/* The same as a number; 0 when it is none. */
int64_t web_query_number(const struct web_request *q, const char *name);
int64_t web_number(const char *text);
const char *web_header(const struct web_request *q, const char *name);
/* Reads the address' query; the body, once it is whole. */
void web_read_query(struct web_request *q);
void web_read_form(struct web_request *q);
void web_put_encoded(struct buf *out, const char *s); /* %-encoded */

/* ---- web_secret.c ---- */

/* WEB_TOKEN_CHARS - 1 hexadecimal digits that nobody can guess. */
void web_secret_make(char out[WEB_TOKEN_CHARS]);
/* In a time that tells nothing about where they differ. b may be NULL. */
bool web_secret_equal(const char *a, const char *b);
/* True when the password file has this name with this password; as slow for a
 * name that is not there. */
bool web_secret_password(const char *passwords, const char *name, const char *password);

/* ---- web_door.c ---- */

/* Whether the request is for this desk, from this desk's own pages; else it is
 * answered. Sets the session. */
bool web_door(struct web_request *q);
/* The write has its session's token; else it is answered. */
bool web_door_token(struct web_request *q, const char *token);
void web_note_put(struct web_request *q, int64_t item, bool bad, const char *text,
		  unsigned *ret_number);
void web_door_close(struct web *w);
int web_sign_in_page(struct web_request *q, struct err *err);
int web_sign_in_link(struct web_request *q, struct err *err);
int web_sign_in(struct web_request *q, struct err *err);
int web_sign_out(struct web_request *q, struct err *err);

/* ---- web_guard.c: the patience there is with slow clients ---- */

int64_t web_guard_clock(void);
struct web_line *web_guard_add(struct web *w, struct MHD_Connection *c);
void web_guard_remove(struct web *w, struct MHD_Connection *c);
void web_guard_check(struct web *w);

/* ---- web_route.c ---- */

/* Answers a request whose body is whole. */
void web_route(struct web_request *q);

/* ---- web_page.c ---- */

struct web_pages *web_pages_new(struct err *err);
void web_pages_free(struct web_pages *p);
/* Renders a template with values (let go of here) into the answer. */
int web_page(struct web_request *q, const char *name, int status, json_t *values, struct err *err);
int web_page_render(const struct web_pages *p, const char *name, json_t *values, struct buf *out,
		    struct err *err);
/* The style sheet's text. */
const char *web_page_style(void);
int web_asset(struct web_request *q, struct err *err);
/* A page that says one thing. */
void web_say(struct web_request *q, int status, const char *title, const char *words);
/* 303 to a path of this desk (formatted; in the arena). */
void web_go(struct web_request *q, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A page's values: an object with what every page has. */
json_t *web_values(struct web_request *q, const char *title, const char *here);

/* ---- web_value.c: data as values of a template ---- */

/* Sets a text; NULL as null, so that no outer value of that name shows through. */
void web_set(json_t *object, const char *name, const char *text);
void web_set_number(json_t *object, const char *name, int64_t n);
void web_set_flag(json_t *object, const char *name, bool on);
/* "no_contact" as "no contact". */
const char *web_words(struct arena *a, const char *code);
/* A time for people, and for machines, in UTC; 0 as null. */
void web_set_time(json_t *object, const char *name, int64_t at);
/* "2026-03-31"; NULL for INT64_MIN. */
const char *web_day(struct arena *a, int64_t at);
const char *web_date(struct arena *a, const char *date);
/* Only addresses of the web: a source can name any, "javascript:" too. */
void web_set_link(json_t *object, const char *name, const char *url);
/* The beginning of a text, at most so many code points, on one line. */
const char *web_excerpt(struct arena *a, const char *text, size_t most);
json_t *web_status_value(struct arena *a, const struct item *it);
json_t *web_situations_value(struct arena *a, const struct classification *c);
json_t *web_paragraphs(struct arena *a, const char *text);

/* ---- web_mark.c ---- */

/* The comment as paragraphs of pieces, evidence marked. */
json_t *web_mark_comment(struct arena *a, const char *text, const struct classification *c);

/* ---- web_filter.c ---- */

struct web_filter {
	struct store_filter store;
	const char *status; /* as asked for: "open", "all" too */
	const char *query;  /* all of it again, encoded: "status=open&search=..." */
	const char *wrong;  /* what could not be understood; NULL */
};
void web_filter_read(struct web_request *q, const struct web_fields *from, struct web_filter *ret);
/* The form's own values. */
json_t *web_filter_value(struct web_request *q, const struct web_filter *f, struct err *err);

/* The review as this session's editor goes about it. */
struct review web_review(struct web_request *q);
/* Opens or gives up what the session holds. */
int web_hold(struct web_request *q, int64_t item, struct hold *ret, bool *ret_ours,
	     struct err *err);

/* ---- web_cache.c ---- */

/* review_queue of the filter; the list is borrowed until the next call. */
int web_cache_queue(struct web_request *q, const struct web_filter *f,
		    const struct store_place **ret, size_t *ret_count, struct err *err);
/* After anything was written by this desk. */
void web_cache_clear(struct web *w);
/* After a decision on an item of the filter's queue, as the item is now. */
void web_cache_decided(struct web *w, const struct web_filter *f, const struct item *it);

/* ---- pages ---- */

int web_queue(struct web_request *q, struct err *err);
int web_item(struct web_request *q, struct err *err);
int web_thread(struct web_request *q, struct err *err);
int web_keys(struct web_request *q, struct err *err);
int web_style(struct web_request *q, struct err *err);
int web_decide(struct web_request *q, struct err *err);
int web_filter_keep(struct web_request *q, struct err *err);
int web_filter_drop(struct web_request *q, struct err *err);
int web_bulk(struct web_request *q, struct err *err);
int web_bulk_approve(struct web_request *q, struct err *err);
int web_undo_last(struct web_request *q, struct err *err);
int web_stats(struct web_request *q, struct err *err);

#endif
