/*
 * Giving an instruction, in this order: whose is it, may it be given now, to
 * whom and until when; then what it replaces goes out of force, its own
 * places come in, and the document's status follows. Taking it back turns all
 * of that round.
 */
#include "base/tree.h"
#include "core/assignment_row.h"
#include "core/calendar.h"
#include "core/entry_row.h"
#include "core/instruction.h"
#include "core/sight.h"
#include "store/db.h"
#include "store/query.h"
#include "store/transaction.h"
#include "viet/fold.h"
#include <string.h>

enum {
	REMIND_DAYS_MAX = 30
};

/* clang-format off */
/* The author: the wish, else the person if a leader, else the leader whom the
 * person stands in for and to whom the document was submitted. */
static const char select_author[] =
	"SELECT u.id, u.name, u.id IN " SIGHT_PEOPLE("?1", "?4")
	"  FROM user_account u JOIN user_role r"
	"    ON r.user_id = u.id AND r.role = 'leader'"
	" WHERE u.organisation_id = ?5 AND u.state = 'active'"
	"   AND (u.id = ?2 OR (?2 = 0"
	"    AND (u.id = ?1 OR (u.id = ?3"
	"     AND u.id IN " SIGHT_PEOPLE("?1", "?4") "))))"
	" ORDER BY u.id <> ?1 LIMIT 1";

static const char select_recall[] =
	"SELECT i.author_id IN " SIGHT_PEOPLE("?2", "?3")
	"       OR i.recorded_by = ?2,"
	"       i.state, i.opened_at, i.at, i.replaces_id, i.status_before,"
	"       i.entry_id"
	"  FROM instruction i WHERE i.id = ?1";
/* clang-format on */

static const char select_in_force[] =
	"SELECT id FROM instruction WHERE entry_id = ?1 AND state = 'in_force'"
	" ORDER BY id DESC LIMIT 1";

static const char insert_instruction[] =
	"INSERT INTO instruction (entry_id, author_id, recorded_by, text,"
	"       due_day, due_days, remind_days, information_only,"
	"       replaces_id, status_before, at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";

static const char update_state[] =
	"UPDATE instruction SET state = ?2 WHERE id = ?1";

static const char replace_places[] =
	"UPDATE assignment SET state = 'replaced' WHERE instruction_id = ?1"
	"   AND state IN ('sent', 'working')";

static const char recall_places[] =
	"UPDATE assignment SET state = 'recalled' WHERE instruction_id = ?1"
	"   AND state IN ('sent', 'working')";

static const char restore_places[] =
	"UPDATE assignment SET state = CASE WHEN started_at IS NULL"
	"       THEN 'sent' ELSE 'working' END"
	" WHERE instruction_id = ?1 AND state = 'replaced'";

static const char update_flow[] =
	"UPDATE flow SET due_day = ?2, return_reason = NULL,"
	"       returned_at = NULL, original_due_day = NULL"
	" WHERE entry_id = ?1";

static const char update_flow_due[] =
	"UPDATE flow SET due_day = (SELECT due_day FROM assignment a"
	"         WHERE a.entry_id = ?1 AND a.role = 'lead'"
	"           AND a.parent_id IS NULL AND a.state IN ('sent', 'working'))"
	" WHERE entry_id = ?1";

/* The book's column "đơn vị hoặc người nhận" and the day it was handed on,
 * as long as nobody filled them in. */
static const char update_book[] =
	"UPDATE entry SET passed_day = coalesce(passed_day, ?2),"
	"       receiver = CASE WHEN receiver <> '' THEN receiver ELSE ("
	"         SELECT coalesce(group_concat(name, '; '), '') FROM ("
	"           SELECT coalesce(n.name, p.name) AS name FROM assignment a"
	"             LEFT JOIN unit n ON n.id = a.unit_id"
	"             LEFT JOIN user_account p ON p.id = a.user_id"
	"            WHERE a.entry_id = ?1 AND a.parent_id IS NULL"
	"              AND a.state = 'sent' AND a.role <> 'inform'"
	"            ORDER BY a.id)) END"
	" WHERE id = ?1";

struct giving {
	struct flow_step step;
	const struct instruction_wish *wish;
	int64_t author_id, recorded_by, id, replaces_id;
	const char *author_name, *text, *due_day;
	bool for_information; /* nobody leads */
};

static bool find_author(struct giving *giving, struct fail *why)
{
	const struct flow_step *step = &giving->step;
	const struct actor *actor = &step->change->actor;
	auto_query *query = db_query(step->db, select_author, why);
	if (!query)
		return false;
	query_int(query, 1, actor->id);
	query_int(query, 2, giving->wish->behalf);
	query_int(query, 3, step->flow.submitted_to);
	query_text(query, 4, step->today);
	query_int(query, 5, actor->organisation_id);
	if (query_row(query, why)) {
		bool may = query_get_int(query, 2) == 1 ||
			   (actor->roles & 1u << ROLE_CLERK);
		giving->author_id = query_get_int(query, 0);
		giving->author_name = query_get_text(query, 1, step->arena);
		if (giving->author_id != actor->id)
			giving->recorded_by = actor->id;
		return may || flow_denied(why, "that leader is not absent");
	}
	if (why->kind != FAIL_NONE)
		return false;
	fail(why, FAIL_DENIED, "an instruction is a leader's");
	return fail_code(why, "flow.leader",
			 "Bút phê là của lãnh đạo. Chọn lãnh đạo đã ghi ý kiến"
			 " trên bản giấy.");
}

static bool check_replaced(struct giving *giving, struct fail *why)
{
	int64_t in_force = 0;
	auto_query *query = db_query(giving->step.db, select_in_force, why);
	if (!query)
		return false;
	query_int(query, 1, giving->step.entry.id);
	if (query_row(query, why))
		in_force = query_get_int(query, 0);
	else if (why->kind != FAIL_NONE)
		return false;
	giving->replaces_id = in_force;
	/* Sent back to the clerk, or for information, it starts anew. */
	if (giving->wish->replaces_id == in_force ||
	    (!giving->wish->replaces_id &&
	     strcmp(giving->step.entry.status, "routed") != 0 &&
	     strcmp(giving->step.entry.status, "working") != 0))
		return true;
	fail(why, FAIL_CONFLICT, "another instruction is in force");
	return fail_code(why, "flow.instructed",
			 "Văn bản đã có bút phê. Dùng Điều chỉnh bút phê.");
}

static bool find_due(struct giving *giving, struct fail *why)
{
	const struct instruction_wish *wish = giving->wish;
	struct flow_step *step = &giving->step;
	struct calendar calendar;
	char iso[DAY_SIZE];
	if (wish->due_days < 0 || wish->due_days > CALENDAR_TERM_MAX)
		return fail(why, FAIL_INVALID, "'due_days' is 1 to %d",
			    CALENDAR_TERM_MAX);
	if (!wish->due_days) {
		giving->due_day = wish->due_day;
		return !wish->due_day ||
		       assignment_check_due(step, wish->due_day, NULL, why);
	}
	if (!calendar_load(step->db, step->entry.organisation_id, step->arena,
			   &calendar, why))
		return false;
	day_print(calendar_add(&calendar, moment_day(step->now),
			       wish->due_days),
		  iso);
	giving->due_day = arena_copy(step->arena, iso);
	return true;
}

static bool check_places(struct giving *giving, struct fail *why)
{
	const struct instruction_wish *wish = giving->wish;
	size_t lead = 0;
	if (wish->count > INSTRUCTION_PLACES_MAX)
		return fail(why, FAIL_LIMIT, "at most %d units and people",
			    INSTRUCTION_PLACES_MAX);
	giving->for_information = wish->information_only;
	for (size_t i = 0; i < wish->count; i++) {
		const struct assignment_wish *place = &wish->places[i];
		giving->for_information &= place->role == ASSIGNMENT_INFORM;
		if (place->due_day &&
		    !assignment_check_due(&giving->step, place->due_day,
					  giving->due_day, why))
			return false;
	}
	return giving->for_information ||
	       assignment_check_lead(wish->places, wish->count, &lead, why);
}

static bool insert(struct giving *giving, struct fail *why)
{
	const struct instruction_wish *wish = giving->wish;
	struct flow_step *step = &giving->step;
	auto_query *query = db_query(step->db, insert_instruction, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_int(query, 2, giving->author_id);
	query_int_or_null(query, 3, giving->recorded_by);
	query_text(query, 4, giving->text);
	query_text(query, 5, giving->due_day);
	query_int_or_null(query, 6, wish->due_days);
	query_int(query, 7, wish->remind_days);
	query_int(query, 8, giving->for_information);
	query_int_or_null(query, 9, giving->replaces_id);
	query_text(query, 10, step->entry.status);
	query_int(query, 11, step->now);
	if (!query_run(query, why))
		return false;
	giving->id = db_last_id(step->db);
	return true;
}

static bool insert_places(struct giving *giving, struct fail *why)
{
	const struct instruction_wish *wish = giving->wish;
	for (size_t i = 0; i < wish->count; i++) {
		struct assignment_wish place = wish->places[i];
		const struct assignment_making making = {
			.instruction_id = giving->id,
			.wish = &place,
			.due_day = place.due_day ? place.due_day
						 : giving->due_day,
			.due_days = place.due_day ? 0 : wish->due_days,
			.text = giving->text,
		};
		if (giving->for_information)
			place.role = ASSIGNMENT_INFORM;
		if (!assignment_insert(&giving->step, &making, why))
			return false;
	}
	return true;
}

static bool replace(struct giving *giving, struct fail *why)
{
	int64_t old = giving->replaces_id;
	return !old || (flow_step_run(giving->step.db, update_state, old,
				      "replaced", why) &&
			flow_step_run(giving->step.db, replace_places, old,
				      NULL, why));
}

static bool set_flow(struct giving *giving, struct fail *why)
{
	struct flow_step *step = &giving->step;
	if (!flow_step_touch(step, why))
		return false;
	auto_query *query = db_query(step->db, update_flow, why);
	if (!query)
		return false;
	query_int(query, 1, step->entry.id);
	query_text(query, 2, giving->for_information ? NULL : giving->due_day);
	return query_run(query, why) &&
	       flow_step_run(step->db, update_book, step->entry.id,
			     step->today, why) &&
	       (giving->for_information ||
		flow_step_run(step->db, update_flow_due, step->entry.id, NULL,
			      why));
}

/* Two events of the timeline: what was written, and to whom it went. */
static bool note(struct giving *giving, struct fail *why)
{
	struct flow_step *step = &giving->step;
	auto_tree *detail = tree_create(), *places = tree_create();
	const struct entry_event routed = {
		.actor = &step->change->actor,
		.action = "flow.route",
		.id = step->entry.id,
		.detail = places,
	};
	tree_set_int(detail, "instruction", giving->id);
	tree_set_text(detail, "author", giving->author_name);
	tree_set_text(detail, "text", giving->text);
	tree_set_text(detail, "due_day", giving->due_day);
	if (giving->replaces_id)
		tree_set_int(detail, "replaces", giving->replaces_id);
	tree_set_int(places, "instruction", giving->id);
	if (!flow_step_end(step, "flow.instruct", detail,
			   giving->for_information ? "information" : "routed",
			   why))
		return false;
	return !giving->wish->count ||
	       (assignment_print_places(step, giving->id, 0, places, why) &&
		entry_note(step->db, &routed, why));
}

static bool give(struct giving *giving, struct fail *why)
{
	const struct instruction_wish *wish = giving->wish;
	struct flow_step *step = &giving->step;
	giving->text = viet_normal(wish->text ? wish->text : "", step->arena);
	if (strlen(giving->text) > FLOW_TEXT_MAX)
		return fail(why, FAIL_LIMIT, "'text' is too long");
	if (wish->remind_days < -1 || wish->remind_days > REMIND_DAYS_MAX)
		return fail(why, FAIL_INVALID, "'remind_days' is -1 to %d",
			    REMIND_DAYS_MAX);
	return flow_step_need(step,
			      " registered submitted routed working"
			      " information ",
			      why) &&
	       find_author(giving, why) && check_replaced(giving, why) &&
	       find_due(giving, why) && check_places(giving, why) &&
	       replace(giving, why) && insert(giving, why) &&
	       insert_places(giving, why) && set_flow(giving, why) &&
	       note(giving, why);
}

bool instruction_give(struct db *db, const struct flow_change *change,
		      const struct instruction_wish *wish, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct giving giving = {
		.step = { .db = db, .arena = arena, .change = change },
		.wish = wish,
	};
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&giving.step, why) &&
	       (giving.step.is_repeated || give(&giving, why)) &&
	       transaction_commit(transaction, why);
}

struct recall {
	int64_t id, replaces_id;
	const char *status_before;
};

static bool check_recall(struct flow_step *step, struct recall *recall,
			 struct fail *why)
{
	const char *state;
	auto_query *query = db_query(step->db, select_recall, why);
	if (!query)
		return false;
	query_int(query, 1, recall->id);
	query_int(query, 2, step->change->actor.id);
	query_text(query, 3, step->today);
	if (!query_one(query, why) ||
	    query_get_int(query, 6) != step->entry.id)
		return fail(why, FAIL_NOT_FOUND, "no such instruction");
	if (!query_get_int(query, 0))
		return flow_denied(why, "somebody else's instruction");
	state = query_get_text(query, 1, step->arena);
	recall->replaces_id = query_get_int(query, 4);
	recall->status_before = query_get_text(query, 5, step->arena);
	if (strcmp(state, "in_force") == 0 && query_is_null(query, 2) &&
	    step->now <= query_get_int(query, 3) + FLOW_UNDO_SECONDS)
		return true;
	fail(why, FAIL_CONFLICT, "too late to take it back");
	return fail_code(why, "flow.recall_late",
			 "Không thu lại được nữa. Dùng Điều chỉnh bút phê.");
}

static bool restore(struct flow_step *step, const struct recall *recall,
		    struct fail *why)
{
	int64_t old = recall->replaces_id;
	return !old ||
	       (flow_step_run(step->db, update_state, old, "in_force", why) &&
		flow_step_run(step->db, restore_places, old, NULL, why));
}

static bool take_back(struct flow_step *step, int64_t id, struct fail *why)
{
	struct recall recall = { .id = id };
	auto_tree *detail = tree_create();
	tree_set_int(detail, "instruction", id);
	return check_recall(step, &recall, why) &&
	       flow_step_run(step->db, update_state, id, "recalled", why) &&
	       flow_step_run(step->db, recall_places, id, NULL, why) &&
	       restore(step, &recall, why) &&
	       flow_step_run(step->db, update_flow_due, step->entry.id, NULL,
			     why) &&
	       flow_step_end(step, "flow.recall", detail, recall.status_before,
			     why);
}

bool instruction_recall(struct db *db, const struct flow_change *change,
			int64_t id, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	struct flow_step step = { .db = db, .arena = arena, .change = change };
	auto_transaction *transaction = transaction_begin(db, why);
	return transaction && flow_step_begin(&step, why) &&
	       (step.is_repeated || take_back(&step, id, why)) &&
	       transaction_commit(transaction, why);
}
