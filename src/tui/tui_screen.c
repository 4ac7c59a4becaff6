/* tui_screen.c - the full screen: a page between a bar and a line of keys, by
 * ncurses. The one file that knows it. Knows neither items nor decisions.
 */
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "dear/mem.h"
#include "dear/utf8.h"

#include "tui_internal.h"

enum { KEY_ESCAPE = 27, KEY_REDRAW = 12, KEY_KILL = 21, KEY_TAB = 9, KEY_ENTER_LF = 10 };
enum { CELL_MARKS = 4, LINE_BYTES = 400, ESCAPE_MILLISECONDS = 25 };

struct screen {
	struct tui_face face;
	SCREEN *term;
	bool colour;
	struct tui_view view;
	int64_t shown_id;
	unsigned shown_turn;
	struct arena a; /* of what is laid out for the size as it is */
	struct tui_page page, choices;
	int top;
};

/* ---- drawing ---- */

static attr_t attributes(const struct screen *s, unsigned style)
{
	static const struct {
		unsigned style;
		short pair;
	} colours[] = { { TUI_ALARM, 1 }, { TUI_GOOD, 2 }, { TUI_NOTE, 3 }, { TUI_NAME, 4 } };
	attr_t a = A_NORMAL;

	if (style & TUI_BOLD)
		a |= A_BOLD;
	if (style & TUI_DIM)
		a |= A_DIM;
	if (style & TUI_UNDERLINE)
		a |= A_UNDERLINE;
	if (style & TUI_REVERSE)
		a |= A_REVERSE;
	for (size_t i = 0; s->colour && i < sizeof(colours) / sizeof(*colours); i++)
		if (style & colours[i].style)
			return a | (attr_t)COLOR_PAIR(colours[i].pair);
	return a;
}

/* One character with the marks that stand on it. What the C library holds for
 * wider than it was laid out, or for no character at all, is replaced. */
static void put_cell(int row, int column, uint32_t cp, const wchar_t *marks, size_t count)
{
	wchar_t cell[1 + CELL_MARKS + 1] = { (wchar_t)cp };
	int columns = wcwidth((wchar_t)cp);

	if (columns < 1 || columns > utf8_width(cp))
		cell[0] = 0xfffd;
	memcpy(cell + 1, marks, count * sizeof(*marks));
	mvaddnwstr(row, column, cell, (int)(1 + count));
}

static void put_run(int row, int column, int edge, const struct tui_run *run)
{
	size_t next = 0, i = 0;
	uint32_t cp, mark;

	while (i < run->len) {
		wchar_t marks[CELL_MARKS];
		size_t count = 0;
		int columns;

		next = i + utf8_decode(run->text + i, run->len - i, &cp);
		columns = utf8_width(cp);
		while (next < run->len) {
			size_t n = utf8_decode(run->text + next, run->len - next, &mark);

			if (utf8_width(mark) != 0)
				break;
			if (count < CELL_MARKS && wcwidth((wchar_t)mark) == 0)
				marks[count++] = (wchar_t)mark;
			next += n;
		}
		if (columns > 0 && column + columns <= edge)
			put_cell(row, column, cp, marks, count);
		column += columns;
		i = next;
	}
}

static void put_line(const struct screen *s, int row, const struct tui_line *line)
{
	int column = 0;

	for (size_t i = 0; i < line->count; i++) {
		attrset((int)attributes(s, line->runs[i].style));
		put_run(row, column, COLS, &line->runs[i]);
		column += line->runs[i].columns;
	}
	attrset(A_NORMAL);
}

static int choice_rows(const struct screen *s)
{
	int room = LINES - 4;

	return (int)s->choices.count < room ? (int)s->choices.count : room > 0 ? room : 0;
}

static int page_rows(const struct screen *s)
{
	int rows = LINES - 3 - choice_rows(s);

	return rows > 1 ? rows : 1;
}

static void keep_in_page(struct screen *s)
{
	int last = (int)s->page.count - page_rows(s);

	if (s->top > last)
		s->top = last;
	if (s->top < 0)
		s->top = 0;
}

static void put_message(struct screen *s)
{
	int below = (int)s->page.count - s->top - page_rows(s);
	struct tui_line line, more = { 0 };

	if (below > 0)
		more = tui_one_line(arena_printf(&s->a, " PgDn: %d more", below), TUI_DIM, COLS,
				    &s->a);
	line = tui_one_line(s->view.message ? s->view.message : "",
			    TUI_BOLD | (s->view.alarm ? TUI_ALARM : TUI_GOOD), COLS - more.columns,
			    &s->a);
	if (more.count)
		line = tui_beside(&line, COLS - more.columns, &more, &s->a);
	put_line(s, LINES - 2, &line);
}

static void draw(struct screen *s)
{
	struct tui_line line = tui_bar(&s->view, COLS, &s->a);
	int rows = page_rows(s);

	keep_in_page(s);
	erase();
	put_line(s, 0, &line);
	for (int i = 0; i < rows && s->top + i < (int)s->page.count; i++)
		put_line(s, 1 + i, &s->page.lines[s->top + i]);
	for (int i = 0; i < choice_rows(s); i++)
		put_line(s, 1 + rows + i, &s->choices.lines[i]);
	put_message(s);
	line = tui_keys(COLS, &s->a);
	put_line(s, LINES - 1, &line);
	move(LINES - 1, COLS - 1);
	refresh();
}

static void lay_out(struct screen *s)
{
	arena_clear(&s->a);
	tui_page(&s->view, COLS, &s->a, &s->page);
	tui_choices(&s->view, COLS, &s->a, &s->choices);
}

static void show(void *ctx, const struct tui_view *v)
{
	struct screen *s = ctx;

	s->view = *v;
	if (v->id != s->shown_id || v->turn != s->shown_turn)
		s->top = 0;
	s->shown_id = v->id;
	s->shown_turn = v->turn;
	lay_out(s);
	draw(s);
}

/* ---- keys ---- */

/* A character, or a KEY_ of ncurses made negative; TUI_KEY_END. */
static int get(void)
{
	wint_t wide;
	int kind;

	do {
		errno = 0;
		kind = get_wch(&wide);
	} while (kind == ERR && errno == EINTR);
	if (kind == ERR)
		return TUI_KEY_END;
	return kind == KEY_CODE_YES ? -(int)wide : (int)wide;
}

/* True when the key was about what is seen of the page. */
static bool scroll_by(struct screen *s, int key)
{
	switch (key) {
	case -KEY_NPAGE:
	case ' ':
		s->top += page_rows(s) - 1;
		return true;
	case -KEY_PPAGE:
	case 'b':
		s->top -= page_rows(s) - 1;
		return true;
	case -KEY_DOWN:
	case 'j':
		s->top++;
		return true;
	case -KEY_UP:
	case 'k':
		s->top--;
		return true;
	case -KEY_HOME:
		s->top = 0;
		return true;
	case -KEY_END:
		s->top = (int)s->page.count;
		return true;
	case -KEY_RESIZE:
		lay_out(s);
		return true;
	case KEY_REDRAW:
		clearok(curscr, TRUE);
		return true;
	}
	return false;
}

static int key(void *ctx)
{
	struct screen *s = ctx;

	for (;;) {
		int k = get();

		if (k == TUI_KEY_END || k >= ' ' || k == KEY_ESCAPE)
			if (!scroll_by(s, k))
				return k;
		if (k < ' ')
			scroll_by(s, k);
		draw(s);
	}
}

/* ---- a line typed ---- */

/* The first offer that goes on where the text ends, after its sign. */
static const char *complete(const char *const *offers, const char *text)
{
	size_t len;

	text += *text == '+' || *text == '-';
	len = strlen(text);
	for (; offers && *offers; offers++)
		if (!strncmp(*offers, text, len) && (*offers)[len])
			return *offers + len;
	return NULL;
}

static void draw_typed(struct screen *s, const char *prompt, const char *const *offers,
		       const struct buf *typed)
{
	struct tui_text t = { 0 };
	const char *rest = complete(offers, buf_str(typed)), *shown = buf_str(typed);
	struct tui_line line;

	tui_put(&t, TUI_BOLD, prompt);
	tui_put(&t, TUI_BOLD, ": ");
	/* Of a long text the end is seen. */
	while (*shown && (int)utf8_count(shown, strlen(shown)) > COLS - 30 && COLS > 40)
		shown += utf8_offset(shown, strlen(shown), 1);
	tui_put(&t, 0, shown);
	tui_put(&t, TUI_REVERSE, " ");
	if (rest && typed->len)
		tui_put(&t, TUI_DIM, arena_printf(&s->a, "%s (Tab)", rest));
	line = tui_fit(&t, COLS, &s->a);
	move(LINES - 2, 0);
	clrtoeol();
	put_line(s, LINES - 2, &line);
	refresh();
	tui_text_release(&t);
}

static void erase_last(struct buf *b, size_t start)
{
	uint32_t cp = 0;
	size_t at;

	while (b->len > start) {
		for (at = b->len - 1; at > start && (b->str[at] & 0xc0) == 0x80; at--)
			;
		utf8_decode(b->str + at, b->len - at, &cp);
		buf_cut(b, at);
		if (utf8_width(cp) > 0)
			return;
	}
}

/* 1 done, 0 given up, -1 goes on. */
static int take_key(struct screen *s, int k, const char *const *offers, struct buf *typed)
{
	const char *rest;

	switch (k) {
	case KEY_ENTER_LF:
	case '\r':
	case -KEY_ENTER:
		return 1;
	case TUI_KEY_END:
	case KEY_ESCAPE:
		return 0;
	case KEY_KILL:
		buf_clear(typed);
		return -1;
	case KEY_TAB:
		rest = complete(offers, buf_str(typed));
		buf_puts(typed, rest ? rest : "");
		return -1;
	case 8:
	case 127:
	case -KEY_BACKSPACE:
		erase_last(typed, 0);
		return -1;
	case -KEY_RESIZE:
		lay_out(s);
		draw(s);
		return -1;
	}
	if (k >= ' ' && (k < 0x7f || k > 0x9f) && typed->len < LINE_BYTES)
		buf_putcp(typed, (uint32_t)k);
	return -1;
}

static int line(void *ctx, const char *prompt, const char *const *offers, struct buf *ret)
{
	struct screen *s = ctx;
	struct buf typed = BUF_INIT;
	int done = -1;

	while (done < 0) {
		draw_typed(s, prompt, offers, &typed);
		done = take_key(s, get(), offers, &typed);
	}
	if (done)
		buf_puts(ret, buf_str(&typed));
	buf_release(&typed);
	draw(s);
	return done;
}

/* ---- on and off ---- */

static void leave(void *ctx)
{
	(void)ctx;
	def_prog_mode();
	endwin();
}

static void enter(void *ctx)
{
	struct screen *s = ctx;

	reset_prog_mode();
	clearok(curscr, TRUE);
	refresh();
	lay_out(s);
	draw(s);
}

/* Moving about and clearing are the least it takes. */
static bool is_capable(void)
{
	const char *move_to = tigetstr("cup"), *clear_all = tigetstr("clear");

	return move_to && move_to != (const char *)-1 && clear_all && clear_all != (const char *)-1;
}

static void set_up(struct screen *s)
{
	cbreak();
	noecho();
	nonl();
	keypad(stdscr, TRUE);
	set_escdelay(ESCAPE_MILLISECONDS);
	curs_set(0);
	s->colour = s->colour && has_colors() && start_color() == OK;
	if (!s->colour)
		return;
	use_default_colors();
	init_pair(1, COLOR_RED, -1);
	init_pair(2, COLOR_GREEN, -1);
	init_pair(3, COLOR_YELLOW, -1);
	init_pair(4, COLOR_CYAN, -1);
}

struct tui_face *tui_screen_open(FILE *out, FILE *in, bool colour)
{
	struct screen *s = mem_alloc(sizeof(*s));

	s->term = newterm(NULL, out, in);
	if (!s->term) {
		free(s);
		return NULL;
	}
	if (!is_capable()) {
		endwin();
		delscreen(s->term);
		free(s);
		return NULL;
	}
	s->colour = colour;
	s->face = (struct tui_face){
		.ctx = s, .show = show, .key = key, .line = line, .leave = leave, .enter = enter
	};
	set_up(s);
	return &s->face;
}

void tui_screen_free(struct tui_face *f)
{
	struct screen *s = f ? f->ctx : NULL;

	if (!s)
		return;
	endwin();
	delscreen(s->term);
	arena_release(&s->a);
	free(s);
}
