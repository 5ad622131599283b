/*
 * Letters: brings what a plan wants of one folder to the registry.
 */
#pragma once
#include "sync/pass.h"
#include "sync/plan.h"

/* Takes plan->wanted apart. False and why when the folder was not read to its
 * end; `pass->lost` when the lease is gone. */
bool letters_read(struct pass *pass, size_t folder, struct plan *plan,
		  const struct folder_status *status, struct fail *why);
