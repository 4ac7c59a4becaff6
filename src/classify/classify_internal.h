/* classify_internal.h - what the files of src/classify share.
 *
 * A comment goes through four steps: marks (words and phrases that rules
 * name), parties and clauses (who acts, and whether it happened, is wished,
 * denied, asked), cues (patterns over both), and scores.
 *
 * Rules name words. Each word or phrase they name is an entry of the lexicon;
 * each distinct choice of entries in a pattern ("left|dumped|@ended") is a
 * set; an entry carries one bit for each set it belongs to. So one look-up a
 * token answers every pattern's question about it.
 */
#ifndef DEAR_CLASSIFY_INTERNAL_H
#define DEAR_CLASSIFY_INTERNAL_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "dear/arena.h"
#include "dear/classify.h"
#include "dear/situation.h"
#include "dear/text.h"

struct err;
struct jread;

/* Whom a word means. Names are those of the rule language. */
#define PARTIES(X)              \
	X(PARTY_NONE, "none")   \
	X(PARTY_ME, "me")       \
	X(PARTY_EX, "ex")       \
	X(PARTY_WE, "we")       \
	X(PARTY_OTHER, "other") \
	X(PARTY_YOU, "you")
enum party {
#define X(id, word) id,
	PARTIES(X)
#undef X
		PARTY_COUNT
};

/* How a clause is meant; a cue counts only where all marks on its words are
 * ones it allows. Word, and whether a cue allows it when it says nothing. */
#define MARKS(X)                      \
	X(MARK_NOT, "not", false)     \
	X(MARK_IF, "if", false)       \
	X(MARK_PLAN, "plan", false)   \
	X(MARK_FEAR, "fear", false)   \
	X(MARK_ASK, "ask", false)     \
	X(MARK_TOLD, "told", false)   \
	X(MARK_QUOTE, "quote", false) \
	X(MARK_SAID, "said", true)    \
	X(MARK_BEFORE, "before", true)
enum mark {
#define X(id, word, allowed) id,
	MARKS(X)
#undef X
		MARK_COUNT
};

/* What a text as a whole is like; rules ask for it by {"signal": ...}. */
#define SIGNALS(X)                               \
	X(SIGNAL_TO_READER, "speaks_to_you")     \
	X(SIGNAL_TO_EX, "letter_to_ex")          \
	X(SIGNAL_NO_PARTNER, "no_partner_named") \
	X(SIGNAL_EX_NAMED, "ex_named")           \
	X(SIGNAL_NO_ME, "no_first_person")
enum signal {
#define X(id, word) id,
	SIGNALS(X)
#undef X
		SIGNAL_COUNT
};

/* Entries that no text spells: spans found by the engine itself. */
#define BUILTINS(X)                     \
	X(BUILTIN_ME, "me")             \
	X(BUILTIN_EX, "ex")             \
	X(BUILTIN_WE, "we")             \
	X(BUILTIN_OTHER, "other")       \
	X(BUILTIN_YOU, "you")           \
	X(BUILTIN_MY, "my")             \
	X(BUILTIN_EXS, "exs")           \
	X(BUILTIN_DURATION, "duration") \
	X(BUILTIN_NUMBER, "number")     \
	X(BUILTIN_EMOJI, "emoji")
enum builtin {
#define X(id, word) id,
	BUILTINS(X)
#undef X
		BUILTIN_COUNT
};

/* Word classes of data/words that the engine itself looks at. */
#define ENGINE_CLASSES(X)                   \
	X(CLASS_EX_HE, "ex_he")             \
	X(CLASS_EX_SHE, "ex_she")           \
	X(CLASS_EX_THEY, "ex_they")         \
	X(CLASS_EX_WORD, "ex_word")         \
	X(CLASS_OTHER_HE, "other_he")       \
	X(CLASS_OTHER_SHE, "other_she")     \
	X(CLASS_OTHER_THEY, "other_they")   \
	X(CLASS_ANYONE_HE, "anyone_he")     \
	X(CLASS_ANYONE_SHE, "anyone_she")   \
	X(CLASS_ANYONE_THEY, "anyone_they") \
	X(CLASS_NOUN_LEAD, "noun_lead")     \
	X(CLASS_NEW_LEAD, "new_lead")       \
	X(CLASS_AUX, "aux")                 \
	X(CLASS_LEAD, "clause_lead")        \
	X(CLASS_JOIN, "clause_join")        \
	X(CLASS_SKIP, "clause_skip")        \
	X(CLASS_PREP, "prep")               \
	X(CLASS_THING, "thing_subject")     \
	X(CLASS_FUNCTION, "function")       \
	X(CLASS_NOT, "not")                 \
	X(CLASS_NOT_NOUN, "not_noun")       \
	X(CLASS_IF, "if_words")             \
	X(CLASS_PLAN, "plan_words")         \
	X(CLASS_FEAR, "fear_words")         \
	X(CLASS_SAY, "say_words")           \
	X(CLASS_THINK, "think_words")       \
	X(CLASS_TELL, "tell_words")         \
	X(CLASS_BEFORE, "before_words")     \
	X(CLASS_DEAR_YOU, "dear_you")       \
	X(CLASS_AND, "and_words")           \
	X(CLASS_HE, "he_words")             \
	X(CLASS_SHE, "she_words")           \
	X(CLASS_THEY, "they_words")         \
	X(CLASS_ME, "me_words")             \
	X(CLASS_WE, "we_words")             \
	X(CLASS_YOU, "you_words")           \
	X(CLASS_MY, "my_words")             \
	X(CLASS_YOUR, "your_words")         \
	X(CLASS_WHOSE, "whose_words")       \
	X(CLASS_HER, "her_words")           \
	X(CLASS_THEIRS, "not_mine")         \
	X(CLASS_ARTICLE, "article")         \
	X(CLASS_ONE_OF, "one_of")           \
	X(CLASS_GENITIVE, "genitive")       \
	X(CLASS_MALE, "male_tag")           \
	X(CLASS_FEMALE, "female_tag")       \
	X(CLASS_NOMINATIVE, "nominative")   \
	X(CLASS_OBJECTIVE, "objective")     \
	X(CLASS_TO, "to_word")              \
	X(CLASS_WHO, "who_word")            \
	X(CLASS_WISH, "wish_words")         \
	X(CLASS_PRESUPPOSE, "why_words")    \
	X(CLASS_AFTER_NOT, "after_not")     \
	X(CLASS_SINCE, "since_words")       \
	X(CLASS_NOW, "now_words")           \
	X(CLASS_THEN, "then_words")         \
	X(CLASS_SELF, "self_words")         \
	X(CLASS_REFUSE, "refuse_words")     \
	X(CLASS_ADVISE, "advise_words")
enum engine_class {
#define X(id, word) id,
	ENGINE_CLASSES(X)
#undef X
		CLASS_COUNT
};

#define NO_ENTRY         UINT32_MAX
#define SITUATIONS_MOST  64
#define PATTERN_ELEMENTS 24

/* A list of entries, sorted; what a class or a pattern's choice stands for. */
struct entry_list {
	uint32_t *ids;
	size_t count, size;
};

struct phrase {
	uint32_t entry; /* of the phrase itself */
	uint32_t second;
	uint32_t *words; /* entries of its words after the first */
	uint32_t count;
};

struct entry {
	char *word; /* "left", "broke up with", "@ex" */
	uint32_t hash;
	struct phrase *phrases; /* that begin with this word */
	size_t phrase_count, phrase_size;
	uint64_t seconds; /* phrases' second words, one bit each by their number mod 64 */
	double common;    /* rough share of tokens, to choose anchors */
};

struct lexicon_slot {
	uint32_t hash, number; /* of an entry, + 1 */
};

struct lexicon {
	struct entry *entries;
	size_t count, size;
	struct lexicon_slot *slots; /* by hash; a power of two */
	size_t slot_count;
	uint32_t *by_rank; /* NO_ENTRY where no rule names that everyday word */
	size_t rank_count, rank_size;
};

struct word_class {
	char *name;
	char *file;
	int line;
	json_t *words;
	struct entry_list entries;
	bool resolved, resolving;
};

enum element_kind {
	ELEMENT_SET,
	ELEMENT_GAP,
	ELEMENT_NEXT_NOT, /* !x */
	ELEMENT_LAST_NOT, /* <!x */
	ELEMENT_BEGIN,
	ELEMENT_END
};
struct element {
	uint8_t kind;
	uint8_t optional;
	uint8_t subjects; /* bits of enum party: the clause's subject is one; 0: any */
	uint8_t max;      /* of a gap, in tokens */
	uint8_t wide;     /* a gap that may leave the clause */
	uint32_t set;
	uint32_t only; /* the set's entry when it has but one */
};

struct pattern {
	char *source; /* as written */
	uint32_t cue;
	uint32_t first; /* of rules.elements */
	uint8_t count, anchor;
	uint8_t anchor_subjects; /* of the anchor, to turn most tries down early */
	uint8_t most;            /* matches of its cue that are wanted of a text */
	bool timed;              /* wanted only where a duration is */
	uint16_t own;            /* marks that its own words call for */
	uint16_t allow;          /* marks: its cue's, and its own */
};

/* A pattern, and signs of what must stand around its anchor: somewhere before
 * and after it in the sentence, right before and right after it, and within
 * GATE_REACH words of its clause. */
#define GATE_REACH 3
struct gate {
	uint64_t before, after, last, next, lately, soon;
	uint32_t pattern;
};

/* What is asked of an entry wherever it stands, in one place of memory. */
struct entry_use {
	uint64_t classes;                                 /* bits of enum engine_class */
	uint64_t seconds;                                 /* the entry's own */
	uint64_t before, after, last, next, lately, soon; /* signs of the sets that hold it */
	uint32_t gate, gate_count; /* of patterns with it for an anchor, in their order */
};

/* What a cue speaks for: a situation, a detail, a fact's value, a topic as seen
 * in a comment, a topic as seen in an article's title, an event. */
enum target {
	TARGET_SITUATION,
	TARGET_DETAIL,
	TARGET_FACT,
	TARGET_TOPIC,
	TARGET_TITLE,
	TARGET_EVENT
};

/* How a duration hangs on an event: what is said beside it. */
#define WHENS(X)               \
	X(WHEN_AGO, "ago")     \
	X(WHEN_FOR, "for")     \
	X(WHEN_IN, "in")       \
	X(WHEN_BARE, "bare")   \
	X(WHEN_OF, "of")       \
	X(WHEN_AFTER, "after") \
	X(WHEN_SINCE, "since") \
	X(WHEN_INTO, "into")   \
	X(WHEN_WHOLE, "whole")
enum when {
#define X(id, word) id,
	WHENS(X)
#undef X
		WHEN_COUNT
};
enum value { VALUE_NONE, VALUE_TEXT, VALUE_DURATION, VALUE_YEARS, VALUE_NAME, VALUE_FACT };

/* Events that a fact's rule follows. */
#define AFTER_MOST 8
struct event_list {
	uint32_t kinds[AFTER_MOST];
	size_t count;
};

struct cue {
	char *name; /* "no_contact.day_count" */
	uint8_t target, value;
	uint32_t owner; /* index of the situation, detail or fact rule's name */
	double weight;
	uint16_t allow, need; /* marks, one bit each */
	uint16_t when;        /* bits of enum when: the duration is beside the match */
	bool alone;           /* of facts: given without the situation that the fact needs */
	bool near;            /* of facts: what another fact says, when it does so next to this */
	struct event_list after; /* of facts: counts when one of these was told last */
	char *text;              /* VALUE_TEXT */
	uint32_t rank;           /* of facts: an earlier rule goes first */
	char *file;
	int line;
};

/* A rule on another label's outcome ("back together" speaks against
 * no_contact), or on a signal. */
struct cross {
	char *name;
	char *label; /* NULL when it asks for a signal */
	char *file;
	uint32_t other; /* index of that situation, or the signal */
	enum band at_least;
	bool absent; /* counts when the other is not there */
	bool last;   /* weighs after the learned layer, whatever that says */
	double weight;
	int line;
};

/* A text of the rule file's own, and what it must or must not give. */
struct example {
	char *text, *value; /* value: of a fact; NULL for none */
	char *file;
	int line;
	uint8_t target;
	bool counter;
	uint32_t owner;
};

/* A word of a feature's name. */
struct part {
	const char *word;
	uint32_t hash; /* text_word_hash */
};

struct situation_rule {
	char *label, *about, *file;
	int order;
	bool hidden;   /* for other rules to use; never listed */
	bool apart;    /* judged by its best sentences, whatever the rest speaks of */
	char *without; /* a label that never goes with this one; NULL */
	double sure;   /* a rules\' score that stands whatever was learned; 0: none does */
	double base;
	double threshold[4]; /* by enum band */
	struct part part;    /* of its label */
	struct cross *crosses;
	size_t cross_count, cross_size;
};

/* Who plays a part in an event: whom the words say, or always the same. */
#define CASTINGS(X)                \
	X(CAST_SUBJECT, "subject") \
	X(CAST_OBJECT, "object")   \
	X(CAST_NOBODY, "nobody")   \
	X(CAST_READER, "reader")   \
	X(CAST_EX, "ex")           \
	X(CAST_BOTH, "both")       \
	X(CAST_OTHER, "other")
enum casting {
#define X(id, word) id,
	CASTINGS(X)
#undef X
		CAST_COUNT
};

/* One frame of an event: what a cue of TARGET_EVENT belongs to. */
struct frame {
	uint32_t kind;         /* index of the event */
	uint8_t actor, target; /* enum casting */
};

/* A situation speaks for a topic. */
struct vote {
	char *label, *file;
	uint32_t topic, situation;
	int line;
	double weight;
};

/* A detail, a fact, a topic, an event. */
struct named {
	char *name, *about;
	char *topic;      /* of a detail or fact: the topic in which alone it is given; NULL */
	char *needs;      /* of a fact: the situation without which it is not given; NULL */
	char *unless;     /* of a fact: the situation with which it is not given; NULL */
	double least;     /* of a fact: days that a duration has at least */
	char *state;      /* of an event: the state that the latest of its kin decides; NULL */
	bool anchor;      /* of an event: some fact's rule looks whether it was told last */
	bool partner;     /* of an event: it happens between the reader and the ex */
	struct part part; /* of an event: of its name */
};
/* Is it one of every topic, or of this one (NULL: unknown)? */
bool named_in_topic(const struct named *n, const char *topic);

/* First words of features, and "end", which is an event's. */
#define FEATURE_KINDS(X)            \
	X(FEATURE_WORD, "w")        \
	X(FEATURE_HELD, "h")        \
	X(FEATURE_PAIR, "b")        \
	X(FEATURE_EVENT, "e")       \
	X(FEATURE_TIMED, "er")      \
	X(FEATURE_AFTER_END, "ea")  \
	X(FEATURE_LATEST, "latest") \
	X(FEATURE_SIGNAL, "signal") \
	X(FEATURE_RULES, "rules")   \
	X(FEATURE_GIVEN, "given")   \
	X(FEATURE_END, "end")
enum feature_kind {
#define X(id, word) id,
	FEATURE_KINDS(X)
#undef X
		FEATURE_KIND_COUNT
};
enum { MEANT_COUNT = 3 };

/* The words that features are made of, hashed once. */
struct feature_parts {
	struct part kind[FEATURE_KIND_COUNT];
	struct part meant[MEANT_COUNT], time[4]; /* time: now 1, then 2 */
	struct part party[PARTY_COUNT], person[BUILTIN_COUNT], signal[SIGNAL_COUNT];
	struct part how[HOW_COUNT];
	/* names begun: "w", "b", "h PARTY MEANT" */
	uint64_t word, pair, held[PARTY_COUNT][MEANT_COUNT];
};

struct rules {
	struct lexicon lexicon;
	json_t *irregular; /* verb to its odd forms; NULL when none */
	struct word_class *classes;
	size_t class_count, class_size;
	struct entry_list *sets;
	size_t set_count, set_size;
	uint32_t *set_slots; /* set + 1 by hash; a power of two */
	size_t set_slot_count;
	uint64_t *member; /* entries x stride words of bits: which sets hold it */
	size_t stride;
	uint32_t engine_set[CLASS_COUNT];
	struct element *elements;
	size_t element_count, element_size;
	struct pattern *patterns;
	size_t pattern_count, pattern_size;
	struct entry_use *uses; /* by entry */
	struct gate *gates;
	struct cue *cues;
	size_t cue_count, cue_size;
	struct situation_rule *situations; /* in the order of LABELS */
	size_t situation_count, situation_size;
	uint32_t *decide;                    /* order in which crosses allow them to be decided */
	const char **labels, **detail_names; /* NULL-ended */
	struct named *details, *facts, *topics, *events;
	size_t detail_count, detail_size, fact_count, fact_size, topic_count, topic_size;
	size_t event_count, event_size;
	struct frame *frames;
	size_t frame_count, frame_size;
	struct vote *votes;
	size_t vote_count, vote_size;
	struct model *model; /* NULL: rules alone */
	struct feature_parts parts;
	struct example *examples;
	size_t example_count, example_size;
	uint64_t version;
};

/* --- rules_words.c: lexicon and word classes */
uint32_t lexicon_builtin(enum builtin b);
uint32_t lexicon_find(const struct lexicon *l, const char *word, uint32_t hash);
/* Most words of a text are everyday words, and need no comparing. */
static inline uint32_t lexicon_find_token(const struct lexicon *l, const struct token *t)
{
	if (!t->rank)
		return lexicon_find(l, t->word, t->hash);
	return t->rank < l->rank_count ? l->by_rank[t->rank] : NO_ENTRY;
}
/* Entry of a word or a phrase (words apart by blanks), made when new. */
uint32_t lexicon_add(struct lexicon *l, const char *words);
void lexicon_init(struct lexicon *l);
void lexicon_release(struct lexicon *l);
void entry_list_add(struct entry_list *list, uint32_t id);
int rules_words_load(struct rules *r, const char *dir, struct err *err);
/* Adds the entries of a class, or of a plain word ("~text" with its forms). */
int rules_words_collect(struct rules *r, const char *word, struct entry_list *ret, const char *file,
			int line, struct err *err);

/* --- rules_pattern.c: "me:@ended .. @ex" to elements */
int rules_pattern_add(struct rules *r, uint32_t cue, const char *source, const char *file, int line,
		      struct err *err);
/* The set of a class that the engine names, made when new. */
uint32_t rules_pattern_set(struct rules *r, struct entry_list *list);
/* Rough share of tokens that are of the set. */
double rules_pattern_common(const struct rules *r, uint32_t set);
/* After the last pattern: member bits, what entries are used for. */
void rules_pattern_finish(struct rules *r);
static inline bool rules_in_set(const struct rules *r, uint32_t entry, uint32_t set)
{
	return entry != NO_ENTRY && (r->member[entry * r->stride + set / 64] >> (set % 64) & 1);
}

/* --- rules_gate.c: which patterns are worth a try */
void rules_gate_finish(struct rules *r);

/* --- rules_cue.c: one cue from JSON */
struct jpiece;
struct cue;
/* Reads "match", "weight", "allow" ... of the piece into a new cue of the
 * target; prefix is put before its name. */
int rules_cue_add(struct rules *r, const struct jpiece *p, const char *prefix, enum target target,
		  uint32_t owner, struct err *err);

/* --- rules_file.c: situations, details, facts, topics from JSON */
int rules_file_load(struct rules *r, const char *dir, struct err *err);

/* --- classify_mark.c: a text with everything that rules see in it */
struct span {
	uint32_t first, last; /* tokens */
	uint32_t entry;
	uint32_t next_start, next_end; /* index + 1 of the next that starts or ends there */
	uint32_t value;                /* number of a duration */
};
struct marked {
	const struct rules *rules;
	struct text text;
	struct arena *arena;
	uint32_t *entry;  /* by token */
	uint64_t *is;     /* by token: engine classes of the word */
	uint64_t *begins; /* by token: ... of the word and of phrases it begins */
	uint64_t has;     /* all of them */
	uint32_t *starts; /* index + 1 of a span, by first token */
	uint32_t *ends;   /* ... by last token */
	uint32_t *clause; /* number, by token */
	uint8_t *party;   /* enum party of the person a token belongs to */
	uint8_t *subject; /* enum party of the clause, by token */
	uint16_t *marks;  /* bits of enum mark, by token */
	struct span *spans;
	size_t span_count, span_size;
	struct duration *durations;
	size_t duration_count;
	const char *ex_pronoun;     /* "he"; NULL when the text never says */
	uint32_t ex_first, ex_last; /* tokens that say so */
	bool letter_to_ex;          /* "you" is the ex */
	bool title;                 /* of an article: its patterns are tried, too */
	uint8_t signals;            /* bits of enum signal */
};
void marked_init(struct marked *m, const struct rules *r, const char *source, size_t len,
		 struct arena *a);
void marked_span(struct marked *m, uint32_t first, uint32_t last, uint32_t entry, uint32_t value);
#define CLASS_BIT(c) ((uint64_t)1 << (c))
static inline bool marked_is(const struct marked *m, uint32_t token, enum engine_class c)
{
	return m->is[token] & CLASS_BIT(c);
}

/* --- classify_party.c, classify_clause.c */
void party_mark(struct marked *m);
void clause_mark(struct marked *m);
/* --- rules_try.c, rules_match.c: cues found in a marked text */
struct match {
	uint32_t cue, pattern;
	uint32_t first, last; /* tokens */
	uint32_t value;       /* number of the duration taken, or first token of a value */
	uint16_t marks;
	bool again; /* the cue matched earlier on */
};
/* Tries the pattern with its anchor at the tokens and the value given. */
bool rules_try(const struct marked *m, const struct pattern *p, const struct match *anchor,
	       struct match *ret);
/* Every cue's matches in reading order; each cue a few times at most. */
size_t rules_match(const struct marked *m, struct match **ret);

/* --- classify_event.c */
struct happening {
	uint32_t cue;          /* of the frame that found it */
	uint32_t kind;         /* index of rules.events */
	uint8_t actor, target; /* enum party */
	uint8_t how;           /* enum how */
	uint32_t first, last;  /* tokens */
};
/* The text's events in reading order, in the arena; returns how many. */
size_t event_find(const struct marked *m, const struct match *matches, size_t count,
		  struct happening **ret);

/* --- classify_bind.c: durations beside events */
struct hold {
	uint16_t ways;        /* bits of enum when */
	uint32_t lead, after; /* the words that bind it begin, and end; lead UINT32_MAX: none may */
	uint32_t first, last; /* its sentence */
};
void bind_read(const struct marked *m, uint32_t duration, struct hold *ret);
/* Does it measure what the match names, in one of the ways? */
bool bind_holds(const struct marked *m, const struct hold *h, const struct match *event,
		uint16_t when);

/* --- classify_score.c, classify_fact.c */
struct outcome {
	double score;
	enum band band;
};
/* ret: one for each situation. */
void score_situations(const struct marked *m, const struct match *matches, size_t count,
		      struct outcome *ret);
/* After the learned layer: cues that have the last word. */
void score_last(const struct marked *m, struct outcome *outcomes);
/* What an editor said wins: "+label" is there, "-label" is not. */
void score_relabel(const struct rules *r, const char *const *relabels, struct outcome *ret);
/* What was found in a text before its facts. */
struct told {
	const struct match *matches;
	size_t count;
	const struct happening *events;
	size_t event_count;
	const struct outcome *outcomes;
};
void fact_collect(const struct marked *m, const struct told *told, struct classification *ret);
enum band score_band(const double *threshold, double score);
/* The hidden situation of that label is there (medium or high). */
bool score_has(const struct rules *r, const struct outcome *outcomes, const char *label);

/* --- classify_triage.c, classify_topic.c */
void triage_decide(const struct marked *m, const struct outcome *outcomes,
		   const struct classify_request *req, struct classification *ret);
/* outcomes: NULL for a title, which tells no situation. */
const char *topic_find(const struct rules *r, const struct match *matches, size_t count,
		       enum target target, const struct outcome *outcomes);

/* --- classify_quote.c: a run of tokens as it stands in the comment */
const char *marked_quote(const struct marked *m, uint32_t first, uint32_t last, uint32_t *ret_start,
			 uint32_t *ret_end);

#include "classify_model_internal.h"

#endif
