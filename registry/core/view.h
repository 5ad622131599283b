/*
 * Views: who looked at a document and its files. Every look is one row of the
 * audit; the first one also ends undo and marks the person's part as opened.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct view {
	int64_t at; /* seconds */
	const char *actor, *action;
};

struct view_list {
	const struct view *views; /* newest first */
	size_t count;
	int64_t total;
};

bool view_note(struct db *db, int64_t entry_id, const struct actor *actor,
	       int64_t now, struct fail *why);
/* Of the entry and its files; the newest 500. */
bool view_load_list(struct db *db, int64_t entry_id, struct arena *arena,
		    struct view_list *ret_list, struct fail *why);
