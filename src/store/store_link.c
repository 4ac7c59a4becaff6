/* store_link.c - hangs a thread's comments together and keeps its items in step.
 *
 * The thread is loaded as a table of struct link, a row a comment in order of
 * its places; thread_link does the thinking; what changed is written back. Then
 * store_sync.c makes, moves and drops items. One walk each; nothing here grows
 * with a thread but the table.
 */
#include "store_link_internal.h"

#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/mem.h"

/* Who is staff by the editor's word. */
struct staff_list {
	struct arena arena;
	const char **ids, **names; /* NULL-ended; names folded */
	struct buf scratch;
};

static int staff_load(struct store *s, int64_t thread, struct staff_list *l, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_STAFF, err);
	size_t id_size = 0, name_size = 0, ids = 0, names = 0;
	int more;

	if (!st)
		return -1;
	l->ids = mem_grow(NULL, &id_size, 1, sizeof(*l->ids));
	l->names = mem_grow(NULL, &name_size, 1, sizeof(*l->names));
	store_bind_int(st, ":thread", thread);
	while ((more = store_step(s, st, err)) > 0) {
		l->ids = mem_grow(l->ids, &id_size, ids + 2, sizeof(*l->ids));
		l->names = mem_grow(l->names, &name_size, names + 2, sizeof(*l->names));
		if (!strcmp(store_peek(st, 0), "id")) {
			l->ids[ids++] = store_text(st, 1, &l->arena);
			continue;
		}
		store_fold_name(store_peek(st, 1), &l->scratch);
		l->names[names++] = arena_strdup(&l->arena, buf_str(&l->scratch));
	}
	l->ids[ids] = NULL;
	l->names[names] = NULL;
	return more;
}

static void staff_release(struct staff_list *l)
{
	arena_release(&l->arena);
	buf_release(&l->scratch);
	free(l->ids);
	free(l->names);
}

static bool is_listed(const char *const *list, const char *value)
{
	for (; *list; list++)
		if (!strcmp(*list, value))
			return true;
	return false;
}

/* A guest may call himself what he likes. */
static bool is_staff(struct staff_list *l, const char *user_id, const char *author,
		     const char *account)
{
	if (user_id && is_listed(l->ids, user_id))
		return true;
	if (!author || !*l->names || !strcmp(account, store_account_word(ACCOUNT_GUEST)))
		return false;
	store_fold_name(author, &l->scratch);
	return is_listed(l->names, buf_str(&l->scratch));
}

/* Two readers' numbers meet by chance once in four thousand million pairs, and
 * it matters only where one writes directly below the other. */
static uint32_t person_number(int64_t person)
{
	uint32_t n = (uint32_t)((uint64_t)person ^ (uint64_t)person >> 32);

	return person && !n ? 1 : n;
}

static void load_row(struct linking *k, sqlite3_stmt *st, struct staff_list *staff)
{
	struct link *l = &k->table[store_int(st, 0) - k->first];

	l->parent = store_is_null(st, 1) ? LINK_NONE : (uint32_t)(store_int(st, 1) - k->first);
	l->person = person_number(store_int(st, 2));
	l->utc = store_is_null(st, 3) ? INT64_MIN : store_int(st, 3);
	l->staff = store_int(st, 4) ||
		   is_staff(staff, store_peek(st, 8), store_peek(st, 9), store_peek(st, 10));
	l->live = (uint8_t)store_int(st, 5);
	l->has_parent_id = (uint8_t)store_int(st, 6);
	l->parent_known = (uint8_t)store_parent_known(store_peek(st, 7));
}

static int learn_ours(struct linking *k, struct err *err)
{
	sqlite3_stmt *st = store_stmt(k->s, SQL_RECEIPT_LEARN, err);

	if (!st)
		return -1;
	store_bind_int(st, ":thread", k->thread);
	store_bind_int(st, ":first", k->first);
	store_bind_int(st, ":last", store_last_row(k->thread));
	return store_run(k->s, st, err);
}

/* A reply that dear sent and that came back is the column's. */
static int load_ours(struct linking *k, struct err *err)
{
	sqlite3_stmt *st;
	int more;

	if (learn_ours(k, err) < 0)
		return -1;
	st = store_stmt(k->s, SQL_LINK_OURS, err);
	if (!st)
		return -1;
	store_bind_int(st, ":thread", k->thread);
	while ((more = store_step(k->s, st, err)) > 0)
		k->table[store_int(st, 0) - k->first].staff = 1;
	return more;
}

static int load_size(struct linking *k, struct err *err)
{
	sqlite3_stmt *st = store_stmt(k->s, SQL_LINK_SIZE, err);
	int64_t last;
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", k->thread);
	store_bind_int(st, ":first", k->first);
	store_bind_int(st, ":last", store_last_row(k->thread));
	found = store_step(k->s, st, err);
	if (found <= 0)
		return found;
	k->flat = store_int(st, 0);
	last = store_int(st, 1);
	k->count = last ? (uint32_t)(last - k->first + 1) : 0;
	store_end(st);
	return 0;
}

static int load_table(struct linking *k, struct err *err)
{
	struct staff_list staff = { 0 };
	sqlite3_stmt *st = store_stmt(k->s, SQL_LINK_LOAD, err);
	int more = -1;

	if (!st || load_size(k, err) < 0 || staff_load(k->s, k->thread, &staff, err) < 0)
		goto out;
	k->table = mem_alloc(((size_t)k->count + 1) * sizeof(*k->table));
	store_bind_int(st, ":first", k->first);
	store_bind_int(st, ":last", store_last_row(k->thread));
	while ((more = store_step(k->s, st, err)) > 0)
		load_row(k, st, &staff);
	if (more == 0)
		more = load_ours(k, err);
out:
	staff_release(&staff);
	return more;
}

/* The comment's name in a diagnostic. Two are in use at once at most. */
static const char *name_row(void *ctx, uint32_t row)
{
	struct linking *k = ctx;
	struct err ignored = { 0 };
	sqlite3_stmt *st = store_stmt(k->s, SQL_LINK_NAME, &ignored);
	struct buf *name = &k->names[k->next_name++ % 2];

	buf_clear(name);
	buf_puts(name, "comment ");
	if (!st)
		return buf_str(name);
	store_bind_int(st, ":id", k->first + row);
	if (store_step(k->s, st, &ignored) > 0) {
		buf_puts(name, store_peek(st, 0));
		store_end(st);
	}
	return buf_str(name);
}

static void bind_row(sqlite3_stmt *st, const char *name, const struct linking *k, uint32_t row)
{
	if (row != LINK_NONE)
		store_bind_int(st, name, k->first + row);
}

static int write_row(struct linking *k, uint32_t row, struct err *err)
{
	const struct link *l = &k->table[row];
	sqlite3_stmt *st = store_stmt(k->s, SQL_LINK_PUT, err);

	if (!st)
		return -1;
	store_bind_int(st, ":comment", k->first + row);
	bind_row(st, ":parent", k, l->parent);
	store_bind_text(st, ":parent_known", parent_known_word((enum parent_known)l->parent_known));
	store_bind_int(st, ":staff", l->staff);
	bind_row(st, ":answer", k, l->answer);
	store_bind_int(st, ":answer_guessed", l->answer_guessed);
	bind_row(st, ":carrier", k, l->carrier);
	store_bind_int(st, ":awaiting", l->awaiting);
	return store_run(k->s, st, err);
}

static int link_thread(struct linking *k, struct diags *d, struct err *err)
{
	if (load_table(k, err) < 0)
		return -1;
	thread_link(k->table, k->count, k->flat, name_row, k, d);
	for (uint32_t i = 0; i < k->count; i++)
		if (write_row(k, i, err) < 0)
			return -1;
	return store_sync_items(k, err);
}

static int run(struct linking *k, struct diags *d, struct err *err)
{
	bool own;
	int status;

	k->first = store_first_row(k->thread);
	if (store_enter(k->s, &own, err) < 0)
		return -1;
	status = store_leave(k->s, own, link_thread(k, d, err), err);
	free(k->table);
	buf_release(&k->names[0]);
	buf_release(&k->names[1]);
	return status;
}

int store_thread_link(struct store *s, int64_t thread, bool also_answered, int64_t since,
		      struct diags *d, struct err *err)
{
	struct linking k = { .s = s,
			     .thread = thread,
			     .make_items = true,
			     .also_answered = also_answered,
			     .since = since };

	return run(&k, d, err);
}

int store_relink(struct store *s, int64_t thread, struct err *err)
{
	struct linking k = { .s = s, .thread = thread };
	struct diags ignored = { 0 };
	int status = run(&k, &ignored, err);

	diags_release(&ignored);
	return status;
}
