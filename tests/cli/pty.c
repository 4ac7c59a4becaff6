/* pty.c - runs a program on a terminal of its own, types at it and looks at its
 * screen: what the tests of `dear review` are made with.
 *
 *   pty COLUMNS ROWS COMMAND... < SCRIPT
 *
 * A line of the script: `send TEXT` (with \e \n \t \xNN), `wait TEXT` (until the
 * screen shows it), `lacks TEXT` (now), `size COLUMNS ROWS`, `screen FILE` (as text, underlined
 * words in [brackets]), `signal N`, `end` (waits for the program's end and prints
 * its status). Status 1 when something did not come, with the screen on stderr;
 * 2 when the program sent what its terminal should not get.
 *
 * The terminal is a vt100 that speaks UTF-8, as far as ncurses uses one.
 */
#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "dear/buf.h"
#include "dear/utf8.h"

enum { COLUMNS_MAX = 300, ROWS_MAX = 120, WAIT_SECONDS = 30, QUIET_MILLISECONDS = 60 };

struct cell {
	char text[32]; /* "" beside a wide one */
	bool underlined;
};

struct terminal {
	int fd;
	pid_t child;
	bool ended;
	int status;
	int columns, rows, x, y;
	int top, bottom; /* of what scrolls; bottom: one after */
	char last[8];    /* the character put last, for "again" */
	bool underlined;
	struct cell cells[ROWS_MAX][COLUMNS_MAX];
	char escape[64];  /* a sequence begun; "" none */
	struct buf bytes; /* not decoded yet */
	int odd;          /* sequences that are not known */
};

static struct terminal t;

/* ---- the screen ---- */

static void blank(int y, int from, int to)
{
	for (int x = from; x < to && x < COLUMNS_MAX; x++)
		t.cells[y][x] = (struct cell){ .text = " " };
}

static void blank_rows(int from, int to)
{
	for (int y = from; y < to && y < ROWS_MAX; y++)
		blank(y, 0, COLUMNS_MAX);
}

/* Rows [from, to) go up, n of them are lost; or down. */
static void shift_up(int from, int to, int n)
{
	n = n < to - from ? n : to - from;
	memmove(&t.cells[from], &t.cells[from + n], sizeof(t.cells[0]) * (size_t)(to - from - n));
	blank_rows(to - n, to);
}

static void shift_down(int from, int to, int n)
{
	n = n < to - from ? n : to - from;
	memmove(&t.cells[from + n], &t.cells[from], sizeof(t.cells[0]) * (size_t)(to - from - n));
	blank_rows(from, from + n);
}

static void go_down(void)
{
	if (t.y == t.bottom - 1)
		shift_up(t.top, t.bottom, 1);
	else if (t.y + 1 < t.rows)
		t.y++;
}

static void go_up(void)
{
	if (t.y == t.top)
		shift_down(t.top, t.bottom, 1);
	else if (t.y > 0)
		t.y--;
}

/* Cells from the cursor on go left, n of them are lost; or right. */
static void shift_left(int n)
{
	n = n < t.columns - t.x ? n : t.columns - t.x;
	memmove(&t.cells[t.y][t.x], &t.cells[t.y][t.x + n],
		sizeof(struct cell) * (size_t)(t.columns - t.x - n));
	blank(t.y, t.columns - n, t.columns);
}

static void shift_right(int n)
{
	n = n < t.columns - t.x ? n : t.columns - t.x;
	memmove(&t.cells[t.y][t.x + n], &t.cells[t.y][t.x],
		sizeof(struct cell) * (size_t)(t.columns - t.x - n));
	blank(t.y, t.x, t.x + n);
}

static void put(uint32_t cp, const char *s, size_t n)
{
	int width = utf8_width(cp);
	struct cell *c;

	if (width == 0) {
		c = &t.cells[t.y][t.x > 0 ? t.x - 1 : 0];
		if (strlen(c->text) + n < sizeof(c->text))
			memcpy(c->text + strlen(c->text), s, n);
		return;
	}
	if (t.x + width > t.columns) {
		t.x = 0;
		go_down();
	}
	c = &t.cells[t.y][t.x];
	*c = (struct cell){ .underlined = t.underlined };
	memcpy(c->text, s, n);
	memcpy(t.last, s, n);
	t.last[n] = '\0';
	if (width == 2)
		t.cells[t.y][t.x + 1] = (struct cell){ .underlined = t.underlined };
	t.x += width;
}

static int clamp(int v, int most)
{
	return v < 0 ? 0 : v >= most ? most - 1 : v;
}

static void set_style(const int *numbers, int count)
{
	for (int i = 0; i < count; i++) {
		if (numbers[i] == 0 || numbers[i] == 24)
			t.underlined = false;
		else if (numbers[i] == 4)
			t.underlined = true;
	}
}

/* How many rows and cells there are to the end. */
static void move_by(char how, int n)
{
	switch (how) {
	case 'A':
		t.y = clamp(t.y - n, t.rows);
		break;
	case 'B':
		t.y = clamp(t.y + n, t.rows);
		break;
	case 'C':
		t.x = clamp(t.x + n, t.columns);
		break;
	case 'D':
		t.x = clamp(t.x - n, t.columns);
		break;
	case 'G':
		t.x = clamp(n - 1, t.columns);
		break;
	case 'd':
		t.y = clamp(n - 1, t.rows);
		break;
	}
}

static void change(char how, int n, bool any)
{
	switch (how) {
	case 'J':
		blank(t.y, any ? 0 : t.x, t.columns);
		blank_rows(any ? 0 : t.y + 1, t.rows);
		break;
	case 'K':
		blank(t.y, any ? 0 : t.x, any && n == 1 ? t.x + 1 : t.columns);
		break;
	case 'L':
		shift_down(t.y, t.bottom, n);
		break;
	case 'M':
		shift_up(t.y, t.bottom, n);
		break;
	case 'S':
		shift_up(t.top, t.bottom, n);
		break;
	case 'T':
		shift_down(t.top, t.bottom, n);
		break;
	case 'P':
		shift_left(n);
		break;
	case '@':
		shift_right(n);
		break;
	case 'X':
		blank(t.y, t.x, t.x + n < t.columns ? t.x + n : t.columns);
		break;
	case 'b':
		for (uint32_t cp; n > 0 && utf8_decode(t.last, strlen(t.last), &cp); n--)
			put(cp, t.last, strlen(t.last));
		break;
	}
}

static void obey_plain(const char *s)
{
	if (s[1] == 'M')
		go_up();
	else if (s[1] == '[' || !strchr("()=>78", s[1]))
		t.odd += s[1] != '[';
}

/* "\033[12;3H" and the like, whole. */
static void obey(const char *s)
{
	int numbers[16] = { 0 }, count = 0, first, second;
	char last = s[strlen(s) - 1];

	if (s[1] != '[' || s[2] == '?' || s[2] == '>') {
		obey_plain(s);
		return;
	}
	for (const char *p = s + 2; *p; p++) {
		if (*p >= '0' && *p <= '9')
			numbers[count] = numbers[count] * 10 + *p - '0';
		else if (count < 14)
			count++;
	}
	first = numbers[0] ? numbers[0] : 1;
	second = numbers[1] ? numbers[1] : 1;
	if (strchr("ABCDGd", last)) {
		move_by(last, first);
	} else if (strchr("JKLMSTP@Xb", last)) {
		change(last, first, numbers[0] != 0);
	} else if (last == 'H' || last == 'f') {
		t.y = clamp(first - 1, t.rows);
		t.x = clamp(second - 1, t.columns);
	} else if (last == 'r') {
		t.top = clamp(first - 1, t.rows);
		t.bottom = numbers[1] && numbers[1] <= t.rows ? numbers[1] : t.rows;
		t.x = t.y = 0;
	} else if (last == 'm') {
		set_style(numbers, count ? count : 1);
	} else if (!strchr("hltnc", last)) {
		t.odd++;
	}
}

static bool is_whole(const char *s)
{
	size_t len = strlen(s);

	if (len < 2)
		return false;
	if (s[1] == '(' || s[1] == ')')
		return len == 3;
	return s[1] != '[' || (len > 2 && s[len - 1] >= '@' && s[len - 1] <= '~');
}

static void take(uint32_t cp, const char *s, size_t n)
{
	size_t len = strlen(t.escape);

	if (len || cp == 27) {
		if (len + n + 1 >= sizeof(t.escape) || n > 1) {
			t.odd++;
			t.escape[0] = '\0';
			return;
		}
		memcpy(t.escape + len, s, n);
		t.escape[len + n] = '\0';
		if (is_whole(t.escape)) {
			obey(t.escape);
			t.escape[0] = '\0';
		}
		return;
	}
	switch (cp) {
	case '\r':
		t.x = 0;
		return;
	case '\n':
		go_down();
		return;
	case '\b':
		t.x = clamp(t.x - 1, t.columns);
		return;
	case '\t':
		t.x = clamp(t.x / 8 * 8 + 8, t.columns);
		return;
	case 0:
	case 7:
	case 14:
	case 15:
		return;
	}
	if (cp < ' ' || (cp >= 0x7f && cp < 0xa0))
		t.odd++;
	else
		put(cp, s, n);
}

/* ---- the program ---- */

/* Takes what it wrote; false when nothing came for so long. */
static bool listen_for(int milliseconds)
{
	struct pollfd p = { .fd = t.fd, .events = POLLIN };
	char bytes[4096];
	ssize_t n;
	size_t used = 0;

	if (t.ended || poll(&p, 1, milliseconds) <= 0)
		return false;
	n = read(t.fd, bytes, sizeof(bytes));
	if (n <= 0) {
		t.ended = true;
		waitpid(t.child, &t.status, 0);
		return false;
	}
	buf_add(&t.bytes, bytes, (size_t)n);
	while (used < t.bytes.len) {
		size_t left = t.bytes.len - used, len;
		unsigned char c = (unsigned char)t.bytes.str[used];
		uint32_t cp;

		/* The rest of a character may be on its way. */
		if (c >= 0xc2 && left < (c < 0xe0 ? 2u : c < 0xf0 ? 3u : 4u))
			break;
		len = utf8_decode(t.bytes.str + used, left, &cp);
		take(cp, t.bytes.str + used, len);
		used += len;
	}
	memmove(t.bytes.str, t.bytes.str + used, t.bytes.len - used);
	buf_cut(&t.bytes, t.bytes.len - used);
	return true;
}

static void put_screen(struct buf *b)
{
	for (int y = 0; y < t.rows; y++) {
		bool on = false;

		for (int x = 0; x < t.columns; x++) {
			const struct cell *c = &t.cells[y][x];

			if (c->underlined != on && c->text[0]) {
				buf_putc(b, on ? ']' : '[');
				on = !on;
			}
			buf_puts(b, c->text);
		}
		if (on)
			buf_putc(b, ']');
		while (b->len && b->str[b->len - 1] == ' ')
			buf_cut(b, b->len - 1);
		buf_putc(b, '\n');
	}
}

/* The screen without marks, each row and all rows run together. */
static bool shows(const char *text)
{
	struct buf rows = BUF_INIT, run = BUF_INIT;
	bool found;

	for (int y = 0; y < t.rows; y++) {
		for (int x = 0; x < t.columns; x++) {
			buf_puts(&rows, t.cells[y][x].text);
			buf_puts(&run, t.cells[y][x].text);
		}
		buf_putc(&rows, '\n');
	}
	found = strstr(buf_str(&rows), text) || strstr(buf_str(&run), text);
	buf_release(&rows);
	buf_release(&run);
	return found;
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static int wait_for(const char *text)
{
	double until = now() + WAIT_SECONDS;

	while (!shows(text)) {
		if (!listen_for(100) && (t.ended || now() > until))
			return -1;
	}
	return 0;
}

static int hex(char c)
{
	return c <= '9' ? c - '0' : (c | 32) - 'a' + 10;
}

static int send_text(const char *s)
{
	struct buf b = BUF_INIT;
	ssize_t n;

	for (; *s; s++) {
		if (*s != '\\') {
			buf_putc(&b, *s);
			continue;
		}
		s++;
		if (*s == 'x' && s[1] && s[2]) {
			buf_putc(&b, (char)(hex(s[1]) * 16 + hex(s[2])));
			s += 2;
		} else {
			buf_putc(&b, (char)(*s == 'e'   ? 27
					    : *s == 'n' ? '\r'
					    : *s == 't' ? 9
							: *s));
		}
		if (!*s)
			break;
	}
	n = write(t.fd, b.str, b.len);
	buf_release(&b);
	return n < 0 ? -1 : 0;
}

static void set_size(int columns, int rows)
{
	const struct winsize size = { .ws_col = (unsigned short)columns,
				      .ws_row = (unsigned short)rows };

	t.columns = columns;
	t.rows = rows;
	t.top = 0;
	t.bottom = rows;
	ioctl(t.fd, TIOCSWINSZ, &size);
}

static int save_screen(const char *path)
{
	FILE *out = fopen(path, "w");
	struct buf b = BUF_INIT;

	while (listen_for(QUIET_MILLISECONDS))
		;
	put_screen(&b);
	if (out)
		fputs(buf_str(&b), out);
	buf_release(&b);
	return out ? fclose(out) : -1;
}

/* The program's exit status, 128 and the signal's number after one. */
static void wait_for_end(void)
{
	while (!t.ended)
		listen_for(100);
	printf("%d\n", WIFEXITED(t.status) ? WEXITSTATUS(t.status) : 128 + WTERMSIG(t.status));
}

static int run_line(char *line)
{
	char *rest = strchr(line, ' ');
	int columns, rows;

	if (rest)
		*rest++ = '\0';
	else
		rest = line + strlen(line);
	if (!strcmp(line, "send"))
		return send_text(rest);
	if (!strcmp(line, "wait"))
		return wait_for(rest);
	if (!strcmp(line, "lacks"))
		return shows(rest) ? -1 : 0;
	if (!strcmp(line, "screen"))
		return save_screen(rest);
	if (!strcmp(line, "signal"))
		return kill(t.child, (int)strtol(rest, NULL, 10));
	if (!strcmp(line, "size")) {
		columns = (int)strtol(rest, &rest, 10);
		rows = (int)strtol(rest, NULL, 10);
		set_size(columns, rows);
		return 0;
	}
	if (!strcmp(line, "end")) {
		wait_for_end();
		return 0;
	}
	return -1;
}

static int run_script(void)
{
	char *line = NULL;
	size_t size = 0, number = 0;
	ssize_t len;
	int status = 0;

	while (status == 0 && (len = getline(&line, &size, stdin)) > 0) {
		struct buf screen = BUF_INIT;

		number++;
		line[len - (line[len - 1] == '\n')] = '\0';
		if (!*line)
			continue;
		if (run_line(line) < 0) {
			put_screen(&screen);
			fprintf(stderr, "line %zu: not so: %s %s\n%s", number, line,
				line + strlen(line) + 1, buf_str(&screen));
			buf_release(&screen);
			status = 1;
		}
	}
	free(line);
	return status;
}

int main(int argc, char **argv)
{
	int status;

	if (argc < 4)
		return 2;
	signal(SIGPIPE, SIG_IGN);
	t.columns = (int)strtol(argv[1], NULL, 10);
	t.rows = (int)strtol(argv[2], NULL, 10);
	t.bottom = t.rows;
	blank_rows(0, ROWS_MAX);
	{
		const struct winsize size = { .ws_col = (unsigned short)t.columns,
					      .ws_row = (unsigned short)t.rows };

		t.child = forkpty(&t.fd, NULL, NULL, &size);
	}
	if (t.child == 0) {
		setenv("TERM", getenv("PTY_TERM") ? getenv("PTY_TERM") : "vt100", 1);
		execvp(argv[3], argv + 3);
		_exit(127);
	}
	status = run_script();
	if (!t.ended) {
		kill(t.child, SIGKILL);
		waitpid(t.child, NULL, 0);
	}
	if (status == 0 && t.odd) {
		fprintf(stderr, "%d sequences that no vt100 knows\n", t.odd);
		status = 2;
	}
	buf_release(&t.bytes);
	return status;
}
