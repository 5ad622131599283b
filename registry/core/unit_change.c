#include "core/unit_change.h"
#include "base/moment.h"
#include "base/tree.h"
#include "core/audit.h"
#include "core/search.h"
#include "store/db.h"
#include "store/query.h"
#include <string.h>

#define NEVER "9999-12-31"

static const char *const moves[] = {
	"UPDATE user_account SET unit_id = ?2, version = version + 1"
	" WHERE unit_id = ?1",
	"UPDATE unit SET parent_id = ?2"
	" WHERE parent_id = ?1 AND valid_to = '" NEVER "'",
	"UPDATE assignment SET unit_id = ?2"
	" WHERE unit_id = ?1 AND state IN ('sent', 'working')",
};

static const char select_moving[] =
	"SELECT DISTINCT entry_id FROM assignment"
	" WHERE unit_id = ?1 AND state IN ('sent', 'working')";

static bool move(struct db *db, int64_t from, int64_t to, struct fail *why)
{
	for (size_t i = 0; i < sizeof(moves) / sizeof(*moves); i++) {
		auto_query *query = db_query(db, moves[i], why);

		if (!query)
			return false;
		query_int(query, 1, from);
		query_int(query, 2, to);
		if (!query_run(query, why))
			return false;
	}
	return true;
}

/* Who finds a document by searching is in the index. */
static bool move_all(struct db *db, int64_t from, int64_t to, struct fail *why)
{
	auto_arena *arena = arena_create(0);
	int64_t *entries = NULL;
	size_t count = 0;

	{
		auto_query *query = db_query(db, select_moving, why);

		if (!query)
			return false;
		query_int(query, 1, from);
		if (!query_list_ids(query, arena, &entries, &count, why))
			return false;
	}
	if (!move(db, from, to, why))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!search_index_entry(db, entries[i], why))
			return false;
	}
	return true;
}

static bool load_open(struct db *db, int64_t id, struct arena *arena,
		      struct unit *ret_unit, struct fail *why)
{
	if (!unit_load(db, id, arena, ret_unit, why))
		return false;
	if (strcmp(ret_unit->valid_to, NEVER) == 0)
		return true;
	fail(why, FAIL_CONFLICT, "the unit ended on %s", ret_unit->valid_to);
	return fail_code(why, "unit.ended", "Đơn vị này đã kết thúc.");
}

static bool end_before(struct db *db, const struct unit_change *change,
		       const struct unit *unit, struct day *ret_first,
		       struct fail *why)
{
	struct day first = moment_day(moment_now());
	char last[DAY_SIZE];

	if (change->day && !day_parse(change->day, &first))
		return fail(why, FAIL_INVALID, "'%s' is not a day",
			    change->day);
	day_print(day_from_number(day_number(first) - 1), last);
	*ret_first = first;
	if (strcmp(last, unit->valid_from) < 0) {
		fail(why, FAIL_INVALID, "the unit began on %s",
		     unit->valid_from);
		return fail_code(why, "unit.too_new",
				 "Đơn vị chưa có ngày nào trước ngày này. Chọn "
				 "ngày sau.");
	}
	return unit_end(db, change->id, last, why);
}

static bool add_audit(struct db *db, const struct unit_change *change,
		      const char *action, const char *before, int64_t after,
		      struct fail *why)
{
	auto_tree *detail = tree_create();

	tree_set_text(detail, "name", before);
	tree_set_int(detail, "into", after);
	if (change->name)
		tree_set_text(detail, "new_name", change->name);
	const struct audit_act act = { action, "unit", change->id, detail };
	return audit_act(db, &change->actor, &act, why);
}

bool unit_rename(struct db *db, const struct unit_change *change,
		 struct arena *arena, int64_t *ret_id, struct fail *why)
{
	char first_day[DAY_SIZE];
	struct unit unit;
	struct day first;
	const char *before;

	if (!change->name || !*change->name) {
		fail(why, FAIL_INVALID, "a unit has a name");
		return fail_code(why, "unit.name", "Nhập tên đơn vị.");
	}
	if (!load_open(db, change->id, arena, &unit, why) ||
	    !end_before(db, change, &unit, &first, why))
		return false;
	before = unit.name;
	day_print(first, first_day);
	unit.name = change->name;
	if (change->short_name)
		unit.short_name = change->short_name;
	unit.valid_from = first_day;
	unit.valid_to = NEVER;
	return unit_add(db, &unit, ret_id, why) &&
	       move_all(db, change->id, *ret_id, why) &&
	       add_audit(db, change, "unit.rename", before, *ret_id, why);
}

bool unit_merge(struct db *db, const struct unit_change *change,
		struct arena *arena, struct fail *why)
{
	struct unit unit, into;
	struct day first;

	if (change->id == change->into_id)
		return fail(why, FAIL_INVALID, "a unit is no part of itself");
	return load_open(db, change->id, arena, &unit, why) &&
	       load_open(db, change->into_id, arena, &into, why) &&
	       end_before(db, change, &unit, &first, why) &&
	       move_all(db, change->id, change->into_id, why) &&
	       add_audit(db, change, "unit.merge", unit.name, change->into_id,
			 why);
}
