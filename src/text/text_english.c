/* text_english.c - how much of a text is everyday English.
 *
 * Counts the words that the everyday table knows, or that chat spelling opens;
 * a text that is not English shares few of them with it. A few words are too
 * few to count, unless they are written in another script.
 */
#include "text_internal.h"

#define ENOUGH_WORDS 6
#define OTHER_SCRIPT 0xCE /* first byte of Greek in UTF-8, the first script after Latin */

double text_english(const struct text *t)
{
	size_t words = 0, known = 0, foreign = 0;
	for (uint32_t i = 0; i < t->token_count; i++) {
		const struct token *k = &t->tokens[i];
		if (k->kind != TOKEN_WORD)
			continue;
		words++;
		known += k->rank > 0;
		foreign += (unsigned char)*k->word >= OTHER_SCRIPT;
	}
	return words < ENOUGH_WORDS && !foreign ? 1.0 : (double)known / (double)words;
}
