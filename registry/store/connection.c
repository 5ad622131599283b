#include "store/connection.h"
#include "base/arena.h"
#include "store/tokenizer.h"
#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Says "SVB1" in the file's header. */
#define APPLICATION_ID "1398161969"

static const char pragmas_of_writer[] =
	"PRAGMA journal_mode = WAL;"
	"PRAGMA synchronous = FULL;"
	"PRAGMA wal_autocheckpoint = 0;"
	"PRAGMA application_id = " APPLICATION_ID ";";
static const char pragmas_of_all[] =
	"PRAGMA foreign_keys = ON;"
	"PRAGMA trusted_schema = OFF;"
	"PRAGMA cell_size_check = ON;"
	"PRAGMA temp_store = MEMORY;"
	"PRAGMA cache_size = -16384;"
	"PRAGMA busy_timeout = 5000;";
static const char pragmas_of_readers[] =
	"PRAGMA query_only = ON;"
	"PRAGMA wal_autocheckpoint = 0;";

/* What must be true after opening, whatever the build of the library. */
struct promise {
	const char *question;
	const char *answer;
};

static const struct promise promises_of_writer[] = {
	{ "PRAGMA journal_mode", "wal" },
	{ "PRAGMA synchronous", "2" },
	{ "PRAGMA wal_autocheckpoint", "0" },
	{ "PRAGMA foreign_keys", "1" },
	{ "PRAGMA application_id", APPLICATION_ID },
	{ NULL, NULL },
};
static const struct promise promises_of_readers[] = {
	{ "PRAGMA journal_mode", "wal" },
	{ "PRAGMA query_only", "1" },
	{ "PRAGMA wal_autocheckpoint", "0" },
	{ "PRAGMA foreign_keys", "1" },
	{ NULL, NULL },
};

static bool is_disk_full(struct db *db, int code)
{
	int error = sqlite3_system_errno(db->sqlite);

	if (code == SQLITE_FULL)
		return true;
	/* The log's index cannot grow, or a quota or file limit was met. */
	return (code & 0xff) == SQLITE_IOERR &&
	       (error == ENOSPC || error == EDQUOT || error == EFBIG);
}

static enum fail_kind kind_of(int code)
{
	switch (code & 0xff) {
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return FAIL_BUSY;
	case SQLITE_CONSTRAINT:
		return FAIL_CONFLICT;
	case SQLITE_TOOBIG:
		return FAIL_LIMIT;
	case SQLITE_CANTOPEN:
		return FAIL_DENIED;
	default:
		return FAIL_BROKEN;
	}
}

bool connection_fail(struct db *db, int code, struct fail *why)
{
	const char *message = sqlite3_errmsg(db->sqlite);

	if (code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC) {
		(void)fprintf(stderr, "<2>store: the disk lost a write: %s\n",
			      message);
		abort();
	}
	if (is_disk_full(db, code)) {
		fail(why, FAIL_LIMIT, "the disk is full");
		return fail_code(why, "disk.full",
				 "Ổ đĩa đã đầy. Hãy giải phóng chỗ trống; hệ "
				 "thống tự chạy tiếp.");
	}
	fail(why, kind_of(code), "database: %s", message);
	if (why->kind == FAIL_CONFLICT)
		fail_code(why, "store.constraint",
			  "Dữ liệu trùng hoặc không khớp.");
	return false;
}

static bool run_all(struct db *db, const char *sql, struct fail *why)
{
	int code = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);

	return code == SQLITE_OK || connection_fail(db, code, why);
}

static bool keeps_promise(struct db *db, const struct promise *promise,
			  struct fail *why)
{
	sqlite3_stmt *statement = NULL;
	const char *found = NULL;
	bool ok = false;

	if (sqlite3_prepare_v2(db->sqlite, promise->question, -1, &statement,
			       NULL) == SQLITE_OK &&
	    sqlite3_step(statement) == SQLITE_ROW)
		found = (const char *)sqlite3_column_text(statement, 0);
	ok = found && strcmp(found, promise->answer) == 0;
	if (!ok)
		fail(why, FAIL_BROKEN, "%s is '%s' and must be '%s'",
		     promise->question, found ? found : "", promise->answer);
	(void)sqlite3_finalize(statement);
	return ok;
}

/* Statements may read and change rows; nothing may attach another file or
 * change how the engine works. FTS5 asks for data_version itself. */
static int authorise(void *context, int action, const char *first,
		     const char *second, const char *database,
		     const char *trigger)
{
	(void)context;
	(void)second;
	(void)database;
	(void)trigger;
	if (action == SQLITE_ATTACH || action == SQLITE_DETACH)
		return SQLITE_DENY;
	if (action == SQLITE_PRAGMA && strcmp(first, "data_version") != 0 &&
	    strcmp(first, "quick_check") != 0 &&
	    strcmp(first, "foreign_key_check") != 0)
		return SQLITE_DENY;
	return SQLITE_OK;
}

void connection_seal(struct db *db)
{
	(void)sqlite3_set_authorizer(db->sqlite, authorise, NULL);
}

static int note_frames(void *context, sqlite3 *sqlite, const char *name,
		       int frames)
{
	struct db *db = context;

	(void)sqlite;
	(void)name;
	db->log_frames = frames;
	return SQLITE_OK;
}

static bool prepare_connection(struct db *db, struct fail *why)
{
	const struct promise *promise =
		db->writer ? promises_of_writer : promises_of_readers;

	(void)sqlite3_extended_result_codes(db->sqlite, 1);
	(void)sqlite3_db_config(db->sqlite, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (!tokenizer_register(db->sqlite, why))
		return false;
	if (db->writer && !run_all(db, pragmas_of_writer, why))
		return false;
	if (!run_all(db, pragmas_of_all, why))
		return false;
	if (!db->writer && !run_all(db, pragmas_of_readers, why))
		return false;
	if (!db->writer)
		(void)sqlite3_db_config(db->sqlite,
					SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
					NULL);
	for (; promise->question; promise++)
		if (!keeps_promise(db, promise, why))
			return false;
	if (db->writer)
		(void)sqlite3_wal_hook(db->sqlite, note_frames, db);
	return true;
}

/* Counting its memory costs the engine a lock at every allocation, shared by
 * all connections. Refused once it runs, which changes nothing. */
static void count_no_memory(void)
{
	(void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct db *connection_open(const char *path, bool writer, struct fail *why)
{
	int flags = writer ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
			   : SQLITE_OPEN_READONLY;
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	struct db *db = memory_alloc(sizeof(*db));
	int code;

	(void)pthread_once(&once, count_no_memory);
	db->writer = writer;
	code = sqlite3_open_v2(path, &db->sqlite,
			       flags | SQLITE_OPEN_NOMUTEX |
				       SQLITE_OPEN_PRIVATECACHE,
			       NULL);
	assert(db->sqlite);
	if (code != SQLITE_OK) {
		connection_fail(db, code, why);
		connection_close(&db);
		return NULL;
	}
	if (!prepare_connection(db, why))
		connection_close(&db);
	return db;
}

void connection_close(struct db **db)
{
	if (!*db)
		return;
	query_drop_all(*db);
	(void)sqlite3_close_v2((*db)->sqlite);
	memory_free(*db);
	*db = NULL;
}
