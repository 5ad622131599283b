#include "base/workers.h"
#include "base/arena.h"
#include <pthread.h>

struct job {
	void (*run)(void *own, void *argument);
	void *argument;
};

struct workers {
	struct workers_request request;
	pthread_t *threads;
	size_t thread_count;
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct job *ring;
	size_t first, waiting;
	bool closing;
};

static bool take(struct workers *workers, struct job *ret_job)
{
	bool have;

	pthread_mutex_lock(&workers->lock);
	while (!workers->waiting && !workers->closing)
		pthread_cond_wait(&workers->more, &workers->lock);
	have = workers->waiting > 0;
	if (have) {
		*ret_job = workers->ring[workers->first];
		workers->first = (workers->first + 1) %
				 workers->request.waiting_max;
		workers->waiting--;
	}
	pthread_mutex_unlock(&workers->lock);
	return have;
}

static void *work(void *argument)
{
	struct workers *workers = argument;
	const struct workers_request *request = &workers->request;
	void *own = request->make ? request->make(request->context) : NULL;
	struct job job;

	while (take(workers, &job))
		job.run(own, job.argument);
	if (request->unmake)
		request->unmake(own);
	return NULL;
}

struct workers *workers_create(const struct workers_request *request,
			       struct fail *why)
{
	struct workers *workers = memory_alloc(sizeof(*workers));
	pthread_attr_t attributes;
	size_t stack = request->stack_size ? request->stack_size : 512 * 1024;

	workers->request = *request;
	workers->ring = memory_alloc(request->waiting_max *
				     sizeof(*workers->ring));
	workers->threads = memory_alloc(request->threads *
					sizeof(*workers->threads));
	pthread_mutex_init(&workers->lock, NULL);
	pthread_cond_init(&workers->more, NULL);
	pthread_attr_init(&attributes);
	pthread_attr_setstacksize(&attributes, stack);
	for (size_t i = 0; i < request->threads; i++) {
		if (pthread_create(&workers->threads[i], &attributes, work,
				   workers) != 0) {
			fail(why, FAIL_BUSY, "cannot start thread '%s'",
			     request->name);
			workers_destroy(&workers);
			break;
		}
		pthread_setname_np(workers->threads[i], request->name);
		workers->thread_count++;
	}
	pthread_attr_destroy(&attributes);
	return workers;
}

bool workers_add(struct workers *workers,
		 void (*job)(void *own, void *argument),
		 void *argument, struct fail *why)
{
	size_t max = workers->request.waiting_max;
	bool room;

	pthread_mutex_lock(&workers->lock);
	room = workers->waiting < max && !workers->closing;
	if (room) {
		size_t at = (workers->first + workers->waiting) % max;
		workers->ring[at] = (struct job){ job, argument };
		workers->waiting++;
		pthread_cond_signal(&workers->more);
	}
	pthread_mutex_unlock(&workers->lock);
	if (!room)
		return fail(why, FAIL_BUSY, "too many requests wait for '%s'",
			    workers->request.name);
	return true;
}

size_t workers_waiting(struct workers *workers)
{
	size_t waiting;

	pthread_mutex_lock(&workers->lock);
	waiting = workers->waiting;
	pthread_mutex_unlock(&workers->lock);
	return waiting;
}

void workers_destroy(struct workers **workers)
{
	struct workers *gone = *workers;

	if (!gone)
		return;
	pthread_mutex_lock(&gone->lock);
	gone->closing = true;
	pthread_cond_broadcast(&gone->more);
	pthread_mutex_unlock(&gone->lock);
	for (size_t i = 0; i < gone->thread_count; i++)
		pthread_join(gone->threads[i], NULL);
	pthread_mutex_destroy(&gone->lock);
	pthread_cond_destroy(&gone->more);
	memory_free(gone->threads);
	memory_free(gone->ring);
	memory_free(gone);
	*workers = NULL;
}
