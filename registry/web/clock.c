#include "web/clock.h"
#include "base/arena.h"
#include "base/log.h"
#include "base/moment.h"
#include "core/audit_check.h"
#include "core/digest_mail.h"
#include "core/dispatch.h"
#include "core/reminder.h"
#include "core/search.h"
#include "store/db.h"
#include "store/writer.h"
#include <pthread.h>
#include <time.h>

enum {
	TICK_SECONDS = 30,
	FIRST_HOUR = 7, /* nobody is reminded at night */
	CHAIN_SLICE = 2000,
	CHAIN_SECONDS = 24 * 3600
};

struct clock_work {
	struct writer *writer;
	int64_t organisation_id;
	pthread_t thread;
	pthread_mutex_t mutex;
	pthread_cond_t wake;
	bool stop;
	struct clock_chain chain; /* as people see it; under the mutex */
	struct db *reader;	  /* what follows belongs to the thread */
	struct audit_check check;
	int64_t began; /* following from the beginning */
	int64_t broken;
};

/* Reminders know what they did; asking often costs one walk of an index. */
static bool work_tick(struct db *db, void *context, struct fail *why)
{
	const struct clock_work *work = context;
	int64_t now = moment_now(), count;
	struct day today = moment_day(now);

	if (!dispatch_run(db, now, why) || !search_settle(db, why))
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

static void note_broken(void *context, int64_t seq, const char *what)
{
	struct clock_work *work = context;

	if (work->broken)
		return;
	work->broken = seq;
	log_event(LOG_LEVEL_ERROR, "audit.broken", "what", what, NULL);
}

static bool is_stopping(struct clock_work *work)
{
	bool stop;

	pthread_mutex_lock(&work->mutex);
	stop = work->stop;
	pthread_mutex_unlock(&work->mutex);
	return stop;
}

/* To its end as it is now, in slices, so that stopping does not wait. */
static void follow_chain(struct clock_work *work)
{
	int64_t now = moment_now();
	bool more = true;
	struct fail why;

	if (now - work->began >= CHAIN_SECONDS) {
		work->check = (struct audit_check){ .wrong = note_broken,
						    .context = work };
		work->began = now;
		work->broken = 0;
	}
	while (more && !is_stopping(work))
		if (!audit_check_on(work->reader, &work->check, CHAIN_SLICE,
				    &more, &why)) {
			log_event(LOG_LEVEL_ERROR, "clock.failed", "why",
				  why.sentence, NULL);
			return;
		}
	pthread_mutex_lock(&work->mutex);
	if (!more)
		work->chain = (struct clock_chain){ now, work->check.rows,
						    work->broken };
	pthread_mutex_unlock(&work->mutex);
}

static void *run(void *argument)
{
	struct clock_work *work = argument;

	pthread_mutex_lock(&work->mutex);
	while (!work->stop) {
		struct timespec until;

		pthread_mutex_unlock(&work->mutex);
		tick(work);
		follow_chain(work);
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

struct clock_chain clock_work_chain(struct clock_work *work)
{
	struct clock_chain chain;

	pthread_mutex_lock(&work->mutex);
	chain = work->chain;
	pthread_mutex_unlock(&work->mutex);
	return chain;
}

struct clock_work *clock_work_create(struct store *store,
				     struct writer *writer,
				     int64_t organisation_id, struct fail *why)
{
	struct clock_work *work = memory_alloc(sizeof(*work));
	pthread_condattr_t attributes;

	work->reader = store_reader_create(store, why);
	if (!work->reader) {
		memory_free(work);
		return NULL;
	}
	work->writer = writer;
	work->organisation_id = organisation_id;
	pthread_mutex_init(&work->mutex, NULL);
	pthread_condattr_init(&attributes);
	pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	pthread_cond_init(&work->wake, &attributes);
	pthread_condattr_destroy(&attributes);
	if (pthread_create(&work->thread, NULL, run, work) == 0)
		return work;
	store_reader_destroy(&work->reader);
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
	store_reader_destroy(&gone->reader);
	memory_free(gone);
	*work = NULL;
}
