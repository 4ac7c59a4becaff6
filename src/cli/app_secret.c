/* app_secret.c - a secret typed on the terminal, unseen. */
#include <signal.h>
#include <string.h>
#include <termios.h>

#include "dear/buf.h"

#include "cmd.h"

enum { SECRET_BYTES = 1024 };

/* Whoever gives up by ^C is heard once the terminal shows again what is typed. */
static bool type(FILE *terminal, const struct termios *before, struct buf *out)
{
	struct termios quiet = *before;
	char line[SECRET_BYTES];
	sigset_t stops, held;
	bool typed;

	sigemptyset(&stops);
	sigaddset(&stops, SIGINT);
	sigaddset(&stops, SIGTERM);
	sigaddset(&stops, SIGTSTP);
	sigprocmask(SIG_BLOCK, &stops, &held);
	quiet.c_lflag &= ~(tcflag_t)ECHO;
	tcsetattr(fileno(terminal), TCSAFLUSH, &quiet);
	typed = fgets(line, sizeof(line), terminal) != NULL;
	tcsetattr(fileno(terminal), TCSAFLUSH, before);
	sigprocmask(SIG_SETMASK, &held, NULL);
	if (typed)
		buf_add(out, line, strcspn(line, "\r\n"));
	explicit_bzero(line, sizeof(line));
	return typed;
}

bool app_ask_secret(const char *question, struct buf *out)
{
	FILE *terminal = fopen("/dev/tty", "r+");
	struct termios before;

	if (!terminal)
		return false;
	if (tcgetattr(fileno(terminal), &before) < 0) {
		fclose(terminal);
		return false;
	}
	fprintf(terminal, "%s: ", question);
	fflush(terminal);
	type(terminal, &before, out);
	fputc('\n', terminal);
	fclose(terminal);
	return true;
}
