#include "sync/machine.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/secret.h"
#include "sync/backoff.h"
#include <assert.h>
#include <string.h>

enum {
	DAY_TICKS = 24 * 3600 * 1000
};

static uint32_t chance(void)
{
	uint32_t bits;

	secret_random(&bits, sizeof(bits));
	return bits;
}

static void stop_polling(struct machine *machine)
{
	if (!machine->polling)
		return;
	uv_poll_stop(&machine->poll);
	uv_close((uv_handle_t *)&machine->poll, NULL);
	machine->polling = false;
}

/* --- what the registry says --------------------------------------------- */

static void forget_refusal(struct machine *machine)
{
	memory_free(machine->refused_secret);
	machine->refused_secret = NULL;
	machine->refusals = 0;
	machine->failures = 0;
}

/* The registry ended our lease and gave another: server, user or folders may
 * be others now, and a connection that waits for news is to the old ones. */
static void start_over(struct machine *machine)
{
	forget_refusal(machine);
	uv_timer_stop(&machine->timer);
	stop_polling(machine);
	session_close(&machine->session);
	if (machine->state == SYNC_IDLING)
		sync_enter(&machine->state, SYNC_RESTING);
	if (!machine->shard->request.once && !machine->leaving)
		machine_queue(machine);
}

static void adopt(struct machine *machine, struct fleet *fleet,
		  const struct mailbox *mailbox)
{
	struct fail why = { 0 };
	struct position *positions = positions_create(mailbox, &why);
	bool other = machine->mailbox &&
		     strcmp(machine->mailbox->lease, mailbox->lease) != 0;

	if (!positions) {
		log_event(LOG_LEVEL_ERROR, "position.unreadable", "mailbox",
			  mailbox->address, "reason", why.sentence, NULL);
		return;
	}
	fleet_hold(fleet);
	positions_destroy(&machine->positions, machine->folder_count);
	fleet_release(&machine->fleet);
	machine->fleet = fleet;
	machine->mailbox = mailbox;
	machine->positions = positions;
	machine->folder_count = mailbox->folder_count;
	if (other) {
		start_over(machine);
	} else if (machine->refused_secret &&
		   strcmp(machine->refused_secret, mailbox->sealed) != 0) {
		forget_refusal(machine);
		if (machine->state == SYNC_RESTING)
			machine_queue(machine);
	}
}

struct machine *machine_create(struct shard *shard, struct fleet *fleet,
			       const struct mailbox *mailbox)
{
	struct machine *machine = memory_alloc(sizeof(*machine));

	machine->shard = shard;
	machine->id = mailbox->id;
	machine->slot = -1;
	machine->fresh = true;
	machine->failures = mailbox->failures;
	/* The daily count is spread over the day. */
	machine->reconciled_at = moment_ticks() -
				 (int64_t)(chance() % DAY_TICKS);
	uv_timer_init(&shard->loop, &machine->timer);
	machine->timer.data = machine;
	adopt(machine, fleet, mailbox);
	return machine;
}

static bool is_working(const struct machine *machine)
{
	return machine->slot >= 0;
}

void machine_renew(struct machine *machine, struct fleet *fleet,
		   const struct mailbox *mailbox)
{
	bool back = machine->leaving;

	machine->leaving = false;
	if (!is_working(machine)) {
		adopt(machine, fleet, mailbox);
		if (back)
			machine_queue(machine);
		/* Letters that are due again do not wait for the next news. */
		for (size_t i = 0; i < machine->folder_count; i++)
			if (machine->positions[i].retry.count > 0 &&
			    machine->failures == 0)
				machine_queue(machine);
		return;
	}
	fleet_hold(fleet);
	fleet_release(&machine->next_fleet);
	machine->next_fleet = fleet;
	machine->next_mailbox = mailbox;
}

/* --- waiting ------------------------------------------------------------ */

void machine_queue(struct machine *machine)
{
	if (machine->state != SYNC_RESTING && machine->state != SYNC_IDLING)
		return;
	if (machine->refused_secret)
		return;
	uv_timer_stop(&machine->timer);
	stop_polling(machine);
	sync_enter(&machine->state, SYNC_QUEUED);
	machine->queued = machine->shard->queue_number++;
	shard_dispatch(machine->shard);
}

static void timer_rang(uv_timer_t *timer)
{
	machine_queue(timer->data);
}

static void has_news(uv_poll_t *poll, int status, int events)
{
	(void)status;
	(void)events;
	machine_queue(poll->data);
}

static void wait_in_idle(struct machine *machine)
{
	const struct gateway_settings *settings =
		&machine->shard->request.gateway->settings;
	int64_t min = settings->idle_minutes_min * 60000;
	int64_t max = settings->idle_minutes_max * 60000;
	int64_t span = max > min ? max - min : 1;
	int64_t wait = min + (int64_t)(chance() % (uint32_t)span);

	uv_timer_start(&machine->timer, timer_rang, (uint64_t)wait, 0);
	if (session_has_news(machine->session) ||
	    uv_poll_init(&machine->shard->loop, &machine->poll,
			 session_fd(machine->session)) != 0) {
		machine_queue(machine);
		return;
	}
	machine->poll.data = machine;
	machine->polling = true;
	uv_poll_start(&machine->poll, UV_READABLE | UV_DISCONNECT, has_news);
}

static void wait_for_poll(struct machine *machine, bool news)
{
	const struct gateway_settings *settings =
		&machine->shard->request.gateway->settings;
	int64_t wait = backoff_poll(machine->poll_wait, news,
				    settings->poll_seconds_min * 1000,
				    settings->poll_seconds_max * 1000);

	machine->poll_wait = wait;
	uv_timer_start(&machine->timer, timer_rang,
		       (uint64_t)backoff_spread(wait, chance()), 0);
}

static void wait_after_failure(struct machine *machine)
{
	uv_timer_start(&machine->timer, timer_rang,
		       (uint64_t)backoff_after(machine->failures, chance()),
		       0);
}

static void stop_trying(struct machine *machine)
{
	memory_free(machine->refused_secret);
	machine->refused_secret = memory_copy(machine->mailbox->sealed);
}

/* --- a pass ------------------------------------------------------------- */

static void work(uv_work_t *request)
{
	struct machine *machine = request->data;

	board_set_thread(machine->slot);
	pass_run(&machine->pass);
	board_set_thread(-1);
}

static void prepare(struct machine *machine, int slot)
{
	struct shard *shard = machine->shard;
	struct board *board = shard->request.board;
	struct pass *pass = &machine->pass;

	memory_free(pass->folders);
	*pass = (struct pass){
		.gateway = shard->request.gateway,
		.mailbox = machine->mailbox,
		.positions = machine->positions,
		.uplink = shard->uplinks[slot],
		.board = board,
		.cell = board_find(board, machine->id),
		.slot = &board->shards[shard->request.index].slots[slot],
		.want_idle = !shard->request.once,
		.reconcile = !shard->request.once &&
			     moment_ticks() - machine->reconciled_at >
				     DAY_TICKS,
		.state = machine->state,
		.session = machine->session,
		.folders = memory_alloc((machine->folder_count + 1) *
					sizeof(struct folder_report)),
	};
	machine->session = NULL;
	atomic_store(&pass->slot->place.uid, 0);
	atomic_store(&pass->slot->deadline, INT64_MAX);
	atomic_store(&pass->slot->mailbox, machine->id);
}

static void finished(uv_work_t *request, int status)
{
	struct machine *machine = request->data;

	(void)status;
	machine_rest(machine);
}

bool machine_begin(struct machine *machine, int slot)
{
	prepare(machine, slot);
	assert(machine->pass.cell);
	machine->slot = slot;
	machine->work.data = machine;
	return uv_queue_work(&machine->shard->loop, &machine->work, work,
			     finished) == 0;
}

static void learn(struct machine *machine)
{
	const struct fail *why = &machine->pass.why;

	machine->state = machine->pass.state;
	machine->session = machine->pass.session;
	machine->fresh = false;
	if (machine->pass.reconcile && why->kind == FAIL_NONE)
		machine->reconciled_at = moment_ticks();
	if (why->kind == FAIL_NONE) {
		machine->failures = 0;
		machine->refusals = 0;
	} else {
		machine->failures++;
		if (strcmp(why->code, "login.refused") == 0)
			machine->refusals++;
	}
}

static void take_news(struct machine *machine)
{
	if (!machine->next_fleet)
		return;
	if (machine->next_mailbox) {
		/* What was read just now is newer than these positions, but
		 * putting a letter again changes nothing. */
		adopt(machine, machine->next_fleet, machine->next_mailbox);
	}
	fleet_release(&machine->next_fleet);
	machine->next_mailbox = NULL;
}

static void wait_for_news(struct machine *machine, bool news)
{
	if (machine->refusals >= BACKOFF_LOGIN_TRIES)
		stop_trying(machine);
	else if (machine->failures > 0)
		wait_after_failure(machine);
	else if (machine->session)
		wait_in_idle(machine);
	else
		wait_for_poll(machine, news);
}

void machine_rest(struct machine *machine)
{
	struct pass *pass = &machine->pass;
	bool news = pass->letters > 0;
	int slot = machine->slot;

	atomic_store(&pass->slot->mailbox, 0);
	machine->slot = -1;
	shard_finished(machine->shard, machine, slot);
	learn(machine);
	take_news(machine);
	if (machine->shard->request.once || machine->leaving) {
		session_close(&machine->session);
		if (machine->state == SYNC_IDLING)
			sync_enter(&machine->state, SYNC_RESTING);
	} else if (machine->state != SYNC_QUEUED) {
		wait_for_news(machine, news);
	}
	shard_dispatch(machine->shard);
}

void machine_leave(struct machine *machine)
{
	machine->leaving = true;
	if (is_working(machine))
		return;
	uv_timer_stop(&machine->timer);
	stop_polling(machine);
	session_close(&machine->session);
	if (machine->state != SYNC_RESTING)
		sync_enter(&machine->state, SYNC_RESTING);
}

static void timer_closed(uv_handle_t *handle)
{
	struct machine *machine = handle->data;

	memory_free(machine->pass.folders);
	memory_free(machine->refused_secret);
	positions_destroy(&machine->positions, machine->folder_count);
	fleet_release(&machine->next_fleet);
	fleet_release(&machine->fleet);
	memory_free(machine);
}

void machine_destroy(struct machine *machine)
{
	assert(!is_working(machine));
	machine_leave(machine);
	uv_close((uv_handle_t *)&machine->timer, timer_closed);
}
