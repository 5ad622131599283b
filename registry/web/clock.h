/*
 * The clock: what happens by itself. Every half minute a job for the writer:
 * sending that was held long enough, reminders, daily mails, new lines into
 * the search index. In between the audit chain is followed: where it grew, and
 * from its beginning once a day.
 */
#pragma once
#include "base/fail.h"
#include <stdint.h>

struct clock_work;
struct store;
struct writer;

struct clock_chain {
	int64_t at;	/* when it was followed to its end; 0: not yet */
	int64_t rows;	/* that hold */
	int64_t broken; /* the first row that does not; 0: none */
};

/* NULL and why when no thread can be had. */
struct clock_work *clock_work_create(struct store *store,
				     struct writer *writer,
				     int64_t organisation_id,
				     struct fail *why);
struct clock_chain clock_work_chain(struct clock_work *work);
void clock_work_destroy(struct clock_work **work); /* NULL is fine */
