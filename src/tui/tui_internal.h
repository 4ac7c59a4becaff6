/* tui_internal.h - what the files of the terminal desk share: text being set in
 * lines, and an item with all that is shown of it.
 */
#ifndef DEAR_TUI_INTERNAL_H
#define DEAR_TUI_INTERNAL_H

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/responses.h"
#include "dear/situation.h"
#include "dear/tui.h"

/* ---- tui_text.c ---- */

/* Text with a style for each byte; both start zeroed, end in tui_text_release. */
struct tui_text {
	struct buf bytes, styles;
};
/* Made safe for a terminal: what it obeys or joins becomes U+FFFD or nothing. */
void tui_put(struct tui_text *t, unsigned style, const char *s);
void tui_printf(struct tui_text *t, unsigned style, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* A comment with the words that count for a situation underlined. */
void tui_put_evidence(struct tui_text *t, const char *s, const struct classification *found);
void tui_text_release(struct tui_text *t);

/* Lines being made; list belongs to the arena. */
struct tui_lines {
	struct arena *a;
	struct buf list; /* of struct tui_line */
	int columns;
};
/* Appends the text, wrapped; t is empty after it. limit: at most so many lines,
 * the last with an ellipsis; 0: all. */
void tui_wrap(struct tui_lines *l, struct tui_text *t, size_t limit);
/* The text on one line, cut; t is empty after it. */
struct tui_line tui_fit(struct tui_text *t, int columns, struct arena *a);
void tui_blank(struct tui_lines *l);
/* left, padding to the column, right. */
struct tui_line tui_beside(const struct tui_line *left, int column, const struct tui_line *right,
			   struct arena *a);

/* ---- tui_load.c ---- */

/* An item that reads nearly the same. */
struct tui_alike {
	int64_t id;
	const char *author;
	enum item_status status;
};

struct tui_item {
	struct item item;
	struct review_seen seen;
	struct classification found;
	struct store_context around;
	struct style_breach *breaches;
	size_t breach_count;
	struct review_event *events;
	size_t event_count;
	struct tui_alike *alike; /* the first few */
	size_t alike_count, alike_total;
	struct hold held; /* by somebody else; actor NULL: nobody */
	const char *safety_text;
	/* After a conflict, what the editor had seen; NULL. */
	const char *seen_reply, *seen_comment;
};
/* 1, 0 when there is none, -1. */
int tui_load(const struct review *r, int64_t id, struct arena *a, struct tui_item *ret,
	     struct err *err);
/* What an edit begins with. */
const char *tui_first_text(const struct tui_item *t);

/* ---- tui_help.c ---- */

void tui_help(struct tui_lines *l);

/* ---- tui_page.c ---- */

/* "2026-03-07 10:30" of seconds since 1970. */
void tui_put_time(struct tui_text *t, unsigned style, int64_t utc);

/* ---- the desk ---- */

/* Something done here that u takes back. */
struct step {
	int64_t item;
	struct review_seen seen; /* as it stood after it */
};

/* One session; all of it is zero at first but what tui_desk sets. */
struct desk {
	const struct tui_setup *setup;
	struct tui_face *face;
	struct tui_tally *tally;
	struct err *err;
	struct review review;
	struct store_filter filter;
	struct buf search;

	struct arena places_arena, item_arena, arena; /* arena: of one key */
	struct store_place *places;
	size_t count, at; /* at: place of the open item; count when of none */
	bool *skipped;

	struct tui_item item;
	bool open, quit;
	bool held; /* the open item is to be given up */
	int64_t held_at;
	int failures; /* of the store, one after the other */
	struct step *steps;
	size_t step_count, step_size;
	struct buf message;
	struct tui_view view;
};

/* ---- tui_queue.c ---- */

/* The message under the page; alarm: no good news. */
void desk_say(struct desk *d, bool alarm, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
void desk_show(struct desk *d);
/* The place of what was chosen of these words, -1 when nothing was. */
int desk_choose(struct desk *d, const char *const *words, const char *question);

void desk_leave_item(struct desk *d);
/* These return -1 when the store failed. open: gives up what was open, holds and
 * loads the item; 0 when there is none. */
int desk_reload(struct desk *d, int64_t id);
int desk_open_item(struct desk *d, int64_t id);
/* An empty queue does not replace one whose items can be looked back at, unless
 * another one was asked for. */
int desk_load_queue(struct desk *d, bool another);
int desk_open_next(struct desk *d);
int desk_open_previous(struct desk *d);

/* ---- tui_act.c ---- */

/* Each on the open item, told in the message; -1 when the store failed. */
int desk_approve(struct desk *d);
int desk_dismiss(struct desk *d);
int desk_reject(struct desk *d, bool with_note);
int desk_edit(struct desk *d);
int desk_label(struct desk *d);
int desk_undo(struct desk *d);

#endif
