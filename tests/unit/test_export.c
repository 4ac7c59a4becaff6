/* test_export.c - approved replies, written for somebody else: which leave, in
 * which order, what is recorded, and that no text becomes anything but text.
 */
#include "desk.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>

#include "dear/buf.h"
#include "dear/export.h"

/* ---- a desk with two threads ---- */

enum { MAYA, THEO, INES, NOBODY, FIRST_COUNT };
enum { OMAR, SECOND_COUNT };

static const struct desk_comment first[FIRST_COUNT] = {
	[MAYA] = { "101", "Maya", "Nine days now.\n\nShall I send it?",
		   "Dear Maya,\n\nwait.\nYours", TRIAGE_NONE, NULL, false },
	[THEO] = { "102", "Theo <b>", "=1+1, he said \"no\"", "Dear Theo, rest.", TRIAGE_NONE, NULL,
		   false },
	[INES] = { "103", "In\x1b[31mes", "# not a heading\x07", "Dear Ines, sleep.", TRIAGE_NONE,
		   NULL, false },
	[NOBODY] = { "104", NULL, "No name here.", "Hello, breathe.", TRIAGE_NONE, NULL, false },
};
static const struct desk_comment second[SECOND_COUNT] = {
	[OMAR] = { "900", "\xd8\xb9\xd9\x85\xd8\xb1", "Hello.", "Dear Omar.", TRIAGE_NONE, NULL,
		   false },
};

struct room {
	struct desk desk;
	int64_t threads[2], items[FIRST_COUNT], omar;
	struct export_options options;
	uint64_t count;
	char *out; /* what the last export wrote */
	size_t len;
	int flushes;
};

static int set_up(void **state)
{
	struct room *room = calloc(1, sizeof(*room));

	desk_open(&room->desk);
	room->threads[0] = desk_import(&room->desk, "7", "The letter & <you>", first, FIRST_COUNT,
				       room->items);
	room->threads[1] =
		desk_import(&room->desk, "8", "Silence", second, SECOND_COUNT, &room->omar);
	room->options = (struct export_options){ .actor = "bo", .now = room->desk.now + 60 };
	*state = room;
	return 0;
}

static int tear_down(void **state)
{
	struct room *room = *state;

	desk_close(&room->desk);
	free(room->out);
	free(room);
	return 0;
}

static void approve(struct room *room, int64_t id)
{
	struct item it = desk_item(&room->desk, id);
	const struct decision d = {
		.kind = DECISION_APPROVED,
		.revision = it.revision,
		.text = it.reply,
		.comment_hash = it.comment_hash,
		.basis = it.basis,
		.actor = "ana",
		.at = room->desk.now,
	};

	desk_ok(&room->desk, store_decision_add(room->desk.store, id, &d, &room->desk.err));
}

static int count_flush(void *ctx, struct err *err)
{
	struct room *room = ctx;

	(void)err;
	room->flushes++;
	return 0;
}

static int export(struct room *room, const char *format)
{
	FILE *out;
	int status;

	free(room->out);
	room->out = NULL;
	out = open_memstream(&room->out, &room->len);
	assert_non_null(out);
	room->options.format = format;
	status = export_write(room->desk.store, &room->options, out, count_flush, room,
			      &room->count, &room->desk.d, &room->desk.err);
	assert_int_equal(fclose(out), 0);
	return status;
}

static const char *exported(struct room *room, const char *format)
{
	desk_ok(&room->desk, export(room, format));
	return room->out;
}

static void approve_all(struct room *room)
{
	approve(room, room->omar);
	for (int i = FIRST_COUNT - 1; i >= 0; i--)
		approve(room, room->items[i]);
}

#define assert_has(text, part)                                     \
	do {                                                       \
		if (!strstr(text, part))                           \
			fail_msg("no \"%s\" in:\n%s", part, text); \
	} while (0)
#define assert_lacks(text, part)                                  \
	do {                                                      \
		if (strstr(text, part))                           \
			fail_msg("a \"%s\" in:\n%s", part, text); \
	} while (0)

/* ---- which leave ---- */

static void nothing_approved_is_a_whole_file_of_nothing(void **state)
{
	struct room *room = *state;

	assert_string_equal(exported(room, "json"), "[]\n");
	assert_string_equal(exported(room, "ndjson"), "");
	assert_string_equal(exported(room, "csv"),
			    "id,thread,thread_url,in_reply_to,author,comment,reply,approved_by,"
			    "approved_at\r\n");
	assert_string_equal(exported(room, "text"), "");
	assert_string_equal(exported(room, "markdown"), "# Approved replies\n");
	assert_has(exported(room, "html"), "There are none.");
	assert_int_equal(room->count, 0);
}

static void only_approved_ones_leave(void **state)
{
	struct room *room = *state;
	struct decision d = { .kind = DECISION_REJECTED, .actor = "ana", .at = room->desk.now };

	room->options.again = true;
	approve(room, room->items[MAYA]);
	desk_ok(&room->desk,
		store_decision_add(room->desk.store, room->items[THEO], &d, &room->desk.err));
	d.kind = DECISION_DISMISSED;
	desk_ok(&room->desk,
		store_decision_add(room->desk.store, room->items[INES], &d, &room->desk.err));
	for (const struct export_format *f = export_formats(); f->name; f++) {
		exported(room, f->name);
		assert_int_equal(room->count, 1);
		assert_has(room->out, "wait.");
		assert_lacks(room->out, "Dear Theo");
		assert_lacks(room->out, "Dear Ines");
		assert_lacks(room->out, "breathe");
	}
}

static void an_edit_after_the_yes_does_not_leave(void **state)
{
	struct room *room = *state;
	int number;

	room->options.again = true;
	approve(room, room->items[MAYA]);
	desk_ok(&room->desk, store_revision_add(room->desk.store, room->items[MAYA], "Unread!",
						"bo", room->desk.now, &number, &room->desk.err));
	assert_lacks(exported(room, "text"), "Unread!");
}

static void stale_ones_are_left_out_by_name(void **state)
{
	struct room *room = *state;

	room->options.again = true;
	approve_all(room);
	desk_draft(&room->desk, room->items[THEO],
		   &(struct desk_comment){ .draft = "Dear Theo, up." }, 2);
	exported(room, "text");
	assert_int_equal(room->count, FIRST_COUNT);
	assert_lacks(room->out, "Dear Theo");
	assert_int_equal(room->desk.d.total[DIAG_STALE], 1);
	assert_string_equal(room->desk.d.list[room->desk.d.count - 1].where,
			    arena_printf(&room->desk.a, "item %d", (int)room->items[THEO]));
	room->options.stale = true;
	assert_has(exported(room, "text"), "Dear Theo, rest.");
	assert_int_equal(room->desk.d.total[DIAG_STALE], 1);
}

static void one_thread_or_all_in_order(void **state)
{
	struct room *room = *state;
	json_t *array;

	approve_all(room);
	array = json_loads(exported(room, "json"), 0, NULL);
	assert_int_equal(json_array_size(array), FIRST_COUNT + SECOND_COUNT);
	for (size_t i = 0; i < json_array_size(array); i++) {
		json_t *o = json_array_get(array, i);

		assert_int_equal(json_integer_value(json_object_get(o, "id")),
				 i < FIRST_COUNT ? room->items[i] : room->omar);
	}
	json_decref(array);
	room->options.thread = room->threads[1];
	exported(room, "text");
	assert_int_equal(room->count, 1);
	assert_has(room->out, "Dear Omar.");
	assert_lacks(room->out, "Maya");
	room->options.thread = 77;
	assert_int_equal(export(room, "text"), -1);
	assert_int_equal(room->desk.err.code, ERR_USAGE);
}

/* ---- receipts ---- */

static void reading_formats_change_nothing(void **state)
{
	struct room *room = *state;
	struct store *readonly;

	approve_all(room);
	for (const struct export_format *f = export_formats(); f->name; f++) {
		if (f->sends)
			continue;
		exported(room, f->name);
		assert_int_equal(room->count, FIRST_COUNT + SECOND_COUNT);
	}
	assert_false(desk_item(&room->desk, room->items[MAYA]).flags & ITEM_EXPORTED);
	store_free(room->desk.store);
	readonly = room->desk.store = store_open(room->desk.path, STORE_READ, &room->desk.err);
	assert_non_null(readonly);
	exported(room, "json");
	assert_int_equal(room->count, FIRST_COUNT + SECOND_COUNT);
	assert_false(store_in_transaction(readonly));
}

static void marking_sends_each_once(void **state)
{
	struct room *room = *state;
	struct receipt *list;
	size_t count;

	approve(room, room->items[MAYA]);
	room->options.mark = true;
	exported(room, "csv");
	assert_int_equal(room->count, 1);
	assert_int_equal(room->flushes, 1);
	assert_true(desk_item(&room->desk, room->items[MAYA]).flags & ITEM_EXPORTED);
	desk_ok(&room->desk, store_receipts(room->desk.store, room->items[MAYA], &room->desk.a,
					    &list, &count, &room->desk.err));
	assert_int_equal(count, 1);
	assert_string_equal(list[0].target, "export csv");
	assert_string_equal(list[0].actor, "bo");
	assert_int_equal(list[0].at, room->options.now);

	approve(room, room->omar);
	assert_lacks(exported(room, "text"), "Maya");
	assert_int_equal(room->count, 1);
	room->options.again = true;
	exported(room, "text");
	assert_int_equal(room->count, 2);
	room->options.again = room->options.mark = false;
	exported(room, "text");
	assert_int_equal(room->count, 2);
}

static int fail_flush(void *ctx, struct err *err)
{
	(void)ctx;
	return err_set(err, ERR_IO, "out.json", 0, "the disk is full");
}

static void no_receipt_without_a_file(void **state)
{
	struct room *room = *state;
	FILE *out = fopen("/dev/null", "w");

	approve(room, room->items[MAYA]);
	room->options.mark = true;
	room->options.format = "json";
	assert_int_equal(export_write(room->desk.store, &room->options, out, fail_flush, NULL,
				      &room->count, &room->desk.d, &room->desk.err),
			 -1);
	fclose(out);
	assert_int_equal(room->desk.err.code, ERR_IO);
	assert_false(desk_item(&room->desk, room->items[MAYA]).flags & ITEM_EXPORTED);
	assert_false(store_in_transaction(room->desk.store));
}

static void a_full_disk_is_an_error(void **state)
{
	struct room *room = *state;

	approve(room, room->items[MAYA]);
	for (int mark = 0; mark < 2; mark++) {
		FILE *out = fopen("/dev/full", "w");
		struct err err = { 0 };

		if (!out)
			skip();
		room->options.mark = mark;
		room->options.format = "html";
		room->flushes = 0;
		assert_int_equal(export_write(room->desk.store, &room->options, out, count_flush,
					      room, &room->count, &room->desk.d, &err),
				 -1);
		fclose(out);
		assert_int_equal(err.code, ERR_IO);
		assert_int_equal(room->flushes, 0);
		assert_false(desk_item(&room->desk, room->items[MAYA]).flags & ITEM_EXPORTED);
	}
}

static void an_unknown_format_names_the_others(void **state)
{
	struct room *room = *state;

	room->count = 41;
	assert_int_equal(export(room, "pdf"), -1);
	assert_int_equal(room->desk.err.code, ERR_USAGE);
	assert_has(room->desk.err.msg, "markdown");
	assert_int_equal(room->count, 41);
	assert_int_equal(room->len, 0);
}

/* ---- formats ---- */

static void json_has_the_agreed_shape(void **state)
{
	static const char *const keys[] = { "id",          "thread",      "thread_url",
					    "in_reply_to", "author",      "comment",
					    "reply",       "approved_by", "approved_at" };
	struct room *room = *state;
	json_t *array, *o, *value;
	const char *key;
	size_t k = 0;

	approve(room, room->items[MAYA]);
	approve(room, room->items[NOBODY]);
	array = json_loads(exported(room, "json"), 0, NULL);
	assert_int_equal(json_array_size(array), 2);
	o = json_array_get(array, 0);
	assert_int_equal(json_object_size(o), 9);
	json_object_foreach(o, key, value) assert_string_equal(key, keys[k++]);
	assert_int_equal(json_integer_value(json_object_get(o, "thread")), room->threads[0]);
	assert_string_equal(json_string_value(json_object_get(o, "thread_url")),
			    "https://readers.example/post-7/");
	assert_string_equal(json_string_value(json_object_get(o, "in_reply_to")), "101");
	assert_string_equal(json_string_value(json_object_get(o, "author")), "Maya");
	assert_string_equal(json_string_value(json_object_get(o, "comment")), first[MAYA].text);
	assert_string_equal(json_string_value(json_object_get(o, "reply")), first[MAYA].draft);
	assert_string_equal(json_string_value(json_object_get(o, "approved_by")), "ana");
	assert_string_equal(json_string_value(json_object_get(o, "approved_at")),
			    "2026-03-01T09:30:00Z");
	assert_true(json_is_null(json_object_get(json_array_get(array, 1), "author")));
	json_decref(array);
}

/* ndjson is json without what makes it an array. */
static void ndjson_has_one_a_line(void **state)
{
	struct room *room = *state;
	struct buf joined = BUF_INIT;
	const char *line, *end;
	size_t count = 0;
	json_t *o;

	approve_all(room);
	exported(room, "ndjson");
	for (line = room->out; (end = strchr(line, '\n')); line = end + 1) {
		o = json_loadb(line, (size_t)(end - line), 0, NULL);
		assert_true(json_is_object(o));
		json_decref(o);
		buf_puts(&joined, count++ > 0 ? ",\n" : "[\n");
		buf_add(&joined, line, (size_t)(end - line));
	}
	assert_string_equal(line, "");
	assert_int_equal(count, FIRST_COUNT + SECOND_COUNT);
	buf_puts(&joined, "\n]\n");
	assert_string_equal(buf_str(&joined), exported(room, "json"));
	buf_release(&joined);
}

static void same_store_same_bytes(void **state)
{
	struct room *room = *state;

	room->options.again = true;
	approve_all(room);
	for (const struct export_format *f = export_formats(); f->name; f++) {
		char *before = strdup(exported(room, f->name));

		room->options.now += 1000;
		assert_string_equal(exported(room, f->name), before);
		free(before);
	}
}

static void no_format_passes_control_characters(void **state)
{
	struct desk_comment c = { "950",
				  "A\x9b"
				  "x",
				  NULL,
				  "Dear all.",
				  TRIAGE_NONE,
				  NULL,
				  false };
	struct room *room = *state;
	int64_t id;

	room->options.again = true;
	c.author = "Eve\x1b]0;x\x07\n## Eve\xc2\x9b"
		   "31m\xe2\x80\xae";
	c.text = "a\x1b[2J\x08\x7f"
		 "b\xc2\x85\xe2\x80\xae"
		 "c";
	desk_import(&room->desk, "9", "T\x1b\xc2\x9d", &c, 1, &id);
	approve(room, id);
	for (const struct export_format *f = export_formats(); f->name; f++) {
		const char *s = exported(room, f->name);

		for (; *s; s++)
			assert_true((unsigned char)*s >= ' ' || strchr("\t\n\r", *s));
		assert_lacks(room->out, "\x7f");
		assert_lacks(room->out, "\xc2\x9b");
		assert_lacks(room->out, "\xc2\x85");
		assert_lacks(room->out, "\xe2\x80\xae");
		/* A name can't begin a line where lines mean something. */
		if (!strcmp(f->name, "text") || !strcmp(f->name, "markdown"))
			assert_lacks(room->out, "\n## Eve");
	}
}

static void csv_is_a_table(void **state)
{
	struct room *room = *state;

	approve(room, room->items[MAYA]);
	approve(room, room->items[THEO]);
	exported(room, "csv");
	assert_has(room->out,
		   ",https://readers.example/post-7/,101,Maya,\"Nine days now.\n\nShall I "
		   "send it?\",\"Dear Maya,\n\nwait.\nYours\",ana,2026-03-01T09:30:00Z\r\n");
	assert_has(room->out, ",102,Theo <b>,\"'=1+1, he said \"\"no\"\"\",");
}

static void csv_cells_are_harmless(void **state)
{
	static const struct {
		const char *text, *cell;
	} cases[] = {
		{ "", "" },
		{ "plain", "plain" },
		{ "a,b", "\"a,b\"" },
		{ "say \"hi\"", "\"say \"\"hi\"\"\"" },
		{ "two\nlines", "\"two\nlines\"" },
		{ " kept ", "\" kept \"" },
		{ "=A1", "'=A1" },
		{ "+49 30", "'+49 30" },
		{ "- I left him", "'- I left him" },
		{ "@sum", "'@sum" },
		{ "\t=A1", "' =A1" },
		{ "\r=A1", "'\xef\xbf\xbd=A1" },
		{ "\n=A1", "\"'\n=A1\"" },
		{ "\xef\xbc\x9d"
		  "A1",
		  "'\xef\xbc\x9d"
		  "A1" },
		{ "=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"" },
		{ "1-2", "1-2" },
		{ "'=", "'=" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		buf_clear(&out);
		export_csv_cell(&out, cases[i].text);
		assert_string_equal(buf_str(&out), cases[i].cell);
	}
	buf_release(&out);
}

static void html_is_escaped_and_whole(void **state)
{
	struct desk_comment c = { "950",
				  "Eve\"><script>",
				  "<script>alert(1)</script>\n\nTwo\nlines",
				  "Dear <i>Eve</i> & co.",
				  TRIAGE_NONE,
				  NULL,
				  false };
	struct room *room = *state;
	int64_t id;

	desk_import(&room->desk, "9", "</title><script>", &c, 1, &id);
	approve_all(room);
	approve(room, id);
	exported(room, "html");
	assert_memory_equal(room->out, "<!DOCTYPE html>\n<html lang=\"en\">", 32);
	assert_lacks(room->out, "<script");
	assert_lacks(room->out, "<i>");
	assert_has(room->out,
		   "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n<p>Two<br>\nlines</p>");
	assert_has(room->out, "Dear &lt;i&gt;Eve&lt;/i&gt; &amp; co.");
	assert_has(room->out, "<a href=\"https://readers.example/post-7/#comment-101\">");
	assert_has(room->out, "<time datetime=\"2026-03-01T09:30:00Z\">");
	assert_string_equal(room->out + room->len - 16, "</body>\n</html>\n");
}

static void only_web_addresses_become_links(void **state)
{
	struct room *room = *state;
	const struct thread_ref ref = { .url = "javascript:alert(1)", .title = "Trap" };
	const struct desk_comment c = {
		"950", "Eve", "Hm.", "Dear Eve.", TRIAGE_NONE, NULL, false
	};
	int64_t thread, import, id;

	desk_ok(&room->desk, store_import_begin(room->desk.store, 1, &import, &room->desk.err));
	desk_ok(&room->desk, store_thread_put(room->desk.store, &ref, "trap", "test", 1, &thread,
					      &room->desk.err));
	desk_put(&room->desk, import, thread, &c, 1);
	desk_ok(&room->desk, store_thread_link(room->desk.store, thread, false, INT64_MIN,
					       &room->desk.d, &room->desk.err));
	id = room->omar + 1;
	assert_string_equal(desk_item(&room->desk, id).comment_id, "950");
	desk_draft(&room->desk, id, &c, 1);
	approve(room, id);
	assert_lacks(exported(room, "html"), "javascript:");
	assert_lacks(exported(room, "markdown"), "javascript:");
}

static void markdown_stays_text(void **state)
{
	static const struct {
		const char *reply, *shown;
	} cases[] = {
		{ "# no heading", "\n\\# no heading\n" },
		{ "- no list\n* nor this", "\n\\- no list\\\n\\* nor this\n" },
		{ "1. first\n2) second", "\n1\\. first\\\n2\\) second\n" },
		{ "2026 was hard. 3.5 weeks", "\n2026 was hard. 3.5 weeks\n" },
		{ "above\n=====", "\nabove\\\n\\=====\n" },
		{ "    no code", "\nno code\n" },
		{ "a <b> & [c](d) `e` _f_", "\na \\<b> \\& \\[c\\](d) \\`e\\` \\_f\\_\n" },
		{ "back\\slash", "\nback\\\\slash\n" },
		{ "> no quotation", "\n\\> no quotation\n" },
		{ "one\n\ntwo", "\none\n\ntwo\n" },
		{ "| a | b |\n|---|---|", "\n\\| a \\| b \\|\\\n\\|---\\|---\\|\n" },
	};
	struct room *room = *state;
	int number;

	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		const struct decision open = { .kind = DECISION_REOPENED, .actor = "ana" };

		desk_ok(&room->desk,
			store_revision_add(room->desk.store, room->items[NOBODY], cases[i].reply,
					   "ana", 1, &number, &room->desk.err));
		approve(room, room->items[NOBODY]);
		assert_has(exported(room, "markdown"), cases[i].shown);
		desk_ok(&room->desk, store_decision_add(room->desk.store, room->items[NOBODY],
							&open, &room->desk.err));
	}
	approve(room, room->items[MAYA]);
	exported(room, "markdown");
	assert_has(room->out, "## [The letter \\& \\<you>](<https://readers.example/post-7/>)\n");
	assert_has(room->out, "### To [Maya](<https://readers.example/post-7/#comment-101>)\n\n"
			      "> Nine days now.\n>\n> Shall I send it?\n\nDear Maya,\n\nwait.\\\n"
			      "Yours\n");
}

static void text_is_as_it_was_written(void **state)
{
	struct room *room = *state;

	approve(room, room->items[MAYA]);
	approve(room, room->items[NOBODY]);
	exported(room, "text");
	assert_has(room->out, "Thread 1: The letter & <you>\nhttps://readers.example/post-7/\n\n");
	assert_has(room->out, "to Maya, comment 101\n"
			      "https://readers.example/post-7/#comment-101\n\n"
			      "> Nine days now.\n>\n> Shall I send it?\n\n"
			      "Dear Maya,\n\nwait.\nYours\n\n"
			      "Approved by ana, 2026-03-01T09:30:00Z\n\n------");
	assert_has(room->out, "to a reader without a name, comment 104\n");
}

static void assert_rendering(void (*render)(struct buf *out, const char *text), const char *text,
			     const char *expected)
{
	struct buf out = BUF_INIT;

	render(&out, text);
	assert_string_equal(buf_str(&out), expected);
	buf_release(&out);
}

/* The same reply three times, and once more as WordPress stores it. */
static void a_reply_is_rendered_for_its_target(void **state)
{
	static const char reply[] = "Dear <Bo> & \"co\",\n\n1. it's *fine*\x07\nbye\xe2\x80\xae "
				    "\xf0\x9f\x99\x82\n";

	(void)state;
	assert_rendering(export_render_plain, reply,
			 "Dear <Bo> & \"co\",\n\n1. it's *fine*\nbye \xf0\x9f\x99\x82\n");
	assert_rendering(export_render_markdown, "Dear <Bo> & \"co\",\n\n1. it's *fine*\nbye\n",
			 "Dear \\<Bo> \\& \"co\",\n\n1\\. it's \\*fine\\*\\\nbye");
	assert_rendering(
		export_render_html, "Dear <Bo> & \"co\",\n\n1. it's\nbye",
		"<p>Dear &lt;Bo&gt; &amp; &quot;co&quot;,</p>\n<p>1. it&#39;s<br>\nbye</p>\n");
	assert_rendering(export_render_wordpress, reply,
			 "Dear &lt;Bo&gt; &amp; \"co\",\n\n1. it's *fine*\nbye &#x1f642;");
	assert_rendering(export_render_wordpress, "", "");
}

#define T(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(nothing_approved_is_a_whole_file_of_nothing),
		T(only_approved_ones_leave),
		T(an_edit_after_the_yes_does_not_leave),
		T(stale_ones_are_left_out_by_name),
		T(one_thread_or_all_in_order),
		T(reading_formats_change_nothing),
		T(marking_sends_each_once),
		T(no_receipt_without_a_file),
		T(a_full_disk_is_an_error),
		T(an_unknown_format_names_the_others),
		T(json_has_the_agreed_shape),
		T(ndjson_has_one_a_line),
		T(same_store_same_bytes),
		T(no_format_passes_control_characters),
		T(csv_is_a_table),
		cmocka_unit_test(csv_cells_are_harmless),
		T(html_is_escaped_and_whole),
		T(only_web_addresses_become_links),
		T(markdown_stays_text),
		T(text_is_as_it_was_written),
		cmocka_unit_test(a_reply_is_rendered_for_its_target),
	};

	return UNIT_RUN(tests);
}
