/*
 * Descriptors and files: opening, whole reads and writes, flushing.
 *
 * Every write that matters goes through here, so that a full disk is one kind
 * of failure (FAIL_LIMIT, code "disk.full") and a broken one another
 * (FAIL_BROKEN).
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/fail.h"
#include <stdint.h>
#include <sys/types.h>

/* Closes *fd when it is >= 0, leaves -1. */
void descriptor_close(int *fd);
#define auto_fd __attribute__((cleanup(descriptor_close))) int

/* Sets why from errno: ENOENT NOT_FOUND, EACCES DENIED, ENOSPC and EDQUOT
 * LIMIT "disk.full", others BROKEN. `what` is a verb and an object. */
bool descriptor_fail(struct fail *why, const char *what, const char *path);

/* -1 and why. Flags as open(2); O_CLOEXEC is added. */
int descriptor_open(const char *path, int flags, mode_t mode,
		    struct fail *why);
bool descriptor_write(int fd, const void *data, size_t size, struct fail *why);
bool descriptor_flush(int fd, struct fail *why); /* fdatasync */
bool descriptor_flush_folder(const char *path, struct fail *why);

/* The whole file, at most max bytes (FAIL_LIMIT). In the arena, with a NUL
 * after it. */
bool descriptor_read_file(const char *path, size_t max, struct arena *arena,
			  struct bytes *ret_content, struct fail *why);
/* Temporary name, flush, rename, flush of the folder. */
bool descriptor_write_file(const char *path, struct bytes content, mode_t mode,
			   struct fail *why);
