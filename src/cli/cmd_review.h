/* cmd_review.h - the desk by plain prompts, for where no screen can be drawn:
 * each item printed, a key asked for by name, a line read.
 */
#ifndef DEAR_CLI_CMD_REVIEW_H
#define DEAR_CLI_CMD_REVIEW_H

#include "dear/tui.h"

struct app;

struct plain {
	struct tui_face face;
	struct app *app;
	int64_t shown_id; /* what was printed last */
	unsigned shown_turn;
};
void plain_open(struct plain *p, struct app *app);
void plain_close(struct plain *p);

#endif
