/* classify_model.c - the learned layer: weights of data/weights over the
 * features of a comment.
 *
 * First every sentence is judged for every label, then the whole comment: by
 * its features, by its best two sentences for each label, and by trees beside
 * (classify_tree.c). What never goes with
 * another label is judged as if that were not there, times the chance of that. A label with
 * weights is decided so, the rules' own score being one of the features; a
 * label without is decided by the rules alone. Most features of a text have no
 * weights, and a small filter says so quickly.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/err.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "rules_internal.h"

#define EVIDENCE_MOST  3
#define EVIDENCE_LEAST 20 /* a weight below speaks too softly to be named */
#define WEIGHT_MOST    30000

static struct weight_slot *slot_of(const struct model *m, uint64_t hash)
{
	size_t i = hash & (m->slot_count - 1);
	while (m->slots[i].number && m->slots[i].hash != hash)
		i = (i + 1) & (m->slot_count - 1);
	return &m->slots[i];
}

static void grow_slots(struct model *m)
{
	struct weight_slot *old = m->slots;
	size_t count = m->slot_count;
	m->slot_count = count ? 2 * count : 1024;
	m->slots = mem_alloc(m->slot_count * sizeof(*m->slots));
	for (size_t i = 0; i < count; i++)
		if (old[i].number)
			*slot_of(m, old[i].hash) = old[i];
	free(old);
}

static struct weight *weight_add(struct model *m, const char *name)
{
	uint64_t hash = feature_hash(name);
	if (4 * (m->count + 1) > 3 * m->slot_count)
		grow_slots(m);
	struct weight_slot *slot = slot_of(m, hash);
	if (slot->number)
		return &m->weights[slot->number - 1];
	m->weights = mem_grow(m->weights, &m->size, m->count + 1, sizeof(*m->weights));
	m->test_of = mem_grow(m->test_of, &m->test_size, m->count + 1, sizeof(*m->test_of));
	m->test_of[m->count] = 0;
	m->weights[m->count++] = (struct weight){ 0 };
	*slot = (struct weight_slot){ hash, (uint32_t)m->count };
	uint32_t bit = model_filter_bit(hash);
	m->filter[bit / 64] |= (uint64_t)1 << bit % 64;
	return &m->weights[m->count - 1];
}

void model_ask(struct model *m, const char *name, uint16_t test)
{
	m->test_of[weight_add(m, name) - m->weights] = test;
}

/* An array of numbers, at most so many. */
static int check_list(const struct jpiece *p, const json_t *list, size_t most, struct err *err)
{
	if (!json_is_array(list) || json_array_size(list) > most)
		return err_set(err, ERR_RULES, p->file, p->line,
			       "weights are an array of at most %zu numbers", most);
	for (size_t i = 0; i < json_array_size(list); i++)
		if (!json_is_number(json_array_get(list, i)))
			return err_set(err, ERR_RULES, p->file, p->line, "a weight is a number");
	return 0;
}

static int read_row(struct model *m, const struct jpiece *p, int16_t *ret, struct err *err)
{
	if (check_list(p, p->value, m->label_count, err))
		return -1;
	for (size_t i = 0; i < json_array_size(p->value); i++) {
		double w = json_number_value(json_array_get(p->value, i));
		if (w < -WEIGHT_MOST || w > WEIGHT_MOST)
			return err_set(err, ERR_RULES, p->file, p->line,
				       "a weight is between -%d and %d", WEIGHT_MOST, WEIGHT_MOST);
		ret[i] = (int16_t)w;
		if (fabs(w) * m->run_most > INT16_MAX)
			m->run_most = (uint32_t)(INT16_MAX / fabs(w));
	}
	return 0;
}

static int read_label(struct rules *r, const struct jpiece *p, struct err *err)
{
	struct jread j = jread_top(p->value, p->file, p->line, ERR_RULES);
	struct model *m = r->model;
	struct model_label l = { 0 };
	const char *name;
	if (!json_is_object(p->value))
		return jread_fail(&j, err, "a label is an object");
	if (m->label_count == MODEL_LABELS)
		return jread_fail(&j, err, "more than %d labels with weights", MODEL_LABELS);
	if (jread_need_string(&j, "label", &name, err) || jread_real(&j, "bias", &l.bias, err) ||
	    jread_real(&j, "sentence_bias", &l.sentence_bias, err) ||
	    rules_thresholds(&j, l.threshold, err) ||
	    check_list(p, json_object_get(p->value, "sentences"), POOL_WIDTH(MODEL_LABELS), err))
		return -1;
	const json_t *pool = json_object_get(p->value, "sentences");
	for (size_t i = 0; i < json_array_size(pool); i++)
		m->pool[m->label_count][i] = json_number_value(json_array_get(pool, i)) / 100;
	while (l.situation < r->situation_count &&
	       strcmp(r->situations[l.situation].label, name) != 0)
		l.situation++;
	if (l.situation == r->situation_count)
		return jread_fail(&j, err, "situations/ has no label \"%s\"", name);
	m->labels[m->label_count++] = l;
	return 0;
}

static int read_sentence(struct rules *r, const struct jpiece *p, struct err *err)
{
	return read_row(r->model, p, weight_add(r->model, p->key)->sentence, err);
}

static int read_post(struct rules *r, const struct jpiece *p, struct err *err)
{
	return read_row(r->model, p, weight_add(r->model, p->key)->post, err);
}

static size_t find_without(const struct rules *r, size_t label)
{
	const struct model *m = r->model;
	const char *without = r->situations[m->labels[label].situation].without;
	for (size_t l = 0; without && l < m->label_count; l++)
		if (!strcmp(r->situations[m->labels[l].situation].label, without))
			return l;
	return SIZE_MAX;
}

int model_file(struct rules *r, const char *path, struct err *err)
{
	static const struct jsection sections[] = {
		{ "about", JSECTION_SKIP, NULL },
		{ "labels", JSECTION_ARRAY, read_label },
		{ "sentence", JSECTION_OBJECT, read_sentence },
		{ "post", JSECTION_OBJECT, read_post },
		{ "tests", JSECTION_ARRAY, tree_read_test },
		{ "trees", JSECTION_OBJECT, tree_read_label },
		{ NULL, JSECTION_SKIP, NULL },
	};
	if (!r->model) {
		r->model = mem_alloc(sizeof(*r->model));
		r->model->filter = mem_alloc(MODEL_FILTER_BITS / 8);
		r->model->run_most = INT16_MAX;
	}
	if (rules_json_read(r, path, sections, NULL, err))
		return -1;
	for (size_t l = 0; l < r->model->label_count; l++)
		r->model->labels[l].without = find_without(r, l);
	return 0;
}

void model_free(struct model *m)
{
	if (!m)
		return;
	tree_free(m);
	free(m->weights);
	free(m->slots);
	free(m->filter);
	free(m);
}

const struct weight *model_find(const struct model *m, uint64_t hash)
{
	const struct weight_slot *slot = slot_of(m, hash);
	return slot->number ? &m->weights[slot->number - 1] : NULL;
}

/* A sum that is kept short while it can't exceed its type: eight labels fit one
 * register. */
struct run {
	int16_t sum[MODEL_LABELS];
	uint32_t count;
	int32_t *into;
};

/* Sums while the features of a text go by, in hundredths. */
struct judge {
	const struct model *model;
	int32_t *sentences; /* MODEL_LABELS for each */
	int32_t post[MODEL_LABELS];
	uint8_t *last;   /* by weight: mark of the sentence that had it last; 0: none */
	uint8_t *passed; /* by test of the trees */
	struct run post_run, sentence_run;
};

static void end_run(struct run *r)
{
	for (int l = 0; l < MODEL_LABELS; l++)
		r->into[l] += r->sum[l];
	memset(r->sum, 0, sizeof(r->sum));
	r->count = 0;
}

static inline void add_row(const struct model *m, struct run *r, const int16_t *restrict row)
{
	if (r->count++ == m->run_most) {
		end_run(r);
		r->count = 1;
	}
	for (int l = 0; l < MODEL_LABELS; l++)
		r->sum[l] = (int16_t)(r->sum[l] + row[l]);
}

static void add_scaled(int32_t *sum, const int16_t *row, float value)
{
	for (int l = 0; l < MODEL_LABELS; l++)
		sum[l] += (int32_t)lrintf((float)row[l] * value);
}

static void begin_sentence(struct judge *j, uint32_t sentence)
{
	int32_t *sum = j->sentences + (size_t)sentence * MODEL_LABELS;
	if (j->sentence_run.into == sum)
		return;
	end_run(&j->sentence_run);
	j->sentence_run.into = sum;
}

static void take_of_post(struct judge *j, const struct feature *f)
{
	uint8_t *last = &j->last[f->weight - j->model->weights];
	if (!*last && f->value == 1)
		add_row(j->model, &j->post_run, f->weight->post);
	else if (!*last)
		add_scaled(j->post, f->weight->post, f->value);
	*last = 1;
}

/* Each feature counts once in a post, and once in a sentence; false when it
 * did already. (Marks come round after 255 sentences: a feature that is in two
 * just so far apart, and nowhere between, counts in the first only.) */
static inline bool take_of_sentence(struct judge *j, const struct feature *f)
{
	uint8_t *last = &j->last[f->weight - j->model->weights];
	uint8_t mark = (uint8_t)(f->sentence % UINT8_MAX + 1);
	if (*last == mark)
		return false;
	if (!*last && f->of_post)
		add_row(j->model, &j->post_run, f->weight->post);
	*last = mark;
	begin_sentence(j, f->sentence);
	add_row(j->model, &j->sentence_run, f->weight->sentence);
	return true;
}

/* The hits are what is left of the features of sentences. */
static void take_features(struct judge *j, const struct features *f, struct grounds *ret)
{
	ret->hits = f->list;
	for (size_t i = 0; i < f->count; i++) {
		if (i == f->word_count)
			ret->word_count = ret->count;
		if (i >= f->word_count)
			j->passed[j->model->test_of[f->list[i].weight - j->model->weights]] = 1;
		if (!f->list[i].of_sentence)
			take_of_post(j, &f->list[i]);
		else if (take_of_sentence(j, &f->list[i]))
			f->list[ret->count++] = f->list[i];
	}
	j->passed[0] = 0; /* the test that none passes */
	if (f->word_count == f->count)
		ret->word_count = ret->count;
	end_run(&j->post_run);
	end_run(&j->sentence_run);
}

/* What the sentences say, as the second stage takes it. */
static void pool_sentences(const struct judge *j, const struct marked *m, double *ret,
			   struct grounds *g)
{
	for (size_t l = 0; l < j->model->label_count; l++) {
		struct pool p = { .at = UINT32_MAX };
		for (uint32_t s = 0; s < m->text.sentence_count; s++)
			pool_add(&p, j->sentences[(size_t)s * MODEL_LABELS + l] / 100.0 +
					     j->model->labels[l].sentence_bias);
		pool_end(&p, ret + POOL_KIND_COUNT * l);
		g->best[l] = (uint32_t)p.at;
	}
	ret[POOL_KIND_COUNT * j->model->label_count] = pool_length(m->text.sentence_count);
}

/* Where the rules are sure, that stands: "he dumped me" is no matter of odds. And
 * then what never goes with it is out. */
static void heed_rules(const struct rules *r, const struct outcome *outcomes, double *p)
{
	for (size_t l = 0; l < r->model->label_count; l++) {
		const struct model_label *label = &r->model->labels[l];
		double sure = r->situations[label->situation].sure;
		double score = outcomes[label->situation].score;
		if (!(sure > 0) || score < sure)
			continue;
		p[l] = fmax(p[l], fmin(score, label->threshold[BAND_HIGH] - 0.001));
		if (label->without != SIZE_MAX)
			p[label->without] *= 1 - score;
	}
}

void model_score(const struct marked *m, struct features *f, struct outcome *outcomes,
		 struct grounds *ret)
{
	const struct model *model = m->rules->model;
	struct judge j = { .model = model };
	double pool[POOL_WIDTH(MODEL_LABELS)];
	size_t n = m->text.sentence_count + 1;
	j.sentences = arena_alloc(m->arena, n * MODEL_LABELS * sizeof(*j.sentences));
	j.last = arena_alloc(m->arena, (model->count + 1) * sizeof(*j.last));
	j.passed = arena_alloc(m->arena, model->test_count + (size_t)1);
	j.post_run.into = j.post;
	j.sentence_run.into = j.sentences;
	*ret = (struct grounds){ 0 };
	take_features(&j, f, ret);
	pool_sentences(&j, m, pool, ret);
	double p[MODEL_LABELS];
	tree_ask(model, pool, outcomes, j.passed);
	for (size_t l = 0; l < model->label_count; l++) {
		double sum = j.post[l] / 100.0 + model->labels[l].bias;
		for (size_t k = 0; k < POOL_WIDTH(model->label_count); k++)
			sum += model->pool[l][k] * pool[k];
		p[l] = tree_chance(sum, model->trees[l] ? tree_sum(model, l, j.passed) : sum);
	}
	heed_rules(m->rules, outcomes, p);
	for (size_t l = 0; l < model->label_count; l++) {
		struct outcome *o = &outcomes[model->labels[l].situation];
		size_t without = model->labels[l].without;
		o->score = p[l] * (without == SIZE_MAX ? 1 : 1 - p[without]);
		o->band = score_band(model->labels[l].threshold, o->score);
	}
}

/* Puts the hit among the strongest, strongest first. */
static size_t rank_hit(const struct feature *hit, int weight, const struct feature **best,
		       int *weights, size_t count)
{
	size_t at = count;
	while (at && weights[at - 1] < weight)
		at--;
	if (at == EVIDENCE_MOST)
		return count;
	if (count < EVIDENCE_MOST)
		count++;
	memmove(best + at + 1, best + at, (count - at - 1) * sizeof(*best));
	memmove(weights + at + 1, weights + at, (count - at - 1) * sizeof(*weights));
	best[at] = hit;
	weights[at] = weight;
	return count;
}

/* Those of the label's best sentence in a run of hits that is in the order of
 * sentences. */
static size_t rank_hits(const struct grounds *g, size_t label, size_t first, size_t last,
			const struct feature **best, int *weights, size_t found)
{
	for (size_t low = last; first < low;) {
		size_t middle = first + (low - first) / 2;
		if (g->hits[middle].sentence < g->best[label])
			first = middle + 1;
		else
			low = middle;
	}
	for (; first < last && g->hits[first].sentence == g->best[label]; first++) {
		int weight = g->hits[first].weight->sentence[label];
		if (weight >= EVIDENCE_LEAST)
			found = rank_hit(&g->hits[first], weight, best, weights, found);
	}
	return found;
}

size_t model_evidence(const struct rules *r, const struct grounds *g, uint32_t situation,
		      const struct feature **ret)
{
	const struct model *m = r->model;
	int weights[EVIDENCE_MOST];
	size_t found = 0, l = 0;
	while (m && l < m->label_count && m->labels[l].situation != situation)
		l++;
	if (!m || l == m->label_count)
		return 0;
	found = rank_hits(g, l, 0, g->word_count, ret, weights, found);
	return rank_hits(g, l, g->word_count, g->count, ret, weights, found);
}
