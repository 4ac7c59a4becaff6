/* cmd_train.c - dear train: learns the weights of data/weights from labelled
 * posts, and says by cross-validation what they are worth.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "dear/train.h"

#include "cmd.h"

struct train_args {
	struct opt_list with;
	const char *out;
};

#define AT(field) offsetof(struct train_args, field)
static const struct opt options[] = {
	{ "with", OPT_LIST, AT(with), "FILE", "more posts to learn from (else data/training)" },
	{ "out", OPT_TEXT, AT(out), "FILE", "where the weights go (else data/weights)" },
	{ 0 },
};
#undef AT

static int is_ndjson(const struct dirent *d)
{
	size_t n = strlen(d->d_name);

	return n > 7 && !strcmp(d->d_name + n - 7, ".ndjson");
}

/* The training posts that ship with the rules, in the order of names. */
static int open_shipped(const char *data, struct file ***ret, size_t *ret_count, struct err *err)
{
	struct buf path = BUF_INIT;
	struct dirent **entries = NULL;

	buf_printf(&path, "%s/training", data);
	int count = scandir(buf_str(&path), &entries, is_ndjson, alphasort), status = 0;
	size_t stem = path.len;

	*ret = mem_alloc((size_t)(count > 0 ? count : 1) * sizeof(**ret));
	for (int i = 0; i < count; i++) {
		buf_cut(&path, stem);
		buf_printf(&path, "/%s", entries[i]->d_name);
		if (!status && !((*ret)[*ret_count] = file_open(buf_str(&path), err)))
			status = -1;
		*ret_count += !status;
		free(entries[i]);
	}
	free(entries);
	buf_release(&path);
	return status;
}

/* Where in posts a label shows, by post id; NULL when the rules have none. */
static int open_evidence(const char *data, json_t **ret, struct err *err)
{
	struct buf path = BUF_INIT;
	int status = 0;

	buf_printf(&path, "%s/training/evidence.json", data);
	if (access(buf_str(&path), F_OK) == 0) {
		*ret = jread_file(buf_str(&path), ERR_RULES, err);
		status = *ret ? 0 : -1;
	}
	buf_release(&path);
	return status;
}

static int open_given(const struct opt_list *with, struct file ***ret, size_t *ret_count,
		      struct err *err)
{
	*ret = mem_alloc(with->count * sizeof(**ret));
	for (; *ret_count < with->count; (*ret_count)++)
		if (!((*ret)[*ret_count] = file_open(with->items[*ret_count], err)))
			return -1;
	return 0;
}

static int write_weights(const char *data, const char *out, const struct buf *weights,
			 struct err *err)
{
	struct buf path = BUF_INIT;

	if (out)
		buf_puts(&path, out);
	else
		buf_printf(&path, "%s/weights/situations.json", data);
	struct file_out *f = file_out_open(buf_str(&path), err);
	int status = f ? 0 : -1;

	if (f) {
		fwrite(weights->str, 1, weights->len, file_out_stream(f));
		status = file_out_commit(f, err);
		file_out_free(f);
	}
	buf_release(&path);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct train_args *a = args;
	char *data = app_find_folder(app->data, "data", "--data", err);
	struct file *corpus = data ? file_open(app->words.items[0], err) : NULL, **more = NULL;
	struct train_report *report = NULL;
	struct buf weights = BUF_INIT;
	json_t *evidence = NULL;
	size_t count = 0;
	int status = -1;

	if (!corpus)
		goto out;
	if (a->with.count ? open_given(&a->with, &more, &count, err)
			  : open_shipped(data, &more, &count, err))
		goto out;
	if (open_evidence(data, &evidence, err))
		goto out;
	const struct train_input in = { corpus, more, count, evidence };
	report = train_weights(app->rules, &in, &weights, err);
	if (!report || write_weights(data, a->out, &weights, err))
		goto out;
	app->print->training(&app->out, report);
	status = 0;
out:
	for (size_t i = 0; i < count; i++)
		file_free(more[i]);
	free(more);
	file_free(corpus);
	train_report_free(report);
	json_decref(evidence);
	free(data);
	buf_release(&weights);
	return status;
}

const struct command cmd_train = {
	.name = "train",
	.words = "CORPUS",
	.summary = "learn the weights of the situations from labelled posts",
	.needs = CMD_RULES,
	.min_words = 1,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct train_args),
	.run = run,
};
