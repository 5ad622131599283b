/*
 * Agencies: who issues documents and who receives ours, with every name and
 * code they have or had. Found however typed; created when first used.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct agency {
	int64_t id;
	const char *name; /* the name in use */
	const char *short_name;
	const char *identifier; /* mã định danh in force, or "" */
	bool is_confirmed;	/* false: came by typing, "mới" */
	int64_t uses;
};

struct agency_list {
	const struct agency *agencies;
	size_t count;
};

/* By any name it has or had, folded; ret->id 0 when there is none. */
bool agency_find(struct db *db, int64_t organisation_id, const char *name,
		 struct arena *arena, struct agency *ret_agency,
		 struct fail *why);
/* By identifier ("identifier"), notation in symbols ("symbol") or mail address
 * or domain ("mail"), valid on `day`. */
bool agency_find_code(struct db *db, int64_t organisation_id,
		      const char *kind, const char *code, struct arena *arena,
		      struct agency *ret_agency, struct fail *why);
/* Finds it or creates it as "mới". */
bool agency_need(struct db *db, const struct actor *actor, const char *name,
		 int64_t now, int64_t *ret_id, struct fail *why);
bool agency_load(struct db *db, int64_t id, struct arena *arena,
		 struct agency *ret_agency, struct fail *why);
/* Most used first. */
bool agency_list(struct db *db, int64_t organisation_id, struct arena *arena,
		 struct agency_list *ret_list, struct fail *why);
/* FAIL_CONFLICT "agency.exists" when another agency has that name. */
bool agency_add_name(struct db *db, int64_t id, const char *name,
		     struct fail *why);
bool agency_add_code(struct db *db, int64_t id, const char *kind,
		     const char *code, struct fail *why);
bool agency_confirm(struct db *db, int64_t id, const struct actor *actor,
		    struct fail *why);
