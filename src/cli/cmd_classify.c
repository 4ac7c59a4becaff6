/* cmd_classify.c - dear classify: a filter for pipes. Judges the lines that
 * have come on all cores and writes the answers in the order of the lines, so
 * that the number of cores never shows.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/classify.h"
#include "dear/err.h"

#include "cmd.h"
#include "cmd_classify.h"

enum { WORKERS_MAX = 16, LINES_PER_WORKER = 8 };

struct classify_args {
	const char *topic;
};

static const struct opt options[] = {
	{ "topic", OPT_TEXT, offsetof(struct classify_args, topic), "TOPIC",
	  "of the comments that name none" },
	{ 0 },
};

struct filter {
	struct app *app;
	const char *topic;
	struct filter_source source;
	atomic_size_t next; /* line of the batch nobody works on yet */
	size_t workers;
	bool look; /* something was told: status 1 */
};

/* One thread of execution. */
struct worker {
	struct filter *filter;
	struct arena arena;
	pthread_t thread;
};

static void *judge_lines(void *arg)
{
	struct worker *w = arg;
	struct filter *f = w->filter;
	size_t i;

	while ((i = atomic_fetch_add(&f->next, 1)) < f->source.count) {
		filter_line_judge(&f->source.lines[i], f->app->rules, f->topic, &w->arena);
		arena_clear(&w->arena);
	}
	return NULL;
}

/* A worker that can't be started leaves its lines to the others. */
static void judge_batch(struct filter *f, struct worker *workers)
{
	size_t wanted = f->source.count / LINES_PER_WORKER, started = 1;

	if (wanted > f->workers)
		wanted = f->workers;
	atomic_store(&f->next, 0);
	while (started < wanted &&
	       pthread_create(&workers[started].thread, NULL, judge_lines, &workers[started]) == 0)
		started++;
	judge_lines(&workers[0]);
	while (started-- > 1)
		pthread_join(workers[started].thread, NULL);
}

static void write_batch(struct filter *f)
{
	for (size_t i = 0; i < f->source.count; i++) {
		struct filter_line *l = &f->source.lines[i];

		out_write(&f->app->out, &l->out);
		if (!l->complaint.len)
			continue;
		app_say("%s:%zu: %s", f->source.name, l->number, buf_str(&l->complaint));
		f->look = true;
	}
	if (fflush(f->app->out.file) != 0 && !f->app->out.error)
		f->app->out.error = errno;
}

static int filter_all(struct filter *f, struct worker *workers, struct err *err)
{
	int more = 1;

	while (!f->app->out.error && (more = filter_source_read(&f->source, err)) > 0) {
		judge_batch(f, workers);
		write_batch(f);
	}
	return more < 0 ? -1 : 0;
}

static int filter_file(struct filter *f, struct worker *workers, const char *path, struct err *err)
{
	bool standard = !strcmp(path, "-");
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC), status;

	if (fd < 0)
		return err_set(err, ERR_IO, path, 0, "can't be opened: %s", strerror(errno));
	f->source = (struct filter_source){ .fd = fd, .name = standard ? "standard input" : path };
	status = filter_all(f, workers, err);
	filter_source_release(&f->source);
	if (!standard)
		close(fd);
	return status;
}

static size_t core_count(void)
{
	long cores = sysconf(_SC_NPROCESSORS_ONLN);

	return cores < 1 ? 1 : cores > WORKERS_MAX ? WORKERS_MAX : (size_t)cores;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct classify_args *a = args;
	struct filter f = { .app = app, .topic = a->topic, .workers = core_count() };
	struct worker workers[WORKERS_MAX] = { 0 };
	int status = 0;

	if (a->topic && !rules_has_topic(app->rules, a->topic))
		return err_set(err, ERR_USAGE, NULL, 0, "the rules know no topic '%s'", a->topic);
	for (size_t i = 0; i < WORKERS_MAX; i++)
		workers[i].filter = &f;
	if (!app->words.count)
		status = filter_file(&f, workers, "-", err);
	for (size_t i = 0; status == 0 && i < app->words.count; i++)
		status = filter_file(&f, workers, app->words.items[i], err);
	for (size_t i = 0; i < WORKERS_MAX; i++)
		arena_release(&workers[i].arena);
	return status == 0 && f.look ? 1 : status;
}

const struct command cmd_classify = {
	.name = "classify",
	.words = "[FILE...|-]",
	.summary = "a filter: comments in as NDJSON, situations out; no store",
	.needs = CMD_RULES,
	.max_words = CMD_MANY,
	.options = options,
	.args_size = sizeof(struct classify_args),
	.run = run,
};
