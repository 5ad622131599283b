/*
 * Infections: what a scanner for viruses said about blobs.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stdint.h>

struct db;

enum infection_state {
	INFECTION_CLEAN,
	INFECTION_FOUND,
	INFECTION_NOT_SCANNED /* no scanner, or it could not */
};

/* Writer. `said`: name of the virus, or what failed; or NULL. */
bool infection_set(struct db *db, int64_t file_id, enum infection_state state,
		   const char *said, struct fail *why);
/* True with what was found when the file is infected. */
bool infection_find(struct db *db, int64_t file_id, struct arena *arena,
		    const char **ret_said, struct fail *why);
/* Writer: jobs of blobs that could not be scanned before `until` wait again.
 * *ret_count: how many. */
bool infection_again(struct db *db, int64_t until, int64_t *ret_count,
		     struct fail *why);
