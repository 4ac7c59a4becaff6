/* web_decide.c - what a form asks for, passed on to the review, and the way from
 * there: to the next item, back to this one, or to the page that shows a
 * conflict. What may be done when is review's to say.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/diag.h"
#include "dear/err.h"
#include "dear/intake.h"

#include "web_internal.h"
#include "web_item_internal.h"

/* A decision on its way. */
struct deciding {
	struct web_request *q;
	struct review review;
	struct review_seen seen;
	struct review_result result;
	struct diags diags;
	bool named; /* the form said what was seen */
	bool wrote; /* a text came along, and must not be lost */
	struct err *err;
};

/* NULL for a field left empty. */
static const char *filled(const struct web_request *q, const char *name)
{
	const char *value = web_form(q, name);

	return value && *value ? value : NULL;
}

/* ---- one function an action; -1 only for store errors ---- */

static int approve(struct deciding *d)
{
	return review_approve(&d->review, d->q->number, &d->seen, &d->q->arena, &d->result,
			      &d->diags, d->err);
}

static int edit(struct deciding *d)
{
	const char *text = web_form(d->q, "text");

	d->wrote = true;
	return review_edit(&d->review, d->q->number, &d->seen, text ? text : "",
			   filled(d->q, "approve") != NULL, &d->q->arena, &d->result, &d->diags,
			   d->err);
}

static int reject(struct deciding *d)
{
	return review_reject(&d->review, d->q->number, &d->seen, filled(d->q, "reason"),
			     filled(d->q, "note"), &d->q->arena, &d->result, &d->diags, d->err);
}

static int dismiss(struct deciding *d)
{
	return review_dismiss(&d->review, d->q->number, &d->seen, NULL, filled(d->q, "note"),
			      &d->q->arena, &d->result, &d->diags, d->err);
}

static int reopen(struct deciding *d)
{
	return review_reopen(&d->review, d->q->number, filled(d->q, "note"), &d->q->arena,
			     &d->result, d->err);
}

/* From a note it names no version: what was done last is taken back. */
static int undo(struct deciding *d)
{
	int64_t item;

	return review_undo(&d->review, d->q->number, d->named ? &d->seen : NULL, &d->q->arena,
			   &item, &d->result, &d->diags, d->err);
}

static int redraft(struct deciding *d)
{
	struct intake_changes n = { 0 };

	if (intake_redraft(d->review.store, d->review.rules, d->review.responses, &d->q->number, 1,
			   d->review.now, &n, &d->diags, d->err) < 0)
		return -1;
	d->result.outcome = n.redrafted ? REVIEW_DONE : REVIEW_NOTHING;
	d->result.text = n.redrafted ? "drafted in other words"
				     : "no other wording: what was written or decided stands";
	return 0;
}

static int relabel(struct deciding *d)
{
	const char *label = filled(d->q, "label"), *sign = filled(d->q, "sign");
	struct intake_changes n = { 0 };

	label = arena_printf(&d->q->arena, "%s%s", sign ? sign : "", label ? label : "");
	if (review_relabel(&d->review, d->q->number, label, &d->q->arena, &d->result, d->err) < 0)
		return -1;
	if (d->result.outcome != REVIEW_DONE)
		return 0;
	return intake_redraft(d->review.store, d->review.rules, d->review.responses, &d->q->number,
			      1, d->review.now, &n, &d->diags, d->err);
}

/* onward: the next item opens when it was done. */
static const struct action {
	const char *name;
	bool onward;
	int (*run)(struct deciding *d);
} actions[] = {
	{ "approve", true, approve },  { "edit", true, edit },        { "reject", true, reject },
	{ "dismiss", true, dismiss },  { "reopen", false, reopen },   { "undo", false, undo },
	{ "relabel", false, relabel }, { "redraft", false, redraft },
};

static const struct action *action_of(const struct web_request *q)
{
	const char *name = strrchr(q->path, '/') + 1;

	for (size_t i = 0; i < sizeof(actions) / sizeof(*actions); i++)
		if (!strcmp(actions[i].name, name))
			return &actions[i];
	return NULL;
}

/* ---- the way on ---- */

static bool went_well(enum review_outcome outcome)
{
	return outcome == REVIEW_DONE || outcome == REVIEW_NOTHING || outcome == REVIEW_EXPORTED;
}

/* Both versions, and what the editor had in mind kept in the form. The form's own
 * fields say what was seen where the store has it no more. */
static int conflict(struct deciding *d, const char *words)
{
	struct web_request *q = d->q;
	struct item it = { 0 };
	json_t *v;
	const char *seen = d->result.seen ? d->result.seen : web_form(q, "shown");

	if (store_item_get(q->web->o.store, q->number, &q->arena, &it, d->err) <= 0)
		return d->err->code ? -1 : (web_go(q, "/"), 0);
	v = web_values(q, "Changed meanwhile", "item");
	web_set(v, "words", words);
	web_set_flag(v, "comment_changed",
		     d->seen.comment_hash && d->seen.comment_hash != it.comment_hash);
	json_object_set_new(v, "seen", web_paragraphs(&q->arena, seen ? seen : ""));
	web_set_flag(v, "has_seen", seen && *seen);
	seen = web_form(q, "seen_comment");
	web_set_flag(v, "has_seen_comment", seen && *seen);
	json_object_set_new(v, "seen_comment", web_paragraphs(&q->arena, seen));
	web_set(v, "mine", d->wrote ? web_form(q, "text") : NULL);
	web_set_flag(v, "wrote", d->wrote);
	if (web_item_values(q, &it, v, d->err) < 0) {
		json_decref(v);
		return -1;
	}
	return web_page(q, "conflict", 409, v, d->err);
}

static const char *sentence(struct deciding *d)
{
	return arena_printf(&d->q->arena, "Item %lld: %s.", (long long)d->q->number,
			    d->result.text);
}

static int go_on(struct deciding *d, const struct action *action, int64_t next,
		 const struct web_filter *f)
{
	struct web_request *q = d->q;
	bool well = went_well(d->result.outcome);
	bool onward = well && action->onward && !(action->run == edit && !filled(q, "approve"));
	bool undoable = onward && d->result.outcome != REVIEW_NOTHING;
	unsigned note;

	web_note_put(q, undoable ? q->number : 0, !well || d->result.outcome == REVIEW_EXPORTED,
		     sentence(d), &note);
	if (onward && !next)
		web_go(q, "/?%s%snote=%u", f->query, *f->query ? "&" : "", note);
	else
		web_go(q, "/item/%lld?%s%snote=%u", (long long)(onward ? next : q->number),
		       f->query, *f->query ? "&" : "", note);
	return 0;
}

static int finish(struct deciding *d, const struct action *action, int64_t next,
		  const struct web_filter *f)
{
	switch (d->result.outcome) {
	case REVIEW_NO_ITEM:
		web_say(d->q, 404, "Not here", "There is no such item, or its reader was erased.");
		return 0;
	case REVIEW_CONFLICT:
		return conflict(d, d->result.text);
	case REVIEW_DONE:
	case REVIEW_NOTHING:
	case REVIEW_NO_REPLY_TEXT:
	case REVIEW_BLOCKED:
	case REVIEW_NOT_NOW:
	case REVIEW_EXPORTED:
		break;
	}
	return go_on(d, action, next, f);
}

static void begin(struct deciding *d, struct web_request *q)
{
	const char *seen = web_form(q, "seen");

	d->review = web_review(q);
	d->named = seen && review_seen_parse(seen, &d->seen);
}

static int update_cache(struct web_request *q, const struct web_filter *f, struct err *err)
{
	struct item it = { 0 };

	if (store_item_get(q->web->o.store, q->number, &q->arena, &it, err) < 0)
		return -1;
	web_cache_decided(q->web, f, &it);
	return 0;
}

int web_decide(struct web_request *q, struct err *err)
{
	struct deciding d = { .q = q, .err = err };
	const struct action *action = action_of(q);
	struct web_filter f;
	struct web_place place;
	int status;

	if (!action) {
		web_say(q, 404, "Not here", "There is nothing of that name to do.");
		return 0;
	}
	begin(&d, q);
	web_filter_read(q, &q->query, &f);
	if (web_place(q, &f, q->number, &place, err) < 0)
		return -1;
	status = action->run(&d);
	if (status == 0)
		status = update_cache(q, &f, err);
	else
		web_cache_clear(q->web);
	if (status == 0)
		status = finish(&d, action, place.after ? place.after : place.before, &f);
	else if (d.wrote) {
		/* A full disk or a busy store: the words typed are shown again. */
		struct err first = *err;

		*err = (struct err){ 0 };
		status = conflict(&d, arena_printf(&q->arena, "not saved: %s", first.msg));
	}
	diags_release(&d.diags);
	return status;
}

/* One step back of this editor's, wherever it was. */
int web_undo_last(struct web_request *q, struct err *err)
{
	struct deciding d = { .q = q, .err = err };
	int64_t item = 0;
	struct web_filter f;
	unsigned note;

	begin(&d, q);
	web_filter_read(q, &q->query, &f);
	if (review_undo(&d.review, 0, NULL, &q->arena, &item, &d.result, &d.diags, err) < 0)
		return -1;
	web_cache_clear(q->web);
	web_note_put(
		q, 0, !went_well(d.result.outcome),
		item ? arena_printf(&q->arena, "Item %lld: %s.", (long long)item, d.result.text)
		     : arena_printf(&q->arena, "%s.", d.result.text),
		&note);
	if (item)
		web_go(q, "/item/%lld?%s%snote=%u", (long long)item, f.query, *f.query ? "&" : "",
		       note);
	else
		web_go(q, "/?%s%snote=%u", f.query, *f.query ? "&" : "", note);
	diags_release(&d.diags);
	return 0;
}

/* ---- live style ---- */

/* Who types still has the item open. */
static int keep_hold(struct web_request *q, int64_t item, struct err *err)
{
	struct hold hold = { 0 };
	bool ours;

	return item && q->session->holding == item ? web_hold(q, item, &hold, &ours, err) : 0;
}

/* {"item": 3, "text": "..."} to {"breaches": [...]}. Writes nothing but the hold. */
int web_style(struct web_request *q, struct err *err)
{
	json_t *asked = json_loadb(buf_str(&q->body), q->body.len, 0, NULL), *answer;
	const char *text = json_string_value(json_object_get(asked, "text"));
	json_int_t item = json_integer_value(json_object_get(asked, "item"));
	struct classification found = { 0 };
	char *out;
	int there = 0;

	if (text && keep_hold(q, item, err) < 0)
		there = -1;
	else if (text)
		there = store_classification_get(q->web->o.store, item, &q->arena, &found, err);
	if (!text || there < 0) {
		json_decref(asked);
		if (there < 0)
			return -1;
		web_say(q, 400, "Not so", "Ask with a text.");
		return 0;
	}
	answer = json_pack("{so}", "breaches",
			   web_breaches(q, text, false, there > 0 ? &found : NULL));
	out = json_dumps(answer, JSON_COMPACT);
	buf_puts(&q->answer.body, out);
	q->answer.status = 200;
	q->answer.type = "application/json";
	free(out);
	json_decref(answer);
	json_decref(asked);
	return 0;
}

int web_keys(struct web_request *q, struct err *err)
{
	return web_page(q, "keys", 200, web_values(q, "Keys", "keys"), err);
}
