/* classify_pool.c - from the sums of a text's sentences to what the second stage of
 * the learned layer looks at: the best two, the first (often a title), the last
 * (how it stands now), all together, and how many there are.
 */
#include <math.h>

#include "classify_internal.h"

#define LEAST -5.0 /* a sentence that speaks against says no more than that */
#define LOUD  4.0  /* measure of what is a share */

static double share(double sum)
{
	return 1 / (1 + exp(-sum));
}

void pool_add(struct pool *p, double sum)
{
	if (!p->count) {
		p->best = p->second = LEAST;
		p->first = sum;
	}
	p->last = sum;
	p->together += share(sum);
	if (sum > p->best) {
		p->second = p->best;
		p->best = sum;
		p->at = p->count;
	} else if (sum > p->second) {
		p->second = sum;
	}
	p->count++;
}

void pool_end(const struct pool *p, double *ret)
{
	ret[POOL_BEST] = p->count ? 2 * (p->best + 3) : 2 * (LEAST + 3);
	ret[POOL_SECOND] = p->count ? 2 * (p->second + 3) : 2 * (LEAST + 3);
	ret[POOL_FIRST] = p->count ? LOUD * share(p->first) : 0;
	ret[POOL_LAST] = p->count ? LOUD * share(p->last) : 0;
	ret[POOL_TOGETHER] = LOUD * log1p(p->together);
}

double pool_length(size_t sentences)
{
	return log((double)sentences + 1);
}
