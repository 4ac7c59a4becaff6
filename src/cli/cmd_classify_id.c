/* cmd_classify_id.c - the id of a line, as its bytes: Jansson would change a
 * number's spelling and can't hold a long one.
 */
#include <jansson.h>
#include <string.h>

#include "cmd_classify.h"

static size_t skip_blanks(const char *s, size_t i)
{
	return i + strspn(s + i, " \t\r\n");
}

/* Past the string that begins at i; to the end of an unfinished one. */
static size_t skip_string(const char *s, size_t i)
{
	for (i++; s[i] && s[i] != '"'; i++)
		if (s[i] == '\\' && s[i + 1])
			i++;
	return s[i] ? i + 1 : i;
}

/* Past any value. Only brackets and strings are looked at: whether it is JSON
 * at all, Jansson says afterwards. */
static size_t skip_value(const char *s, size_t i)
{
	size_t depth = 0;

	for (; s[i]; i++) {
		if (s[i] == '"') {
			i = skip_string(s, i) - 1;
		} else if (s[i] == '{' || s[i] == '[') {
			depth++;
		} else if (s[i] == '}' || s[i] == ']') {
			if (!depth--)
				return i;
		} else if (s[i] == ',' && !depth) {
			return i;
		}
	}
	return i;
}

/* The value of the member "id" at the top of an object; false when none. */
static bool find_member(const char *s, size_t *ret_start, size_t *ret_end)
{
	size_t i = skip_blanks(s, 0), key, start;

	if (s[i] != '{')
		return false;
	do {
		key = skip_blanks(s, i + 1);
		if (s[key] != '"')
			return false;
		i = skip_blanks(s, skip_string(s, key));
		if (s[i] != ':')
			return false;
		start = skip_blanks(s, i + 1);
		i = skip_value(s, start);
		if (!strncmp(s + key, "\"id\"", 4)) {
			*ret_start = start;
			*ret_end = i;
			return true;
		}
	} while (s[i] == ',');
	return false;
}

static size_t digits(const char *s, size_t len, size_t i)
{
	while (i < len && s[i] >= '0' && s[i] <= '9')
		i++;
	return i;
}

/* RFC 8259, section 6, of any size. */
bool filter_is_number(const char *s, size_t len)
{
	size_t i = len && s[0] == '-', whole = i;

	i = digits(s, len, i);
	if (i == whole || (s[whole] == '0' && i > whole + 1))
		return false;
	if (i < len && s[i] == '.') {
		if (digits(s, len, i + 1) == i + 1)
			return false;
		i = digits(s, len, i + 1);
	}
	if (i < len && (s[i] == 'e' || s[i] == 'E')) {
		size_t first = i + 1;

		first += first < len && (s[first] == '+' || s[first] == '-');
		if (digits(s, len, first) == first)
			return false;
		i = digits(s, len, first);
	}
	return i == len;
}

static bool is_string(const char *s, size_t len)
{
	json_error_t ignored;
	json_t *value = json_loadb(s, len, JSON_DECODE_ANY | JSON_ALLOW_NUL, &ignored);
	bool yes = json_is_string(value);

	json_decref(value);
	return yes;
}

bool filter_find_id(const char *line, size_t *ret_start, size_t *ret_len)
{
	size_t start, end;

	if (!find_member(line, &start, &end))
		return false;
	while (end > start && strchr(" \t\r\n", line[end - 1]))
		end--;
	if (!filter_is_number(line + start, end - start) && !is_string(line + start, end - start))
		return false;
	*ret_start = start;
	*ret_len = end - start;
	return true;
}
