/* cmd_dump.c - dear dump: the editor's own work as text. */
#include "dear/err.h"
#include "dear/file.h"

#include "cmd.h"

struct dump_args {
	const char *output;
};

static const struct opt options[] = {
	{ "output", OPT_TEXT, offsetof(struct dump_args, output), "FILE|-",
	  "written whole or not at all; - is stdout" },
	{ 0 },
};

static int run(struct app *app, void *args, struct err *err)
{
	const struct dump_args *a = args;
	struct file_out *out = file_out_open(a->output, err);
	int status = -1;

	if (out && store_dump(app->store, file_out_stream(out), err) == 0 &&
	    file_out_commit(out, err) == 0)
		status = 0;
	file_out_free(out);
	return status;
}

const struct command cmd_dump = {
	.name = "dump",
	.words = "",
	.summary = "write the editor's own work as text, to keep or to restore",
	.needs = CMD_STORE_READ,
	.options = options,
	.args_size = sizeof(struct dump_args),
	.run = run,
};
