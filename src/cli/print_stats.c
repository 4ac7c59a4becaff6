/* print_stats.c - statistics for people and for programs. */
#include <string.h>

#include "dear/buf.h"
#include "dear/stats.h"

#include "print_internal.h"
#include "print_value.h"

/* What the text shows at most; --json has all. */
enum { WEEKS_SHOWN = 12, UNMATCHED_SHOWN = 20, SENTENCES_SHOWN = 5 };

/* ---- for people ---- */

static void put_number(struct buf *b, uint64_t n, int columns)
{
	buf_printf(b, "%*llu", columns, (unsigned long long)n);
}

static void put_span(struct buf *b, int64_t seconds)
{
	if (seconds < 2 * 3600)
		buf_printf(b, "%lld minutes", (long long)(seconds / 60));
	else if (seconds < 2 * 86400)
		buf_printf(b, "%lld hours", (long long)(seconds / 3600));
	else
		buf_printf(b, "%lld days", (long long)(seconds / 86400));
}

static void put_sums(struct buf *b, const struct out *o, const struct stats *s)
{
	words_head(b, o, "In all");
	buf_printf(b,
		   "  %llu comments by readers, %llu answered on the site by the column, %llu "
		   "waiting\n",
		   (unsigned long long)s->came, (unsigned long long)s->by_column,
		   (unsigned long long)s->waiting);
	buf_printf(b,
		   "  drafts: %llu approved unchanged, %llu edited, %llu rejected; %llu written "
		   "without one, %llu dismissed\n",
		   (unsigned long long)s->fate.unchanged, (unsigned long long)s->fate.edited,
		   (unsigned long long)s->fate.rejected, (unsigned long long)s->own,
		   (unsigned long long)s->dismissed);
	if (s->median >= 0) {
		buf_puts(b, "  half were decided within ");
		put_span(b, s->median);
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
}

static void put_weeks(struct buf *b, const struct out *o, const struct stats *s)
{
	size_t first = s->week_count > WEEKS_SHOWN ? s->week_count - WEEKS_SHOWN : 0;

	if (!s->week_count)
		return;
	words_head(b, o, "By week         came  answered");
	for (size_t i = first; i < s->week_count; i++) {
		struct buf day = BUF_INIT;

		words_time(&day, s->weeks[i].monday);
		buf_printf(b, "  %.10s", buf_str(&day));
		buf_release(&day);
		put_number(b, s->weeks[i].came, 8);
		put_number(b, s->weeks[i].answered, 10);
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
}

static void put_fate(struct buf *b, const struct stats_fate *f)
{
	put_number(b, f->unchanged, 11);
	put_number(b, f->edited, 8);
	put_number(b, f->rejected, 10);
}

static void put_situations(struct buf *b, const struct out *o, const struct stats *s)
{
	if (!s->situation_count)
		return;
	words_head(b, o,
		   "By situation                  came  unchanged  edited  rejected  dismissed");
	for (size_t i = 0; i < s->situation_count; i++) {
		const struct stats_situation *x = &s->situations[i];

		buf_puts(b, "  ");
		words_cell(b, x->label, 26);
		put_number(b, x->came, 6);
		put_fate(b, &x->fate);
		put_number(b, x->dismissed, 11);
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
}

static void put_reasons(struct buf *b, const char *lead, const struct stats_reason *list,
			size_t count)
{
	if (!count)
		return;
	buf_puts(b, lead);
	for (size_t i = 0; i < count; i++) {
		buf_puts(b, i ? ", " : " ");
		words_line(b, *list[i].code ? list[i].code : "no reason given", 40);
		buf_printf(b, " %llu", (unsigned long long)list[i].count);
	}
	buf_putc(b, '\n');
}

static void put_wear(struct buf *b, const struct stats_response *r)
{
	buf_puts(b, "      wordings:");
	for (size_t i = 0; i < r->wording_count; i++)
		buf_printf(b, "%s %u used %llu", i ? "," : "", r->wordings[i].number,
			   (unsigned long long)r->wordings[i].used);
	buf_putc(b, '\n');
}

static void put_detail(struct buf *b, const struct out *o, const struct stats_response *r)
{
	put_wear(b, r);
	put_reasons(b, "      rejected:", r->reasons, r->reason_count);
	for (size_t i = 0; i < r->sentence_count && i < SENTENCES_SHOWN; i++) {
		const struct stats_sentence *x = &r->sentences[i];

		buf_printf(b, "      wording %u, sentence %u: changed %llu, taken out %llu\n",
			   x->wording, x->number, (unsigned long long)x->changed,
			   (unsigned long long)x->dropped);
		words_block(b, o, "        ", x->text);
	}
}

static void put_responses(struct buf *b, const struct out *o, const struct stats *s, bool detail)
{
	if (!s->response_count)
		return;
	words_head(b, o,
		   "By response                             used  unchanged  edited  rejected");
	for (size_t i = 0; i < s->response_count; i++) {
		const struct stats_response *r = &s->responses[i];

		buf_puts(b, "  ");
		words_cell(b, r->name, 36);
		put_number(b, r->used, 6);
		put_fate(b, &r->fate);
		buf_putc(b, '\n');
		if (detail)
			put_detail(b, o, r);
	}
	buf_putc(b, '\n');
}

static void put_unmatched(struct buf *b, const struct out *o, const struct stats *s)
{
	if (!s->unmatched_count)
		return;
	words_head(b, o, "Too little found in");
	buf_puts(b, " ");
	for (size_t i = 0; i < s->unmatched_count && i < UNMATCHED_SHOWN; i++)
		buf_printf(b, " %lld", (long long)s->unmatched[i]);
	if (s->unmatched_count > UNMATCHED_SHOWN)
		buf_printf(b, " and %zu more", s->unmatched_count - UNMATCHED_SHOWN);
	buf_puts(b, "\n  (work for new rules: data/README.md)\n");
}

void text_stats(struct out *o, const struct stats *s, bool responses)
{
	struct buf b = BUF_INIT;

	if (!responses) {
		put_sums(&b, o, s);
		put_weeks(&b, o, s);
		put_situations(&b, o, s);
		put_reasons(&b, "Rejected because:", s->reasons, s->reason_count);
	}
	put_responses(&b, o, s, responses);
	if (!responses)
		put_unmatched(&b, o, s);
	out_write(o, &b);
	buf_release(&b);
}

/* ---- for programs ---- */

static void value_fate(struct buf *b, const struct stats_fate *f)
{
	value_int(b, "unchanged", (int64_t)f->unchanged);
	value_int(b, "edited", (int64_t)f->edited);
	value_int(b, "rejected", (int64_t)f->rejected);
}

static void value_reasons(struct buf *b, const struct stats_reason *list, size_t count)
{
	value_open(b, "reasons", '{');
	for (size_t i = 0; i < count; i++)
		value_int(b, list[i].code, (int64_t)list[i].count);
	value_close(b, '}');
}

static void value_weeks(struct buf *b, const struct stats *s)
{
	value_open(b, "weeks", '[');
	for (size_t i = 0; i < s->week_count; i++) {
		value_open(b, NULL, '{');
		value_time(b, "monday", s->weeks[i].monday);
		value_int(b, "came", (int64_t)s->weeks[i].came);
		value_int(b, "answered", (int64_t)s->weeks[i].answered);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void value_labels(struct buf *b, const struct stats *s)
{
	value_open(b, "situations", '[');
	for (size_t i = 0; i < s->situation_count; i++) {
		const struct stats_situation *x = &s->situations[i];

		value_open(b, NULL, '{');
		value_string(b, "situation", x->label);
		value_int(b, "came", (int64_t)x->came);
		value_fate(b, &x->fate);
		value_int(b, "own", (int64_t)x->own);
		value_int(b, "dismissed", (int64_t)x->dismissed);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void value_sentences(struct buf *b, const struct stats_response *r)
{
	value_open(b, "sentences", '[');
	for (size_t i = 0; i < r->sentence_count; i++) {
		const struct stats_sentence *x = &r->sentences[i];

		value_open(b, NULL, '{');
		value_int(b, "wording", x->wording);
		value_int(b, "sentence", x->number);
		value_string(b, "text", x->text);
		value_int(b, "changed", (int64_t)x->changed);
		value_int(b, "taken_out", (int64_t)x->dropped);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void value_response(struct buf *b, const struct stats_response *r)
{
	value_open(b, NULL, '{');
	value_string(b, "response", r->name);
	value_int(b, "used", (int64_t)r->used);
	value_fate(b, &r->fate);
	value_reasons(b, r->reasons, r->reason_count);
	value_open(b, "wordings", '[');
	for (size_t i = 0; i < r->wording_count; i++) {
		value_open(b, NULL, '{');
		value_int(b, "wording", r->wordings[i].number);
		value_int(b, "used", (int64_t)r->wordings[i].used);
		value_close(b, '}');
	}
	value_close(b, ']');
	value_sentences(b, r);
	value_close(b, '}');
}

static void value_sums(struct buf *b, const struct stats *s)
{
	value_int(b, "came", (int64_t)s->came);
	value_int(b, "by_column", (int64_t)s->by_column);
	value_int(b, "waiting", (int64_t)s->waiting);
	value_fate(b, &s->fate);
	value_int(b, "own", (int64_t)s->own);
	value_int(b, "dismissed", (int64_t)s->dismissed);
	value_reasons(b, s->reasons, s->reason_count);
	if (s->median >= 0)
		value_int(b, "median_seconds", s->median);
	else
		value_null(b, "median_seconds");
	value_open(b, "decided", '{');
	for (size_t i = 0; i < STATS_SPANS; i++)
		value_int(b, stats_span_word(i), (int64_t)s->spans[i]);
	value_close(b, '}');
}

void json_stats(struct out *o, const struct stats *s, bool responses)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	if (!responses) {
		value_sums(&b, s);
		value_weeks(&b, s);
		value_labels(&b, s);
		value_open(&b, "unmatched", '[');
		for (size_t i = 0; i < s->unmatched_count; i++)
			value_int(&b, NULL, s->unmatched[i]);
		value_close(&b, ']');
	}
	value_open(&b, "responses", '[');
	for (size_t i = 0; i < s->response_count; i++)
		value_response(&b, &s->responses[i]);
	value_close(&b, ']');
	value_close(&b, '}');
	buf_putc(&b, '\n');
	out_write(o, &b);
	buf_release(&b);
}
