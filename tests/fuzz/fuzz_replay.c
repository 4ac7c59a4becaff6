/* fuzz_replay.c - runs a fuzzer over the files of a folder, without libFuzzer.
 *
 * Each file is tried whole and cut at sixteen places, from memory of exactly
 * its size, so that AddressSanitizer sees a byte read too far. Prints TAP.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"

#define CUTS      16
#define MOST_READ ((size_t)64 * 1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void try_bytes(const char *bytes, size_t size)
{
	uint8_t *exact = malloc(size ? size : 1);

	if (!exact)
		abort();
	if (size > 0)
		memcpy(exact, bytes, size);
	LLVMFuzzerTestOneInput(exact, size);
	free(exact);
}

static int try_file(const char *path)
{
	struct buf bytes = BUF_INIT;
	struct err err = { 0 };
	int ret = file_slurp(path, MOST_READ, &bytes, &err);

	if (ret < 0)
		printf("# %s: %s\n", err.where, err.msg);
	for (size_t cut = 0; ret == 0 && cut < CUTS; cut++)
		try_bytes(buf_str(&bytes), bytes.len * cut / CUTS);
	if (ret == 0)
		try_bytes(buf_str(&bytes), bytes.len);
	buf_release(&bytes);
	return ret;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

int main(int argc, char **argv)
{
	struct dirent **entries = NULL;
	int count = argc == 2 ? scandir(argv[1], &entries, is_visible, alphasort) : -1;
	int failed = 0;

	if (count <= 0) {
		printf("Bail out! usage: fuzz_NAME FOLDER, with a file in it\n");
		return 1;
	}
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		struct buf path = BUF_INIT;
		int ret;

		buf_printf(&path, "%s/%s", argv[1], entries[i]->d_name);
		fflush(stdout);
		ret = try_file(path.str);
		failed |= ret;
		printf("%sok %d - %s\n", ret < 0 ? "not " : "", i + 1, entries[i]->d_name);
		buf_release(&path);
		free(entries[i]);
	}
	free(entries);
	return failed != 0;
}
