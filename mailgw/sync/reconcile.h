/*
 * Reconciling: the UIDs that the server has, held against the ledger.
 */
#pragma once
#include "sync/pass.h"

/* On a session that is logged in. */
bool reconcile_folder(struct pass *pass, size_t folder,
		      const struct folder_status *status, struct arena *arena,
		      struct reconcile_answer *ret_answer, struct fail *why);
