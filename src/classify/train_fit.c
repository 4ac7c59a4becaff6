/* train_fit.c - logistic regression with an L2 penalty, samples weighted.
 *
 * Truncated Newton: the step is found by conjugate gradients on the Hessian,
 * and halved until the loss falls far enough (Nocedal and Wright, Numerical
 * Optimization, 2nd ed., algorithm 7.1). Plain sums in a fixed order and no random
 * numbers: the same samples give the same weights.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "dear/mem.h"
#include "train_internal.h"

#define NEWTON_MOST   60
#define CG_MOST       60
#define GRADIENT_LEFT 0.002 /* of the first gradient's length: done */

void problem_add(struct problem *p, struct sample s)
{
	p->samples = mem_grow(p->samples, &p->size, p->count + 1, sizeof(*p->samples));
	p->samples[p->count++] = s;
}

double sample_sum(const struct problem *p, const struct sample *s, const double *w)
{
	double sum = w[p->columns];
	for (size_t i = 0; i < s->row->count; i++)
		sum += w[s->row->cells[i].column] * (double)s->row->cells[i].value;
	for (size_t i = 0; s->extra && i < p->extra_count; i++)
		sum += w[p->extra_from + i] * s->extra[i];
	return sum;
}

static void add_scaled(const struct problem *p, const struct sample *s, double by, double *out)
{
	for (size_t i = 0; i < s->row->count; i++)
		out[s->row->cells[i].column] += by * (double)s->row->cells[i].value;
	for (size_t i = 0; s->extra && i < p->extra_count; i++)
		out[p->extra_from + i] += by * s->extra[i];
	out[p->columns] += by;
}

static double dot(const double *a, const double *b, size_t n)
{
	double sum = 0;
	for (size_t i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static double loss(const struct problem *p, const double *w)
{
	double sum = 0.5 * dot(w, w, p->columns + 1);
	for (size_t i = 0; i < p->count; i++) {
		const struct sample *s = &p->samples[i];
		double z = sample_sum(p, s, w) * (s->yes ? 1 : -1);
		sum += p->strength * s->weight * (z > 0 ? log1p(exp(-z)) : log1p(exp(z)) - z);
	}
	return sum;
}

/* The gradient, and each sample's curvature. */
static void derive(const struct problem *p, const double *w, double *gradient, double *curve)
{
	memcpy(gradient, w, (p->columns + 1) * sizeof(*w));
	for (size_t i = 0; i < p->count; i++) {
		const struct sample *s = &p->samples[i];
		double q = 1 / (1 + exp(-sample_sum(p, s, w)));
		double by = p->strength * s->weight;
		add_scaled(p, s, by * (q - (s->yes ? 1 : 0)), gradient);
		curve[i] = by * q * (1 - q);
	}
}

static void times_hessian(const struct problem *p, const double *curve, const double *v,
			  double *out)
{
	memcpy(out, v, (p->columns + 1) * sizeof(*v));
	for (size_t i = 0; i < p->count; i++)
		if (curve[i] > 0)
			add_scaled(p, &p->samples[i], curve[i] * sample_sum(p, &p->samples[i], v),
				   out);
}

/* Four vectors of one length. */
struct scratch {
	double *step, *residual, *direction, *product;
};

static void find_step(const struct problem *p, const double *gradient, const double *curve,
		      struct scratch *s)
{
	size_t n = p->columns + 1;
	memset(s->step, 0, n * sizeof(*s->step));
	for (size_t i = 0; i < n; i++)
		s->residual[i] = s->direction[i] = -gradient[i];
	double rr = dot(s->residual, s->residual, n), stop = 0.01 * rr;
	for (int k = 0; k < CG_MOST && rr > stop; k++) {
		times_hessian(p, curve, s->direction, s->product);
		double a = rr / dot(s->direction, s->product, n), old = rr;
		for (size_t i = 0; i < n; i++) {
			s->step[i] += a * s->direction[i];
			s->residual[i] -= a * s->product[i];
		}
		rr = dot(s->residual, s->residual, n);
		for (size_t i = 0; i < n; i++)
			s->direction[i] = s->residual[i] + rr / old * s->direction[i];
	}
}

/* Goes along the step as far as the loss falls; false when it does not. */
static bool go(const struct problem *p, const double *gradient, const struct scratch *s, double *w,
	       double *at)
{
	size_t n = p->columns + 1;
	double slope = dot(gradient, s->step, n), length = 1;
	for (int k = 0; k < 30; k++, length /= 2) {
		for (size_t i = 0; i < n; i++)
			s->product[i] = w[i] + length * s->step[i];
		double there = loss(p, s->product);
		if (there > *at + 1e-4 * length * slope)
			continue;
		memcpy(w, s->product, n * sizeof(*w));
		*at = there;
		return true;
	}
	return false;
}

double *problem_solve(const struct problem *p)
{
	size_t n = p->columns + 1;
	double *w = mem_alloc(n * sizeof(*w)), *all = mem_alloc(5 * n * sizeof(*all));
	double *curve = mem_alloc((p->count + 1) * sizeof(*curve)), *gradient = all + 4 * n;
	struct scratch s = { all, all + n, all + 2 * n, all + 3 * n };
	double at = loss(p, w), first = 0;
	for (int k = 0; k < NEWTON_MOST; k++) {
		derive(p, w, gradient, curve);
		double length = sqrt(dot(gradient, gradient, n));
		first = k ? first : length;
		if (length <= GRADIENT_LEFT * first)
			break;
		find_step(p, gradient, curve, &s);
		if (!go(p, gradient, &s, w, &at))
			break;
	}
	free(curve);
	free(all);
	return w;
}
