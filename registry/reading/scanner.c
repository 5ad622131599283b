#include "reading/scanner.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/*
 * INSTREAM: the command with a NUL behind it, pieces with their length in
 * network order before them, an empty piece. clamd closes when it has heard
 * enough (StreamMaxLength), so a write that fails is no answer yet.
 */
enum {
	PIECE = 64 * 1024
};

struct call {
	int socket;
	int64_t end;
};

static struct scanner_answer say(enum scanner_verdict verdict,
				 const char *what)
{
	struct scanner_answer answer = { .verdict = verdict };
	size_t size = strlen(what);

	if (size >= sizeof(answer.said))
		size = sizeof(answer.said) - 1;
	for (size_t i = 0; i < size; i++)
		answer.said[i] = what[i] >= ' ' && what[i] < 0x7F ? what[i]
								  : '?';
	return answer;
}

static bool wait_for(const struct call *call, short what)
{
	struct pollfd poll_fd = { .fd = call->socket, .events = what };

	for (;;) {
		int64_t left = call->end - moment_ticks();
		int ready = left > 0 ? poll(&poll_fd, 1, (int)left) : 0;

		if (ready > 0)
			return true;
		if (ready == 0 || errno != EINTR)
			return false;
	}
}

static bool send_all(const struct call *call, const void *data, size_t size)
{
	const char *at = data;

	while (size > 0) {
		ssize_t sent;

		if (!wait_for(call, POLLOUT))
			return false;
		sent = send(call->socket, at, size,
			    MSG_NOSIGNAL | MSG_DONTWAIT);
		if (sent < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (sent <= 0)
			return false;
		at += sent;
		size -= (size_t)sent;
	}
	return true;
}

static bool send_piece(const struct call *call, const void *data, size_t size)
{
	uint32_t length = htonl((uint32_t)size);

	return send_all(call, &length, sizeof(length)) &&
	       send_all(call, data, size);
}

/* False when the other side listens no more. */
static bool send_content(const struct call *call,
			 const struct scanner_request *request)
{
	static const char command[] = "zINSTREAM";
	char piece[PIECE];
	size_t at = 0;

	if (!send_all(call, command, sizeof(command)))
		return false;
	while (at < request->size) {
		ssize_t got = pread(request->content, piece, sizeof(piece),
				    (off_t)at);

		if (got <= 0 || !send_piece(call, piece, (size_t)got))
			return false;
		at += (size_t)got;
	}
	return send_piece(call, NULL, 0);
}

static size_t receive(const struct call *call, char *reply, size_t room)
{
	size_t size = 0;

	while (size < room && wait_for(call, POLLIN)) {
		ssize_t got = recv(call->socket, reply + size, room - size, 0);

		if (got <= 0)
			break;
		size += (size_t)got;
		if (memchr(reply, '\0', size))
			break;
	}
	return size;
}

static struct scanner_answer understand(char *reply, size_t size)
{
	static const char found[] = " FOUND";
	const char *name = reply;
	size_t length;

	reply[size] = '\0';
	length = strlen(reply);
	while (length && strchr("\n ", reply[length - 1]))
		reply[--length] = '\0';
	if (strncmp(reply, "stream: ", 8) == 0)
		name = reply + 8;
	if (strcmp(name, "OK") == 0)
		return say(SCANNER_CLEAN, "");
	if (length > sizeof(found) - 1 &&
	    strcmp(reply + length - (sizeof(found) - 1), found) == 0) {
		reply[length - (sizeof(found) - 1)] = '\0';
		return say(SCANNER_FOUND, name);
	}
	if (strstr(reply, "size limit exceeded"))
		return say(SCANNER_TOO_LARGE, "too large for the scanner");
	return say(SCANNER_FAILED, *reply ? reply : "the scanner hung up");
}

static int call_scanner(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	auto_fd fd = -1;
	int kept;

	if (strlen(path) >= sizeof(address.sun_path))
		return -1;
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 ||
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) != 0)
		return -1;
	kept = fd;
	fd = -1;
	return kept;
}

struct scanner_answer scanner_ask(const struct scanner_request *request)
{
	auto_fd fd = call_scanner(request->path);
	struct call call = { .socket = fd,
			     .end = moment_ticks() + request->deadline };
	char reply[1024];
	size_t size;

	if (fd < 0)
		return say(SCANNER_FAILED, "the scanner does not answer");
	(void)send_content(&call, request);
	size = receive(&call, reply, sizeof(reply) - 1);
	return understand(reply, size);
}
