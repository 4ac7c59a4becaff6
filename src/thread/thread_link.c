/* thread_link.c - who replied to whom, and which readers still wait.
 *
 * Works on the table of design.md 2 alone: rows, no text. Each pass is one walk
 * over the table or over chains that shrink as they are walked, so a thread of
 * any shape takes linear time and no recursion. Every decision here stands as a
 * case in tests/cases/awaiting.
 */
#include <assert.h>
#include <stdlib.h>

#include "dear/diag.h"
#include "dear/mem.h"
#include "dear/thread.h"

struct linking {
	struct link *table;
	uint32_t count;
	const char *(*name)(void *ctx, uint32_t row);
	void *ctx;
	struct diags *diags;
	uint32_t *scratch; /* one number a row; each pass says what it holds */
	uint32_t guesses;  /* answers that were guessed */
};

static bool is_reader(const struct link *l)
{
	return l->live && !l->staff;
}

/* By date when both have one, else by position. */
static bool is_later(const struct linking *k, uint32_t a, uint32_t b)
{
	const struct link *x = &k->table[a], *y = &k->table[b];

	if (x->utc != INT64_MIN && y->utc != INT64_MIN && x->utc != y->utc)
		return x->utc > y->utc;
	return a > b;
}

static void lose_parent(struct linking *k, uint32_t row)
{
	k->table[row].parent = LINK_NONE;
	k->table[row].parent_known = PARENT_LOST;
}

static void link_start(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++) {
		struct link *l = &k->table[i];

		assert(l->parent == LINK_NONE || l->parent < k->count);
		l->answer = LINK_NONE;
		l->carrier = LINK_NONE;
		l->answer_guessed = 0;
		l->awaiting = 0;
		if (l->parent != LINK_NONE || !l->has_parent_id)
			continue;
		lose_parent(k, i);
		diag_add(k->diags, DIAG_PARENT_MISSING, k->name(k->ctx, i),
			 "answers a comment that is not here; shown at top level");
	}
}

static void cut_cycle(struct linking *k, uint32_t row)
{
	uint32_t earliest = row;

	for (uint32_t i = k->table[row].parent; i != row; i = k->table[i].parent)
		if (is_later(k, earliest, i))
			earliest = i;
	lose_parent(k, earliest);
	diag_add(k->diags, DIAG_PARENT_CYCLE, k->name(k->ctx, earliest),
		 "answers itself, directly or in a circle; shown at top level");
}

/* scratch: the walk (its first row, plus one) that passed here. Meeting one's
 * own walk again is a circle. */
static void cut_cycles(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++) {
		uint32_t at = i;

		while (at != LINK_NONE && !k->scratch[at]) {
			k->scratch[at] = i + 1;
			at = k->table[at].parent;
		}
		if (at != LINK_NONE && k->scratch[at] == i + 1)
			cut_cycle(k, at);
	}
}

static void answer_by_guess(struct linking *k, uint32_t staff, uint32_t reader)
{
	k->table[staff].parent = reader;
	k->table[staff].parent_known = PARENT_GUESSED;
	k->table[reader].answer = staff;
	k->table[reader].answer_guessed = 1;
	k->guesses++;
}

/* ---- a form that has lost the tree ---- */

static int compare_dates(const void *a, const void *b, void *ctx)
{
	const struct link *table = ctx;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	if (table[x].utc != table[y].utc)
		return table[x].utc < table[y].utc ? -1 : 1;
	return x < y ? -1 : x > y;
}

/* scratch: the rows in the order they were written: by date when all have one,
 * else as they stand. */
static void order_by_date(struct linking *k)
{
	bool dated = true, sorted = true;

	for (uint32_t i = 0; i < k->count; i++) {
		k->scratch[i] = i;
		dated = dated && k->table[i].utc != INT64_MIN;
		sorted = sorted && (i == 0 || k->table[i - 1].utc <= k->table[i].utc);
	}
	if (dated && !sorted)
		qsort_r(k->scratch, k->count, sizeof(*k->scratch), compare_dates, k->table);
}

/* Each staff comment answers the latest reader before it who has no answer yet.
 * Who waits is a pile: its rows are written over the part of scratch that was
 * already walked. */
static void answer_flat(struct linking *k)
{
	uint32_t waiting = 0;

	order_by_date(k);
	for (uint32_t i = 0; i < k->count; i++) {
		uint32_t row = k->scratch[i];
		struct link *l = &k->table[row];

		l->parent_known = PARENT_LOST;
		if (is_reader(l))
			k->scratch[waiting++] = row;
		else if (l->live && l->staff && waiting)
			answer_by_guess(k, row, k->scratch[--waiting]);
	}
}

static bool has_replies(const struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++)
		if (k->table[i].parent != LINK_NONE || k->table[i].has_parent_id)
			return true;
	return false;
}

/* ---- a form that shows it ---- */

static void answer_directly(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++) {
		const struct link *l = &k->table[i];
		struct link *parent;

		if (!l->live || !l->staff || l->parent == LINK_NONE ||
		    l->parent_known != PARENT_KNOWN)
			continue;
		parent = &k->table[l->parent];
		if (is_reader(parent) &&
		    (parent->answer == LINK_NONE || is_later(k, parent->answer, i)))
			parent->answer = i;
	}
}

/* Replies past a page's depth limit stand beside what they answer. A staff
 * comment there answers the latest reader before it below the same parent who
 * has no answer yet, else that parent. scratch: two numbers folded into one
 * chain; for a parent, its latest waiting child plus one; for a waiting child,
 * the one before it. A child that is a parent too needs both, so the chain of
 * children lives in carrier, which no pass before link_bursts needs. */
static void answer_beside(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++)
		k->scratch[i] = LINK_NONE;
	for (uint32_t i = 0; i < k->count; i++) {
		struct link *l = &k->table[i];
		uint32_t parent = l->parent, *latest;

		if (parent == LINK_NONE || !l->live)
			continue;
		latest = &k->scratch[parent];
		while (*latest != LINK_NONE && k->table[*latest].answer != LINK_NONE)
			*latest = k->table[*latest].carrier;
		if (!l->staff) {
			l->carrier = *latest;
			*latest = i;
		} else if (l->parent_known == PARENT_GUESSED) {
			if (*latest != LINK_NONE)
				answer_by_guess(k, i, *latest);
			else if (is_reader(&k->table[parent]) &&
				 k->table[parent].answer == LINK_NONE)
				answer_by_guess(k, i, parent);
		}
	}
	for (uint32_t i = 0; i < k->count; i++)
		k->table[i].carrier = LINK_NONE;
}

static bool has_guessed_staff(const struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++)
		if (k->table[i].staff && k->table[i].live && k->table[i].parent != LINK_NONE &&
		    k->table[i].parent_known == PARENT_GUESSED)
			return true;
	return false;
}

/* ---- bursts ---- */

/* True when row is its own writer's addition, directly below the earlier one. */
static bool is_addition(const struct linking *k, uint32_t row)
{
	const struct link *l = &k->table[row], *parent;

	if (l->parent == LINK_NONE || !is_reader(l) || !l->person)
		return false;
	parent = &k->table[l->parent];
	return is_reader(parent) && parent->person == l->person;
}

static uint32_t burst_root(struct linking *k, uint32_t row)
{
	uint32_t root = row, next;

	while (k->table[root].carrier != root && k->table[root].carrier != LINK_NONE)
		root = k->table[root].carrier;
	while (k->table[row].carrier != root && row != root) {
		next = k->table[row].carrier;
		k->table[row].carrier = root;
		row = next;
	}
	return root;
}

/* carrier first holds a way to the burst's first comment; then, by way of
 * scratch (for a first comment, its burst's last), the last one. */
static void link_bursts(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++) {
		struct link *l = &k->table[i];

		k->scratch[i] = i;
		if (is_reader(l))
			l->carrier = is_addition(k, i) ? l->parent : i;
	}
	for (uint32_t i = 0; i < k->count; i++) {
		uint32_t root;

		if (k->table[i].carrier == LINK_NONE)
			continue;
		root = burst_root(k, i);
		if (is_later(k, i, k->scratch[root]))
			k->scratch[root] = i;
	}
	for (uint32_t i = 0; i < k->count; i++)
		if (k->table[i].carrier != LINK_NONE)
			k->table[i].carrier = k->scratch[k->table[i].carrier];
}

/* A staff answer to a later addition answers what stands above it in the
 * burst. Each step fills an empty answer, so all steps together are linear. */
static void answer_bursts(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++) {
		uint32_t row = i;

		while (k->table[row].answer != LINK_NONE && is_addition(k, row)) {
			struct link *above = &k->table[k->table[row].parent];

			if (above->answer != LINK_NONE)
				break;
			above->answer = k->table[row].answer;
			above->answer_guessed = k->table[row].answer_guessed;
			row = k->table[row].parent;
		}
	}
}

static void mark_awaiting(struct linking *k)
{
	for (uint32_t i = 0; i < k->count; i++)
		k->table[i].awaiting = k->table[i].carrier == i && k->table[i].answer == LINK_NONE;
}

void thread_link(struct link *table, uint32_t count, bool flat,
		 const char *(*name)(void *ctx, uint32_t row), void *ctx, struct diags *d)
{
	struct linking k = { .table = table, .count = count, .name = name, .ctx = ctx, .diags = d };
	bool replies;

	k.scratch = mem_alloc(((size_t)count + 1) * sizeof(*k.scratch));
	replies = has_replies(&k);
	link_start(&k);
	if (flat && !replies) {
		answer_flat(&k);
	} else {
		cut_cycles(&k);
		answer_directly(&k);
		if (has_guessed_staff(&k))
			answer_beside(&k);
	}
	link_bursts(&k);
	answer_bursts(&k);
	mark_awaiting(&k);
	if (k.guesses)
		diag_add(d, DIAG_ANSWER_GUESSED, "",
			 "%u staff comments are taken to answer the reader before them: this form "
			 "does not show whom they answer",
			 k.guesses);
	free(k.scratch);
}
