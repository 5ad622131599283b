/*
 * Saved searches: questions a person asks again, with what is new in them.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	SAVED_SEARCH_MAX = 50, /* of one person */
	SAVED_SEARCH_NEW_MAX = 50
};

struct saved_search {
	int64_t id, position, seen_at;
	const char *name;
	const char *query; /* JSON object: q, kind, direction, book … */
	bool in_sidebar, notify;
	int64_t unseen; /* registered since; stops at SAVED_SEARCH_NEW_MAX */
};

struct saved_search_list {
	const struct saved_search *searches;
	size_t count;
};

bool saved_search_list(struct db *db, const struct actor *actor,
		       struct arena *arena,
		       struct saved_search_list *ret_list, struct fail *why);
/* With id 0 a new one. FAIL_CONFLICT "saved_search.exists", FAIL_LIMIT. */
bool saved_search_set(struct db *db, const struct saved_search *wanted,
		      const struct actor *actor, int64_t now, int64_t *ret_id,
		      struct fail *why);
bool saved_search_set_seen(struct db *db, int64_t id,
			   const struct actor *actor, int64_t now,
			   struct fail *why);
bool saved_search_remove(struct db *db, int64_t id, const struct actor *actor,
			 struct fail *why);
