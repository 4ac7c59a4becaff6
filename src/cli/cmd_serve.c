/* cmd_serve.c - dear serve: the review desk as a local web page. The page itself
 * is web's; here are its options, the talk on the terminal, and the end of it.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/web.h"

#include "cmd.h"

enum { STEP_MILLISECONDS = 400, PORT_DEFAULT = 8411, PORT_MOST = 65535 };

struct serve_args {
	const char *address, *passwords;
	int64_t port;
	struct opt_list origins;
	bool any_port;
};

#define AT(field) offsetof(struct serve_args, field)
static const struct opt options[] = {
	{ "port", OPT_NUMBER, AT(port), "N", "listen there (8411)" },
	{ "any-port", OPT_FLAG, AT(any_port), NULL, "listen at a port that is free" },
	{ "address", OPT_TEXT, AT(address), "ADDRESS",
	  "listen there (127.0.0.1); others than this machine's need a password file" },
	{ "password-file", OPT_TEXT, AT(passwords), "FILE",
	  "who may sign in: lines of name and hash, see dear.1" },
	{ "origin", OPT_LIST, AT(origins), "URL",
	  "how browsers reach it, behind a server that adds TLS: https://desk.example" },
	{ 0 },
};
#undef AT

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
	(void)signal;
	stopped = 1;
}

static int64_t clock_of(void *ctx)
{
	return app_clock(ctx);
}

static void say(const char *words)
{
	app_say("%s", words);
}

static int check(struct app *app, void *args, struct err *err)
{
	struct serve_args *a = args;

	(void)app;
	if (!a->address)
		a->address = "127.0.0.1";
	if (a->port > PORT_MOST)
		return err_set(err, ERR_USAGE, NULL, 0, "--port is %d at most", PORT_MOST);
	if (a->port && a->any_port)
		return err_set(err, ERR_USAGE, NULL, 0, "give --port or --any-port, not both");
	for (size_t i = 0; i < a->origins.count; i++)
		if (strncmp(a->origins.items[i], "http://", 7) != 0 &&
		    strncmp(a->origins.items[i], "https://", 8) != 0)
			return err_set(err, ERR_USAGE, NULL, 0,
				       "--origin is an address such as https://desk.example");
	return 0;
}

/* A file others may read is worth no more than what it guards. */
static int read_passwords(const char *path, struct buf *text, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)))
		return err_set(err, ERR_IO, path, 0,
			       "others may read it: chmod 600 it, and choose new passwords");
	return file_slurp(path, BOUND_DATA_FILE_BYTES, text, err);
}

static void tell(struct app *app, struct web *w, const struct serve_args *a)
{
	printf("%s\n", web_link(w));
	fflush(stdout);
	app_say("the desk is open for %s at port %u; the link signs in one browser, once",
		app->actor, (unsigned)web_port(w));
	if (!web_is_loopback(a->address) && !a->origins.count)
		app_say("warning: what is sent can be read on the way: put a server with TLS "
			"before it, and name it with --origin");
	app_say(isatty(STDIN_FILENO) ? "Enter: another link; Ctrl-C: close the desk"
				     : "an interrupt closes the desk");
}

/* Enter on the terminal. */
static bool wants_link(void)
{
	struct pollfd fd = { .fd = STDIN_FILENO, .events = POLLIN };
	char line[256];

	return isatty(STDIN_FILENO) && poll(&fd, 1, 0) > 0 && (fd.revents & POLLIN) &&
	       read(STDIN_FILENO, line, sizeof(line)) > 0;
}

static int serve(struct app *app, struct web *w, const struct serve_args *a, struct err *err)
{
	const struct sigaction action = { .sa_handler = stop };

	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	tell(app, w, a);
	while (!stopped) {
		if (web_step(w, STEP_MILLISECONDS, err) < 0)
			return -1;
		if (wants_link()) {
			printf("%s\n", web_link(w));
			fflush(stdout);
		}
	}
	app_say("the desk is closed");
	return 0;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct serve_args *a = args;
	struct buf passwords = BUF_INIT;
	struct web_options o = {
		.address = a->address,
		.port = (uint16_t)(a->any_port ? 0
				   : a->port   ? a->port
					       : PORT_DEFAULT),
		.origins = a->origins.items,
		.store = app->store,
		.rules = app->rules,
		.responses = app->responses,
		.actor = app->actor,
		.clock = clock_of,
		.say = say,
		.ctx = app,
	};
	struct web *w = NULL;
	int status = -1;

	if (a->passwords && read_passwords(a->passwords, &passwords, err) < 0)
		goto out;
	o.passwords = a->passwords ? buf_str(&passwords) : NULL;
	w = web_open(&o, err);
	if (w)
		status = serve(app, w, a, err);
out:
	web_free(w);
	buf_release(&passwords);
	return status;
}

const struct command cmd_serve = {
	.name = "serve",
	.words = "",
	.summary = "review on a local web page",
	.needs = CMD_RULES | CMD_RESPONSES | CMD_STORE_WRITE,
	.options = options,
	.args_size = sizeof(struct serve_args),
	.check = check,
	.run = run,
};
