/*
 * What the HTTP server calls (http/server.h, struct http_calls).
 */
#pragma once
#include "http/server.h"

enum http_body serve_begin(void *context, struct http_request *http,
			   int64_t *ret_limit);
void serve_piece(void *context, struct http_request *http, struct bytes piece);
void serve_request(void *context, struct http_request *http);
void serve_end(void *context, struct http_request *http);
