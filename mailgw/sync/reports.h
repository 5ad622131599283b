/*
 * Reports: how mailboxes fare, gathered so that many go in one request.
 */
#pragma once
#include "sync/pass.h"

struct reports {
	struct tree *body; /* NULL when there is none */
	struct tree *list;
	size_t count;
};

void reports_add(struct reports *reports, const struct pass *pass,
		 bool release);
/* For a mailbox that could not speak for itself. */
void reports_add_failure(struct reports *reports,
			 const struct mailbox *mailbox, const struct fail *why,
			 bool release);
/* The body for uplink_report(), which takes it over; empties the reports. */
struct tree *reports_take(struct reports *reports);
