#include "core/audit.h"
#include "core/letter_row.h"
#include "core/search.h"
#include "store/query.h"

/*
 * One letter to several mailboxes arrives as several letters. They are the
 * same when their raw bytes are, or when their readings are the same in all
 * that counts (reading.sameness): on their way through servers they get
 * different trace headers. The oldest of a group leads and is shown; what was
 * decided for one holds for those that come later.
 */
static const char select_group[] =
	"SELECT min(letter.group_id), count(DISTINCT letter.group_id)"
	"  FROM letter"
	" WHERE letter.file_id = ?1 OR letter.file_id IN"
	"  (SELECT other.file_id FROM reading"
	"     JOIN reading AS other ON other.sameness = reading.sameness"
	"    WHERE reading.file_id = ?1)";
static const char merge_groups[] =
	"UPDATE letter SET group_id = ?2"
	" WHERE group_id <> ?2 AND (file_id = ?1 OR file_id IN"
	"  (SELECT other.file_id FROM reading"
	"     JOIN reading AS other ON other.sameness = reading.sameness"
	"    WHERE reading.file_id = ?1))";
static const char set_leader[] =
	"UPDATE letter SET leads = (id = (SELECT min(id) FROM letter"
	"  WHERE group_id = ?1)) WHERE group_id = ?1";
static const char select_undecided[] =
	"SELECT id FROM letter WHERE group_id = ?1 AND decision IS NULL"
	"   AND state = 'todo' AND EXISTS (SELECT 1 FROM letter"
	"    WHERE group_id = ?1 AND decision IS NOT NULL"
	"      AND decision <> 'reopen') ORDER BY id";
static const char adopt_decision[] =
	"UPDATE letter SET (state, decision, entry_id, reason, decided_by,"
	"  decided_name, decided_at, version) ="
	" (SELECT state, decision, entry_id, reason, decided_by, decided_name,"
	"   decided_at, letter.version + 1 FROM letter AS other"
	"   WHERE other.group_id = ?2 AND other.decision IS NOT NULL"
	"     AND other.decision <> 'reopen' ORDER BY other.id LIMIT 1)"
	" WHERE id = ?1";

static bool adopt(struct db *db, int64_t id, int64_t group_id,
		  struct fail *why)
{
	auto_query *query = db_query(db, adopt_decision, why);

	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, group_id);
	return query_run(query, why) &&
	       audit_add(db,
			 &(struct audit_event){
				 .actor_name = "registry",
				 .action = "letter.follow",
				 .object_type = "letter",
				 .object_id = id,
			 },
			 why);
}

static bool follow(struct db *db, int64_t group_id, struct fail *why)
{
	for (;;) {
		auto_query *query = db_query(db, select_undecided, why);
		int64_t id;

		if (!query)
			return false;
		query_int(query, 1, group_id);
		if (!query_row(query, why))
			return why->kind == FAIL_NONE;
		id = query_get_int(query, 0);
		query_done(&query);
		if (!adopt(db, id, group_id, why))
			return false;
	}
}

bool letter_regroup(struct db *db, int64_t file_id, struct fail *why)
{
	int64_t group_id;
	bool apart;
	auto_query *query = db_query(db, select_group, why);

	if (!query)
		return false;
	query_int(query, 1, file_id);
	if (!query_one(query, why))
		return false;
	if (query_is_null(query, 0)) /* a message inside a letter */
		return search_index_file(db, file_id, why);
	group_id = query_get_int(query, 0);
	apart = query_get_int(query, 1) > 1;
	query_done(&query);
	/* A change of many rows makes full-text search write what it has. */
	if (apart && (!db_run_two(db, merge_groups, file_id, group_id, why) ||
		      !db_run_one(db, set_leader, group_id, why)))
		return false;
	return follow(db, group_id, why) && search_index_file(db, file_id, why);
}
