/* stats_sentence.c - which sentences of a draft an editor left, changed or took
 * out. One that stands word for word in what was approved was left; one of which
 * half the words stand in one sentence there was changed; else it was dropped.
 */
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "stats_internal.h"

enum { WORDS_MOST = 64 };

struct piece {
	const char *s;
	size_t len;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\n' || c == '\t';
}

/* The next sentence of [s, end), without blanks around it; a line's end ends it,
 * too. False at the end. */
static bool next_sentence(const char **s, const char *end, struct piece *ret)
{
	const char *at = *s;

	while (at < end && is_blank(*at))
		at++;
	ret->s = at;
	for (; at < end; at++) {
		const char *after = at + 1;

		if (*at == '\n')
			break;
		if (!strchr(".!?", *at))
			continue;
		while (after < end && strchr("\"')", *after))
			after++;
		if (after == end || is_blank(*after)) {
			at = after;
			break;
		}
	}
	ret->len = (size_t)(at - ret->s);
	*s = at;
	return ret->len > 0;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || (unsigned char)c >= 0x80 || c == '\'';
}

static size_t words_of(const struct piece *p, struct piece out[WORDS_MOST])
{
	size_t count = 0, i = 0;

	while (i < p->len && count < WORDS_MOST) {
		size_t n = 0;

		while (i + n < p->len && is_word(p->s[i + n]))
			n++;
		if (n > 0)
			out[count++] = (struct piece){ p->s + i, n };
		i += n ? n : 1;
	}
	return count;
}

static bool same_word(const struct piece *a, const struct piece *b)
{
	return a->len == b->len && !strncasecmp(a->s, b->s, a->len);
}

/* Whether the blanks apart the text has the sentence as it is. */
static bool stands_in(const struct piece *sentence, const char *text)
{
	const char *s = text, *end = text + strlen(text);
	struct piece there;

	while (next_sentence(&s, end, &there)) {
		struct piece a[WORDS_MOST], b[WORDS_MOST];
		size_t count = words_of(sentence, a), i = 0;

		if (words_of(&there, b) != count)
			continue;
		while (i < count && a[i].len == b[i].len && !strncmp(a[i].s, b[i].s, a[i].len))
			i++;
		if (i == count && sentence->s[sentence->len - 1] == there.s[there.len - 1])
			return true;
	}
	return false;
}

static bool is_like_one(const struct piece *sentence, const char *text)
{
	const char *s = text, *end = text + strlen(text);
	struct piece there, a[WORDS_MOST], b[WORDS_MOST];
	size_t count = words_of(sentence, a);

	while (next_sentence(&s, end, &there)) {
		size_t many = words_of(&there, b), shared = 0;

		for (size_t i = 0; i < count; i++)
			for (size_t k = 0; k < many; k++)
				if (same_word(&a[i], &b[k])) {
					shared++;
					break;
				}
		if (shared * 2 >= count && count > 0 && shared * 2 >= many)
			return true;
	}
	return false;
}

void stats_sentences(const char *part, size_t len, const char *final,
		     void (*touched)(void *ctx, unsigned number, const char *text, size_t len,
				     int changed),
		     void *ctx)
{
	const char *s = part, *end = part + len;
	struct piece sentence;

	for (unsigned number = 1; next_sentence(&s, end, &sentence); number++)
		if (!stands_in(&sentence, final))
			touched(ctx, number, sentence.s, sentence.len,
				is_like_one(&sentence, final));
}
