/*
 * Scanner: asks clamd, over its Unix socket, whether a blob has a virus.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum scanner_verdict {
	SCANNER_CLEAN,
	SCANNER_FOUND,
	SCANNER_TOO_LARGE, /* for its StreamMaxLength */
	SCANNER_FAILED	   /* it does not answer, or not to the question */
};

struct scanner_answer {
	enum scanner_verdict verdict;
	char said[200]; /* name of the virus, or what failed */
};

struct scanner_request {
	const char *path; /* of the socket */
	int content;	  /* descriptor, read from its beginning */
	size_t size;
	int64_t deadline; /* milliseconds */
};

struct scanner_answer scanner_ask(const struct scanner_request *request);
