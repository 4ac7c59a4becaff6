/* cmd_text.c - a comment typed or in a file, for the commands that look at one
 * without a store.
 */
#include <string.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/utf8.h"

#include "cmd.h"

bool cmd_is_id(const char *word)
{
	return *word && strspn(word, "0123456789") == strlen(word);
}

int cmd_topic(const struct app *app, const char *topic, struct err *err)
{
	if (topic && !rules_has_topic(app->rules, topic))
		return err_set(err, ERR_USAGE, NULL, 0, "the rules know no topic '%s'", topic);
	return 0;
}

int cmd_text(struct app *app, const char *text, const char *topic, struct buf *buf,
	     struct classify_request *req, struct err *err)
{
	const char *path = app->words.count ? app->words.items[0] : "-";
	struct buf raw = BUF_INIT;
	int rc = cmd_topic(app, topic, err);

	if (rc == 0 && text)
		buf_puts(&raw, text);
	else if (rc == 0)
		rc = file_slurp(path, BOUND_COMMENT_BYTES, &raw, err);
	if (rc == 0 && utf8_clean(buf, buf_str(&raw), raw.len))
		diag_add(&app->diags, DIAG_BYTES_REPLACED, text ? "--text" : path,
			 "is not all UTF-8; what is not shows as U+FFFD");
	*req = (struct classify_request){
		.text = buf_str(buf), .len = buf->len, .topic = topic, .utc = INT64_MIN
	};
	buf_release(&raw);
	return rc;
}
