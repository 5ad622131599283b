/*
 * A shard: one process that reads its share of the mailboxes. One libuv loop
 * owns timers and idle connections; passes run on a few threads.
 */
#pragma once
#include "sync/board.h"
#include "sync/mailbox.h"
#include "sync/settings.h"

struct shard_request {
	const struct gateway *gateway;
	struct board *board;
	struct fleet *fleet; /* as the supervisor leased it */
	unsigned index;
	bool once; /* end after one pass over all */
	int news;  /* descriptor with new leases; -1: none */
};

/* In a child process; gives its exit code. */
int shard_run(const struct shard_request *request);
