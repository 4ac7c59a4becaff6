/* web.c - the socket, and requests as libmicrohttpd hands them over: who may ask
 * is web_door.c's, what is answered web_route.c's.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "dear/err.h"
#include "dear/mem.h"

#include "web_internal.h"

enum { BACKLOG = 32, IDLE_SECONDS = 20 };

/* On every answer. A referrer goes to nobody else; with "no-referrer" browsers
 * would send "Origin: null" with a form, and Origin is what the door looks at. */
static const char *const headers[][2] = {
	{ "Content-Security-Policy",
	  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
	  "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "X-Frame-Options", "DENY" },
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()" },
	{ "X-Robots-Tag", "noindex" },
};

static enum MHD_Result send_answer(struct web_request *q)
{
	struct web_answer *a = &q->answer;
	struct MHD_Response *r;
	enum MHD_Result sent;

	r = MHD_create_response_from_buffer(a->body.len, (void *)buf_str(&a->body),
					    MHD_RESPMEM_MUST_COPY);
	if (!r)
		return MHD_NO;
	for (size_t i = 0; i < sizeof(headers) / sizeof(*headers); i++)
		MHD_add_response_header(r, headers[i][0], headers[i][1]);
	MHD_add_response_header(r, "Cache-Control", a->keep ? "private, max-age=60" : "no-store");
	if (a->type)
		MHD_add_response_header(r, "Content-Type", a->type);
	if (a->location)
		MHD_add_response_header(r, "Location", a->location);
	if (a->cookie)
		MHD_add_response_header(r, "Set-Cookie", a->cookie);
	if (q->too_large)
		MHD_add_response_header(r, "Connection", "close");
	sent = MHD_queue_response(q->connection, (unsigned)a->status, r);
	MHD_destroy_response(r);
	q->answered = true;
	return sent;
}

static bool is_too_large(const struct web_request *q)
{
	const char *length = web_header(q, "Content-Length");

	return length && (strlen(length) > 9 || web_number(length) > BOUND_WEB_BODY_BYTES);
}

static enum MHD_Result refuse_body(struct web_request *q)
{
	q->too_large = true;
	web_say(q, 413, "Too much", "That is more text than a reply can be.");
	return send_answer(q);
}

/* The head of a request has arrived. */
static enum MHD_Result begin(struct web *w, struct MHD_Connection *c, const char *path,
			     const char *method, void **state)
{
	struct web_request *q = mem_alloc(sizeof(*q));

	*state = q;
	q->web = w;
	q->connection = c;
	q->line = web_guard_add(w, c);
	q->path = arena_strdup(&q->arena, path);
	q->method = arena_strdup(&q->arena, method);
	q->post = !strcmp(method, "POST");
	web_read_query(q);
	if (!web_door(q))
		return send_answer(q);
	return is_too_large(q) ? refuse_body(q) : MHD_YES;
}

static enum MHD_Result handle(void *ctx, struct MHD_Connection *c, const char *path,
			      const char *method, const char *version, const char *bytes,
			      size_t *size, void **state)
{
	struct web_request *q = *state;

	(void)version;
	if (!q)
		return begin(ctx, c, path, method, state);
	if (q->answered) {
		*size = 0;
		return MHD_YES;
	}
	if (*size > 0) {
		if (q->body.len + *size > BOUND_WEB_BODY_BYTES)
			q->too_large = true;
		else
			buf_add(&q->body, bytes, *size);
		*size = 0;
		return MHD_YES;
	}
	if (q->too_large)
		return refuse_body(q);
	web_read_form(q);
	web_route(q);
	return send_answer(q);
}

static void completed(void *ctx, struct MHD_Connection *c, void **state,
		      enum MHD_RequestTerminationCode why)
{
	struct web_request *q = *state;

	(void)ctx;
	(void)c;
	(void)why;
	if (!q)
		return;
	if (q->line)
		q->line->deadline = web_guard_clock() + BOUND_WEB_SECONDS;
	buf_release(&q->body);
	buf_release(&q->answer.body);
	free(q->query.list);
	free(q->form.list);
	arena_release(&q->arena);
	free(q);
	*state = NULL;
}

static void connected(void *ctx, struct MHD_Connection *c, void **state,
		      enum MHD_ConnectionNotificationCode what)
{
	(void)state;
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		web_guard_add(ctx, c);
	else
		web_guard_remove(ctx, c);
}

/* ---- listening ---- */

static struct addrinfo *numeric(const char *address, uint16_t port)
{
	const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
					.ai_socktype = SOCK_STREAM };
	struct addrinfo *found = NULL;
	char service[8];

	snprintf(service, sizeof(service), "%u", (unsigned)port);
	return getaddrinfo(address, service, &hints, &found) == 0 ? found : NULL;
}

bool web_is_loopback(const char *address)
{
	struct addrinfo *a = numeric(address, 0);
	bool yes = false;

	if (a && a->ai_family == AF_INET)
		yes = ntohl(((struct sockaddr_in *)(void *)a->ai_addr)->sin_addr.s_addr) >> 24 ==
		      127;
	else if (a && a->ai_family == AF_INET6)
		yes = IN6_IS_ADDR_LOOPBACK(&((struct sockaddr_in6 *)(void *)a->ai_addr)->sin6_addr);
	if (a)
		freeaddrinfo(a);
	return yes;
}

static uint16_t port_of(int fd)
{
	struct sockaddr_storage address;
	socklen_t len = sizeof(address);

	if (getsockname(fd, (struct sockaddr *)&address, &len) < 0)
		return 0;
	return ntohs(address.ss_family == AF_INET6
			     ? ((struct sockaddr_in6 *)(void *)&address)->sin6_port
			     : ((struct sockaddr_in *)(void *)&address)->sin_port);
}

/* A socket that listens, or -1. */
static int listen_at(const struct web_options *o, bool *ret_six, struct err *err)
{
	struct addrinfo *a = numeric(o->address, o->port);
	const int on = 1;
	int fd;

	if (!a)
		return err_set(err, ERR_USAGE, o->address, 0,
			       "is no address in numbers, such as 127.0.0.1");
	*ret_six = a->ai_family == AF_INET6;
	fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (fd < 0 || bind(fd, a->ai_addr, a->ai_addrlen) < 0 || listen(fd, BACKLOG) < 0) {
		err_set(err, ERR_IO, o->address, 0, "can't listen at port %u: %s",
			(unsigned)o->port, strerror(errno));
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	freeaddrinfo(a);
	return fd;
}

static int start(struct web *w, struct err *err)
{
	bool six = false;
	int fd = listen_at(&w->o, &six, err);

	if (fd < 0)
		return -1;
	w->port = port_of(fd);
	w->daemon = MHD_start_daemon(MHD_USE_AUTO | (six ? MHD_USE_IPv6 : MHD_NO_FLAG), 0, NULL,
				     NULL, handle, w, MHD_OPTION_LISTEN_SOCKET, fd,
				     MHD_OPTION_CONNECTION_LIMIT, (unsigned)BOUND_WEB_CONNECTIONS,
				     MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
				     MHD_OPTION_CONNECTION_MEMORY_LIMIT,
				     (size_t)BOUND_WEB_HEAD_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1,
				     MHD_OPTION_NOTIFY_COMPLETED, completed, NULL,
				     MHD_OPTION_NOTIFY_CONNECTION, connected, w, MHD_OPTION_END);
	if (w->daemon)
		return 0;
	close(fd);
	return err_set(err, ERR_IO, w->o.address, 0, "the web server can't be started");
}

static bool is_wildcard(const char *address)
{
	return !strcmp(address, "0.0.0.0") || !strcmp(address, "::");
}

struct web *web_open(const struct web_options *o, struct err *err)
{
	struct web *w = mem_alloc(sizeof(*w));

	w->o = *o;
	w->loopback = web_is_loopback(o->address);
	if (!w->loopback && !o->passwords) {
		err_set(err, ERR_USAGE, o->address, 0,
			"others can reach this address: it takes a --password-file");
		goto fail;
	}
	if (is_wildcard(o->address) && !(o->origins && *o->origins)) {
		err_set(err, ERR_USAGE, o->address, 0,
			"is every address of this machine: say with --origin how it is reached");
		goto fail;
	}
	w->pages = web_pages_new(err);
	if (!w->pages || start(w, err) < 0)
		goto fail;
	return w;
fail:
	web_free(w);
	return NULL;
}

void web_free(struct web *w)
{
	if (!w)
		return;
	if (w->daemon)
		MHD_stop_daemon(w->daemon);
	web_cache_clear(w);
	web_door_close(w);
	web_pages_free(w->pages);
	buf_release(&w->link_text);
	free(w);
}

uint16_t web_port(const struct web *w)
{
	return w->port;
}

int web_step(struct web *w, int milliseconds, struct err *err)
{
	if (MHD_run_wait(w->daemon, milliseconds) != MHD_YES)
		return err_set(err, ERR_IO, w->o.address, 0, "the web server gave up");
	web_guard_check(w);
	return 0;
}
