/* print_tree.c - a thread as a tree. The store hands out nodes in the thread's
 * own order, where a reply may stand before its parent, so they are gathered
 * first and printed parent by parent. No recursion: a thread can be deep.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/mem.h"
#include "dear/store.h"

#include "print_internal.h"

/* Deeper replies stand no further to the right; they say whom they answer. */
enum { INDENT = 3, INDENT_MAX = 8 };
#define NO_NODE SIZE_MAX

struct tree_node {
	int64_t row, parent_row, item;
	const char *author, *date, *text;
	enum parent_known parent_known;
	enum comment_status status;
	bool staff, awaiting, answer_guessed;
	size_t parent, first, last, next; /* indexes; NO_NODE */
};

struct print_tree {
	struct arena arena;
	struct tree_node *nodes;
	size_t count, size;
	size_t *by_row; /* indexes, rows ascending */
};

void text_tree_begin(struct out *o, const struct store_thread *t)
{
	struct buf b = BUF_INIT, head = BUF_INIT;

	o->tree = mem_alloc(sizeof(*o->tree));
	buf_printf(&head, "Thread %lld: ", (long long)t->id);
	words_line(&head, t->title ? t->title : "(no title)", o->columns - 16);
	words_head(&b, o, buf_str(&head));
	if (t->url) {
		buf_puts(&b, "  ");
		words_line(&b, t->url, 400);
		buf_putc(&b, '\n');
	}
	out_write(o, &b);
	buf_release(&head);
	buf_release(&b);
}

void text_tree_node(struct out *o, const struct store_node *n)
{
	struct print_tree *t = o->tree;

	t->nodes = mem_grow(t->nodes, &t->size, t->count + 1, sizeof(*t->nodes));
	t->nodes[t->count++] = (struct tree_node){
		.row = n->row,
		.parent_row = n->parent_row,
		.item = n->item,
		.author = arena_strdup(&t->arena, n->author),
		.date = arena_strdup(&t->arena, n->date),
		.text = arena_strdup(&t->arena, n->text),
		.parent_known = n->parent_known,
		.status = n->status,
		.staff = n->staff,
		.awaiting = n->awaiting,
		.answer_guessed = n->answer_guessed,
		.parent = NO_NODE,
		.first = NO_NODE,
		.last = NO_NODE,
		.next = NO_NODE,
	};
}

static int compare_rows(const void *a, const void *b, void *ctx)
{
	const struct tree_node *nodes = ctx;
	int64_t x = nodes[*(const size_t *)a].row, y = nodes[*(const size_t *)b].row;

	return (x > y) - (x < y);
}

static size_t find_row(const struct print_tree *t, int64_t row)
{
	size_t low = 0, high = t->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->nodes[t->by_row[middle]].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low < t->count && t->nodes[t->by_row[low]].row == row ? t->by_row[low] : NO_NODE;
}

static void append(size_t *first, size_t *last, struct tree_node *nodes, size_t i)
{
	if (*first == NO_NODE)
		*first = i;
	else
		nodes[*last].next = i;
	*last = i;
}

/* Hangs every node under its parent; returns the first at top level. */
static size_t hang(struct print_tree *t)
{
	size_t first = NO_NODE, last = NO_NODE;

	t->by_row = mem_alloc((t->count + 1) * sizeof(*t->by_row));
	for (size_t i = 0; i < t->count; i++)
		t->by_row[i] = i;
	qsort_r(t->by_row, t->count, sizeof(*t->by_row), compare_rows, t->nodes);
	for (size_t i = 0; i < t->count; i++) {
		struct tree_node *n = &t->nodes[i];

		n->parent = n->parent_row ? find_row(t, n->parent_row) : NO_NODE;
		if (n->parent == NO_NODE)
			append(&first, &last, t->nodes, i);
		else
			append(&t->nodes[n->parent].first, &t->nodes[n->parent].last, t->nodes, i);
	}
	return first;
}

static void put_marks(struct buf *b, const struct tree_node *n)
{
	if (n->staff)
		buf_puts(b, "  the column");
	if (n->status != COMMENT_LIVE)
		buf_printf(b, "  %s", comment_status_word(n->status));
	if (n->parent_known != PARENT_KNOWN)
		buf_printf(b, "  parent %s", parent_known_word(n->parent_known));
	if (n->answer_guessed)
		buf_puts(b, "  answer guessed");
	if (n->item)
		buf_printf(b, "  item %lld%s", (long long)n->item, n->awaiting ? ", awaiting" : "");
}

static void print_node(struct out *o, const struct print_tree *t, size_t i, int depth)
{
	const struct tree_node *n = &t->nodes[i];
	int indent = INDENT * (depth < INDENT_MAX ? depth : INDENT_MAX);
	struct buf b = BUF_INIT;

	buf_printf(&b, "%*s- ", indent, "");
	words_line(&b, n->author ? n->author : "(no name)", 30);
	if (depth > INDENT_MAX) {
		buf_puts(&b, " to ");
		words_line(&b,
			   t->nodes[n->parent].author ? t->nodes[n->parent].author : "(no name)",
			   30);
	}
	if (n->date) {
		buf_puts(&b, "  ");
		words_date(&b, n->date, 16);
	}
	put_marks(&b, n);
	buf_printf(&b, "\n%*s  ", indent, "");
	words_line(&b, n->text ? n->text : "", o->columns - indent - 2);
	buf_putc(&b, '\n');
	out_write(o, &b);
	buf_release(&b);
}

void text_tree_end(struct out *o)
{
	struct print_tree *t = o->tree;
	size_t i = hang(t);
	int depth = 0;

	while (i != NO_NODE) {
		print_node(o, t, i, depth);
		if (t->nodes[i].first != NO_NODE) {
			i = t->nodes[i].first;
			depth++;
			continue;
		}
		while (i != NO_NODE && t->nodes[i].next == NO_NODE) {
			i = t->nodes[i].parent;
			depth--;
		}
		if (i != NO_NODE)
			i = t->nodes[i].next;
	}
	arena_release(&t->arena);
	free(t->nodes);
	free(t->by_row);
	free(t);
	o->tree = NULL;
}
