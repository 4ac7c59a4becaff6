/* input_buttons.c - which links are buttons ("Reply", "Share"), in any language.
 *
 * A link whose few words stand in many items of a page alike is one, and so is
 * one that goes nowhere but to a script or a reply form. No word is known here.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/hash.h"
#include "dear/mem.h"

#include "input_internal.h"

/* Words of a link that are looked at, and how many different ones. */
enum { WORDS_MAX = 40, LINKS_MAX = 4096, SLOTS = 2 * LINKS_MAX };

struct link_words {
	char text[WORDS_MAX + 1];
	uint32_t items, last_item;
};

/* The words without blanks around them; false when they are none or too many. */
static bool trimmed(const char *text, char out[WORDS_MAX + 1])
{
	size_t n;

	text += strspn(text, " \t\r\n");
	n = strlen(text);
	while (n && strchr(" \t\r\n", text[n - 1]))
		n--;
	if (n == 0 || n > WORDS_MAX)
		return false;
	memcpy(out, text, n);
	out[n] = '\0';
	return true;
}

static struct link_words *find(const struct buttons *b, const char *text)
{
	size_t at = hash_string(HASH_START, text) % SLOTS;

	while (b->slots[at].items && strcmp(b->slots[at].text, text) != 0)
		at = (at + 1) % SLOTS;
	return &b->slots[at];
}

void buttons_count(struct buttons *b, const char *text, uint32_t item)
{
	struct link_words *slot;
	char words[WORDS_MAX + 1];

	if (!trimmed(text, words))
		return;
	if (!b->slots)
		b->slots = mem_alloc(SLOTS * sizeof(*b->slots));
	slot = find(b, words);
	if (!slot->items && b->count == LINKS_MAX)
		return;
	if (!slot->items) {
		memcpy(slot->text, words, sizeof(words));
		b->count++;
	}
	if (slot->last_item == item)
		return;
	slot->last_item = item;
	slot->items++;
}

bool buttons_has(const struct buttons *b, const char *text)
{
	char words[WORDS_MAX + 1];
	uint32_t items;

	if (!b->slots || !trimmed(text, words))
		return false;
	items = find(b, words)->items;
	return items >= 2 && 3 * items >= b->items;
}

bool buttons_is_link(const char **atts)
{
	const char *href = html_att(atts, "href");

	return !href || !*href || !strcmp(href, "#") || !strncmp(href, "javascript:", 11) ||
	       strstr(href, "replytocom=") || strstr(href, "#respond");
}

void buttons_release(struct buttons *b)
{
	free(b->slots);
	*b = (struct buttons){ 0 };
}
