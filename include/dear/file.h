/* file.h - files read at any place, and files written all or not at all.
 *
 * A struct file is a source of known size that can be read at any offset; a
 * pipe or "-" is first copied to an unlinked temporary file (mode 0600), so
 * every reader above may look back. Belongs to its opener: file_free.
 */
#ifndef DEAR_FILE_H
#define DEAR_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

struct buf;
struct err;
struct file;

/* NULL with ERR_IO when it can't be read (a folder, missing, no permission). */
struct file *file_open(const char *path, struct err *err);
const char *file_name(const struct file *f); /* "standard input" for "-" */
int64_t file_size(const struct file *f);
/* Reads up to n bytes at offset; 0 at the end, -1 with *err set. */
ssize_t file_read_at(struct file *f, int64_t offset, void *bytes, size_t n, struct err *err);
/* When f is a gzip archive, it is from now on what the archive holds, kept in an
 * unlinked temporary file: 1; anything else stays as it is: 0. -1 with ERR_INPUT
 * for an archive that is damaged, cut off or too large inside. */
int file_unpack(struct file *f, struct err *err);
void file_free(struct file *f);

/* The files of a folder and of the folders in it, sorted by their bytes; what is
 * hidden, linked folders, and what is no ordinary file are left out. */
struct file_list {
	char **paths;
	size_t count, size;
};
bool file_is_folder(const char *path);
int file_list_folder(const char *path, struct file_list *ret, struct err *err);
void file_list_release(struct file_list *list);

/* The whole of a small file, at most max bytes, appended to out. */
int file_slurp(const char *path, size_t max, struct buf *out, struct err *err);

/* A file that appears under its name only when complete: written beside it,
 * mode 0600, flushed to disk and renamed by file_out_commit. path "-" or NULL
 * writes to standard output. file_out_free without commit leaves no trace. */
struct file_out;
struct file_out *file_out_open(const char *path, struct err *err);
FILE *file_out_stream(struct file_out *f);
int file_out_commit(struct file_out *f, struct err *err);
void file_out_free(struct file_out *f);

#endif
