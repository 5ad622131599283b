/*
 * Mailboxes as people want them: typed into a form or written in a table.
 * One check for both.
 */
#pragma once
#include "base/arena.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct mailbox;

enum mailbox_column {
	MAILBOX_ADDRESS,
	MAILBOX_HOST,
	MAILBOX_PORT,
	MAILBOX_SECURITY,
	MAILBOX_USER,
	MAILBOX_PASSWORD,
	MAILBOX_UNIT,
	MAILBOX_FOLDERS, /* "INBOX;Công văn" */
	MAILBOX_KEEP,
	MAILBOX_COLUMN_COUNT
};

struct mailbox_wanted {
	const char *value[MAILBOX_COLUMN_COUNT]; /* as typed, never NULL */
	/* What mailbox_check() made of them. */
	int64_t port;
	const char **folders;
	size_t folder_count;
};

const char *mailbox_column_name(enum mailbox_column column); /* "address" */
/* ADDRESS, HOST, PORT, SECURITY and USER: no table goes without them. */
bool mailbox_column_is_needed(enum mailbox_column column);

/* Fills in what may be left out. FAIL_INVALID names the column in its code:
 * "mailbox.port"; "mailbox.plain" for a password in clear over the network.
 * Never shows a password. An empty one is no fault here. */
bool mailbox_check(struct mailbox_wanted *wanted, bool plain_anywhere,
		   struct arena *arena, struct fail *why);
/* FAIL_INVALID "mailbox.password" when one is needed and not given: what is
 * new has none yet; a sealed one opens for its address only, and is not sent
 * to another server than it was entered for. `old` is NULL for what is new. */
bool mailbox_check_password(const struct mailbox_wanted *wanted,
			    const struct mailbox *old, struct fail *why);

/* The columns in which they differ, as bits; PASSWORD when one is given. */
unsigned mailbox_differs(const struct mailbox *old, const char *old_folders,
			 const struct mailbox_wanted *wanted);
/* Whether both are the same account. 143 and 993 are doors of one server. */
bool mailbox_is_same_account(const struct mailbox *old,
			     const struct mailbox_wanted *wanted);
int64_t mailbox_door(int64_t port);
