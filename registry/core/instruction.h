/*
 * Instructions (bút phê): what a leader wrote on a document, and to whom it
 * gave what.
 */
#pragma once
#include "core/assignment.h"

enum {
	INSTRUCTION_PLACES_MAX = 200 /* units and people of one */
};

struct instruction {
	int64_t id, entry_id, author_id;
	const char *author_name, *author_position;
	const char *recorded_name; /* NULL: the author did */
	const char *text;
	const char *due_day;
	int64_t due_days, remind_days;
	const char *state; /* "in_force", "replaced", "recalled" */
	bool information_only;
	int64_t replaces_id;
	int64_t at, opened_at;
	int64_t undo_until; /* 0: no more */
};

struct instruction_list {
	const struct instruction *instructions;
	size_t count;
};

struct instruction_wish {
	const char *text;
	const struct assignment_wish *places;
	size_t count;
	const char *due_day; /* NULL: none, or due_days */
	int64_t due_days;    /* working days; 0: due_day */
	int64_t remind_days; /* before; -1: never */
	bool information_only;
	int64_t replaces_id; /* 0: the first one */
	int64_t behalf;	     /* whose it is; 0: the person's own */
};

/* Newest first. */
bool instruction_list(struct db *db, int64_t entry_id, int64_t now,
		      struct arena *arena, struct instruction_list *ret_list,
		      struct fail *why);
/* The entry it belongs to; FAIL_NOT_FOUND. */
bool instruction_find_entry(struct db *db, int64_t id, int64_t *ret_entry_id,
			    struct fail *why);
/* Exactly one place leads, unless it is for information only. An adjusted
 * instruction replaces the one in force; both stay. FAIL_INVALID "flow.lead",
 * "flow.place", "flow.due"; FAIL_CONFLICT "flow.instructed"; FAIL_DENIED. */
bool instruction_give(struct db *db, const struct flow_change *change,
		      const struct instruction_wish *wish, struct fail *why);
/* Within 30 s and before anybody opened it; what it replaced is in force
 * again. FAIL_CONFLICT "flow.recall_late". */
bool instruction_recall(struct db *db, const struct flow_change *change,
			int64_t id, struct fail *why);
