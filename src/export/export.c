/* export.c - which replies leave, in which order, and what is recorded of it.
 * Approved items only, thread by thread, by id. Written to a buffer reply by
 * reply, so that an export of any length needs the memory of one. How a reply
 * looks in a format is the writers' business.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/mem.h"
#include "dear/store.h"
#include "dear/utf8.h"

#include "export_internal.h"

static const struct export_format formats[] = {
#define X(name, what, sends, writer) { name, what, sends },
	EXPORT_FORMATS(X)
#undef X
		{ 0 },
};

static const struct export_writer *const writers[] = {
#define X(name, what, sends, writer) &writer,
	EXPORT_FORMATS(X)
#undef X
};

const struct export_format *export_formats(void)
{
	return formats;
}

/* One export under way. */
struct job {
	struct store *store;
	const struct export_options *options;
	const struct export_writer *writer;
	bool sends;    /* its format is for a site */
	bool receipts; /* are given */
	FILE *out;
	struct buf buf;
	uint64_t count;
	struct arena arena;         /* of the thread under way */
	struct store_thread thread; /* id 0: none yet */
	struct store_columnist columnist;
	bool doubted;           /* said of this thread already */
	int64_t written_to, at; /* thread and time of the last reply */
	int64_t *ids;           /* written, to get a receipt */
	size_t ids_size;
	struct diags *d;
	struct err *err;
};

static int out_failed(struct job *j)
{
	return err_set(j->err, ERR_IO, NULL, 0, "can't write the export: %s", strerror(errno));
}

static int put_out(struct job *j)
{
	size_t len = j->buf.len;

	if (len > 0 && fwrite(buf_str(&j->buf), 1, len, j->out) != len)
		return out_failed(j);
	buf_clear(&j->buf);
	return 0;
}

static void put_time(char *out, size_t size, int64_t at)
{
	time_t seconds = at;
	struct tm tm = { 0 };

	gmtime_r(&seconds, &tm);
	strftime(out, size, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

static void say(struct job *j, enum diag_id id, const struct item *it, const char *words)
{
	char where[32];

	snprintf(where, sizeof(where), "item %lld", (long long)it->id);
	diag_add(j->d, id, where, "left out: %s", words);
}

/* Approved, but on what is no longer so, or where it can't go: never without a
 * word. */
static bool left_out(struct job *j, const struct export_reply *r)
{
	const struct item *it = r->item;
	const char *unfit;

	if ((it->flags & ITEM_EXPORTED) && j->receipts && !j->options->again)
		return true;
	if ((it->flags & ITEM_STALE) && !j->options->stale) {
		say(j, DIAG_STALE, it,
		    "the comment or its reading changed since the approval; approve it again, or "
		    "export with --stale");
		return true;
	}
	if ((it->flags & ITEM_ANSWERED) && j->sends && !j->options->also_answered) {
		say(j, DIAG_ANSWERED, it,
		    "the column has answered it; with --also-answered it goes all the same");
		return true;
	}
	unfit = j->writer->unfit ? j->writer->unfit(r) : NULL;
	if (unfit)
		say(j, DIAG_UNFIT, it, unfit);
	return unfit != NULL;
}

static void say_doubt(struct job *j, const struct export_reply *r)
{
	const char *doubt = j->writer->doubt ? j->writer->doubt(r) : NULL;
	char where[32];

	if (!doubt || j->doubted)
		return;
	snprintf(where, sizeof(where), "thread %lld", (long long)j->thread.id);
	diag_add(j->d, DIAG_DOUBT, where, "%s", doubt);
	j->doubted = true;
}

/* For store_items: non-zero stops, then j->err says why. */
static int take(void *ctx, const struct item *it)
{
	struct job *j = ctx;
	char approved_at[32];
	struct export_reply r = { .item = it,
				  .thread = &j->thread,
				  .columnist = &j->columnist,
				  .approved_at = approved_at };

	if (left_out(j, &r))
		return 0;
	if (!it->reply)
		return err_set(j->err, ERR_STORE, NULL, 0,
			       "item %lld is approved without a reply; run dear check",
			       (long long)it->id);
	put_time(approved_at, sizeof(approved_at), it->decided_at);
	r.number = ++j->count;
	r.opens = it->thread != j->written_to;
	r.at = it->decided_at > j->at ? it->decided_at : j->at + 1;
	j->at = r.at;
	j->written_to = it->thread;
	say_doubt(j, &r);
	j->writer->reply(&j->buf, &r);
	if (j->receipts) {
		j->ids = mem_grow(j->ids, &j->ids_size, j->count, sizeof(*j->ids));
		j->ids[j->count - 1] = it->id;
	}
	return put_out(j);
}

static int take_thread(struct job *j, int64_t thread)
{
	const struct store_filter f = {
		.status = item_status_word(ITEM_APPROVED),
		.thread = thread,
		.since = INT64_MIN,
		.by_id = true,
	};
	struct arena a = { 0 };
	int status;

	arena_clear(&j->arena);
	j->doubted = false;
	if (store_thread_get(j->store, thread, &j->arena, &j->thread, j->err) < 0 ||
	    store_thread_columnist(j->store, thread, &j->arena, &j->columnist, j->err) < 0)
		return -1;
	status = store_items(j->store, &f, &a, take, j, j->err);
	arena_release(&a);
	return status < 0 || j->err->code ? -1 : 0;
}

static int take_threads(struct job *j)
{
	struct arena a = { 0 };
	int64_t *threads = NULL;
	size_t count = 0;
	int status = store_threads(j->store, &a, &threads, &count, j->err);

	for (size_t i = 0; status == 0 && i < count; i++)
		if (!j->options->thread || j->options->thread == threads[i])
			status = take_thread(j, threads[i]);
	arena_release(&a);
	return status;
}

static int write_all(struct job *j)
{
	if (j->writer->begin)
		j->writer->begin(&j->buf);
	if (take_threads(j) < 0)
		return -1;
	if (j->writer->end)
		j->writer->end(&j->buf, j->count);
	if (put_out(j) < 0)
		return -1;
	return fflush(j->out) ? out_failed(j) : 0;
}

static int give_receipts(struct job *j)
{
	struct buf target = BUF_INIT;
	struct receipt receipt = { .actor = j->options->actor, .at = j->options->now };
	int status = 0;

	buf_printf(&target, "export %s", j->options->format);
	receipt.target = buf_str(&target);
	for (size_t i = 0; status == 0 && i < j->count; i++)
		status = store_receipt_add(j->store, j->ids[i], &receipt, j->err);
	buf_release(&target);
	return status;
}

/* With receipts the write lock is held from the choice of replies to the last
 * receipt; without, a read snapshot is enough, and works on a store that may
 * not be written. */
static int run(struct job *j, int (*flush)(void *ctx, struct err *err), void *ctx)
{
	struct store *s = j->store;

	if (!j->receipts) {
		if (store_savepoint(s, j->err) < 0)
			return -1;
		if (write_all(j) == 0 && store_release(s, j->err) == 0)
			return flush ? flush(ctx, j->err) : 0;
		store_rollback_to(s);
		return -1;
	}
	if (store_begin(s, j->err) < 0)
		return -1;
	if (write_all(j) == 0 && (!flush || flush(ctx, j->err) == 0) && give_receipts(j) == 0 &&
	    store_commit(s, j->err) == 0)
		return 0;
	store_rollback(s);
	return -1;
}

static const struct export_format *find(const char *name)
{
	for (const struct export_format *f = formats; f->name; f++)
		if (!strcmp(f->name, name))
			return f;
	return NULL;
}

static int no_format(const char *name, struct err *err)
{
	struct buf names = BUF_INIT;

	for (const struct export_format *f = formats; f->name; f++)
		buf_printf(&names, " %s", f->name);
	err_set(err, ERR_USAGE, name, 0, "no such export format; one of:%s", buf_str(&names));
	buf_release(&names);
	return -1;
}

static int check_thread(struct store *s, int64_t thread, struct err *err)
{
	struct arena a = { 0 };
	struct store_thread found;
	int status = thread ? store_thread_get(s, thread, &a, &found, err) : 1;

	arena_release(&a);
	if (status == 0)
		err_set(err, ERR_USAGE, NULL, 0, "there is no thread %lld", (long long)thread);
	return status > 0 ? 0 : -1;
}

int export_write(struct store *s, const struct export_options *o, FILE *out,
		 int (*flush)(void *ctx, struct err *err), void *ctx, uint64_t *ret,
		 struct diags *d, struct err *err)
{
	const struct export_format *f = find(o->format);
	struct job j = { .store = s, .options = o, .out = out, .d = d, .err = err };
	int status;

	if (!f)
		return no_format(o->format, err);
	if (check_thread(s, o->thread, err) < 0)
		return -1;
	j.writer = writers[f - formats];
	j.sends = f->sends;
	j.receipts = f->sends || o->mark;
	status = run(&j, flush, ctx);
	if (status == 0)
		*ret = j.count;
	buf_release(&j.buf);
	arena_release(&j.arena);
	free(j.ids);
	return status;
}

const char *export_or(const char *s, const char *otherwise)
{
	return s && *s ? s : otherwise;
}

bool export_is_link(const char *url)
{
	return url && (!strncmp(url, "https://", 8) || !strncmp(url, "http://", 7));
}

void export_put_line(struct buf *out, const char *s, size_t n)
{
	size_t from = out->len;

	utf8_put_terminal(out, s, n);
	for (size_t i = from; i < out->len; i++)
		if (out->str[i] == '\n')
			out->str[i] = ' ';
}

bool export_line(const char **text, const char **ret_line, size_t *ret_len)
{
	if (!**text)
		return false;
	*ret_line = *text;
	*ret_len = strcspn(*text, "\n");
	*text += *ret_len;
	if (**text)
		(*text)++;
	return true;
}
