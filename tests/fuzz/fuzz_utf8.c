/* Any bytes: cleaned, they are valid; cleaned again, the same; and the parts
 * that count, cut and print agree with each other. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_places(const struct buf *text)
{
	size_t count = utf8_count(text->str, text->len);
	size_t number = 0;
	size_t len;
	uint32_t cp;

	for (size_t at = 0; at < text->len; at += len, number++) {
		len = utf8_decode(text->str + at, text->len - at, &cp);
		if (number % 64 == 0)
			assert(utf8_offset(text->str, text->len, number) == at);
	}
	assert(number == count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf once = BUF_INIT, twice = BUF_INIT, shown = BUF_INIT;
	size_t replaced = utf8_clean(&once, (const char *)data, size);

	assert(utf8_valid(buf_str(&once), once.len));
	assert((replaced == 0) == utf8_valid((const char *)data, size));
	assert(utf8_clean(&twice, buf_str(&once), once.len) == 0);
	assert(once.len == twice.len && memcmp(buf_str(&once), buf_str(&twice), once.len) == 0);
	if (once.len < 65536)
		check_places(&once);
	utf8_put_terminal(&shown, (const char *)data, size);
	assert(utf8_valid(buf_str(&shown), shown.len));
	assert(!strchr(buf_str(&shown), '\x1b'));
	buf_release(&once);
	buf_release(&twice);
	buf_release(&shown);
	return 0;
}
