/*
 * The supervisor, as its files share it.
 */
#pragma once
#include "base/digest.h"
#include "sync/board.h"
#include "sync/reports.h"
#include "sync/supervise.h"
#include <signal.h>
#include <sys/types.h>

struct child {
	pid_t pid;		   /* 0: not running */
	int news;		   /* our end; -1 in `once` */
	int64_t started, again_at; /* ticks */
	unsigned restarts;
};

struct supervisor {
	struct gateway *gateway;
	struct board *board;
	struct uplink *uplink;
	struct fleet *fleet;
	struct child children[BOARD_SHARDS];
	sigset_t signals;
	bool once, stopping, failed;
	int64_t refresh_at, started;
	unsigned lease_failures;
	struct digest told; /* of the last answer that the shards got */
};

bool supervise_lease(struct supervisor *supervisor, struct fail *why);
void supervise_start(struct supervisor *supervisor, unsigned index);
/* Waits for a signal or `limit` ms; reaps, blames, restarts, watches. */
void supervise_watch(struct supervisor *supervisor, int limit);
bool supervise_is_alive(const struct supervisor *supervisor);
void supervise_stop(struct supervisor *supervisor);
/* blame.c */
void blame(struct supervisor *supervisor, unsigned index);
/* progress.c */
void progress_show(const struct supervisor *supervisor, bool last);
