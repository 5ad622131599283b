/*
 * Mailboxes by the hundred: a table held against those that are here. Nothing
 * is applied unless every line is right; then all is, in one transaction.
 */
#pragma once
#include "base/bytes.h"
#include "core/access.h"
#include "core/mailbox_wanted.h"

struct db;

enum {
	MAILBOX_IMPORT_MAX = 1 << 20,	/* bytes of a CSV file */
	MAILBOX_IMPORT_LINES_MAX = 5000 /* mailboxes in it */
};

enum mailbox_import_kind {
	MAILBOX_IMPORT_ADD,
	MAILBOX_IMPORT_CHANGE,
	MAILBOX_IMPORT_SAME,
	MAILBOX_IMPORT_WRONG
};

struct mailbox_import {
	struct actor actor;
	struct bytes csv;
	const char *public_key; /* passwords are sealed to it */
	bool plain_anywhere;
	bool apply;
	/* What stood when the person looked; NULL: whatever it is. */
	const char *stand;
};

struct mailbox_import_line {
	size_t number; /* in the file, from 1 */
	enum mailbox_import_kind kind;
	const char *address;
	unsigned differs;  /* CHANGE: columns, as bits */
	struct fail fault; /* WRONG */
};

struct mailbox_import_result {
	struct mailbox_import_line *lines;
	size_t count;
	size_t counts[MAILBOX_IMPORT_WRONG + 1]; /* by kind */
	const char *stand;			 /* moves with every change */
};

/* CSV with the header address,host,port,security,user,password,unit,folders,
 * keep (in any order; the last three and the password may be missing). A known
 * address is changed; an empty password keeps the old one. FAIL_INVALID for a
 * file that is no such table (its code "import.file"), and with `apply` for
 * its first wrong line, which the failure names; FAIL_CONFLICT
 * "import.changed" when it stands otherwise by now. */
bool mailbox_import(struct db *db, const struct mailbox_import *import,
		    struct arena *arena,
		    struct mailbox_import_result *ret_result,
		    struct fail *why);
