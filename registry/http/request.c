#include "http/request_private.h"
#include <assert.h>
#include <string.h>

enum http_method http_request_method(const struct http_request *request)
{
	return request->method;
}

const char *http_request_path(const struct http_request *request)
{
	return request->path;
}

static const char *sound(const char *value)
{
	if (!value || !bytes_is_utf8(bytes_of(value)))
		return NULL;
	return value;
}

const char *http_request_header(struct http_request *request, const char *name)
{
	return sound(MHD_lookup_connection_value(request->connection,
						 MHD_HEADER_KIND, name));
}

const char *http_request_query(struct http_request *request, const char *name)
{
	return sound(MHD_lookup_connection_value(
		request->connection, MHD_GET_ARGUMENT_KIND, name));
}

const char *http_request_cookie(struct http_request *request, const char *name)
{
	return sound(MHD_lookup_connection_value(request->connection,
						 MHD_COOKIE_KIND, name));
}

struct bytes http_request_body(const struct http_request *request)
{
	size_t size = request->body ? (size_t)request->body_size : 0;

	return (struct bytes){ (unsigned char *)request->body, size };
}

struct arena *http_request_arena(struct http_request *request)
{
	return request->arena;
}

const char *http_request_id(const struct http_request *request)
{
	return request->id;
}

bool http_request_is_unix(const struct http_request *request)
{
	return request->is_unix;
}

const char *http_request_peer(const struct http_request *request)
{
	return request->peer;
}

void http_request_set_own(struct http_request *request, void *own)
{
	request->own = own;
}

void *http_request_own(const struct http_request *request)
{
	return request->own;
}
