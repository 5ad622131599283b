/*
 * The clock: what happens by itself. Every half minute a job for the writer:
 * sending that was held long enough, reminders, daily mails.
 */
#pragma once
#include "base/fail.h"
#include <stdint.h>

struct clock_work;
struct writer;

/* NULL and why when no thread can be had. */
struct clock_work *clock_work_create(struct writer *writer,
				     int64_t organisation_id,
				     struct fail *why);
void clock_work_destroy(struct clock_work **work); /* NULL is fine */
