/*
 * What the sources of assignments and instructions share; nobody else
 * includes it.
 */
#pragma once
#include "core/assignment.h"
#include "core/calendar.h"
#include "core/flow_step.h"

struct assignment_making {
	int64_t instruction_id, parent_id;
	const struct assignment_wish *wish;
	const char *due_day; /* in force */
	int64_t due_days;    /* as given in working days; 0: as a day */
	const char *text;    /* of the notification */
};

/* The row and the notification. FAIL_INVALID "flow.place" when there is no
 * such unit or person. */
bool assignment_insert(struct flow_step *step,
		       const struct assignment_making *making,
		       struct fail *why);
/* "flow.due" when it is none, before today, or after `latest` (NULL: open). */
bool assignment_check_due(const struct flow_step *step, const char *due_day,
			  const char *latest, struct fail *why);
/* The wish that leads; FAIL_INVALID "flow.lead" unless exactly one does. */
bool assignment_check_lead(const struct assignment_wish *wishes, size_t count,
			   size_t *ret_lead, struct fail *why);
/* Names by role of an instruction or of a unit's assignment. */
bool assignment_print_places(struct flow_step *step, int64_t instruction_id,
			     int64_t parent_id, struct tree *detail,
			     struct fail *why);
