#include "core/file.h"
#include "base/descriptor.h"
#include "base/moment.h"
#include "base/text.h"
#include "base/tree.h"
#include "core/audit.h"
#include "store/query.h"
#include "store/vault.h"

static const char insert_file[] =
	"INSERT INTO file (sha256, bytes, created_at) VALUES (?1, ?2, ?3)"
	" ON CONFLICT (sha256) DO NOTHING";
static const char select_by_digest[] =
	"SELECT id, sha256, bytes, created_at, verified_at"
	"  FROM file WHERE sha256 = ?1";
static const char select_by_id[] =
	"SELECT id, sha256, bytes, created_at, verified_at"
	"  FROM file WHERE id = ?1";
static const char set_verified[] =
	"UPDATE file SET verified_at = ?2 WHERE id = ?1"
	" AND verified_at IS NULL";
static const char select_in_letter[] =
	"WITH RECURSIVE inside (file_id, depth) AS ("
	"  SELECT file_id, 0 FROM letter WHERE id = ?2"
	"  UNION"
	"  SELECT part.file_id, depth + 1 FROM inside"
	"    JOIN part ON part.of_file_id = inside.file_id"
	"   WHERE depth < 20)"
	" SELECT 1 FROM inside WHERE file_id = ?1 LIMIT 1";

static bool find_id(struct db *db, const struct digest *digest,
		    int64_t *ret_id, struct fail *why)
{
	struct file file;

	if (!file_load(db, digest, &file, why))
		return false;
	*ret_id = file.id;
	return true;
}

bool file_add(struct db *db, const struct digest *digest, int64_t bytes,
	      int64_t *ret_id, struct fail *why)
{
	auto_query *query = db_query(db, insert_file, why);

	if (!query)
		return false;
	query_digest(query, 1, digest);
	query_int(query, 2, bytes);
	query_int(query, 3, moment_now());
	if (!query_run(query, why))
		return false;
	if (db_changes(db) == 0)
		return find_id(db, digest, ret_id, why);
	*ret_id = db_last_id(db);
	return true;
}

static bool read_file(struct query *query, struct file *ret_file,
		      struct fail *why)
{
	struct file file = { 0 };

	if (!query_one(query, why))
		return fail_not_found(why, "file.not_found",
				      "Không có tệp này.", "no such file");
	file.id = query_get_int(query, 0);
	if (!query_get_digest(query, 1, &file.digest))
		return fail(why, FAIL_BROKEN, "file %lld has no digest",
			    (long long)file.id);
	file.bytes = query_get_int(query, 2);
	file.created_at = query_get_int(query, 3);
	file.verified_at = query_get_int(query, 4);
	*ret_file = file;
	return true;
}

bool file_load(struct db *db, const struct digest *digest,
	       struct file *ret_file, struct fail *why)
{
	auto_query *query = db_query(db, select_by_digest, why);

	if (!query)
		return false;
	query_digest(query, 1, digest);
	return read_file(query, ret_file, why);
}

bool file_load_id(struct db *db, int64_t id, struct file *ret_file,
		  struct fail *why)
{
	auto_query *query = db_query(db, select_by_id, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	return read_file(query, ret_file, why);
}

bool file_open(struct vault *vault, const struct file *file, int *ret_fd,
	       struct fail *why)
{
	int fd;

	if (!file->verified_at &&
	    !vault_check(vault, &file->digest, NULL, why))
		return false;
	fd = vault_open_file(vault, &file->digest, why);
	if (fd < 0)
		return false;
	*ret_fd = fd;
	return true;
}

bool file_set_verified(struct db *db, int64_t id, struct fail *why)
{
	return db_run_two(db, set_verified, id, moment_now(), why);
}

bool file_viewed(struct db *db, const struct file_view *view, struct fail *why)
{
	auto_tree *detail = tree_create();
	auto_text json = { 0 };

	if (view->letter_id)
		tree_set_int(detail, "letter", view->letter_id);
	if (view->entry_id)
		tree_set_int(detail, "entry", view->entry_id);
	if (view->name)
		tree_set_text(detail, "name", view->name);
	tree_print(detail, &json);
	return file_set_verified(db, view->file_id, why) &&
	       audit_add(db,
			 &(struct audit_event){
				 .actor_id = view->actor_id,
				 .actor_name = view->actor_name,
				 .action = "file.view",
				 .object_type = "file",
				 .object_id = view->file_id,
				 .detail_json = text_string(&json),
			 },
			 why);
}

bool file_is_of_letter(struct db *db, int64_t file_id, int64_t letter_id,
		       struct fail *why)
{
	auto_query *query = db_query(db, select_in_letter, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	query_int(query, 2, letter_id);
	return query_row(query, why);
}
