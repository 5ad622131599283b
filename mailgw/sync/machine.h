/*
 * Machines: one mailbox in a shard, between and during its passes.
 */
#pragma once
#include "sync/pass.h"
#include "sync/reports.h"
#include "sync/shard.h"
#include <uv.h>

struct shard;

struct machine {
	struct shard *shard;
	int64_t id;
	struct fleet *fleet; /* holds `mailbox` */
	const struct mailbox *mailbox;
	struct position *positions;
	size_t folder_count;
	struct fleet *next_fleet; /* taken when the pass is over */
	const struct mailbox *next_mailbox;
	enum sync_state state;
	uint64_t queued; /* order of the queue */
	int slot;	 /* -1: no pass runs */
	struct session *session;
	bool leaving;	/* no longer ours */
	bool fresh;	/* never read by this process */
	bool was_slow;	/* when this pass began */
	bool to_report; /* in shard->reports */
	bool reporting; /* its report is on its way */
	unsigned failures, refusals;
	char *refused_secret; /* not tried again until it changes */
	int64_t poll_wait, reconciled_at;
	struct pass pass;
	uv_work_t work;
	uv_timer_t timer;
	uv_poll_t poll;
	bool polling;
};

struct shard {
	struct shard_request request;
	uv_loop_t loop;
	struct machine **machines;
	size_t count, room;
	uint64_t queue_number;
	struct uplink *uplinks[BOARD_SLOTS];
	bool taken[BOARD_SLOTS];
	unsigned working, slow_working;
	struct uplink *report_uplink;
	struct reports reports;
	struct tree *sending;
	bool report_running, report_failed;
	struct fail report_why;
	uv_work_t report_work;
	uv_timer_t report_timer;
	uv_timer_t trim_timer; /* gives memory back when all is quiet */
	uv_pipe_t news;
	struct text incoming;
};

/* machine.c */
struct machine *machine_create(struct shard *shard, struct fleet *fleet,
			       const struct mailbox *mailbox);
/* New words of the registry about this mailbox. */
void machine_renew(struct machine *machine, struct fleet *fleet,
		   const struct mailbox *mailbox);
void machine_queue(struct machine *machine);
void machine_leave(struct machine *machine);
/* Frees it when the loop turns next. */
void machine_destroy(struct machine *machine);
bool machine_begin(struct machine *machine, int slot);
/* After the pass: keeps what it learned and says when the next one is. */
void machine_rest(struct machine *machine);

/* shard.c */
void shard_flush(struct shard *shard);
void shard_dispatch(struct shard *shard);
/* Frees the slot, tells board and registry. */
void shard_finished(struct shard *shard, struct machine *machine, int slot);
