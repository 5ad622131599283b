/*
 * Queries: one prepared statement at work.
 *
 * Statements are cached by the address of their text, so the text must be a
 * constant. What a query gives lives in the caller's arena.
 */
#pragma once
#include "base/arena.h"
#include "base/bytes.h"
#include "base/digest.h"
#include "base/fail.h"
#include <stdint.h>

struct db;
struct query;

/* NULL and why when the text does not compile. */
struct query *db_query(struct db *db, const char *sql, struct fail *why);
void query_done(struct query **query); /* rewinds, unbinds, leaves NULL */
#define auto_query __attribute__((cleanup(query_done))) struct query

/* Values for ?1, ?2 …; what goes wrong is told by the first step. */
void query_text(struct query *query, int index, const char *value); /* NULL */
void query_int(struct query *query, int index, int64_t value);
void query_real(struct query *query, int index, double value);
void query_bytes(struct query *query, int index, struct bytes value);
void query_null(struct query *query, int index);
void query_int_or_null(struct query *query, int index, int64_t value); /* 0 */
void query_digest(struct query *query, int index, const struct digest *value);

/* True with a row. False with why->kind FAIL_NONE at the end, else a failure:
 * a broken constraint is FAIL_CONFLICT "store.constraint", a full disk
 * FAIL_LIMIT "disk.full". */
bool query_row(struct query *query, struct fail *why);
/* Exactly one row is expected; FAIL_NOT_FOUND without one. */
bool query_one(struct query *query, struct fail *why);
/* Steps to the end. */
bool query_run(struct query *query, struct fail *why);
/* The first column of all rows. */
bool query_list_ids(struct query *query, struct arena *arena,
		    int64_t **ret_ids, size_t *ret_count, struct fail *why);

/* Columns of the row, from 0. Null gives 0, 0.0, NULL, {NULL, 0}. */
int64_t query_get_int(struct query *query, int column);
double query_get_real(struct query *query, int column);
const char *query_get_text(struct query *query, int column,
			   struct arena *arena);
struct bytes query_get_bytes(struct query *query, int column,
			     struct arena *arena);
bool query_get_digest(struct query *query, int column,
		      struct digest *ret_digest); /* false: not one */
bool query_is_null(struct query *query, int column);

int64_t db_last_id(struct db *db);
int64_t db_changes(struct db *db); /* rows of the last statement */
/* The number in the one row that `sql` gives for ?1; FAIL_NOT_FOUND without
 * a row. */
bool db_load_int(struct db *db, const char *sql, int64_t id,
		 int64_t *ret_value, struct fail *why);
/* One statement without rows: with no values, ?1, or ?1 and ?2. */
bool db_run(struct db *db, const char *sql, struct fail *why);
bool db_run_one(struct db *db, const char *sql, int64_t first,
		struct fail *why);
bool db_run_two(struct db *db, const char *sql, int64_t first, int64_t second,
		struct fail *why);
