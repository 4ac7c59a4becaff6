/* cmd_site.c - a site for pull and push: the password from a file, the
 * environment or the terminal, never from the command line; the clock; and
 * waiting.
 */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"
#include "dear/site.h"

#include "cmd_site.h"

enum { PASSWORD_BYTES = 1000, DELAY = 1000, TIMEOUT = 60, TRIES = 5, TRIES_MAX = 100 };

static int64_t clock_now(void *ctx)
{
	return app_clock(ctx);
}

static void wait_for(void *ctx, int64_t milliseconds, const char *why)
{
	struct timespec left = { .tv_sec = milliseconds / 1000,
				 .tv_nsec = (milliseconds % 1000) * 1000000 };

	(void)ctx;
	if (why)
		app_say("%s", why);
	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

/* ---- the password ---- */

static void wipe(struct buf *b)
{
	if (b->str)
		explicit_bzero(b->str, b->size);
	buf_release(b);
}

/* The first line of a file that nobody else should read. */
static int read_file(const char *path, struct buf *out, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & (S_IRWXG | S_IRWXO)))
		app_say("%s: others can read this password; chmod 600 it", path);
	if (file_slurp(path, PASSWORD_BYTES, out, err) < 0)
		return -1;
	buf_cut(out, strcspn(buf_str(out), "\r\n"));
	return out->len ? 0 : err_set(err, ERR_USAGE, path, 0, "holds no password");
}

static int ask(const char *user, struct buf *out, struct err *err)
{
	char question[128];

	snprintf(question, sizeof(question), "application password of %s", user);
	if (app_ask_secret(question, out))
		return out->len ? 0 : err_set(err, ERR_USAGE, NULL, 0, "no password was typed");
	return err_set(err, ERR_USAGE, NULL, 0,
		       "%s needs a password: --password-file FILE or $DEAR_PASSWORD", user);
}

static int find_password(const struct site_args *args, const char *user, struct buf *out,
			 struct err *err)
{
	const char *given = getenv("DEAR_PASSWORD");

	if (args->password_file)
		return read_file(args->password_file, out, err);
	if (given && *given) {
		buf_puts(out, given);
		return 0;
	}
	return ask(user, out, err);
}

/* ---- the site ---- */

const char *cmd_site_user(const struct site_args *args)
{
	const char *given = args->user ? args->user : getenv("DEAR_USER");

	return given && *given && !args->stranger ? given : NULL;
}

int cmd_site_open(struct app *app, const struct site_args *args, const char *url,
		  struct cmd_site *ret, struct err *err)
{
	struct site_options o = {
		.url = url,
		.user = cmd_site_user(args),
		.agent = "dear/" DEAR_VERSION,
		.ca = args->ca,
		.insecure = args->insecure,
		.delay = args->delay ? args->delay : DELAY,
		.timeout = args->timeout ? args->timeout : TIMEOUT,
		.tries = args->tries ? (int)(args->tries < TRIES_MAX ? args->tries : TRIES_MAX)
				     : TRIES,
		.clock = clock_now,
		.wait = wait_for,
		.ctx = app,
	};

	*ret = (struct cmd_site){ .password = mem_alloc(sizeof(*ret->password)) };
	if (o.user && find_password(args, o.user, ret->password, err) < 0)
		return -1;
	o.password = buf_str(ret->password);
	ret->site = site_open(&o, err);
	return ret->site ? 0 : -1;
}

void cmd_site_close(struct cmd_site *s)
{
	site_free(s->site);
	if (s->password)
		wipe(s->password);
	free(s->password);
	*s = (struct cmd_site){ 0 };
}
