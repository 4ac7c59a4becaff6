/* app_find.c - where data/ and responses/ are: as given, else beside the
 * program's source tree (it runs from a build folder in it), else the source
 * tree it was compiled from, else where it was installed.
 */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "cmd.h"

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* The folder above the one the program stands in: build/dear belongs to the
 * tree over build. "" when it can't be told. */
static void program_tree(struct buf *out)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	if (len <= 0)
		return;
	path[len] = '\0';
	for (int up = 0; up < 2; up++) {
		char *slash = strrchr(path, '/');

		if (!slash)
			return;
		*slash = '\0';
	}
	buf_puts(out, path);
}

/* A tree is taken only whole: a stray "data" beside ~/bin/dear is not ours. */
static bool in_tree(const char *tree, const char *name, struct buf *out)
{
	const char *const both[] = { "data/situations", "responses", name };

	for (size_t i = 0; i < 3; i++) {
		buf_clear(out);
		buf_printf(out, "%s/%s", tree, both[i]);
		if (!is_folder(buf_str(out)))
			return false;
	}
	return true;
}

char *app_find_folder(const char *given, const char *name, const char *option, struct err *err)
{
	struct buf tree = BUF_INIT, path = BUF_INIT;
	bool found;

	if (given) {
		if (is_folder(given))
			return mem_strdup(given);
		err_set(err, ERR_RULES, given, 0, "there is no such folder; name it with %s DIR",
			option);
		return NULL;
	}
	program_tree(&tree);
	found = in_tree(buf_str(&tree), name, &path) || in_tree(DEAR_SOURCEDIR, name, &path) ||
		in_tree(DEAR_DATADIR, name, &path);
	buf_release(&tree);
	if (found)
		return buf_detach(&path);
	buf_release(&path);
	err_set(err, ERR_RULES, NULL, 0, "can't find the folder %s; name it with %s DIR", name,
		option);
	return NULL;
}
