/*
 * Reminders: by a person now, or by rule some working days before a deadline.
 */
#pragma once
#include "core/flow.h"

/* To those who have not finished; assignment 0: the lead. By the leader, the
 * clerk, or the unit's head. */
bool reminder_send(struct db *db, const struct flow_change *change,
		   int64_t assignment_id, const char *text, struct fail *why);
/* All that are due now, each once per deadline: `remind_days` working days
 * before, and on the day itself. */
bool reminder_run(struct db *db, int64_t organisation_id, int64_t now,
		  int64_t *ret_count, struct fail *why);
