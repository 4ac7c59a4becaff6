/* file_gzip.c - a gzip archive is replaced by what is in it, so that readers
 * may look back in it as in any other file.
 */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"

#include "base_internal.h"

#define PIECE ((size_t)64 * 1024)

struct unpack {
	struct file *file;
	z_stream z;
	int64_t at, made; /* bytes read and written */
	int fd;
	bool ended; /* the last member is complete */
	unsigned char in[PIECE], out[PIECE];
};

static int damaged(const struct unpack *u, const char *why, struct err *err)
{
	return err_set(err, ERR_INPUT, file_name(u->file), 0, "a gzip archive that is %s", why);
}

static int put(struct unpack *u, struct err *err)
{
	size_t n = PIECE - u->z.avail_out;

	u->made += (int64_t)n;
	if (u->made > BOUND_UNPACKED_BYTES)
		return err_set(err, ERR_INPUT, file_name(u->file), 0,
			       "unpacks to more than %lld bytes; unpack and cut it up first",
			       BOUND_UNPACKED_BYTES);
	if (file_write_full(u->fd, (const char *)u->out, n) < 0)
		return err_set(err, ERR_IO, file_temp_folder(), 0,
			       "can't keep what was unpacked there: %s", strerror(errno));
	return 0;
}

/* Zeros may follow the last member. */
static void pass_zeros(struct unpack *u)
{
	while (u->z.avail_in && *u->z.next_in == 0) {
		u->z.next_in++;
		u->z.avail_in--;
	}
}

static int inflate_once(struct unpack *u, struct err *err)
{
	int status;

	u->z.next_out = u->out;
	u->z.avail_out = PIECE;
	status = inflate(&u->z, Z_NO_FLUSH);
	if (status == Z_MEM_ERROR)
		mem_die();
	if (status != Z_OK && status != Z_STREAM_END && status != Z_BUF_ERROR)
		return damaged(u, "damaged", err);
	u->ended = status == Z_STREAM_END;
	return put(u, err);
}

/* All that the piece read last makes; another member may begin in it. */
static int unpack_piece(struct unpack *u, struct err *err)
{
	bool full = false; /* there is more than the output took */

	while (u->z.avail_in || full) {
		if (u->ended) {
			pass_zeros(u);
			if (!u->z.avail_in)
				break;
			if (inflateReset(&u->z) != Z_OK)
				mem_die();
		}
		if (inflate_once(u, err) < 0)
			return -1;
		full = u->z.avail_out == 0 && !u->ended;
	}
	return 0;
}

static int unpack_all(struct unpack *u, struct err *err)
{
	ssize_t n;

	while ((n = file_read_at(u->file, u->at, u->in, PIECE, err)) > 0) {
		u->at += n;
		u->z.next_in = u->in;
		u->z.avail_in = (unsigned)n;
		if (unpack_piece(u, err) < 0)
			return -1;
	}
	if (n == 0 && !u->ended)
		return damaged(u, "cut off", err);
	return (int)n;
}

int file_unpack(struct file *f, struct err *err)
{
	unsigned char magic[2];
	struct unpack *u;
	ssize_t n = file_read_at(f, 0, magic, sizeof(magic), err);
	int status;

	if (n < 2 || magic[0] != 0x1f || magic[1] != 0x8b)
		return n < 0 ? -1 : 0;
	u = mem_alloc(sizeof(*u));
	u->file = f;
	u->fd = file_open_unlinked(err);
	if (u->fd < 0) {
		free(u);
		return -1;
	}
	if (inflateInit2(&u->z, 16 + MAX_WBITS) != Z_OK)
		mem_die();
	status = unpack_all(u, err);
	inflateEnd(&u->z);
	if (status < 0)
		close(u->fd);
	else
		file_replace(f, u->fd, u->made);
	free(u);
	return status < 0 ? -1 : 1;
}
