/* Any bytes as a file, walked as an array, an object and lines. What comes out
 * is where jstream says it is, and what Jansson takes whole, jstream takes too
 * (NUL bytes aside: behind a number, Jansson 2.14 overlooks one). */
#include <assert.h>
#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jstream.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define SMALL 64

static struct file *file_of(const uint8_t *data, size_t size)
{
	int fd = memfd_create("fuzz", 0);
	char path[32];
	struct err err = { 0 };
	struct file *f;

	assert(fd >= 0 && write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	f = file_open(path, &err);
	close(fd);
	return f;
}

/* Walks to the end; the number of values, -1 for an error. */
static long walk(struct jstream *js, size_t max, const uint8_t *data, struct err *err)
{
	struct jvalue v;
	long count = 0;
	int line = 0;
	int got = -1;

	while (js && (got = jstream_skim(js, max, &v, err)) == 1) {
		assert(v.line >= line);
		assert(!v.text == (v.len > max));
		if (v.text)
			assert(memcmp(v.text, data + v.offset, v.len) == 0);
		line = v.line;
		count++;
	}
	assert((got < 0) == (err->code != ERR_NONE));
	jstream_free(js);
	return got < 0 ? -1 : count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct file *f = file_of(data, size);
	struct err errs[4] = { 0 };
	bool has_nul = size > 0 && memchr(data, 0, size);
	json_t *whole = has_nul ? NULL : json_loadb((const char *)data, size, 0, NULL);
	long array, object;

	if (!f)
		return 0;
	array = walk(jstream_array(f, 0, 1, &errs[0]), BOUND_JSON_VALUE_BYTES, data, &errs[0]);
	object = walk(jstream_object(f, 0, 1, &errs[1]), SMALL, data, &errs[1]);
	walk(jstream_lines(f, &errs[2]), SMALL, data, &errs[2]);
	walk(jstream_array(f, (int64_t)size / 2, 0, &errs[3]), SMALL, data, &errs[3]);
	if (json_is_array(whole) && !strstr(errs[0].msg, "too deeply"))
		assert(array == (long)json_array_size(whole));
	if (json_is_object(whole) && !strstr(errs[1].msg, "too deeply"))
		assert(object >= (long)json_object_size(whole));
	json_decref(whole);
	file_free(f);
	return 0;
}
