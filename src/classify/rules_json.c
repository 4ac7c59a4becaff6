/* rules_json.c - rule files from disk, with the line of each rule.
 *
 * Jansson parses; jstream walks beside it only to know on which line a member
 * or element begins. It knows nothing of what rules mean.
 */
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "classify_internal.h"
#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/jread.h"
#include "dear/jstream.h"
#include "rules_internal.h"

static const struct jsection *find_section(const struct jsection *s, const char *name)
{
	for (; s->name; s++)
		if (!strcmp(s->name, name))
			return s;
	return NULL;
}

/* Hands out the pieces of one section. */
static int read_section(struct rules *r, struct file *file, const struct jvalue *section,
			const struct jsection *how, struct jpiece *p, struct err *err)
{
	json_t *value = p->value;
	bool array = how->kind == JSECTION_ARRAY;
	if (array ? !json_is_array(value) : !json_is_object(value))
		return err_set(err, ERR_RULES, p->file, section->line, "\"%s\" is not an %s",
			       how->name, array ? "array" : "object");
	int64_t offset = section->offset;
	int status;
	struct jstream *js =
		array ? jstream_array(file, offset, 0, err) : jstream_object(file, offset, 0, err);
	if (!js)
		return -1;
	struct jvalue v;
	for (size_t i = 0; (status = jstream_next(js, &v, err)) == 1; i++) {
		p->line = v.line;
		p->key = v.key;
		p->value = array ? json_array_get(value, i) : json_object_get(value, v.key);
		if (how->read(r, p, err)) {
			status = -1;
			break;
		}
	}
	jstream_free(js);
	return status;
}

static int read_members(struct rules *r, struct file *file, json_t *top,
			const struct jsection *sections, struct jpiece *p, struct err *err)
{
	struct jstream *js = jstream_object(file, 0, 1, err);
	if (!js)
		return -1;
	struct jvalue v;
	int status;
	while ((status = jstream_next(js, &v, err)) == 1) {
		const struct jsection *how = find_section(sections, v.key);
		if (!how) {
			status = err_set(err, ERR_RULES, p->file, v.line,
					 "\"%s\" is no member of such a file", v.key);
			break;
		}
		p->value = json_object_get(top, v.key);
		if (how->kind != JSECTION_SKIP && read_section(r, file, &v, how, p, err)) {
			status = -1;
			break;
		}
	}
	jstream_free(js);
	return status;
}

int rules_json_read(struct rules *r, const char *path, const struct jsection *sections,
		    int (*begin)(struct rules *r, const struct jpiece *top, void **context,
				 struct err *err),
		    struct err *err)
{
	struct buf text = BUF_INIT;
	struct file *file = NULL;
	json_t *top = NULL;
	int status = -1;
	if (file_slurp(path, BOUND_DATA_FILE_BYTES, &text, err))
		goto out;
	r->version = hash_bytes(hash_string(r->version, strrchr(path, '/')), text.str, text.len);
	top = jread_parse(buf_str(&text), text.len, path, 1, ERR_RULES, err);
	if (!top)
		goto out;
	if (!json_is_object(top)) {
		err_set(err, ERR_RULES, path, 1, "a rule file is one JSON object");
		goto out;
	}
	struct jpiece p = { .file = path, .line = 1, .value = top };
	if (begin && begin(r, &p, &p.context, err))
		goto out;
	file = file_open(path, err);
	if (!file)
		goto out;
	status = read_members(r, file, top, sections, &p, err);
out:
	file_free(file);
	json_decref(top);
	buf_release(&text);
	return status;
}

static int is_json_name(const struct dirent *d)
{
	size_t n = strlen(d->d_name);
	return d->d_name[0] != '.' && n > 5 && !strcmp(d->d_name + n - 5, ".json");
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

int rules_json_folder(struct rules *r, const char *dir, const char *name, bool needed,
		      int (*read)(struct rules *r, const char *path, struct err *err),
		      struct err *err)
{
	struct buf path = BUF_INIT;
	struct dirent **list = NULL;
	buf_printf(&path, "%s/%s", dir, name);
	int count = scandir(path.str, &list, is_json_name, by_bytes), status = 0;
	if (count < 0 && needed)
		status = err_set(err, ERR_IO, path.str, 0,
				 "no such folder of rules; give the data folder with --data");
	size_t stem = path.len;
	for (int i = 0; i < count; i++) {
		buf_cut(&path, stem);
		buf_printf(&path, "/%s", list[i]->d_name);
		if (!status && read(r, path.str, err))
			status = -1;
		free(list[i]);
	}
	free(list);
	buf_release(&path);
	return status;
}
