/* Forgetting a reader: out of every row, the search, and the bytes of the file;
 * and nobody brings the reader back. */
#include "store_kit.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "../../src/store/store_internal.h"

/* Whether the bytes of a file hold the word, in any case. */
static bool file_holds(const char *path, const char *word)
{
	size_t n = strlen(word);
	struct stat st;
	char *bytes;
	bool found = false;
	int fd = open(path, O_RDONLY);

	if (fd < 0)
		return false;
	assert_int_equal(fstat(fd, &st), 0);
	bytes = malloc((size_t)st.st_size + 1);
	assert_int_equal(read(fd, bytes, (size_t)st.st_size), st.st_size);
	close(fd);
	for (size_t i = 0; !found && i + n <= (size_t)st.st_size; i++)
		found = !strncasecmp(bytes + i, word, n);
	free(bytes);
	return found;
}

static bool holds(struct kit *k, const char *word)
{
	char wal[128];

	snprintf(wal, sizeof(wal), "%s-wal", k->desk.path);
	return file_holds(k->desk.path, word) || file_holds(wal, word);
}

/* Her item is open, piled with others, and filters name her. */
static void put_on_the_desk(struct kit *k)
{
	static const uint64_t keys[] = { 11, 12 };
	const struct hold hold = { "ed", "web", 900 };
	const struct store_saved by_name = { .name = "hers",
					     .filter = { .author = "zenobia", .since = INT64_MIN },
					     .actor = "ed" },
				 by_words = { .name = "words",
					      .filter = { .search = "Zenobia again",
							  .since = INT64_MIN },
					      .actor = "ed" },
				 other = { .name = "other",
					   .filter = { .search = "stays", .since = INT64_MIN },
					   .actor = "ed" };

	desk_ok(&k->desk, store_alike_put(k->desk.store, 1, 5, 0, keys, 2, &k->desk.err));
	desk_ok(&k->desk, store_hold_put(k->desk.store, 1, &hold, &k->desk.err));
	desk_ok(&k->desk, store_filter_put(k->desk.store, &by_name, &k->desk.err));
	desk_ok(&k->desk, store_filter_put(k->desk.store, &by_words, &k->desk.err));
	desk_ok(&k->desk, store_filter_put(k->desk.store, &other, &k->desk.err));
}

static void is_off_the_desk(struct kit *k)
{
	struct store_place *places;
	struct store_saved *saved;
	struct hold hold;
	size_t count;

	desk_ok(&k->desk, store_alike_find(k->desk.store, 0, 11, 9, &k->desk.a, &places, &count,
					   &k->desk.err));
	assert_int_equal(count, 0);
	assert_int_equal(store_hold_get(k->desk.store, 1, &k->desk.a, &hold, &k->desk.err), 0);
	desk_ok(&k->desk, store_filters(k->desk.store, &k->desk.a, &saved, &count, &k->desk.err));
	assert_int_equal(count, 1);
	assert_string_equal(saved[0].name, "other");
}

/* A reader called Zenobia among many, with every kind of work on her. */
static void open_thread(struct kit *k, int others)
{
	static struct evidence evidence[] = { { 0, 9, "Quetzals", "cue", true } };
	static struct situation situations[] = { { "wants_back", 0.5, BAND_LOW, evidence, 1 } };
	static struct fact facts[] = { { "ex_pronoun", "Ocelot", "Axolotl", 0, 5 } };
	static struct detail details[] = { { "asks_when", "Capybara", 0, 5 } };
	const struct classification found = { "ex-letter", situations, 1,     facts,       1,
					      details,     1,          false, TRIAGE_NONE, NULL,
					      0,           NULL,       0 };
	struct comment c = { .id = "z1",
			     .author = "Zenobia",
			     .date = "Fri the 13th",
			     .url = "https://r.example/#Pangolin",
			     .text = "My Quetzals left. Axolotl, Capybara." };
	char id[16];

	kit_open(k);
	kit_begin(k, "1");
	kit_put(k, &c);
	for (int i = 0; i < others; i++) {
		snprintf(id, sizeof(id), "o%d", i);
		kit_say(k, id, i % 3 == 1 ? "z1" : NULL, i % 2 ? "Bo" : NULL,
			"Words of somebody else, who stays, and of whom there are many.");
	}
	kit_say(k, "z2", NULL, "Zenobia", "Wombat again.");
	kit_answer(k, "s2", "z2", "Dear Zenobia, a Numbat.");
	kit_end(k);
	desk_ok(&k->desk, store_classification_put(k->desk.store, 1, &found, 1, &k->desk.err));
	kit_draft(k, 1, "Dear Zenobia, first Tapir", 1);
	kit_decide(k, 1, DECISION_REJECTED);
	kit_edit(k, 1, "Dear Zenobia, second Okapi");
	kit_decide(k, 1, DECISION_APPROVED);
	put_on_the_desk(k);
}

static const char *const traces[] = { "Zenobia",  "Quetzal",  "Axolotl",     "Ocelot",
				      "Capybara", "Pangolin", "Wombat",      "Numbat",
				      "Tapir",    "Okapi",    "Fri the 13th" };

static void all_traces(struct kit *k, bool there)
{
	for (size_t i = 0; i < sizeof(traces) / sizeof(*traces); i++)
		if (holds(k, traces[i]) != there)
			fail_msg("%s is %sthere", traces[i], there ? "not " : "");
}

static void no_byte_is_left(void **state)
{
	struct decision *decisions;
	struct kit k;
	uint64_t n = 0;
	size_t count;

	(void)state;
	open_thread(&k, 3000);
	all_traces(&k, true);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &k.desk.err));
	assert_int_equal(n, 2);
	all_traces(&k, false);
	is_off_the_desk(&k);
	assert_true(holds(&k, "somebody else"));
	/* That it was decided, and when, stays. */
	desk_ok(&k.desk,
		store_decisions(k.desk.store, 1, &k.desk.a, &decisions, &count, &k.desk.err));
	assert_int_equal(count, 2);
	assert_int_equal(decisions[1].kind, DECISION_APPROVED);
	assert_null(decisions[1].text);
	kit_check(&k);
	kit_close(&k);
}

/* Rows that grow are moved about in the file's pages, and leave copies behind. */
static void no_copy_is_left_where_rows_moved(void **state)
{
	static const char words[] = "Words of somebody else, and more, and more, and more. ";
	struct kit k;
	char id[16], text[2048] = "";
	size_t len = 0;
	uint64_t n;

	(void)state;
	kit_open(&k);
	for (int round = 0; round < 30; round++) {
		kit_begin(&k, "1");
		for (int i = 0; i < 200; i++) {
			snprintf(id, sizeof(id), "%d", i);
			kit_say(&k, id, NULL, i % 9 ? "Bo" : "Zenobia", i % 9 ? text : "Quetzals");
		}
		kit_link(&k);
		for (int64_t i = 1; i <= 200; i++)
			kit_draft(&k, i, i % 9 == 1 ? "Dear Zenobia" : text, 1);
		desk_ok(&k.desk, store_commit(k.desk.store, &k.desk.err));
		len += (size_t)snprintf(text + len, sizeof(text) - len, "%s", words);
	}
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &k.desk.err));
	assert_int_equal(n, 23);
	assert_false(holds(&k, "Zenobia"));
	assert_false(holds(&k, "Quetzals"));
	kit_close(&k);
}

static void the_search_knows_her_no_more(void **state)
{
	struct store_filter f = { .since = INT64_MIN, .search = "quetzals OR zenobia OR okapi" };
	struct kit k;
	uint64_t n;

	(void)state;
	open_thread(&k, 3);
	assert_string_equal(kit_list(&k, &f).text, "1");
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &k.desk.err));
	assert_string_equal(kit_list(&k, &f).text, "");
	f.search = "somebody";
	assert_string_equal(kit_list(&k, &f).text, "2 3 4");
	f.search = NULL;
	f.by_id = true;
	assert_string_equal(kit_list(&k, &f).text, "2 3 4");
	kit_close(&k);
}

static void an_import_does_not_bring_her_back(void **state)
{
	const struct comment c = { .id = "z1", .author = "Zenobia", .text = "My Quetzals left." };
	struct store_counts counts;
	struct kit k;
	uint64_t n;

	(void)state;
	open_thread(&k, 3);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &k.desk.err));
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &c), STORE_PUT_FORGOTTEN);
	assert_int_equal(kit_answer(&k, "s2", "z2", "Dear Zenobia, a Numbat."),
			 STORE_PUT_FORGOTTEN);
	kit_end(&k);
	all_traces(&k, false);
	desk_ok(&k.desk, store_thread_counts(k.desk.store, k.thread, &counts, &k.desk.err));
	assert_int_equal(counts.awaiting, 3);
	kit_close(&k);
}

static void without_an_id_she_is_known_too(void **state)
{
	const struct comment c = { .author = "Zenobia",
				   .date = "May",
				   .text = "My Quetzals left." };
	struct kit k;
	uint64_t n;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_put(&k, &c);
	kit_end(&k);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &k.desk.err));
	kit_begin(&k, "1");
	assert_int_equal(kit_put(&k, &c), STORE_PUT_FORGOTTEN);
	kit_end(&k);
	assert_false(kit_has_item(&k, 1));
	kit_close(&k);
}

static void only_where_asked(void **state)
{
	struct kit k;
	uint64_t n = 7;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "one");
	kit_say(&k, "2", NULL, "Adam", "two");
	kit_answer(&k, "3", "2", "An answer");
	kit_end(&k);
	kit_begin(&k, "2");
	kit_say(&k, "1", NULL, "Ada", "three");
	kit_end(&k);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Nobody", 0, 5, &n, &k.desk.err));
	assert_int_equal(n, 0);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "The column", 0, 5, &n, &k.desk.err));
	assert_int_equal(n, 0);
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Ada", 2, 5, &n, &k.desk.err));
	assert_int_equal(n, 1);
	assert_true(kit_has_item(&k, 1));
	assert_false(kit_has_item(&k, 2));
	assert_true(holds(&k, "An answer"));
	assert_false(holds(&k, "three"));
	kit_close(&k);
}

static void by_item_it_is_the_same_person(void **state)
{
	struct kit k;
	uint64_t n;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "Quetzals");
	kit_say(&k, "2", NULL, "ADA", "Okapi");
	kit_say(&k, "3", NULL, NULL, "Wombat");
	kit_say(&k, "4", NULL, NULL, "Tapir");
	kit_end(&k);
	desk_ok(&k.desk, store_forget_item(k.desk.store, 1, 5, &n, &k.desk.err));
	assert_int_equal(n, 2);
	assert_false(holds(&k, "Okapi"));
	desk_ok(&k.desk, store_forget_item(k.desk.store, 3, 5, &n, &k.desk.err));
	assert_int_equal(n, 1);
	assert_false(holds(&k, "Wombat"));
	assert_true(holds(&k, "Tapir"));
	desk_ok(&k.desk, store_forget_item(k.desk.store, 3, 5, &n, &k.desk.err));
	assert_int_equal(n, 0);
	kit_check(&k);
	kit_close(&k);
}

/* The file can't be made clean while somebody reads the old state. */
static void a_reader_in_the_way_is_told(void **state)
{
	struct err err = { 0 };
	struct store *reader;
	struct arena a = { 0 };
	int64_t *ids;
	size_t count;
	struct kit k;
	uint64_t n;

	(void)state;
	open_thread(&k, 3);
	reader = store_open(k.desk.path, STORE_READ, &err);
	assert_non_null(reader);
	assert_int_equal(store_savepoint(reader, &err), 0);
	assert_int_equal(store_threads(reader, &a, &ids, &count, &err), 0);
	sqlite3_busy_timeout(k.desk.store->db, 20);
	assert_int_equal(store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &err), -1);
	assert_non_null(strstr(err.msg, "run forget again"));
	assert_int_equal(store_release(reader, &(struct err){ 0 }), 0);
	store_free(reader);
	/* Again: there is nobody to forget, and the file is cleaned. */
	desk_ok(&k.desk, store_forget_author(k.desk.store, "Zenobia", 0, 5, &n, &k.desk.err));
	all_traces(&k, false);
	arena_release(&a);
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_byte_is_left),
		cmocka_unit_test(no_copy_is_left_where_rows_moved),
		cmocka_unit_test(the_search_knows_her_no_more),
		cmocka_unit_test(an_import_does_not_bring_her_back),
		cmocka_unit_test(without_an_id_she_is_known_too),
		cmocka_unit_test(only_where_asked),
		cmocka_unit_test(by_item_it_is_the_same_person),
		cmocka_unit_test(a_reader_in_the_way_is_told),
	};

	return UNIT_RUN(tests);
}
