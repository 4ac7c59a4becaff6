/* test_file.c - files read at any place, files written whole. */
#include "unit.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "dear/bounds.h"
#include "dear/buf.h"
#include "dear/err.h"
#include "dear/file.h"

/* Each test stands in an empty folder of its own. */
struct room {
	char folder[64];
	int back;
};

static int enter(void **state)
{
	struct room *room = calloc(1, sizeof(*room));

	if (!room)
		return -1;
	snprintf(room->folder, sizeof(room->folder), "/tmp/dear-test-XXXXXX");
	room->back = open(".", O_RDONLY | O_DIRECTORY);
	*state = room;
	return mkdtemp(room->folder) && chdir(room->folder) == 0 ? 0 : -1;
}

static int leave(void **state)
{
	struct room *room = *state;
	struct buf command = BUF_INIT;
	int ret = fchdir(room->back);

	close(room->back);
	buf_printf(&command, "rm -rf '%s'", room->folder);
	ret |= system(command.str);
	buf_release(&command);
	free(room);
	return ret;
}

static void put(const char *path, const char *text)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

static void assert_holds(const char *path, const char *text)
{
	struct buf b = BUF_INIT;
	struct err err = { 0 };

	assert_int_equal(file_slurp(path, 1000, &b, &err), 0);
	assert_string_equal(buf_str(&b), text);
	buf_release(&b);
}

/* How many entries the folder has, "." and ".." aside. */
static int entries(void)
{
	FILE *list = popen("ls -A | wc -l", "r");
	char line[32] = "";

	assert_non_null(list);
	assert_non_null(fgets(line, sizeof(line), list));
	pclose(list);
	return (int)strtol(line, NULL, 10);
}

static void reads_at_any_place(void **state)
{
	struct err err = { 0 };
	struct file *f;
	char bytes[16] = "";

	(void)state;
	put("ten", "0123456789");
	f = file_open("ten", &err);
	assert_non_null(f);
	assert_string_equal(file_name(f), "ten");
	assert_int_equal(file_size(f), 10);
	assert_int_equal(file_read_at(f, 7, bytes, 16, &err), 3);
	assert_memory_equal(bytes, "789", 3);
	assert_int_equal(file_read_at(f, 2, bytes, 4, &err), 4);
	assert_memory_equal(bytes, "2345", 4);
	assert_int_equal(file_read_at(f, 10, bytes, 4, &err), 0);
	assert_int_equal(file_read_at(f, 99, bytes, 4, &err), 0);
	assert_int_equal(err.code, ERR_NONE);
	file_free(f);
	file_free(NULL);
}

static void missing_files_and_folders_are_errors(void **state)
{
	struct err missing = { 0 }, folder = { 0 };

	(void)state;
	assert_null(file_open("nowhere.html", &missing));
	assert_int_equal(missing.code, ERR_IO);
	assert_string_equal(missing.where, "nowhere.html");
	assert_non_null(strstr(missing.msg, strerror(ENOENT)));
	assert_null(file_open(".", &folder));
	assert_int_equal(folder.code, ERR_IO);
	assert_non_null(strstr(folder.msg, "folder"));
}

/* A writer that needs many turns: more than a pipe holds. */
static void a_pipe_can_be_read_back(void **state)
{
	struct err err = { 0 };
	struct file *f;
	char bytes[8] = "";
	pid_t child;

	(void)state;
	assert_int_equal(mkfifo("pipe", 0600), 0);
	child = fork();
	if (child == 0) {
		int fd = open("pipe", O_WRONLY);
		int bad = 0;

		for (int i = 0; i < 50000; i++)
			bad |= write(fd, "abcdef", 6) != 6;
		_exit(bad);
	}
	f = file_open("pipe", &err);
	assert_non_null(f);
	assert_int_equal(file_size(f), 300000);
	assert_int_equal(file_read_at(f, 299997, bytes, 8, &err), 3);
	assert_memory_equal(bytes, "def", 3);
	assert_int_equal(file_read_at(f, 0, bytes, 6, &err), 6);
	assert_memory_equal(bytes, "abcdef", 6);
	file_free(f);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

/* Puts path in the place of standard input until end_input. */
static int begin_input(const char *path, int64_t offset)
{
	int kept = dup(STDIN_FILENO);
	int fd = open(path, O_RDONLY);

	assert_true(fd >= 0);
	assert_int_equal(lseek(fd, offset, SEEK_SET), offset);
	assert_int_equal(dup2(fd, STDIN_FILENO), STDIN_FILENO);
	close(fd);
	return kept;
}

static void end_input(int kept)
{
	if (kept >= 0) {
		dup2(kept, STDIN_FILENO);
		close(kept);
	}
}

/* A file given with <, from its start or from where an earlier reader left. */
static void dash_is_standard_input(void **state)
{
	static const int64_t offsets[] = { 0, 4 };

	(void)state;
	put("text", "one two");
	for (size_t i = 0; i < 2; i++) {
		struct err err = { 0 };
		int kept = begin_input("text", offsets[i]);
		struct file *f = file_open("-", &err);
		char bytes[8] = "";

		end_input(kept);
		assert_non_null(f);
		assert_string_equal(file_name(f), "standard input");
		assert_int_equal(file_read_at(f, 0, bytes, 7, &err), 7 - offsets[i]);
		assert_string_equal(bytes, &"one two"[offsets[i]]);
		file_free(f);
	}
}

static void slurp_keeps_to_its_bound(void **state)
{
	struct buf b = BUF_INIT;
	struct err err = { 0 };

	(void)state;
	put("five", "12345");
	put("empty", "");
	buf_puts(&b, "0");
	assert_int_equal(file_slurp("five", 5, &b, &err), 0);
	assert_string_equal(b.str, "012345");
	assert_int_equal(file_slurp("empty", 5, &b, &err), 0);
	assert_string_equal(b.str, "012345");
	assert_int_equal(file_slurp("five", 4, &b, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(err.where, "five");
	assert_string_equal(b.str, "012345");
	buf_release(&b);
}

static void appears_only_when_committed(void **state)
{
	struct err err = { 0 };
	struct file_out *out = file_out_open("new", &err);
	struct stat st;

	(void)state;
	assert_non_null(out);
	fputs("all of it", file_out_stream(out));
	assert_int_equal(access("new", F_OK), -1);
	assert_int_equal(file_out_commit(out, &err), 0);
	file_out_free(out);
	assert_holds("new", "all of it");
	assert_int_equal(stat("new", &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(entries(), 1);
}

static void no_trace_without_commit(void **state)
{
	struct err err = { 0 };
	struct file_out *out;

	(void)state;
	put("old", "before");
	out = file_out_open("old", &err);
	assert_non_null(out);
	fputs("half", file_out_stream(out));
	fflush(file_out_stream(out));
	file_out_free(out);
	assert_holds("old", "before");
	assert_int_equal(entries(), 1);
}

static void a_link_stays_a_link(void **state)
{
	struct err err = { 0 };
	struct file_out *out;
	struct stat st;

	(void)state;
	put("real", "before");
	assert_int_equal(symlink("real", "link"), 0);
	out = file_out_open("link", &err);
	assert_non_null(out);
	fputs("after", file_out_stream(out));
	assert_int_equal(file_out_commit(out, &err), 0);
	file_out_free(out);
	assert_int_equal(lstat("link", &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_holds("real", "after");
}

/* A rename would put an ordinary file in the device's place. */
static void devices_are_written_as_they_are(void **state)
{
	struct err err = { 0 };
	struct file_out *out;
	struct stat st;

	(void)state;
	assert_int_equal(symlink("/dev/null", "null"), 0);
	out = file_out_open("null", &err);
	assert_non_null(out);
	fputs("gone", file_out_stream(out));
	assert_int_equal(file_out_commit(out, &err), 0);
	file_out_free(out);
	assert_int_equal(stat("null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
}

static void a_full_disk_is_an_error(void **state)
{
	struct err err = { 0 };
	struct file_out *out;

	(void)state;
	if (access("/dev/full", W_OK) != 0)
		skip();
	out = file_out_open("/dev/full", &err);
	assert_non_null(out);
	fputs("no room", file_out_stream(out));
	assert_int_equal(file_out_commit(out, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, strerror(ENOSPC)));
	file_out_free(out);
}

static void places_that_cannot_be_written(void **state)
{
	struct err folder = { 0 }, missing = { 0 };

	(void)state;
	assert_null(file_out_open(".", &folder));
	assert_int_equal(folder.code, ERR_IO);
	assert_null(file_out_open("nowhere/new", &missing));
	assert_int_equal(missing.code, ERR_IO);
	assert_string_equal(missing.where, "nowhere/new");
	assert_int_equal(entries(), 0);
}

static void dash_is_standard_output(void **state)
{
	struct err err = { 0 };
	struct file_out *dash = file_out_open("-", &err);
	struct file_out *none = file_out_open(NULL, &err);

	(void)state;
	assert_ptr_equal(file_out_stream(dash), stdout);
	assert_ptr_equal(file_out_stream(none), stdout);
	assert_int_equal(file_out_commit(dash, &err), 0);
	file_out_free(dash);
	file_out_free(none);
	assert_int_equal(ferror(stdout), 0);
}

static void a_folder_is_listed_in_order(void **state)
{
	static const char *const wanted[] = { "f/a/1.html", "f/a/2.html", "f/a.html", "f/b.xml" };
	struct file_list list = { 0 };
	struct err err = { 0 };

	(void)state;
	assert_int_equal(mkdir("f", 0700), 0);
	assert_int_equal(mkdir("f/a", 0700), 0);
	assert_int_equal(mkdir("f/.git", 0700), 0);
	put("f/b.xml", "b");
	put("f/a.html", "a");
	put("f/a/2.html", "2");
	put("f/a/1.html", "1");
	put("f/.hidden", "no");
	put("f/.git/config", "no");
	assert_int_equal(symlink("..", "f/a/loop"), 0);
	assert_int_equal(symlink("nowhere", "f/dangling"), 0);
	assert_int_equal(mkfifo("f/pipe", 0600), 0);
	assert_true(file_is_folder("f"));
	assert_true(file_is_folder("f/a/loop"));
	assert_false(file_is_folder("f/b.xml"));
	assert_false(file_is_folder("-"));
	assert_int_equal(file_list_folder("f", &list, &err), 0);
	assert_int_equal(list.count, sizeof(wanted) / sizeof(*wanted));
	for (size_t i = 0; i < list.count; i++) {
		bool found = false;

		for (size_t k = 0; k < list.count; k++)
			found |= !strcmp(list.paths[i], wanted[k]);
		assert_true(found);
		assert_true(i == 0 || strcmp(list.paths[i - 1], list.paths[i]) < 0);
	}
	file_list_release(&list);
	assert_int_equal(file_list_folder("nowhere", &list, &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

static void folders_without_end_are_refused(void **state)
{
	struct file_list list = { 0 };
	struct err err = { 0 };
	struct buf path = BUF_INIT;

	(void)state;
	buf_puts(&path, "d");
	for (int i = 0; i < BOUND_FOLDER_DEPTH + 1; i++) {
		assert_int_equal(mkdir(buf_str(&path), 0700), 0);
		buf_puts(&path, "/d");
	}
	assert_int_equal(file_list_folder("d", &list, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	buf_release(&path);
}

static struct file *packed(const char *command)
{
	struct err err = { 0 };
	struct file *f;

	assert_int_equal(system(command), 0);
	f = file_open("packed.gz", &err);
	assert_non_null(f);
	return f;
}

/* One that grows a thousandfold fills the output many times for each input. */
static void an_archive_is_what_is_in_it(void **state)
{
	struct err err = { 0 };
	struct file *f;
	char bytes[8] = "";

	(void)state;
	f = packed("head -c 5000000 /dev/zero | tr '\\0' x | gzip -9 >packed.gz");
	assert_int_equal(file_unpack(f, &err), 1);
	assert_int_equal(file_size(f), 5000000);
	assert_int_equal(file_read_at(f, 4999996, bytes, 8, &err), 4);
	assert_string_equal(bytes, "xxxx");
	assert_int_equal(file_unpack(f, &err), 0);
	file_free(f);
	f = packed("{ echo one | gzip; echo two | gzip; printf '\\0\\0'; } >packed.gz");
	assert_int_equal(file_unpack(f, &err), 1);
	assert_int_equal(file_read_at(f, 0, bytes, 8, &err), 8);
	assert_memory_equal(bytes, "one\ntwo\n", 8);
	file_free(f);
}

static void a_bad_archive_is_refused(void **state)
{
	static const char *const commands[] = {
		"seq 9999 | gzip | head -c 5000 >packed.gz",
		"seq 9999 | gzip | head -c 3 >packed.gz",
		"{ seq 9999 | gzip; echo tail; } >packed.gz",
		"{ seq 9999 | gzip | head -c 999; echo; seq 9999; } >packed.gz",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++) {
		struct err err = { 0 };
		struct file *f = packed(commands[i]);

		assert_int_equal(file_unpack(f, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_string_equal(err.where, "packed.gz");
		file_free(f);
	}
}

#define IN_ROOM(f) cmocka_unit_test_setup_teardown(f, enter, leave)

int main(void)
{
	const struct CMUnitTest tests[] = {
		IN_ROOM(reads_at_any_place),
		IN_ROOM(missing_files_and_folders_are_errors),
		IN_ROOM(a_pipe_can_be_read_back),
		IN_ROOM(dash_is_standard_input),
		IN_ROOM(slurp_keeps_to_its_bound),
		IN_ROOM(appears_only_when_committed),
		IN_ROOM(no_trace_without_commit),
		IN_ROOM(a_link_stays_a_link),
		IN_ROOM(devices_are_written_as_they_are),
		IN_ROOM(a_full_disk_is_an_error),
		IN_ROOM(places_that_cannot_be_written),
		IN_ROOM(dash_is_standard_output),
		IN_ROOM(a_folder_is_listed_in_order),
		IN_ROOM(folders_without_end_are_refused),
		IN_ROOM(an_archive_is_what_is_in_it),
		IN_ROOM(a_bad_archive_is_refused),
	};

	return UNIT_RUN(tests);
}
