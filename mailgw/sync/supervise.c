#include "sync/supervise.h"
#include "base/descriptor.h"
#include "base/log.h"
#include "base/moment.h"
#include "sync/shard.h"
#include "sync/supervise_private.h"
#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <systemd/sd-daemon.h>
#include <unistd.h>

enum {
	GRACE = 10 * 1000, /* past a deadline, before a shard is killed */
	RESTART_WAIT = 1000,
	RESTARTS_MAX = 200 /* of one shard in one pass */
};

/* --- leases ------------------------------------------------------------- */

bool supervise_lease(struct supervisor *supervisor, struct fail *why)
{
	struct gateway *gateway = supervisor->gateway;
	struct tree *answer = uplink_lease(supervisor->uplink,
					   gateway->settings.name,
					   gateway->settings.lease_seconds,
					   why);
	struct fleet *fleet = answer ? fleet_create(answer, why) : NULL;

	if (!fleet)
		return false;
	if (!gateway->trust && fleet_needs_trust(fleet)) {
		gateway->trust = trust_create(gateway->ca_file, why);
		if (!gateway->trust) {
			fleet_release(&fleet);
			return false;
		}
	}
	fleet_release(&supervisor->fleet);
	supervisor->fleet = fleet;
	return true;
}

/* --- children ----------------------------------------------------------- */

/* Address sanitizer reserves terabytes of address space for itself. */
static void limit_memory(const struct gateway *gateway)
{
#ifndef __SANITIZE_ADDRESS__
	rlim_t room = (rlim_t)gateway->settings.memory_max_mb << 20;
	struct rlimit memory = { room, room };

	(void)setrlimit(RLIMIT_AS, &memory);
#else
	(void)gateway;
#endif
}

static void become_shard(const struct supervisor *supervisor, unsigned index,
			 int news)
{
	const struct gateway *gateway = supervisor->gateway;
	const struct shard_request request = {
		.gateway = gateway,
		.board = supervisor->board,
		.fleet = supervisor->fleet,
		.index = index,
		.once = supervisor->once,
		.news = news,
	};
	sigset_t none;

	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	limit_memory(gateway);
	exit(shard_run(&request));
}

static bool open_news(const struct supervisor *supervisor, int ends[2])
{
	struct timeval limit = { .tv_sec = 5 };

	ends[0] = ends[1] = -1;
	if (supervisor->once)
		return true;
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
		return false;
	(void)setsockopt(ends[0], SOL_SOCKET, SO_SNDTIMEO, &limit,
			 sizeof(limit));
	return true;
}

void supervise_start(struct supervisor *supervisor, unsigned index)
{
	struct child *child = &supervisor->children[index];
	int ends[2];

	child->started = moment_ticks();
	child->again_at = child->started + RESTART_WAIT;
	if (!open_news(supervisor, ends))
		return;
	child->pid = fork();
	if (child->pid == 0) {
		descriptor_close(&ends[0]);
		for (unsigned i = 0; i < BOARD_SHARDS; i++)
			if (i != index)
				descriptor_close(&supervisor->children[i].news);
		become_shard(supervisor, index, ends[1]);
	}
	descriptor_close(&ends[1]);
	if (child->pid < 0) {
		child->pid = 0;
		descriptor_close(&ends[0]);
		log_event(LOG_LEVEL_ERROR, "shard.not_started", NULL);
	}
	child->news = ends[0];
}

static void end_child(struct supervisor *supervisor, unsigned index,
		      int status)
{
	struct child *child = &supervisor->children[index];

	child->pid = 0;
	descriptor_close(&child->news);
	blame(supervisor, index);
	if (supervisor->stopping)
		return;
	if (WIFEXITED(status) && supervisor->once) {
		supervisor->failed |= WEXITSTATUS(status) != 0;
		return;
	}
	if (++child->restarts > RESTARTS_MAX && supervisor->once) {
		supervisor->failed = true;
		return;
	}
	if (supervisor->once)
		supervise_start(supervisor, index);
}

static void reap(struct supervisor *supervisor)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
		for (unsigned i = 0; i < BOARD_SHARDS; i++)
			if (supervisor->children[i].pid == pid)
				end_child(supervisor, i, status);
}

/* A thread that is far past its deadline spins inside a library. */
static void find_spinning(struct supervisor *supervisor)
{
	int64_t now = moment_ticks();

	for (unsigned i = 0; i < BOARD_SHARDS; i++) {
		struct board_shard *shard = &supervisor->board->shards[i];
		if (supervisor->children[i].pid == 0)
			continue;
		for (int slot = 0; slot < BOARD_SLOTS; slot++) {
			int64_t deadline =
				atomic_load(&shard->slots[slot].deadline);
			if (atomic_load(&shard->slots[slot].mailbox) == 0 ||
			    deadline > now - GRACE)
				continue;
			atomic_store(&shard->guilty, slot + 1);
			(void)kill(supervisor->children[i].pid, SIGKILL);
			break;
		}
	}
}

static void restart_dead(struct supervisor *supervisor)
{
	unsigned count = (unsigned)supervisor->gateway->settings.shards;

	for (unsigned i = 0; i < count; i++)
		if (supervisor->children[i].pid == 0 &&
		    moment_ticks() >= supervisor->children[i].again_at)
			supervise_start(supervisor, i);
}

void supervise_watch(struct supervisor *supervisor, int limit)
{
	struct timespec wait = { limit / 1000, limit % 1000 * 1000000L };
	int signal = sigtimedwait(&supervisor->signals, NULL, &wait);

	if (signal == SIGTERM || signal == SIGINT)
		supervisor->stopping = true;
	reap(supervisor);
	if (supervisor->stopping)
		return;
	find_spinning(supervisor);
	if (!supervisor->once)
		restart_dead(supervisor);
}

bool supervise_is_alive(const struct supervisor *supervisor)
{
	for (unsigned i = 0; i < BOARD_SHARDS; i++)
		if (supervisor->children[i].pid > 0)
			return true;
	return false;
}

/* Nothing is lost by a kill: positions belong to the registry. */
void supervise_stop(struct supervisor *supervisor)
{
	for (unsigned i = 0; i < BOARD_SHARDS; i++) {
		struct child *child = &supervisor->children[i];
		if (child->pid > 0) {
			(void)kill(child->pid, SIGKILL);
			(void)waitpid(child->pid, NULL, 0);
		}
		child->pid = 0;
		descriptor_close(&child->news);
	}
}

/* --- both ways ---------------------------------------------------------- */

static bool begin(struct supervisor *supervisor, struct gateway *gateway,
		  struct fail *why)
{
	struct rlimit none = { 0, 0 };

	*supervisor = (struct supervisor){ .gateway = gateway,
					   .started = moment_ticks() };
	for (unsigned i = 0; i < BOARD_SHARDS; i++)
		supervisor->children[i].news = -1;
	(void)setrlimit(RLIMIT_CORE, &none); /* passwords are in memory */
	(void)mallopt(M_ARENA_MAX, 2);
	(void)signal(SIGPIPE, SIG_IGN);
	sigemptyset(&supervisor->signals);
	sigaddset(&supervisor->signals, SIGTERM);
	sigaddset(&supervisor->signals, SIGINT);
	sigaddset(&supervisor->signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &supervisor->signals, NULL);
	supervisor->board = board_create();
	supervisor->uplink = uplink_create(&gateway->uplink, why);
	return supervisor->uplink != NULL;
}

static void done(struct supervisor *supervisor)
{
	supervise_stop(supervisor);
	uplink_destroy(&supervisor->uplink);
	fleet_release(&supervisor->fleet);
	trust_destroy(&supervisor->gateway->trust);
}

int supervise_once(struct gateway *gateway)
{
	struct supervisor supervisor;
	struct fail why = { 0 };
	bool all;

	if (!begin(&supervisor, gateway, &why) ||
	    !supervise_lease(&supervisor, &why)) {
		log_event(LOG_LEVEL_ERROR, "lease.failed", "reason",
			  why.sentence, NULL);
		done(&supervisor);
		return 1;
	}
	supervisor.once = true;
	for (unsigned i = 0; i < (unsigned)gateway->settings.shards; i++)
		supervise_start(&supervisor, i);
	while (supervise_is_alive(&supervisor) && !supervisor.stopping) {
		supervise_watch(&supervisor, 200);
		progress_show(&supervisor, false);
	}
	progress_show(&supervisor, true);
	all = atomic_load(&supervisor.board->read) ==
	      (int64_t)supervisor.fleet->count;
	all = all && !supervisor.failed && !supervisor.stopping;
	done(&supervisor);
	return all ? 0 : 1;
}

static void tell_children(struct supervisor *supervisor)
{
	auto_text line = { .limit = 256 * 1024 * 1024 };
	struct digest digest;

	tree_print(supervisor->fleet->answer, &line);
	text_add_char(&line, '\n');
	digest = digest_of(line.string, line.size);
	if (digest_equal(&digest, &supervisor->told))
		return; /* nothing changed: they know it all */
	supervisor->told = digest;
	for (unsigned i = 0; i < BOARD_SHARDS; i++) {
		struct fail why = { 0 };
		if (supervisor->children[i].pid > 0 &&
		    !descriptor_write(supervisor->children[i].news,
				      line.string, line.size, &why))
			(void)kill(supervisor->children[i].pid, SIGKILL);
	}
}

static void refresh(struct supervisor *supervisor)
{
	struct fail why = { 0 };
	int64_t wait = supervisor->gateway->settings.refresh_seconds * 1000;

	if (moment_ticks() < supervisor->refresh_at)
		return;
	if (supervise_lease(supervisor, &why)) {
		supervisor->lease_failures = 0;
		tell_children(supervisor);
	} else {
		log_event(LOG_LEVEL_ERROR, "lease.failed", "reason",
			  why.sentence, NULL);
		supervisor->lease_failures++;
		wait = supervisor->lease_failures < 5 ? 2000 : 10000;
	}
	supervisor->refresh_at = moment_ticks() + wait;
}

int supervise_forever(struct gateway *gateway)
{
	struct supervisor supervisor;
	struct fail why = { 0 };

	gateway->quiet = true;
	if (!begin(&supervisor, gateway, &why)) {
		log_event(LOG_LEVEL_ERROR, "gateway.failed", "reason",
			  why.sentence, NULL);
		return 1;
	}
	while (!supervisor.stopping && !supervisor.fleet) {
		refresh(&supervisor);
		supervisor.once = true; /* nobody to restart yet */
		supervise_watch(&supervisor, 500);
		supervisor.once = false;
	}
	log_event(LOG_LEVEL_NOTICE, "gateway.ready", NULL);
	sd_notify(0, "READY=1");
	while (!supervisor.stopping) {
		supervise_watch(&supervisor, 1000);
		refresh(&supervisor);
		sd_notify(0, "WATCHDOG=1");
	}
	sd_notify(0, "STOPPING=1");
	done(&supervisor);
	return 0;
}
