/* responses.c - responses/ from disk: plan.json, house-style.json, safety.json,
 * the partials, and a folder of response files a topic ("shared" serves all).
 * Files are read in byte order of their names, so that the same folder is the
 * same set.
 */
#include "dear/responses.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/jread.h"
#include "dear/mem.h"
#include "dear/mustache.h"
#include "draft_internal.h"

#define SUFFIX ".mustache"

/* What is done with each file of a folder. */
typedef int load_file(struct responses *r, const char *path, const char *folder, const char *stem,
		      struct err *err);

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int is_template(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name), suffix = strlen(SUFFIX);

	return visible(entry) && len > suffix && strcmp(entry->d_name + len - suffix, SUFFIX) == 0;
}

/* Lists a folder in byte order; -1 with *err set. */
static int list_folder(const char *path, int (*want)(const struct dirent *),
		       struct dirent ***ret_list, struct err *err)
{
	int count = scandir(path, ret_list, want, by_bytes);

	if (count < 0)
		return err_set(err, ERR_IO, path, 0, "there is no such folder of responses");
	return count;
}

static void free_list(struct dirent **list, int count)
{
	while (count > 0)
		free(list[--count]);
	free(list);
}

static int load_folder(struct responses *r, const char *path, const char *folder, load_file *load,
		       struct err *err)
{
	struct dirent **list = NULL;
	int count = list_folder(path, is_template, &list, err), rc = count < 0 ? -1 : 0;

	for (int i = 0; rc == 0 && i < count; i++) {
		size_t stem = strlen(list[i]->d_name) - strlen(SUFFIX);

		rc = load(r, arena_printf(&r->arena, "%s/%s", path, list[i]->d_name), folder,
			  arena_strndup(&r->arena, list[i]->d_name, stem), err);
	}
	free_list(list, count);
	return rc;
}

/* Its last line's end is no part of it: it may stand before a comma. */
static struct mustache *compile_partial(const char *text, size_t len, const char *path,
					struct err *err)
{
	while (len > 0 && strchr("\r\n", text[len - 1]))
		len--;
	return mustache_compile(text, len, path, 1, err);
}

static int load_partial(struct responses *r, const char *path, const char *folder, const char *stem,
			struct err *err)
{
	struct buf text = BUF_INIT;
	struct partial *p;
	int rc = file_slurp(path, BOUND_DATA_FILE_BYTES, &text, err);

	(void)folder;
	if (rc == 0) {
		struct mustache *m = compile_partial(buf_str(&text), text.len, path, err);

		rc = m ? responses_see_partial(r, m, path, err) : -1;
		if (m) {
			r->partials = mem_grow(r->partials, &r->partial_size, r->partial_count + 1,
					       sizeof(*r->partials));
			p = &r->partials[r->partial_count++];
			*p = (struct partial){ .name = stem, .text = m };
			r->version = hash_bytes(r->version, buf_str(&text), text.len);
		}
	}
	buf_release(&text);
	return rc;
}

const struct mustache *responses_partial(void *ctx, const char *name)
{
	const struct responses *r = ctx;

	for (size_t i = 0; i < r->partial_count; i++)
		if (strcmp(r->partials[i].name, name) == 0)
			return r->partials[i].text;
	return NULL;
}

/* By part; within it the best first: priority, then how much it asks for. */
static int better(const void *a, const void *b)
{
	const struct response *x = a, *y = b;

	if (x->part != y->part)
		return x->part < y->part ? -1 : 1;
	if (x->priority != y->priority)
		return x->priority > y->priority ? -1 : 1;
	if (x->when.weight != y->when.weight)
		return x->when.weight > y->when.weight ? -1 : 1;
	return strcmp(x->name, y->name);
}

static int compare_names(const void *a, const void *b)
{
	const struct response *x = *(const struct response *const *)a;
	const struct response *y = *(const struct response *const *)b;

	return strcmp(x->name, y->name);
}

static void finish(struct responses *r)
{
	qsort(r->list, r->count, sizeof(*r->list), better);
	r->by_name = arena_alloc(&r->arena, r->count * sizeof(*r->by_name));
	for (size_t i = 0; i < r->count; i++) {
		r->by_name[i] = &r->list[i];
		r->list[i].first = r->wording_count;
		r->wording_count += r->list[i].count;
		r->version = hash_bytes(r->version, &r->list[i].hash, sizeof(r->list[i].hash));
		r->version = hash_string(r->version, r->list[i].name);
	}
	qsort(r->by_name, r->count, sizeof(*r->by_name), compare_names);
}

const struct response *responses_find(const struct responses *r, const char *name, size_t len)
{
	size_t low = 0, high = r->count;

	while (low < high) {
		size_t mid = (low + high) / 2;
		const char *here = r->by_name[mid]->name;
		int order = strncmp(here, name, len);

		if (order == 0 && here[len] == '\0')
			return r->by_name[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

bool responses_in_topic(const struct response *p, const char *topic)
{
	return strcmp(p->topic, topic) == 0 || strcmp(p->topic, "shared") == 0;
}

/* Slurps a small file into the arena and the version. */
static const char *load_text(struct responses *r, const char *path, struct err *err)
{
	struct buf text = BUF_INIT;
	const char *kept = NULL;

	if (file_slurp(path, BOUND_DATA_FILE_BYTES, &text, err) == 0) {
		r->version = hash_bytes(r->version, buf_str(&text), text.len);
		buf_trim(&text);
		kept = arena_strdup(&r->arena, buf_str(&text));
	}
	buf_release(&text);
	return kept;
}

json_t *responses_json(struct responses *r, const char *path, struct err *err)
{
	return load_text(r, path, err) ? jread_file(path, ERR_RULES, err) : NULL;
}

/* The voice first: the plan's forms and the style's sign-off are as it says. */
static int load_settings(struct responses *r, const char *dir, const char *voice, struct err *err)
{
	const char *spoken = voice ? arena_printf(&r->arena, "%s/voices/%s.json", dir, voice)
				   : arena_printf(&r->arena, "%s/voice.json", dir);

	if (voice_load(r, dir, spoken, err) < 0 ||
	    responses_safety_load(r, arena_printf(&r->arena, "%s/safety.json", dir), err) < 0)
		return -1;
	if (responses_plan_load(r, arena_printf(&r->arena, "%s/plan.json", dir), err) < 0)
		return -1;
	return style_load(r, arena_printf(&r->arena, "%s/house-style.json", dir), err);
}

static bool is_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static int load_folders(struct responses *r, const char *dir, struct err *err)
{
	struct dirent **list = NULL;
	int count = list_folder(dir, visible, &list, err), rc = count < 0 ? -1 : 0;

	for (int i = 0; rc == 0 && i < count; i++) {
		const char *path = arena_printf(&r->arena, "%s/%s", dir, list[i]->d_name);
		const char *folder = arena_strdup(&r->arena, list[i]->d_name);

		if (!is_folder(path))
			continue;
		rc = load_folder(
			r, path, folder,
			strcmp(folder, "partials") == 0 ? load_partial : responses_file_load, err);
	}
	free_list(list, count);
	if (rc == 0 && r->count == 0)
		rc = err_set(err, ERR_RULES, dir, 0, "no response file (*%s) in its folders",
			     SUFFIX);
	return rc;
}

struct responses *responses_load(const char *dir, const char *voice, struct err *err)
{
	struct responses *r = mem_alloc(sizeof(*r));

	r->version = HASH_START;
	terms_init(&r->terms);
	if (load_settings(r, dir, voice, err) < 0 || load_folders(r, dir, err) < 0) {
		responses_free(r);
		return NULL;
	}
	finish(r);
	return r;
}

void responses_free(struct responses *r)
{
	if (!r)
		return;
	for (size_t i = 0; i < r->count; i++)
		for (size_t k = 0; k < r->list[i].count; k++)
			mustache_free(r->list[i].wordings[k].text);
	for (size_t i = 0; i < r->partial_count; i++)
		mustache_free(r->partials[i].text);
	free(r->list);
	free(r->partials);
	terms_free(&r->terms);
	for (size_t i = 0; i < r->other_count; i++)
		values_close(&r->others[i]);
	voice_free(r);
	arena_release(&r->arena);
	free(r);
}

uint64_t responses_version(const struct responses *r)
{
	return r->version;
}

const char *responses_safety_text(const struct responses *r)
{
	return r->safety;
}
