/* cmd_filter.c - options of list, review and approve to a filter of the store. */
#include "cmd_filter.h"

#include <string.h>

#include "dear/err.h"
#include "dear/review.h"
#include "dear/situation.h"

static bool is_all(const char *status)
{
	return status && !strcmp(status, "all");
}

/* NULL and 0 leave what is there. */
static void put_on_top(const struct filter_args *f, struct store_filter *to)
{
	const char **into[] = { &to->status, &to->flag,   &to->situation, &to->topic,
				&to->search, &to->reason, &to->author };
	const char *const from[] = { f->status, f->flag,   f->situation, f->topic,
				     f->search, f->reason, f->author };

	for (size_t i = 0; i < sizeof(from) / sizeof(*from); i++)
		if (from[i])
			*into[i] = from[i];
	if (is_all(f->status))
		to->status = NULL;
	if (f->band)
		to->band = band_parse(f->band);
	if (f->thread)
		to->thread = f->thread;
	if (f->since != INT64_MIN)
		to->since = f->since;
}

int filter_check(const struct filter_args *f, struct err *err)
{
	struct store_filter filter = { .since = INT64_MIN };

	if (f->band && band_parse(f->band) == BAND_NONE)
		return err_set(err, ERR_USAGE, NULL, 0, "--band is low, medium or high");
	put_on_top(f, &filter);
	return review_filter_check(&filter, err);
}

int filter_read(struct app *app, const struct filter_args *f, struct arena *a,
		struct store_filter *ret, struct err *err)
{
	struct store_saved saved = { .filter = { .since = INT64_MIN } };
	int found = f->name ? store_filter_get(app->store, f->name, a, &saved, err) : 1;

	if (found == 0)
		return err_set(err, ERR_USAGE, NULL, 0,
			       "no filter is called '%s'; `dear filters` lists them", f->name);
	if (found < 0)
		return -1;
	put_on_top(f, &saved.filter);
	*ret = saved.filter;
	return 0;
}
