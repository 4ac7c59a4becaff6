/* Any bytes as an HTML fragment: its text is valid, stands on tidy lines, and
 * is the same when it is made twice. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/input.h"
#include "dear/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf html = BUF_INIT, text = BUF_INIT, again = BUF_INIT;

	utf8_clean(&html, (const char *)data, size);
	input_html_text(buf_str(&html), html.len, &text);
	input_html_text(buf_str(&html), html.len, &again);
	assert(utf8_valid(buf_str(&text), text.len));
	assert(!strcmp(buf_str(&text), buf_str(&again)));
	assert(!text.len || text.str[0] != '\n');
	assert(!strstr(buf_str(&text), "\n\n\n"));
	buf_release(&html);
	buf_release(&text);
	buf_release(&again);
	return 0;
}
