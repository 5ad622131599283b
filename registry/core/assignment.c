#include "core/assignment.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/sight.h"
#include "store/query.h"
#include <assert.h>
#include <string.h>

/* clang-format off */
#define COLUMNS \
	"SELECT a.id, a.entry_id, a.instruction_id, a.parent_id, a.unit_id," \
	"       a.user_id, coalesce(n.name, p.name), a.role, a.state," \
	"       a.due_day, a.given_by, g.name, a.at, a.opened_at, o.name," \
	"       a.done_at, d.name, a.done_day, a.result, a.reason," \
	"       (SELECT count(*) FROM reminder r WHERE r.assignment_id = a.id)," \
	"       a.user_id IN " SIGHT_PEOPLE("?2", "?4") \
	"       OR a.unit_id IN " SIGHT_UNITS("?2", "?3", "?4") "," \
	"       coalesce((SELECT t.role FROM assignment t" \
	"                  WHERE t.id = a.parent_id), a.role)" \
	"  FROM assignment a" \
	"  LEFT JOIN unit n ON n.id = a.unit_id" \
	"  LEFT JOIN user_account p ON p.id = a.user_id" \
	"  LEFT JOIN user_account g ON g.id = a.given_by" \
	"  LEFT JOIN user_account o ON o.id = a.opened_by" \
	"  LEFT JOIN user_account d ON d.id = a.done_by"
/* clang-format on */

static const char select_all[] =
	COLUMNS
	" WHERE a.entry_id = ?1 ORDER BY a.instruction_id DESC,"
	" coalesce(a.parent_id, a.id), a.parent_id IS NOT NULL, a.id";

/* clang-format off */
static const char select_mine[] =
	COLUMNS
	" WHERE a.entry_id = ?1 AND a.state IN ('sent', 'working')"
	"   AND a.role <> 'inform' AND (?5 = 0 OR a.id = ?5)"
	"   AND (a.user_id IN " SIGHT_PEOPLE("?2", "?4")
	"     OR (a.unit_id IN " SIGHT_UNITS("?2", "?3", "?4")
	"        AND (?6 = 1 OR NOT EXISTS ("
	"          SELECT 1 FROM assignment c WHERE c.parent_id = a.id"
	"             AND c.state IN ('sent', 'working')))))"
	" ORDER BY a.role <> 'lead', a.user_id IS NULL, a.role DESC, a.id"
	" LIMIT 1";
/* clang-format on */

static const char *const role_names[ASSIGNMENT_ROLE_COUNT] = {
	[ASSIGNMENT_LEAD] = "lead",
	[ASSIGNMENT_SUPPORT] = "support",
	[ASSIGNMENT_INFORM] = "inform",
};

const char *assignment_role_name(enum assignment_role role)
{
	assert(role < ASSIGNMENT_ROLE_COUNT);
	return role_names[role];
}

enum assignment_role assignment_role_find(const char *name)
{
	for (unsigned i = 0; i < ASSIGNMENT_ROLE_COUNT; i++)
		if (strcmp(role_names[i], name) == 0)
			return (enum assignment_role)i;
	return ASSIGNMENT_ROLE_COUNT;
}

static struct assignment read_assignment(struct query *query,
					 struct arena *arena)
{
	return (struct assignment){
		.id = query_get_int(query, 0),
		.entry_id = query_get_int(query, 1),
		.instruction_id = query_get_int(query, 2),
		.parent_id = query_get_int(query, 3),
		.unit_id = query_get_int(query, 4),
		.user_id = query_get_int(query, 5),
		.name = query_get_text(query, 6, arena),
		.role = query_get_text(query, 7, arena),
		.state = query_get_text(query, 8, arena),
		.due_day = query_get_text(query, 9, arena),
		.given_by = query_get_int(query, 10),
		.given_name = query_get_text(query, 11, arena),
		.at = query_get_int(query, 12),
		.opened_at = query_get_int(query, 13),
		.opened_name = query_get_text(query, 14, arena),
		.done_at = query_get_int(query, 15),
		.done_name = query_get_text(query, 16, arena),
		.done_day = query_get_text(query, 17, arena),
		.result = query_get_text(query, 18, arena),
		.reason = query_get_text(query, 19, arena),
		.reminders = query_get_int(query, 20),
		.is_mine = query_get_int(query, 21) == 1,
		.top_role = query_get_text(query, 22, arena),
	};
}

static void bind_viewer(struct query *query, const struct actor *viewer,
			int64_t now)
{
	char today[DAY_SIZE];
	day_print(moment_day(now), today);
	query_int(query, 2, viewer->id);
	query_int_or_null(query, 3, viewer->unit_id);
	query_text(query, 4, today);
}

bool assignment_list(struct db *db, int64_t entry_id,
		     const struct actor *viewer, int64_t now,
		     struct arena *arena, struct assignment_list *ret_list,
		     struct fail *why)
{
	struct assignment *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	bind_viewer(query, viewer, now);
	while (query_row(query, why)) {
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = read_assignment(query, arena);
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct assignment_list){ all, count };
	return true;
}

bool assignment_find_mine(struct db *db,
			  const struct assignment_question *question,
			  struct arena *arena, struct assignment *ret_mine,
			  struct fail *why)
{
	unsigned head = 1u << ROLE_UNIT_HEAD;
	auto_query *query = db_query(db, select_mine, why);
	if (!query)
		return false;
	query_int(query, 1, question->entry_id);
	bind_viewer(query, question->actor, question->now);
	query_int(query, 5, question->id);
	query_int(query, 6, (question->actor->roles & head) != 0);
	*ret_mine = (struct assignment){ .id = 0 };
	if (query_row(query, why))
		*ret_mine = read_assignment(query, arena);
	return why->kind == FAIL_NONE;
}
