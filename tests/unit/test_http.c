/* test_http.c - addresses and headers: where dear may go, what is one site, and
 * what an answer says. Requests are tested with a site to send them to, in
 * tests/cli/t1055-pull.sh and t1056-push.sh.
 */
#include "unit.h"

#include <string.h>

#include "dear/err.h"
#include "dear/http.h"

static void only_safe_addresses_are_homes(void **state)
{
	static const struct {
		const char *url;
		bool insecure, fine;
	} cases[] = {
		{ "https://readers.example/", false, true },
		{ "https://readers.example:8443/blog", false, true },
		{ "http://readers.example/", false, false },
		{ "http://readers.example/", true, true },
		{ "http://127.0.0.1:8080/", false, true },
		{ "http://127.9.9.9/", false, true },
		{ "http://localhost/", false, true },
		{ "http://LOCALHOST/", false, true },
		{ "http://[::1]:80/", false, true },
		{ "http://localhost.readers.example/", false, false },
		{ "http://127.0.0.1.readers.example/", false, false },
		{ "http://128.0.0.1/", false, false },
		{ "https://maren:word@readers.example/", false, false },
		{ "https://maren@readers.example/", false, false },
		{ "ftp://readers.example/", true, false },
		{ "file:///etc/passwd", true, false },
		{ "javascript:alert(1)", true, false },
		{ "readers.example", false, false },
		{ "", false, false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct http_options o = { .home = cases[i].url,
						.agent = "dear/test",
						.insecure = cases[i].insecure,
						.timeout = 1 };
		struct err err = { 0 };
		struct http *h = http_open(&o, &err);

		if (!h != !cases[i].fine)
			fail_msg("%s: %s", cases[i].url, err.msg);
		if (!h)
			assert_int_equal(err.code, ERR_USAGE);
		http_free(h);
	}
}

static void a_site_is_scheme_host_and_port(void **state)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{ "https://readers.example/a", "https://Readers.Example:443/b?c", true },
		{ "http://readers.example", "http://readers.example:80/", true },
		{ "https://readers.example/", "http://readers.example/", false },
		{ "https://readers.example/", "https://www.readers.example/", false },
		{ "http://127.0.0.1:1/", "http://127.0.0.1:2/", false },
		{ "https://readers.example/", "https://readers.example.evil.example/", false },
		{ "https://readers.example/", "https://readers.example@evil.example/", false },
		{ "https://readers.example/", "/a", false },
		{ "", "", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (http_same_site(cases[i].a, cases[i].b) != cases[i].same)
			fail_msg("%s and %s", cases[i].a, cases[i].b);
}

static void hosts_are_as_threads_have_them(void **state)
{
	static const char *const cases[][2] = {
		{ "https://Readers.Example/a", "readers.example" },
		{ "https://readers.example:443/a", "readers.example" },
		{ "http://127.0.0.1:8080", "127.0.0.1:8080" },
		{ "no address", NULL },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf host = BUF_INIT;

		assert_int_equal(http_host(cases[i][0], &host), cases[i][1] != NULL);
		assert_string_equal(buf_str(&host), cases[i][1] ? cases[i][1] : "");
		buf_release(&host);
	}
}

static void addresses_are_seen_from_where_they_stand(void **state)
{
	static const char *const cases[][3] = {
		{ "https://a.example/x/y", "/z?q=1", "https://a.example/z?q=1" },
		{ "https://a.example/x/y", "z", "https://a.example/x/z" },
		{ "https://a.example/x/y", "//b.example/", "https://b.example/" },
		{ "https://a.example/x/y", "https://b.example/c", "https://b.example/c" },
		{ "https://a.example/x/?a=1", "?cpage=2", "https://a.example/x/?cpage=2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct buf url = BUF_INIT;

		assert_true(http_join(cases[i][0], cases[i][1], &url));
		assert_string_equal(buf_str(&url), cases[i][2]);
		buf_release(&url);
	}
}

static void headers_are_found_by_name_and_number(void **state)
{
	struct http_answer a = { 0 };
	struct buf value = BUF_INIT;

	(void)state;
	assert_false(http_header(&a, "link", 0, &value));
	buf_puts(&a.headers, "HTTP/1.1 200 OK\r\nlink: <a>\r\nlink-other: no\r\n"
			     "link:<b>; rel=\"x\"\r\n\r\n");
	assert_true(http_header(&a, "link", 0, &value));
	assert_string_equal(value.str, "<a>");
	buf_clear(&value);
	assert_true(http_header(&a, "link", 1, &value));
	assert_string_equal(value.str, "<b>; rel=\"x\"");
	assert_false(http_header(&a, "link", 2, &value));
	buf_release(&value);
	http_answer_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_safe_addresses_are_homes),
		cmocka_unit_test(a_site_is_scheme_host_and_port),
		cmocka_unit_test(hosts_are_as_threads_have_them),
		cmocka_unit_test(addresses_are_seen_from_where_they_stand),
		cmocka_unit_test(headers_are_found_by_name_and_number),
	};

	return UNIT_RUN(tests);
}
