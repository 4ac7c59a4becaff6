/* cases.c - runs a folder of cases, one TAP line each. */
#include "cases.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

/* What went wrong, as comment lines of TAP. */
static void print_said(const char *said)
{
	while (*said) {
		int n = (int)strcspn(said, "\n");

		printf("# %.*s\n", n, said);
		said += n;
		said += *said == '\n';
	}
}

int cases_run_all(const char *folder, case_run *run)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_visible, alphasort);
	bool failed = false;

	if (count <= 0) {
		printf("Bail out! no cases in %s\n", folder);
		return 1;
	}
	printf("1..%d\n", count);
	for (int i = 0; i < count; i++) {
		struct buf path = BUF_INIT, said = BUF_INIT;
		bool good;

		buf_printf(&path, "%s/%s", folder, entries[i]->d_name);
		good = run(buf_str(&path), &said);
		failed |= !good;
		print_said(buf_str(&said));
		printf("%sok %d - %s\n", good ? "" : "not ", i + 1, entries[i]->d_name);
		fflush(stdout);
		buf_release(&path);
		buf_release(&said);
		free(entries[i]);
	}
	free(entries);
	return failed;
}
