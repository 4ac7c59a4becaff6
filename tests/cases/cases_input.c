/* cases_input.c - how dear reads what the world writes: each folder of input/
 * is a file, what comes of it, and what dear says. README.md tells the form.
 *
 * With a second argument nothing is compared: what comes of each case is
 * written below that folder (regenerate.sh).
 */
#include "cases.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/input.h"
#include "dear/jread.h"
#include "dear/thread.h"

static const char *write_to;

/* What stands after the last slash: diagnostics must not name a folder. */
static const char *base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static void set(json_t *object, const char *key, const char *value)
{
	if (value)
		json_object_set_new(object, key, json_string(value));
}

static const char *account_word(enum account a)
{
	switch (a) {
	case ACCOUNT_GUEST:
		return "guest";
	case ACCOUNT_USER:
		return "user";
	case ACCOUNT_UNKNOWN:
		break;
	}
	return NULL;
}

static json_t *thread_json(const struct thread_ref *t)
{
	json_t *object = json_object();

	set(object, "url", t->url);
	set(object, "host", t->host);
	set(object, "post_id", t->post_id);
	set(object, "title", t->title);
	if (t->flat)
		json_object_set_new(object, "flat", json_true());
	if (t->pages) {
		json_object_set_new(object, "page", json_integer(t->page));
		json_object_set_new(object, "pages", json_integer(t->pages));
	}
	return object;
}

static json_t *comment_json(const struct comment *c)
{
	json_t *object = json_object();

	set(object, "id", c->id);
	set(object, "parent", c->parent);
	if (c->parent_known != PARENT_KNOWN)
		set(object, "parent_known", parent_known_word(c->parent_known));
	if (c->status != COMMENT_LIVE)
		set(object, "status", comment_status_word(c->status));
	set(object, "author", c->author);
	set(object, "account", account_word(c->account));
	set(object, "user_id", c->user_id);
	if (c->staff)
		json_object_set_new(object, "staff", json_true());
	set(object, "date", c->date);
	if (c->has_utc) {
		json_object_set_new(object, "utc", json_integer(c->utc));
		json_object_set_new(object, "tz_known", json_boolean(c->tz_known));
	}
	set(object, "url", c->url);
	set(object, "text", c->text);
	if (c->body_html)
		set(object, "body", c->body);
	if (c->line)
		json_object_set_new(object, "line", json_integer(c->line));
	if (c->thread)
		json_object_set_new(object, "thread", thread_json(c->thread));
	return object;
}

static void say_diags(const struct diags *d, struct buf *out)
{
	for (size_t i = 0; i < d->count; i++)
		buf_printf(out, "%s: %s: %s [%s]\n", base(d->list[i].where),
			   diag_level_word(diag_level_of(d->list[i].id)), d->list[i].text,
			   diag_name(d->list[i].id));
}

/* Reads the file; fills *ret and the lines dear says. */
static json_t *read_case(const char *path, const char *format, struct buf *lines)
{
	json_t *found = json_object(), *comments = json_array();
	struct diags d = { 0 };
	struct err err = { 0 };
	struct arena a = { 0 };
	struct comment c;
	struct file *f = file_open(path, &err);
	struct input *in = f ? input_open(f, format, &d, &err) : NULL;

	while (in && input_next(in, &a, &c, &d, &err) > 0) {
		json_array_append_new(comments, comment_json(&c));
		arena_clear(&a);
	}
	if (in) {
		set(found, "format", input_format_name(in));
		json_object_set_new(found, "thread", thread_json(input_thread(in)));
	}
	json_object_set_new(found, "comments", comments);
	say_diags(&d, lines);
	if (err.code)
		buf_printf(lines, "%s:%d: %s: %s\n", base(err.where), err.line, err_word(err.code),
			   err.msg);
	input_free(in);
	file_free(f);
	arena_release(&a);
	diags_release(&d);
	return found;
}

static void slurp(const char *folder, const char *name, struct buf *out)
{
	struct buf path = BUF_INIT;
	struct err err = { 0 };

	buf_printf(&path, "%s/%s", folder, name);
	if (file_slurp(buf_str(&path), (size_t)1 << 24, out, &err) < 0)
		buf_printf(out, "(%s: %s)", name, err.msg);
	buf_release(&path);
}

static void write_file(const char *folder, const char *name, const char *text)
{
	struct buf path = BUF_INIT;
	FILE *f;

	buf_printf(&path, "%s/%s", write_to, base(folder));
	mkdir(buf_str(&path), 0777);
	buf_printf(&path, "/%s", name);
	f = fopen(buf_str(&path), "w");
	if (f) {
		fputs(text, f);
		fclose(f);
	}
	buf_release(&path);
}

/* The first line where two texts differ. */
static void say_difference(const char *what, const char *wanted, const char *found, struct buf *out)
{
	int line = 1;

	while (*wanted && *wanted == *found) {
		line += *wanted == '\n';
		wanted++;
		found++;
	}
	buf_printf(out, "%s, line %d\nwanted: %.*s\nfound:  %.*s\n", what, line,
		   (int)strcspn(wanted, "\n"), wanted, (int)strcspn(found, "\n"), found);
}

static bool compare(const char *folder, const char *name, const char *found, struct buf *said)
{
	struct buf wanted = BUF_INIT;
	bool same;

	if (write_to) {
		write_file(folder, name, found);
		return true;
	}
	slurp(folder, name, &wanted);
	same = !strcmp(buf_str(&wanted), found);
	if (!same)
		say_difference(name, buf_str(&wanted), found, said);
	buf_release(&wanted);
	return same;
}

/* The case's input: the file whose name begins with "input". */
static bool find_input(const char *folder, struct buf *path)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	while (dir && path->len == 0 && (entry = readdir(dir)))
		if (!strncmp(entry->d_name, "input", 5))
			buf_printf(path, "%s/%s", folder, entry->d_name);
	if (dir)
		closedir(dir);
	return path->len > 0;
}

static bool run(const char *folder, struct buf *said)
{
	struct buf path = BUF_INIT, lines = BUF_INIT, text = BUF_INIT;
	json_t *found;
	char *dump;
	bool good;

	if (!find_input(folder, &path)) {
		buf_puts(said, "no input file");
		return false;
	}
	found = read_case(buf_str(&path), NULL, &lines);
	dump = json_dumps(found, JSON_INDENT(2));
	buf_printf(&text, "%s\n", dump);
	good = compare(folder, "expected.json", buf_str(&text), said);
	good &= compare(folder, "diagnostics", buf_str(&lines), said);
	free(dump);
	json_decref(found);
	buf_release(&text);
	buf_release(&lines);
	buf_release(&path);
	return good;
}

int main(int argc, char **argv)
{
	if (argc < 2 || argc > 3)
		return 2;
	write_to = argv[2];
	return cases_run_all(argv[1], run);
}
