/*
 * A small HTTP client over a Unix socket, for the registry's own commands.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"

struct http_exchange {
	const char *method, *path; /* path with its query */
	const char *token;	   /* Authorization: Bearer; or NULL */
	struct bytes body;	   /* application/json */
	size_t answer_max;
};

/* FAIL_NOT_FOUND when nobody listens there. Blocks until the answer is whole;
 * the body lives in the arena. */
bool http_client_call(const char *unix_path,
		      const struct http_exchange *exchange,
		      struct arena *arena, unsigned *ret_status,
		      struct bytes *ret_body, struct fail *why);
/* Somebody listens there. */
bool http_client_reaches(const char *unix_path);
