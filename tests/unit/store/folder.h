/*
 * A store in a folder of its own, gone after the test.
 */
#pragma once
#include "base/fail.h"
#include "store/db.h"
#include "store/query.h"
#include <ftw.h>
#include <stdio.h>
/* last: it brings a macro called fail */
#include "support/test.h"

static inline int folder_remove_one(const char *path, const struct stat *status,
				    int kind, struct FTW *place)
{
	(void)status;
	(void)kind;
	(void)place;
	return remove(path);
}

static inline void folder_remove(const char *path)
{
	(void)nftw(path, folder_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

static inline struct store *folder_store(const char *path)
{
	struct fail why = { 0 };
	struct store *store = store_open(path, true, &why);

	if (!store)
		fprintf(stderr, "%s\n", why.sentence);
	assert_non_null(store);
	return store;
}

/* The one number that a statement gives. */
static inline int64_t folder_number(struct db *db, const char *sql)
{
	struct fail why = { 0 };
	auto_query *query = db_query(db, sql, &why);

	if (!query || !query_one(query, &why))
		fprintf(stderr, "%s: %s\n", sql, why.sentence);
	assert_non_null(query);
	assert_int_equal(why.kind, FAIL_NONE);
	return query_get_int(query, 0);
}
