/*
 * Transactions: all or nothing. Rolled back when the block ends uncommitted.
 */
#pragma once
#include "base/fail.h"

struct db;
struct transaction;

/* IMMEDIATE on the writer, a snapshot on a reader, a savepoint when one is
 * open already. */
struct transaction *transaction_begin(struct db *db, struct fail *why);
bool transaction_commit(struct transaction *transaction, struct fail *why);
void transaction_done(struct transaction **transaction);
#define auto_transaction \
	__attribute__((cleanup(transaction_done))) struct transaction
