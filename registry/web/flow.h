/*
 * What the routes of handling share. For web/.
 */
#pragma once
#include "core/entry_list.h"
#include "core/flow.h"
#include "web/visit.h"

/* The entry of the path's id as this person may see it. */
bool flow_visit_entry(struct visit *visit, int64_t id, struct entry *ret_entry,
		      struct fail *why);
/* Version, idempotency key and digest of the request. */
bool flow_visit_change(struct visit *visit, int64_t entry_id,
		       struct flow_change *ret_change, struct fail *why);
/* Ends a change: the flow as it is now, or with "entry.changed" who changed
 * what meanwhile. */
bool flow_visit_end(struct visit *visit, const struct flow_change *change,
		    bool ok, struct fail *why);
/* details of "entry.changed"; always false. */
bool flow_visit_explain(struct visit *visit, int64_t entry_id, int64_t version,
			struct fail *why);
/* Lead, deadline and its mark, in a line of a book. */
void flow_present_line(struct tree *out, const struct entry *entry);
bool flow_present(struct visit *visit, int64_t entry_id, struct fail *why);
