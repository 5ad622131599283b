#include "core/instruction.h"
#include "store/query.h"
#include <string.h>

static const char select_all[] =
	"SELECT i.id, i.author_id, a.name, a.position, r.name, i.text,"
	"       i.due_day, i.due_days, i.remind_days, i.state,"
	"       i.information_only, i.replaces_id, i.at, i.opened_at"
	"  FROM instruction i JOIN user_account a ON a.id = i.author_id"
	"  LEFT JOIN user_account r ON r.id = i.recorded_by"
	" WHERE i.entry_id = ?1 ORDER BY i.id DESC";

static const char select_entry[] =
	"SELECT entry_id FROM instruction WHERE id = ?1";

static struct instruction read_instruction(struct query *query,
					   struct arena *arena)
{
	return (struct instruction){
		.id = query_get_int(query, 0),
		.author_id = query_get_int(query, 1),
		.author_name = query_get_text(query, 2, arena),
		.author_position = query_get_text(query, 3, arena),
		.recorded_name = query_get_text(query, 4, arena),
		.text = query_get_text(query, 5, arena),
		.due_day = query_get_text(query, 6, arena),
		.due_days = query_get_int(query, 7),
		.remind_days = query_get_int(query, 8),
		.state = query_get_text(query, 9, arena),
		.information_only = query_get_int(query, 10) == 1,
		.replaces_id = query_get_int(query, 11),
		.at = query_get_int(query, 12),
		.opened_at = query_get_int(query, 13),
	};
}

bool instruction_list(struct db *db, int64_t entry_id, int64_t now,
		      struct arena *arena, struct instruction_list *ret_list,
		      struct fail *why)
{
	struct instruction *all = NULL;
	size_t count = 0;
	auto_query *query = db_query(db, select_all, why);
	if (!query)
		return false;
	query_int(query, 1, entry_id);
	while (query_row(query, why)) {
		struct instruction one = read_instruction(query, arena);
		bool is_open = strcmp(one.state, "in_force") == 0 &&
			       !one.opened_at &&
			       now <= one.at + FLOW_UNDO_SECONDS;
		one.entry_id = entry_id;
		one.undo_until = is_open ? one.at + FLOW_UNDO_SECONDS : 0;
		all = arena_grow(arena, all, count, sizeof(*all));
		all[count++] = one;
	}
	if (why->kind != FAIL_NONE)
		return false;
	*ret_list = (struct instruction_list){ all, count };
	return true;
}

bool instruction_find_entry(struct db *db, int64_t id, int64_t *ret_entry_id,
			    struct fail *why)
{
	if (db_load_int(db, select_entry, id, ret_entry_id, why))
		return true;
	return fail_not_found(why, "flow.none", "Không có bút phê này.",
			      "no such instruction");
}
