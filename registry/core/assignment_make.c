/*
 * Making assignments: what instructions and unit heads have in common.
 */
#include "base/tree.h"
#include "core/assignment_row.h"
#include "core/notification.h"
#include "store/db.h"
#include "store/query.h"
#include <string.h>

static const char insert_assignment[] =
	"INSERT INTO assignment (entry_id, instruction_id, parent_id, unit_id,"
	"                        user_id, role, due_day, due_days, given_by,"
	"                        at)"
	" VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";

static const char select_places[] =
	"SELECT a.role, coalesce(n.name, p.name) FROM assignment a"
	"  LEFT JOIN unit n ON n.id = a.unit_id"
	"  LEFT JOIN user_account p ON p.id = a.user_id"
	" WHERE a.instruction_id = ?1 AND a.parent_id IS nullif(?2, 0)"
	"   AND a.state IN ('sent', 'working', 'done') ORDER BY a.id";

static bool wrong_place(struct fail *why)
{
	fail(why, FAIL_INVALID, "a unit or person is not there");
	return fail_code(why, "flow.place",
			 "Có đơn vị hoặc người nhận không tồn tại.");
}

static bool notify(struct flow_step *step,
		   const struct assignment_making *making, struct fail *why)
{
	const struct assignment_wish *wish = making->wish;
	const struct notification_news news = {
		.kind = wish->role == ASSIGNMENT_INFORM ? "information"
							: "assigned",
		.entry_id = step->entry.id,
		.actor = &step->change->actor,
		.text = making->text,
		.now = step->now,
	};
	if (wish->unit_id)
		return notification_add_unit(step->db, &news, wish->unit_id,
					     why);
	return notification_add(step->db, &news, wish->user_id, why);
}

bool assignment_insert(struct flow_step *step,
		       const struct assignment_making *making,
		       struct fail *why)
{
	const struct assignment_wish *wish = making->wish;
	bool inform = wish->role == ASSIGNMENT_INFORM;
	auto_query *query = db_query(step->db, insert_assignment, why);
	if (!query)
		return false;
	if (!wish->unit_id == !wish->user_id)
		return wrong_place(why);
	query_int(query, 1, step->entry.id);
	query_int(query, 2, making->instruction_id);
	query_int_or_null(query, 3, making->parent_id);
	query_int_or_null(query, 4, wish->unit_id);
	query_int_or_null(query, 5, wish->user_id);
	query_text(query, 6, assignment_role_name(wish->role));
	query_text(query, 7, inform ? NULL : making->due_day);
	query_int_or_null(query, 8, inform ? 0 : making->due_days);
	query_int(query, 9, step->change->actor.id);
	query_int(query, 10, step->now);
	if (!query_run(query, why))
		return why->kind == FAIL_CONFLICT ? wrong_place(why) : false;
	return notify(step, making, why);
}

bool assignment_check_due(const struct flow_step *step, const char *due_day,
			  const char *latest, struct fail *why)
{
	struct day day;
	if (!day_parse(due_day, &day)) {
		fail(why, FAIL_INVALID, "the deadline is not a day");
		return fail_code(why, "flow.due", "Hạn chưa đúng dạng ngày.");
	}
	if (strcmp(due_day, step->today) < 0) {
		fail(why, FAIL_INVALID, "the deadline lies in the past");
		return fail_code(why, "flow.due", "Hạn đã qua.");
	}
	if (!latest || strcmp(due_day, latest) <= 0)
		return true;
	fail(why, FAIL_INVALID, "the deadline lies after '%s'", latest);
	return fail_code(why, "flow.due",
			 "Hạn của đơn vị, cá nhân không được sau hạn chung.");
}

static bool is_same(const struct assignment_wish *one,
		    const struct assignment_wish *other)
{
	return one->unit_id == other->unit_id && one->user_id == other->user_id;
}

bool assignment_check_lead(const struct assignment_wish *wishes, size_t count,
			   size_t *ret_lead, struct fail *why)
{
	size_t leads = 0;
	for (size_t i = 0; i < count; i++) {
		if (wishes[i].role == ASSIGNMENT_LEAD) {
			*ret_lead = i;
			leads++;
		}
		for (size_t k = 0; k < i; k++)
			if (is_same(&wishes[i], &wishes[k])) {
				fail(why, FAIL_INVALID,
				     "a unit or person is named twice");
				return fail_code(why, "flow.place",
						 "Có đơn vị, người nhận ghi"
						 " hai lần.");
			}
	}
	if (leads == 1)
		return true;
	fail(why, FAIL_INVALID, "exactly one must lead");
	return fail_code(why, "flow.lead",
			 leads ? "Chỉ một đơn vị, cá nhân chủ trì."
			       : "Chọn một đơn vị chủ trì.");
}

bool assignment_print_places(struct flow_step *step, int64_t instruction_id,
			     int64_t parent_id, struct tree *detail,
			     struct fail *why)
{
	struct tree *lists[ASSIGNMENT_ROLE_COUNT];
	auto_query *query = db_query(step->db, select_places, why);
	if (!query)
		return false;
	query_int(query, 1, instruction_id);
	query_int(query, 2, parent_id);
	for (int role = 0; role < ASSIGNMENT_ROLE_COUNT; role++)
		lists[role] = tree_set_list(
			detail,
			assignment_role_name((enum assignment_role)role));
	while (query_row(query, why)) {
		enum assignment_role role = assignment_role_find(
			query_get_text(query, 0, step->arena));
		tree_add_text(lists[role],
			      query_get_text(query, 1, step->arena));
	}
	return why->kind == FAIL_NONE;
}
