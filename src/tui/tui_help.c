/* tui_help.c - the keys: in one line as far as it goes, and as a page. */
#include <stdio.h>
#include <string.h>

#include "tui_internal.h"

static const struct {
	const char *key, *word; /* word NULL: only on the page */
	const char *what;
} keys[] = {
	{ "a", "approve", "yes to the reply as it stands; the next item opens" },
	{ "e", "edit", "write it yourself, in $VISUAL or $EDITOR; then a approves it" },
	{ "r", "reject", "not like this, for a reason; R also asks for words" },
	{ "d", "dismiss", "no reply is wanted" },
	{ "s", "skip", "not now: it comes again when the others are done" },
	{ "u", "undo", "one step back: your last decision or edit, or this item's" },
	{ "l", "label", "what the comment is about, or not (-label); it is drafted anew" },
	{ "/", "search", "only items with these words; nothing typed: all again" },
	{ "q", "quit", "leave; everything decided is kept already" },
	{ "n", "next", "the next that waits, without a decision" },
	{ "p", "previous", "the one before, decided or not" },
	{ "?", "keys", "this list" },
	{ "PgDn PgUp", NULL, "more of a long item; also blank and b, arrows, j and k" },
	{ "Ctrl-L", NULL, "draw the screen again" },
};
enum { KEYS = sizeof(keys) / sizeof(*keys), KEY_COLUMNS = 11, LAST = 11 };

/* The key, and beside it as many lines as its words take. */
static void put_entry(struct tui_lines *l, size_t i)
{
	struct tui_lines words = { .a = l->a, .columns = l->columns - KEY_COLUMNS };
	const struct tui_line none = { 0 };
	struct tui_line key = tui_one_line(keys[i].key, TUI_BOLD, KEY_COLUMNS, l->a);
	struct tui_text t = { 0 };

	tui_put(&t, 0, keys[i].what);
	tui_wrap(&words, &t, 0);
	for (size_t k = 0; k < words.list.len / sizeof(none); k++) {
		const struct tui_line *word = (struct tui_line *)(void *)words.list.str + k;
		const struct tui_line line = tui_beside(k ? &none : &key, KEY_COLUMNS, word, l->a);

		buf_add(&l->list, &line, sizeof(line));
	}
	buf_release(&words.list);
	tui_text_release(&t);
}

void tui_help(struct tui_lines *l)
{
	struct tui_text t = { 0 };

	for (size_t i = 0; i < KEYS; i++)
		put_entry(l, i);
	tui_blank(l);
	tui_put(&t, TUI_DIM, "Underlined words are those dear judged by. Any key goes back.");
	tui_wrap(l, &t, 0);
	tui_text_release(&t);
}

static int columns_of(size_t i)
{
	return (int)(strlen(keys[i].key) + 1 + strlen(keys[i].word));
}

static void put_key(struct tui_text *t, size_t i)
{
	tui_put(t, 0, t->bytes.len ? "  " : "");
	tui_put(t, TUI_BOLD | TUI_UNDERLINE, keys[i].key);
	tui_put(t, TUI_DIM, " ");
	tui_put(t, TUI_DIM, keys[i].word);
}

/* As many as fit, the list of keys always among them. */
struct tui_line tui_keys(int columns, struct arena *a)
{
	struct tui_text t = { 0 };
	struct tui_line line;
	int used = columns_of(LAST);

	for (size_t i = 0; i < LAST; i++) {
		used += columns_of(i) + 2;
		if (used > columns)
			break;
		put_key(&t, i);
	}
	put_key(&t, LAST);
	line = tui_fit(&t, columns, a);
	tui_text_release(&t);
	return line;
}

void tui_choices(const struct tui_view *v, int columns, struct arena *a, struct tui_page *ret)
{
	struct tui_lines l = { .a = a, .columns = columns };
	struct tui_text t = { 0 };

	for (size_t i = 0; v->choices && v->choices[i]; i++) {
		tui_put(&t, 0, t.bytes.len ? "  " : "");
		tui_printf(&t, TUI_BOLD, "%zu", i + 1);
		tui_put(&t, 0, "\xc2\xa0");
		for (const char *s = v->choices[i]; *s; s++)
			tui_put(&t, 0, *s == '_' ? "\xc2\xa0" : (const char[]){ *s, '\0' });
	}
	tui_wrap(&l, &t, 0);
	ret->count = l.list.len / sizeof(*ret->lines);
	ret->lines = arena_copy(a, buf_str(&l.list), l.list.len);
	buf_release(&l.list);
	tui_text_release(&t);
}
