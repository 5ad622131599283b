/*
 * Reading: gives waiting jobs to jailed registry-reader processes and writes
 * what they found. Letters first, then their files; images of text are
 * recognised when nothing else waits, one at a time.
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
struct digest;
struct reading_desk;

/* Told when a content must be kept from people: "secret", "infected",
 * "not_scanned". From the writer's thread. */
struct reading_alarm {
	void (*ring)(void *context, const char *what, const char *sha256,
		     const char *said);
	void *context;
};

struct reading_request {
	struct store *store;
	struct writer *writer;
	const char *reader_path;    /* NULL: beside this program */
	size_t workers;		    /* 0: nothing is read */
	int64_t deadline;	    /* milliseconds for one letter; 0: 60,000 */
	const char *scanner;	    /* socket of clamd; NULL or "": none */
	struct reading_alarm alarm; /* ring NULL: nobody is told */
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
	int64_t read;	   /* letters and files */
	int64_t different; /* of them */
};

/* Reads every letter and file again and says what would change; changes
 * nothing. To change it: job_again() in a writer job, then reading_wake(). */
bool reading_replay(struct reading_desk *desk, struct reading_replay *replay,
		    struct fail *why);

/* Page images and words for people who wait: a reader process of its own,
 * for one thread. */
struct reading_pager;
struct tree;

struct reading_pager *reading_pager_create(struct reading_desk *desk,
					   struct fail *why);
void reading_pager_destroy(struct reading_pager **pager); /* accepts NULL */
/* A descriptor of the image of page 1, 2, … so many pixels wide; drawn once.
 * -1: FAIL_LIMIT, FAIL_INVALID when it cannot be drawn. */
int reading_pager_image(struct reading_pager *pager,
			const struct digest *digest, int64_t page,
			int64_t width, int64_t *ret_size, struct fail *why);
/* The words of the pages that READING_PAGES_TOGETHER holds with page `number`,
 * a list; read again when they were thrown away. */
struct tree *reading_pager_words(struct reading_pager *pager,
				 const struct digest *digest, int64_t number,
				 bool recognise, struct fail *why);

enum {
	READING_PAGES_TOGETHER = 10 /* 1 to 10, 11 to 20, … */
};
