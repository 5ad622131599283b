/*
 * Unfolding: deflated streams, within limits. zlib's home.
 */
#pragma once
#include "base/bytes.h"
#include "base/text.h"
#include <stddef.h>

struct pdf_unfold_limits {
	size_t letters; /* inside of ( ) and < > */
	size_t bytes;
};

/* Up to the text's limit; false: it ended early or is broken. */
bool pdf_unfold(struct bytes data, struct text *ret);
/* Whether what is deflated not at all, once or twice (`times`) goes over a
 * limit. */
bool pdf_unfold_is_over(struct bytes data, int times,
			const struct pdf_unfold_limits *limits);
