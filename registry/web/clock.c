#include "web/clock.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/moment.h"
#include "core/digest_mail.h"
#include "core/dispatch.h"
#include "core/reminder.h"
#include "store/writer.h"
#include <pthread.h>
#include <time.h>

enum {
	TICK_SECONDS = 30,
	FIRST_HOUR = 7 /* nobody is reminded at night */
};

struct clock_work {
	struct writer *writer;
	int64_t organisation_id;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	bool stop;
};

/* Reminders know what they did; asking often costs one walk of an index. */
static bool work_tick(struct db *db, void *context, struct fail *why)
{
	const struct clock_work *work = context;
	int64_t now = moment_now(), count;
	struct day today = moment_day(now);

	if (!dispatch_run(db, now, why))
		return false;
	if (now - moment_of_day(today) < FIRST_HOUR * 3600)
		return digest_mail_run(db, work->organisation_id, now, &count,
				       why);
	return reminder_run(db, work->organisation_id, now, &count, why) &&
	       digest_mail_run(db, work->organisation_id, now, &count, why);
}

static void done_tick(void *context, bool ok, const struct fail *why)
{
	(void)context;
	if (!ok)
		log_event(LOG_LEVEL_ERROR, "clock.failed", "why",
			  why->sentence, NULL);
}

/* Waits for each job: there is never more than one. */
static void tick(struct clock_work *work)
{
	const struct writer_job job = {
		.work = work_tick,
		.done = done_tick,
		.context = work,
		.no_files = true,
	};
	struct fail why;

	writer_run(work->writer, &job, &why);
}

static void *run(void *argument)
{
	struct clock_work *work = argument;

	pthread_mutex_lock(&work->mutex);
	while (!work->stop) {
		struct timespec until;

		pthread_mutex_unlock(&work->mutex);
		tick(work);
		pthread_mutex_lock(&work->mutex);
		clock_gettime(CLOCK_MONOTONIC, &until);
		until.tv_sec += TICK_SECONDS;
		while (!work->stop &&
		       pthread_cond_timedwait(&work->wake, &work->mutex,
					      &until) == 0)
			continue;
	}
	pthread_mutex_unlock(&work->mutex);
	return NULL;
}

struct clock_work *clock_work_create(struct writer *writer,
				     int64_t organisation_id, struct fail *why)
{
	struct clock_work *work = memory_alloc(sizeof(*work));
	pthread_condattr_t attributes;

	work->writer = writer;
	work->organisation_id = organisation_id;
	pthread_mutex_init(&work->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&work->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&work->thread, NULL, run, work) == 0)
		return work;
	memory_free(work);
	fail(why, FAIL_BUSY, "no thread for the clock");
	return NULL;
}

void clock_work_destroy(struct clock_work **work)
{
	struct clock_work *gone = *work;

	if (!gone)
		return;
	pthread_mutex_lock(&gone->mutex);
	gone->stop = true;
	pthread_cond_signal(&gone->wake);
	pthread_mutex_unlock(&gone->mutex);
	pthread_join(gone->thread, NULL);
	pthread_cond_destroy(&gone->wake);
	pthread_mutex_destroy(&gone->mutex);
	memory_free(gone);
	*work = NULL;
}
