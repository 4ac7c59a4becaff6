/* print_json.c - results for programs. Lines for what is a stream (threads of
 * an import, items, outcomes), one value for what is one thing. Nothing here
 * shortens or leaves out.
 */
#include <string.h>

#include "dear/buf.h"
#include "dear/diag.h"
#include "dear/draft.h"
#include "dear/err.h"
#include "dear/evaluate.h"
#include "dear/intake.h"
#include "dear/review.h"
#include "dear/site.h"
#include "dear/situation.h"
#include "dear/store.h"
#include "dear/train.h"

#include "print.h"
#include "print_internal.h"
#include "print_value.h"

static void end_line(struct out *o, struct buf *b)
{
	buf_putc(b, '\n');
	out_write(o, b);
	buf_release(b);
}

static void put_diags(struct buf *b, const struct diags *d)
{
	value_open(b, "diagnostics", '[');
	for (size_t i = 0; i < d->count; i++) {
		value_open(b, NULL, '{');
		value_string(b, "id", diag_name(d->list[i].id));
		value_string(b, "level", diag_level_word(diag_level_of(d->list[i].id)));
		value_string(b, "where", d->list[i].where);
		value_string(b, "text", d->list[i].text);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void json_imported(struct out *o, const struct intake_thread *t,
			  const struct import_extra *x)
{
	struct buf b = BUF_INIT;

	(void)x;
	value_open(&b, NULL, '{');
	value_int(&b, "thread", t->thread);
	value_string(&b, "title", t->title);
	value_string(&b, "format", t->format);
	value_int(&b, "read", (int64_t)t->read);
	value_int(&b, "kept", (int64_t)t->kept);
	value_open(&b, "skipped", '{');
	for (size_t i = 0; i < INTAKE_SKIPS; i++)
		if (t->skipped[i])
			value_int(&b, intake_skip_word(i), (int64_t)t->skipped[i]);
	value_close(&b, '}');
	value_int(&b, "new", (int64_t)t->added);
	value_int(&b, "changed", (int64_t)t->changed);
	value_int(&b, "staff", (int64_t)t->staff);
	value_int(&b, "awaiting", (int64_t)t->awaiting);
	value_int(&b, "drafted", (int64_t)t->drafted);
	value_int(&b, "need_person", (int64_t)t->need_person);
	value_int(&b, "no_reply", (int64_t)t->no_reply);
	value_int(&b, "decided", (int64_t)t->decided);
	put_diags(&b, t->diags);
	value_close(&b, '}');
	end_line(o, &b);
}

static void json_import_failed(struct out *o, const struct intake_failure *f)
{
	struct buf b = BUF_INIT, words = BUF_INIT;

	if (f->err.line > 0)
		buf_printf(&words, "line %d: ", f->err.line);
	buf_puts(&words, f->err.msg);
	value_open(&b, NULL, '{');
	value_string(&b, "file", f->file);
	value_string(&b, f->passed ? "passed" : "error", buf_str(&words));
	value_close(&b, '}');
	end_line(o, &b);
	buf_release(&words);
}

static void put_item(struct buf *b, const struct item *it, const struct classification *c)
{
	value_int(b, "id", it->id);
	value_int(b, "thread", it->thread);
	value_string(b, "comment_id", it->comment_id);
	value_string(b, "comment_parent", it->comment_parent);
	value_string(b, "author", it->author);
	value_string(b, "date", it->date);
	value_string(b, "status", item_status_word(it->status));
	value_string(b, "reason", print_reason(it));
	value_open(b, "flags", '[');
	for (const struct item_flag *f = print_flags; f->word; f++)
		if (it->flags & f->bit)
			value_string(b, NULL, f->word);
	value_close(b, ']');
	value_string(b, "topic", it->topic);
	value_situations(b, c, false);
	value_facts(b, c);
	value_string(b, "comment", it->comment);
	value_string(b, "reply", it->reply);
	if (it->revision)
		value_int(b, "revision", it->revision);
	else
		value_null(b, "revision");
	value_string(b, "decided_by", it->decided_by);
	if (it->decided_by)
		value_time(b, "decided_at", it->decided_at);
	else
		value_null(b, "decided_at");
}

static void json_list_begin(struct out *o)
{
	struct buf b = BUF_INIT;

	o->listed = 0;
	buf_putc(&b, '[');
	out_write(o, &b);
	buf_release(&b);
}

/* Opens the next element of an array that is written as it comes. */
static void next_element(struct out *o, struct buf *b)
{
	buf_puts(b, o->listed++ ? ",\n" : "\n");
	buf_putc(b, '{');
}

static void json_list_item(struct out *o, const struct item *it, const struct classification *c)
{
	struct buf b = BUF_INIT;

	next_element(o, &b);
	put_item(&b, it, c);
	value_close(&b, '}');
	out_write(o, &b);
	buf_release(&b);
}

static void json_list_end(struct out *o)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, o->listed ? "\n]" : "]");
	end_line(o, &b);
}

static void put_all_evidence(struct buf *b, const struct classification *c)
{
	value_open(b, "evidence", '[');
	for (size_t i = 0; i < c->situation_count; i++) {
		for (size_t k = 0; k < c->situations[i].evidence_count; k++) {
			value_open(b, NULL, '{');
			value_string(b, "situation", c->situations[i].label);
			value_evidence(b, &c->situations[i], k);
			value_close(b, '}');
		}
	}
	value_close(b, ']');
}

static void put_decisions(struct buf *b, const struct item_view *v)
{
	value_open(b, "decisions", '[');
	for (size_t i = 0; i < v->decision_count; i++) {
		const struct decision *d = &v->decisions[i];

		value_open(b, NULL, '{');
		value_string(b, "decision", decision_kind_word(d->kind));
		value_int(b, "revision", d->revision);
		value_string(b, "text", d->text);
		value_string(b, "reason", d->reason);
		value_string(b, "note", d->note);
		value_string(b, "by", d->actor);
		value_time(b, "at", d->at);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void put_revisions(struct buf *b, const struct item_view *v)
{
	value_open(b, "revisions", '[');
	for (size_t i = 0; i < v->revision_count; i++) {
		const struct revision *r = &v->revisions[i];

		value_open(b, NULL, '{');
		value_int(b, "revision", r->number);
		value_string(b, "text", r->text);
		value_string(b, "by", r->actor);
		value_time(b, "at", r->at);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void json_item(struct out *o, const struct item_view *v)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	put_item(&b, v->item, v->found);
	put_all_evidence(&b, v->found);
	put_decisions(&b, v);
	put_revisions(&b, v);
	value_close(&b, '}');
	end_line(o, &b);
}

static void json_tree_begin(struct out *o, const struct store_thread *t)
{
	struct buf b = BUF_INIT;

	o->listed = 0;
	value_open(&b, NULL, '{');
	value_int(&b, "thread", t->id);
	value_string(&b, "title", t->title);
	value_string(&b, "url", t->url);
	value_open(&b, "comments", '[');
	out_write(o, &b);
	buf_release(&b);
}

static void json_tree_node(struct out *o, const struct store_node *n)
{
	struct buf b = BUF_INIT;

	next_element(o, &b);
	value_string(&b, "comment_id", n->comment_id);
	value_string(&b, "parent", n->parent);
	value_string(&b, "parent_known", parent_known_word(n->parent_known));
	value_string(&b, "status", comment_status_word(n->status));
	value_string(&b, "author", n->author);
	value_bool(&b, "staff", n->staff);
	value_string(&b, "date", n->date);
	value_string(&b, "text", n->text);
	if (n->item)
		value_int(&b, "item", n->item);
	else
		value_null(&b, "item");
	value_close(&b, '}');
	out_write(o, &b);
	buf_release(&b);
}

static void json_tree_end(struct out *o)
{
	struct buf b = BUF_INIT;

	buf_puts(&b, o->listed ? "\n]}" : "]}");
	end_line(o, &b);
}

static void json_outcome(struct out *o, int64_t item, const struct review_result *r)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	value_int(&b, "id", item);
	value_string(&b, "outcome", print_outcome_word(r->outcome));
	value_string(&b, "text", r->text);
	value_int(&b, "revision", r->revision);
	if (r->outcome == REVIEW_CONFLICT) {
		value_string(&b, "seen", r->seen);
		value_string(&b, "now", r->now);
	}
	value_close(&b, '}');
	end_line(o, &b);
}

static void json_pushed(struct out *o, const struct push_result *r)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	value_int(&b, "id", r->item);
	value_string(&b, "outcome", push_outcome_word(r->outcome));
	value_string(&b, "native_id", r->native_id);
	value_string(&b, "text", r->text);
	if (r->body) {
		value_string(&b, "url", r->url);
		value_string(&b, "body", r->body);
	}
	value_close(&b, '}');
	end_line(o, &b);
}

static void put_details(struct buf *b, const struct classification *c)
{
	value_open(b, "details", '[');
	for (size_t i = 0; i < c->detail_count; i++) {
		value_open(b, NULL, '{');
		value_string(b, "detail", c->details[i].name);
		value_string(b, "quote", c->details[i].quote);
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void json_trial(struct out *o, const struct trial *t)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	value_string(&b, "topic", t->found->topic);
	value_string(&b, "reason", triage_word(t->found->triage));
	value_situations(&b, t->found, true);
	value_facts(&b, t->found);
	put_details(&b, t->found);
	value_string(&b, "responses", t->draft->responses);
	value_string(&b, "reply", t->safety_text ? t->safety_text : t->draft->text);
	value_close(&b, '}');
	end_line(o, &b);
}

static void json_explanation(struct out *o, const struct explanation *e)
{
	const struct classification *c = e->found;
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	if (e->item)
		value_int(&b, "id", e->item);
	else
		value_null(&b, "id");
	value_string(&b, "topic", c->topic);
	value_situations(&b, c, true);
	value_facts(&b, c);
	put_details(&b, c);
	value_open(&b, "people", '[');
	for (size_t i = 0; i < c->person_count; i++) {
		value_open(&b, NULL, '{');
		value_string(&b, "who", c->people[i].who);
		value_string(&b, "quote", c->people[i].quote);
		value_close(&b, '}');
	}
	value_close(&b, ']');
	value_open(&b, "events", '[');
	for (size_t i = 0; i < c->event_count; i++) {
		const struct event *v = &c->events[i];

		value_open(&b, NULL, '{');
		value_string(&b, "event", v->kind);
		value_string(&b, "actor", v->actor);
		value_string(&b, "target", v->target);
		value_string(&b, "how", event_how_word(v->how));
		value_string(&b, "quote", v->quote);
		value_close(&b, '}');
	}
	value_close(&b, ']');
	value_bool(&b, "unsure", c->unsure);
	value_string(&b, "status", triage_status(c->triage));
	value_string(&b, "reason", c->triage == TRIAGE_NONE ? NULL : triage_word(c->triage));
	value_close(&b, '}');
	end_line(o, &b);
}

static void put_rows(struct buf *b, const char *key, const struct evaluate_row *rows, size_t count)
{
	value_open(b, key, '[');
	for (size_t i = 0; i < count; i++) {
		value_open(b, NULL, '{');
		value_string(b, "name", rows[i].name);
		value_int(b, "support", (int64_t)rows[i].support);
		value_share(b, "precision", evaluate_precision(&rows[i]));
		value_share(b, "recall", evaluate_recall(&rows[i]));
		value_share(b, "f1", evaluate_f1(&rows[i]));
		value_close(b, '}');
	}
	value_close(b, ']');
}

static void put_band(struct buf *b, const char *key, const struct print_band *band)
{
	value_open(b, key, '{');
	value_int(b, "given", (int64_t)band->given);
	value_int(b, "right", (int64_t)band->right);
	value_close(b, '}');
}

static void json_evaluation(struct out *o, const struct evaluate_result *e, bool misses)
{
	struct buf b = BUF_INIT;
	struct print_band high, medium;

	print_bands(e, &high, &medium);
	value_open(&b, NULL, '{');
	value_int(&b, "posts", (int64_t)e->posts);
	value_share(&b, "macro_f1", evaluate_macro_f1(e, PRINT_MACRO_SUPPORT));
	put_rows(&b, "labels", e->labels, e->label_count);
	put_rows(&b, "facts", e->facts, e->fact_count);
	value_open(&b, "bands", '{');
	put_band(&b, "high", &high);
	put_band(&b, "medium", &medium);
	value_close(&b, '}');
	if (misses) {
		value_open(&b, "errors", '[');
		for (size_t i = 0; i < e->miss_count; i++) {
			value_open(&b, NULL, '{');
			value_string(&b, "id", e->misses[i].id);
			value_string(&b, "name", e->misses[i].name);
			value_string(&b, "expected", e->misses[i].expected);
			value_string(&b, "got", e->misses[i].got);
			value_string(&b, "quote", e->misses[i].quote);
			value_close(&b, '}');
		}
		value_close(&b, ']');
	}
	value_close(&b, '}');
	end_line(o, &b);
}

static void json_training(struct out *o, const struct train_report *r)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	value_int(&b, "posts", (int64_t)r->posts);
	value_int(&b, "training_posts", (int64_t)r->training_posts);
	value_int(&b, "features", (int64_t)r->features);
	value_open(&b, "labels", '[');
	for (size_t i = 0; i < r->count; i++) {
		const struct train_row *t = &r->rows[i];

		value_open(&b, NULL, '{');
		value_string(&b, "name", t->label);
		value_int(&b, "support", (int64_t)t->support);
		value_share(&b, "f1_rules", t->f1[TRAIN_RULES]);
		value_share(&b, "f1_words", t->f1[TRAIN_WORDS]);
		value_share(&b, "f1", t->f1[TRAIN_BOTH]);
		value_share(&b, "high_right", t->high_right);
		value_share(&b, "high_found", t->high_found);
		value_share(&b, "medium_right", t->medium_right);
		value_close(&b, '}');
	}
	value_close(&b, ']');
	value_close(&b, '}');
	end_line(o, &b);
}

static void json_figures(struct out *o, const struct figure *list)
{
	struct buf b = BUF_INIT;

	value_open(&b, NULL, '{');
	for (const struct figure *f = list; f->key; f++)
		value_int(&b, f->key, (int64_t)f->count);
	value_close(&b, '}');
	end_line(o, &b);
}

const struct printer print_json = {
	.imported = json_imported,
	.import_failed = json_import_failed,
	.list_begin = json_list_begin,
	.list_item = json_list_item,
	.list_end = json_list_end,
	.item = json_item,
	.tree_begin = json_tree_begin,
	.tree_node = json_tree_node,
	.tree_end = json_tree_end,
	.outcome = json_outcome,
	.pushed = json_pushed,
	.explanation = json_explanation,
	.trial = json_trial,
	.evaluation = json_evaluation,
	.training = json_training,
	.stats = json_stats,
	.figures = json_figures,
	.filters = json_filters,
};
