#include "base/arena.h"
#include "base/embedded.h"
#include "base/fault.h"
#include "base/text.h"
#include "store/connection.h"
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static bool read_version(struct db *db, int *ret_version, struct fail *why)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db->sqlite, "PRAGMA user_version", -1,
				      &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret_version = sqlite3_column_int(statement, 0);
	(void)sqlite3_finalize(statement);
	return code == SQLITE_ROW || connection_fail(db, code, why);
}

static bool apply(struct db *db, const struct embedded_file *file, int number,
		  struct fail *why)
{
	auto_text script = { 0 };
	struct fail first;
	int code;

	/* user_version lies in the file's header: it commits with the rest. */
	text_add(&script, "BEGIN IMMEDIATE;\n");
	text_add_part(&script, (const char *)file->content, file->size);
	text_addf(&script, "\n;PRAGMA user_version = %d;\n", number);
	fault_step("migrate.before");
	code = sqlite3_exec(db->sqlite, text_string(&script), NULL, NULL, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_exec(db->sqlite, "COMMIT", NULL, NULL, NULL);
	fault_step("migrate.after");
	if (code == SQLITE_OK)
		return true;
	connection_fail(db, code, &first);
	(void)sqlite3_exec(db->sqlite, "ROLLBACK", NULL, NULL, NULL);
	fail(why, first.kind, "schema %s: %s", file->name, first.sentence);
	return fail_code(why, first.code, first.hint);
}

bool migrate(struct db *db, struct fail *why)
{
	int version = 0;
	int newest = 0;

	if (!read_version(db, &version, why))
		return false;
	for (const struct embedded_file *file = embedded_schema; file->name;
	     file++) {
		int number = (int)strtol(file->name, NULL, 10);

		if (number > newest)
			newest = number;
		if (number > version && !apply(db, file, number, why))
			return false;
	}
	if (version > newest)
		return fail(why, FAIL_INVALID,
			    "the data folder was written by a newer program "
			    "(schema %d, this one knows %d)",
			    version, newest);
	return true;
}
