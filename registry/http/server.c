#include "base/log.h"
#include "base/moment.h"
#include "http/request_private.h"
#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const char refused[] =
	"{\"error\":{\"code\":\"http.refused\",\"kind\":\"invalid\","
	"\"message\":{\"vi\":\"Yêu cầu HTTP không đúng dạng.\","
	"\"en\":\"the request is malformed\"}}}";
static const char too_large[] =
	"{\"error\":{\"code\":\"http.too_large\",\"kind\":\"limit\","
	"\"message\":{\"vi\":\"Nội dung gửi lên quá lớn.\","
	"\"en\":\"the body is too large\"}}}";

static enum http_method parse_method(const char *name)
{
	static const struct {
		const char *name;
		enum http_method method;
	} methods[] = {
		{ "GET", HTTP_GET },
		{ "HEAD", HTTP_HEAD },
		{ "POST", HTTP_POST },
		{ "PUT", HTTP_PUT },
		{ "PATCH", HTTP_PATCH },
		{ "DELETE", HTTP_DELETE },
	};

	for (size_t i = 0; i < sizeof(methods) / sizeof(*methods); i++)
		if (strcmp(methods[i].name, name) == 0)
			return methods[i].method;
	return HTTP_OTHER;
}

static const char *print_peer(struct http_request *request)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		request->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char name[INET6_ADDRSTRLEN] = "";

	if (info && info->client_addr &&
	    info->client_addr->sa_family == AF_INET) {
		struct sockaddr_in in;
		memcpy(&in, info->client_addr, sizeof(in));
		(void)inet_ntop(AF_INET, &in.sin_addr, name, sizeof(name));
	} else if (info && info->client_addr &&
		   info->client_addr->sa_family == AF_INET6) {
		struct sockaddr_in6 in6;
		memcpy(&in6, info->client_addr, sizeof(in6));
		(void)inet_ntop(AF_INET6, &in6.sin6_addr, name, sizeof(name));
	} else {
		request->is_unix = true;
		return "unix";
	}
	return arena_copy(request->arena, name);
}

static struct http_request *create_request(struct http_server *server,
					   struct MHD_Connection *connection,
					   const char *path)
{
	struct http_request *request = memory_alloc(sizeof(*request));

	request->server = server;
	request->connection = connection;
	request->arena = arena_create(0);
	request->path = arena_copy(request->arena, path);
	request->id = arena_print(
		request->arena, "%llx-%llx",
		(unsigned long long)moment_now_micro(),
		(unsigned long long)atomic_fetch_add(&server->requests, 1));
	request->peer = print_peer(request);
	atomic_fetch_add(&server->active, 1);
	return request;
}

static enum MHD_Result refuse(struct http_request *request, unsigned status,
			      const char *body)
{
	http_reply_header(request, "Connection", "close");
	http_reply_static(request, status, "application/json",
			  bytes_of(body));
	return request_answer(request);
}

/* A declared length over the limit is refused before the body comes. */
static bool declares_too_much(struct http_request *request)
{
	const char *length = http_request_header(request, "Content-Length");

	return length && strtoll(length, NULL, 10) > request->body_limit;
}

static enum MHD_Result begin(struct http_request *request, const char *method,
			     const char *version)
{
	struct http_server *server = request->server;
	const char *reason = guard_check(request->connection, version);

	if (reason || !bytes_is_utf8(bytes_of(request->path))) {
		log_event(LOG_LEVEL_NOTICE, "http.refused", "reason", reason,
			  "peer", request->peer, NULL);
		return refuse(request, 400, refused);
	}
	request->method = parse_method(method);
	request->body_limit = 0;
	request->body_mode = server->calls.begin(server->calls.context, request,
						 &request->body_limit);
	if (declares_too_much(request))
		return refuse(request, 413, too_large);
	return MHD_YES;
}

static void keep_piece(struct http_request *request, const char *data,
		       size_t size)
{
	size_t have = (size_t)request->body_size;

	if (request->body_room < have + size + 1) {
		size_t room = (have + size + 1) * 2;
		request->body = memory_grow(request->body, room);
		request->body_room = room;
	}
	memcpy(request->body + have, data, size);
	request->body[have + size] = '\0';
}

static void take_piece(struct http_request *request, const char *data,
		       size_t size)
{
	const struct http_calls *calls = &request->server->calls;

	if (request->body_size + (int64_t)size > request->body_limit)
		request->too_large = true;
	if (request->too_large)
		return;
	if (request->body_mode == HTTP_BODY_WHOLE)
		keep_piece(request, data, size);
	else
		calls->piece(calls->context, request,
			     (struct bytes){ (const unsigned char *)data,
					     size });
	request->body_size += (int64_t)size;
}

static enum MHD_Result serve(struct http_request *request)
{
	const struct http_calls *calls = &request->server->calls;

	request->whole = true;
	if (request->too_large)
		return refuse(request, 413, too_large);
	request->suspended = true;
	MHD_suspend_connection(request->connection);
	calls->serve(calls->context, request);
	return MHD_YES;
}

static enum MHD_Result handle(void *context, struct MHD_Connection *connection,
			      const char *path, const char *method,
			      const char *version, const char *data,
			      size_t *size, void **own)
{
	struct http_request *request = *own;

	if (!request) {
		request = create_request(context, connection, path);
		*own = request;
		return begin(request, method, version);
	}
	if (*size) {
		take_piece(request, data, *size);
		*size = 0;
		return MHD_YES;
	}
	if (request->response)
		return request_answer(request);
	return request->whole ? MHD_YES : serve(request);
}

static void finish(void *context, struct MHD_Connection *connection, void **own,
		   enum MHD_RequestTerminationCode code)
{
	struct http_request *request = *own;
	struct http_server *server = context;

	(void)connection;
	(void)code;
	if (!request)
		return;
	server->calls.end(server->calls.context, request);
	if (request->response)
		MHD_destroy_response(request->response);
	memory_free(request->body);
	arena_destroy(&request->arena);
	memory_free(request);
	*own = NULL;
	atomic_fetch_sub(&server->active, 1);
}

static bool fail_socket(struct fail *why, const char *what, const char *where)
{
	return fail(why, FAIL_BUSY, "%s '%s': %s", what, where,
		    strerror(errno));
}

static int port_of(const struct sockaddr_storage *bound)
{
	struct sockaddr_in6 in6;
	struct sockaddr_in in;

	memcpy(&in6, bound, sizeof(in6));
	memcpy(&in, bound, sizeof(in));
	if (bound->ss_family == AF_INET6)
		return ntohs(in6.sin6_port);
	return ntohs(in.sin_port);
}

static int listen_tcp(const char *where, int *ret_port, struct fail *why)
{
	struct addrinfo hints = { .ai_family = AF_UNSPEC,
				  .ai_socktype = SOCK_STREAM,
				  .ai_flags = AI_PASSIVE | AI_NUMERICHOST };
	struct addrinfo *found = NULL;
	auto_arena *arena = arena_create(0);
	char *host = arena_copy(arena, where);
	char *colon = strrchr(host, ':');
	struct sockaddr_storage bound;
	socklen_t size = sizeof(bound);
	int one = 1, fd, bad;

	if (!colon) {
		fail(why, FAIL_INVALID, "'%s' is not ADDRESS:PORT", where);
		return -1;
	}
	*colon = '\0';
	if (getaddrinfo(host, colon + 1, &hints, &found) != 0) {
		fail(why, FAIL_INVALID, "'%s' is not ADDRESS:PORT", where);
		return -1;
	}
	fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	bad = fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) < 0 ||
	      listen(fd, 1024) < 0;
	freeaddrinfo(found);
	if (bad || getsockname(fd, (struct sockaddr *)&bound, &size) < 0) {
		fail_socket(why, "listen on", where);
		return -1;
	}
	*ret_port = port_of(&bound);
	return fd;
}

static int listen_unix(const char *path, struct fail *why)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		fail(why, FAIL_INVALID,
		     "'%s' is too long for a socket's name; use a shorter "
		     "data folder",
		     path);
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	(void)unlink(path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 ||
	    bind(fd, (struct sockaddr *)&address, sizeof(address)) < 0 ||
	    chmod(path, 0600) < 0 || listen(fd, 1024) < 0) {
		fail_socket(why, "listen on", path);
		return -1;
	}
	return fd;
}

static struct MHD_Daemon *start(struct http_server *server, int fd)
{
	const struct http_settings *settings = &server->settings;

	return MHD_start_daemon(
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME |
			MHD_USE_ITC,
		0, NULL, NULL, handle, server, MHD_OPTION_LISTEN_SOCKET, fd,
		MHD_OPTION_NOTIFY_COMPLETED, finish, server,
		MHD_OPTION_THREAD_POOL_SIZE, (unsigned)settings->threads,
		MHD_OPTION_CONNECTION_LIMIT,
		(unsigned)settings->connections_max,
		MHD_OPTION_CONNECTION_TIMEOUT,
		(unsigned)settings->idle_seconds,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)settings->header_max + 64 * 1024,
		MHD_OPTION_CONNECTION_MEMORY_INCREMENT, (size_t)16 * 1024,
		MHD_OPTION_END);
}

static bool open_sockets(struct http_server *server, struct fail *why)
{
	const struct http_settings *settings = &server->settings;
	int fd;

	if (settings->unix_path) {
		server->unix_path = memory_copy(settings->unix_path);
		fd = listen_unix(settings->unix_path, why);
		if (fd < 0)
			return false;
		server->local = start(server, fd);
		if (!server->local)
			return fail(why, FAIL_BUSY, "cannot start http");
	}
	if (settings->listen) {
		fd = listen_tcp(settings->listen, &server->port, why);
		if (fd < 0)
			return false;
		server->tcp = start(server, fd);
		if (!server->tcp)
			return fail(why, FAIL_BUSY, "cannot start http");
	}
	return true;
}

struct http_server *http_server_open(const struct http_settings *settings,
				     const struct http_calls *calls,
				     struct fail *why)
{
	struct http_server *server = memory_alloc(sizeof(*server));

	server->settings = *settings;
	server->calls = *calls;
	if (!open_sockets(server, why))
		http_server_close(&server);
	return server;
}

static void stop(struct MHD_Daemon *daemon)
{
	MHD_socket fd;

	if (!daemon)
		return;
	fd = MHD_quiesce_daemon(daemon);
	if (fd != MHD_INVALID_SOCKET)
		(void)close(fd);
}

void http_server_close(struct http_server **server)
{
	struct http_server *gone = *server;

	if (!gone)
		return;
	stop(gone->tcp);
	stop(gone->local);
	for (int i = 0; i < 200 && atomic_load(&gone->active) > 0; i++)
		(void)usleep(10000);
	if (gone->tcp)
		MHD_stop_daemon(gone->tcp);
	if (gone->local)
		MHD_stop_daemon(gone->local);
	if (gone->unix_path)
		(void)unlink(gone->unix_path);
	memory_free(gone->unix_path);
	memory_free(gone);
	*server = NULL;
}

int http_server_port(const struct http_server *server)
{
	return server->port;
}
