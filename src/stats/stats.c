/* stats.c - one pass over the readers' comments and one over the verdicts, and
 * what they add up to. The fate of responses is stats_response.c's.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"

#include "stats_internal.h"

enum { DAY = 86400, WEEK = 7 * DAY, MONDAY = 4 * DAY }; /* 1970 began on a Thursday */

/* Weeks are shown without gaps: this many at most, the newest. */
enum { WEEKS_MOST = 520 };

const int64_t stats_spans[STATS_SPANS - 1] = { 3600, 4 * 3600, DAY, 3 * DAY, WEEK };

const char *stats_span_word(size_t i)
{
	static const char *const words[STATS_SPANS] = { "within an hour", "within 4 hours",
							"within a day",   "within 3 days",
							"within a week",  "later" };

	assert(i < STATS_SPANS);
	return words[i];
}

struct counting {
	struct stats *s;
	struct arena *a;
	struct response_tally *responses;
	struct stats_reasons reasons;
	struct stats_week *weeks;
	size_t week_count, week_size;
	struct stats_situation *situations;
	size_t situation_count, situation_size;
	int64_t *times, *unmatched;
	size_t time_count, time_size, unmatched_count, unmatched_size;
};

/* ---- reasons ---- */

void stats_reason_add(struct stats_reasons *r, struct arena *a, const char *code)
{
	size_t i = 0;

	code = code ? code : "";
	while (i < r->count && strcmp(r->list[i].code, code) != 0)
		i++;
	if (i == r->count) {
		r->list = mem_grow(r->list, &r->size, r->count + 1, sizeof(*r->list));
		r->list[r->count++] = (struct stats_reason){ arena_strdup(a, code), 0 };
	}
	r->list[i].count++;
}

static int by_count(const void *a, const void *b)
{
	const struct stats_reason *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->code, y->code);
}

struct stats_reason *stats_reason_list(struct stats_reasons *r, struct arena *a, size_t *ret_count)
{
	struct stats_reason *list;

	if (r->count)
		qsort(r->list, r->count, sizeof(*r->list), by_count);
	list = arena_copy(a, r->list, r->count * sizeof(*r->list));
	*ret_count = r->count;
	free(r->list);
	return list;
}

/* ---- weeks ---- */

static int64_t monday_of(int64_t at)
{
	int64_t into = (at - MONDAY) % WEEK;

	return at - (into < 0 ? into + WEEK : into);
}

/* Days come mostly in order: the week is looked for from the end. */
static struct stats_week *week_of(struct counting *c, int64_t at)
{
	int64_t monday = monday_of(at);
	size_t i = c->week_count;

	while (i > 0 && c->weeks[i - 1].monday > monday)
		i--;
	if (i > 0 && c->weeks[i - 1].monday == monday)
		return &c->weeks[i - 1];
	c->weeks = mem_grow(c->weeks, &c->week_size, c->week_count + 1, sizeof(*c->weeks));
	memmove(c->weeks + i + 1, c->weeks + i, (c->week_count - i) * sizeof(*c->weeks));
	c->weeks[i] = (struct stats_week){ .monday = monday };
	c->week_count++;
	return &c->weeks[i];
}

/* Without gaps, in the arena. */
static void put_weeks(struct counting *c)
{
	struct stats *s = c->s;
	int64_t first, last;
	size_t k = 0;

	if (c->week_count == 0)
		return;
	first = c->weeks[0].monday;
	last = c->weeks[c->week_count - 1].monday;
	if ((last - first) / WEEK >= WEEKS_MOST)
		first = last - (int64_t)(WEEKS_MOST - 1) * WEEK;
	s->week_count = (size_t)((last - first) / WEEK) + 1;
	s->weeks = arena_alloc(c->a, s->week_count * sizeof(*s->weeks));
	while (c->weeks[k].monday < first)
		k++;
	for (size_t i = 0; i < s->week_count; i++) {
		s->weeks[i].monday = first + (int64_t)i * WEEK;
		if (c->weeks[k].monday == s->weeks[i].monday)
			s->weeks[i] = c->weeks[k++];
	}
}

/* ---- situations ---- */

static struct stats_situation *situation_of(struct counting *c, const char *label, size_t len)
{
	size_t i = 0;

	while (i < c->situation_count &&
	       (strncmp(c->situations[i].label, label, len) != 0 || c->situations[i].label[len]))
		i++;
	if (i == c->situation_count) {
		c->situations =
			mem_grow(c->situations, &c->situation_size, i + 1, sizeof(*c->situations));
		c->situations[i] =
			(struct stats_situation){ .label = arena_strndup(c->a, label, len) };
		c->situation_count++;
	}
	return &c->situations[i];
}

static int by_came(const void *a, const void *b)
{
	const struct stats_situation *x = a, *y = b;

	if (x->came != y->came)
		return x->came < y->came ? 1 : -1;
	return strcmp(x->label, y->label);
}

/* ---- comments ---- */

static bool is_in(const struct counting *c, int64_t at)
{
	return at != INT64_MIN && at >= c->s->since;
}

static void count_time(struct counting *c, const struct store_case *k)
{
	int64_t took = k->first_decided - k->here;
	size_t span = 0;

	if (!is_in(c, k->first_decided) || k->here == INT64_MIN || took < 0)
		return;
	while (span < STATS_SPANS - 1 && took > stats_spans[span])
		span++;
	c->s->spans[span]++;
	c->times = mem_grow(c->times, &c->time_size, c->time_count + 1, sizeof(*c->times));
	c->times[c->time_count++] = took;
}

/* Nothing that a draft could go by was found in it; thanks and spam need nothing. */
static bool is_unmatched(const struct store_case *k)
{
	return k->item && (k->reason == TRIAGE_UNSURE || (k->reason == TRIAGE_NONE && !*k->labels));
}

static void count_case(struct counting *c, const struct store_case *k)
{
	c->s->came++;
	for (const char *s = k->labels; *s;) {
		size_t n = strcspn(s, " ");

		situation_of(c, s, n)->came++;
		s += n + (s[n] == ' ');
	}
	if (!is_unmatched(k))
		return;
	c->unmatched = mem_grow(c->unmatched, &c->unmatched_size, c->unmatched_count + 1,
				sizeof(*c->unmatched));
	c->unmatched[c->unmatched_count++] = k->item;
}

/* Answered is when the reader got, or may get, a reply: by the column on the
 * site, else by the approval. */
static int add_case(void *ctx, const struct store_case *k)
{
	struct counting *c = ctx;
	int64_t approved = k->status == ITEM_APPROVED ? k->decided : INT64_MIN;
	int64_t answered = k->answered != INT64_MIN ? k->answered : approved;

	if (is_in(c, k->came))
		week_of(c, k->came)->came++;
	if (is_in(c, answered))
		week_of(c, answered)->answered++;
	if (c->s->since == INT64_MIN || is_in(c, k->came))
		count_case(c, k);
	if (is_in(c, k->answered) && approved == INT64_MIN)
		c->s->by_column++;
	if (k->item && k->decided == INT64_MIN && k->answered == INT64_MIN)
		c->s->waiting++;
	count_time(c, k);
	return 0;
}

/* ---- verdicts ---- */

static void count_fate(struct stats_fate *f, uint64_t *own, uint64_t *dismissed,
		       const struct store_verdict *v)
{
	if (v->kind == DECISION_DISMISSED)
		++*dismissed;
	else if (v->kind == DECISION_REJECTED)
		f->rejected++;
	else if (v->own && !v->draft)
		++*own;
	else if (v->own)
		f->edited++;
	else
		f->unchanged++;
}

static int add_verdict(void *ctx, const struct store_verdict *v)
{
	struct counting *c = ctx;
	struct stats *s = c->s;

	/* An editor's own text that was rejected says nothing of a draft. */
	if (v->at < s->since || (v->kind == DECISION_REJECTED && v->own))
		return 0;
	count_fate(&s->fate, &s->own, &s->dismissed, v);
	if (v->kind == DECISION_REJECTED)
		stats_reason_add(&c->reasons, c->a, v->reason);
	for (const char *l = v->labels; *l;) {
		size_t n = strcspn(l, " ");
		struct stats_situation *situation = situation_of(c, l, n);

		count_fate(&situation->fate, &situation->own, &situation->dismissed, v);
		l += n + (l[n] == ' ');
	}
	if (v->kind != DECISION_DISMISSED)
		response_tally_verdict(c->responses, v);
	return 0;
}

static int add_use(void *ctx, const char *responses)
{
	struct counting *c = ctx;

	response_tally_use(c->responses, responses);
	return 0;
}

/* ---- the whole ---- */

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void settle(struct counting *c)
{
	struct stats *s = c->s;

	put_weeks(c);
	s->reasons = stats_reason_list(&c->reasons, c->a, &s->reason_count);
	if (c->situation_count)
		qsort(c->situations, c->situation_count, sizeof(*c->situations), by_came);
	s->situations =
		arena_copy(c->a, c->situations, c->situation_count * sizeof(*c->situations));
	s->situation_count = c->situation_count;
	s->median = -1;
	if (c->time_count) {
		qsort(c->times, c->time_count, sizeof(*c->times), by_number);
		s->median = c->times[(c->time_count - 1) / 2];
	}
	s->unmatched_count = c->unmatched_count;
	s->unmatched = arena_alloc(c->a, (c->unmatched_count + 1) * sizeof(*s->unmatched));
	for (size_t i = 0; i < c->unmatched_count; i++)
		s->unmatched[i] = c->unmatched[c->unmatched_count - 1 - i];
}

static int count_all(struct store *store, struct counting *c, struct err *err)
{
	/* One moment of the store, whatever others write meanwhile. */
	if (store_savepoint(store, err) < 0)
		return -1;
	if (store_cases(store, add_case, c, err) < 0 ||
	    store_verdicts(store, add_verdict, c, err) < 0 ||
	    store_uses(store, add_use, c, err) < 0) {
		store_rollback_to(store);
		return -1;
	}
	return store_release(store, err);
}

int stats_make(struct store *store, int64_t since, int64_t now, struct arena *a, struct stats *ret,
	       struct err *err)
{
	struct stats s = { .since = since, .now = now };
	struct counting c = { .s = &s, .a = a, .responses = response_tally_new(a) };
	int status = count_all(store, &c, err);

	settle(&c);
	response_tally_end(c.responses, &s);
	free(c.weeks);
	free(c.situations);
	free(c.times);
	free(c.unmatched);
	if (status == 0)
		*ret = s;
	return status;
}
