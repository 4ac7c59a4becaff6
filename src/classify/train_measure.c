/* train_measure.c - how right the probabilities are, and where bands begin. */
#include <math.h>
#include <stdlib.h>

#include "dear/situation.h"
#include "dear/train.h"
#include "train_internal.h"

#define HIGH_RIGHT  0.96 /* of those shown high, at least so many are right */
#define HIGH_LEAST  8    /* ... among so many, or it says nothing */
#define STEP        0.01
#define MEDIUM_FROM 0.10
#define MEDIUM_TO   0.55

struct tally {
	size_t right, wrong, missed;
};

static bool has(const struct document *doc, size_t situation)
{
	return doc->labels >> situation & 1;
}

/* Whose posts are asked. */
enum whom { CORPUS, TRAINING, EVERYBODY };

/* At a threshold: given from there on. */
static struct tally tally_at(const struct dataset *d, size_t situation, const double *p,
			     double threshold, enum whom whom)
{
	struct tally t = { 0 };
	for (size_t i = 0; i < d->count; i++) {
		const struct document *doc = &d->documents[i];
		if (whom != EVERYBODY && doc->measured != (whom == CORPUS))
			continue;
		bool given = p[i] >= threshold, truly = has(doc, situation);
		t.right += given && truly;
		t.wrong += given && !truly;
		t.missed += !given && truly;
	}
	return t;
}

static double f1_of(struct tally t)
{
	double sum = (double)(2 * t.right + t.wrong + t.missed);
	return sum > 0 ? 2 * (double)t.right / sum : 0;
}

static double share(size_t part, size_t whole)
{
	return whole ? (double)part / (double)whole : 0;
}

double train_f1_of_rules(const struct dataset *d, size_t situation)
{
	struct tally t = { 0 };
	for (size_t i = 0; i < d->count; i++) {
		const struct document *doc = &d->documents[i];
		bool given = doc->by_rules >> situation & 1, truly = has(doc, situation);
		if (!doc->measured)
			continue;
		t.right += given && truly;
		t.wrong += given && !truly;
		t.missed += !given && truly;
	}
	return f1_of(t);
}

/* The mean of F1 around a threshold, so that one lucky post decides nothing. */
static double smooth_f1(const struct dataset *d, size_t situation, const double *p, double at,
			enum whom whom)
{
	double sum = 0;
	for (int k = -3; k <= 3; k++)
		sum += f1_of(tally_at(d, situation, p, at + k * STEP, whom));
	return sum / 7;
}

static double best_threshold(const struct dataset *d, size_t situation, const double *p,
			     const double *without_rules)
{
	double best = MEDIUM_FROM, best_f1 = -1;
	for (int k = 0; MEDIUM_FROM + k * STEP <= MEDIUM_TO; k++) {
		double at = MEDIUM_FROM + k * STEP, f1 = smooth_f1(d, situation, p, at, CORPUS);
		if (without_rules)
			f1 += smooth_f1(d, situation, without_rules, at, CORPUS) +
			      smooth_f1(d, situation, p, at, TRAINING);
		if (f1 > best_f1) {
			best_f1 = f1;
			best = at;
		}
	}
	return best;
}

double train_best_f1(const struct dataset *d, size_t situation, const double *p)
{
	double at = best_threshold(d, situation, p, NULL);
	return f1_of(tally_at(d, situation, p, at, CORPUS));
}

/* Medium is where F1 is best: on the corpus, on the corpus without the rules' scores
 * and on training posts, each asked alike, for the rules were written on the corpus
 * and look better there than they are. High is where nearly all are right, among
 * training posts as well. */
void train_thresholds(const struct dataset *d, size_t situation, const double *p,
		      const double *without_rules, double *ret, struct train_row *row)
{
	double medium = best_threshold(d, situation, p, without_rules), high = 0.97;
	for (int k = 97; k * STEP > medium; k--) {
		struct tally t = tally_at(d, situation, p, k * STEP, EVERYBODY);
		if (t.right + t.wrong >= HIGH_LEAST &&
		    share(t.right, t.right + t.wrong) < HIGH_RIGHT)
			break;
		high = k * STEP;
	}
	struct tally above = tally_at(d, situation, p, high, CORPUS);
	struct tally given = tally_at(d, situation, p, medium, CORPUS);
	ret[BAND_LOW] = round(50 * medium) / 100;
	ret[BAND_MEDIUM] = medium;
	ret[BAND_HIGH] = high;
	row->high_right = share(above.right, above.right + above.wrong);
	row->high_found = share(above.right, row->support);
	row->medium_right = share(given.right - above.right,
				  given.right + given.wrong - above.right - above.wrong);
}
