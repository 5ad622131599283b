/*
 * Flow steps: what every change of a document's handling has in common. For
 * the sources of core/ alone.
 *
 * A step begins with what the person saw (the version) and ends with a new
 * version, the audit row that is the timeline's event, the search index and
 * the idempotency key, all in the caller's transaction.
 */
#pragma once
#include "base/moment.h"
#include "core/entry.h"
#include "core/flow.h"

struct db;

struct flow_step {
	struct db *db;
	struct arena *arena;
	const struct flow_change *change;
	struct entry entry;
	struct flow flow;
	int64_t now;
	char today[DAY_SIZE];
	bool is_repeated; /* the key is known: do nothing more */
};

/* FAIL_CONFLICT "entry.changed", "entry.void", "idempotency.reused";
 * FAIL_DENIED when the person may not see it. Incoming entries only. */
bool flow_step_begin(struct flow_step *step, struct fail *why);
/* FAIL_CONFLICT "flow.state" unless the status is one of `allowed`, a list
 * with blanks around each: " routed working ". */
bool flow_step_need(const struct flow_step *step, const char *allowed,
		    struct fail *why);
/* `status` NULL: stays. The entry is loaded again. */
bool flow_step_end(struct flow_step *step, const char *action,
		   const struct tree *detail, const char *status,
		   struct fail *why);
/* The row of table flow exists from then on. */
bool flow_step_touch(struct flow_step *step, struct fail *why);
/* One statement whose ?1 is an id (and ?2 a text, unless NULL). */
bool flow_step_run(struct db *db, const char *sql, int64_t id,
		   const char *text, struct fail *why);
bool flow_denied(struct fail *why, const char *what);
