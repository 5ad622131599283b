#include "core/dispatch.h"
#include "base/tree.h"
#include "core/entry_row.h"
#include "store/db.h"
#include "store/query.h"

static const char select_last[] =
	"SELECT d.id, d.receivers, d.send_at, d.asked_at, d.stopped_at,"
	"       CASE WHEN d.state = 'held' AND d.send_at <= ?2 THEN 'ready'"
	"            ELSE d.state END, a.name, s.name"
	"  FROM dispatch d JOIN user_account a ON a.id = d.asked_by"
	"  LEFT JOIN user_account s ON s.id = d.stopped_by"
	" WHERE d.entry_id = ?1 ORDER BY d.id DESC LIMIT 1";

static const char select_entry[] =
	"SELECT e.direction = 'out' AND e.state = 'valid',"
	"       (SELECT count(*) FROM entry_receiver r WHERE r.entry_id = e.id)"
	"  FROM entry e WHERE e.id = ?1";

static const char insert_dispatch[] =
	"INSERT INTO dispatch (entry_id, receivers, send_at, asked_by,"
	"                      asked_at)"
	" VALUES (?1, ?2, ?3, ?4, ?5)";

static const char update_stopped[] =
	"UPDATE dispatch SET state = 'stopped', stopped_by = ?2,"
	"       stopped_at = ?3"
	" WHERE entry_id = ?1 AND state = 'held' AND send_at > ?3";

static const char update_ready[] =
	"UPDATE dispatch SET state = 'ready'"
	" WHERE state = 'held' AND send_at <= ?1";

bool dispatch_load(struct db *db, int64_t entry_id, int64_t now,
		   struct arena *arena, struct dispatch *ret_dispatch,
		   struct fail *why)
{
	auto_query *query = db_query(db, select_last, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, now);
	*ret_dispatch = (struct dispatch){ .state = "none" };
	if (!query_row(query, why))
		return why->kind == FAIL_NONE;
	*ret_dispatch = (struct dispatch){
		.id = query_get_int(query, 0),
		.receivers = query_get_int(query, 1),
		.send_at = query_get_int(query, 2),
		.asked_at = query_get_int(query, 3),
		.stopped_at = query_get_int(query, 4),
		.state = query_get_text(query, 5, arena),
		.asked_name = query_get_text(query, 6, arena),
		.stopped_name = query_get_text(query, 7, arena),
	};
	return true;
}

static bool check_entry(struct db *db, int64_t entry_id,
			int64_t *ret_receivers, struct fail *why)
{
	auto_query *query = db_query(db, select_entry, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	if (!query_one(query, why))
		return false;
	*ret_receivers = query_get_int(query, 1);
	if (!query_get_int(query, 0)) {
		fail(why, FAIL_CONFLICT, "only a valid outgoing entry is sent");
		return fail_code(why, "flow.state",
				 "Chỉ gửi văn bản đi còn hiệu lực.");
	}
	if (*ret_receivers)
		return true;
	fail(why, FAIL_CONFLICT, "there is nobody to send it to");
	return fail_code(why, "dispatch.nobody", "Chưa có nơi nhận.");
}

static bool note(struct db *db, int64_t entry_id, const struct actor *actor,
		 const char *action, int64_t receivers, struct fail *why)
{
	auto_tree *detail = tree_create();
	const struct entry_event event = {
		.actor = actor,
		.action = action,
		.id = entry_id,
		.detail = detail,
	};
	tree_set_int(detail, "receivers", receivers);
	return entry_note(db, &event, why);
}

bool dispatch_add(struct db *db, int64_t entry_id, const struct actor *actor,
		  int64_t now, struct fail *why)
{
	int64_t receivers = 0;
	if (!check_entry(db, entry_id, &receivers, why))
		return false;
	auto_query *query = db_query(db, insert_dispatch, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, receivers);
	query_int(query, 3, now + DISPATCH_HOLD_SECONDS);
	query_int(query, 4, actor->id);
	query_int(query, 5, now);
	if (query_run(query, why))
		return note(db, entry_id, actor, "dispatch.hold", receivers,
			    why);
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT, "it is sent already");
	return fail_code(why, "dispatch.there", "Văn bản này đã được gửi.");
}

bool dispatch_stop(struct db *db, int64_t entry_id, const struct actor *actor,
		   int64_t now, struct fail *why)
{
	{
		auto_query *query = db_query(db, update_stopped, why);
		if (!query)
			return false;
		query_int(query, 1, entry_id);
		query_int(query, 2, actor->id);
		query_int(query, 3, now);
		if (!query_run(query, why))
			return false;
	}
	if (db_changes(db) == 1)
		return note(db, entry_id, actor, "dispatch.stop", 0, why);
	fail(why, FAIL_CONFLICT, "too late to stop the sending");
	return fail_code(why, "dispatch.late",
			 "Không dừng gửi được nữa. Dùng Thu hồi.");
}

bool dispatch_run(struct db *db, int64_t now, struct fail *why)
{
	return db_run_one(db, update_ready, now, why);
}
