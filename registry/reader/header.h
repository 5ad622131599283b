/*
 * Headers: the block of fields at the top of a message or part.
 *
 * The block ends at the first empty line, or before the first line that is
 * neither a field nor a continuation. Fields are read by a stricter rule than
 * the block: no blank before the colon, and a CR or LF alone ends a line too;
 * what breaks that rule hides the fields after it, as the definition of an
 * attachment wants it.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include <stddef.h>

struct header_field {
	struct bytes name;
	struct bytes value; /* blanks before it and line ends after it gone */
};

struct header {
	struct header_field *fields;
	size_t count;
	bool hides; /* fields were left out behind a line that is none */
};

/* Cuts `entity` into head and body. */
void header_split(struct bytes entity, struct bytes *ret_head,
		  struct bytes *ret_body);
/* `max` fields at most. */
struct header header_parse(struct bytes head, size_t max,
			   struct arena *arena);
/* The first one of this name, in any case; NULL when absent. */
const struct bytes *header_find(const struct header *header, const char *name);
size_t header_count(const struct header *header, const char *name);
