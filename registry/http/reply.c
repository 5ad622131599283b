#include "base/descriptor.h"
#include "http/request_private.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct range {
	int64_t from, to; /* to: one past the last */
	bool partial;
};

void http_reply_header(struct http_request *request, const char *name,
		       const char *value)
{
	struct header *header;

	assert(request->header_count < HEADERS_MAX);
	assert(!strpbrk(value, "\r\n"));
	header = &request->headers[request->header_count++];
	header->name = arena_copy(request->arena, name);
	header->value = arena_copy(request->arena, value);
}

enum MHD_Result request_answer(struct http_request *request)
{
	enum MHD_Result result = MHD_queue_response(
		request->connection, request->status, request->response);

	MHD_destroy_response(request->response);
	request->response = NULL;
	return result;
}

void request_reply(struct http_request *request, unsigned status,
		   struct MHD_Response *response, const char *type)
{
	assert(response && !request->response);
	if (type)
		MHD_add_response_header(response, "Content-Type", type);
	MHD_add_response_header(response, "X-Request-Id", request->id);
	for (size_t i = 0; i < request->header_count; i++)
		MHD_add_response_header(response, request->headers[i].name,
					request->headers[i].value);
	request->status = status;
	request->response = response;
	if (request->suspended) {
		request->suspended = false;
		MHD_resume_connection(request->connection);
	}
}

static void *plain_pointer(struct bytes body)
{
	union {
		const unsigned char *in;
		void *out;
	} view = { .in = body.data };

	return view.out;
}

static struct MHD_Response *from_bytes(struct bytes body,
				       enum MHD_ResponseMemoryMode mode)
{
	static char nothing[1];
	void *data = body.size ? plain_pointer(body) : nothing;

	return MHD_create_response_from_buffer(body.size, data, mode);
}

void http_reply(struct http_request *request, unsigned status,
		const char *type, struct bytes body)
{
	request_reply(request, status,
		      from_bytes(body, MHD_RESPMEM_MUST_COPY), type);
}

void http_reply_static(struct http_request *request, unsigned status,
		       const char *type, struct bytes body)
{
	request_reply(request, status,
		      from_bytes(body, MHD_RESPMEM_PERSISTENT), type);
}

/* "bytes=a-b", "bytes=a-", "bytes=-n"; one range only, others are ignored as
 * RFC 9110 14.2 allows. False: it lies outside. */
static bool read_range(const char *header, int64_t size, struct range *range)
{
	char *end;
	int64_t first, last = size - 1;

	*range = (struct range){ 0, size, false };
	if (!header || strncmp(header, "bytes=", 6) != 0 ||
	    strchr(header, ','))
		return true;
	header += 6;
	if (*header == '-') {
		first = strtoll(header + 1, &end, 10);
		if (*end || first <= 0)
			return *end != '\0';
		first = first > size ? 0 : size - first;
	} else {
		first = strtoll(header, &end, 10);
		if (end == header || *end != '-')
			return true;
		if (!end[1])
			last = INT64_MAX;
		else
			last = strtoll(end + 1, &end, 10);
		if ((last != INT64_MAX && *end) || last < first)
			return true;
		if (last > size - 1)
			last = size - 1;
	}
	if (first < 0 || first >= size)
		return false;
	*range = (struct range){ first, last + 1, true };
	return true;
}

static void reply_empty(struct http_request *request, unsigned status)
{
	request_reply(request, status,
		      from_bytes((struct bytes){ NULL, 0 },
				 MHD_RESPMEM_PERSISTENT),
		      NULL);
}

void http_reply_file(struct http_request *request, const char *type,
		     const char *etag, int fd, int64_t size)
{
	auto_fd owned = fd;
	const char *known = http_request_header(request, "If-None-Match");
	const char *asked = http_request_header(request, "Range");
	const char *if_range = http_request_header(request, "If-Range");
	struct MHD_Response *response;
	struct range range;

	http_reply_header(request, "ETag", etag);
	http_reply_header(request, "Accept-Ranges", "bytes");
	if (known && strcmp(known, etag) == 0) {
		reply_empty(request, 304);
		return;
	}
	if (if_range && strcmp(if_range, etag) != 0)
		asked = NULL;
	if (!read_range(asked, size, &range)) {
		http_reply_header(request, "Content-Range",
				  arena_print(request->arena, "bytes */%lld",
					      (long long)size));
		reply_empty(request, 416);
		return;
	}
	if (range.partial)
		http_reply_header(
			request, "Content-Range",
			arena_print(request->arena, "bytes %lld-%lld/%lld",
				    (long long)range.from,
				    (long long)range.to - 1, (long long)size));
	response = MHD_create_response_from_fd_at_offset64(
		(uint64_t)(range.to - range.from), owned, (uint64_t)range.from);
	owned = -1;
	request_reply(request, range.partial ? 206 : 200, response, type);
}
