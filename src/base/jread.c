/* jread.c - typed reads from Jansson's values.
 *
 * Says what is wrong, and where: file, line and path. Keeps nothing.
 */
#include "dear/jread.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base_internal.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/file.h"

json_t *jread_parse(const char *text, size_t len, const char *file, int line, enum err_code code,
		    struct err *err)
{
	json_error_t fault;
	json_t *value = json_loadb(text, len, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);

	if (!value)
		err_set(err, code, file, line + (fault.line > 0 ? fault.line - 1 : 0),
			"not valid JSON: %s", fault.text);
	return value;
}

/* The code unit of the \uXXXX at p; -1 when none stands there. */
static int unit_at(const char *p, const char *end)
{
	static const char digits[] = "0123456789abcdefABCDEF";
	int unit = 0;

	if (end - p < 6 || p[0] != '\\' || p[1] != 'u')
		return -1;
	for (int i = 2; i < 6; i++) {
		const char *digit = memchr(digits, p[i], sizeof(digits) - 1);
		int value = digit ? (int)(digit - digits) : -1;

		if (value < 0)
			return -1;
		unit = unit * 16 + (value < 16 ? value : value - 6);
	}
	return unit;
}

static bool is_half(int unit)
{
	return unit >= 0xd800 && unit <= 0xdfff;
}

static bool is_pair(const char *p, const char *end)
{
	int first = unit_at(p, end);

	return is_half(first) && first < 0xdc00 && unit_at(p + 6, end) >= 0xdc00 &&
	       is_half(unit_at(p + 6, end));
}

size_t jread_mend(const char *json, size_t len, struct buf *out)
{
	const char *end = json + len, *p = json, *kept = json;
	size_t mended = 0;

	while (p < end && (p = memchr(p, '\\', (size_t)(end - p)))) {
		int unit = unit_at(p, end);

		if (is_pair(p, end)) {
			p += 12;
		} else if (unit == 0 || is_half(unit)) {
			buf_add(out, kept, (size_t)(p - kept));
			buf_puts(out, "\\ufffd");
			kept = p += 6;
			mended++;
		} else {
			p += end - p < 2 ? 1 : 2;
		}
	}
	if (mended)
		buf_add(out, kept, (size_t)(end - kept));
	return mended;
}

json_t *jread_file(const char *path, enum err_code code, struct err *err)
{
	static const char mark[] = "\xef\xbb\xbf";
	struct buf text = BUF_INIT;
	struct err cause = { 0 };
	json_t *value = NULL;
	size_t skip = 0;

	if (file_slurp(path, BOUND_DATA_FILE_BYTES, &text, &cause) < 0) {
		if (cause.code == ERR_INPUT)
			cause.code = code;
		err_set(err, cause.code, cause.where, cause.line, "%s", cause.msg);
		goto out;
	}
	if (text.len >= 3 && memcmp(text.str, mark, 3) == 0)
		skip = 3;
	value = jread_parse(buf_str(&text) + skip, text.len - skip, path, 1, code, err);
out:
	buf_release(&text);
	return value;
}

struct jread jread_top(json_t *value, const char *file, int line, enum err_code code)
{
	return (struct jread){ .value = value, .file = file, .line = line, .code = code };
}

static void __attribute__((format(printf, 2, 3))) add_path(struct jread *j, const char *fmt, ...)
{
	size_t len = strlen(j->path);
	va_list args;

	va_start(args, fmt);
	err_line(j->path + len, sizeof(j->path) - len, fmt, args);
	va_end(args);
}

struct jread jread_member(const struct jread *j, const char *key)
{
	struct jread member = *j;

	member.value = json_object_get(j->value, key);
	add_path(&member, "%s%s", j->path[0] != '\0' ? "." : "", key);
	return member;
}

struct jread jread_element(const struct jread *j, size_t i)
{
	struct jread element = *j;

	element.value = json_array_get(j->value, i);
	add_path(&element, "[%zu]", i);
	return element;
}

int jread_fail(const struct jread *j, struct err *err, const char *fmt, ...)
{
	char msg[sizeof(err->msg)];
	va_list args;

	va_start(args, fmt);
	err_line(msg, sizeof(msg), fmt, args);
	va_end(args);
	return err_set(err, j->code, j->file, j->line, "%s%s%s", j->path,
		       j->path[0] != '\0' ? ": " : "", msg);
}

/* 1 and the member, 0 when it is absent or null, -1 when j is no object. */
static int find(const struct jread *j, const char *key, struct jread *ret, struct err *err)
{
	if (!json_is_object(j->value))
		return jread_fail(j, err, "expected an object");
	*ret = jread_member(j, key);
	return ret->value && !json_is_null(ret->value);
}

int jread_string(const struct jread *j, const char *key, const char **ret, struct err *err)
{
	struct jread member;
	int found = find(j, key, &member, err);

	if (found <= 0)
		return found;
	if (!json_is_string(member.value))
		return jread_fail(&member, err, "expected a string");
	*ret = json_string_value(member.value);
	return 0;
}

int jread_need_string(const struct jread *j, const char *key, const char **ret, struct err *err)
{
	const char *s = NULL;

	if (jread_string(j, key, &s, err) < 0)
		return -1;
	if (!s)
		return jread_fail(j, err, "\"%s\" is missing; it must be a string", key);
	*ret = s;
	return 0;
}

int jread_real(const struct jread *j, const char *key, double *ret, struct err *err)
{
	struct jread member;
	int found = find(j, key, &member, err);

	if (found <= 0)
		return found;
	if (!json_is_number(member.value))
		return jread_fail(&member, err, "expected a number");
	*ret = json_number_value(member.value);
	return 0;
}

int jread_int(const struct jread *j, const char *key, int *ret, struct err *err)
{
	struct jread member;
	json_int_t n;
	int found = find(j, key, &member, err);

	if (found <= 0)
		return found;
	n = json_integer_value(member.value);
	if (!json_is_integer(member.value) || n < INT_MIN || n > INT_MAX)
		return jread_fail(&member, err, "expected a whole number");
	*ret = (int)n;
	return 0;
}

int jread_bool(const struct jread *j, const char *key, bool *ret, struct err *err)
{
	struct jread member;
	int found = find(j, key, &member, err);

	if (found <= 0)
		return found;
	if (!json_is_boolean(member.value))
		return jread_fail(&member, err, "expected true or false");
	*ret = json_is_true(member.value);
	return 0;
}

static int is_listed(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (strcmp(name, *names) == 0)
			return 1;
	return 0;
}

int jread_only(const struct jread *j, const char *const *names, struct err *err)
{
	const char *key;
	json_t *value;

	if (!json_is_object(j->value))
		return jread_fail(j, err, "expected an object");
	json_object_foreach(j->value, key, value) if (!is_listed(key, names)) return jread_fail(
		j, err, "\"%s\" is no name that is known here", key);
	return 0;
}
