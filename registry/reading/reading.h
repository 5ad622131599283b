/*
 * Reading: gives waiting jobs to jailed registry-reader processes and writes
 * what they found.
 *
 * Nothing that a reader says is believed: contents are hashed here, a reader
 * that crashes, is late or talks nonsense is killed and started anew, and its
 * letter is tried again, three times.
 */
#pragma once
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct store;
struct writer;
struct reading_desk;

struct reading_request {
	struct store *store;
	struct writer *writer;
	const char *reader_path; /* NULL: registry-reader beside this program */
	size_t workers;		 /* 0: 2 */
	int64_t deadline;	 /* milliseconds for one letter; 0: 60,000 */
};

/* Starts the processes and threads. */
struct reading_desk *reading_create(const struct reading_request *request,
				    struct fail *why);
/* Finishes what was begun; the rest waits for the next start. Before
 * writer_destroy. Accepts NULL, leaves NULL. */
void reading_destroy(struct reading_desk **desk);
#define auto_reading \
	__attribute__((cleanup(reading_destroy))) struct reading_desk

/* There may be new jobs. From any thread, cheap. */
void reading_wake(struct reading_desk *desk);
/* The same, while letters are coming in: reading begins once none came for a
 * moment, or when they have been coming for long. */
void reading_give_way(struct reading_desk *desk);
/* Until nothing waits or runs; false after `seconds` (0: no limit). */
bool reading_wait_idle(struct reading_desk *desk, int64_t seconds);
/* What reading.reader_version of rows written now says. */
const char *reading_version(void);

struct reading_difference {
	int64_t file_id;
	const char *sha256;
	const char *sentence; /* "part 1.2: name 'a' becomes 'b'" */
};

struct reading_replay {
	void (*each)(void *context,
		     const struct reading_difference *difference);
	void *context;
	int64_t read;	   /* letters */
	int64_t different; /* letters */
};

/* Reads every letter again and says what would change; changes nothing. To
 * change it: job_again() in a writer job, then reading_wake(). */
bool reading_replay(struct reading_desk *desk, struct reading_replay *replay,
		    struct fail *why);
