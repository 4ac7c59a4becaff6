/* test_web.c - the desk's page asked over loopback, with a clock of the test's own:
 * what expires, what is marked, what is shown of others' work. The locks are tried
 * one by one in tests/cli/t1036-serve.sh, a browser's part in tests/browser.
 */
#include "desk.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/classify.h"
#include "dear/responses.h"
#include "dear/review.h"
#include "dear/stats.h"
#include "dear/web.h"

enum { ADA, BO, COMMENTS };

static const struct desk_comment comments[COMMENTS] = {
	[ADA] = { "1", "Ada & Co", "He left me <b>and</b> I kept quiet.\n\nWas it me?",
		  "Dear Ada,\n\nwait a week.\n\nWarmly,\nthe Dear desk", TRIAGE_NONE, NULL, false },
	[BO] = { "2", NULL, "What now?", "Hello,\n\nwait.\n\nWarmly,\nthe Dear desk", TRIAGE_NONE,
		 NULL, false },
};

struct room {
	struct desk desk;
	int64_t items[COMMENTS], now;
	struct rules *rules;
	struct responses *responses;
	struct web *web;
	struct buf answer;
	char cookie[160], token[80];
};

static int64_t clock_of(void *ctx)
{
	const struct room *r = ctx;

	return r->now;
}

static void open_web(struct room *r, const char *passwords)
{
	const struct web_options o = { .address = "127.0.0.1",
				       .passwords = passwords,
				       .store = r->desk.store,
				       .rules = r->rules,
				       .responses = r->responses,
				       .actor = "ana",
				       .clock = clock_of,
				       .ctx = r };

	r->web = web_open(&o, &r->desk.err);
	if (!r->web)
		fail_msg("%s", r->desk.err.msg);
}

static int set_up(void **state)
{
	struct room *r = calloc(1, sizeof(*r));

	desk_open(&r->desk);
	desk_import(&r->desk, "7", "The letter", comments, COMMENTS, r->items);
	r->now = r->desk.now;
	r->rules = rules_load("data", &r->desk.err);
	r->responses = responses_load("responses", NULL, &r->desk.err);
	assert_non_null(r->rules);
	assert_non_null(r->responses);
	open_web(r, NULL);
	*state = r;
	return 0;
}

static int tear_down(void **state)
{
	struct room *r = *state;

	web_free(r->web);
	rules_free(r->rules);
	responses_free(r->responses);
	buf_release(&r->answer);
	desk_close(&r->desk);
	free(r);
	return 0;
}

/* ---- a client in the same thread ---- */

static int dial(const struct room *r)
{
	const struct sockaddr_in to = { .sin_family = AF_INET,
					.sin_port = htons(web_port(r->web)),
					.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof(to)), 0);
	return fd;
}

/* The answer's status; head and body in r->answer. */
static int ask(struct room *r, const char *method, const char *path, const char *body)
{
	struct buf head = BUF_INIT;
	char bytes[4096];
	ssize_t n = -1;
	int fd = dial(r);

	buf_printf(&head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%u\r\nConnection: close\r\n", method,
		   path, (unsigned)web_port(r->web));
	if (r->cookie[0])
		buf_printf(&head, "Cookie: %s\r\n", r->cookie);
	if (body)
		buf_printf(&head,
			   "Content-Type: application/x-www-form-urlencoded\r\n"
			   "Content-Length: %zu\r\n",
			   strlen(body));
	buf_printf(&head, "\r\n%s", body ? body : "");
	assert_int_equal(send(fd, head.str, head.len, 0), (ssize_t)head.len);
	buf_clear(&r->answer);
	for (int tries = 0; n != 0 && tries < 500; tries++) {
		desk_ok(&r->desk, web_step(r->web, 20, &r->desk.err));
		while ((n = recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
			buf_add(&r->answer, bytes, (size_t)n);
	}
	close(fd);
	buf_release(&head);
	assert_true(r->answer.len > 12);
	return (int)strtol(r->answer.str + 9, NULL, 10);
}

static bool has(const struct room *r, const char *text)
{
	return strstr(buf_str(&r->answer), text) != NULL;
}

static void assert_has(const struct room *r, const char *text)
{
	if (!has(r, text))
		fail_msg("no \"%s\" in:\n%s", text, buf_str(&r->answer));
}

static void copy_between(char *out, size_t size, const char *in, const char *begin, const char *end)
{
	const char *s = strstr(in, begin);

	if (!s)
		fail_msg("no \"%s\" in:\n%s", begin, in);
	s += strlen(begin);
	snprintf(out, size, "%.*s", (int)strcspn(s, end), s);
}

static const char *path_of(struct room *r, const char *link)
{
	return arena_strdup(&r->desk.a, strstr(link, "/in/"));
}

static void keep_cookie(struct room *r)
{
	copy_between(r->cookie, sizeof(r->cookie), buf_str(&r->answer), "Set-Cookie: ", ";");
	copy_between(r->token, sizeof(r->token), buf_str(&r->answer), "data-token=\"", "\"");
}

static void sign_in(struct room *r)
{
	assert_int_equal(ask(r, "GET", path_of(r, web_link(r->web)), NULL), 200);
	keep_cookie(r);
}

static const char *item_path(struct room *r, int who, const char *rest)
{
	return arena_printf(&r->desk.a, "/item/%d%s", (int)r->items[who], rest);
}

static const char *form(struct room *r, const char *rest)
{
	return arena_printf(&r->desk.a, "token=%s%s", r->token, rest);
}

/* ---- doors ---- */

static void a_link_opens_once_and_for_a_while(void **state)
{
	struct room *r = *state;
	const char *first = path_of(r, web_link(r->web));
	const char *second = path_of(r, web_link(r->web));

	assert_string_not_equal(first, second);
	assert_int_equal(ask(r, "GET", first, NULL), 403);
	r->now += BOUND_WEB_LINK_SECONDS + 1;
	assert_int_equal(ask(r, "GET", second, NULL), 403);
	second = path_of(r, web_link(r->web));
	assert_int_equal(ask(r, "GET", second, NULL), 200);
	assert_int_equal(ask(r, "GET", second, NULL), 403);
}

static void an_idle_session_ends(void **state)
{
	struct room *r = *state;

	sign_in(r);
	r->now += BOUND_WEB_SESSION_SECONDS - 10;
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	r->now += BOUND_WEB_SESSION_SECONDS - 10;
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	r->now += BOUND_WEB_SESSION_SECONDS + 10;
	assert_int_equal(ask(r, "GET", "/", NULL), 303);
	assert_int_equal(ask(r, "POST", item_path(r, ADA, "/approve"), form(r, "")), 403);
	assert_int_equal(desk_item(&r->desk, r->items[ADA]).status, ITEM_DRAFTED);
}

static void more_sessions_than_there_is_room_for_end_the_oldest(void **state)
{
	struct room *r = *state;
	char first[160];

	sign_in(r);
	snprintf(first, sizeof(first), "%s", r->cookie);
	for (int i = 0; i < BOUND_WEB_SESSIONS; i++) {
		r->now++;
		r->cookie[0] = '\0';
		sign_in(r);
	}
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	snprintf(r->cookie, sizeof(r->cookie), "%s", first);
	assert_int_equal(ask(r, "GET", "/", NULL), 303);
}

static void passwords_are_hashed_with_salt(void **state)
{
	struct room *r = *state;
	struct buf file = BUF_INIT, again = BUF_INIT;
	struct err err = { 0 };

	assert_int_equal(web_password_line("bo", "a longer word", &file, &err), 0);
	assert_int_equal(web_password_line("bo", "a longer word", &again, &err), 0);
	assert_string_not_equal(buf_str(&file), buf_str(&again));
	assert_int_equal(web_password_line("b:o", "a longer word", &again, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	err = (struct err){ 0 };
	assert_int_equal(web_password_line("bo", "short", &again, &err), -1);
	web_free(r->web);
	open_web(r, buf_str(&file));
	assert_int_equal(ask(r, "POST", "/in", "name=bo&password=another+word"), 403);
	assert_int_equal(ask(r, "POST", "/in", "name=&password=a+longer+word"), 403);
	assert_int_equal(ask(r, "POST", "/in", "name=b&password=a+longer+word"), 403);
	assert_int_equal(ask(r, "POST", "/in", "name=bo&password=a+longer+word"), 303);
	copy_between(r->cookie, sizeof(r->cookie), buf_str(&r->answer), "Set-Cookie: ", ";");
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	assert_has(r, "<bdi>bo</bdi>");
	buf_release(&file);
	buf_release(&again);
}

static void only_this_machine_is_loopback(void **state)
{
	(void)state;
	assert_true(web_is_loopback("127.0.0.1"));
	assert_true(web_is_loopback("127.9.9.9"));
	assert_true(web_is_loopback("::1"));
	assert_false(web_is_loopback("0.0.0.0"));
	assert_false(web_is_loopback("::"));
	assert_false(web_is_loopback("192.0.2.1"));
	assert_false(web_is_loopback("localhost"));
	assert_false(web_is_loopback(""));
}

/* ---- pages ---- */

static void find(struct room *r, struct evidence *evidence, size_t count)
{
	struct situation found[] = {
		{ .label = "they_ended_it",
		  .score = 0.9,
		  .band = BAND_HIGH,
		  .evidence = evidence,
		  .evidence_count = count },
		{ .label = "no_contact",
		  .score = 0.4,
		  .band = BAND_LOW,
		  .evidence = evidence + count,
		  .evidence_count = 1 },
	};
	const struct classification c = { .situations = found, .situation_count = 2 };

	desk_ok(&r->desk,
		store_classification_put(r->desk.store, r->items[ADA], &c, 1, &r->desk.err));
}

/* "He left me" and "me <b>" overlap: one mark that names both. */
static void evidence_is_marked_in_place(void **state)
{
	struct room *r = *state;
	struct evidence list[] = {
		{ 0, 10, "He left me", "they_ended_it.left", true },
		{ 44, 46, "me", "they_ended_it.me", false },
		{ 8, 14, "me <b>", "no_contact.quiet", true },
	};

	find(r, list, 2);
	sign_in(r);
	assert_int_equal(ask(r, "GET", item_path(r, ADA, ""), NULL), 200);
	assert_has(r,
		   "<p dir=\"auto\"><mark class=\"for\" data-means=\"they ended it; no contact\">"
		   "He left me &lt;b&gt;<span class=\"sr\"> (they ended it; no contact) </span>"
		   "</mark>and&lt;/b&gt; I kept quiet.</p>");
	assert_has(r, "<p dir=\"auto\">Was it <mark class=\"against\" data-means=\"against they "
		      "ended it\">me<span");
	assert_has(r, "Ada &amp; Co");
	assert_has(r, "maybe (low)");
}

static void a_decision_names_what_was_seen(void **state)
{
	struct room *r = *state;
	char seen[80];
	const char *body;

	sign_in(r);
	assert_int_equal(ask(r, "GET", item_path(r, ADA, ""), NULL), 200);
	copy_between(seen, sizeof(seen), buf_str(&r->answer), "name=\"seen\" value=\"", "\"");
	body = form(r, arena_printf(&r->desk.a, "&seen=%s", seen));
	desk_decide(&r->desk, r->items[ADA], DECISION_REJECTED);
	assert_int_equal(ask(r, "POST", item_path(r, ADA, "/approve"), body), 409);
	assert_has(r, "Not done:");
	assert_int_equal(desk_item(&r->desk, r->items[ADA]).status, ITEM_REJECTED);
}

static void who_has_an_item_open_is_told(void **state)
{
	struct room *r = *state;
	const struct review bo = {
		.store = r->desk.store, .actor = "bo", .place = "terminal 1", .now = r->now
	};
	struct hold hold;

	desk_ok(&r->desk, review_hold(&bo, r->items[ADA], &r->desk.a, &hold, &r->desk.err));
	sign_in(r);
	assert_int_equal(ask(r, "GET", item_path(r, ADA, ""), NULL), 200);
	assert_has(r, "<bdi>bo</bdi> has this item open");
	/* Somebody else's is no next item. */
	assert_int_equal(ask(r, "GET", item_path(r, BO, ""), NULL), 200);
	assert_false(has(r, "rel=\"prev\""));
	assert_int_equal(review_held(&bo, r->items[BO], &r->desk.a, &hold, &r->desk.err), 1);
	assert_string_equal(hold.actor, "ana");
	/* Opening another gives the first one up. */
	desk_ok(&r->desk, review_let_go(&bo, r->items[ADA], &r->desk.err));
	assert_int_equal(ask(r, "GET", item_path(r, ADA, ""), NULL), 200);
	assert_int_equal(review_held(&bo, r->items[BO], &r->desk.a, &hold, &r->desk.err), 0);
}

/* The queue is kept between pages; whoever writes makes it void. */
static void the_queue_follows_what_anybody_decides(void **state)
{
	struct room *r = *state;
	struct store *other;
	struct decision d = { .kind = DECISION_DISMISSED, .actor = "bo", .at = r->now };

	sign_in(r);
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	assert_has(r, "2 items");
	other = store_open(r->desk.path, STORE_WRITE, &r->desk.err);
	assert_non_null(other);
	desk_ok(&r->desk, store_decision_add(other, r->items[BO], &d, &r->desk.err));
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	assert_has(r, "1 item,");
	assert_int_equal(ask(r, "POST", item_path(r, ADA, "/dismiss"), form(r, "")), 303);
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	assert_has(r, "Nothing here.");
	assert_int_equal(ask(r, "GET", "/?status=all", NULL), 200);
	assert_has(r, "2 items");
	assert_int_equal(ask(r, "POST", item_path(r, ADA, "/reopen?status=all"), form(r, "")), 303);
	assert_int_equal(ask(r, "GET", "/", NULL), 200);
	assert_has(r, "1 item,");
	store_free(other);
}

static void a_note_is_shown_once(void **state)
{
	struct room *r = *state;
	char where[160];

	sign_in(r);
	assert_int_equal(ask(r, "POST", item_path(r, ADA, "/dismiss"), form(r, "")), 303);
	copy_between(where, sizeof(where), buf_str(&r->answer), "Location: ", "\r");
	assert_int_equal(ask(r, "GET", where, NULL), 200);
	assert_has(r, "dismissed: no reply is wanted");
	assert_has(r, "/undo?");
	assert_int_equal(ask(r, "GET", where, NULL), 200);
	assert_false(has(r, "dismissed: no reply is wanted"));
}

static void unnamed_readers_borrow_no_name(void **state)
{
	static const struct desk_comment more[] = {
		{ "3", "Cy", "And me?", "Hello Cy,\n\nwait.", TRIAGE_NONE, "2", false },
	};
	struct room *r = *state;
	int64_t item;

	desk_import(&r->desk, "7", "The letter", more, 1, &item);
	sign_in(r);
	assert_int_equal(ask(r, "GET", arena_printf(&r->desk.a, "/item/%d", (int)item), NULL), 200);
	assert_has(r,
		   "<blockquote class=\"near\">\n<p class=\"meta\"><bdi>A reader without a name");
	assert_int_equal(ask(r, "GET", "/thread/1", NULL), 200);
	assert_has(r, "depth-1");
}

static void statistics_are_one_file(void **state)
{
	struct room *r = *state;
	struct buf page = BUF_INIT;
	struct stats s;

	desk_decide(&r->desk, r->items[ADA], DECISION_APPROVED);
	desk_ok(&r->desk,
		stats_make(r->desk.store, INT64_MIN, r->now, &r->desk.a, &s, &r->desk.err));
	desk_ok(&r->desk, web_stats_file(&s, &page, &r->desk.err));
	assert_non_null(strstr(page.str, "<style>\n/* The desk"));
	assert_non_null(strstr(page.str, "<rect class=\"answered\""));
	assert_non_null(strstr(page.str, "test</th>"));
	assert_null(strstr(page.str, "<script"));
	assert_null(strstr(page.str, "href="));
	assert_null(strstr(page.str, "Ada"));
	buf_release(&page);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
		TEST(a_link_opens_once_and_for_a_while),
		TEST(an_idle_session_ends),
		TEST(more_sessions_than_there_is_room_for_end_the_oldest),
		TEST(passwords_are_hashed_with_salt),
		TEST(evidence_is_marked_in_place),
		TEST(a_decision_names_what_was_seen),
		TEST(who_has_an_item_open_is_told),
		TEST(the_queue_follows_what_anybody_decides),
		TEST(a_note_is_shown_once),
		TEST(unnamed_readers_borrow_no_name),
		TEST(statistics_are_one_file),
#undef TEST
		cmocka_unit_test(only_this_machine_is_loopback),
	};

	return UNIT_RUN(tests);
}
