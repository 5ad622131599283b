/*
 * Handing over: what a leaver has open goes to another person.
 */
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/entry_row.h"
#include "core/notification.h"
#include "core/reason.h"
#include "core/substitute.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"

static const char select_counts[] =
	"SELECT (SELECT count(*) FROM assignment WHERE user_id = ?1"
	"           AND state IN ('sent', 'working')),"
	"       (SELECT count(*) FROM flow f JOIN entry e ON e.id = f.entry_id"
	"         WHERE f.submitted_to = ?1 AND e.status = 'submitted'),"
	"       (SELECT count(*) FROM extension WHERE asked_of = ?1"
	"           AND state = 'asked')";

static const char select_names[] =
	"SELECT f.name, t.name FROM user_account f, user_account t"
	" WHERE f.id = ?1 AND t.id = ?2 AND t.state = 'active'"
	"   AND f.organisation_id = ?3 AND t.organisation_id = ?3"
	"   AND f.id <> t.id";

static const char select_entries[] =
	"SELECT DISTINCT e.id FROM entry e"
	"  LEFT JOIN flow f ON f.entry_id = e.id"
	" WHERE (f.submitted_to = ?1 AND e.status = 'submitted')"
	"    OR EXISTS (SELECT 1 FROM assignment a WHERE a.entry_id = e.id"
	"         AND a.user_id = ?1 AND a.state IN ('sent', 'working'))"
	"    OR EXISTS (SELECT 1 FROM extension x WHERE x.entry_id = e.id"
	"         AND x.asked_of = ?1 AND x.state = 'asked')"
	" ORDER BY e.id";

static const char *const updates[] = {
	"UPDATE assignment SET user_id = ?2, opened_at = NULL,"
	"       opened_by = NULL"
	" WHERE user_id = ?1 AND state IN ('sent', 'working')",
	"UPDATE flow SET submitted_to = ?2 WHERE submitted_to = ?1"
	"   AND entry_id IN (SELECT id FROM entry WHERE status = 'submitted')",
	"UPDATE entry SET submit_to = ?2"
	" WHERE submit_to = ?1 AND status = 'submitted'",
	"UPDATE extension SET asked_of = ?2"
	" WHERE asked_of = ?1 AND state = 'asked'",
};

static const char update_version[] =
	"UPDATE entry SET version = version + 1 WHERE id = ?1";

bool handover_count(struct db *db, int64_t user_id,
		    struct handover *ret_handover, struct fail *why)
{
	auto_query *query = db_query(db, select_counts, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	if (!query_one(query, why))
		return false;
	*ret_handover = (struct handover){
		.assignments = query_get_int(query, 0),
		.submissions = query_get_int(query, 1),
		.extensions = query_get_int(query, 2),
	};
	return true;
}

static bool find_names(struct db *db, const struct handover_wish *wish,
		       const struct actor *actor, struct arena *arena,
		       struct tree *detail, struct fail *why)
{
	auto_query *query = db_query(db, select_names, why);
	if (!query)
		return false;
	query_int(query, 1, wish->from);
	query_int(query, 2, wish->to);
	query_int(query, 3, actor->organisation_id);
	if (wish->to == actor->id) {
		fail(why, FAIL_DENIED, "nobody hands work over to himself");
		return fail_code(why, "handover.self",
				 "Không tự nhận việc bàn giao.");
	}
	if (query_row(query, why)) {
		tree_set_text(detail, "from", query_get_text(query, 0, arena));
		tree_set_text(detail, "to", query_get_text(query, 1, arena));
		return true;
	}
	if (why->kind != FAIL_NONE)
		return false;
	fail(why, FAIL_INVALID, "'to' cannot take it over");
	return fail_code(why, "handover.to", "Chọn người nhận bàn giao.");
}

static bool tell(struct db *db, int64_t entry_id, const struct actor *actor,
		 const struct tree *detail, struct fail *why)
{
	const struct entry_event event = {
		.actor = actor,
		.action = "flow.handover",
		.id = entry_id,
		.detail = detail,
	};
	auto_query *query = db_query(db, update_version, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	return query_run(query, why) && entry_note(db, &event, why);
}

static bool find_entries(struct db *db, int64_t user_id, struct arena *arena,
			 int64_t **ret_ids, size_t *ret_count, struct fail *why)
{
	auto_query *query = db_query(db, select_entries, why);
	if (!query)
		return false;
	query_int(query, 1, user_id);
	return query_list_ids(query, arena, ret_ids, ret_count, why);
}

static bool move(struct db *db, const struct handover_wish *wish,
		 struct fail *why)
{
	for (size_t i = 0; i < sizeof(updates) / sizeof(*updates); i++) {
		auto_query *query = db_query(db, updates[i], why);
		if (!query)
			return false;
		query_int(query, 1, wish->from);
		query_int(query, 2, wish->to);
		if (!query_run(query, why))
			return false;
	}
	return true;
}

static bool audit(struct db *db, const struct handover_wish *wish,
		  const struct actor *actor, const struct tree *detail,
		  struct fail *why)
{
	const struct audit_act act = { "user.handover", "user", wish->from,
				       detail };
	return audit_act(db, actor, &act, why);
}

bool handover_run(struct db *db, const struct handover_wish *wish,
		  const struct actor *actor, struct handover *ret_handover,
		  struct fail *why)
{
	auto_arena *arena = arena_create(0);
	auto_tree *detail = tree_create();
	const char *reason = NULL;
	int64_t *ids = NULL;
	size_t count = 0;
	const struct notification_news news = {
		.kind = "handover",
		.actor = actor,
		.text = wish->reason,
		.now = wish->now,
	};
	auto_transaction *transaction = transaction_begin(db, why);
	if (!transaction || !reason_check(wish->reason, arena, &reason, why) ||
	    !find_names(db, wish, actor, arena, detail, why) ||
	    !handover_count(db, wish->from, ret_handover, why) ||
	    !find_entries(db, wish->from, arena, &ids, &count, why) ||
	    !move(db, wish, why))
		return false;
	tree_set_text(detail, "reason", reason);
	for (size_t i = 0; i < count; i++)
		if (!tell(db, ids[i], actor, detail, why))
			return false;
	return notification_add(db, &news, wish->to, why) &&
	       audit(db, wish, actor, detail, why) &&
	       transaction_commit(transaction, why);
}
