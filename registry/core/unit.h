/*
 * Units: divisions and subordinate units of the organisation, as a tree with
 * validity in time.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct unit {
	int64_t id;
	int64_t organisation_id;
	int64_t parent_id; /* 0: directly under the organisation */
	const char *name;
	const char *short_name;
	const char *code; /* in symbols: "KHTC" */
	int64_t position;
	const char *valid_from, *valid_to; /* days, both included */
};

struct unit_list {
	const struct unit *units;
	size_t count;
};

/* FAIL_CONFLICT "unit.exists" when the code is taken at that time. */
bool unit_add(struct db *db, const struct unit *wanted, int64_t *ret_id,
	      struct fail *why);
/* Ends its validity on `day`; a merge or renaming adds a new one. */
bool unit_end(struct db *db, int64_t id, const char *day, struct fail *why);
bool unit_load(struct db *db, int64_t id, struct arena *arena,
	       struct unit *ret_unit, struct fail *why);
/* By code, valid on `day`; ret->id 0 when there is none. */
bool unit_find(struct db *db, int64_t organisation_id, const char *code,
	       const char *day, struct arena *arena, struct unit *ret_unit,
	       struct fail *why);
/* Those valid on `day` (NULL: all), parents before children. */
bool unit_list(struct db *db, int64_t organisation_id, const char *day,
	       struct arena *arena, struct unit_list *ret_list,
	       struct fail *why);
