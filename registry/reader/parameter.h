/*
 * Parameters of Content-Type and Content-Disposition: RFC 2045, RFC 2231, and
 * what mail programs write instead.
 *
 * Strictly read, a plain `name=` goes before `name*=`, and parts that cannot
 * be ordered make the whole header void; for people it is the other way about.
 */
#pragma once
#include "reader/runes.h"

struct parameter {
	struct runes name; /* as written */
	struct runes value;
	bool decoded; /* RFC 2231: in its final charset already */
};

struct parameter_list {
	struct parameter *items;
	size_t count;
};

struct parameter_list parameter_parse(struct bytes header, enum manner manner,
				      struct arena *arena);
/* The first one of this name, in any case; NULL when absent. */
const struct runes *parameter_find(const struct parameter_list *list,
				   const char *name);
