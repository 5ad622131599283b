/*
 * The board: memory that the supervisor and its shards share. It says who
 * works on which letter, so that a crash is laid at the right door, and how
 * far the pass is. Atomic fields only; nothing here owns anything.
 */
#pragma once
#include "sync/state.h"
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

enum {
	BOARD_CELLS = 8192, /* mailboxes, twice as many as may be */
	BOARD_SHARDS = 16,
	BOARD_SLOTS = 64,
	BOARD_BARRED = 8,
	BOARD_CRASHES_MAX = 3
};

enum board_outcome {
	BOARD_OPEN,
	BOARD_READ,
	BOARD_FAILED
};

struct board_place {
	_Atomic uint32_t folder, uidvalidity, uid; /* uid 0: no single letter */
};

/* One mailbox. */
struct board_cell {
	_Atomic int64_t id;	/* 0: free */
	_Atomic unsigned taker; /* in a single pass: shard + 1; 0: nobody */
	_Atomic int outcome;
	_Atomic bool reported; /* the registry knows the outcome */
	_Atomic unsigned crashes;
	_Atomic bool careful; /* letters one by one: a batch killed a shard */
	_Atomic unsigned barred_count;
	struct board_place barred[BOARD_BARRED]; /* letters not to touch */
};

/* One connection of a shard. */
struct board_slot {
	_Atomic int64_t mailbox;  /* 0: none */
	_Atomic int state;	  /* enum sync_state */
	_Atomic int64_t deadline; /* ticks; past it by far: it spins */
	struct board_place place;
};

struct board_shard {
	_Atomic int guilty; /* slot + 1 of the thread that crashed */
	struct board_slot slots[BOARD_SLOTS];
};

struct board {
	_Atomic int64_t letters, had, skipped, bytes, struck;
	_Atomic int64_t read, failed; /* mailboxes */
	struct board_shard shards[BOARD_SHARDS];
	struct board_cell cells[BOARD_CELLS];
};

struct board *board_create(void); /* shared with all later children */
/* Its cell, taken now when it has none. NULL when all are taken. */
struct board_cell *board_find(struct board *board, int64_t mailbox);
bool board_is_barred(const struct board_cell *cell, uint32_t folder,
		     uint32_t uidvalidity, uint32_t uid);
void board_bar(struct board_cell *cell, const struct board_place *place);
/* In a shard, for each thread that works: a fatal signal names its slot. */
void board_watch_crashes(struct board_shard *shard);
void board_set_thread(int slot); /* -1: none */
