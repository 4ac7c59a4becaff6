/* cases.c - runs a folder of cases, one TAP line each. */
#include "cases.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"

#define NAME_BYTES 80

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

/* One line, no "#". */
static void put_name(struct buf *b, const char *text)
{
	for (size_t i = 0; text[i] && i < NAME_BYTES; i++)
		buf_putc(b, text[i] == '#' || (unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

void cases_tell(struct cases_tally *t, const char *text, const struct buf *said)
{
	struct buf name = BUF_INIT;

	put_name(&name, text);
	printf("%s%sok %zu - %s\n", buf_str(said), said->len ? "not " : "", ++t->done,
	       buf_str(&name));
	t->failed += said->len > 0;
	buf_release(&name);
}

static int is_json(const struct dirent *entry)
{
	size_t n = strlen(entry->d_name);

	return n > 5 && !strcmp(entry->d_name + n - 5, ".json");
}

static void add_cases(json_t *all, json_t *root)
{
	json_t *cases = json_incref(json_object_get(root, "cases"));
	json_t *one;
	size_t i;

	json_object_del(root, "cases");
	json_array_foreach(cases, i, one)
	{
		json_object_update_missing(one, root);
	}
	json_array_extend(all, cases);
	json_decref(cases);
}

json_t *cases_read(const char *folder)
{
	struct dirent **entries = NULL;
	int count = scandir(folder, &entries, is_json, alphasort);
	json_t *all = json_array();
	struct err err = { 0 };

	for (int i = 0; i < count; i++) {
		struct buf path = BUF_INIT;

		buf_printf(&path, "%s/%s", folder, entries[i]->d_name);
		json_t *root = jread_file(buf_str(&path), ERR_INPUT, &err);
		add_cases(all, root);
		json_decref(root);
		buf_release(&path);
		free(entries[i]);
	}
	free(entries);
	if (err.code == ERR_NONE)
		return all;
	printf("Bail out! %s:%d: %s\n", err.where, err.line, err.msg);
	json_decref(all);
	return NULL;
}
