#include "sync/shard.h"
#include "base/log.h"
#include "base/moment.h"
#include "sync/machine.h"
#include <assert.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	REPORT_WAIT = 250,
	TRIM_WAIT = 500
}; /* milliseconds */

/* --- reports ------------------------------------------------------------ */

static void send_reports(uv_work_t *request)
{
	struct shard *shard = request->data;
	struct tree *body = shard->sending;

	shard->sending = NULL;
	shard->report_failed = !uplink_report(shard->report_uplink, body,
					      &shard->report_why);
}

static void reports_sent(uv_work_t *request, int status)
{
	struct shard *shard = request->data;

	(void)status;
	shard->report_running = false;
	for (size_t i = 0; i < shard->count; i++) {
		struct machine *machine = shard->machines[i];
		if (machine->reporting && !shard->report_failed)
			atomic_store(&machine->pass.cell->reported, true);
		machine->reporting = false;
	}
	if (shard->report_failed)
		log_event(LOG_LEVEL_ERROR, "report.failed", "reason",
			  shard->report_why.sentence, NULL);
	shard_flush(shard);
}

void shard_flush(struct shard *shard)
{
	if (shard->report_running || shard->reports.count == 0)
		return;
	uv_timer_stop(&shard->report_timer);
	shard->sending = reports_take(&shard->reports);
	for (size_t i = 0; i < shard->count; i++) {
		struct machine *machine = shard->machines[i];
		machine->reporting = machine->to_report;
		machine->to_report = false;
	}
	shard->report_running = true;
	shard->report_work.data = shard;
	uv_queue_work(&shard->loop, &shard->report_work, send_reports,
		      reports_sent);
}

static void report_timer_rang(uv_timer_t *timer)
{
	shard_flush(timer->data);
}

static void report(struct shard *shard, struct machine *machine)
{
	const struct pass *pass = &machine->pass;

	if (pass->lost) {
		atomic_store(&pass->cell->reported, true);
		return;
	}
	reports_add(&shard->reports, pass, shard->request.once);
	machine->to_report = true;
	if (shard->reports.count == 1)
		uv_timer_start(&shard->report_timer, report_timer_rang,
			       REPORT_WAIT, 0);
}

/* --- dispatch ----------------------------------------------------------- */

static bool is_slow(const struct machine *machine)
{
	return machine->failures > 0;
}

static unsigned working_on(const struct shard *shard,
			   const struct machine *machine)
{
	unsigned count = 0;

	for (size_t i = 0; i < shard->count; i++) {
		const struct machine *other = shard->machines[i];
		if (other->slot >= 0 &&
		    other->mailbox->port == machine->mailbox->port &&
		    strcmp(other->mailbox->host, machine->mailbox->host) == 0)
			count++;
	}
	return count;
}

/* Mailboxes that failed last time may hold half of the connections, so that
 * they cannot keep the others waiting. */
static bool may_begin(const struct shard *shard, const struct machine *machine)
{
	const struct gateway_settings *settings =
		&shard->request.gateway->settings;
	int64_t share = (settings->server_connections + settings->shards - 1) /
			settings->shards;
	int64_t slow_max = settings->connections / 2;

	if (machine->state != SYNC_QUEUED)
		return false;
	if (is_slow(machine) && shard->slow_working >= slow_max &&
	    shard->slow_working > 0)
		return false;
	return working_on(shard, machine) < share;
}

static struct machine *next_machine(const struct shard *shard)
{
	struct machine *best = NULL;

	for (size_t i = 0; i < shard->count; i++) {
		struct machine *machine = shard->machines[i];
		if (machine->state != SYNC_QUEUED || machine->slot >= 0)
			continue;
		if (best && (is_slow(best) < is_slow(machine) ||
			     (is_slow(best) == is_slow(machine) &&
			      best->queued < machine->queued)))
			continue;
		if (may_begin(shard, machine))
			best = machine;
	}
	return best;
}

static int free_slot(const struct shard *shard)
{
	for (int i = 0; i < shard->request.gateway->settings.connections; i++)
		if (!shard->taken[i])
			return i;
	return -1;
}

static void trim(uv_timer_t *timer)
{
	(void)timer;
	(void)malloc_trim(0);
}

/* In a single pass whichever shard comes first takes a mailbox, so that none
 * stands idle while another still has a row of them. One that is started again
 * after a crash finds its own. */
static bool take(const struct shard *shard, const struct machine *machine)
{
	struct board_cell *cell =
		board_find(shard->request.board, machine->id);
	unsigned me = shard->request.index + 1;
	unsigned taker = 0;

	return !shard->request.once ||
	       atomic_compare_exchange_strong(&cell->taker, &taker, me) ||
	       taker == me;
}

void shard_dispatch(struct shard *shard)
{
	struct machine *machine;
	int slot;

	while ((slot = free_slot(shard)) >= 0 &&
	       (machine = next_machine(shard)) != NULL) {
		if (!take(shard, machine)) {
			machine_leave(machine);
			continue;
		}
		shard->taken[slot] = true;
		shard->working++;
		shard->slow_working += is_slow(machine);
		machine->was_slow = is_slow(machine);
		machine_begin(machine, slot);
	}
	if (shard->working > 0)
		return;
	if (shard->request.once)
		shard_flush(shard);
	else
		uv_timer_start(&shard->trim_timer, trim, TRIM_WAIT, 0);
}

/* --- the end of a pass -------------------------------------------------- */

static void print_line(const struct shard *shard, const struct pass *pass)
{
	auto_tree *line = tree_create();
	auto_text json = { 0 };
	bool good = pass->why.kind == FAIL_NONE;

	if (shard->request.gateway->quiet)
		return;
	tree_set_text(line, "event", "mailbox");
	tree_set_text(line, "mailbox", pass->mailbox->address);
	tree_set_text(line, "state", good ? "ok" : "error");
	if (!good) {
		tree_set_text(line, "code", pass->why.code);
		tree_set_text(line, "detail", pass->why.sentence);
	}
	tree_set_int(line, "letters", (int64_t)pass->letters);
	tree_set_int(line, "bytes", (int64_t)pass->bytes);
	tree_print(line, &json);
	text_add_char(&json, '\n');
	(void)!write(STDOUT_FILENO, json.string, json.size);
}

static void mark(const struct shard *shard, const struct pass *pass)
{
	bool good = pass->why.kind == FAIL_NONE;
	struct board *board = shard->request.board;
	int before;

	if (!shard->request.once)
		return;
	/* Read once more after a crash: it counts once. */
	before = atomic_exchange(&pass->cell->outcome,
				 good ? BOARD_READ : BOARD_FAILED);
	if (before == BOARD_READ)
		atomic_fetch_sub(&board->read, 1);
	if (before == BOARD_FAILED)
		atomic_fetch_sub(&board->failed, 1);
	atomic_fetch_add(good ? &board->read : &board->failed, 1);
}

void shard_finished(struct shard *shard, struct machine *machine, int slot)
{
	struct pass *pass = &machine->pass;

	shard->taken[slot] = false;
	shard->working--;
	shard->slow_working -= machine->was_slow;
	if (pass->why.kind == FAIL_NONE &&
	    atomic_load(&pass->cell->barred_count) > 0) {
		fail(&pass->why, FAIL_REMOTE,
		     "a letter made the reader crash and was left out");
		fail_code(&pass->why, "crashed", NULL);
	}
	mark(shard, pass);
	report(shard, machine);
	print_line(shard, pass);
}

/* --- leases ------------------------------------------------------------- */

static struct machine *find_machine(const struct shard *shard, int64_t id)
{
	for (size_t i = 0; i < shard->count; i++)
		if (shard->machines[i]->id == id)
			return shard->machines[i];
	return NULL;
}

static bool is_mine(const struct shard *shard, int64_t id)
{
	return shard->request.once ||
	       (unsigned)(id % shard->request.gateway->settings.shards) ==
		       shard->request.index;
}

static void add_machine(struct shard *shard, struct fleet *fleet,
			const struct mailbox *mailbox)
{
	if (shard->count == shard->room) {
		shard->room = shard->room ? shard->room * 2 : 64;
		shard->machines = memory_grow(
			shard->machines,
			shard->room * sizeof(*shard->machines));
	}
	shard->machines[shard->count] = machine_create(shard, fleet, mailbox);
	shard->count++;
}

static bool is_named(const struct fleet *fleet, int64_t id)
{
	for (size_t i = 0; i < fleet->count; i++)
		if (fleet->mailboxes[i].id == id)
			return true;
	return false;
}

static void take_fleet(struct shard *shard, struct fleet *fleet)
{
	for (size_t i = 0; i < shard->count; i++)
		if (!is_named(fleet, shard->machines[i]->id))
			machine_leave(shard->machines[i]);
	for (size_t i = 0; i < fleet->count; i++) {
		const struct mailbox *mailbox = &fleet->mailboxes[i];
		struct machine *machine = find_machine(shard, mailbox->id);
		struct board_cell *cell;
		if (!is_mine(shard, mailbox->id))
			continue;
		cell = board_find(shard->request.board, mailbox->id);
		if (!cell || (shard->request.once &&
			      atomic_load(&cell->outcome) != BOARD_OPEN &&
			      atomic_load(&cell->reported)))
			continue;
		if (!machine)
			add_machine(shard, fleet, mailbox);
		else
			machine_renew(machine, fleet, mailbox);
	}
	for (size_t i = 0; i < shard->count; i++) {
		struct machine *machine = shard->machines[i];
		if (machine->fresh && !machine->leaving &&
		    machine->state == SYNC_RESTING)
			machine_queue(machine);
	}
}

/* Each message is a line of JSON: an answer to a lease. */
static void take_line(struct shard *shard, struct bytes line)
{
	struct fail why = { 0 };
	struct tree *answer = tree_parse(line, &why);
	struct fleet *fleet = answer ? fleet_create(answer, &why) : NULL;

	if (!fleet) {
		log_event(LOG_LEVEL_ERROR, "lease.unreadable", "reason",
			  why.sentence, NULL);
		return;
	}
	take_fleet(shard, fleet);
	fleet_release(&fleet);
	uv_timer_start(&shard->trim_timer, trim, TRIM_WAIT, 0);
}

static void give_room(uv_handle_t *handle, size_t wanted, uv_buf_t *ret_room)
{
	static char room[64 * 1024];

	(void)handle;
	(void)wanted;
	*ret_room = uv_buf_init(room, sizeof(room));
}

static void take_lines(struct shard *shard)
{
	const char *at = text_string(&shard->incoming);
	struct text rest = { 0 };
	const char *end;

	while ((end = strchr(at, '\n'))) {
		take_line(shard, (struct bytes){ (const unsigned char *)at,
						 (size_t)(end - at) });
		at = end + 1;
	}
	text_add(&rest, at);
	text_done(&shard->incoming);
	shard->incoming = rest;
}

static void take_news(uv_stream_t *stream, ssize_t got, const uv_buf_t *room)
{
	struct shard *shard = stream->data;

	if (got < 0)
		_exit(1); /* the supervisor is gone */
	text_add_part(&shard->incoming, room->base, (size_t)got);
	if (got > 0 && memchr(room->base, '\n', (size_t)got))
		take_lines(shard);
}

/* --- the process -------------------------------------------------------- */

static bool open_uplinks(struct shard *shard, struct fail *why)
{
	const struct gateway *gateway = shard->request.gateway;

	for (int i = 0; i < gateway->settings.connections; i++) {
		shard->uplinks[i] = uplink_create(&gateway->uplink, why);
		if (!shard->uplinks[i])
			return false;
	}
	shard->report_uplink = uplink_create(&gateway->uplink, why);
	return shard->report_uplink != NULL;
}

static void set_threads(const struct shard *shard)
{
	auto_text number = { 0 };

	text_addf(&number, "%d",
		  (int)shard->request.gateway->settings.connections + 1);
	setenv("UV_THREADPOOL_SIZE", number.string, 1);
}

static void listen_for_news(struct shard *shard)
{
	uv_pipe_init(&shard->loop, &shard->news, 0);
	uv_pipe_open(&shard->news, shard->request.news);
	shard->news.data = shard;
	uv_read_start((uv_stream_t *)&shard->news, give_room, take_news);
}

static void done(struct shard *shard)
{
	for (size_t i = 0; i < shard->count; i++)
		machine_destroy(shard->machines[i]);
	uv_close((uv_handle_t *)&shard->report_timer, NULL);
	uv_close((uv_handle_t *)&shard->trim_timer, NULL);
	uv_run(&shard->loop, UV_RUN_DEFAULT);
	(void)uv_loop_close(&shard->loop);
	for (int i = 0; i < BOARD_SLOTS; i++)
		uplink_destroy(&shard->uplinks[i]);
	uplink_destroy(&shard->report_uplink);
	text_done(&shard->incoming);
	memory_free(shard->machines);
	memory_free(shard);
}

int shard_run(const struct shard_request *request)
{
	struct shard *shard = memory_alloc(sizeof(*shard));
	struct fail why = { 0 };
	bool failed;

	shard->request = *request;
	set_threads(shard);
	board_watch_crashes(&request->board->shards[request->index]);
	if (uv_loop_init(&shard->loop) != 0 || !open_uplinks(shard, &why)) {
		log_event(LOG_LEVEL_ERROR, "shard.failed", "reason",
			  why.sentence, NULL);
		return 1;
	}
	uv_timer_init(&shard->loop, &shard->report_timer);
	shard->report_timer.data = shard;
	uv_timer_init(&shard->loop, &shard->trim_timer);
	if (request->news >= 0)
		listen_for_news(shard);
	take_fleet(shard, request->fleet);
	uv_run(&shard->loop, UV_RUN_DEFAULT);
	failed = shard->report_failed;
	done(shard);
	return failed ? 1 : 0;
}
