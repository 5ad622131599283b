/*
 * Result: what a jailed reader said about one letter or file, checked, with
 * the contents of the parts in the vault.
 */
#pragma once
#include "core/file_reading.h"
#include "core/part.h"
#include "reading/jailed.h"

struct tree;
struct vault;

struct result {
	struct reading reading;
	struct part *parts;
	size_t count;
};

/* What one file that is no letter gave. */
struct file_result {
	struct file_reading reading;
	struct file_proposal_list proposals;
	struct part *parts; /* members */
	size_t count;
};

struct result_request {
	struct jailed_answer answer;
	struct vault *vault; /* NULL: only hash */
	struct db *db;	     /* a reader */
	struct arena *arena;
	struct digest digest; /* of what was read */
	const char *folder;   /* where derived things go; NULL: nowhere */
};

/* FAIL_REMOTE when the answer is not one. */
bool result_take(const struct result_request *request, struct result *ret,
		 struct fail *why);

bool file_result_take(const struct result_request *request,
		      struct file_result *ret, struct fail *why);
/* A file that was not read, and why: a stable code. */
void file_result_refuse(struct file_result *ret, const char *reason);

/* For this folder: a list of parts out of an answer. */
bool result_take_parts(const struct result_request *request,
		       const struct tree *said, struct part **ret_parts,
		       size_t *ret_count, struct fail *why);
/* A list of the answer as JSON text of its own; NULL: none. */
const char *result_print_list(const struct tree *said, const char *name,
			      struct arena *arena);
