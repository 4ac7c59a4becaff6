/* mustache.h - the Mustache template language, core modules of the published
 * specification (github.com/mustache/spec: comments, delimiters,
 * interpolation, inverted, partials, sections).
 *
 * A template is compiled once and can be rendered by many threads. Values come
 * from a Jansson tree; missing ones render as nothing, so callers who need a
 * value look first (mustache_names).
 */
#ifndef DEAR_MUSTACHE_H
#define DEAR_MUSTACHE_H

#include <jansson.h>
#include <stddef.h>

struct buf;
struct err;
struct mustache;

enum mustache_escape {
	MUSTACHE_PLAIN, /* {{x}} and {{{x}}} alike: no escaping */
	MUSTACHE_HTML   /* {{x}} escapes & < > " ' */
};

/* Compiles source. name is used in errors (ERR_RULES with line). */
struct mustache *mustache_compile(const char *source, size_t len, const char *name, int line,
				  struct err *err);
void mustache_free(struct mustache *m);

/* Looks a partial up by name; NULL renders as nothing. */
typedef const struct mustache *mustache_lookup(void *ctx, const char *name);

/* Appends the rendering to out. ERR_RULES when partials or sections nest
 * deeper than BOUND_MUSTACHE_DEPTH. */
int mustache_render(const struct mustache *m, json_t *values, enum mustache_escape escape,
		    mustache_lookup *lookup, void *ctx, struct buf *out, struct err *err);

/* Calls name(ctx, kind, name, line) for every tag: kind is '{' variable, '#'
 * section, '^' inverted, '>' partial. For lints. */
void mustache_names(const struct mustache *m,
		    void (*name)(void *ctx, char kind, const char *name, int line), void *ctx);

#endif
