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

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/review.h"
#include "dear/web.h"

#include "cmd.h"

enum { STEP_MILLISECONDS = 400, PORT_DEFAULT = 8411, PORT_MOST = 65535 };

struct serve_args {
	const char *address, *passwords, *editor;
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
	  "who may sign in by name and password" },
	{ "add-editor", OPT_TEXT, AT(editor), "NAME",
	  "ask for a password, add this editor to that file, and end" },
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
	if (a->editor && !a->passwords)
		return err_set(err, ERR_USAGE, NULL, 0, "--add-editor takes a --password-file");
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

/* From the terminal, else a line of standard input. */
static int get_password(const char *name, struct buf *out, struct err *err)
{
	char question[128], line[1024];

	snprintf(question, sizeof(question), "password for %s", name);
	if (isatty(STDIN_FILENO) && app_ask_secret(question, out))
		return 0;
	if (!fgets(line, sizeof(line), stdin))
		return err_set(err, ERR_USAGE, NULL, 0, "no password was typed");
	buf_add(out, line, strcspn(line, "\r\n"));
	explicit_bzero(line, sizeof(line));
	return 0;
}

/* The file without the editor's line. */
static void copy_others(const char *text, const char *name, struct buf *out)
{
	size_t len = strlen(name);

	while (*text) {
		size_t n = strcspn(text, "\n");

		n += text[n] == '\n';
		if (strncmp(text, name, len) != 0 || text[len] != ':')
			buf_add(out, text, n);
		text += n;
	}
	if (out->len && out->str[out->len - 1] != '\n')
		buf_putc(out, '\n');
}

static int add_editor(const struct serve_args *a, struct err *err)
{
	struct buf before = BUF_INIT, after = BUF_INIT, password = BUF_INIT;
	struct file_out *out = NULL;
	int status = -1;

	if (access(a->passwords, F_OK) == 0 && read_passwords(a->passwords, &before, err) < 0)
		goto out;
	copy_others(buf_str(&before), a->editor, &after);
	if (get_password(a->editor, &password, err) < 0 ||
	    web_password_line(a->editor, buf_str(&password), &after, err) < 0)
		goto out;
	out = file_out_open(a->passwords, err);
	if (!out)
		goto out;
	fwrite(after.str, 1, after.len, file_out_stream(out));
	status = file_out_commit(out, err);
	if (status == 0)
		app_say("%s may sign in", a->editor);
out:
	if (password.str)
		explicit_bzero(password.str, password.size);
	file_out_free(out);
	buf_release(&password);
	buf_release(&before);
	buf_release(&after);
	return status;
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

/* Comments that are new are compared with the others once, which takes a while
 * after a large import; better before the first page than at it. */
static int get_ready(struct app *app, struct err *err)
{
	const struct store_filter all = { .since = INT64_MIN };
	const struct review review = { .store = app->store,
				       .rules = app->rules,
				       .responses = app->responses,
				       .actor = app->actor,
				       .now = app->now };
	struct arena arena = { 0 };
	struct store_place *list;
	size_t count;
	int status = review_queue(&review, &all, &arena, &list, &count, err);

	arena_release(&arena);
	return status;
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

static int open_desk(struct app *app, const struct serve_args *a, struct err *err)
{
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
	if (get_ready(app, err) == 0)
		w = web_open(&o, err);
	if (w)
		status = serve(app, w, a, err);
out:
	web_free(w);
	buf_release(&passwords);
	return status;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct serve_args *a = args;

	if (a->editor)
		return add_editor(a, err);
	if (app_open_rules(app, err) < 0 || app_open_responses(app, err) < 0 ||
	    app_open_store(app, STORE_WRITE, err) < 0)
		return -1;
	return open_desk(app, a, err);
}

const struct command cmd_serve = {
	.name = "serve",
	.words = "",
	.summary = "review on a local web page",
	.options = options,
	.args_size = sizeof(struct serve_args),
	.check = check,
	.run = run,
};
