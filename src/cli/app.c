/* app.c - what main does around a command: environment, opening, closing, and
 * talk on stderr. The only place that reads the clock and the environment.
 */
#include <pwd.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/responses.h"
#include "dear/thread.h"
#include "dear/utf8.h"

#include "cmd.h"

/* Diagnostics of one kind that are told in full. */
enum { TELL_MAX = 8, COLUMNS_DEFAULT = 80, COLUMNS_MIN = 40, COLUMNS_MAX = 200 };

/* An empty variable counts as unset. */
static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const char *login_name(void)
{
	const struct passwd *user = getpwuid(getuid());

	return user && user->pw_name && *user->pw_name ? user->pw_name : "editor";
}

static int clock_now(int64_t *ret, struct err *err)
{
	const char *fixed = environment("DEAR_NOW");
	bool tz_known;

	if (!fixed) {
		*ret = time(NULL);
		return 0;
	}
	if (comment_date_parse(fixed, true, ret, &tz_known))
		return 0;
	return err_set(err, ERR_USAGE, "DEAR_NOW", 0, "'%s' is no date", fixed);
}

int64_t app_clock(const struct app *app)
{
	return environment("DEAR_NOW") ? app->now : time(NULL);
}

static int columns_of(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) < 0 || size.ws_col < COLUMNS_MIN)
		return COLUMNS_DEFAULT;
	return size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
}

int app_start(struct app *app, struct err *err)
{
	bool terminal = isatty(STDOUT_FILENO);

	if (!app->db)
		app->db = environment("DEAR_DB");
	if (!app->db)
		app->db = "dear.db";
	if (!app->data)
		app->data = environment("DEAR_DATA");
	if (!app->folder)
		app->folder = environment("DEAR_RESPONSES");
	if (!app->voice)
		app->voice = environment("DEAR_VOICE");
	if (!app->actor)
		app->actor = environment("DEAR_EDITOR");
	if (!app->actor)
		app->actor = login_name();
	app->out.file = stdout;
	app->out.columns = terminal ? columns_of(STDOUT_FILENO) : COLUMNS_DEFAULT;
	app->out.colour = terminal && !environment("NO_COLOR");
	app->print = app->json ? &print_json : &print_text;
	return clock_now(&app->now, err);
}

int app_open_rules(struct app *app, struct err *err)
{
	char *folder = app_find_folder(app->data, "data", "--data", err);

	if (!folder)
		return -1;
	app->rules = rules_load(folder, err);
	free(folder);
	return app->rules ? 0 : -1;
}

int app_open_responses(struct app *app, struct err *err)
{
	char *folder = app_find_folder(app->folder, "responses", "--responses", err);

	if (!folder)
		return -1;
	app->responses = responses_load(folder, app->voice, err);
	free(folder);
	return app->responses ? 0 : -1;
}

bool app_store_exists(const struct app *app)
{
	return access(app->db, F_OK) == 0;
}

int app_open_store(struct app *app, enum store_mode mode, struct err *err)
{
	if (mode != STORE_CREATE && !app_store_exists(app))
		return err_set(err, ERR_STORE, app->db, 0,
			       "there is no such file; `dear import` makes it, --db names another");
	app->store = store_open(app->db, mode, err);
	return app->store ? 0 : -1;
}

void app_close(struct app *app)
{
	store_free(app->store);
	responses_free(app->responses);
	rules_free(app->rules);
	opt_list_release(&app->words);
	free(app->ids);
	diags_release(&app->diags);
	memset(app, 0, sizeof(*app));
}

/* stderr gets only whole lines, safe for a terminal. */
static void tell_line(struct buf *line)
{
	struct buf safe = BUF_INIT;

	utf8_put_terminal(&safe, buf_str(line), line->len);
	buf_putc(&safe, '\n');
	fwrite(safe.str, 1, safe.len, stderr);
	buf_release(&safe);
	buf_clear(line);
}

void app_complain(const struct err *err)
{
	struct buf line = BUF_INIT;

	buf_puts(&line, "dear: ");
	if (err->where[0] && err->line > 0)
		buf_printf(&line, "%s:%d: ", err->where, err->line);
	else if (err->where[0])
		buf_printf(&line, "%s: ", err->where);
	buf_printf(&line, "%s: %s", err_word(err->code), err->msg);
	tell_line(&line);
	buf_release(&line);
}

void app_tell(const struct diags *d, bool all)
{
	size_t told[DIAG_ID_COUNT] = { 0 };
	struct buf line = BUF_INIT;

	for (size_t i = 0; i < d->count; i++) {
		const struct diag *g = &d->list[i];

		if (told[g->id] == TELL_MAX && !all)
			continue;
		told[g->id]++;
		buf_printf(&line, "%s%s%s: %s [%s]", g->where, *g->where ? ": " : "",
			   diag_level_word(diag_level_of(g->id)), g->text, diag_name(g->id));
		tell_line(&line);
	}
	for (int id = 0; id < DIAG_ID_COUNT; id++) {
		if (d->total[id] <= told[id])
			continue;
		buf_printf(&line, "%s: and %zu more like it [%s]",
			   diag_level_word(diag_level_of((enum diag_id)id)),
			   d->total[id] - told[id], diag_name((enum diag_id)id));
		tell_line(&line);
	}
	buf_release(&line);
}

void app_say(const char *fmt, ...)
{
	char text[1024];
	struct buf line = BUF_INIT;
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	utf8_clean(&line, text, strlen(text));
	tell_line(&line);
	buf_release(&line);
}

bool app_ask(const char *question)
{
	char answer[16];

	fprintf(stderr, "%s [y/N] ", question);
	fflush(stderr);
	return fgets(answer, sizeof(answer), stdin) && (answer[0] == 'y' || answer[0] == 'Y');
}
