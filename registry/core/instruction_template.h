/*
 * Instruction templates: sentences that leaders write often, shared or one's
 * own.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct instruction_template {
	int64_t id;
	int64_t user_id; /* 0: everybody's */
	const char *text;
	const char *role; /* which one it suggests; NULL: none */
	int64_t position;
};

struct instruction_template_list {
	const struct instruction_template *templates;
	size_t count;
};

/* Those of everybody and, unless 0, of one person. */
bool instruction_template_list(struct db *db, int64_t organisation_id,
			       int64_t user_id, struct arena *arena,
			       struct instruction_template_list *ret_list,
			       struct fail *why);
/* With id 0 a new one. Only one's own, or as who manages lists (user 0) only
 * those of everybody. */
bool instruction_template_set(struct db *db,
			      const struct instruction_template *wanted,
			      const struct actor *actor, int64_t *ret_id,
			      struct fail *why);
bool instruction_template_remove(struct db *db, int64_t id, int64_t user_id,
				 const struct actor *actor, struct fail *why);
