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
#define FLAG_MOST   0.08 /* of posts without a label that is apart, so many are a maybe */
#define MISS_COUNTS 4    /* of a label that is apart: F2, where a miss counts double */

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
		if ((whom != EVERYBODY && doc->measured != (whom == CORPUS)) ||
		    !(doc->known >> situation & 1))
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

/* With the rules' scores and without: these were made with the corpus in sight and
 * flatter themselves, so that the truth lies between. */
static double flagged(const struct dataset *d, size_t situation, const double *const p[2],
		      double at)
{
	double sum = 0;
	for (int k = 0; k < 2; k++) {
		struct tally t = tally_at(d, situation, p[k], at, CORPUS);
		size_t without = 0;
		for (size_t i = 0; i < d->count; i++)
			without += d->documents[i].measured && !has(&d->documents[i], situation);
		sum += share(t.wrong, without) / 2;
	}
	return sum;
}

static double f2_around(const struct dataset *d, size_t situation, const double *const p[2],
			double at)
{
	double sum = 0;
	for (int k = 0; k < 2; k++)
		for (int s = -3; s <= 3; s++) {
			struct tally t = tally_at(d, situation, p[k], at + s * STEP, CORPUS);
			double right = (1 + MISS_COUNTS) * (double)t.right;
			double all = right + MISS_COUNTS * (double)t.missed + (double)t.wrong;
			sum += all > 0 ? right / all : 0;
		}
	return sum;
}

/* Where a label that is apart begins to be a maybe, and to be given. */
static void thresholds_apart(const struct dataset *d, size_t situation, const double *const p[2],
			     double *low, double *medium)
{
	double best = -1;
	for (int k = 0; MEDIUM_FROM + k * STEP <= MEDIUM_TO; k++) {
		double at = MEDIUM_FROM + k * STEP, f2 = f2_around(d, situation, p, at);
		if (f2 > best) {
			best = f2;
			*medium = at;
		}
	}
	for (*low = *medium; *low > STEP; *low -= STEP)
		if (flagged(d, situation, p, *low - STEP) > FLAG_MOST)
			break;
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

/* Training posts, too; but those of a label that is apart are mostly look-alikes, and the
 * corpus is asked twice instead. */
static struct tally asked_for_high(const struct dataset *d, size_t situation, const double *p,
				   const double *without_rules, double at)
{
	if (!d->rules->situations[situation].apart)
		return tally_at(d, situation, p, at, EVERYBODY);
	struct tally t = tally_at(d, situation, p, at, CORPUS);
	struct tally more = tally_at(d, situation, without_rules, at, CORPUS);
	t.right += more.right;
	t.wrong += more.wrong;
	return t;
}

/* Nearly all that is given from there on is right: of those asked, and of the
 * corpus's. */
static bool is_high(const struct dataset *d, size_t situation, const double *p,
		    const double *without_rules, double at)
{
	struct tally all = asked_for_high(d, situation, p, without_rules, at);
	struct tally own = tally_at(d, situation, p, at, CORPUS);
	return all.right + all.wrong >= HIGH_LEAST &&
	       share(all.right, all.right + all.wrong) >= HIGH_RIGHT &&
	       (!own.wrong || share(own.right, own.right + own.wrong) >= HIGH_RIGHT);
}

/* Medium is where F1 is best: on the corpus, on the corpus without the rules' scores
 * and on training posts, each asked alike, for the rules were written on the corpus
 * and look better there than they are. High is where nearly all are right, among
 * training posts as well. */
void train_thresholds(const struct dataset *d, size_t situation, const double *p,
		      const double *without_rules, double *ret, struct train_row *row)
{
	double medium = best_threshold(d, situation, p, without_rules);
	double low = round(50 * medium) / 100, high = 0.99;
	if (d->rules->situations[situation].apart)
		thresholds_apart(d, situation, (const double *const[]){ p, without_rules }, &low,
				 &medium);
	for (int k = 99; k * STEP > medium; k--)
		if (is_high(d, situation, p, without_rules, k * STEP))
			high = k * STEP;
	struct tally above = tally_at(d, situation, p, high, CORPUS);
	struct tally given = tally_at(d, situation, p, medium, CORPUS);
	ret[BAND_LOW] = low;
	ret[BAND_MEDIUM] = medium;
	ret[BAND_HIGH] = high;
	row->high_right = share(above.right, above.right + above.wrong);
	row->high_found = share(above.right, row->support);
	row->medium_right = share(given.right - above.right,
				  given.right + given.wrong - above.right - above.wrong);
}
