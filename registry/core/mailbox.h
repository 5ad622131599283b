/*
 * Mailboxes: where they are, how far they were read, how they are.
 *
 * A gateway leases a mailbox with a deadline; only the holder of the lease
 * moves its position.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	MAILBOX_REFUSALS_MAX = 3, /* then blocked until the password changes */
	MAILBOX_FOLDERS_MAX = 100,
	MAILBOX_HOURS = 24,
	MAILBOX_STRIKES_MAX = 3 /* then the letter is set aside */
};

struct mailbox {
	int64_t id;
	const char *address;
	const char *host;
	int64_t port;
	const char *security; /* tls starttls plain */
	const char *user;
	const char *sealed;
	const char *unit; /* NULL: none */
	const char *keep; /* all documents */
	bool paused;
	const char *state; /* new ok slow error blocked */
	const char *code;
	const char *detail;
	int64_t failures;
	int64_t refusals;
	int64_t tried_at;
	int64_t ok_at;
	const char *lease_holder; /* NULL: free */
	int64_t lease_until;
	int64_t letters;
	int64_t aside;			    /* letters set aside */
	int64_t version;		    /* of what people set */
	int64_t today_letters, today_files; /* taken today; lists only */
};

struct mailbox_list {
	struct mailbox *items;
	size_t count;
};

struct mailbox_retry {
	int64_t uid;
	int64_t strikes;
	bool aside;
	const char *reason;
};

struct mailbox_folder {
	int64_t id;
	const char *name;
	int64_t uidvalidity; /* 0: never read */
	int64_t uidnext;
	int64_t messages;
	const char *done;	  /* UID set */
	const char *missing_here; /* of the last reconciliation; may be NULL */
	const char *gone_there;
	int64_t reconciled_at;
	struct mailbox_retry *retries; /* of this uidvalidity, aside or not */
	size_t retry_count;
};

struct mailbox_folder_list {
	struct mailbox_folder *items;
	size_t count;
};

struct mailbox_lease {
	struct mailbox mailbox;
	const char *token;
	struct mailbox_folder_list folders;
};

struct mailbox_lease_list {
	struct mailbox_lease *items;
	size_t count;
};

struct mailbox_lease_request {
	const char *gateway; /* its name */
	int64_t seconds;     /* 10 to 3600 */
	int64_t max;	     /* mailboxes, 1 to 10000 */
};

/* A place in a mailbox, named by the gateway that holds its lease. */
struct mailbox_place {
	int64_t mailbox_id;
	const char *lease;
	const char *folder;
	int64_t uidvalidity;
	const char *uids; /* reconcile: what the server has, "1:24" */
};

struct mailbox_skip {
	int64_t uid;
	int64_t bytes;
	int64_t internaldate;
	const char *reason; /* kept_out gone */
};

struct mailbox_report {
	int64_t mailbox_id;
	const char *lease;
	bool release;
	const char *state; /* ok slow error */
	const char *code;  /* "ok", "login.refused", … */
	const char *detail;
	const struct mailbox_folder *folders; /* name, uidvalidity … messages */
	size_t folder_count;
};

bool mailbox_load(struct db *db, int64_t id, struct arena *arena,
		  struct mailbox *ret_mailbox, struct fail *why);
bool mailbox_find(struct db *db, const char *address, struct arena *arena,
		  struct mailbox *ret_mailbox, struct fail *why);
/* By address. */
bool mailbox_load_list(struct db *db, struct arena *arena,
		       struct mailbox_list *ret_list, struct fail *why);
/* Fills in what each of them took since `midnight`. */
bool mailbox_count_today(struct db *db, int64_t midnight,
			 struct mailbox_list *list, struct fail *why);
bool mailbox_folders(struct db *db, int64_t id, struct arena *arena,
		     struct mailbox_folder_list *ret_list, struct fail *why);
/* Letters taken in each of the last 24 hours, the running one last. */
bool mailbox_hours(struct db *db, int64_t id, int64_t now,
		   int64_t ret_hours[MAILBOX_HOURS], struct fail *why);

/* People: audited with the actor. */
struct mailbox_act {
	int64_t mailbox_id;
	int64_t actor_id;
	const char *actor_name;
};
bool mailbox_set_paused(struct db *db, const struct mailbox_act *act,
			bool paused, struct fail *why);
bool mailbox_set_password(struct db *db, const struct mailbox_act *act,
			  const char *password, const char *public_key,
			  struct fail *why);
/* Clears blocked, brings letters that were set aside back, and has the
 * mailbox read when the gateway next asks. */
bool mailbox_retry(struct db *db, const struct mailbox_act *act,
		   struct fail *why);

/* Gateways. All but lease answer FAIL_CONFLICT "lease.lost" when the mailbox
 * is no longer theirs. */
bool mailbox_lease(struct db *db, const struct mailbox_lease_request *request,
		   struct arena *arena, struct mailbox_lease_list *ret_list,
		   struct fail *why);
bool mailbox_check_lease(struct db *db, int64_t id, const char *lease,
			 struct fail *why);
bool mailbox_skip_letters(struct db *db, const struct mailbox_place *place,
			  const struct mailbox_skip *skips, size_t count,
			  struct fail *why);
/* `retry` gives uid and reason; strikes and aside are filled. */
bool mailbox_strike(struct db *db, const struct mailbox_place *place,
		    struct mailbox_retry *retry, struct fail *why);
bool mailbox_report(struct db *db, const struct mailbox_report *report,
		    struct fail *why);
/* Holds the server's UIDs (place->uids) against the ledger; what is missing
 * here becomes due again. Fills missing_here and gone_there. */
bool mailbox_reconcile(struct db *db, const struct mailbox_place *place,
		       struct arena *arena, struct mailbox_folder *ret_folder,
		       struct fail *why);

/* For letter_take: the folder's row, made when new, with its position moved
 * to this uidvalidity; then one more UID done. */
bool mailbox_folder_at(struct db *db, const struct mailbox_place *place,
		       int64_t *ret_folder_id, struct fail *why);
bool mailbox_uid_done(struct db *db, int64_t folder_id, int64_t uid,
		      struct fail *why);
