/* web_stats.c - the statistics as values of a template, for the page of the desk
 * and for the file of `dear stats --html`: one template, the same numbers. Places
 * and sizes in the plots are worked out here, drawn by the template.
 */
#include <string.h>
#include <time.h>

#include "dear/err.h"
#include "dear/stats.h"

#include "web_internal.h"

/* The plot of the weeks, in its own units. */
enum { WIDTH = 720, HEIGHT = 240, LEFT = 44, RIGHT = 8, TOP = 12, BOTTOM = 30 };
enum { WEEKS_SHOWN = 26, LABELS = 8, SENTENCES_SHOWN = 5, UNMATCHED_SHOWN = 20, EXCERPT = 120 };

static void set_count(json_t *v, const char *name, uint64_t n)
{
	web_set_number(v, name, (int64_t)n);
}

static void set_place(struct arena *a, json_t *v, const char *name, double at)
{
	web_set(v, name, arena_printf(a, "%.1f", at));
}

/* A round number from which the scale is marked: 5, 10, 20, 50 ... */
static uint64_t top_of(uint64_t most)
{
	static const uint64_t steps[] = { 2, 4, 10 };
	uint64_t ten = 1;

	for (;; ten *= 10)
		for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
			if (steps[i] * ten >= most)
				return steps[i] * ten;
}

static const char *day(struct arena *a, int64_t at)
{
	time_t t = (time_t)at;
	char words[32] = "";
	struct tm tm;

	if (gmtime_r(&t, &tm))
		strftime(words, sizeof(words), "%e %b", &tm);
	return arena_strdup(a, words + (*words == ' '));
}

/* ---- the weeks ---- */

static json_t *bar(struct arena *a, double x, double width, uint64_t count, uint64_t top)
{
	double room = HEIGHT - TOP - BOTTOM, height = room * (double)count / (double)top;
	json_t *v = json_object();

	set_place(a, v, "x", x);
	set_place(a, v, "width", width);
	set_place(a, v, "y", HEIGHT - BOTTOM - height);
	set_place(a, v, "height", height);
	return v;
}

static json_t *week_value(struct arena *a, const struct stats_week *w, double x, double step,
			  uint64_t top, bool labelled)
{
	json_t *v = json_object();
	double width = step * 0.36;

	web_set(v, "words", day(a, w->monday));
	set_count(v, "came", w->came);
	set_count(v, "answered", w->answered);
	json_object_set_new(v, "bar_came", bar(a, x + step * 0.12, width, w->came, top));
	json_object_set_new(v, "bar_answered",
			    bar(a, x + step * 0.12 + width + 1, width, w->answered, top));
	set_place(a, v, "middle", x + step / 2);
	web_set_flag(v, "labelled", labelled);
	return v;
}

static json_t *scale(struct arena *a, uint64_t top)
{
	json_t *lines = json_array();

	for (uint64_t i = 0; i <= 2; i++) {
		json_t *line = json_object();

		set_count(line, "value", top * i / 2);
		set_place(a, line, "y", HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (double)i / 2);
		json_array_append_new(lines, line);
	}
	return lines;
}

static void set_weeks(struct arena *a, json_t *v, const struct stats *s)
{
	size_t first = s->week_count > WEEKS_SHOWN ? s->week_count - WEEKS_SHOWN : 0;
	size_t count = s->week_count - first, every = (count + LABELS - 1) / LABELS;
	double step = count ? (double)(WIDTH - LEFT - RIGHT) / (double)count : 0;
	uint64_t most = 1, top;
	json_t *weeks = json_array();

	for (size_t i = first; i < s->week_count; i++) {
		most = s->weeks[i].came > most ? s->weeks[i].came : most;
		most = s->weeks[i].answered > most ? s->weeks[i].answered : most;
	}
	top = top_of(most);
	/* A few weeks alone would be bars like barn doors. */
	step = step > 80 ? 80 : step;
	for (size_t i = 0; i < count; i++)
		json_array_append_new(weeks,
				      week_value(a, &s->weeks[first + i], LEFT + step * (double)i,
						 step, top, (count - 1 - i) % every == 0));
	web_set_flag(v, "has_weeks", count > 0);
	web_set_number(v, "week_count", (int64_t)count);
	json_object_set_new(v, "weeks", weeks);
	json_object_set_new(v, "scale", scale(a, top));
}

/* ---- rows of bars ---- */

static uint64_t fate_sum(const struct stats_fate *f)
{
	return f->unchanged + f->edited + f->rejected;
}

/* Three pieces of a bar, in percent of the longest one. */
static void set_fate(struct arena *a, json_t *v, const struct stats_fate *f, uint64_t most)
{
	const double part = most ? 100.0 / (double)most : 0;
	const double unchanged = part * (double)f->unchanged, edited = part * (double)f->edited;

	set_count(v, "unchanged", f->unchanged);
	set_count(v, "edited", f->edited);
	set_count(v, "rejected", f->rejected);
	web_set_flag(v, "judged", fate_sum(f) > 0);
	set_place(a, v, "unchanged_width", unchanged);
	set_place(a, v, "edited_at", unchanged);
	set_place(a, v, "edited_width", edited);
	set_place(a, v, "rejected_at", unchanged + edited);
	set_place(a, v, "rejected_width", part * (double)f->rejected);
}

static void set_situations(struct arena *a, json_t *v, const struct stats *s)
{
	json_t *list = json_array();
	uint64_t most = 0;

	for (size_t i = 0; i < s->situation_count; i++)
		if (fate_sum(&s->situations[i].fate) > most)
			most = fate_sum(&s->situations[i].fate);
	for (size_t i = 0; i < s->situation_count; i++) {
		const struct stats_situation *x = &s->situations[i];
		json_t *row = json_object();

		web_set(row, "words", web_words(a, x->label));
		set_count(row, "came", x->came);
		set_count(row, "dismissed", x->dismissed);
		set_fate(a, row, &x->fate, most);
		json_array_append_new(list, row);
	}
	web_set_flag(v, "has_situations", s->situation_count > 0);
	json_object_set_new(v, "situations", list);
}

static json_t *reasons(struct arena *a, const struct stats_reason *list, size_t count)
{
	json_t *out = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *row = json_object();

		web_set(row, "words",
			*list[i].code ? web_words(a, list[i].code) : "no reason given");
		set_count(row, "count", list[i].count);
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *sentences(const struct stats_response *r)
{
	json_t *out = json_array();

	for (size_t i = 0; i < r->sentence_count && i < SENTENCES_SHOWN; i++) {
		const struct stats_sentence *x = &r->sentences[i];
		json_t *row = json_object();

		web_set(row, "text", x->text);
		web_set_number(row, "wording", x->wording);
		set_count(row, "changed", x->changed);
		set_count(row, "dropped", x->dropped);
		json_array_append_new(out, row);
	}
	return out;
}

static json_t *wordings(const struct stats_response *r)
{
	json_t *out = json_array();

	for (size_t i = 0; i < r->wording_count; i++) {
		json_t *row = json_object();

		web_set_number(row, "number", r->wordings[i].number);
		set_count(row, "used", r->wordings[i].used);
		json_array_append_new(out, row);
	}
	return out;
}

static void set_responses(struct arena *a, json_t *v, const struct stats *s)
{
	json_t *list = json_array();
	uint64_t most = 0;

	for (size_t i = 0; i < s->response_count; i++)
		if (fate_sum(&s->responses[i].fate) > most)
			most = fate_sum(&s->responses[i].fate);
	for (size_t i = 0; i < s->response_count; i++) {
		const struct stats_response *r = &s->responses[i];
		json_t *row = json_object();

		web_set(row, "name", r->name);
		set_count(row, "used", r->used);
		set_fate(a, row, &r->fate, most);
		json_object_set_new(row, "reasons", reasons(a, r->reasons, r->reason_count));
		web_set_flag(row, "has_reasons", r->reason_count > 0);
		json_object_set_new(row, "sentences", sentences(r));
		web_set_flag(row, "has_sentences", r->sentence_count > 0);
		json_object_set_new(row, "wordings", wordings(r));
		json_array_append_new(list, row);
	}
	web_set_flag(v, "has_responses", s->response_count > 0);
	json_object_set_new(v, "responses", list);
}

static void set_times(struct arena *a, json_t *v, const struct stats *s)
{
	json_t *list = json_array();
	uint64_t most = 0;

	for (size_t i = 0; i < STATS_SPANS; i++)
		most = s->spans[i] > most ? s->spans[i] : most;
	for (size_t i = 0; i < STATS_SPANS; i++) {
		json_t *row = json_object();

		web_set(row, "words", stats_span_word(i));
		set_count(row, "count", s->spans[i]);
		set_place(a, row, "width", most ? 100.0 * (double)s->spans[i] / (double)most : 0);
		json_array_append_new(list, row);
	}
	web_set_flag(v, "has_times", most > 0);
	json_object_set_new(v, "times", list);
	web_set(v, "median",
		s->median < 0           ? NULL
		: s->median < 2 * 3600  ? arena_printf(a, "%d minutes", (int)(s->median / 60))
		: s->median < 2 * 86400 ? arena_printf(a, "%d hours", (int)(s->median / 3600))
					: arena_printf(a, "%d days", (int)(s->median / 86400)));
}

static void set_sums(json_t *v, const struct stats *s)
{
	uint64_t sum = fate_sum(&s->fate);

	set_count(v, "came", s->came);
	set_count(v, "by_column", s->by_column);
	set_count(v, "waiting", s->waiting);
	set_count(v, "unchanged", s->fate.unchanged);
	set_count(v, "edited", s->fate.edited);
	set_count(v, "rejected", s->fate.rejected);
	set_count(v, "own", s->own);
	set_count(v, "dismissed", s->dismissed);
	set_count(v, "share", sum ? (s->fate.unchanged * 100 + sum / 2) / sum : 0);
	web_set_flag(v, "any_judged", sum > 0);
}

static void set_all(struct arena *a, json_t *v, const struct stats *s)
{
	set_sums(v, s);
	set_weeks(a, v, s);
	set_situations(a, v, s);
	set_responses(a, v, s);
	set_times(a, v, s);
	json_object_set_new(v, "reasons", reasons(a, s->reasons, s->reason_count));
	web_set_flag(v, "has_reasons", s->reason_count > 0);
	web_set_flag(v, "has_unmatched", s->unmatched_count > 0);
	set_count(v, "unmatched_count", s->unmatched_count);
	web_set_time(v, "made", s->now);
	web_set_time(v, "since", s->since == INT64_MIN ? 0 : s->since);
}

/* ---- as a file ---- */

/* Numbers only: no reader's comment goes into a file that may be passed on. */
static json_t *unmatched_ids(const struct stats *s)
{
	json_t *list = json_array();

	for (size_t i = 0; i < s->unmatched_count && i < UNMATCHED_SHOWN; i++)
		json_array_append_new(list, json_pack("{sI}", "id", (json_int_t)s->unmatched[i]));
	return list;
}

int web_stats_file(const struct stats *s, struct buf *out, struct err *err)
{
	struct web_pages *pages = web_pages_new(err);
	json_t *v = json_object();
	struct arena a = { 0 };
	int status = -1;

	set_all(&a, v, s);
	json_object_set_new(v, "unmatched", unmatched_ids(s));
	web_set_flag(v, "is_file", true);
	if (pages && web_page_render(pages, "stats-head", v, out, err) == 0) {
		buf_puts(out, web_page_style());
		status = web_page_render(pages, "stats-file", v, out, err);
	}
	json_decref(v);
	arena_release(&a);
	web_pages_free(pages);
	return status;
}

/* ---- as a page ---- */

static int unmatched_items(struct web_request *q, const struct stats *s, json_t *list,
			   struct err *err)
{
	for (size_t i = 0; i < s->unmatched_count && i < UNMATCHED_SHOWN; i++) {
		struct item it = { 0 };
		json_t *row;

		if (store_item_get(q->web->o.store, s->unmatched[i], &q->arena, &it, err) < 0)
			return -1;
		row = json_object();
		web_set_number(row, "id", s->unmatched[i]);
		web_set(row, "excerpt",
			web_excerpt(&q->arena, it.comment ? it.comment : "", EXCERPT));
		json_array_append_new(list, row);
	}
	return 0;
}

int web_stats(struct web_request *q, struct err *err)
{
	json_t *v = web_values(q, "Statistics", "stats"), *list = json_array();
	const char *since = web_query(q, "since");
	int64_t from = INT64_MIN;
	struct stats s;
	bool tz_known;

	if (since && *since && !comment_date_parse(since, true, &from, &tz_known))
		from = INT64_MIN;
	json_object_set_new(v, "unmatched", list);
	if (stats_make(q->web->o.store, from, q->web->o.clock(q->web->o.ctx), &q->arena, &s, err) <
		    0 ||
	    unmatched_items(q, &s, list, err) < 0) {
		json_decref(v);
		return -1;
	}
	set_all(&q->arena, v, &s);
	web_set(v, "since_text", from != INT64_MIN ? web_day(&q->arena, from) : NULL);
	return web_page(q, "stats", 200, v, err);
}
