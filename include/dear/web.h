/* web.h - the desk as a local web page: a door to the room that review.h is. It
 * shows, asks and passes on; what may be decided when is not its business.
 *
 * One thread serves all: web_step is called again and again, and between two
 * calls nothing happens. So one store handle is enough, and a page is one moment
 * of the store.
 *
 * Who may come in. Only who has a session: by the one-time link (web_link), or by
 * a name and password where there is a password file. Host and Origin must be
 * the desk's own, a write needs the session's token as well, and nothing but the
 * desk's own style sheet and script runs on a page, however a comment is worded.
 */
#ifndef DEAR_WEB_H
#define DEAR_WEB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;
struct err;
struct responses;
struct rules;
struct stats;
struct store;
struct web;

struct web_options {
	const char *address; /* numeric: "127.0.0.1", "::1" */
	uint16_t port;       /* 0: any that is free */
	/* How browsers reach it beside its address, as "https://desk.example";
	 * NULL-ended; NULL. An https one makes the cookie Secure. */
	const char *const *origins;
	/* Text of a password file; NULL: the link is the only way in. Required
	 * for any address but this machine's own (ERR_USAGE). */
	const char *passwords;
	struct store *store; /* to write; borrowed, as all below */
	const struct rules *rules;
	const struct responses *responses;
	const char *actor;              /* who decides when the link was the way in */
	int64_t (*clock)(void *ctx);    /* the time now */
	void (*say)(const char *words); /* one line for whoever runs the desk */
	void *ctx;
};

/* Listens. ERR_USAGE for what the options don't allow, ERR_IO when the port is
 * taken. */
struct web *web_open(const struct web_options *o, struct err *err);
void web_free(struct web *w);
uint16_t web_port(const struct web *w);
/* A new address that opens the desk once, within BOUND_WEB_LINK_SECONDS; the one
 * before it is void. Borrowed until the next. */
const char *web_link(struct web *w);
/* Serves whatever comes within so many milliseconds. */
int web_step(struct web *w, int milliseconds, struct err *err);

/* True for an address of this machine that no other one reaches. */
bool web_is_loopback(const char *address);
/* Appends a line of a password file: the name, a colon, a salted hash. ERR_USAGE
 * for a name with a colon or nothing in it, and for a short password. */
int web_password_line(const char *name, const char *password, struct buf *out, struct err *err);

/* The statistics as one file that needs no other: `dear stats --html`. */
int web_stats_file(const struct stats *s, struct buf *out, struct err *err);

#endif
