/* http.h - one request to a web server, and its answer. The only room that knows
 * libcurl.
 *
 * Nothing goes out unencrypted but to this machine itself (unless `insecure`),
 * certificates are verified, and the name and password go to the site they were
 * given for and nowhere else: a redirect that would take them to another host is
 * an error. Without them a GET follows redirects, five at most; a POST never
 * does. One attempt a call: when to try again is the caller's business. Not for
 * use by two threads.
 */
#ifndef DEAR_HTTP_H
#define DEAR_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/buf.h"

struct err;
struct http;

struct http_options {
	const char *home;            /* an address of the site that user is of */
	const char *user, *password; /* NULL: a stranger */
	const char *agent;           /* "dear/0.1.0" */
	const char *ca;              /* a file of certificates to trust; NULL: the system's */
	bool insecure;               /* http to other machines too */
	int64_t timeout;             /* seconds for a whole request */
};
/* NULL with ERR_USAGE when home is no address dear may go to. Strings are
 * borrowed. */
struct http *http_open(const struct http_options *o, struct err *err);
void http_free(struct http *h);

enum http_fault {
	HTTP_ANSWERED,
	HTTP_UNSENT, /* no connection: the server never saw the request */
	HTTP_LOST    /* sent, and no whole answer: it may have been obeyed */
};
struct http_answer {
	enum http_fault fault;
	char what[160]; /* of a fault, in words */
	int status;     /* 200 ...; 0 with a fault */
	struct buf url; /* where the answer is from, after redirects */
	struct buf headers, body;
};
void http_answer_release(struct http_answer *a);
/* A header's value (name in lower case): number n of that name, from 0, appended
 * to out; false when there is none. */
bool http_header(const struct http_answer *a, const char *name, size_t n, struct buf *out);

/* GET, or with a body (JSON) POST. anonymous: without the name and password.
 * -1 for what no repetition mends: an address dear may not go to (ERR_USAGE), a
 * certificate that does not hold, a redirect it must not follow, an answer above
 * BOUND_HTTP_BYTES or BOUND_HTTP_HEADERS (ERR_IO). Everything else is an answer, faults too. ret is
 * released first, so that one may be used again and again; it starts zeroed. */
int http_send(struct http *h, const char *url, const char *body, bool anonymous,
	      struct http_answer *ret, struct err *err);

/* True when both are of one scheme, host and port. */
bool http_same_site(const char *url, const char *other);
/* The host of an address as thread_ref has it: in lower case, with the port where
 * that is not the usual one. False when it is no address. */
bool http_host(const char *url, struct buf *out);
/* Appends an address as it is meant seen from another ("/a", "b?c"). */
bool http_join(const char *from, const char *to, struct buf *out);

#endif
