/*
 * Mailboxes added and corrected by people.
 *
 * When the server, the user or the folders change, what was read elsewhere
 * counts no more: all is listed again, known letters are recognised, and the
 * gateway's lease ends, so that nothing of the old place comes in under the
 * new one. Each change is audited in the same transaction, without passwords.
 */
#pragma once
#include "core/access.h"
#include "core/mailbox_wanted.h"

struct db;

struct mailbox_change {
	struct actor actor;
	int64_t id;			     /* unless it is added */
	int64_t version;		     /* that the person saw */
	const struct mailbox_wanted *wanted; /* mailbox_check() let it pass */
	const char *public_key;		     /* passwords are sealed to it */
	const char *action;		     /* NULL: its usual name */
};

/* Audited as "mailbox.add". FAIL_CONFLICT "mailbox.exists" for the address,
 * "mailbox.double" for an account that is read as another mailbox. */
bool mailbox_add(struct db *db, const struct mailbox_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why);
/* Audited as "mailbox.edit". The same, and FAIL_CONFLICT "mailbox.changed" on a
 * stale version. An empty password keeps the old one; a new one lifts a block
 * and clears strikes. */
bool mailbox_correct(struct db *db, const struct mailbox_change *change,
		     struct arena *arena, struct fail *why);
