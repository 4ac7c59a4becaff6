/* cmd_relabel.c - dear relabel ID... +label -label: the editor reads a comment
 * otherwise than the rules did. What was not decided or edited is drafted anew.
 */
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/intake.h"
#include "dear/review.h"

#include "cmd.h"

static bool is_label(const char *word)
{
	return *word == '+' || *word == '-';
}

/* The words that are IDs become app->ids; the labels stay among the words. */
static int check(struct app *app, void *args, struct err *err)
{
	struct opt_list ids = { 0 };
	int status;

	(void)args;
	for (size_t i = 0; i < app->words.count; i++)
		if (!is_label(app->words.items[i]))
			opt_list_add(&ids, app->words.items[i]);
	if (ids.count == 0 || ids.count == app->words.count)
		status = err_set(err, ERR_USAGE, NULL, 0,
				 "name items and labels, e.g. dear relabel 3 +no_contact");
	else
		status = opt_ids(&ids, &app->ids, &app->id_count, err);
	opt_list_release(&ids);
	return status;
}

/* A label that no rule can give is a slip of the keyboard: nothing is done. */
static int know_labels(const struct app *app, struct err *err)
{
	struct buf list = BUF_INIT;
	int status = 0;

	for (const char *const *l = rules_labels(app->rules); *l; l++)
		buf_printf(&list, " %s", *l);
	for (size_t i = 0; status == 0 && i < app->words.count; i++) {
		const char *word = app->words.items[i];

		if (is_label(word) && !rules_has_label(app->rules, word + 1))
			status = err_set(err, ERR_USAGE, NULL, 0, "'%s' is no label; one of:%s",
					 word + 1, buf_str(&list));
	}
	buf_release(&list);
	return status;
}

/* All labels of one item; returns the worst status. */
static int relabel(struct app *app, int64_t item, bool *ret_changed, struct err *err)
{
	struct review review = app_review(app);
	struct arena arena = { 0 };
	int worst = 0;

	for (size_t i = 0; i < app->words.count; i++) {
		const char *word = app->words.items[i];
		struct review_result result = { 0 };
		int status;

		if (!is_label(word))
			continue;
		if (review_relabel(&review, item, word, &arena, &result, err) < 0) {
			worst = -1;
			break;
		}
		*ret_changed |= result.outcome == REVIEW_DONE;
		status = cmd_outcome(app, item, &result);
		if (status > worst)
			worst = status;
	}
	arena_release(&arena);
	return worst;
}

static int run(struct app *app, void *args, struct err *err)
{
	struct intake_changes changes;
	int worst = 0;

	(void)args;
	if (know_labels(app, err) < 0)
		return -1;
	for (size_t i = 0; i < app->id_count; i++) {
		bool changed = false;
		int status = relabel(app, app->ids[i], &changed, err);

		if (status >= 0 && changed &&
		    intake_redraft(app->store, app->rules, app->responses, &app->ids[i], 1,
				   app->now, &changes, &app->diags, err) < 0)
			status = -1;
		if (status < 0) {
			worst = -1;
			break;
		}
		if (status > worst)
			worst = status;
	}
	return worst;
}

const struct command cmd_relabel = {
	.name = "relabel",
	.words = "ID... +LABEL... -LABEL...",
	.summary = "say what a comment is about, or not, and draft it anew",
	.needs = CMD_RULES | CMD_RESPONSES | CMD_STORE_WRITE | CMD_MINUS_WORDS,
	.min_words = 2,
	.max_words = CMD_MANY,
	.check = check,
	.run = run,
};
