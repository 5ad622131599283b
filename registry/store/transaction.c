#include "store/transaction.h"
#include "base/arena.h"
#include "store/connection.h"
#include "store/db.h"
#include "store/query.h"
#include <assert.h>
#include <sqlite3.h>

/* Savepoints of one name nest: the engine takes the innermost one. */
static const char begin_writing[] = "BEGIN IMMEDIATE";
static const char begin_reading[] = "BEGIN";
static const char begin_nested[] = "SAVEPOINT nested";
static const char commit_outer[] = "COMMIT";
static const char commit_nested[] = "RELEASE nested";
static const char rollback_outer[] = "ROLLBACK";
static const char rollback_nested[] = "ROLLBACK TO nested";

struct transaction {
	struct db *db;
	struct transaction *outer;
};

struct transaction *transaction_begin(struct db *db, struct fail *why)
{
	const char *begin = begin_nested;
	struct transaction *transaction;

	if (!db->transaction)
		begin = db->writer ? begin_writing : begin_reading;
	if (!db_run(db, begin, why))
		return NULL;
	transaction = memory_alloc(sizeof(*transaction));
	transaction->db = db;
	transaction->outer = db->transaction;
	db->transaction = transaction;
	return transaction;
}

bool transaction_commit(struct transaction *transaction, struct fail *why)
{
	struct db *db = transaction->db;

	assert(db->transaction == transaction);
	if (!db_run(db, transaction->outer ? commit_nested : commit_outer, why))
		return false;
	db->transaction = transaction->outer;
	transaction->db = NULL;
	return true;
}

void transaction_done(struct transaction **transaction)
{
	struct transaction *done = *transaction;
	struct fail ignored;

	if (!done)
		return;
	*transaction = NULL;
	if (done->db) {
		struct db *db = done->db;

		assert(db->transaction == done);
		/* A full disk may have rolled everything back already. */
		if (!sqlite3_get_autocommit(db->sqlite)) {
			if (!done->outer) {
				(void)db_run(db, rollback_outer, &ignored);
			} else {
				(void)db_run(db, rollback_nested, &ignored);
				(void)db_run(db, commit_nested, &ignored);
			}
		}
		db->transaction = done->outer;
	}
	memory_free(done);
}
