/* Opening a store: what is refused and how it is said, migrations, transactions. */
#include "store_kit.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "../../src/embed/embed.h"
#include "../../src/store/store_internal.h"

static void write_file(const char *path, const char *bytes, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, bytes, n), (ssize_t)n);
	close(fd);
}

/* Runs SQL on a file behind the store's back. */
static void run_raw(const char *path, const char *sql)
{
	sqlite3 *db;

	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static void refuses(const char *path, enum store_mode mode, const char *words)
{
	struct err err = { 0 };

	assert_null(store_open(path, mode, &err));
	assert_int_equal(err.code, ERR_STORE);
	assert_string_equal(err.where, path);
	if (!strstr(err.msg, words))
		fail_msg("\"%s\" does not say \"%s\"", err.msg, words);
}

static void a_new_store_is_private(void **state)
{
	static const char *const ends[] = { "", "-wal", "-shm" };
	struct kit k;
	struct stat st;
	char path[128];

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	for (size_t i = 0; i < sizeof(ends) / sizeof(*ends); i++) {
		snprintf(path, sizeof(path), "%s%s", k.desk.path, ends[i]);
		assert_int_equal(stat(path, &st), 0);
		assert_int_equal(st.st_mode & 0777, 0600);
	}
	store_rollback(k.desk.store);
	kit_check(&k);
	kit_close(&k);
}

static void what_is_no_store_is_refused(void **state)
{
	struct kit k;
	char path[128];

	(void)state;
	kit_open(&k);
	snprintf(path, sizeof(path), "%s/other", k.desk.folder);
	refuses(path, STORE_READ, "no store");
	refuses(path, STORE_WRITE, "no store");
	refuses(k.desk.folder, STORE_CREATE, "no file");
	write_file(path, "this is a letter, not a database, and long enough to tell\n", 58);
	refuses(path, STORE_CREATE, "no dear store");
	unlink(path);
	run_raw(path, "CREATE TABLE recipe (name TEXT)");
	refuses(path, STORE_CREATE, "no dear store");
	refuses(path, STORE_READ, "no dear store");
	unlink(path);
	snprintf(path, sizeof(path), "%s/nowhere/dear.db", k.desk.folder);
	refuses(path, STORE_CREATE, "can't be made");
	kit_close(&k);
}

static void a_newer_schema_is_refused(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	store_free(k.desk.store);
	run_raw(k.desk.path, "PRAGMA user_version = 99");
	refuses(k.desk.path, STORE_READ, "newer dear");
	refuses(k.desk.path, STORE_CREATE, "newer dear");
	run_raw(k.desk.path, "PRAGMA user_version = 4");
	k.desk.store = store_open(k.desk.path, STORE_READ, &k.desk.err);
	assert_non_null(k.desk.store);
	kit_close(&k);
}

/* The permission counts even for root, whom the system would let through. */
static void a_read_only_store_is_read_and_not_written(void **state)
{
	struct kit k;
	struct err err = { 0 };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_end(&k);
	store_free(k.desk.store);
	assert_int_equal(chmod(k.desk.path, 0400), 0);
	refuses(k.desk.path, STORE_WRITE, "read-only");
	refuses(k.desk.path, STORE_CREATE, "read-only");
	k.desk.store = store_open(k.desk.path, STORE_READ, &k.desk.err);
	assert_non_null(k.desk.store);
	assert_int_equal(store_begin(k.desk.store, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.msg, "read-only"));
	kit_close(&k);
}

/* As somebody the system does not let write everywhere. */
static int read_as_nobody(const char *path)
{
	struct err err = { 0 };
	struct store *s;
	struct arena a = { 0 };
	int64_t *ids;
	size_t count = 0;

	if (geteuid() == 0 && (setgid(65534) < 0 || setuid(65534) < 0))
		return 2;
	s = store_open(path, STORE_READ, &err);
	if (!s || store_threads(s, &a, &ids, &count, &err) < 0)
		fprintf(stderr, "# %s\n", err.msg);
	store_free(s);
	arena_release(&a);
	return count != 1;
}

static void a_read_only_folder_is_read(void **state)
{
	struct kit k;
	pid_t child;
	int status;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_end(&k);
	store_free(k.desk.store);
	k.desk.store = NULL;
	assert_int_equal(chmod(k.desk.path, 0444), 0);
	assert_int_equal(chmod(k.desk.folder, 0555), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0)
		_exit(read_as_nobody(k.desk.path));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(chmod(k.desk.folder, 0700), 0);
	kit_close(&k);
}

/* Killed between making the file and its first transaction. */
static void an_unfinished_store_is_finished(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	store_free(k.desk.store);
	write_file(k.desk.path, "", 0);
	refuses(k.desk.path, STORE_WRITE, "no dear store");
	k.desk.store = store_open(k.desk.path, STORE_CREATE, &k.desk.err);
	assert_non_null(k.desk.store);
	store_free(k.desk.store);
	unlink(k.desk.path);
	run_raw(k.desk.path, "PRAGMA journal_mode = WAL; CREATE TABLE x (y); DROP TABLE x");
	k.desk.store = store_open(k.desk.path, STORE_CREATE, &k.desk.err);
	assert_non_null(k.desk.store);
	kit_check(&k);
	kit_close(&k);
}

static void a_path_is_a_path(void **state)
{
	char folder[] = "/tmp/dear-path-XXXXXX", path[64];
	struct err err = { 0 };
	struct store *s;

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/50%% a?b#c", folder);
	s = store_open(path, STORE_CREATE, &err);
	assert_non_null(s);
	store_free(s);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(rmdir(folder), 0);
}

static void every_statement_is_one(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	for (int i = 0; i < SQL_COUNT; i++) {
		assert_non_null(store_sql[i]);
		if (!store_stmt(k.desk.store, (enum sql)i, &k.desk.err))
			fail_msg("%s: %s", store_sql[i], k.desk.err.msg);
	}
	kit_close(&k);
}

/* The steps a later dear would know. */
static const char step_two[] = "ALTER TABLE thread ADD COLUMN mood TEXT; PRAGMA user_version = 5;";
static const char step_wrong[] = "CREATE TABLE half (done TEXT); ALTER TABLE nobody ADD x TEXT;";
static const char step_mute[] = "CREATE TABLE half (done TEXT);";

static void migrate_to(struct kit *k, const char *step, int expected)
{
	const struct embed_file steps[] = {
		{ "001-first.sql", "SELECT nothing;", 15 },
		{ "002-second.sql", "SELECT nothing;", 15 },
		{ "003-third.sql", "SELECT nothing;", 15 },
		{ "004-fourth.sql", "SELECT nothing;", 15 },
		{ "005-fifth.sql", step, strlen(step) },
		{ NULL, NULL, 0 },
	};
	struct err err = { 0 };

	assert_int_equal(store_migrate(k->desk.store, steps, &err), expected);
	assert_int_equal(err.code, expected ? ERR_STORE : ERR_NONE);
}

static int64_t ask(struct kit *k, const char *sql)
{
	int64_t n = -1;

	desk_ok(&k->desk, store_pragma(k->desk.store, sql, &n, &k->desk.err));
	return n;
}

static void a_migration_is_all_or_nothing(void **state)
{
	struct kit k;
	char copy[128];
	struct stat st;
	struct err err = { 0 };
	struct store *old;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "what now?");
	kit_end(&k);
	migrate_to(&k, step_wrong, -1);
	migrate_to(&k, step_mute, -1);
	assert_int_equal(ask(&k, "PRAGMA user_version"), 4);
	assert_int_equal(ask(&k, "SELECT count(*) FROM sqlite_schema WHERE name = 'half'"), 0);
	migrate_to(&k, step_two, 0);
	assert_int_equal(ask(&k, "PRAGMA user_version"), 5);
	assert_int_equal(ask(&k, "SELECT count(*) FROM pragma_table_info('thread') "
				 "WHERE name = 'mood'"),
			 1);
	migrate_to(&k, step_two, 0);
	/* What it was before stands beside it, whole, and as private. */
	snprintf(copy, sizeof(copy), "%s.v4", k.desk.path);
	assert_int_equal(stat(copy, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	old = store_open(copy, STORE_READ, &err);
	assert_non_null(old);
	store_free(old);
	unlink(copy);
	kit_close(&k);
}

extern const struct embed_file store_schema[];

/* A store of the first schema keeps its receipts, which have no hash then. */
static void the_first_schema_is_brought_up_to_date(void **state)
{
	static const char rows[] =
		"INSERT INTO thread (id, title, made_at) VALUES (1, 'Old', 0);"
		"INSERT INTO comment (id, thread, native_id, fingerprint, import, status, account, "
		"said_staff, said_known, tz_known, hash, text) VALUES (4294967297, 1, '5', 1, 1, "
		"'live', 'guest', 0, 'known', 0, 1, 'old');"
		"INSERT INTO item (id, thread, comment, first, hash) VALUES (1, 1, 4294967297, "
		"4294967297, 1);"
		"INSERT INTO receipt (item, target, actor, at) VALUES (1, 'posted', 'ana', 7);";
	struct kit k;
	char path[128];
	struct receipt *receipts;
	size_t count;

	(void)state;
	kit_open(&k);
	snprintf(path, sizeof(path), "%s-old", k.desk.path);
	run_raw(path, store_schema[0].text);
	run_raw(path, rows);
	store_free(k.desk.store);
	k.desk.store = store_open(path, STORE_WRITE, &k.desk.err);
	assert_non_null(k.desk.store);
	assert_int_equal(ask(&k, "PRAGMA user_version"), STORE_SCHEMA);
	assert_int_equal(ask(&k, "SELECT count(*) FROM receipt WHERE hash IS NULL"), 1);
	desk_ok(&k.desk,
		store_receipts(k.desk.store, 1, &k.desk.a, &receipts, &count, &k.desk.err));
	assert_int_equal(count, 1);
	store_free(k.desk.store);
	k.desk.store = store_open(k.desk.path, STORE_READ, &k.desk.err);
	unlink(path);
	snprintf(path, sizeof(path), "%s-old.v1", k.desk.path);
	assert_int_equal(unlink(path), 0);
	kit_close(&k);
}

static void a_savepoint_is_undone_alone(void **state)
{
	struct kit k;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "first");
	desk_ok(&k.desk, store_savepoint(k.desk.store, &k.desk.err));
	assert_int_equal(kit_say(&k, "2", NULL, "Bo", "second"), STORE_PUT_NEW);
	store_rollback_to(k.desk.store);
	assert_true(store_in_transaction(k.desk.store));
	/* Also what this import had seen goes with it. */
	assert_int_equal(kit_say(&k, "2", NULL, "Bo", "second"), STORE_PUT_NEW);
	kit_end(&k);
	assert_false(store_in_transaction(k.desk.store));
	assert_int_equal(ask(&k, "SELECT count(*) FROM comment"), 2);
	kit_close(&k);
}

static void a_second_writer_is_told(void **state)
{
	struct kit k;
	struct err err = { 0 };
	struct store *other;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "mine");
	other = store_open(k.desk.path, STORE_WRITE, &err);
	assert_non_null(other);
	sqlite3_busy_timeout(other->db, 20);
	assert_int_equal(store_begin(other, &err), -1);
	assert_int_equal(err.code, ERR_STORE);
	assert_non_null(strstr(err.msg, "another dear"));
	kit_end(&k);
	err = (struct err){ 0 };
	assert_int_equal(store_begin(other, &err), 0);
	store_rollback(other);
	store_free(other);
	kit_close(&k);
}

/* Readers see the last commit while an import runs. */
static void a_reader_is_not_held_up(void **state)
{
	struct kit k;
	struct err err = { 0 };
	struct arena a = { 0 };
	struct store *reader;
	int64_t *ids;
	size_t count = 99;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	reader = store_open(k.desk.path, STORE_READ, &err);
	assert_non_null(reader);
	assert_int_equal(store_threads(reader, &a, &ids, &count, &err), 0);
	assert_int_equal(count, 0);
	kit_end(&k);
	assert_int_equal(store_threads(reader, &a, &ids, &count, &err), 0);
	assert_int_equal(count, 1);
	store_free(reader);
	arena_release(&a);
	kit_close(&k);
}

static void a_full_disk_leaves_what_was(void **state)
{
	struct kit k;
	struct err err = { 0 };
	enum store_put put;
	char text[4000];
	int status = 0;

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "before");
	kit_end(&k);
	assert_int_equal(
		sqlite3_exec(k.desk.store->db, "PRAGMA max_page_count = 60", NULL, NULL, NULL),
		SQLITE_OK);
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	kit_begin(&k, "1");
	for (int i = 0; i < 200 && status == 0; i++) {
		char id[16];
		const struct comment c = { .id = id, .author = "Bo", .text = text };

		snprintf(id, sizeof(id), "%d", 100 + i);
		status = store_comment_put(k.desk.store, k.import, k.thread, &c, &put, &err);
	}
	assert_int_equal(status, -1);
	assert_non_null(strstr(err.msg, "full"));
	store_rollback(k.desk.store);
	kit_check(&k);
	assert_int_equal(ask(&k, "SELECT count(*) FROM comment"), 1);
	kit_close(&k);
}

static void check_finds_what_cant_be(void **state)
{
	struct kit k;
	struct diags d = { 0 };

	(void)state;
	kit_open(&k);
	kit_begin(&k, "1");
	kit_say(&k, "1", NULL, "Ada", "what now?");
	kit_end(&k);
	kit_draft(&k, 1, "Dear Ada", 1);
	kit_decide(&k, 1, DECISION_APPROVED);
	kit_check(&k);
	run_raw(k.desk.path, "UPDATE item SET status = 'rejected'");
	desk_ok(&k.desk, store_check(k.desk.store, &d, &k.desk.err));
	assert_int_equal(d.count, 1);
	assert_int_equal(d.list[0].id, DIAG_DATA);
	assert_non_null(strstr(d.list[0].text, "item 1"));
	diags_release(&d);
	kit_close(&k);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_new_store_is_private),
		cmocka_unit_test(what_is_no_store_is_refused),
		cmocka_unit_test(a_newer_schema_is_refused),
		cmocka_unit_test(a_read_only_store_is_read_and_not_written),
		cmocka_unit_test(a_read_only_folder_is_read),
		cmocka_unit_test(an_unfinished_store_is_finished),
		cmocka_unit_test(a_path_is_a_path),
		cmocka_unit_test(every_statement_is_one),
		cmocka_unit_test(a_migration_is_all_or_nothing),
		cmocka_unit_test(the_first_schema_is_brought_up_to_date),
		cmocka_unit_test(a_savepoint_is_undone_alone),
		cmocka_unit_test(a_second_writer_is_told),
		cmocka_unit_test(a_reader_is_not_held_up),
		cmocka_unit_test(a_full_disk_leaves_what_was),
		cmocka_unit_test(check_finds_what_cant_be),
	};

	return UNIT_RUN(tests);
}
