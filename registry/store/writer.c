#include "store/writer.h"
#include "base/arena.h"
#include "base/fault.h"
#include "store/connection.h"
#include "store/db.h"
#include "store/transaction.h"
#include "store/vault.h"
#include <pthread.h>
#include <sqlite3.h>
#include <time.h>

/*
 * Two threads in a row. The first makes the files of what waits durable, the
 * second commits rows that name them; while one batch commits, the files of
 * the next are on their way to the disk. Jobs without files skip the first.
 */
enum {
	WAITING_MAX = 8192,
	BATCH_MAX = 512,
	BULK_MAX = 64,		/* repeatable jobs in a batch of their own */
	BULK_BESIDE = 8,	/* and beside others, who are waited for */
	LOG_FRAMES_IDLE = 1000, /* checkpoint when nothing waits */
	LOG_FRAMES_MAX = 6000,	/* checkpoint anyway */
	STACK_SIZE = 2 << 20
};

struct task {
	struct writer_job job;
	struct task *next;
	struct fail why;
	bool ok;
};

struct line { /* of tasks, first in first out */
	struct task *first;
	struct task **last;
	size_t count;
};

struct writer {
	struct store *store;
	pthread_mutex_t lock;
	pthread_cond_t flush_wanted;
	pthread_cond_t commit_wanted;
	struct line unflushed;
	struct line ready;
	struct line bulk; /* ready too, but repeatable: nobody waits */
	size_t waiting;	  /* added and not done yet */
	bool ending;	  /* no more jobs come */
	bool flush_ended;
	pthread_t flusher;
	pthread_t committer;
};

static void line_add(struct line *line, struct task *task)
{
	if (!line->first)
		line->last = &line->first;
	task->next = NULL;
	*line->last = task;
	line->last = &task->next;
	line->count++;
}

static struct task *line_take(struct line *line)
{
	struct task *task = line->first;

	if (!task)
		return NULL;
	line->first = task->next;
	line->count--;
	return task;
}

static void add_ready(struct writer *writer, struct task *task)
{
	line_add(task->job.repeatable ? &writer->bulk : &writer->ready, task);
}

static void *flush_loop(void *argument)
{
	struct writer *writer = argument;
	struct vault *vault = store_vault(writer->store);

	(void)pthread_mutex_lock(&writer->lock);
	for (;;) {
		struct line batch;
		struct task *task;
		struct fail why;

		while (!writer->unflushed.count && !writer->ending)
			(void)pthread_cond_wait(&writer->flush_wanted,
						&writer->lock);
		if (!writer->unflushed.count)
			break;
		batch = writer->unflushed;
		writer->unflushed = (struct line){ 0 };
		(void)pthread_mutex_unlock(&writer->lock);
		(void)vault_flush(vault, &why);
		(void)pthread_mutex_lock(&writer->lock);
		while ((task = line_take(&batch)) != NULL)
			add_ready(writer, task);
		(void)pthread_cond_signal(&writer->commit_wanted);
	}
	writer->flush_ended = true;
	(void)pthread_cond_signal(&writer->commit_wanted);
	(void)pthread_mutex_unlock(&writer->lock);
	return NULL;
}

static bool run_job(struct db *db, struct task *task)
{
	db->origin = task->job.origin;
	task->ok = task->job.work(db, task->job.context, &task->why);
	db->origin = NULL;
	return task->ok;
}

static void work_one(struct db *db, struct task *task)
{
	auto_transaction *nested = transaction_begin(db, &task->why);

	task->ok = nested && run_job(db, task) &&
		   transaction_commit(nested, &task->why);
}

/* False when one failed: then all of them are undone. */
static bool work_together(struct db *db, struct task *batch)
{
	struct fail why;
	auto_transaction *nested = transaction_begin(db, &why);

	for (struct task *task = batch; task && nested; task = task->next) {
		if (!run_job(db, task))
			return false;
	}
	return nested && transaction_commit(nested, &why);
}

/* Everything of the batch is undone: nobody may hear that it happened. */
static void fail_all(struct task *batch, const struct fail *why)
{
	for (struct task *task = batch; task; task = task->next) {
		if (task->ok)
			task->why = *why;
		task->ok = false;
	}
}

/* False when the engine rolled back the whole, as a full disk makes it do. */
static bool work_all(struct db *db, struct task *batch)
{
	for (struct task *task = batch; task; task = task->next) {
		if (task->job.repeatable && work_together(db, task))
			return true;
		if (!sqlite3_get_autocommit(db->sqlite))
			work_one(db, task);
		if (sqlite3_get_autocommit(db->sqlite)) {
			fail_all(batch, &task->why);
			return false;
		}
	}
	return true;
}

static void commit_batch(struct db *db, struct task *batch)
{
	struct fail why = { 0 };
	auto_transaction *transaction = transaction_begin(db, &why);
	bool any = false;

	for (struct task *task = batch; task; task = task->next) {
		task->why = why;
		task->ok = transaction != NULL;
	}
	if (!transaction) {
		fail_all(batch, &why);
		return;
	}
	if (!work_all(db, batch))
		return;
	for (struct task *task = batch; task; task = task->next)
		any = any || task->ok;
	if (!any)
		return;
	fault_step("writer.commit.before");
	if (!transaction_commit(transaction, &why))
		fail_all(batch, &why);
	fault_step("writer.commit.after");
}

/* Repeatable jobs come last, so that they are neighbours, and few at a time:
 * people and gateways do not wait for what the readers found. */
static struct task *take_batch(struct writer *writer)
{
	struct line batch = { 0 };
	struct task *task;
	size_t bulk;

	while (batch.count < BATCH_MAX &&
	       (task = line_take(&writer->ready)) != NULL)
		line_add(&batch, task);
	bulk = batch.count ? BULK_BESIDE : BULK_MAX;
	while (bulk-- && (task = line_take(&writer->bulk)) != NULL)
		line_add(&batch, task);
	return batch.first;
}

static size_t tell_all(struct task *batch)
{
	size_t count = 0;

	while (batch) {
		struct task *task = batch;

		batch = task->next;
		if (task->job.done)
			task->job.done(task->job.context, task->ok,
				       &task->why);
		memory_free(task);
		count++;
	}
	return count;
}

static void maybe_checkpoint(struct writer *writer, bool idle)
{
	int frames = store_writer(writer->store)->log_frames;
	struct fail why;

	if (frames >= LOG_FRAMES_MAX || (idle && frames >= LOG_FRAMES_IDLE))
		/* A full disk is told to those who write, not here. */
		(void)store_checkpoint(writer->store, false, &why);
}

static void *commit_loop(void *argument)
{
	struct writer *writer = argument;

	(void)pthread_mutex_lock(&writer->lock);
	for (;;) {
		struct task *batch;
		size_t count;
		bool idle;

		while (!writer->ready.count && !writer->bulk.count &&
		       !writer->flush_ended)
			(void)pthread_cond_wait(&writer->commit_wanted,
						&writer->lock);
		batch = take_batch(writer);
		if (!batch)
			break;
		(void)pthread_mutex_unlock(&writer->lock);
		commit_batch(store_writer(writer->store), batch);
		count = tell_all(batch);
		(void)pthread_mutex_lock(&writer->lock);
		writer->waiting -= count;
		idle = !writer->waiting;
		(void)pthread_mutex_unlock(&writer->lock);
		maybe_checkpoint(writer, idle);
		(void)pthread_mutex_lock(&writer->lock);
	}
	(void)pthread_mutex_unlock(&writer->lock);
	return NULL;
}

static bool start_threads(struct writer *writer, struct fail *why)
{
	pthread_attr_t attributes;
	bool ok;

	(void)pthread_attr_init(&attributes);
	(void)pthread_attr_setstacksize(&attributes, STACK_SIZE);
	ok = pthread_create(&writer->flusher, &attributes, flush_loop,
			    writer) == 0;
	if (ok && pthread_create(&writer->committer, &attributes, commit_loop,
				 writer) != 0) {
		(void)pthread_mutex_lock(&writer->lock);
		writer->ending = true;
		(void)pthread_cond_signal(&writer->flush_wanted);
		(void)pthread_mutex_unlock(&writer->lock);
		(void)pthread_join(writer->flusher, NULL);
		ok = false;
	}
	(void)pthread_attr_destroy(&attributes);
	return ok || fail(why, FAIL_BUSY, "no thread for the writer");
}

struct writer *writer_create(struct store *store, struct fail *why)
{
	struct writer *writer = memory_alloc(sizeof(*writer));

	writer->store = store;
	(void)pthread_mutex_init(&writer->lock, NULL);
	(void)pthread_cond_init(&writer->flush_wanted, NULL);
	(void)pthread_cond_init(&writer->commit_wanted, NULL);
	if (start_threads(writer, why))
		return writer;
	memory_free(writer);
	return NULL;
}

bool writer_add(struct writer *writer, const struct writer_job *job,
		struct fail *why)
{
	struct task *task;

	(void)pthread_mutex_lock(&writer->lock);
	if (writer->waiting >= WAITING_MAX || writer->ending) {
		(void)pthread_mutex_unlock(&writer->lock);
		fail(why, FAIL_BUSY, "too many changes wait");
		return fail_code(why, "writer.busy",
				 "Hệ thống đang bận. Hãy thử lại sau giây "
				 "lát.");
	}
	task = memory_alloc(sizeof(*task));
	task->job = *job;
	writer->waiting++;
	if (job->no_files) {
		add_ready(writer, task);
		(void)pthread_cond_signal(&writer->commit_wanted);
	} else {
		line_add(&writer->unflushed, task);
		(void)pthread_cond_signal(&writer->flush_wanted);
	}
	(void)pthread_mutex_unlock(&writer->lock);
	return true;
}

struct wait {
	const struct writer_job *job;
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool over;
	bool ok;
	struct fail *why;
};

static bool wait_work(struct db *db, void *context, struct fail *why)
{
	struct wait *wait = context;

	return wait->job->work(db, wait->job->context, why);
}

static void wait_done(void *context, bool ok, const struct fail *why)
{
	struct wait *wait = context;

	if (wait->job->done)
		wait->job->done(wait->job->context, ok, why);
	(void)pthread_mutex_lock(&wait->lock);
	wait->over = true;
	wait->ok = ok;
	if (!ok)
		*wait->why = *why;
	(void)pthread_cond_signal(&wait->told);
	(void)pthread_mutex_unlock(&wait->lock);
}

bool writer_run(struct writer *writer, const struct writer_job *job,
		struct fail *why)
{
	struct wait wait = { .job = job, .why = why };
	struct writer_job waiting = *job;
	bool added;

	(void)pthread_mutex_init(&wait.lock, NULL);
	(void)pthread_cond_init(&wait.told, NULL);
	waiting.work = wait_work;
	waiting.done = wait_done;
	waiting.context = &wait;
	added = writer_add(writer, &waiting, why);
	(void)pthread_mutex_lock(&wait.lock);
	while (added && !wait.over)
		(void)pthread_cond_wait(&wait.told, &wait.lock);
	(void)pthread_mutex_unlock(&wait.lock);
	(void)pthread_cond_destroy(&wait.told);
	(void)pthread_mutex_destroy(&wait.lock);
	return added && wait.ok;
}

size_t writer_waiting(struct writer *writer)
{
	size_t waiting;

	(void)pthread_mutex_lock(&writer->lock);
	waiting = writer->waiting;
	(void)pthread_mutex_unlock(&writer->lock);
	return waiting;
}

void writer_destroy(struct writer **writer)
{
	struct writer *ending = *writer;

	if (!ending)
		return;
	*writer = NULL;
	(void)pthread_mutex_lock(&ending->lock);
	ending->ending = true;
	(void)pthread_cond_signal(&ending->flush_wanted);
	(void)pthread_mutex_unlock(&ending->lock);
	(void)pthread_join(ending->flusher, NULL);
	(void)pthread_join(ending->committer, NULL);
	(void)pthread_mutex_destroy(&ending->lock);
	(void)pthread_cond_destroy(&ending->flush_wanted);
	(void)pthread_cond_destroy(&ending->commit_wanted);
	memory_free(ending);
}
