/* cmd_evaluate_compare.c - dear evaluate --compare: what changed between two
 * results of `dear evaluate --json --errors`: each label's F1, and which posts
 * were put right or spoilt.
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"

#include "cmd_evaluate.h"
#include "print.h"

/* "id name" of every miss, as the keys of an object. */
static json_t *misses_of(const json_t *result)
{
	json_t *set = json_object();
	const json_t *list = json_object_get(result, "errors");
	struct buf key = BUF_INIT;

	for (size_t i = 0; i < json_array_size(list); i++) {
		const json_t *one = json_array_get(list, i);
		const char *id = json_string_value(json_object_get(one, "id"));
		const char *name = json_string_value(json_object_get(one, "name"));

		if (!id || !name)
			continue;
		buf_clear(&key);
		buf_printf(&key, "%s %s", id, name);
		json_object_set_new(set, buf_str(&key), json_true());
	}
	buf_release(&key);
	return set;
}

/* What of a is not in b. */
static void without(json_t *a, const json_t *b, struct buf *ret, size_t *ret_count)
{
	const char *key;
	json_t *value;

	json_object_foreach(a, key, value)
	{
		(void)value;
		if (json_object_get(b, key))
			continue;
		buf_printf(ret, "  %s\n", key);
		++*ret_count;
	}
}

static const json_t *row_of(const json_t *rows, const char *name)
{
	for (size_t i = 0; i < json_array_size(rows); i++) {
		const json_t *row = json_array_get(rows, i);
		const char *one = json_string_value(json_object_get(row, "name"));

		if (one && !strcmp(one, name))
			return row;
	}
	return NULL;
}

static double f1_of(const json_t *row)
{
	return row ? json_number_value(json_object_get(row, "f1")) : 0;
}

static void put_rows(const json_t *a, const json_t *b, const char *key, struct buf *out)
{
	const json_t *before = json_object_get(a, key), *after = json_object_get(b, key);

	for (size_t i = 0; i < json_array_size(after); i++) {
		const json_t *row = json_array_get(after, i);
		const char *name = json_string_value(json_object_get(row, "name"));
		double from = name ? f1_of(row_of(before, name)) : 0, to = f1_of(row);

		if (name)
			buf_printf(out, "%-26s %9.3f %9.3f %+9.3f\n", name, from, to, to - from);
	}
}

static json_t *read_result(const char *path, struct err *err)
{
	json_t *result = jread_file(path, ERR_INPUT, err);

	if (!result || json_object_get(result, "macro_f1"))
		return result;
	err_set(err, ERR_INPUT, path, 0, "is no result of `dear evaluate --json`");
	json_decref(result);
	return NULL;
}

int cmd_evaluate_compare(struct app *app, struct err *err)
{
	json_t *a = read_result(app->words.items[0], err);
	json_t *b = a ? read_result(app->words.items[1], err) : NULL;
	struct buf out = BUF_INIT, mended = BUF_INIT, spoilt = BUF_INIT;
	size_t mended_count = 0, spoilt_count = 0;

	if (b) {
		json_t *missed_a = misses_of(a), *missed_b = misses_of(b);
		double from = json_number_value(json_object_get(a, "macro_f1"));
		double to = json_number_value(json_object_get(b, "macro_f1"));

		buf_printf(&out, "%-26s %9s %9s %9s\n", "F1", "before", "after", "change");
		put_rows(a, b, "labels", &out);
		buf_printf(&out, "%-26s %9.3f %9.3f %+9.3f\n", "macro", from, to, to - from);
		put_rows(a, b, "facts", &out);
		without(missed_a, missed_b, &mended, &mended_count);
		without(missed_b, missed_a, &spoilt, &spoilt_count);
		buf_printf(&out, "\nput right: %zu\n%sspoilt: %zu\n%s", mended_count,
			   buf_str(&mended), spoilt_count, buf_str(&spoilt));
		out_write(&app->out, &out);
		json_decref(missed_a);
		json_decref(missed_b);
	}
	json_decref(a);
	json_decref(b);
	buf_release(&out);
	buf_release(&mended);
	buf_release(&spoilt);
	return b ? 0 : -1;
}
