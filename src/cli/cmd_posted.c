/* cmd_posted.c - dear posted: an approved reply stands on the site; by ID, or by
 * the file of ids that the script of `dear export --format wp-cli` leaves.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"
#include "dear/review.h"

#include "cmd.h"

struct posted_args {
	const char *native_id, *ids;
};

#define AT(field) offsetof(struct posted_args, field)
static const struct opt options[] = {
	{ "native-id", OPT_TEXT, AT(native_id), "ID",
	  "the comment's id on the site, by which the next import knows it" },
	{ "ids", OPT_TEXT, AT(ids), "FILE", "lines of an item and the id its reply got, instead" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct posted_args *a = args;

	if (!a->ids && !app->id_count)
		return err_set(err, ERR_USAGE, NULL, 0, "name the items, or --ids FILE");
	if (a->ids && (app->id_count || a->native_id))
		return err_set(err, ERR_USAGE, NULL, 0, "--ids FILE names the items already");
	if (a->native_id && app->id_count > 1)
		return err_set(err, ERR_USAGE, NULL, 0, "--native-id goes with one ID");
	return 0;
}

static int decide(const struct review *r, int64_t item, void *args, struct arena *a,
		  struct review_result *ret, struct diags *d, struct err *err)
{
	const struct posted_args *given = args;

	(void)d;
	return review_posted(r, item, given->native_id, a, ret, err);
}

/* The native ids of a file, beside app->ids; borrowed from text, which is cut up. */
struct posted_list {
	const char **native;
	size_t count, size, ids_size;
};

/* "12 2045": an item, a blank, an id. */
static int take_line(struct app *app, struct posted_list *l, char *line)
{
	char *end;
	long long item = strtoll(line, &end, 10);

	if (item <= 0 || end == line || *end != ' ' || !end[1] || strchr(end + 1, ' '))
		return -1;
	app->ids = mem_grow(app->ids, &l->ids_size, app->id_count + 1, sizeof(*app->ids));
	l->native = mem_grow(l->native, &l->size, l->count + 1, sizeof(*l->native));
	app->ids[app->id_count++] = item;
	l->native[l->count++] = end + 1;
	return 0;
}

static int take_lines(struct app *app, struct posted_list *l, const char *path, char *text,
		      struct err *err)
{
	int number = 0;

	for (char *line = text, *end; *line; line = end) {
		size_t len = strcspn(line, "\r\n");

		end = line + len + strspn(line + len, "\r");
		end += *end == '\n';
		line[len] = '\0';
		number++;
		if (len > 0 && take_line(app, l, line) < 0)
			return err_set(
				err, ERR_INPUT, path, number,
				"expected an item's number, a blank and the id of its reply");
	}
	return 0;
}

/* Nothing is noted unless every line is understood and every item there. */
static int run_file(struct app *app, const char *path, struct err *err)
{
	struct posted_list l = { 0 };
	struct buf text = BUF_INIT;
	int worst = file_slurp(path, BOUND_DATA_FILE_BYTES, &text, err);

	if (worst == 0 && text.len)
		worst = take_lines(app, &l, path, text.str, err);
	if (worst == 0)
		worst = cmd_all_there(app, err);
	for (size_t i = 0; worst >= 0 && i < l.count; i++) {
		struct posted_args one = { .native_id = l.native[i] };
		int status = cmd_decide_one(app, app->ids[i], decide, &one, err);

		worst = status < 0 || status > worst ? status : worst;
	}
	free(l.native);
	buf_release(&text);
	return worst;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct posted_args *a = args;

	return a->ids ? run_file(app, a->ids, err) : cmd_decide(app, decide, args, err);
}

const struct command cmd_posted = {
	.name = "posted",
	.words = "ID...",
	.summary = "note that an approved reply stands on the site",
	.needs = CMD_STORE_WRITE | CMD_IDS,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct posted_args),
	.check = check,
	.run = run,
};
