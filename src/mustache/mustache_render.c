/* mustache_render.c - nodes and values to text. The context stack is an array
 * of borrowed values; a name is looked for from its top down, the rest of a
 * dotted name only in what its first part found. Steps are counted, so that a
 * template that calls itself twice cannot run for ever inside the depth it is
 * allowed.
 */
#include "dear/mustache.h"

#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "mustache_internal.h"

struct render {
	enum mustache_escape escape;
	mustache_lookup *lookup;
	void *ctx;
	json_t *stack[BOUND_MUSTACHE_DEPTH + 1];
	size_t top; /* values on the stack */
	size_t depth, steps;
	struct buf *out;
	struct err *err;
};

static int render_range(struct render *r, const struct mustache *m, size_t first, size_t end,
			const char *indent);

static json_t *find_first(const struct render *r, const char *name)
{
	for (size_t i = r->top; i > 0; i--) {
		json_t *value = json_object_get(r->stack[i - 1], name);

		if (value)
			return value;
	}
	return NULL;
}

/* NULL when missing. */
static json_t *find_value(const struct render *r, const struct node *n)
{
	const char *part = n->parts;
	json_t *value;

	if (n->part_count == 0)
		return r->stack[r->top - 1];
	value = find_first(r, part);
	for (size_t i = 1; value && i < n->part_count; i++) {
		part += strlen(part) + 1;
		value = json_object_get(value, part);
	}
	return value;
}

static bool is_true(const json_t *value)
{
	if (!value || json_is_null(value) || json_is_false(value))
		return false;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return !json_is_array(value) || json_array_size(value) > 0;
}

static void put_string(struct render *r, enum node_kind kind, const char *s, size_t len)
{
	if (kind == NODE_VARIABLE && r->escape == MUSTACHE_HTML)
		buf_put_html(r->out, s, len);
	else
		buf_add(r->out, s, len);
}

static void put_value(struct render *r, const struct node *n)
{
	const json_t *value = find_value(r, n);
	char *text;

	if (!value || json_is_null(value))
		return;
	if (json_is_string(value)) {
		put_string(r, n->kind, json_string_value(value), json_string_length(value));
		return;
	}
	text = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
	if (!text)
		mem_die();
	put_string(r, n->kind, text, strlen(text));
	free(text);
}

static int render_inside(struct render *r, const struct mustache *m, size_t i, json_t *value,
			 const char *indent)
{
	int rc;

	r->stack[r->top++] = value;
	rc = render_range(r, m, i + 1, m->nodes[i].end, indent);
	r->top--;
	return rc;
}

static int render_section(struct render *r, const struct mustache *m, size_t i, const char *indent)
{
	json_t *value = find_value(r, &m->nodes[i]);

	if (m->nodes[i].kind == NODE_INVERTED)
		return is_true(value) ? 0 : render_range(r, m, i + 1, m->nodes[i].end, indent);
	if (!is_true(value))
		return 0;
	if (!json_is_array(value))
		return render_inside(r, m, i, value, indent);
	for (size_t k = 0; k < json_array_size(value); k++)
		if (render_inside(r, m, i, json_array_get(value, k), indent) < 0)
			return -1;
	return 0;
}

static int render_partial(struct render *r, const struct node *n, const char *indent)
{
	const struct mustache *partial = r->lookup ? r->lookup(r->ctx, n->text) : NULL;
	struct buf inner = BUF_INIT;
	int rc;

	if (!partial)
		return 0;
	if (n->indent) {
		buf_puts(&inner, indent);
		buf_puts(&inner, n->indent);
	}
	rc = render_range(r, partial, 0, partial->count, buf_str(&inner));
	buf_release(&inner);
	return rc;
}

static int render_node(struct render *r, const struct mustache *m, size_t i, const char *indent)
{
	const struct node *n = &m->nodes[i];

	if (n->line_start)
		buf_puts(r->out, indent);
	switch (n->kind) {
	case NODE_TEXT:
		buf_add(r->out, n->text, n->len);
		return 0;
	case NODE_VARIABLE:
	case NODE_RAW:
		put_value(r, n);
		return 0;
	case NODE_SECTION:
	case NODE_INVERTED:
		return render_section(r, m, i, indent);
	case NODE_PARTIAL:
		return render_partial(r, n, indent);
	}
	return 0;
}

static int render_range(struct render *r, const struct mustache *m, size_t first, size_t end,
			const char *indent)
{
	int rc = 0;

	if (r->depth == BOUND_MUSTACHE_DEPTH)
		return err_set(r->err, ERR_RULES, m->name,
			       first < m->count ? m->nodes[first].line : 0,
			       "sections and partials nest deeper than %d", BOUND_MUSTACHE_DEPTH);
	r->depth++;
	for (size_t i = first; rc == 0 && i < end; i = m->nodes[i].end) {
		if (++r->steps > BOUND_MUSTACHE_STEPS)
			rc = err_set(r->err, ERR_RULES, m->name, m->nodes[i].line,
				     "more than %d steps; does a partial call itself?",
				     BOUND_MUSTACHE_STEPS);
		else
			rc = render_node(r, m, i, indent);
	}
	r->depth--;
	return rc;
}

int mustache_render(const struct mustache *m, json_t *values, enum mustache_escape escape,
		    mustache_lookup *lookup, void *ctx, struct buf *out, struct err *err)
{
	struct render r = { .escape = escape, .lookup = lookup, .ctx = ctx, .out = out };

	r.err = err;
	r.stack[r.top++] = values;
	return render_range(&r, m, 0, m->count, "");
}
