/* test_tui.c - pages for the terminal: nothing in them obeys or overflows, at any
 * width; what counts is marked; what matters is there. */
#include "unit.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "../../src/tui/tui_internal.h"
#include "dear/arena.h"
#include "dear/utf8.h"

/* ---- an item with everything that could break a screen ---- */

static struct evidence evidence[] = { { 0, 11, "He left me.", "c", true },
				      { 12, 16, "Ever", "c", false } };
static struct evidence possible[] = { { 12, 16, "Ever", "c", true } };
static struct situation situations[] = { { "they_ended_it", 0.9, BAND_HIGH, evidence, 2 },
					 { "wants_back", 0.2, BAND_LOW, possible, 1 } };
static struct fact facts[] = { { "since_end", "9 weeks", "", 0, 0 } };
static struct style_breach breaches[] = { { "banned", "say it kindly\033[2J", 0, 0, true } };
static struct review_event events[] = { { 0, "dear", "drafted", 1, NULL, NULL },
					{ 60, "ana\033c", "approved", 1, "tone", "a\nnote" } };
static struct tui_alike alike[] = { { 12, "Zo\xcc\x88\xcc\x88\xcc\x88", ITEM_APPROVED } };
static struct store_node above[] = {
	{ .author = "The desk\x9b", .text = "One\npage.", .staff = true }
};
static struct store_node below[] = { { .author = NULL, .text = "Same here \xe2\x80\xae." } };

static struct tui_item make_item(void)
{
	return (struct tui_item){
		.item = { .id = 7,
			  .author = "\xd8\xa3\xd9\x85\xd9\x8a\xd9\x86\xd8\xa9\033]0;t\007",
			  .date = "2026-03-07T10:30:00Z",
			  .comment = "He left me. Ever \033[31msince \xe4\xb8\x89\xe5\xb9\xb4"
				     "\xe9\x96\x93\xe4\xb8\x80\xe7\xb7\x92\xe3\x81\xab "
				     "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7 "
				     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
				     "aaaaaa\xcc\x81"
				     " \xe2\x80\xae reversed\n\n\tA second paragraph.",
			  .status = ITEM_DRAFTED,
			  .reply = "Dear you,\n\nwait a little.\n\nThe desk",
			  .revision = 3 },
		.found = { .situations = situations,
			   .situation_count = 2,
			   .facts = facts,
			   .fact_count = 1 },
		.around = { above, below, 1, 1 },
		.breaches = breaches,
		.breach_count = 1,
		.events = events,
		.event_count = 2,
		.alike = alike,
		.alike_count = 1,
		.alike_total = 3,
		.held = { "bo", "web", 120 },
	};
}

static struct tui_view view_of(const struct tui_item *item)
{
	return (struct tui_view){ .item = item,
				  .id = item->item.id,
				  .place = 2,
				  .total = 40,
				  .left = 39,
				  .actor = "ana",
				  .filter = "rain\033[2J",
				  .message = "" };
}

static bool is_safe(uint32_t cp)
{
	return cp >= ' ' && (cp < 0x7f || cp > 0x9f) && !(cp >= 0x200b && cp <= 0x200f) &&
	       !(cp >= 0x2028 && cp <= 0x202e) && !(cp >= 0x2060 && cp <= 0x2069);
}

/* Within its width, measured as it says, and only what a terminal prints. */
static void check_line(const struct tui_line *line, int columns)
{
	int sum = 0;

	for (size_t i = 0; i < line->count; i++) {
		const struct tui_run *run = &line->runs[i];
		int width = 0;
		uint32_t cp;

		for (size_t k = 0; k < run->len;
		     k += utf8_decode(run->text + k, run->len - k, &cp)) {
			utf8_decode(run->text + k, run->len - k, &cp);
			assert_true(is_safe(cp));
			width += utf8_width(cp);
		}
		assert_int_equal(width, run->columns);
		sum += width;
	}
	assert_int_equal(sum, line->columns);
	if (sum > columns)
		fail_msg("a line of %d columns on %d", sum, columns);
}

/* All of a page, lines ended by newlines, underlined runs in brackets. */
static const char *text_of(const struct tui_page *page, struct arena *a)
{
	struct buf b = BUF_INIT;
	const char *text;

	for (size_t i = 0; i < page->count; i++) {
		for (size_t k = 0; k < page->lines[i].count; k++) {
			const struct tui_run *run = &page->lines[i].runs[k];

			buf_puts(&b, run->style & TUI_UNDERLINE ? "[" : "");
			buf_add(&b, run->text, run->len);
			buf_puts(&b, run->style & TUI_UNDERLINE ? "]" : "");
		}
		buf_putc(&b, '\n');
	}
	text = arena_strdup(a, buf_str(&b));
	buf_release(&b);
	return text;
}

static void no_width_overflows(void **state)
{
	static const char *const choices[] = { "wrong_situation", "tone", "too_long", NULL };
	struct tui_item item = make_item();
	struct tui_view v = view_of(&item);

	(void)state;
	v.choices = choices;
	for (int columns = TUI_COLUMNS_MIN; columns <= 140; columns++)
		for (int help = 0; help < 2; help++) {
			struct arena a = { 0 };
			struct tui_page page;
			struct tui_line line;

			v.help = help;
			tui_page(&v, columns, &a, &page);
			assert_true(page.count > 5);
			for (size_t i = 0; i < page.count; i++)
				check_line(&page.lines[i], columns);
			line = tui_bar(&v, columns, &a);
			check_line(&line, columns);
			assert_int_equal(line.columns, columns);
			line = tui_keys(columns, &a);
			check_line(&line, columns);
			tui_choices(&v, columns, &a, &page);
			for (size_t i = 0; i < page.count; i++)
				check_line(&page.lines[i], columns);
			arena_release(&a);
		}
}

static void what_matters_is_there(void **state)
{
	static const char *const words[] = {
		"[He left me.] Ever \xef\xbf\xbd[31msince",
		"The desk\xef\xbf\xbd (the column): One page.",
		"\xe2\x86\xb3 a reader without a name: Same here",
		"2026-03-07 10:30  \xd8\xa3\xd9\x85",
		"they_ended_it high, wants_back? low",
		"since end: 9 weeks",
		"reads nearly the same as 12 (approved, Zo",
		" and 2 more",
		"bo has it open (web, until 1970-01-01 00:02)",
		"Draft  revision 3",
		"! banned: say it kindly\xef\xbf\xbd[2J",
		"1970-01-01 00:01 ana\xef\xbf\xbd"
		"c approved 1: tone, a\nnote",
	};
	struct tui_item item = make_item();
	struct tui_view v = view_of(&item);
	struct arena a = { 0 };
	struct tui_page page;
	const char *text;

	(void)state;
	tui_page(&v, 80, &a, &page);
	text = text_of(&page, &a);
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strstr(text, words[i]))
			fail_msg("no \"%s\" in\n%s", words[i], text);
	/* What is only possible marks nothing, and what speaks against neither. */
	assert_null(strstr(text, "[Ever]"));
	assert_null(strstr(text, "drafted 1"));
	arena_release(&a);
}

static void wide_enough_the_draft_stands_beside(void **state)
{
	struct tui_item item = make_item();
	struct tui_view v = view_of(&item);
	struct arena a = { 0 };
	struct tui_page wide, narrow;

	(void)state;
	tui_page(&v, 91, &a, &narrow);
	tui_page(&v, 92, &a, &wide);
	assert_true(wide.count < narrow.count);
	assert_null(strstr(text_of(&narrow, &a), "\xe2\x94\x82"));
	assert_non_null(strstr(text_of(&wide, &a), "\xe2\x94\x82 "));
	arena_release(&a);
}

static void a_conflict_shows_both(void **state)
{
	struct tui_item item = make_item();
	struct tui_view v = view_of(&item);
	struct arena a = { 0 };
	struct tui_page page;
	const char *text, *seen, *now;

	(void)state;
	item.seen_reply = "What I read.";
	tui_page(&v, 60, &a, &page);
	text = text_of(&page, &a);
	now = strstr(text, "wait a little.");
	assert_non_null(now);
	seen = strstr(now, "The reply as you saw it\nWhat I read.");
	assert_non_null(seen);
	arena_release(&a);
}

static void nothing_left_is_a_page_too(void **state)
{
	struct tui_view v = { .message = "", .actor = "ana" };
	struct arena a = { 0 };
	struct tui_page page;

	(void)state;
	tui_page(&v, 40, &a, &page);
	assert_non_null(strstr(text_of(&page, &a), "Nothing is left to decide."));
	check_line(&page.lines[0], 40);
	arena_release(&a);
}

/* ---- wrapping ---- */

static const char *wrapped(const char *text, int columns, size_t limit, struct arena *a)
{
	struct tui_lines l = { .a = a, .columns = columns };
	struct tui_text t = { 0 };
	struct tui_page page;
	const char *ret;

	tui_put(&t, 0, text);
	tui_wrap(&l, &t, limit);
	page = (struct tui_page){ (struct tui_line *)(void *)l.list.str,
				  l.list.len / sizeof(struct tui_line) };
	ret = text_of(&page, a);
	buf_release(&l.list);
	tui_text_release(&t);
	return ret;
}

static void lines_break_at_blanks(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(wrapped("one two three", 7, 0, &a), "one two\nthree\n");
	assert_string_equal(wrapped("one two three", 8, 0, &a), "one two\nthree\n");
	assert_string_equal(wrapped("abcdefghij", 4, 0, &a), "abcd\nefgh\nij\n");
	assert_string_equal(wrapped("a\n\nb\n\n", 4, 0, &a), "a\n\nb\n");
	assert_string_equal(wrapped("", 4, 0, &a), "");
	/* Two columns each; no half of one. */
	assert_string_equal(wrapped("三年間", 5, 0, &a), "三年\n間\n");
	/* A mark stays with its letter. */
	assert_string_equal(wrapped("abcd\xcc\x81"
				    "e",
				    4, 0, &a),
			    "abcd\xcc\x81\ne\n");
	arena_release(&a);
}

static void a_limit_ends_in_an_ellipsis(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(wrapped("one two three four", 7, 2, &a), "one two\nthree…\n");
	assert_string_equal(wrapped("one two three", 7, 2, &a), "one two\nthree\n");
	assert_string_equal(wrapped("三年間一緒", 6, 1, &a), "三年…\n");
	arena_release(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_width_overflows),
		cmocka_unit_test(what_matters_is_there),
		cmocka_unit_test(wide_enough_the_draft_stands_beside),
		cmocka_unit_test(a_conflict_shows_both),
		cmocka_unit_test(nothing_left_is_a_page_too),
		cmocka_unit_test(lines_break_at_blanks),
		cmocka_unit_test(a_limit_ends_in_an_ellipsis),
	};

	return UNIT_RUN(tests);
}
