/*
 * Assignments: who has to do something about a document, in which role, until
 * when, and what became of it. Exactly one leads.
 */
#pragma once
#include "core/flow.h"

struct tree;

enum assignment_role {
	ASSIGNMENT_LEAD,    /* chủ trì */
	ASSIGNMENT_SUPPORT, /* phối hợp */
	ASSIGNMENT_INFORM,  /* để biết */
	ASSIGNMENT_ROLE_COUNT
};
const char *assignment_role_name(enum assignment_role role);
enum assignment_role assignment_role_find(const char *name);

struct assignment {
	int64_t id, entry_id, instruction_id;
	int64_t parent_id;	  /* the unit's; 0: none */
	int64_t unit_id, user_id; /* one of them */
	const char *name;	  /* of the unit or person */
	const char *role, *state;
	const char *top_role; /* of the unit's, or its own */
	const char *due_day;  /* NULL: none */
	int64_t given_by, at;
	const char *given_name;
	int64_t opened_at, done_at; /* 0: not yet */
	const char *opened_name, *done_name;
	const char *done_day;
	const char *result, *reason;
	int64_t reminders;
	bool is_mine; /* the viewer's, or of the viewer's unit */
};

struct assignment_list {
	const struct assignment *assignments;
	size_t count;
};

/* One of those who get it; a unit or a person. */
struct assignment_wish {
	int64_t unit_id, user_id;
	enum assignment_role role;
	const char *due_day; /* NULL: the instruction's */
};

/* Those in force and those that were, in order. */
bool assignment_list(struct db *db, int64_t entry_id,
		     const struct actor *viewer, int64_t now,
		     struct arena *arena, struct assignment_list *ret_list,
		     struct fail *why);

struct assignment_question {
	const struct actor *actor;
	int64_t entry_id;
	int64_t id; /* 0: whichever there is */
	int64_t now;
};
/* The open one that this person may act on: the person's own before the
 * unit's, leading before supporting. A unit's is its head's, and anybody's in
 * the unit as long as nobody was named. ret->id 0: none. */
bool assignment_find_mine(struct db *db,
			  const struct assignment_question *question,
			  struct arena *arena, struct assignment *ret_mine,
			  struct fail *why);

struct assignment_giving {
	int64_t id; /* the unit's; 0: the only one */
	const struct assignment_wish *people;
	size_t count;
	const char *due_day; /* NULL: the unit's */
	const char *note;
};
/* A unit head gives the unit's part to people of the unit, one of them in the
 * lead; who had it before has it no more. FAIL_DENIED "flow.denied",
 * FAIL_INVALID "flow.lead", "flow.unit", "flow.due". */
bool assignment_give(struct db *db, const struct flow_change *change,
		     const struct assignment_giving *giving, struct fail *why);

bool assignment_start(struct db *db, const struct flow_change *change,
		      int64_t id, struct fail *why);
/* The lead's completes the document. `reply_id` 0: no outgoing answer. */
struct assignment_ending {
	int64_t id; /* 0: the only one */
	const char *result;
	int64_t reply_id;
};
bool assignment_complete(struct db *db, const struct flow_change *change,
			 const struct assignment_ending *ending,
			 struct fail *why);
/* Chuyển lại: to the clerk (from a unit head: what a person gives back goes
 * to the head), never to another unit. FAIL_INVALID "entry.reason". */
bool assignment_return(struct db *db, const struct flow_change *change,
		       int64_t id, const char *reason, struct fail *why);
/* The person looked at the document: what is the person's is opened now. */
bool assignment_opened(struct db *db, int64_t entry_id,
		       const struct actor *actor, int64_t now,
		       struct fail *why);
