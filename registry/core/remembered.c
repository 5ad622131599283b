#include "core/remembered.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/letter.h"
#include "store/db.h"
#include "store/query.h"

static const char select_address[] =
	"SELECT lower(trim(reading.sender_address)) FROM letter"
	"  JOIN reading ON reading.file_id = letter.file_id"
	" WHERE letter.id = ?1 AND trim(reading.sender_address) <> ''";
static const char count_all[] = "SELECT count(*) FROM remembered_sender";
static const char insert_sender[] =
	"INSERT INTO remembered_sender (address, added_by, added_at)"
	" VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
static const char delete_sender[] =
	"DELETE FROM remembered_sender WHERE address = ?1";
static const char select_filed[] =
	"SELECT letter.version FROM letter"
	"  JOIN reading ON reading.file_id = letter.file_id"
	"  JOIN letter_summary AS summary"
	"    ON summary.file_id = letter.file_id"
	"  JOIN remembered_sender AS sender"
	"    ON sender.address = lower(trim(reading.sender_address))"
	" WHERE letter.id = ?1 AND letter.state = 'todo'"
	"   AND letter.decision IS NULL AND letter.entry_id IS NULL"
	"   AND summary.action = 'not_document' AND summary.symbol IS NULL"
	"   AND summary.done >= summary.files AND summary.failed = 0"
	"   AND summary.recognising = 0";

static bool find_address(struct db *db, int64_t letter_id,
			 struct arena *arena, const char **ret_address,
			 struct fail *why)
{
	auto_query *query = db_query(db, select_address, why);

	if (!query)
		return false;
	query_int(query, 1, letter_id);
	*ret_address = NULL;
	if (query_row(query, why))
		*ret_address = query_get_text(query, 0, arena);
	return why->kind == FAIL_NONE;
}

static bool note(struct db *db, const struct letter_decision *decision,
		 const char *action, const char *address, struct fail *why)
{
	const struct actor actor = { .id = decision->actor_id,
				     .name = decision->actor_name };
	auto_tree *detail = tree_create();
	const struct audit_act act = { action, "letter", decision->letter_id,
				       detail };

	tree_set_text(detail, "address", address);
	return audit_act(db, &actor, &act, why);
}

static bool check_room(struct db *db, struct fail *why)
{
	auto_query *query = db_query(db, count_all, why);

	if (!query || !query_one(query, why))
		return false;
	if (query_get_int(query, 0) < REMEMBERED_MAX)
		return true;
	fail(why, FAIL_LIMIT, "at most %d senders are remembered",
	     REMEMBERED_MAX);
	return fail_code(why, "sender.limit",
			 "Đã nhớ quá nhiều người gửi.");
}

static bool insert(struct db *db, const struct letter_decision *decision,
		   const char *address, struct fail *why)
{
	auto_query *query = db_query(db, insert_sender, why);

	if (!query)
		return false;
	query_text(query, 1, address);
	query_int(query, 2, decision->actor_id);
	query_int(query, 3, moment_now());
	return query_run(query, why);
}

bool remembered_add(struct db *db, const struct letter_decision *decision,
		    struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *address;

	if (!find_address(db, decision->letter_id, arena, &address, why))
		return false;
	if (!address) {
		fail(why, FAIL_INVALID, "the letter names no sender");
		return fail_code(why, "sender.none",
				 "Thư không có địa chỉ người gửi để nhớ.");
	}
	if (!check_room(db, why) || !insert(db, decision, address, why))
		return false;
	return db_changes(db) == 0 ||
	       note(db, decision, "sender.remember", address, why);
}

static bool run_delete(struct db *db, const char *address, struct fail *why)
{
	auto_query *query = db_query(db, delete_sender, why);

	if (!query)
		return false;
	query_text(query, 1, address);
	return query_run(query, why);
}

bool remembered_forget(struct db *db, const struct letter_decision *decision,
		       struct fail *why)
{
	auto_arena *arena = arena_create(0);
	const char *address;

	if (!find_address(db, decision->letter_id, arena, &address, why))
		return false;
	if (!address)
		return true;
	if (!run_delete(db, address, why))
		return false;
	return db_changes(db) == 0 ||
	       note(db, decision, "sender.forget", address, why);
}

bool remembered_file(struct db *db, int64_t letter_id, struct fail *why)
{
	struct letter_decision decision = {
		.letter_id = letter_id,
		.decision = "not_document",
		.reason = "Người gửi đã được ghi nhớ: không phải văn bản.",
		.actor_name = "registry",
	};

	{
		auto_query *query = db_query(db, select_filed, why);

		if (!query)
			return false;
		query_int(query, 1, letter_id);
		if (!query_row(query, why))
			return why->kind == FAIL_NONE;
		decision.version = query_get_int(query, 0);
	}
	return letter_decide(db, &decision, why);
}
