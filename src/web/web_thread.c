/* web_thread.c - comments around a comment, and a whole thread as a tree. */
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/mem.h"

#include "web_internal.h"
#include "web_item_internal.h"

/* Comments shown above and below an item; nodes that a whole thread shows. */
enum { ABOVE_MOST = 4, BELOW_MOST = 6, NODES_MOST = 2000, DEPTH_MOST = 6 };

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

int web_context(struct web_request *q, const struct item *it, json_t *v, struct err *err)
{
	struct store_context c;
	json_t *above = json_array(), *below = json_array();
	int status =
		store_context(q->web->o.store, it->row, ABOVE_MOST, BELOW_MOST, &q->arena, &c, err);

	for (size_t i = 0; status == 0 && i < c.above_count; i++)
		if (!is_part(it, &c.above[i]))
			json_array_append_new(above, node_value(q, &c.above[i]));
	for (size_t i = 0; status == 0 && i < c.below_count; i++)
		json_array_append_new(below, node_value(q, &c.below[i]));
	web_set_flag(v, "has_above", json_array_size(above) > 0);
	web_set_flag(v, "has_below", json_array_size(below) > 0);
	json_object_set_new(v, "above", above);
	json_object_set_new(v, "below", below);
	return status;
}

/* ---- a whole thread ---- */

struct edge {
	int64_t row, parent;
};

/* Nodes come in the thread's own order, where a reply may stand before its
 * parent. */
struct tree {
	struct web_request *q;
	json_t *nodes; /* values */
	struct edge *edges;
	size_t count, size;
	bool cut;
};

static int add_node(void *ctx, const struct store_node *n)
{
	struct tree *t = ctx;
	if (t->count == NODES_MOST) {
		t->cut = true;
		return 1;
	}
	t->edges = mem_grow(t->edges, &t->size, t->count + 1, sizeof(*t->edges));
	t->edges[t->count++] = (struct edge){ n->row, n->parent_row };
	json_array_append_new(t->nodes, node_value(t->q, n));
	return 0;
}

/* Appends the children of a row, each followed by its own: a flat list with
 * depths, so that no nesting is deeper than a template may go. */
static void put_children(struct tree *t, int64_t row, int depth, json_t *out)
{
	for (size_t i = 0; i < t->count; i++) {
		json_t *v = json_array_get(t->nodes, i);

		if (t->edges[i].parent != row || json_object_get(v, "depth"))
			continue;
		web_set_number(v, "depth", depth < DEPTH_MOST ? depth : DEPTH_MOST);
		json_array_append(out, v);
		put_children(t, t->edges[i].row, depth + 1, out);
	}
}

/* Replies whose parent is not there stand at top level. */
static void put_tree(struct tree *t, json_t *out)
{
	put_children(t, 0, 0, out);
	for (size_t i = 0; i < t->count; i++) {
		json_t *v = json_array_get(t->nodes, i);

		if (json_object_get(v, "depth"))
			continue;
		web_set_number(v, "depth", 0);
		json_array_append(out, v);
		put_children(t, t->edges[i].row, 1, out);
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
	web_set_number(v, "count", (int64_t)t.count);
	web_set_flag(v, "cut", t.cut);
	json_object_set_new(v, "nodes", out);
	json_decref(t.nodes);
	free(t.edges);
	if (found < 0) {
		json_decref(v);
		return -1;
	}
	return web_page(q, "thread", 200, v, err);
}
