/* input_disqus.c - a Disqus export (XML): first all threads, then all posts,
 * each with the number of its thread.
 *
 * Address and title of the threads are kept while the posts are read; nothing
 * else grows with the file. Threads of one article that differ in scheme or
 * query only have one address here, so the store joins them. A deleted post
 * keeps its place and loses its text. E-mail and IP addresses are read past.
 */
#include <stdlib.h>
#include <string.h>

#include "dear/bounds.h"
#include "dear/diag.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/hash.h"
#include "dear/mem.h"

#include "input_document_internal.h"

struct topic {
	const char *id;
	struct thread_ref ref;
	bool deleted;
};

struct disqus {
	struct document doc;
	enum { IN_EXPORT, IN_THREAD, IN_POST, IN_AUTHOR } place;
	struct arena kept; /* of the threads */
	struct topic *topics;
	uint32_t *slots; /* number of the topic, from 1; 0: free */
	size_t topic_count, topic_size, slot_count;
	uint64_t orphans; /* posts of a thread the file does not have */
	/* of the thread or post under way */
	struct topic topic;
	const char *id, *parent, *thread, *author, *user, *date, *message;
	bool deleted, spam, guest, unapproved;
	int line;
};

/* ---- threads ---- */

static uint32_t *find_slot(const struct disqus *q, const char *id)
{
	size_t at = hash_string(HASH_START, id) % q->slot_count;

	while (q->slots[at] && strcmp(q->topics[q->slots[at] - 1].id, id) != 0)
		at = (at + 1) % q->slot_count;
	return &q->slots[at];
}

static const struct topic *find_topic(const struct disqus *q, const char *id)
{
	uint32_t number = id && q->slot_count ? *find_slot(q, id) : 0;

	return number ? &q->topics[number - 1] : NULL;
}

static void grow_slots(struct disqus *q)
{
	if (2 * (q->topic_count + 1) < q->slot_count)
		return;
	q->slot_count = q->slot_count ? 2 * q->slot_count : 64;
	free(q->slots);
	q->slots = mem_alloc(q->slot_count * sizeof(*q->slots));
	for (size_t i = 0; i < q->topic_count; i++)
		*find_slot(q, q->topics[i].id) = (uint32_t)i + 1;
}

/* A thread without an address is still one of its own. */
static void end_thread(struct disqus *q)
{
	struct topic *t = &q->topic;

	q->place = IN_EXPORT;
	if (!t->id || find_topic(q, t->id))
		return;
	if (!t->ref.url && !t->ref.title) {
		t->ref.host = "disqus";
		t->ref.post_id = t->id;
	}
	grow_slots(q);
	q->topics = mem_grow(q->topics, &q->topic_size, q->topic_count + 1, sizeof(*q->topics));
	q->topics[q->topic_count++] = *t;
	*find_slot(q, t->id) = (uint32_t)q->topic_count;
	if (q->kept.used + q->topic_count * sizeof(*t) > BOUND_EXPORT_BYTES)
		err_set(&q->doc.err, ERR_INPUT, NULL, q->line,
			"names of threads of more than %d bytes; export fewer of them at a time",
			BOUND_EXPORT_BYTES);
}

static bool is_true(const char *text)
{
	text += strspn(text, " \t\r\n");
	return !strncmp(text, "true", 4) || *text == '1';
}

static void thread_part(struct disqus *q, const char *name, const char *text)
{
	const char *link;

	if (!strcmp(name, "link")) {
		link = document_value(text, &q->doc.part);
		if (link)
			input_set_url(&q->topic.ref, &q->kept, link);
	} else if (!strcmp(name, "title")) {
		q->topic.ref.title = document_name(&q->doc, text, &q->kept);
	} else if (!strcmp(name, "isDeleted")) {
		q->topic.deleted = is_true(text);
	}
}

/* ---- posts ---- */

static void start_thread(struct disqus *q, const char **atts)
{
	const char *id = html_att(atts, "dsq:id");

	q->place = IN_THREAD;
	arena_clear(&q->doc.part);
	q->line = markup_line(q->doc.markup);
	q->topic = (struct topic){ .id = id ? document_value(id, &q->kept) : NULL };
}

static const char *own_id(struct disqus *q, const char **atts)
{
	const char *id = html_att(atts, "dsq:id");

	return id ? document_value(id, &q->doc.part) : NULL;
}

static void start_post(struct disqus *q, const char **atts)
{
	q->place = IN_POST;
	q->line = markup_line(q->doc.markup);
	arena_clear(&q->doc.part);
	q->parent = q->thread = q->author = q->user = q->date = q->message = NULL;
	q->deleted = q->spam = q->guest = q->unapproved = false;
	q->id = own_id(q, atts);
}

static void on_start(struct document *doc, const char *name, const char **atts)
{
	struct disqus *q = (struct disqus *)doc;

	if (q->place == IN_EXPORT && !strcmp(name, "thread"))
		start_thread(q, atts);
	else if (q->place == IN_EXPORT && !strcmp(name, "post"))
		start_post(q, atts);
	else if (q->place == IN_POST && !strcmp(name, "author"))
		q->place = IN_AUTHOR;
	else if (q->place == IN_POST && !strcmp(name, "thread"))
		q->thread = own_id(q, atts);
	else if (q->place == IN_POST && !strcmp(name, "parent"))
		q->parent = own_id(q, atts);
	else if (q->place == IN_POST && !strcmp(name, "message"))
		document_verbatim(doc, false);
}

static void author_part(struct disqus *q, const char *name, const char *text)
{
	if (!strcmp(name, "name"))
		q->author = document_name(&q->doc, text, &q->doc.part);
	else if (!strcmp(name, "username"))
		q->user = document_value(text, &q->doc.part);
	else if (!strcmp(name, "isAnonymous"))
		q->guest = is_true(text);
	else if (!strcmp(name, "author"))
		q->place = IN_POST;
}

static void set_author(const struct disqus *q, struct comment *c)
{
	c->author = q->author;
	if (q->guest) {
		c->account = ACCOUNT_GUEST;
	} else if (q->user) {
		c->account = ACCOUNT_USER;
		c->user_id = q->user;
		if (!c->author)
			c->author = q->user;
	}
	if (c->account != ACCOUNT_USER && comment_name_is_nobody(c->author))
		c->author = NULL;
}

static void set_text(struct disqus *q, struct comment *c)
{
	const char *message = q->message && c->status != COMMENT_DELETED ? q->message : "";

	c->body = input_copy(&q->doc.part, message, strlen(message), BOUND_COMMENT_BYTES);
	c->body_html = true;
	shape_set_text(&q->doc.shape, c, message, false, &q->doc.part);
}

static void end_post(struct disqus *q)
{
	const struct topic *topic = find_topic(q, q->thread);
	struct thread_ref unknown = { .host = "disqus", .post_id = q->thread };
	struct comment c = { .line = q->line, .id = q->id, .parent = q->parent };

	q->place = IN_EXPORT;
	q->doc.shape.line = q->line;
	q->orphans += !topic;
	c.thread = topic ? &topic->ref : &unknown;
	if (q->spam)
		c.status = COMMENT_SPAM;
	else if (q->deleted || (topic && topic->deleted))
		c.status = COMMENT_DELETED;
	else if (q->unapproved)
		c.status = COMMENT_PENDING;
	set_author(q, &c);
	shape_set_date(&q->doc.shape, &c, q->date, NULL);
	set_text(q, &c);
	document_queue(&q->doc, &c);
}

static void post_part(struct disqus *q, const char *name, const char *text)
{
	if (!strcmp(name, "message"))
		q->message = arena_strdup(&q->doc.part, text);
	else if (!strcmp(name, "createdAt"))
		q->date = document_value(text, &q->doc.part);
	else if (!strcmp(name, "isDeleted"))
		q->deleted = is_true(text);
	else if (!strcmp(name, "isSpam"))
		q->spam = is_true(text);
	else if (!strcmp(name, "isApproved"))
		q->unapproved = !is_true(text);
	else if (!strcmp(name, "post"))
		end_post(q);
}

static void on_end(struct document *doc, const char *name, const char *text)
{
	struct disqus *q = (struct disqus *)doc;

	switch (q->place) {
	case IN_EXPORT:
		return;
	case IN_THREAD:
		if (!strcmp(name, "thread"))
			end_thread(q);
		else
			thread_part(q, name, text);
		return;
	case IN_POST:
		post_part(q, name, text);
		return;
	case IN_AUTHOR:
		author_part(q, name, text);
		return;
	}
}

static void on_finish(struct document *doc, struct diags *d)
{
	const struct disqus *q = (struct disqus *)doc;

	if (q->orphans)
		diag_add(d, DIAG_FIELD_BAD, file_name(doc->in->file),
			 "posts whose thread the export does not have, known by its number: %llu",
			 (unsigned long long)q->orphans);
}

static const struct document_words words = { on_start, on_end, on_finish };

static void disqus_free(void *state)
{
	struct disqus *q = state;

	document_release(&q->doc);
	arena_release(&q->kept);
	free(q->topics);
	free(q->slots);
	free(q);
}

static void *disqus_start(struct input *in, struct err *err)
{
	struct disqus *q = mem_alloc(sizeof(*q));

	if (document_init(&q->doc, in, &words, err) == 0)
		return q;
	disqus_free(q);
	return NULL;
}

const struct reader reader_disqus = { disqus_start, document_next, disqus_free };
