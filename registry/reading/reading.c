#include "reading/reading.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/text.h"
#include "core/job.h"
#include "reading/reading_private.h"
#include "store/db.h"
#include "store/writer.h"
#include <string.h>
#include <unistd.h>

enum {
	DEADLINE = 60 * 1000,
	GIVE_WAY = 150,	      /* milliseconds after a letter came in */
	GIVE_WAY_MAX = 10000, /* of one spell of letters */
	PATH_SIZE = 4096
};

struct post reading_post(const struct reading_desk *desk)
{
	return (struct post){ .path = desk->path,
			      .vault = store_vault(desk->store),
			      .folder = store_folder(desk->store),
			      .scanner = desk->scanner,
			      .deadline = desk->deadline };
}

const char *reading_version(void)
{
	return "mail 1, file 4";
}

void desk_lock(struct reading_desk *desk)
{
	(void)pthread_mutex_lock(&desk->lock);
}

void desk_unlock(struct reading_desk *desk)
{
	(void)pthread_cond_broadcast(&desk->changed);
	(void)pthread_mutex_unlock(&desk->lock);
}

void desk_wait(struct reading_desk *desk, int64_t milliseconds)
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

void desk_pause(struct reading_desk *desk, int64_t seconds)
{
	const int64_t end = moment_ticks() + seconds * 1000;

	desk_lock(desk);
	while (!desk->stopping && moment_ticks() < end)
		desk_wait(desk, 1000);
	desk_unlock(desk);
}

bool desk_is_stopping(struct reading_desk *desk)
{
	bool stopping;

	desk_lock(desk);
	stopping = desk->stopping;
	desk_unlock(desk);
	return stopping;
}

static bool recover(struct db *db, void *context, struct fail *why)
{
	(void)context;
	return job_recover(db, why);
}

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
	if (workers == 0)
		return true;
	while (desk->workers < workers) {
		pthread_t *thread = &desk->threads[desk->workers];
		int error = pthread_create(thread, NULL, desk_read_jobs, desk);

		if (error)
			return fail(why, FAIL_BROKEN, "start a thread: %s",
				    strerror(error));
		desk->workers++;
	}
	if (pthread_create(&desk->taker, NULL, desk_take_jobs, desk) != 0)
		return fail(why, FAIL_BROKEN, "start a thread");
	desk->has_taker = true;
	if (pthread_create(&desk->recogniser, NULL, desk_recognise, desk) != 0)
		return fail(why, FAIL_BROKEN, "start a thread");
	desk->has_recogniser = true;
	return true;
}

struct reading_desk *reading_create(const struct reading_request *request,
				    struct fail *why)
{
	struct reading_desk *desk = memory_alloc(sizeof(*desk));
	const struct writer_job job = { .work = recover, .no_files = true };
	size_t workers = request->workers;

	desk->store = request->store;
	desk->writer = request->writer;
	desk->path = request->reader_path ? memory_copy(request->reader_path)
					  : find_reader();
	desk->deadline = request->deadline ? request->deadline : DEADLINE;
	desk->alarm = request->alarm;
	if (request->scanner && *request->scanner)
		desk->scanner = memory_copy(request->scanner);
	desk->woken = true;
	init_lock(desk);
	if (access(desk->path, X_OK) != 0) {
		fail(why, FAIL_NOT_FOUND, "no reader '%s'", desk->path);
		reading_destroy(&desk);
		return NULL;
	}
	if (workers > DESK_WORKERS_MAX)
		workers = DESK_WORKERS_MAX;
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
	desk_lock(ending);
	ending->stopping = true;
	atomic_store(&ending->stop, true);
	desk_unlock(ending);
	for (size_t i = 0; i < ending->workers; i++)
		(void)pthread_join(ending->threads[i], NULL);
	if (ending->has_taker)
		(void)pthread_join(ending->taker, NULL);
	if (ending->has_recogniser)
		(void)pthread_join(ending->recogniser, NULL);
	desk_lock(ending);
	while (ending->on_the_way > 0)
		desk_wait(ending, 1000);
	desk_unlock(ending);
	(void)pthread_cond_destroy(&ending->changed);
	(void)pthread_mutex_destroy(&ending->lock);
	memory_free(ending->path);
	memory_free(ending->scanner);
	memory_free(ending);
}

void reading_wake(struct reading_desk *desk)
{
	desk_lock(desk);
	desk->woken = true;
	desk_unlock(desk);
}

/* Storing is what must not wait; but mail that never stops coming must be
 * read all the same. */
void reading_give_way(struct reading_desk *desk)
{
	const int64_t now = moment_ticks();

	desk_lock(desk);
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

	desk_lock(desk);
	while (!desk->stopping && !idle &&
	       (seconds == 0 || moment_ticks() < end)) {
		idle = !desk->woken && !desk->taking && !desk->lost &&
		       desk->waiting == 0 && desk->busy == 0 &&
		       !desk->has_image && !desk->recognising &&
		       desk->on_the_way == 0;
		if (!idle)
			desk_wait(desk, 1000);
	}
	desk_unlock(desk);
	return idle;
}
