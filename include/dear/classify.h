/* classify.h - comment and rules in, situations out.
 *
 * The rules are data: data/situations (one JSON file a label), data/details,
 * data/words (word classes), data/topics.json. Their language is documented in
 * data/README.md. rules_load checks everything and fails with file and line;
 * a loaded rule set never changes and may be used by many threads at once.
 */
#ifndef DEAR_CLASSIFY_H
#define DEAR_CLASSIFY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct classification;
struct diags;
struct err;
struct rules;

/* dir: the data folder. ERR_RULES, or ERR_IO when the folder is missing. */
struct rules *rules_load(const char *dir, struct err *err);
void rules_free(struct rules *r);
/* Changes when any rule file changes. */
uint64_t rules_version(const struct rules *r);
/* Every label the rules can give, NULL-ended, in the order of LABELS. */
const char *const *rules_labels(const struct rules *r);
/* Every detail they can find, NULL-ended. */
const char *const *rules_details(const struct rules *r);
bool rules_has_label(const struct rules *r, const char *label);
bool rules_has_topic(const struct rules *r, const char *topic);

/* Runs every rule file's own examples and counter-examples; each that fails is
 * a DIAG_DATA. Returns how many ran; *ret_failed how many failed. */
size_t rules_examples(const struct rules *r, struct diags *d, size_t *ret_failed);

struct classify_request {
	const char *text; /* plain text, valid UTF-8 */
	size_t len;
	const char *author;          /* NULL */
	const char *topic;           /* forced by --topic or the thread; NULL: find it */
	const char *title;           /* of the article, to find the topic; NULL */
	int64_t utc;                 /* the comment's date, INT64_MIN when unknown */
	bool reply_to_reader;        /* its parent is another reader's comment */
	bool reply_to_staff;         /* its parent is by the column: a follow-up */
	const char *const *relabels; /* editor's relabels, "+label" or "-label",
					NULL-ended; NULL when none. They win. */
};

/* Pure: same request, same rules, same bytes out. Memory from the arena. */
void classify(const struct rules *r, const struct classify_request *req, struct arena *a,
	      struct classification *ret);

/* The topic whose titles match best; NULL when none. */
const char *classify_topic_of_title(const struct rules *r, const char *title);

#endif
