/* file_out.c - a file that appears under its name only when complete.
 *
 * Written under another name in the same folder, flushed to disk, renamed, and
 * the folder flushed too. What is no ordinary file (a terminal, /dev/null, a
 * pipe) has no complete state and is written as it is.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"

struct file_out {
	char *name;   /* as the caller gave it, for messages */
	char *target; /* what rename replaces: links followed */
	char *temp;   /* NULL when written as it is */
	FILE *stream;
	bool borrowed; /* the stream is standard output */
};

static int fail(struct file_out *f, const char *what, struct err *err)
{
	return err_set(err, ERR_IO, f->name, 0, "%s: %s", what, strerror(errno));
}

/* The folder part of a path, "." when there is none. */
static char *folder_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return mem_strdup(".");
	return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* Opens as it is: for terminals, pipes and devices. */
static int open_direct(struct file_out *f, struct err *err)
{
	int fd = open(f->name, O_WRONLY | O_CLOEXEC | O_NOCTTY);

	if (fd < 0)
		return fail(f, "can't be written", err);
	f->stream = fdopen(fd, "w");
	if (!f->stream)
		mem_die();
	return 0;
}

static int open_beside(struct file_out *f, struct err *err)
{
	char *folder = folder_of(f->target);
	struct buf temp = BUF_INIT;
	int fd;

	buf_printf(&temp, "%s/.dear-XXXXXX", folder);
	free(folder);
	fd = mkostemp(temp.str, O_CLOEXEC);
	if (fd < 0) {
		fail(f, "can't be written there", err);
		buf_release(&temp);
		return -1;
	}
	f->temp = buf_detach(&temp);
	f->stream = fdopen(fd, "w");
	if (!f->stream)
		mem_die();
	return 0;
}

static int open_path(struct file_out *f, struct err *err)
{
	struct stat st;
	char *real;

	if (stat(f->name, &st) < 0) {
		f->target = mem_strdup(f->name);
		return open_beside(f, err);
	}
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IO, f->name, 0, "is a folder; name a file in it");
	if (!S_ISREG(st.st_mode))
		return open_direct(f, err);
	real = realpath(f->name, NULL);
	f->target = real ? real : mem_strdup(f->name);
	return open_beside(f, err);
}

struct file_out *file_out_open(const char *path, struct err *err)
{
	struct file_out *f = mem_alloc(sizeof(*f));

	if (!path || strcmp(path, "-") == 0) {
		f->name = mem_strdup("standard output");
		f->stream = stdout;
		f->borrowed = true;
		return f;
	}
	f->name = mem_strdup(path);
	if (open_path(f, err) < 0) {
		file_out_free(f);
		return NULL;
	}
	return f;
}

FILE *file_out_stream(struct file_out *f)
{
	return f->stream;
}

/* A rename lasts only when its folder is on disk too. Folders that can't be
 * flushed (some network disks) are left to their server. */
static void flush_folder(const char *path)
{
	char *folder = folder_of(path);
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	free(folder);
	if (fd < 0)
		return;
	fsync(fd);
	close(fd);
}

static int close_stream(struct file_out *f)
{
	FILE *stream = f->stream;

	f->stream = NULL;
	return f->borrowed ? 0 : fclose(stream);
}

int file_out_commit(struct file_out *f, struct err *err)
{
	if (ferror(f->stream) || fflush(f->stream) != 0)
		return fail(f, "can't be written whole", err);
	if (f->temp && fsync(fileno(f->stream)) < 0)
		return fail(f, "can't be brought to disk", err);
	if (close_stream(f) != 0)
		return fail(f, "can't be closed", err);
	if (!f->temp)
		return 0;
	if (rename(f->temp, f->target) < 0)
		return fail(f, "can't be given its name", err);
	free(f->temp);
	f->temp = NULL;
	flush_folder(f->target);
	return 0;
}

void file_out_free(struct file_out *f)
{
	if (!f)
		return;
	if (f->stream)
		close_stream(f);
	if (f->temp)
		unlink(f->temp);
	free(f->temp);
	free(f->target);
	free(f->name);
	free(f);
}
