/* situation.c - words and look-ups of the plain data in situation.h. */
#include "dear/situation.h"

#include <string.h>

#include "dear/hash.h"

static const char *const bands[] = { "", "low", "medium", "high" };

const char *band_word(enum band b)
{
	return bands[b];
}

enum band band_parse(const char *word)
{
	for (int b = BAND_LOW; b <= BAND_HIGH; b++)
		if (!strcmp(word, bands[b]))
			return (enum band)b;
	return BAND_NONE;
}

static const char *const reasons[] = {
#define X(id, word) word,
	TRIAGE_REASONS(X)
#undef X
};

const char *triage_word(enum triage t)
{
	return reasons[t];
}

enum triage triage_parse(const char *word)
{
	for (int t = TRIAGE_NONE + 1; t < TRIAGE_COUNT; t++)
		if (!strcmp(word, reasons[t]))
			return (enum triage)t;
	return TRIAGE_NONE;
}

const char *triage_status(enum triage t)
{
	switch (t) {
	case TRIAGE_NONE:
		return "drafted";
	case TRIAGE_SAFETY:
	case TRIAGE_UNSURE:
	case TRIAGE_LANGUAGE:
	case TRIAGE_MINOR:
	case TRIAGE_LEGAL_OR_MEDICAL:
		return "needs_person";
	case TRIAGE_SPAM:
	case TRIAGE_THANKS:
	case TRIAGE_READER_TO_READER:
	case TRIAGE_COUNT:
		break;
	}
	return "no_reply";
}

const struct situation *classification_find(const struct classification *c, const char *label)
{
	for (size_t i = 0; i < c->situation_count; i++)
		if (!strcmp(c->situations[i].label, label))
			return &c->situations[i];
	return NULL;
}

bool classification_given(const struct classification *c, const char *label)
{
	const struct situation *s = classification_find(c, label);
	return s && s->band >= BAND_MEDIUM;
}

const char *classification_fact(const struct classification *c, const char *name)
{
	for (size_t i = 0; i < c->fact_count; i++)
		if (!strcmp(c->facts[i].name, name))
			return c->facts[i].value;
	return NULL;
}

bool classification_detail(const struct classification *c, const char *name)
{
	for (size_t i = 0; i < c->detail_count; i++)
		if (!strcmp(c->details[i].name, name))
			return true;
	return false;
}

uint64_t classification_hash(const struct classification *c)
{
	uint64_t h = hash_string(HASH_START, c->topic);
	for (size_t i = 0; i < c->situation_count; i++) {
		h = hash_string(h, c->situations[i].label);
		h = hash_string(h, band_word(c->situations[i].band));
	}
	for (size_t i = 0; i < c->fact_count; i++) {
		h = hash_string(h, c->facts[i].name);
		h = hash_string(h, c->facts[i].value);
	}
	for (size_t i = 0; i < c->detail_count; i++)
		h = hash_string(h, c->details[i].name);
	return hash_string(h, triage_word(c->triage));
}

const char *triage_sentence(enum triage t)
{
	static const char *const sentences[] = {
		[TRIAGE_NONE] = "dear drafts a reply.",
		[TRIAGE_SAFETY] = "A person has to answer: somebody's safety may be at stake.",
		[TRIAGE_UNSURE] = "A person has to answer: dear is not sure what this is about.",
		[TRIAGE_LANGUAGE] = "A person has to answer: this does not read as English.",
		[TRIAGE_MINOR] = "A person has to answer: the reader may be a minor.",
		[TRIAGE_LEGAL_OR_MEDICAL] = "A person has to answer: a legal or medical question.",
		[TRIAGE_SPAM] = "No reply: this is an advertisement.",
		[TRIAGE_THANKS] = "No reply needed: thanks without a question.",
		[TRIAGE_READER_TO_READER] = "No reply needed: one reader speaks to another.",
		[TRIAGE_COUNT] = "",
	};

	return sentences[t];
}
