/*
 * Approvals: a change of rights counts when a second authorised person has
 * confirmed it. Roles of a person, and who may see a document or dossier
 * beside those who handle it.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct approval {
	int64_t id, subject_id;
	const char *kind;   /* "roles", "grant" */
	const char *detail; /* JSON object for the screen */
	const char *reason, *state, *note;
	int64_t asked_by, asked_at, decided_at;
	const char *asked_name, *decided_name;
	bool may_decide; /* this person */
};

struct approval_list {
	const struct approval *approvals; /* newest first */
	size_t count;
	int64_t waiting; /* for this person */
};

/* Those that wait for anybody who may see them, or all that were. */
bool approval_list(struct db *db, const struct actor *viewer, bool all,
		   struct arena *arena, struct approval_list *ret_list,
		   struct fail *why);
bool approval_load(struct db *db, int64_t id, const struct actor *viewer,
		   struct arena *arena, struct approval *ret_approval,
		   struct fail *why);
bool approval_count(struct db *db, const struct actor *viewer,
		    int64_t *ret_waiting, struct fail *why);

struct approval_roles {
	int64_t user_id;
	unsigned roles;
	const char *reason;
	int64_t now;
};
/* Nothing changes yet. FAIL_CONFLICT "approval.waits", "approval.same". */
bool approval_ask_roles(struct db *db, const struct approval_roles *wanted,
			const struct actor *actor, int64_t *ret_id,
			struct fail *why);

struct approval_decision {
	int64_t id;
	bool approve;
	const char *note;
	int64_t now;
};
/* By a second person who is not the one it is about: roles by administrators
 * and leaders, grants by clerks and leaders, who see every document.
 * FAIL_DENIED "approval.second", FAIL_CONFLICT "approval.decided". */
bool approval_decide(struct db *db, const struct approval_decision *decision,
		     const struct actor *actor, struct fail *why);
