/* file.c - files read at any place, and files that appear only when complete.
 *
 * The one file below src/cli that may name standard input and output. It knows
 * bytes, not formats.
 */
#include "dear/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "base_internal.h"

#define COPY_BYTES ((size_t)64 * 1024)

struct file {
	int fd;
	int64_t size;
	char *name;
};

static bool is_dash(const char *path)
{
	return strcmp(path, "-") == 0;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* -1 with errno set; a short read only at the end. */
static ssize_t read_full(int fd, char *bytes, size_t n, int64_t offset)
{
	size_t done = 0;
	ssize_t got;

	while (done < n) {
		got = pread(fd, bytes + done, n - done, offset + (int64_t)done);
		if (got == 0)
			break;
		if (got > 0)
			done += (size_t)got;
		else if (errno != EINTR)
			return -1;
	}
	return (ssize_t)done;
}

int file_write_full(int fd, const char *bytes, size_t n)
{
	ssize_t put;

	while (n > 0) {
		put = write(fd, bytes, n);
		if (put >= 0) {
			bytes += put;
			n -= (size_t)put;
		} else if (errno != EINTR) {
			return -1;
		}
	}
	return 0;
}

const char *file_temp_folder(void)
{
	const char *folder = getenv("TMPDIR");

	return folder && folder[0] != '\0' ? folder : "/tmp";
}

int file_open_unlinked(struct err *err)
{
	struct buf path = BUF_INIT;
	int fd;

	buf_printf(&path, "%s/dear-XXXXXX", file_temp_folder());
	fd = mkostemp(path.str, O_CLOEXEC);
	if (fd >= 0)
		unlink(path.str);
	else
		err_set(err, ERR_IO, file_temp_folder(), 0, "can't make a temporary file there: %s",
			strerror(errno));
	buf_release(&path);
	return fd;
}

static int copy_all(int from, int to, const char *name, struct err *err)
{
	char *bytes = mem_realloc(NULL, COPY_BYTES);
	ssize_t got;
	int ret = 0;

	do {
		got = read(from, bytes, COPY_BYTES);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			ret = err_set(err, ERR_IO, name, 0, "can't be read: %s", strerror(errno));
		else if (file_write_full(to, bytes, (size_t)got) < 0)
			ret = err_set(err, ERR_IO, file_temp_folder(), 0,
				      "can't keep a copy of the input there: %s", strerror(errno));
	} while (ret == 0 && got != 0);
	free(bytes);
	return ret;
}

/* Puts an unlinked copy of a pipe in the pipe's place. */
static int spool(struct file *f, struct err *err)
{
	int fd = file_open_unlinked(err);

	if (fd < 0)
		return -1;
	if (copy_all(f->fd, fd, f->name, err) < 0) {
		close(fd);
		return -1;
	}
	close(f->fd);
	f->fd = fd;
	return 0;
}

/* True for what can be read at any place, counted from where it stands. */
static bool is_plain(int fd, const struct stat *st)
{
	return S_ISREG(st->st_mode) && lseek(fd, 0, SEEK_CUR) == 0;
}

static int prepare(struct file *f, struct err *err)
{
	struct stat st;

	if (f->fd < 0 || fstat(f->fd, &st) < 0)
		return err_set(err, ERR_IO, f->name, 0, "can't be opened: %s", strerror(errno));
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_IO, f->name, 0, "is a folder; name the files in it");
	if (!is_plain(f->fd, &st)) {
		if (spool(f, err) < 0)
			return -1;
		if (fstat(f->fd, &st) < 0)
			return err_set(err, ERR_IO, f->name, 0, "can't be measured: %s",
				       strerror(errno));
	}
	f->size = st.st_size;
	return 0;
}

struct file *file_open(const char *path, struct err *err)
{
	struct file *f = mem_alloc(sizeof(*f));

	if (is_dash(path)) {
		f->name = mem_strdup("standard input");
		f->fd = fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3);
	} else {
		f->name = mem_strdup(path);
		f->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	}
	if (prepare(f, err) < 0) {
		file_free(f);
		return NULL;
	}
	return f;
}

const char *file_name(const struct file *f)
{
	return f->name;
}

int64_t file_size(const struct file *f)
{
	return f->size;
}

ssize_t file_read_at(struct file *f, int64_t offset, void *bytes, size_t n, struct err *err)
{
	ssize_t got;

	if (offset >= f->size)
		return 0;
	if ((uint64_t)(f->size - offset) < n)
		n = (size_t)(f->size - offset);
	got = read_full(f->fd, bytes, n, offset);
	if (got < 0)
		return err_set(err, ERR_IO, f->name, 0, "can't be read: %s", strerror(errno));
	return got;
}

void file_replace(struct file *f, int fd, int64_t size)
{
	close_fd(f->fd);
	f->fd = fd;
	f->size = size;
}

void file_free(struct file *f)
{
	if (!f)
		return;
	close_fd(f->fd);
	free(f->name);
	free(f);
}

int file_slurp(const char *path, size_t max, struct buf *out, struct err *err)
{
	struct file *f = file_open(path, err);
	ssize_t got = -1;

	if (!f)
		return -1;
	if ((uint64_t)f->size > max) {
		err_set(err, ERR_INPUT, f->name, 0, "is larger than %zu bytes; shorten it", max);
	} else {
		buf_reserve(out, (size_t)f->size);
		got = file_read_at(f, 0, out->str + out->len, (size_t)f->size, err);
	}
	if (got > 0)
		out->len += (size_t)got;
	if (out->str)
		out->str[out->len] = '\0';
	file_free(f);
	return got < 0 ? -1 : 0;
}
