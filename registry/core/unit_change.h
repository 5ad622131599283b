/*
 * Units that change their name or become part of another: the old one ends
 * the day before, old documents keep its name, and people, sub-units and open
 * work go on in the new one.
 */
#pragma once
#include "core/access.h"
#include "core/unit.h"

struct unit_change {
	struct actor actor;
	int64_t id;
	const char *day;	       /* the change's first; NULL: today */
	const char *name, *short_name; /* for a new name */
	int64_t into_id;	       /* for a merge */
};

/* FAIL_CONFLICT "unit.ended" when it has ended already; FAIL_INVALID without
 * a name, or for a day before the unit began. */
bool unit_rename(struct db *db, const struct unit_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why);
/* FAIL_INVALID for itself or a unit that has ended. */
bool unit_merge(struct db *db, const struct unit_change *change,
		struct arena *arena, struct fail *why);
