/* review_filter.c - whether a filter's words mean anything, and a name for it. */
#include <string.h>

#include "dear/err.h"

#include "review_internal.h"

enum { NAME_BYTES_MAX = 40 };

static bool is_flag(const char *word)
{
	static const char *const flags[] = { "answered", "edited", "stale", "exported" };

	for (size_t i = 0; i < sizeof(flags) / sizeof(*flags); i++)
		if (!strcmp(flags[i], word))
			return true;
	return false;
}

int review_filter_check(const struct store_filter *f, struct err *err)
{
	if (f->status && strcmp(f->status, "open") &&
	    item_status_parse(f->status) == ITEM_STATUS_COUNT)
		return err_set(err, ERR_USAGE, NULL, 0, "there is no status '%s'", f->status);
	if (f->flag && !is_flag(f->flag))
		return err_set(err, ERR_USAGE, NULL, 0, "there is no flag '%s'", f->flag);
	if (f->reason && triage_parse(f->reason) == TRIAGE_NONE)
		return err_set(err, ERR_USAGE, NULL, 0, "there is no reason '%s'", f->reason);
	return 0;
}

int review_filter_save(const struct review *r, const char *name, const struct store_filter *f,
		       struct err *err)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-_";
	const struct store_saved saved = {
		.name = name, .filter = *f, .actor = r->actor, .at = r->now
	};
	size_t len = strlen(name);

	if (len == 0 || len > NAME_BYTES_MAX || strspn(name, letters) != len || *name == '-')
		return err_set(err, ERR_USAGE, NULL, 0,
			       "a filter's name is 1 to %d letters, digits, - and _",
			       NAME_BYTES_MAX);
	if (review_filter_check(f, err) < 0)
		return -1;
	return store_filter_put(r->store, &saved, err);
}
