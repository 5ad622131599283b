/*
 * Task: one letter or file on its way through scanner and jailed reader. Each
 * thread has its own post with a process and a read-only connection.
 */
#pragma once
#include "core/job.h"
#include "reading/reading.h"
#include "reading/result.h"
#include "reading/scanner.h"

struct post {
	const char *path; /* of registry-reader */
	struct vault *vault;
	struct db *db;
	struct jailed *jailed; /* NULL: to be started */
	int64_t deadline;
	const char *folder;	 /* of the data */
	const char *scanner;	 /* its socket; NULL: none */
	const atomic_bool *stop; /* as jailed_request; NULL: never */
};

struct task_request {
	const struct digest *digest;
	bool keep;	  /* store contents of parts, and words */
	bool recognise;	  /* files only: pages without text too */
	int64_t deadline; /* milliseconds; 0: the post's */
	const char *name; /* files only: a hint; or NULL */
};

/* True: *ret lives in the arena, the contents are in the vault. The blob is
 * read back and hashed first. */
bool task_read(struct post *post, const struct task_request *request,
	       struct arena *arena, struct result *ret, struct fail *why);
/* The same for a file that is no letter. What the reader refuses is a result
 * with a reason, not a failure. */
bool task_read_file(struct post *post, const struct task_request *request,
		    struct arena *arena, struct file_result *ret,
		    struct fail *why);
/* Draws one page: the image stays valid until the next request. */
bool task_draw(struct post *post, const struct digest *digest, int64_t page,
	       int64_t width, struct bytes *ret_image, struct fail *why);
/* Asks the scanner; SCANNER_CLEAN without asking when there is none. */
bool task_scan(struct post *post, const struct digest *digest,
	       struct scanner_answer *ret, struct fail *why);
