#include "base/log.h"
#include "sync/supervise_private.h"

static const struct mailbox *mailbox_by_id(const struct fleet *fleet,
					   int64_t id)
{
	for (size_t i = 0; fleet && i < fleet->count; i++)
		if (fleet->mailboxes[i].id == id)
			return &fleet->mailboxes[i];
	return NULL;
}

static const char *folder_name(const struct mailbox *mailbox, uint32_t folder)
{
	if (folder >= mailbox->folder_count)
		return "INBOX";
	return tree_text(tree_at(mailbox->folders, folder), "name", "INBOX");
}

static void strike(struct supervisor *supervisor,
		   const struct mailbox *mailbox,
		   const struct board_place *place)
{
	const struct address address = {
		.mailbox = mailbox->id,
		.lease = mailbox->lease,
		.folder = folder_name(mailbox, atomic_load(&place->folder)),
		.uidvalidity = atomic_load(&place->uidvalidity),
		.uid = atomic_load(&place->uid),
	};
	struct strike_answer answer = { 0 };
	struct fail why = { 0 };

	if (uplink_strike(supervisor->uplink, &address,
			  "reading this letter stopped the reader", &answer,
			  &why))
		atomic_fetch_add(&supervisor->board->struck, 1);
	else
		log_event(LOG_LEVEL_ERROR, "strike.failed", "mailbox",
			  mailbox->address, "reason", why.sentence, NULL);
}

static void report_crash(struct supervisor *supervisor,
			 const struct mailbox *mailbox)
{
	struct reports reports = { 0 };
	struct fail crash = { 0 };
	struct fail why = { 0 };

	fail(&crash, FAIL_REMOTE,
	     "what the server answered stopped the reader");
	fail_code(&crash, "crashed", NULL);
	reports_add_failure(&reports, mailbox, &crash, supervisor->once);
	if (!uplink_report(supervisor->uplink, reports_take(&reports), &why))
		log_event(LOG_LEVEL_ERROR, "report.failed", "reason",
			  why.sentence, NULL);
}

/* The mailbox is not tried again in this pass. */
static void give_up(struct supervisor *supervisor,
		    const struct mailbox *mailbox, struct board_cell *cell)
{
	report_crash(supervisor, mailbox);
	if (!supervisor->once)
		return;
	atomic_store(&cell->outcome, BOARD_FAILED);
	atomic_store(&cell->reported, true);
	atomic_fetch_add(&supervisor->board->failed, 1);
}

static void blame_slot(struct supervisor *supervisor,
		       const struct board_slot *slot)
{
	int64_t id = atomic_load(&slot->mailbox);
	const struct mailbox *mailbox = mailbox_by_id(supervisor->fleet, id);
	struct board_cell *cell = board_find(supervisor->board, id);
	bool fetching = atomic_load(&slot->state) == SYNC_FETCHING;

	if (!mailbox || !cell)
		return;
	log_event(LOG_LEVEL_ERROR, "shard.crashed", "mailbox",
		  mailbox->address, "while",
		  sync_state_name((enum sync_state)atomic_load(&slot->state)),
		  NULL);
	if (fetching && atomic_load(&slot->place.uid) != 0) {
		strike(supervisor, mailbox, &slot->place);
		board_bar(cell, &slot->place);
	} else if (fetching && !atomic_load(&cell->careful)) {
		/* One of a batch did it: next time they come one by one. */
		atomic_store(&cell->careful, true);
		return;
	} else {
		atomic_store(&cell->crashes, BOARD_CRASHES_MAX);
	}
	if (atomic_fetch_add(&cell->crashes, 1) + 1 >= BOARD_CRASHES_MAX)
		give_up(supervisor, mailbox, cell);
}

void blame(struct supervisor *supervisor, unsigned index)
{
	struct board_shard *shard = &supervisor->board->shards[index];
	int guilty = atomic_exchange(&shard->guilty, 0);

	if (guilty > 0 && guilty <= BOARD_SLOTS &&
	    atomic_load(&shard->slots[guilty - 1].mailbox) != 0)
		blame_slot(supervisor, &shard->slots[guilty - 1]);
	for (size_t i = 0; i < BOARD_SLOTS; i++)
		atomic_store(&shard->slots[i].mailbox, 0);
}
