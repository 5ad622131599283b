#include "core/extension.h"
#include "base/tree.h"
#include "core/assignment_row.h"
#include "core/notification.h"
#include "core/reason.h"
#include "core/sight.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

static const char select_all[] =
	"SELECT x.id, x.assignment_id, coalesce(n.name, p.name), x.old_day,"
	"       x.wanted_day, x.reason, x.state, a.name, x.asked_at, d.name,"
	"       x.decided_at, x.note"
	"  FROM extension x JOIN assignment t ON t.id = x.assignment_id"
	"  LEFT JOIN unit n ON n.id = t.unit_id"
	"  LEFT JOIN user_account p ON p.id = t.user_id"
	"  JOIN user_account a ON a.id = x.asked_by"
	"  LEFT JOIN user_account d ON d.id = x.decided_by"
	" WHERE x.entry_id = ?1 ORDER BY x.id DESC";

static const char select_entry[] =
	"SELECT entry_id FROM extension WHERE id = ?1";

static const char insert_extension[] =
	"INSERT INTO extension (entry_id, assignment_id, old_day, wanted_day,"
	"                       reason, asked_by, asked_at, asked_of)"
	" SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7,"
	"        coalesce((SELECT given_by FROM assignment WHERE id = ?2"
	"                     AND parent_id IS NOT NULL),"
	"                 (SELECT i.author_id FROM instruction i"
	"                    JOIN assignment a ON a.instruction_id = i.id"
	"                   WHERE a.id = ?2))";

static const char select_asked_of[] =
	"SELECT asked_of FROM extension WHERE assignment_id = ?1"
	"   AND state = 'asked'";

static const char select_parent_due[] =
	"SELECT due_day FROM assignment WHERE id = ?1";

/* clang-format off */
static const char select_one[] =
	"SELECT x.assignment_id, x.old_day, x.wanted_day, x.state, x.asked_by,"
	"       x.asked_of IN " SIGHT_PEOPLE("?2", "?3") ","
	"       a.role = 'lead' AND a.parent_id IS NULL,"
	"       a.state IN ('sent', 'working')"
	"  FROM extension x JOIN assignment a ON a.id = x.assignment_id"
	" WHERE x.id = ?1 AND x.entry_id = ?4";
/* clang-format on */

static const char update_decided[] =
	"UPDATE extension SET state = ?2, decided_by = ?3, decided_at = ?4,"
	"       note = ?5 WHERE id = ?1";

static const char update_due[] =
	"UPDATE assignment SET due_day = ?2, due_days = NULL WHERE id = ?1";

static const char update_flow[] =
	"UPDATE flow SET original_due_day = coalesce(original_due_day,"
	"       due_day), due_day = ?2 WHERE entry_id = ?1";

bool extension_list(struct db *db, int64_t entry_id, struct arena *arena,
		    struct extension_list *ret_list, struct fail *why)
{
	struct extension *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = (struct extension){
			.id = query_get_int(query, 0),
			.assignment_id = query_get_int(query, 1),
			.name = query_get_text(query, 2, arena),
			.old_day = query_get_text(query, 3, arena),
			.wanted_day = query_get_text(query, 4, arena),
			.reason = query_get_text(query, 5, arena),
			.state = query_get_text(query, 6, arena),
			.asked_name = query_get_text(query, 7, arena),
			.asked_at = query_get_int(query, 8),
			.decided_name = query_get_text(query, 9, arena),
			.decided_at = query_get_int(query, 10),
			.note = query_get_text(query, 11, arena),
		};
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct extension_list){ all, count };
	return true;
}

bool extension_find_entry(struct db *db, int64_t id, int64_t *ret_entry_id,
			  struct fail *why)
{
	if (db_load_int(db, select_entry, id, ret_entry_id, why))
		return true;
	return fail_not_found(why, "flow.none", "Không có đề nghị này.",
			      "no such extension");
}

static bool find_latest(struct flow_step *step, const struct assignment *mine,
			const char **ret_latest, struct fail *why)
{
	*ret_latest = NULL;
	if (!mine->parent_id)
		return true;
	auto_query *query = db_query(step->db, select_parent_due, why);
	if (!query)
		return false;
	query_int(query, 1, mine->parent_id);
	if (!query_one(query, why))
		return false;
	*ret_latest = query_get_text(query, 0, step->arena);
	return true;
}

static bool check_wish(struct flow_step *step, const struct assignment *mine,
		       const struct extension_wish *wish, struct fail *why)
{
	const char *latest;
	if (!mine->id)
		return flow_denied(why, "nothing here is this person's to do");
	if (!find_latest(step, mine, &latest, why) ||
	    !assignment_check_due(step, wish->day, latest, why))
		return false;
	if (mine->due_day && strcmp(wish->day, mine->due_day) > 0)
		return true;
	fail(why, FAIL_INVALID, "an extension is later than the deadline");
	return fail_code(why, "flow.due", "Hạn mới phải sau hạn đang có.");
}

static bool insert(struct flow_step *step, const struct assignment *mine,
		   const char *day, const char *reason, struct fail *why)
{
	auto_query *query = db_query(step->db, insert_extension, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, mine->id);
	query_text(query, 3, mine->due_day);
	query_text(query, 4, day);
	query_text(query, 5, reason);
	query_int(query, 6, step->change->actor.id);
	query_int(query, 7, step->now);
	if (query_run(query, why))
		return true;
	if (why->kind != FAIL_CONFLICT)
		return false;
	fail(why, FAIL_CONFLICT, "one waits for its decision already");
	return fail_code(why, "flow.asked", "Đã có đề nghị đang chờ duyệt.");
}

static bool tell_asked(struct flow_step *step, int64_t assignment_id,
		       const char *reason, struct fail *why)
{
	const struct notification_news news = {
		.kind = "extension_asked",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.text = reason,
		.now = step->now,
	};
	int64_t asked_of;
	return db_load_int(step->db, select_asked_of, assignment_id, &asked_of,
			   why) &&
	       notification_add(step->db, &news, asked_of, why);
}

static bool ask(struct flow_step *step, const struct extension_wish *wish,
		struct fail *why)
{
	const struct assignment_question question = {
		.actor = &step->change->actor,
		.entry_id = step->entry.id,
		.id = wish->assignment_id,
		.now = step->now,
	};
	auto_tree *detail = tree_create();
	const char *reason = NULL;
	struct assignment mine;
	if (!reason_check(wish->reason, step->arena, &reason, why) ||
	    !flow_step_need(step, " routed working ", why) ||
	    !assignment_find_mine(step->db, &question, step->arena, &mine,
				  why) ||
	    !check_wish(step, &mine, wish, why) ||
	    !insert(step, &mine, wish->day, reason, why) ||
	    !tell_asked(step, mine.id, reason, why))
		return false;
	tree_set_text(detail, "name", mine.name);
	tree_set_text(detail, "old_day", mine.due_day);
	tree_set_text(detail, "wanted_day", wish->day);
	tree_set_text(detail, "reason", reason);
	return flow_step_end(step, "flow.extend_ask", detail, NULL, why);
}

bool extension_ask(struct db *db, const struct flow_change *change,
		   const struct extension_wish *wish, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || ask(&step, wish, why)) &&
	       transaction_commit(transaction, why);
}

struct asked {
	int64_t assignment_id, asked_by;
	const char *old_day, *wanted_day, *state;
	bool may, leads, is_open;
};

static bool load_asked(struct flow_step *step, int64_t id, struct asked *asked,
		       struct fail *why)
{
	auto_query *query = db_query(step->db, select_one, why);
	if (!query)
		return false;
	query_int(query, 1, id);
	query_int(query, 2, step->change->actor.id);
	query_text(query, 3, step->today);
	query_int(query, 4, step->entry.id);
	if (!query_one(query, why))
		return false;
	*asked = (struct asked){
		.assignment_id = query_get_int(query, 0),
		.old_day = query_get_text(query, 1, step->arena),
		.wanted_day = query_get_text(query, 2, step->arena),
		.state = query_get_text(query, 3, step->arena),
		.asked_by = query_get_int(query, 4),
		.may = query_get_int(query, 5) == 1,
		.leads = query_get_int(query, 6) == 1,
		.is_open = query_get_int(query, 7) == 1,
	};
	if (!asked->may)
		return flow_denied(why, "somebody else was asked");
	if (strcmp(asked->state, "asked") == 0 && asked->is_open)
		return true;
	fail(why, FAIL_CONFLICT, "it was decided already");
	return fail_code(why, "flow.decided", "Đề nghị đã được giải quyết.");
}

static bool set_decided(struct flow_step *step,
			const struct extension_decision *decision,
			const char *note, struct fail *why)
{
	auto_query *query = db_query(step->db, update_decided, why);
	if (!query)
		return false;
	query_int(query, 1, decision->id);
	query_text(query, 2, decision->approve ? "approved" : "refused");
	query_int(query, 3, step->change->actor.id);
	query_int(query, 4, step->now);
	query_text(query, 5, note);
	return query_run(query, why);
}

static bool decide(struct flow_step *step,
		   const struct extension_decision *decision, struct fail *why)
{
	const char *note =
		viet_normal(decision->note ? decision->note : "", step->arena);
	struct notification_news news = {
		.kind = decision->approve ? "extended" : "extension_refused",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.text = note,
		.now = step->now,
	};
	auto_tree *detail = tree_create();
	struct asked asked;
	if (!load_asked(step, decision->id, &asked, why) ||
	    !set_decided(step, decision, note, why) ||
	    (decision->approve &&
	     !flow_step_run(step->db, update_due, asked.assignment_id,
			    asked.wanted_day, why)) ||
	    (decision->approve && asked.leads &&
	     !flow_step_run(step->db, update_flow, step->entry.id,
			    asked.wanted_day, why)) ||
	    !notification_add(step->db, &news, asked.asked_by, why))
		return false;
	tree_set_text(detail, "old_day", asked.old_day);
	tree_set_text(detail, "wanted_day", asked.wanted_day);
	tree_set_text(detail, "note", note);
	return flow_step_end(step,
			     decision->approve ? "flow.extend"
					       : "flow.extend_refuse",
			     detail, NULL, why);
}

bool extension_decide(struct db *db, const struct flow_change *change,
		      const struct extension_decision *decision,
		      struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || decide(&step, decision, why)) &&
	       transaction_commit(transaction, why);
}
