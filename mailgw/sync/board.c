#include "sync/board.h"
#include <assert.h>
#include <signal.h>
#include <sys/mman.h>

static _Thread_local int my_slot = -1;
static struct board_shard *my_shard;

struct board *board_create(void)
{
	struct board *board = mmap(NULL, sizeof(*board), PROT_READ | PROT_WRITE,
				   MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	assert(board != MAP_FAILED);
	return board;
}

struct board_cell *board_find(struct board *board, int64_t mailbox)
{
	size_t at = (size_t)(uint64_t)mailbox % BOARD_CELLS;

	for (size_t i = 0; i < BOARD_CELLS; i++) {
		struct board_cell *cell =
			&board->cells[(at + i) % BOARD_CELLS];
		int64_t none = 0;
		if (atomic_load(&cell->id) == mailbox ||
		    atomic_compare_exchange_strong(&cell->id, &none,
						   mailbox) ||
		    none == mailbox)
			return cell;
	}
	return NULL;
}

bool board_is_barred(const struct board_cell *cell, uint32_t folder,
		     uint32_t uidvalidity, uint32_t uid)
{
	unsigned count = atomic_load(&cell->barred_count);

	for (unsigned i = 0; i < count && i < BOARD_BARRED; i++)
		if (atomic_load(&cell->barred[i].folder) == folder &&
		    atomic_load(&cell->barred[i].uidvalidity) == uidvalidity &&
		    atomic_load(&cell->barred[i].uid) == uid)
			return true;
	return false;
}

void board_bar(struct board_cell *cell, const struct board_place *place)
{
	unsigned at = atomic_load(&cell->barred_count);

	if (at >= BOARD_BARRED)
		return;
	atomic_store(&cell->barred[at].folder, atomic_load(&place->folder));
	atomic_store(&cell->barred[at].uidvalidity,
		     atomic_load(&place->uidvalidity));
	atomic_store(&cell->barred[at].uid, atomic_load(&place->uid));
	atomic_store(&cell->barred_count, at + 1);
}

static void say_who(int signal)
{
	if (my_shard && my_slot >= 0)
		atomic_store(&my_shard->guilty, my_slot + 1);
	(void)raise(signal); /* the default now: SA_RESETHAND */
}

void board_watch_crashes(struct board_shard *shard)
{
	static const int signals[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE,
				       SIGILL };
	struct sigaction action = { .sa_handler = say_who,
				    .sa_flags = (int)(SA_RESETHAND |
						      SA_NODEFER) };

	my_shard = shard;
	for (size_t i = 0; i < sizeof(signals) / sizeof(signals[0]); i++)
		(void)sigaction(signals[i], &action, NULL);
}

void board_set_thread(int slot)
{
	my_slot = slot;
}
