/* stats_response.c - the fate of each response: how often used, in which wording,
 * what became of the drafts that had it, and which of its sentences were touched.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/hash.h"
#include "dear/mem.h"

#include "stats_internal.h"

/* A response while it is counted. */
struct counted {
	struct stats_response r;
	struct stats_reasons reasons;
	size_t wording_size, sentence_size;
};

struct response_tally {
	struct arena *a;
	struct counted **list;
	size_t count, size;
	struct counted **slots; /* by hash of the name; twice as many as there are */
	size_t slot_count;
	const char *final; /* the text under comparison, and whose part it is */
	struct counted *whose;
	unsigned wording;
};

struct response_tally *response_tally_new(struct arena *a)
{
	struct response_tally *t = mem_alloc(sizeof(*t));

	t->a = a;
	return t;
}

static struct counted **slot_of(struct response_tally *t, const char *name)
{
	size_t i = hash_string(HASH_START, name) & (t->slot_count - 1);

	while (t->slots[i] && strcmp(t->slots[i]->r.name, name) != 0)
		i = (i + 1) & (t->slot_count - 1);
	return &t->slots[i];
}

static void grow_slots(struct response_tally *t)
{
	if (2 * (t->count + 1) <= t->slot_count)
		return;
	free(t->slots);
	t->slot_count = t->slot_count ? 2 * t->slot_count : 64;
	t->slots = mem_alloc(t->slot_count * sizeof(struct counted *));
	for (size_t i = 0; i < t->count; i++)
		*slot_of(t, t->list[i]->r.name) = t->list[i];
}

static struct counted *response_of(struct response_tally *t, const char *name)
{
	struct counted **slot;

	grow_slots(t);
	slot = slot_of(t, name);
	if (!*slot) {
		*slot = mem_alloc(sizeof(**slot));
		(*slot)->r.name = arena_strdup(t->a, name);
		t->list = mem_grow(t->list, &t->size, t->count + 1, sizeof(struct counted *));
		t->list[t->count++] = *slot;
	}
	return *slot;
}

/* The next of "ex-letter/no-contact/2 ...", taken apart; NULL at the end. */
static struct counted *next_response(struct response_tally *t, const char **s,
				     unsigned *ret_wording)
{
	size_t n, stem;
	char *name;

	while (**s == ' ')
		(*s)++;
	n = strcspn(*s, " ");
	for (stem = n; stem > 0 && (*s)[stem - 1] != '/';)
		stem--;
	if (stem < 2)
		return NULL;
	name = mem_strndup(*s, stem - 1);
	*ret_wording = (unsigned)strtoul(*s + stem, NULL, 10);
	*s += n;
	{
		struct counted *c = response_of(t, name);

		free(name);
		return c;
	}
}

static void use_wording(struct counted *c, unsigned number)
{
	struct stats_response *r = &c->r;
	size_t at = 0;

	while (at < r->wording_count && r->wordings[at].number < number)
		at++;
	if (at == r->wording_count || r->wordings[at].number != number) {
		r->wordings = mem_grow(r->wordings, &c->wording_size, r->wording_count + 1,
				       sizeof(*r->wordings));
		memmove(r->wordings + at + 1, r->wordings + at,
			(r->wording_count - at) * sizeof(*r->wordings));
		r->wordings[at] = (struct stats_wording){ .number = number };
		r->wording_count++;
	}
	r->wordings[at].used++;
}

void response_tally_use(struct response_tally *t, const char *responses)
{
	struct counted *c;
	unsigned wording;

	while ((c = next_response(t, &responses, &wording))) {
		c->r.used++;
		use_wording(c, wording);
	}
}

static void touch(void *ctx, unsigned number, const char *text, size_t len, int changed)
{
	struct response_tally *t = ctx;
	struct stats_response *r = &t->whose->r;
	struct stats_sentence *s = r->sentences;
	size_t i = 0;

	while (i < r->sentence_count && (s[i].wording != t->wording || s[i].number != number))
		i++;
	if (i == r->sentence_count) {
		r->sentences = s = mem_grow(s, &t->whose->sentence_size, i + 1, sizeof(*s));
		s[i] = (struct stats_sentence){ .wording = t->wording, .number = number };
		r->sentence_count++;
	}
	s[i].text = arena_strndup(t->a, text, len);
	s[i].changed += changed != 0;
	s[i].dropped += changed == 0;
}

/* The part of the draft that the next length tells of; false without one. */
static bool next_part(const char **draft, const char **lengths, size_t *ret_len)
{
	char *end;

	if (!*lengths)
		return false;
	*ret_len = strtoul(*lengths, &end, 10);
	if (end == *lengths || *ret_len > strlen(*draft))
		return false;
	*lengths = end;
	return true;
}

static void count_fate(struct stats_fate *f, const struct store_verdict *v)
{
	if (v->kind == DECISION_REJECTED)
		f->rejected++;
	else if (v->own)
		f->edited++;
	else
		f->unchanged++;
}

void response_tally_verdict(struct response_tally *t, const struct store_verdict *v)
{
	const char *names = v->responses, *lengths = v->lengths, *draft = v->draft;
	struct counted *c;
	size_t len;

	t->final = v->kind == DECISION_APPROVED && v->own ? v->text : NULL;
	while (names && (c = next_response(t, &names, &t->wording))) {
		count_fate(&c->r.fate, v);
		if (v->kind == DECISION_REJECTED)
			stats_reason_add(&c->reasons, t->a, v->reason);
		if (!t->final || !next_part(&draft, &lengths, &len))
			continue;
		t->whose = c;
		stats_sentences(draft, len, t->final, touch, t);
		draft += len;
		draft += strspn(draft, " \n");
	}
}

static int by_use(const void *a, const void *b)
{
	const struct stats_response *x = a, *y = b;

	if (x->used != y->used)
		return x->used < y->used ? 1 : -1;
	return strcmp(x->name, y->name);
}

static int by_touch(const void *a, const void *b)
{
	const struct stats_sentence *x = a, *y = b;
	uint64_t all_x = x->changed + x->dropped, all_y = y->changed + y->dropped;

	if (all_x != all_y)
		return all_x < all_y ? 1 : -1;
	if (x->wording != y->wording)
		return x->wording > y->wording ? 1 : -1;
	return (x->number > y->number) - (x->number < y->number);
}

/* Into the arena, sorted; the counting's own memory is given back. */
static struct stats_response settle(struct response_tally *t, struct counted *c)
{
	struct stats_response r = c->r;

	if (r.sentence_count)
		qsort(r.sentences, r.sentence_count, sizeof(*r.sentences), by_touch);
	r.sentences = arena_copy(t->a, r.sentences, r.sentence_count * sizeof(*r.sentences));
	r.wordings = arena_copy(t->a, r.wordings, r.wording_count * sizeof(*r.wordings));
	r.reasons = stats_reason_list(&c->reasons, t->a, &r.reason_count);
	free(c->r.sentences);
	free(c->r.wordings);
	free(c);
	return r;
}

void response_tally_end(struct response_tally *t, struct stats *ret)
{
	ret->response_count = t->count;
	ret->responses = arena_alloc(t->a, (t->count + 1) * sizeof(*ret->responses));
	for (size_t i = 0; i < t->count; i++)
		ret->responses[i] = settle(t, t->list[i]);
	qsort(ret->responses, t->count, sizeof(*ret->responses), by_use);
	free(t->list);
	free(t->slots);
	free(t);
}
