/* intake.c - an import, from files to drafts, as one transaction.
 *
 * Each file is a savepoint: one that fails leaves nothing behind and does not
 * take the others with it. What a comment means is decided elsewhere
 * (thread_link, classify, draft); here is only the order of the work.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/input.h"
#include "dear/mem.h"
#include "dear/store.h"

#include "intake_internal.h"

/* One file being read. */
struct reading {
	struct intake *in;
	struct input *input;
	const char *format, *fallback; /* the key of a thread that nothing names */
	const struct thread_ref *own;  /* the file's own thread, as far as it was read */
	struct thread_ref own_ref;     /* the same, as it is put */
	struct intake_report found;    /* this file's share of the report */
	struct diags diags;
	struct intake_names names; /* of threads that comments brought */
	int64_t own_id;
	bool nameless; /* the fallback is its key */
};

static void ref_names(const struct thread_ref *ref, struct buf *out)
{
	buf_clear(out);
	buf_printf(out, "%s\n%s\n%s", ref->host ? ref->host : "", ref->post_id ? ref->post_id : "",
		   ref->url ? ref->url : "");
	/* By its title only where nothing else names it. */
	if (out->len == 2)
		buf_puts(out, ref->title ? ref->title : "");
}

static bool is_nameless(const struct thread_ref *ref)
{
	return !ref->url && !ref->title && !(ref->host && ref->post_id);
}

/* The key of a thread that nothing names; articles of one file stay apart. */
static const char *fallback_key(struct reading *r, const struct thread_ref *ref, struct buf *key)
{
	if (!r->fallback || !ref->post_id)
		return r->fallback;
	buf_printf(key, "%s %s", r->fallback, ref->post_id);
	return buf_str(key);
}

/* What is known beside the file, where the file says nothing. */
static void fill_ref(struct thread_ref *ref, const struct thread_ref *known)
{
	const char **to[] = { &ref->url,        &ref->host,         &ref->post_id,
			      &ref->title,      &ref->stored_title, &ref->posted,
			      &ref->posted_gmt, &ref->kind,         &ref->login };
	const char *const from[] = { known->url,        known->host,         known->post_id,
				     known->title,      known->stored_title, known->posted,
				     known->posted_gmt, known->kind,         known->login };

	for (size_t i = 0; i < sizeof(from) / sizeof(*from); i++)
		if (!*to[i])
			*to[i] = from[i];
}

static int put_thread(struct reading *r, const struct thread_ref *source, int64_t *ret,
		      struct err *err)
{
	const struct intake_options *o = r->in->options;
	struct thread_ref ref = *source;
	struct buf fallback = BUF_INIT;
	const char *key = o->thread;
	int status;

	if (o->known)
		fill_ref(&ref, o->known);
	if (o->title)
		ref.title = o->title;
	/* What had no name at first may get one by the end: still the same thread. */
	if (source == &r->own_ref)
		r->nameless |= is_nameless(&ref);
	if (!key && source == &r->own_ref && r->nameless)
		key = r->fallback;
	else if (!key && is_nameless(&ref))
		key = fallback_key(r, &ref, &fallback);
	status = store_thread_put(r->in->store, &ref, key, r->format, o->now, ret, err);
	buf_release(&fallback);
	if (status < 0)
		return -1;
	return o->title || o->topic ? store_thread_set(r->in->store, *ret, o->title, o->topic, err)
				    : 0;
}

/* The file's own thread. Flat until the end of the file has shown otherwise: a
 * row's flat can only be taken back. */
static int own_thread(struct reading *r, int64_t *ret, struct err *err)
{
	r->own_ref = *r->own;
	r->own_ref.flat = true;
	if (!r->own_id && put_thread(r, &r->own_ref, &r->own_id, err) < 0)
		return -1;
	*ret = r->own_id;
	return 0;
}

/* The row of a comment's thread; asks the store once for each. */
static int thread_of(struct reading *r, const struct comment *c, int64_t *ret, struct err *err)
{
	struct buf name = BUF_INIT;
	int status = 0;

	if (!c->thread)
		return own_thread(r, ret, err);
	ref_names(c->thread, &name);
	*ret = intake_names_get(&r->names, buf_str(&name));
	if (!*ret) {
		status = put_thread(r, c->thread, ret, err);
		if (status == 0)
			intake_names_put(&r->names, buf_str(&name), *ret);
	}
	buf_release(&name);
	return status;
}

static const char *comment_words(const struct comment *c, struct arena *a)
{
	return c->id ? arena_printf(a, "comment %s", c->id) : arena_printf(a, "line %d", c->line);
}

static void tally(struct reading *r, struct intake_thread *t, const struct comment *c,
		  enum store_put put, struct arena *a)
{
	switch (put) {
	case STORE_PUT_NEW:
		t->added++;
		break;
	case STORE_PUT_CHANGED:
		t->changed++;
		break;
	case STORE_PUT_SAME:
		break;
	case STORE_PUT_TWICE:
		t->skipped[COMMENT_STATUS_COUNT]++;
		diag_add(&r->diags, DIAG_DUPLICATE, comment_words(c, a), "given twice; kept once");
		return;
	case STORE_PUT_DIFFERS:
		t->skipped[COMMENT_STATUS_COUNT]++;
		diag_add(&r->diags, DIAG_DUPLICATE_DIFFERS, comment_words(c, a),
			 "given twice with different text; the first is kept");
		return;
	case STORE_PUT_FORGOTTEN:
		t->skipped[COMMENT_STATUS_COUNT + 1]++;
		return;
	}
	t->kept++;
}

static int take_comment(struct reading *r, const struct comment *c, struct arena *a,
			struct err *err)
{
	struct intake_thread *t;
	enum store_put put;
	int64_t thread;

	if (thread_of(r, c, &thread, err) < 0)
		return -1;
	t = intake_report_thread(&r->found, thread);
	t->read++;
	if (c->status == COMMENT_LIVE && (!c->text || !*c->text))
		diag_add(&r->diags, DIAG_COMMENT_EMPTY, comment_words(c, a), "has no text");
	/* Spam and the like too: what was live before must hear of it. */
	if (store_comment_put(r->in->store, r->in->import, thread, c, &put, err) < 0)
		return -1;
	if (comment_status_kept(c->status))
		tally(r, t, c, put, a);
	else
		t->skipped[c->status]++;
	return 0;
}

static int take_batch(struct reading *r, struct intake_ahead *b, struct arena *scratch,
		      struct err *err)
{
	const struct intake_options *o = r->in->options;

	diags_move(&r->diags, &b->diags);
	r->own = &b->own;
	for (size_t i = 0; i < b->count; i++) {
		if (take_comment(r, &b->list[i], scratch, err) < 0)
			return -1;
		if (o->progress && ++r->in->progress % 1000 == 0)
			o->progress(o->progress_ctx, r->in->progress);
	}
	arena_clear(scratch);
	if (b->more < 0)
		*err = b->err;
	/* Title, pages and whether replies show at all are sure only at the end. */
	r->own_ref = b->own;
	if (b->more == 0 && r->own_id)
		return put_thread(r, &r->own_ref, &r->own_id, err);
	return b->more;
}

static int take_all(struct reading *r, struct err *err)
{
	struct intake_ahead *ahead = mem_alloc(2 * sizeof(*ahead));
	struct arena scratch = { 0 };
	int turn = 0, more = 1;

	intake_ahead_start(&ahead[0], r->input);
	for (; more > 0; turn = !turn) {
		intake_ahead_wait(&ahead[turn]);
		if (ahead[turn].more > 0)
			intake_ahead_start(&ahead[!turn], r->input);
		more = take_batch(r, &ahead[turn], &scratch, err);
	}
	intake_ahead_release(&ahead[0]);
	intake_ahead_release(&ahead[1]);
	arena_release(&scratch);
	free(ahead);
	return more;
}

/* Adds what a file brought to the whole report. */
static void merge(struct reading *r)
{
	for (size_t i = 0; i < r->found.thread_count; i++) {
		const struct intake_thread *from = &r->found.threads[i];
		struct intake_thread *to = intake_report_thread(r->in->report, from->thread);

		to->read += from->read;
		to->kept += from->kept;
		to->added += from->added;
		to->changed += from->changed;
		for (size_t k = 0; k < INTAKE_SKIPS; k++)
			to->skipped[k] += from->skipped[k];
		free(to->format);
		to->format = mem_strdup(r->format);
		diags_move(to->diags, i == 0 ? &r->diags : from->diags);
	}
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The same page of a site, packed or not, is the same thread. */
static void set_fallback(struct reading *r, const char *name, struct buf *key)
{
	if (!strcmp(name, "-"))
		return;
	buf_printf(key, "file:%s", name);
	if (key->len > 3 && !strcmp(key->str + key->len - 3, ".gz"))
		buf_cut(key, key->len - 3);
	r->fallback = buf_str(key);
}

/* name: what the file is called where nothing else names its thread. */
static int read_file(struct intake *in, const char *path, const char *name, struct err *err)
{
	struct reading r = { .in = in };
	struct file *f = file_open(path, err);
	struct buf fallback = BUF_INIT;
	int status = -1;

	if (!f)
		goto out;
	r.input = input_open(f, in->options->format, &r.diags, err);
	if (!r.input)
		goto out;
	r.format = input_format_name(r.input);
	set_fallback(&r, name, &fallback);
	if (take_all(&r, err) < 0) {
		/* What went wrong before may be why nothing was found. */
		if (err->code == ERR_EMPTY && diags_worst_is_warning(&r.diags))
			err->code = ERR_INPUT;
		goto out;
	}
	merge(&r);
	status = 0;
out:
	if (f)
		err_at(err, file_name(f), 0);
	input_free(r.input);
	file_free(f);
	intake_report_release(&r.found);
	diags_release(&r.diags);
	intake_names_release(&r.names);
	buf_release(&fallback);
	return status;
}

/* A file alone: all of it, or none and a failure in the report. -1 when the
 * store itself failed, so that going on would be pointless. */
static int take_file(struct intake *in, const char *path, const char *name, bool in_folder,
		     struct err *err)
{
	struct err failed = { 0 };

	if (store_savepoint(in->store, err) < 0)
		return -1;
	if (read_file(in, path, name, &failed) == 0)
		return store_release(in->store, err);
	store_rollback_to(in->store);
	if (failed.code == ERR_STORE || failed.code == ERR_USAGE) {
		*err = failed;
		return -1;
	}
	intake_report_failure(in->report, path, &failed, in_folder && failed.code == ERR_EMPTY);
	return 0;
}

/* What the name alone tells to be no thread; it may look like broken JSON. */
static bool is_program(const char *path)
{
	static const char *const tails[] = { ".css", ".js", ".mjs", ".map" };
	size_t len = strlen(path);

	for (size_t i = 0; i < sizeof(tails) / sizeof(*tails); i++)
		if (len > strlen(tails[i]) && !strcmp(path + len - strlen(tails[i]), tails[i]))
			return true;
	return false;
}

static int take_folder_file(struct intake *in, const char *path, const char *name, struct err *err)
{
	struct err passed = { 0 };

	if (!is_program(path))
		return take_file(in, path, name, true, err);
	err_set(&passed, ERR_EMPTY, path, 0, "a script or style sheet");
	intake_report_failure(in->report, path, &passed, true);
	return 0;
}

static int take_folder(struct intake *in, const char *folder, struct err *err)
{
	size_t known = in->report->thread_count, failed = in->report->failure_count, skip;
	struct file_list list = { 0 };
	struct err empty = { 0 };
	int status = 0;

	if (file_list_folder(folder, &list, &empty) < 0) {
		intake_report_failure(in->report, folder, &empty, false);
		return 0;
	}
	skip = strlen(folder);
	skip += folder[skip - 1] != '/';
	for (size_t i = 0; status == 0 && i < list.count; i++)
		status = take_folder_file(in, list.paths[i], list.paths[i] + skip, err);
	for (; failed < in->report->failure_count; failed++)
		if (!in->report->failures[failed].passed)
			break;
	if (status == 0 && in->report->thread_count == known &&
	    failed == in->report->failure_count) {
		err_set(&empty, ERR_EMPTY, folder, 0, "no file in this folder has comments");
		intake_report_failure(in->report, folder, &empty, false);
	}
	file_list_release(&list);
	return status;
}

static bool marks_staff(const char *format)
{
	for (const struct input_format *f = input_formats(); f->name; f++)
		if (format && !strcmp(f->name, format))
			return f->marks_staff;
	return false;
}

static void note_thread(const struct intake_options *o, const struct store_thread *row,
			struct intake_thread *t)
{
	struct buf where = BUF_INIT;

	buf_printf(&where, "thread %lld", (long long)t->thread);
	if (row->pages > row->pages_seen)
		diag_add(t->diags, DIAG_THREAD_PARTIAL, buf_str(&where),
			 "%d of %d comment pages are here; import the others too", row->pages_seen,
			 row->pages);
	/* A source that can't name the staff makes every reader seem unanswered;
	 * unless the site itself said who it is, who then has answered nobody yet. */
	if (t->staff == 0 && !(o->known && o->staff_ids) && t->kept > 0 && !marks_staff(t->format))
		diag_add(t->diags, DIAG_NO_STAFF, buf_str(&where),
			 "no comment is known to be the column's; name it with --staff-id or "
			 "--staff");
	buf_release(&where);
}

static int count_thread(struct store *s, const struct intake_options *o, struct intake_thread *t,
			struct err *err)
{
	struct arena a = { 0 };
	struct store_counts n = { 0 };
	struct store_thread row = { 0 };
	int status = -1;

	if (store_thread_counts(s, t->thread, &n, err) < 0 ||
	    store_thread_get(s, t->thread, &a, &row, err) < 0)
		goto out;
	t->staff = n.staff;
	t->awaiting = n.awaiting;
	t->drafted = n.drafted;
	t->need_person = n.need_person;
	t->no_reply = n.no_reply;
	t->decided = n.decided;
	t->also_answered = n.also_answered;
	t->title = row.title ? mem_strdup(row.title) : NULL;
	note_thread(o, &row, t);
	status = 0;
out:
	arena_release(&a);
	return status;
}

static int put_staff(struct intake *in, int64_t thread, struct err *err)
{
	const struct intake_options *o = in->options;

	for (const char *const *n = o->staff; n && *n; n++)
		if (store_staff_put(in->store, thread, STAFF_NAME, *n, err) < 0)
			return -1;
	for (const char *const *n = o->staff_ids; n && *n; n++)
		if (store_staff_put(in->store, thread, STAFF_ID, *n, err) < 0)
			return -1;
	return 0;
}

/* Links a thread that was read, then judges and drafts what is new in it. */
static int finish_thread(struct intake *in, struct intake_thread *t, struct err *err)
{
	const struct intake_options *o = in->options;
	struct intake_changes changes = { 0 };

	if (put_staff(in, t->thread, err) < 0 ||
	    store_thread_link(in->store, t->thread, o->also_answered, o->since, t->diags, err) <
		    0 ||
	    intake_draft_thread(in->store, in->rules, in->responses, t->thread, INTAKE_TODO,
				&changes, t->diags, err) < 0)
		return -1;
	return count_thread(in->store, o, t, err);
}

static int take_files(struct intake *in, const char *const *files, size_t count, struct err *err)
{
	if (store_import_begin(in->store, in->options->now, &in->import, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if ((file_is_folder(files[i])
			     ? take_folder(in, files[i], err)
			     : take_file(in, files[i], base_name(files[i]), false, err)) < 0)
			return -1;
	for (size_t i = 0; i < in->report->thread_count; i++)
		if (finish_thread(in, &in->report->threads[i], err) < 0)
			return -1;
	return 0;
}

int intake_import(struct store *s, const struct rules *rules, const struct responses *responses,
		  const char *const *files, size_t count, const struct intake_options *o,
		  struct intake_report *ret, struct err *err)
{
	struct intake_report report = { 0 };
	struct intake in = {
		.store = s, .rules = rules, .responses = responses, .options = o, .report = &report
	};

	if (store_begin(s, err) < 0)
		return -1;
	if (take_files(&in, files, count, err) < 0)
		goto fail;
	if (o->dry_run || report.thread_count == 0)
		store_rollback(s);
	else if (store_commit(s, err) < 0)
		goto fail;
	*ret = report;
	return 0;
fail:
	store_rollback(s);
	intake_report_release(&report);
	return -1;
}
