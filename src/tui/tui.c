/* tui.c - the desk from its first item to q: keys, search, holds. Everything that is
 * decided goes through review, at once.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "dear/err.h"

#include "tui_internal.h"

enum { HOLD_AGAIN_SECONDS = 60, FAILURES_MAX = 5 };

/* ---- search ---- */

static int search(struct desk *d)
{
	struct buf words = BUF_INIT;
	int status = 0;

	if (!d->face->line(d->face->ctx, "search (nothing: all)", NULL, &words))
		goto out;
	buf_clear(&d->search);
	buf_puts(&d->search, buf_str(&words));
	d->filter.search = d->search.len ? buf_str(&d->search) : d->setup->filter.search;
	status = desk_load_queue(d, true);
	if (status == 0 && d->count == 0 && d->search.len) {
		desk_say(d, true, "nothing that waits has “%s”", buf_str(&words));
		d->filter.search = d->setup->filter.search;
		status = desk_load_queue(d, true);
	} else if (status == 0) {
		desk_say(d, false,
			 d->search.len ? "%zu items with “%s”" : "all %zu items that wait",
			 d->count, d->filter.search);
		d->at = d->count;
		desk_leave_item(d);
		status = desk_open_next(d);
	}
out:
	buf_release(&words);
	return status;
}

/* ---- keys ---- */

static int skip(struct desk *d)
{
	int64_t id = d->item.item.id;

	if (d->at < d->count)
		d->skipped[d->at] = true;
	desk_say(d, false, "%lld skipped", (long long)id);
	return desk_open_next(d);
}

static void help(struct desk *d)
{
	d->view.help = true;
	d->view.turn++;
	desk_show(d);
	if (d->face->key(d->face->ctx) == TUI_KEY_END)
		d->quit = true;
	d->view.help = false;
	d->view.turn++;
}

/* What needs an open item. */
static int do_with_item(struct desk *d, int k)
{
	switch (k) {
	case 'a':
		return desk_approve(d);
	case 'e':
		return desk_edit(d);
	case 'r':
	case 'R':
		return desk_reject(d, k == 'R');
	case 'd':
		return desk_dismiss(d);
	case 's':
		return skip(d);
	case 'l':
		return desk_label(d);
	}
	desk_say(d, true, "that key does nothing; ? lists the keys");
	return 0;
}

static int do_key(struct desk *d, int k)
{
	desk_say(d, false, "%s", "");
	switch (k) {
	case TUI_KEY_END:
	case 'q':
		d->quit = true;
		return 0;
	case '?':
		help(d);
		return 0;
	case '/':
		return search(d);
	case 'n':
		return desk_open_next(d);
	case 'p':
		return desk_open_previous(d);
	case 'u':
		return desk_undo(d);
	}
	if (d->open)
		return do_with_item(d, k);
	desk_say(d, false, "nothing is open; ? lists the keys");
	return 0;
}

/* Whoever types still has it open. */
static int hold_on(struct desk *d)
{
	struct hold before;

	d->review.now = d->setup->clock(d->setup->ctx);
	if (!d->open || d->item.item.decided_by || d->item.held.actor ||
	    d->review.now - d->held_at < HOLD_AGAIN_SECONDS)
		return 0;
	d->held_at = d->review.now;
	return review_hold(&d->review, d->item.item.id, &d->arena, &before, d->err) < 0 ? -1 : 0;
}

static int begin(struct desk *d)
{
	int found = 0;

	d->view.busy = true;
	desk_show(d);
	if (desk_load_queue(d, true) < 0)
		return -1;
	d->view.busy = false;
	d->view.turn++;
	if (d->setup->item) {
		found = desk_open_item(d, d->setup->item);
		if (found == 0)
			desk_say(d, true, "there is no item %lld", (long long)d->setup->item);
	}
	if (found < 0)
		return -1;
	return found ? 0 : desk_open_next(d);
}

/* A store that did not answer in time, or a full disk, ends no session: what was
 * told as done is done, the rest is said not to be. */
static int recover(struct desk *d)
{
	const char *done = arena_strdup(&d->arena, buf_str(&d->message));

	if (d->err->code != ERR_STORE || ++d->failures == FAILURES_MAX)
		return -1;
	desk_say(d, true, "%s%s%s", *done ? done : "not done", *done ? "; then " : ": ",
		 d->err->msg);
	*d->err = (struct err){ 0 };
	return 0;
}

static int work(struct desk *d)
{
	int status = begin(d);

	while (status == 0 && !d->quit) {
		int k;

		desk_show(d);
		k = d->face->key(d->face->ctx);
		arena_clear(&d->arena);
		status = hold_on(d);
		if (status == 0)
			status = do_key(d, k);
		if (status < 0)
			status = recover(d);
		else
			d->failures = 0;
	}
	return status;
}

int tui_desk(const struct tui_setup *setup, struct tui_face *face, struct tui_tally *ret,
	     struct err *err)
{
	struct desk d = { .setup = setup,
			  .face = face,
			  .tally = ret,
			  .err = err,
			  .review = setup->review,
			  .filter = setup->filter };
	int status;

	assert(setup->review.place && setup->review.rules && setup->review.responses);
	*ret = (struct tui_tally){ 0 };
	d.review.now = setup->clock(setup->ctx);
	status = work(&d);
	desk_leave_item(&d);
	buf_release(&d.search);
	buf_release(&d.message);
	arena_release(&d.places_arena);
	arena_release(&d.item_arena);
	arena_release(&d.arena);
	free(d.steps);
	return status;
}
