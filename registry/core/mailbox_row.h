/*
 * How a mailbox is read from its row and written, for the mailbox_*.c sources.
 */
#pragma once
#include "core/mailbox.h"
#include "core/mailbox_change.h"

struct query;

/* clang-format off */
#define MAILBOX_SELECT \
	"SELECT mailbox.id, address, host, port, security, user, sealed," \
	"       unit, keep, paused, state, code, detail, failures, refusals," \
	"       tried_at, ok_at, lease_holder, lease_until, letters," \
	"       (SELECT count(*) FROM folder JOIN strike" \
	"         ON strike.folder_id = folder.id AND strike.aside = 1" \
	"        WHERE folder.mailbox_id = mailbox.id), mailbox.version" \
	"  FROM mailbox"
/* clang-format on */

struct mailbox mailbox_read_row(struct query *query, struct arena *arena);

/* The names of its folders that are read, "A;B"; in order. */
bool mailbox_print_folders(struct db *db, int64_t id, struct arena *arena,
			   const char **ret_names, struct fail *why);

/* Writing what was checked, doubles and version too. */
bool mailbox_insert(struct db *db, const struct mailbox_change *change,
		    int64_t *ret_id, struct fail *why);
bool mailbox_update(struct db *db, const struct mailbox_change *change,
		    const struct mailbox *old, const char *old_folders,
		    struct fail *why);

/* Forgets how far the folder was read, and what its UIDs meant: all of it is
 * listed again, and its letters are known by content and date. */
bool mailbox_relist(struct db *db, int64_t folder_id, struct fail *why);
/* What was set aside is tried again. */
bool mailbox_clear_strikes(struct db *db, int64_t id, struct fail *why);

/* FAIL_CONFLICT "mailbox.double": the mailbox `address` reads the account. */
bool mailbox_fail_double(const char *address, struct arena *arena,
			 struct fail *why);
