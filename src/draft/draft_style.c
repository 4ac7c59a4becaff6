/* draft_style.c - the house style read over a finished reply. Rules of phrases
 * come from house-style.json; what needs code stands here: brackets, length,
 * sign-off.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/mem.h"
#include "dear/situation.h"
#include "dear/utf8.h"
#include "draft_internal.h"

/* How far back a word like "not" is looked for, and how long a bracket that
 * stands for something unfilled can be. */
#define NEGATION_REACH 5
#define BRACKET_MOST   60

struct check {
	const struct responses *r;
	const char *reply;
	bool own;
	struct arena *arena;
	struct words words;
	struct style_breach *list;
	size_t count, size;
};

/* start and end in bytes. */
static void breach(struct check *c, const char *rule, const char *text, size_t start, size_t end,
		   bool blocks)
{
	struct style_breach *b;

	c->list = mem_grow(c->list, &c->size, c->count + 1, sizeof(*c->list));
	b = &c->list[c->count++];
	b->rule = rule;
	b->text = text;
	b->start = utf8_count(c->reply, start);
	b->end = utf8_count(c->reply, end);
	b->blocks = blocks || c->own;
}

/* A pair of brackets with something short between. */
static void check_pair(struct check *c, char open, char close)
{
	const char *at = c->reply;

	while ((at = strchr(at, open))) {
		const char *end = at + 1;

		while (*end && end - at < BRACKET_MOST && *end != close && *end != '\n')
			end++;
		if (*end == close) {
			end += strspn(end, (const char[]){ close, '\0' });
			breach(c, "unfilled", "fill in or take out what stands in brackets",
			       (size_t)(at - c->reply), (size_t)(end - c->reply), true);
		}
		at = end;
	}
}

static bool covered(const struct check *c, size_t at)
{
	size_t cp = utf8_count(c->reply, at);

	for (size_t i = 0; i < c->count; i++)
		if (c->list[i].start <= cp && cp < c->list[i].end)
			return true;
	return false;
}

static void check_unfilled(struct check *c)
{
	const char *hit;

	check_pair(c, '[', ']');
	check_pair(c, '{', '}');
	for (const char *const *mark = c->r->style->unfilled; *mark; mark++)
		for (hit = c->reply; (hit = strstr(hit, *mark)); hit += strlen(*mark)) {
			size_t at = (size_t)(hit - c->reply);

			if (!covered(c, at))
				breach(c, "unfilled",
				       arena_printf(c->arena, "write what '%s' stands for", *mark),
				       at, at + strlen(*mark), true);
		}
}

/* A line of thanks and a question back may be short. */
static bool may_be_short(const struct classification *found)
{
	return !found || found->unsure || found->triage != TRIAGE_NONE;
}

bool style_has_letter(const char *text)
{
	return *text == '"' || strstr(text, "\n\n\"") || strstr(text, "\n\n\u201c");
}

static void check_length(struct check *c, const struct classification *found)
{
	const struct style *s = c->r->style;
	size_t count = c->words.count;
	int most = style_has_letter(c->reply) ? s->with_letter : s->most;

	if (count > (size_t)most)
		breach(c, "length",
		       arena_printf(c->arena, "%zu words; bring it down to %d", count, most), 0, 0,
		       false);
	if (count < (size_t)s->least && !may_be_short(found))
		breach(c, "length",
		       arena_printf(c->arena, "%zu words; %d at least", count, s->least), 0, 0,
		       false);
}

size_t style_body(const struct style *s, const char *reply)
{
	size_t len = strlen(reply), sign = strlen(s->signoff);

	while (len > 0 && strchr(" \n\r\t", reply[len - 1]))
		len--;
	if (len >= sign && memcmp(reply + len - sign, s->signoff, sign) == 0)
		len -= sign;
	while (len > 0 && strchr(" \n\r\t", reply[len - 1]))
		len--;
	return len;
}

static void check_signoff(struct check *c)
{
	const char *sign = c->r->style->signoff, *line = strrchr(sign, '\n');

	/* The last line is who signs; an editor may greet otherwise. */
	if (!strstr(c->reply, c->own || !line ? sign : line + 1))
		breach(c, "signoff", arena_printf(c->arena, "end with: %s", line ? line + 1 : sign),
		       0, 0, false);
}

/* True when the words from i on are the phrase; *ret_last its last word. */
static bool phrase_at(const struct words *w, size_t i, const struct phrase *p, size_t *ret_last)
{
	const uint64_t *word = p->words;

	if (i + p->places > w->count || w->list[i + p->places - 1].sentence != w->list[i].sentence)
		return false;
	for (size_t k = 0; k < p->places; k++) {
		bool hit = false;

		for (; *word; word++)
			hit |= *word == ANY_WORD || *word == w->list[i + k].hash;
		if (!hit)
			return false;
		word++;
	}
	*ret_last = i + p->places - 1;
	return true;
}

static bool turned_round(const struct words *w, size_t i, const uint64_t *not_after)
{
	for (size_t k = i; k > 0 && i - k < NEGATION_REACH; k--) {
		const struct word *before = &w->list[k - 1];

		if (before->sentence != w->list[i].sentence)
			return false;
		for (const uint64_t *word = not_after; *word; word++)
			if (*word == before->hash)
				return true;
	}
	return false;
}

static void check_phrase(struct check *c, size_t i, const struct style_rule *rule,
			 const struct phrase *p, const struct term_set *holds)
{
	size_t last;

	if (!phrase_at(&c->words, i, p, &last) || turned_round(&c->words, i, rule->not_after))
		return;
	if (rule->when.weight > 0 && !(holds && condition_holds(&rule->when, holds)))
		return;
	breach(c, rule->name,
	       arena_printf(c->arena, "'%.*s': %s",
			    (int)(c->words.list[last].end - c->words.list[i].start),
			    c->reply + c->words.list[i].start, rule->say),
	       c->words.list[i].start, c->words.list[last].end, false);
}

/* First entry of the index for a word. */
static size_t first_start(const struct style *s, uint64_t hash)
{
	size_t low = 0, high = s->start_count;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (s->starts[mid].hash < hash)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void check_phrases(struct check *c, const struct term_set *holds)
{
	const struct style *s = c->r->style;

	for (size_t i = 0; i < c->words.count; i++) {
		uint64_t hash = c->words.list[i].hash;

		if (!(s->filter[hash / 64 % STYLE_FILTER] >> hash % 64 & 1))
			continue;
		for (size_t k = first_start(s, hash);
		     k < s->start_count && s->starts[k].hash == hash; k++) {
			const struct style_rule *rule = &s->rules[s->starts[k].rule];

			check_phrase(c, i, rule, &rule->phrases[s->starts[k].phrase], holds);
		}
	}
}

size_t style_check(const struct responses *r, const char *reply, bool own,
		   const struct classification *found, struct arena *a, struct style_breach **ret)
{
	struct check c = { .r = r, .reply = reply, .own = own, .arena = a };
	struct draft_request req = { .found = found };
	struct term_set holds = { 0 };

	if (found)
		holds = terms_holding(&r->terms, &req, false);
	words_read(reply, a, &c.words);
	check_unfilled(&c);
	check_length(&c, found);
	check_signoff(&c);
	check_phrases(&c, found ? &holds : NULL);
	*ret = arena_copy(a, c.list, c.count * sizeof(*c.list));
	free(c.list);
	return c.count;
}
