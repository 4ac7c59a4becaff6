/* cmd_classify_line.c - one line of `dear classify`: read, judged, answered.
 *
 * A line that cmd_classify_plain.c won't read goes to Jansson. An id is copied
 * as it stands, also where Jansson could not hold it (a number of thirty
 * digits): its bytes are found first, and Jansson is given the line with a 0
 * in their place.
 */
#include <string.h>

#include <jansson.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/classify.h"
#include "dear/input.h"
#include "dear/jread.h"
#include "dear/situation.h"
#include "dear/thread.h"
#include "dear/utf8.h"

#include "cmd_classify.h"
#include "print_value.h"

static void refuse(struct filter_line *l, const char *why)
{
	buf_clear(&l->complaint);
	buf_printf(&l->complaint, "warning: %s; left out [line-skipped]", why);
}

static void warn(struct filter_line *l, const char *what, const char *name)
{
	if (l->complaint.len)
		return;
	buf_printf(&l->complaint, "warning: %s [%s]", what, name);
}

/* Moves the id's bytes to id and puts a number that Jansson can read there. */
static bool take_id(struct filter_line *l, char *line, struct buf *id)
{
	size_t start, len;

	if (!filter_find_id(line, &start, &len)) {
		refuse(l, "no object with an \"id\" that is a string or a number");
		return false;
	}
	buf_add(id, line + start, len);
	memset(line + start, ' ', len);
	line[start] = '0';
	return true;
}

static struct filter_string get_string(json_t *object, const char *key)
{
	json_t *value = json_object_get(object, key);

	return (struct filter_string){ json_string_value(value), json_string_length(value) };
}

static void get_fields(json_t *object, struct filter_fields *ret)
{
	json_t *date = json_object_get(object, "date");

	ret->text = get_string(object, "text");
	ret->html = get_string(object, "html");
	ret->author = get_string(object, "author");
	ret->topic = get_string(object, "topic");
	ret->date = get_string(object, "date");
	ret->has_seconds = json_is_real(date);
	ret->seconds = json_real_value(date);
	ret->odd_date = date && !json_is_null(date) && !json_is_string(date) && !ret->has_seconds;
}

static int64_t get_date(struct filter_line *l, const struct filter_fields *f)
{
	bool tz_known;
	int64_t utc;

	if (f->has_seconds && f->seconds > -1e12 && f->seconds < 1e12)
		return (int64_t)f->seconds;
	if (f->date.str && comment_date_parse(f->date.str, false, &utc, &tz_known))
		return utc;
	if (f->odd_date || f->has_seconds || f->date.str)
		warn(l, "its \"date\" can't be read", "date-unreadable");
	return INT64_MIN;
}

static const char *get_topic(struct filter_line *l, const struct filter_fields *f,
			     const struct rules *rules, const char *topic)
{
	if (!f->topic.str)
		return topic;
	if (rules_has_topic(rules, f->topic.str))
		return f->topic.str;
	warn(l, "the rules know no such \"topic\"", "field-unreadable");
	return topic;
}

static void answer(struct filter_line *l, const struct filter_fields *f, const struct rules *rules,
		   const char *topic, struct arena *a)
{
	struct classification found = { 0 };
	struct buf text = BUF_INIT;
	bool html = !f->text.str;

	if (html && !f->html.str) {
		refuse(l, "no \"text\" or \"html\"");
		return;
	}
	if (html)
		input_html_text(f->html.str, f->html.len, &text);
	const struct classify_request req = {
		.text = html ? buf_str(&text) : f->text.str,
		.len = html ? text.len : f->text.len,
		.author = f->author.str,
		.topic = get_topic(l, f, rules, topic),
		.utc = get_date(l, f),
	};
	classify(rules, &req, a, &found);
	value_open(&l->out, NULL, '{');
	value_key(&l->out, "id");
	buf_add(&l->out, f->id.str, f->id.len);
	value_string(&l->out, "topic", found.topic);
	value_situations(&l->out, &found, true);
	value_facts(&l->out, &found);
	value_bool(&l->out, "unsure", found.unsure);
	if (html)
		value_string(&l->out, "text", req.text);
	value_close(&l->out, '}');
	buf_putc(&l->out, '\n');
	buf_release(&text);
}

/* line: NUL-terminated, valid UTF-8. */
static void judge_unusual(struct filter_line *l, char *line, size_t len, const struct rules *rules,
			  const char *topic, struct arena *a)
{
	const size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL;
	struct buf id = BUF_INIT, mended = BUF_INIT, why = BUF_INIT;
	json_error_t error;
	json_t *object;

	if (take_id(l, line, &id)) {
		if (jread_mend(line, len, &mended)) {
			line = mended.str;
			len = mended.len;
			warn(l, "escapes that are no character became U+FFFD", "bytes-replaced");
		}
		object = json_loadb(line, len, flags, &error);
		if (json_is_object(object)) {
			struct filter_fields f = { .id = { buf_str(&id), id.len } };

			get_fields(object, &f);
			answer(l, &f, rules, topic, a);
		} else {
			buf_printf(&why, "not JSON: %s", error.text);
			refuse(l, buf_str(&why));
		}
		json_decref(object);
	}
	buf_release(&why);
	buf_release(&mended);
	buf_release(&id);
}

static void judge(struct filter_line *l, char *line, size_t len, const struct rules *rules,
		  const char *topic, struct arena *a)
{
	struct filter_fields f;

	if (filter_plain_read(line, len, &f))
		answer(l, &f, rules, topic, a);
	else
		judge_unusual(l, line, len, rules, topic, a);
}

void filter_line_judge(struct filter_line *l, const struct rules *rules, const char *topic,
		       struct arena *a)
{
	struct buf clean = BUF_INIT;

	if (l->too_long) {
		refuse(l, "longer than a line may be (8 MB)");
		return;
	}
	if (utf8_valid(l->text, l->len)) {
		judge(l, l->text, l->len, rules, topic, a);
		return;
	}
	utf8_clean(&clean, l->text, l->len);
	warn(l, "not all UTF-8; what is not became U+FFFD", "bytes-replaced");
	judge(l, clean.str, clean.len, rules, topic, a);
	buf_release(&clean);
}
