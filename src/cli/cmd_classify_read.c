/* cmd_classify_read.c - bytes to lines, as they come. A filter in a pipe
 * answers what it was given before it asks for more, so nothing here waits for
 * a buffer to fill.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/mem.h"

#include "cmd_classify.h"

enum { READ_BYTES = 256 * 1024 };

static struct filter_line *add_line(struct filter_source *s)
{
	size_t had = s->line_size;
	struct filter_line *l;

	s->lines = mem_grow(s->lines, &s->line_size, s->count + 1, sizeof(*s->lines));
	memset(s->lines + had, 0, (s->line_size - had) * sizeof(*s->lines));
	l = &s->lines[s->count++];
	l->number = ++s->number;
	l->too_long = false;
	buf_clear(&l->out);
	buf_clear(&l->complaint);
	return l;
}

static bool is_blank(const char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r')
			return false;
	return true;
}

/* The line [start, end) of the bytes. */
static void take_line(struct filter_source *s, size_t start, size_t end)
{
	struct filter_line *l;

	if (s->dropping) {
		s->dropping = false;
		return;
	}
	if (s->number == 0 && end - start >= 3 && !memcmp(s->bytes + start, "\xef\xbb\xbf", 3))
		start += 3;
	if (is_blank(s->bytes + start, end - start)) {
		s->number++;
		return;
	}
	s->bytes[end] = '\0';
	l = add_line(s);
	l->text = s->bytes + start;
	l->len = end - start;
}

/* All whole lines; at the end also one that no newline ends. */
static void take_lines(struct filter_source *s)
{
	char *newline;

	s->count = 0;
	while (s->done < s->len && (newline = memchr(s->bytes + s->done, '\n', s->len - s->done))) {
		size_t end = (size_t)(newline - s->bytes);

		take_line(s, s->done, end);
		s->done = end + 1;
	}
	if (s->ended && s->done < s->len) {
		take_line(s, s->done, s->len);
		s->done = s->len;
	}
	if (!s->dropping && s->len - s->done > BOUND_JSON_VALUE_BYTES) {
		add_line(s)->too_long = true;
		s->dropping = true;
	}
	if (s->dropping)
		s->done = s->len;
}

int filter_source_read(struct filter_source *s, struct err *err)
{
	ssize_t n;

	if (s->ended)
		return 0;
	if (s->len > s->done)
		memmove(s->bytes, s->bytes + s->done, s->len - s->done);
	s->len -= s->done;
	s->done = 0;
	s->bytes = mem_grow(s->bytes, &s->size, s->len + READ_BYTES + 1, 1);
	do
		n = read(s->fd, s->bytes + s->len, READ_BYTES);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(err, ERR_IO, s->name, 0, "can't be read: %s", strerror(errno));
	s->ended = n == 0;
	s->len += (size_t)n;
	take_lines(s);
	return 1;
}

void filter_source_release(struct filter_source *s)
{
	for (size_t i = 0; i < s->line_size; i++) {
		buf_release(&s->lines[i].out);
		buf_release(&s->lines[i].complaint);
	}
	free(s->lines);
	free(s->bytes);
}
