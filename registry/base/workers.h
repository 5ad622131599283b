/*
 * Workers: a fixed number of threads that take jobs from one bounded queue.
 */
#pragma once
#include "base/fail.h"
#include <stddef.h>

struct workers;

/* `make` gives each thread its own thing (a read-only connection), passed to
 * each job as `own`; `unmake` takes it back. Both may be NULL. */
struct workers_request {
	const char *name; /* of the threads, at most 15 bytes */
	size_t threads;
	size_t waiting_max; /* jobs that may wait */
	size_t stack_size;  /* bytes; 0: 512 KiB */
	void *(*make)(void *context);
	void (*unmake)(void *own);
	void *context;
};

struct workers *workers_create(const struct workers_request *request,
			       struct fail *why);
/* FAIL_BUSY when the queue is full. */
bool workers_add(struct workers *workers,
		 void (*job)(void *own, void *argument),
		 void *argument, struct fail *why);
/* Lets what waits finish, then ends the threads. */
void workers_destroy(struct workers **workers);
size_t workers_waiting(struct workers *workers);
