/*
 * What becomes of an assignment: opened, given on inside the unit, begun,
 * done, given back.
 */
#include "base/tree.h"
#include "core/assignment_row.h"
#include "core/entry_row.h"
#include "core/notification.h"
#include "core/reason.h"
#include "core/sight.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

static const char update_children[] =
	"UPDATE assignment SET state = 'replaced'"
	" WHERE parent_id = ?1 AND state IN ('sent', 'working')";

static const char update_started[] =
	"UPDATE assignment SET state = 'working',"
	"       started_at = coalesce(started_at, ?2)"
	" WHERE id = ?1 AND state = 'sent'";

static const char update_done[] =
	"UPDATE assignment SET state = 'done', done_at = ?2, done_day = ?3,"
	"       done_by = ?4, result = ?5"
	" WHERE state IN ('sent', 'working')"
	"   AND (id = ?1 OR parent_id = ?1 OR id = ?6)";

static const char update_returned[] =
	"UPDATE assignment SET state = 'returned', reason = ?2"
	" WHERE state IN ('sent', 'working') AND (id = ?1 OR parent_id = ?1)";

static const char update_flow_done[] =
	"UPDATE flow SET done_at = ?2, done_day = ?3, done_by = ?4,"
	"       result = ?5, reply_id = ?6 WHERE entry_id = ?1";

static const char update_flow_returned[] =
	"UPDATE flow SET return_reason = ?2, returned_at = ?3, due_day = NULL"
	" WHERE entry_id = ?1";

static const char select_person[] =
	"SELECT count(*) FROM user_account"
	" WHERE id = ?1 AND unit_id = ?2 AND state = 'active'";

/* clang-format off */
static const char update_opened[] =
	"UPDATE assignment SET opened_at = ?4, opened_by = ?2"
	" WHERE entry_id = ?1 AND opened_at IS NULL AND given_by <> ?2"
	"   AND state IN ('sent', 'working', 'done')"
	"   AND (user_id IN " SIGHT_PEOPLE("?2", "?5")
	"     OR unit_id IN " SIGHT_UNITS("?2", "?3", "?5") ")";
/* clang-format on */

static const char update_instruction_opened[] =
	"UPDATE instruction SET opened_at = ?2 WHERE entry_id = ?1"
	"   AND opened_at IS NULL AND state = 'in_force'";

static bool find_mine(struct flow_step *step, int64_t id,
		      struct assignment *ret_mine, struct fail *why)
{
	const struct assignment_question question = {
		.actor = &step->change->actor,
		.entry_id = step->entry.id,
		.id = id,
		.now = step->now,
	};
	if (!assignment_find_mine(step->db, &question, step->arena, ret_mine,
				  why))
		return false;
	return ret_mine->id ||
	       flow_denied(why, "nothing here is this person's to do");
}

static bool check_people(struct flow_step *step,
			 const struct assignment *parent,
			 const struct assignment_giving *giving,
			 struct fail *why)
{
	for (size_t i = 0; i < giving->count; i++) {
		auto_query *query = db_query(step->db, select_person, why);
		if (!query)
			return false;
		query_int(query, 1, giving->people[i].user_id);
		query_int(query, 2, parent->unit_id);
		if (!query_one(query, why))
			return false;
		if (query_get_int(query, 0) == 1)
			continue;
		fail(why, FAIL_INVALID, "a person is not of this unit");
		return fail_code(why, "flow.unit",
				 "Chỉ giao cho người trong đơn vị.");
	}
	return true;
}

static bool start(struct flow_step *step, const struct assignment *mine,
		  struct fail *why)
{
	auto_query *query = db_query(step->db, update_started, why);
	if (!query)
		return false;
	query_int(query, 1, mine->id);
	query_int(query, 2, step->now);
	if (!query_run(query, why))
		return false;
	if (!mine->parent_id)
		return true;
	struct assignment parent = { .id = mine->parent_id };
	return start(step, &parent, why);
}

/* The document's status follows the one that leads. */
static const char *status_begun(const struct flow_step *step,
				const struct assignment *mine)
{
	bool routed = strcmp(step->entry.status, "routed") == 0;
	return routed && strcmp(mine->top_role, "lead") == 0 ? "working" : NULL;
}

static bool insert_people(struct flow_step *step,
			  const struct assignment *parent,
			  const struct assignment_giving *giving,
			  struct fail *why)
{
	struct assignment_making making = {
		.instruction_id = parent->instruction_id,
		.parent_id = parent->id,
		.due_day = giving->due_day ? giving->due_day : parent->due_day,
		.text = giving->note,
	};
	for (size_t i = 0; i < giving->count; i++) {
		making.wish = &giving->people[i];
		if (!assignment_insert(step, &making, why))
			return false;
	}
	return true;
}

static bool give(struct flow_step *step, const struct assignment_giving *giving,
		 struct fail *why)
{
	struct assignment parent;
	auto_tree *detail = tree_create();
	size_t lead;
	if (!flow_step_need(step, " routed working information ", why) ||
	    !find_mine(step, giving->id, &parent, why))
		return false;
	if (!parent.unit_id ||
	    !(step->change->actor.roles & 1u << ROLE_UNIT_HEAD))
		return flow_denied(why, "only its head gives a unit's work on");
	if (!assignment_check_lead(giving->people, giving->count, &lead, why) ||
	    !check_people(step, &parent, giving, why) ||
	    (giving->due_day && !assignment_check_due(step, giving->due_day,
						      parent.due_day, why)) ||
	    !flow_step_run(step->db, update_children, parent.id, NULL, why) ||
	    !insert_people(step, &parent, giving, why) ||
	    !start(step, &parent, why))
		return false;
	tree_set_int(detail, "assignment", parent.id);
	tree_set_text(detail, "unit", parent.name);
	tree_set_text(detail, "note", giving->note ? giving->note : "");
	tree_set_text(detail, "due_day",
		      giving->due_day ? giving->due_day : parent.due_day);
	return assignment_print_places(step, parent.instruction_id, parent.id,
				       detail, why) &&
	       flow_step_end(step, "flow.assign", detail,
			     status_begun(step, &parent), why);
}

bool assignment_give(struct db *db, const struct flow_change *change,
		     const struct assignment_giving *giving, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || give(&step, giving, why)) &&
	       transaction_commit(transaction, why);
}

static bool start_mine(struct flow_step *step, int64_t id, struct fail *why)
{
	struct assignment mine;
	auto_tree *detail = tree_create();
	if (!flow_step_need(step, " routed working information ", why) ||
	    !find_mine(step, id, &mine, why) || !start(step, &mine, why))
		return false;
	tree_set_text(detail, "name", mine.name);
	return flow_step_end(step, "flow.start", detail,
			     status_begun(step, &mine), why);
}

bool assignment_start(struct db *db, const struct flow_change *change,
		      int64_t id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || start_mine(&step, id, why)) &&
	       transaction_commit(transaction, why);
}

static bool set_done(struct flow_step *step, const struct assignment *mine,
		     const char *result, bool with_parent, struct fail *why)
{
	auto_query *query = db_query(step->db, update_done, why);
	if (!query)
		return false;
	query_int(query, 1, mine->id);
	query_int(query, 2, step->now);
	query_text(query, 3, step->today);
	query_int(query, 4, step->change->actor.id);
	query_text(query, 5, result);
	query_int(query, 6, with_parent ? mine->parent_id : 0);
	if (!query_run(query, why))
		return false;
	if (!with_parent || !mine->parent_id)
		return true;
	struct assignment parent = { .id = mine->parent_id };
	return set_done(step, &parent, result, false, why);
}

static bool set_flow_done(struct flow_step *step, const char *result,
			  int64_t reply_id, struct fail *why)
{
	if (!flow_step_touch(step, why))
		return false;
	auto_query *query = db_query(step->db, update_flow_done, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, step->now);
	query_text(query, 3, step->today);
	query_int(query, 4, step->change->actor.id);
	query_text(query, 5, result);
	query_int_or_null(query, 6, reply_id);
	return query_run(query, why);
}

static bool complete(struct flow_step *step,
		     const struct assignment_ending *ending, struct fail *why)
{
	struct assignment mine;
	auto_tree *detail = tree_create();
	const char *result =
		viet_normal(ending->result ? ending->result : "", step->arena);
	if (!flow_step_need(step, " routed working information ", why) ||
	    !find_mine(step, ending->id, &mine, why))
		return false;
	bool leads = strcmp(mine.role, "lead") == 0;
	bool whole = leads && strcmp(mine.top_role, "lead") == 0;
	if (!set_done(step, &mine, result, leads, why) ||
	    (whole && !set_flow_done(step, result, ending->reply_id, why)))
		return false;
	tree_set_text(detail, "name", mine.name);
	tree_set_text(detail, "role", mine.role);
	tree_set_text(detail, "result", result);
	tree_set_text(detail, "due_day", step->flow.due_day);
	if (ending->reply_id)
		tree_set_int(detail, "reply", ending->reply_id);
	return flow_step_end(step, whole ? "flow.complete" : "flow.part_done",
			     detail, whole ? "done" : NULL, why);
}

bool assignment_complete(struct db *db, const struct flow_change *change,
			 const struct assignment_ending *ending,
			 struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || complete(&step, ending, why)) &&
	       transaction_commit(transaction, why);
}

/* Where it goes: from a person of a unit to the head, else to the clerk. */
static bool tell_returned(struct flow_step *step,
			  const struct assignment *mine, const char *reason,
			  struct fail *why)
{
	const struct notification_news news = {
		.kind = "returned",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.text = reason,
		.now = step->now,
	};
	if (mine->parent_id)
		return notification_add(step->db, &news, mine->given_by, why);
	return notification_add_role(step->db, &news, ROLE_CLERK, why);
}

static bool set_returned(struct flow_step *step, const char *reason,
			 struct fail *why)
{
	auto_query *query = db_query(step->db, update_flow_returned, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_text(query, 2, reason);
	query_int(query, 3, step->now);
	return query_run(query, why);
}

static bool give_back(struct flow_step *step, int64_t id, const char *text,
		      struct fail *why)
{
	struct assignment mine;
	const char *reason = NULL;
	auto_tree *detail = tree_create();
	if (!reason_check(text, step->arena, &reason, why) ||
	    !flow_step_need(step, " routed working information ", why) ||
	    !find_mine(step, id, &mine, why))
		return false;
	if (mine.unit_id && !(step->change->actor.roles & 1u << ROLE_UNIT_HEAD))
		return flow_denied(why, "only its head gives it back");
	bool whole = !mine.parent_id && strcmp(mine.role, "lead") == 0;
	if (!flow_step_run(step->db, update_returned, mine.id, reason, why) ||
	    !flow_step_touch(step, why) ||
	    (whole && !set_returned(step, reason, why)) ||
	    !tell_returned(step, &mine, reason, why))
		return false;
	tree_set_text(detail, "name", mine.name);
	tree_set_text(detail, "to", mine.parent_id ? "head" : "clerk");
	tree_set_text(detail, "reason", reason);
	return flow_step_end(step, "flow.return", detail,
			     whole ? "registered" : NULL, why);
}

bool assignment_return(struct db *db, const struct flow_change *change,
		       int64_t id, const char *reason, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || give_back(&step, id, reason, why)) &&
	       transaction_commit(transaction, why);
}

static bool set_opened(struct db *db, int64_t entry_id,
		       const struct actor *actor, int64_t now,
		       struct fail *why)
{
	char today[DAY_SIZE];
	auto_query *query = db_query(db, update_opened, why);
	if (!query)
		return false;
	day_print(moment_day(now), today);
	query_int(query, 1, entry_id);
	query_int(query, 2, actor->id);
	query_int_or_null(query, 3, actor->unit_id);
	query_int(query, 4, now);
	query_text(query, 5, today);
	return query_run(query, why);
}

bool assignment_opened(struct db *db, int64_t entry_id,
		       const struct actor *actor, int64_t now,
		       struct fail *why)
{
	const struct entry_event event = {
		.actor = actor,
		.action = "entry.open",
		.id = entry_id,
	};
	if (!set_opened(db, entry_id, actor, now, why))
		return false;
	if (db_changes(db) == 0)
		return true;
	auto_query *query = db_query(db, update_instruction_opened, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	query_int(query, 2, now);
	return query_run(query, why) && entry_note(db, &event, why);
}
