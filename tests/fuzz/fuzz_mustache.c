/* Any bytes as a template that is its own partial, over values that hold every
 * kind. Must not crash, leak or run for ever. */
#include <stddef.h>
#include <stdint.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/mustache.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char values_json[] = "{\"a\": \"<x>\", \"b\": true, \"c\": [1, 2.5, {\"a\": null}], "
				  "\"d\": {\"e\": {\"f\": \"g\"}},"
				  " \"n\": [[1], [], [\"a\\nb\"]]}";

static const struct mustache *lookup(void *ctx, const char *name)
{
	(void)name;
	return ctx;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	json_t *values = json_loads(values_json, 0, NULL);
	struct err err = { 0 };
	struct buf out = BUF_INIT;
	struct mustache *m = mustache_compile((const char *)data, size, "fuzz", 1, &err);

	if (m)
		mustache_render(m, values, MUSTACHE_HTML, lookup, m, &out, &err);
	mustache_free(m);
	buf_release(&out);
	json_decref(values);
	return 0;
}
