/* web_page.c - templates and assets, which are built into the program, and the
 * one way a page comes about: values into a template, everything escaped.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"
#include "dear/mem.h"
#include "dear/mustache.h"

#include "embed.h"
#include "web_internal.h"

extern const struct embed_file web_files[];

static const char suffix[] = ".mustache";

struct web_template {
	const char *name;
	size_t len; /* of the name, without suffix */
	struct mustache *text;
};

struct web_pages {
	struct web_template *list;
	size_t count, size;
};

static const struct mustache *find(void *ctx, const char *name)
{
	const struct web_pages *p = ctx;

	for (size_t i = 0; i < p->count; i++)
		if (strlen(name) == p->list[i].len &&
		    !strncmp(p->list[i].name, name, p->list[i].len))
			return p->list[i].text;
	return NULL;
}

struct web_pages *web_pages_new(struct err *err)
{
	struct web_pages *p = mem_alloc(sizeof(*p));

	for (const struct embed_file *f = web_files; f->name; f++) {
		const char *end = strstr(f->name, suffix);
		struct mustache *text;

		if (!end)
			continue;
		text = mustache_compile(f->text, f->len, f->name, 1, err);
		if (!text) {
			web_pages_free(p);
			return NULL;
		}
		p->list = mem_grow(p->list, &p->size, p->count + 1, sizeof(*p->list));
		p->list[p->count++] =
			(struct web_template){ f->name, (size_t)(end - f->name), text };
	}
	return p;
}

void web_pages_free(struct web_pages *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->count; i++)
		mustache_free(p->list[i].text);
	free(p->list);
	free(p);
}

int web_page_render(const struct web_pages *p, const char *name, json_t *values, struct buf *out,
		    struct err *err)
{
	const struct mustache *page = find((void *)p, name);

	if (!page)
		return err_set(err, ERR_RULES, name, 0, "there is no such page");
	return mustache_render(page, values, MUSTACHE_HTML, find, (void *)p, out, err);
}

int web_page(struct web_request *q, const char *name, int status, json_t *values, struct err *err)
{
	int rc;

	buf_clear(&q->answer.body);
	rc = web_page_render(q->web->pages, name, values, &q->answer.body, err);
	json_decref(values);
	if (rc < 0)
		return -1;
	q->answer.status = status;
	q->answer.type = "text/html; charset=utf-8";
	return 0;
}

void web_say(struct web_request *q, int status, const char *title, const char *words)
{
	json_t *values = web_values(q, title, "");
	struct err err = { 0 };

	web_set(values, "words", words);
	q->answer.location = NULL;
	if (web_page(q, "say", status, values, &err) == 0)
		return;
	buf_clear(&q->answer.body);
	buf_printf(&q->answer.body, "%s\n%s\n", title, words);
	q->answer.status = status;
	q->answer.type = "text/plain; charset=utf-8";
}

void web_go(struct web_request *q, const char *fmt, ...)
{
	char path[4096];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(path, sizeof(path), fmt, ap);
	va_end(ap);
	q->answer.status = 303;
	q->answer.location = arena_strdup(&q->arena, path);
}

static const struct embed_file *file_of(const char *name)
{
	const struct embed_file *f = web_files;

	while (f->name && strcmp(f->name, name) != 0)
		f++;
	return f->name ? f : NULL;
}

const char *web_page_style(void)
{
	return file_of("desk.css")->text;
}

int web_asset(struct web_request *q, struct err *err)
{
	static const char *const types[][2] = {
		{ ".css", "text/css; charset=utf-8" },
		{ ".js", "text/javascript; charset=utf-8" },
		{ ".svg", "image/svg+xml" },
	};
	const struct embed_file *f = file_of(q->path + 1);

	if (!f)
		return err_set(err, ERR_IO, q->path, 0, "is not built in");
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (strstr(f->name, types[i][0]))
			q->answer.type = types[i][1];
	buf_add(&q->answer.body, f->text, f->len);
	q->answer.status = 200;
	q->answer.keep = true;
	return 0;
}

/* ---- what every page has ---- */

/* Shown once: whoever comes back to the page later is not told again. */
static void set_note(struct web_request *q, json_t *values)
{
	unsigned number = (unsigned)web_query_number(q, "note");
	struct web_note *n;
	json_t *note;

	if (number == 0)
		return;
	n = &q->session->notes[(number - 1) % WEB_NOTES];
	if (n->number != number || !n->text)
		return;
	note = json_object();
	web_set(note, "text", n->text);
	web_set_flag(note, "bad", n->bad);
	web_set(note, "item", n->item ? arena_printf(&q->arena, "%lld", (long long)n->item) : NULL);
	json_object_set_new(values, "note", note);
	free(n->text);
	n->text = NULL;
}

json_t *web_values(struct web_request *q, const char *title, const char *here)
{
	json_t *values = json_object();

	web_set(values, "title", title);
	web_set_flag(values, "here_queue", !strcmp(here, "queue"));
	web_set_flag(values, "here_stats", !strcmp(here, "stats"));
	web_set_flag(values, "here_keys", !strcmp(here, "keys"));
	if (q->session) {
		web_set(values, "actor", q->session->actor);
		web_set(values, "token", q->session->token);
		set_note(q, values);
	}
	return values;
}
