/* print_filter.c - saved filters: for people as the options that made them, for
 * programs as an array.
 */
#include "dear/buf.h"
#include "dear/store.h"

#include "print_internal.h"
#include "print_value.h"

/* A column of a filter that holds words. */
struct part {
	const char *name, *value;
};
enum { PARTS = 8 };

static void list_parts(const struct store_filter *f, struct part parts[PARTS])
{
	const struct part all[PARTS] = {
		{ "status", f->status },
		{ "flag", f->flag },
		{ "reason", f->reason },
		{ "situation", f->situation },
		{ "band", f->band ? band_word(f->band) : NULL },
		{ "topic", f->topic },
		{ "author", f->author },
		{ "search", f->search },
	};

	for (size_t i = 0; i < PARTS; i++)
		parts[i] = all[i];
}

static void put_line(struct buf *b, const struct store_saved *s)
{
	struct part parts[PARTS];

	list_parts(&s->filter, parts);
	words_cell(b, s->name, 20);
	for (size_t i = 0; i < PARTS; i++) {
		if (!parts[i].value)
			continue;
		buf_printf(b, "  --%s ", parts[i].name);
		words_line(b, parts[i].value, 40);
	}
	if (s->filter.thread)
		buf_printf(b, "  --thread %lld", (long long)s->filter.thread);
	if (s->filter.since != INT64_MIN) {
		buf_puts(b, "  --since ");
		words_time(b, s->filter.since);
	}
	buf_puts(b, "  (");
	words_line(b, s->actor, 40);
	buf_puts(b, ")\n");
}

void text_filters(struct out *o, const struct store_saved *list, size_t count)
{
	struct buf b = BUF_INIT;

	for (size_t i = 0; i < count; i++)
		put_line(&b, &list[i]);
	out_write(o, &b);
	buf_release(&b);
}

void json_filters(struct out *o, const struct store_saved *list, size_t count)
{
	struct part parts[PARTS];
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '[');
	for (size_t i = 0; i < count; i++) {
		const struct store_filter *f = &list[i].filter;

		list_parts(f, parts);
		value_open(&b, NULL, '{');
		value_string(&b, "name", list[i].name);
		for (size_t k = 0; k < PARTS; k++)
			value_string(&b, parts[k].name, parts[k].value);
		if (f->thread)
			value_int(&b, "thread", f->thread);
		else
			value_null(&b, "thread");
		if (f->since != INT64_MIN)
			value_time(&b, "since", f->since);
		else
			value_null(&b, "since");
		value_string(&b, "saved_by", list[i].actor);
		value_time(&b, "saved_at", list[i].at);
		value_close(&b, '}');
	}
	value_close(&b, ']');
	buf_putc(&b, '\n');
	out_write(o, &b);
	buf_release(&b);
}
