/* web_guard.c - slow clients: whoever sends a request byte by byte, or reads an
 * answer so, is cut off after a while, busy or not. (One who is silent
 * altogether libmicrohttpd drops by itself.)
 */
#include <microhttpd.h>
#include <sys/socket.h>
#include <time.h>

#include "web_internal.h"

int64_t web_guard_clock(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec;
}

static int socket_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);

	return info ? info->connect_fd : -1;
}

/* The line of a connection, made when it is new; each step of a request has its
 * own time. */
struct web_line *web_guard_add(struct web *w, struct MHD_Connection *c)
{
	struct web_line *free_line = NULL, *line = NULL;

	for (size_t i = 0; i < BOUND_WEB_CONNECTIONS && !line; i++) {
		if (w->lines[i].connection == c)
			line = &w->lines[i];
		else if (!w->lines[i].connection)
			free_line = &w->lines[i];
	}
	if (!line)
		line = free_line;
	if (!line)
		return NULL;
	line->connection = c;
	line->socket = socket_of(c);
	line->deadline = web_guard_clock() + BOUND_WEB_SECONDS;
	return line;
}

void web_guard_remove(struct web *w, struct MHD_Connection *c)
{
	for (size_t i = 0; i < BOUND_WEB_CONNECTIONS; i++)
		if (w->lines[i].connection == c)
			w->lines[i] = (struct web_line){ 0 };
}

void web_guard_check(struct web *w)
{
	int64_t now = web_guard_clock();

	for (size_t i = 0; i < BOUND_WEB_CONNECTIONS; i++) {
		struct web_line *line = &w->lines[i];

		if (line->connection && line->deadline < now && line->socket >= 0) {
			shutdown(line->socket, SHUT_RDWR);
			line->deadline = now + BOUND_WEB_SECONDS;
		}
	}
}
