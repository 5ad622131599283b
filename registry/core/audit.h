/*
 * The audit chain: every change and every view of a file is one row, in the
 * transaction of what it tells, and each row holds the hash of the one before.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/tree.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct audit_event {
	int64_t actor_id;	 /* a user; 0: a program or a rule */
	const char *actor_name;	 /* as it is now; for programs "gateway" … */
	const char *action;	 /* "entry.register" */
	const char *object_type; /* "entry" */
	int64_t object_id;	 /* 0: none */
	const char *detail_json; /* an object; NULL: {} */
};

struct audit_row {
	int64_t seq;
	int64_t at; /* microseconds, UTC */
	int64_t actor_id;
	const char *actor_name;
	const char *action;
	const char *object_type;
	int64_t object_id;
	const char *detail_json;
	const char *origin; /* as in schema/010_origin.sql; NULL: none */
	const char *hash;   /* hexadecimal */
};

struct audit_list {
	struct audit_row *items;
	size_t count;
};

struct audit_filter {
	const char *object_type; /* NULL: any */
	int64_t object_id;	 /* 0: any; needs object_type */
	int64_t from, until;	 /* microseconds, until not included; 0: any */
	int64_t actor_id;	 /* 0: any */
	const char *action;	 /* NULL: any */
	int64_t before;		 /* seq; 0: from the newest */
	int64_t limit;		 /* at most 500 */
};

/* Where it came from is what db_origin() says. */
bool audit_add(struct db *db, const struct audit_event *event,
	       struct fail *why);

/* What a person did to one object. */
struct audit_act {
	const char *action;
	const char *object_type;
	int64_t object_id;	   /* 0: none */
	const struct tree *detail; /* an object; NULL: {} */
};

bool audit_act(struct db *db, const struct actor *actor,
	       const struct audit_act *act, struct fail *why);
/* Newest first. */
bool audit_load_list(struct db *db, const struct audit_filter *filter,
		     struct arena *arena, struct audit_list *ret_list,
		     struct fail *why);
/* Number of rows and hash of the last one ("0…0" when there is none). */
bool audit_head(struct db *db, struct arena *arena, int64_t *ret_seq,
		const char **ret_hash, struct fail *why);
/* What people call the object of a row: an entry's number, an address, a
 * name; "" when it has none. *ret_direction: an entry's, else "". */
bool audit_find_object(struct db *db, const struct audit_row *row,
		       struct arena *arena, const char **ret_name,
		       const char **ret_direction, struct fail *why);
