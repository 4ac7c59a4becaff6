/* site.h - a WordPress site over its REST interface: fetch a thread, post replies.
 *
 * Polite: one request at a time, a pause between two, and after an answer that
 * asks for it a longer one. The clock and the waiting are the caller's. Never
 * prints. Answers are other people's bytes: nothing in them is believed to be
 * more than text.
 */
#ifndef DEAR_SITE_H
#define DEAR_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/thread.h"

struct arena;
struct buf;
struct diags;
struct err;
struct site;
struct store;

struct site_options {
	const char *url;             /* of the article, of the site, or of its REST interface */
	const char *user, *password; /* an application password; NULL: a stranger */
	const char *agent, *ca;      /* as in http.h */
	bool insecure;
	int64_t delay;               /* milliseconds between two requests */
	int64_t timeout;             /* seconds for one */
	int tries;                   /* how often the same request, in all */
	int64_t (*clock)(void *ctx); /* seconds since 1970 */
	/* why: in words, when it is more than the usual pause; else NULL */
	void (*wait)(void *ctx, int64_t milliseconds, const char *why);
	void *ctx;
};
/* Strings are borrowed. Nothing is sent yet. NULL with ERR_USAGE for an address
 * dear may not go to. */
struct site *site_open(const struct site_options *o, struct err *err);
void site_free(struct site *s);

/* ---- pull ---- */

/* A thread as files that intake_import reads. */
struct site_thread {
	const char *const *files; /* NULL-ended */
	size_t count;
	const char *format;      /* for all of them; NULL: to be looked at */
	struct thread_ref known; /* what the site tells of the article beside them */
	const char *staff_id;    /* the article's author; NULL: not known */
	const char *note;        /* why the page was read instead; NULL */
};
/* Fetches a thread into a folder (made when missing, 0700), page by page. What an
 * interrupted pull left there, if it is of this address and less than a day old,
 * is gone on with. The interface is found by the article's address; a site that
 * has none, or keeps it shut, gives its page as readers see it. ERR_USAGE for a
 * wrong name or password; ERR_INPUT for an article without comments; ERR_IO for
 * what did not come. Strings are in the arena. */
int site_pull(struct site *s, const char *folder, struct arena *a, struct site_thread *ret,
	      struct err *err);
/* Removes the folder with what site_pull put there. */
void site_pull_clear(const char *folder);

/* ---- push ---- */

/* What became of a reply; id, word, is that as it should be? */
#define PUSH_OUTCOMES(X)                                                               \
	X(PUSH_POSTED, "posted", true)                                                 \
	X(PUSH_THERE, "there", true)          /* it was on the site already */         \
	X(PUSH_HELD, "held", false)           /* it waits for moderation */            \
	X(PUSH_HIDDEN, "hidden", false)       /* accepted, and readers can't see it */ \
	X(PUSH_CLOSED, "closed", false)       /* comments are closed */                \
	X(PUSH_NO_PARENT, "no_parent", false) /* its comment is not live there */      \
	X(PUSH_ANSWERED, "answered", false)   /* another reply stands there */         \
	X(PUSH_REFUSED, "refused", false)                                              \
	X(PUSH_LATER, "later", false) /* it may have arrived; look again later */      \
	X(PUSH_DRY, "request", true)  /* only shown */
enum push_outcome {
#define X(id, word, fine) id,
	PUSH_OUTCOMES(X)
#undef X
};
const char *push_outcome_word(enum push_outcome o);
bool push_outcome_fine(enum push_outcome o);

struct push_result {
	int64_t item;
	enum push_outcome outcome;
	const char *native_id;  /* NULL: none, or not known */
	const char *text;       /* one line for the editor, without the item's number */
	const char *url, *body; /* of a dry run: what would be sent */
};

struct push_options {
	int64_t thread;     /* 0: all of the site */
	const int64_t *ids; /* NULL: all that are approved */
	size_t id_count;
	bool elsewhere;                   /* to the site given, wherever the thread is from */
	bool again, stale, also_answered; /* as for export */
	bool dry_run;                     /* show the requests; send nothing at all */
	const char *actor;
	void (*told)(void *ctx, const struct push_result *r);
	void *ctx;
};
/* The host that approved replies wait for, appended to out as an address of it:
 * an article's. ERR_USAGE when there are several, with their names. Where no
 * reply waits nothing is appended, and what was left out is in d. */
int push_home(struct store *store, const struct push_options *o, struct buf *out, struct diags *d,
	      struct err *err);
/* Posts approved replies, each after a look at what stands below its comment: one
 * that is there already is not posted again. Before it is sent it is claimed in
 * the store, afterwards it has its receipt, so that who comes after a crash
 * looks first. Each outcome is told; what is left out by export's rules is a
 * diagnostic. -1 when going on would be pointless: ERR_USAGE for a wrong name or
 * password, ERR_IO for a site that does not answer. */
int site_push(struct site *s, struct store *store, const struct push_options *o, struct diags *d,
	      struct err *err);

#endif
