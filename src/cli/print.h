/* print.h - results on their way to stdout: one interface, two printers.
 *
 * print_text is for people at a terminal: a reader's words are made safe for
 * it (utf8_put_terminal) and wrapped. print_json is for programs: the shapes
 * are documented in dear.1, keys always in the same order. Printers write
 * results only; talk goes to stderr (app_say). A failed write is remembered in
 * `error` and main turns it into status 6.
 */
#ifndef DEAR_CLI_PRINT_H
#define DEAR_CLI_PRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct buf;
struct classification;
struct decision;
struct draft;
struct evaluate_result;
struct intake_failure;
struct intake_thread;
struct item;
struct print_tree;
struct push_result;
struct receipt;
struct review_result;
struct revision;
struct stats;
struct store_node;
struct store_saved;
struct store_thread;
struct style_breach;
struct train_report;

struct out {
	FILE *file;
	bool colour;
	int columns;
	int error; /* errno of the first write that failed */
	/* state of a list or tree being printed */
	size_t listed;
	int64_t thread;
	struct print_tree *tree;
};
/* Writes b to o and empties it. */
void out_write(struct out *o, struct buf *b);

/* What only the text summary of an import tells; asked from the store. */
struct import_extra {
	uint64_t answered; /* reader comments the column answered */
	uint64_t *reasons; /* needs_person items by enum triage; NULL: not known */
	bool dry_run;
};

/* An item with everything around it, for `show`. */
struct item_view {
	const struct item *item;
	const struct classification *found;
	const struct decision *decisions;
	size_t decision_count;
	const struct revision *revisions;
	size_t revision_count;
	const struct receipt *receipts;
	size_t receipt_count;
	const struct style_breach *breaches;
	size_t breach_count;
	const char *parent_author, *parent_text; /* text NULL: top level, or unknown */
	bool parent_staff;
	const char *safety_text; /* on offer for a safety item; NULL else */
};

/* What `explain` explains. */
struct explanation {
	int64_t item; /* 0: a text of its own */
	const char *text;
	const struct classification *found;
};

/* What `draft` tried. */
struct trial {
	const char *text;
	const struct classification *found;
	const struct draft *draft;
	const char *safety_text; /* where only the fixed text is on offer; NULL else */
	bool why;                /* print what it stands on as well */
};

/* One figure of a command's outcome: "12 records added" or {"added": 12}. */
struct figure {
	const char *key; /* NULL ends a list */
	uint64_t count;
	const char *one, *many; /* "record added", "records added" */
};

struct printer {
	void (*imported)(struct out *o, const struct intake_thread *t,
			 const struct import_extra *x);
	void (*import_failed)(struct out *o, const struct intake_failure *f);
	void (*list_begin)(struct out *o);
	void (*list_item)(struct out *o, const struct item *it, const struct classification *c);
	void (*list_end)(struct out *o);
	void (*item)(struct out *o, const struct item_view *v);
	void (*tree_begin)(struct out *o, const struct store_thread *t);
	void (*tree_node)(struct out *o, const struct store_node *n);
	void (*tree_end)(struct out *o);
	void (*outcome)(struct out *o, int64_t item, const struct review_result *r);
	void (*pushed)(struct out *o, const struct push_result *r);
	void (*explanation)(struct out *o, const struct explanation *e);
	void (*trial)(struct out *o, const struct trial *t);
	void (*evaluation)(struct out *o, const struct evaluate_result *e, bool misses);
	void (*training)(struct out *o, const struct train_report *r);
	void (*stats)(struct out *o, const struct stats *s, bool responses);
	void (*figures)(struct out *o, const struct figure *list);
	void (*filters)(struct out *o, const struct store_saved *list, size_t count);
};
extern const struct printer print_text, print_json;

#endif
