/*
 * How a mailbox is read from its row, for the mailbox_*.c sources.
 */
#pragma once
#include "core/mailbox.h"

struct query;

/* clang-format off */
#define MAILBOX_SELECT \
	"SELECT mailbox.id, address, host, port, security, user, sealed," \
	"       unit, keep, paused, state, code, detail, failures, refusals," \
	"       tried_at, ok_at, lease_holder, lease_until, letters," \
	"       (SELECT count(*) FROM folder JOIN strike" \
	"         ON strike.folder_id = folder.id AND strike.aside = 1" \
	"        WHERE folder.mailbox_id = mailbox.id)" \
	"  FROM mailbox"
/* clang-format on */

struct mailbox mailbox_read_row(struct query *query, struct arena *arena);
