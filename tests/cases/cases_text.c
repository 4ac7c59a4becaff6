/* cases_text.c - how a comment's text is read: each file of text/ is a text,
 * its sentences in normalised words, what is quoted, and its durations.
 */
#include "cases.h"

#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/text.h"

/* Sentence number s as words apart by blanks; only the quoted ones, if so. */
static void say_sentence(const struct text *t, uint32_t s, bool quoted, struct buf *ret)
{
	for (uint32_t i = t->sentences[s].first; i < t->sentences[s].last; i++) {
		if (quoted && !t->tokens[i].quoted)
			continue;
		if (ret->len)
			buf_putc(ret, ' ');
		buf_puts(ret, t->tokens[i].word);
	}
}

static bool same(const char *what, const json_t *expected, const char *got, struct buf *said)
{
	const char *wanted = json_string_value(expected);

	if (wanted && !strcmp(wanted, got))
		return true;
	buf_printf(said, "%s: \"%s\", not \"%s\"\n", what, got, wanted ? wanted : "(none)");
	return false;
}

static bool compare_sentences(const struct text *t, const json_t *root, struct buf *said)
{
	const json_t *sentences = json_object_get(root, "sentences");
	bool good = json_array_size(sentences) == t->sentence_count;
	struct buf words = BUF_INIT, quoted = BUF_INIT;

	if (!good)
		buf_printf(said, "%u sentences\n", (unsigned)t->sentence_count);
	for (uint32_t s = 0; s < t->sentence_count; s++) {
		buf_clear(&words);
		say_sentence(t, s, false, &words);
		say_sentence(t, s, true, &quoted);
		good &= same("sentence", json_array_get(sentences, s), buf_str(&words), said);
	}
	if (json_object_get(root, "quoted") || quoted.len)
		good &= same("quoted", json_object_get(root, "quoted"), buf_str(&quoted), said);
	buf_release(&words);
	buf_release(&quoted);
	return good;
}

static bool compare_durations(const struct text *t, const json_t *root, struct arena *a,
			      struct buf *said)
{
	const json_t *durations = json_object_get(root, "durations");
	struct duration *d;
	size_t count = text_durations(t, a, &d);
	bool good = count == json_array_size(durations);

	if (!good)
		buf_printf(said, "%zu durations\n", count);
	for (size_t i = 0; i < count; i++)
		good &= same("duration", json_array_get(durations, i), d[i].value, said);
	return good;
}

static bool run_case(const char *path, struct buf *said)
{
	struct err err = { 0 };
	struct arena a = { 0 };
	struct text t;
	bool good = false;
	json_t *root = jread_file(path, ERR_INPUT, &err);

	if (!root) {
		buf_printf(said, "%s:%d: %s\n", err.where, err.line, err.msg);
		return false;
	}
	const char *source = json_string_value(json_object_get(root, "text"));
	if (source) {
		text_read(source, strlen(source), &a, &t);
		good = compare_sentences(&t, root, said);
		good &= compare_durations(&t, root, &a, said);
	}
	arena_release(&a);
	json_decref(root);
	return good;
}

int main(int argc, char **argv)
{
	return argc == 2 ? cases_run_all(argv[1], run_case) : 1;
}
