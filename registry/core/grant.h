/*
 * Grants: a document or dossier shown to somebody who does not handle it.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct grant {
	int64_t id, object_id, user_id, unit_id; /* one of the last two */
	const char *kind;			 /* "entry", "dossier" */
	const char *name;			 /* of the person or unit */
	const char *state, *reason;
	const char *asked_name, *decided_name;
	int64_t asked_at, decided_at;
};

struct grant_list {
	const struct grant *grants; /* newest first */
	size_t count;
};

bool grant_list(struct db *db, const char *kind, int64_t object_id,
		struct arena *arena, struct grant_list *ret_list,
		struct fail *why);
/* Waits for a second person (approval.h). FAIL_INVALID "grant.who". */
bool grant_add(struct db *db, const struct grant *wanted,
	       const struct actor *actor, int64_t now, int64_t *ret_id,
	       struct fail *why);
bool grant_load(struct db *db, int64_t id, struct arena *arena,
		struct grant *ret_grant, struct fail *why);
/* At once; taking away needs no second person. */
bool grant_end(struct db *db, int64_t id, const struct actor *actor,
	       int64_t now, struct fail *why);
/* What the second person decided; for approval.c. */
bool grant_settle(struct db *db, int64_t id, bool approve,
		  const struct actor *actor, int64_t now, struct fail *why);
/* The search index of what it is about; grants are tags there. */
bool grant_index(struct db *db, const char *kind, int64_t object_id,
		 struct fail *why);
