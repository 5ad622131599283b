/*
 * Notifications: what a person should know, shown in the page and gathered in
 * the daily mail.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct notification {
	int64_t id, entry_id; /* entry 0: none */
	const char *kind;     /* "submitted", "assigned", "reminder" … */
	const char *actor, *text;
	int64_t at, seen_at;
	const char *direction, *subject; /* of the entry */
	int64_t year, number;
};

struct notification_list {
	const struct notification *notifications; /* newest first */
	size_t count;
	int64_t unseen;
};

struct notification_news {
	const char *kind;
	int64_t entry_id;
	const struct actor *actor; /* NULL: a rule */
	const char *text;
	int64_t now;
};

/* To one person; who did it is not told. */
bool notification_add(struct db *db, const struct notification_news *news,
		      int64_t user_id, struct fail *why);
/* To the heads of a unit; without a head to all of it. */
bool notification_add_unit(struct db *db,
			   const struct notification_news *news,
			   int64_t unit_id, struct fail *why);
/* To everybody in a role. */
bool notification_add_role(struct db *db,
			   const struct notification_news *news,
			   enum role role, struct fail *why);
bool notification_list(struct db *db, int64_t user_id, int64_t before,
		       struct arena *arena, struct notification_list *ret_list,
		       struct fail *why);
bool notification_count(struct db *db, int64_t user_id, int64_t *ret_unseen,
			struct fail *why);
/* Up to and with this id; 0: all. */
bool notification_set_seen(struct db *db, int64_t user_id, int64_t id,
			   int64_t now, struct fail *why);
