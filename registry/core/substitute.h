/*
 * Substitutes: who stands in for whom while somebody is away, and what a
 * leaver hands over for good.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	SUBSTITUTE_DAYS_MAX = 366
};

struct substitute {
	int64_t id, user_id, substitute_id;
	const char *user_name, *substitute_name;
	const char *from_day, *to_day, *reason;
	bool is_active; /* today */
};

struct substitute_list {
	const struct substitute *substitutes;
	size_t count;
};

/* Now and later. */
bool substitute_list(struct db *db, int64_t organisation_id, int64_t now,
		     struct arena *arena, struct substitute_list *ret_list,
		     struct fail *why);
/* For oneself; a clerk for others, but not with oneself. FAIL_INVALID
 * "substitute.days", FAIL_DENIED "substitute.denied". */
bool substitute_add(struct db *db, const struct substitute *wanted,
		    const struct actor *actor, int64_t now, int64_t *ret_id,
		    struct fail *why);
/* Ends it: yesterday was the last day, or it never began. */
bool substitute_end(struct db *db, int64_t id, const struct actor *actor,
		    int64_t now, struct fail *why);
/* Adds to `actor` what those absent today may as leaders and unit heads, and
 * who they are. One look at an index when nobody is. */
bool substitute_extend(struct db *db, struct actor *actor, int64_t now,
		       struct arena *arena, struct fail *why);

struct handover {
	int64_t assignments, submissions, extensions; /* open ones */
};
bool handover_count(struct db *db, int64_t user_id,
		    struct handover *ret_handover, struct fail *why);
/* All open work of one person goes to another; each document's timeline tells
 * it. FAIL_INVALID "handover.to", "entry.reason"; FAIL_DENIED
 * "handover.self". */
struct handover_wish {
	int64_t from, to;
	const char *reason;
	int64_t now;
};
bool handover_run(struct db *db, const struct handover_wish *wish,
		  const struct actor *actor, struct handover *ret_handover,
		  struct fail *why);
