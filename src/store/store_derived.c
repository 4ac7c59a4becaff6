/* store_derived.c - what classify and draft made of an item. All of it can be
 * made again; nothing here touches what an editor wrote or decided. Evidence
 * and details are read only as a whole, so they are JSON in their row.
 */
#include "store_internal.h"

#include <jansson.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"

/* Texts here are valid UTF-8 without NUL; only these need a sign before them. */
static bool is_plain(char c)
{
	return c != '"' && c != '\\' && (unsigned char)c >= 0x20;
}

static void put_string(struct buf *out, const char *s)
{
	size_t n;

	if (!s) {
		buf_puts(out, "null");
		return;
	}
	buf_putc(out, '"');
	for (; *s; s += n) {
		for (n = 0; is_plain(s[n]); n++)
			;
		buf_add(out, s, n);
		if (!s[n])
			break;
		if ((unsigned char)s[n] < 0x20)
			buf_printf(out, "\\u%04x", s[n]);
		else
			buf_add(out, (const char[]){ '\\', s[n] }, 2);
		n++;
	}
	buf_putc(out, '"');
}

/* Written eleven times a comment: printf would cost more than all the rest. */
static void put_number(struct buf *out, uint32_t v)
{
	char digits[10];
	size_t n = sizeof(digits);

	do
		digits[--n] = (char)('0' + v % 10);
	while (v /= 10);
	buf_add(out, digits + n, sizeof(digits) - n);
}

/* [name, start, end, quote, without its end, which the caller adds. */
static void put_span(struct buf *out, const char *name, uint32_t start, uint32_t end,
		     const char *quote)
{
	buf_puts(out, out->len ? ",[" : "[[");
	put_string(out, name);
	buf_putc(out, ',');
	put_number(out, start);
	buf_putc(out, ',');
	put_number(out, end);
	buf_putc(out, ',');
	put_string(out, quote);
}

/* NULL when nothing was put in. */
static const char *close_list(struct buf *out)
{
	if (!out->len)
		return NULL;
	buf_putc(out, ']');
	return buf_str(out);
}

static const char *evidence_json(const struct situation *found, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < found->evidence_count; i++) {
		const struct evidence *e = &found->evidence[i];

		put_span(out, e->cue, e->start, e->end, e->quote);
		buf_puts(out, e->supports ? ",1]" : ",0]");
	}
	return close_list(out);
}

static const char *facts_json(const struct classification *c, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < c->fact_count; i++) {
		const struct fact *f = &c->facts[i];

		put_span(out, f->name, f->start, f->end, f->quote);
		buf_putc(out, ',');
		put_string(out, f->value);
		buf_putc(out, ']');
	}
	return close_list(out);
}

static const char *details_json(const struct classification *c, struct buf *out)
{
	buf_clear(out);
	for (size_t i = 0; i < c->detail_count; i++) {
		const struct detail *d = &c->details[i];

		put_span(out, d->name, d->start, d->end, d->quote);
		buf_putc(out, ']');
	}
	return close_list(out);
}

static int add_found(struct store *s, int64_t item, const struct classification *c,
		     uint64_t rules_version, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_CLASSIFICATION_ADD, err);
	struct buf facts = BUF_INIT, details = BUF_INIT;
	int status = -1;

	if (st) {
		store_bind_int(st, ":item", item);
		store_bind_int(st, ":rules", (int64_t)rules_version);
		store_bind_text(st, ":topic", c->topic);
		store_bind_int(st, ":unsure", c->unsure);
		store_bind_text(st, ":facts", facts_json(c, &facts));
		store_bind_text(st, ":details", details_json(c, &details));
		status = store_run(s, st, err);
	}
	buf_release(&facts);
	buf_release(&details);
	return status;
}

/* Most are an item's first: only when it had one, that goes with its rows. */
static int replace_found(struct store *s, int64_t item, const struct classification *c,
			 uint64_t rules_version, struct err *err)
{
	if (add_found(s, item, c, rules_version, err) < 0)
		return -1;
	if (sqlite3_changes(s->db) > 0)
		return 0;
	if (store_run_int(s, SQL_CLASSIFICATION_DROP, ":item", item, err) < 0 ||
	    store_run_int(s, SQL_SITUATION_DROP, ":item", item, err) < 0)
		return -1;
	return add_found(s, item, c, rules_version, err);
}

static int put_triage(struct store *s, int64_t item, enum triage triage, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_ITEM_TRIAGE, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":reason", triage == TRIAGE_NONE ? NULL : triage_word(triage));
	store_bind_text(st, ":status", triage_status(triage));
	return store_run(s, st, err);
}

static int put_situations(struct store *s, int64_t item, const struct classification *c,
			  struct buf *json, struct err *err)
{
	for (size_t i = 0; i < c->situation_count; i++) {
		const struct situation *found = &c->situations[i];
		sqlite3_stmt *st = store_stmt(s, SQL_SITUATION_ADD, err);

		if (!st)
			return -1;
		store_bind_int(st, ":item", item);
		store_bind_int(st, ":rank", (int64_t)i);
		store_bind_text(st, ":label", found->label);
		store_bind_real(st, ":score", found->score);
		store_bind_int(st, ":band", found->band);
		store_bind_text(st, ":evidence", evidence_json(found, json));
		if (store_run(s, st, err) < 0)
			return -1;
	}
	return 0;
}

int store_classification_put(struct store *s, int64_t item, const struct classification *c,
			     uint64_t rules_version, struct err *err)
{
	struct buf json = BUF_INIT;
	int status = -1;
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	if (replace_found(s, item, c, rules_version, err) == 0 &&
	    put_triage(s, item, c->triage, err) == 0 && put_situations(s, item, c, &json, err) == 0)
		status = 0;
	buf_release(&json);
	return store_leave(s, own, status, err);
}

/* The rows of a JSON column; an empty array for none. What can't be read was
 * not written by dear and is left out. */
static json_t *read_json(sqlite3_stmt *st, int column)
{
	const char *text = store_peek(st, column);
	json_t *rows = text ? json_loads(text, 0, NULL) : NULL;

	return rows ? rows : json_array();
}

static const char *json_text(json_t *row, size_t i, struct arena *a)
{
	return arena_strdup(a, json_string_value(json_array_get(row, i)));
}

static uint32_t json_number(json_t *row, size_t i)
{
	return (uint32_t)json_integer_value(json_array_get(row, i));
}

static void read_evidence(sqlite3_stmt *st, int column, struct arena *a, struct situation *ret)
{
	json_t *rows = read_json(st, column);
	size_t count = json_array_size(rows);

	ret->evidence = arena_alloc(a, count * sizeof(*ret->evidence));
	ret->evidence_count = count;
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_array_get(rows, i);

		ret->evidence[i] = (struct evidence){ .cue = json_text(row, 0, a),
						      .start = json_number(row, 1),
						      .end = json_number(row, 2),
						      .quote = json_text(row, 3, a),
						      .supports = json_number(row, 4) };
	}
	json_decref(rows);
}

static void read_facts(sqlite3_stmt *st, int column, struct arena *a, struct classification *ret)
{
	json_t *rows = read_json(st, column);
	size_t count = json_array_size(rows);

	ret->facts = arena_alloc(a, count * sizeof(*ret->facts));
	ret->fact_count = count;
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_array_get(rows, i);

		ret->facts[i] = (struct fact){ .name = json_text(row, 0, a),
					       .start = json_number(row, 1),
					       .end = json_number(row, 2),
					       .quote = json_text(row, 3, a),
					       .value = json_text(row, 4, a) };
	}
	json_decref(rows);
}

static void read_details(sqlite3_stmt *st, int column, struct arena *a, struct classification *ret)
{
	json_t *rows = read_json(st, column);
	size_t count = json_array_size(rows);

	ret->details = arena_alloc(a, count * sizeof(*ret->details));
	ret->detail_count = count;
	for (size_t i = 0; i < count; i++) {
		json_t *row = json_array_get(rows, i);

		ret->details[i] = (struct detail){ .name = json_text(row, 0, a),
						   .start = json_number(row, 1),
						   .end = json_number(row, 2),
						   .quote = json_text(row, 3, a) };
	}
	json_decref(rows);
}

static int read_situations(struct store *s, int64_t item, struct arena *a,
			   struct classification *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_SITUATIONS, err);
	struct buf rows = BUF_INIT;
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	while ((more = store_step(s, st, err)) > 0) {
		struct situation found = { .label = store_text(st, 0, a),
					   .score = sqlite3_column_double(st, 1),
					   .band = (enum band)store_int(st, 2) };

		read_evidence(st, 3, a, &found);
		buf_add(&rows, &found, sizeof(found));
	}
	ret->situations = arena_copy(a, buf_str(&rows), rows.len);
	ret->situation_count = rows.len / sizeof(*ret->situations);
	buf_release(&rows);
	return more;
}

int store_classification_get(struct store *s, int64_t item, struct arena *a,
			     struct classification *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_CLASSIFICATION_GET, err);
	struct classification c = { 0 };
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	found = store_step(s, st, err);
	if (found <= 0)
		return found;
	c.topic = store_text(st, 0, a);
	c.unsure = store_int(st, 1);
	read_facts(st, 2, a, &c);
	read_details(st, 3, a, &c);
	c.triage = store_is_null(st, 4) ? TRIAGE_NONE : triage_parse(store_peek(st, 4));
	store_end(st);
	if (read_situations(s, item, a, &c, err) < 0)
		return -1;
	*ret = c;
	return 1;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* 1 when the draft's text is another one than before. */
static int text_differs(struct store *s, int64_t item, const char *text, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_DRAFT_GET, err);
	int found, differs;

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	found = store_step(s, st, err);
	if (found <= 0)
		return found < 0 ? -1 : text != NULL;
	differs = !same_text(text, store_peek(st, 0));
	store_end(st);
	return differs;
}

static int put_draft(struct store *s, int64_t item, const struct draft *d, struct err *err)
{
	int differs = text_differs(s, item, d->text, err);
	sqlite3_stmt *st = differs < 0 ? NULL : store_stmt(s, SQL_DRAFT_PUT, err);

	if (!st)
		return -1;
	store_bind_int(st, ":item", item);
	store_bind_text(st, ":text", d->text);
	store_bind_text(st, ":responses", d->responses);
	store_bind_text(st, ":lengths", d->lengths);
	store_bind_int(st, ":basis", (int64_t)d->basis);
	if (store_run(s, st, err) < 0)
		return -1;
	return differs ? store_search_mark(s, item, err) : 0;
}

int store_draft_put(struct store *s, int64_t item, const struct draft *d, struct err *err)
{
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	return store_leave(s, own, put_draft(s, item, d, err), err);
}

int store_derived_clear(struct store *s, struct err *err)
{
	static const enum sql tables[] = { SQL_CLEAR_SITUATION, SQL_CLEAR_CLASSIFICATION };
	int status = 0;
	bool own;

	if (store_enter(s, &own, err) < 0)
		return -1;
	for (size_t i = 0; status == 0 && i < sizeof(tables) / sizeof(*tables); i++) {
		sqlite3_stmt *st = store_stmt(s, tables[i], err);

		status = st ? store_run(s, st, err) : -1;
	}
	if (status == 0)
		status = store_search_reset(s, err);
	return store_leave(s, own, status, err);
}
