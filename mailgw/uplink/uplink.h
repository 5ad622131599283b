/*
 * Uplink: the registry as the gateway sees it. Questions and answers in JSON
 * here, letters in upload.h. One uplink belongs to one thread at a time.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include "base/tree.h"
#include <stdint.h>

struct uplink;

struct uplink_request {
	const char *registry; /* "unix:/path" or "https://host[:port]" */
	const char *token;
	const char *ca_file; /* for https; NULL: the system's */
	unsigned lanes;	     /* letters on their way at once */
	int64_t limit;	     /* milliseconds for one answer */
};

void uplink_open(void); /* once, before the first thread and fork */
struct uplink *uplink_create(const struct uplink_request *request,
			     struct fail *why);
void uplink_destroy(struct uplink **uplink); /* accepts NULL, leaves NULL */

/* The answer of POST /api/v1/gateway/lease. */
struct tree *uplink_lease(struct uplink *uplink, const char *gateway,
			  int64_t seconds, struct fail *why);
/* `reports` is the list of POST /api/v1/gateway/report; taken over. */
bool uplink_report(struct uplink *uplink, struct tree *body,
		   struct fail *why);

/* Where a letter is, and by which right it is put there. */
struct address {
	int64_t mailbox;
	const char *lease;
	const char *folder;
	uint32_t uidvalidity, uid;
};

struct strike_answer {
	int64_t strikes;
	bool aside;
};

bool uplink_strike(struct uplink *uplink, const struct address *address,
		   const char *reason, struct strike_answer *ret_answer,
		   struct fail *why);

struct skipped_letter {
	uint32_t uid, size;
	int64_t internaldate;
	const char *reason; /* "kept_out" or "gone" */
};

/* Ledger lines without a letter; `address` says all but the UID. */
bool uplink_skip(struct uplink *uplink, const struct address *address,
		 const struct skipped_letter *letters, size_t count,
		 struct fail *why);

struct reconcile_answer {
	const char *missing_here, *gone_there; /* UID sets */
};

/* `there` is the set of UIDs that the server has now. */
bool uplink_reconcile(struct uplink *uplink, const struct address *address,
		      const char *there, struct arena *arena,
		      struct reconcile_answer *ret_answer, struct fail *why);
