/*
 * The supervisor: leases the mailboxes, starts the shards, watches over them
 * and lays each crash at the door of the letter that caused it. It never
 * speaks with a mail server itself.
 */
#pragma once
#include "sync/settings.h"

/* Exit code: 0 only when every mailbox was read. */
int supervise_once(struct gateway *gateway);
/* Until SIGTERM or SIGINT; says READY=1 to systemd. */
int supervise_forever(struct gateway *gateway);
