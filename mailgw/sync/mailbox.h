/*
 * Mailboxes as the registry leases them: where, by whom, and how far read.
 */
#pragma once
#include "base/tree.h"
#include "imap/session.h"
#include "imap/uids.h"

struct position {
	char *folder;
	uint32_t uidvalidity; /* 0: never read */
	uint32_t uidnext;     /* 0: never read to the end */
	struct uids done, retry, aside;
	unsigned strikes; /* the most that a letter of `retry` has */
};

struct mailbox {
	int64_t id;
	const char *address, *host, *user, *sealed, *lease;
	uint16_t port;
	enum session_security security;
	bool documents_only;
	unsigned failures;
	const struct tree *folders; /* belongs to the fleet */
	size_t folder_count;
};

/* One answer of the registry; shared by those who hold one of its mailboxes. */
struct fleet {
	struct arena *arena;
	struct tree *answer;
	struct mailbox *mailboxes;
	size_t count;
	size_t users;
};

/* Takes the answer over, also when it is refused. */
struct fleet *fleet_create(struct tree *answer, struct fail *why);
void fleet_release(struct fleet **fleet); /* the last user frees it */
void fleet_hold(struct fleet *fleet);
bool fleet_needs_trust(const struct fleet *fleet);

/* Positions belong to the one who reads the mailbox. */
struct position *positions_create(const struct mailbox *mailbox,
				  struct fail *why);
void positions_destroy(struct position **positions, size_t count);
