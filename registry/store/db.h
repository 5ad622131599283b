/*
 * The store of one data folder: lock, database connections, vault.
 *
 * One process per folder; one connection writes and it alone checkpoints; the
 * others can only read. A connection belongs to one thread at a time.
 */
#pragma once
#include "base/fail.h"
#include <stdbool.h>
#include <stdint.h>

struct db;
struct store;
struct vault;

/* Takes DIR/registry.lock (FAIL_BUSY "store.locked" when another process has
 * it), opens or creates registry.db and the vault, applies schema/NNN_*.sql
 * and reads the pragmas back. FAIL_NOT_FOUND when there is none and `create`
 * is false. */
struct store *store_open(const char *folder, bool create, struct fail *why);
void store_close(struct store **store); /* accepts NULL, leaves NULL */
#define auto_store __attribute__((cleanup(store_close))) struct store

/* The one that writes. While a struct writer runs, only its jobs use it. */
struct db *store_writer(struct store *store);
struct db *store_reader_create(struct store *store, struct fail *why);
void store_reader_destroy(struct db **db); /* accepts NULL, leaves NULL */
#define auto_reader __attribute__((cleanup(store_reader_destroy))) struct db

struct vault *store_vault(struct store *store);
const char *store_folder(const struct store *store);
bool db_is_writer(const struct db *db);
/* From where the work that runs was asked (struct writer_job); NULL: here. */
const char *db_origin(const struct db *db);

/* Database and vault in one sum, for the board: bytes. */
int64_t store_database_bytes(const struct store *store);

/* Moves what is in the log into the database file. Writer thread only. */
bool store_checkpoint(struct store *store, bool wait, struct fail *why);

/* A consistent copy of the database as of now, into a new file. */
bool store_copy_database(struct db *db, const char *path, struct fail *why);
/* The engine's own check of one database file; FAIL_BROKEN says what. */
bool store_check_database(struct db *db, struct fail *why);
