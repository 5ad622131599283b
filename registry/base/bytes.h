/*
 * Bytes: raw content that came from outside and is not text yet.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct bytes {
	const unsigned char *data;
	size_t size;
};

/* Strict UTF-8 (RFC 3629: no overlong forms, no surrogates), no NUL. */
bool bytes_is_utf8(struct bytes bytes);
/* First place of `what` in `in` at or after `from`; in.size when absent. */
size_t bytes_find(struct bytes in, struct bytes what, size_t from);
struct bytes bytes_of(const char *string);
struct bytes bytes_part(struct bytes bytes, size_t from, size_t to);
