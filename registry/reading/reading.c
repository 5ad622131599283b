#include "reading/reading.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "core/file.h"
#include "core/search.h"
#include "reading/reading_private.h"
#include "store/db.h"
#include "store/writer.h"
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/*
 * One thread takes jobs out of the database, a batch at a time; each reading
 * thread has a jailed process; the writer commits the results and calls back.
 * Everything between the three is under one lock.
 */
enum {
	WORKERS = 2,
	WORKERS_MAX = 16,
	DEADLINE = 60 * 1000,
	BATCH = 32,
	ON_THE_WAY_MAX = 64,  /* results that wait for their commit */
	LOOK_AGAIN = 30000,   /* milliseconds, if nobody wakes us */
	GIVE_WAY = 150,	      /* milliseconds after a letter came in */
	GIVE_WAY_MAX = 10000, /* of one spell of letters */
	DISK_FULL_WAIT = 5,   /* seconds */
	NICE = 10,
	PATH_SIZE = 4096
};

struct reading_desk {
	struct store *store;
	struct writer *writer;
	char *path;
	int64_t deadline;
	size_t workers;
	pthread_t threads[WORKERS_MAX];
	pthread_t taker;
	bool has_taker;
	pthread_mutex_t lock; /* of everything below */
	pthread_cond_t changed;
	struct job queue[BATCH];
	size_t waiting;
	size_t busy;				    /* being read */
	size_t on_the_way;			    /* to the database */
	int64_t last_came, spell_began, held_until; /* ticks */
	bool woken;
	bool taking;
	bool lost; /* a result could not be written: its job runs no more */
	bool stopping;
};

/* What the writer needs to put one result in its place. */
struct outcome {
	struct reading_desk *desk;
	struct arena *arena;
	struct job job;
	struct result result;
	bool ok;
	char reason[512];
};

struct post reading_post(const struct reading_desk *desk)
{
	return (struct post){ .path = desk->path,
			      .vault = store_vault(desk->store),
			      .deadline = desk->deadline };
}

struct store *reading_store(const struct reading_desk *desk)
{
	return desk->store;
}

const char *reading_version(void)
{
	return "mail 1";
}

static void lock(struct reading_desk *desk)
{
	(void)pthread_mutex_lock(&desk->lock);
}

static void unlock(struct reading_desk *desk)
{
	(void)pthread_cond_broadcast(&desk->changed);
	(void)pthread_mutex_unlock(&desk->lock);
}

/* Up to so many ms, or until something changes. Under the lock. */
static void wait_change(struct reading_desk *desk, int64_t milliseconds)
{
	struct timespec until;

	(void)clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += milliseconds / 1000;
	until.tv_nsec += milliseconds % 1000 * 1000000;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	(void)pthread_cond_timedwait(&desk->changed, &desk->lock, &until);
}

static void pause_desk(struct reading_desk *desk, int64_t seconds)
{
	const int64_t end = moment_ticks() + seconds * 1000;

	lock(desk);
	while (!desk->stopping && moment_ticks() < end)
		wait_change(desk, 1000);
	unlock(desk);
}

/* ---- writer's side ---- */

static bool write_result(struct db *db, const struct outcome *outcome,
			 struct fail *why)
{
	const struct part_request request = {
		.raw = outcome->job.digest,
		.reading = &outcome->result.reading,
		.parts = outcome->result.parts,
		.part_count = outcome->result.count,
	};
	int64_t file_id;

	return part_replace_all(db, &request, &file_id, why) &&
	       file_set_verified(db, file_id, why) &&
	       search_index_file(db, file_id, why) &&
	       job_finish(db, outcome->job.id, reading_version(), why);
}

static bool write_outcome(struct db *db, void *context, struct fail *why)
{
	const struct outcome *outcome = context;

	if (outcome->ok)
		return write_result(db, outcome, why);
	return job_fail(db, outcome->job.id, outcome->reason, why);
}

static void outcome_done(void *context, bool ok, const struct fail *why)
{
	struct outcome *outcome = context;
	struct reading_desk *desk = outcome->desk;

	(void)why;
	lock(desk);
	desk->on_the_way--;
	if (!ok)
		desk->lost = true;
	/* letters inside it, or itself once more, are new jobs */
	if (!outcome->ok || outcome->result.has_letters)
		desk->woken = true;
	unlock(desk);
	arena_destroy(&outcome->arena);
	memory_free(outcome);
}

static bool recover(struct db *db, void *context, struct fail *why)
{
	(void)context;
	return job_recover(db, why);
}

/* ---- reading threads ---- */

static void hand_over(struct outcome *outcome)
{
	struct reading_desk *desk = outcome->desk;
	const struct writer_job job = { .work = write_outcome,
					.done = outcome_done,
					.context = outcome,
					.no_files = !outcome->ok,
					.repeatable = true };
	struct fail why = { 0 };

	lock(desk);
	while (desk->on_the_way >= ON_THE_WAY_MAX)
		wait_change(desk, LOOK_AGAIN);
	desk->on_the_way++;
	unlock(desk);
	while (!writer_add(desk->writer, &job, &why)) {
		if (why.kind != FAIL_BUSY) {
			outcome_done(outcome, false, &why);
			return;
		}
		(void)usleep(10 * 1000);
	}
}

static bool is_stopping(struct reading_desk *desk)
{
	bool stopping;

	lock(desk);
	stopping = desk->stopping;
	unlock(desk);
	return stopping;
}

static void read_job(struct reading_desk *desk, struct post *post,
		     const struct job *job)
{
	struct outcome *outcome = memory_alloc(sizeof(*outcome));
	struct fail why = { 0 };

	outcome->desk = desk;
	outcome->job = *job;
	for (;;) {
		outcome->arena = arena_create(0);
		outcome->ok = task_read(post, &job->digest, true,
					outcome->arena, &outcome->result,
					&why);
		/* a full disk is nobody's fault: wait until there is room */
		if (outcome->ok || !why.code ||
		    strcmp(why.code, "disk.full") != 0 || is_stopping(desk))
			break;
		arena_destroy(&outcome->arena);
		pause_desk(desk, DISK_FULL_WAIT);
	}
	(void)memcpy(outcome->reason, why.sentence, sizeof(why.sentence));
	hand_over(outcome);
}

static bool next_job(struct reading_desk *desk, struct job *ret_job)
{
	bool found;

	lock(desk);
	while (!desk->stopping && desk->waiting == 0)
		wait_change(desk, LOOK_AGAIN);
	found = !desk->stopping;
	if (found) {
		*ret_job = desk->queue[0];
		desk->waiting--;
		memmove(desk->queue, desk->queue + 1,
			desk->waiting * sizeof(*desk->queue));
		desk->busy++;
	}
	unlock(desk);
	return found;
}

static void *read_jobs(void *context)
{
	struct reading_desk *desk = context;
	struct fail why = { 0 };
	struct post post = reading_post(desk);
	struct job job;

	/* people and the gateway come first */
	(void)setpriority(PRIO_PROCESS, (id_t)gettid(), NICE);
	post.db = store_reader_create(desk->store, &why);
	while (post.db && next_job(desk, &job)) {
		read_job(desk, &post, &job);
		lock(desk);
		desk->busy--;
		unlock(desk);
	}
	jailed_destroy(&post.jailed);
	store_reader_destroy(&post.db);
	return NULL;
}

/* ---- the thread that takes jobs ---- */

struct batch {
	struct arena *arena;
	struct job_list list;
	int64_t max;
};

static bool start_batch(struct db *db, void *context, struct fail *why)
{
	struct batch *batch = context;

	return job_start(db, JOB_READ_LETTER, batch->max, batch->arena, &batch->list, why);
}

static void take_batch(struct reading_desk *desk, int64_t max)
{
	auto_arena *arena = arena_create(0);
	struct batch batch = { .arena = arena, .max = max };
	const struct writer_job job = { .work = start_batch,
					.context = &batch,
					.no_files = true };
	struct fail why = { 0 };
	bool ok = writer_run(desk->writer, &job, &why);

	lock(desk);
	if (!ok)
		batch.list.count = 0;
	for (size_t i = 0; i < batch.list.count; i++) {
		struct job one = batch.list.items[i];

		one.kind = NULL; /* they live in the arena */
		one.state = NULL;
		one.reason = NULL;
		desk->queue[desk->waiting++] = one;
	}
	if (batch.list.count)
		desk->woken = true;
	desk->taking = false;
	unlock(desk);
	if (!ok)
		pause_desk(desk, DISK_FULL_WAIT);
}

/* Jobs whose result was lost wait again once nothing else is under way. */
static void recover_lost(struct reading_desk *desk)
{
	const struct writer_job job = { .work = recover, .no_files = true };
	struct fail why = { 0 };

	pause_desk(desk, DISK_FULL_WAIT);
	(void)writer_run(desk->writer, &job, &why);
	lock(desk);
	desk->taking = false;
	desk->woken = true;
	unlock(desk);
}

/* What there is to do: room for a batch, or lost jobs to bring back. False
 * when the desk closes. */
static bool wait_for_work(struct reading_desk *desk, int64_t *ret_room,
			  bool *ret_lost)
{
	bool stopping;

	*ret_room = 0;
	*ret_lost = false;
	lock(desk);
	while (!desk->stopping && !*ret_lost && *ret_room == 0) {
		bool quiet = desk->waiting == 0 && desk->busy == 0 &&
			     desk->on_the_way == 0;
		int64_t held = desk->held_until - moment_ticks();

		if (desk->lost && quiet)
			*ret_lost = true;
		else if (held > 0)
			wait_change(desk, held);
		else if (desk->woken && !desk->lost &&
			 desk->waiting <= BATCH / 2)
			*ret_room = (int64_t)(BATCH - desk->waiting);
		else
			wait_change(desk, LOOK_AGAIN);
	}
	stopping = desk->stopping;
	desk->taking = !stopping;
	if (*ret_lost)
		desk->lost = false;
	else
		desk->woken = false;
	unlock(desk);
	return !stopping;
}

static void *take_jobs(void *context)
{
	struct reading_desk *desk = context;
	int64_t room;
	bool lost;

	while (wait_for_work(desk, &room, &lost)) {
		if (lost)
			recover_lost(desk);
		else
			take_batch(desk, room);
	}
	return NULL;
}

/* ---- life ---- */

/* registry-reader lies beside the program that runs. */
static char *find_reader(void)
{
	char self[PATH_SIZE];
	ssize_t size = readlink("/proc/self/exe", self, sizeof(self) - 1);
	auto_text path = { 0 };
	char *slash;

	self[size > 0 ? size : 0] = 0;
	slash = strrchr(self, '/');
	if (slash)
		*slash = 0;
	text_addf(&path, "%s/registry-reader", slash ? self : ".");
	return memory_copy(text_string(&path));
}

static void init_lock(struct reading_desk *desk)
{
	pthread_condattr_t attributes;

	(void)pthread_mutex_init(&desk->lock, NULL);
	(void)pthread_condattr_init(&attributes);
	(void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	(void)pthread_cond_init(&desk->changed, &attributes);
	(void)pthread_condattr_destroy(&attributes);
}

static bool start_threads(struct reading_desk *desk, size_t workers,
			  struct fail *why)
{
	for (size_t i = 0; i < workers; i++) {
		int error = pthread_create(&desk->threads[i], NULL, read_jobs,
					   desk);

		if (error)
			return fail(why, FAIL_BROKEN, "start a thread: %s",
				    strerror(error));
		desk->workers++;
	}
	if (pthread_create(&desk->taker, NULL, take_jobs, desk) != 0)
		return fail(why, FAIL_BROKEN, "start a thread");
	desk->has_taker = true;
	return true;
}

struct reading_desk *reading_create(const struct reading_request *request,
				    struct fail *why)
{
	struct reading_desk *desk = memory_alloc(sizeof(*desk));
	const struct writer_job job = { .work = recover, .no_files = true };
	size_t workers = request->workers ? request->workers : WORKERS;

	desk->store = request->store;
	desk->writer = request->writer;
	desk->path = request->reader_path ? memory_copy(request->reader_path)
					  : find_reader();
	desk->deadline = request->deadline ? request->deadline : DEADLINE;
	desk->woken = true;
	init_lock(desk);
	if (access(desk->path, X_OK) != 0) {
		fail(why, FAIL_NOT_FOUND, "no reader '%s'", desk->path);
		reading_destroy(&desk);
		return NULL;
	}
	if (workers > WORKERS_MAX)
		workers = WORKERS_MAX;
	if (!writer_run(desk->writer, &job, why) ||
	    !start_threads(desk, workers, why))
		reading_destroy(&desk);
	return desk;
}

void reading_destroy(struct reading_desk **desk)
{
	struct reading_desk *ending = *desk;

	if (!ending)
		return;
	*desk = NULL;
	lock(ending);
	ending->stopping = true;
	unlock(ending);
	for (size_t i = 0; i < ending->workers; i++)
		(void)pthread_join(ending->threads[i], NULL);
	if (ending->has_taker)
		(void)pthread_join(ending->taker, NULL);
	lock(ending);
	while (ending->on_the_way > 0)
		wait_change(ending, 1000);
	unlock(ending);
	(void)pthread_cond_destroy(&ending->changed);
	(void)pthread_mutex_destroy(&ending->lock);
	memory_free(ending->path);
	memory_free(ending);
}

void reading_wake(struct reading_desk *desk)
{
	lock(desk);
	desk->woken = true;
	unlock(desk);
}

/* Storing is what must not wait; but mail that never stops coming must be
 * read all the same. */
void reading_give_way(struct reading_desk *desk)
{
	const int64_t now = moment_ticks();

	lock(desk);
	if (now - desk->last_came > GIVE_WAY)
		desk->spell_began = now;
	if (now - desk->spell_began < GIVE_WAY_MAX)
		desk->held_until = now + GIVE_WAY;
	desk->last_came = now;
	if (!desk->woken)
		(void)pthread_cond_broadcast(&desk->changed);
	desk->woken = true;
	(void)pthread_mutex_unlock(&desk->lock);
}

bool reading_wait_idle(struct reading_desk *desk, int64_t seconds)
{
	const int64_t end = moment_ticks() + seconds * 1000;
	bool idle = false;

	lock(desk);
	while (!desk->stopping && !idle &&
	       (seconds == 0 || moment_ticks() < end)) {
		idle = !desk->woken && !desk->taking && !desk->lost &&
		       desk->waiting == 0 && desk->busy == 0 &&
		       desk->on_the_way == 0;
		if (!idle)
			wait_change(desk, 1000);
	}
	unlock(desk);
	return idle;
}
