/* diag.h - diagnostics: the work was done, but the editor should know.
 *
 * What a reader drops, repairs or guesses is a diagnostic with a place; tests
 * pin the names. Notes leave the exit status at 0, warnings make it 1.
 * A `struct diags` starts zeroed and is released by diags_release; strings in
 * it belong to it. It keeps the first BOUND_DIAGS_KEPT entries and counts all.
 */
#ifndef DEAR_DIAG_H
#define DEAR_DIAG_H

#include <stddef.h>

enum diag_level { DIAG_NOTE, DIAG_WARNING };

/* id, level, stable name */
#define DIAG_IDS(X)                                                      \
	X(DIAG_FORMAT, DIAG_NOTE, "format-chosen")                       \
	X(DIAG_SKIPPED, DIAG_NOTE, "comment-skipped")                    \
	X(DIAG_DATE_PROSE, DIAG_NOTE, "date-not-machine-readable")       \
	X(DIAG_NO_ID, DIAG_NOTE, "comment-without-id")                   \
	X(DIAG_DUPLICATE, DIAG_NOTE, "comment-twice")                    \
	X(DIAG_FEED_PARTIAL, DIAG_NOTE, "feed-partial")                  \
	X(DIAG_WORDING_WORN, DIAG_NOTE, "wording-worn")                  \
	X(DIAG_BYTES_REPLACED, DIAG_WARNING, "bytes-replaced")           \
	X(DIAG_HTML_BROKEN, DIAG_WARNING, "html-broken")                 \
	X(DIAG_XML_REPAIRED, DIAG_WARNING, "xml-repaired")               \
	X(DIAG_DUPLICATE_DIFFERS, DIAG_WARNING, "comment-twice-differs") \
	X(DIAG_COMMENT_EMPTY, DIAG_WARNING, "comment-empty")             \
	X(DIAG_COMMENT_CUT, DIAG_WARNING, "comment-cut")                 \
	X(DIAG_DATE_BAD, DIAG_WARNING, "date-unreadable")                \
	X(DIAG_PARENT_MISSING, DIAG_WARNING, "parent-missing")           \
	X(DIAG_PARENT_CYCLE, DIAG_WARNING, "parent-cycle")               \
	X(DIAG_PARENT_GUESSED, DIAG_WARNING, "parent-guessed")           \
	X(DIAG_ANSWER_GUESSED, DIAG_WARNING, "answer-guessed")           \
	X(DIAG_THREAD_PARTIAL, DIAG_WARNING, "thread-partial")           \
	X(DIAG_NO_STAFF, DIAG_WARNING, "no-staff-known")                 \
	X(DIAG_FIELD_BAD, DIAG_WARNING, "field-unreadable")              \
	X(DIAG_LINE_SKIPPED, DIAG_WARNING, "line-skipped")               \
	X(DIAG_STALE, DIAG_WARNING, "reply-stale")                       \
	X(DIAG_ANSWERED, DIAG_WARNING, "reply-answered")                 \
	X(DIAG_UNFIT, DIAG_WARNING, "reply-does-not-fit")                \
	X(DIAG_DOUBT, DIAG_WARNING, "reply-may-miss")                    \
	X(DIAG_CONFLICT, DIAG_WARNING, "decision-conflict")              \
	X(DIAG_STYLE, DIAG_NOTE, "house-style")                          \
	X(DIAG_NO_RESPONSE, DIAG_WARNING, "no-response-fits")            \
	X(DIAG_DATA, DIAG_WARNING, "data-lint")

enum diag_id {
#define X(id, level, name) id,
	DIAG_IDS(X)
#undef X
		DIAG_ID_COUNT
};

struct diag {
	enum diag_id id;
	char *where; /* "file:line", "thread 3", "comment 2001"; "" when none */
	char *text;  /* one line, control characters replaced */
};

struct diags {
	struct diag *list;
	size_t count, size;          /* kept word for word */
	size_t total[DIAG_ID_COUNT]; /* all that were raised, kept or not */
};

void diag_add(struct diags *d, enum diag_id id, const char *where, const char *fmt, ...)
	__attribute__((format(printf, 4, 5)));
const char *diag_name(enum diag_id id);
enum diag_level diag_level_of(enum diag_id id);
const char *diag_level_word(enum diag_level level); /* "note", "warning" */
/* Appends all of src to dst; src is left empty. */
void diags_move(struct diags *dst, struct diags *src);
/* True when anything of warning level was raised. */
int diags_worst_is_warning(const struct diags *d);
void diags_release(struct diags *d);

#endif
