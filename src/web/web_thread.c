/* web_thread.c - comments around a comment, and a whole thread. Nodes come in the
 * thread's own order, where a reply may stand before its parent, so the shape is
 * read first and the texts after.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/mem.h"

#include "web_internal.h"
#include "web_item_internal.h"

/* Comments shown above and below an item; nodes that a whole thread shows. */
enum { ABOVE_MOST = 4, BELOW_MOST = 6, NODES_MOST = 2000, DEPTH_MOST = 6, TREE_TEXT = 300 };

struct edge {
	int64_t row, parent;
};

struct shape {
	struct edge *list;
	size_t count, size;
};

static int add_edge(void *ctx, const struct store_node *n)
{
	struct shape *s = ctx;

	s->list = mem_grow(s->list, &s->size, s->count + 1, sizeof(*s->list));
	s->list[s->count++] = (struct edge){ n->row, n->parent_row };
	return 0;
}

static int compare_edges(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return (x->row > y->row) - (x->row < y->row);
}

static int64_t parent_of(const struct shape *s, int64_t row)
{
	const struct edge key = { row, 0 };
	const struct edge *found =
		bsearch(&key, s->list, s->count, sizeof(*s->list), compare_edges);

	return found ? found->parent : 0;
}

/* Rows wanted, and where their values go. */
struct wanted {
	struct web_request *q;
	const struct item *item;
	int64_t above[ABOVE_MOST], below[BELOW_MOST];
	json_t *above_values[ABOVE_MOST], *below_values[BELOW_MOST];
	size_t above_count, below_count;
};

static json_t *node_value(struct web_request *q, const struct store_node *n)
{
	json_t *v = json_object();

	web_set(v, "author", n->author);
	web_set(v, "date", web_date(&q->arena, n->date));
	web_set_flag(v, "staff", n->staff);
	web_set(v, "item", n->item ? arena_printf(&q->arena, "%lld", (long long)n->item) : NULL);
	web_set_flag(v, "guessed", n->parent_known == PARENT_GUESSED);
	web_set_flag(v, "live", n->status == COMMENT_LIVE);
	web_set(v, "state", n->status != COMMENT_LIVE ? comment_status_word(n->status) : NULL);
	json_object_set_new(v, "paragraphs", web_paragraphs(&q->arena, n->text));
	return v;
}

/* An earlier comment of the same burst: the item's text has it already. */
static bool is_part(const struct item *it, const struct store_node *n)
{
	return !n->staff && n->author && it->author && !strcmp(n->author, it->author) && n->text &&
	       it->comment && strstr(it->comment, n->text);
}

static int take_wanted(void *ctx, const struct store_node *n)
{
	struct wanted *w = ctx;

	for (size_t i = 0; i < w->above_count; i++)
		if (w->above[i] == n->row && !is_part(w->item, n))
			w->above_values[i] = node_value(w->q, n);
	for (size_t i = 0; i < w->below_count; i++)
		if (w->below[i] == n->row)
			w->below_values[i] = node_value(w->q, n);
	return 0;
}

/* The chain up to the top, nearest first, and direct replies. */
static void choose(const struct shape *s, const struct item *it, struct wanted *w)
{
	int64_t row = parent_of(s, it->row);

	for (; row && w->above_count < ABOVE_MOST; row = parent_of(s, row))
		w->above[w->above_count++] = row;
	for (size_t i = 0; i < s->count && w->below_count < BELOW_MOST; i++)
		if (s->list[i].parent == it->row)
			w->below[w->below_count++] = s->list[i].row;
}

int web_context(struct web_request *q, const struct item *it, json_t *v, struct err *err)
{
	struct store *s = q->web->o.store;
	struct shape shape = { 0 };
	struct wanted w = { .q = q, .item = it };
	json_t *above = json_array(), *below = json_array();
	int status = store_thread_nodes(s, it->thread, add_edge, &shape, err);

	if (status == 0) {
		qsort(shape.list, shape.count, sizeof(*shape.list), compare_edges);
		choose(&shape, it, &w);
		status = store_thread_nodes(s, it->thread, take_wanted, &w, err);
	}
	for (size_t i = w.above_count; i-- > 0;)
		if (w.above_values[i])
			json_array_append_new(above, w.above_values[i]);
	for (size_t i = 0; i < w.below_count; i++)
		if (w.below_values[i])
			json_array_append_new(below, w.below_values[i]);
	web_set_flag(v, "has_above", json_array_size(above) > 0);
	web_set_flag(v, "has_below", json_array_size(below) > 0);
	json_object_set_new(v, "above", above);
	json_object_set_new(v, "below", below);
	free(shape.list);
	return status;
}

/* ---- a whole thread ---- */

struct tree {
	struct web_request *q;
	json_t *nodes; /* values, in the thread's order */
	struct shape shape;
	bool cut;
};

static int add_node(void *ctx, const struct store_node *n)
{
	struct tree *t = ctx;
	json_t *v;

	if (t->shape.count == NODES_MOST) {
		t->cut = true;
		return 1;
	}
	v = node_value(t->q, n);
	add_edge(&t->shape, n);
	json_array_append_new(t->nodes, v);
	return 0;
}

/* Appends the children of a row, each followed by its own: a flat list with
 * depths, so that no nesting is deeper than a template may go. */
static void put_children(struct tree *t, int64_t row, int depth, json_t *out)
{
	for (size_t i = 0; i < t->shape.count; i++) {
		json_t *v = json_array_get(t->nodes, i);

		if (t->shape.list[i].parent != row || json_object_get(v, "depth"))
			continue;
		web_set_number(v, "depth", depth < DEPTH_MOST ? depth : DEPTH_MOST);
		json_array_append(out, v);
		put_children(t, t->shape.list[i].row, depth + 1, out);
	}
}

/* Replies whose parent is not there stand at top level. */
static void put_tree(struct tree *t, json_t *out)
{
	put_children(t, 0, 0, out);
	for (size_t i = 0; i < t->shape.count; i++) {
		json_t *v = json_array_get(t->nodes, i);

		if (json_object_get(v, "depth"))
			continue;
		web_set_number(v, "depth", 0);
		json_array_append(out, v);
		put_children(t, t->shape.list[i].row, 1, out);
	}
}

int web_thread(struct web_request *q, struct err *err)
{
	struct store_thread row = { 0 };
	struct tree t = { .q = q };
	json_t *v, *out;
	int found = store_thread_get(q->web->o.store, q->number, &q->arena, &row, err);

	if (found < 0)
		return -1;
	if (found == 0) {
		web_say(q, 404, "Not here", "There is no such thread.");
		return 0;
	}
	t.nodes = json_array();
	out = json_array();
	v = web_values(q, row.title ? row.title : "Thread", "thread");
	found = store_thread_nodes(q->web->o.store, q->number, add_node, &t, err);
	if (found == 0)
		put_tree(&t, out);
	web_set(v, "thread", row.title ? row.title : "No title");
	web_set_link(v, "url", row.url);
	web_set_number(v, "count", (int64_t)t.shape.count);
	web_set_flag(v, "cut", t.cut);
	json_object_set_new(v, "nodes", out);
	json_decref(t.nodes);
	free(t.shape.list);
	if (found < 0) {
		json_decref(v);
		return -1;
	}
	return web_page(q, "thread", 200, v, err);
}
