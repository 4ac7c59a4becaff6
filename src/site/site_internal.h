/* site_internal.h - what the files of src/site share. */
#ifndef DEAR_SITE_INTERNAL_H
#define DEAR_SITE_INTERNAL_H

#include <jansson.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/http.h"
#include "dear/site.h"

struct site {
	struct site_options o;
	struct http *http;
	bool met;   /* a request was sent: the next one comes after a pause */
	int folder; /* of a pull, open and locked; -1 */
	/* found by site_find, in the arena */
	struct arena arena;
	const char *api; /* "https://readers.example/wp-json/" */
	/* found by site_login */
	const char *me; /* the account's number; NULL: a stranger */
	const char *login;
	bool moderates;
};

/* An article, as far as its address tells. */
struct site_article {
	const char *id;    /* "212"; NULL: not known */
	const char *route; /* "wp/v2/posts"; NULL: not known */
};

/* ---- site.c ---- */

/* GET that is tried again where that may help: the answer may still be a
 * refusal, but is no fault and nothing that passes. ERR_IO when tries are used
 * up. */
int site_get(struct site *s, const char *url, bool anonymous, struct http_answer *ret,
	     struct err *err);
/* Waits before try number n (from 1) as the answer asks, or longer each time.
 * -1 with ERR_IO when there is no further try, or the wait would be too long. */
int site_again(struct site *s, const struct http_answer *a, int n, int64_t least, struct err *err);
/* The pause between requests. */
void site_pause(struct site *s);
/* True for an answer that may be another one in a while. */
bool site_passing(const struct http_answer *a);
/* Appends the address of a route of the interface, with a query ("" for none). */
void site_url(const struct site *s, const char *route, const char *query, struct buf *out);
/* The answer's JSON; NULL with ERR_IO when it is none. json_decref. */
json_t *site_json(const struct http_answer *a, struct err *err);
/* What WordPress calls the refusal, and its words for it; "" when it is none. */
struct site_refusal {
	char code[64], message[160];
};
void site_refusal(const struct http_answer *a, struct site_refusal *ret);
/* A member as text, numbers too; NULL when it is absent or neither. */
const char *site_text(const json_t *object, const char *key, struct arena *a);
/* ERR_IO that says what the site answered. */
int site_refused(const struct http_answer *a, struct err *err);
/* Who the name and password are. ERR_USAGE when they are wrong. Nothing to do for
 * a stranger. */
int site_login(struct site *s, struct err *err);

/* ---- site_find.c ---- */

/* Finds the interface by an address of the site, and which article it is. The
 * page is left in ret where it had to be fetched. 1 found, 0 the site has no
 * interface, -1. */
int site_find(struct site *s, const char *url, struct site_article *ret, struct http_answer *page,
	      struct err *err);

/* ---- site_look.c ---- */

/* How the comment that a reply is for stands on the site: PUSH_POSTED when all is
 * well, else the outcome, with text. -1. */
int site_look_parent(struct site *s, const char *post, const char *parent, struct arena *a,
		     struct push_result *ret, struct err *err);
/* Looks for the reply below its comment. 1 and its id when it is there, 0 when
 * it is not; other, if not NULL, is then the id of another reply by the same
 * account, or NULL. -1. */
int site_look_reply(struct site *s, const char *post, const char *parent, const char *text,
		    struct arena *a, const char **ret_id, const char **ret_other, struct err *err);
/* Whether a stranger can see a comment. */
int site_look_public(struct site *s, const char *id, bool *ret, struct err *err);

#endif
