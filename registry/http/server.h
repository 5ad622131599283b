/*
 * The HTTP server: takes requests over TCP and a Unix socket, guards their
 * framing and sizes, and hands each to its callbacks. It knows nothing of
 * documents. A request waits suspended until http_reply_*() is called, once,
 * from any thread; nobody waits inside the server's own threads.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include <stdint.h>

struct http_server;
struct http_request;

enum http_method {
	HTTP_GET,
	HTTP_HEAD,
	HTTP_POST,
	HTTP_PUT,
	HTTP_PATCH,
	HTTP_DELETE,
	HTTP_OTHER
};

enum http_body {
	HTTP_BODY_WHOLE,
	HTTP_BODY_STREAM
};

struct http_calls {
	void *context;
	/* After the head: how the body is taken, and at most how many bytes. */
	enum http_body (*begin)(void *context, struct http_request *request,
				int64_t *ret_limit);
	/* A piece of a streamed body; on an I/O thread, so never slow. */
	void (*piece)(void *context, struct http_request *request,
		      struct bytes piece);
	/* The request is whole: must lead to one http_reply_*(). */
	void (*serve)(void *context, struct http_request *request);
	/* The request is over, answered or not; give back what is yours. */
	void (*end)(void *context, struct http_request *request);
};

struct http_settings {
	const char *listen;    /* "127.0.0.1:8080"; NULL: no TCP */
	const char *unix_path; /* NULL: none */
	int64_t header_max;    /* bytes of a head */
	int64_t connections_max;
	int64_t idle_seconds;
	int64_t threads;
};

struct http_server *http_server_open(const struct http_settings *settings,
				     const struct http_calls *calls,
				     struct fail *why);
/* Stops accepting, lets requests end for two seconds, closes. */
void http_server_close(struct http_server **server);
int http_server_port(const struct http_server *server);

/* What was asked. Strings live as long as the request. */
enum http_method http_request_method(const struct http_request *request);
const char *http_request_path(const struct http_request *request);
const char *http_request_header(struct http_request *request,
				const char *name); /* NULL when absent */
/* Decoded, valid UTF-8; NULL when absent. */
const char *http_request_query(struct http_request *request,
			       const char *name);
const char *http_request_cookie(struct http_request *request,
				const char *name);
struct bytes http_request_body(const struct http_request *request);
struct arena *http_request_arena(struct http_request *request);
const char *http_request_id(const struct http_request *request);
bool http_request_is_unix(const struct http_request *request);
const char *http_request_peer(const struct http_request *request);
void http_request_set_own(struct http_request *request, void *own);
void *http_request_own(const struct http_request *request);

/* The answer. Headers are added before the reply; a value with CR, LF or NUL
 * is an assertion. */
void http_reply_header(struct http_request *request, const char *name,
		       const char *value);
void http_reply(struct http_request *request, unsigned status,
		const char *type, struct bytes body /* copied */);
/* Takes the descriptor; honours Range and If-None-Match with the etag. */
void http_reply_file(struct http_request *request, const char *type,
		     const char *etag, int fd, int64_t size);
/* Constant content that outlives the server. */
void http_reply_static(struct http_request *request, unsigned status,
		       const char *type, struct bytes body);
