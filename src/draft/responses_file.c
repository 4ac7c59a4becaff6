/* responses_file.c - one response file: header lines, a blank line, and
 * wordings kept apart by lines of three hyphens. The format is documented in
 * responses/README.md.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/mem.h"
#include "dear/mustache.h"
#include "draft_internal.h"

/* A file while it is read. */
struct reader {
	struct responses *r;
	struct response *p;
	const char *file;
	int line;
	struct err *err;
	unsigned role; /* of the terms being read */
	struct term_set any[8];
};

static const struct {
	const char *word;
	unsigned bit;
} occasions[] = {
	{ "draft", OCCASION_DRAFT },
	{ "follow_up", OCCASION_FOLLOW_UP },
	{ "unsure", OCCASION_UNSURE },
	{ "thanks", OCCASION_THANKS },
};

static int fail(struct reader *f, const char *what, const char *word, size_t len)
{
	return err_set(f->err, ERR_RULES, f->file, f->line, "%s '%.*s'", what,
		       (int)(len > 60 ? 60 : len), word);
}

/* Calls take for every piece between commas. */
static int each_piece(struct reader *f, const char *list, size_t len,
		      int (*take)(struct reader *f, void *to, const char *word, size_t len),
		      void *to)
{
	const char *end = list + len;

	while (list <= end) {
		const char *comma = memchr(list, ',', (size_t)(end - list));
		const char *stop = comma ? comma : end;

		while (list < stop && *list == ' ')
			list++;
		while (stop > list && stop[-1] == ' ')
			stop--;
		if (list == stop)
			return fail(f, "a name is missing in", list, 0);
		if (take(f, to, list, (size_t)(stop - list)) < 0)
			return -1;
		list = comma ? comma + 1 : end + 1;
	}
	return 0;
}

static int take_term(struct reader *f, void *to, const char *word, size_t len)
{
	struct responses *r = f->r;
	int bit = terms_add(&r->terms, &r->arena, word, len, f->file, f->line, f->err);

	if (bit < 0)
		return -1;
	term_set_add(to, bit);
	r->terms.list[bit].roles |= f->role;
	f->p->when.weight += to == &f->p->when.all ? 2 : 1;
	return 0;
}

static int take_idea(struct reader *f, void *to, const char *word, size_t len)
{
	return responses_idea(f->r, word, len, f->file, f->line, to, f->err);
}

static int take_occasion(struct reader *f, void *to, const char *word, size_t len)
{
	for (size_t i = 0; i < sizeof(occasions) / sizeof(occasions[0]); i++)
		if (strlen(occasions[i].word) == len && memcmp(occasions[i].word, word, len) == 0) {
			*(unsigned *)to |= occasions[i].bit;
			return 0;
		}
	return fail(f, "For: says draft, follow_up, unsure or thanks, not", word, len);
}

static int take_part(struct reader *f, const char *word, size_t len)
{
	static const char *const words[] = {
#define X(id, word) word,
		PARTS(X)
#undef X
	};

	for (int i = 0; i < PART_COUNT; i++)
		if (strlen(words[i]) == len && memcmp(words[i], word, len) == 0) {
			f->p->part = (enum part)i;
			return 0;
		}
	return fail(f, "there is no part", word, len);
}

static int take_any(struct reader *f, const char *value, size_t len)
{
	struct condition *when = &f->p->when;

	if (when->any_count == sizeof(f->any) / sizeof(f->any[0]))
		return fail(f, "too many Any: lines at", value, len);
	return each_piece(f, value, len, take_term, &f->any[when->any_count++]);
}

/* "Key: value" */
static int take_header(struct reader *f, const char *line, size_t len, bool *ret_part)
{
	const char *colon = memchr(line, ':', len);
	size_t key = colon ? (size_t)(colon - line) : 0;
	const char *value = line + key + 1;
	struct condition *when = &f->p->when;

#define IS(name) (key == strlen(name) && memcmp(line, name, key) == 0)
	if (!colon)
		return fail(f, "a header line is written 'Name: value'; this one is", line, len);
	for (len -= key + 1; len > 0 && *value == ' '; len--)
		value++;
	f->role = IS("Situation") ? ROLE_SITUATION : IS("Needs") ? ROLE_FACT : 0;
	f->role |= IS("Detail") ? ROLE_DETAIL : 0;
	if (f->role)
		return each_piece(f, value, len, take_term, &when->all);
	if (IS("Any"))
		return take_any(f, value, len);
	if (IS("Unless"))
		return each_piece(f, value, len, take_term, &when->none);
	if (IS("Says"))
		return each_piece(f, value, len, take_idea, &f->p->says);
	if (IS("Against"))
		return each_piece(f, value, len, take_idea, &f->p->against);
	if (IS("For"))
		return each_piece(f, value, len, take_occasion, &f->p->occasions);
	if (IS("Priority")) {
		f->p->priority = (int)strtol(value, NULL, 10);
		return len > 0 ? 0 : fail(f, "Priority: wants a number, not", value, len);
	}
	if (!IS("Part"))
		return fail(f, "there is no header line called", line, key);
	*ret_part = true;
	return take_part(f, value, len);
#undef IS
}

/* Reads the header; returns where the text begins, NULL on an error. */
static const char *read_header(struct reader *f, const char *at, const char *end)
{
	bool part = false;

	for (; at < end; f->line++) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		size_t len = (size_t)((nl ? nl : end) - at);

		while (len > 0 && (at[len - 1] == ' ' || at[len - 1] == '\r'))
			len--;
		if (len == 0)
			break;
		if (at[0] != '#' && take_header(f, at, len, &part) < 0)
			return NULL;
		at = nl ? nl + 1 : end;
	}
	if (!part) {
		fail(f, "no header line names the", "Part", 4);
		return NULL;
	}
	return at;
}

/* What one wording names. */
struct names {
	struct reader *f;
	struct wording *w;
	const char *sections[16];
	size_t section_count;
	int rc;
};

static bool in_section(const struct names *n, const char *name)
{
	for (size_t i = 0; i < n->section_count; i++)
		if (strcasecmp(n->sections[i], name) == 0)
			return true;
	return false;
}

/* A form of {{ex}} or {{other}}. */
static void see_person(struct names *n, const char *name)
{
	const char *form = strchr(name, '.') + 1;

	if (strncmp(form, "who", 3) == 0 || strcmp(form, "noun") == 0)
		n->w->introduces = true;
	else if (!n->w->introduces)
		n->w->refers = true;
}

/* A section takes a fact up where it is known; elsewhere it must be known. */
static void see_fact(struct names *n, char kind, const char *name, int bit)
{
	if (strncmp(name, "is.", 3) == 0)
		term_set_add(&n->f->r->asked, bit);
	else if (kind == '{' && !in_section(n, name))
		term_set_add(&n->w->needs, bit);
	if (kind != '^')
		term_set_add(&n->w->uses, bit);
}

static void see_name(void *ctx, char kind, const char *name, int line)
{
	struct names *n = ctx;
	struct reader *f = n->f;
	const char *fact;
	int bit = -1;

	if (n->rc < 0)
		return;
	if (kind == '#' && n->section_count < sizeof(n->sections) / sizeof(n->sections[0]))
		n->sections[n->section_count++] = name;
	if (kind == '>' || strcmp(name, ".") == 0)
		return;
	f->line = line;
	if (!values_known(name, &fact)) {
		n->rc = fail(f, "there is no variable called", name, strlen(name));
		return;
	}
	if (strncmp(name, "is.", 3) == 0)
		fact = name + 3;
	if (fact)
		bit = terms_add(&f->r->terms, &f->r->arena, fact, strlen(fact), f->file, line,
				f->err);
	if (fact && bit < 0)
		n->rc = -1;
	else if (fact)
		see_fact(n, kind, name, bit);
	if (strncasecmp(name, "ex.", 3) == 0 || strncasecmp(name, "other.", 6) == 0)
		see_person(n, name);
}

int responses_see_partial(struct responses *r, const struct mustache *text, const char *file,
			  struct err *err)
{
	struct reader f = { .r = r, .file = file, .err = err };
	struct wording w = { 0 };
	struct names names = { .f = &f, .w = &w };

	mustache_names(text, see_name, &names);
	return names.rc;
}

/* Counts what stands between blanks; a variable other than the name may bring
 * several words. */
static bool holds_run(const char *at, const char *end)
{
	size_t words = 1;

	for (const char *s = at; s < end && words < RUN_WORDS; s++) {
		words += *s == ' ' || *s == '\n';
		if (end - s > 2 && memcmp(s, "{{", 2) == 0 && strncmp(s, "{{name", 6) != 0)
			words += 2;
	}
	return words >= RUN_WORDS;
}

static bool names_other(const struct responses *r, const char *text, size_t len)
{
	for (size_t i = 0; i < r->other_count; i++)
		if (r->others[i].noun &&
		    memmem(text, len, r->others[i].noun, strlen(r->others[i].noun)))
			return true;
	return false;
}

static int add_wording(struct reader *f, const char *at, const char *end)
{
	struct response *p = f->p;
	struct names names = { .f = f };
	struct wording *w;
	int line = f->line;

	for (; at < end && (*at == '\n' || *at == '\r' || *at == ' '); at++)
		line += *at == '\n';
	while (end > at && strchr(" \r\n", end[-1]))
		end--;
	if (at == end)
		return fail(f, "a wording without text in", p->name, strlen(p->name));
	w = &p->wordings[p->count++];
	w->line = line;
	w->brief = !holds_run(at, end);
	w->text = mustache_compile(at, (size_t)(end - at), f->file, line, f->err);
	if (!w->text)
		return -1;
	w->introduces = names_other(f->r, at, (size_t)(end - at));
	names.w = w;
	mustache_names(w->text, see_name, &names);
	return names.rc;
}

static bool divider(const char *line, const char *end)
{
	const char *stop = line + 3;

	if (end - line < 3 || memcmp(line, "---", 3) != 0)
		return false;
	while (stop < end && (*stop == ' ' || *stop == '\r'))
		stop++;
	return stop == end || *stop == '\n';
}

static size_t count_wordings(const char *at, const char *end)
{
	size_t count = 1;

	for (; at < end; at++)
		count += *at == '\n' && divider(at + 1, end);
	return count;
}

static int read_wordings(struct reader *f, const char *at, const char *end)
{
	struct responses *r = f->r;
	size_t most = count_wordings(at, end);
	const char *start = at;
	int line = f->line;

	f->p->wordings = arena_alloc(&r->arena, most * sizeof(*f->p->wordings));
	for (; at < end; line++) {
		const char *nl = memchr(at, '\n', (size_t)(end - at));
		const char *next = nl ? nl + 1 : end;

		if (divider(at, end)) {
			if (add_wording(f, start, at) < 0)
				return -1;
			start = next;
			f->line = line + 1;
		}
		at = next;
	}
	return add_wording(f, start, end);
}

static int read_response(struct reader *f, const char *text, size_t len)
{
	struct response *p = f->p;
	const char *body = read_header(f, text, text + len);

	if (!body)
		return -1;
	p->when.any = arena_copy(&f->r->arena, f->any, p->when.any_count * sizeof(f->any[0]));
	if (p->occasions == 0)
		p->occasions = p->part == PART_MIRROR ? OCCASION_DRAFT
						      : OCCASION_DRAFT | OCCASION_FOLLOW_UP;
	return read_wordings(f, body, text + len);
}

int responses_file_load(struct responses *r, const char *path, const char *topic, const char *stem,
			struct err *err)
{
	struct reader f = { .r = r, .line = 1, .err = err };
	struct buf text = BUF_INIT;
	int rc = file_slurp(path, BOUND_DATA_FILE_BYTES, &text, err);

	if (rc == 0) {
		r->list = mem_grow(r->list, &r->size, r->count + 1, sizeof(*r->list));
		f.p = &r->list[r->count++];
		*f.p = (struct response){ .topic = topic };
		f.file = f.p->file = arena_strdup(&r->arena, path);
		f.p->name = arena_printf(&r->arena, "%s/%s", topic, stem);
		f.p->hash = hash_bytes(HASH_START, buf_str(&text), text.len);
		rc = read_response(&f, buf_str(&text), text.len);
	}
	buf_release(&text);
	return rc;
}
