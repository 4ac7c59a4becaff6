/* main.c - argv in, exit status out: finds the command, parses its line, opens
 * what it needs, runs it, tells what is left to tell.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/err.h"
#include "dear/mem.h"

#include "cmd.h"

#define AT(field) offsetof(struct app, field)
const struct opt cmd_global_options[] = {
	{ "db", OPT_TEXT, AT(db), "FILE", "the store ($DEAR_DB, else dear.db)" },
	{ "data", OPT_TEXT, AT(data), "DIR", "the rules ($DEAR_DATA)" },
	{ "responses", OPT_TEXT, AT(folder), "DIR", "the responses ($DEAR_RESPONSES)" },
	{ "voice", OPT_TEXT, AT(voice), "NAME", "one of the responses' voices ($DEAR_VOICE)" },
	{ "as", OPT_TEXT, AT(actor), "NAME", "who decides ($DEAR_EDITOR, else your login)" },
	{ "json", OPT_FLAG, AT(json), NULL, "results as JSON" },
	{ "help", OPT_FLAG, AT(help), NULL, "this text; also -h" },
	{ "version", OPT_FLAG, AT(version), NULL, "the version" },
	{ 0 },
};
#undef AT

static const struct opt no_options[] = { { 0 } };

/* A closed stdin, stdout or stderr would be given to the store's file. They are
 * opened so that reading finds the end and writing fails. */
static void hold_standard_files(void)
{
	for (int fd = 0; fd <= 2; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF)
			(void)!open("/dev/null", O_RDONLY);
}

static int check_words(const struct app *app, const struct command *c, struct err *err)
{
	if (app->words.count < c->min_words)
		return err_set(err, ERR_USAGE, NULL, 0, "too few words; it is `dear %s %s`",
			       c->name, c->words);
	if (app->words.count > c->max_words)
		return err_set(err, ERR_USAGE, NULL, 0, "'%s' is one word too many",
			       app->words.items[c->max_words]);
	return 0;
}

/* Everything about the command line that can be known before opening anything. */
static int check_line(struct app *app, const struct command *c, void *args, struct err *err)
{
	if (check_words(app, c, err) < 0)
		return -1;
	if ((c->needs & CMD_IDS) && opt_ids(&app->words, &app->ids, &app->id_count, err) < 0)
		return -1;
	return c->check ? c->check(app, args, err) : 0;
}

static int open_needs(struct app *app, unsigned needs, struct err *err)
{
	if ((needs & CMD_RULES) && app_open_rules(app, err) < 0)
		return -1;
	if ((needs & CMD_RESPONSES) && app_open_responses(app, err) < 0)
		return -1;
	if (needs & CMD_STORE_READ)
		return app_open_store(app, STORE_READ, err);
	if (needs & CMD_STORE_WRITE)
		return app_open_store(app, STORE_WRITE, err);
	if (needs & CMD_STORE_CREATE)
		return app_open_store(app, STORE_CREATE, err);
	return 0;
}

static int run_command(struct app *app, const struct command *c, void *args, struct err *err)
{
	int status;

	if (app->help) {
		cmd_usage(c, stdout);
		return 0;
	}
	if (check_line(app, c, args, err) < 0 || app_start(app, err) < 0 ||
	    open_needs(app, c->needs, err) < 0)
		return -1;
	status = c->run(app, args, err);
	app_tell(&app->diags, app->tell_all);
	if (status == 0 && diags_worst_is_warning(&app->diags))
		status = 1;
	return status;
}

/* Parses what follows the command's name, and runs it. */
static int parse_and_run(struct app *app, const struct command *c, int argc, char **argv,
			 struct err *err)
{
	void *args = mem_alloc(c->args_size ? c->args_size : 1);
	const struct opt_target targets[] = {
		{ c->options ? c->options : no_options, args },
		{ cmd_global_options, app },
		{ 0 },
	};
	unsigned flags = c->needs & CMD_MINUS_WORDS ? OPT_MINUS_WORDS : 0;
	int status = -1;

	app->command = c;
	opt_init(&targets[0]);
	if (opt_parse(targets, flags, argc, argv, &app->words, err) >= 0)
		status = run_command(app, c, args, err);
	opt_release(&targets[0]);
	free(args);
	return status;
}

static int dispatch(struct app *app, int argc, char **argv, struct err *err)
{
	const struct opt_target targets[] = { { cmd_global_options, app }, { 0 } };
	int used = opt_parse(targets, OPT_STOP_AT_WORD, argc, argv, NULL, err);
	const struct command *c;

	if (used < 0)
		return -1;
	if (app->version) {
		printf("dear %s\n", DEAR_VERSION);
		return 0;
	}
	if (used == argc && app->help) {
		cmd_overview(stdout);
		return 0;
	}
	if (used == argc) {
		cmd_overview(stderr);
		return err_set(err, ERR_USAGE, NULL, 0, "name a command");
	}
	c = cmd_find(argv[used]);
	if (!c)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "there is no command '%s'; `dear help` lists them", argv[used]);
	return parse_and_run(app, c, argc - used - 1, argv + used + 1, err);
}

/* Results that did not arrive are an error, except that a reader who had
 * enough (`dear list | head`) needs no message. */
static int finish_output(struct out *o)
{
	struct err err = { 0 };

	errno = 0;
	if (fflush(stdout) != 0 && !o->error)
		o->error = errno;
	if (!o->error && !ferror(stdout))
		return 0;
	err_set(&err, ERR_IO, "standard output", 0, "can't be written: %s",
		o->error ? strerror(o->error) : "part of it was lost");
	if (o->error != EPIPE)
		app_complain(&err);
	return err_exit(&err);
}

int main(int argc, char **argv)
{
	struct app app = { 0 };
	struct err err = { 0 };
	int status, output;

	hold_standard_files();
	signal(SIGPIPE, SIG_IGN);
	status = dispatch(&app, argc - 1, argv + 1, &err);
	output = finish_output(&app.out);
	if (status < 0) {
		app_complain(&err);
		status = err_exit(&err);
		if (err.code == ERR_USAGE && app.command)
			app_say("`dear help %s` says more", app.command->name);
	}
	app_close(&app);
	return output > status ? output : status;
}
