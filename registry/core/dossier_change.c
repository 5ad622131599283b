/*
 * Changing dossiers: their data, their documents and the order of these.
 */
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/dossier.h"
#include "core/entry_list.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	CODE_MAX = 100,
	TITLE_MAX = 4000,
	RETENTION_MAX = 200
};

static const char insert_dossier[] =
	"INSERT INTO dossier (organisation_id, code, year, title, retention,"
	"       unit_id, keeper_id, readers, note, opened_day, created_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

static const char update_dossier[] =
	"UPDATE dossier SET code = ?2, year = ?3, title = ?4, retention = ?5,"
	"       unit_id = ?6, keeper_id = ?7, readers = ?8, note = ?9,"
	"       version = version + 1"
	" WHERE organisation_id = ?1 AND id = ?10 AND version = ?11"
	"   AND state = 'open'";

static const char update_state[] =
	"UPDATE dossier SET state = ?3, closed_day = ?4,"
	"       version = version + 1 WHERE id = ?1 AND version = ?2";

static const char bump_version[] =
	"UPDATE dossier SET version = version + 1"
	" WHERE id = ?1 AND version = ?2 AND state = 'open'";

static const char insert_document[] =
	"INSERT INTO dossier_document (dossier_id, entry_id, position, note,"
	"                              added_by, added_at)"
	" SELECT ?1, ?2, coalesce(max(position), 0) + 1, ?3, ?4, ?5"
	"   FROM dossier_document WHERE dossier_id = ?1"
	" ON CONFLICT DO NOTHING";

static const char delete_document[] =
	"DELETE FROM dossier_document WHERE dossier_id = ?1 AND entry_id = ?2";

static const char shift_documents[] =
	"UPDATE dossier_document SET position = position + 1"
	" WHERE dossier_id = ?1 AND position >= ?3 AND entry_id <> ?2";

static const char place_document[] =
	"UPDATE dossier_document SET position = ?3"
	" WHERE dossier_id = ?1 AND entry_id = ?2";

static const char count_documents[] =
	"SELECT count(*), coalesce(max(position), 0) + 1"
	"  FROM dossier_document WHERE dossier_id = ?1";

static bool note(struct db *db, const struct actor *actor, const char *action,
		 int64_t id, const struct tree *detail, struct fail *why)
{
	const struct audit_act act = { action, "dossier", id, detail };
	return audit_act(db, actor, &act, why);
}

static bool changed(struct fail *why)
{
	fail(why, FAIL_CONFLICT, "the dossier was changed meanwhile or closed");
	return fail_code(why, "dossier.changed",
			 "Hồ sơ vừa được người khác sửa hoặc đã đóng.");
}

static bool check_wanted(const struct dossier *wanted, struct fail *why)
{
	if (!*wanted->code || strlen(wanted->code) > CODE_MAX ||
	    !*wanted->title || strlen(wanted->title) > TITLE_MAX) {
		fail(why, FAIL_INVALID, "a dossier has a code and a title");
		return fail_code(why, "dossier.title",
				 "Hồ sơ cần số, ký hiệu và tiêu đề.");
	}
	if (wanted->retention < 0 || wanted->retention > RETENTION_MAX)
		return fail(why, FAIL_INVALID, "'retention' is 0 to %d years",
			    RETENTION_MAX);
	if (wanted->year < 1900 || wanted->year > 2999)
		return fail(why, FAIL_INVALID, "'year' is not a year");
	return true;
}

static bool refused(struct fail *why)
{
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT,
	     "there is a dossier of this code, or no such"
	     " unit, keeper or kind of readers");
	return fail_code(why, "dossier.exists",
			 "Số, ký hiệu hồ sơ đã có trong năm, hoặc đơn vị, người"
			 " lập chưa đúng.");
}

static bool write_dossier(struct db *db, const struct dossier *wanted,
			  const struct actor *actor, int64_t now,
			  struct fail *why)
{
	char today[DAY_SIZE];
	auto_query *query =
		db_query(db, wanted->id ? update_dossier : insert_dossier, why);
	if (!query)
		return false;
	day_print(moment_day(now), today);
	query_int(query, 1, actor->organisation_id);
	query_text(query, 2, wanted->code);
	query_int(query, 3, wanted->year);
	query_text(query, 4, wanted->title);
	query_int(query, 5, wanted->retention);
	query_int_or_null(query, 6, wanted->unit_id);
	query_int(query, 7, wanted->keeper_id);
	query_text(query, 8, wanted->readers);
	query_text(query, 9, wanted->note);
	if (wanted->id) {
		query_int(query, 10, wanted->id);
		query_int(query, 11, wanted->version);
	} else {
		query_text(query, 10, today);
		query_int(query, 11, now);
	}
	return query_run(query, why) || refused(why);
}

bool dossier_set(struct db *db, const struct dossier *wanted,
		 const struct actor *actor, int64_t now, int64_t *ret_id,
		 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	struct dossier dossier = *wanted, old;
	dossier.code = viet_normal(wanted->code, arena);
	dossier.title = viet_normal(wanted->title, arena);
	dossier.note = viet_normal(wanted->note ? wanted->note : "", arena);
	if (!dossier.keeper_id)
		dossier.keeper_id = actor->id;
	if (!check_wanted(&dossier, why))
		return false;
	if (wanted->id) {
		if (!dossier_load(db, wanted->id, actor, arena, &old, why))
			return fail_code(why, why->code,
					 "Không mở được hồ sơ này.");
		if (!dossier_may_change(&old, actor))
			return fail(why, FAIL_DENIED,
				    "its keeper changes a dossier");
	}
	if (!write_dossier(db, &dossier, actor, now, why))
		return false;
	if (db_changes(db) != 1)
		return changed(why);
	*ret_id = wanted->id ? wanted->id : db_last_id(db);
	tree_set_text(detail, "code", dossier.code);
	tree_set_text(detail, "title", dossier.title);
	tree_set_int(detail, "retention", dossier.retention);
	tree_set_text(detail, "readers", dossier.readers);
	return note(db, actor, wanted->id ? "dossier.edit" : "dossier.open",
		    *ret_id, detail, why);
}

/* The dossier as this person may change it. */
static bool load_mine(struct db *db, const struct dossier_change *change,
		      struct arena *arena, struct fail *why)
{
	struct dossier dossier;
	/* The hint that names its keeper would die with the arena. */
	if (!dossier_load(db, change->id, &change->actor, arena, &dossier,
			  why))
		return fail_code(why, why->code,
				 "Không mở được hồ sơ này.");
	if (!dossier_may_change(&dossier, &change->actor)) {
		fail(why, FAIL_DENIED, "its keeper changes a dossier");
		return fail_code(why, "dossier.denied",
				 "Chỉ người lập hồ sơ và văn thư được sửa.");
	}
	return dossier.version == change->version || changed(why);
}

bool dossier_close(struct db *db, const struct dossier_change *change,
		   bool close, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	char today[DAY_SIZE];
	if (!load_mine(db, change, arena, why))
		return false;
	day_print(moment_day(change->now), today);
	auto_query *query = db_query(db, update_state, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->version);
	query_text(query, 3, close ? "closed" : "open");
	query_text(query, 4, close ? today : NULL);
	return query_run(query, why) &&
	       note(db, &change->actor,
		    close ? "dossier.close" : "dossier.reopen", change->id,
		    detail, why);
}

static bool bump(struct db *db, const struct dossier_change *change,
		 struct fail *why)
{
	auto_query *query = db_query(db, bump_version, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, change->version);
	if (!query_run(query, why))
		return false;
	return db_changes(db) == 1 || changed(why);
}

static bool note_document(struct db *db, const struct dossier_change *change,
			  const char *action, int64_t entry_id,
			  struct fail *why)
{
	auto_tree *detail = tree_create();
	tree_set_int(detail, "entry", entry_id);
	return bump(db, change, why) &&
	       note(db, &change->actor, action, change->id, detail, why) &&
	       search_index_entry(db, entry_id, why);
}

static bool count(struct db *db, int64_t id, int64_t *ret_count,
		  int64_t *ret_next, struct fail *why)
{
	auto_query *query = db_query(db, count_documents, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	if (!query_one(query, why))
		return false;
	*ret_count = query_get_int(query, 0);
	*ret_next = query_get_int(query, 1);
	return true;
}

static bool insert(struct db *db, const struct dossier_change *change,
		   int64_t entry_id, const char *words, struct fail *why)
{
	auto_query *query = db_query(db, insert_document, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, entry_id);
	query_text(query, 3, words);
	query_int(query, 4, change->actor.id);
	query_int(query, 5, change->now);
	return query_run(query, why);
}

bool dossier_add_document(struct db *db, const struct dossier_change *change,
			  int64_t entry_id, const char *words,
			  struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct entry entry;
	int64_t documents, next;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !load_mine(db, change, arena, why) ||
	    !entry_load(db, entry_id, arena, &entry, why))
		return false;
	if (!entry_may_open(db, &entry, &change->actor, arena, why))
		return fail_code(why, why->code,
				 "Văn bản này do đơn vị khác xử lý.");
	if (!count(db, change->id, &documents, &next, why))
		return false;
	if (documents >= DOSSIER_DOCUMENTS_MAX)
		return fail(why, FAIL_LIMIT,
			    "a dossier has %d documents at"
			    " most",
			    DOSSIER_DOCUMENTS_MAX);
	if (!insert(db, change, entry_id,
		    viet_normal(words ? words : "", arena), why))
		return false;
	if (db_changes(db) == 0)
		return transaction_commit(transaction, why);
	return note_document(db, change, "dossier.add", entry_id, why) &&
	       transaction_commit(transaction, why);
}

static bool run(struct db *db, const char *sql,
		const struct dossier_change *change, int64_t entry_id,
		int64_t position, struct fail *why)
{
	auto_query *query = db_query(db, sql, why);
	if (!query)
		return false;
	query_int(query, 1, change->id);
	query_int(query, 2, entry_id);
	if (position)
		query_int(query, 3, position);
	return query_run(query, why);
}

static bool absent(struct fail *why)
{
	fail(why, FAIL_NOT_FOUND, "the dossier has no such document");
	return fail_code(why, "dossier.document",
			 "Hồ sơ không có văn bản này.");
}

bool dossier_remove_document(struct db *db,
			     const struct dossier_change *change,
			     int64_t entry_id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !load_mine(db, change, arena, why) ||
	    !run(db, delete_document, change, entry_id, 0, why))
		return false;
	if (db_changes(db) != 1)
		return absent(why);
	return note_document(db, change, "dossier.remove", entry_id, why) &&
	       transaction_commit(transaction, why);
}

bool dossier_move_document(struct db *db, const struct dossier_change *change,
			   int64_t entry_id, int64_t position,
			   struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t documents, next;
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !load_mine(db, change, arena, why) ||
	    !count(db, change->id, &documents, &next, why))
		return false;
	if (position < 1 || position > next)
		position = next;
	if (!run(db, shift_documents, change, entry_id, position, why) ||
	    !run(db, place_document, change, entry_id, position, why))
		return false;
	if (db_changes(db) != 1)
		return absent(why);
	return note_document(db, change, "dossier.move", entry_id, why) &&
	       transaction_commit(transaction, why);
}
