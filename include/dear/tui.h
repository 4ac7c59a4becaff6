/* tui.h - the editor's desk on a terminal: one item at a time, one key a
 * decision, the next item opens by itself. A door to the review: it shows and
 * asks, and holds no rules.
 *
 * What is shown is a page: lines of styled text, made for a number of columns.
 * Text that others wrote is data: nothing in a page is a control character, and
 * nothing turns the direction of what follows. How lines reach a terminal and
 * keys come from it is a face: the full screen of tui_screen_open, or another
 * one (plain prompts are the command line's).
 */
#ifndef DEAR_TUI_H
#define DEAR_TUI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "dear/review.h"
#include "dear/store.h"

struct arena;
struct buf;
struct err;
struct tui_item;

/* ---- pages ---- */

#define TUI_BOLD      1u
#define TUI_DIM       2u
#define TUI_UNDERLINE 4u
#define TUI_REVERSE   8u
#define TUI_ALARM     16u /* red where there are colours */
#define TUI_GOOD      32u
#define TUI_NOTE      64u
#define TUI_NAME      128u

struct tui_run {
	const char *text; /* not ended by NUL */
	size_t len;
	int columns;
	unsigned style;
};
struct tui_line {
	struct tui_run *runs;
	size_t count;
	int columns;
};
struct tui_page {
	struct tui_line *lines;
	size_t count;
};

/* What the desk has to show. */
struct tui_view {
	const struct tui_item *item; /* NULL: nothing is left */
	int64_t id;                  /* its number; 0 */
	unsigned turn;               /* another number: something of it changed */
	size_t place, total, left;   /* place 0: not of the queue */
	const char *actor;
	const char *filter; /* what the queue is narrowed by; NULL */
	const char *message;
	bool alarm; /* the message is no good news */
	bool help;  /* the page is the list of keys */
	bool busy;  /* the queue is being put together */
	/* To be chosen from by 1, 2 ...; NULL-ended; NULL. */
	const char *const *choices;
};

/* At least TUI_COLUMNS_MIN columns are used, in two columns from 92 on. */
#define TUI_COLUMNS_MIN 20
void tui_page(const struct tui_view *v, int columns, struct arena *a, struct tui_page *ret);
/* The line over it, the line of keys under it, and a line of choices. */
struct tui_line tui_bar(const struct tui_view *v, int columns, struct arena *a);
struct tui_line tui_keys(int columns, struct arena *a);
void tui_choices(const struct tui_view *v, int columns, struct arena *a, struct tui_page *ret);
/* One line, cut with an ellipsis. */
struct tui_line tui_one_line(const char *text, unsigned style, int columns, struct arena *a);

/* ---- faces ---- */

#define TUI_KEY_END (-1) /* no more keys will come */

struct tui_face {
	void *ctx;
	void (*show)(void *ctx, const struct tui_view *v);
	/* A character, or TUI_KEY_END. Scrolling is the face's own. */
	int (*key)(void *ctx);
	/* Appends a line typed; offers may complete it (NULL-ended, or NULL). 1, or
	 * 0 when it was given up. */
	int (*line)(void *ctx, const char *prompt, const char *const *offers, struct buf *ret);
	/* Around another program on the same terminal. */
	void (*leave)(void *ctx);
	void (*enter)(void *ctx);
};

/* The full screen. NULL without *err when the terminal is not up to it. */
struct tui_face *tui_screen_open(FILE *out, FILE *in, bool colour);
void tui_screen_free(struct tui_face *f);

/* ---- the desk ---- */

struct tui_setup {
	struct review review; /* with rules, responses and place; now is asked anew */
	struct store_filter filter;
	int64_t item; /* to begin with; 0: the first of the queue */
	int64_t (*clock)(void *ctx);
	/* The item's reply through the editor's own editor, beginning with before;
	 * -1 with *err. Called between leave and enter. */
	int (*edit)(void *ctx, const struct item *it, const char *before, struct buf *ret,
		    struct err *err);
	/* The last text from edit could not be recorded: where it is kept. */
	const char *(*keep)(void *ctx);
	void *ctx;
};

/* What was done, for the last line. */
struct tui_tally {
	uint64_t approved, edited, rejected, dismissed, relabelled, undone;
	size_t left;
};

/* Until q or the end of the keys. -1 only when the store failed: all decisions
 * told as done are in it. */
int tui_desk(const struct tui_setup *setup, struct tui_face *face, struct tui_tally *ret,
	     struct err *err);

#endif
