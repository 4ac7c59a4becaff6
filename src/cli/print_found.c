/* print_found.c - what classify found, in a columnist's words. Labels and cues
 * are printed as the rules name them: new ones need no C.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/draft.h"
#include "dear/situation.h"

#include "print_internal.h"

enum { QUOTES_MAX = 4 };

static const char *band_meaning(enum band band)
{
	switch (band) {
	case BAND_HIGH:
		return "sure";
	case BAND_MEDIUM:
		return "likely";
	case BAND_LOW:
		return "maybe";
	case BAND_NONE:
		return "no";
	}
	return "";
}

/* The quotes on one side, at most a few; nothing when there are none. */
static void put_side(struct buf *b, const struct situation *s, bool supports, const char *head)
{
	size_t put = 0, left = 0;

	for (size_t i = 0; i < s->evidence_count; i++) {
		const struct evidence *e = &s->evidence[i];

		if (e->supports != supports)
			continue;
		if (put == QUOTES_MAX) {
			left++;
			continue;
		}
		buf_puts(b, put++ ? "\n             " : head);
		words_quote(b, e->quote);
		buf_puts(b, " (");
		words_cue(b, e->cue);
		buf_putc(b, ')');
	}
	if (left)
		buf_printf(b, "\n             and %zu more", left);
	if (put)
		buf_putc(b, '\n');
}

void found_situations(struct buf *b, const struct classification *c)
{
	if (!c->situation_count)
		buf_puts(b, "  no situation that dear knows\n");
	for (size_t i = 0; i < c->situation_count; i++) {
		const struct situation *s = &c->situations[i];

		buf_printf(b, "  %s: %s (%s, %d of 100)\n", s->label, band_meaning(s->band),
			   band_word(s->band), (int)(s->score * 100 + 0.5));
		put_side(b, s, true, "    for:     ");
		put_side(b, s, false, "    against: ");
	}
}

static const char *person_words(const char *person)
{
	static const struct {
		const char *person, *words;
	} known[] = {
		{ "reader", "the reader" },  { "ex", "the ex" },   { "both", "both" },
		{ "other", "someone else" }, { "you", "\"you\"" },
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (!strcmp(known[i].person, person))
			return known[i].words;
	return NULL;
}

static void put_people(struct buf *b, const struct classification *c, const char *who,
		       const char *words)
{
	size_t put = 0;

	for (size_t i = 0; i < c->person_count; i++) {
		if (strcmp(c->people[i].who, who) != 0)
			continue;
		buf_puts(b, put++ ? ", " : "  ");
		if (put == 1)
			buf_printf(b, "%s: ", words);
		words_quote(b, c->people[i].quote);
	}
	if (put)
		buf_putc(b, '\n');
}

void found_people(struct buf *b, const struct classification *c)
{
	put_people(b, c, "ex", "the ex");
	put_people(b, c, "both", "the two");
	put_people(b, c, "other", "others");
}

/* "the ex → the reader: end  “he left me”", and how it is meant when it is not
 * simply told as having happened. */
void found_events(struct buf *b, const struct classification *c)
{
	for (size_t i = 0; i < c->event_count; i++) {
		const struct event *e = &c->events[i];
		const char *actor = person_words(e->actor), *target = person_words(e->target);

		buf_printf(b, "  %s", actor ? actor : "");
		if (actor && target)
			buf_printf(b, " → %s", target);
		buf_puts(b, actor ? ": " : "");
		words_cue(b, e->kind);
		if (e->how != HOW_HAPPENED)
			buf_printf(b, ", %s", event_how_word(e->how));
		buf_puts(b, "  ");
		words_quote(b, e->quote);
		buf_putc(b, '\n');
	}
}

void found_facts(struct buf *b, const struct classification *c)
{
	for (size_t i = 0; i < c->fact_count; i++) {
		const struct fact *f = &c->facts[i];

		buf_printf(b, "  %s: ", f->name);
		words_line(b, f->value, 40);
		buf_puts(b, "  ");
		words_quote(b, f->quote);
		buf_putc(b, '\n');
	}
}

void found_triage(struct buf *b, enum triage t)
{
	buf_puts(b, triage_sentence(t));
}

/* Situations, facts and details, each under its head. */
static void put_found(struct buf *b, const struct out *o, const struct classification *c)
{
	words_head(b, o, "Situations");
	found_situations(b, c);
	if (c->person_count) {
		words_head(b, o, "Who is who");
		found_people(b, c);
	}
	if (c->event_count) {
		words_head(b, o, "Who did what");
		found_events(b, c);
	}
	if (c->fact_count) {
		words_head(b, o, "Facts");
		found_facts(b, c);
	}
	if (c->detail_count) {
		words_head(b, o, "What a reply can take up");
		for (size_t i = 0; i < c->detail_count; i++) {
			buf_printf(b, "  %s  ", c->details[i].name);
			words_quote(b, c->details[i].quote);
			buf_putc(b, '\n');
		}
	}
	buf_printf(b, "Topic: %s\n", c->topic ? c->topic : "none found");
}

void text_explanation(struct out *o, const struct explanation *e)
{
	struct buf b = BUF_INIT;

	if (e->item)
		buf_printf(&b, "Item %lld\n", (long long)e->item);
	words_evidence(&b, o, "  | ", e->text, e->found);
	buf_putc(&b, '\n');
	put_found(&b, o, e->found);
	found_triage(&b, e->found->triage);
	buf_putc(&b, '\n');
	out_write(o, &b);
	buf_release(&b);
}

void text_trial(struct out *o, const struct trial *t)
{
	const char *reply = t->safety_text ? t->safety_text : t->draft->text;
	struct buf b = BUF_INIT;

	if (!t->draft->text) {
		if (t->found->triage == TRIAGE_NONE)
			buf_puts(&b, "A person has to answer: the responses have nothing for it.");
		else
			found_triage(&b, t->found->triage);
		buf_puts(&b, t->safety_text ? "\nThe column's safety text is on offer:\n" : "\n");
	}
	if (reply)
		words_block(&b, o, "", reply);
	if (t->why) {
		buf_putc(&b, '\n');
		put_found(&b, o, t->found);
		buf_printf(&b, "Responses: %s\n", t->draft->responses);
	}
	out_write(o, &b);
	buf_release(&b);
}
