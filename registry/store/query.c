#include "store/query.h"
#include "store/connection.h"
#include "store/db.h"
#include <assert.h>
#include <sqlite3.h>
#include <string.h>

struct query {
	struct db *db;
	const char *sql; /* its address is the name */
	sqlite3_stmt *statement;
	int bind_error;
	bool busy;
	bool cached;
};

static size_t slot_of(const char *sql)
{
	uint64_t address = (uint64_t)(uintptr_t)sql;

	return (size_t)(address * UINT64_C(0x9E3779B97F4A7C15) >> 32) &
	       (DB_STATEMENTS - 1);
}

static struct query *prepare(struct db *db, const char *sql, bool cached,
			     struct fail *why)
{
	sqlite3_stmt *statement = NULL;
	struct query *query;
	int code = sqlite3_prepare_v3(db->sqlite, sql, -1,
				      cached ? SQLITE_PREPARE_PERSISTENT : 0,
				      &statement, NULL);

	if (code != SQLITE_OK) {
		connection_fail(db, code, why);
		return NULL;
	}
	query = memory_alloc(sizeof(*query));
	query->db = db;
	query->sql = sql;
	query->statement = statement;
	query->cached = cached;
	return query;
}

struct query *db_query(struct db *db, const char *sql, struct fail *why)
{
	size_t slot = slot_of(sql);
	struct query *query;

	while (db->statements[slot] && db->statements[slot]->sql != sql)
		slot = (slot + 1) & (DB_STATEMENTS - 1);
	query = db->statements[slot];
	if (query && !query->busy) {
		query->busy = true;
		return query;
	}
	/* One that is at work already (recursion) gets a passing twin. */
	if (query || db->statement_count >= DB_STATEMENTS / 2) {
		query = prepare(db, sql, false, why);
	} else {
		query = prepare(db, sql, true, why);
		if (query) {
			db->statements[slot] = query;
			db->statement_count++;
		}
	}
	if (query)
		query->busy = true;
	return query;
}

static void drop(struct query *query)
{
	(void)sqlite3_finalize(query->statement);
	memory_free(query);
}

void query_drop_all(struct db *db)
{
	for (size_t i = 0; i < DB_STATEMENTS; i++) {
		if (db->statements[i])
			drop(db->statements[i]);
		db->statements[i] = NULL;
	}
	db->statement_count = 0;
}

void query_done(struct query **query)
{
	struct query *done = *query;

	if (!done)
		return;
	*query = NULL;
	(void)sqlite3_reset(done->statement);
	if (!done->cached) {
		drop(done);
		return;
	}
	(void)sqlite3_clear_bindings(done->statement);
	done->bind_error = SQLITE_OK;
	done->busy = false;
}

static void note(struct query *query, int code)
{
	if (code != SQLITE_OK && query->bind_error == SQLITE_OK)
		query->bind_error = code;
}

void query_text(struct query *query, int index, const char *value)
{
	if (!value)
		note(query, sqlite3_bind_null(query->statement, index));
	else
		note(query, sqlite3_bind_text(query->statement, index, value,
					      -1, SQLITE_TRANSIENT));
}

void query_int(struct query *query, int index, int64_t value)
{
	note(query, sqlite3_bind_int64(query->statement, index, value));
}

void query_real(struct query *query, int index, double value)
{
	note(query, sqlite3_bind_double(query->statement, index, value));
}

void query_bytes(struct query *query, int index, struct bytes value)
{
	note(query, sqlite3_bind_blob64(query->statement, index,
					value.data ? (const void *)value.data
						   : "",
					value.size, SQLITE_TRANSIENT));
}

void query_null(struct query *query, int index)
{
	note(query, sqlite3_bind_null(query->statement, index));
}

void query_int_or_null(struct query *query, int index, int64_t value)
{
	if (value)
		query_int(query, index, value);
	else
		query_null(query, index);
}

void query_digest(struct query *query, int index, const struct digest *value)
{
	char hex[DIGEST_HEX_SIZE];

	digest_print(value, hex);
	query_text(query, index, hex);
}

bool query_row(struct query *query, struct fail *why)
{
	int code = query->bind_error;

	why->kind = FAIL_NONE;
	if (code == SQLITE_OK)
		code = sqlite3_step(query->statement);
	if (code == SQLITE_ROW)
		return true;
	if (code == SQLITE_DONE)
		return false;
	return connection_fail(query->db, code, why);
}

bool query_one(struct query *query, struct fail *why)
{
	if (query_row(query, why))
		return true;
	if (why->kind != FAIL_NONE)
		return false;
	return fail(why, FAIL_NOT_FOUND, "no such row");
}

bool query_run(struct query *query, struct fail *why)
{
	while (query_row(query, why))
		continue;
	return why->kind == FAIL_NONE;
}

bool query_list_ids(struct query *query, struct arena *arena,
		    int64_t **ret_ids, size_t *ret_count, struct fail *why)
{
	int64_t *ids = NULL;
	size_t count = 0;

	while (query_row(query, why)) {
		ids = arena_grow(arena, ids, count, sizeof(*ids));
		ids[count++] = query_get_int(query, 0);
	}
	*ret_ids = ids;
	*ret_count = count;
	return why->kind == FAIL_NONE;
}

bool db_load_int(struct db *db, const char *sql, int64_t id,
		 int64_t *ret_value, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	*ret_value = query_get_int(query, 0);
	return true;
}

int64_t query_get_int(struct query *query, int column)
{
	return sqlite3_column_int64(query->statement, column);
}

double query_get_real(struct query *query, int column)
{
	return sqlite3_column_double(query->statement, column);
}

const char *query_get_text(struct query *query, int column,
			   struct arena *arena)
{
	const void *text = sqlite3_column_text(query->statement, column);
	int size = sqlite3_column_bytes(query->statement, column);

	return text ? arena_copy_part(arena, text, (size_t)size) : NULL;
}

struct bytes query_get_bytes(struct query *query, int column,
			     struct arena *arena)
{
	const void *data = sqlite3_column_blob(query->statement, column);
	int size = sqlite3_column_bytes(query->statement, column);
	unsigned char *copy;

	if (!data)
		return (struct bytes){ NULL, 0 };
	copy = arena_alloc(arena, (size_t)size);
	memcpy(copy, data, (size_t)size);
	return (struct bytes){ copy, (size_t)size };
}

bool query_get_digest(struct query *query, int column,
		      struct digest *ret_digest)
{
	const void *text = sqlite3_column_text(query->statement, column);

	return text && digest_parse(text, ret_digest);
}

bool query_is_null(struct query *query, int column)
{
	return sqlite3_column_type(query->statement, column) == SQLITE_NULL;
}

int64_t db_last_id(struct db *db)
{
	return sqlite3_last_insert_rowid(db->sqlite);
}

int64_t db_changes(struct db *db)
{
	return sqlite3_changes64(db->sqlite);
}

bool db_run(struct db *db, const char *sql, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	return query && query_run(query, why);
}

bool db_run_one(struct db *db, const char *sql, int64_t first,
		struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, first);
	return query_run(query, why);
}

bool db_run_two(struct db *db, const char *sql, int64_t first, int64_t second,
		struct fail *why)
{
	auto_query *query = db_query(db, sql, why);

	if (!query)
		return false;
	query_int(query, 1, first);
	query_int(query, 2, second);
	return query_run(query, why);
}

const char *db_origin(const struct db *db)
{
	return db->origin;
}

bool db_is_writer(const struct db *db)
{
	return db->writer;
}
