/* cmd_site.h - what pull and push share: which site, and who asks. */
#ifndef DEAR_CLI_CMD_SITE_H
#define DEAR_CLI_CMD_SITE_H

#include "cmd.h"

struct site;

struct site_args {
	const char *user, *password_file, *ca;
	int64_t delay, timeout, tries;
	bool insecure;
	bool stranger; /* whoever user is: nothing is asked in a name */
};

/* Their rows in a table of options; AT gives the place of a field of site_args. */
/* clang-format off */
#define SITE_OPTIONS(AT) \
	{ "user", OPT_TEXT, AT(user), "LOGIN", "your name on the site ($DEAR_USER)" }, \
	{ "password-file", OPT_TEXT, AT(password_file), "FILE", \
	  "its application password; else $DEAR_PASSWORD, else it is asked for" }, \
	{ "delay", OPT_NUMBER, AT(delay), "MS", "between two requests; 1000" }, \
	{ "timeout", OPT_NUMBER, AT(timeout), "SECONDS", "for one request; 60" }, \
	{ "tries", OPT_NUMBER, AT(tries), "N", "at a request that may succeed later; 5" }, \
	{ "ca", OPT_TEXT, AT(ca), "FILE", "certificates to trust, instead of the system's" }, \
	{ "insecure-http", OPT_FLAG, AT(insecure), NULL, \
	  "go to other machines without encryption, too" }
/* clang-format on */

/* A site under the care of this command. password holds the secret until
 * cmd_site_close. */
struct cmd_site {
	struct site *site;
	struct buf *password;
};
/* Asks for the password where no other source gives it. Strings of args and url
 * are borrowed. */
int cmd_site_open(struct app *app, const struct site_args *args, const char *url,
		  struct cmd_site *ret, struct err *err);
/* The name given, or $DEAR_USER; NULL, and for a stranger. */
const char *cmd_site_user(const struct site_args *args);
void cmd_site_close(struct cmd_site *s);

#endif
