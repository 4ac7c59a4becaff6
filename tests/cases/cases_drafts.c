/* cases_drafts.c - what a draft must and must not say: each file of drafts/ is a
 * topic with many comments. Comment to draft by the shipped rules and responses.
 */
#include "cases.h"

#include <stdio.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/err.h"
#include "dear/responses.h"
#include "dear/situation.h"

struct run {
	const struct rules *rules;
	const struct responses *responses;
	struct cases_tally tally;
};

static const char *string(const json_t *one, const char *key)
{
	return json_string_value(json_object_get(one, key));
}

/* "client-apology/late" is among "shared/opening/2 client-apology/late/1". */
static bool made_of(const char *responses, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = responses; (at = strstr(at, name)); at += len)
		if ((at == responses || at[-1] == ' ') && at[len] == '/')
			return true;
	return false;
}

static bool says(const char *reply, const char *words)
{
	return strcasestr(reply, words) != NULL;
}

static void compare(const json_t *one, const char *key, const char *in,
		    bool (*has)(const char *in, const char *what), bool wanted, struct buf *said)
{
	const json_t *list = json_object_get(one, key);

	for (size_t i = 0; i < json_array_size(list); i++) {
		const char *what = json_string_value(json_array_get(list, i));

		if (!what || has(in, what) != wanted)
			buf_printf(said, "# %s: %s\n", key, what ? what : "expected a string");
	}
}

static void put_comment(struct buf *said, const char *text)
{
	buf_puts(said, "# ");
	for (; *text; text++) {
		buf_putc(said, *text);
		if (*text == '\n')
			buf_puts(said, "# ");
	}
	buf_putc(said, '\n');
}

static void compare_draft(const json_t *one, const struct draft *draft, struct buf *said)
{
	const char *reply = draft->text ? draft->text : "";

	compare(one, "responses", draft->responses, made_of, true, said);
	compare(one, "without", draft->responses, made_of, false, said);
	compare(one, "says", reply, says, true, said);
	compare(one, "never", reply, says, false, said);
	if (!draft->text != json_is_true(json_object_get(one, "no_draft")))
		buf_printf(said, "# there is %s draft\n", draft->text ? "a" : "no");
	if (said->len > 0) {
		put_comment(said, draft->responses);
		put_comment(said, reply);
	}
}

static void draft_case(const struct run *run, const json_t *one, const char *text, struct arena *a,
		       struct buf *said)
{
	bool follow_up = json_is_true(json_object_get(one, "follow_up"));
	const struct classify_request ask = { .text = text,
					      .len = strlen(text),
					      .topic = string(one, "topic"),
					      .author = string(one, "author"),
					      .reply_to_staff = follow_up,
					      .utc = INT64_MIN };
	struct classification found;
	const struct draft_request req = {
		.found = &found, .author = ask.author, .text = text, .follow_up = follow_up
	};
	struct draft_memory *memory = draft_memory_new(run->responses);
	struct draft draft = { 0 };
	struct diags d = { 0 };
	struct err err = { 0 };

	classify(run->rules, &ask, a, &found);
	if (draft_write(run->responses, &req, memory, a, &draft, &d, &err) < 0)
		buf_printf(said, "# %s:%d: %s\n", err.where, err.line, err.msg);
	else
		compare_draft(one, &draft, said);
	diags_release(&d);
	draft_memory_free(memory);
}

static void run_case(struct run *run, const json_t *one)
{
	const char *text = string(one, "text");
	struct buf said = BUF_INIT;
	struct arena a = { 0 };

	if (text)
		draft_case(run, one, text, &a, &said);
	else
		buf_puts(&said, "# a case needs \"text\"\n");
	cases_tell(&run->tally, text ? text : "", &said);
	arena_release(&a);
	buf_release(&said);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };

	if (argc != 4)
		return 1;
	struct rules *rules = rules_load(argv[2], &err);
	struct responses *responses = rules ? responses_load(argv[3], NULL, &err) : NULL;
	struct run run = { .rules = rules, .responses = responses };
	json_t *all = responses ? cases_read(argv[1]) : NULL;

	if (!responses)
		printf("Bail out! %s:%d: %s\n", err.where, err.line, err.msg);
	if (all)
		printf("1..%zu\n", json_array_size(all));
	for (size_t i = 0; i < json_array_size(all); i++)
		run_case(&run, json_array_get(all, i));
	json_decref(all);
	responses_free(responses);
	rules_free(rules);
	return !run.tally.done || run.tally.failed;
}
