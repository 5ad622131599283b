/*
 * Extensions: a later deadline, asked for with a reason and decided by who
 * gave the work; the old deadline is kept.
 */
#pragma once
#include "core/flow.h"

struct extension {
	int64_t id, assignment_id;
	const char *name; /* who needs it */
	const char *old_day, *wanted_day, *reason, *state;
	const char *asked_name, *decided_name;
	int64_t asked_at, decided_at;
	const char *note;
};

struct extension_list {
	const struct extension *extensions;
	size_t count;
};

struct extension_wish {
	int64_t assignment_id; /* 0: the only one */
	const char *day;
	const char *reason;
};

bool extension_list(struct db *db, int64_t entry_id, struct arena *arena,
		    struct extension_list *ret_list, struct fail *why);
bool extension_find_entry(struct db *db, int64_t id, int64_t *ret_entry_id,
			  struct fail *why);
/* FAIL_INVALID "flow.due" unless later than now, "entry.reason";
 * FAIL_CONFLICT "flow.asked" when one waits already. */
bool extension_ask(struct db *db, const struct flow_change *change,
		   const struct extension_wish *wish, struct fail *why);

struct extension_decision {
	int64_t id;
	bool approve;
	const char *note;
};
/* By the one who was asked or stands in. FAIL_CONFLICT "flow.decided". */
bool extension_decide(struct db *db, const struct flow_change *change,
		      const struct extension_decision *decision,
		      struct fail *why);
