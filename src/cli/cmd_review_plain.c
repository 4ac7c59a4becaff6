/* cmd_review_plain.c - the desk as a conversation. The page is printed when it
 * is another than before; a key is the first character of a line.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/utf8.h"

#include "cmd.h"
#include "cmd_review.h"

enum { COLUMNS = 78 };

/* Colour and weight where the terminal has them; else [brackets] for underlined. */
static void put_run(struct buf *b, const struct tui_run *run, bool colour)
{
	bool underlined = run->style & TUI_UNDERLINE;

	if (underlined)
		buf_puts(b, colour ? "\033[4m" : "[");
	else if (colour && run->style & TUI_BOLD)
		buf_puts(b, "\033[1m");
	buf_add(b, run->text, run->len);
	if (underlined && !colour)
		buf_putc(b, ']');
	else if (colour && run->style & (TUI_UNDERLINE | TUI_BOLD))
		buf_puts(b, "\033[0m");
}

static void put_line(struct buf *b, const struct tui_line *line, bool colour)
{
	for (size_t i = 0; i < line->count; i++)
		put_run(b, &line->runs[i], colour);
	while (b->len && b->str[b->len - 1] == ' ')
		buf_cut(b, b->len - 1);
	buf_putc(b, '\n');
}

static void put_page(struct buf *b, const struct tui_page *page, bool colour)
{
	for (size_t i = 0; i < page->count; i++)
		put_line(b, &page->lines[i], colour);
}

static void put_view(struct plain *p, const struct tui_view *v, struct buf *b, struct arena *a)
{
	int columns = p->app->out.columns < COLUMNS ? p->app->out.columns : COLUMNS;
	struct tui_line bar;
	struct tui_page page;

	bar = tui_bar(v, columns, a);
	buf_putc(b, '\n');
	put_line(b, &bar, p->app->out.colour);
	tui_page(v, columns, a, &page);
	put_page(b, &page, p->app->out.colour);
}

static void show(void *ctx, const struct tui_view *v)
{
	struct plain *p = ctx;
	struct arena a = { 0 };
	struct buf b = BUF_INIT;
	struct tui_page choices;

	if (v->message && *v->message) {
		struct tui_line line = tui_one_line(v->message, 0, 1000, &a);

		put_line(&b, &line, false);
	}
	if (p->shown_id != v->id || p->shown_turn != v->turn || !p->shown_turn)
		put_view(p, v, &b, &a);
	p->shown_id = v->id;
	p->shown_turn = v->turn;
	tui_choices(v, COLUMNS, &a, &choices);
	put_page(&b, &choices, false);
	buf_puts(&b, v->choices ? "number> " : v->help ? "Enter> " : "a e r d s u l / n p ? q> ");
	out_write(&p->app->out, &b);
	fflush(p->app->out.file);
	buf_release(&b);
	arena_release(&a);
}

/* A line without its end; false when there is none. */
static bool read_line(struct buf *b)
{
	int c = getc(stdin);
	bool any = c != EOF;

	for (; c != EOF && c != '\n'; c = getc(stdin))
		if (b->len < 4000 && c)
			buf_putc(b, (char)c);
	return any;
}

static int key(void *ctx)
{
	struct plain *p = ctx;
	struct buf line = BUF_INIT;
	uint32_t cp = '\n';
	int k = TUI_KEY_END;

	if (!p->app->out.error && read_line(&line)) {
		if (line.len)
			utf8_decode(line.str, line.len, &cp);
		k = (int)cp;
	}
	buf_release(&line);
	return k;
}

static int line(void *ctx, const char *prompt, const char *const *offers, struct buf *ret)
{
	struct plain *p = ctx;
	struct buf b = BUF_INIT, typed = BUF_INIT;
	bool any;

	for (; offers && *offers; offers++)
		buf_printf(&b, "%s%s", b.len ? " " : "  ", *offers);
	buf_printf(&b, "%s%s> ", b.len ? "\n" : "", prompt);
	out_write(&p->app->out, &b);
	fflush(p->app->out.file);
	any = read_line(&typed);
	utf8_clean(ret, buf_str(&typed), typed.len);
	buf_release(&typed);
	buf_release(&b);
	return any;
}

static void do_nothing(void *ctx)
{
	(void)ctx;
}

void plain_open(struct plain *p, struct app *app)
{
	*p = (struct plain){ .app = app,
			     .face = { .ctx = p,
				       .show = show,
				       .key = key,
				       .line = line,
				       .leave = do_nothing,
				       .enter = do_nothing } };
}

void plain_close(struct plain *p)
{
	struct buf end = BUF_INIT;

	buf_putc(&end, '\n');
	out_write(&p->app->out, &end);
	buf_release(&end);
}
