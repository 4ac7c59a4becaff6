/* cmd.h - the table of commands, and what a command is given.
 *
 * A command is one file, cmd_<name>.c, that ends in its row `cmd_<name>`, and
 * one line in COMMANDS below. From the row main parses the options, opens what
 * the command needs, calls it and closes everything; the same row prints the
 * help. dear.1 and dear.bash stand beside it, and tests/check/help.sh says so
 * when they disagree. (To add one: README.md of src/.)
 */
#ifndef DEAR_CLI_CMD_H
#define DEAR_CLI_CMD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/diag.h"
#include "dear/store.h"

#include "opt.h"
#include "print.h"

struct command;
struct err;
struct responses;
struct rules;

/* In the order of the help. */
#define COMMANDS(X) \
	X(import)   \
	X(pull)     \
	X(list)     \
	X(show)     \
	X(filters)  \
	X(review)   \
	X(serve)    \
	X(approve)  \
	X(edit)     \
	X(reject)   \
	X(dismiss)  \
	X(reopen)   \
	X(undo)     \
	X(relabel)  \
	X(posted)   \
	X(push)     \
	X(export)   \
	X(stats)    \
	X(classify) \
	X(evaluate) \
	X(train)    \
	X(explain)  \
	X(draft)    \
	X(check)    \
	X(redraft)  \
	X(rebuild)  \
	X(dump)     \
	X(restore)  \
	X(forget)   \
	X(help)

/* What the command line, the environment and the command's needs brought. */
struct app {
	/* options that every command takes */
	const char *db, *data, *actor;
	const char *folder, *voice; /* of the responses; one of their voices */
	bool json, help, version;
	/* opened as the command's needs say; else NULL */
	struct rules *rules;
	struct responses *responses;
	struct store *store;

	const struct command *command;
	struct opt_list words; /* what is no option */
	int64_t *ids;          /* the words as IDs, with CMD_IDS */
	size_t id_count;
	int64_t now;
	struct out out; /* where results go */
	const struct printer *print;
	struct diags diags; /* told on stderr at the end; a warning asks for status 1 */
	bool tell_all;      /* not only the first of each kind */
};

#define CMD_RULES        1u
#define CMD_RESPONSES    2u
#define CMD_STORE_READ   4u
#define CMD_STORE_WRITE  8u
#define CMD_STORE_CREATE 16u
#define CMD_IDS          32u /* words are IDs and ranges, parsed into app->ids */
#define CMD_MINUS_WORDS  64u /* "-no_contact" is a word */

struct command {
	const char *name, *words; /* words: for the usage line, "FILE...|-" */
	const char *summary;      /* one line for the help */
	unsigned needs;
	size_t min_words, max_words;
	const struct opt *options; /* fill a struct of args_size; NULL: none */
	size_t args_size;
	/* Says what is wrong with a command line before anything is opened; NULL. */
	int (*check)(struct app *app, void *args, struct err *err);
	/* Exit status (0: done, 1: an editor should look ...), or -1 with *err. */
	int (*run)(struct app *app, void *args, struct err *err);
};

#define CMD_MANY SIZE_MAX

#define X(name) extern const struct command cmd_##name;
COMMANDS(X)
#undef X
extern const struct command *const cmd_table[]; /* NULL-ended */
extern const struct opt cmd_global_options[];
const struct command *cmd_find(const char *name); /* NULL when unknown */
void cmd_usage(const struct command *c, FILE *out);
void cmd_overview(FILE *out);

/* ---- app.c: opening and telling ---- */

/* Fills in what no option gave: environment, clock, terminal. */
int app_start(struct app *app, struct err *err);
/* The time now, for what takes long; DEAR_NOW stands still. */
int64_t app_clock(const struct app *app);
int app_open_rules(struct app *app, struct err *err);
int app_open_responses(struct app *app, struct err *err);
int app_open_store(struct app *app, enum store_mode mode, struct err *err);
bool app_store_exists(const struct app *app);
void app_close(struct app *app);
/* "dear: where:line: bad input: words" on stderr. */
void app_complain(const struct err *err);
/* "where: level: text [name]" on stderr; unless all is set, each kind only a
 * few times, then counted. */
void app_tell(const struct diags *d, bool all);
/* One line on stderr, for people: nothing else is ever meant by it. */
void app_say(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* True when the answer typed to a question begins with y. */
bool app_ask(const char *question);

/* ---- app_secret.c ---- */

struct buf;

/* What is typed on the terminal after a question, unseen; false without one. */
bool app_ask_secret(const char *question, struct buf *out);

/* ---- app_find.c ---- */

/* The folder "data" or "responses": option or environment (given), else beside
 * the program's source tree, else as compiled in. free() it. NULL with
 * ERR_RULES when there is none. */
char *app_find_folder(const char *given, const char *name, const char *option, struct err *err);

/* ---- cmd_decide.c: what approve, reject, dismiss ... share ---- */

struct review;
struct review_result;
struct arena;

/* One decision on one item; -1 only for store errors. */
typedef int cmd_decision(const struct review *r, int64_t item, void *args, struct arena *a,
			 struct review_result *ret, struct diags *d, struct err *err);
/* Decides on every ID and prints each outcome; status 1 when one was refused. When
 * one does not exist nothing is decided: ERR_USAGE. */
int cmd_decide(struct app *app, cmd_decision *decide, void *args, struct err *err);
/* The two halves of it: a mistyped ID stops all before anything is decided, -1;
 * one decision, told; returns its status. */
int cmd_all_there(const struct app *app, struct err *err);
int cmd_decide_one(struct app *app, int64_t item, cmd_decision *decide, void *args,
		   struct err *err);
/* Prints an outcome, or tells a refusal on stderr; returns its status. */
int cmd_outcome(struct app *app, int64_t item, const struct review_result *result);
struct review app_review(const struct app *app);
/* ERR_USAGE that names the item. */
int cmd_no_item(int64_t item, struct err *err);

/* ---- cmd_text.c ---- */

struct classify_request;
/* True when the word is the number of an item. */
bool cmd_is_id(const char *word);
/* The rules must know a topic that is given. */
int cmd_topic(const struct app *app, const char *topic, struct err *err);
/* A comment that is in no store: text, else what the file named by the first
 * word (stdin without one) holds. Into buf, clean UTF-8, and set in *req with
 * the topic, which the rules must know. -1 with *err. */
int cmd_text(struct app *app, const char *text, const char *topic, struct buf *buf,
	     struct classify_request *req, struct err *err);

/* ---- cmd_rebuild.c ---- */

struct intake_changes;
void cmd_changes(struct app *app, const struct intake_changes *n);

#endif
