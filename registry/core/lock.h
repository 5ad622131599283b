/*
 * Soft locks: who has what open, so that two people see each other. A hint
 * that ends by itself; the versions are what guards.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	LOCK_SECONDS = 60 /* renewed by the page every 20 */
};

struct lock {
	int64_t user_id, since, until;
	const char *name;
};

struct lock_list {
	const struct lock *locks; /* the first one has the precedence */
	size_t count;
};

struct lock_place {
	const char *kind; /* "letter", "entry", "dossier" */
	int64_t object_id;
};

bool lock_list(struct db *db, const struct lock_place *place, int64_t now,
	       struct arena *arena, struct lock_list *ret_list,
	       struct fail *why);
bool lock_set(struct db *db, const struct lock_place *place, int64_t user_id,
	      int64_t now, struct fail *why);
bool lock_remove(struct db *db, const struct lock_place *place,
		 int64_t user_id, struct fail *why);
/* Another number whenever somebody came or went. */
bool lock_state(struct db *db, int64_t now, int64_t *ret_state,
		struct fail *why);
