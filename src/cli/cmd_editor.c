/* cmd_editor.c - runs the editor's own editor on a temporary file. */
#include "cmd_editor.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/utf8.h"

#include "cmd.h"

/* Everything from this line on is left out. */
static const char cut_line[] = "---- the comment; nothing from this line on is sent ----";

static const char *editor_name(void)
{
	const char *name = getenv("VISUAL");

	if (!name || !*name)
		name = getenv("EDITOR");
	return name && *name ? name : "vi";
}

static int fail(const struct editor *e, const char *what, struct err *err)
{
	return err_set(err, ERR_IO, e->path, 0, "%s: %s", what, strerror(errno));
}

static int write_all(int fd, const struct buf *b)
{
	for (size_t done = 0; done < b->len;) {
		ssize_t n = write(fd, b->str + done, b->len - done);

		if (n < 0 && errno != EINTR)
			return -1;
		done += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

static int make_file(struct editor *e, const struct buf *text, struct err *err)
{
	const char *folder = getenv("TMPDIR");
	struct buf path = BUF_INIT;
	int fd, status;

	buf_printf(&path, "%s/dear-reply-XXXXXX.txt", folder && *folder ? folder : "/tmp");
	fd = mkostemps(path.str, 4, O_CLOEXEC);
	if (fd < 0) {
		err_set(err, ERR_IO, buf_str(&path), 0, "can't be made: %s", strerror(errno));
		buf_release(&path);
		return -1;
	}
	e->path = buf_detach(&path);
	status = write_all(fd, text);
	if (close(fd) < 0 || status < 0)
		return fail(e, "can't be written", err);
	return 0;
}

/* By the shell, because $EDITOR may hold options ("code --wait"). */
static void become_editor(const char *path)
{
	struct buf line = BUF_INIT;

	signal(SIGPIPE, SIG_DFL);
	buf_printf(&line, "%s \"$1\"", editor_name());
	execl("/bin/sh", "sh", "-c", buf_str(&line), "sh", path, (char *)NULL);
	_exit(127);
}

/* The keys that interrupt go to the editor alone while it runs. */
static int run_program(struct editor *e, struct err *err)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN }, on_int, on_quit;
	pid_t child, waited;
	int status = 0;

	fflush(NULL);
	child = fork();
	if (child < 0)
		return fail(e, "no editor can be started", err);
	if (child == 0)
		become_editor(e->path);
	sigaction(SIGINT, &ignore, &on_int);
	sigaction(SIGQUIT, &ignore, &on_quit);
	do
		waited = waitpid(child, &status, 0);
	while (waited < 0 && errno == EINTR);
	sigaction(SIGINT, &on_int, NULL);
	sigaction(SIGQUIT, &on_quit, NULL);
	if (waited == child && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return err_set(err, ERR_IO, editor_name(), 0,
		       "the editor failed; set $EDITOR, or give the text with --text");
}

/* What stands above the cut line. */
static int read_back(const struct editor *e, struct buf *ret, struct err *err)
{
	const char *cut;

	if (file_slurp(e->path, BOUND_DATA_FILE_BYTES, ret, err) < 0)
		return -1;
	cut = ret->len ? strstr(ret->str, cut_line) : NULL;
	if (cut)
		buf_cut(ret, (size_t)(cut - ret->str));
	buf_trim(ret);
	return 0;
}

int editor_run(struct editor *e, const char *before, const char *author, const char *comment,
	       struct buf *ret, struct err *err)
{
	struct buf text = BUF_INIT;
	int status = -1;

	buf_printf(&text, "%s\n\n%s\n", before, cut_line);
	if (author) {
		utf8_put_terminal(&text, author, strlen(author));
		buf_puts(&text, ":\n");
	}
	if (comment)
		utf8_put_terminal(&text, comment, strlen(comment));
	buf_putc(&text, '\n');
	if (make_file(e, &text, err) < 0)
		goto out;
	if (run_program(e, err) < 0) {
		editor_keep(e);
		goto out;
	}
	status = read_back(e, ret, err);
out:
	buf_release(&text);
	return status;
}

void editor_keep(struct editor *e)
{
	if (!e->path || e->kept)
		return;
	e->kept = 1;
	app_say("your text is kept in %s", e->path);
}

const char *editor_hold(struct editor *e)
{
	e->kept = 1;
	return e->path ? e->path : "no file";
}

void editor_close(struct editor *e)
{
	if (e->path && !e->kept)
		unlink(e->path);
	free(e->path);
	e->path = NULL;
}
