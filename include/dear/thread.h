/* thread.h - comments, and how they hang together.
 *
 * A struct comment is plain data as a reader of some format found it; strings
 * live in the batch's arena. Parents, answers and what awaits one are resolved
 * for a whole thread at once by thread_link, on a small table, after all its
 * comments are in the store.
 */
#ifndef DEAR_THREAD_H
#define DEAR_THREAD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct diags;

/* What a comment is. Only live ones can await an answer; all but pings, spam
 * and trash are kept as nodes of the tree. Value, word used in summaries and in
 * the store, kept? */
#define COMMENT_STATUSES(X)                      \
	X(COMMENT_LIVE, "live", true)            \
	X(COMMENT_PENDING, "pending", true)      \
	X(COMMENT_DELETED, "deleted", true)      \
	X(COMMENT_SPAM, "spam", false)           \
	X(COMMENT_TRASH, "trash", false)         \
	X(COMMENT_PINGBACK, "pingback", false)   \
	X(COMMENT_TRACKBACK, "trackback", false) \
	X(COMMENT_NOTE, "note", false)

enum comment_status {
#define X(id, word, kept) id,
	COMMENT_STATUSES(X)
#undef X
		COMMENT_STATUS_COUNT
};
const char *comment_status_word(enum comment_status s);
bool comment_status_kept(enum comment_status s);

/* known: the source says it. guessed: dear concluded it. lost: the source once
 * knew and the form does not say. Words: "known", "guessed", "lost". */
enum parent_known { PARENT_KNOWN, PARENT_GUESSED, PARENT_LOST };
const char *parent_known_word(enum parent_known p);

/* Whether the writer had an account: a guest who bears the columnist's name is
 * not the columnist. */
enum account { ACCOUNT_UNKNOWN, ACCOUNT_GUEST, ACCOUNT_USER };

/* One article's thread as a source names it; every field may be NULL. */
struct thread_ref {
	const char *url;     /* the article, without comment page and fragment */
	const char *host;    /* "readers.example" */
	const char *post_id; /* the source's own id of the article or thread */
	const char *title;
	bool flat;       /* the form can't show replies (threading off, feed) */
	int page, pages; /* this page of how many; 0 when not paged */
	/* How WordPress stores the article, by which its importer finds it. */
	const char *stored_title;        /* with its entities: "Mind &amp; heart" */
	const char *posted, *posted_gmt; /* "YYYY-MM-DD HH:MM:SS" */
	const char *kind;                /* "post", "page" */
	const char *login;               /* of its author */
};

struct comment {
	const char *id;     /* native, as text; NULL when the source has none */
	const char *parent; /* native id of the parent; NULL at top level */
	enum parent_known parent_known;
	enum comment_status status;
	const char *author;  /* display name; NULL when unnamed */
	const char *user_id; /* the source's account id or name; NULL for guests */
	enum account account;
	bool staff;       /* the source itself marks it as by the column */
	const char *date; /* as given; NULL when the source has none */
	int64_t utc;      /* seconds since 1970, when has_utc */
	bool has_utc, tz_known;
	const char *url;                 /* permalink; NULL */
	const char *body;                /* as given, cleaned to valid UTF-8 */
	bool body_html;                  /* body is HTML (else plain text) */
	const char *text;                /* plain text; quoted lines begin with "> " */
	int line;                        /* where it began in the file; 0 when unknown */
	const struct thread_ref *thread; /* NULL: the file's only thread */
};

/* Anonymous, Anonym, "" and the like name nobody (WordPress prints a
 * translated "Anonymous"; every language WordPress ships is in the table). */
bool comment_name_is_nobody(const char *author);

/* The fold two renderings of one text share: quotes and dashes straightened,
 * ellipsis to dots, white space to single blanks, emoji image text kept.
 * Hash of that; what `changed` and the store's comment.hash mean. */
uint64_t comment_hash(const char *text);

/* Parses the dates of formats.md: ISO 8601 with or without offset,
 * "YYYY-MM-DD HH:MM:SS", RFC 3339 with fractions, RFC 822 (feeds), unix
 * seconds. gmt: a value without zone is UTC. Returns false when it is none of
 * these (localised prose: never guessed). */
bool comment_date_parse(const char *s, bool gmt, int64_t *ret_utc, bool *ret_tz_known);

/* ---- linking a thread ---- */

#define LINK_NONE UINT32_MAX

/* One kept comment. A table of them is in the thread's own order (position).
 * 32 bytes each, and 4 more inside thread_link: a thread of a million comments
 * needs 36 MB while it is linked, and nothing else grows with a thread. */
struct link {
	/* in */
	uint32_t parent; /* row of the parent; LINK_NONE at top level */
	uint32_t person; /* same number, same named reader; 0: unnamed */
	int64_t utc;     /* INT64_MIN when undated */
	uint8_t staff;
	uint8_t live;
	uint8_t has_parent_id; /* named a parent, found or not */
	uint8_t parent_known;  /* enum parent_known; in and out */
	/* out */
	uint32_t answer;  /* row of the staff comment that answers; LINK_NONE */
	uint32_t carrier; /* row of the last comment of its burst; itself when
			     it carries its own item; LINK_NONE for no item */
	uint8_t answer_guessed;
	uint8_t awaiting; /* carries an item that nobody answered */
};

/* Resolves the table in place (rules: design.md 2, "Awaiting"; cases:
 * tests/cases/awaiting). Missing parents become PARENT_LOST at top level,
 * cycles are cut at their earliest comment (PARENT_LOST), both with a
 * diagnostic that name(i) words. With flat set and no reply in the table,
 * every parent is PARENT_LOST and staff comments answer by guess: their parent
 * becomes the comment they answer, PARENT_GUESSED. A staff comment that comes
 * with a guessed parent (past a page's depth limit) answers, by guess too, the
 * latest reader before it below that parent, else the parent.
 * Linear time; no recursion. */
void thread_link(struct link *table, uint32_t count, bool flat,
		 const char *(*name)(void *ctx, uint32_t row), void *ctx, struct diags *d);

#endif
