/*
 * Dispatch: sending an outgoing document, held for a moment in which it can
 * be stopped. The number is given and stays in any case.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "core/access.h"
#include <stdint.h>

struct db;

enum {
	DISPATCH_HOLD_SECONDS = 30
};

struct dispatch {
	int64_t id, receivers, send_at, asked_at, stopped_at;
	const char *state; /* "none", "held", "stopped", "ready", "sent" */
	const char *asked_name, *stopped_name;
};

/* The last one; state "none" when there was none. */
bool dispatch_load(struct db *db, int64_t entry_id, int64_t now,
		   struct arena *arena, struct dispatch *ret_dispatch,
		   struct fail *why);
/* FAIL_CONFLICT "dispatch.there" when it was sent or is about to be,
 * "dispatch.nobody" without receivers, "flow.state" for an incoming or void
 * entry. */
bool dispatch_add(struct db *db, int64_t entry_id, const struct actor *actor,
		  int64_t now, struct fail *why);
/* FAIL_CONFLICT "dispatch.late". */
bool dispatch_stop(struct db *db, int64_t entry_id, const struct actor *actor,
		   int64_t now, struct fail *why);
/* What was held long enough is ready for the gateway's outbox. */
bool dispatch_run(struct db *db, int64_t now, struct fail *why);
