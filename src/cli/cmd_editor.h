/* cmd_editor.h - a text through the editor's own editor ($VISUAL, $EDITOR, else
 * vi), in a temporary file of mode 0600.
 */
#ifndef DEAR_CLI_CMD_EDITOR_H
#define DEAR_CLI_CMD_EDITOR_H

struct buf;
struct err;

/* Starts zeroed; ends in editor_close, which removes the file unless it was
 * kept. */
struct editor {
	char *path;
	int kept;
};

/* Shows before, with the comment under a line that says to leave it alone; the
 * text above that line is appended to ret. -1 with ERR_IO when no editor runs
 * or it fails: the file is kept then and named. */
int editor_run(struct editor *e, const char *before, const char *author, const char *comment,
	       struct buf *ret, struct err *err);
/* Keeps the file and says where; or tells the caller, who says it. */
void editor_keep(struct editor *e);
const char *editor_hold(struct editor *e);
void editor_close(struct editor *e);

#endif
