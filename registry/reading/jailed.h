/*
 * Jailed: one registry-reader process, seen from outside.
 *
 * Belongs to one thread. After a failure of kind REMOTE it is dead: destroy it
 * and start another.
 */
#pragma once
#include "base/bytes.h"
#include "base/fail.h"
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct jailed;

/* As registry/reader/desk.h tells the reader. */
struct jailed_request {
	const char *kind; /* "mail", "file", "page" */
	int content;	  /* descriptor, read-only */
	size_t size;
	int64_t deadline;	 /* milliseconds */
	const atomic_bool *stop; /* gives up when true; NULL: never */
	/* file */
	const char *name; /* a hint; or NULL */
	bool recognise;
	/* page */
	int64_t page, width;
};

/* What the process gave. The memory is shared with it: copy before looking
 * twice. Valid until the next request. */
struct jailed_answer {
	struct bytes room; /* contents of parts, or an image */
	struct bytes json; /* a copy */
};

struct jailed *jailed_create(const char *path, struct fail *why);
void jailed_destroy(struct jailed **jailed); /* kills; accepts NULL */

/* FAIL_LIMIT and FAIL_INVALID are the reader's own words about this content;
 * FAIL_REMOTE: it crashed, was late, or talked nonsense. */
bool jailed_read(struct jailed *jailed, const struct jailed_request *request,
		 struct jailed_answer *ret_answer, struct fail *why);
