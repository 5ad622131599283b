/*
 * Timelines: the history of one entry, from the audit, its letters and its
 * relations, oldest first.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

struct timeline_event {
	int64_t at;	    /* seconds, UTC */
	const char *kind;   /* "mail" "registered" "attached" "edited"
			       "related" "opened" "void" "undone" … */
	int64_t actor_id;   /* 0: a program */
	const char *actor;  /* name as it was then */
	const char *detail; /* JSON object: what changed, reason, sender … */
};

struct timeline {
	struct timeline_event *events;
	size_t count;
};

bool timeline_load(struct db *db, int64_t entry_id, struct arena *arena,
		   struct timeline *ret_timeline, struct fail *why);
