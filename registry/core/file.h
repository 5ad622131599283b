/*
 * Files: one content each, known by its digest; the bytes are in the vault.
 */
#pragma once
#include "base/arena.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stdint.h>

struct db;
struct vault;

struct file {
	int64_t id;
	struct digest digest;
	int64_t bytes;
	int64_t created_at;
	int64_t verified_at; /* 0: not read back yet */
};

/* One view of one file by one person. */
struct file_view {
	int64_t actor_id;
	const char *actor_name;
	int64_t file_id;
	int64_t letter_id; /* through which letter or entry; 0: none */
	int64_t entry_id;
	const char *name; /* as shown */
};

/* The row of this content, made when there is none. */
bool file_add(struct db *db, const struct digest *digest, int64_t bytes,
	      int64_t *ret_id, struct fail *why);
/* FAIL_NOT_FOUND when nothing has this content. */
bool file_load(struct db *db, const struct digest *digest,
	       struct file *ret_file, struct fail *why);
bool file_load_id(struct db *db, int64_t id, struct file *ret_file,
		  struct fail *why);

/* A read-only descriptor in *ret_fd. A content that was never read back is
 * hashed first (FAIL_BROKEN "vault.damaged"). */
bool file_open(struct vault *vault, const struct file *file, int *ret_fd,
	       struct fail *why);
/* Writer: remembers that the content was read back, and audits the view. */
bool file_viewed(struct db *db, const struct file_view *view,
		 struct fail *why);
bool file_set_verified(struct db *db, int64_t id, struct fail *why);

/* True when this letter (or entry: entry_file of the register) holds the
 * file, so that a right to the one is a right to the other. */
bool file_is_of_letter(struct db *db, int64_t file_id, int64_t letter_id,
		       struct fail *why);
