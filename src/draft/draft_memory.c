/* draft_memory.c - what was already said in a thread. A counter a wording; the
 * runs of eight words of its first drafts; and for each reader the responses
 * they got lately. All three are bounded: see the limits below.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dear/hash.h"
#include "dear/mem.h"
#include "draft_internal.h"

/* A thread of ordinary size: so many replies are compared word for word. */
#define ORDINARY_REPLIES 300
/* Readers remembered, the responses each of them got last, and how far from its
 * place in the table a reader is looked for. */
#define PERSONS_MOST     65536
#define PERSONS_FIRST    64
#define PERSON_RESPONSES 24
#define PERSON_REACH     8

struct person {
	uint64_t key; /* 0: free */
	uint16_t responses[PERSON_RESPONSES];
	uint16_t count; /* of all; the ring's write end is count % size */
};

struct draft_memory {
	const struct responses *r;
	uint64_t *last_use; /* by wording */
	bool *worn;         /* by response: said already that it is */
	uint64_t clock;
	size_t replies;
	uint64_t *runs; /* hash set; 0 free; emptied when no longer needed */
	size_t run_count, run_size;
	struct person *persons;
	size_t person_size;
	struct arena scratch;
};

struct draft_memory *draft_memory_new(const struct responses *r)
{
	struct draft_memory *m = mem_alloc(sizeof(*m));

	m->r = r;
	m->last_use = mem_alloc((r->wording_count + 1) * sizeof(*m->last_use));
	m->worn = mem_alloc((r->count + 1) * sizeof(*m->worn));
	return m;
}

void draft_memory_free(struct draft_memory *m)
{
	if (!m)
		return;
	free(m->last_use);
	free(m->worn);
	free(m->runs);
	free(m->persons);
	arena_release(&m->scratch);
	free(m);
}

uint64_t memory_last_use(const struct draft_memory *m, uint32_t wording)
{
	return m->last_use[wording];
}

bool memory_compares(const struct draft_memory *m)
{
	return m->replies < ORDINARY_REPLIES;
}

bool memory_worn_first(struct draft_memory *m, const struct response *p)
{
	size_t i = (size_t)(p - m->r->list);
	bool first = !m->worn[i];

	m->worn[i] = true;
	return first;
}

/* Where a run stands or would stand. */
static size_t run_slot(const uint64_t *runs, size_t size, uint64_t run)
{
	size_t slot = run & (size - 1);

	while (runs[slot] && runs[slot] != run)
		slot = (slot + 1) & (size - 1);
	return slot;
}

static void grow_runs(struct draft_memory *m)
{
	size_t size = m->run_size ? m->run_size * 2 : 1024;
	uint64_t *runs = mem_alloc(size * sizeof(*runs));

	for (size_t i = 0; i < m->run_size; i++)
		if (m->runs[i])
			runs[run_slot(runs, size, m->runs[i])] = m->runs[i];
	free(m->runs);
	m->runs = runs;
	m->run_size = size;
}

static void add_run(struct draft_memory *m, uint64_t run)
{
	size_t slot;

	if (2 * (m->run_count + 1) > m->run_size)
		grow_runs(m);
	slot = run_slot(m->runs, m->run_size, run);
	m->run_count += m->runs[slot] == 0;
	m->runs[slot] = run;
}

bool memory_said(const struct draft_memory *m, const struct words *w, size_t i)
{
	uint64_t run = words_run(w, i);

	return m->run_size > 0 && m->runs[run_slot(m->runs, m->run_size, run)] != 0;
}

static uint64_t person_key(const char *person)
{
	uint64_t key = hash_string(HASH_START, person);

	return key ? key : 1;
}

/* The reader's place; NULL when unknown. */
static struct person *find_person(const struct draft_memory *m, uint64_t key)
{
	for (size_t i = 0; m->person_size && i < PERSON_REACH; i++) {
		struct person *p = &m->persons[(key + i) & (m->person_size - 1)];

		if (p->key == key)
			return p;
	}
	return NULL;
}

/* A free place within reach, NULL when all are taken. */
static struct person *free_place(const struct draft_memory *m, uint64_t key)
{
	for (size_t i = 0; m->person_size && i < PERSON_REACH; i++) {
		struct person *p = &m->persons[(key + i) & (m->person_size - 1)];

		if (p->key == 0)
			return p;
	}
	return NULL;
}

static void grow_persons(struct draft_memory *m)
{
	struct person *old = m->persons;
	size_t old_size = m->person_size;

	m->person_size = old_size ? old_size * 2 : PERSONS_FIRST;
	m->persons = mem_alloc(m->person_size * sizeof(*m->persons));
	for (size_t i = 0; i < old_size; i++) {
		struct person *p = old[i].key ? free_place(m, old[i].key) : NULL;

		if (p)
			*p = old[i];
	}
	free(old);
}

/* When the table is at its largest, a newcomer takes the place of another. */
static struct person *add_person(struct draft_memory *m, uint64_t key)
{
	struct person *p = find_person(m, key);

	if (p)
		return p;
	while (!(p = free_place(m, key)) && m->person_size < PERSONS_MOST)
		grow_persons(m);
	if (!p)
		p = &m->persons[key & (m->person_size - 1)];
	*p = (struct person){ .key = key };
	return p;
}

bool memory_told(const struct draft_memory *m, const char *person, const struct response *p)
{
	const struct person *who = person ? find_person(m, person_key(person)) : NULL;
	uint16_t number = (uint16_t)(p - m->r->list);
	size_t kept;

	if (!who)
		return false;
	kept = who->count < PERSON_RESPONSES ? who->count : PERSON_RESPONSES;
	for (size_t i = 0; i < kept; i++)
		if (who->responses[i] == number)
			return true;
	return false;
}

/* "ex-letter/no-contact/2": marks the wording used. */
static void learn_wording(struct draft_memory *m, struct person *who, const char *name, size_t len)
{
	const char *slash = memrchr(name, '/', len);
	const struct response *p;
	unsigned long n;

	if (!slash)
		return;
	p = responses_find(m->r, name, (size_t)(slash - name));
	n = strtoul(slash + 1, NULL, 10);
	if (!p || n < 1 || n > p->count)
		return;
	m->last_use[p->first + n - 1] = m->clock;
	if (who)
		who->responses[who->count++ % PERSON_RESPONSES] = (uint16_t)(p - m->r->list);
}

static void learn_runs(struct draft_memory *m, const char *text)
{
	size_t body = style_body(m->r->style, text);
	struct words w;

	words_read(arena_strndup(&m->scratch, text, body), &m->scratch, &w);
	for (size_t i = 0; i + RUN_WORDS <= w.count; i++)
		add_run(m, words_run(&w, i));
	arena_clear(&m->scratch);
}

void draft_memory_learn(struct draft_memory *m, const char *person, const char *responses,
			const char *text)
{
	struct person *who = person ? add_person(m, person_key(person)) : NULL;

	m->clock++;
	m->replies++;
	while (responses && *responses) {
		size_t len = strcspn(responses, " ");

		learn_wording(m, who, responses, len);
		responses += len + (responses[len] == ' ');
	}
	if (text && memory_compares(m))
		learn_runs(m, text);
}
