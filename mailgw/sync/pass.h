/*
 * A pass: one reading of one mailbox, from connecting to the last letter, on
 * one thread. Decisions are plan.c's; the ledger is the registry's.
 */
#pragma once
#include "imap/session.h"
#include "sync/board.h"
#include "sync/mailbox.h"
#include "sync/settings.h"
#include "sync/state.h"
#include "uplink/upload.h"

/* What the report will say of a folder. */
struct folder_report {
	bool read; /* to the end: its position moves */
	struct folder_status status;
};

struct pass {
	/* Given. */
	const struct gateway *gateway;
	const struct mailbox *mailbox;
	struct position *positions; /* moved forward as letters are stored */
	struct uplink *uplink;
	struct board *board;
	struct board_cell *cell;
	struct board_slot *slot;
	bool want_idle;
	bool reconcile;
	enum sync_state state;
	/* Given and taken: an open session may go in and come out. */
	struct session *session;
	bool woken; /* the session was idling on the first folder */
	/* Results; FAIL_NONE: all was read. */
	struct fail why;
	const char *remark;
	struct folder_report *folders; /* as many as the mailbox has */
	uint64_t letters, bytes;
	bool lost; /* the lease: say nothing more about this mailbox */
	bool idling;
};

void pass_run(struct pass *pass);
/* For `check`, which explains itself between the steps. */
bool pass_connect(struct pass *pass, struct fail *why);
bool pass_login(struct pass *pass, struct fail *why);

/* Marks the step on the board, with the time it may take. */
void pass_enter(struct pass *pass, enum sync_state state);
/* Still moving: the watchdog's time begins again. */
void pass_touch(struct pass *pass);
void pass_at(struct pass *pass, size_t folder, uint32_t uidvalidity,
	     uint32_t uid);
