/*
 * Words: those of each page with their places, beside the blob they came from.
 * WORDS_CHUNK pages together, so that a long document is not read as a whole.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stdint.h>

struct tree;

enum {
	WORDS_CHUNK = 10,  /* pages */
	WORDS_SPAN = 10000 /* the right and the lower edge of a page */
};

/* `pages`: as the reader says them; checked, and written as the API shows
 * them. NULL: none. */
bool words_write(const char *folder, const struct digest *digest,
		 const struct tree *pages, struct fail *why);
/* The list of pages that hold page `number`; FAIL_NOT_FOUND when it was not
 * written, or thrown away. */
struct tree *words_read(const char *folder, const struct digest *digest,
			int64_t number, struct fail *why);
