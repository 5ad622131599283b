/*
 * Preferences: what a person likes. One table knows names, values, defaults.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stdint.h>

struct db;
struct tree;

/* All of them, {"language":"vi", …}; those never set have their default. */
bool preference_load(struct db *db, int64_t user_id, struct tree *ret_values,
		     struct fail *why);
/* Those that the body names. FAIL_INVALID "preference.invalid". */
bool preference_set(struct db *db, int64_t user_id, const struct tree *body,
		    struct fail *why);
/* The value of one; never NULL. */
bool preference_find(struct db *db, int64_t user_id, const char *name,
		     struct arena *arena, const char **ret_value,
		     struct fail *why);
