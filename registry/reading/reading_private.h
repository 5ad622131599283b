/*
 * What the files of this layer share about a desk.
 *
 * One thread takes jobs out of the database, a batch at a time; each reading
 * thread has a jailed process; one more recognises images of text; the writer
 * commits the results and calls back. Everything between them is under one
 * lock.
 */
#pragma once
#include "reading/reading.h"
#include "reading/task.h"
#include <pthread.h>

struct store;

enum {
	DESK_WORKERS_MAX = 16,
	DESK_BATCH = 32,
	DESK_ON_THE_WAY_MAX = 64, /* results that wait for their commit */
	DESK_LOOK_AGAIN = 30000,  /* milliseconds, if nobody wakes us */
	DESK_PAUSE = 5		  /* seconds, after a full disk */
};

struct reading_desk {
	struct store *store;
	struct writer *writer;
	char *path;
	char *scanner; /* NULL: none */
	int64_t deadline;
	struct reading_alarm alarm;
	size_t workers;
	pthread_t threads[DESK_WORKERS_MAX];
	pthread_t taker, recogniser;
	bool has_taker, has_recogniser;
	pthread_mutex_t lock; /* of everything below */
	pthread_cond_t changed;
	struct job queue[DESK_BATCH];
	size_t waiting;
	size_t busy;	  /* being read */
	struct job image; /* the one that is recognised, or will be */
	bool has_image, recognising;
	atomic_bool stop;			    /* the recognition */
	size_t on_the_way;			    /* to the database */
	int64_t last_came, spell_began, held_until; /* ticks */
	int64_t scanned_again;			    /* ticks */
	bool woken;
	bool taking;
	bool lost; /* a result could not be written: its job runs no more */
	bool stopping;
};

/* A post without a connection and without a process yet. */
struct post reading_post(const struct reading_desk *desk);

void desk_lock(struct reading_desk *desk);
void desk_unlock(struct reading_desk *desk); /* and tells everybody */
/* Up to so many ms, or until something changes. Under the lock. */
void desk_wait(struct reading_desk *desk, int64_t milliseconds);
/* Without the lock. */
void desk_pause(struct reading_desk *desk, int64_t seconds);
bool desk_is_stopping(struct reading_desk *desk);

/* The threads. */
void *desk_take_jobs(void *context);
void *desk_read_jobs(void *context);
void *desk_recognise(void *context);

/* Reads one job and hands what was found to the writer. */
void outcome_make(struct reading_desk *desk, struct post *post,
		  const struct job *job);
