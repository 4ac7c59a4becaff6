/* cases_situations.c - what a comment must and must not be taken for: each file
 * of situations/ is one kind of trap with many short comments. A label counts as
 * given at band medium or high, as for an editor.
 */
#include "cases.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/err.h"
#include "dear/situation.h"

struct run {
	const struct rules *rules;
	struct cases_tally tally;
};

static void compare_labels(const struct rules *r, const struct classification *c,
			   const json_t *labels, bool wanted, struct buf *said)
{
	for (size_t i = 0; i < json_array_size(labels); i++) {
		const char *label = json_string_value(json_array_get(labels, i));

		if (!label || !rules_has_label(r, label))
			buf_printf(said, "# there is no label \"%s\"\n", label ? label : "");
		else if (classification_given(c, label) != wanted)
			buf_printf(said, "# %s is %s\n", label, wanted ? "missing" : "given");
	}
}

static void compare_facts(const struct classification *c, json_t *facts, struct buf *said)
{
	const char *name;
	json_t *value;

	json_object_foreach(facts, name, value)
	{
		const char *wanted = json_string_value(value), *got = classification_fact(c, name);

		if (wanted ? !got || strcmp(wanted, got) != 0 : got != NULL)
			buf_printf(said, "# %s is %s, not %s\n", name, got ? got : "absent",
				   wanted ? wanted : "absent");
	}
}

/* The topic that was found, of which null is none. */
static void compare_topic(const struct classification *c, const json_t *wanted, struct buf *said)
{
	const char *name = json_string_value(wanted), *got = c->topic;

	if (wanted && strcmp(name ? name : "none", got ? got : "none") != 0)
		buf_printf(said, "# the topic is %s, not %s\n", got ? got : "none",
			   name ? name : "none");
}

static void run_case(struct run *run, const json_t *one)
{
	const char *text = json_string_value(json_object_get(one, "text"));
	const char *topic = json_string_value(json_object_get(one, "topic"));
	const char *title = json_string_value(json_object_get(one, "title"));
	const char *triage = json_string_value(json_object_get(one, "triage"));
	struct classify_request req = { .text = text ? text : "",
					.len = text ? strlen(text) : 0,
					.topic = topic,
					.title = title,
					.reply_to_reader = json_is_true(
						json_object_get(one, "reply_to_reader")),
					.utc = INT64_MIN };
	struct classification c;
	struct arena a = { 0 };
	struct buf said = BUF_INIT;

	classify(run->rules, &req, &a, &c);
	compare_labels(run->rules, &c, json_object_get(one, "must"), true, &said);
	compare_labels(run->rules, &c, json_object_get(one, "must_not"), false, &said);
	compare_facts(&c, json_object_get(one, "facts"), &said);
	compare_topic(&c, json_object_get(one, "found_topic"), &said);
	if (triage && strcmp(triage, triage_word(c.triage)) != 0)
		buf_printf(&said, "# triage is \"%s\", not \"%s\"\n", triage_word(c.triage),
			   triage);
	const char *not_triage = json_string_value(json_object_get(one, "triage_not"));
	if (not_triage && !strcmp(not_triage, triage_word(c.triage)))
		buf_printf(&said, "# triage is \"%s\"\n", not_triage);
	if (!text && !title)
		buf_puts(&said, "# a case needs \"text\" or \"title\"\n");
	cases_tell(&run->tally, text ? text : title ? title : "", &said);
	arena_release(&a);
	buf_release(&said);
}

int main(int argc, char **argv)
{
	struct err err = { 0 };
	struct run run = { 0 };

	if (argc < 3)
		return 1;
	struct rules *rules = rules_load(argv[2], &err);
	json_t *all = rules ? cases_read(argv[1]) : NULL;
	if (!rules)
		printf("Bail out! %s:%d: %s\n", err.where, err.line, err.msg);
	run.rules = rules;
	if (all) {
		printf("1..%zu\n", json_array_size(all));
		for (size_t i = 0; i < json_array_size(all); i++)
			run_case(&run, json_array_get(all, i));
	}
	json_decref(all);
	rules_free(rules);
	return !run.tally.done || run.tally.failed;
}
