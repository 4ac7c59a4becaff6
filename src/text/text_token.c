/* text_token.c - one token at a time out of the source.
 *
 * Words are lowered, composed, opened ("hasn't") and put right ("bf"); numbers
 * lose their thousands commas; marks that rules read stay, the rest is passed
 * over. Sentences end at their marks, at blank lines, and at line ends that
 * look like one.
 */
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "dear/arena.h"
#include "dear/bounds.h"
#include "dear/mem.h"
#include "dear/utf8.h"
#include "text_internal.h"

#define OPENED_BYTES  40 /* no contraction is longer */
#define WRAPPED_BYTES 55 /* a shorter line was ended on purpose */

static bool is_alpha(unsigned char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static bool is_digit(unsigned char c)
{
	return c >= '0' && c <= '9';
}

static bool is_zero_width(uint32_t cp)
{
	return (cp >= 0x200B && cp <= 0x200F) || cp == 0x2060 || cp == 0xFEFF || cp == 0xAD ||
	       (cp >= 0xFE00 && cp <= 0xFE0F) || (cp >= 0x202A && cp <= 0x202E);
}

static bool is_apostrophe(uint32_t cp)
{
	return cp == '\'' || cp == 0x2019 || cp == 0x2018 || cp == 0x2BC || cp == '`' || cp == 0xB4;
}

static bool is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return is_alpha((unsigned char)cp);
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME;
}

void text_token_break(struct text_reader *r, bool paragraph)
{
	r->fresh = true;
	if (paragraph && r->count && r->paragraph < 255)
		r->paragraph++;
}

static void open_sentence(struct text_reader *r)
{
	size_t n = r->sentence_count;
	r->starts = mem_grow(r->starts, &r->sentence_size, n + 1, sizeof(*r->starts));
	r->paragraphs = mem_grow(r->paragraphs, &r->paragraph_size, n + 1, 1);
	r->starts[n] = (uint32_t)r->count;
	r->paragraphs[n] = (uint8_t)r->paragraph;
	r->sentence_count++;
	r->fresh = false;
}

/* The part of the source that a token stands for. */
struct place {
	size_t start, end, cp_start, cp_end;
};

/* A token whose text is meant as it stands. */
struct written {
	const char *word;
	uint32_t hash;
	uint16_t rank;
};

static struct written look_up(const struct text_reader *r, const char *word)
{
	uint32_t hash = text_word_hash(word, strlen(word));
	const struct word_entry *e = text_word_find(r->words, word, text_word_key(word), hash);
	return (struct written){ word, hash, e ? e->everyday : 0 };
}

static void grow_tokens(struct text_reader *r)
{
	struct token *grown = arena_room(r->arena, 2 * r->size * sizeof(*grown));
	memcpy(grown, r->tokens, r->count * sizeof(*grown));
	r->tokens = grown;
	r->size *= 2;
}

static void push(struct text_reader *r, const struct written *w, enum token_kind kind,
		 const struct place *at)
{
	if (r->count >= BOUND_TEXT_TOKENS) {
		r->cut = true;
		return;
	}
	if (r->fresh)
		open_sentence(r);
	if (r->count == r->size)
		grow_tokens(r);
	r->tokens[r->count++] = (struct token){
		.word = w->word,
		.hash = w->hash,
		.start = (uint32_t)at->start,
		.end = (uint32_t)at->end,
		.cp_start = (uint32_t)at->cp_start,
		.cp_end = (uint32_t)at->cp_end,
		.sentence = (uint32_t)(r->sentence_count - 1),
		.rank = w->rank,
		.kind = (uint8_t)kind,
		.quoted = at->start < r->quote_end,
	};
}

static void push_plain(struct text_reader *r, const char *word, enum token_kind kind,
		       const struct place *at)
{
	struct written w = look_up(r, word);
	push(r, &w, kind, at);
}

static bool one_of(const char *word, const char *const *list)
{
	for (; *list; list++)
		if (**list == *word && !strcmp(word, *list))
			return true;
	return false;
}

static bool is_participle(const char *word)
{
	static const char *const irregular[] = { "been",  "become", "begun",   "broke", "done",
						 "found", "gone",   "got",     "had",   "left",
						 "lost",  "made",   "met",     "said",  "seen",
						 "spent", "taken",  "thought", "told",  NULL };
	size_t n = strlen(word);
	if (n > 3 && !strcmp(word + n - 2, "ed") && word[n - 3] != 'e') /* not "need" */
		return true;
	if (n > 4 && !strcmp(word + n - 2, "en"))
		return true;
	return one_of(word, irregular);
}

/* "'d" is had before a participle, else would; "he's" is has before one. */
static void settle_pending(struct text_reader *r, const char *next)
{
	static const char *const between[] = { "already", "always", "ever",  "just", "never",
					       "not",     "only",   "since", NULL };
	if (one_of(next, between))
		return;
	struct token *t = &r->tokens[r->pending - 1];
	bool had = is_participle(next) || (*t->word == '\'' && !strcmp(next, "better"));
	if (*t->word == '\'')
		t->word = had ? "had" : "would";
	else if (had && strcmp(next, "done") != 0 && !strstr(next, "ed"))
		t->word = "has";
	struct written w = look_up(r, t->word);
	t->hash = w.hash;
	t->rank = w.rank;
	r->pending = 0;
}

/* "3 d", "27 yo": true when the word was a unit. */
static bool push_unit(struct text_reader *r, const char *word, const struct place *at)
{
	static const struct {
		const char *written, *meant, *second;
	} after_number[] = {
		{ "d", "days", NULL },     { "m", "m", NULL },     { "mo", "months", NULL },
		{ "mos", "months", NULL }, { "w", "weeks", NULL }, { "y", "years", NULL },
		{ "yo", "years", "old" },  { NULL, NULL, NULL },
	};
	if (!r->count || r->tokens[r->count - 1].kind != TOKEN_NUMBER)
		return false;
	for (size_t i = 0; after_number[i].written; i++) {
		if (strcmp(word, after_number[i].written) != 0)
			continue;
		push_plain(r, after_number[i].meant, TOKEN_WORD, at);
		if (after_number[i].second)
			push_plain(r, after_number[i].second, TOKEN_WORD, at);
		return true;
	}
	return false;
}

static void push_hashed(struct text_reader *r, const char *word, uint64_t key, uint32_t hash,
			const struct place *at)
{
	if (r->pending)
		settle_pending(r, word);
	if (push_unit(r, word, at))
		return;
	const struct word_entry *e = text_word_find(r->words, word, key, hash);
	if (!e || !e->words[0]) {
		struct written w = { word, hash, e ? e->everyday : 0 };
		push(r, &w, TOKEN_WORD, at);
		return;
	}
	for (size_t i = 0; i < TEXT_SPELLING_WORDS && e->words[i]; i++)
		push_plain(r, e->words[i], TOKEN_WORD, at);
}

static void push_word(struct text_reader *r, const char *word, const struct place *at)
{
	push_hashed(r, word, text_word_key(word), text_word_hash(word, strlen(word)), at);
}

static bool is_pronoun_like(const char *base)
{
	static const char *const list[] = { "everyone", "everything", "he",      "here",  "how",
					    "it",       "nobody",     "nothing", "one",   "she",
					    "someone",  "something",  "that",    "there", "this",
					    "what",     "when",       "where",   "who",   "why",
					    NULL };
	return one_of(base, list);
}

/* Opens "hasn't", "he's", "I'd've" from the end; base is NUL-terminated there. */
static void push_opened(struct text_reader *r, char *word, const struct place *at)
{
	static const struct {
		const char *suffix, *meant;
	} suffixes[] = { { "ll", "will" }, { "ve", "have" }, { "re", "are" },
			 { "m", "am" },    { "d", "'d" },    { NULL, NULL } };
	char *mark = strrchr(word, '\'');
	if (!mark || mark == word || strlen(word) > OPENED_BYTES) {
		push_word(r, word, at);
		return;
	}
	const char *suffix = mark + 1;
	if (!strcmp(suffix, "t") && mark[-1] == 'n' && mark - 1 > word) {
		mark[-1] = '\0';
		bool odd = !strcmp(word, "wo") || !strcmp(word, "ca") || !strcmp(word, "sha") ||
			   !strcmp(word, "ai");
		const char *base = !odd             ? word
				   : word[0] == 'w' ? "will"
				   : word[0] == 'c' ? "can"
				   : word[0] == 's' ? "shall"
						    : "is";
		push_word(r, base, at);
		push_word(r, "not", at);
		return;
	}
	*mark = '\0';
	if (!strcmp(suffix, "s")) {
		push_opened(r, word, at);
		bool is = is_pronoun_like(word);
		push_plain(r, !strcmp(word, "let") ? "us" : is ? "is" : "'s", TOKEN_WORD, at);
		if (is)
			r->pending = r->count;
		return;
	}
	for (size_t i = 0; suffixes[i].suffix; i++) {
		if (strcmp(suffix, suffixes[i].suffix) != 0)
			continue;
		push_opened(r, word, at);
		push_plain(r, suffixes[i].meant, TOKEN_WORD, at);
		if (*suffixes[i].meant == '\'')
			r->pending = r->count;
		return;
	}
	memmove(mark, suffix, strlen(suffix) + 1);
	push_opened(r, word, at);
}

/* A word with letters beyond ASCII: composed and lowered by utf8proc. */
static char *compose(struct text_reader *r, const char *word, size_t n)
{
	utf8proc_uint8_t *out = NULL;
	utf8proc_option_t how = UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD;
	utf8proc_ssize_t len =
		utf8proc_map((const utf8proc_uint8_t *)word, (utf8proc_ssize_t)n, &out, how);
	char *copy = arena_strndup(r->arena, len < 0 ? word : (const char *)out,
				   len < 0 ? n : (size_t)len);
	free(out);
	return copy;
}

/* Two letters around a slash are chat spelling: "y/o", "w/o", "b/c". */
static size_t slash_tail(const struct text_reader *r, size_t at)
{
	if (at + 1 >= r->len || r->source[at] != '/')
		return 0;
	bool tail = is_alpha((unsigned char)r->source[at + 1]) &&
		    (at + 2 >= r->len || !is_alpha((unsigned char)r->source[at + 2]));
	return tail ? 2 : 0;
}

/* "break-up" is two words, no dash; so is "3-year". */
static void skip_hyphen(struct text_reader *r)
{
	if (r->pos + 1 < r->len && r->source[r->pos] == '-' &&
	    is_alpha((unsigned char)r->source[r->pos + 1])) {
		r->pos++;
		r->cp++;
	}
}

/* Most words are ASCII letters and no more; false, and nothing read, for any
 * other. */
static bool read_plain_word(struct text_reader *r)
{
	const char *s = r->source + r->pos;
	size_t n = 0, left = r->len - r->pos;
	uint32_t hash = TEXT_HASH_START;
	char *word = r->pool;
	for (; n < left && is_alpha((unsigned char)s[n]); n++) {
		word[n] = (char)(s[n] | 0x20);
		hash = text_hash_step(hash, word[n]);
	}
	if (n < left && ((unsigned char)s[n] >= 0x80 || is_apostrophe((unsigned char)s[n]) ||
			 (s[n] == '/' && n == 1)))
		return false;
	uint64_t key;
	memset(word + n, 0, sizeof(key));
	memcpy(&key, word, sizeof(key));
	r->pool += n + 1;
	struct place at = { r->pos, r->pos + n, r->cp, r->cp + n };
	r->pos = at.end;
	r->cp = at.cp_end;
	push_hashed(r, word, key, hash, &at);
	skip_hyphen(r);
	return true;
}

static void read_word(struct text_reader *r)
{
	if (read_plain_word(r))
		return;
	struct place at = { .start = r->pos, .cp_start = r->cp };
	char *word = r->pool, *out = word;
	bool plain = true, opened = false;
	size_t pos = r->pos, cp = r->cp;
	while (pos < r->len) {
		unsigned char c = (unsigned char)r->source[pos];
		if (is_alpha(c)) {
			*out++ = (char)(c | 0x20);
			pos++;
			cp++;
			continue;
		}
		uint32_t u, next = 0;
		size_t n = utf8_decode(r->source + pos, r->len - pos, &u);
		if (pos + n < r->len)
			utf8_decode(r->source + pos + n, r->len - pos - n, &next);
		if (is_apostrophe(u) && is_letter(next)) {
			*out++ = '\'';
			opened = true;
		} else if (c >= 0x80 && is_letter(u) && !is_zero_width(u)) {
			memcpy(out, r->source + pos, n);
			out += n;
			plain = false;
		} else if (c < 0x80 || !is_zero_width(u)) {
			break;
		}
		pos += n;
		cp++;
	}
	if (out - word == 1 && slash_tail(r, pos)) {
		*out++ = '/';
		*out++ = (char)(r->source[pos + 1] | 0x20);
		pos += 2;
		cp += 2;
	}
	*out++ = '\0';
	r->pool = out;
	r->pos = at.end = pos;
	r->cp = at.cp_end = cp;
	if (!plain)
		word = compose(r, word, strlen(word));
	if (opened)
		push_opened(r, word, &at);
	else
		push_word(r, word, &at);
	skip_hyphen(r);
}

static bool ordinal_follows(const char *s, size_t left)
{
	static const char ends[4][3] = { "st", "nd", "rd", "th" };
	if (left < 2 || (left > 2 && is_alpha((unsigned char)s[2])))
		return false;
	for (size_t i = 0; i < 4; i++)
		if ((s[0] | 0x20) == ends[i][0] && (s[1] | 0x20) == ends[i][1])
			return true;
	return false;
}

/* ",000" but not ",5" */
static bool thousands_follow(const char *s, size_t left)
{
	return left > 3 && is_digit((unsigned char)s[1]) && is_digit((unsigned char)s[2]) &&
	       is_digit((unsigned char)s[3]) && (left == 4 || !is_digit((unsigned char)s[4]));
}

static void read_number(struct text_reader *r)
{
	struct place at = { .start = r->pos, .cp_start = r->cp };
	char *word = r->pool, *out = word;
	size_t pos = r->pos;
	while (pos < r->len) {
		char c = r->source[pos];
		bool inner = (c == '.' || c == ',' || c == '/') && pos + 1 < r->len &&
			     is_digit((unsigned char)r->source[pos + 1]);
		if (!is_digit((unsigned char)c) && !inner)
			break;
		if (c == ',' && !thousands_follow(r->source + pos, r->len - pos))
			c = '.'; /* "3,5 years" */
		if (c != ',')
			*out++ = c;
		pos++;
	}
	enum token_kind kind = TOKEN_NUMBER;
	if (ordinal_follows(r->source + pos, r->len - pos)) {
		*out++ = (char)(r->source[pos] | 0x20);
		*out++ = (char)(r->source[pos + 1] | 0x20);
		pos += 2;
		kind = TOKEN_WORD;
	}
	*out++ = '\0';
	r->pool = out;
	r->cp += pos - r->pos;
	r->pos = pos;
	at.end = r->pos;
	at.cp_end = r->cp;
	push_plain(r, word, kind, &at);
	skip_hyphen(r);
}

/* "mr.", "etc." and initials before a small letter end no sentence. */
static bool stops(const struct text_reader *r, size_t pos)
{
	static const char *const short_forms[] = { "approx", "dr", "mr", "mrs", "ms", "vs", NULL };
	if (!r->count)
		return true;
	const char *before = r->tokens[r->count - 1].word;
	if (one_of(before, short_forms))
		return false;
	bool single = before[0] && !before[1] && before[0] != 'i' &&
		      r->tokens[r->count - 1].kind == TOKEN_WORD;
	if (!single && strcmp(before, "etc") != 0)
		return true;
	while (pos < r->len && r->source[pos] == ' ')
		pos++;
	return pos < r->len && !(r->source[pos] >= 'a' && r->source[pos] <= 'z');
}

static bool is_stop(const struct text_reader *r, size_t pos, size_t *ret_n)
{
	char c = r->source[pos];
	if (c == '.' || c == '!' || c == '?') {
		*ret_n = 1;
		return true;
	}
	*ret_n = 3;
	return r->len - pos >= 3 && !memcmp(r->source + pos, "\xE2\x80\xA6", 3);
}

static void read_stop(struct text_reader *r)
{
	struct place at = { .start = r->pos, .cp_start = r->cp };
	const char *word = ".";
	size_t n, dots = 0;
	bool asks = false, shouts = false;
	while (r->pos < r->len && is_stop(r, r->pos, &n)) {
		asks = asks || r->source[r->pos] == '?';
		shouts = shouts || r->source[r->pos] == '!';
		dots += n;
		r->pos += n;
		r->cp++;
	}
	at.end = r->pos;
	at.cp_end = r->cp;
	if (asks || shouts)
		word = asks ? "?" : "!";
	else if (dots > 1)
		word = "...";
	else if (!stops(r, r->pos))
		return;
	if (!r->fresh)
		push_plain(r, word, TOKEN_PUNCT, &at);
	r->pending = 0;
	text_token_break(r, false);
}

/* A long line that goes on in small letters was wrapped by a mail program. */
static bool looks_wrapped(const struct text_reader *r, size_t from)
{
	bool small = r->pos < r->len && r->source[r->pos] >= 'a' && r->source[r->pos] <= 'z';
	size_t back = 0;
	while (back < WRAPPED_BYTES && back < from && r->source[from - 1 - back] != '\n')
		back++;
	return small && back == WRAPPED_BYTES;
}

/* A line's end ends the sentence, unless it was only wrapped. */
static void read_newlines(struct text_reader *r)
{
	size_t lines = 0, from = r->pos;
	while (r->pos < r->len && strchr("\n\r\t ", r->source[r->pos])) {
		lines += r->source[r->pos] == '\n';
		r->pos++;
		r->cp++;
	}
	if (lines > 1 || !looks_wrapped(r, from))
		text_token_break(r, lines > 1);
	if (r->pos < r->len && r->source[r->pos] == '>') {
		const char *end = memchr(r->source + r->pos, '\n', r->len - r->pos);
		r->quote_end = end ? (size_t)(end - r->source) : r->len;
	}
}

static void read_url(struct text_reader *r)
{
	struct place at = { .start = r->pos, .cp_start = r->cp };
	while (r->pos < r->len && !strchr(" \n\t\r)]>\"", r->source[r->pos])) {
		r->cp += ((unsigned char)r->source[r->pos] & 0xC0) != 0x80;
		r->pos++;
	}
	while (r->pos > at.start && strchr(".,;:!?", r->source[r->pos - 1])) {
		r->pos--;
		r->cp--;
	}
	at.end = r->pos;
	at.cp_end = r->cp;
	push_plain(r, "url", TOKEN_WORD, &at);
}

static bool begins_url(const struct text_reader *r)
{
	const char *s = r->source + r->pos;
	size_t left = r->len - r->pos;
	return (left > 8 && (!memcmp(s, "http://", 7) || !memcmp(s, "https://", 8))) ||
	       (left > 4 && !memcmp(s, "www.", 4));
}

static void read_mark(struct text_reader *r, uint32_t cp, size_t n)
{
	static const char *const kept[] = { ",", ";", ":", "(", ")", "/", "%", "$" };
	struct place at = { r->pos, r->pos + n, r->cp, r->cp + 1 };
	if (cp == '[')
		cp = '(';
	if (cp == ']')
		cp = ')';
	if (cp == '&')
		push_plain(r, "and", TOKEN_WORD, &at);
	else if (cp == '-' || (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212)
		push_plain(r, "-", TOKEN_PUNCT, &at);
	else
		for (size_t i = 0; i < sizeof(kept) / sizeof(*kept); i++)
			if (cp == (unsigned char)*kept[i])
				push_plain(r, kept[i], TOKEN_PUNCT, &at);
	r->pos += n;
	r->cp++;
}

static bool is_emoji(uint32_t cp)
{
	return cp >= 0x1F000 || (cp >= 0x2600 && cp <= 0x27BF) || cp == 0x2B50 || cp == 0x200D;
}

static void read_emoji(struct text_reader *r)
{
	struct place at = { .start = r->pos, .cp_start = r->cp };
	uint32_t cp;
	bool joined = true;
	while (r->pos < r->len) {
		size_t n = utf8_decode(r->source + r->pos, r->len - r->pos, &cp);
		bool skin = cp >= 0x1F3FB && cp <= 0x1F3FF;
		if (!(is_emoji(cp) && (joined || skin)) && cp != 0x200D && cp != 0xFE0F)
			break;
		joined = cp == 0x200D;
		r->pos += n;
		r->cp++;
	}
	at.end = r->pos;
	at.cp_end = r->cp;
	push_plain(r, arena_strndup(r->arena, r->source + at.start, at.end - at.start), TOKEN_EMOJI,
		   &at);
}

static void read_beyond_ascii(struct text_reader *r)
{
	uint32_t cp;
	size_t n = utf8_decode(r->source + r->pos, r->len - r->pos, &cp);
	if (cp == 0x2026) {
		read_stop(r);
	} else if (is_emoji(cp) && cp != 0x200D) {
		read_emoji(r);
	} else if (is_letter(cp) && !is_zero_width(cp)) {
		read_word(r);
	} else if (cp == 0xBD || cp == 0xBC || cp == 0xBE) {
		struct place at = { r->pos, r->pos + n, r->cp, r->cp + 1 };
		push_plain(r, cp == 0xBD ? "1/2" : cp == 0xBC ? "1/4" : "3/4", TOKEN_NUMBER, &at);
		r->pos += n;
		r->cp++;
	} else {
		if ((cp >= 0x2018 && cp <= 0x201F) || cp == 0xAB || cp == 0xBB)
			text_quote_mark(r, cp, n);
		read_mark(r, cp, n);
	}
}

void text_token_next(struct text_reader *r)
{
	unsigned char c = (unsigned char)r->source[r->pos];
	if (is_alpha(c)) {
		if ((c == 'h' || c == 'w') && begins_url(r))
			read_url(r);
		else
			read_word(r);
	} else if (c == ' ' || c == '\t') {
		r->pos++;
		r->cp++;
	} else if (is_digit(c)) {
		read_number(r);
	} else if (c == '.' || c == '!' || c == '?') {
		read_stop(r);
	} else if (c == '\n' || c == '\r') {
		read_newlines(r);
	} else if (c >= 0x80) {
		read_beyond_ascii(r);
	} else {
		if (c == '"' || c == '\'')
			text_quote_mark(r, c, 1);
		else if (c == '>' && r->pos == 0)
			r->quote_end = strcspn(r->source, "\n");
		read_mark(r, c, 1);
	}
}
