/* cmd_evaluate.h - what the files of dear evaluate share. */
#ifndef DEAR_CLI_CMD_EVALUATE_H
#define DEAR_CLI_CMD_EVALUATE_H

#include "cmd.h"

/* Compares two results named by the words of the command line. */
int cmd_evaluate_compare(struct app *app, struct err *err);

#endif
