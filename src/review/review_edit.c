/* review_edit.c - the editor's own words: a new revision, which takes back what
 * was decided on the old one. An edit is never lost: one that may not be
 * approved yet is kept and waits.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/utf8.h"

#include "review_internal.h"

/* Carriage returns of any system become newlines. */
static void put_lines(struct buf *out, const char *s)
{
	for (; *s; s++) {
		if (*s != '\r')
			buf_putc(out, *s);
		else if (s[1] != '\n')
			buf_putc(out, '\n');
	}
}

/* The text as it is kept; "" when it is blank. */
static const char *clean(struct review_job *j, const char *text)
{
	static const char byte_order_mark[] = "\xef\xbb\xbf";
	struct buf valid = BUF_INIT;
	struct buf lines = BUF_INIT;
	const char *start, *kept;

	if (!strncmp(text, byte_order_mark, strlen(byte_order_mark)))
		text += strlen(byte_order_mark);
	if (utf8_clean(&valid, text, strlen(text)) > 0)
		diag_add(j->d, DIAG_BYTES_REPLACED, review_where(j),
			 "the text is not all UTF-8; look for U+FFFD in it");
	put_lines(&lines, buf_str(&valid));
	buf_trim(&lines);
	start = buf_str(&lines);
	/* Blank lines before it go, the first line's indent stays. */
	for (const char *s = start; *s == ' ' || *s == '\t' || *s == '\n'; s++)
		if (*s == '\n')
			start = s + 1;
	kept = arena_strdup(j->a, start);
	buf_release(&valid);
	buf_release(&lines);
	return kept;
}

/* Adds the revision; a decision on the text before it no longer holds. */
static int revise(struct review_job *j, const char *text)
{
	int number;

	if (review_decided(&j->item) && review_decide(j, DECISION_REOPENED, "edited", NULL) < 0)
		return -1;
	if (store_revision_add(j->r->store, j->item.id, text, j->r->actor, j->r->now, &number,
			       j->err) < 0)
		return -1;
	return review_job_reload(j) < 0 ? -1 : 0;
}

static int edit_item(struct review_job *j, const char *text, bool approve)
{
	const char *remedy;

	text = clean(j, text);
	if (!*text)
		return review_say(j, REVIEW_NO_REPLY_TEXT, "the text is empty; nothing changed");
	if (j->item.reply && !strcmp(j->item.reply, text)) {
		if (approve)
			return review_approve_item(j);
		return review_say(j, REVIEW_NOTHING, "it reads so already");
	}
	if (revise(j, text) < 0)
		return -1;
	if (approve)
		return review_approve_item(j);
	if (review_gate(j, &remedy) < 0)
		return -1;
	return review_say(j, REVIEW_DONE, "revision %d waits for approval", j->item.revision);
}

int review_edit(const struct review *r, int64_t item, const struct review_seen *seen,
		const char *text, bool approve, struct arena *a, struct review_result *ret,
		struct diags *d, struct err *err)
{
	struct review_job j = { .r = r, .a = a, .d = d, .err = err };
	int status = review_job_open(&j, item, seen);

	if (status > 0)
		status = edit_item(&j, text, approve);
	return review_job_close(&j, status, ret);
}
