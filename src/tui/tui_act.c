/* tui_act.c - what the keys do to the open item: asked of the review at once, told,
 * and on to the next.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/classify.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/intake.h"
#include "dear/mem.h"

#include "tui_internal.h"

/* ---- decisions ---- */

static void note_step(struct desk *d, int64_t id, struct review_seen seen)
{
	d->steps = mem_grow(d->steps, &d->step_size, d->step_count + 1, sizeof(*d->steps));
	d->steps[d->step_count++] = (struct step){ id, seen };
}

/* The item as it stands now, whatever is open. */
static int seen_now(struct desk *d, int64_t id, struct review_seen *ret)
{
	struct item it;
	int found = store_item_get(d->review.store, id, &d->arena, &it, d->err);

	if (found > 0)
		*ret = review_seen_of(&it);
	return found;
}

static bool is_done(const struct review_result *r)
{
	return r->outcome == REVIEW_DONE || r->outcome == REVIEW_EXPORTED;
}

/* What was done, and whatever else there is to know of it. */
static void tell(struct desk *d, int64_t id, const struct review_result *r, const struct diags *g)
{
	bool alarm = r->outcome != REVIEW_DONE && r->outcome != REVIEW_NOTHING;
	const char *more = "";

	for (size_t i = 0; i < g->count; i++)
		if (g->list[i].id == DIAG_CONFLICT || g->list[i].id == DIAG_STALE) {
			more = arena_printf(&d->arena, "; %s", g->list[i].text);
			alarm = true;
		}
	if (g->total[DIAG_STYLE] && is_done(r))
		more = arena_printf(&d->arena, "%s; the house style has %zu remarks", more,
				    g->total[DIAG_STYLE]);
	desk_say(d, alarm, "%lld: %s%s", (long long)id, r->text, more);
}

/* The item again, with what the editor had seen of what changed. */
static int show_conflict(struct desk *d)
{
	const struct item *it = &d->item.item;
	char *reply = it->reply ? mem_strdup(it->reply) : NULL;
	char *comment = it->comment ? mem_strdup(it->comment) : NULL;
	uint64_t hash = it->comment_hash;
	int revision = it->revision, found = desk_reload(d, it->id);

	if (found > 0) {
		if (it->revision != revision && reply)
			d->item.seen_reply = arena_strdup(&d->item_arena, reply);
		if (it->comment_hash != hash && comment)
			d->item.seen_comment = arena_strdup(&d->item_arena, comment);
	}
	free(reply);
	free(comment);
	return found < 0 ? -1 : 0;
}

/* After a decision on the open item: on to the next, or what stands in the way. */
static int decided(struct desk *d, struct review_result *r, struct diags *g, uint64_t *count)
{
	int64_t id = d->item.item.id;
	struct review_seen seen;

	tell(d, id, r, g);
	diags_release(g);
	if (r->outcome == REVIEW_CONFLICT || r->outcome == REVIEW_NO_ITEM)
		return show_conflict(d);
	/* It is so already: nothing is left to do here. */
	if (r->outcome == REVIEW_NOTHING)
		return desk_open_next(d);
	if (!is_done(r))
		return 0;
	if (seen_now(d, id, &seen) < 0)
		return -1;
	d->held = false;
	note_step(d, id, seen);
	++*count;
	if (!d->item.item.decided_by && d->tally->left > 0)
		d->tally->left--;
	return desk_open_next(d);
}

int desk_approve(struct desk *d)
{
	struct review_result r;
	struct diags g = { 0 };

	if (review_approve(&d->review, d->item.item.id, &d->item.seen, &d->arena, &r, &g, d->err) <
	    0)
		return -1;
	return decided(d, &r, &g, &d->tally->approved);
}

int desk_dismiss(struct desk *d)
{
	struct review_result r;
	struct diags g = { 0 };

	if (review_dismiss(&d->review, d->item.item.id, &d->item.seen, NULL, NULL, &d->arena, &r,
			   &g, d->err) < 0)
		return -1;
	return decided(d, &r, &g, &d->tally->dismissed);
}

int desk_reject(struct desk *d, bool with_note)
{
	const char *const *reasons = review_reasons();
	struct buf note = BUF_INIT;
	struct review_result r;
	struct diags g = { 0 };
	int chosen, status = 0;

	if (!d->item.item.reply) {
		desk_say(d, true,
			 "there is no draft to reject; d dismisses, if no reply is wanted");
		return 0;
	}
	chosen = desk_choose(d, reasons, "reject, because it is ... (1 to 8; any other key: no)");
	if (chosen >= 0 && with_note) {
		desk_show(d);
		if (!d->face->line(d->face->ctx, "in your own words", NULL, &note))
			chosen = -1;
	}
	if (chosen < 0) {
		desk_say(d, false, "not rejected");
		goto out;
	}
	status = review_reject(&d->review, d->item.item.id, &d->item.seen, reasons[chosen],
			       note.len ? buf_str(&note) : NULL, &d->arena, &r, &g, d->err);
	if (status == 0)
		status = decided(d, &r, &g, &d->tally->rejected);
out:
	buf_release(&note);
	return status;
}

/* ---- edit, label, undo ---- */

/* A text that was typed and can't be recorded is kept in its file. */
static int record_edit(struct desk *d, const char *text)
{
	int64_t id = d->item.item.id;
	struct review_result r;
	struct diags g = { 0 };
	struct review_seen seen;

	if (review_edit(&d->review, id, &d->item.seen, text, false, &d->arena, &r, &g, d->err) < 0)
		return -1;
	tell(d, id, &r, &g);
	diags_release(&g);
	if (r.outcome == REVIEW_CONFLICT || r.outcome == REVIEW_NO_ITEM) {
		desk_say(d, true, "your text is kept in %s: %s", d->setup->keep(d->setup->ctx),
			 r.text);
		return show_conflict(d);
	}
	if (!is_done(&r))
		return 0;
	d->tally->edited++;
	if (seen_now(d, id, &seen) < 0)
		return -1;
	note_step(d, id, seen);
	if (d->item.item.decided_by)
		d->tally->left++;
	return desk_reload(d, id) < 0 ? -1 : 0;
}

int desk_edit(struct desk *d)
{
	const struct tui_setup *s = d->setup;
	const char *before = tui_first_text(&d->item);
	struct buf text = BUF_INIT;
	struct err failed = { 0 };
	int status;

	d->face->leave(d->face->ctx);
	status = s->edit(s->ctx, &d->item.item, before, &text, &failed);
	d->face->enter(d->face->ctx);
	/* The editor may have taken its time. */
	d->review.now = s->clock(s->ctx);
	if (status < 0) {
		desk_say(d, true, "your text is kept in %s: %s: %s", s->keep(s->ctx), failed.where,
			 failed.msg);
		status = 0;
	} else if (!strcmp(buf_str(&text), before) && d->item.item.reply) {
		desk_say(d, false, "nothing was changed");
	} else {
		status = record_edit(d, buf_str(&text));
		if (status < 0)
			s->keep(s->ctx);
	}
	buf_release(&text);
	return status;
}

/* "label" is turned around, "+label" and "-label" are as they say. */
static const char *with_sign(struct desk *d, const char *word)
{
	if (*word == '+' || *word == '-')
		return word;
	return arena_printf(&d->arena, "%c%s",
			    classification_find(&d->item.found, word) ? '-' : '+', word);
}

static int label_as(struct desk *d, const char *word)
{
	struct intake_changes changes = { 0 };
	int64_t id = d->item.item.id;
	struct review_result r;
	struct diags g = { 0 };
	int status = review_relabel(&d->review, id, word, &d->arena, &r, d->err);

	if (status == 0)
		desk_say(d, r.outcome != REVIEW_DONE && r.outcome != REVIEW_NOTHING, "%lld: %s%s",
			 (long long)id, r.text, r.outcome == REVIEW_DONE ? ", drafted anew" : "");
	if (status == 0 && r.outcome == REVIEW_DONE) {
		d->tally->relabelled++;
		status = intake_redraft(d->review.store, d->review.rules, d->review.responses, &id,
					1, d->review.now, &changes, &g, d->err);
		if (status == 0 && !changes.redrafted)
			desk_say(d, false, "%lld: %s; the reply stays, it is %s", (long long)id,
				 r.text, d->item.item.decided_by ? "decided" : "as it was");
		if (status == 0)
			status = desk_reload(d, id) < 0 ? -1 : 0;
	}
	diags_release(&g);
	return status;
}

int desk_label(struct desk *d)
{
	struct buf word = BUF_INIT;
	int status = 0;

	if (d->face->line(d->face->ctx, "label (-label: not that)", rules_labels(d->review.rules),
			  &word) &&
	    word.len)
		status = label_as(d, with_sign(d, buf_str(&word)));
	else
		desk_say(d, false, "no label");
	buf_release(&word);
	return status;
}

/* A retraction can't be taken back, so it is asked for. */
static bool may_undo(struct desk *d, int64_t id)
{
	static const char *const answers[] = { "yes, retract it", "no", NULL };
	struct item it;

	if (store_item_get(d->review.store, id, &d->arena, &it, d->err) <= 0 ||
	    !(it.flags & ITEM_EXPORTED))
		return true;
	return desk_choose(d, answers,
			   "this reply has left already: undo records that you retract it") == 0;
}

static int undo_item(struct desk *d, int64_t id, const struct review_seen *seen)
{
	bool was_decided = false;
	struct review_result r;
	struct diags g = { 0 };
	struct item it;
	int64_t undone;

	if (id && store_item_get(d->review.store, id, &d->arena, &it, d->err) > 0)
		was_decided = it.decision != 0;
	if (review_undo(&d->review, id, seen, &d->arena, &undone, &r, &g, d->err) < 0)
		return -1;
	if (!undone) {
		desk_say(d, false, "%s", r.text);
		return 0;
	}
	tell(d, undone, &r, &g);
	diags_release(&g);
	if (is_done(&r)) {
		d->tally->undone++;
		d->tally->left += was_decided;
	}
	return desk_open_item(d, undone) < 0 ? -1 : 0;
}

/* What is seen comes first: a decided item that is open; else the last step. */
int desk_undo(struct desk *d)
{
	struct step last = { 0 };

	if (d->open && d->item.item.decided_by) {
		last = (struct step){ d->item.item.id, d->item.seen };
		if (d->step_count && d->steps[d->step_count - 1].item == last.item)
			d->step_count--;
	} else if (d->step_count) {
		last = d->steps[--d->step_count];
	}
	if (last.item && !may_undo(d, last.item)) {
		desk_say(d, false, "nothing was undone");
		return 0;
	}
	return undo_item(d, last.item, last.item ? &last.seen : NULL);
}
