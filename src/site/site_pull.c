/* site_pull.c - a thread as files: the article, then its comments page by page,
 * oldest first, so that what comes new while we read is at the end. Where the
 * interface is missing or shut, the page as readers see it.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/err.h"
#include "dear/file.h"
#include "dear/input.h"

#include "site_internal.h"

/* Only these are asked for: neither e-mail nor IP addresses leave the site. */
#define FIELDS "&_fields=id,post,parent,author,author_name,date,date_gmt,content,link,status,type"

enum { DAY = 24 * 60 * 60, PAGES_MAX = 100000, HTML_PAGES_MAX = 1000 };

/* One pull under way. */
struct pull {
	struct site *site;
	const char *folder;
	struct arena *a;
	struct site_article article;
	bool edit; /* with what only its editors see */
	struct site_thread *ret;
	const char **files;
	size_t count, size;
	struct err *err;
};

/* ---- the folder ---- */

static const char *page_path(struct pull *p, int page)
{
	return arena_printf(p->a, "%s/%06d", p->folder, page);
}

void site_pull_clear(const char *folder)
{
	DIR *dir = opendir(folder);
	struct buf path = BUF_INIT;
	struct dirent *entry;

	while (dir && (entry = readdir(dir))) {
		if (strspn(entry->d_name, "0123456789") != strlen(entry->d_name) &&
		    strcmp(entry->d_name, "of"))
			continue;
		buf_clear(&path);
		buf_printf(&path, "%s/%s", folder, entry->d_name);
		unlink(buf_str(&path));
	}
	if (dir)
		closedir(dir);
	rmdir(folder);
	buf_release(&path);
}

static int write_file(const char *path, const char *bytes, size_t len, struct err *err)
{
	struct file_out *out = file_out_open(path, err);
	int status = -1;

	if (!out)
		return -1;
	if (fwrite(bytes, 1, len, file_out_stream(out)) == len)
		status = file_out_commit(out, err);
	else
		err_set(err, ERR_IO, path, 0, "can't be written: %s", strerror(errno));
	file_out_free(out);
	return status;
}

/* Nobody else pulls into it until the site is closed. 1 locked, 0 it is not
 * there, -1. */
static int lock_folder(struct pull *p)
{
	int *fd = &p->site->folder;

	if (*fd >= 0)
		close(*fd);
	*fd = open(p->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*fd < 0 && errno == ENOENT)
		return 0;
	if (*fd >= 0 && flock(*fd, LOCK_EX | LOCK_NB) == 0)
		return 1;
	return err_set(p->err, ERR_IO, p->folder, 0, "%s",
		       errno == EWOULDBLOCK ? "another pull is at work here" : strerror(errno));
}

static int make_folder(struct pull *p, const char *path, const char *of)
{
	site_pull_clear(p->folder);
	if (mkdir(p->folder, 0700) < 0)
		return err_set(p->err, ERR_IO, p->folder, 0, "can't be made: %s", strerror(errno));
	if (lock_folder(p) < 0)
		return -1;
	return write_file(path, of, strlen(of), p->err);
}

/* What the folder is of; another address, account or day begins anew. */
static int open_folder(struct pull *p)
{
	const struct site_options *o = &p->site->o;
	const char *of = arena_printf(p->a, "%s\n%s\n", o->url, o->user ? o->user : "");
	const char *path = arena_printf(p->a, "%s/of", p->folder);
	struct buf was = BUF_INIT;
	struct err ignored = { 0 };
	struct stat st;
	int64_t age = DAY;
	int status = lock_folder(p);

	if (status < 0)
		return -1;
	if (stat(path, &st) == 0)
		age = o->clock(o->ctx) - st.st_mtime;
	status = 0;
	if (file_slurp(path, BOUND_NAME_BYTES * 2, &was, &ignored) < 0 ||
	    strcmp(buf_str(&was), of) || age >= DAY || age <= -DAY)
		status = make_folder(p, path, of);
	buf_release(&was);
	return status;
}

/* How many pages an earlier pull left. */
static int pages_there(struct pull *p)
{
	int n = 0;

	while (n < PAGES_MAX && access(page_path(p, n + 1), R_OK) == 0)
		n++;
	return n;
}

static void add_file(struct pull *p, const char *path)
{
	const char **files;

	/* The list grows by doubling; what it was stays in the arena. */
	if (p->count + 2 > p->size) {
		p->size = 2 * (p->count + 2);
		files = arena_alloc(p->a, p->size * sizeof(*files));
		if (p->count)
			memcpy(files, p->files, p->count * sizeof(*files));
		p->files = files;
	}
	p->files[p->count++] = path;
	p->files[p->count] = NULL;
}

/* ---- the article ---- */

static const char *plain(const char *html, struct arena *a)
{
	struct buf text = BUF_INIT;
	const char *copy;

	if (!html)
		return NULL;
	input_html_text(html, strlen(html), &text);
	copy = arena_strdup(a, buf_str(&text));
	buf_release(&text);
	return copy;
}

/* "2026-02-12T09:00:00" as the database writes it. */
static const char *date_of(const json_t *post, const char *key, struct arena *a)
{
	const char *given = json_string_value(json_object_get(post, key));
	char *date = arena_strdup(a, given);

	if (date && strlen(date) == 19 && date[10] == 'T')
		date[10] = ' ';
	return date;
}

static void read_article(struct pull *p, const json_t *post)
{
	const json_t *title = json_object_get(post, "title");
	struct thread_ref *known = &p->ret->known;
	struct buf host = BUF_INIT;

	known->url = site_text(post, "link", p->a);
	if (known->url && http_host(known->url, &host))
		known->host = arena_strdup(p->a, buf_str(&host));
	buf_release(&host);
	known->post_id = p->article.id;
	known->title = plain(json_string_value(json_object_get(title, "rendered")), p->a);
	known->stored_title = site_text(title, "raw", p->a);
	known->posted = date_of(post, "date", p->a);
	known->posted_gmt = date_of(post, "date_gmt", p->a);
	known->kind = site_text(post, "type", p->a);
	p->ret->staff_id = site_text(post, "author", p->a);
	if (p->ret->staff_id && !strcmp(p->ret->staff_id, "0"))
		p->ret->staff_id = NULL;
	if (p->ret->staff_id && p->site->me && !strcmp(p->ret->staff_id, p->site->me))
		known->login = p->site->login;
}

/* 1 the article, 0 it is not under this route, or not for us; -1. */
static int get_article(struct pull *p, const char *route, struct http_answer *answer)
{
	struct buf url = BUF_INIT, path = BUF_INIT;
	json_t *post;
	int status;

	buf_printf(&path, "%s/%s", route, p->article.id);
	site_url(p->site, buf_str(&path),
		 p->edit ? "context=edit&_fields=link,title,date,date_gmt,type,author"
			 : "_fields=link,title,date,date_gmt,type,author",
		 &url);
	status = site_get(p->site, buf_str(&url), false, answer, p->err);
	if (status == 0 && answer->status == 200) {
		post = site_json(answer, p->err);
		status = post ? 1 : -1;
		if (post)
			read_article(p, post);
		json_decref(post);
	}
	buf_release(&path);
	buf_release(&url);
	return status;
}

/* By the route its page names, else as a post, else as a page; with an editor's
 * eyes where the account has them. */
static int find_article(struct pull *p, struct http_answer *answer)
{
	const char *const routes[] = { p->article.route, "wp/v2/posts", "wp/v2/pages" };

	for (int edit = p->site->me != NULL; edit >= 0; edit--)
		for (size_t i = 0; i < 3; i++) {
			int found;

			if (!routes[i] || (i > 0 && p->article.route))
				continue;
			p->edit = edit;
			found = get_article(p, routes[i], answer);
			if (found)
				return found;
		}
	return 0;
}

/* ---- its comments ---- */

/* Moderators are given what waits for them too, so that it stays a node. */
static void comments_url(struct pull *p, int page, struct buf *url)
{
	char query[256];
	bool moderates = p->edit && p->site->moderates;

	snprintf(query, sizeof(query), "post=%s&per_page=100&page=%d&orderby=id&order=asc%s%s",
		 p->article.id, page, moderates ? "&context=edit&status=all&type=all" : "", FIELDS);
	site_url(p->site, "wp/v2/comments", query, url);
}

static int pages_of(const struct http_answer *a)
{
	struct buf value = BUF_INIT;
	long pages = 1;

	if (http_header(a, "x-wp-totalpages", 0, &value))
		pages = strtol(value.str, NULL, 10);
	buf_release(&value);
	return pages < 1 ? 1 : pages > PAGES_MAX ? PAGES_MAX : (int)pages;
}

/* 1 the page is in answer, as a JSON array; 0 it is not for us; -1. */
static int get_page(struct pull *p, int page, struct http_answer *answer)
{
	struct buf url = BUF_INIT;
	json_t *list = NULL;
	int status;

	comments_url(p, page, &url);
	status = site_get(p->site, buf_str(&url), false, answer, p->err);
	if (status == 0 && answer->status == 200) {
		list = site_json(answer, p->err);
		if (!list)
			status = -1;
		else if (json_is_array(list))
			status = 1;
		else
			status = err_set(p->err, ERR_IO, buf_str(&url), 0,
					 "the answer is no list of comments");
	}
	json_decref(list);
	buf_release(&url);
	return status;
}

static bool is_empty(const struct buf *body)
{
	return strspn(buf_str(body), "[] \t\r\n") == body->len;
}

/* The page as a file; an empty one (all of it hidden from us) is kept as well, so
 * that the next pull knows how far this one came. */
static int keep_page(struct pull *p, int page, const struct buf *body)
{
	return write_file(page_path(p, page), buf_str(body), body->len, p->err);
}

/* The page before the next one of an earlier pull: when it is what it was, the
 * ones before it still are. */
static int same_as_kept(struct pull *p, int page, const struct buf *body)
{
	struct buf kept = BUF_INIT;
	struct err ignored = { 0 };
	int same = file_slurp(page_path(p, page), BOUND_HTTP_BYTES, &kept, &ignored) == 0 &&
		   kept.len == body->len && !memcmp(buf_str(&kept), buf_str(body), kept.len);

	buf_release(&kept);
	return same;
}

static int add_pages(struct pull *p, int pages)
{
	for (int page = 1; page <= pages; page++) {
		struct buf body = BUF_INIT;
		int status = file_slurp(page_path(p, page), BOUND_HTTP_BYTES, &body, p->err);

		if (status == 0 && !is_empty(&body))
			add_file(p, page_path(p, page));
		buf_release(&body);
		if (status < 0)
			return -1;
	}
	return 0;
}

/* 1 all pages are in the folder, 0 the site does not give them to us, -1. */
static int get_comments(struct pull *p, struct http_answer *answer)
{
	int kept = pages_there(p), pages = kept ? kept : 1;

	for (int page = pages; page <= pages; page++) {
		int status = get_page(p, page, answer);

		/* Fewer pages than there were: 400, begin anew. */
		if (status == 0 && kept) {
			status = 1;
			answer->status = 0;
		}
		if (status <= 0)
			return status;
		if (kept && (answer->status == 0 || !same_as_kept(p, page, &answer->body))) {
			for (int old = kept; old > 0; old--)
				unlink(page_path(p, old));
			kept = page = 0;
			pages = 1;
			continue;
		}
		kept = 0;
		pages = pages_of(answer);
		if (keep_page(p, page, &answer->body) < 0)
			return -1;
	}
	return add_pages(p, pages) < 0 ? -1 : 1;
}

static void say_kept(struct pull *p)
{
	int kept = pages_there(p);

	if (kept && p->err->code)
		snprintf(p->err->msg + strlen(p->err->msg),
			 sizeof(p->err->msg) - strlen(p->err->msg),
			 "; %d page%s kept, the same command goes on from there", kept,
			 kept == 1 ? " is" : "s are");
}

/* ---- the page as readers see it ---- */

/* The highest comment page that the page names, and an address that names one:
 * "/comment-page-3/", "cpage=3". */
static int last_page(const char *html, char *pattern, size_t size)
{
	static const char *const marks[] = { "comment-page-", "cpage=" };
	int last = 0;

	for (size_t i = 0; i < 2; i++)
		for (const char *at = html; (at = strstr(at, marks[i])); at++) {
			const char *digits = at + strlen(marks[i]), *begin = at;
			long page = strtol(digits, NULL, 10);

			while (begin > html && (size_t)(digits - begin) < size &&
			       !strchr("\"'<> ", begin[-1]))
				begin--;
			if (page <= last || page > PAGES_MAX || (size_t)(digits - begin) >= size)
				continue;
			last = (int)page;
			snprintf(pattern, size, "%.*s", (int)(digits - begin), begin);
		}
	return last;
}

static int get_html_pages(struct pull *p, const char *from, const char *pattern, int pages,
			  struct http_answer *answer)
{
	struct buf url = BUF_INIT, to = BUF_INIT;
	int status = 0;

	for (int page = 1; page <= pages && status == 0; page++) {
		buf_clear(&url);
		buf_clear(&to);
		buf_printf(&to, "%s%d", pattern, page);
		if (!http_join(from, buf_str(&to), &url) || !http_same_site(from, buf_str(&url)))
			continue;
		status = site_get(p->site, buf_str(&url), false, answer, p->err);
		if (status < 0 || answer->status != 200)
			break; /* the import says which pages it has not seen */
		status = keep_page(p, page + 1, &answer->body);
		if (status == 0)
			add_file(p, page_path(p, page + 1));
	}
	buf_release(&to);
	buf_release(&url);
	return status;
}

static int pull_html(struct pull *p, struct http_answer *page, const char *why)
{
	struct http_answer more = { 0 };
	char pattern[512] = "";
	int pages, status;

	p->ret->note = why;
	p->ret->format = NULL;
	p->ret->known = (struct thread_ref){ 0 };
	p->ret->staff_id = NULL;
	if (page->status != 200 && site_get(p->site, p->site->o.url, false, page, p->err) < 0)
		return -1;
	if (page->status != 200)
		return site_refused(page, p->err);
	pages = last_page(buf_str(&page->body), pattern, sizeof(pattern));
	if (pages > HTML_PAGES_MAX)
		return err_set(p->err, ERR_IO, buf_str(&page->url), 0,
			       "names %d pages of comments, more than %d", pages, HTML_PAGES_MAX);
	if (keep_page(p, 1, &page->body) < 0)
		return -1;
	add_file(p, page_path(p, 1));
	status = pages > 1 ? get_html_pages(p, buf_str(&page->url), pattern, pages, &more) : 0;
	http_answer_release(&more);
	return status;
}

/* ---- the whole ---- */

static int pull_rest(struct pull *p, struct http_answer *page)
{
	struct http_answer answer = { 0 };
	int found = site_login(p->site, p->err);

	if (found == 0)
		found = find_article(p, &answer);
	if (found > 0 && open_folder(p) < 0)
		found = -1;
	if (found > 0) {
		p->ret->format = "wordpress-rest";
		found = get_comments(p, &answer);
		if (found < 0)
			say_kept(p);
	}
	http_answer_release(&answer);
	if (found != 0)
		return found < 0 ? -1 : 0;
	/* An address of the interface has no page behind it. */
	if (!buf_str(&page->url)[0])
		return err_set(p->err, ERR_IO, p->site->o.url, 0,
			       "is not open to %s; is it an article's?",
			       p->site->me ? p->site->o.user : "strangers, name a --user");
	site_pull_clear(p->folder);
	if (open_folder(p) < 0)
		return -1;
	return pull_html(p, page, "the site keeps its REST interface shut");
}

static int pull(struct pull *p, struct http_answer *page)
{
	int found = site_find(p->site, p->site->o.url, &p->article, page, p->err);

	if (found < 0)
		return -1;
	if (found > 0 && p->article.id)
		return pull_rest(p, page);
	if (!buf_str(&page->url)[0])
		return err_set(p->err, ERR_USAGE, p->site->o.url, 0, "names no article");
	if (open_folder(p) < 0)
		return -1;
	return pull_html(p, page,
			 found ? "the page does not say which article it is"
			       : "the site names no REST interface");
}

int site_pull(struct site *s, const char *folder, struct arena *a, struct site_thread *ret,
	      struct err *err)
{
	struct site_thread thread = { 0 };
	struct pull p = { .site = s, .folder = folder, .a = a, .ret = &thread, .err = err };
	struct http_answer page = { 0 };
	int status = pull(&p, &page);

	if (status == 0 && p.count == 0)
		status = err_set(err, ERR_INPUT, s->o.url, 0, "has no comments yet");
	if (status == 0) {
		thread.files = p.files;
		thread.count = p.count;
		*ret = thread;
	}
	http_answer_release(&page);
	return status;
}
