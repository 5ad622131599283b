/*
 * Backup: database and vault in one file, as they were at one moment; and
 * back again, verified.
 */
#pragma once
#include "base/fail.h"
#include <stdint.h>

struct db;
struct vault;

/* A new tar file: registry.db first, then the blobs that it names. `db` is a
 * reader; the service runs on meanwhile. FAIL_CONFLICT when the file exists. */
bool backup_write(struct db *db, struct vault *vault, const char *path,
		  int64_t *ret_files, struct fail *why);
/* Into a folder that has no register yet (FAIL_CONFLICT). Every blob is hashed
 * on its way; the keys of the gateway are not in a backup. */
bool backup_restore(const char *path, const char *folder, int64_t *ret_files,
		    struct fail *why);
