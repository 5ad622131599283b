/* The thread that takes jobs out of the database. */
#include "base/moment.h"
#include "core/infection.h"
#include "core/job.h"
#include "reading/reading_private.h"
#include "store/writer.h"
#include <string.h>

enum {
	SCAN_AGAIN = 60 /* seconds, when the scanner did not answer */
};

struct batch {
	struct arena *arena;
	struct job_list list;
	struct job_list image; /* at most one */
	int64_t max;
	bool may_recognise;
};

static bool add_kind(struct db *db, struct batch *batch, const char *kind,
		     struct fail *why)
{
	int64_t room = batch->max - (int64_t)batch->list.count;
	struct job_list more = { 0 };

	if (room <= 0)
		return true;
	if (!job_start(db, kind, room, batch->arena, &more, why))
		return false;
	for (size_t i = 0; i < more.count; i++)
		batch->list.items[batch->list.count++] = more.items[i];
	return true;
}

/* Letters, then their files; an image of text when neither waits. */
static bool start_batch(struct db *db, void *context, struct fail *why)
{
	struct batch *batch = context;

	batch->list.count = 0;
	batch->image.count = 0;
	if (!add_kind(db, batch, JOB_READ_LETTER, why) ||
	    !add_kind(db, batch, JOB_READ_FILE, why))
		return false;
	if (batch->list.count || !batch->may_recognise)
		return true;
	return job_start(db, JOB_RECOGNISE, 1, batch->arena, &batch->image,
			 why);
}

/* What the strings of a job say lives in the batch's arena. */
static struct job keep(const struct job *job)
{
	struct job kept = *job;

	kept.kind = strcmp(job->kind, JOB_READ_LETTER) == 0 ? JOB_READ_LETTER
		    : strcmp(job->kind, JOB_READ_FILE) == 0 ? JOB_READ_FILE
							    : JOB_RECOGNISE;
	kept.state = NULL;
	kept.reason = NULL;
	return kept;
}

static void take_batch(struct reading_desk *desk, struct batch *batch)
{
	const struct writer_job job = { .work = start_batch,
					.context = batch,
					.no_files = true };
	struct fail why = { 0 };
	bool ok;

	batch->list.items = arena_array(batch->arena, (size_t)batch->max,
					sizeof(*batch->list.items));
	ok = writer_run(desk->writer, &job, &why);
	desk_lock(desk);
	for (size_t i = 0; ok && i < batch->list.count; i++)
		desk->queue[desk->waiting++] = keep(&batch->list.items[i]);
	if (ok && batch->image.count) {
		desk->image = keep(&batch->image.items[0]);
		desk->has_image = true;
	}
	if (ok && batch->list.count)
		desk->woken = true;
	desk->taking = false;
	desk_unlock(desk);
	if (!ok)
		desk_pause(desk, DESK_PAUSE);
}

static bool recover(struct db *db, void *context, struct fail *why)
{
	(void)context;
	return job_recover(db, why);
}

/* Jobs whose result was lost wait again once nothing else is under way. */
static void recover_lost(struct reading_desk *desk)
{
	const struct writer_job job = { .work = recover, .no_files = true };
	struct fail why = { 0 };

	desk_pause(desk, DESK_PAUSE);
	(void)writer_run(desk->writer, &job, &why);
	desk_lock(desk);
	desk->taking = false;
	desk->woken = true;
	desk_unlock(desk);
}

static bool scan_again(struct db *db, void *context, struct fail *why)
{
	return infection_again(db, moment_now() - SCAN_AGAIN, context, why);
}

/* What the scanner did not answer about is asked again. */
static void ask_scanner_again(struct reading_desk *desk)
{
	int64_t count = 0;
	const struct writer_job job = { .work = scan_again,
					.context = &count,
					.no_files = true };
	struct fail why = { 0 };

	if (!desk->scanner ||
	    moment_ticks() - desk->scanned_again < SCAN_AGAIN * 1000)
		return;
	desk->scanned_again = moment_ticks();
	if (writer_run(desk->writer, &job, &why) && count)
		reading_wake(desk);
}

enum work {
	WORK_TAKE,
	WORK_RECOVER,
	WORK_LOOK_ROUND,
	WORK_STOP
};

static bool is_quiet(const struct reading_desk *desk)
{
	return desk->waiting == 0 && desk->busy == 0 && !desk->has_image &&
	       !desk->recognising && desk->on_the_way == 0;
}

/* What there is to do next. Under the lock. */
static enum work find_work(struct reading_desk *desk)
{
	for (;;) {
		int64_t held = desk->held_until - moment_ticks();

		if (desk->stopping)
			return WORK_STOP;
		if (desk->lost && is_quiet(desk))
			return WORK_RECOVER;
		if (held > 0) {
			desk_wait(desk, held);
			continue;
		}
		if (desk->woken && !desk->lost &&
		    desk->waiting <= DESK_BATCH / 2)
			return WORK_TAKE;
		desk_wait(desk, DESK_LOOK_AGAIN);
		if (!desk->woken)
			return WORK_LOOK_ROUND;
	}
}

static enum work wait_for_work(struct reading_desk *desk, struct batch *batch)
{
	enum work work;

	desk_lock(desk);
	work = find_work(desk);
	desk->taking = work == WORK_TAKE || work == WORK_RECOVER;
	if (work == WORK_RECOVER)
		desk->lost = false;
	if (work == WORK_TAKE)
		desk->woken = false;
	batch->max = (int64_t)(DESK_BATCH - desk->waiting);
	batch->may_recognise = desk->waiting == 0 && !desk->has_image &&
			       !desk->recognising;
	desk_unlock(desk);
	return work;
}

void *desk_take_jobs(void *context)
{
	struct reading_desk *desk = context;

	for (;;) {
		auto_arena *arena = arena_create(0);
		struct batch batch = { .arena = arena };
		enum work work = wait_for_work(desk, &batch);

		if (work == WORK_STOP)
			return NULL;
		if (work == WORK_RECOVER)
			recover_lost(desk);
		else if (work == WORK_TAKE)
			take_batch(desk, &batch);
		ask_scanner_again(desk);
	}
}
