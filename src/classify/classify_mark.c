/* classify_mark.c - a comment's text with all that rules can see in it.
 *
 * Looks each token up once, finds phrases, durations and numbers, and hands
 * over to the parties and the clauses. It decides nothing.
 */
#include <string.h>

#include "classify_internal.h"
#include "dear/mem.h"

void marked_span(struct marked *m, uint32_t first, uint32_t last, uint32_t entry, uint32_t value)
{
	if (m->span_count == m->span_size) {
		size_t size = m->span_size ? 2 * m->span_size : 128;
		struct span *grown = arena_alloc(m->arena, size * sizeof(*grown));
		if (m->span_count)
			memcpy(grown, m->spans, m->span_count * sizeof(*grown));
		m->spans = grown;
		m->span_size = size;
	}
	m->spans[m->span_count++] = (struct span){
		.first = first,
		.last = last,
		.entry = entry,
		.value = value,
		.next_start = m->starts[first],
		.next_end = m->ends[last],
	};
	m->begins[first] |= m->rules->uses[entry].classes;
	m->has |= m->rules->uses[entry].classes;
	m->starts[first] = (uint32_t)m->span_count;
	m->ends[last] = (uint32_t)m->span_count;
}

static void find_entries(struct marked *m)
{
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		uint32_t e = lexicon_find_token(&m->rules->lexicon, &m->text.tokens[i]);
		m->entry[i] = e;
		if (e != NO_ENTRY)
			m->is[i] = m->begins[i] = m->rules->uses[e].classes;
		m->has |= m->is[i];
	}
	m->entry[m->text.token_count] = m->entry[m->text.token_count + 1] = NO_ENTRY;
}

static void find_phrases_at(struct marked *m, uint32_t i)
{
	uint64_t seconds = m->rules->uses[m->entry[i]].seconds;
	if (m->entry[i + 1] == NO_ENTRY || !(seconds >> (m->entry[i + 1] % 64) & 1))
		return;
	const struct entry *e = &m->rules->lexicon.entries[m->entry[i]];
	uint32_t limit = m->text.sentences[m->text.tokens[i].sentence].last;
	for (size_t p = 0; p < e->phrase_count; p++) {
		const struct phrase *ph = &e->phrases[p];
		if (ph->count >= limit - i || m->entry[i + 1] != ph->second)
			continue;
		uint32_t k = 1;
		while (k < ph->count && m->entry[i + 1 + k] == ph->words[k])
			k++;
		if (k == ph->count)
			marked_span(m, i, i + 1 + k, ph->entry, 0);
	}
}

static void find_spans(struct marked *m)
{
	for (uint32_t i = 0; i < m->text.token_count; i++) {
		uint8_t kind = m->text.tokens[i].kind;
		if (m->entry[i] != NO_ENTRY)
			find_phrases_at(m, i);
		if (kind == TOKEN_NUMBER)
			marked_span(m, i, i + 1, lexicon_builtin(BUILTIN_NUMBER), i);
		else if (kind == TOKEN_EMOJI)
			marked_span(m, i, i + 1, lexicon_builtin(BUILTIN_EMOJI), i);
	}
	for (uint32_t d = 0; d < m->duration_count; d++)
		marked_span(m, m->durations[d].first, m->durations[d].last,
			    lexicon_builtin(BUILTIN_DURATION), d);
}

void marked_init(struct marked *m, const struct rules *r, const char *source, size_t len,
		 struct arena *a)
{
	*m = (struct marked){ .rules = r, .arena = a };
	text_read(source, len, a, &m->text);
	size_t n = m->text.token_count + 2;
	uint32_t *words = arena_alloc(a, 4 * n * sizeof(*words));
	m->entry = words;
	m->starts = words + n;
	m->ends = words + 2 * n;
	m->clause = words + 3 * n;
	m->is = arena_alloc(a, 2 * n * sizeof(*m->is));
	m->begins = m->is + n;
	m->party = arena_alloc(a, 2 * n);
	m->subject = m->party + n;
	m->marks = arena_alloc(a, n * sizeof(*m->marks));
	m->duration_count = text_durations(&m->text, a, &m->durations);
	find_entries(m);
	find_spans(m);
	party_mark(m);
	clause_mark(m);
}
