/*
 * Derived: what can be made again from a blob, kept outside the database in
 * DIR/derived/: page images and words with their places. Safe to delete at
 * any time, as a whole or in part.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stdint.h>

/* `suffix` names the thing: "w0", "p1.1000". FAIL_NOT_FOUND when it is not
 * there or empty. */
bool derived_read(const char *folder, const struct digest *digest,
		  const char *suffix, struct arena *arena,
		  struct bytes *ret_content, struct fail *why);
/* Descriptor and size; -1: not there. */
int derived_open(const char *folder, const struct digest *digest,
		 const char *suffix, int64_t *ret_size);
/* Under another name first, so that a reader sees all of it or nothing; not
 * flushed. */
bool derived_write(const char *folder, const struct digest *digest,
		   const char *suffix, struct bytes content,
		   struct fail *why);
