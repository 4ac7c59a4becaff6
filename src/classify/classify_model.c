/* classify_model.c - the learned layer: the weights of data/weights over the
 * features of a comment, one logistic function a label.
 *
 * A label with weights is decided by them, the rules' own score being one of
 * its features; a label without is decided by the rules alone. The weights of
 * all labels lie side by side, found by the feature's hash; most features of a
 * text have none, and a small filter says so quickly.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

#define FILTER_BITS    (1u << 18)
#define EVIDENCE_MOST  3    /* features named for one label */
#define EVIDENCE_LEAST 0.15 /* a weight below speaks too softly to be named */

static uint32_t filter_bit(uint64_t hash)
{
	return (uint32_t)(hash >> 40) & (FILTER_BITS - 1);
}

static size_t slot_of(const struct model *m, uint64_t hash)
{
	size_t i = hash & (m->slot_count - 1);
	while (m->slots[i] && m->weights[m->slots[i] - 1].hash != hash)
		i = (i + 1) & (m->slot_count - 1);
	return i;
}

static void grow_slots(struct model *m)
{
	free(m->slots);
	m->slot_count = m->slot_count ? 2 * m->slot_count : 1024;
	m->slots = mem_alloc(m->slot_count * sizeof(*m->slots));
	for (size_t i = 0; i < m->count; i++)
		m->slots[slot_of(m, m->weights[i].hash)] = (uint32_t)i + 1;
}

static struct weight *weight_add(struct model *m, const char *name)
{
	uint64_t hash = feature_hash(name);
	if (2 * (m->count + 1) > m->slot_count)
		grow_slots(m);
	size_t slot = slot_of(m, hash);
	if (m->slots[slot])
		return &m->weights[m->slots[slot] - 1];
	m->weights = mem_grow(m->weights, &m->size, m->count + 1, sizeof(*m->weights));
	struct weight *w = &m->weights[m->count++];
	*w = (struct weight){ .hash = hash };
	m->slots[slot] = (uint32_t)m->count;
	m->filter[filter_bit(hash) / 64] |= (uint64_t)1 << filter_bit(hash) % 64;
	return w;
}

static size_t find_label(const struct rules *r, const char *label)
{
	const struct model *m = r->model;
	for (size_t l = 0; l < m->label_count; l++)
		if (!strcmp(r->situations[m->labels[l].situation].label, label))
			return l;
	return SIZE_MAX;
}

static int read_label(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	struct model *m = r->model;
	struct model_label l = { 0 };
	if (!json_is_object(p->value))
		return jread_fail(&j, err, "a label is {\"bias\", \"thresholds\"}");
	if (jread_real(&j, "bias", &l.bias, err) || rules_thresholds(&j, l.threshold, err))
		return -1;
	if (m->label_count == MODEL_LABELS)
		return jread_fail(&j, err, "more than %d labels with weights", MODEL_LABELS);
	while (l.situation < r->situation_count &&
	       strcmp(r->situations[l.situation].label, p->key) != 0)
		l.situation++;
	if (l.situation == r->situation_count)
		return jread_fail(&j, err, "situations/ has no label \"%s\"", p->key);
	m->labels[m->label_count++] = l;
	return 0;
}

static int read_weights(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct weight *w = weight_add(r->model, p->key);
	const char *label;
	json_t *value;
	if (!json_is_object(p->value))
		return err_set(err, ERR_RULES, p->file, p->line,
			       "a feature's weights are an object, a number a label");
	json_object_foreach(p->value, label, value)
	{
		size_t l = find_label(r, label);
		if (l == SIZE_MAX || !json_is_number(value))
			return err_set(err, ERR_RULES, p->file, p->line,
				       "\"%s\" is no label of this file, or its weight no number",
				       label);
		w->by_label[l] = (float)json_number_value(value);
	}
	return 0;
}

int model_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "about", JSECTION_SKIP, NULL },
		{ "labels", JSECTION_OBJECT, read_label },
		{ "weights", JSECTION_OBJECT, read_weights },
		{ NULL, JSECTION_SKIP, NULL },
	};
	if (!r->model) {
		r->model = mem_alloc(sizeof(*r->model));
		r->model->filter = mem_alloc(FILTER_BITS / 8);
	}
	return rules_json_read(r, path, sections, NULL, err);
}

void model_free(struct model *m)
{
	if (!m)
		return;
	free(m->weights);
	free(m->slots);
	free(m->filter);
	free(m);
}

static const struct weight *weight_find(const struct model *m, uint64_t hash)
{
	uint32_t bit = filter_bit(hash);
	if (!(m->filter[bit / 64] >> bit % 64 & 1))
		return NULL;
	size_t slot = slot_of(m, hash);
	return m->slots[slot] ? &m->weights[m->slots[slot] - 1] : NULL;
}

/* Features with weights, each once, at its first place. */
static size_t find_hits(const struct model *m, const struct features *f, struct arena *a,
			struct hit **ret)
{
	struct hit *hits = arena_alloc(a, (f->count + 1) * sizeof(*hits));
	uint64_t *seen = arena_alloc(a, (m->count / 64 + 1) * sizeof(*seen));
	size_t n = 0;
	for (size_t i = 0; i < f->count; i++) {
		const struct weight *w = weight_find(m, f->list[i].hash);
		size_t number = w ? (size_t)(w - m->weights) : 0;
		if (!w || (seen[number / 64] >> number % 64 & 1))
			continue;
		seen[number / 64] |= (uint64_t)1 << number % 64;
		hits[n++] = (struct hit){ w, f->list[i].first, f->list[i].last, f->list[i].value };
	}
	*ret = hits;
	return n;
}

size_t model_score(const struct marked *m, const struct features *f, struct outcome *outcomes,
		   struct hit **ret)
{
	const struct model *model = m->rules->model;
	float sum[MODEL_LABELS] = { 0 };
	size_t count = find_hits(model, f, m->arena, ret);
	for (size_t i = 0; i < count; i++)
		for (size_t l = 0; l < MODEL_LABELS; l++)
			sum[l] += (*ret)[i].weight->by_label[l] * (*ret)[i].value;
	for (size_t l = 0; l < model->label_count; l++) {
		struct outcome *o = &outcomes[model->labels[l].situation];
		o->score = 1 / (1 + exp(-((double)sum[l] + model->labels[l].bias)));
		o->band = score_band(model->labels[l].threshold, o->score);
	}
	return count;
}

/* Puts the hit among the strongest, strongest first. */
static size_t rank_hit(const struct hit *hit, float weight, const struct hit **best, float *weights,
		       size_t count)
{
	size_t at = count < EVIDENCE_MOST ? count++ : EVIDENCE_MOST;
	for (; at && weights[at - 1] < weight; at--) {
		if (at == EVIDENCE_MOST)
			continue;
		best[at] = best[at - 1];
		weights[at] = weights[at - 1];
	}
	if (at < EVIDENCE_MOST) {
		best[at] = hit;
		weights[at] = weight;
	}
	return count;
}

size_t model_evidence(const struct rules *r, const struct hit *hits, size_t count,
		      uint32_t situation, const struct hit **ret)
{
	const struct model *m = r->model;
	float weights[EVIDENCE_MOST];
	size_t found = 0, l = 0;
	while (m && l < m->label_count && m->labels[l].situation != situation)
		l++;
	if (!m || l == m->label_count)
		return 0;
	for (size_t i = 0; i < count; i++) {
		float weight = hits[i].weight->by_label[l] * hits[i].value;
		if (hits[i].last && weight >= (float)EVIDENCE_LEAST)
			found = rank_hit(&hits[i], weight, ret, weights, found);
	}
	return found;
}
