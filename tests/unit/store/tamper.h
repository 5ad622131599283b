/*
 * Changing a database as somebody with the engine's own tools would: without
 * our checks. The store is closed meanwhile.
 */
#pragma once
#include "base/text.h"
#include <sqlite3.h>
#include <stdio.h>
/* last: it brings a macro called fail */
#include "support/test.h"

static inline void tamper(const char *folder, const char *sql)
{
	auto_text path = { 0 };
	sqlite3 *raw = NULL;
	char *message = NULL;

	text_addf(&path, "%s/registry.db", folder);
	assert_int_equal(sqlite3_open(text_string(&path), &raw), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &message) != SQLITE_OK)
		fprintf(stderr, "%s: %s\n", sql, message);
	assert_null(message);
	sqlite3_close(raw);
}
