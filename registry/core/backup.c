#include "core/backup.h"
#include "base/arena.h"
#include "base/descriptor.h"
#include "base/fault.h"
#include "base/text.h"
#include "core/backup_tar.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "store/vault.h"
#include <assert.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The vault only grows, so the files that one moment's database names are all
 * there when they are copied after it. The tar is written under a passing name
 * and gets its own when it is whole and durable.
 */
static const char count_files[] =
	"SELECT count(*) FROM file";
static const char select_files[] =
	"SELECT sha256, bytes FROM file ORDER BY sha256";

static const char database_name[] = "registry.db";

struct content { /* one file of the vault */
	struct digest digest;
	int64_t bytes;
};

struct content_list {
	struct content *items;
	size_t count;
};

static bool list_files(struct db *db, struct arena *arena,
		       struct content_list *ret_list, struct fail *why)
{
	struct content_list list = { 0 };
	size_t room;
	auto_query *count = db_query(db, count_files, why);
	auto_query *query = db_query(db, select_files, why);

	if (!count || !query || !query_one(count, why))
		return false;
	room = (size_t)query_get_int(count, 0);
	list.items = arena_array(arena, room, sizeof(*list.items));
	while (list.count < room && query_row(query, why)) {
		struct content *content = &list.items[list.count++];

		if (!query_get_digest(query, 0, &content->digest))
			return fail(why, FAIL_BROKEN, "a file has no digest");
		content->bytes = query_get_int(query, 1);
	}
	*ret_list = list;
	return true;
}

static bool write_database(int tar, const char *path, struct fail *why)
{
	struct tar_member member = { 0 };
	struct stat status;
	auto_fd fd = descriptor_open(path, O_RDONLY, 0, why);

	if (fd < 0)
		return false;
	if (fstat(fd, &status) != 0)
		return descriptor_fail(why, "read", path);
	memcpy(member.name, database_name, sizeof(database_name));
	member.bytes = status.st_size;
	return tar_write(tar, &member, fd, why);
}

static bool write_file(int tar, struct vault *vault,
		       const struct content *content, struct fail *why)
{
	struct tar_member member = { .bytes = content->bytes };
	char hex[DIGEST_HEX_SIZE];
	auto_fd fd = vault_open_file(vault, &content->digest, why);

	if (fd < 0)
		return false;
	digest_print(&content->digest, hex);
	memcpy(member.name, "vault/", 6);
	memcpy(member.name + 6, hex, DIGEST_HEX_SIZE);
	return tar_write(tar, &member, fd, why);
}

/* Database and list are of one moment: one transaction reads both. */
static bool copy_moment(struct db *db, const char *path, struct arena *arena,
			struct content_list *ret_list, struct fail *why)
{
	auto_transaction *moment = transaction_begin(db, why);

	return moment && list_files(db, arena, ret_list, why) &&
	       store_copy_database(db, path, why);
}

static bool write_members(struct vault *vault, int tar, const char *copy,
			  const struct content_list *list, struct fail *why)
{
	if (!write_database(tar, copy, why))
		return false;
	for (size_t i = 0; i < list->count; i++)
		if (!write_file(tar, vault, &list->items[i], why))
			return false;
	return tar_write_end(tar, why) && descriptor_flush(tar, why);
}

static bool flush_folder_of(const char *path, struct arena *arena,
			    struct fail *why)
{
	return descriptor_flush_folder(dirname(arena_copy(arena, path)), why);
}

/* link(2) refuses a name that exists, which rename(2) would not. */
static bool give_name(const char *passing, const char *path,
		      struct arena *arena, struct fail *why)
{
	fault_step("backup.name.before");
	if (link(passing, path) != 0)
		return descriptor_fail(why, "name", path);
	(void)unlink(passing);
	fault_step("backup.name.after");
	return flush_folder_of(path, arena, why);
}

bool backup_write(struct db *db, struct vault *vault, const char *path,
		  int64_t *ret_files, struct fail *why)
{
	auto_arena *arena = arena_create((size_t)1 << 30);
	const char *copy = arena_print(arena, "%s.db", path);
	const char *passing = arena_print(arena, "%s.new", path);
	struct content_list list = { 0 };
	auto_fd tar = -1;
	bool ok;

	assert(!db_is_writer(db));
	if (access(path, F_OK) == 0)
		return fail(why, FAIL_CONFLICT, "'%s' is there already", path);
	(void)unlink(copy);
	tar = descriptor_open(passing, O_WRONLY | O_CREAT | O_TRUNC, 0600, why);
	ok = tar >= 0 && copy_moment(db, copy, arena, &list, why) &&
	     write_members(vault, tar, copy, &list, why) &&
	     give_name(passing, path, arena, why);
	(void)unlink(copy);
	(void)unlink(passing);
	if (ok)
		*ret_files = (int64_t)list.count;
	return ok;
}

struct restoring { /* where the member in hand goes */
	int database;
	struct vault_upload *upload;
};

static bool take(void *context, const void *data, size_t size,
		 struct fail *why)
{
	struct restoring *restoring = context;

	if (restoring->upload)
		return vault_upload_add(restoring->upload, data, size, why);
	return descriptor_write(restoring->database, data, size, why);
}

static bool restore_file(int tar, struct vault *vault,
			 const struct tar_member *member, struct fail *why)
{
	auto_upload *upload = NULL;
	struct restoring restoring = { -1, NULL };
	struct digest named;
	struct digest found;
	int64_t size;

	if (strncmp(member->name, "vault/", 6) != 0 ||
	    !digest_parse(member->name + 6, &named))
		return fail(why, FAIL_INVALID,
			    "'%s' does not belong in a "
			    "backup",
			    member->name);
	upload = vault_upload_begin(vault, why);
	restoring.upload = upload;
	if (!upload ||
	    !tar_read_content(tar, member->bytes, take, &restoring, why) ||
	    !vault_upload_finish(&upload, &found, &size, why))
		return false;
	if (!digest_equal(&named, &found))
		return fail(why, FAIL_BROKEN, "the backup is damaged: %s",
			    member->name);
	return true;
}

static bool restore_database(int tar, const struct tar_member *member,
			     const char *path, struct fail *why)
{
	struct restoring restoring = { -1, NULL };
	auto_fd fd = descriptor_open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600,
				     why);

	restoring.database = fd;
	return fd >= 0 &&
	       tar_read_content(tar, member->bytes, take, &restoring, why) &&
	       descriptor_flush(fd, why);
}

static bool restore_members(int tar, struct vault *vault, const char *copy,
			    int64_t *ret_files, struct fail *why)
{
	struct tar_member member;
	bool end = false;
	int64_t files = 0;

	if (!tar_read_header(tar, &member, &end, why))
		return false;
	if (end || strcmp(member.name, database_name) != 0)
		return fail(why, FAIL_INVALID, "not a backup of a register");
	if (!restore_database(tar, &member, copy, why))
		return false;
	for (;; files++) {
		if (!tar_read_header(tar, &member, &end, why))
			return false;
		if (end)
			break;
		if (!restore_file(tar, vault, &member, why))
			return false;
	}
	*ret_files = files;
	return vault_flush(vault, why);
}

static bool restore_vault(int tar, const char *folder, const char *copy,
			  int64_t *ret_files, struct fail *why)
{
	struct vault *vault = vault_open(folder, true, why);
	bool ok = vault && restore_members(tar, vault, copy, ret_files, why);

	vault_close(&vault);
	return ok;
}

/* The database names no file that the backup did not bring. */
static bool check_restored(const char *folder, struct arena *arena,
			   struct fail *why)
{
	struct content_list list = { 0 };
	auto_store *store = store_open(folder, false, why);

	if (!store || !store_check_database(store_writer(store), why) ||
	    !list_files(store_writer(store), arena, &list, why))
		return false;
	for (size_t i = 0; i < list.count; i++)
		if (!vault_has(store_vault(store), &list.items[i].digest))
			return fail(why, FAIL_BROKEN,
				    "the backup lacks a file of the vault");
	return true;
}

bool backup_restore(const char *path, const char *folder, int64_t *ret_files,
		    struct fail *why)
{
	auto_arena *arena = arena_create((size_t)1 << 30);
	const char *database = arena_print(arena, "%s/%s", folder,
					   database_name);
	const char *copy = arena_print(arena, "%s.new", database);
	auto_fd tar = descriptor_open(path, O_RDONLY, 0, why);

	if (tar < 0)
		return false;
	if (access(database, F_OK) == 0)
		return fail(why, FAIL_CONFLICT,
			    "there is a register in '%s' already", folder);
	(void)mkdir(folder, 0700);
	if (!restore_vault(tar, folder, copy, ret_files, why))
		return false;
	if (rename(copy, database) != 0)
		return descriptor_fail(why, "rename", copy);
	return descriptor_flush_folder(folder, why) &&
	       check_restored(folder, arena, why);
}
