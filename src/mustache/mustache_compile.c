/* mustache_compile.c - mustache source to nodes, in one pass: text up to the
 * next tag, the tag, and so on. Whether a tag stands alone on its line is read
 * off the source around it, so no line is held back. Knows nothing of values.
 */
#include "dear/mustache.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "mustache_internal.h"

#define DELIMITER_SIZE 16

struct compiler {
	struct mustache *m;
	const char *source; /* m->source */
	size_t len, node_size;
	char *strings;  /* where the next one goes in m->strings */
	size_t counted; /* source bytes whose line ends are in line */
	int line;
	char open[DELIMITER_SIZE], close[DELIMITER_SIZE];
	size_t sections[BOUND_MUSTACHE_DEPTH], depth;
	struct err *err;
};

/* A tag of the source; before and after bound what it removes from the text:
 * the whole line when it stands alone on it. */
struct tag {
	char kind; /* one of & { # ^ / > ! = or '\0' for a plain variable */
	bool alone;
	size_t start, end, before, after;
	const char *body; /* trimmed */
	size_t len;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

/* The line of a source offset; offsets are asked for in rising order. */
static int line_of(struct compiler *c, size_t at)
{
	for (; c->counted < at; c->counted++)
		c->line += c->source[c->counted] == '\n';
	return c->line;
}

static int fail(struct compiler *c, const struct tag *t, const char *what)
{
	return err_set(c->err, ERR_RULES, c->m->name, line_of(c, t->start), "%s", what);
}

static size_t find(const struct compiler *c, size_t from, const char *what)
{
	const char *hit = memmem(c->source + from, c->len - from, what, strlen(what));

	return hit ? (size_t)(hit - c->source) : c->len;
}

static size_t find_nul(const struct compiler *c)
{
	const char *hit = memchr(c->source, '\0', c->len);

	return hit ? (size_t)(hit - c->source) : c->len;
}

static bool begins_line(const struct compiler *c, size_t at)
{
	return at == 0 || c->source[at - 1] == '\n';
}

/* Keeps a string. All of a source's strings fit into twice its length: a tag
 * is two bytes longer than its name, which is kept twice at most, and an indent
 * stands in the source before a tag that has a mark more. */
static char *keep(struct compiler *c, const char *s, size_t len)
{
	char *kept = c->strings;

	assert(c->strings + len < c->m->strings + 2 * c->len + 1);
	memcpy(kept, s, len);
	kept[len] = '\0';
	c->strings += len + 1;
	return kept;
}

static struct node *add_node(struct compiler *c, enum node_kind kind, size_t at)
{
	struct mustache *m = c->m;
	struct node *n;

	m->nodes = mem_grow(m->nodes, &c->node_size, m->count + 1, sizeof(*m->nodes));
	n = &m->nodes[m->count++];
	*n = (struct node){ .kind = kind, .line = line_of(c, at), .end = m->count };
	n->line_start = begins_line(c, at);
	return n;
}

/* Adds source[from, to) as text, a node a line. */
static void add_text(struct compiler *c, size_t from, size_t to)
{
	while (from < to) {
		const char *start = c->source + from;
		const char *nl = memchr(start, '\n', to - from);
		struct node *n = add_node(c, NODE_TEXT, from);

		n->len = nl ? (size_t)(nl - start) + 1 : to - from;
		n->text = start;
		from += n->len;
	}
}

/* Cuts a dotted name at its dots; "." has no parts. */
static int set_parts(struct compiler *c, struct node *n, const struct tag *t)
{
	size_t start = 0;
	char *parts;

	if (t->len == 1 && t->body[0] == '.')
		return 0;
	n->part_count = 1;
	n->parts = n->text;
	if (!memchr(t->body, '.', t->len))
		return 0;
	n->parts = parts = keep(c, t->body, t->len);
	for (size_t i = 0; i <= t->len; i++) {
		if (i < t->len && parts[i] != '.')
			continue;
		if (i == start)
			return fail(c, t, "a dot with no name before or after it");
		n->part_count += i < t->len;
		parts[i] = '\0';
		start = i + 1;
	}
	return 0;
}

static int set_name(struct compiler *c, struct node *n, const struct tag *t)
{
	if (t->len == 0)
		return fail(c, t, "a tag without a name; write one between the braces");
	for (size_t i = 0; i < t->len; i++)
		if (is_space(t->body[i]))
			return fail(c, t, "a blank inside a tag's name; is the tag closed?");
	n->text = keep(c, t->body, t->len);
	n->len = t->len;
	return n->kind == NODE_PARTIAL ? 0 : set_parts(c, n, t);
}

static bool set_delimiter(char *delimiter, const char *start, const char *end)
{
	size_t len = (size_t)(end - start);

	if (len == 0 || len >= DELIMITER_SIZE || memchr(start, '=', len))
		return false;
	memcpy(delimiter, start, len);
	delimiter[len] = '\0';
	return true;
}

/* {{=<% %>=}} */
static int change_delimiters(struct compiler *c, const struct tag *t)
{
	const char *start = t->body, *end = t->body + t->len;
	const char *gap = start, *close;

	while (gap < end && !is_space(*gap))
		gap++;
	for (close = gap; close < end && is_space(*close);)
		close++;
	for (const char *p = close; p < end; p++)
		if (is_space(*p))
			return fail(c, t, "more than two new delimiters");
	if (!set_delimiter(c->open, start, gap) || !set_delimiter(c->close, close, end))
		return fail(c, t,
			    "new delimiters are two marks of at most 15 bytes, "
			    "with a blank between and no equals sign");
	return 0;
}

/* Sees whether the tag has its line to itself; then the line goes with it. */
static void widen_to_line(const struct compiler *c, struct tag *t)
{
	size_t before = t->start, after = t->end;

	while (before > 0 && is_blank(c->source[before - 1]))
		before--;
	while (after < c->len && is_blank(c->source[after]))
		after++;
	if (after + 1 < c->len && c->source[after] == '\r' && c->source[after + 1] == '\n')
		after++;
	if (!begins_line(c, before) || (after < c->len && c->source[after] != '\n'))
		return;
	t->alone = true;
	t->before = before;
	t->after = after < c->len ? after + 1 : after;
}

static int read_tag(struct compiler *c, size_t start, struct tag *t)
{
	size_t body = start + strlen(c->open), end;
	const char *close = c->close;
	char own[DELIMITER_SIZE + 1];

	*t = (struct tag){ .start = start, .before = start };
	if (body < c->len && strchr("&{#^/>!=", c->source[body]) && c->source[body] != '\0')
		t->kind = c->source[body++];
	if (t->kind == '{' || t->kind == '=') {
		own[0] = t->kind == '{' ? '}' : '=';
		memcpy(own + 1, c->close, strlen(c->close) + 1);
		close = own;
	}
	end = find(c, body, close);
	if (end == c->len)
		return fail(c, t, "a tag is opened and never closed");
	t->end = t->after = end + strlen(close);
	while (body < end && is_space(c->source[body]))
		body++;
	while (end > body && is_space(c->source[end - 1]))
		end--;
	t->body = c->source + body;
	t->len = end - body;
	if (t->kind != '\0' && t->kind != '&' && t->kind != '{')
		widen_to_line(c, t);
	return 0;
}

static int open_section(struct compiler *c, const struct tag *t)
{
	struct node *n;

	if (c->depth == BOUND_MUSTACHE_DEPTH)
		return fail(c, t, "sections nest too deep");
	n = add_node(c, t->kind == '#' ? NODE_SECTION : NODE_INVERTED, t->start);
	n->line_start = n->line_start && !t->alone;
	c->sections[c->depth++] = c->m->count - 1;
	return set_name(c, n, t);
}

static int close_section(struct compiler *c, const struct tag *t)
{
	struct node *n;

	if (c->depth == 0)
		return fail(c, t, "a section is closed that was never opened");
	n = &c->m->nodes[c->sections[--c->depth]];
	if (n->len != t->len || memcmp(n->text, t->body, t->len) != 0)
		return err_set(c->err, ERR_RULES, c->m->name, line_of(c, t->start),
			       "section %s of line %d is closed under another name", n->text,
			       n->line);
	n->end = c->m->count;
	return 0;
}

static int add_partial(struct compiler *c, const struct tag *t)
{
	struct node *n = add_node(c, NODE_PARTIAL, t->start);

	if (t->alone) {
		n->line_start = false;
		n->indent = keep(c, c->source + t->before, t->start - t->before);
	}
	return set_name(c, n, t);
}

static int add_tag(struct compiler *c, const struct tag *t)
{
	switch (t->kind) {
	case '!':
		return 0;
	case '=':
		return change_delimiters(c, t);
	case '#':
	case '^':
		return open_section(c, t);
	case '/':
		return close_section(c, t);
	case '>':
		return add_partial(c, t);
	case '&':
	case '{':
		return set_name(c, add_node(c, NODE_RAW, t->start), t);
	}
	return set_name(c, add_node(c, NODE_VARIABLE, t->start), t);
}

static int compile(struct compiler *c)
{
	size_t at = 0, start = find_nul(c);
	struct tag t;

	if (start < c->len)
		return err_set(c->err, ERR_RULES, c->m->name, line_of(c, start),
			       "a NUL byte; save the file as text");
	while ((start = find(c, at, c->open)) < c->len) {
		if (read_tag(c, start, &t) < 0)
			return -1;
		add_text(c, at, t.before);
		if (add_tag(c, &t) < 0)
			return -1;
		at = t.after;
	}
	add_text(c, at, c->len);
	if (c->depth > 0) {
		const struct node *n = &c->m->nodes[c->sections[c->depth - 1]];

		return err_set(c->err, ERR_RULES, c->m->name, n->line, "section %s is never closed",
			       n->text);
	}
	return 0;
}

struct mustache *mustache_compile(const char *source, size_t len, const char *name, int line,
				  struct err *err)
{
	struct mustache *m = mem_alloc(sizeof(*m));
	struct compiler c = { .m = m, .len = len, .line = line, .open = "{{", .close = "}}" };

	m->name = mem_strdup(name);
	m->source = mem_alloc(len + 1);
	memcpy(m->source, source, len);
	m->strings = mem_alloc(2 * len + 1);
	c.source = m->source;
	c.strings = m->strings;
	c.err = err;
	if (compile(&c) < 0) {
		mustache_free(m);
		return NULL;
	}
	return m;
}

void mustache_free(struct mustache *m)
{
	if (!m)
		return;
	free(m->name);
	free(m->source);
	free(m->strings);
	free(m->nodes);
	free(m);
}

static char kind_mark(enum node_kind kind)
{
	switch (kind) {
	case NODE_TEXT:
		return '\0';
	case NODE_VARIABLE:
	case NODE_RAW:
		return '{';
	case NODE_SECTION:
		return '#';
	case NODE_INVERTED:
		return '^';
	case NODE_PARTIAL:
		return '>';
	}
	return '\0';
}

void mustache_names(const struct mustache *m,
		    void (*name)(void *ctx, char kind, const char *name, int line), void *ctx)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->nodes[i].kind != NODE_TEXT)
			name(ctx, kind_mark(m->nodes[i].kind), m->nodes[i].text, m->nodes[i].line);
}
