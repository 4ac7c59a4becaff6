/* cmd.c - the table of commands looked up and printed. */
#include "cmd.h"

#include <string.h>

const struct command *const cmd_table[] = {
#define X(name) &cmd_##name,
	COMMANDS(X)
#undef X
		NULL
};

const struct command *cmd_find(const char *name)
{
	for (const struct command *const *c = cmd_table; *c; c++)
		if (!strcmp((*c)->name, name))
			return *c;
	return NULL;
}

void cmd_usage(const struct command *c, FILE *out)
{
	fprintf(out, "usage: dear %s [OPTION]...%s%s\n\n%s\n", c->name, *c->words ? " " : "",
		c->words, c->summary);
	if (c->options) {
		fputs("\noptions:\n", out);
		opt_help(c->options, out);
	}
	fputs("\nwith every command:\n", out);
	opt_help(cmd_global_options, out);
}

void cmd_overview(FILE *out)
{
	fputs("usage: dear COMMAND [OPTION]... [WORD]...\n\n"
	      "dear reads the comments under advice columns, finds those that still wait for an\n"
	      "answer, and drafts replies for an editor to approve.\n\ncommands:\n",
	      out);
	for (const struct command *const *c = cmd_table; *c; c++)
		fprintf(out, "  %-10s %s\n", (*c)->name, (*c)->summary);
	fputs("\nwith every command:\n", out);
	opt_help(cmd_global_options, out);
	fputs("\n`dear help COMMAND` lists the options of one; `man dear` tells it all.\n", out);
}
