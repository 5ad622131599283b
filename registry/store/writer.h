/*
 * The writer: one thread that commits what waits, together.
 *
 * Each job runs in a savepoint of its own, so one that fails undoes itself
 * alone. done() is called on the writer's thread after the flush of the
 * commit; until then nobody may be told that it happened. A flush that fails
 * ends the process: what the disk holds is unknown then.
 */
#pragma once
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>

struct db;
struct store;
struct writer;

struct writer_job {
	bool (*work)(struct db *db, void *context, struct fail *why);
	void (*done)(void *context, bool ok, const struct fail *why);
	void *context;
	/* The job names no file that was uploaded to the vault before it was
	 * added: it need not wait for the vault's flush. */
	bool no_files;
	/* work() may run twice: such jobs share a savepoint as long as none
	 * fails. Full-text search writes a segment a savepoint, so this is
	 * what makes filling the index fast. */
	bool repeatable;
	/* From where this was asked, for db_origin(); lives until done(). */
	const char *origin;
};

struct writer *writer_create(struct store *store, struct fail *why);
/* FAIL_BUSY "writer.busy" when too many wait. From any thread. */
bool writer_add(struct writer *writer, const struct writer_job *job,
		struct fail *why);
/* Adds a job and waits for it. Never from a thread that serves requests. */
bool writer_run(struct writer *writer, const struct writer_job *job,
		struct fail *why);
size_t writer_waiting(struct writer *writer);
void writer_destroy(struct writer **writer); /* finishes what waits */
