/* export_json.c - json and ndjson: the shape a program takes back. One object a
 * line in both, so that two exports can be compared line by line.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/mem.h"
#include "dear/store.h"
#include "dear/utf8.h"

#include "export_internal.h"

static json_t *text_or_null(const char *s)
{
	return s ? json_string(s) : json_null();
}

static json_t *object(const struct export_reply *r)
{
	const struct item *it = r->item;

	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:s}", /* keys in this order */
			 "id", (json_int_t)it->id, "thread", (json_int_t)it->thread, "thread_url",
			 text_or_null(it->thread_url), "in_reply_to", text_or_null(it->comment_id),
			 "author", text_or_null(it->author), "comment", text_or_null(it->comment),
			 "reply", text_or_null(it->reply), "approved_by",
			 text_or_null(it->decided_by), "approved_at", r->approved_at);
}

static void put_value(struct buf *out, json_t *value)
{
	char *line = value ? json_dumps(value, JSON_ENCODE_ANY) : NULL;

	if (!line)
		mem_die();
	utf8_put_json(out, line, strlen(line));
	free(line);
	json_decref(value);
}

static void put_object(struct buf *out, const struct export_reply *r)
{
	put_value(out, object(r));
}

void export_json_string(struct buf *out, const char *s)
{
	put_value(out, json_string(s));
}

static void json_begin(struct buf *out)
{
	buf_puts(out, "[");
}

static void json_reply(struct buf *out, const struct export_reply *r)
{
	buf_puts(out, r->number == 1 ? "\n" : ",\n");
	put_object(out, r);
}

static void json_end(struct buf *out, uint64_t count)
{
	buf_puts(out, count > 0 ? "\n]\n" : "]\n");
}

static void ndjson_reply(struct buf *out, const struct export_reply *r)
{
	put_object(out, r);
	buf_puts(out, "\n");
}

const struct export_writer export_json = { .begin = json_begin,
					   .reply = json_reply,
					   .end = json_end };
const struct export_writer export_ndjson = { .reply = ndjson_reply };
