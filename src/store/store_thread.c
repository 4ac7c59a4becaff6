/* store_thread.c - threads: which one a source means, who is staff in it, what
 * it counts, and its nodes in order. Comments go in by store_comment.c.
 */
#include "store_internal.h"

#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"

/* What a source knows of a thread, ready to be compared. */
struct identity {
	const char *key, *post_id, *title;
	struct buf host, address;
};

static void identity_init(struct identity *id, const struct thread_ref *ref, const char *key)
{
	*id = (struct identity){ .key = key, .title = ref->title };
	store_fold_name(ref->host ? ref->host : "", &id->host);
	store_address(ref->url, &id->address);
	id->post_id = ref->post_id && *ref->post_id ? ref->post_id : NULL;
	if (id->title && !*id->title)
		id->title = NULL;
}

static void identity_release(struct identity *id)
{
	buf_release(&id->host);
	buf_release(&id->address);
}

static const char *or_null(const struct buf *b)
{
	return b->len ? b->str : NULL;
}

static int find_one(struct store *s, sqlite3_stmt *st, int64_t *ret, struct err *err)
{
	int found = store_step(s, st, err);

	if (found > 0) {
		*ret = store_int(st, 0);
		store_end(st);
	}
	return found;
}

static int find_by_key(struct store *s, const struct identity *id, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_BY_KEY, err);

	if (!st)
		return -1;
	store_bind_text(st, ":key", id->key);
	return find_one(s, st, ret, err);
}

static int find_by_post(struct store *s, const struct identity *id, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;

	if (!id->post_id || !id->host.len)
		return 0;
	st = store_stmt(s, SQL_THREAD_BY_POST, err);
	if (!st)
		return -1;
	store_bind_text(st, ":post_id", id->post_id);
	store_bind_text(st, ":host", id->host.str);
	store_bind_int(st, ":named", id->key != NULL);
	return find_one(s, st, ret, err);
}

static int find_by_address(struct store *s, const struct identity *id, int64_t *ret,
			   struct err *err)
{
	sqlite3_stmt *st;

	if (!id->address.len)
		return 0;
	st = store_stmt(s, SQL_THREAD_BY_ADDRESS, err);
	if (!st)
		return -1;
	store_bind_text(st, ":address", id->address.str);
	store_bind_text(st, ":post_id", id->post_id);
	store_bind_int(st, ":named", id->key != NULL);
	return find_one(s, st, ret, err);
}

/* By its title only where nothing better says that it is another one. */
static int find_by_title(struct store *s, const struct identity *id, int64_t *ret, struct err *err)
{
	sqlite3_stmt *st;

	if (!id->title)
		return 0;
	st = store_stmt(s, SQL_THREAD_BY_TITLE, err);
	if (!st)
		return -1;
	store_bind_text(st, ":title", id->title);
	store_bind_text(st, ":address", or_null(&id->address));
	store_bind_text(st, ":post_id", id->post_id);
	store_bind_text(st, ":host", or_null(&id->host));
	store_bind_int(st, ":named", id->key != NULL);
	return find_one(s, st, ret, err);
}

static int find_thread(struct store *s, const struct identity *id, int64_t *ret, struct err *err)
{
	int found = id->key ? find_by_key(s, id, ret, err) : 0;

	if (found == 0)
		found = find_by_post(s, id, ret, err);
	if (found == 0)
		found = find_by_address(s, id, ret, err);
	if (found == 0)
		found = find_by_title(s, id, ret, err);
	return found;
}

static int add_thread(struct store *s, const struct identity *id, bool flat, int64_t now,
		      int64_t *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_ADD, err);

	if (!st)
		return -1;
	store_bind_text(st, ":key", id->key);
	store_bind_int(st, ":flat", flat);
	store_bind_int(st, ":now", now);
	if (store_run(s, st, err) < 0)
		return -1;
	*ret = sqlite3_last_insert_rowid(s->db);
	return 0;
}

static int fill_thread(struct store *s, int64_t thread, const struct identity *id,
		       const struct thread_ref *ref, const char *format, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_FILL, err);

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_text(st, ":key", id->key);
	store_bind_text(st, ":url", ref->url && *ref->url ? ref->url : NULL);
	store_bind_text(st, ":address", or_null(&id->address));
	store_bind_text(st, ":host", or_null(&id->host));
	store_bind_text(st, ":post_id", id->post_id);
	store_bind_text(st, ":title", id->title);
	store_bind_text(st, ":stored_title", ref->stored_title);
	store_bind_text(st, ":posted", ref->posted);
	store_bind_text(st, ":posted_gmt", ref->posted_gmt);
	store_bind_text(st, ":kind", ref->kind);
	store_bind_text(st, ":login", ref->login);
	store_bind_text(st, ":format", format);
	store_bind_int(st, ":flat", ref->flat);
	store_bind_int(st, ":pages", ref->pages);
	return store_run(s, st, err);
}

static int note_page(struct store *s, int64_t thread, int page, struct err *err)
{
	sqlite3_stmt *st;

	if (page <= 0)
		return 0;
	st = store_stmt(s, SQL_THREAD_PAGE, err);
	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_int(st, ":page", page);
	return store_run(s, st, err);
}

int store_thread_put(struct store *s, const struct thread_ref *ref, const char *key,
		     const char *format, int64_t now, int64_t *ret_thread, struct err *err)
{
	struct identity id;
	int64_t thread = 0;
	bool own = false;
	int status = -1;

	identity_init(&id, ref, key);
	if (!key && !id.address.len && !id.title && !(id.post_id && id.host.len)) {
		err_set(err, ERR_INPUT, NULL, 0,
			"nothing names the thread; name it with --thread or --title");
		goto out;
	}
	if (store_enter(s, &own, err) < 0)
		goto out;
	status = find_thread(s, &id, &thread, err);
	if (status == 0)
		status = add_thread(s, &id, ref->flat, now, &thread, err);
	if (status >= 0)
		status = fill_thread(s, thread, &id, ref, format, err);
	if (status >= 0)
		status = note_page(s, thread, ref->page, err);
	status = store_leave(s, own, status, err);
	if (status >= 0)
		*ret_thread = thread;
out:
	identity_release(&id);
	return status < 0 ? -1 : 0;
}

int store_thread_get(struct store *s, int64_t thread, struct arena *a, struct store_thread *ret,
		     struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_GET, err);
	int found;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	found = store_step(s, st, err);
	if (found <= 0)
		return found;
	*ret = (struct store_thread){
		.id = store_int(st, 0),
		.key = store_text(st, 1, a),
		.url = store_text(st, 2, a),
		.host = store_text(st, 3, a),
		.post_id = store_text(st, 4, a),
		.title = store_text(st, 5, a),
		.topic = store_text(st, 6, a),
		.format = store_text(st, 7, a),
		.flat = store_int(st, 8),
		.pages = (int)store_int(st, 9),
		.pages_seen = (int)store_int(st, 10),
		.stored_title = store_text(st, 11, a),
		.posted = store_text(st, 12, a),
		.posted_gmt = store_text(st, 13, a),
		.kind = store_text(st, 14, a),
		.login = store_text(st, 15, a),
	};
	store_end(st);
	return 1;
}

int store_thread_columnist(struct store *s, int64_t thread, struct arena *a,
			   struct store_columnist *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_COLUMNIST, err);

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_int(st, ":first", store_first_row(thread));
	store_bind_int(st, ":last", store_last_row(thread));
	if (store_step(s, st, err) <= 0)
		return -1;
	*ret = (struct store_columnist){ .user_id = store_text(st, 0, a),
					 .name = store_text(st, 1, a) };
	store_end(st);
	return 0;
}

int store_thread_set(struct store *s, int64_t thread, const char *title, const char *topic,
		     struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_SET, err);
	bool own;
	int status;

	if (!st || store_enter(s, &own, err) < 0)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_text(st, ":title", title);
	store_bind_text(st, ":topic", topic);
	status = store_run(s, st, err);
	/* Both say what a comment is about: all of it is to be judged again. */
	if (status == 0 && sqlite3_changes(s->db) > 0)
		status = store_run_int(s, SQL_THREAD_TURN, ":thread", thread, err);
	return store_leave(s, own, status, err);
}

int store_threads(struct store *s, struct arena *a, int64_t **ret, size_t *ret_count,
		  struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREADS, err);
	struct buf ids = BUF_INIT;
	int more = -1;

	while (st && (more = store_step(s, st, err)) > 0) {
		int64_t id = store_int(st, 0);

		buf_add(&ids, &id, sizeof(id));
	}
	if (more == 0) {
		*ret = arena_copy(a, buf_str(&ids), ids.len);
		*ret_count = ids.len / sizeof(int64_t);
	}
	buf_release(&ids);
	return more;
}

int store_staff_put(struct store *s, int64_t thread, enum staff_kind kind, const char *value,
		    struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_STAFF_ADD, err);

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	store_bind_text(st, ":kind", kind == STAFF_NAME ? "name" : "id");
	store_bind_text(st, ":value", value);
	return store_run(s, st, err);
}

static int count_comments(struct store *s, int64_t thread, struct store_counts *n, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_COMMENT_COUNTS, err);

	if (!st)
		return -1;
	store_bind_int(st, ":first", store_first_row(thread));
	store_bind_int(st, ":last", store_last_row(thread));
	if (store_step(s, st, err) < 0)
		return -1;
	n->comments = (uint64_t)store_int(st, 0);
	n->staff = (uint64_t)store_int(st, 1);
	store_end(st);
	return 0;
}

static void count_items(struct store_counts *n, const char *status, uint64_t count)
{
	switch (item_status_parse(status)) {
	case ITEM_DRAFTED:
		n->drafted += count;
		break;
	case ITEM_NEEDS_PERSON:
		n->need_person += count;
		break;
	case ITEM_NO_REPLY:
		n->no_reply += count;
		break;
	case ITEM_APPROVED:
	case ITEM_REJECTED:
	case ITEM_DISMISSED:
		n->decided += count;
		break;
	case ITEM_STATUS_COUNT:
		n->also_answered += count;
		return;
	}
	n->awaiting += count;
}

int store_thread_counts(struct store *s, int64_t thread, struct store_counts *ret, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_ITEM_COUNTS, err);
	struct store_counts n = { 0 };
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":thread", thread);
	while ((more = store_step(s, st, err)) > 0)
		count_items(&n, store_peek(st, 0), (uint64_t)store_int(st, 1));
	if (more < 0 || count_comments(s, thread, &n, err) < 0)
		return -1;
	*ret = n;
	return 0;
}

static enum comment_status comment_status_of(const char *word)
{
	int i = 0;

	while (i < COMMENT_STATUS_COUNT &&
	       strcmp(comment_status_word((enum comment_status)i), word))
		i++;
	return (enum comment_status)i;
}

enum parent_known store_parent_known(const char *word)
{
	if (!strcmp(word, parent_known_word(PARENT_KNOWN)))
		return PARENT_KNOWN;
	return strcmp(word, parent_known_word(PARENT_GUESSED)) ? PARENT_LOST : PARENT_GUESSED;
}

/* Strings borrowed from the row. */
static struct store_node read_node(sqlite3_stmt *st)
{
	return (struct store_node){
		.row = store_int(st, 0),
		.item = store_int(st, 1),
		.parent_row = store_int(st, 2),
		.comment_id = store_peek(st, 3),
		.parent = store_peek(st, 4),
		.parent_known = store_parent_known(store_peek(st, 5)),
		.status = comment_status_of(store_peek(st, 6)),
		.author = store_peek(st, 7),
		.date = store_peek(st, 8),
		.text = store_peek(st, 9),
		.url = store_peek(st, 10),
		.staff = store_int(st, 11),
		.answered = store_int(st, 12),
		.answer_guessed = store_int(st, 13),
		.awaiting = store_int(st, 14),
	};
}

int store_thread_nodes(struct store *s, int64_t thread,
		       int (*node)(void *ctx, const struct store_node *n), void *ctx,
		       struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_NODES, err);
	int more;

	if (!st)
		return -1;
	store_bind_int(st, ":first", store_first_row(thread));
	store_bind_int(st, ":last", store_last_row(thread));
	while ((more = store_step(s, st, err)) > 0) {
		const struct store_node n = read_node(st);

		if (node(ctx, &n))
			break;
	}
	if (more > 0)
		store_end(st);
	return more < 0 ? -1 : 0;
}

/* Appends the rows that a bound statement gives, copied. */
static int add_nodes(struct store *s, sqlite3_stmt *st, struct arena *a, struct buf *nodes,
		     struct err *err)
{
	int more;

	while ((more = store_step(s, st, err)) > 0) {
		struct store_node n = read_node(st);
		const char **strings[] = { &n.comment_id, &n.parent, &n.author,
					   &n.date,       &n.text,   &n.url };

		for (size_t i = 0; i < sizeof(strings) / sizeof(*strings); i++)
			*strings[i] = arena_strdup(a, *strings[i]);
		buf_add(nodes, &n, sizeof(n));
	}
	return more;
}

static int add_node(struct store *s, int64_t row, struct arena *a, struct buf *nodes,
		    struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_THREAD_NODES, err);

	if (!st)
		return -1;
	store_bind_int(st, ":first", row);
	store_bind_int(st, ":last", row);
	return add_nodes(s, st, a, nodes, err);
}

static const struct store_node *last_node(const struct buf *nodes)
{
	return (const struct store_node *)(const void *)(nodes->str + nodes->len) - 1;
}

/* The comment itself, then what it answers, and so on upwards. */
static int add_upwards(struct store *s, int64_t row, size_t above, struct arena *a,
		       struct buf *nodes, struct err *err)
{
	for (size_t i = 0; row && i <= above; i++) {
		size_t before = nodes->len;

		if (add_node(s, row, a, nodes, err) < 0)
			return -1;
		row = nodes->len > before ? last_node(nodes)->parent_row : 0;
	}
	return 0;
}

static int add_replies(struct store *s, int64_t row, size_t below, struct arena *a,
		       struct buf *nodes, struct err *err)
{
	sqlite3_stmt *st = store_stmt(s, SQL_NODE_REPLIES, err);

	if (!st)
		return -1;
	store_bind_int(st, ":row", row);
	store_bind_int(st, ":first", store_first_row(row >> STORE_PLACE_BITS));
	store_bind_int(st, ":last", store_last_row(row >> STORE_PLACE_BITS));
	store_bind_int(st, ":limit", (int64_t)below);
	return add_nodes(s, st, a, nodes, err);
}

int store_context(struct store *s, int64_t row, size_t above, size_t below, struct arena *a,
		  struct store_context *ret, struct err *err)
{
	struct buf up = BUF_INIT, down = BUF_INIT;
	int status = -1;
	size_t count;

	if (add_upwards(s, row, above, a, &up, err) < 0 ||
	    add_replies(s, row, below, a, &down, err) < 0)
		goto out;
	count = up.len / sizeof(struct store_node);
	ret->above_count = count > 0 ? count - 1 : 0;
	ret->above = arena_alloc(a, (count + 1) * sizeof(*ret->above));
	for (size_t i = 1; i < count; i++)
		ret->above[count - 1 - i] = ((struct store_node *)(void *)up.str)[i];
	ret->below_count = down.len / sizeof(struct store_node);
	ret->below = arena_copy(a, buf_str(&down), down.len);
	status = 0;
out:
	buf_release(&up);
	buf_release(&down);
	return status;
}
