/*
 * Document types (tên loại): the 29 of the decree, "khác", and the
 * organisation's own; and the symbols built from them.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/book.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	KIND_LETTER = 18 /* công văn */,
	KIND_OTHER = 30 /* khác */
};

struct kind {
	int64_t id;
	const char *name;
	const char *english;
	const char *abbreviation; /* "" for công văn, thư công, khác */
	const char *direction;	  /* "both", "in", "out" */
	const char *valid_from, *valid_to;
	bool is_own; /* the organisation's own */
};

struct kind_list {
	const struct kind *kinds;
	size_t count;
};

/* Those valid on `day` (NULL: all), in the decree's order. */
bool kind_list(struct db *db, int64_t organisation_id, const char *day,
	       struct arena *arena, struct kind_list *ret_list,
	       struct fail *why);
bool kind_load(struct db *db, int64_t id, struct arena *arena,
	       struct kind *ret_kind, struct fail *why);
/* By name, however typed, or by exact abbreviation; ret->id 0 when there is
 * none: a type that is not known stays unknown. */
bool kind_find(struct db *db, int64_t organisation_id, const char *text,
	       struct arena *arena, struct kind *ret_kind, struct fail *why);
bool kind_add(struct db *db, int64_t organisation_id,
	      const struct kind *wanted, int64_t *ret_id, struct fail *why);

/* "BC-SNN" for a named type; "SNN-VP" for a công văn of unit VP. */
const char *kind_notation(const struct kind *kind, const char *organisation,
			  const char *unit, struct arena *arena);
/* "05": outgoing numbers under 10 have a leading zero. */
const char *kind_number(int64_t number, const char *suffix,
			struct arena *arena);
