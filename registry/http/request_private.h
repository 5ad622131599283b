/*
 * One request as the server keeps it; for http/ only.
 */
#pragma once
#include "http/server.h"
#include <microhttpd.h>
#include <stdatomic.h>

enum {
	HEADERS_MAX = 24
};

struct header {
	const char *name, *value;
};

struct http_request {
	struct http_server *server;
	struct MHD_Connection *connection;
	struct arena *arena;
	enum http_method method;
	enum http_body body_mode;
	int64_t body_limit, body_size;
	char *body;
	size_t body_room;
	char *path;
	const char *id;
	const char *peer;
	bool is_unix;
	bool whole;	/* serve was called */
	bool suspended; /* until the reply */
	bool too_large;
	void *own;
	struct header headers[HEADERS_MAX];
	size_t header_count;
	struct MHD_Response *response;
	unsigned status;
};

struct http_server {
	struct http_settings settings;
	struct http_calls calls;
	struct MHD_Daemon *tcp, *local;
	char *unix_path;
	int port;
	atomic_int active;
	atomic_llong requests;
};

/* What MHD lets through and we do not (libraries.md 3, RFC 9112 6 and 3.2):
 * NULL when the framing is sound, else the reason. */
const char *guard_check(struct MHD_Connection *connection,
			const char *version);

/* Queues the response of a request; called on its I/O thread. */
enum MHD_Result request_answer(struct http_request *request);
/* Gives the response to the waiting request; from any thread. */
void request_reply(struct http_request *request, unsigned status,
		   struct MHD_Response *response, const char *type);
