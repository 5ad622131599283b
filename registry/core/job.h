/*
 * Jobs: blobs that wait for the reader, each distinct one once per kind.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

struct db;

enum {
	JOB_ATTEMPTS_MAX = 3,
	JOB_DEPTH_MAX = 20
};

/* A letter, a file of one, a file's pages that have no text. In the order in
 * which they are begun. */
#define JOB_READ_LETTER "read_letter"
#define JOB_READ_FILE "read_file"
#define JOB_RECOGNISE "recognise"

struct job {
	int64_t id;
	const char *kind;
	int64_t file_id;
	struct digest digest;
	int64_t bytes;
	int64_t depth;
	int64_t attempts; /* this one included, once it was started */
	const char *state;
	const char *reason;
};

struct job_list {
	struct job *items;
	size_t count;
};

struct job_counts {
	int64_t waiting, running, done, failed;
};

struct job_kind_counts {
	const char *kind;
	struct job_counts counts;
};

struct job_kind_list {
	struct job_kind_counts *items;
	size_t count;
};

/* Nothing happens when there is one already. */
bool job_add(struct db *db, const char *kind, int64_t file_id, int64_t depth,
	     struct fail *why);
/* Writer: up to `max` waiting jobs of the kind become running, oldest first;
 * images of text, of which many may wait, newest first. */
bool job_start(struct db *db, const char *kind, int64_t max,
	       struct arena *arena, struct job_list *ret_list,
	       struct fail *why);
/* Writer. Done, with the version of the reader that did it. */
bool job_finish(struct db *db, int64_t id, const char *reader_version,
		struct fail *why);
/* Writer. Waits again until JOB_ATTEMPTS_MAX, then failed and flagged. */
bool job_fail(struct db *db, int64_t id, const char *reason, struct fail *why);
/* Writer, at start: what was running when the process ended waits again. That
 * was no attempt: most of it was only next in turn. */
bool job_recover(struct db *db, struct fail *why);
/* Writer: done jobs of another reader version (NULL: all, failed ones too)
 * wait again. */
bool job_again(struct db *db, const char *unless_version, int64_t *ret_count,
	       struct fail *why);
bool job_count(struct db *db, struct job_counts *ret_counts, struct fail *why);
/* The same, kind by kind. */
bool job_count_kinds(struct db *db, struct arena *arena,
		     struct job_kind_list *ret_list, struct fail *why);
/* State of the blob's job of this kind; NULL: it has none. */
bool job_state(struct db *db, const char *kind, int64_t file_id,
	       struct arena *arena, const char **ret_state, struct fail *why);
/* Done ones after the id `after`, a page at a time; empty: that was all. */
bool job_list_done(struct db *db, int64_t after, struct arena *arena,
		   struct job_list *ret_list, struct fail *why);
bool job_list_failed(struct db *db, int64_t limit, struct arena *arena,
		     struct job_list *ret_list, struct fail *why);
/* What is under way. */
bool job_list_running(struct db *db, int64_t limit, struct arena *arena,
		      struct job_list *ret_list, struct fail *why);
