/*
 * What a connection is, for the sources of this folder alone.
 */
#pragma once
#include "base/fail.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sqlite3;
struct sqlite3_stmt;
struct query;
struct transaction;

enum {
	DB_STATEMENTS = 1024 /* cached; a power of two */
};

struct db {
	struct sqlite3 *sqlite;
	bool writer;
	/* In the log, after the last commit. */
	int log_frames;
	struct query *statements[DB_STATEMENTS]; /* by address of text */
	size_t statement_count;
	struct transaction *transaction; /* innermost open one */
	int depth;
	const char *origin; /* of the job that runs; NULL: none */
};

/* Opens one connection: tokenizer, pragmas, authoriser. */
struct db *connection_open(const char *path, bool writer, struct fail *why);
void connection_close(struct db **db);
/* From now on a statement may change data but not the house. */
void connection_seal(struct db *db);

/* Sets why from the connection's last error. Always false. A flush that
 * failed ends the process. */
bool connection_fail(struct db *db, int code, struct fail *why);
void query_drop_all(struct db *db);

/* schema/NNN_*.sql that were not applied yet, each in a transaction. */
bool migrate(struct db *db, struct fail *why);
