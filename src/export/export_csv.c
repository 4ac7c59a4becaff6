/* export_csv.c - csv, for spreadsheets: RFC 4180, a header row, CRLF. A comment
 * is somebody's text and must not become a formula of the editor's.
 */
#include <stdbool.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/store.h"
#include "dear/utf8.h"

#include "export_internal.h"

/* What spreadsheets take for the beginning of a formula, the full-width forms
 * too (Excel reads them so in East Asian settings). */
static bool begins_formula(const char *text)
{
	uint32_t cp = 0;

	if (!*text)
		return false;
	utf8_decode(text, strlen(text), &cp);
	return (cp < 0x80 && strchr("=+-@\t\r\n", (int)cp)) || cp == 0xff1d || cp == 0xff0b ||
	       cp == 0xff0d || cp == 0xff20;
}

void export_csv_cell(struct buf *out, const char *text)
{
	struct buf clean = BUF_INIT;
	const char *s;
	bool quoted;

	if (begins_formula(text))
		buf_putc(&clean, '\'');
	utf8_put_terminal(&clean, text, strlen(text));
	s = buf_str(&clean);
	quoted = s[strcspn(s, ",\"\r\n")] || *s == ' ' || (clean.len && s[clean.len - 1] == ' ');
	if (quoted)
		buf_putc(out, '"');
	for (; *s; s++) {
		if (*s == '"')
			buf_putc(out, '"');
		buf_putc(out, *s);
	}
	if (quoted)
		buf_putc(out, '"');
	buf_release(&clean);
}

static void csv_begin(struct buf *out)
{
	buf_puts(out, "id,thread,thread_url,in_reply_to,author,comment,reply,approved_by,"
		      "approved_at\r\n");
}

static void csv_reply(struct buf *out, const struct export_reply *r)
{
	const struct item *it = r->item;
	const char *const cells[] = { it->thread_url, it->comment_id, it->author,    it->comment,
				      it->reply,      it->decided_by, r->approved_at };

	buf_printf(out, "%lld,%lld", (long long)it->id, (long long)it->thread);
	for (size_t i = 0; i < sizeof(cells) / sizeof(*cells); i++) {
		buf_putc(out, ',');
		export_csv_cell(out, export_or(cells[i], ""));
	}
	buf_puts(out, "\r\n");
}

const struct export_writer export_csv = { .begin = csv_begin, .reply = csv_reply };
