/* draft_internal.h - the loaded responses and the pieces a draft is made with;
 * shared by the files of this folder.
 *
 * A *term* is anything a response can ask for by name: a situation, a detail, a
 * fact, a comparison with a fact ("since_end < 3 weeks"), a state of the item
 * ("follow_up") or a term derived from others in plan.json. On load each gets a
 * bit; what holds for one comment is then a set of bits, and whether a response
 * fits is a few ands. Everything loaded lives in the set's own arena.
 */
#ifndef DEAR_DRAFT_INTERNAL_H
#define DEAR_DRAFT_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/arena.h"
#include "dear/buf.h"
#include "dear/responses.h"

struct classification;
struct mustache;

/* Longest run of words that may come twice, plus one. */
#define RUN_WORDS 8

/* ---- words (draft_words.c) ---- */

struct word {
	uint32_t start, end; /* bytes */
	uint32_t sentence;
	uint64_t hash; /* of the word in lower case, apostrophes straight */
};

struct words {
	struct word *list;
	size_t count;
};

void words_read(const char *text, struct arena *a, struct words *ret);
uint64_t words_hash(const char *word, size_t len);
/* Hash of the run of RUN_WORDS that begins at word i. */
uint64_t words_run(const struct words *w, size_t i);
int words_compare_runs(const void *a, const void *b); /* for qsort */

/* ---- terms (responses_terms.c) ---- */

#define TERM_WORDS 16
#define TERM_MOST  (TERM_WORDS * 64)

struct term_set {
	uint64_t word[TERM_WORDS];
};

/* Which header line named a term: what it must then be. */
enum term_role { ROLE_SITUATION = 1, ROLE_FACT = 2, ROLE_DETAIL = 4, ROLE_DERIVED = 8 };

enum term_kind { TERM_PLAIN, TERM_MAYBE, TERM_SURE, TERM_EQUAL, TERM_BELOW, TERM_ABOVE };

struct term {
	const char *name; /* as written, blanks tidied: "since_end < 3 weeks" */
	const char *base; /* "since_end" */
	enum term_kind kind;
	const char *value; /* TERM_EQUAL */
	double days;       /* TERM_BELOW, TERM_ABOVE */
	int maybe, sure;   /* bits of "name?" and "name!"; -1 when nobody asks */
	unsigned roles;    /* enum term_role bits: what it was asked for as */
	const char *file;  /* where first asked for */
	int line;
};

/* all must hold, of each any-set at least one, of none nothing. */
struct condition {
	struct term_set all, none;
	struct term_set *any;
	size_t any_count;
	int weight; /* how much it asks for: the more, the more specific */
};

/* A term that holds when its condition does (plan.json). */
struct derived {
	int bit;
	struct condition when;
};

struct terms {
	struct term *list;
	size_t count, size;
	int16_t index[2 * TERM_MOST]; /* by hash of name; -1 empty */
	struct derived *derived;
	size_t derived_count;
	const char *default_topic;
	const char *voice; /* a state that always holds: warm or plain */
};

void terms_init(struct terms *t);
void terms_free(struct terms *t);
/* The bit of a term, added when new; -1 with *err set. */
int terms_add(struct terms *t, struct arena *a, const char *text, size_t len, const char *file,
	      int line, struct err *err);
int terms_find(const struct terms *t, const char *name);
/* What holds for a request. */
struct term_set terms_holding(const struct terms *t, const struct draft_request *req, bool named);
/* The topic whose responses a comment gets. */
const char *terms_topic(const struct terms *t, const struct classification *found);
bool condition_holds(const struct condition *c, const struct term_set *holds);
void term_set_add(struct term_set *s, int bit);
bool term_set_has(const struct term_set *s, int bit);
void term_set_join(struct term_set *s, const struct term_set *more);
bool term_set_meets(const struct term_set *a, const struct term_set *b);  /* share a term */
bool term_set_within(const struct term_set *a, const struct term_set *b); /* a is part of b */
int term_set_shared(const struct term_set *a, const struct term_set *b);  /* how many terms */
/* "6 weeks", "a few days" as days; negative when it is no duration. */
double terms_days(const char *duration);

/* ---- responses (responses.c, responses_file.c, responses_plan.c) ---- */

/* In the order in which they stand in a draft. */
#define PARTS(X)                   \
	X(PART_OPENING, "opening") \
	X(PART_MIRROR, "mirror")   \
	X(PART_MEANING, "meaning") \
	X(PART_ANSWER, "answer")   \
	X(PART_LETTER, "letter")   \
	X(PART_ADVICE, "advice")   \
	X(PART_CLOSE, "close")
enum part {
#define X(id, word) id,
	PARTS(X)
#undef X
		PART_COUNT
};

/* What kind of item a response is for; a bit each. */
enum occasion {
	OCCASION_DRAFT = 1,
	OCCASION_FOLLOW_UP = 2,
	OCCASION_UNSURE = 4,
	OCCASION_THANKS = 8,
};

struct wording {
	struct mustache *text;
	struct term_set needs; /* facts it names outside a section of their own */
	struct term_set uses;  /* whatever it takes up, in a section or not */
	bool brief;            /* too short to hold a run: never worn */
	bool introduces;       /* calls the ex by a noun */
	bool refers;           /* says he, she or they before any noun */
	int line;
};

struct response {
	const char *name;  /* "ex-letter/no-contact" */
	const char *topic; /* "ex-letter"; "shared" */
	const char *file;
	enum part part;
	unsigned occasions;
	int priority;
	struct condition when;
	struct term_set says, against; /* ideas, a bit each */
	uint32_t first;                /* number of its first wording in the whole set */
	uint32_t count;
	struct wording *wordings;
	uint64_t hash; /* of the file */
};

/* An idea that may not be said when a condition holds (plan.json). */
struct never {
	struct term_set says;
	struct condition when;
	bool pardoned; /* by any of unless_said */
	struct term_set unless_said;
};

/* How the draft speaks of the other one. */
enum pronoun { PRONOUN_HE, PRONOUN_SHE, PRONOUN_THEY };

/* What a person without a pronoun is called while a condition holds, and the
 * forms of {{other}} that go with it. The one of the ex stands last and has no
 * condition. */
struct other {
	const char *noun;     /* "your client"; NULL: the pronoun says enough */
	enum pronoun pronoun; /* where no fact tells one */
	bool many;            /* more than one: always "they" */
	struct condition when;
	json_t *forms[3], *Forms[3]; /* he, she, they or unknown; with a capital */
};

struct partial {
	const char *name;
	struct mustache *text;
};

/* Words of plan.json, sorted, their case no matter. */
struct name_list {
	const char **words;
	size_t count;
};

bool name_list_has(const struct name_list *list, const char *word);

struct style;

/* voice.json (draft_voice.c). */
struct voice {
	const char *column, *signoff;
	int person; /* we, I, the column by name */
	bool contractions;
	int length; /* words a draft aims at; 0: as the house style says */
	struct respell *respells;
	size_t respell_count, respell_size;
	uint64_t hash; /* of the file and its lists */
};

struct responses {
	struct arena arena;
	struct terms terms;
	struct term_set asked; /* by some template, as {{#is.name}} */
	struct response *list; /* by part, then best first */
	size_t count, size;
	struct response **by_name;
	uint32_t wording_count;
	const char *ideas[TERM_MOST]; /* names of the bits in says and against */
	size_t idea_count;
	struct never *nevers;
	size_t never_count;
	struct condition person;   /* who is answered by a person only; weight 0: nobody */
	struct name_list exact;    /* topics: a draft takes up something of the reader's own */
	struct name_list no_names; /* words that are no reader's name */
	struct name_list titles;   /* words that stand before one */
	struct partial *partials;  /* sorted */
	size_t partial_count, partial_size;
	struct other *others; /* the ex is the last */
	size_t other_count;
	struct voice voice;
	struct style *style;
	const char *safety;
	uint64_t version;
};

int responses_file_load(struct responses *r, const char *path, const char *topic, const char *stem,
			struct err *err);
/* Takes note of what a partial's text asks for. */
int responses_see_partial(struct responses *r, const struct mustache *text, const char *file,
			  struct err *err);
/* Parses a settings file; it counts in the set's version. */
json_t *responses_json(struct responses *r, const char *path, struct err *err);
int responses_safety_load(struct responses *r, const char *path, struct err *err);
int responses_plan_load(struct responses *r, const char *path, struct err *err);
struct jread;
/* The array under a key and its length, 0 when it is absent. */
int responses_list(const struct jread *j, const char *key, struct jread *ret, size_t *ret_count,
		   struct err *err);
/* Reads the members all, any and unless of a JSON object. */
int responses_condition(struct responses *r, const struct jread *j, struct condition *when,
			struct err *err);
/* Adds an idea to a set; a new one gets its bit. */
int responses_idea(struct responses *r, const char *name, size_t len, const char *file, int line,
		   struct term_set *to, struct err *err);
const struct response *responses_find(const struct responses *r, const char *name, size_t len);
const struct mustache *responses_partial(void *ctx, const char *name);
bool responses_in_topic(const struct response *p, const char *topic);

/* ---- voice (draft_voice.c) ---- */

/* dir: the responses folder; path: the voice in it. */
int voice_load(struct responses *r, const char *dir, const char *path, struct err *err);
void voice_free(struct responses *r);
bool voice_variable(const char *name);
void voice_values(const struct responses *r, json_t *values);
/* The text as this voice spells it. */
const char *voice_apply(const struct voice *v, const char *text, struct arena *a);

/* ---- values (draft_values.c) ---- */

/* Which forms the facts ask for. */
enum pronoun values_pronoun(const struct classification *found);
/* True when {{other.they}} needs no noun before it. */
bool values_introduced(const struct responses *r, const struct classification *found,
		       const struct term_set *holds);
/* The forms of {{other}} for a noun. */
void values_open(struct other *o, bool contractions);
void values_close(struct other *o);
/* Under the name, and with a capital under the name with one. */
void values_set_both(json_t *values, const char *name, const char *text);
/* The reader's name for a greeting; NULL when it names no person. */
const char *values_name(const struct responses *r, const struct draft_request *req,
			struct arena *a);
/* What a template may name. json_decref it. */
json_t *values_new(const struct responses *r, const struct draft_request *req, const char *name,
		   const struct term_set *holds);
/* The fact a variable stands for (NULL: always there); false when there is no
 * such variable. */
bool values_known(const char *variable, const char **ret_fact);

/* ---- memory (draft_memory.c) ---- */

/* 0 when never used. */
uint64_t memory_last_use(const struct draft_memory *m, uint32_t wording);
/* Past an ordinary thread runs of words are no longer compared. */
bool memory_compares(const struct draft_memory *m);
/* The run that begins at word i was said before in this thread. */
bool memory_said(const struct draft_memory *m, const struct words *w, size_t i);
/* This response went to this person before. */
bool memory_told(const struct draft_memory *m, const char *person, const struct response *p);
/* True the first time it is asked for a response. */
bool memory_worn_first(struct draft_memory *m, const struct response *p);

/* ---- style (draft_style.c, style_load.c) ---- */

/* In a phrase's words: takes the place of any word. */
#define ANY_WORD 1

struct phrase {
	uint64_t *words; /* alternatives of each place, 0 after each place's last */
	size_t places;
	const char *text; /* as written, for messages */
};

struct style_rule {
	const char *name, *say;
	struct phrase *phrases;
	size_t phrase_count;
	struct condition when; /* of the comment; weight 0: always */
	uint64_t *not_after;   /* words that turn a phrase round; 0-ended */
};

#define STYLE_FILTER 64

/* Which phrases can begin with a word. */
struct style_start {
	uint64_t hash;
	uint16_t rule, phrase;
};

struct style {
	int least, aim, most, with_letter; /* words */
	const char *signoff;
	size_t signoff_words;
	struct style_rule *rules;
	size_t rule_count;
	struct style_start *starts; /* sorted by hash */
	size_t start_count;
	uint64_t filter[STYLE_FILTER]; /* no phrase begins with a word whose bit is 0 */
	const char **unfilled;         /* NULL-ended */
	uint64_t hash;
};

int style_load(struct responses *r, const char *path, struct err *err);
/* Length of reply without the sign-off at its end. */
size_t style_body(const struct style *s, const char *reply);
/* A suggested letter: a paragraph that begins with a quotation mark. */
bool style_has_letter(const char *text);

/* Why there is no draft where one must be exact (struct responses). */
#define DRAFT_NOT_EXACT "nothing is known that this reader in particular could be told"

/* ---- plan (draft_plan.c) ---- */

enum {
	PICKS_MOST = 16,
	BANNED_MOST = 64,
};

/* A wording chosen for a draft. */
struct pick {
	const struct response *response;
	uint32_t wording; /* of the response, from 0 */
	const char *text;
	size_t words;
	bool worn; /* used before in this thread */
};

/* One request on its way to a draft. */
struct planner {
	const struct responses *r;
	const struct draft_request *req;
	const struct draft_memory *memory;
	struct arena *arena;
	struct term_set holds;
	enum occasion occasion;
	const struct response **fit; /* that fit, by part, best first */
	size_t fit_count;
	size_t fit_part[PART_COUNT + 1]; /* where each part begins in fit */
	struct term_set forbidden;       /* ideas that plan.json forbids, whatever is said */
	json_t *values;
	uint64_t text_hash;
	uint64_t *avoid; /* runs of words not to use; sorted */
	size_t avoid_count;
	uint32_t banned[BANNED_MOST];
	size_t banned_count;
	struct pick picks[PICKS_MOST];
	size_t pick_count;
	bool introduced;               /* the ex was called by a noun, or has a pronoun */
	struct term_set said, against; /* ideas of the picks */
	size_t word_count;
	struct err *err;
};

/* Fills p->fit. */
void plan_fit(struct planner *p);
/* Fills p->picks, in the order of a draft. brief: only what must be there.
 * False when a part that must be there has no response; -1 on an error. */
int plan_make(struct planner *p, bool brief);
/* A run of these words is to be avoided or stands in the thread already. */
bool plan_said_before(const struct planner *p, const struct words *w);

/* ---- lint (responses_check.c, responses_trial.c) ---- */

struct seen;

struct lint {
	const struct responses *r;
	const char *const *labels, *const *details;
	struct diags *d;
	size_t findings;
	struct arena arena;
	struct seen *seen; /* runs of words */
	size_t seen_count, seen_size;
};
bool lint_listed(const char *const *list, const char *name);
void lint_finding(struct lint *l, const char *file, int line, const char *what, const char *name);
/* Drafts for made-up comments of every topic; returns how many. */
uint64_t lint_trials(struct lint *l);

#endif
