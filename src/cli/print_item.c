/* print_item.c - one item in full: whom it answers, the comment with the words
 * that count marked, what was found, the reply and what the house style says
 * of it, the history, and what can be done next.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/responses.h"
#include "dear/situation.h"
#include "dear/store.h"

#include "print_internal.h"

/* A parent is quoted only so far: it has an item of its own. */
enum { PARENT_BYTES = 600 };

static void put_head(struct buf *b, const struct out *o, const struct item *it)
{
	struct buf head = BUF_INIT;

	buf_printf(&head, "Item %lld: %s", (long long)it->id, item_status_word(it->status));
	if (print_reason(it))
		buf_printf(&head, " (%s)", print_reason(it));
	for (const struct item_flag *f = print_flags; f->word; f++)
		if (it->flags & f->bit)
			buf_printf(&head, " [%s]", f->word);
	words_head(b, o, buf_str(&head));
	buf_printf(b, "  thread %lld: ", (long long)it->thread);
	words_line(b, it->thread_title ? it->thread_title : "(no title)", o->columns - 16);
	if (it->url || it->thread_url) {
		buf_puts(b, "\n  ");
		words_line(b, it->url ? it->url : it->thread_url, 400);
	}
	buf_puts(b, "\n\n");
	buf_release(&head);
}

static void put_parent(struct buf *b, const struct out *o, const struct item_view *v)
{
	struct buf text = BUF_INIT;
	size_t len;

	if (!v->parent_text)
		return;
	buf_puts(b, "In reply to ");
	words_line(b, v->parent_author ? v->parent_author : "a reader without a name", 40);
	buf_puts(b, v->parent_staff ? " (the column):\n" : ":\n");
	len = strlen(v->parent_text);
	if (len > PARENT_BYTES) {
		for (len = PARENT_BYTES; (v->parent_text[len] & 0xc0) == 0x80; len--)
			;
		buf_add(&text, v->parent_text, len);
		buf_puts(&text, "…");
	} else {
		buf_puts(&text, v->parent_text);
	}
	words_block(b, o, "  > ", buf_str(&text));
	buf_putc(b, '\n');
	buf_release(&text);
}

static void put_comment(struct buf *b, const struct out *o, const struct item_view *v)
{
	const struct item *it = v->item;

	words_line(b, it->author ? it->author : "A reader without a name", 60);
	buf_puts(b, " wrote");
	if (it->date) {
		buf_puts(b, ", ");
		words_line(b, it->date, 40);
	}
	buf_puts(b, ":\n");
	words_evidence(b, o, "  | ", it->comment ? it->comment : "", v->found);
	buf_putc(b, '\n');
}

static void put_found(struct buf *b, const struct out *o, const struct item_view *v)
{
	words_head(b, o, "Found");
	found_situations(b, v->found);
	found_facts(b, v->found);
	buf_printf(b, "  topic: %s\n  ", v->found->topic ? v->found->topic : "none");
	found_triage(b, v->found->triage);
	buf_puts(b, "\n\n");
}

static void put_reply(struct buf *b, const struct out *o, const struct item_view *v)
{
	const struct item *it = v->item;
	bool edited = it->flags & ITEM_EDITED;

	if (it->reply) {
		struct buf head = BUF_INIT;

		buf_printf(&head, "Reply, revision %d, %s", it->revision,
			   edited ? "as edited" : "dear's draft");
		words_head(b, o, buf_str(&head));
		buf_release(&head);
		words_block(b, o, "  ", it->reply);
		if (!edited && it->responses) {
			buf_puts(b, "  made of:\n");
			words_block(b, o, "    ", it->responses);
		}
	} else {
		words_head(b, o, "No reply");
	}
	for (size_t i = 0; i < v->breach_count; i++) {
		buf_printf(b, "  house style, %s:\n", v->breaches[i].rule);
		words_block(b, o, "    ", v->breaches[i].text);
	}
	if (v->safety_text) {
		buf_puts(b, "\n  The column's safety text, to begin from (edit offers it):\n");
		words_block(b, o, "  ", v->safety_text);
	}
	buf_putc(b, '\n');
}

static void put_decision(struct buf *b, const struct decision *d)
{
	buf_puts(b, "  ");
	words_time(b, d->at);
	buf_printf(b, "  %s by ", decision_kind_word(d->kind));
	words_line(b, d->actor, 40);
	if (d->revision)
		buf_printf(b, ", revision %d", d->revision);
	if (d->reason) {
		buf_puts(b, ", ");
		words_line(b, d->reason, 40);
	}
	if (d->note) {
		buf_puts(b, ": ");
		words_line(b, d->note, 200);
	}
	buf_putc(b, '\n');
}

static void put_history(struct buf *b, const struct out *o, const struct item_view *v)
{
	if (!v->decision_count && v->revision_count < 2 && !v->receipt_count)
		return;
	words_head(b, o, "History");
	for (size_t i = 0; i < v->revision_count; i++) {
		/* dear's own draft has no time. */
		buf_puts(b, v->revisions[i].at ? "  " : "                  ");
		if (v->revisions[i].at)
			words_time(b, v->revisions[i].at);
		buf_printf(b, "  revision %d by ", v->revisions[i].number);
		words_line(b, v->revisions[i].actor, 40);
		buf_putc(b, '\n');
	}
	for (size_t i = 0; i < v->decision_count; i++)
		put_decision(b, &v->decisions[i]);
	for (size_t i = 0; i < v->receipt_count; i++) {
		buf_puts(b, "  ");
		words_time(b, v->receipts[i].at);
		buf_puts(b, "  left by ");
		words_line(b, v->receipts[i].target, 60);
		if (v->receipts[i].native_id) {
			buf_puts(b, ", there ");
			words_line(b, v->receipts[i].native_id, 40);
		}
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
}

static void put_next(struct buf *b, const struct item *it)
{
	long long id = it->id;

	switch (it->status) {
	case ITEM_DRAFTED:
		buf_printf(b, "Next: dear approve %lld, edit %lld, reject %lld or dismiss %lld\n",
			   id, id, id, id);
		break;
	case ITEM_NEEDS_PERSON:
		buf_printf(b, "Next: dear edit %lld, then approve %lld; or dismiss %lld\n", id, id,
			   id);
		break;
	case ITEM_NO_REPLY:
		buf_printf(b, "Next: nothing; dear edit %lld if it wants a reply after all\n", id);
		break;
	case ITEM_APPROVED:
		buf_printf(b, "Next: dear export; dear reopen %lld takes the approval back\n", id);
		break;
	case ITEM_REJECTED:
		buf_printf(b, "Next: dear redraft %lld for another wording, or edit %lld\n", id,
			   id);
		break;
	case ITEM_DISMISSED:
		buf_printf(b, "Next: nothing; dear reopen %lld brings it back\n", id);
		break;
	case ITEM_STATUS_COUNT:
		break;
	}
}

void text_item(struct out *o, const struct item_view *v)
{
	struct buf b = BUF_INIT;

	if (o->listed++)
		buf_putc(&b, '\n');
	put_head(&b, o, v->item);
	put_parent(&b, o, v);
	put_comment(&b, o, v);
	put_found(&b, o, v);
	put_reply(&b, o, v);
	put_history(&b, o, v);
	put_next(&b, v->item);
	out_write(o, &b);
	buf_release(&b);
}
