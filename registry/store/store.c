#include "base/arena.h"
#include "base/descriptor.h"
#include "base/fault.h"
#include "base/text.h"
#include "store/connection.h"
#include "store/db.h"
#include "store/vault.h"
#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

struct store {
	char *folder;
	char *database;
	int lock; /* descriptor that holds the flock */
	struct db *writer;
	struct vault *vault;
};

static char *join(const char *folder, const char *name)
{
	auto_text path = { 0 };

	text_addf(&path, "%s/%s", folder, name);
	return memory_copy(text_string(&path));
}

static bool take_lock(struct store *store, struct fail *why)
{
	char *path = join(store->folder, "registry.lock");

	store->lock = descriptor_open(path, O_RDWR | O_CREAT, 0600, why);
	memory_free(path);
	if (store->lock < 0)
		return false;
	if (flock(store->lock, LOCK_EX | LOCK_NB) == 0)
		return true;
	if (errno != EWOULDBLOCK)
		return descriptor_fail(why, "lock", store->folder);
	fail(why, FAIL_BUSY,
	     "another process is using the data folder '%s'; stop it first, or "
	     "give the command to the running service",
	     store->folder);
	return fail_code(why, "store.locked",
			 "Thư mục dữ liệu đang được một tiến trình khác sử "
			 "dụng. Hãy dừng tiến trình đó trước.");
}

static bool have_folder(struct store *store, bool create, struct fail *why)
{
	if (create && mkdir(store->folder, 0700) != 0 && errno != EEXIST)
		return descriptor_fail(why, "make folder", store->folder);
	if (!create && access(store->database, F_OK) != 0) {
		if (errno == ENOENT)
			return fail(why, FAIL_NOT_FOUND,
				    "no register in '%s'; make one with "
				    "'registry init --data %s'",
				    store->folder, store->folder);
		return descriptor_fail(why, "read folder", store->folder);
	}
	return true;
}

static bool open_parts(struct store *store, bool create, struct fail *why)
{
	if (!have_folder(store, create, why) || !take_lock(store, why))
		return false;
	store->vault = vault_open(store->folder, create, why);
	if (!store->vault)
		return false;
	store->writer = connection_open(store->database, true, why);
	if (!store->writer || !migrate(store->writer, why))
		return false;
	connection_seal(store->writer);
	return descriptor_flush_folder(store->folder, why);
}

struct store *store_open(const char *folder, bool create, struct fail *why)
{
	struct store *store = memory_alloc(sizeof(*store));

	store->folder = memory_copy(folder);
	store->database = join(folder, "registry.db");
	store->lock = -1;
	if (!open_parts(store, create, why))
		store_close(&store);
	return store;
}

void store_close(struct store **store)
{
	struct store *closing = *store;

	if (!closing)
		return;
	*store = NULL;
	connection_close(&closing->writer);
	vault_close(&closing->vault);
	descriptor_close(&closing->lock);
	memory_free(closing->database);
	memory_free(closing->folder);
	memory_free(closing);
}

struct db *store_writer(struct store *store)
{
	return store->writer;
}

struct db *store_reader_create(struct store *store, struct fail *why)
{
	struct db *db = connection_open(store->database, false, why);

	if (db)
		connection_seal(db);
	return db;
}

void store_reader_destroy(struct db **db)
{
	connection_close(db);
}

struct vault *store_vault(struct store *store)
{
	return store->vault;
}

const char *store_folder(const struct store *store)
{
	return store->folder;
}

static int64_t size_of(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 ? (int64_t)status.st_size : 0;
}

int64_t store_database_bytes(const struct store *store)
{
	auto_text log = { 0 };

	text_addf(&log, "%s-wal", store->database);
	return size_of(store->database) + size_of(text_string(&log));
}

bool store_checkpoint(struct store *store, bool wait, struct fail *why)
{
	struct db *db = store->writer;
	int code;

	fault_step("checkpoint.before");
	code = sqlite3_wal_checkpoint_v2(db->sqlite, NULL,
					 wait ? SQLITE_CHECKPOINT_TRUNCATE
					      : SQLITE_CHECKPOINT_PASSIVE,
					 NULL, NULL);
	fault_step("checkpoint.after");
	if (code != SQLITE_OK && code != SQLITE_BUSY)
		return connection_fail(db, code, why);
	db->log_frames = 0;
	return true;
}

static bool copy_into(struct db *db, sqlite3 *target, struct fail *why)
{
	sqlite3_backup *backup =
		sqlite3_backup_init(target, "main", db->sqlite, "main");
	int code;

	if (!backup)
		return fail(why, FAIL_BROKEN, "copy of the database: %s",
			    sqlite3_errmsg(target));
	code = sqlite3_backup_step(backup, -1);
	(void)sqlite3_backup_finish(backup);
	if (code == SQLITE_DONE)
		return true;
	if (code == SQLITE_FULL)
		return fail(why, FAIL_LIMIT, "copy of the database: disk full");
	return fail(why, FAIL_BROKEN, "copy of the database: %s",
		    sqlite3_errstr(code));
}

bool store_copy_database(struct db *db, const char *path, struct fail *why)
{
	sqlite3 *target = NULL;
	bool ok = false;
	auto_fd fd = descriptor_open(path, O_RDWR | O_CREAT | O_EXCL, 0600,
				     why);

	if (fd < 0)
		return false;
	if (sqlite3_open_v2(path, &target, SQLITE_OPEN_READWRITE, NULL) ==
	    SQLITE_OK)
		ok = copy_into(db, target, why);
	else
		fail(why, FAIL_BROKEN, "copy of the database: %s",
		     sqlite3_errmsg(target));
	(void)sqlite3_close(target);
	return ok && descriptor_flush(fd, why);
}

static bool ask(struct db *db, const char *sql, const char *good,
		struct fail *why)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db->sqlite, sql, -1, &statement, NULL);
	const char *found = good;
	bool ok;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		found = (const char *)sqlite3_column_text(statement, 0);
	ok = (code == SQLITE_ROW || code == SQLITE_DONE) && found && good &&
	     strcmp(found, good) == 0;
	if (!ok)
		fail(why, FAIL_BROKEN, "%s: %s", sql,
		     found ? found : sqlite3_errmsg(db->sqlite));
	(void)sqlite3_finalize(statement);
	return ok;
}

bool store_check_database(struct db *db, struct fail *why)
{
	return ask(db, "PRAGMA quick_check", "ok", why) &&
	       ask(db, "PRAGMA foreign_key_check", "", why);
}
