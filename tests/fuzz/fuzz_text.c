/* Any bytes made a comment: read, its durations found, classified. Offsets
 * must lie in the text, and every quote must be what they point at. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/situation.h"
#include "dear/text.h"
#include "dear/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct rules *load_rules(void)
{
	static struct rules *rules;
	struct err err = { 0 };

	if (!rules)
		rules = rules_load("data", &err);
	return rules;
}

static void check_quote(const struct buf *text, uint32_t start, uint32_t end, const char *quote)
{
	size_t from = utf8_offset(buf_str(text), text->len, start);
	size_t to = utf8_offset(buf_str(text), text->len, end);

	assert(start <= end && to <= text->len);
	assert(strlen(quote) == to - from && !memcmp(buf_str(text) + from, quote, to - from));
}

static void check_text(const struct buf *text, struct arena *a)
{
	struct text t;
	struct duration *d;

	text_read(buf_str(text), text->len, a, &t);
	for (uint32_t i = 0; i < t.token_count; i++) {
		assert(t.tokens[i].start < t.tokens[i].end && t.tokens[i].end <= text->len);
		assert(t.tokens[i].sentence < t.sentence_count);
	}
	for (size_t i = text_durations(&t, a, &d); i-- > 0;)
		assert(d[i].first < d[i].last && d[i].last <= t.token_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rules *rules = load_rules();
	struct buf text = BUF_INIT;
	struct arena a = { 0 };
	struct classification c;

	utf8_clean(&text, (const char *)data, size);
	check_text(&text, &a);
	struct classify_request req = { .text = buf_str(&text), .len = text.len, .utc = INT64_MIN };
	if (!rules)
		goto out;
	classify(rules, &req, &a, &c);
	for (size_t i = 0; i < c.situation_count; i++)
		for (size_t k = 0; k < c.situations[i].evidence_count; k++) {
			const struct evidence *e = &c.situations[i].evidence[k];
			check_quote(&text, e->start, e->end, e->quote);
		}
	for (size_t i = 0; i < c.detail_count; i++)
		check_quote(&text, c.details[i].start, c.details[i].end, c.details[i].quote);
out:
	arena_release(&a);
	buf_release(&text);
	return 0;
}
