/* cmd_draft.c - dear draft: the reply that the responses as they are now give to
 * a comment typed or in a file. No store is read or written.
 */
#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/draft.h"
#include "dear/err.h"
#include "dear/responses.h"
#include "dear/situation.h"

#include "cmd.h"

struct draft_args {
	const char *text, *topic, *title, *author;
	bool follow_up, why;
};

#define AT(field) offsetof(struct draft_args, field)
static const struct opt options[] = {
	{ "text", OPT_TEXT, AT(text), "TEXT", "a comment typed here" },
	{ "topic", OPT_TEXT, AT(topic), "TOPIC", "as a comment on this topic" },
	{ "title", OPT_TEXT, AT(title), "TITLE", "below an article of this title" },
	{ "author", OPT_TEXT, AT(author), "NAME", "by a reader of this name" },
	{ "follow-up", OPT_FLAG, AT(follow_up), NULL, "it answers a reply of the column's" },
	{ "why", OPT_FLAG, AT(why), NULL, "say also what the draft stands on" },
	{ 0 },
};
#undef AT

static int check(struct app *app, void *args, struct err *err)
{
	const struct draft_args *a = args;

	if (a->text && app->words.count)
		return err_set(err, ERR_USAGE, NULL, 0, "give --text or a file, not both");
	return 0;
}

static int print_draft(struct app *app, const struct draft_args *a, const char *text,
		       struct classification *found, struct arena *arena, struct err *err)
{
	struct draft_memory *memory = draft_memory_new(app->responses);
	struct draft draft = { 0 };
	const struct draft_request req = { .found = found,
					   .author = a->author,
					   .text = text,
					   .title = a->title,
					   .follow_up = a->follow_up };
	int rc = draft_write(app->responses, &req, memory, arena, &draft, &app->diags, err);

	if (rc == 0) {
		const struct trial t = {
			.text = text,
			.found = found,
			.draft = &draft,
			.safety_text = found->triage == TRIAGE_SAFETY
					       ? responses_safety_text(app->responses)
					       : NULL,
			.why = a->why,
		};

		app->print->trial(&app->out, &t);
	}
	draft_memory_free(memory);
	return rc;
}

static int run(struct app *app, void *args, struct err *err)
{
	const struct draft_args *a = args;
	struct classification found = { 0 };
	struct classify_request req;
	struct buf text = BUF_INIT;
	struct arena arena = { 0 };
	int rc = cmd_text(app, a->text, a->topic, &text, &req, err);

	req.title = a->title;
	req.author = a->author;
	req.reply_to_staff = a->follow_up;
	if (rc == 0) {
		classify(app->rules, &req, &arena, &found);
		rc = print_draft(app, a, req.text, &found, &arena, err);
	}
	arena_release(&arena);
	buf_release(&text);
	return rc;
}

const struct command cmd_draft = {
	.name = "draft",
	.words = "[FILE|-]",
	.summary = "try the responses on a comment, without a store",
	.needs = CMD_RULES | CMD_RESPONSES,
	.max_words = 1,
	.options = options,
	.args_size = sizeof(struct draft_args),
	.check = check,
	.run = run,
};
