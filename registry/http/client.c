#include "http/client.h"
#include "base/descriptor.h"
#include "base/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static int connect_to(const char *path, struct fail *why)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;

	if (strlen(path) >= sizeof(address.sun_path)) {
		fail(why, FAIL_NOT_FOUND, "'%s' is too long for a socket",
		     path);
		return -1;
	}
	memcpy(address.sun_path, path, strlen(path) + 1);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd >= 0 &&
	    connect(fd, (struct sockaddr *)&address, sizeof(address)) == 0)
		return fd;
	fail(why, FAIL_NOT_FOUND, "nobody listens on '%s'", path);
	descriptor_close(&fd);
	return -1;
}

bool http_client_reaches(const char *unix_path)
{
	struct fail ignored;
	auto_fd fd = connect_to(unix_path, &ignored);

	return fd >= 0;
}

static bool send_request(int fd, const struct http_exchange *exchange,
			 struct fail *why)
{
	auto_text head = { 0 };

	text_addf(&head, "%s %s HTTP/1.1\r\nHost: registry\r\n",
		  exchange->method, exchange->path);
	text_add(&head, "Connection: close\r\n");
	if (exchange->token)
		text_addf(&head, "Authorization: Bearer %s\r\n",
			  exchange->token);
	text_addf(&head, "Content-Length: %zu\r\n\r\n", exchange->body.size);
	return descriptor_write(fd, text_string(&head), head.size, why) &&
	       descriptor_write(fd, exchange->body.data, exchange->body.size,
				why);
}

static bool read_all(int fd, size_t max, struct text *answer, struct fail *why)
{
	char buffer[64 * 1024];

	answer->limit = max;
	for (;;) {
		ssize_t size = read(fd, buffer, sizeof(buffer));
		if (size < 0 && errno == EINTR)
			continue;
		if (size < 0)
			return fail(why, FAIL_BUSY, "the service went away");
		if (size == 0)
			break;
		text_add_part(answer, buffer, (size_t)size);
	}
	if (answer->over)
		return fail(why, FAIL_LIMIT, "the answer is too long");
	return true;
}

/* Our own server answers with a length and closes, so the rest is the body. */
bool http_client_call(const char *unix_path,
		      const struct http_exchange *exchange,
		      struct arena *arena, unsigned *ret_status,
		      struct bytes *ret_body, struct fail *why)
{
	auto_fd fd = connect_to(unix_path, why);
	auto_text answer = { 0 };
	const char *end, *body;
	size_t size;

	if (fd < 0 || !send_request(fd, exchange, why) ||
	    !read_all(fd, exchange->answer_max, &answer, why))
		return false;
	end = answer.string ? strstr(answer.string, "\r\n\r\n") : NULL;
	if (!end || strncmp(answer.string, "HTTP/1.1 ", 9) != 0)
		return fail(why, FAIL_BUSY, "the service went away");
	*ret_status = (unsigned)strtoul(answer.string + 9, NULL, 10);
	body = end + 4;
	size = answer.size - (size_t)(body - answer.string);
	*ret_body = (struct bytes){
		(unsigned char *)arena_copy_part(arena, body, size), size
	};
	return true;
}
