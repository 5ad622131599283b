/*
 * Task: one letter on its way through a jailed reader. Each thread has its own
 * post with a process and a read-only connection.
 */
#pragma once
#include "core/job.h"
#include "reading/reading.h"
#include "reading/result.h"

struct post {
	const char *path; /* of registry-reader */
	struct vault *vault;
	struct db *db;
	struct jailed *jailed; /* NULL: to be started */
	int64_t deadline;
};

/* True: *ret lives in the arena, the contents are in the vault. The blob is
 * read back and hashed first. `keep`: store the contents. */
bool task_read(struct post *post, const struct digest *digest, bool keep,
	       struct arena *arena, struct result *ret, struct fail *why);
