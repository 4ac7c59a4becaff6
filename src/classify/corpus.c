/* corpus.c - labelled posts out of a file: a JSON array, NDJSON, or a thread
 * file whose comments carry "expected". Knows nothing of rules.
 */
#include "corpus_internal.h"

#include <jansson.h>
#include <string.h>

#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/jread.h"
#include "dear/jstream.h"

#define SKIM_BYTES 4096

struct corpus {
	corpus_visit *visit;
	void *into;
	const char *file;
	size_t posts;
};

/* "text", or "paragraphs" put together as a thread's comment is. */
static void text_of(const json_t *post, struct buf *ret)
{
	const char *text = json_string_value(json_object_get(post, "text"));
	const json_t *paragraphs = json_object_get(post, "paragraphs");
	if (text)
		buf_puts(ret, text);
	for (size_t i = 0; i < json_array_size(paragraphs); i++) {
		const char *one = json_string_value(json_array_get(paragraphs, i));
		if (i)
			buf_puts(ret, "\n\n");
		buf_puts(ret, one ? one : "");
	}
}

static bool lists(const json_t *labels, const char *label)
{
	for (size_t i = 0; i < json_array_size(labels); i++) {
		const char *one = json_string_value(json_array_get(labels, i));
		if (one && !strcmp(one, label))
			return true;
	}
	return false;
}

bool corpus_has(const struct corpus_post *p, const char *label)
{
	return lists(p->labels, label);
}

bool corpus_knows(const struct corpus_post *p, const char *label)
{
	return !p->only || lists(p->only, label);
}

static const char *string_of(const json_t *post, const char *key)
{
	return json_string_value(json_object_get(post, key));
}

static int read_post(struct corpus *c, const struct jvalue *v, struct err *err)
{
	struct buf text = BUF_INIT;
	int status = -1;
	json_t *post = jread_parse(v->text, v->len, c->file, v->line, ERR_INPUT, err);
	if (!post)
		return -1;
	json_t *expected = json_object_get(post, "expected");
	struct corpus_post p = {
		.topic = string_of(post, "topic"),
		.labels = json_object_get(expected ? expected : post, "labels"),
		.only = json_object_get(post, "only"),
		.facts = expected ? expected : json_object_get(post, "facts"),
	};
	if (!p.labels && json_object_get(post, "paragraphs")) {
		status = 0; /* a staff comment of a thread */
		goto out;
	}
	text_of(post, &text);
	if (!json_is_array(p.labels) || !text.len) {
		err_set(err, ERR_INPUT, c->file, v->line,
			"a post needs \"text\" and \"labels\" (an array)");
		goto out;
	}
	p.id = string_of(post, "id") ? string_of(post, "id") : string_of(post, "key");
	p.id = p.id ? p.id : "";
	p.text = text.str;
	p.len = text.len;
	c->visit(&p, c->into);
	c->posts++;
	status = 0;
out:
	buf_release(&text);
	json_decref(post);
	return status;
}

/* Where the comments of a thread file begin; -1 when it is none. */
static int64_t thread_comments(struct file *corpus, int *ret_line)
{
	struct err ignored = { 0 };
	struct jvalue v;
	int64_t found = -1;
	struct jstream *js = jstream_object(corpus, 0, 0, &ignored);
	while (js && found < 0 && jstream_skim(js, SKIM_BYTES, &v, &ignored) == 1) {
		if (v.key && !strcmp(v.key, "comments")) {
			found = v.offset;
			*ret_line = v.line;
		}
	}
	jstream_free(js);
	return found;
}

static int first_byte(struct file *corpus, struct err *err)
{
	char head[64];
	ssize_t n = file_read_at(corpus, 0, head, sizeof(head), err);
	for (ssize_t i = 0; i < n; i++)
		if (strchr(" \t\r\n\xEF\xBB\xBF", head[i]) == NULL)
			return head[i];
	return n < 0 ? -1 : 0;
}

int corpus_read(struct file *corpus, corpus_visit *visit, void *into, struct err *err)
{
	struct corpus c = { .visit = visit, .into = into, .file = file_name(corpus) };
	int base = 1, first = first_byte(corpus, err);
	struct jstream *js = NULL;
	if (first < 0)
		return -1;
	if (first == '[') {
		js = jstream_array(corpus, 0, 1, err);
	} else {
		int64_t at = thread_comments(corpus, &base);
		js = at < 0 ? jstream_lines(corpus, err) : jstream_array(corpus, at, 0, err);
	}
	if (!js)
		return -1;
	struct jvalue v;
	int status;
	while ((status = jstream_next(js, &v, err)) == 1) {
		v.line += base - 1;
		if (read_post(&c, &v, err)) {
			status = -1;
			break;
		}
	}
	jstream_free(js);
	if (!status && !c.posts)
		return err_set(err, ERR_INPUT, c.file, 0, "no labelled posts in it");
	return status;
}
