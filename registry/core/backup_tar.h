/*
 * The tar that a backup is (POSIX ustar, plain files only).
 */
#pragma once
#include "base/fail.h"
#include <stddef.h>
#include <stdint.h>

enum {
	TAR_BLOCK = 512,
	TAR_NAME_SIZE = 100
};

struct tar_member {
	char name[TAR_NAME_SIZE];
	int64_t bytes;
};

/* Header, content from `source` (exactly `bytes`), padding. */
bool tar_write(int fd, const struct tar_member *member, int source,
	       struct fail *why);
bool tar_write_end(int fd, struct fail *why);

/* *ret_end is true after the last member. FAIL_INVALID when it is not a tar of
 * ours, or was cut. */
bool tar_read_header(int fd, struct tar_member *ret_member, bool *ret_end,
		     struct fail *why);
/* The content in pieces, then the padding. */
bool tar_read_content(int fd, int64_t bytes,
		      bool (*take)(void *context, const void *data,
				   size_t size, struct fail *why),
		      void *context, struct fail *why);
