/* Any bytes as a file of comments, in the format they look like and in one
 * they may not be. What is handed out is whole; what fails says why. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/input.h"
#include "dear/thread.h"
#include "dear/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *s, size_t most)
{
	assert(!s || (strlen(s) <= most && utf8_valid(s, strlen(s))));
}

static void check(const struct comment *c)
{
	assert(c->text && c->body);
	check_text(c->text, BOUND_COMMENT_BYTES);
	check_text(c->body, BOUND_COMMENT_BYTES);
	check_text(c->author, BOUND_NAME_BYTES);
	check_text(c->id, SIZE_MAX);
	check_text(c->parent, SIZE_MAX);
	check_text(c->date, SIZE_MAX);
	assert(!c->id || *c->id);
	assert(!c->parent || *c->parent);
	assert(c->status < COMMENT_STATUS_COUNT && c->parent_known <= PARENT_LOST);
	assert(comment_hash(c->text) == comment_hash(c->text));
}

static void read_as(struct file *f, const char *format)
{
	struct diags d = { 0 };
	struct err err = { 0 };
	struct arena a = { 0 };
	struct comment c;
	struct input *in = input_open(f, format, &d, &err);
	int more = -1;

	while (in && (more = input_next(in, &a, &c, &d, &err)) > 0)
		check(&c);
	assert((more < 0) == (err.code != ERR_NONE));
	assert(more == 0 || (err.where[0] && err.msg[0] && !strchr(err.msg, '\n')));
	if (in)
		check_text(input_thread(in)->title, BOUND_NAME_BYTES);
	input_free(in);
	arena_release(&a);
	diags_release(&d);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct input_format *formats = input_formats();
	struct err err = { 0 };
	char path[64];
	struct file *f;
	size_t count = 0;
	int fd = memfd_create("fuzz", 0);

	assert(fd >= 0);
	assert(write(fd, data, size) == (ssize_t)size);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	f = file_open(path, &err);
	assert(f);
	while (formats[count].name)
		count++;
	read_as(f, NULL);
	read_as(f, formats[size % count].name);
	file_free(f);
	close(fd);
	return 0;
}
