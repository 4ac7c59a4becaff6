/* file_folder.c - the files below a folder, in an order that does not depend on
 * the machine. Hidden entries, links to folders and what is no ordinary file
 * are left out.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/mem.h"

static int walk(const char *folder, int depth, struct file_list *ret, struct err *err);

bool file_is_folder(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static void add(struct file_list *list, const char *path)
{
	list->paths = mem_grow(list->paths, &list->size, list->count + 1, sizeof(*list->paths));
	list->paths[list->count++] = mem_strdup(path);
}

static int take_entry(const char *path, int depth, struct file_list *ret, struct err *err)
{
	struct stat link, st;

	if (lstat(path, &link) < 0 || stat(path, &st) < 0)
		return 0; /* gone, or a link to nothing */
	if (S_ISREG(st.st_mode))
		add(ret, path);
	else if (S_ISDIR(link.st_mode))
		return walk(path, depth + 1, ret, err);
	return 0;
}

static int walk(const char *folder, int depth, struct file_list *ret, struct err *err)
{
	const struct dirent *entry;
	DIR *dir = opendir(folder);
	int status = 0;

	if (!dir)
		return err_set(err, ERR_IO, folder, 0, "can't be opened: %s", strerror(errno));
	if (depth > BOUND_FOLDER_DEPTH)
		status = err_set(err, ERR_INPUT, folder, 0,
				 "more than %d folders inside each other", BOUND_FOLDER_DEPTH);
	while (status == 0 && (entry = readdir(dir))) {
		const char *slash = folder[strlen(folder) - 1] == '/' ? "" : "/";
		struct buf path = BUF_INIT;

		if (entry->d_name[0] == '.')
			continue;
		buf_printf(&path, "%s%s%s", folder, slash, entry->d_name);
		status = take_entry(buf_str(&path), depth, ret, err);
		buf_release(&path);
	}
	closedir(dir);
	return status;
}

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

int file_list_folder(const char *path, struct file_list *ret, struct err *err)
{
	struct file_list list = { 0 };

	if (walk(path, 1, &list, err) < 0) {
		file_list_release(&list);
		return -1;
	}
	if (list.count)
		qsort(list.paths, list.count, sizeof(*list.paths), by_bytes);
	*ret = list;
	return 0;
}

void file_list_release(struct file_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->paths[i]);
	free(list->paths);
	*list = (struct file_list){ 0 };
}
