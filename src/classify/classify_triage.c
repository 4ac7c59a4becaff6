/* classify_triage.c - who has to look at a comment, and why.
 *
 * Safety goes before everything. The rest asks: is it ours to answer at all
 * (spam, thanks, readers among themselves), may a draft answer it (language,
 * minor, legal, medical), and is enough known (unsure).
 */
#include <string.h>

#include "classify_internal.h"

#define ENGLISH_SHARE 0.4  /* below: not English */
#define MIXED_SHARE   0.62 /* below: not English, where words of another language stand */
#define FEW_WORDS     12   /* ... of which more are asked in a longer text */

/* A question that is not put to another reader. */
static bool asks_column(const struct marked *m, const struct classification *c)
{
	for (size_t i = 0; i < c->detail_count; i++)
		if (!strncmp(c->details[i].name, "asks_", 5) &&
		    strcmp(c->details[i].name, "asks_staff_back") != 0) /* "thanks for the reply" */
			return true;
	for (uint32_t s = 0; s < m->text.sentence_count; s++) {
		const struct sentence *sentence = &m->text.sentences[s];
		bool you = false;
		for (uint32_t i = sentence->first; i < sentence->last; i++)
			you = you || marked_is(m, i, CLASS_YOU) || marked_is(m, i, CLASS_YOUR);
		if (sentence->question && !you)
			return true;
	}
	return false;
}

/* Few everyday words of English; or not many, and words of another language. */
static bool is_other_language(const struct marked *m, const struct outcome *outcomes)
{
	double share = text_english(&m->text);
	if (share < ENGLISH_SHARE)
		return true;
	return score_has(m->rules, outcomes, "language") &&
	       (share < MIXED_SHARE || m->text.word_count < FEW_WORDS);
}

static bool tells_something(const struct classification *c)
{
	for (size_t i = 0; i < c->situation_count; i++) {
		const struct situation *s = &c->situations[i];
		if (s->band >= BAND_MEDIUM && strcmp(s->label, "not_breakup") != 0 &&
		    strcmp(s->label, "thanks") != 0)
			return true;
	}
	return false;
}

static enum triage decide(const struct marked *m, const struct outcome *outcomes,
			  const struct classify_request *req, const struct classification *c)
{
	const struct rules *r = m->rules;
	bool asks = asks_column(m, c);
	if (classification_given(c, "safety"))
		return TRIAGE_SAFETY;
	/* Before the language: an advert's few words are hardly English prose. */
	if (classification_given(c, "spam"))
		return TRIAGE_SPAM;
	if (is_other_language(m, outcomes))
		return TRIAGE_LANGUAGE;
	if (score_has(r, outcomes, "minor"))
		return TRIAGE_MINOR;
	if (score_has(r, outcomes, "legal_or_medical"))
		return TRIAGE_LEGAL_OR_MEDICAL;
	if ((req->reply_to_reader || score_has(r, outcomes, "to_another_reader")) && !asks)
		return TRIAGE_READER_TO_READER;
	if (classification_given(c, "thanks") && !asks && !tells_something(c))
		return TRIAGE_THANKS;
	return c->unsure ? TRIAGE_UNSURE : TRIAGE_NONE;
}

void triage_decide(const struct marked *m, const struct outcome *outcomes,
		   const struct classify_request *req, struct classification *ret)
{
	bool knows = ret->detail_count > 1 ||
		     (ret->detail_count > 0 &&
		      (m->ex_pronoun || score_has(m->rules, outcomes, "ended")));
	ret->unsure =
		!tells_something(ret) && !knows && !score_has(m->rules, outcomes, "apology_matter");
	ret->triage = decide(m, outcomes, req, ret);
}
